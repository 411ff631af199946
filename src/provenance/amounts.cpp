#include "provenance/amounts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "attribution/words.h"
#include "provenance/stems.h"
#include "text/news_names.h"

namespace sayso {

namespace {

constexpr double no_limit = std::numeric_limits<double>::infinity();

using WordSet = std::unordered_set<std::string_view>;

const std::unordered_map<std::string_view, double> numerals = {
    {"two", 2},       {"three", 3},    {"four", 4},      {"five", 5},      {"six", 6},        {"seven", 7},     {"eight", 8},
    {"nine", 9},      {"ten", 10},     {"eleven", 11},   {"twelve", 12},   {"thirteen", 13},  {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16},  {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},  {"thirty", 30},   {"forty", 40},
    {"fifty", 50},    {"sixty", 60},   {"seventy", 70},  {"eighty", 80},   {"ninety", 90}};
const std::unordered_map<std::string_view, double> scales = {{"hundred", 1e2}, {"thousand", 1e3}, {"million", 1e6},
                                                             {"billion", 1e9}, {"bn", 1e9},       {"trillion", 1e12}};
// What newsrooms mean by them, taken wide: nobody is contradicted by a loose word.
const std::unordered_map<std::string_view, std::pair<double, double>> crowds = {
    {"several", {3, 15}},         {"dozens", {24, 140}},      {"scores", {40, 250}},       {"hundreds", {150, 2000}},
    {"thousands", {1000, 1e5}},   {"millions", {1e6, no_limit}}, {"billions", {1e9, no_limit}}};
const WordSet measures = {
    "year",   "years",  "month",   "months", "week",   "weeks",  "day",     "days",   "hour",      "hours",      "minute",    "minutes",    "second",
    "seconds", "%",     "percent", "point",  "points", "dollar", "dollars", "euro",   "euros",     "pound",      "pounds",    "crown",      "crowns",
    "cents",  "km",     "mile",    "miles",  "metre",  "metres", "meter",   "meters", "kilometre", "kilometres", "kilometer", "kilometers", "foot",
    "feet",   "ton",    "tons",    "tonne",  "tonnes", "acres",  "barrels", "litres", "hectares",  "degrees",    "times"};
const WordSet passed = {"of",         "the",     "other", "others", "more", "new", "different", "separate", "additional",
                        "further",    "local",   "young", "his",    "her",  "its", "their",     "our",      "those", "these"};
// Words of people, whom a number alone stands for as well.
const WordSet persons = {"people", "persons", "person", "others", "residents", "civilians",  "victims",
                         "man",    "men",     "woman",  "women",  "adults",    "individuals"};
// Behind “one”: it counts.
const WordSet single = {"man",  "woman", "person", "child", "worker",  "soldier",  "officer", "body",
                        "died", "dead",  "was",    "hundred", "thousand", "million", "billion"};

// “1,200”, “4.5”, “300”, “5m”, “5bn”.
std::optional<double> digits(std::string_view word) {
  double value = 0, place = 0, scale = 1;
  for (const auto& [ending, factor] : {std::pair<std::string_view, double>{"m", 1e6}, {"bn", 1e9}, {"k", 1e3}})
    if (word.ends_with(ending)) word.remove_suffix(ending.size()), scale = factor;
  if (word.empty() || word[0] < '0' || word[0] > '9') return std::nullopt;
  for (const char c : word) {
    if (c == ',' && place == 0) continue;
    if (c == '.' && place == 0) place = 1;
    else if (c >= '0' && c <= '9' && place > 0) value += (c - '0') * (place /= 10);
    else if (c >= '0' && c <= '9') value = 10 * value + (c - '0');
    else return std::nullopt;
  }
  return value * scale;
}

bool is_year(std::string_view word, double value) { return word.size() == 4 && value >= 1600 && value < 2200; }

class AmountFinder {
 public:
  AmountFinder(const std::vector<std::string>& words, const std::vector<bool>& capital) : words_(words), capital_(capital) {}

  std::vector<Amount> run() const {
    std::vector<Amount> out;
    for (size_t i = 0; i < words_.size();) {
      auto found = amount_at(i);
      i = found ? std::max(found->end, i + 1) : i + 1;
      if (found) out.push_back(std::move(*found));
    }
    return out;
  }

 private:
  std::string_view word(size_t i) const { return i < words_.size() ? std::string_view(words_[i]) : std::string_view(); }
  std::string_view before(size_t i, size_t back) const { return back <= i ? word(i - back) : std::string_view(); }

