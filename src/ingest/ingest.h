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

// Unpacks gzip (never beyond max_bytes), decodes (UTF-8, UTF-16 by its byte-order mark), repairs what is ill-formed with U+FFFD and a
// warning. The text is otherwise the input's, byte for byte. Errors: bad_input (binary, too large, HTML and other formats that
// are not read yet: unsupported), corrupt (damaged gzip). An empty text is a document, not an error.
Result<Document> ingest(const Input& input, size_t max_bytes = default_max_bytes);

}  // namespace sayso
