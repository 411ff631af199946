// Every limit that stands between an input and this machine. `sayso limits` prints them; each can be set (--limit NAME=N).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sayso {

struct Limits {
  size_t document_bytes = 20'000'000;       // one document, as its record gives it after unpacking
  size_t unpacked_bytes = 256 << 20;        // what one gzip, zstd or zip member may unpack to
  size_t ratio = 200;                       // … and how many times its packed size, beyond the first MiB
  size_t depth = 256;                       // elements inside each other; deeper ones are flattened, their text stays
  size_t attributes = 256;                  // of one element; more are dropped
  size_t nodes = 2'000'000;                 // elements and texts of one page; with all that is kept of each they stay below 512 MiB
  size_t entity_bytes = 1 << 20;            // what the entities of one XML document may expand to in all
  size_t json_depth = 512;                  // arrays and objects inside each other
  size_t header_bytes = 1 << 20;            // the header block of one WARC record, HTTP response or mail
  size_t records = 100'000'000;             // documents of one file
  size_t milliseconds = 60'000;             // for one record in a worker process: a document, or a feed or list of them
  size_t memory_bytes = size_t{2} << 30;    // of a worker process, models not counted
};

// One limit: what `sayso limits` prints, and where it is set.
struct LimitInfo {
  std::string_view name;  // "document-bytes"
  std::string_view what;  // one line
  size_t Limits::*member;
};

// Every field of Limits, in its order.
const std::vector<LimitInfo>& limit_list();

// Sets one by its name. bad_input, with the names there are, for an unknown one.
Status set_limit(Limits& limits, std::string_view name, size_t value);

}  // namespace sayso