  // A number in words or digits; moves `i` behind it.
  std::optional<double> number_at(size_t& i) const {
    size_t at = i;
    std::optional<double> value = digits(word(at));
    if (value) {
      if (is_part_of_name(at) || is_date(at, *value)) return std::nullopt;
      ++at;
    } else if (const auto found = numerals.find(word(at)); found != numerals.end()) {
      value = found->second;
      ++at;
      if (*value >= 20 && word(at) == "-" && numerals.contains(word(at + 1))) value = *value + numerals.at(word(at + 1)), at += 2;
    } else if (word(at) == "a" && (scales.contains(word(at + 1)) || word(at + 1) == "dozen")) {
      value = 1;
      ++at;
    } else if (word(at) == "one" && single.contains(word(at + 1)) &&
               !is_one_of(before(at, 1), {"no", "the", "this", "that", "any", "every", "each", "which", "some", "for", "only", "-"})) {
      value = 1;
      ++at;
    } else {
      return std::nullopt;
    }
    for (auto scale = scales.find(word(at)); scale != scales.end(); scale = scales.find(word(at))) value = *value * scale->second, ++at;
    if (word(at) == "dozen") value = *value * 12, ++at;
    if (word(at) == "-") return std::nullopt;  // “the 40-year-old”, “a 20-minute walk”: said of one thing in passing
    i = at;
    return value;
  }

  // “Radio 4”; at the begin of all any word has a capital.
  bool is_part_of_name(size_t i) const { return i > 1 && capital_[i - 1]; }

  // “in 2016”, “May 4”, “4 May”, “5 p.m.”, “aged 40”, “Berg, 40, said”, “at 5”.
  bool is_date(size_t i, double value) const {
    if (is_year(words_[i], value) && !is_noun_ahead(i + 1)) return true;
    if (month_of(before(i, 1)) > 0 || month_of(word(i + 1)) > 0) return true;
    if (is_one_of(word(i + 1), {"a.m.", "p.m.", "am", "pm", "a.m", "p.m", "o'clock", ":"})) return true;
    static const WordSet numbered = {"aged", "age", "number", "no.", "article", "section", "page", "chapter", "route", "highway", "flight"};
    if (numbered.contains(before(i, 1))) return true;
    return (before(i, 1) == "at" || before(i, 1) == ",") && !is_noun_ahead(i + 1) && !measures.contains(word(i + 1)) && !scales.contains(word(i + 1));
  }

  bool is_noun_ahead(size_t i) const {
    return i < words_.size() && !stem_of(words_[i]).empty() && !is_one_of(word(i), {",", ".", "and"}) && !capital_[i];
  }

  std::optional<Amount> amount_at(size_t begin) const {
    size_t i = begin;
    Amount out;
    out.begin = begin;
    double low = 1, high = 1;  // factors
    bool open_above = false, open_below = false;
    // Moves behind the first of these phrases that stands there.
    const auto is_any = [&](std::initializer_list<std::initializer_list<std::string_view>> phrases) {
      for (const auto& phrase : phrases) {
        size_t at = i;
        if (std::all_of(phrase.begin(), phrase.end(), [&](std::string_view one) { return word(at++) == one; })) return i = at, true;
      }
      return false;
    };
    if (is_any({{"no", "more", "than"}, {"not", "more", "than"}, {"at", "most"}, {"up", "to"}, {"as", "many", "as"}, {"fewer", "than"},
                {"less", "than"}, {"under"}}))
      open_below = true;
    else if (is_any({{"more", "than"}, {"at", "least"}, {"over"}, {"no", "fewer", "than"}, {"no", "less", "than"}, {"upwards", "of"}}))
      open_above = true;
    else if (is_any({{"about"}, {"around"}, {"some"}, {"roughly"}, {"approximately"}, {"nearly"}, {"almost"}, {"an", "estimated"}, {"close", "to"}}))
      low = 0.85, high = 1.15;

    // “no one”, “nobody”, “no workers”.
    if (i == begin && is_one_of(word(i), {"nobody", "none", "no-one"})) {
      out.end = i + 1;
      return out;
    }
    if (i == begin && word(i) == "no" && is_noun_ahead_or_one(i + 1)) {
      if (word(i + 1) == "one") {
        out.end = i + 2;
        return out;
      }
      i += 1;
      read_unit(i, out);
      out.end = i;
      return out;
    }
    // “tens of thousands”, “hundreds of thousands”, “dozens”.
    if (is_one_of(word(i), {"tens", "hundreds"}) && word(i + 1) == "of" && is_one_of(word(i + 2), {"thousands", "millions"})) {
      const double unit = word(i + 2) == "thousands" ? 1e3 : 1e6;
      out.least = (word(i) == "tens" ? 10 : 100) * unit;
      out.most = (word(i) == "tens" ? 200 : 2000) * unit;
      i += 3;
    } else if (word(i) == "several" && is_one_of(word(i + 1), {"dozen", "hundred", "thousand", "million"})) {
      const double unit = word(i + 1) == "dozen" ? 12 : scales.at(word(i + 1));
      out.least = 2 * unit;
      out.most = 15 * unit;
      i += 2;
    } else if (const auto crowd = crowds.find(word(i)); crowd != crowds.end()) {
      out.least = crowd->second.first;
      out.most = open_above ? no_limit : crowd->second.second;
      ++i;
    } else {
      const bool money = is_one_of(word(i), {"$", "£", "€", "us$"});
      if (money) ++i;
      const size_t first = i;
      const auto value = number_at(i);
      if (!value) return std::nullopt;
      // “300” may be told for 287; “287” is no 300.
      const bool round = (*value >= 100 && std::fmod(*value, 100) == 0) || before(i, 1) == "dozen" || word(first) == "a";
      if (round) low = std::min(low, 0.9), high = std::max(high, 1.1);
      out.least = open_below ? 0 : *value * low;
      out.most = open_above ? no_limit : *value * high;
      if (money) {
        out.measured = true;
        out.of = {"$"};
        out.end = i;
        return out;
      }
    }
    read_unit(i, out);
    if (out.measured && std::find(out.of.begin(), out.of.end(), "percent") != out.of.end()) out.least -= 0.5, out.most += 0.5;
    return out;
  }

