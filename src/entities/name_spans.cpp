#include "entities/name_spans.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "base/unicode.h"
#include "entities/function_words.h"
#include "entities/names.h"
#include "entities/phrases.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;

// “Senate Majority Leader | Helga Brandt”, whatever the tags make of it: a title, a first name that is known, and another word behind it.
bool is_person_behind_title(const Document& document, Span name) {
  std::vector<std::string> words = split_words(document.at(name));
  std::erase(words, ".");
  for (size_t i = 0; i + 2 < words.size(); ++i) {
    const std::string title = to_lower(words[i]);
    if (!is_title(title)) continue;
    if (is_first_name(to_lower(words[i + 1])) && i + 4 >= words.size()) return true;
    const auto is_name_word = [](const std::string& word) {
      const std::string lower = to_lower(word);
      return word[0] >= 'A' && word[0] <= 'Z' && !is_body_word(lower) && !is_company_word(lower) && !is_title(lower);
    };
    if (i > 0 && i + 3 == words.size() && is_title_of_person(title) && is_name_word(words[i + 1]) && is_name_word(words[i + 2])) return true;
  }
  return false;
}

// “US President Barack Obama”: the name begins behind the last title in it.
void cut_inner_titles(const Document& document, Span& name) {
  static const WordSet before_people = {"rival", "opponent", "challenger", "former", "then", "ex", "fellow"};
  // “Rival Helga Brandt”, “Farmer Ingrid Vass”: what somebody is has a capital where the sentence begins, and two more follow.
  const auto is_what_somebody_is = [&](Span span, const std::string& word) {
    return span.begin == name.begin && (is_speaking_role(word) || before_people.contains(word)) &&
           std::count(document.text.begin() + span.end, document.text.begin() + name.end, ' ') >= 2;
  };
  uint32_t begin = name.begin;
  for (size_t t = token_at(document, name.begin); t < document.tokens.size(); ++t) {
    const Token& token = document.tokens[t];
    if (token.span.begin < name.begin) continue;
    if (token.span.end >= name.end) break;
    std::string word = to_lower(document.at(token.span));
    if (word.ends_with('.')) word.pop_back();
    if (is_title(word) || (begin == name.begin && is_what_somebody_is(token.span, word))) begin = token.span.end;
  }
  while (begin < name.end && (document.text[begin] == ' ' || document.text[begin] == '.')) ++begin;
  if (begin < name.end) name.begin = begin;
}

// “Speaker of the House | Newt Gingrich”: the institution belongs to the title, where two more words in capitals follow that no body is called by.
void cut_institution(const Document& document, MentionNode& node) {
  static const WordSet institutions = {"House", "State", "Defense", "Defence", "Senate", "Assembly", "Parliament", "Treasury", "Staff", "Board"};
  Span& name = *node.name;
  const std::vector<std::string> words = split_words(document.at(name));
  if (words.size() != 3 || !institutions.contains(words.front())) return;
  for (const size_t i : {1, 2})
    if (words[i][0] < 'A' || words[i][0] > 'Z' || is_body_word(to_lower(words[i])) || is_company_word(to_lower(words[i]))) return;
  size_t t = token_from(document, name.begin);
  const auto is_before = [&](std::string_view word) { return t > 0 && document.at(document.tokens[t - 1].span) == word; };
  t -= is_before("the") ? 1 : 0;
  if (!is_before("of") || t < 2 || !is_title(to_lower(document.at(document.tokens[t - 2].span)))) return;
  name.begin += static_cast<uint32_t>(words.front().size());
  while (document.text[name.begin] == ' ') ++name.begin;
  node.type = ThingType::person;
}

void cut_titles(const Document& document, MentionNode& node) {
  cut_institution(document, node);
  if (node.type != ThingType::person && is_person_behind_title(document, *node.name)) node.type = ThingType::person;
  if (node.type == ThingType::person) cut_inner_titles(document, *node.name);
}

