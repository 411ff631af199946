// What the commands of the program share: exit codes, how they speak on standard error, and the options of the engine.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "base/result.h"
#include "reading/models.h"
#include "reading/read.h"

namespace CLI {
class App;
}

namespace sayso {

// Also in the man page and in --help, which a test holds against each other.
enum ExitCode {
  all_read = 0,
  some_not_read = 1,  // at least one document could not be read; the others were. Of sayso who also: nobody of that name says anything
  wrong_usage = 2,    // the command line
  cannot_start = 3,   // no model or a damaged one, a list of cue words that cannot be read
  cannot_write = 4,   // the output: a full disk, a directory that does not exist
};

inline constexpr const char* exit_status_help =
    "Exit status: 0 all read, 1 some document could not be read, 2 wrong usage,\n"
    "3 cannot start (no model), 4 cannot write.";

// "sayso: sentence" on standard error.
void complain(const std::string& sentence);
void complain(const Error& error);

// Prints `text` on standard output; `code`, or cannot_write.
int print(const std::string& text, ExitCode code);

// What to read with, as every command that reads offers it.
struct EngineOptions {
  ModelChoice models;
  bool precision = false, recall = false;
  size_t threads = 0;  // 0: one a processor

  Lean lean() const { return precision ? Lean::precision : recall ? Lean::recall : Lean::balanced; }
  size_t thread_count() const { return threads > 0 ? threads : std::max<size_t>(1, std::thread::hardware_concurrency()); }
};
void add_engine_options(CLI::App& app, EngineOptions& options);

// One command: describes itself to the program, and does its work when it was chosen. The function returns an ExitCode.
using Command = std::function<int()>;
Command add_read_command(CLI::App& program);
Command add_explain_command(CLI::App& program);
Command add_who_command(CLI::App& program);
Command add_eval_command(CLI::App& program);
Command add_limits_command(CLI::App& program);

// Prints the program's version and the model's name.
int show_version();

// The whole program.
int run(int argc, const char* const* argv);

}  // namespace sayso
