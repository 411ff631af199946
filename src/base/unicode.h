// UTF-8 and the character classes that every room shares. Positions are bytes; code points appear at the borders only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sayso {

// True when `text` is well-formed UTF-8 (no surrogates, no overlong forms, nothing above U+10FFFF).
bool is_utf8(std::string_view text);

// Decodes the code point that starts at `at` and moves `at` behind it. Ill-formed input gives U+FFFD and moves on by at
// least one byte. Requires at < text.size().
char32_t next_code_point(std::string_view text, size_t& at);

// The code point that ends at `at`, moving `at` to its start. Requires 0 < at <= text.size().
char32_t previous_code_point(std::string_view text, size_t& at);

// Appends `c` as UTF-8.
void append_code_point(std::string& out, char32_t c);

// `bytes` with each ill-formed sequence replaced by U+FFFD (the replacement of the WHATWG encoding standard), and how
// many were replaced.
struct Repaired {
  std::string text;
  size_t replaced = 0;
};
Repaired repair_utf8(std::string_view bytes);

// Is there a character boundary at byte `at`? True at the end of the text too.
inline bool is_boundary(std::string_view text, size_t at) {
  return at == text.size() || (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

// Classes as Python's `re` and `str` define them, since the published scorer and the trial model were made with them:
// is_word is \w (letters, all kinds of numbers, underscore; combining marks are not in it), is_space is \s.
bool is_word(char32_t c);
bool is_space(char32_t c);
bool is_alpha(char32_t c);
bool is_digit(char32_t c);  // str.isdigit: decimal digits and superscripts and the like
bool is_upper(char32_t c);
bool is_lower(char32_t c);
bool is_title(char32_t c);
bool is_mark(char32_t c);         // combining marks: M*
bool is_nonspacing(char32_t c);   // Mn only
bool is_punctuation(char32_t c);  // general category P*
bool is_control(char32_t c);      // Cc, Cf, Cn, Co, Cs
// Was it a character by this version of Unicode? Noncharacters never are.
bool is_assigned(char32_t c, uint8_t version);

// Lower case by the full, untailored Unicode mapping (one code point may become several). Never used on text that spans point
// into: only on copies that are looked up.
std::string to_lower(std::string_view text);

// Canonical decomposition (NFD).
std::string to_nfd(std::string_view text);

// Maps byte offsets to code points and back in O(log n) after one pass. Holds no reference to the text.
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);
  size_t code_points() const { return code_points_; }
  // Code points before byte `at`. Requires at <= size and a character boundary.
  size_t to_code_point(size_t at) const;
  // Byte at which code point number `n` starts; the text's size for n == code_points(). Requires n <= code_points().
  size_t to_byte(size_t n) const;

 private:
  // For every block of 64 bytes: code points that start before it. Text is kept as a bitmap of starts.
  std::vector<uint32_t> before_;
  std::vector<uint64_t> starts_;
  size_t bytes_ = 0;
  size_t code_points_ = 0;
};

}  // namespace sayso
