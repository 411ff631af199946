// sayso_decode: the decoders and the sniffing over what charsets.py sends.
//
// usage: sayso_decode < requests > answers
// A request: what is asked (32 bits, little-endian), a label or content type and bytes, each as a 32-bit size and its bytes.
//   0 decode in the label's encoding   1 the encoding of a label   2 meta prescan   3 sniff as HTML   4 as XML   5 as text
//   6 damage (mojibake and twice escaped references) in UTF-8
//   7 decode only, for its time: the label's encoding, with a map if the label ends in “+”
// An answer: two 32-bit numbers, then a 32-bit size and as many bytes: pieces replaced, where the first stands, the text (0); the name (1–5, with the
// evidence behind a blank in 3–5); counts (6); microseconds, replaced (7).
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <string>

#include "charset/charset.h"
#include "charset/mojibake.h"
#include "charset/sniff.h"

using namespace sayso;

namespace {

bool read_bytes(std::string& bytes) {
  uint32_t size;
  if (std::fread(&size, sizeof size, 1, stdin) != 1) return false;
  bytes.resize(size);
  return size == 0 || std::fread(bytes.data(), 1, size, stdin) == size;
}

std::string say(const Sniffed& sniffed) { return std::string(name_of(sniffed.encoding)) + " " + std::string(name_of(sniffed.evidence)); }

}  // namespace

int main() {
  std::string label, bytes;
  for (uint32_t asked; std::fread(&asked, sizeof asked, 1, stdin) == 1;) {
    if (!read_bytes(label) || !read_bytes(bytes)) { std::cerr << "a request is cut short\n"; return 1; }
    size_t numbers[2] = {0, 0};
    std::string text;
    if (asked == 0 || asked == 7) {
      const bool with_map = label.ends_with('+');
      const auto encoding = find_encoding(label.substr(0, label.size() - with_map));
      if (!encoding) { std::cerr << "no encoding is called " << label << "\n"; return 1; }
      const auto begun = std::chrono::steady_clock::now();
      Decoded decoded = decode(bytes, *encoding, with_map);
      const auto time = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
      numbers[0] = asked == 0 ? decoded.replaced : static_cast<size_t>(time.count());
      numbers[1] = asked == 0 ? decoded.first_replaced : decoded.replaced;
      if (asked == 0) text = std::move(decoded.text);
    } else if (asked == 1 || asked == 2) {
      const auto found = asked == 1 ? find_encoding(label) : find_meta_charset(bytes);
      if (found) text = name_of(*found);
    } else if (asked == 6) {
      numbers[0] = find_mojibake(bytes).count;
      numbers[1] = find_escaped_entities(bytes).count;
    } else {
      text = say(asked == 3 ? sniff_html(bytes, label) : asked == 4 ? sniff_xml(bytes, label) : sniff_text(bytes, label));
    }
    const uint32_t head[3] = {static_cast<uint32_t>(numbers[0]), static_cast<uint32_t>(numbers[1]), static_cast<uint32_t>(text.size())};
    if (std::fwrite(head, sizeof head[0], 3, stdout) != 3 || std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
      std::cerr << "cannot write\n";
      return 1;
    }
    std::fflush(stdout);
  }
  return 0;
}
