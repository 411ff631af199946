// sayso who: everything that somebody says in documents.
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/stage.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/reading_run.h"
#include "cli/screen.h"
#include "cli/who.h"
#include "document/json.h"

namespace sayso {
namespace {

using Json = nlohmann::ordered_json;

struct WhoArguments {
  AskedName asked;
  InputArguments inputs;
  OutputArguments output;
  std::optional<std::string> format;
  EngineOptions engine;
};

// What a worker answers to an input: an array, for each of its documents what look_for() found, or an error record of sayso/1.
std::string look_through(const Input& input, const AskedName& asked, const Models& models, const ReadOptions& options, const Engine& engine) {
  const auto id = [&] { return "sha256:" + sha256_hex(input.bytes); };
  const auto body = [&] {
    Json answers = Json::array();
    read(input, models, options, [&](const Outcome& outcome, size_t) {
      enter_stage(Stage::writing);
      if (!outcome.document) {
        answers.push_back(to_json(outcome.document.error(), engine, id(), input.source, outcome.member));
      } else if (!outcome.document->entities.ran()) {
        const Error error{ErrorKind::unsupported, "this model does not find who is meant by a name", input.source, "Leave --model away."};
        answers.push_back(to_json(error, engine, id(), input.source, outcome.member));
      } else {
        answers.push_back(look_for(asked, *outcome.document, engine));
      }
      return true;
    });
    return to_string(answers, false);
  };
  const auto failed = [&](const Error& error) { return to_string(Json::array({to_json(error, engine, id(), input.source, input.member)}), false); };
  return guarded(input, body, failed);
}

// An error record as the sentence that it holds.
std::string sentence_of(const Json& record) {
  const auto text = [&](const char* key) { return record["error"][key].is_null() ? std::string() : record["error"][key].get<std::string>(); };
  return Error{ErrorKind::io, text("what"), text("where"), text("hint")}.sentence();
}

Json person_json(const Person& person, size_t number) {
  Json json;
  json["number"] = number;
  json["type"] = person.type;
  json["name"] = person.name;
  json["names"] = person.names;
  json["roles"] = person.roles;
  Json& links = json["links"] = Json::object();
  for (const auto& [scheme, value] : person.links) links[scheme] = value;
  json["documents"] = person.documents;
  return json;
}

// One object about all, indented.
std::string show_json(const WhoArguments& arguments, const Engine& engine, const People& people, const Json& errors, size_t documents) {
  Json json;
  json["format"] = "sayso-who/1";
  json["engine"]["version"] = engine.version;
  json["engine"]["model"] = engine.model ? Json(*engine.model) : Json(nullptr);
  json["asked"] = arguments.asked.name;
  json["exact"] = arguments.asked.exact;
  json["documents"] = documents;
  Json& found = json["found"] = Json::array();
  for (const Person& person : people.all()) found.push_back(person_json(person, found.size() + 1));
  json["silent"] = people.silent();
  json["near"] = people.near(arguments.asked);
  json["errors"] = errors;
  return to_string(json, true) + "\n";
}

// An object a line for each attribution.
std::string show_lines(const People& people, const Json& errors) {
  std::string out;
  size_t number = 0;
  for (const Person& person : people.all()) {
    ++number;
    for (const Json& one : person.documents)
      for (const Json& attribution : one["attributions"]) {
        Json line;
        line["format"] = "sayso-who/1";
        line["number"] = number;
        line["document"] = one["document"];
        line["entity"] = one["entity"];
        line["attribution"] = attribution;
        out += to_string(line, false) + "\n";
      }
  }
  for (const Json& error : errors) out += to_string(error, false) + "\n";
  return out;
}

std::string show_text(const AskedName& asked, const People& people, const ViewStyle& style) {
  std::string out;
  if (people.all().size() > 1)
    out = std::to_string(people.all().size()) + " go by “" + neutralise(asked.name) +
          "”, and nothing says that they are one. Each stands by itself.\n\n";
  for (const Person& person : people.all()) out += show_person(person, style);
  return out;
}

int run_who(WhoArguments arguments, const CLI::App& command) {
  const auto fail = [](const Error& error, ExitCode code) {
    complain(error);
    return code;
  };
  if (arguments.asked.name.find_first_not_of(" \t") == std::string::npos)
    return fail({ErrorKind::bad_input, "the name is empty", "NAME", "Write whom you look for: sayso who \"Helga Brandt\" news/"}, wrong_usage);
  if (const std::optional<int> ended = settle_inputs(arguments.inputs, command)) return *ended;
  ReadOptions options;
  options.lean = arguments.engine.lean();
  options.layers = {LayerName::sections, LayerName::attributions, LayerName::entities};
  if (const Status set = set_limits(arguments.inputs, options.ingest); !set) return fail(set.error(), wrong_usage);
  const Result<Models> models = load_models(arguments.engine.models);
  if (!models) return fail(models.error(), cannot_start);
  const Engine engine{SAYSO_VERSION, model_name(*models)};

  ReadingRun run(arguments.inputs, arguments.output, options.ingest, true);
  if (const Status other = run.refuse_overwriting(); !other) return fail(other.error(), wrong_usage);
  const std::string format = arguments.format.value_or(arguments.output.on_terminal() ? "text" : "jsonl");
  Result<Output> output = arguments.output.open(format == "text");
  if (!output) return fail(output.error(), cannot_write);
  if (const Status opened = run.open_quarantine(); !opened) return fail(opened.error(), cannot_write);

  People people;
  Json errors = Json::array();
  const auto make = [&](const Input& input, size_t) { return AnswerParts{look_through(input, arguments.asked, *models, options, engine)}; };
  const auto take = [&](Answer answer) {
    const Json answers = answer.bytes ? Json::parse(*answer.bytes)
                         : Json::array({to_json(answer.bytes.error(), engine, answer.id, answer.source, answer.member)});
    for (const Json& one : answers) {
      const bool is_error = one.contains("error");
      run.count(is_error ? std::optional(sentence_of(one)) : std::nullopt, false);
      if (is_error) errors.push_back(one);
      else people.add(one);
    }
    return true;
  };
  const Status worked = run.work(make, take, arguments.engine.thread_count());
  const Status listed = run.close_quarantine();

  if (format == "json") output->write(show_json(arguments, engine, people, errors, run.done()));
  else if (format == "jsonl") output->write(show_lines(people, errors));
  else output->write(show_text(arguments.asked, people, arguments.output.style()));
  if (const Status written = output->finish(); !written) return fail(written.error(), cannot_write);
  if (!worked) return fail(worked.error(), cannot_start);
  if (!listed) return fail(listed.error(), cannot_write);
  run.tell_rest(run.done() > 1);
  const size_t looked_through = run.done() - run.not_read();
  if (people.all().empty() && looked_through > 0) complain(nobody_says(arguments.asked, people, looked_through));
  return run.not_read() > 0 || people.all().empty() ? some_not_read : all_read;
}

}  // namespace

Command add_who_command(CLI::App& program) {
  auto arguments = std::make_shared<WhoArguments>();
  CLI::App* who = program.add_subcommand("who", "Say all that somebody says in articles");
  who->add_option("NAME", arguments->asked.name,
                  "A person or body: the full name, one of its names, or a last name where only one has it")->type_name("NAME")->required();
  add_input_options(*who, arguments->inputs);
  who->add_flag("--exact", arguments->asked.exact, "Only who is called exactly so: as it is written, and no last names");
  who->add_option("--format", arguments->format,
                  "text: who it is and for each document what is said (default on a terminal); jsonl: an object a line for each attribution (default "
                  "otherwise); json: one indented object about all")
      ->check(one_of({"text", "json", "jsonl"}))
      ->type_name("FORMAT");
  add_engine_options(*who, arguments->engine);
  add_output_options(*who, arguments->output);
  who->footer("Examples:\n"
              "  sayso who \"Helga Brandt\" news/\n"
              "  sayso who Brandt --format text monday.txt tuesday.txt\n"
              "  sayso who --exact Nordpress archive.warc.gz |\n"
              "    jq -r .attribution.content.text\n"
              "\n"
              "Case, titles and an article in front of a name do not matter. Several of one\n"
              "name stand each by itself; those of different documents are one when a link or\n"
              "the full name says so.\n"
              "\n"
              "Exit status: 0 all read and somebody of that name says something, 1 some\n"
              "document could not be read or nobody of that name says anything, 2 wrong\n"
              "usage, 3 cannot start (no model), 4 cannot write.");
  return [arguments, who] { return run_who(*arguments, *who); };
}

}  // namespace sayso
