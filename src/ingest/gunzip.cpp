#include "ingest/gunzip.h"

#include <algorithm>
#include <limits>

#include <zlib.h>

namespace sayso {

Result<std::string> gunzip(std::string_view bytes, size_t max_bytes, const std::string& source) {
  const auto damaged = [&](const char* what) {
    return Error{ErrorKind::corrupt, what, source, "Fetch or pack it again; gzip -t tests a file."};
  };
  struct Stream : z_stream {
    Stream() : z_stream{} {}
    ~Stream() { inflateEnd(this); }
  } stream;
  constexpr int gzip_only = 16;  // zlib.h: window bits plus 16 read a gzip header and trailer, and nothing else
  if (inflateInit2(&stream, MAX_WBITS + gzip_only) != Z_OK) return Error{ErrorKind::internal, "zlib cannot start", source, ""};

  std::string text;
  char block[1 << 16];
  for (;;) {
    const auto given = static_cast<uInt>(std::min<size_t>(bytes.size(), std::numeric_limits<uInt>::max()));
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = given;
    stream.next_out = reinterpret_cast<Bytef*>(block);
    stream.avail_out = sizeof block;
    const int state = inflate(&stream, Z_NO_FLUSH);
    const size_t made = sizeof block - stream.avail_out;
    bytes.remove_prefix(given - stream.avail_in);
    if (made > max_bytes - text.size())
      return Error{ErrorKind::bad_input, "the gzip file unpacks to more than the limit of " + std::to_string(max_bytes) + " bytes",
                   source, "Raise the limit with --max-bytes, or split the file."};
    text.append(block, made);
    if (state == Z_BUF_ERROR) return damaged("the gzip data ends too early");  // zlib.h: no progress is possible
    if (state != Z_OK && state != Z_STREAM_END) return damaged("the gzip data is damaged");
    if (state == Z_OK) continue;
    if (bytes.find_first_not_of('\0') == std::string_view::npos) return text;
    if (!is_gzip(bytes)) return damaged("something else stands behind the end of the gzip data");
    inflateReset(&stream);
  }
}

}  // namespace sayso
