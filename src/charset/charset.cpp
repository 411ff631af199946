#include "charset/charset.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <iterator>

namespace sayso {
namespace {

#include "charset/tables.inc"

static_assert(std::size(names) == encodings);
static_assert(first_single_byte == static_cast<size_t>(Encoding::ibm866));
static_assert(std::endian::native == std::endian::little, "count_ascii_at and copy_ascii read the lowest byte first");

constexpr uint64_t high_bits = 0x8080808080808080;

size_t count_ascii_at(const uint8_t* from, const uint8_t* end) {
  const uint8_t* at = from;
  for (; end - at >= 32; at += 32) {
    uint64_t words[4];
    std::memcpy(words, at, 32);
    if ((words[0] | words[1] | words[2] | words[3]) & high_bits) break;
  }
  for (; end - at >= 8; at += 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    if (word & high_bits) return static_cast<size_t>(at - from) + static_cast<size_t>(std::countr_zero(word & high_bits)) / 8;
  }
  while (at < end && *at < 0x80) ++at;
  return static_cast<size_t>(at - from);
}

// The bytes of the well-formed character at `at`, which is not ASCII; or minus those of its longest start that could be one (1 at least).
int measure_utf8(const uint8_t* at, const uint8_t* end) {
  const uint8_t lead = *at;
  if (lead < 0xC2 || lead > 0xF4) return -1;
  const int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  const uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (end - at < 2 || at[1] < low || at[1] > high) return -1;
  for (int k = 2; k < length; ++k)
    if (end - at <= k || (at[k] & 0xC0) != 0x80) return -k;
  return length;
}

// The bytes from `from` on that are well-formed UTF-8.
size_t count_valid_at(const uint8_t* from, const uint8_t* end) {
  const uint8_t* at = from;
  for (;;) {
    at += count_ascii_at(at, end);
    for (; at < end && *at >= 0x80;) {
      const int n = measure_utf8(at, end);
      if (n < 0) return static_cast<size_t>(at - from);
      at += n;
    }
    if (at == end) return static_cast<size_t>(at - from);
  }
}

}  // namespace

// Text that grows, and where each piece of it came from.
class DecodedWriter {
 public:
  DecodedWriter(std::string_view bytes, bool with_map)
      : begin_(reinterpret_cast<const uint8_t*>(bytes.data())), end_(begin_ + bytes.size()), with_map_(with_map) {
    out_.text.resize(bytes.size() + bytes.size() / 8 + 32);
    to_ = out_.text.data();
    room_end_ = to_ + out_.text.size();
  }

  const uint8_t* begin() const { return begin_; }
  const uint8_t* end() const { return end_; }

  // Copies `n` bytes that are UTF-8 already.
  void copy(const uint8_t* from, size_t n) {
    if (n == 0) return;
    make_room(n);
    if (with_map_) add_run(from, 1, 1, n);
    std::memcpy(to_, from, n);
    to_ += n;
  }

  // Copies the ASCII at `from`; gives how many bytes that were.
  size_t copy_ascii(const uint8_t* from) {
    if (end_ - from >= 8) {  // mostly a blank or a short word between others
      uint64_t word;
      std::memcpy(&word, from, 8);
      if (word & high_bits) {
        const size_t n = static_cast<size_t>(std::countr_zero(word & high_bits)) / 8;
        make_room(8);
        if (with_map_ && n > 0) add_run(from, 1, 1, n);
        std::memcpy(to_, &word, 8);
        to_ += n;
        return n;
      }
    }
    const size_t n = count_ascii_at(from, end_);
    copy(from, n);
    return n;
  }

  // `c` stands for the `n` bytes at `from`.
  void put(char32_t c, const uint8_t* from, size_t n) {
    make_room(4);
    const size_t length = put_utf8(to_, c);
    if (with_map_) add_run(from, length, n, 1);
    to_ += length;
  }

