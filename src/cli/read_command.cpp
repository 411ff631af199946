// sayso read: documents in, readings out.
#include <algorithm>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/stage.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/html.h"
#include "cli/output.h"
#include "cli/reading_run.h"
#ifdef SAYSO_TEST_HOOKS
#include "cli/test_hooks.h"
#endif
#include "cli/view.h"
#include "document/citron.h"
#include "document/csv.h"
#include "document/json.h"

namespace sayso {
namespace {

enum class Format { text, html, json, jsonl, csv, citron };

Format format_from(const std::string& name) {
  return name == "text"     ? Format::text
         : name == "html"   ? Format::html
         : name == "json"   ? Format::json
         : name == "csv"    ? Format::csv
         : name == "citron" ? Format::citron
                            : Format::jsonl;
}

struct ReadArguments {
  InputArguments inputs;
  OutputArguments output;
  std::optional<std::string> format;
  std::optional<std::string> layers;
  EngineOptions engine;
  bool raw_map = false;
};

// What has become of one document: its record in the output's format, and the sentence when it could not be read.
struct Record {
  std::string bytes;
  HtmlPart page;  // instead of bytes where the format is html
  std::optional<std::string> complaint;
};

// How all documents of this run are written.
struct Form {
  Format format;
  ViewStyle style;
  Engine engine;

