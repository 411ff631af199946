// How many and how much a content says, so that two tellings can be held against each other.
#pragma once

#include <string>
#include <vector>

namespace sayso {

// “300 workers” -> 300 to 300 of {worker}; “about 300”, “dozens”, “at least two”, “no one” are ranges as well.
struct Amount {
  double least = 0, most = 0;     // infinite where there is no limit
  std::vector<std::string> of;    // stems of the words that say of what; empty: it does not say, or only people
  bool measured = false;          // years, per cent, kilometres, money: never of people
  size_t begin = 0, end = 0;      // the words of the number
};

// `words` in lower case, with their marks; `capital`: which of them begin with one. Years, days of a month, ages and numbers in names are none.
// Linear.
std::vector<Amount> find_amounts(const std::vector<std::string>& words, const std::vector<bool>& capital);

// Do two contents give amounts of one thing that cannot both hold? Each is held against those of the other that are of the same thing; one that
// fits is enough.
bool amounts_exclude(const std::vector<Amount>& a, const std::vector<Amount>& b);

}  // namespace sayso
