// Where a command's answer goes: a file, standard output, or a pager.
#pragma once

#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sayso {

class Output {
 public:
  static Output to_standard_output();
  // io when the file cannot be made.
  static Result<Output> to_file(const std::string& path);
  // Standard output; from the first line on that does not fit into `rows`, the program `pager` (a shell command).
  static Output to_pager(std::string pager, size_t rows);

  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();

  // False when nothing more is wanted: the reader of a pipe has gone, or there was an error, which finish() tells.
  bool write(std::string_view bytes);
  // What was written goes out now, since the next may be long in coming. (Not what waits for a pager.) False as of write().
  bool flush();

  // Flushes, closes and waits for the pager. io when something could not be written; that a pipe's reader went away is no error.
  Status finish();

 private:
  Output() = default;
  bool put(std::string_view bytes);
  void fail();

  std::string where_ = "standard output";
  FILE* file_ = nullptr;
  enum class Closing { flush, close, wait } closing_ = Closing::flush;
  std::string pager_;            // not started yet
  size_t rows_ = 0, lines_ = 0;
  std::string held_;             // until it is known whether it fits on the screen
  bool gone_ = false;
  std::optional<Error> error_;
};

// The pager that the user wants: $PAGER, else less -R where it is installed; empty when none ("cat", or an empty $PAGER).
std::string wanted_pager();

}  // namespace sayso
