#include "charset/sniff.h"

#include <doctest/doctest.h>

#include <string>

namespace sayso {
namespace {

using namespace std::string_literals;

std::string said(const Sniffed& sniffed) { return std::string(name_of(sniffed.encoding)) + ", " + std::string(name_of(sniffed.evidence)); }

TEST_CASE("a page: mark, header, meta, bytes, in that order") {
  const std::string meta = "<!doctype html><meta charset=iso-8859-2>\xB1";
  CHECK(said(sniff_html("\xEF\xBB\xBF" + meta, "text/html; charset=koi8-r")) == "UTF-8, bom");
  CHECK(said(sniff_html(meta, "text/html; charset=koi8-r")) == "KOI8-R, header");
  CHECK(said(sniff_html(meta, "text/html; charset=nonsense")) == "ISO-8859-2, meta");
  CHECK(said(sniff_html(meta)) == "ISO-8859-2, meta");
  CHECK(said(sniff_html("<p>é")) == "UTF-8, detected");
  CHECK(said(sniff_html("<p>e")) == "UTF-8, default");
  CHECK(said(sniff_html("<p>\x93Rain\x94")) == "windows-1252, default");
}

TEST_CASE("the charset of a content type") {
  CHECK(find_header_charset("text/html; charset=utf-8") == Encoding::utf_8);
  CHECK(find_header_charset("text/html;a=b; Charset = \"Shift_JIS\"; x") == Encoding::shift_jis);
  CHECK(find_header_charset("text/html; a=\"; charset=koi8-r\"; charset='big5'") == Encoding::big5);
  CHECK(!find_header_charset("text/html; charset"));
  CHECK(!find_header_charset("text/html; charset="));
  CHECK(!find_header_charset("charset=utf-8"));
  CHECK(!find_header_charset(""));
  CHECK(!find_header_charset("text/html; charset=\""));
}

TEST_CASE("meta elements, as the standard's prescan reads them") {
  CHECK(find_meta_charset("<META http-equiv=content-type content='text/html; charset=\"windows-1251\"'>") == Encoding::windows_1251);
  CHECK(!find_meta_charset("<meta content='text/html; charset=windows-1251'>"));
  CHECK(!find_meta_charset("<!-- <meta charset=big5> --><p title='<meta charset=big5>'>"));
  CHECK(!find_meta_charset("<meta charset=big5"));
  CHECK(find_meta_charset("<!--><meta charset=big5>") == Encoding::big5);
  CHECK(find_meta_charset("<meta charset=utf-16>") == Encoding::utf_8);
  CHECK(find_meta_charset("<meta charset=x-user-defined>") == Encoding::windows_1252);
  CHECK(find_meta_charset("<meta charset=nonsense><meta charset=big5>") == Encoding::big5);
  CHECK(find_meta_charset("<meta charset=big5 charset=koi8-r>") == Encoding::big5);
  CHECK(find_meta_charset("<?xml version='1.0' encoding='koi8-r'?><p>") == Encoding::koi8_r);
  CHECK(find_meta_charset("<?xml version='1.0' encoding='koi8-r'?><meta charset=big5>") == Encoding::big5);
}

TEST_CASE("a meta element behind the first 1024 bytes is found where a parser would find it") {
  const std::string script = "<script>document.write('<meta charset=koi8-r>')</script>";
  CHECK(find_meta_charset(script) == Encoding::koi8_r);  // the prescan knows of no scripts
  const std::string far = "<title>" + std::string(2000, 'x') + "</title>";
  CHECK(find_meta_charset(far + "<meta charset=big5>") == Encoding::big5);
  CHECK(find_meta_charset(far + script + "<meta charset=big5>") == Encoding::big5);
  CHECK(!find_meta_charset(far + script));
  CHECK(!find_meta_charset(std::string(100'000, ' ') + "<meta charset=big5>"));
}

TEST_CASE("XML: mark, header, declaration, else UTF-8") {
  const std::string declared = "\n<?xml version=\"1.0\" encoding = 'iso-8859-15' ?><a/>";
  CHECK(said(sniff_xml(declared)) == "ISO-8859-15, declaration");
  CHECK(said(sniff_xml(declared, "application/xml;charset=gbk")) == "GBK, header");
  CHECK(said(sniff_xml("<a>é</a>")) == "UTF-8, detected");
  CHECK(said(sniff_xml("<a/>")) == "UTF-8, default");
  CHECK(said(sniff_xml("<?xml version='1.0' encoding='utf-16'?><a/>")) == "UTF-8, declaration");
  CHECK(said(sniff_xml("<\0?\0x\0m\0l\0"s)) == "UTF-16LE, declaration");
  CHECK(said(sniff_xml("\0<\0?\0x\0m\0l"s)) == "UTF-16BE, declaration");
  CHECK(!find_xml_encoding("<?xml encoding='koi8-r'"));
}

TEST_CASE("plain text: mark, header, UTF-8, UTF-16, what letters say") {
  CHECK(said(sniff_text("\xFE\xFF\0a"s)) == "UTF-16BE, bom");
  CHECK(said(sniff_text("a", "text/plain; charset=big5")) == "Big5, header");
  CHECK(said(sniff_text("R\0a\0i\0n\0 \0\x1C\x20n\0o\0w\0"s)) == "UTF-16LE, detected");
  CHECK(said(sniff_text("\0R\0a\0i\0n"s)) == "UTF-16BE, detected");
  CHECK(said(sniff_text("")) == "UTF-8, default");
  CHECK(said(sniff_text("\x1B$BF|K\\\x1B(B")) == "ISO-2022-JP, detected");
  CHECK(said(sniff_text("\x1B[31m \x1B$ red")) == "UTF-8, default");
}

TEST_CASE("UTF-8 with a few wounds is still UTF-8") {
  CHECK(said(sniff_text("é è à ü ö \xE9 x")) == "UTF-8, detected");
  CHECK(said(sniff_text("caf\xE9")) == "windows-1252, default");
}

TEST_CASE("a detector is asked about the rest, and sees the bytes beyond ASCII wherever they stand") {
  // A sentence of ours in Russian, Japanese, Chinese and Korean.
  const std::string russian = "\xCC\xE8\xED\xE8\xF1\xF2\xF0 \xF1\xEA\xE0\xE7\xE0\xEB, \xF7\xF2\xEE \xEF\xEE\xF0\xF2 \xEE\xF2\xEA\xF0\xEE\xFE\xF2 "
                              "\xE2 \xEF\xEE\xED\xE5\xE4\xE5\xEB\xFC\xED\xE8\xEA.";
  const std::string ascii(100'000, 'a');
  CHECK(said(sniff_text(russian)) == "windows-1251, detected");
  CHECK(said(sniff_text(ascii + russian + ascii)) == "windows-1251, detected");
  CHECK(said(sniff_text("\x91\xE5\x90\x62\x82\xCD\x8D\x60\x82\xAA\x8C\x8E\x97\x6A\x82\xC9\x8A\x4A\x82\xAD\x82\xC6"
                        "\x8C\xBE\x82\xC1\x82\xBD\x81\x42")) ==
        "Shift_JIS, detected");
  CHECK(said(sniff_text("\xC0\xE5\xB0\xFC\xC0\xBA \xC7\xD7\xB1\xB8\xB0\xA1 \xBF\xF9\xBF\xE4\xC0\xCF\xBF\xA1 \xBF\xAD\xB8\xB0\xB4\xD9\xB0\xED "
                        "\xB8\xBB\xC7\xDF\xB4\xD9.")) == "EUC-KR, detected");
  CHECK(said(sniff_text("In \xC5lesund, Troms\xF8")) != "ISO-8859-13, detected");
}

TEST_CASE("whatever the bytes, an answer") {
  for (unsigned first = 0; first < 256; ++first)
    for (const char* rest : {"", "<", "\xFF", "<meta charset", "<?xml encoding='"}) {
      const std::string bytes = std::string(1, static_cast<char>(first)) + rest;
      CHECK(static_cast<size_t>(sniff_html(bytes, bytes).encoding) < encodings);
      CHECK(static_cast<size_t>(sniff_xml(bytes, bytes).encoding) < encodings);
      CHECK(static_cast<size_t>(sniff_text(bytes, bytes).encoding) < encodings);
    }
}

}  // namespace
}  // namespace sayso
