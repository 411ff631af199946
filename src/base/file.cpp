#include "base/file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <sys/stat.h>

namespace sayso {

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
  std::string bytes;
  if (S_ISREG(info.st_mode)) bytes.reserve(std::min<size_t>(static_cast<size_t>(info.st_size), max_bytes) + 1);
  char block[1 << 16];
  size_t n;
  while ((n = std::fread(block, 1, sizeof block, file.get())) > 0) {
    if (n > max_bytes - bytes.size())
      return Error{ErrorKind::bad_input, "the file is larger than the limit of " + std::to_string(max_bytes) + " bytes", path,
                   "Raise the limit with --max-bytes, or split the file."};
    bytes.append(block, n);
  }
  if (std::ferror(file.get())) return Error{ErrorKind::io, "the file cannot be read to its end", path, ""};
  return bytes;
}

}  // namespace sayso
