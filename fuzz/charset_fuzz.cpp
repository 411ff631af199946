// Any bytes in any encoding: the text is well-formed UTF-8, the map ascends inside the input, and what is sniffed is an encoding.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/unicode.h"
#include "charset/charset.h"
#include "charset/mojibake.h"
#include "charset/sniff.h"

namespace {

void require(bool holds, const char* sentence) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", sentence);
  std::abort();
}

}  // namespace

// The first byte chooses the encoding, the second how much of the rest is a content type.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sayso;
  if (size < 2) return 0;
  const auto encoding = static_cast<Encoding>(data[0] % encodings);
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::string_view content_type = all.substr(2, data[1] % 64);
  const std::string_view bytes = all.substr(2 + content_type.size());

  const Decoded plain = decode(bytes, encoding);
  const Decoded mapped = decode(bytes, encoding, true);
  require(plain.text == mapped.text && plain.replaced == mapped.replaced, "a map changes the text");
  require(is_utf8(plain.text), "a decoded text is not UTF-8");
  require(plain.text.size() <= 3 * bytes.size(), "a text has more than three bytes for one");
  require((plain.replaced > 0) <= (plain.text.substr(plain.first_replaced, 3) == "\xEF\xBF\xBD"),
          "the first replaced piece is not where it is said to be");
  size_t last = 0, at = 0;
  while (at < mapped.text.size()) {
    const size_t from = mapped.map.to_input(at);
    require(from < bytes.size() && from >= last, "a map does not ascend inside the input");
    last = from;
    next_code_point(mapped.text, at);
  }
  require(mapped.map.to_input(mapped.text.size()) == bytes.size(), "a map does not end where the input ends");
  if (encoding == Encoding::utf_8) require((plain.replaced == 0) == (count_valid_utf8(bytes) == bytes.size()), "two opinions on what is UTF-8");

  for (const Sniffed& sniffed : {sniff_html(bytes, content_type), sniff_xml(bytes, content_type), sniff_text(bytes, content_type)}) {
    require(static_cast<size_t>(sniffed.encoding) < encodings, "an encoding that is none");
    require(!name_of(sniffed.evidence).empty(), "evidence without a name");
  }
  for (const Damage& damage : {find_mojibake(plain.text), find_escaped_entities(plain.text)}) {
    const size_t damage_end = damage.first + damage.first_size;
    require(damage.count == 0 || (damage.first_size > 0 && is_boundary(plain.text, damage.first) && is_boundary(plain.text, damage_end)),
            "damage is not where it is said to be");
  }
  return 0;
}
