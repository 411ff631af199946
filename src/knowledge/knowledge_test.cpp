#include "knowledge/knowledge.h"

#include <doctest/doctest.h>

#include "base/file.h"

using namespace sayso;

namespace {

Knowledge made(const std::string& tsv) {
  Knowledge knowledge;
  const Status status = knowledge.add(tsv, "test.tsv");
  REQUIRE_MESSAGE(status.ok(), status.error().sentence());
  return knowledge;
}

Knowledge shipped() {
  Knowledge knowledge;
  for (const char* file : {"bodies.tsv", "countries.tsv", "offices.tsv", "people.tsv", "world_leaders.tsv"}) {
    const auto text = read_file(std::string(SAYSO_SOURCE_DIR "/knowledge/") + file, 10'000'000);
    REQUIRE(text.ok());
    const Status status = knowledge.add(*text, file);
    REQUIRE_MESSAGE(status.ok(), status.error().sentence());
  }
  return knowledge;
}

std::string link(const KnownThing* thing, const std::string& scheme) {
  if (thing == nullptr) return "-";
  for (const auto& [name, value] : thing->links)
    if (name == scheme) return value;
  return "";
}

}  // namespace

TEST_CASE("a name is found whatever its case, article and dots") {
  const Knowledge k = made("country\tNorrholm\tthe Norrholm Union|N.U.\tiso3166:NH\n");
  for (const char* name : {"Norrholm", "NORRHOLM", "the norrholm  union", "NU", "N.U."})
    CHECK(link(k.find(name, KnownType::country), "iso3166") == "NH");
  CHECK(k.find("Norrholm", KnownType::person) == nullptr);
  CHECK(k.find("Norr", KnownType::country) == nullptr);
}

TEST_CASE("of two with one name nobody is meant, unless one of them was in office that day") {
  const Knowledge k = made(
      "person\tArne Moberg\tPresident Moberg\tx:1\noffice\tPresident\tNorrholm\t1990-01-01\t1995-01-01\n"
      "person\tIda Moberg\tPresident Moberg\tx:2\noffice\tPresident\tNorrholm\t2001-01-01\n");
  CHECK(k.find("President Moberg", KnownType::person) == nullptr);
  CHECK(link(k.find("President Moberg", KnownType::person, "1992-05-05"), "x") == "1");
  CHECK(link(k.find("President Moberg", KnownType::person, "2020-05-05T10:00:00Z"), "x") == "2");
  CHECK(k.find("President Moberg", KnownType::person, "1999-05-05") == nullptr);
  CHECK(k.find("President Moberg", KnownType::person, "--05-05") == nullptr);
}

TEST_CASE("a seat stands for its country, and for nothing when two claim it") {
  const Knowledge k = made("country\tNorrholm\t\tiso3166:NH\ncountry\tSund\t\tiso3166:SD\nseat\tVestrand\tNorrholm\nseat\tOstmark\tNorrholm\n"
                           "seat\tOstmark\tSund\nseat\tMoon\tNobody\n");
  CHECK(link(k.find_behind_seat("Vestrand"), "iso3166") == "NH");
  CHECK(k.find_behind_seat("Ostmark") == nullptr);
  CHECK(k.find_behind_seat("Moon") == nullptr);
}

TEST_CASE("who owns an outlet is a link of the user's own") {
  const Knowledge k = made("publication\tVestrand Courier\tthe Courier\towner:Norpress Group|wikidata:Q1\n");
  CHECK(link(k.find("Courier", KnownType::publication), "owner") == "Norpress Group");
}

TEST_CASE("an earlier file stands before a later one") {
  Knowledge k = made("organisation\tUDF\t\tmine:1\n");
  REQUIRE(k.add("organisation\tUDF\t\tyours:2\n", "later").ok());
  CHECK(link(k.find("UDF", KnownType::organisation), "mine") == "1");
}

TEST_CASE("offices are those of all files, and a country is called by its adjective") {
  Knowledge k = made("person\tIda Moberg\tPresident Moberg\noffice\tPresident\tNorrholm\t2001-01-01\t2005-01-01\ncountry\tNorrholm\tNorrholmish\n"
                     "country\tNew Norrholm\tNorrholmish\n");
  REQUIRE(k.add("person\tIda Moberg\noffice\tForeign Minister\tNorrholm\t1995-01-01\t1999-01-01\n", "later").ok());
  const std::vector<const Office*> offices = k.offices_of("ida moberg");
  REQUIRE(offices.size() == 2);
  CHECK(offices[0]->role == "President");
  CHECK(offices[1]->role == "Foreign Minister");
  CHECK(k.offices_of("President Moberg").size() == 1);
  CHECK(k.offices_of("Moberg").empty());
  CHECK(k.is_name_of("Norrholmish", "Norrholm"));
  CHECK(k.is_name_of("Norrholmish", "New Norrholm"));
  CHECK(!k.is_name_of("Ida Moberg", "Norrholm"));
  CHECK(!k.is_name_of("Sundish", "Norrholm"));
}

TEST_CASE("a line that is none of the forms is named") {
  for (const auto& [tsv, what] : {std::pair("# fine\nplanet\tMars\n", "line 2 begins with an unknown word, “planet”"),
                                  std::pair("person\n", "line 1 has no name"),
                                  std::pair("office\tMayor\tVestrand\t2001-01-01\n", "line 1 is an office without a person above it"),
                                  std::pair("seat\tVestrand\n", "line 1 does not say for whom the seat stands"),
                                  std::pair("person\tIda\t\tQ1\n", "line 1 has a link without “scheme:value”"),
                                  std::pair("person\t\xFF\n", "line 1 is not UTF-8")}) {
    Knowledge k;
    const Status status = k.add(tsv, "test.tsv");
    REQUIRE(!status.ok());
    CHECK(status.error().kind == ErrorKind::bad_input);
    CHECK(status.error().what == what);
    CHECK(status.error().where == "test.tsv");
  }
}

TEST_CASE("what is shipped") {
  const Knowledge k = shipped();
  CHECK(k.size() > 800);
  CHECK(link(k.find("France", KnownType::country), "iso3166") == "FR");
  CHECK(link(k.find_behind_seat("Paris"), "iso3166") == "FR");
  CHECK(link(k.find_behind_seat("Washington"), "iso3166") == "US");
  CHECK(k.find_behind_seat("Vestrand") == nullptr);
  CHECK(link(k.find("the U.N.", KnownType::organisation), "wikidata") == "Q1065");
  CHECK(k.find("Reuters", KnownType::organisation) != nullptr);
  const KnownThing* obama = k.find("President Obama", KnownType::person);
  REQUIRE(obama != nullptr);
  CHECK(link(obama, "wikidata") == "Q76");
  CHECK(obama->offices.back().from == "2009-01-20");
  CHECK(obama->offices.back().to == "2017-01-20");
  CHECK(k.find("President Bush", KnownType::person) == nullptr);
  // Leaders of other states, to the day of their list, and offices kept by hand.
  const std::vector<const Office*> karzai = k.offices_of("Hamid Karzai");
  REQUIRE(karzai.size() == 1);
  CHECK(karzai[0]->role == "President");
  CHECK(karzai[0]->of == "Afghanistan");
  CHECK(karzai[0]->to == "2014-01-30");
  CHECK(link(k.find("Chancellor Merkel", KnownType::person), "wikidata") == "Q567");
  CHECK(link(k.find("President Bush", KnownType::person, "2003-01-01"), "wikidata") == "Q207");
}
