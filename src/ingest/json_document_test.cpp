#include "ingest/json_document.h"

#include <nlohmann/json.hpp>

#include "ingest/drafts_test.h"

namespace sayso {
namespace {

std::string sentence_of(std::string_view document) {
  const std::vector<Draft> drafts = read_json_documents(document, {});
  REQUIRE(drafts.size() == 1);
  REQUIRE(drafts[0].error);
  return drafts[0].error->sentence();
}

TEST_CASE("an object by the usual field names, the rest as it is written") {
  const std::string_view document = R"({"id": 7, "title": "Lock", "text": "One.\n\n\"Two,\" she said.", "authors": ["Ann Lee", {"name": "Bo Ek"}], )"
                                    R"("date": "2025-03-04",
"source": {"name": "NCA"}, "url": "https://a.example/7", "lang": "en", "score": 1e999, "tags": [1, {"a": null}]})";
  const std::vector<Draft> drafts = read_json_documents(document, {});
  REQUIRE(drafts.size() == 1);
  const Draft& draft = drafts[0];
  CHECK(!draft.error);
  CHECK(show_blocks(draft) == "headline: Lock\nparagraph: One.\nparagraph: \"Two,\" she said.");
  CHECK(draft.member == "7");
  CHECK(draft.metadata.authors == std::vector<std::string>{"Ann Lee", "Bo Ek"});
  CHECK(draft.metadata.published == "2025-03-04");
  CHECK(draft.metadata.publisher == "NCA");
  CHECK(draft.metadata.canonical == "https://a.example/7");
  CHECK(draft.metadata.language == "en");
  REQUIRE(draft.extra.size() == 2);
  CHECK(extra_of(draft, "score") == "1e999");
  CHECK(extra_of(draft, "tags") == R"([1, {"a": null}])");
  check_places(draft, document, 0.8);
}

TEST_CASE("names of fields can be set; HTML is read as HTML") {
  IngestOptions options;
  options.fields.text = {"article.body"};
  const std::vector<Draft> drafts = read_json_documents(R"({"article": {"body": "<p>One.</p><p>T\u00e4o</p>"}, "text": "not this"})", options);
  REQUIRE(drafts.size() == 1);
  CHECK(show_blocks(drafts[0]) == "paragraph: One.\nparagraph: Täo");
  CHECK(extra_of(drafts[0], "text") == "\"not this\"");
  CHECK(show_blocks(read_json_documents(R"({"text": "5 < 6 & 7 > 3"})", {})[0]) == "paragraph: 5 < 6 & 7 > 3");
}

TEST_CASE("an array is several documents, a bad one does not spoil the others") {
  const std::vector<Draft> drafts = read_json_documents(R"([{"text": "A"}, {"id": "x", "text": "B"}, {"no": 1}, 4])", {});
  REQUIRE(drafts.size() == 4);
  CHECK(drafts[0].member == "item 1");
  CHECK(drafts[1].member == "x");
  REQUIRE(drafts[2].error);
  CHECK(drafts[2].member == "item 3");
  CHECK(drafts[3].error->sentence() == "the JSON holds no object with a text (byte 53). A document is an object, or a list of objects.");
}

TEST_CASE("naughty JSON") {
  CHECK(show_blocks(read_json_documents(R"({"text": "a", "text": "b"})", {})[0]) == "paragraph: b");
  CHECK(show_blocks(read_json_documents(R"({"text": "a\ud800b\ud83d\ude00\udc00\u0000"})", {})[0]) ==
        std::string("paragraph: a\uFFFDb😀\uFFFD") + '\0');
  CHECK(sentence_of(R"({"text": 1e999})") ==
        "the JSON object has no text: none of “text”, “body_text”, “content_text”, “article_text”, “body”, “content”, “maintext” (byte 0). Say which "
        "field holds it: --field text=NAME.");
  CHECK(sentence_of("[") == "the JSON ends too early (byte 1). Check that the file is whole.");
  CHECK(sentence_of("{\"a\" 1}") == "a colon is missing in the JSON (byte 5). Check that the file is whole.");
  CHECK(sentence_of(std::string(1'000'000, '[')) == "the JSON nests deeper than 512 (byte 512). Raise the limit with --limit json-depth=N.");
  for (const char* good : {"1", "-0.5e+7", "\"\\u00e9\\/\"", "[]", "{}", "[[],{}]", " {\"a\":[1,2,{\"b\":null}],\"c\":true} ",
                           "\"\\uD834\\uDD1E\""}) {
    CHECK(nlohmann::json::accept(good));
    CHECK(parse_json(good, {}).ok());
  }
  for (const char* bad : {"", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "\"\\x\"", "\"\\u12\"", "[1 2]", "{1:2}", "tru", "[}", "\"a", "1 1"})
    CHECK(!parse_json(bad, {}).ok());
}

TEST_CASE("a line of JSON Lines that is no JSON is an error and no text") {
  for (const char* line : {"of rain.\", \"title\": \"Rain\"}", "{broken", "# made by hand", "\"Rain.\"", "{\"text\": \"Rain"}) {
    const std::vector<Outcome> outcomes = ingest({"a", "line 1", line, "application/json"});
    REQUIRE(outcomes.size() == 1);
    CHECK_MESSAGE(!outcomes[0].document.ok(), line);
    CHECK(outcomes[0].member == "line 1");
  }
  CHECK(ingest({"a", std::nullopt, "<p>It rains, she said.</p>", "application/json"}).at(0).document.ok());  // a server's error page
}

}  // namespace
}  // namespace sayso
