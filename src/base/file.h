// Whole files in and out, with a limit and an error that says what to do.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace sayso {

// The bytes of the regular file or pipe at `path`. not_found when it is not there, bad_input when it is a directory or
// larger than `max_bytes`, io otherwise.
Result<std::string> read_file(const std::string& path, size_t max_bytes);

// All that comes on standard input; the same errors.
Result<std::string> read_standard_input(size_t max_bytes);

}  // namespace sayso
