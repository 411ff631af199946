#include "attribution/cue_list.h"

#include <doctest/doctest.h>

using namespace sayso;

TEST_CASE("a list of cue words: phrases in lower case, comments, blank lines") {
  const auto list = parse_cue_list("# mine\ncue: Went ballistic over\n\n  stop: supporter  # not a cue\r\ncue: ’splained", "my.txt");
  REQUIRE(list.ok());
  REQUIRE(list->cues.size() == 2);
  CHECK(list->cues[0] == std::vector<std::string>{"went", "ballistic", "over"});
  CHECK(list->cues[1] == std::vector<std::string>{"’", "splained"});
  REQUIRE(list->stops.size() == 1);
  CHECK(list->stops[0] == std::vector<std::string>{"supporter"});
  CHECK(parse_cue_list("", "my.txt").ok());
}

TEST_CASE("a line that is neither names itself") {
  for (const char* text : {"cue: said\nsaid", "cue: said\ncue:", "cue: said\ncues: said", "cue: said\ncue said"}) {
    const auto list = parse_cue_list(text, "my.txt");
    REQUIRE(!list.ok());
    CHECK(list.error().sentence() ==
          "a line of the cue list is neither “cue: …” nor “stop: …” (my.txt:2). Write one phrase a line, for example “cue: went ballistic over”.");
  }
}

TEST_CASE("words are runs of letters and digits, or one other character") {
  CHECK(split_words(" It’s Åse, 2nd… ") == std::vector<std::string>{"It", "’", "s", "Åse", ",", "2nd", "…"});
  CHECK(words_of("ÅSE") == std::vector<std::string>{"åse"});
}
