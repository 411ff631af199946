// What the commands that read many documents share: which files they read and within which limits, the workers that read them, how far
// they are, and where the answer goes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/find_inputs.h"
#include "cli/lines.h"
#include "cli/output.h"
#include "cli/workers.h"
#include "ingest/records.h"

namespace CLI {
class App;
}

namespace sayso {

struct InputArguments {
  std::vector<std::string> files;
  size_t max_bytes = 0;  // 0: the limit document-bytes
  std::vector<std::string> limits, fields;
  std::optional<std::string> quarantine;
};
void add_input_options(CLI::App& app, InputArguments& arguments);

struct OutputArguments {
  std::optional<std::string> output;
  std::string color = "auto";
  bool no_pager = false;
  bool quiet = false;

  // Is the answer shown on a terminal?
  bool on_terminal() const;
  ViewStyle style() const;
  // `text`: it is for people, who on a terminal get a pager.
  Result<Output> open(bool text) const;
};
void add_output_options(CLI::App& app, OutputArguments& arguments);

// Standard input, where nothing is named and it is no terminal. An ExitCode when the command ends here, having said why.
std::optional<int> settle_inputs(InputArguments& arguments, const CLI::App& command);

// --limit, --max-bytes and --field. bad_input when one says nothing that can be set.
Status set_limits(const InputArguments& arguments, IngestOptions& options);

// The records of all inputs, one after the other.
class InputQueue {
 public:
  InputQueue(const std::vector<FoundInput>& inputs, const SplitOptions& options) : inputs_(inputs), options_(options) {}

  // while_waiting: is called where an input's bytes are long in coming (stream_file()).
  std::optional<Result<Input>> next(const WhileWaiting& while_waiting);
  // Is there no more than one record in all? Looks at the first two, which next() gives afterwards; with `by_first` at the first alone, and takes a
  // list for more than one, where the second may be long in coming.
  bool holds_one(bool by_first);
  // Forgets every input: in a process that asks for none.
  void let_go();

  // The name of the file that the last record came from, and how many files have been begun.
  const std::string& source() const { return inputs_[at_ == 0 ? 0 : at_ - 1].path; }
  size_t files_begun() const { return at_; }
  size_t passed_over() const { return passed_over_; }

 private:
  std::optional<Result<Input>> next_record();
  // The next record, or nothing when a file has ended.
  std::optional<Result<Input>> take();

  const std::vector<FoundInput>& inputs_;
  const SplitOptions& options_;
  size_t at_ = 0, passed_over_ = 0;
  std::unique_ptr<Records> records_;
  bool waits_ = false;  // what records_ reads may be long in coming
  const WhileWaiting* while_waiting_ = nullptr;
  std::vector<Result<Input>> held_;
};

// How far the work is, on a terminal's last line; nothing in the first second, and nothing when standard error is no terminal.
class Progress {
 public:
  Progress(bool wanted, size_t files);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void show(size_t done, size_t files_begun);
  void clear();

 private:
  bool wanted_, visible_ = false;
  size_t files_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now(), shown_{};
};

// One run over all inputs.
class ReadingRun {
 public:
  // wants_progress: nothing is printed on the terminal while documents are read. (What is printed there is progress enough, and lines of two streams
  // must not mix.)
  ReadingRun(const InputArguments& arguments, const OutputArguments& output, const IngestOptions& options, bool wants_progress);
  ~ReadingRun();
  ReadingRun(const ReadingRun&) = delete;
  ReadingRun& operator=(const ReadingRun&) = delete;

  // bad_input when the output is one of the inputs.
  Status refuse_overwriting() const;
  // io when the list of quarantined documents cannot be made.
  Status open_quarantine();

  // Is there no more than one record in all? Asked without `by_first` it reads up to the second
  // record before anything is answered (InputQueue::holds_one()).
  bool only_one(bool by_first) { return queue_.holds_one(by_first); }

  // make: what a worker answers to an input; it throws nothing but std::bad_alloc. take: gets the answers in the order of the inputs, each with the
  // name of its file; false ends the work early. io when no process can be made.
  Status work(const std::function<AnswerParts(const Input&, size_t index)>& make, const std::function<bool(Answer)>& take, size_t workers);

  // One more document is done; the sentence when it could not be read, which is not told when the answer itself shows it.
  void count(const std::optional<std::string>& complaint, bool shown_in_answer);
  size_t done() const { return done_; }
  size_t not_read() const { return not_read_; }

  // io when the list of quarantined documents could not be written.
  Status close_quarantine();
  // What was passed over, and how many of several documents could not be read.
  void tell_rest(bool several) const;

 private:
  const InputArguments& arguments_;
  const OutputArguments& output_;
  const FoundInputs found_;
  const SplitOptions split_;
  InputQueue queue_;
  Progress progress_;
  std::FILE* quarantine_ = nullptr;
  size_t done_ = 0, not_read_ = 0;
};

// What `body` answers, or `failed` to the Error that whatever it throws becomes. Memory that ran out ends the worker: what is left of it would decide
// how the next document fares.
template <class Body, class Failed>
auto guarded(const Input& input, const Body& body, const Failed& failed) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    return failed(Error{ErrorKind::internal, std::string("something went wrong inside: ") + error.what(), input.source,
                        "Please report it with the input."});
  }
}

}  // namespace sayso
