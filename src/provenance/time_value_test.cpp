#include "provenance/time_value.h"

#include <doctest/doctest.h>

#include <optional>
#include <sstream>
#include <string>
#include <vector>

using namespace sayso;

namespace {

const std::string friday = "2016-03-04";  // a Friday

std::vector<std::string> words_in(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

std::string lower(std::string word) {
  if (!word.empty() && word[0] >= 'A' && word[0] <= 'Z') word[0] = static_cast<char>(word[0] - 'A' + 'a');
  return word;
}

std::string value_of(const std::string& text, const std::optional<std::string>& today = friday) {
  std::vector<std::string> words = words_in(text);
  for (std::string& word : words) word = lower(word);
  return time_value(words, today).value_or("none");
}

// How many words from `at` on say when.
size_t count_at(const std::string& text, size_t at = 0) {
  std::vector<std::string> words = words_in(text);
  std::vector<bool> capital;
  for (std::string& word : words) {
    capital.push_back(word != lower(word));
    word = lower(word);
  }
  return time_at(words, capital, at);
}

}  // namespace

TEST_CASE("a date that names its year needs no day of publication") {
  for (const auto& today : {std::optional(friday), std::optional<std::string>()}) {
    CHECK(value_of("on 6 July 2011", today) == "2011-07-06/P1D");
    CHECK(value_of("on July 6 , 2011", today) == "2011-07-06/P1D");
    CHECK(value_of("on July 6th , 2011", today) == "2011-07-06/P1D");
    CHECK(value_of("in July 2011", today) == "2011-07-01/P1M");
    CHECK(value_of("in 2013", today) == "2013-01-01/P1Y");
  }
}

TEST_CASE("a weekday before a date says nothing else than the date") {
  CHECK(value_of("on Wednesday , July 6 , 2011") == "2011-07-06/P1D");
  CHECK(value_of("on Thursday 3 March") == "2016-03-03/P1D");
  CHECK(value_of("Thursday , March 3") == "2016-03-03/P1D");
  // Also where it is the wrong one.
  CHECK(value_of("on Monday , July 6 , 2011") == "2011-07-06/P1D");
}

TEST_CASE("a month without a year is the last that had begun") {
  CHECK(value_of("in March") == "2016-03-01/P1M");
  CHECK(value_of("in February") == "2016-02-01/P1M");
  CHECK(value_of("in July") == "2015-07-01/P1M");
  CHECK(value_of("in December", "2016-01-02") == "2015-12-01/P1M");
  CHECK(value_of("on December 31", "2016-01-02") == "2015-12-31/P1D");
  CHECK(value_of("on 1 March") == "2016-03-01/P1D");
}

TEST_CASE("a weekday is the last one, today included; “last” Friday on a Friday is a week ago") {
  CHECK(value_of("on Friday") == "2016-03-04/P1D");
  CHECK(value_of("last Friday") == "2016-02-26/P1D");
  CHECK(value_of("on Thursday") == "2016-03-03/P1D");
  CHECK(value_of("last Thursday") == "2016-03-03/P1D");
  CHECK(value_of("on Saturday") == "2016-02-27/P1D");
  CHECK(value_of("late on Sunday night", "2016-03-07") == "2016-03-06/P1D");
}

TEST_CASE("days beside today") {
  CHECK(value_of("today") == "2016-03-04/P1D");
  CHECK(value_of("tonight") == "2016-03-04/P1D");
  CHECK(value_of("this morning") == "2016-03-04/P1D");
  CHECK(value_of("yesterday") == "2016-03-03/P1D");
  CHECK(value_of("yesterday evening") == "2016-03-03/P1D");
  CHECK(value_of("last night") == "2016-03-03/P1D");
  CHECK(value_of("yesterday", "2016-03-01") == "2016-02-29/P1D");
  CHECK(value_of("yesterday", "2016-01-01") == "2015-12-31/P1D");
}

TEST_CASE("weeks begin on Monday") {
  CHECK(value_of("earlier this week") == "2016-02-29/P1W");
  CHECK(value_of("last week") == "2016-02-22/P1W");
  CHECK(value_of("this week", "2016-03-06") == "2016-02-29/P1W");  // a Sunday
  CHECK(value_of("this week", "2016-03-07") == "2016-03-07/P1W");  // a Monday
}

TEST_CASE("months and years beside this one") {
  CHECK(value_of("earlier this month") == "2016-03-01/P1M");
  CHECK(value_of("last month") == "2016-02-01/P1M");
  CHECK(value_of("last month", "2016-01-15") == "2015-12-01/P1M");
  CHECK(value_of("last year") == "2015-01-01/P1Y");
  CHECK(value_of("this year") == "2016-01-01/P1Y");
}

TEST_CASE("so long ago") {
  CHECK(value_of("two weeks ago") == "2016-02-15/P1W");
  CHECK(value_of("a week ago") == "2016-02-22/P1W");
  CHECK(value_of("three days ago") == "2016-03-01/P1D");
  CHECK(value_of("10 days ago") == "2016-02-23/P1D");
  CHECK(value_of("three months ago") == "2015-12-01/P1M");
  CHECK(value_of("a year ago") == "2015-01-01/P1Y");
  CHECK(value_of("several weeks ago") == "none");
  CHECK(value_of("weeks ago") == "none");
  CHECK(value_of("two hours ago") == "none");
}

TEST_CASE("dates that there are not have no value") {
  CHECK(value_of("on 31 June 2011") == "none");
  CHECK(value_of("on February 29 , 2015") == "none");
  CHECK(value_of("on February 29 , 2016") == "2016-02-29/P1D");
  CHECK(value_of("on February 30") == "none");
}

TEST_CASE("without a day of publication, or with one that is none, what counts from it has no value") {
  for (const auto& today : {std::optional<std::string>(), std::optional<std::string>(""), std::optional<std::string>("yesterday"),
                            std::optional<std::string>("2016-02-30"), std::optional<std::string>("2016-03")})
    for (const char* text : {"on Friday", "last Friday", "in July", "on July 6", "yesterday", "today", "last week", "two weeks ago", "this month"}) {
      INFO(text);
      CHECK(value_of(text, today) == "none");
    }
}

TEST_CASE("the time of day in a day of publication is not looked at") {
  CHECK(value_of("yesterday", "2016-03-04T23:59:59+02:00") == "2016-03-03/P1D");
}

TEST_CASE("what says no time has no value") {
  CHECK(value_of("") == "none");
  CHECK(value_of("in Oslo") == "none");
  CHECK(value_of("recently") == "none");
  CHECK(value_of("next week") == "none");
  CHECK(time_value({""}, friday) == std::nullopt);
}

TEST_CASE("how many words say when") {
  CHECK(count_at("on Friday that") == 2);
  CHECK(count_at("Friday that") == 1);
  CHECK(count_at("late on Monday that") == 3);
  CHECK(count_at("on Monday evening that") == 3);
  CHECK(count_at("yesterday morning that") == 2);
  CHECK(count_at("earlier this week that") == 3);
  CHECK(count_at("last month that") == 2);
  CHECK(count_at("the following day that") == 3);
  CHECK(count_at("over the past two weeks that") == 5);
  CHECK(count_at("two weeks ago that") == 3);
  CHECK(count_at("in 2013 that") == 2);
  CHECK(count_at("on 6 July 2011 that") == 4);
  CHECK(count_at("on July 6 , 2011 that") == 5);
  CHECK(count_at("on Thursday , March 3 that") == 5);
  CHECK(count_at("at noon that") == 2);
  CHECK(count_at("told Reuters on Friday", 2) == 2);
}

TEST_CASE("words that say no time") {
  CHECK(count_at("") == 0);
  CHECK(count_at("on Friday", 2) == 0);
  CHECK(count_at("on Friday", 7) == 0);
  CHECK(count_at("on") == 0);
  CHECK(count_at("the day") == 0);
  CHECK(count_at("in Oslo") == 0);
  CHECK(count_at("at the station") == 0);
  CHECK(count_at("may have leaked") == 0);
  CHECK(count_at("march to the palace") == 0);
  CHECK(count_at("two ships") == 0);
  CHECK(count_at("in two ships") == 0);
}