  // The characters at `from` that a single-byte encoding writes with equally many bytes, up to 64 at once; or one ill-formed byte. Gives where
  // it stopped. Requires that the byte at `from` is not ASCII.
  const uint8_t* put_stretch(const uint8_t* from, const uint16_t* index) {
    const char32_t first = index[*from - 0x80];
    if (first == 0) {
      replace(from, 1);
      return from + 1;
    }
    make_room(3 * 64);
    char* to = to_;  // a local one stays in a register
    const uint8_t* const stop = end_ - from > 64 ? from + 64 : end_;
    const uint8_t* at = from;
    const bool two = first < 0x800;
    for (; at < stop && *at >= 0x80; ++at) {
      const char32_t c = index[*at - 0x80];
      if (c == 0 || (c < 0x800) != two) break;
      if (two) {
        to[0] = static_cast<char>(0xC0 | c >> 6);
        to[1] = static_cast<char>(0x80 | (c & 0x3F));
        to += 2;
      } else {
        to[0] = static_cast<char>(0xE0 | c >> 12);
        to[1] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
        to[2] = static_cast<char>(0x80 | (c & 0x3F));
        to += 3;
      }
    }
    if (with_map_) add_run(from, two ? 2 : 3, 1, static_cast<size_t>(at - from));
    to_ = to;
    return at;
  }

  // Two code points for one pair of bytes: Big5 has four of those.
  void put_both(char32_t first, char32_t second, const uint8_t* from, size_t n) {
    make_room(8);
    size_t length = put_utf8(to_, first);
    length += put_utf8(to_ + length, second);
    if (with_map_) add_run(from, length, n, 1);
    to_ += length;
  }

  // The `n` bytes at `from` are ill-formed.
  void replace(const uint8_t* from, size_t n) {
    if (out_.replaced++ == 0) out_.first_replaced = written();
    put(0xFFFD, from, n);
  }

  Decoded finish() {
    const size_t size = written();
    out_.text.resize(size);
    out_.map.out_size_ = static_cast<uint32_t>(size);
    out_.map.in_size_ = static_cast<uint32_t>(end_ - begin_);
    return std::move(out_);
  }

 private:
  size_t written() const { return static_cast<size_t>(to_ - out_.text.data()); }

  void make_room(size_t n) {
    if (static_cast<size_t>(room_end_ - to_) < n) grow(n);
  }

  void grow(size_t n) {
    const size_t size = written();
    out_.text.resize(std::max(size + n, out_.text.size() + out_.text.size() / 2) + 32);
    to_ = out_.text.data() + size;
    room_end_ = out_.text.data() + out_.text.size();
  }

  static size_t put_utf8(char* to, char32_t c) {
    if (c < 0x80) {
      to[0] = static_cast<char>(c);
      return 1;
    }
    if (c < 0x800) {
      to[0] = static_cast<char>(0xC0 | c >> 6);
      to[1] = static_cast<char>(0x80 | (c & 0x3F));
      return 2;
    }
    if (c < 0x10000) {
      to[0] = static_cast<char>(0xE0 | c >> 12);
      to[1] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
      to[2] = static_cast<char>(0x80 | (c & 0x3F));
      return 3;
    }
    to[0] = static_cast<char>(0xF0 | c >> 18);
    to[1] = static_cast<char>(0x80 | (c >> 12 & 0x3F));
    to[2] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    to[3] = static_cast<char>(0x80 | (c & 0x3F));
    return 4;
  }

  void add_run(const uint8_t* from, size_t out_step, size_t in_step, size_t count) {
    auto& runs = out_.map.runs_;
    if (runs.empty() || from != run_end_ || runs.back().out_step != out_step || runs.back().in_step != in_step)
      runs.push_back({static_cast<uint32_t>(written()), static_cast<uint32_t>(from - begin_), static_cast<uint8_t>(out_step),
                      static_cast<uint8_t>(in_step)});
    run_end_ = from + in_step * count;
  }

