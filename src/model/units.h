// What the model labels: units. A unit is a run of letters and digits or one other visible character, as in the published scorer
// (\w+|[^\w\s]), with the features that the encoder adds to its pieces. The weights are trained on exactly these, so their definition has a name,
// units_version, and a weight file made for another one is refused.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/tokenizer.h"

namespace sayso {

inline constexpr const char* units_version = "units/1";

inline constexpr size_t shapes = 13;
inline constexpr size_t quote_states = 4;
inline constexpr size_t gaps = 3;

struct Unit {
  uint32_t begin = 0;  // bytes of the text
  uint32_t end = 0;
  uint8_t shape = 0;   // 1 digits, 2 lower, 3 UPPER, 4 one capital, 5 Title, 6 mixed, 7 " “ ”, 8 ' ‘ ’, 9 . ! ?, 10 , ; :, 11 other word, 12 other
  uint8_t quote = 0;   // 0 outside double quotation marks, 1 inside, 2 an opening mark, 3 a closing one
  uint8_t gap = 0;     // 0 white space before, 1 begins a line, 2 touches the unit before
  uint32_t paragraph = 0;  // number of the line
  uint32_t first_piece = 0;
  uint32_t pieces = 0;     // 1 … max_unit_pieces
};

// A unit has at most this many pieces: the label is read from its first, and a run of 10,000 ideographs must fit a window.
inline constexpr uint32_t max_unit_pieces = 64;

struct UnitText {
  std::vector<Unit> units;
  std::vector<uint32_t> pieces;  // piece ids, unit by unit
};

// The units of text[begin, end), with positions in the whole text. Linear.
UnitText split_units(std::string_view text, uint32_t begin, uint32_t end, const WordPiece& tokenizer);

// Units [begin, end) that are encoded together.
struct Window {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// Windows that cover all units in order: whole lines packed up to max_pieces, a longer line cut at sentence ends. A window exceeds max_pieces
// by less than one unit's pieces. first_max: the bound of the first window, by which training shifts them.
std::vector<Window> pack_windows(const UnitText& text, uint32_t max_pieces, uint32_t first_max);
inline std::vector<Window> pack_windows(const UnitText& text, uint32_t max_pieces) { return pack_windows(text, max_pieces, max_pieces); }

}  // namespace sayso
