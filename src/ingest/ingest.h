// Bytes in, a Document with its final text out. Text only so far; pages, feeds and archives are a later capability.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.h"
#include "document/document.h"

namespace sayso {

// One document as it comes: the bytes, and the name it goes by.
struct Input {
  std::string source;  // file name or address; "-" for standard input
  std::optional<std::string> member;
  std::string bytes;
};

inline constexpr size_t default_max_bytes = 20'000'000;

// Unpacks gzip (never beyond max_bytes), decodes (UTF-8, UTF-16 by its byte-order mark, which is dropped), replaces what is
// ill-formed and NUL by U+FFFD, with a warning ("charset", "nul") that counts and points at the first. The text is otherwise the
// input's, byte for byte. An empty text is a document with the warning "empty". id is of the bytes as given, before unpacking.
// Errors: bad_input (too large, plainly binary), unsupported (HTML and other formats that are not read yet), corrupt (damaged gzip).
Result<Document> ingest(const Input& input, size_t max_bytes = default_max_bytes);

}  // namespace sayso
