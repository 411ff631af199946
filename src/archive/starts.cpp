#include "archive/starts.h"

#include <algorithm>
#include <array>

#include "archive/words.h"

namespace sayso {
namespace {

bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }

constexpr size_t max_arc_line = 1 << 16;

// gzip's own header is short: no writer of archives puts a long name there, and looking for its end must not cost time.
bool has_short_header(std::string_view member) {
  if (member.size() < 10) return false;
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(member[at]); };
  const unsigned flags = byte(3);
  if (flags & 0xE0) return false;
  size_t at = 10;
  if (flags & 4) {
    if (member.size() < 12) return false;
    at += 2 + (byte(10) | byte(11) << 8);
    if (at > 4096 || at > member.size()) return false;
  }
  for (unsigned flag : {8u, 16u}) {
    if (!(flags & flag)) continue;
    const size_t end = member.substr(at, 512).find('\0');
    if (end == std::string_view::npos) return false;
    at += end + 1;
  }
  return true;
}

}  // namespace

std::optional<ArcLine> read_arc_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::array<std::string_view, 4> last;  // address, date, type, length
  for (size_t i = 4; i-- > 0;) {
    const size_t space = line.rfind(' ');
    if (space == std::string_view::npos) return std::nullopt;
    last[i] = line.substr(space + 1);
    line = line.substr(0, space);
  }
  const auto digits = [](std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), is_digit_byte); };
  if (line.find(':') == std::string_view::npos || line.find(':') > 16 || !digits(last[1]) || last[1].size() < 8 || last[1].size() > 20)
    return std::nullopt;
  return ArcLine{line, last[1], last[2], last[3]};
}

bool begins_record(std::string_view view) {
  if (view.size() >= 6 && view.starts_with("WARC/") && is_digit_byte(view[5])) return true;
  const std::string_view head = view.substr(0, max_arc_line);
  if (head.empty() || ascii_lower(head[0]) < 'a' || ascii_lower(head[0]) > 'z') return false;
  if (head.substr(0, 17).find(':') == std::string_view::npos) return false;
  const size_t end = head.find('\n');
  return end != std::string_view::npos && read_arc_line(head.substr(0, end)).has_value();
}

bool begins_packed_record(std::string_view unpacked) {
  if (unpacked.starts_with("WARC/")) return true;
  for (std::string_view scheme : {"filedesc:", "http:", "https:", "dns:", "ftp:", "whois:", "metadata:"}) {
    const size_t n = std::min(scheme.size(), unpacked.size());
    if (n >= 4 && unpacked.substr(0, n) == scheme.substr(0, n)) return true;
  }
  return false;
}

std::optional<size_t> find_version_at_end(std::string_view line) {
  while (line.ends_with(' ')) line.remove_suffix(1);
  if (line.size() < 8) return std::nullopt;
  const std::string_view last = line.substr(line.size() - 8);
  if (!last.starts_with("WARC/") || !is_digit_byte(last[5]) || last[6] != '.' || !is_digit_byte(last[7])) return std::nullopt;
  return line.size() - 8;
}

std::optional<size_t> StartFinder::find(const Peek& peek, size_t from, size_t to, Kinds kinds) {
  struct Needle {
    std::string_view text;
    size_t before;         // bytes of it that stand before the record
    size_t at = 0;         // where it was found, or
    size_t searched = 0;   // up to where it was not
    bool found = false;
  };
  Needle needles[4] = {{"WARC/", 0}, {"\x1f\x8b\x08", 0}, {"\x28\xb5\x2f\xfd", 0}, {"\nhttp", 1}};
  const bool wanted[4] = {kinds.plain, kinds.packed, kinds.packed, kinds.plain && kinds.arc};
  constexpr size_t ahead = 1 << 16;
  for (size_t at = from; at < to;) {
    std::string_view view = peek(at + ahead);
    const bool last = view.size() < at + ahead;
    const Needle* first = nullptr;
    for (size_t i = 0; i < 4; ++i) {
      if (!wanted[i]) continue;
      Needle& needle = needles[i];
      if (needle.found && needle.at < at) needle.found = false;
      if (!needle.found) {
        const size_t begin = std::max(at, needle.searched);
        const size_t hit = begin < view.size() ? view.find(needle.text, begin) : std::string_view::npos;
        needle.found = hit != std::string_view::npos;
        if (needle.found) needle.at = needle.searched = hit;
        else needle.searched = std::max(begin, view.size() - std::min(view.size(), needle.text.size() - 1));
      }
      if (needle.found && (!first || needle.at < first->at)) first = &needle;
    }
    if (!first) {
      if (last || view.size() >= to + 8) return std::nullopt;
      at = view.size() - 8;
      continue;
    }
    const size_t start = first->at + first->before;
    if (start >= to) return std::nullopt;
    if (first == &needles[0] && is_header(peek, start)) return start;
    if ((first == &needles[1] || first == &needles[2]) && is_member(peek, start)) return start;
    if (first == &needles[3] && begins_record(peek(start + 4096).substr(start))) return start;
    at = first->at + 1;
  }
  return std::nullopt;
}

bool StartFinder::is_header(const Peek& peek, size_t start) const {
  size_t at = start;  // of the line that is looked at
  bool first = true, type = false, length = false;
  for (size_t want = 1024;; want *= 2) {
    const std::string_view view = peek(start + want);
    const bool all = view.size() < start + want;
    for (;;) {
      const size_t end = view.find('\n', at);
      if (end == std::string_view::npos) break;
      std::string_view line = view.substr(at, end - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      // No header holds a second version line: so no stretch is looked through for two headers.
      if (const auto version = find_version_at_end(line); first ? version != size_t{0} : version.has_value()) return false;
      if (line.empty()) return type && length;
      const size_t colon = line.find(':');
      if (!first && colon == std::string_view::npos && line[0] != ' ' && line[0] != '\t') return false;
      if (colon != std::string_view::npos) {
        type = type || same_name(trim(line.substr(0, colon)), "warc-type");
        length = length || same_name(trim(line.substr(0, colon)), "content-length");
      }
      first = false;
      at = end + 1;
    }
    // The version line is short; waiting for its end would let every "WARC/" of a long line look through the rest of it.
    if (all || want > header_bytes_ || (first && want > 16)) return false;
  }
}

bool StartFinder::is_member(const Peek& peek, size_t at) {
  const std::string_view view = peek(at + 8192).substr(at).substr(0, 8192);
  const std::optional<Packing> packing = recognise_packing(view);
  if (!packing || (*packing == Packing::gzip && !has_short_header(view))) return false;
  std::optional<Decoder>& own = *packing == Packing::gzip ? gzip_ : zstd_;
  if (own) own->reset();
  else own.emplace(*packing);
  Decoder& decoder = *own;
  char out[64];
  size_t made = 0;
  for (std::string_view in = view; made < 8;) {
    const Decoder::Step step = decoder.step(in, out + made, sizeof out - made);
    made += step.made;
    in.remove_prefix(step.taken);
    if (step.state != Decoder::State::more || (step.taken == 0 && step.made == 0)) break;
  }
  return begins_packed_record(std::string_view(out, made));
}

}  // namespace sayso
