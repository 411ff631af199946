#include "charset/mojibake.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "base/unicode.h"

namespace sayso {
namespace {

// The byte that windows-1252 or Latin-1 reads as `c`, if it is one of 80–BF (UTF-8's bytes after the first); 0 if it is none.
uint8_t find_continuation(char32_t c) {
  if (c >= 0x80 && c <= 0xBF) return static_cast<uint8_t>(c);
  constexpr char32_t windows[32] = {0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D,
                                    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D,
                                    0x17E, 0x178};
  const auto* found = std::find(std::begin(windows), std::end(windows), c);
  return found == std::end(windows) ? uint8_t{0} : static_cast<uint8_t>(0x80 + (found - windows));
}

// What may stand behind a letter in a sound text: quotation marks, stops, dashes, blanks, superscripts, letters of other alphabets.
bool may_follow_letter(char32_t c) {
  switch (c) {
    case 0xA0: case 0xAA: case 0xAB: case 0xAD: case 0xAE: case 0xB0: case 0xB2: case 0xB3: case 0xB4: case 0xB7: case 0xB9: case 0xBA: case 0xBB:
    case 0x2013: case 0x2014: case 0x2018: case 0x2019: case 0x201A: case 0x201C: case 0x201D: case 0x201E: case 0x2022: case 0x2026: case 0x2039:
    case 0x203A: case 0x2122: case 0x160: case 0x161: case 0x152: case 0x153: case 0x17D: case 0x17E: case 0x178:
      return true;
    default: return false;
  }
}

// Where the sequence ends that begins with the letter `lead`, which stands before `at`; 0 if there is none. `before` is the character before it.
size_t find_sequence_end(std::string_view text, size_t at, char32_t lead, char32_t before) {
  const auto read = [&](char32_t& c) {
    c = at < text.size() ? next_code_point(text, at) : 0;
    return find_continuation(c);
  };
  char32_t c[3];
  const uint8_t second = read(c[0]);
  if (!second) return 0;
  if (lead <= 0xDF) {
    // The scripts that news is written in: Latin to Ext-A, Greek, Cyrillic, Hebrew, Arabic. Others would need É, Ö or Ü to begin with.
    constexpr std::string_view leads = "\xC2\xC3\xC4\xC5\xCE\xCF\xD0\xD1\xD7\xD8\xD9";
    if (leads.find(static_cast<char>(lead)) == std::string_view::npos) return 0;
    if (lead == 0xC2 && second < 0xA0) return 0;  // it would be a control character
    // A capital inside a word, behind a small letter, is not written either: “caÃ±on” but also “byÅ‚”.
    const bool inside = lead != 0xD7 && is_lower(before);
    return !may_follow_letter(c[0]) || inside ? at : 0;
  }
  const uint8_t third = read(c[1]);
  if (!third) return 0;
  if (lead < 0xF0) {
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
    const bool mark = lead == 0xEF && second == 0xBB && third == 0xBF;   // “ï»¿”, a byte-order mark
    const bool sign = lead == 0xE2 && ((second == 0x82 && third == 0xAC) || (second == 0x84 && third == 0xA2));  // “â‚¬”, “â„¢”
    return mark || sign || !may_follow_letter(c[0]) ? at : 0;
  }
  return second == 0x9F && read(c[2]) ? at : 0;  // “ðŸ…”, an emoji
}

}  // namespace

Damage find_mojibake(std::string_view text) {
  Damage damage;
  // All leads, U+00C2–U+00F0, have C3 as their first byte.
  for (size_t at = 0; at < text.size();) {
    const void* found = std::memchr(text.data() + at, 0xC3, text.size() - at);
    if (!found) break;
    const size_t begin = static_cast<size_t>(static_cast<const char*>(found) - text.data());
    at = begin;
    const char32_t lead = next_code_point(text, at);
    if (lead < 0xC2 || lead > 0xF0) continue;
    size_t start = begin;
    const char32_t before = start > 0 ? previous_code_point(text, start) : 0;
    const size_t end = find_sequence_end(text, at, lead, before);
    if (end == 0) continue;
    if (damage.count++ == 0) {
      damage.first = begin;
      damage.first_size = end - begin;
    }
    at = end;
  }
  return damage;
}

Damage find_escaped_entities(std::string_view text) {
  // Those that editing systems write; sorted.
  constexpr std::string_view entity_names[] = {
      "aacute", "acirc", "agrave", "amp", "apos", "atilde", "auml", "bull", "ccedil", "copy", "deg", "eacute", "ecirc", "egrave", "euml", "euro",
      "gt", "hellip", "iacute", "laquo", "ldquo", "lsquo", "lt", "mdash", "middot", "nbsp", "ndash", "ntilde", "oacute", "ocirc", "ouml", "pound",
      "quot", "raquo", "rdquo", "reg", "rsquo", "shy", "szlig", "trade", "uacute", "uuml"};
  Damage damage;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = text.find('&', at);
    if (begin == std::string_view::npos) break;
    at = begin + 1;
    const size_t size = text.substr(at, 10).find(';');
    if (size == std::string_view::npos) continue;
    std::string_view name = text.substr(at, size);
    bool known = std::binary_search(std::begin(entity_names), std::end(entity_names), name);
    if (name.starts_with('#')) {
      const bool hexadecimal = name.starts_with("#x") || name.starts_with("#X");
      name.remove_prefix(hexadecimal ? 2 : 1);
      known = name.size() >= 2 && std::all_of(name.begin(), name.end(), [hexadecimal](char c) {
        return (c >= '0' && c <= '9') || (hexadecimal && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
      });
    }
    if (!known) continue;
    at += size + 1;
    if (damage.count++ == 0) {
      damage.first = begin;
      damage.first_size = at - begin;
    }
  }
  return damage;
}

}  // namespace sayso
