#include "base/mapped_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sayso {

Result<MappedFile> MappedFile::open(const std::string& path, size_t max_bytes) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe does not hold it up
  if (file < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Error{ErrorKind::not_found, "there is no such file", path, "Check the name."};
    return Error{ErrorKind::io, std::string("cannot open the file: ") + std::strerror(errno), path, "Check its permissions."};
  }
  const auto refuse = [&](Error error) {
    close(file);
    return error;
  };
  struct stat info {};
  if (fstat(file, &info) != 0) return refuse({ErrorKind::io, std::string("cannot look at the file: ") + std::strerror(errno), path, ""});
  if (!S_ISREG(info.st_mode)) return refuse({ErrorKind::bad_input, "this is no regular file", path, "Name a file."});
  const auto size = static_cast<size_t>(info.st_size);
  if (size > max_bytes)
    return refuse({ErrorKind::bad_input, "this is larger than the limit of " + std::to_string(max_bytes) + " bytes", path, "Name a smaller one."});
  MappedFile mapped;
  if (size > 0) {
#if defined(MAP_POPULATE)
    constexpr int flags = MAP_PRIVATE | MAP_POPULATE;
#else
    constexpr int flags = MAP_PRIVATE;
#endif
    void* at = mmap(nullptr, size, PROT_READ, flags, file, 0);
    if (at == MAP_FAILED) return refuse({ErrorKind::io, std::string("cannot read the file: ") + std::strerror(errno), path, ""});
    mapped.data_ = static_cast<const char*>(at);
    mapped.size_ = size;
  }
  close(file);
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_) munmap(const_cast<char*>(data_), size_);
}

}  // namespace sayso
