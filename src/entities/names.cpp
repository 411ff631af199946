#include "entities/names.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "attribution/cue_list.h"
#include "base/unicode.h"
#include "mentions/links.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;

const WordSet titles = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lady", "lord", "madam", "rev", "reverend", "father", "sister", "bishop", "archbishop", "cardinal", "pope",
    "sen", "senator", "rep", "representative", "congressman", "congresswoman", "gov", "governor", "mayor", "president", "president-elect", "minister", "secretary", "chancellor", "premier",
    "prime", "vice", "deputy", "king", "queen", "prince", "princess", "emperor", "sheikh", "ayatollah", "imam", "rabbi", "judge", "justice", "attorney", "general", "gen", "lt", "lieutenant",
    "col", "colonel", "maj", "major", "capt", "captain", "cpl", "sgt", "sergeant", "cmdr", "commander", "admiral", "adm", "officer", "detective", "inspector", "sheriff", "chief", "ambassador",
    "commissioner", "chairman", "chairwoman", "chair", "speaker", "councilman", "councilwoman", "councillor", "councilor", "spokesman", "spokeswoman", "spokesperson", "coach", "ceo"};

const std::unordered_map<std::string, Gender> genders = {
    {"he", Gender::male}, {"him", Gender::male}, {"his", Gender::male}, {"himself", Gender::male}, {"mr", Gender::male}, {"sir", Gender::male}, {"lord", Gender::male}, {"king", Gender::male},
    {"prince", Gender::male}, {"man", Gender::male}, {"boy", Gender::male}, {"father", Gender::male}, {"son", Gender::male}, {"brother", Gender::male}, {"husband", Gender::male},
    {"businessman", Gender::male}, {"spokesman", Gender::male}, {"congressman", Gender::male}, {"chairman", Gender::male}, {"actor", Gender::male}, {"uncle", Gender::male},
    {"pope", Gender::male}, {"priest", Gender::male}, {"she", Gender::female}, {"her", Gender::female}, {"hers", Gender::female}, {"herself", Gender::female}, {"mrs", Gender::female},
    {"ms", Gender::female}, {"miss", Gender::female}, {"madam", Gender::female}, {"dame", Gender::female}, {"lady", Gender::female}, {"queen", Gender::female}, {"princess", Gender::female},
    {"woman", Gender::female}, {"girl", Gender::female}, {"mother", Gender::female}, {"daughter", Gender::female}, {"sister", Gender::female}, {"wife", Gender::female},
    {"businesswoman", Gender::female}, {"spokeswoman", Gender::female}, {"congresswoman", Gender::female}, {"chairwoman", Gender::female}, {"actress", Gender::female},
    {"aunt", Gender::female}, {"nun", Gender::female}};

const WordSet before_names = {"the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those"};
const WordSet behind_names = {"jr", "sr", "ii", "iii", "iv", "inc", "corp", "ltd", "llc", "plc", "co"};

bool is_end_mark(char32_t c) { return is_space(c) || (is_punctuation(c) && c != U'.' && c != U')' && c != U'('); }

}  // namespace

std::optional<Gender> gender_of(const std::string& lower_case_word) {
  const auto found = genders.find(lower_case_word);
  return found == genders.end() ? std::nullopt : std::optional(found->second);
}

bool is_body_word(const std::string& lower_case_word) {
  static const WordSet bodies = {
      "association", "union", "federation", "council", "campaign", "administration", "hall", "ministry", "department", "committee", "commission", "university", "institute", "foundation",
      "agency", "bureau", "party", "company", "bank", "embassy", "parliament", "senate", "congress", "court", "police", "government", "team", "authority", "board", "office", "group",
      "organization", "organisation", "league", "society", "church", "club", "network", "center", "centre", "force", "army", "navy", "college", "school", "hospital", "front", "alliance"};
  return bodies.contains(lower_case_word);
}

bool is_title(const std::string& lower_case_word) { return titles.contains(lower_case_word); }

namespace {

// Cuts words of `set` off the front, with the dot behind an abbreviation; at least one word stays.
void cut_front(const Document& document, Span& span, const WordSet& set) {
  while (true) {
    const std::string_view text = document.at(span);
    size_t end = 0;
    while (end < text.size() && text[end] != ' ' && text[end] != '\n') ++end;
    if (end == text.size()) return;
    std::string word = to_lower(text.substr(0, end));
    if (word.ends_with('.')) word.pop_back();
    if (!set.contains(word)) return;
    span.begin += static_cast<uint32_t>(end + 1);
    while (span.begin < span.end && document.text[span.begin] == ' ') ++span.begin;
  }
}

}  // namespace

Span trim_name(const Document& document, Span span) {
  const auto trim_ends = [&] {
    while (span.begin < span.end) {
      size_t at = span.begin;
      if (!is_end_mark(next_code_point(document.text, at))) break;
      span.begin = static_cast<uint32_t>(at);
    }
    while (span.begin < span.end) {
      size_t at = span.end;
      if (!is_end_mark(previous_code_point(document.text, at))) break;
      span.end = static_cast<uint32_t>(at);
    }
  };
  trim_ends();
  for (const std::string_view possessive : {"’s", "'s"})
    if (document.at(span).ends_with(possessive)) span.end -= static_cast<uint32_t>(possessive.size());
  cut_front(document, span, before_names);
  trim_ends();
  return span;
}

Span trim_title(const Document& document, Span span) {
  span = trim_name(document, span);
  cut_front(document, span, titles);
  return span;
}

std::vector<std::string> name_words(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& word : words_of(text)) {
    size_t at = 0;
    if (is_word(next_code_point(word, at))) words.push_back(word);
  }
  const auto drop_front = [&words](const WordSet& set) {
    size_t n = 0;
    while (n + 1 < words.size() && set.contains(words[n])) ++n;
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(n));
  };
  drop_front(before_names);
  drop_front(titles);
  // The “s” of a possessive is a word of its own.
  while (words.size() > 1 && (words.back() == "s" || behind_names.contains(words.back()))) words.pop_back();
  return words;
}

NameMatch match_persons(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return NameMatch::none;
  if (a == b) return NameMatch::same;
  const auto& [small, large] = a.size() <= b.size() ? std::pair(&a, &b) : std::pair(&b, &a);
  if (small->size() == 1) {
    // “Brandt”, “Helga” of “Helga Brandt”; a middle name is nobody's short form.
    if (large->size() == 1) return NameMatch::none;
    return small->front() == large->back() || small->front() == large->front() ? NameMatch::part : NameMatch::none;
  }
  const bool same_last = small->back() == large->back();
  const bool same_first = small->front() == large->front();
  const bool initial = small->front().size() == 1 || large->front().size() == 1 ? small->front()[0] == large->front()[0] : false;
  if (same_last && (same_first || initial)) return NameMatch::part;
  // “Van der Bellen” of “Alexander Van der Bellen”.
  if (std::equal(small->rbegin(), small->rend(), large->rbegin())) return NameMatch::part;
  return same_last || same_first ? NameMatch::conflict : NameMatch::none;
}

NameMatch match_bodies(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return NameMatch::none;
  if (a == b) return NameMatch::same;
  if (is_acronym(a, b) || is_acronym(b, a)) return NameMatch::part;
  const auto& [small, large] = a.size() <= b.size() ? std::pair(&a, &b) : std::pair(&b, &a);
  const bool inside = std::search(large->begin(), large->end(), small->begin(), small->end()) != large->end();
  return inside ? NameMatch::part : NameMatch::none;
}

}  // namespace sayso
