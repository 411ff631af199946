#include "archive/warc.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include <openssl/evp.h>

#include "archive/http.h"
#include "archive/members.h"
#include "archive/words.h"

namespace sayso {
namespace {

constexpr size_t max_line_ends = 8;  // behind a block; the standard has four bytes, some writers more
constexpr size_t search_bytes = 1 << 20;

struct Head {
  WarcRecord record;
  std::string block_digest;
  std::vector<uint64_t> lengths;  // all that the header says, in its order
  bool arc = false;
};

std::vector<uint64_t> read_lengths(std::string_view value) {
  std::vector<uint64_t> lengths;
  while (!value.empty()) {
    const size_t comma = std::min(value.find(','), value.size());
    std::string_view one = trim(value.substr(0, comma));
    value.remove_prefix(std::min(comma + 1, value.size()));
    if (one.starts_with('+')) one.remove_prefix(1);
    uint64_t length = 0;
    const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), length);
    // Too long for 64 bits is a number all the same, and no record is that long.
    if (!one.empty() && end == one.data() + one.size() && error != std::errc::invalid_argument)
      lengths.push_back(error == std::errc() ? length : ~uint64_t{0});
  }
  return lengths;
}

std::string_view without_brackets(std::string_view value) {
  if (value.starts_with('<') && value.ends_with('>') && value.size() > 2) return value.substr(1, value.size() - 2);
  return value;
}

Head read_head(std::string_view text) {
  Head head;
  next_line(text);
  WarcRecord& record = head.record;
  const auto take = [](std::string& field, std::string_view value) {
    if (field.empty()) field = value;
  };
  for_each_field(text, [&](std::string_view name, const std::string& value) {
    if (same_name(name, "warc-type")) take(record.type, ascii_lower(value));
    else if (same_name(name, "warc-record-id")) take(record.id, without_brackets(value));
    else if (same_name(name, "warc-target-uri")) take(record.target, without_brackets(value));
    else if (same_name(name, "warc-date")) take(record.date, value);
    else if (same_name(name, "content-type")) take(record.content_type, value);
    else if (same_name(name, "warc-truncated")) take(record.truncated, value);
    else if (same_name(name, "warc-block-digest")) take(head.block_digest, value);
    else if (same_name(name, "content-length"))
      for (uint64_t length : read_lengths(value))
        if (head.lengths.size() < 4 && std::find(head.lengths.begin(), head.lengths.end(), length) == head.lengths.end())
          head.lengths.push_back(length);
  });
  return head;
}

Head read_arc_head(const ArcLine& line) {
  Head head;
  head.arc = true;
  head.record.type = line.target.starts_with("filedesc:") ? "warcinfo" : "response";
  head.record.target = line.target;
  head.record.content_type = line.content_type;
  if (line.date.size() >= 14) {  // 20140216050221
    const auto part = [&](size_t at, size_t size) { return std::string(line.date.substr(at, size)); };
    head.record.date = part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" + part(10, 2) + ":" + part(12, 2) + "Z";
  }
  head.lengths = read_lengths(line.length);
  return head;
}

std::optional<std::string> decode_base32(std::string_view text) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    if (c == '=') break;
    c = ascii_lower(c);
    const int value = c >= 'a' && c <= 'z' ? c - 'a' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
    if (value < 0) return std::nullopt;
    bits = bits << 5 | static_cast<uint32_t>(value);
    count += 5;
    if (count >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xFF);
  }
  return out;
}

bool has_digest(std::string_view block, std::string_view label) {
  const size_t colon = label.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string name = ascii_lower(label.substr(0, colon));
  const std::string_view value = trim(label.substr(colon + 1));
  const EVP_MD* method = name == "sha1" || name == "sha-1" ? EVP_sha1() : name == "sha256" || name == "sha-256" ? EVP_sha256() :
                         name == "md5" ? EVP_md5() : nullptr;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (!method || !EVP_Digest(block.data(), block.size(), digest, &size, method, nullptr)) return false;
  const std::string_view made(reinterpret_cast<const char*>(digest), size);
  if (value.size() == 2 * size) {
    std::string hex;
    for (unsigned char b : made) hex += {"0123456789abcdef"[b >> 4], "0123456789abcdef"[b & 15]};
    return same_name(value, hex);
  }
  return decode_base32(value) == made;
}

// What stands behind a block that ends at `end` says whether it does.
enum class Fit { sure, likely, no };

std::string kind_of(const std::string& type) {
  for (const char* known : {"request", "metadata", "warcinfo", "revisit", "continuation"})
    if (type == known) return type;
  return "other records";
}

}  // namespace

