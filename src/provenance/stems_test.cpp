#include "provenance/stems.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace sayso;

TEST_CASE("words that say nothing by themselves have no stem") {
  for (const char* word : {"", "a", "x", "the", "would", "take", "said", "not", "n't", "reportedly", "'s"}) {
    INFO(word);
    CHECK(stem_of(word).empty());
  }
}

TEST_CASE("forms of a word have one stem") {
  const std::vector<std::vector<std::string>> words = {
      {"bridge", "bridges", "bridge's"}, {"company", "companies", "company's"}, {"hire", "hires", "hired", "hiring"}, {"run", "running", "ran"},
      {"pass", "passes", "passed", "passing"}, {"boss", "bosses"}, {"drill", "drilled", "drilling"}, {"treat", "treated", "treatment"},
      {"inform", "information"}, {"child", "children"}, {"sink", "sinks", "sinking"}};
  for (const auto& forms : words)
    for (const std::string& form : forms) {
      INFO(form);
      CHECK(stem_of(form) == stem_of(forms[0]));
      CHECK_FALSE(stem_of(form).empty());
    }
}

TEST_CASE("words that news uses for one thing have one stem") {
  const std::vector<std::vector<std::string>> words = {
      {"meet", "talks", "met", "meeting", "negotiations", "dialogue"}, {"troops", "soldiers", "brigade"}, {"kill", "killed", "died", "death"},
      {"resign", "resigned", "quit", "resignation"}, {"sell", "sold", "sale", "selling"}, {"buy", "bought", "takeover"},
      {"elect", "election", "vote", "voters"}, {"agreement", "deal", "pact"}, {"closed", "closure", "shut"}, {"fall", "fell", "dropped", "decline"},
      {"begin", "began", "started"}};
  for (const auto& forms : words)
    for (const std::string& form : forms) {
      INFO(form);
      CHECK(stem_of(form) == stem_of(forms[0]));
    }
}

TEST_CASE("different words stay apart") {
  CHECK(stem_of("bus") == "bus");
  CHECK(stem_of("gas") != stem_of("ga"));
  CHECK(stem_of("ring") == "ring");
  CHECK(stem_of("bridge") != stem_of("tunnel"));
  CHECK(stem_of("rise") != stem_of("fall"));
}

