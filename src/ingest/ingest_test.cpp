#include "ingest/ingest.h"

#include <chrono>

#include <doctest/doctest.h>

#include "archive/deflated.h"
#include "base/hash.h"
#include "base/unicode.h"

namespace sayso {
namespace {

using namespace std::string_literals;

Result<Document> ingest_bytes(std::string bytes, size_t max_bytes = Limits{}.document_bytes) {
  IngestOptions options;
  options.limits.document_bytes = max_bytes;
  std::vector<Outcome> outcomes = ingest({"a.txt", std::nullopt, std::move(bytes)}, options);
  REQUIRE(outcomes.size() == 1);
  return std::move(outcomes.front().document);
}

Document document_of(std::string bytes) {
  Result<Document> document = ingest_bytes(std::move(bytes));
  REQUIRE_MESSAGE(document.ok(), document.error().sentence());
  CHECK(is_utf8(document->text));
  CHECK(check_document(*document).ok());
  return std::move(*document);
}

std::string sentence_of(std::string bytes, size_t max_bytes = Limits{}.document_bytes) {
  const Result<Document> document = ingest_bytes(std::move(bytes), max_bytes);
  REQUIRE(!document.ok());
  return document.error().sentence();
}

std::string gzip(const std::string& bytes) { return deflate_bytes(bytes); }

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
  CHECK(broken.warnings[0].what == "2 ill-formed sequences were replaced by U+FFFD (read as UTF-16LE)");
  CHECK(broken.warnings[0].span == Span{4, 7});
  CHECK(broken.warnings[1].span == Span{1, 4});
}

TEST_CASE("ill-formed UTF-8 is repaired with a warning that counts and points") {
  const Document document = document_of("“é” à ü – “ö” ß ñ: A\0B \xEF\xBF\xBD \xEF\xBFx\x80 \xC3\xA9\n"s);
  CHECK(document.text == "“é” à ü – “ö” ß ñ: A\uFFFDB \uFFFD \uFFFDx\uFFFD é\n");
  REQUIRE(document.warnings.size() == 2);
  CHECK(document.warnings[0].kind == "charset");
  CHECK(document.warnings[0].what == "2 ill-formed sequences were replaced by U+FFFD (read as UTF-8)");
  CHECK(document.at(*document.warnings[0].span) == "\uFFFD");
  CHECK(document.warnings[0].span->begin > document.text.find("B"));
  CHECK(document.warnings[1].kind == "nul");
  CHECK(document.warnings[1].what == "1 NUL character was replaced by U+FFFD");
  CHECK(document.warnings[1].span->begin + 3 == document.text.find("B"));
}

TEST_CASE("a text that says nothing of its encoding is read as what it looks like, with a warning") {
  const Document document = document_of("Le caf\xE9 est ferm\xE9, a dit la ministre \xE0 midi. \x93Na\xEFve\x94, elle r\xE9pond.");
  CHECK(document.text == "Le café est fermé, a dit la ministre à midi. “Naïve”, elle répond.");
  REQUIRE(document.warnings.size() == 1);
  CHECK(document.warnings[0].what == "nothing says which encoding this is in; it was read as windows-1252");
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
  CHECK(ingest_bytes(gzip(std::string(200'000, 'a')), 100'000).error().kind == ErrorKind::bad_input);
  const std::string packed = gzip("The minister said that it rains, and went on saying so.");
  for (size_t size = 3; size < packed.size(); ++size) CHECK(ingest_bytes(packed.substr(0, size)).error().kind == ErrorKind::corrupt);
  std::string damaged = packed;
  damaged[packed.size() - 6] = static_cast<char>(damaged[packed.size() - 6] ^ 1);
  CHECK(ingest_bytes(damaged).error().kind == ErrorKind::corrupt);
}

TEST_CASE("a text above the limit is refused") {
  CHECK(ingest_bytes("12345", 5).ok());
  CHECK(sentence_of("123456", 5) ==
        "the text is larger than the limit of 5 bytes (a.txt). Raise the limit with --max-bytes, or split the text.");
}

TEST_CASE("formats are recognised by their content, and what is none is refused") {
  const auto type_of = [](std::string bytes) { return document_of(std::move(bytes)).media_type; };
  for (const char* page : {"\n <!DOCTYPE html>\n<title>x</title><p>It rains.", "<!-- made by hand -->\n<HTML lang=en><p>It rains.",
                           "<p>It rains.</p>\n<p>She said so.</p>\n"})
    CHECK(type_of(page) == "text/html");
  CHECK(type_of(gzip("<html><p>It rains.")) == "text/html");
  CHECK(type_of("<nitf><body><body.content><p>It rains.</p></body.content></body></nitf>") == "application/nitf+xml");
  CHECK(type_of("<!-- made by hand -->\n<rss version='2.0'><channel><item><title>Rain</title></item></channel></rss>") == "application/rss+xml");
  CHECK(type_of("{\n  \"text\": \"It rains.\"}") == "application/json");
  CHECK(sentence_of("PK\x03\x04....") ==
        "this is a zip archive (or a document packed as one, such as .docx, .odt or .epub), which sayso does not read (a.txt). Unpack it or convert "
        "it to text first.");
  CHECK(sentence_of("\x89PNG\r\n\x1a\n") == "this is a picture (PNG), which sayso does not read (a.txt).");
  CHECK(sentence_of("<?xml version='1.0'?><rss/>") == "the feed holds no items (a.txt). There is nothing to read in it.");
}

TEST_CASE("a page gives its article with what mark-up says of it, and what the page says of itself") {
  const Document document = document_of(
      "<html lang=en><head><meta charset=utf-8><title>Ferry sails again – The Courier</title><meta property='og:title' content='Ferry sails again'>"
      "<meta name=author content='Jane Doe'><meta property='article:published_time' content='2026-03-04T10:00:00+01:00'></head><body><nav><a "
      "href=/>Home</a> <a href=/n>News</a></nav><article><h1>Ferry sails again</h1><p>The ferry to Holm sails again, the harbour office "
      "said on Monday, after three weeks of silence in the port.</p><p>“We have changed the engine &amp; the pump,” said Marit Dahl, who leads "
      "the company that owns the ferry and two others.</p><blockquote><p>“Nobody complained,” she wrote to the council in a letter that the paper "
      "has "
      "seen.</p></blockquote></article><footer>Text: Jane Doe. All rights reserved</footer></body></html>");
  CHECK(document.title == "Ferry sails again");
  CHECK(document.authors == std::vector<std::string>{"Jane Doe"});
  CHECK(document.published == "2026-03-04T10:00:00+01:00");
  CHECK(document.language == "en");
  CHECK(document.text.starts_with("Ferry sails again\n\nThe ferry to Holm sails again, the harbour office said"));
  CHECK(document.text.find("“We have changed the engine & the pump,” said Marit Dahl") != std::string::npos);
  CHECK(document.text.find("All rights") == std::string::npos);
  REQUIRE(document.markup.size() >= 2);
  CHECK(document.markup[size_t{0}].kind == SectionKind::headline);
  CHECK(document.markup[document.markup.size() - 1].kind == SectionKind::quote_block);
}

TEST_CASE("on request each piece of the text leads back into the bytes") {
  const std::string page = "<html><head><meta charset=iso-8859-1></head><body><p>The caf\xE9 is open, the owner said, and the tea &amp; the cake are "
                           "ready for all who come.</p></body></html>";
  IngestOptions options;
  options.raw_map = true;
  const std::vector<Outcome> outcomes = ingest({"a.html", std::nullopt, page}, options);
  REQUIRE(outcomes.front().document.ok());
  const Document& document = *outcomes.front().document;
  CHECK(check_document(document).ok());
  REQUIRE(document.raw_map.ran());
  const uint32_t owner = static_cast<uint32_t>(document.text.find("owner"));
  bool found = false;
  for (const RawPiece& piece : document.raw_map)
    if (piece.begin <= owner && owner < piece.begin + piece.size) {
      found = true;
      CHECK(page.substr(piece.raw, piece.raw_size).find("owner") != std::string::npos);
    }
  CHECK(found);
}

TEST_CASE("a feed is a document an item, and an item's error stands in its place") {
  const std::vector<Outcome> outcomes = ingest({"feed.xml", std::nullopt,
      "<?xml version='1.0'?><rss version='2.0'><channel><title>Courier</title><item><title>One</title><guid>g1</guid><description>It rains, she "
      "said.</description></item><item><title>Two</title><guid>g2</guid><description>It snows, he said.</description></item></channel></rss>"});
  REQUIRE(outcomes.size() == 2);
  for (const Outcome& outcome : outcomes) REQUIRE(outcome.document.ok());
  CHECK(outcomes[0].document->title == "One");
  CHECK(outcomes[1].document->text.find("It snows, he said.") != std::string::npos);
  CHECK(outcomes[0].member != outcomes[1].member);
  CHECK(outcomes[0].document->id == outcomes[1].document->id);
}

TEST_CASE("items of one id are told apart by number, however many they are") {
  const auto feed = [](const std::string& items) {
    return Input{"feed.xml", std::nullopt, "<?xml version='1.0'?><rss><channel>" + items + "</channel></rss>"};
  };
  std::vector<std::string> members;
  for (const char* id : {"a", "a (2)", "a", "a", "a (2)"}) members.push_back("<item><guid>" + std::string(id) + "</guid><title>Rain</title></item>");
  const std::vector<Outcome> outcomes = ingest(feed(members[0] + members[1] + members[2] + members[3] + members[4]));
  REQUIRE(outcomes.size() == 5);
  const char* const expected[] = {"a", "a (2)", "a (3)", "a (4)", "a (2) (2)"};
  for (size_t i = 0; i < 5; ++i) CHECK(outcomes[i].member == expected[i]);

  std::string many;
  for (int i = 0; i < 20'000; ++i) many += members[0];
  const auto begun = std::chrono::steady_clock::now();
  std::optional<std::string> last;
  ingest(feed(many), {}, [&](const Outcome& outcome, size_t count) {
    CHECK(count == 20'000);
    last = outcome.member;
    return true;
  });
  CHECK(last == "a (20000)");
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(10));  // it was two hundred million numbers that were tried
}

TEST_CASE("who wants no more of a feed's documents gets no more") {
  std::string read;
  ingest({"feed.xml", std::nullopt,
          "<?xml version='1.0'?><rss><channel><item><title>One</title></item><item><title>Two</title></item><item><title>Three</title></item>"
          "</channel></rss>"},
         {}, [&](const Outcome& outcome, size_t) {
           read += outcome.document->title.value_or("-") + " ";
           return read.size() < 8;
         });
  CHECK(read == "One Two ");
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
  CHECK(sentence_of(noise) == "this is not text: it is full of control characters (a.txt). Name a text, a page or an archive of them.");
  CHECK(document_of("\0\0\0 she said \x07\x07"s).text == "\uFFFD\uFFFD\uFFFD she said \x07\x07");
}

}  // namespace
}  // namespace sayso