// “financial daily | Kurs”: small words in front of a capital, but those that names begin with.
void cut_small_words(const Document& document, Span& name) {
  static const WordSet begin_names = {"de", "van", "von", "al", "bin", "ben", "el", "la", "le", "di", "da", "dos", "del", "der", "den", "ten", "ter",
                                      "abu"};
  const auto& tokens = document.tokens.items;
  for (size_t t = token_from(document, name.begin); t < tokens.size() && tokens[t].span.end <= name.end; ++t) {
    const Span span = tokens[t].span;
    const std::string_view word = document.at(span);
    if (is_capital(document, span) || begin_names.contains(std::string(word)) || word[0] < 'a' || word[0] > 'z') {
      if (is_capital(document, span)) name.begin = span.begin;
      return;
    }
    if (t + 1 == tokens.size() || tokens[t + 1].span.end > name.end) return;
  }
}

// “University of Sheffield of [the]”: words that join nothing.
void cut_loose_ends(const Document& document, Span& name) {
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view loose : {" of", " the", " and", " for", " &"})
      if (document.at(name).ends_with(loose)) {
        name.end -= static_cast<uint32_t>(loose.size());
        cut = true;
      }
  }
  // “University of Sheffield’s [school of public]”: what it has in small letters.
  for (const std::string_view possessive : {"’s ", "'s "})
    if (const size_t at = document.at(name).find(possessive); at != std::string_view::npos && at > 0) {
      const char next = at + possessive.size() < name.size() ? document.at(name)[at + possessive.size()] : ' ';
      if (next >= 'a' && next <= 'z') name.end = name.begin + static_cast<uint32_t>(at);
    }
  const std::string_view text = document.text;
  if (name.end < text.size() && text[name.end] == '.' && name.size() >= 3 && text[name.end - 2] == '.') ++name.end;  // “U.S.”
}

// “Rhys Cadogan | KC”: an office or honour in letters. Requires a node with a name.
void cut_letters(const Document& document, MentionNode& node) {
  static constexpr std::string_view letters[] = {" KC", " QC", " SC", " MP", " MSP", " MEP", " TD", " OBE", " MBE", " CBE", " FRS", " PhD", " MD"};
  Span& name = *node.name;
  for (const std::string_view behind : letters)
    if (document.at(name).ends_with(behind) && document.at(name).find(' ') + behind.size() < name.size())
      name.end -= static_cast<uint32_t>(behind.size());
  if (!name.contains(node.head)) node.head = head_of(document, name);
}

// What behind a person's name is no part of it.
void cut_behind_person(const Document& document, Span& name) {
  // “Piers Odom | of Hallam Bank”.
  const auto is_full = [&](size_t end) { return document.at(name).substr(0, end).find(' ') != std::string_view::npos; };
  if (const size_t at = document.at(name).find(" of "); at != std::string_view::npos && is_full(at))
    name.end = name.begin + static_cast<uint32_t>(at);
  // “Sund | 30 years ago”.
  for (size_t at = document.at(name).find(' '); at != std::string_view::npos && at + 1 < name.size(); at = document.at(name).find(' ', at + 1))
    if (const char next = document.at(name)[at + 1]; next >= '0' && next <= '9') name.end = name.begin + static_cast<uint32_t>(at);
}

// “Al-|Masar”, “Pohjola-|24”: the network ends a name at the hyphen; and no “Trump-|Clinton debate”.
void go_over_hyphen(const Document& document, Span& name) {
  static const WordSet articles = {"Al", "El", "An", "Ar", "As", "Ad", "Ash", "Abu", "Ibn", "Ben", "Bin", "Ul"};
  const std::string_view text = document.text;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (name.end + 1 >= text.size() || text[name.end] != '-') return;
  const std::vector<std::string> words = split_words(document.at(name));
  const bool capital = is_capital(document, {name.end + 1, name.end + 2});
  if (words.empty() || !(is_digit(text[name.end + 1]) || (capital && articles.contains(words.back())))) return;
  const size_t next = token_from(document, name.end + 1);
  if (next < document.tokens.size() && document.tokens[next].span.begin == name.end + 1) name.end = document.tokens[next].span.end;
}

