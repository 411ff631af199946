#include "mentions/links.h"

#include <doctest/doctest.h>

using namespace sayso;

TEST_CASE("an acronym is the first letters of two words or more, small ones passed over or not") {
  CHECK(is_acronym({"udf"}, {"united", "dockers", "’", "front"}));
  CHECK(is_acronym({"boe"}, {"bank", "of", "england"}));
  CHECK(is_acronym({"be"}, {"bank", "of", "england"}));
  CHECK(!is_acronym({"b"}, {"bank", "of"}));
  CHECK(!is_acronym({"bank"}, {"bank"}));
  CHECK(!is_acronym({"x", "y"}, {"xenia", "yard"}));
}

TEST_CASE("what is known of a pair without the network") {
  FoundMention a, b;
  a.kind = MentionKind::nominal;
  a.type = b.type = ThingType::organisation;
  a.head = 20;
  b.head = 4;
  a.line = 3;
  const MentionWords front{{"front"}, {"the", "front"}, "front"}, full{{"dockers", "front"}, {"the", "dockers", "front"}, "front"};
  // kinds nominal after name; 7 mentions apart; 16 units; all words of one in the other; the same type; two lines or more.
  CHECK(pair_rows(a, front, b, full, 7) == PairRows{3, 4, 6, 2, 1, 2});
  CHECK(pair_rows(a, front, b, front, 1)[3] == 3);
  CHECK(pair_rows(a, front, b, {{"other"}, {"other"}, "front"}, 1)[3] == 1);
  CHECK(pair_rows(a, {{"df"}, {"df"}, "df"}, b, full, 1)[3] == 4);
  a.kind = MentionKind::pronoun;
  CHECK(pair_rows(a, {{"she"}, {"she"}, "she"}, b, {{"she"}, {"she"}, "she"}, 1)[3] == 3);
  CHECK(pair_rows(a, {{"she"}, {"she"}, "she"}, b, full, 1000) == PairRows{6, 9, 6, 0, 1, 2});
}
