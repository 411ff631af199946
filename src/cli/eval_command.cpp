// sayso eval: how well a system's attributions, or sayso's own, agree with gold.
#include <memory>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/in_order.h"
#include "cli/output.h"
#include "eval/score.h"

namespace sayso {
namespace {

struct EvalArguments {
  std::string gold;
  std::optional<std::string> system;
  EngineOptions engine;
  bool words = false, types = false, json = false, top = false;
  size_t resamples = 0;
  std::string filter = "none";
  std::optional<std::string> output;
};

// sayso's own attributions in the texts of `gold`. A text that cannot be read has none, and a sentence in `unread`.
MarkedSet read_texts(const MarkedSet& gold, const Models& models, const EvalArguments& arguments) {
  ReadOptions options;
  options.lean = arguments.engine.lean();
  struct Answer {
    MarkedDocument document;
    std::string unread;
  };
  MarkedSet system;
  in_order(
      gold.documents.size(), arguments.engine.thread_count(),
      [&](size_t i) {
        const MarkedDocument& asked = gold.documents[i];
        Input input{asked.id, std::nullopt, asked.text};
        input.content_type = "text/plain; charset=utf-8";
        const Result<Document> document = std::move(read(input, models, options).front().document);
        if (!document) return Answer{{asked.id, {}, {}}, document.error().sentence()};
        return Answer{{asked.id, document->text, mark(*document, arguments.top)}, {}};
      },
      [&](size_t, Answer answer) {
        if (answer.unread.empty()) system.documents.push_back(std::move(answer.document));
        else system.unread.push_back(std::move(answer.unread));
        return true;
      });
  return system;
}

int run_eval(const EvalArguments& arguments) {
  const auto fail = [](const Error& error, ExitCode code) {
    complain(error);
    return code;
  };
  const Result<MarkedSet> gold = load_marked(arguments.gold, false);
  if (!gold) return fail(gold.error(), some_not_read);

  MarkedSet system;
  if (arguments.system) {
    Result<MarkedSet> loaded = load_marked(*arguments.system, arguments.top);
    if (!loaded) return fail(loaded.error(), some_not_read);
    system = std::move(*loaded);
  } else {
    const Result<Models> models = load_models(arguments.engine.models);
    if (!models) return fail(models.error(), cannot_start);
    system = read_texts(gold.value(), models.value(), arguments);
  }

  ScoreOptions options;
  options.words = arguments.words;
  options.types = arguments.types;
  options.filter = arguments.filter == "source" ? GoldFilter::source : arguments.filter == "citron" ? GoldFilter::citron : GoldFilter::none;
  const Result<Scores> scores = score(gold.value().documents, system.documents, options);
  if (!scores) return fail(scores.error(), some_not_read);

  for (const std::string& sentence : gold.value().unread) complain(sentence);
  for (const std::string& sentence : system.unread) complain(sentence);
  for (const std::string& note : scores.value().notes) complain(note);
  Result<Output> output = arguments.output ? Output::to_file(*arguments.output) : Output::to_standard_output();
  if (!output) return fail(output.error(), cannot_write);
  if (arguments.json) {
    output->write(show_json(scores.value()));
  } else {
    output->write(show(scores.value()));
    if (arguments.resamples > 0) output->write(show_intervals(scores.value(), arguments.resamples));
  }
  if (const Status written = output->finish(); !written) return fail(written.error(), cannot_write);
  return gold.value().unread.empty() && system.unread.empty() ? all_read : some_not_read;
}

}  // namespace

Command add_eval_command(CLI::App& program) {
  auto arguments = std::make_shared<EvalArguments>();
  CLI::App* eval = program.add_subcommand("eval", "Score attributions against gold");
  eval->add_option("GOLD", arguments->gold, "Gold: JSON Lines with id, text and attributions, or readings of sayso")->type_name("GOLD")->required();
  eval->add_option("SYSTEM", arguments->system, "What to score: likewise; without it sayso reads gold's texts itself")->type_name("SYSTEM");
  eval->add_flag("--words", arguments->words, "Count words only: quotation marks and commas at the edges do not matter");
  eval->add_flag("--types", arguments->types, "Recall by kind of gold content too: direct, mixed, indirect");
  eval->add_flag("--top", arguments->top, "Leave out the system's attributions that stand in others, as gold does that has none (PolNeAR)");
  eval->add_option("--gold-filter", arguments->filter, "source: only gold with a source; citron: gold as Citron's extractor keeps it")
      ->check(one_of({"source", "citron"}))
      ->type_name("WHICH");
  eval->add_option("--boot", arguments->resamples, "95 % intervals of F1 from so many resamples of the documents")
      ->transform(whole_number(1, 100'000))
      ->type_name("N");
  eval->add_flag("--json", arguments->json, "Precision, recall and F1 as JSON");
  eval->add_option("-o,--output", arguments->output, "Write there instead of to standard output")->type_name("FILE");
  add_engine_options(*eval, arguments->engine);
  eval->footer("Examples:\n"
               "  sayso eval gold.jsonl\n"
               "  sayso eval --top --boot 1000 gold.jsonl readings.jsonl\n\n" +
               std::string(exit_status_help));
  return [arguments] { return run_eval(*arguments); };
}

}  // namespace sayso
