#include "entities/name_types.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "base/unicode.h"
#include "entities/names.h"
#include "entities/phrases.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;
using Types = std::map<std::string, ThingType>;  // of names, as written

std::string text_of_name(const Document& document, const MentionNode& node) { return std::string(document.at(*node.name)); }

// Two words or three, the first of them a first name that is known, the last nothing that a body is.
bool has_first_name(const std::string& name) {
  const std::vector<std::string> words = words_of(name);
  return (words.size() == 2 || words.size() == 3) && is_first_name(words.front()) && !is_body_word(words.back()) &&
         !is_company_word(words.back());
}

// Calls `tell` with what stands behind each blank of a name, until it says that this is enough.
template <class Tell>
void for_each_ending(const std::string& name, const Tell& tell) {
  for (size_t blank = name.find(' '); blank != std::string::npos; blank = name.find(' ', blank + 1))
    if (tell(blank + 1)) return;
}

// “the New Yorker”, “I.R.S.”, “DNC”: behind an article and in an acronym's few capitals stands no person's name, unless a transcript
// writes its speakers so.
bool is_no_person(const Document& document, const WordSet& last_names, Span name) {
  const std::string_view text = document.at(name);
  const bool capitals = text.size() > 1 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ.&0123456789") == std::string_view::npos;
  if (capitals && (text.size() < 5 || text.find_first_of(".&0123456789") != std::string_view::npos))
    return !last_names.contains(to_lower(text)) && !std::string_view(document.text).substr(name.end).starts_with(":");
  const size_t token = token_at(document, name.begin);
  return token > 0 && to_lower(document.at(document.tokens[token - 1].span)) == "the" && !text.ends_with('s');
}

// “Director of the [company], Dimitar Penev,”: who is named is the director.
bool is_of_somebody(const Document& document, size_t token) {
  const auto word = [&](size_t t) { return to_lower(document.at(document.tokens[t].span)); };
  size_t at = token;
  while (at > 0 && token - at < 4 && word(at - 1) != "of") --at;
  return at > 1 && token - at < 4 && word(at - 1) == "of" && is_speaking_role(word(at - 2));
}

// “the operator, Caldrail”, “the consultancy Goalmark”, “the daily “Vestrand Courier””.
bool is_described_as_body(const Document& document, Span name) {
  const auto& tokens = document.tokens.items;
  const size_t at = token_from(document, name.begin);
  const auto parts = [&](size_t t) {
    const std::string_view word = document.at(tokens[t].span);
    return word == "," || word == "“" || word == "\"" || word == "«";
  };
  size_t before = at;
  while (before > 0 && at - before < 2 && parts(before - 1)) --before;
  if (before == 0 || document.at({tokens[before - 1].span.end, name.begin}).find('\n') != std::string_view::npos) return false;
  const bool comma = document.at(tokens[at - 1].span) == ",";
  const bool begins = before > 1 && !is_capital(document, tokens[before - 1].span);
  if (comma && is_of_somebody(document, before - 1)) return false;
  return begins && is_body_description(to_lower(document.at(tokens[before - 1].span))) && (!comma || closes_apposition(document, name.end));
}

// “Commissioner Ida Sund”: a full name behind the title of a person.
bool stands_behind_title(const Document& document, Span name) {
  const size_t at = token_from(document, name.begin);
  if (at == 0) return false;
  const Span before = document.tokens[at - 1].span;
  return document.at({before.end, name.begin}) == " " && is_capital(document, before) && is_title_of_person(to_lower(document.at(before))) &&
         words_of(document.at(name)).size() > 1;
}

// “Caldrail’s managing director”: what a body alone has.
bool has_what_bodies_have(const Document& document, Span name) {
  if (words_of(document.at(name)).size() != 1) return false;
  const std::string behind = to_lower(std::string_view(document.text).substr(name.end, 40));
  for (const std::string_view role : {"managing director", "chief executive", "owner", "shareholders", "customers", "factory", "headquarters",
                                      "board", "workers"})
    for (const std::string_view possessive : {"’s ", "'s "})
      if (behind.starts_with(std::string(possessive).append(role))) return true;
  return false;
}

std::optional<ThingType> type_beside(const Document& document, Span name) {
  static const WordSet bodies = {"Congress", "Parliament", "Senate", "Bundestag", "Knesset", "Kremlin", "Pentagon", "Treasury"};
  if (bodies.contains(std::string(document.at(name)))) return ThingType::organisation;
  if (is_described_as_body(document, name)) return ThingType::organisation;
  if (stands_behind_title(document, name)) return ThingType::person;
  if (has_what_bodies_have(document, name)) return ThingType::organisation;
  return std::nullopt;
}

