// The program: its command line, and the border behind which nothing throws.
#include <csignal>
#include <cstdio>
#include <exception>

#include <fcntl.h>
#include <unistd.h>

#include "cli/arguments.h"
#include "cli/command.h"

namespace sayso {
namespace {

// Were one of these closed, the next file to be opened would take its place, and an article's bytes go astray.
void open_missing_streams() {
  for (int stream = 0; stream <= 2; ++stream)
    if (fcntl(stream, F_GETFD) == -1 && open("/dev/null", O_RDONLY) != stream) std::_Exit(cannot_start);
}

int run_program(int argc, const char* const* argv) {
  CLI::App program("Reads news and says for every statement in it on whose say-so it stands.", "sayso");
  program.formatter(help_formatter());
  program.set_help_flag("-h,--help", "Show this help, or that of a command");
  bool version = false;
  program.add_flag("--version", version, "Name the program's version and the model");
  program.require_subcommand(0, 1);
  program.footer("Examples:\n"
                 "  sayso read article.txt              an article with its attributions marked\n"
                 "  sayso read news/ > readings.jsonl   a JSON object a line for each article\n"
                 "  sayso explain article.txt           what it rests on, in sentences\n"
                 "  sayso who Brandt news/              all that somebody called Brandt says there\n"
                 "  sayso read --help                   everything about reading\n\n" +
                 std::string(exit_status_help));
  const Command read = add_read_command(program);
  const Command explain = add_explain_command(program);
  const Command who = add_who_command(program);
  const Command eval = add_eval_command(program);
  const Command limits = add_limits_command(program);
  for (CLI::App* command : program.get_subcommands({})) command->group("Commands");
  try {
    program.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = program.get_subcommands();
    return print(chosen.empty() ? program.help() : chosen.front()->help(), all_read);
  } catch (const CLI::ParseError& error) {
    complain(sentence_of(error, program));
    return wrong_usage;
  }
  if (version) return show_version();
  if (program.got_subcommand("read")) return read();
  if (program.got_subcommand("explain")) return explain();
  if (program.got_subcommand("who")) return who();
  if (program.got_subcommand("eval")) return eval();
  if (program.got_subcommand("limits")) return limits();
  return print(program.help(), wrong_usage);
}

}  // namespace

int show_version() {
  const Result<Models> models = load_models({});
  const std::string model = models ? "model " + model_name(*models).value_or("none") : "no model: " + models.error().sentence();
  return print("sayso " SAYSO_VERSION "\n" + model + "\n", all_read);
}

int run(int argc, const char* const* argv) {
  open_missing_streams();
  std::signal(SIGCHLD, SIG_DFL);  // a parent that ignored it would hide how workers end
  std::signal(SIGPIPE, SIG_IGN);  // a reader that has gone is seen when writing (EPIPE), and is no error
  try {
    return run_program(argc, argv);
  } catch (const std::bad_alloc&) {
    complain("there is not enough memory. Read fewer documents at once with --threads 1.");
  } catch (const std::exception& error) {
    complain(std::string("something went wrong inside: ") + error.what() + ". Please report it with the input.");
  }
  return cannot_start;
}

}  // namespace sayso