  bool is_noun_ahead_or_one(size_t i) const { return word(i) == "one" || persons.contains(word(i)) || is_noun_ahead(i); }

  // What it is an amount of: the nouns and adjectives behind, up to the first word that is none.
  void read_unit(size_t i, Amount& out) const {
    out.end = i;
    for (size_t taken = 0; i < words_.size() && taken < 3; ++i) {
      const std::string& next = words_[i];
      if (next == "per" && word(i + 1) == "cent") {
        out.measured = true;
        out.of = {"percent"};
        return;
      }
      if (taken == 0 && measures.contains(next)) {
        out.measured = true;
        out.of = {next == "%" ? "percent" : next.size() > 2 && next.ends_with('s') ? next.substr(0, next.size() - 1) : next};
        return;
      }
      if (passed.contains(next)) continue;
      if (persons.contains(next)) return;
      const std::string stem = stem_of(next);
      if (stem.empty() || !((next[0] >= 'a' && next[0] <= 'z') || static_cast<unsigned char>(next[0]) >= 0x80)) return;
      // “two died”, “40 killed”: a verb says what became of them.
      if (taken == 0 && (next.ends_with("ed") || is_one_of(next, {"dead", "hurt", "missing", "died", "in", "wounded"}))) return;
      if (taken > 0 && next.ends_with("ed")) return;
      out.of.push_back(stem);
      ++taken;
    }
  }

  const std::vector<std::string>& words_;
  const std::vector<bool>& capital_;
};

bool is_of_one_thing(const Amount& a, const Amount& b) {
  if (a.measured != b.measured) return false;
  if (a.of.empty() || b.of.empty()) return true;
  return std::any_of(a.of.begin(), a.of.end(), [&](const std::string& stem) { return std::find(b.of.begin(), b.of.end(), stem) != b.of.end(); });
}

bool fits(const Amount& a, const Amount& b) { return a.least <= b.most && b.least <= a.most; }

// Is there one in `a` that meets amounts of its thing in `b`, and fits none?
bool has_misfit(const std::vector<Amount>& a, const std::vector<Amount>& b) {
  return std::any_of(a.begin(), a.end(), [&](const Amount& one) {
    bool met = false;
    for (const Amount& other : b) {
      if (!is_of_one_thing(one, other)) continue;
      if (fits(one, other)) return false;
      met = true;
    }
    return met;
  });
}

}  // namespace

std::vector<Amount> find_amounts(const std::vector<std::string>& words, const std::vector<bool>& capital) {
  return AmountFinder(words, capital).run();
}

bool amounts_exclude(const std::vector<Amount>& a, const std::vector<Amount>& b) { return has_misfit(a, b) && has_misfit(b, a); }

}  // namespace sayso
