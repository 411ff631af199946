#include "entities/names.h"

#include <doctest/doctest.h>

#include "entities/source_words.h"

using namespace sayso;

namespace {

Document plain(const std::string& text) {
  Document document;
  document.text = text;
  return document;
}

std::string trimmed(const std::string& text, bool title = false) {
  const Document document = plain(text);
  const Span all{0, static_cast<uint32_t>(text.size())};
  return std::string(document.at(title ? trim_title(document, all) : trim_name(document, all)));
}

NameMatch persons(const char* a, const char* b) { return match_persons(name_words(a), name_words(b)); }
NameMatch bodies(const char* a, const char* b) { return match_bodies(name_words(a), name_words(b)); }

}  // namespace

TEST_CASE("articles, possessives and marks are no part of a name") {
  CHECK(trimmed("the “Vestrand Courier”") == "Vestrand Courier");
  CHECK(trimmed("Its Harbour Board’s") == "Harbour Board");
  CHECK(trimmed("The The") == "The");  // something always stays
  CHECK(trimmed("“”").empty());
}

TEST_CASE("titles are no part of a name, unless they are all of it") {
  CHECK(trimmed("Mr. Lund", true) == "Lund");
  CHECK(trimmed("Prime Minister Helga Brandt", true) == "Helga Brandt");
  CHECK(trimmed("the Minister", true) == "Minister");
}

TEST_CASE("two forms of a person's name") {
  CHECK(persons("Helga Brandt", "Brandt") == NameMatch::part);
  CHECK(persons("Mr. Brandt", "Minister Helga Brandt") == NameMatch::part);
  CHECK(persons("H. Brandt", "Helga Brandt") == NameMatch::part);
  CHECK(persons("Helga M. Brandt", "Helga Brandt") == NameMatch::part);
  CHECK(persons("Helga Brandt", "Olaf Brandt") == NameMatch::conflict);
  CHECK(persons("Helga Brandt", "Helga Storm") == NameMatch::conflict);
  CHECK(persons("Brandt", "Lund") == NameMatch::none);
  CHECK(persons("Helga Brandt Jr.", "helga brandt") == NameMatch::same);
}

TEST_CASE("two forms of a body's name") {
  CHECK(bodies("UDF", "United Dockers’ Front") == NameMatch::part);
  CHECK(bodies("the Front", "United Dockers’ Front") == NameMatch::part);
  CHECK(bodies("Harbour Board", "Harbour Trust") == NameMatch::none);
  CHECK(bodies("the Harbour Board", "Harbour Board’s") == NameMatch::same);
}

TEST_CASE("who is held back") {
  CHECK(is_anonymous("official", {"an", "official"}, false));
  CHECK(is_anonymous("people", {"two", "people", "familiar", "with", "the", "matter"}, false));
  CHECK(is_anonymous("somebody", {"somebody", "from", "brightwater"}, false));
  CHECK(!is_anonymous("someone", {"someone", "who", "sails"}, false));
  CHECK(is_anonymous("advisers", {"two", "advisers", "to", "the", "minister"}, false));
  CHECK_FALSE(is_anonymous("advisers", {"financial", "advisers"}, false));
  CHECK(!is_anonymous("people", {"people"}, false));
  CHECK(!is_anonymous("report", {"a", "report", "by", "the", "court"}, false));
  CHECK(is_anonymous("reports", {"reports"}, false));
  CHECK(!is_anonymous("residents", {"residents"}, false));
  CHECK(is_anonymous("allies", {"brandt", "allies"}, true));
  CHECK(!is_anonymous("allies", {"norway", "’s", "allies"}, false));
  CHECK(is_anonymous("advisers", {"some", "advisers"}, false));
  CHECK(is_anonymous("democrat", {"a", "democrat", "familiar", "with", "the", "talks"}, false));
  CHECK(!is_anonymous("democrats", {"democrats", "involved", "in", "the", "race"}, false));
}

TEST_CASE("how many are held back") {
  CHECK(count_of("officials", {"three", "officials"}) == Count{3, 3});
  CHECK(count_of("official", {"an", "official"}) == Count{1, 1});
  CHECK(count_of("officials", {"officials"}) == Count{2, std::nullopt});
  CHECK(count_of("aides", {"a", "dozen", "aides"}) == Count{12, 12});
  CHECK(count_of("aides", {"17", "aides"}) == Count{17, 17});
  CHECK(!count_of("reports", {"reports"}));
}

TEST_CASE("why somebody is held back") {
  const Document document = plain("He spoke on condition of anonymity because the talks (all of them) are private, and left.");
  const auto reason = find_reason(document, {0, static_cast<uint32_t>(document.text.size())});
  REQUIRE(reason);
  CHECK(text_of(document, *reason) == "on condition of anonymity because the talks (all of them) are private");
  CHECK(!find_reason(document, {0, 8}));
}
