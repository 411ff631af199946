#include "base/file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <sys/stat.h>

namespace sayso {
namespace {

Result<std::string> read_stream(FILE* file, const std::string& where, size_t max_bytes, size_t expected) {
  std::string bytes;
  bytes.reserve(std::min(expected, max_bytes) + 1);
  char block[1 << 16];
  size_t n;
  while ((n = std::fread(block, 1, sizeof block, file)) > 0) {
    if (n > max_bytes - bytes.size())
      return Error{ErrorKind::bad_input, "this is larger than the limit of " + std::to_string(max_bytes) + " bytes", where,
                   "Raise the limit with --max-bytes, or split it."};
    bytes.append(block, n);
  }
  if (std::ferror(file)) return Error{ErrorKind::io, std::string("cannot be read to its end: ") + std::strerror(errno), where, ""};
  return bytes;
}

}  // namespace

Result<std::string> read_file(const std::string& path, size_t max_bytes) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      return Error{ErrorKind::not_found, "there is no such file", path, "Check the name."};
    return Error{ErrorKind::io, std::string("cannot look at the file: ") + std::strerror(errno), path, ""};
  }
  if (S_ISDIR(info.st_mode))
    return Error{ErrorKind::bad_input, "this is a directory, not a file", path, "Name a file inside it."};
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) return Error{ErrorKind::io, std::string("cannot open the file: ") + std::strerror(errno), path, "Check its permissions."};
  return read_stream(file.get(), path, max_bytes, S_ISREG(info.st_mode) ? static_cast<size_t>(info.st_size) : 0);
}

Result<std::string> read_standard_input(size_t max_bytes) { return read_stream(stdin, "standard input", max_bytes, 0); }

}  // namespace sayso
