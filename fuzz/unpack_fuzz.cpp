// Packed bytes, whole and as a stream in small pieces: the same bytes and the same verdict, and never more than the limits let through.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fail.h"
#include "archive/http.h"
#include "archive/stream.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sayso;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  Limits limits;
  limits.unpacked_bytes = 1 << 20;
  limits.document_bytes = 1 << 20;
  const auto packing = static_cast<Packing>(data[0] % 5);
  std::string partly, pieces;
  const Result<std::string> whole = unpack(bytes, packing, limits, "a", &partly);
  const std::string& made = whole.ok() ? *whole : partly;
  if (made.size() > limits.unpacked_bytes) fail("more was unpacked than the limit");
  const auto stream = stream_unpacked(stream_bytes(bytes), packing, limits, "a");
  bool ok = true;
  for (char block[97];;) {
    const Result<size_t> n = stream->read(block, sizeof block);
    ok = n.ok();
    if (!ok || *n == 0) break;
    pieces.append(block, *n);
  }
  // Where the data is refused, small steps may have given a little more before it.
  if (ok != whole.ok() || (ok && pieces != made)) fail("in pieces it is another text");

  const std::string block = "HTTP/1.1 200 OK\r\n" + std::string(bytes);
  if (const auto head = read_http_head(block, limits)) {
    const Result<HttpBody> body = read_http_body(*head, block, limits, "a");
    if (body.ok() && body->bytes.size() > limits.document_bytes) fail("a body is longer than the limit");
    static_cast<void>(check_http_extent(block, limits));
  }
  return 0;
}
