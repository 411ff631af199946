// sayso read: documents in, readings out.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/stage.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/find_inputs.h"
#include "cli/html.h"
#include "cli/output.h"
#include "cli/screen.h"
#ifdef SAYSO_TEST_HOOKS
#include "cli/test_hooks.h"
#endif
#include "cli/view.h"
#include "cli/workers.h"
#include "document/citron.h"
#include "document/csv.h"
#include "document/json.h"
#include "ingest/records.h"

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
  std::vector<std::string> inputs;
  std::optional<std::string> format;
  std::optional<std::string> layers;
  EngineOptions engine;
  size_t max_bytes = 0;  // 0: the limit document-bytes
  std::vector<std::string> limits, fields;
  bool raw_map = false;
  std::optional<std::string> quarantine;
  std::optional<std::string> output;
  std::string color = "auto";
  bool no_pager = false;
  bool quiet = false;
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

Record write_record(const Result<Document>& document, const Place& place, const Form& form) {
  Record record;
  if (!document) record.complaint = document.error().sentence();
  switch (form.format) {
    case Format::json:
    case Format::jsonl: {
      const auto object = document ? to_json(*document, form.engine) : to_json(document.error(), form.engine, place.id, place.source, place.member);
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

std::string pack(const std::vector<Record>& records) {
  std::string out;
  for (const Record& record : records) {
    append_field(out, record.bytes);
    append_field(out, record.page.title);
    append_field(out, record.page.entry);
    append_field(out, record.page.body);
    append_field(out, record.complaint ? "+" + *record.complaint : "");
  }
  return out;
}

std::vector<Record> unpack_records(std::string_view bytes) {
  std::vector<Record> records;
  while (!bytes.empty()) {
    Record record;
    record.bytes = take_field(bytes);
    record.page.title = take_field(bytes);
    record.page.entry = take_field(bytes);
    record.page.body = take_field(bytes);
    if (const std::string complaint = take_field(bytes); !complaint.empty()) record.complaint = complaint.substr(1);
    records.push_back(std::move(record));
  }
  return records;
}

// only_one: the run has no other input (it may still hold several documents).
std::vector<Record> read_input(const Input& input, size_t index, bool only_one, const Models& models, const ReadOptions& options, const Form& form) {
  Place place{only_one, only_one ? "" : std::to_string(index + 1), input.source, input.member, std::nullopt};
  try {
#ifdef SAYSO_TEST_HOOKS
    enter_stage(Stage::ingest);
    obey_test_hook(input.bytes);
#endif
    const std::vector<Outcome> outcomes = read(input, models, options);
    enter_stage(Stage::writing);
    place.alone = only_one && outcomes.size() == 1;
    std::vector<Record> records;
    for (size_t i = 0; i < outcomes.size(); ++i) {
      const Outcome& outcome = outcomes[i];
      if (!place.alone) place.number = std::to_string(index + 1) + (outcomes.size() > 1 ? "-" + std::to_string(i + 1) : "");
      place.member = outcome.member;
      if (!outcome.document && !place.id) place.id = "sha256:" + sha256_hex(input.bytes);
      records.push_back(write_record(outcome.document, place, form));
    }
    return records;
  } catch (const std::bad_alloc&) {
    throw;  // ends the worker: what is left of its memory would decide how the next document fares
  } catch (const std::exception& error) {
    place.id = "sha256:" + sha256_hex(input.bytes);
    return {write_record(Error{ErrorKind::internal, std::string("something went wrong inside: ") + error.what(), input.source, "Please report it with the input."}, place, form)};
  }
}

// The records of all inputs, one after the other.
class Queue {
 public:
  Queue(const std::vector<FoundInput>& inputs, const SplitOptions& options) : inputs_(inputs), options_(options) {}

  std::optional<Result<Input>> next() {
    for (;;) {
      if (!held_.empty()) {
        std::optional<Result<Input>> record = std::move(held_.front());
        held_.erase(held_.begin());
        return record;
      }
      if (std::optional<Result<Input>> record = take()) return record;
      if (!records_ && at_ == inputs_.size()) return std::nullopt;
    }
  }

  // Is there no more than one record in all? Looks at the first two, which next() gives afterwards.
  bool holds_one() {
    if (inputs_.size() != 1) return false;
    while (held_.size() < 2 && (records_ || at_ < inputs_.size()))
      if (std::optional<Result<Input>> record = take()) held_.push_back(std::move(*record));
    return held_.size() < 2;
  }

  // The name of the file that the last record came from, and how many files have been begun.
  const std::string& source() const { return inputs_[at_ == 0 ? 0 : at_ - 1].path; }
  size_t files_begun() const { return at_; }
  size_t passed_over() const { return passed_over_; }

 private:
  // The next record, or nothing when a file has ended.
  std::optional<Result<Input>> take() {
    if (!records_) {
      if (at_ == inputs_.size()) return std::nullopt;
      const FoundInput& found = inputs_[at_++];
      if (found.error) return *found.error;
      Result<std::unique_ptr<ByteStream>> stream = stream_file(found.path);
      if (!stream) return stream.error();
      records_ = split_records(std::move(stream).value(), found.path, options_);
    }
    std::optional<Result<Input>> record = records_->next();
    if (!record) {
      passed_over_ += records_->passed_over();
      records_.reset();
    }
    return record;
  }

  const std::vector<FoundInput>& inputs_;
  const SplitOptions& options_;
  size_t at_ = 0, passed_over_ = 0;
  std::unique_ptr<Records> records_;
  std::vector<Result<Input>> held_;
};

// How far the work is, on a terminal's last line; nothing in the first second, and nothing when standard error is no terminal.
class Progress {
 public:
  Progress(bool wanted, size_t files) : wanted_(wanted && isatty(STDERR_FILENO)), files_(files) {}
  ~Progress() { clear(); }
  void show(size_t done, size_t files_begun) {
    const auto now = std::chrono::steady_clock::now();
    if (!wanted_ || now - started_ < std::chrono::seconds(1) || now - shown_ < std::chrono::milliseconds(100)) return;
    shown_ = now;
    visible_ = true;
    if (files_ > 1) std::fprintf(stderr, "\r%zu documents, file %zu of %zu\x1b[K", done, files_begun, files_);
    else std::fprintf(stderr, "\r%zu documents\x1b[K", done);
  }
  void clear() {
    if (visible_) std::fputs("\r\x1b[K", stderr);
    visible_ = false;
  }

 private:
  bool wanted_, visible_ = false;
  size_t files_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now(), shown_{};
};

bool wants_colour(const std::string& color, bool on_terminal) {
  if (color != "auto") return color == "always";
  const char* no_color = std::getenv("NO_COLOR");  // no-color.org: set, and not empty
  const char* term = std::getenv("TERM");
  return on_terminal && (no_color == nullptr || *no_color == '\0') && (term == nullptr || std::string_view(term) != "dumb");
}

std::string documents(size_t count) { return std::to_string(count) + (count == 1 ? " document" : " documents"); }

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

// "NAME=VALUE" -> the two, or nothing.
std::optional<std::pair<std::string, std::string>> split_setting(const std::string& setting) {
  const size_t at = setting.find('=');
  if (at == std::string::npos || at == 0 || at + 1 == setting.size()) return std::nullopt;
  return std::pair(setting.substr(0, at), setting.substr(at + 1));
}

// --limit, --max-bytes and --field.
Status set_limits(const ReadArguments& arguments, IngestOptions& options) {
  for (const std::string& setting : arguments.limits) {
    auto parts = split_setting(setting);
    if (!parts) return Error{ErrorKind::bad_input, "“" + setting + "” sets no limit", "--limit", "Write NAME=N; sayso limits lists the names."};
    if (const std::string fault = whole_number(1, uint64_t{1} << 40, true)(parts->second); !fault.empty())
      return Error{ErrorKind::bad_input, fault, "--limit " + parts->first, "Units like 5MB are understood."};
    if (const Status set = set_limit(options.limits, parts->first, std::stoull(parts->second)); !set) return set;
  }
  if (arguments.max_bytes > 0) options.limits.document_bytes = arguments.max_bytes;
  if (options.limits.document_bytes > 4'000'000'000)  // positions in a text are 32 bits
    return Error{ErrorKind::bad_input, "a document of more than 4 GB cannot be read", "--limit document-bytes", "Split it first."};
  std::vector<std::string> begun;
  for (const std::string& setting : arguments.fields) {
    const auto parts = split_setting(setting);
    if (!parts) return Error{ErrorKind::bad_input, "“" + setting + "” names no field", "--field", "Write what it is and how the input calls it: text=article.body."};
    std::vector<std::string>* names = options.fields.find(parts->first);
    if (names == nullptr)
      return Error{ErrorKind::bad_input, "“" + parts->first + "” is nothing that a field can be", "--field",
                   "It is one of: text, html, title, authors, published, modified, address, publisher, language, id."};
    if (std::find(begun.begin(), begun.end(), parts->first) == begun.end()) {
      names->clear();  // what is named takes the place of the usual names
      begun.push_back(parts->first);
    }
    names->push_back(parts->second);
  }
  return {};
}

// A line of the list of quarantined documents: never their text.
void write_poison(const Poison& poison, std::FILE* file) {
  nlohmann::ordered_json line;
  line["id"] = poison.id;
  line["source"] = poison.source;
  line["member"] = poison.member ? nlohmann::ordered_json(*poison.member) : nlohmann::ordered_json(nullptr);
  line["reason"] = name_of(poison.failure);
  line["stage"] = poison.stage;
  line["detail"] = poison.detail;
  std::fprintf(file, "%s\n", to_string(line, false).c_str());
  std::fflush(file);
}

int run_read(ReadArguments arguments, const CLI::App& command) {
  if (arguments.inputs.empty()) {
    if (isatty(STDIN_FILENO)) return print(command.help(), wrong_usage);
    arguments.inputs = {"-"};
  }
  if (std::count(arguments.inputs.begin(), arguments.inputs.end(), "-") > 1) {
    complain("standard input (-) can be read only once.");
    return wrong_usage;
  }
  ReadOptions options;
  options.lean = arguments.engine.lean();
  if (const Status set = set_limits(arguments, options.ingest); !set) {
    complain(set.error());
    return wrong_usage;
  }
  options.ingest.raw_map = arguments.raw_map;
  if (arguments.layers) {
    Result<std::vector<LayerName>> layers = parse_layers(*arguments.layers);
    if (!layers) {
      complain(layers.error());
      return wrong_usage;
    }
    options.layers = std::move(*layers);
  }

  Models models;
  if (needs_model(options.layers)) {
    Result<Models> loaded = load_models(arguments.engine.models);
    if (!loaded) {
      complain(loaded.error());
      return cannot_start;
    }
    models = std::move(*loaded);
  }

  const FoundInputs found = find_inputs(arguments.inputs);
  SplitOptions split{options.ingest.limits, options.ingest.fields};
  Queue queue(found.inputs, split);
  const bool on_terminal = isatty(STDOUT_FILENO) && !arguments.output;
  Form form;
  form.format = format_from(arguments.format.value_or(on_terminal ? "text" : "jsonl"));
  form.style = {screen_columns(), wants_colour(arguments.color, on_terminal)};
  form.engine = {SAYSO_VERSION, model_name(models)};

  for (const FoundInput& input : found.inputs) {
    std::error_code ignored;
    if (!arguments.output || !std::filesystem::equivalent(input.path, *arguments.output, ignored)) continue;
    if (!std::filesystem::is_regular_file(input.path, ignored)) continue;  // /dev/null takes what it is given
    complain({ErrorKind::bad_input, "the output would overwrite an input", input.path, "Name another file for -o."});
    return wrong_usage;
  }

  const bool paged = on_terminal && form.format == Format::text && !arguments.no_pager && screen_rows() > 0 && !wanted_pager().empty();
  Result<Output> opened = arguments.output ? Output::to_file(*arguments.output)
                          : paged          ? Output::to_pager(wanted_pager(), screen_rows())
                                           : Output::to_standard_output();
  if (!opened) {
    complain(opened.error());
    return cannot_write;
  }
  Output& output = *opened;

  std::FILE* quarantine = nullptr;
  if (arguments.quarantine) {
    quarantine = std::fopen(arguments.quarantine->c_str(), "ae");
    if (quarantine == nullptr) {
      complain({ErrorKind::io, std::string("cannot write the list of quarantined documents: ") + std::strerror(errno), *arguments.quarantine, "Name another file for --quarantine."});
      return cannot_write;
    }
  }

  if (form.format == Format::text) output.write(view_legend(form.style));
  if (form.format == Format::csv) output.write(csv_header());

  const bool only_one = queue.holds_one();
  size_t done = 0, not_read = 0;
  bool several = !only_one;
  std::vector<HtmlPart> parts;  // of a page, whose table of contents stands before them
  std::map<size_t, std::string> sources;  // of records that could not be taken out of their file
  Status worked;
  {
    // What is printed on the terminal is progress enough, and lines of two streams must not mix.
    Progress progress(!arguments.quiet && !on_terminal, found.inputs.size());
    const auto put = [&](Record record) {
      if (form.array() && several) output.write(done == 0 ? "[\n" : ",\n");
      ++done;
      if (record.complaint) {
        ++not_read;
        const bool in_view = form.format == Format::text && several;
        if (!arguments.quiet && !in_view) {
          progress.clear();
          complain(*record.complaint);
        }
      }
      progress.show(done, queue.files_begun());
      if (form.format == Format::html) parts.push_back(std::move(record.page));
      return output.write(record.bytes);
    };
    size_t asked = 0;
    const auto next = [&] {
      std::optional<Result<Input>> input = queue.next();
      if (input && !*input) sources[asked] = queue.source();
      ++asked;
      return input;
    };
    const auto make = [&](const Input& input, size_t index) { return pack(read_input(input, index, only_one, models, options, form)); };
    const auto take = [&](Answer answer) {
      if (answer.poison && quarantine != nullptr) write_poison(*answer.poison, quarantine);
      if (!answer.bytes) {
        if (const auto source = sources.extract(answer.index)) answer.source = source.mapped();
        const Place place{only_one, only_one ? "" : std::to_string(answer.index + 1), answer.source, answer.member, answer.id};
        return put(write_record(answer.bytes.error(), place, form));
      }
      std::vector<Record> records = unpack_records(*answer.bytes);
      several = several || records.size() > 1;
      return std::all_of(records.begin(), records.end(), [&](Record& record) { return put(std::move(record)); });
    };
    WorkerOptions worker_options;
    worker_options.workers = only_one ? 1 : arguments.engine.thread_count();
    worker_options.limits = options.ingest.limits;
    worked = in_workers(next, make, take, worker_options);
  }
  bool listed = true;
  if (quarantine != nullptr) {
    listed = std::ferror(quarantine) == 0;
    listed = std::fclose(quarantine) == 0 && listed;
  }
  if (form.array() && (several || done == 0)) output.write(done == 0 ? "[\n\n]\n" : "\n]\n");
  if (form.format == Format::html) {
    output.write(html_top(parts, form.engine));
    for (const HtmlPart& part : parts) output.write(part.body);
    output.write(html_bottom(form.engine));
  }
  if (const Status written = output.finish(); !written) {
    complain(written.error());
    return cannot_write;
  }
  if (!worked) {
    complain(worked.error());
    return cannot_start;
  }
  if (!listed) {
    complain({ErrorKind::io, "the list of quarantined documents could not be written", *arguments.quarantine, "Is the disk full?"});
    return cannot_write;
  }
  if (!arguments.quiet) {
    if (found.passed_over > 0)
      complain(std::to_string(found.passed_over) + (found.passed_over == 1 ? " file that is" : " files that are") + " no text (pictures, programs, …) passed over.");
    if (queue.passed_over() > 0)
      complain(std::to_string(queue.passed_over()) + (queue.passed_over() == 1 ? " record" : " records") + " of archives that hold no page passed over (requests, pictures, redirections, …).");
    if (not_read > 0 && several) complain(std::to_string(not_read) + " of " + documents(done) + " could not be read.");
  }
  return not_read > 0 ? some_not_read : all_read;
}

}  // namespace

Command add_read_command(CLI::App& program) {
  auto arguments = std::make_shared<ReadArguments>();
  CLI::App* read = program.add_subcommand("read", "Say who said what in articles");
  read->add_option("FILE", arguments->inputs,
                   "Text, pages, feeds, agency files, mail, PDF, archives of them (WARC, WACZ, JSON Lines, mbox; also .gz and .zst), directories, or "
                   "- for standard input, which is read when nothing is named and it is no terminal")
      ->type_name("FILE|DIRECTORY|-");
  read->add_option("--format", arguments->format,
                   "text: the article with its attributions marked (default on a terminal); html: the same as one page to mail or print; "
                   "jsonl: a JSON object a line for each document (default otherwise); json: indented, an array for several; csv: a row an "
                   "attribution; citron: as BBC's Citron writes it, an array for several")
      ->check(one_of({"text", "html", "json", "jsonl", "csv", "citron"}))
      ->type_name("FORMAT");
  read->add_option("-o,--output", arguments->output, "Write there instead of to standard output")->type_name("FILE");
  read->add_option("--layers", arguments->layers, "What to find: sections, attributions (default: both); sections needs no model")
      ->type_name("LIST");
  read->add_option("--max-bytes", arguments->max_bytes, "Refuse a larger document; 5MB and the like are understood (default: 20MB). The same as --limit document-bytes=N")
      ->transform(whole_number(1, 4'000'000'000, true))  // positions in a text are 32 bits
      ->type_name("N");
  read->add_option("--limit", arguments->limits, "Set a limit: NAME=N; sayso limits lists them. Several times for several")->type_name("NAME=N")->allow_extra_args(false);
  read->add_option("--field", arguments->fields,
                   "How JSON Lines call a thing: text=article.body, title=…; also html, authors, published, modified, address, publisher, language, id. Several times for several")
      ->type_name("THING=NAME")
      ->allow_extra_args(false);
  read->add_flag("--raw-map", arguments->raw_map, "Say for each piece of the text where it stands in the input's bytes (raw_map in JSON)");
  read->add_option("--quarantine", arguments->quarantine,
                   "Write there a JSON object a line about each document that crashed its process, took too long or too much memory: hash, reason, stage; never its text")
      ->type_name("FILE");
  add_engine_options(*read, arguments->engine);
  read->add_option("--color", arguments->color, "always, auto (on a terminal, unless NO_COLOR is set) or never")
      ->check(one_of({"always", "auto", "never"}))
      ->type_name("WHEN");
  read->add_flag("--no-pager", arguments->no_pager, "On a terminal, do not show long output in a pager ($PAGER, else less)");
  read->add_flag("-q,--quiet", arguments->quiet, "No progress and no sentences about documents that could not be read");
  read->footer("Examples:\n"
               "  sayso read article.txt\n"
               "  sayso read --format csv -o who-said-what.csv news/\n"
               "  zcat page.gz | sayso read --precision | jq -r '.attributions[].source.text'\n\n"
               "A document that cannot be read becomes one record with an error; the others\ngo on.\n\n" + std::string(exit_status_help));
  return [arguments, read] { return run_read(*arguments, *read); };
}

}  // namespace sayso