class WarcReader::Inner {
 public:
  Inner(std::unique_ptr<ByteStream> stream, const Limits& limits, const std::string& source)
      : limits_(limits), source_(source), members_(std::move(stream), limits, source) {}

  std::optional<Result<WarcRecord>> next() {
    for (;;) {
      if (!in_run_) {
        if (!members_.next_run()) return std::nullopt;
        in_run_ = true;
        told_ = false;
      }
      const std::string_view view = members_.peek_lines(1, 1 << 16);
      if (view.empty()) {
        in_run_ = false;
        if (members_.damage() && !told_) return Result<WarcRecord>(*members_.damage());
        continue;
      }
      if (const size_t blank = std::min(view.find_first_not_of("\r\n"), view.size())) {
        members_.drop(blank);
        continue;
      }
      if (!members_.packed() && recognise_packing(view)) {
        members_.end_run();
        in_run_ = false;
      } else if (begins_record(view)) {
        if (auto record = read_record()) return record;
      } else if (const size_t zeros = std::min(view.find_first_not_of('\0'), view.size()); zeros == view.size() && members_.over()) {
        members_.drop(zeros);  // padding at the end
      } else {
        const std::string where = words(members_.place());
        members_.seek();
        return Result<WarcRecord>(corrupt("no record begins here", where));
      }
    }
  }

  PassedOver passed_over;

 private:
  static std::string words(Members::Place place) {
    return "at byte " + std::to_string(place.offset) + (place.inside ? " + " + std::to_string(place.inside) : "");
  }

  Error corrupt(std::string what, const std::string& where) {
    const bool by_damage = members_.damage() && members_.over();
    if (by_damage && !told_) {
      told_ = true;
      if (members_.damage()->what != what) what += ": " + members_.damage()->what;
    }
    return {ErrorKind::corrupt, std::move(what), source_ + ", " + where, ""};
  }

  size_t hold_bytes() const { return limits_.document_bytes + limits_.header_bytes; }

  // The header that begins here: its bytes with the empty line, and what it says. An Error where it has no end; then what is no part of it follows.
  Result<size_t> find_header_end(const std::string& where) {
    if (!members_.peek(6).starts_with("WARC/")) return members_.peek_lines(1, 1 << 16).find('\n') + 1;  // begins_record() saw the whole line of ARC
    size_t at = 0;
    for (size_t want = 1;;) {
      const std::string_view view = members_.peek(want);
      for (size_t end; (end = view.find('\n', at)) != std::string_view::npos; at = end + 1) {
        std::string_view line = view.substr(at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) return end + 1;
        const std::optional<size_t> version = find_version_at_end(line);
        if (!version || at + *version == 0) continue;
        members_.drop(at + *version);
        return corrupt("the header of this record breaks off, and another record begins", where);
      }
      if (view.size() < want) {
        // What of this header is left may hide the beginning of the next record.
        members_.seek();
        return corrupt("the archive ends inside the header of this record", where);
      }
      if (view.size() > limits_.header_bytes) {
        members_.seek();
        return Error{ErrorKind::bad_input, "the header of this record has more than the limit of " + std::to_string(limits_.header_bytes) + " bytes",
                     source_ + ", " + where, "Raise it with --limit header-bytes=N."};
      }
      want = view.size() + 1;
    }
  }

  Fit check_end(size_t end, bool arc) {
    const std::string_view view = members_.peek(end + max_line_ends + (arc ? 8192 : 16));
    if (view.size() < end) return Fit::no;
    std::string_view rest = view.substr(end);
    const size_t line_ends = std::min({rest.find_first_not_of("\r\n"), rest.size(), max_line_ends});
    const bool exact = rest.starts_with("\r\n\r\n") || rest.starts_with("\n\n") || (arc && rest.starts_with('\n'));
    rest.remove_prefix(line_ends);
    if (rest.empty() ? members_.over() : begins_record(rest) || (!members_.packed() && recognise_packing(rest))) return Fit::sure;
    return exact ? Fit::likely : Fit::no;
  }

  // Is the block of `size` bytes whole by all that can be seen without the record behind it, which may be long in coming? Where it is, that
  // would not change it.
  bool is_whole(const Head& head, size_t begin, uint64_t size) {
    if (head.arc || head.lengths.size() != 1 || size > hold_bytes()) return false;
    const size_t end = begin + static_cast<size_t>(size);
    const std::string_view view = members_.peek(end + 4);
    if (view.size() < end + 4 || view.substr(end, 4) != "\r\n\r\n") return false;
    if (check_http_extent(view.substr(begin, static_cast<size_t>(size)), limits_) == HttpExtent::cut_off) return false;
    return members_.packed() ? members_.ends_member(end + 4) : !members_.damage();
  }