// “Oslo Institute | for Arms Control”, “Port | of Djibouti”: what a body is for belongs to its name, as far as capitals go on.
void go_over_purpose(const Document& document, const MentionNode& node, Span& name) {
  static const WordSet small = {"of", "for", "and", "the", "&"};
  static const WordSet others = {"port", "center", "centre", "chamber", "conference"};
  Span known = name;  // “Port of”
  cut_loose_ends(document, known);
  const std::vector<std::string> words = words_of(document.at(known));
  if (words.empty() || !(is_body_word(words.back()) || others.contains(words.back()))) return;
  const auto& tokens = document.tokens.items;
  size_t t = token_from(document, known.end);
  const auto is = [&](size_t n, std::string_view word) { return n < tokens.size() && document.at(tokens[n].span) == word; };
  if (!is(t, "of") && !is(t, "for")) return;
  for (; t < tokens.size() && tokens[t].span.end <= node.span.end; ++t) {
    const std::string_view gap = document.at({tokens[t - 1].span.end, tokens[t].span.begin});
    if (gap != " ") break;
    if (is_capital(document, tokens[t].span)) name.end = tokens[t].span.end;
    else if (!small.contains(std::string(document.at(tokens[t].span)))) break;
  }
}

// The last of the capitals that follow a name word by word before `end`; an empty span behind the name when none does.
Span capitals_behind(const Document& document, Span name, uint32_t end) {
  Span last{name.end, name.end};
  for (size_t t = token_at(document, name.end); t < document.tokens.size(); ++t) {
    const Token& token = document.tokens[t];
    if (token.span.begin < name.end) continue;
    if (token.span.begin >= end || document.at({last.end, token.span.begin}) != " " || !is_capital(document, token.span)) break;
    last = token.span;
  }
  return last;
}

}  // namespace

bool ends_title(const Document& document, Span name) {
  const std::vector<std::string> words = words_of(document.at(name));
  if (words.empty()) return false;
  size_t t = token_from(document, name.begin);
  const auto before = [&](size_t n) { return t >= n ? to_lower(document.at(document.tokens[t - n].span)) : std::string(); };
  if (before(1) == "the") --t;
  if (before(1) != "of" || !is_title(before(2))) return false;
  return words.size() == 1 || is_body_word(words.front()) || std::find(words.begin(), words.end(), "of") != words.end();
}

bool leads_elsewhere(const Document& document, Span before) {
  static const WordSet ends = {"of", "in", "at", "from", "for", "with", "on", "by", "who", "whom", "which", "that", "to", "about", "and", "or",
                               "near", "between", "against", "including"};
  const std::vector<std::string> words = words_of(document.at(before));
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return ends.contains(word) || (word.size() > 5 && word.ends_with("ing")); });
}

std::optional<Span> capitals_around(const Document& document, const MentionNode& node) {
  static const WordSet inside = {"of", "the", "for", "de", "&", "’s", "'s", "’", "'", "-"};
  if (!is_capital(document, node.head) || (starts_sentence(document, node.head) && node.kind != MentionKind::name)) return std::nullopt;
  const auto& tokens = document.tokens.items;
  const size_t head = token_from(document, node.head.begin);
  if (head == tokens.size() || tokens[head].span.begin != node.head.begin) return std::nullopt;
  const auto goes_over = [&](Span word) { return inside.contains(to_lower(document.at(word))); };
  Span run = tokens[head].span;
  for (size_t left = head; left-- > 0 && node.span.contains(tokens[left].span);) {
    if (is_capital(document, tokens[left].span)) run.begin = tokens[left].span.begin;
    else if (!goes_over(tokens[left].span)) break;
  }
  for (size_t right = head + 1; right < tokens.size() && node.span.contains(tokens[right].span); ++right) {
    if (is_capital(document, tokens[right].span)) run.end = tokens[right].span.end;
    else if (!goes_over(tokens[right].span)) break;
  }
  run = trim_title(document, run);
  if (run.begin >= run.end) return std::nullopt;
  const bool of_document = kind_of(split_words(document.at(node.span))) == SourceKind::document;
  if (of_document && leads_elsewhere(document, {node.span.begin, std::max(node.span.begin, run.begin)})) return std::nullopt;
  const std::vector<std::string> words = words_of(document.at(run));
  if (std::all_of(words.begin(), words.end(), [](const std::string& word) { return is_title(word) || is_pronoun(word); })) return std::nullopt;
  return run;
}