// “the Harbours Act”, “the Constitution”, “Hurricane Mila”.
bool names_law_or_storm(const std::string& name) {
  static const WordSet laws = {"act", "constitution", "treaty", "amendment"}, storms = {"hurricane", "cyclone", "typhoon"};
  const std::vector<std::string> words = words_of(name);
  return !words.empty() && (laws.contains(words.back()) || storms.contains(words.front()));
}

// How often the network gives each name each kind.
using Votes = std::map<std::string, std::map<ThingType, size_t>>;

Votes count_votes(const Document& document, const WordSet& last_names, const std::vector<MentionNode>& nodes) {
  Votes votes;
  for (const MentionNode& node : nodes) {
    if (!node.name) continue;
    const bool no_person = node.type == ThingType::person && is_no_person(document, last_names, *node.name);
    ++votes[text_of_name(document, node)][no_person ? ThingType::organisation : node.type];
  }
  return votes;
}

size_t votes_for(const Votes& votes, const std::string& name) {
  size_t all = 0;
  for (const auto& [type, number] : votes.at(name)) all += number;
  return all;
}

// One name is of one kind all over a document: of that which the network gives it most often; a thing only where it is nothing else.
// `surnames`: what persons' names end with, as written.
Types types_by_most(const Votes& votes, const WordSet& surnames) {
  Types out;
  for (const auto& [name, types] : votes) {
    if (types.contains(ThingType::person) && has_first_name(name)) {
      out[name] = ThingType::person;
      continue;
    }
    // Of equals a person where the name is what a person's ends with, else the first that is none.
    const ThingType first = surnames.contains(name) ? ThingType::person : ThingType::organisation;
    const auto rank = [&](const auto& vote) {
      return std::tuple(vote.first != ThingType::other, vote.second, vote.first == first, vote.first != ThingType::person);
    };
    out[name] = std::max_element(types.begin(), types.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); })->first;
  }
  // “Cruise” alone is the person whose full name ends so. Where the network sees a person, a rarer first name will do.
  WordSet lasts;
  for (const auto& [name, type] : out)
    if (type == ThingType::person && (has_first_name(name) || (name.find(' ') != std::string::npos && gender_of_first_name(words_of(name).front()))))
      lasts.insert(name.substr(name.rfind(' ') + 1));
  for (auto& [name, type] : out)
    if (type == ThingType::organisation && lasts.contains(name)) type = ThingType::person;
  // “Aung San Suu Kyi”, taken for a place once, when “Suu Kyi” is a person everywhere.
  for (auto& [name, type] : out) {
    if (name.find(" of ") != std::string::npos || type == ThingType::person) continue;
    for_each_ending(name, [&, &name = name, &type = type](size_t begin) {
      const auto end = out.find(name.substr(begin));
      if (end != out.end() && end->second == ThingType::person && votes_for(votes, end->first) > votes_for(votes, name)) type = ThingType::person;
      return type == ThingType::person;
    });
  }
  return out;
}

// Two words or three in capitals, none of which says that it is a body.
bool has_words_of_person(const std::string& name) {
  const std::vector<std::string> words = split_words(name);
  return (words.size() == 2 || words.size() == 3) && std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return word[0] >= 'A' && word[0] <= 'Z' && !is_body_word(to_lower(word)) && !is_company_word(to_lower(word));
  });
}

// “Its president, | Ulla Brand”, “the spokeswoman of the concern, | Ilka Brandner”: where the name begins in a source that is a person's role first.
std::set<uint32_t> names_behind_roles(const Document& document) {
  std::set<uint32_t> out;
  for (const Attribution& attribution : document.attributions) {
    if (!attribution.source) continue;
    const Span source = envelope(attribution.source->part);
    std::string_view text = document.at(source);
    if (text.ends_with(",")) text.remove_suffix(1);
    const size_t comma = text.rfind(", ");
    if (comma == std::string_view::npos || text.substr(0, comma).find(',') != std::string_view::npos) continue;
    const Span role = head_of_source(document, source);
    const std::string word = to_lower(document.at(role));
    if (role.end <= source.begin + comma && !is_capital(document, role) && is_speaking_role(word) && kind_of({word}) == SourceKind::person)
      out.insert(source.begin + static_cast<uint32_t>(comma) + 2);
  }
  return out;
}

