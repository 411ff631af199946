#include "charset/charset.h"

#include <doctest/doctest.h>

#include "base/unicode.h"

namespace sayso {
namespace {

using namespace std::string_literals;

std::string text_of(std::string_view bytes, Encoding encoding) {
  const Decoded plain = decode(bytes, encoding), mapped = decode(bytes, encoding, true);
  CHECK(is_utf8(plain.text));
  CHECK(plain.text == mapped.text);
  size_t last = 0;
  for (size_t at = 0; at <= mapped.text.size(); ++at) {
    CHECK(mapped.map.to_input(at) >= last);
    last = mapped.map.to_input(at);
  }
  CHECK(last == bytes.size());
  return plain.text;
}

TEST_CASE("labels are found in any case, with white space around them") {
  CHECK(find_encoding("utf8") == Encoding::utf_8);
  CHECK(find_encoding(" \tLatin1\r\n") == Encoding::windows_1252);
  CHECK(find_encoding("us-ascii") == Encoding::windows_1252);
  CHECK(find_encoding("x-sjis") == Encoding::shift_jis);
  CHECK(find_encoding("gb2312") == Encoding::gbk);
  CHECK(find_encoding("hz-gb-2312") == Encoding::replacement);
  CHECK(find_encoding("utf-16") == Encoding::utf_16le);
  CHECK(!find_encoding(""));
  CHECK(!find_encoding("utf 8"));
  CHECK(!find_encoding("utf-8\v"));
  CHECK(!find_encoding(std::string(1000, 'u')));
  for (size_t k = 0; k < encodings; ++k) CHECK(find_encoding(name_of(static_cast<Encoding>(k))) == static_cast<Encoding>(k));
}

TEST_CASE("the enumerators have the names of the standard") {
  CHECK(name_of(Encoding::utf_8) == "UTF-8");
  CHECK(name_of(Encoding::iso_8859_8_i) == "ISO-8859-8-I");
  CHECK(name_of(Encoding::koi8_u) == "KOI8-U");
  CHECK(name_of(Encoding::windows_1252) == "windows-1252");
  CHECK(name_of(Encoding::x_mac_cyrillic) == "x-mac-cyrillic");
  CHECK(name_of(Encoding::gbk) == "GBK");
  CHECK(name_of(Encoding::euc_kr) == "EUC-KR");
  CHECK(name_of(Encoding::x_user_defined) == "x-user-defined");
}

TEST_CASE("UTF-8 is copied, and ill-formed pieces are replaced as far as they could have been a character") {
  CHECK(text_of("Åse – 🌧", Encoding::utf_8) == "Åse – 🌧");
  CHECK(text_of("\xEF\xBB\xBF" "a", Encoding::utf_8) == "a");
  CHECK(text_of("a\xE2\x80", Encoding::utf_8) == "a\uFFFD");
  CHECK(text_of("\xF0\x9F\x8C" "b", Encoding::utf_8) == "\uFFFDb");
  CHECK(text_of("\xE0\x80\x80", Encoding::utf_8) == "\uFFFD\uFFFD\uFFFD");
  CHECK(text_of("\xED\xA0\x80", Encoding::utf_8) == "\uFFFD\uFFFD\uFFFD");
  CHECK(text_of("\xF4\x90\x80\x80", Encoding::utf_8) == "\uFFFD\uFFFD\uFFFD\uFFFD");
  CHECK(text_of("\xC0\xAF", Encoding::utf_8) == "\uFFFD\uFFFD");
  const Decoded decoded = decode("\uFFFD \xFF \xE2\x80 x", Encoding::utf_8);
  CHECK(decoded.replaced == 2);
  CHECK(decoded.first_replaced == 4);
}

TEST_CASE("UTF-16, with surrogates alone and cut ends") {
  CHECK(text_of("\xFF\xFEH\0i\0\x3D\xD8\x00\xDE"s, Encoding::utf_16le) == "Hi😀");
  CHECK(text_of("\0H\0i\xD8\x3D\xDE\x00"s, Encoding::utf_16be) == "Hi😀");
  CHECK(text_of("\x00\xDEi\0\x3D\xD8i\0"s, Encoding::utf_16le) == "\uFFFDi\uFFFDi");
  CHECK(text_of("i\0\x3D\xD8i"s, Encoding::utf_16le) == "i\uFFFD");
  CHECK(text_of("i\0i"s, Encoding::utf_16le) == "i\uFFFD");
}

TEST_CASE("single bytes") {
  CHECK(text_of("\x80 \x93\xE9\x94 \x81", Encoding::windows_1252) == "€ “é” \u0081");
  CHECK(text_of("\xCF\xF0\xE8\xE2\xE5\xF2", Encoding::windows_1251) == "Привет");
  CHECK(text_of("\xF0\xD2\xC9\xD7\xC5\xD4", Encoding::koi8_r) == "Привет");
  CHECK(text_of("a\xFF", Encoding::windows_874) == "a\uFFFD");
  CHECK(text_of("\x7F\x80\xFF", Encoding::x_user_defined) == "\x7F\uF780\uF7FF");
  CHECK(text_of("anything", Encoding::replacement) == "\uFFFD");
  CHECK(text_of("", Encoding::replacement) == "");
}

TEST_CASE("East Asian encodings") {
  CHECK(text_of("\xA4\xA4\xA4\xE5 \x88\x62", Encoding::big5) == "中文 Ê\u0304");
  CHECK(text_of("\xD6\xD0\xCE\xC4 \x80 \x81\x30\x81\x30", Encoding::gb18030) == "中文 € \u0080");
  CHECK(text_of("\x90\x30\x81\x30", Encoding::gbk) == "𐀀");
  CHECK(text_of("\xC6\xFC\xCB\xDC \x8E\xB1 \x8F\xB0\xA1", Encoding::euc_jp) == "日本 ｱ 丂");
  CHECK(text_of("\x93\xFA\x96\x7B \xB1", Encoding::shift_jis) == "日本 ｱ");
  CHECK(text_of("\x1B$BF|K\\\x1B(B ok \x1B(J\\\x1B(I1", Encoding::iso_2022_jp) == "日本 ok ¥ｱ");
  CHECK(text_of("\xC7\xD1\xB1\xB9", Encoding::euc_kr) == "한국");
}

TEST_CASE("an ASCII byte behind a lead byte is not lost") {
  CHECK(text_of("\x81<b>", Encoding::shift_jis) == "\uFFFD<b>");
  CHECK(text_of("\xFE<b>", Encoding::big5) == "\uFFFD<b>");
  CHECK(text_of("\xA4<b>", Encoding::euc_jp) == "\uFFFD<b>");
  CHECK(text_of("\x8F\xA1<b>", Encoding::euc_jp) == "\uFFFD<b>");
  CHECK(text_of("\xC7<b>", Encoding::euc_kr) == "\uFFFD<b>");
  CHECK(text_of("\x81\x30\x81<b>", Encoding::gb18030) == "\uFFFD0\uFFFD<b>");
  CHECK(text_of("\x81\x30", Encoding::gb18030) == "\uFFFD");
  CHECK(text_of("\x1B$B\x1B(B", Encoding::iso_2022_jp) == "\uFFFD");
  CHECK(text_of("\x1B$x", Encoding::iso_2022_jp) == "\uFFFD$x");
}

TEST_CASE("the map leads from the text to the bytes") {
  const Decoded decoded = decode("ab\xE9 \xCF\xFF.", Encoding::windows_1253, true);
  REQUIRE(decoded.text == "abι Ο\uFFFD.");
  CHECK(decoded.map.to_input(0) == 0);
  CHECK(decoded.map.to_input(2) == 2);
  CHECK(decoded.map.to_input(4) == 3);
  CHECK(decoded.map.to_input(5) == 4);
  CHECK(decoded.map.to_input(7) == 5);
  CHECK(decoded.map.to_input(10) == 6);
  CHECK(decoded.map.to_input(11) == 7);
  const Decoded marked = decode("\xEF\xBB\xBF" "Åse", Encoding::utf_8, true);
  CHECK(marked.map.to_input(0) == 3);
  CHECK(marked.map.to_input(2) == 5);
  CHECK(marked.map.to_input(marked.text.size()) == 7);
  CHECK(marked.map.runs().size() == 1);
  CHECK(decode(std::string(10000, '\xE9'), Encoding::windows_1252, true).map.runs().size() == 1);
}

TEST_CASE("every run length of ASCII before, between and after other bytes") {
  for (size_t before = 0; before < 70; ++before)
    for (size_t after : {0, 1, 7, 8, 9, 40}) {
      const std::string bytes = std::string(before, 'a') + "\xE9" + std::string(after, 'b') + "\xE9";
      CHECK(text_of(bytes, Encoding::windows_1252) == std::string(before, 'a') + "é" + std::string(after, 'b') + "é");
      CHECK(count_ascii(bytes) == before);
    }
}

}  // namespace
}  // namespace sayso
