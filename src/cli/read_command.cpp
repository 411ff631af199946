// sayso read: documents in, readings out.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <memory>

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/hash.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/find_inputs.h"
#include "cli/html.h"
#include "cli/in_order.h"
#include "cli/output.h"
#include "cli/screen.h"
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
  std::vector<std::string> inputs;
  std::optional<std::string> format;
  std::optional<std::string> layers;
  EngineOptions engine;
  size_t max_bytes = default_max_bytes;
  std::optional<std::string> output;
  std::string color = "auto";
  bool no_pager = false;
  bool quiet = false;
};

// What has become of one input: its record in the output's format, and the sentence when it could not be read.
struct Record {
  std::string bytes;
  HtmlPart page;  // instead of bytes where the format is html
  std::optional<std::string> complaint;
};

// How all documents of this run are written.
struct Form {
  Format format;
  bool single;  // one document: its JSON stands alone, and an error is told on standard error only
  ViewStyle style;
  Engine engine;

  // Several documents are an array?
  bool array() const { return !single && (format == Format::json || format == Format::citron); }
};

// The `index`-th document of the run.
Record write_record(const Result<Document>& document, size_t index, const std::string& source, const std::optional<std::string>& id,
                    const Form& form) {
  Record record;
  if (!document) record.complaint = document.error().sentence();
  switch (form.format) {
    case Format::json:
    case Format::jsonl: {
      const auto object = document ? to_json(*document, form.engine) : to_json(document.error(), form.engine, id, source, std::nullopt);
      record.bytes = to_string(object, form.format == Format::json);
      break;
    }
    case Format::citron:
      record.bytes = to_string(document ? to_citron(*document, form.engine) : to_citron(document.error(), form.engine, source), true);
      break;
    case Format::csv: record.bytes = document ? to_csv(*document) : to_csv(document.error(), source, std::nullopt); break;
    case Format::html: {
      const size_t number = form.single ? 0 : index + 1;
      record.page = document ? to_html(*document, number) : to_html(document.error(), source, number);
      break;
    }
    case Format::text:
      if (document) record.bytes = view(*document, form.style);
      else if (!form.single) record.bytes = view(document.error(), source, form.style);
      break;
  }
  const bool json = form.format == Format::json || form.format == Format::jsonl || form.format == Format::citron;
  if (json && !form.array()) record.bytes += '\n';
  return record;
}

Record read_input(const FoundInput& found, size_t index, const Models& models, const ReadOptions& options, const Form& form) {
  std::optional<std::string> id;
  const auto refuse = [&](Error error) { return write_record(std::move(error), index, found.path, id, form); };
  try {
    if (found.error) return refuse(*found.error);
    Result<std::string> bytes = found.path == "-" ? read_standard_input(options.max_bytes) : read_file(found.path, options.max_bytes);
    if (!bytes) return refuse(bytes.error());
    const Input input{found.path, std::nullopt, std::move(*bytes)};
    const Result<Document> document = read(input, models, options);
    if (!document) id = "sha256:" + sha256_hex(input.bytes);
    return write_record(document, index, found.path, id, form);
  } catch (const std::bad_alloc&) {
    return refuse({ErrorKind::internal, "there is not enough memory to read this", found.path, "Read fewer documents at once with --threads 1."});
  } catch (const std::exception& error) {
    return refuse({ErrorKind::internal, std::string("something went wrong inside: ") + error.what(), found.path, "Please report it with the input."});
  }
}

// How far the work is, on a terminal's last line; nothing in the first second, and nothing when standard error is no terminal.
class Progress {
 public:
  Progress(bool wanted, size_t count) : wanted_(wanted && count > 1 && isatty(STDERR_FILENO)), count_(count) {}
  ~Progress() { clear(); }
  void show(size_t done) {
    const auto now = std::chrono::steady_clock::now();
    if (!wanted_ || now - started_ < std::chrono::seconds(1) || now - shown_ < std::chrono::milliseconds(100)) return;
    shown_ = now;
    visible_ = true;
    std::fprintf(stderr, "\r%zu of %zu documents\x1b[K", done, count_);
  }
  void clear() {
    if (visible_) std::fputs("\r\x1b[K", stderr);
    visible_ = false;
  }

 private:
  bool wanted_, visible_ = false;
  size_t count_;
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
  options.max_bytes = arguments.max_bytes;
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
  const size_t count = found.inputs.size();
  const bool on_terminal = isatty(STDOUT_FILENO) && !arguments.output;
  Form form;
  form.format = format_from(arguments.format.value_or(on_terminal ? "text" : "jsonl"));
  form.single = count == 1;
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

  if (form.format == Format::text) output.write(view_legend(form.style));
  if (form.format == Format::csv) output.write(csv_header());
  if (form.array()) output.write("[\n");

  size_t not_read = 0;
  std::vector<HtmlPart> parts;  // of a page, whose table of contents stands before them
  {
    // What is printed on the terminal is progress enough, and lines of two streams must not mix.
    Progress progress(!arguments.quiet && !on_terminal, count);
    in_order(
        count, arguments.engine.thread_count(),
        [&](size_t i) { return read_input(found.inputs[i], i, models, options, form); },
        [&](size_t i, Record record) {
          if (record.complaint) {
            ++not_read;
            const bool in_view = form.format == Format::text && !form.single;
            if (!arguments.quiet && !in_view) {
              progress.clear();
              complain(*record.complaint);
            }
          }
          if (form.array()) output.write(i == 0 ? "" : ",\n");
          progress.show(i + 1);
          if (form.format == Format::html) parts.push_back(std::move(record.page));
          return output.write(record.bytes);
        });
  }
  if (form.array()) output.write("\n]\n");
  if (form.format == Format::html) {
    output.write(html_top(parts, form.engine));
    for (const HtmlPart& part : parts) output.write(part.body);
    output.write(html_bottom(form.engine));
  }
  if (const Status written = output.finish(); !written) {
    complain(written.error());
    return cannot_write;
  }
  if (!arguments.quiet) {
    if (found.passed_over > 0)
      complain(std::to_string(found.passed_over) + (found.passed_over == 1 ? " file that is" : " files that are") + " no text (pictures, programs, …) passed over.");
    if (not_read > 0 && !form.single) complain(std::to_string(not_read) + " of " + documents(count) + " could not be read.");
  }
  return not_read > 0 ? some_not_read : all_read;
}

}  // namespace

Command add_read_command(CLI::App& program) {
  auto arguments = std::make_shared<ReadArguments>();
  CLI::App* read = program.add_subcommand("read", "Say who said what in articles");
  read->add_option("FILE", arguments->inputs,
                   "Text files (also .gz), directories, or - for standard input, which is read when nothing is named and it is no terminal")
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
  read->add_option("--max-bytes", arguments->max_bytes, "Refuse a larger document; 5MB and the like are understood (default: 20MB)")
      ->transform(whole_number(1, 4'000'000'000, true))  // positions in a text are 32 bits
      ->type_name("N");
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
