#include "text/clusters.h"

#include <unicode/uchar.h>

#include "base/unicode.h"

namespace sayso {

namespace {

int break_class(char32_t c) {
  return is_space(c) ? U_GCB_CONTROL : u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_GRAPHEME_CLUSTER_BREAK);
}

bool is_pictographic(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EXTENDED_PICTOGRAPHIC); }

}  // namespace

size_t cluster_end(std::string_view text, size_t at) {
  const auto ascii = [&](size_t i) { return i >= text.size() || static_cast<unsigned char>(text[i]) < 0x80; };
  if (ascii(at) && ascii(at + 1)) return at + 1;

  char32_t c = next_code_point(text, at);
  int before = break_class(c);
  bool picture = is_pictographic(c);              // the cluster is a picture and marks behind it …
  bool joined = false;                            // … and ends with the joiner that may take another (rule GB11)
  bool flag = before == U_GCB_REGIONAL_INDICATOR;  // half a flag, that takes one more half (GB12, GB13)
  while (at < text.size()) {
    size_t next = at;
    c = next_code_point(text, next);
    const int after = break_class(c);
    if (before == U_GCB_CONTROL || before == U_GCB_CR || before == U_GCB_LF || after == U_GCB_CONTROL || after == U_GCB_CR ||
        after == U_GCB_LF)
      break;  // GB4, GB5; CR LF is white space and nobody asks for its clusters
    const bool hangul = (before == U_GCB_L && (after == U_GCB_L || after == U_GCB_V || after == U_GCB_LV || after == U_GCB_LVT)) ||
                        ((before == U_GCB_LV || before == U_GCB_V) && (after == U_GCB_V || after == U_GCB_T)) ||
                        ((before == U_GCB_LVT || before == U_GCB_T) && after == U_GCB_T);  // GB6 to GB8
    const bool attached = after == U_GCB_EXTEND || after == U_GCB_ZWJ || after == U_GCB_SPACING_MARK;  // GB9, GB9a
    const bool more_picture = joined && is_pictographic(c);
    const bool second_half = flag && after == U_GCB_REGIONAL_INDICATOR;
    if (!hangul && !attached && before != U_GCB_PREPEND && !more_picture && !second_half) break;
    if (before == U_GCB_PREPEND && !attached) {
      picture = is_pictographic(c);
      flag = after == U_GCB_REGIONAL_INDICATOR;
    } else {
      picture = picture && (after == U_GCB_EXTEND || after == U_GCB_ZWJ || more_picture);
      flag = false;
    }
    joined = picture && after == U_GCB_ZWJ;
    before = after;
    at = next;
  }
  return at;
}

}  // namespace sayso