  const uint8_t* const begin_;
  const uint8_t* const end_;
  const bool with_map_;
  Decoded out_;
  char* to_ = nullptr;
  char* room_end_ = nullptr;
  const uint8_t* run_end_ = nullptr;  // where in the input the last run ends
};

namespace {

void decode_utf8(DecodedWriter& out) {
  const uint8_t* at = out.begin();
  if (out.end() - at >= 3 && at[0] == 0xEF && at[1] == 0xBB && at[2] == 0xBF) at += 3;
  while (at < out.end()) {
    const size_t n = count_valid_at(at, out.end());
    out.copy(at, n);
    at += n;
    if (at == out.end()) break;
    const int ill_formed = -measure_utf8(at, out.end());
    out.replace(at, static_cast<size_t>(ill_formed));
    at += ill_formed;
  }
}

void decode_utf16(DecodedWriter& out, bool big) {
  const uint8_t* at = out.begin();
  const uint8_t* const end = out.end();
  const auto unit_at = [big](const uint8_t* p) { return static_cast<char32_t>(big ? p[0] << 8 | p[1] : p[1] << 8 | p[0]); };
  if (end - at >= 2 && unit_at(at) == 0xFEFF) at += 2;
  while (end - at >= 2) {
    const char32_t unit = unit_at(at);
    if ((unit & 0xF800) != 0xD800) {
      out.put(unit, at, 2);
      at += 2;
    } else if (unit >= 0xDC00) {
      out.replace(at, 2);
      at += 2;
    } else if (end - at < 4) {  // a lead surrogate and perhaps half a unit: one error at the end
      out.replace(at, static_cast<size_t>(end - at));
      return;
    } else if (const char32_t trail = unit_at(at + 2); (trail & 0xFC00) == 0xDC00) {
      out.put(0x10000 + ((unit - 0xD800) << 10) + (trail - 0xDC00), at, 4);
      at += 4;
    } else {
      out.replace(at, 2);
      at += 2;
    }
  }
  if (at < end) out.replace(at, 1);
}

void decode_single_byte(DecodedWriter& out, const uint16_t* index) {
  for (const uint8_t* at = out.begin(); at < out.end();) {
    at += out.copy_ascii(at);
    while (at < out.end() && *at >= 0x80) at = out.put_stretch(at, index);
  }
}

void decode_x_user_defined(DecodedWriter& out) {
  for (const uint8_t* at = out.begin(); at < out.end();) {
    at += out.copy_ascii(at);
    for (; at < out.end() && *at >= 0x80; ++at) out.put(char32_t{0xF780} + *at - 0x80, at, 1);
  }
}

constexpr char32_t lead_byte = 0xFFFFFFFF;  // not a character: begins a pair

// Encodings of ASCII, single bytes and pairs. `single` gives the code point of a byte, lead_byte or 0; `put_pair` writes the pair at a place,
// or says that there is none.
template <class Single, class PutPair>
void decode_pairs(DecodedWriter& out, Single single, PutPair put_pair) {
  const uint8_t* const end = out.end();
  for (const uint8_t* at = out.begin(); at < end;) {
    at += out.copy_ascii(at);
    while (at < end && *at >= 0x80) {
      const char32_t c = single(*at);
      if (c != lead_byte) {
        if (c) out.put(c, at, 1);
        else out.replace(at, 1);
        ++at;
      } else if (end - at < 2) {
        out.replace(at, 1);
        ++at;
      } else if (put_pair(at)) {
        at += 2;
      } else {
        const size_t n = at[1] < 0x80 ? 1 : 2;  // an ASCII byte is read again, so that no markup is lost
        out.replace(at, n);
        at += n;
      }
    }
  }
}

void decode_big5(DecodedWriter& out) {
  decode_pairs(
      out, [](uint8_t byte) { return byte != 0x80 && byte != 0xFF ? lead_byte : char32_t{0}; },
      [&out](const uint8_t* at) {
        const uint8_t trail = at[1];
        if (!((trail >= 0x40 && trail <= 0x7E) || (trail >= 0xA1 && trail <= 0xFE))) return false;
        const size_t pointer = (at[0] - size_t{0x81}) * 157 + trail - (trail < 0x7F ? 0x40 : 0x62);
        if (pointer == 1133 || pointer == 1135 || pointer == 1164 || pointer == 1166) {
          out.put_both(pointer < 1164 ? 0xCA : 0xEA, pointer == 1133 || pointer == 1164 ? 0x304 : 0x30C, at, 2);
          return true;
        }
        if (pointer < big5_first || pointer - big5_first >= std::size(big5_index)) return false;
        const size_t k = pointer - big5_first;
        const char32_t c = big5_index[k] | (big5_plane_2[k / 32] >> (k % 32) & 1) << 17;
        if (c) out.put(c, at, 2);
        return c != 0;
      });
}

void decode_euc_kr(DecodedWriter& out) {
  decode_pairs(
      out, [](uint8_t byte) { return byte != 0x80 && byte != 0xFF ? lead_byte : char32_t{0}; },
      [&out](const uint8_t* at) {
        if (at[1] < 0x41 || at[1] == 0xFF) return false;
        const size_t pointer = (at[0] - size_t{0x81}) * 190 + at[1] - 0x41;
        static_assert(euc_kr_first == 0);
        const char32_t c = pointer < std::size(euc_kr_index) ? euc_kr_index[pointer] : 0;
        if (c) out.put(c, at, 2);
        return c != 0;
      });
}

static_assert(jis0208_first == 0);

void decode_shift_jis(DecodedWriter& out) {
  decode_pairs(
      out,
      [](uint8_t byte) -> char32_t {
        if (byte == 0x80) return 0x80;
        if (byte >= 0xA1 && byte <= 0xDF) return 0xFF61u - 0xA1 + byte;
        return byte == 0xA0 || byte > 0xFC ? 0 : lead_byte;
      },
      [&out](const uint8_t* at) {
        const uint8_t trail = at[1];
        if (trail < 0x40 || trail == 0x7F || trail > 0xFC) return false;
        const size_t pointer = (at[0] - size_t{at[0] < 0xA0 ? 0x81u : 0xC1u}) * 188 + trail - (trail < 0x7F ? 0x40 : 0x41);
        char32_t c = pointer < std::size(jis0208_index) ? jis0208_index[pointer] : 0;
        if (pointer >= 8836 && pointer <= 10715) c = static_cast<char32_t>(0xE000 - 8836 + pointer);  // the user's own characters
        if (c) out.put(c, at, 2);
        return c != 0;
      });
}

bool is_94(uint8_t byte) { return byte >= 0xA1 && byte <= 0xFE; }

void decode_euc_jp(DecodedWriter& out) {
  const uint8_t* const end = out.end();
  for (const uint8_t* at = out.begin(); at < end;) {
    at += out.copy_ascii(at);
    while (at < end && *at >= 0x80) {
      const uint8_t lead = *at;
      if (lead != 0x8E && lead != 0x8F && !is_94(lead)) {
        out.replace(at++, 1);
        continue;
      }
      // 8F and a byte of the 94 put a pair of JIS X 0212 after 8F; 8F and anything else is ill-formed like any other pair.
      const bool three = lead == 0x8F && end - at >= 2 && is_94(at[1]);
      const size_t length = three ? 3 : 2;
      if (static_cast<size_t>(end - at) < length) {
        out.replace(at, static_cast<size_t>(end - at));
        at = end;
        break;
      }
      const uint8_t first = at[length - 2], second = at[length - 1];
      char32_t c = 0;
      if (lead == 0x8E) {
        if (second >= 0xA1 && second <= 0xDF) c = char32_t{0xFF61} - 0xA1 + second;
      } else if (is_94(first) && is_94(second)) {
        const size_t pointer = (first - size_t{0xA1}) * 94 + second - 0xA1;
        if (!three) c = jis0208_index[pointer];
        else if (pointer >= jis0212_first && pointer - jis0212_first < std::size(jis0212_index)) c = jis0212_index[pointer - jis0212_first];
      }
      if (c) {
        out.put(c, at, length);
        at += length;
      } else {
        const size_t n = second < 0x80 ? length - 1 : length;
        out.replace(at, n);
        at += n;
      }
    }
  }
}

// 0: no code point.
char32_t find_gb18030_range(uint32_t pointer) {
  if ((pointer > 39419 && pointer < 189000) || pointer > 1237575) return 0;
  if (pointer == 7457) return 0xE7C7;
  const auto* after = std::upper_bound(std::begin(gb18030_ranges), std::end(gb18030_ranges), pointer,
                                       [](uint32_t value, const auto& range) { return value < range.pointer; });
  return after[-1].code_point + pointer - after[-1].pointer;
}

void decode_gb18030(DecodedWriter& out) {
  const auto is_digit = [](uint8_t byte) { return byte >= 0x30 && byte <= 0x39; };
  const auto is_lead = [](uint8_t byte) { return byte >= 0x81 && byte <= 0xFE; };
  static_assert(gb18030_first == 0 && std::size(gb18030_index) == 126 * 190);
  const uint8_t* const end = out.end();
  for (const uint8_t* at = out.begin(); at < end;) {
    at += out.copy_ascii(at);
    while (at < end && *at >= 0x80) {
      if (!is_lead(*at)) {
        if (*at == 0x80) out.put(0x20AC, at, 1);
        else out.replace(at, 1);
        ++at;
        continue;
      }
      const size_t left = static_cast<size_t>(end - at);
      if (left >= 2 && is_digit(at[1])) {
        // Cut off at the end, the start of four bytes is one error; else it is its first byte that is wrong.
        const bool cut = left == 2 || (left == 3 && is_lead(at[2]));
        char32_t c = 0;
        size_t n = cut ? left : 1;
        if (left >= 4 && is_lead(at[2]) && is_digit(at[3])) {
          n = 4;
          c = find_gb18030_range(((at[0] - 0x81u) * 10 + at[1] - 0x30) * 1260 + (at[2] - 0x81u) * 10 + at[3] - 0x30);
        }
        if (c) out.put(c, at, n);
        else out.replace(at, n);
        at += n;
        continue;
      }
      char32_t c = 0;
      size_t n = left >= 2 && at[1] >= 0x80 ? 2 : 1;
      if (left >= 2 && at[1] >= 0x40 && at[1] != 0x7F && at[1] != 0xFF) {
        c = gb18030_index[(at[0] - size_t{0x81}) * 190 + at[1] - (at[1] < 0x7F ? 0x40 : 0x41)];
        if (c) n = 2;
      }
      if (c) out.put(c, at, n);
      else out.replace(at, n);
      at += n;
    }
  }
}

void decode_iso_2022_jp(DecodedWriter& out) {
  enum class Set { ascii, roman, katakana, pairs };
  const uint8_t* const end = out.end();
  Set set = Set::ascii;
  bool empty = false;  // an escape came, and no character since: a second escape is an error
  for (const uint8_t* at = out.begin(); at < end;) {
    const uint8_t byte = *at;
    if (byte == 0x1B) {
      const size_t left = static_cast<size_t>(end - at);
      const auto follows = [&](uint8_t second, uint8_t third) { return left >= 3 && at[1] == second && at[2] == third; };
      std::optional<Set> chosen;
      if (follows('(', 'B')) chosen = Set::ascii;
      else if (follows('(', 'J')) chosen = Set::roman;
      else if (follows('(', 'I')) chosen = Set::katakana;
      else if (follows('$', '@') || follows('$', 'B')) chosen = Set::pairs;
      if (!chosen) {  // only the escape is wrong: what follows is read again
        out.replace(at, 1);
        empty = false;
        ++at;
        continue;
      }
      if (empty) out.replace(at, 3);
      set = *chosen;
      empty = true;
      at += 3;
      continue;
    }
    char32_t c = 0;
    bool any = byte < 0x80 && byte != 0x0E && byte != 0x0F;
    size_t n = 1;
    switch (set) {
      case Set::ascii: c = byte; break;
      case Set::roman: c = byte == 0x5C ? char32_t{0xA5} : byte == 0x7E ? char32_t{0x203E} : byte; break;
      case Set::katakana:
        any = byte >= 0x21 && byte <= 0x5F;
        c = char32_t{0xFF61} - 0x21 + byte;
        break;
      case Set::pairs:
        any = byte >= 0x21 && byte <= 0x7E;
        if (!any) break;
        if (end - at >= 2 && at[1] == 0x1B) {  // the escape inside a pair counts all the same
          any = false;
          break;
        }
        n = static_cast<size_t>(std::min<ptrdiff_t>(2, end - at));
        any = n == 2 && at[1] >= 0x21 && at[1] <= 0x7E;
        if (any) c = jis0208_index[(byte - size_t{0x21}) * 94 + at[1] - 0x21];
        any = any && c != 0;
        break;
    }
    if (any) out.put(c, at, n);
    else out.replace(at, n);
    empty = false;
    at += n;
  }
}

}  // namespace

std::string_view name_of(Encoding encoding) { return names[static_cast<size_t>(encoding)]; }

std::optional<Encoding> find_encoding(std::string_view label) {
  constexpr std::string_view blanks = "\t\n\f\r ";
  const size_t first = label.find_first_not_of(blanks);
  if (first == std::string_view::npos) return std::nullopt;
  label = label.substr(first, label.find_last_not_of(blanks) + 1 - first);
  std::string lower(label.substr(0, 64));  // the longest label has 19
  if (lower.size() != label.size()) return std::nullopt;
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  const auto* found = std::lower_bound(std::begin(labels), std::end(labels), lower,
                                       [](const auto& row, const std::string& value) { return row.label < value; });
  if (found == std::end(labels) || found->label != lower) return std::nullopt;
  return static_cast<Encoding>(found->encoding);
}

size_t OffsetMap::to_input(size_t out) const {
  assert(out <= out_size_);
  if (out >= out_size_ || runs_.empty()) return in_size_;
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), out, [](size_t value, const Run& run) { return value < run.out; });
  const Run& run = after[-1];
  return run.in + (out - run.out) / run.out_step * run.in_step;
}

