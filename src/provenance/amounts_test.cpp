#include "provenance/amounts.h"

#include <doctest/doctest.h>

#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "base/unicode.h"

using namespace sayso;

namespace {

std::vector<Amount> amounts_of(const std::string& text) {
  std::vector<std::string> words;
  std::vector<bool> capital;
  std::istringstream in(text);
  for (std::string word; in >> word;) words.push_back(to_lower(word)), capital.push_back(word != words.back());
  return find_amounts(words, capital);
}

bool exclude(const std::string& a, const std::string& b) {
  const bool there = amounts_exclude(amounts_of(a), amounts_of(b));
  CHECK(there == amounts_exclude(amounts_of(b), amounts_of(a)));
  return there;
}

}  // namespace

TEST_CASE("a number and what it counts") {
  const auto found = amounts_of("the owners dismissed 1,240 young dockers");
  REQUIRE(found.size() == 1);
  CHECK(found[0].least == 1240);
  CHECK(found[0].most == 1240);
  CHECK(found[0].of == std::vector<std::string>{"docker"});
  CHECK(found[0].begin == 3);
  CHECK(found[0].end == 4);
}

TEST_CASE("numbers in words, with a scale, with limits") {
  CHECK(amounts_of("twenty - five men")[0].most == 25);
  CHECK(amounts_of("4.5 million litres")[0].least == doctest::Approx(4.05e6));
  CHECK(amounts_of("a dozen shops")[0].least <= 12);
  CHECK(std::isinf(amounts_of("at least 40 workers")[0].most));
  CHECK(amounts_of("up to 40 workers")[0].least == 0);
  CHECK(amounts_of("no one was hurt")[0].most == 0);
  CHECK(amounts_of("no workers were hurt")[0].most == 0);
  CHECK(amounts_of("$ 5 million")[0].measured);
}

TEST_CASE("years, days, ages and numbers in names count nothing") {
  for (const char* text : {"it happened in 2016", "on May 4", "on 4 May", "a 40 - year-old man", "Berg , 40 , said", "at 5 p.m.",
                           "he told Radio Ostmark 4", "no , they will not", "no one-way street here is one of them"}) {
    INFO(text);
    for (const Amount& amount : amounts_of(text)) CHECK(amount.most == 0);
  }
}

TEST_CASE("amounts that cannot both hold") {
  CHECK(exclude("40 workers were dismissed", "60 workers were dismissed"));
  CHECK(exclude("300 people died", "dozens died"));
  CHECK(exclude("no one was hurt", "two people were hurt"));
  CHECK(exclude("sales fell 4 %", "sales fell 12 per cent"));
}

TEST_CASE("amounts that leave room for each other") {
  CHECK_FALSE(exclude("300 people died", "hundreds died"));
  CHECK_FALSE(exclude("300 workers", "287 workers"));
  CHECK_FALSE(exclude("about 40 workers", "42 workers"));
  CHECK_FALSE(exclude("at least 40 workers", "60 workers"));
  CHECK_FALSE(exclude("40 workers", "60 managers"));
  CHECK_FALSE(exclude("40 workers", "40 percent"));
  CHECK_FALSE(exclude("40 workers and 12 managers", "12 managers and 40 workers"));
}
