// Where WARC and ARC records begin. For the files of this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "archive/decoder.h"

namespace sayso {

// One line of ARC version 1: "URL IP-address date type length". The URL may hold spaces.
struct ArcLine {
  std::string_view target, date, content_type, length;
};
std::optional<ArcLine> read_arc_line(std::string_view line);

// Does a record begin with the first bytes of `view`? By the version line of WARC alone, by the whole line of ARC.
bool begins_record(std::string_view view);
// The same for the few bytes that a member was unpacked to.
bool begins_packed_record(std::string_view unpacked);

// "WARC/1.0" at the end of a line that begins elsewhere: a header was cut off there, and another begins.
std::optional<size_t> find_version_at_end(std::string_view line);

// Looks for the next record after damage. Found is only what has a whole header with type and length, or a packed member that unpacks to the
// beginning of a record; a page that merely speaks of WARC is not.
class StartFinder {
 public:
  explicit StartFinder(size_t header_bytes) : header_bytes_(header_bytes) {}
  // At least so many bytes from the same place on, fewer only at the end.
  using Peek = std::function<std::string_view(size_t)>;
  struct Kinds {
    bool plain = true;
    bool packed = true;
    bool arc = false;
  };
  // The first start in [from, to). Time is linear in what is looked through.
  std::optional<size_t> find(const Peek& peek, size_t from, size_t to, Kinds kinds);

 private:
  bool is_header(const Peek& peek, size_t at) const;
  bool is_member(const Peek& peek, size_t at);

  size_t header_bytes_;
  std::optional<Decoder> gzip_, zstd_;  // each from its first use on
};

}  // namespace sayso
