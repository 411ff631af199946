// For tests: bytes packed by zlib.
#pragma once

#include <string>

#include <doctest/doctest.h>
#include <zlib.h>

namespace sayso {

// window_bits as zlib has them: MAX_WBITS + 16 is gzip, MAX_WBITS zlib, -MAX_WBITS raw deflate.
inline std::string deflate_bytes(const std::string& bytes, int window_bits = MAX_WBITS + 16, int level = 6) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace sayso