  static bool is_article(const std::string& type) { return type == "response" || type == "resource" || type == "conversion"; }

  std::optional<Result<WarcRecord>> read_record() {
    members_.begin_record();
    const Members::Place place = members_.place();
    const std::string where = words(place);
    const Result<size_t> header_end = find_header_end(where);
    if (!header_end.ok()) return Result<WarcRecord>(header_end.error());
    const size_t begin = *header_end;
    Head head;
    {
      const std::string_view text = members_.peek(begin).substr(0, begin);
      const std::optional<ArcLine> arc = text.starts_with("WARC/") ? std::nullopt : read_arc_line(text.substr(0, begin - 1));
      head = arc ? read_arc_head(*arc) : read_head(text);
    }
    head.record.place = where;
    if (!head.lengths.empty() && is_whole(head, begin, head.lengths[0])) {
      const auto size = static_cast<size_t>(head.lengths[0]);
      return finish(std::move(head), begin, size);
    }

    // Which of the lengths fits? A record too long to hold is looked through as it goes by.
    const size_t hold = hold_bytes();
    std::optional<uint64_t> length, too_long;
    Fit fit = Fit::no;
    for (uint64_t one : head.lengths) {
      if (one > hold) {
        too_long = one;
        continue;
      }
      const Fit this_fit = check_end(begin + static_cast<size_t>(one), head.arc);
      if (this_fit == Fit::no || (this_fit == Fit::likely && fit == Fit::likely)) continue;
      length = one;
      fit = this_fit;
      if (fit == Fit::sure) break;
    }
    if (!length && too_long && !members_.find_start(begin, begin + hold) && !members_.over()) return pass_through(head, begin, *too_long);

    const auto block = [&](size_t size) { return members_.peek(begin + size).substr(begin, size); };
    const auto confirms = [&](size_t size) {
      const std::string_view bytes = block(size);
      return bytes.size() == size && (has_digest(bytes, head.block_digest) || check_http_extent(bytes, limits_) == HttpExtent::whole);
    };
    size_t size = static_cast<size_t>(length.value_or(0));
    if (fit == Fit::sure) {
      // A length that takes in some of the line ends behind the block.
      const std::string_view view = members_.peek(begin + size + 4);
      size_t left = 0;
      while (left < 4 && begin + size + left < view.size() && (view[begin + size + left] == '\r' || view[begin + size + left] == '\n')) ++left;
      if (left > 0 && left < 4 && size >= 4 - left && !confirms(size) && confirms(size - (4 - left))) size -= 4 - left;
    } else if (fit == Fit::no || check_http_extent(block(size), limits_) == HttpExtent::cut_off) {
      // The block ends where the next record begins, or the run; or the length is right and what follows is damaged.
      const std::optional<size_t> next = members_.find_start(begin, begin + hold);
      const std::string_view view = members_.peek(begin);
      if (!next && !members_.over() && fit == Fit::no) {
        members_.drop(begin);
        members_.seek();
        return Result<WarcRecord>(corrupt("it cannot be told where this record ends: " + length_fault(head), where));
      }
      const size_t end = next.value_or(view.size());
      std::optional<size_t> right;
      for (uint64_t one : head.lengths)
        if (!right && one <= end - begin && confirms(static_cast<size_t>(one))) right = static_cast<size_t>(one);
      // The line ends before `end` belong to the block or to the record: two to the record, as the standard has it, or one, or none.
      const auto without_line_end = [&](size_t at) {
        if (at == begin || view[at - 1] != '\n') return at;
        return at - (at - 1 > begin && view[at - 2] == '\r' ? 2 : 1);
      };
      const size_t shorter = without_line_end(end);
      for (size_t until : {without_line_end(shorter), shorter, end})
        if (!right && confirms(until - begin)) right = until - begin;
      if (!right && fit == Fit::likely) right = size;
      if (!right) {
        const std::string what = next
                                 ? "the next record begins " + std::to_string(*next - begin) + " bytes behind its header, and " + length_fault(head)
                                      : "the archive or its packed member ends inside this record, or " + length_fault(head);
        Error error = corrupt(what, where);
        members_.drop(end);
        return Result<WarcRecord>(std::move(error));
      }
      size = *right;
    }

    // Damage that shows right behind a record may lie in it: a digest tells, and a wrong checksum of a member that holds this record alone.
    const bool last = members_.peek(begin + size + max_line_ends + 1).size() <= begin + size + max_line_ends && members_.over();
    const bool alone = place.inside == 0 && (last || (fit == Fit::likely && members_.over()));
    const bool doubtful = members_.damage() && ((alone && members_.wrong_checksum() == place.offset) || (last && !head.block_digest.empty()));
    if (doubtful && !has_digest(block(size), head.block_digest)) {
      Error error = corrupt("this record is damaged", where);
      members_.drop(members_.peek(0).size());
      return Result<WarcRecord>(std::move(error));
    }
    return finish(std::move(head), begin, size);
  }

