#include "base/unicode.h"

#include <unicode/uchar.h>
#include <unicode/ucasemap.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <cassert>

namespace sayso {

char32_t next_code_point(std::string_view text, size_t& at) {
  // U8_NEXT wants 32-bit offsets; a window of at most four bytes keeps any text size safe.
  const int32_t n = static_cast<int32_t>(std::min<size_t>(4, text.size() - at));
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data() + at);
  int32_t i = 0;
  UChar32 c;
  U8_NEXT(bytes, i, n, c);
  at += static_cast<size_t>(i);
  return c < 0 ? 0xFFFD : static_cast<char32_t>(c);
}

char32_t previous_code_point(std::string_view text, size_t& at) {
  const size_t from = at - std::min<size_t>(4, at);
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data() + from);
  int32_t i = static_cast<int32_t>(at - from);
  UChar32 c;
  U8_PREV(bytes, 0, i, c);
  at = from + static_cast<size_t>(i);
  return c < 0 ? 0xFFFD : static_cast<char32_t>(c);
}

void append_code_point(std::string& out, char32_t c) {
  uint8_t bytes[U8_MAX_LENGTH];
  int32_t n = 0;
  UBool failed = false;
  U8_APPEND(bytes, n, U8_MAX_LENGTH, static_cast<UChar32>(c), failed);
  if (failed) { out += "\xEF\xBF\xBD"; return; }
  out.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(n));
}

bool is_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  for (size_t at = 0; at < text.size();) {
    if (bytes[at] < 0x80) { ++at; continue; }
    const int32_t n = static_cast<int32_t>(std::min<size_t>(4, text.size() - at));
    int32_t i = 0;
    UChar32 c;
    const uint8_t* here = bytes + at;
    U8_NEXT(here, i, n, c);
    if (c < 0) return false;
    at += static_cast<size_t>(i);
  }
  return true;
}

Repaired repair_utf8(std::string_view bytes) {
  Repaired out;
  out.text.reserve(bytes.size());
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  for (size_t at = 0; at < bytes.size();) {
    const int32_t n = static_cast<int32_t>(std::min<size_t>(4, bytes.size() - at));
    int32_t i = 0;
    UChar32 c;
    const uint8_t* here = data + at;
    U8_NEXT(here, i, n, c);
    if (c < 0) {
      out.text += "\xEF\xBF\xBD";
      ++out.replaced;
    } else {
      out.text.append(bytes, at, static_cast<size_t>(i));
    }
    at += static_cast<size_t>(i);
  }
  return out;
}

bool is_alpha(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_L_MASK) != 0; }
bool is_word(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}
bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0x2028 || c == 0x2029 || u_charType(static_cast<UChar32>(c)) == U_SPACE_SEPARATOR;
}
bool is_digit(char32_t c) {
  const int type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE);
  return type == U_NT_DECIMAL || type == U_NT_DIGIT;
}
bool is_upper(char32_t c) { return u_isUUppercase(static_cast<UChar32>(c)); }
bool is_lower(char32_t c) { return u_isULowercase(static_cast<UChar32>(c)); }
bool is_title(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_TITLECASE_LETTER; }
bool is_mark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }
bool is_nonspacing(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK; }
bool is_punctuation(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_P_MASK) != 0; }
bool is_control(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_C_MASK)) != 0; }
bool is_assigned(char32_t c, uint8_t version) {
  UVersionInfo age;
  u_charAge(static_cast<UChar32>(c), age);
  return u_charType(static_cast<UChar32>(c)) != U_UNASSIGNED && age[0] <= version;
}

std::string to_lower(std::string_view text) {
  bool ascii = true;
  for (unsigned char c : text) ascii &= c < 0x80;
  std::string out(text);
  if (ascii) {
    for (char& c : out)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
  }
  // The map is immutable after it is made and ICU documents it as safe to share between threads.
  static const UCaseMap* const root = [] {
    UErrorCode error = U_ZERO_ERROR;
    return ucasemap_open("", 0, &error);
  }();
  UErrorCode error = U_ZERO_ERROR;
  out.resize(text.size() * 3 + 8);
  const int32_t n = ucasemap_utf8ToLower(root, out.data(), static_cast<int32_t>(out.size()), text.data(),
                                         static_cast<int32_t>(text.size()), &error);
  assert(U_SUCCESS(error));
  out.resize(static_cast<size_t>(n));
  return out;
}

std::string to_nfd(std::string_view text) {
  bool ascii = true;
  for (unsigned char c : text) ascii &= c < 0x80;
  if (ascii) return std::string(text);
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&error);
  assert(U_SUCCESS(error));
  std::u16string wide(text.size() + 1, 0);
  int32_t n = 0;
  u_strFromUTF8WithSub(reinterpret_cast<UChar*>(wide.data()), static_cast<int32_t>(wide.size()), &n, text.data(),
                       static_cast<int32_t>(text.size()), 0xFFFD, nullptr, &error);
  std::u16string flat(wide.size() * 4 + 32, 0);
  n = unorm2_normalize(nfd, reinterpret_cast<const UChar*>(wide.data()), n, reinterpret_cast<UChar*>(flat.data()),
                       static_cast<int32_t>(flat.size()), &error);
  assert(U_SUCCESS(error));
  std::string out(static_cast<size_t>(n) * 3 + 1, 0);
  int32_t m = 0;
  u_strToUTF8(out.data(), static_cast<int32_t>(out.size()), &m, reinterpret_cast<const UChar*>(flat.data()), n, &error);
  assert(U_SUCCESS(error));
  out.resize(static_cast<size_t>(m));
  return out;
}

CodePointIndex::CodePointIndex(std::string_view text) : bytes_(text.size()) {
  const size_t blocks = text.size() / 64 + 1;
  starts_.assign(blocks, 0);
  before_.assign(blocks, 0);
  for (size_t block = 0; block < blocks; ++block) {
    before_[block] = static_cast<uint32_t>(code_points_);
    uint64_t bits = 0;
    const size_t end = std::min(text.size(), block * 64 + 64);
    for (size_t at = block * 64; at < end; ++at)
      if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) bits |= uint64_t{1} << (at & 63);
    starts_[block] = bits;
    code_points_ += static_cast<size_t>(std::popcount(bits));
  }
}

size_t CodePointIndex::to_code_point(size_t at) const {
  assert(at <= bytes_);
  const size_t block = at / 64;
  const uint64_t below = (uint64_t{1} << (at & 63)) - 1;
  return before_[block] + static_cast<size_t>(std::popcount(starts_[block] & below));
}

size_t CodePointIndex::to_byte(size_t n) const {
  assert(n <= code_points_);
  if (n == code_points_) return bytes_;
  const auto after = std::upper_bound(before_.begin(), before_.end(), static_cast<uint32_t>(n));
  const size_t block = static_cast<size_t>(after - before_.begin()) - 1;
  uint64_t bits = starts_[block];
  for (size_t k = n - before_[block]; k > 0; --k) bits &= bits - 1;
  return block * 64 + static_cast<size_t>(std::countr_zero(bits));
}

}  // namespace sayso
