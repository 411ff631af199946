#include "cli/screen.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>
#include <unicode/uchar.h>

#include "base/unicode.h"

namespace sayso {
namespace {

// A number from 1 to 9999 in the environment, or 0.
size_t number_in(const char* variable) {
  const char* value = std::getenv(variable);
  size_t number = 0;
  if (value == nullptr) return 0;
  const std::string_view digits(value);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() && number < 10'000 ? number : 0;
}

winsize terminal() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return {};
  return size;
}

}  // namespace

size_t columns_of(char32_t c) {
  if (c < 0x300) return c == 0xAD ? 0 : 1;
  const auto point = static_cast<UChar32>(c);
  const auto category = U_GET_GC_MASK(point);
  if (category & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) return 0;
  const int width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t columns_of(std::string_view text) {
  size_t columns = 0;
  for (size_t at = 0; at < text.size();) columns += columns_of(next_code_point(text, at));
  return columns;
}

bool is_steering(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
  // Line and paragraph separators; Unicode's direction marks, embeddings, overrides and isolates; the other invisible operators
  // and deprecated format characters; the byte-order mark; annotation and language tags. Joiners shape letters and stay.
  return c == 0x061C || c == 0x180E || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2061 && c <= 0x206F) ||
         c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

std::string visible(char32_t c) {
  std::string out;
  if (c == '\n' || c == '\t') return " ";
  if (c < 0x20) append_code_point(out, 0x2400 + c);  // Unicode's control pictures stand in the order of the characters
  else if (c == 0x7F) out = "␡";
  else {
    char name[24];
    std::snprintf(name, sizeof name, "‹U+%04X›", static_cast<unsigned>(c));
    out = name;
  }
  return out;
}

std::string neutralise(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_steering(c)) out += visible(c);
    else append_code_point(out, c);
  }
  return out;
}

std::string shorten(std::string_view text, size_t columns) {
  size_t used = 0, fits = 0;  // fits: bytes that leave a column for the ellipsis
  for (size_t at = 0; at < text.size();) {
    used += columns_of(next_code_point(text, at));
    if (used + 1 <= columns) fits = at;
    if (used > columns) {
      // At the end of a word, unless the word is so long that too little would be left.
      const size_t blank = text.substr(0, fits).rfind(' ');
      if (text[fits] != ' ' && blank != std::string_view::npos && fits - blank < fits / 3) fits = blank;
      while (fits > 0 && text[fits - 1] == ' ') --fits;
      return std::string(text.substr(0, fits)) + (columns > 0 ? "…" : "");
    }
  }
  return std::string(text);
}

size_t screen_columns() {
  if (const size_t columns = number_in("COLUMNS")) return columns;
  const size_t columns = terminal().ws_col;
  return columns > 0 ? columns : 80;
}

size_t screen_rows() {
  if (const size_t rows = number_in("LINES")) return rows;
  return terminal().ws_row;
}

}  // namespace sayso