  static std::string length_fault(const Head& head) {
    if (head.lengths.empty()) return "its Content-Length is missing or no number";
    return "its Content-Length of " + std::to_string(head.lengths[0]) + " does not fit";
  }

  std::optional<Result<WarcRecord>> finish(Head head, size_t begin, size_t size) {
    if (!is_article(head.record.type)) {
      members_.drop(begin + size);
      ++passed_over[kind_of(head.record.type)];
      return std::nullopt;
    }
    head.record.block = members_.peek(begin + size).substr(begin, size);
    members_.drop(begin + size);
    return Result<WarcRecord>(std::move(head.record));
  }

  // A block that is too long to hold: nobody reads it, but the records behind it must be found, also where its length lies.
  std::optional<Result<WarcRecord>> pass_through(const Head& head, size_t begin, uint64_t length) {
    const std::string& where = head.record.place;
    bool read = is_article(head.record.type);
    std::string kind = kind_of(head.record.type);
    if (read) {
      const std::string_view view = members_.peek(begin + (1 << 16));
      const std::optional<HttpHead> http = read_http_head(view.substr(begin), limits_);
      const std::string type = ascii_lower(http ? http->content_type : head.record.content_type);
      for (const char* top : {"image", "video", "audio", "font"})
        if (type.starts_with(top)) read = false, kind = top;
      if (type.starts_with("application/") && type.find("html") == std::string::npos && type.find("xml") == std::string::npos &&
          type.find("json") == std::string::npos && type.find("pdf") == std::string::npos && type.find("http") == std::string::npos)
        read = false, kind = "application";
    }
    members_.drop(begin);
    for (uint64_t left = length; left > 0;) {
      members_.begin_stretch();
      const auto stretch = static_cast<size_t>(std::min<uint64_t>(left, search_bytes));
      if (const std::optional<size_t> start = members_.find_start(0, stretch)) {
        members_.drop(*start);
        return Result<WarcRecord>(corrupt("the next record begins " + std::to_string(length - left + *start) + " bytes behind its header, and " +
                                          length_fault(head), where));
      }
      const size_t there = members_.peek(stretch).size();
      if (there < stretch) {
        members_.drop(there);
        return Result<WarcRecord>(corrupt("the archive ends inside this record, or " + length_fault(head), where));
      }
      members_.drop(stretch);
      left -= stretch;
    }
    if (read)
      return Result<WarcRecord>(Error{ErrorKind::bad_input, "this record has " + std::to_string(length) + " bytes, the limit is " +
                                      std::to_string(limits_.document_bytes), source_ + ", " + where, "Raise it with --limit document-bytes=N."});
    ++passed_over[kind];
    return std::nullopt;
  }

  Limits limits_;
  std::string source_;
  Members members_;
  bool in_run_ = false;
  bool told_ = false;  // the damage that ended this run stands in an Error already
};

WarcReader::WarcReader(std::unique_ptr<ByteStream> stream, const Limits& limits, const std::string& source)
    : inner_(std::make_unique<Inner>(std::move(stream), limits, source)) {}
WarcReader::~WarcReader() = default;
std::optional<Result<WarcRecord>> WarcReader::next() { return inner_->next(); }
const PassedOver& WarcReader::passed_over() const { return inner_->passed_over; }

bool begins_archive(std::string_view head) {
  const std::string_view line = next_line(head);
  if (line.starts_with("filedesc:")) return true;
  return line.starts_with("WARC/") && line.size() > 5 && line.substr(5).find_first_not_of("0123456789. ") == std::string_view::npos;
}

bool holds_records(std::string_view bytes, const Limits& limits) {
  StartFinder finder(limits.header_bytes);
  if (!finder.find([&](size_t) { return bytes; }, 0, bytes.size(), {})) return false;
  // A text that shows a header is no archive: the block must end where the header says.
  WarcReader reader(stream_bytes(bytes), limits, "");
  for (;;) {
    const std::optional<Result<WarcRecord>> record = reader.next();
    if ((record && record->ok()) || !reader.passed_over().empty()) return true;
    if (!record) return false;
  }
}

}  // namespace sayso
