#include "page/json_ld.h"

#include <doctest/doctest.h>

namespace sayso {
namespace {

LinkedData read(std::string_view json) { return read_json_ld({json}); }

TEST_CASE("an article's fields") {
  const LinkedData data = read(R"({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Lock opens", "datePublished": )"
                               R"("2024-03-05T08:00:00+01:00",
    "dateModified": "2024-03-06", "inLanguage": "en", "url": "https://a.example/1", "author": [{"@type": "Person", "name": "Åse Lund"}, {"@type": )"
                               R"("Person", "name": "Kai West"}],
    "publisher": {"@type": "Organization", "name": "Ostmark Post"}})");
  CHECK(data.article);
  CHECK(data.title == "Lock opens");
  CHECK(data.authors == std::vector<std::string>{"Åse Lund", "Kai West"});
  CHECK(data.published == "2024-03-05T08:00:00+01:00");
  CHECK(data.modified == "2024-03-06");
  CHECK(data.language == "en");
  CHECK(data.address == "https://a.example/1");
  CHECK(data.publisher == "Ostmark Post");
}

TEST_CASE("a graph: the article before the page, persons by reference") {
  const LinkedData data = read(R"({"@graph": [{"@type": "WebPage", "name": "Ostmark Post", "datePublished": "2020-01-01"}, {"@type": ["Article", )"
                               R"("Thing"], "headline": "Lock opens",
    "author": {"@id": "#p1"}, "datePublished": "2024-03-05"}, {"@type": "Person", "@id": "#p1", "name": "Åse Lund"}]})");
  CHECK(data.title == "Lock opens");
  CHECK(data.published == "2024-03-05");
  CHECK(data.authors == std::vector<std::string>{"Åse Lund"});
}

TEST_CASE("an article among many blocks, not those of a list") {
  const LinkedData data = read_json_ld({R"({"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Another"}]})",
                                        R"([{"@type": "BlogPosting", "headline": "This one"}])"});
  CHECK(data.title == "This one");
}

TEST_CASE("broken JSON is read as far as it goes") {
  const char* const pages[] = {
      R"({"@type": "NewsArticle", "headline": "Lock opens", "author": {"name": "Åse Lund",},})",
      "<!-- {\"@type\": \"NewsArticle\", \"headline\": \"Lock opens\", \"author\": {\"name\": \"Åse Lund\"}} -->",
      "//<![CDATA[\n{\"@type\": \"NewsArticle\", \"headline\": \"Lock opens\", \"author\": {\"name\": \"Åse Lund\"}}\n//]]>",
      R"({"@type": "NewsArticle", "headline": "Lock opens", "author": {"name": "Åse Lund"}, "description": "cut)",
      R"({"@type": "NewsArticle", "headline": "Lock opens", "description": "He said "no", and "yes" to it", "author": {"name": "Åse Lund"}})",
      "{\"@type\": \"NewsArticle\"\n  \"headline\": \"Lock opens\"\n\n  \"author\": \"Åse Lund\"}",
      R"({"@type": "NewsArticle", "headline": "Lock\u0020opens", "author": [["Åse Lund"]]}}}]])"};
  for (const char* json : pages) {
    const LinkedData data = read(json);
    CHECK_MESSAGE(data.title == "Lock opens", json);
    CHECK_MESSAGE(data.authors == std::vector<std::string>{"Åse Lund"}, json);
  }
  CHECK(read("{\"@type\": \"NewsArticle\", \"headline\": \"Lock\n opens\"}").title == "Lock\n opens");
}

TEST_CASE("escapes: surrogates in pairs and alone") {
  CHECK(read(R"({"@type": "Article", "headline": "a\ud83c\udf27b\ud800c\"d\/"})").title == "a🌧b\uFFFDc\"d/");
}

TEST_CASE("depth, length and references in a ring end") {
  std::string deep(2'000'000, '[');
  CHECK(read(deep).title == "");
  std::string objects;
  for (int i = 0; i < 300'000; ++i) objects += "{\"a\":";
  CHECK(read(objects).title == "");
  std::string quotes(2'000'000, '"');
  CHECK(read(quotes).title == "");
  std::string gaps = "{\"a\": \"";
  for (int i = 0; i < 200'000; ++i) gaps += "\" \n  \n";
  CHECK(read(gaps).title == "");
  CHECK(read(R"({"@type": "Article", "headline": "x", "author": {"@id": "1", "name": {"@id": "1"}}})").authors.empty());
}

}  // namespace
}  // namespace sayso
