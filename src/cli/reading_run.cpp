#include "cli/reading_run.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <utility>

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/screen.h"
#include "document/json.h"

namespace sayso {
namespace {

bool wants_colour(const std::string& color, bool on_terminal) {
  if (color != "auto") return color == "always";
  const char* no_color = std::getenv("NO_COLOR");  // no-color.org: set, and not empty
  const char* term = std::getenv("TERM");
  return on_terminal && (no_color == nullptr || *no_color == '\0') && (term == nullptr || std::string_view(term) != "dumb");
}

std::string documents(size_t count) { return std::to_string(count) + (count == 1 ? " document" : " documents"); }

// "NAME=VALUE" -> the two, or nothing.
std::optional<std::pair<std::string, std::string>> split_setting(const std::string& setting) {
  const size_t at = setting.find('=');
  if (at == std::string::npos || at == 0 || at + 1 == setting.size()) return std::nullopt;
  return std::pair(setting.substr(0, at), setting.substr(at + 1));
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

}  // namespace

// ---- the arguments ---------------------------------------------------------------------------------------------------------------------

void add_input_options(CLI::App& app, InputArguments& arguments) {
  app.add_option("FILE", arguments.files,
                 "Text, pages, feeds, agency files, mail, PDF, archives of them (WARC, WACZ, JSON Lines, mbox; also .gz and .zst), directories, or "
                 "- for standard input, which is read when nothing is named and it is no terminal")
      ->type_name("FILE|DIRECTORY|-");
  app.add_option("--max-bytes", arguments.max_bytes,
                 "Refuse a larger document; 5MB and the like are understood (default: 20MB). The same as --limit document-bytes=N")
      ->transform(whole_number(1, 4'000'000'000, true))  // positions in a text are 32 bits
      ->type_name("N");
  app.add_option("--limit", arguments.limits,
                 "Set a limit: NAME=N; sayso limits lists them. Several times for several")->type_name("NAME=N")->allow_extra_args(false);
  app.add_option("--field", arguments.fields,
                 "How JSON Lines call a thing: text=article.body, title=…; also html, authors, published, modified, address, publisher, language, "
                 "id. Several times for several")
      ->type_name("THING=NAME")
      ->allow_extra_args(false);
  app.add_option("--quarantine", arguments.quarantine,
                 "Write there a JSON object a line about each document that crashed its process, took too long or too much memory: hash, reason, "
                 "stage; never its text")
      ->type_name("FILE");
}

void add_output_options(CLI::App& app, OutputArguments& arguments) {
  app.add_option("-o,--output", arguments.output, "Write there instead of to standard output")->type_name("FILE");
  app.add_option("--color", arguments.color, "always, auto (on a terminal, unless NO_COLOR is set) or never")
      ->check(one_of({"always", "auto", "never"}))
      ->type_name("WHEN");
  app.add_flag("--no-pager", arguments.no_pager, "On a terminal, do not show long output in a pager ($PAGER, else less)");
  app.add_flag("-q,--quiet", arguments.quiet, "No progress and no sentences about documents that could not be read");
}

bool OutputArguments::on_terminal() const { return isatty(STDOUT_FILENO) && !output; }

ViewStyle OutputArguments::style() const { return {screen_columns(), wants_colour(color, on_terminal())}; }

Result<Output> OutputArguments::open(bool text) const {
  if (output) return Output::to_file(*output);
  const bool paged = on_terminal() && text && !no_pager && screen_rows() > 0 && !wanted_pager().empty();
  return paged ? Output::to_pager(wanted_pager(), screen_rows()) : Output::to_standard_output();
}

std::optional<int> settle_inputs(InputArguments& arguments, const CLI::App& command) {
  if (arguments.files.empty()) {
    if (isatty(STDIN_FILENO)) return print(command.help(), wrong_usage);
    arguments.files = {"-"};
  }
  if (std::count(arguments.files.begin(), arguments.files.end(), "-") > 1) {
    complain("standard input (-) can be read only once.");
    return wrong_usage;
  }
  return std::nullopt;
}

Status set_limits(const InputArguments& arguments, IngestOptions& options) {
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
    if (!parts)
      return Error{ErrorKind::bad_input, "“" + setting + "” names no field", "--field",
                   "Write what it is and how the input calls it: text=article.body."};
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


// ---- the inputs ------------------------------------------------------------------------------------------------------------------------

std::optional<Result<Input>> InputQueue::next(const WhileWaiting& while_waiting) {
  while_waiting_ = &while_waiting;
  std::optional<Result<Input>> record = next_record();
  while_waiting_ = nullptr;
  return record;
}

std::optional<Result<Input>> InputQueue::next_record() {
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

bool InputQueue::holds_one(bool by_first) {
  if (inputs_.size() != 1) return false;
  while (held_.size() < 2 && (records_ || at_ < inputs_.size())) {
    if (by_first && waits_ && !held_.empty() && records_->is_list()) return false;
    if (std::optional<Result<Input>> record = take()) held_.push_back(std::move(*record));
  }
  return held_.size() < 2;
}

void InputQueue::let_go() {
  held_.clear();
  records_.reset();
}

std::optional<Result<Input>> InputQueue::take() {
  if (!records_) {
    if (at_ == inputs_.size()) return std::nullopt;
    const FoundInput& found = inputs_[at_++];
    if (found.error) return *found.error;
    Result<std::unique_ptr<ByteStream>> stream =
        stream_file(found.path, [this](int file) { return while_waiting_ == nullptr || !*while_waiting_ || (*while_waiting_)(file); });
    if (!stream) return stream.error();
    waits_ = (*stream)->waits();
    records_ = split_records(std::move(stream).value(), found.path, options_);
  }
  std::optional<Result<Input>> record = records_->next();
  if (!record) {
    passed_over_ += records_->passed_over();
    records_.reset();
  }
  return record;
}

// ---- the work --------------------------------------------------------------------------------------------------------------------------

Progress::Progress(bool wanted, size_t files) : wanted_(wanted && isatty(STDERR_FILENO)), files_(files) {}

void Progress::show(size_t done, size_t files_begun) {
  const auto now = std::chrono::steady_clock::now();
  if (!wanted_ || now - started_ < std::chrono::seconds(1) || now - shown_ < std::chrono::milliseconds(100)) return;
  shown_ = now;
  visible_ = true;
  if (files_ > 1) std::fprintf(stderr, "\r%zu documents, file %zu of %zu\x1b[K", done, files_begun, files_);
  else std::fprintf(stderr, "\r%zu documents\x1b[K", done);
}

void Progress::clear() {
  if (visible_) std::fputs("\r\x1b[K", stderr);
  visible_ = false;
}

ReadingRun::ReadingRun(const InputArguments& arguments, const OutputArguments& output, const IngestOptions& options, bool wants_progress)
    : arguments_(arguments),
      output_(output),
      found_(find_inputs(arguments.files)),
      split_{options.limits, options.fields},
      queue_(found_.inputs, split_),
      progress_(wants_progress && !output.quiet, found_.inputs.size()) {}

ReadingRun::~ReadingRun() {
  if (quarantine_ != nullptr) std::fclose(quarantine_);
}

Status ReadingRun::refuse_overwriting() const {
  for (const FoundInput& input : found_.inputs) {
    std::error_code ignored;
    if (!output_.output || !std::filesystem::equivalent(input.path, *output_.output, ignored)) continue;
    if (!std::filesystem::is_regular_file(input.path, ignored)) continue;  // /dev/null takes what it is given
    return Error{ErrorKind::bad_input, "the output would overwrite an input", input.path, "Name another file for -o."};
  }
  return {};
}

Status ReadingRun::open_quarantine() {
  if (!arguments_.quarantine) return {};
  quarantine_ = std::fopen(arguments_.quarantine->c_str(), "ae");
  if (quarantine_ != nullptr) return {};
  return Error{ErrorKind::io, std::string("cannot write the list of quarantined documents: ") + std::strerror(errno), *arguments_.quarantine,
               "Name another file for --quarantine."};
}

Status ReadingRun::work(const std::function<AnswerParts(const Input&, size_t index)>& make, const std::function<bool(Answer)>& take, size_t workers) {
  size_t asked = 0;
  std::map<size_t, std::string> sources;  // of records that could not be taken out of their file
  const auto next = [&](const WhileWaiting& while_waiting) {
    std::optional<Result<Input>> input = queue_.next(while_waiting);
    if (input && !*input) sources[asked] = queue_.source();
    ++asked;
    return input;
  };
  const auto take_named = [&](Answer answer) {
    if (answer.poison && quarantine_ != nullptr) write_poison(*answer.poison, quarantine_);
    if (!answer.bytes)
      if (const auto source = sources.extract(answer.index)) answer.source = source.mapped();
    return take(std::move(answer));
  };
  WorkerOptions options;
  options.workers = workers;
  options.limits = split_.limits;
  options.let_go = [this] { queue_.let_go(); };
  options.warm_up = [&make] {
    for (const char* sample : {"“It will rain,” she said.", "<html><body><p>“It will rain,” she said.</p></body></html>"}) {
      Input input;
      input.bytes = sample;
      make(input, 0);
    }
  };
  const Status worked = in_workers(next, make, take_named, options);
  progress_.clear();
  return worked;
}

void ReadingRun::count(const std::optional<std::string>& complaint, bool shown_in_answer) {
  ++done_;
  if (complaint) {
    ++not_read_;
    if (!output_.quiet && !shown_in_answer) {
      progress_.clear();
      complain(*complaint);
    }
  }
  progress_.show(done_, queue_.files_begun());
}

Status ReadingRun::close_quarantine() {
  if (quarantine_ == nullptr) return {};
  const bool written = std::ferror(quarantine_) == 0;
  if (std::fclose(std::exchange(quarantine_, nullptr)) == 0 && written) return {};
  return Error{ErrorKind::io, "the list of quarantined documents could not be written", *arguments_.quarantine, "Is the disk full?"};
}

void ReadingRun::tell_rest(bool several) const {
  if (output_.quiet) return;
  if (found_.passed_over > 0)
    complain(std::to_string(found_.passed_over) + (found_.passed_over == 1 ? " file that is" : " files that are") +
             " no text (pictures, programs, …) passed over.");
  if (queue_.passed_over() > 0)
    complain(std::to_string(queue_.passed_over()) + (queue_.passed_over() == 1 ? " record" : " records") +
             " of archives that hold no page passed over (requests, pictures, redirections, …).");
  if (not_read_ > 0 && several) complain(std::to_string(not_read_) + " of " + documents(done_) + " could not be read.");
}

}  // namespace sayso
