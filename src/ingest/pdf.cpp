#include "ingest/pdf.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "base/unicode.h"
#include "ingest/content.h"

namespace sayso {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  int operator*() const { return number_; }
  void take(int number) { close(), number_ = number; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

Error system_error(const char* what, const std::string& source, int number) {
  return {ErrorKind::internal, std::string(what) + ": " + std::strerror(number), source, "Try again."};
}

Result<std::string> run_pdftotext(std::string_view bytes, const Limits& limits, const std::string& source) {
  // The bytes as a file that has no name: the child reads at its own pace, and nothing here waits for it to.
  Descriptor input(memfd_create("sayso-pdf", MFD_CLOEXEC));
  if (*input < 0) return system_error("no memory for a PDF", source, errno);
  for (size_t at = 0; at < bytes.size();) {
    const ssize_t written = write(*input, bytes.data() + at, bytes.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return system_error("no memory for a PDF", source, errno);
    at += static_cast<size_t>(written);
  }
  lseek(*input, 0, SEEK_SET);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return system_error("no pipe to pdftotext", source, errno);
  Descriptor output(ends[0]), child_output(ends[1]);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, *input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, *child_output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  char program[] = "pdftotext", encoding[] = "-enc", utf8[] = "UTF-8", quiet[] = "-q", from[] = "-", to[] = "-", locale[] = "LC_ALL=C.UTF-8";
  char* const arguments[] = {program, quiet, encoding, utf8, from, to, nullptr};
  char* const environment[] = {locale, nullptr};
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "pdftotext", &actions, nullptr, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  if (failed == ENOENT)
    return Error{ErrorKind::unsupported, "PDF is read by pdftotext, which is not installed", source, "Install poppler-utils."};
  if (failed != 0) return system_error("pdftotext could not be started", source, failed);
  child_output.close();
  const rlimit memory{limits.memory_bytes, limits.memory_bytes};
  prlimit(child, RLIMIT_AS, &memory, nullptr);
  const rlimit seconds{limits.milliseconds / 1000 + 1, limits.milliseconds / 1000 + 1};  // ends it also when nobody waits any more
  prlimit(child, RLIMIT_CPU, &seconds, nullptr);

  std::string text;
  std::optional<Error> error;
  // Before its reader’s own time is over.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(limits.milliseconds - limits.milliseconds / 5);
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd poll_for{*output, POLLIN, 0};
    const int ready = left > 0 ? poll(&poll_for, 1, static_cast<int>(std::min<long long>(left, 1'000'000))) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0 && std::chrono::steady_clock::now() < deadline) continue;
    if (ready <= 0) {
      error = Error{ErrorKind::bad_input, "pdftotext took longer than " + std::to_string(limits.milliseconds) + " ms", source,
                    "Raise the limit with --limit milliseconds=N, or split the PDF."};
      break;
    }
    char buffer[1 << 16];
    const ssize_t got = ::read(*output, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(buffer, static_cast<size_t>(got));
    if (text.size() > limits.document_bytes) {
      error = Error{ErrorKind::bad_input, "the PDF's text is larger than " + std::to_string(limits.document_bytes) + " bytes", source,
                    "Raise the limit with --limit document-bytes=N, or split the PDF."};
      break;
    }
  }
  if (error) kill(child, SIGKILL);
  output.close();
  int status = 0;
  // It has closed its output; should it go on all the same, it does so until the deadline only.
  for (;;) {
    const pid_t ended = waitpid(child, &status, error ? 0 : WNOHANG);
    if (ended == child || (ended < 0 && errno != EINTR)) break;
    if (ended == 0) {
      if (std::chrono::steady_clock::now() > deadline) kill(child, SIGKILL);
      usleep(1000);
    }
  }
  if (error) return std::move(*error);
  if (!WIFEXITED(status) || WEXITSTATUS(status) == 127)
    return Error{ErrorKind::corrupt, "pdftotext could not read the PDF and ended by a signal or before it began", source,
                 "Check that the file is whole."};
  if (WEXITSTATUS(status) == 3)
    return Error{ErrorKind::unsupported, "the PDF does not permit its text to be taken out", source, "Ask for one that does."};
  if (WEXITSTATUS(status) != 0 && text.empty())
    return Error{ErrorKind::corrupt, "pdftotext could not read the PDF", source, "Check that the file is whole."};
  return repair_utf8(text).text;
}

}  // namespace

std::vector<Draft> read_pdf(std::string_view bytes, const Limits& limits, const std::string& source) {
  Draft draft;
  draft.media_type = "application/pdf";
  Result<std::string> text = run_pdftotext(bytes, limits, source);
  if (text.ok()) {
    Content content;
    content.append(*text);
    add_text(draft, content);
  } else {
    draft.error = text.error();
  }
  std::vector<Draft> drafts;
  drafts.push_back(std::move(draft));
  return drafts;
}

}  // namespace sayso
