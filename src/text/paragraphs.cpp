#include "text/paragraphs.h"

#include <algorithm>

#include "base/unicode.h"

namespace sayso {

namespace {

// One line without the white space around it, and what decides whether the next one goes on from it.
struct Line {
  Span span;
  uint32_t width = 0;       // code points
  uint32_t first_word = 0;  // code points of it
  bool begins_anew = false;  // with a bullet or a speaker's name ("SMITH:"): never goes on from the line before
};

bool is_line_break(char32_t c) { return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029; }
bool is_bullet(char32_t c) { return c == U'\u2022' || c == U'\u25E6' || c == U'\u25AA' || c == U'\u25CF' || c == U'\u2023' || c == U'*'; }

std::vector<Line> split_lines(std::string_view text) {
  std::vector<Line> lines;
  for (size_t at = 0; at < text.size();) {
    Line line;
    size_t trailing = 0;
    bool empty = true, in_first = true, capitals = true;
    while (at < text.size()) {
      size_t next = at;
      const char32_t c = next_code_point(text, next);
      if (is_line_break(c)) break;
      if (is_space(c)) {
        ++trailing;
        if (!empty) in_first = false;
      } else {
        if (empty) {
          line.span.begin = static_cast<uint32_t>(at);
          trailing = 0;
          empty = false;
          line.begins_anew = is_bullet(c);
        }
        line.width += static_cast<uint32_t>(trailing) + 1;
        trailing = 0;
        line.span.end = static_cast<uint32_t>(next);
        if (in_first) {
          ++line.first_word;
          if (c == ':' && capitals && line.first_word > 1) line.begins_anew = true;
          if (!is_upper(c)) capitals = false;
        }
      }
      at = next;
    }
    // CR LF is one line break.
    if (at < text.size()) {
      const char32_t c = next_code_point(text, at);
      if (c == '\r' && at < text.size() && text[at] == '\n') ++at;
    }
    if (empty && !lines.empty() && lines.back().width == 0) continue;  // one blank line tells as much as ten
    lines.push_back(line);
  }
  return lines;
}

}  // namespace

std::vector<Span> split_paragraphs(std::string_view text) {
  const std::vector<Line> lines = split_lines(text);
  std::vector<Span> paragraphs;
  for (size_t i = 0; i < lines.size();) {
    if (lines[i].width == 0) {
      ++i;
      continue;
    }
    size_t end = i;
    uint32_t widest = 0;
    while (end < lines.size() && lines[end].width != 0) widest = std::max(widest, lines[end++].width);
    // Wrapped text is 40 to 132 wide: a newspaper's column to a printer's line (e-mail wraps at 72 to 79).
    const bool may_wrap = widest >= 40 && widest <= 132;
    for (size_t k = i; k < end; ++k) {
      // A line was filled when the next one's first word had no room on it.
      const bool goes_on = k > i && may_wrap && !lines[k].begins_anew && lines[k - 1].width + 1 + lines[k].first_word > widest;
      if (goes_on)
        paragraphs.back().end = lines[k].span.end;
      else
        paragraphs.push_back(lines[k].span);
    }
    i = end;
  }
  return paragraphs;
}

}  // namespace sayso
