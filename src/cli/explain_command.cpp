// sayso explain: what readings come to, in sentences.
#include <memory>
#include <string_view>
#include <utility>

#include "base/stage.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/explain.h"
#include "cli/output.h"
#include "cli/reading_run.h"
#include "cli/view.h"
#include "cli/workers.h"

namespace sayso {
namespace {

struct ExplainArguments {
  InputArguments inputs;
  OutputArguments output;
  EngineOptions engine;
};

// What a worker answers to an input, fields one after the other: of each of its documents what is shown, and the sentence when it could not be read.
std::string explain_input(const Input& input, const Models& models, const ReadOptions& options, const ViewStyle& style) {
  const auto refused = [&](const Error& error) {
    std::string fields;
    append_field(fields, view(error, input.source, style));
    append_field(fields, error.sentence());
    return fields;
  };
  const auto body = [&] {
    std::string fields;
    read(input, models, options, [&](const Outcome& outcome, size_t) {
      enter_stage(Stage::writing);
      if (!outcome.document) {
        fields += refused(outcome.document.error());
      } else if (!outcome.document->summary.ran()) {
        fields += refused({ErrorKind::unsupported, "this model does not find who is meant by a name", input.source, "Leave --model away."});
      } else {
        append_field(fields, explain(*outcome.document, style));
        append_field(fields, "");
      }
      return true;
    });
    return fields;
  };
  return guarded(input, body, refused);
}

int run_explain(ExplainArguments arguments, const CLI::App& command) {
  if (const std::optional<int> ended = settle_inputs(arguments.inputs, command)) return *ended;
  const auto fail = [](const Error& error, ExitCode code) {
    complain(error);
    return code;
  };
  ReadOptions options;
  options.lean = arguments.engine.lean();
  if (const Status set = set_limits(arguments.inputs, options.ingest); !set) return fail(set.error(), wrong_usage);
  const Result<Models> models = load_models(arguments.engine.models);
  if (!models) return fail(models.error(), cannot_start);

  ReadingRun run(arguments.inputs, arguments.output, options.ingest, !arguments.output.on_terminal());
  if (const Status other = run.refuse_overwriting(); !other) return fail(other.error(), wrong_usage);
  Result<Output> output = arguments.output.open(true);
  if (!output) return fail(output.error(), cannot_write);
  if (const Status opened = run.open_quarantine(); !opened) return fail(opened.error(), cannot_write);

  const ViewStyle style = arguments.output.style();
  bool several = !run.only_one(true);
  const auto make = [&](const Input& input, size_t) { return AnswerParts{explain_input(input, *models, options, style)}; };
  const auto take = [&](Answer answer) {
    if (!answer.bytes) {
      run.count(answer.bytes.error().sentence(), several);
      return !several || (output->write(view(answer.bytes.error(), answer.source, style)) && output->flush());
    }
    for (std::string_view fields = *answer.bytes; !fields.empty();) {
      const std::string text = take_field(fields), complaint = take_field(fields);
      several = several || !fields.empty();
      run.count(complaint.empty() ? std::nullopt : std::optional(complaint), several);
      if ((complaint.empty() || several) && !output->write(text)) return false;
    }
    return output->flush();
  };
  const Status worked = run.work(make, take, arguments.engine.thread_count());
  const Status listed = run.close_quarantine();
  if (const Status written = output->finish(); !written) return fail(written.error(), cannot_write);
  if (!worked) return fail(worked.error(), cannot_start);
  if (!listed) return fail(listed.error(), cannot_write);
  run.tell_rest(several);
  return run.not_read() > 0 ? some_not_read : all_read;
}

}  // namespace

Command add_explain_command(CLI::App& program) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* explain = program.add_subcommand("explain", "Say in sentences what articles rest on");
  add_input_options(*explain, arguments->inputs);
  add_engine_options(*explain, arguments->engine);
  add_output_options(*explain, arguments->output);
  explain->footer("Examples:\n"
                  "  sayso explain article.txt\n"
                  "  sayso explain news/ > what-it-rests-on.txt\n"
                  "\n"
                  "For each document: how many attributions and independent sources it has, and\n"
                  "through whom they came; who contradicts whom, what is only heard, what the\n"
                  "headline rests on, who is not named and why, and the writer’s own share. The\n"
                  "numbers are those of sayso read. It tells what the text says and by which\n"
                  "words, never whether something is true.\n\n" + std::string(exit_status_help));
  return [arguments, explain] { return run_explain(*arguments, *explain); };
}

}  // namespace sayso
