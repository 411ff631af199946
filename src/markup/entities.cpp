#include "markup/entities.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/unicode.h"

namespace sayso {

namespace {

struct Entity {
  std::string_view name, text;
};

constexpr Entity entities[] = {
#include "markup/entities.inc"
};
constexpr size_t longest_name = 32;

// What Windows meant by the numbers 128 to 159; the standard asks for it.
constexpr std::array<char16_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

size_t resolve_number(std::string_view text, size_t at, std::string& out) {
  size_t i = at + 2;
  const bool hexadecimal = i < text.size() && (text[i] == 'x' || text[i] == 'X');
  const int base = hexadecimal ? 16 : 10;
  i += hexadecimal;
  const size_t first = i;
  char32_t c = 0;
  for (; i < text.size() && digit_of(text[i]) < base; ++i)
    if (c <= 0x10FFFF) c = c * static_cast<char32_t>(base) + static_cast<char32_t>(digit_of(text[i]));
  if (i == first) return 0;
  if (i < text.size() && text[i] == ';') ++i;
  if (c >= 0x80 && c <= 0x9F) c = windows_1252[c - 0x80];
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  append_code_point(out, c);
  return i - at;
}

}  // namespace

size_t resolve_reference(std::string_view text, size_t at, bool in_attribute, std::string& out) {
  if (at + 1 >= text.size()) return 0;
  if (text[at + 1] == '#') return resolve_number(text, at, out);
  size_t end = at + 1;
  while (end < text.size() && end - at - 1 < longest_name && is_alphanumeric(text[end])) ++end;
  if (end < text.size() && text[end] == ';') ++end;
  // The longest name that the table has: “&notit;” is “¬it;”.
  for (size_t size = end - at - 1; size >= 2; --size) {
    const std::string_view name = text.substr(at + 1, size);
    const auto* found = std::lower_bound(std::begin(entities), std::end(entities), name,
                                         [](const Entity& entity, std::string_view wanted) { return entity.name < wanted; });
    if (found == std::end(entities) || found->name != name) continue;
    if (in_attribute && name.back() != ';' && at + 1 + size < text.size()) {
      const char next = text[at + 1 + size];
      if (next == '=' || is_alphanumeric(next)) return 0;
    }
    out += found->text;
    return 1 + size;
  }
  return 0;
}

std::string resolve_references(std::string_view text, bool in_attribute) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t next = std::min(text.find('&', at), text.size());
    out += text.substr(at, next - at);
    at = next;
    if (at == text.size()) break;
    const size_t size = resolve_reference(text, at, in_attribute, out);
    if (size == 0) out += '&';
    at += size == 0 ? 1 : size;
  }
  return out;
}

}  // namespace sayso
