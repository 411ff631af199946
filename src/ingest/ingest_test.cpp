#include "ingest/ingest.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include "base/hash.h"
#include "base/unicode.h"

namespace sayso {
namespace {

using namespace std::string_literals;

Result<Document> ingest_bytes(std::string bytes, size_t max_bytes = default_max_bytes) {
  return ingest({"a.txt", std::nullopt, std::move(bytes)}, max_bytes);
}

Document document_of(std::string bytes) {
  Result<Document> document = ingest_bytes(std::move(bytes));
  REQUIRE_MESSAGE(document.ok(), document.error().sentence());
  CHECK(is_utf8(document->text));
  CHECK(check_document(*document).ok());
  return std::move(*document);
}

std::string sentence_of(std::string bytes, size_t max_bytes = default_max_bytes) {
  const Result<Document> document = ingest_bytes(std::move(bytes), max_bytes);
  REQUIRE(!document.ok());
  return document.error().sentence();
}

std::string gzip(const std::string& bytes) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

TEST_CASE("text passes through, byte for byte") {
  const std::string text = "“It rains,” she said.\r\n\r\n\tNo – it 🌧️ does not; \x1b[31m <b>really</b>";
  const Document document = document_of(text);
  CHECK(document.text == text);
  CHECK(document.id == "sha256:" + sha256_hex(text));
  CHECK(document.source == "a.txt");
  CHECK(document.media_type == "text/plain");
  CHECK(document.warnings.empty());
}

TEST_CASE("a byte-order mark is dropped, and is part of what the id is made of") {
  const Document document = document_of("\xEF\xBB\xBF" "Rain.\n");
  CHECK(document.text == "Rain.\n");
  CHECK(document.id == "sha256:" + sha256_hex("\xEF\xBB\xBF" "Rain.\n"));
}

TEST_CASE("UTF-16 is decoded by its byte-order mark") {
  CHECK(document_of("\xFF\xFEH\0i\0\x3D\xD8\x00\xDE"s).text == "Hi😀");
  CHECK(document_of("\xFE\xFF\0H\0i\xD8\x3D\xDE\x00"s).text == "Hi😀");
  const Document broken = document_of("\xFF\xFEH\0\0\0\x00\xDEi\0\x3D"s);
  CHECK(broken.text == "H\uFFFD\uFFFDi\uFFFD");
  REQUIRE(broken.warnings.size() == 2);
  CHECK(broken.warnings[0].what == "2 ill-formed sequences were replaced by U+FFFD");
  CHECK(broken.warnings[0].span == Span{4, 7});
  CHECK(broken.warnings[1].span == Span{1, 4});
}

TEST_CASE("ill-formed UTF-8 is repaired with a warning that counts and points") {
  const Document document = document_of("A\0B \xEF\xBF\xBD \xEF\xBFx\x80 \xC3\xA9\n"s);
  CHECK(document.text == "A\uFFFDB \uFFFD \uFFFDx\uFFFD é\n");
  REQUIRE(document.warnings.size() == 2);
  CHECK(document.warnings[0].kind == "charset");
  CHECK(document.warnings[0].what == "2 ill-formed sequences were replaced by U+FFFD");
  CHECK(document.warnings[0].span == Span{10, 13});
  CHECK(document.warnings[1].kind == "nul");
  CHECK(document.warnings[1].what == "1 NUL character was replaced by U+FFFD");
  CHECK(document.warnings[1].span == Span{1, 4});
  CHECK(document_of("caf\xE9 na\xEFve").warnings[0].what ==
        "2 ill-formed sequences were replaced by U+FFFD; the text looks like Windows-1252 or another 8-bit encoding: "
        "convert it with iconv -f WINDOWS-1252 -t UTF-8");
  CHECK(document_of("cut \xE2\x80").warnings[0].span == Span{4, 7});
}

TEST_CASE("an empty text is a document with a warning") {
  for (const std::string& bytes : {""s, " \r\n\t"s, "\xEF\xBB\xBF"s, "\xFF\xFE"s}) {
    const Document document = document_of(bytes);
    REQUIRE(document.warnings.size() == 1);
    CHECK(document.warnings[0].kind == "empty");
    CHECK(document.warnings[0].what == "there is no text");
  }
}

TEST_CASE("gzip is unpacked, all members of it") {
  const std::string packed = gzip("It rains, ") + gzip("") + gzip("she said.") + std::string(600, '\0');
  const Document document = document_of(packed);
  CHECK(document.text == "It rains, she said.");
  CHECK(document.id == "sha256:" + sha256_hex(packed));
  const std::string large(1'000'000, 'a');
  CHECK(document_of(gzip(large)).text == large);
}

TEST_CASE("gzip never unpacks beyond the limit, and damage has its sentence") {
  CHECK(sentence_of(gzip(std::string(200'000, 'a')), 100'000) ==
        "the gzip file unpacks to more than the limit of 100000 bytes (a.txt). Raise the limit with --max-bytes, or split the file.");
  const std::string packed = gzip("The minister said that it rains, and went on saying so.");
  for (size_t size = 2; size < packed.size(); ++size)
    CHECK(sentence_of(packed.substr(0, size)) ==
          "the gzip data ends too early (a.txt). Fetch or pack it again; gzip -t tests a file.");
  std::string damaged = packed;
  damaged[packed.size() - 6] = static_cast<char>(damaged[packed.size() - 6] ^ 1);
  CHECK(sentence_of(damaged) == "the gzip data is damaged (a.txt). Fetch or pack it again; gzip -t tests a file.");
  CHECK(sentence_of(packed + "more") ==
        "something else stands behind the end of the gzip data (a.txt). Fetch or pack it again; gzip -t tests a file.");
  CHECK(sentence_of(gzip(packed)).starts_with("this is a gzip file inside a gzip file, and sayso reads only plain text so far (a.txt)."));
}

TEST_CASE("a text above the limit is refused") {
  CHECK(ingest_bytes("12345", 5).ok());
  CHECK(sentence_of("123456", 5) ==
        "the text is larger than the limit of 5 bytes (a.txt). Raise the limit with --max-bytes, or split the text.");
}

TEST_CASE("other formats are recognised by their content") {
  const auto refused_as = [](std::string bytes, const std::string& name) {
    CHECK(sentence_of(std::move(bytes)) == "this is " + name + ", and sayso reads only plain text so far (a.txt). "
          "Other formats come with a later version; until then convert it to text first.");
  };
  refused_as("%PDF-1.7\n...", "a PDF document");
  refused_as("PK\x03\x04....", "a zip archive (or a document packed as one, such as .docx, .odt or .epub)");
  refused_as("WARC/1.0\r\nWARC-Type: warcinfo\r\n", "a WARC web archive");
  refused_as("\n <!DOCTYPE html>\n<title>x</title>", "an HTML page");
  refused_as("<!-- made by hand -->\n<HTML lang=en>", "an HTML page");
  refused_as("<p>It rains.</p>\n<p>She said so.</p>\n", "an HTML page");
  refused_as("<?xml version='1.0'?><rss/>", "an XML document");
  refused_as("<nitf><body.content/></nitf>", "an XML document");
  refused_as("{\n  \"text\": \"It rains.\"}", "JSON");
  refused_as("[ {\"text\": \"It rains.\"}]", "JSON");
  refused_as(gzip("<html>"), "an HTML page");
  CHECK(sentence_of("\x89PNG\r\n\x1a\n") == "this is a picture (PNG), and sayso reads only plain text so far (a.txt).");
  CHECK(ingest_bytes("%PDF-1.7").error().kind == ErrorKind::unsupported);
}

TEST_CASE("text that merely contains a tag or a bracket is text") {
  for (const std::string text : {"<b>Rain</b> is coming, she said.", "The page began with <html>, he wrote.", "[1] “It rains,” she said.",
                                 "{sic} It rains.", "< 5 % of them said so >", "BZh is what she said", "[\"It rains,\" she said]", "<", "{", "["})
    CHECK(document_of(text).text == text);
}

TEST_CASE("binary is refused, a text with a few stray controls is not") {
  std::string noise;
  for (uint32_t i = 0, state = 1; i < 4096; ++i) {
    state = state * 1664525 + 1013904223;
    noise += static_cast<char>(state >> 24);
  }
  CHECK(sentence_of(noise) == "this is not text: it is full of control characters (a.txt). Name a text file, plain or packed with gzip.");
  std::string wide;
  for (const char c : "It rains, she said, and it will"s) wide += std::string(1, c) + '\0';
  CHECK(sentence_of(wide) == "this is not text: it is full of control characters (a.txt). "
        "If it is UTF-16 without a byte-order mark, convert it first: iconv -f UTF-16LE -t UTF-8.");
  CHECK(document_of("\0\0\0 she said \x07\x07"s).text == "\uFFFD\uFFFD\uFFFD she said \x07\x07");
}

}  // namespace
}  // namespace sayso
