// From a file to its records: archives, lists and tables are split here, by framing alone and as a stream; what stands in a record is read
// by ingest().
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "archive/stream.h"
#include "archive/warc.h"
#include "base/limits.h"
#include "base/result.h"
#include "ingest/ingest.h"

namespace sayso {

// Gives the records of one input, one after the other. Damage inside is one Error among the records, and the next good record follows.
class Records {
 public:
  virtual ~Records() = default;
  // The next record (its bytes unpacked), an Error in the place of one that could not be taken out, or nothing at the end.
  virtual std::optional<Result<Input>> next() = 0;
  // May there be several? False for what is one document as a whole.
  virtual bool is_list() const { return true; }
  // Records so far that hold no document: requests, pictures, redirections, …
  virtual PassedOver passed_over_by_kind() const { return {}; }
  size_t passed_over() const {
    size_t sum = 0;
    for (const auto& [kind, count] : passed_over_by_kind()) sum += count;
    return sum;
  }
};

struct SplitOptions {
  Limits limits;
  FieldNames fields;  // of JSON Lines
};

// Recognises by its first bytes, and of JSON by its first lines, what `stream` holds: WARC and ARC, WACZ, JSON Lines, mbox, gzip or zstd of these;
// anything else is one record, its bytes as they are (a packed page too: ingest() unpacks it, so that its id is of the bytes as given).
// Members: the record id in an archive (behind the archive's name in a WACZ: "archive/data.warc.gz: urn:uuid:…"), or the address, with its place
// where another record has the same; "line 3"; "message 3". content_type of a line is "application/json", of a message "message/rfc822".
// Of an archive, responses with status 2xx, resources and conversions become records if their type may hold text; HTTP's encodings are taken off.
std::unique_ptr<Records> split_records(std::unique_ptr<ByteStream> stream, const std::string& source, const SplitOptions& options);

}  // namespace sayso
