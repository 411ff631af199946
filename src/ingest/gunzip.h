// Unpacks gzip (RFC 1952), by zlib.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sayso {

inline bool is_gzip(std::string_view bytes) { return bytes.substr(0, 2) == "\x1f\x8b"; }

// All members of a gzip file, one after the other; zero bytes behind the last one are padding. bad_input when the unpacked bytes
// are more than `max_bytes` (never holds more than that), corrupt when the file is damaged or ends too early.
Result<std::string> gunzip(std::string_view bytes, size_t max_bytes, const std::string& source);

}  // namespace sayso
