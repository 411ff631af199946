#include "model/units.h"

#include <algorithm>

#include "base/unicode.h"

namespace sayso {

namespace {

uint8_t shape_of(std::string_view word) {
  size_t at = 0;
  const char32_t first = next_code_point(word, at);
  const bool single = at == word.size();
  if (is_alpha(first) || first == U'_' || is_digit(first)) {
    // Python's str.isdigit, islower and isupper over the whole word.
    bool all_digits = true, any_lower = false, any_upper = false, any_title = false, rest_lower = false, rest_upper = false;
    for (size_t i = 0; i < word.size();) {
      const bool is_first = i == 0;
      const char32_t c = next_code_point(word, i);
      all_digits &= is_digit(c);
      const bool lower = is_lower(c), upper = is_upper(c) || is_title(c);
      any_lower |= lower;
      any_upper |= upper;
      any_title |= is_title(c);
      if (!is_first) { rest_lower |= lower; rest_upper |= upper; }
    }
    if (all_digits) return 1;
    if (is_alpha(first) || first == U'_') {
      if (any_lower && !any_upper) return 2;
      if (any_upper && !any_lower && !any_title) return single ? 4 : 3;
      if (is_upper(first) && rest_lower && !rest_upper) return 5;
      return 6;
    }
    return 11;
  }
  switch (first) {
    case U'"': case U'“': case U'”': return 7;
    case U'\'': case U'‘': case U'’': return 8;
    case U'.': case U'!': case U'?': return 9;
    case U',': case U';': case U':': return 10;
    default: return is_word(first) ? 11 : 12;
  }
}

}  // namespace

UnitText split_units(std::string_view text, uint32_t begin, uint32_t end, const WordPiece& tokenizer) {
  UnitText out;
  const std::string_view part = text.substr(0, end);
  bool in_quotation = false, line_end = true, touches = false;
  uint32_t paragraph = 0;
  for (size_t at = begin; at < end;) {
    const size_t unit_begin = at;
    const char32_t c = next_code_point(part, at);
    if (is_space(c)) {
      if (c == U'\n' && !out.units.empty() && !line_end) ++paragraph;
      line_end |= c == U'\n';
      touches = false;
      continue;
    }
    if (is_word(c)) {
      for (size_t next = at; next < end; at = next)
        if (!is_word(next_code_point(part, next))) break;
    }
    Unit unit;
    unit.begin = static_cast<uint32_t>(unit_begin);
    unit.end = static_cast<uint32_t>(at);
    const std::string_view word = part.substr(unit_begin, at - unit_begin);
    unit.shape = shape_of(word);
    unit.gap = line_end ? 1 : touches ? 2 : 0;
    unit.paragraph = paragraph;
    if (line_end) in_quotation = false;
    if (c == U'“' || (c == U'"' && !in_quotation)) {
      in_quotation = true;
      unit.quote = 2;
    } else if ((c == U'”' || c == U'"') && in_quotation) {
      in_quotation = false;
      unit.quote = 3;
    } else {
      unit.quote = in_quotation ? 1 : 0;
    }
    unit.first_piece = static_cast<uint32_t>(out.pieces.size());
    for (const Piece& piece : tokenizer.split(word)) {
      if (out.pieces.size() - unit.first_piece == max_unit_pieces) break;
      out.pieces.push_back(piece.id);
    }
    // A unit that the normaliser drops (a zero-width character) still gets a place.
    if (out.pieces.size() == unit.first_piece) out.pieces.push_back(tokenizer.unknown());
    unit.pieces = static_cast<uint32_t>(out.pieces.size()) - unit.first_piece;
    out.units.push_back(unit);
    line_end = false;
    touches = true;
  }
  return out;
}

std::vector<Window> pack_windows(const UnitText& text, uint32_t max_pieces, uint32_t first_max) {
  const std::vector<Unit>& units = text.units;
  const auto pieces_of = [&](uint32_t begin, uint32_t end) {
    return begin == end ? 0 : units[end - 1].first_piece + units[end - 1].pieces - units[begin].first_piece;
  };
  std::vector<Window> blocks;
  const uint32_t n = static_cast<uint32_t>(units.size());
  for (uint32_t begin = 0; begin < n;) {
    uint32_t end = begin + 1;
    while (end < n && units[end].gap != 1) ++end;
    uint32_t start = begin;
    if (pieces_of(begin, end) > max_pieces) {
      uint32_t cut = begin;  // behind the last sentence end seen
      uint32_t size = 0;
      for (uint32_t i = begin; i < end; ++i) {
        if (size + units[i].pieces > max_pieces) {
          const uint32_t at = cut > start ? cut : i;
          blocks.push_back({start, at});
          start = at;
          size = pieces_of(start, i);
        }
        size += units[i].pieces;
        if (units[i].shape == 9 || (cut == i && cut > start && units[i].quote == 3)) cut = i + 1;
      }
    }
    blocks.push_back({start, end});
    begin = end;
  }
  std::vector<Window> windows;
  for (const Window& block : blocks) {
    if (block.begin == block.end) continue;
    const uint32_t bound = windows.size() == 1 ? first_max : max_pieces;
    if (!windows.empty() && pieces_of(windows.back().begin, block.end) <= bound) windows.back().end = block.end;
    else windows.push_back(block);
  }
  return windows;
}

}  // namespace sayso