Decoded decode(std::string_view bytes, Encoding encoding, bool with_map) {
  assert(!with_map || bytes.size() < size_t{1} << 30);
  DecodedWriter out(bytes, with_map);
  switch (encoding) {
    case Encoding::utf_8: decode_utf8(out); break;
    case Encoding::gbk:
    case Encoding::gb18030: decode_gb18030(out); break;
    case Encoding::big5: decode_big5(out); break;
    case Encoding::euc_jp: decode_euc_jp(out); break;
    case Encoding::iso_2022_jp: decode_iso_2022_jp(out); break;
    case Encoding::shift_jis: decode_shift_jis(out); break;
    case Encoding::euc_kr: decode_euc_kr(out); break;
    case Encoding::replacement:
      if (!bytes.empty()) out.replace(out.begin(), 1);
      break;
    case Encoding::utf_16be: decode_utf16(out, true); break;
    case Encoding::utf_16le: decode_utf16(out, false); break;
    case Encoding::x_user_defined: decode_x_user_defined(out); break;
    default: decode_single_byte(out, single_byte_index + 128 * (static_cast<size_t>(encoding) - first_single_byte));
  }
  return out.finish();
}

size_t count_valid_utf8(std::string_view bytes) {
  const auto* begin = reinterpret_cast<const uint8_t*>(bytes.data());
  return count_valid_at(begin, begin + bytes.size());
}

size_t count_ascii(std::string_view bytes) {
  const auto* begin = reinterpret_cast<const uint8_t*>(bytes.data());
  return count_ascii_at(begin, begin + bytes.size());
}

}  // namespace sayso
