// A regular file's bytes as they lie in the system's cache, without a copy. Who writes into the file changes them; who shortens it while they are
// read ends this process. So: for files that belong to the program, and checked when they are read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sayso {

class MappedFile {
 public:
  // Errors: not_found; bad_input (no regular file, or larger than max_bytes); io.
  static Result<MappedFile> open(const std::string& path, size_t max_bytes);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::string_view bytes() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace sayso
