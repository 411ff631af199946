#include "cli/command.h"

#include <cstdio>

#include "cli/arguments.h"
#include "cli/output.h"
#include "cli/screen.h"

namespace sayso {

void complain(const std::string& sentence) { std::fprintf(stderr, "sayso: %s\n", neutralise(sentence).c_str()); }
void complain(const Error& error) { complain(error.sentence()); }

int print(const std::string& text, ExitCode code) {
  Output output = Output::to_standard_output();
  output.write(text);
  if (const Status written = output.finish(); !written) {
    complain(written.error());
    return cannot_write;
  }
  return code;
}

void add_engine_options(CLI::App& app, EngineOptions& options) {
  app.add_option("--model", options.models.path, "The model to read with: a file, or a name in the directory of models")->type_name("PATH|NAME");
  app.add_option("--cues", options.models.cues, "Your own cue and stop words, a phrase a line: \"cue: went ballistic over\", \"stop: supporter\"")
      ->type_name("FILE");
  app.add_option("--knowledge", options.models.knowledge,
                 "Your own facts, a line each, for links: people, bodies, countries, seats of government (knowledge/README.md)")
      ->type_name("FILE");
  auto* precision = app.add_flag("--precision", options.precision, "Fewer attributions, and surer ones");
  app.add_flag("--recall", options.recall, "More attributions, and less sure ones")->excludes(precision);
  app.add_option("--threads", options.threads, "How many documents are read at once (default: one a processor)")
      ->transform(whole_number(1, 1024))
      ->type_name("N");
}

}  // namespace sayso
