#include "cli/output.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace sayso {

Output Output::to_standard_output() {
  Output output;
  output.file_ = stdout;
  return output;
}

Result<Output> Output::to_file(const std::string& path) {
  Output output;
  output.file_ = std::fopen(path.c_str(), "wb");
  output.where_ = path;
  output.closing_ = Closing::close;
  if (output.file_ == nullptr)
    return Error{ErrorKind::io, std::string("cannot write the file: ") + std::strerror(errno), path, "Check the directory and its permissions."};
  return output;
}

Output Output::to_pager(std::string pager, size_t rows) {
  Output output = to_standard_output();
  output.pager_ = std::move(pager);
  output.rows_ = rows;
  return output;
}

Output::Output(Output&& other) noexcept
    : where_(std::move(other.where_)),
      file_(std::exchange(other.file_, nullptr)),
      closing_(other.closing_),
      pager_(std::move(other.pager_)),
      rows_(other.rows_),
      lines_(other.lines_),
      held_(std::move(other.held_)),
      gone_(other.gone_),
      error_(std::move(other.error_)) {}

Output::~Output() { static_cast<void>(finish().ok()); }

void Output::fail() {
  if (errno == EPIPE) gone_ = true;
  else if (!error_)
    error_ = Error{ErrorKind::io, std::string("cannot write the output: ") + std::strerror(errno), where_, "What was written is not complete."};
}

bool Output::put(std::string_view bytes) {
  if (gone_ || error_) return false;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) fail();
  return !gone_ && !error_;
}

bool Output::write(std::string_view bytes) {
  if (pager_.empty()) return put(bytes);
  held_ += bytes;
  lines_ += static_cast<size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  if (lines_ < rows_) return true;
  // What less does when $LESS says nothing: show colours. (As git does.)
  setenv("LESS", "R", 0);
  if (FILE* pipe = popen(std::exchange(pager_, "").c_str(), "w")) {
    file_ = pipe;
    closing_ = Closing::wait;
    std::signal(SIGINT, SIG_IGN);  // it is the pager that Ctrl-C is meant for
  }
  return put(std::exchange(held_, ""));
}

bool Output::flush() {
  if (!gone_ && !error_ && std::fflush(file_) != 0) fail();
  return !gone_ && !error_;
}

Status Output::finish() {
  if (file_ == nullptr) return {};
  put(std::exchange(held_, ""));
  FILE* const file = std::exchange(file_, nullptr);
  if (!gone_ && std::fflush(file) != 0) fail();
  switch (closing_) {
    case Closing::flush: break;
    case Closing::close:
      if (std::fclose(file) != 0) fail();
      break;
    case Closing::wait:
      pclose(file);
      std::signal(SIGINT, SIG_DFL);
      break;
  }
  if (error_) return *error_;
  return {};
}

std::string wanted_pager() {
  const char* pager = std::getenv("PAGER");
  if (pager == nullptr) return "if command -v less >/dev/null; then exec less -R; else exec cat; fi";
  return std::strcmp(pager, "cat") == 0 ? "" : pager;
}

}  // namespace sayso
