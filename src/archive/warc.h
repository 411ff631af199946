// WARC 1.0 and 1.1 (ISO 28500) and ARC 1, as a stream, packed or not: gzip or zstd by record, in any other pieces, or as a whole.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "archive/stream.h"
#include "base/limits.h"
#include "base/result.h"

namespace sayso {

struct WarcRecord {
  std::string place;         // "at byte 120", "at byte 120 + 4000" (inside the packed member there): no two records have the same
  std::string type;          // response, resource or conversion
  std::string id;            // without its angle brackets; may be empty, and need not be unique in a bad archive
  std::string target;        // address
  std::string date;          // ISO 8601
  std::string content_type;  // of the block: "application/http; msgtype=response"
  std::string truncated;     // why there was more than the crawler stored, by its own word: "length", "time"; empty: it does not say so
  std::string block;
};

// What was passed over since it holds no article, by kind ("request", "HTTP 4xx", "image"), and how often.
using PassedOver = std::map<std::string, uint64_t>;

// Lenient about all that can be told otherwise; a record of which it cannot be told where it ends, or whose bytes are known to be damaged, is an
// Error in its place. Where a Content-Length does not fit what stands behind the record, the block digest and the HTTP response inside say which
// end is right. After damage the next record is looked for, so that one damaged record costs no other.
// A record is given as soon as it is there with the line ends behind it, where its one length fits them; else the next one is looked at too.
// Memory: about twice limits.document_bytes at most; time is linear.
class WarcReader {
 public:
  WarcReader(std::unique_ptr<ByteStream> stream, const Limits& limits, const std::string& source);
  ~WarcReader();
  // The next record that may hold an article, an Error in the place of one, or nothing at the end.
  std::optional<Result<WarcRecord>> next();
  const PassedOver& passed_over() const;

 private:
  class Inner;
  std::unique_ptr<Inner> inner_;
};

// By the first line.
bool begins_archive(std::string_view head);
// Does a whole record stand somewhere in these bytes, packed or not? So an archive is known whose beginning is damaged.
bool holds_records(std::string_view bytes, const Limits& limits);

}  // namespace sayso