  bool array() const { return format == Format::json || format == Format::citron; }
};

// Which document of a run it is, and what is known of it when it cannot be read.
struct Place {
  bool alone = false;   // there is no other: its JSON stands by itself, and an error is told on standard error only
  std::string number;   // in a page: "3", or "3-2" for the second one of an input that holds several
  std::string source;
  std::optional<std::string> member;
  std::optional<std::string> id;
};

// Of a document that is gone when it returns, so that a large one does not stand in memory a third time while its JSON is written.
nlohmann::ordered_json json_of(Result<Document> document, const Place& place, const Engine& engine) {
  if (!document) return to_json(document.error(), engine, place.id, place.source, place.member);
  document->tokens = {};  // most of its memory, and nothing that JSON shows
  return to_json(*document, engine);
}

Record write_record(Result<Document> document, const Place& place, const Form& form) {
  Record record;
  if (!document) record.complaint = document.error().sentence();
  switch (form.format) {
    case Format::json:
    case Format::jsonl: {
      const auto object = json_of(std::move(document), place, form.engine);
      record.bytes = to_string(object, form.format == Format::json);
      break;
    }
    case Format::citron:
      record.bytes = to_string(document ? to_citron(*document, form.engine) : to_citron(document.error(), form.engine, place.source), true);
      break;
    case Format::csv: record.bytes = document ? to_csv(*document) : to_csv(document.error(), place.source, place.member); break;
    case Format::html:
      record.page = document ? to_html(*document, place.number) : to_html(document.error(), place.source, place.number);
      break;
    case Format::text:
      if (document) record.bytes = view(*document, form.style);
      else if (!place.alone) record.bytes = view(document.error(), place.source, form.style);
      break;
  }
  if (form.format == Format::jsonl || (form.array() && place.alone)) record.bytes += '\n';
  return record;
}

// ---- what a worker process answers: its records, as fields one after the other ---------------------------------------------------------

void append_record(AnswerParts& answer, const Record& record) {
  constexpr size_t full = 1 << 20;  // of so many bytes a part grows quickly, and one after the other is sent quickly
  if (answer.empty() || answer.back().size() >= full) answer.emplace_back();
  std::string& part = answer.back();
  append_field(part, record.bytes);
  append_field(part, record.page.title);
  append_field(part, record.page.entry);
  append_field(part, record.page.body);
  append_field(part, record.complaint ? "+" + *record.complaint : "");
}

Record take_record(std::string_view& answer) {
  Record record;
  record.bytes = take_field(answer);
  record.page.title = take_field(answer);
  record.page.entry = take_field(answer);
  record.page.body = take_field(answer);
  if (const std::string complaint = take_field(answer); !complaint.empty()) record.complaint = complaint.substr(1);
  return record;
}

// only_one: the run has no other input (it may still hold several documents).
AnswerParts read_input(const Input& input, size_t index, bool only_one, const Models& models, const ReadOptions& options, const Form& form) {
  const Place whole{only_one, only_one ? "" : std::to_string(index + 1), input.source, input.member, std::nullopt};
  const auto body = [&] {
#ifdef SAYSO_TEST_HOOKS
    enter_stage(Stage::ingest);
    obey_test_hook(input.bytes);
#endif
    AnswerParts answer;
    size_t number = 0;
    std::optional<std::string> id;
    read(input, models, options, [&](Outcome outcome, size_t count) {
      enter_stage(Stage::writing);
      ++number;
      if (!outcome.document && !id) id = "sha256:" + sha256_hex(input.bytes);
      Place place = whole;
      place.alone = only_one && count == 1;
      if (!place.alone) place.number = std::to_string(index + 1) + (count > 1 ? "-" + std::to_string(number) : "");
      place.member = std::move(outcome.member);
      place.id = id;
      append_record(answer, write_record(std::move(outcome.document), place, form));
      return true;
    });
    return answer;
  };
  const auto failed = [&](const Error& error) {
    Place place = whole;
    place.id = "sha256:" + sha256_hex(input.bytes);
    AnswerParts answer;
    append_record(answer, write_record(error, place, form));
    return answer;
  };
  return guarded(input, body, failed);
}

// "sections,attributions": names with commas between them.
Result<std::vector<LayerName>> parse_layers(std::string_view list) {
  std::vector<LayerName> layers;
  for (size_t at = 0; at <= list.size();) {
    const size_t end = std::min(list.find(',', at), list.size());
    const Result<LayerName> layer = layer_from(list.substr(at, end - at));
    if (!layer) return layer.error();
    layers.push_back(layer.value());
    at = end + 1;
  }
  return layers;
}

int run_read(ReadArguments arguments, const CLI::App& command) {
  if (const std::optional<int> ended = settle_inputs(arguments.inputs, command)) return *ended;
  const auto fail = [](const Error& error, ExitCode code) {
    complain(error);
    return code;
  };
  ReadOptions options;
  options.lean = arguments.engine.lean();
  if (const Status set = set_limits(arguments.inputs, options.ingest); !set) return fail(set.error(), wrong_usage);
  options.ingest.raw_map = arguments.raw_map;
  if (arguments.layers) {
    Result<std::vector<LayerName>> layers = parse_layers(*arguments.layers);
    if (!layers) return fail(layers.error(), wrong_usage);
    options.layers = std::move(*layers);
  }

  Models models;
  if (needs_model(options.layers)) {
    Result<Models> loaded = load_models(arguments.engine.models);
    if (!loaded) return fail(loaded.error(), cannot_start);
    models = std::move(*loaded);
  }

  const bool on_terminal = arguments.output.on_terminal();
  Form form;
  form.format = format_from(arguments.format.value_or(on_terminal ? "text" : "jsonl"));
  form.style = arguments.output.style();
  form.engine = {SAYSO_VERSION, model_name(models)};

  ReadingRun run(arguments.inputs, arguments.output, options.ingest, !on_terminal);
  if (const Status other = run.refuse_overwriting(); !other) return fail(other.error(), wrong_usage);
  Result<Output> opened = arguments.output.open(form.format == Format::text);
  if (!opened) return fail(opened.error(), cannot_write);
  Output& output = *opened;
  if (const Status opened_list = run.open_quarantine(); !opened_list) return fail(opened_list.error(), cannot_write);

  if (form.format == Format::text) output.write(view_legend(form.style));
  if (form.format == Format::csv) output.write(csv_header());

  // What is written to the end before it can be read needs to know it for sure; a record of a list is to be answered at once.
  const bool only_one = run.only_one(!form.array() && form.format != Format::html);
  bool several = !only_one;
  std::vector<HtmlPart> parts;  // of a page, whose table of contents stands before them
  const auto put = [&](Record record) {
    if (form.array() && several) output.write(run.done() == 0 ? "[\n" : ",\n");
    run.count(record.complaint, form.format == Format::text && several);
    if (form.format == Format::html) parts.push_back(std::move(record.page));
    return output.write(record.bytes);
  };
  const auto make = [&](const Input& input, size_t index) { return read_input(input, index, only_one, models, options, form); };
  const auto take = [&](Answer answer) {
    if (!answer.bytes) {
      const Place place{only_one, only_one ? "" : std::to_string(answer.index + 1), answer.source, answer.member, answer.id};
      return put(write_record(answer.bytes.error(), place, form)) && output.flush();
    }
    for (std::string_view rest = *answer.bytes; !rest.empty();) {
      Record record = take_record(rest);
      several = several || !rest.empty();
      if (!put(std::move(record))) return false;
    }
    return output.flush();
  };
  const Status worked = run.work(make, take, arguments.engine.thread_count());
  const Status listed = run.close_quarantine();

  if (form.array() && (several || run.done() == 0)) output.write(run.done() == 0 ? "[\n\n]\n" : "\n]\n");
  if (form.format == Format::html) {
    output.write(html_top(parts, form.engine));
    for (const HtmlPart& part : parts) output.write(part.body);
    output.write(html_bottom(form.engine));
  }
  if (const Status written = output.finish(); !written) return fail(written.error(), cannot_write);
  if (!worked) return fail(worked.error(), cannot_start);
  if (!listed) return fail(listed.error(), cannot_write);
  run.tell_rest(several);
  return run.not_read() > 0 ? some_not_read : all_read;
}

}  // namespace

Command add_read_command(CLI::App& program) {
  auto arguments = std::make_shared<ReadArguments>();
  CLI::App* read = program.add_subcommand("read", "Say who said what in articles");
  add_input_options(*read, arguments->inputs);
  read->add_option("--format", arguments->format,
                   "text: the article with its attributions marked (default on a terminal); html: the same as one page to mail or print; "
                   "jsonl: a JSON object a line for each document (default otherwise); json: indented, an array for several; csv: a row an "
                   "attribution; citron: as BBC's Citron writes it, an array for several")
      ->check(one_of({"text", "html", "json", "jsonl", "csv", "citron"}))
      ->type_name("FORMAT");
  read->add_option("--layers", arguments->layers,
                   "What to find: sections, attributions, entities, factuality, provenance (default: all; each brings what it needs); "
                   "sections needs no model")
      ->type_name("LIST");
  read->add_flag("--raw-map", arguments->raw_map, "Say for each piece of the text where it stands in the input's bytes (raw_map in JSON)");
  add_engine_options(*read, arguments->engine);
  add_output_options(*read, arguments->output);
  read->footer("Examples:\n"
               "  sayso read article.txt\n"
               "  sayso read --format csv -o who-said-what.csv news/\n"
               "  zcat page.gz | sayso read --precision | jq -r '.attributions[].source.text'\n\n"
               "A document that cannot be read becomes one record with an error; the others\ngo on.\n\n" + std::string(exit_status_help));
  return [arguments, read] { return run_read(*arguments, *read); };
}

}  // namespace sayso