// What is plainly said of names: in a dateline or byline, by a state's army, a title in front.
Types types_told(const Document& document, const WordSet& surnames, const std::vector<MentionNode>& nodes) {
  Types told;
  for (const Section& section : document.sections)
    if (section.agency) told[std::string(document.at(*section.agency))] = ThingType::organisation;
  const auto signs = [&](Span name) {
    return std::any_of(document.sections.begin(), document.sections.end(),
                       [&](const Section& s) { return s.kind == SectionKind::byline && s.span.contains(name); });
  };
  WordSet companies;  // “Calder” of “Calder Foods”, “Harrowgate” of “Harrowgate Handball”
  for (const MentionNode& node : nodes) {
    if (!node.name) continue;
    const std::string name = text_of_name(document, node);
    if (has_first_name(name) && signs(*node.name)) told[name] = ThingType::person;
    const std::vector<std::string> words = words_of(name);
    if (words.size() != 2 || name.find(' ') == std::string::npos) continue;
    if (is_company_word(words.back()) || (node.type == ThingType::organisation && shortens_to_front(words.back())))
      companies.insert(name.substr(0, name.find(' ')));
  }
  const std::unordered_set<std::string> governing = find_governing(document);
  const std::set<uint32_t> of_persons = names_behind_roles(document);
  for (const MentionNode& node : nodes) {
    if (!node.name) continue;
    const std::string name = text_of_name(document, node);
    if (of_persons.contains(node.name->begin) && has_words_of_person(name)) told[name] = ThingType::person;
    if (surnames.contains(name)) continue;  // “Obama’s government” is no state's
    if (node.type == ThingType::person && companies.contains(name)) told[name] = ThingType::organisation;
    else if (names_study(document, *node.name) || (node.type != ThingType::person && names_law_or_storm(name))) told[name] = ThingType::other;
    else if (name == "US" || name == "U.S.") told[name] = ThingType::place;  // “the US” is nobody's
    else if (node.type == ThingType::other && name.find(' ') != std::string::npos && kind_of(split_words(name)) == SourceKind::publication)
      told[name] = ThingType::organisation;  // “British Medical Journal”
    else if (is_state(governing, name)) told[name] = ThingType::place;
    else if (const auto type = type_beside(document, *node.name)) told.emplace(name, *type);
  }
  return told;
}

}  // namespace

bool shortens_to_front(const std::string& last_word) {
  static const WordSet of_others = {"foundation", "campaign", "organization", "organisation", "administration", "university", "institute", "center",
                                    "centre", "trust", "family", "estate", "tower", "towers", "prize", "award", "act", "school", "college", "library",
                                    "museum", "report", "inquiry", "plan", "cabinet", "house", "street", "times", "post", "journal", "team", "camp",
                                    "republicans", "democrats"};
  return !of_others.contains(last_word) && !is_body_word(last_word) && !is_never_its_front(last_word);
}

bool is_never_its_front(const std::string& last_word) {
  static const WordSet of_places = {"navy", "army", "forces", "embassy", "parliament", "government", "today", "tribune", "herald", "courier",
                                    "gazette", "chronicle", "observer", "telegraph", "mail"};
  return of_places.contains(last_word);
}

bool names_study(const Document& document, Span name) {
  static const WordSet studies = {"study", "survey", "poll", "census"};
  const std::vector<std::string> words = words_of(document.at(name));
  return words.size() > 1 && studies.contains(words.back()) && words[words.size() - 2] != "geological";  // “U.S. Geological Survey”
}

void mend_types(const Document& document, const std::unordered_set<std::string>& last_names, std::vector<MentionNode>& nodes) {
  WordSet surnames;  // what persons' names end with behind a blank, as written
  for (const MentionNode& node : nodes) {
    if (!node.name || node.type != ThingType::person) continue;
    const std::string name = text_of_name(document, node);
    for_each_ending(name, [&](size_t begin) {
      surnames.insert(name.substr(begin));
      return false;
    });
  }
  Types known = types_told(document, surnames, nodes);
  known.merge(types_by_most(count_votes(document, last_names, nodes), surnames));
  for (MentionNode& node : nodes)
    if (node.name)
      if (const auto found = known.find(text_of_name(document, node)); found != known.end()) node.type = found->second;
  // “Scientologist | Tom Cruise”: the full name is known by itself. “United States | Tom Cruise”: the front is known as a place.
  for (MentionNode& node : nodes) {
    if (!node.name || node.type != ThingType::person) continue;
    const std::string name = text_of_name(document, node);
    for_each_ending(name, [&](size_t begin) {
      const auto front = known.find(name.substr(0, begin - 1));
      const bool behind_place = front != known.end() && front->second == ThingType::place && name.find(' ', begin) != std::string::npos;
      const auto full = known.find(name.substr(begin));
      const bool is_known = full != known.end() && full->second == ThingType::person && has_first_name(full->first);
      if (!behind_place && !is_known) return false;
      node.name->begin += static_cast<uint32_t>(begin);
      return true;
    });
  }
}

}  // namespace sayso