void name_behind_description(const Document& document, MentionNode& node) {
  const auto& tokens = document.tokens.items;
  std::optional<Span> name;
  bool described = false;
  for (size_t t = token_from(document, node.span.begin); t < tokens.size() && tokens[t].span.end <= node.span.end; ++t) {
    const Span span = tokens[t].span;
    const std::string_view word = document.at(span);
    const bool capital = is_capital(document, span);
    if (word == ",") break;
    if (is_body_description(to_lower(word)) && !capital) described = true;
    else if (described && capital) name = Span{name ? name->begin : span.begin, span.end};
    else if (name || (described && word != "“" && word != "\"" && word != "«")) break;
  }
  if (!name || (node.name && node.name->overlaps(*name))) return;
  node.name = name;
  node.kind = MentionKind::name;
  node.type = ThingType::organisation;
  if (!name->contains(node.head)) node.head = head_of(document, *name);
}

void cut_description(const Document& document, Span& name) {
  const auto& tokens = document.tokens.items;
  for (size_t t = token_from(document, name.begin); t + 1 < tokens.size() && tokens[t + 1].span.end <= name.end; ++t)
    if (is_body_description(std::string(document.at(tokens[t].span))) && is_capital(document, tokens[t + 1].span))
      name.begin = tokens[t + 1].span.begin;
}

void mend_name(const Document& document, MentionNode& node) {
  Span& name = *node.name;
  for (const std::string_view behind : {" in ", ", ", " | ", " ("})
    if (const size_t at = document.at(name).find(behind); at != std::string_view::npos && at > 0) name.end = name.begin + static_cast<uint32_t>(at);
  go_over_hyphen(document, name);
  cut_titles(document, node);
  if (node.type == ThingType::person) cut_behind_person(document, name);
  else go_over_purpose(document, node, name);
  cut_description(document, name);
  cut_small_words(document, name);
  if (node.type == ThingType::person) cut_institution(document, node);  // “Secretary of | State Ida Sund”, whose first words are cut by now
  cut_loose_ends(document, name);
  if (node.type == ThingType::person) cut_letters(document, node);
  if (!name.contains(node.head)) node.head = head_of(document, name);
  const std::string_view text = document.at(name);
  if (!text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || (c >= 'a' && c <= 'z'); })) return;
  for (const std::string_view mark : {"“", "\"", "‘", "«"})
    if (const size_t at = document.at(name).find(mark); at != std::string_view::npos && at + mark.size() < name.size())
      name.begin += static_cast<uint32_t>(at + mark.size());
  const Span phrase_head = head_of(document, {name.begin, std::max(name.end, node.span.end)});
  if (phrase_head.begin < name.end) return;
  const bool body = is_body_word(to_lower(document.at(phrase_head)));
  const Span to = body ? phrase_head : capitals_behind(document, name, phrase_head.end);
  if (to.end <= name.end) return;
  name.end = to.end;
  name = trim_title(document, name);  // “Commissioner | Olaf Rem”
  if (!body) cut_titles(document, node);
  node.head = phrase_head;
  if (body) node.type = ThingType::organisation;
  else if (node.type == ThingType::person) cut_letters(document, node);
}

void take_titles(const Document& document, MentionNode& node) {
  if (node.span.begin < node.name->begin) return;
  const auto& tokens = document.tokens.items;
  size_t i = token_from(document, node.span.begin);
  const auto word = [&](size_t n) {
    std::string w = to_lower(document.at(tokens[n].span));
    if (w.ends_with('.')) w.pop_back();
    return w;
  };
  const auto touches = [&](size_t n) {
    return document.at({tokens[n].span.end, tokens[n + 1 < tokens.size() ? n + 1 : n].span.begin}) == " ";
  };
  const auto are_capitals = [&](size_t n) { return is_capital(document, tokens[n].span) && is_capital(document, tokens[n + 1].span); };
  if (i == 0 || i >= tokens.size() || !touches(i - 1) || !is_title(word(i - 1))) return;
  --i;
  while (i > 0 && touches(i - 1) && (is_title(word(i - 1)) || are_capitals(i - 1))) --i;
  node.span.begin = tokens[i].span.begin;
}

}  // namespace sayso
