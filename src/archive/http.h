// An HTTP response as an archive holds it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"

namespace sayso {

struct HttpHead {
  int status = 0;
  std::string content_type;      // as it stands, with its charset
  std::string content_encoding;  // in lower case: "gzip, br"
  bool chunked = false;
  std::optional<uint64_t> content_length;
  size_t bytes = 0;              // of the head, the empty line included
};

// Nothing when `block` does not begin with the head of a response, or the head is longer than limits.header_bytes.
std::optional<HttpHead> read_http_head(std::string_view block, const Limits& limits);

// Does the response end where `block` ends, by its own word? unsaid where it gives no length.
enum class HttpExtent { whole, cut_off, too_long, unsaid };
HttpExtent check_http_extent(std::string_view block, const Limits& limits);

struct HttpBody {
  std::string bytes;
  std::string lack;  // why these are not all or not as they were sent: "the gzip data ends too early"; empty: nothing speaks against them
};

// The body without its transfer and content encodings. Lenient as browsers are: chunks that are none are the body, a body that is not packed
// though its head says so is given as it is, and of one that is cut off what could be unpacked.
// bad_input beyond a limit, corrupt when nothing could be unpacked.
Result<HttpBody> read_http_body(const HttpHead& head, std::string_view block, const Limits& limits, const std::string& where);

}  // namespace sayso
