// From the arguments of a command to the files it reads.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace sayso {

// A file to read, or why there is none where one was named.
struct FoundInput {
  std::string path;  // "-": standard input
  std::optional<Error> error;
};

struct FoundInputs {
  std::vector<FoundInput> inputs;  // in the order of the arguments; a directory's files in the order of their paths' bytes
  size_t passed_over = 0;          // files in directories that plainly hold no article: pictures, programs, …
};

// Walks directories: regular files and links to them, nothing hidden, no links to directories. A directory without any text is
// an input with the error not_found.
FoundInputs find_inputs(const std::vector<std::string>& arguments);

}  // namespace sayso
