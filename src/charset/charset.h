// Every encoding of the WHATWG Encoding Standard: bytes to UTF-8, by the standard's decoders.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sayso {

// In the order of the standard's table of labels.
enum class Encoding : uint8_t {
  utf_8,
  ibm866, iso_8859_2, iso_8859_3, iso_8859_4, iso_8859_5, iso_8859_6, iso_8859_7, iso_8859_8, iso_8859_8_i, iso_8859_10, iso_8859_13,
  iso_8859_14, iso_8859_15, iso_8859_16, koi8_r, koi8_u, macintosh, windows_874, windows_1250, windows_1251, windows_1252, windows_1253,
  windows_1254, windows_1255, windows_1256, windows_1257, windows_1258, x_mac_cyrillic,
  gbk, gb18030, big5, euc_jp, iso_2022_jp, shift_jis, euc_kr,
  replacement, utf_16be, utf_16le, x_user_defined,
};
inline constexpr size_t encodings = 40;

// The standard's name: "windows-1252".
std::string_view name_of(Encoding encoding);

// The encoding of a label ("latin1", " UTF8 "), as the standard gets an encoding: 228 labels, in any case, white space around them ignored.
std::optional<Encoding> find_encoding(std::string_view label);

// Where in the bytes each position of the decoded text comes from.
class OffsetMap {
 public:
  // From `out` on to the next run, each `out_step` bytes of text come from `in_step` bytes of input.
  struct Run {
    uint32_t out = 0, in = 0;
    uint8_t out_step = 1, in_step = 1;
  };

  // The input position of text position `out`; inside a character that of its start, or inside it when it was copied. Ascending; the text's
  // size gives the input's. O(log n) in the number of runs. Requires out <= the text's size.
  size_t to_input(size_t out) const;
  const std::vector<Run>& runs() const { return runs_; }

 private:
  friend class DecodedWriter;
  std::vector<Run> runs_;  // ascending in both
  uint32_t out_size_ = 0, in_size_ = 0;
};

struct Decoded {
  std::string text;           // well-formed UTF-8
  size_t replaced = 0;        // ill-formed pieces, each one U+FFFD; a U+FFFD that stood in the input is none
  size_t first_replaced = 0;  // where in `text` the first of them stands; 0 when there is none
  OffsetMap map;              // filled when asked for
};

// Decodes as the standard's decoder of `encoding` does. A byte-order mark of that same Unicode encoding is dropped; none decides anything
// (sniff.h does that). Linear; at most three bytes of text for one of input. A map takes 12 bytes for each place where the width of
// characters changes, and requires fewer than 2^30 bytes.
Decoded decode(std::string_view bytes, Encoding encoding, bool with_map = false);

// How many bytes at the start are well-formed UTF-8: all of them, or up to the first ill-formed piece.
size_t count_valid_utf8(std::string_view bytes);

// Bytes at the start that are ASCII.
size_t count_ascii(std::string_view bytes);

}  // namespace sayso
