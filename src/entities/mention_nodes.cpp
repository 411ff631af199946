#include "entities/mention_nodes.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "base/unicode.h"
#include "entities/function_words.h"
#include "entities/name_spans.h"
#include "entities/name_types.h"
#include "entities/names.h"
#include "entities/phrases.h"
#include "entities/source_words.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;

// ---- the network's mentions and names ----

// Units [begin, end) without what is parted from unit `keep` by a blank line, or by a line's end where a sentence ends: a byline is no part of the
// name that the next paragraph begins with, nor a name in a list of the next one. A colon parts too: “Mayor: builder offered money”.
Range within_paragraph(const Document& document, const FoundMentions& found, Range units, uint32_t keep) {
  const auto parted = [&](uint32_t unit) {
    const uint32_t next = found.units[unit + 1].begin;
    const std::string_view between = document.at({found.units[unit].end, next});
    if (document.at(found.units[unit + 1]) == ":" || document.at(found.units[unit]) == ":") return true;
    return between.find('\n') != std::string_view::npos &&
           (between.find("\n\n") != std::string_view::npos || starts_sentence(document, {next, next}));
  };
  for (uint32_t unit = keep; unit > units.begin; --unit)
    if (parted(unit - 1)) units.begin = unit;
  for (uint32_t unit = keep; unit + 1 < units.end; ++unit)
    if (parted(unit)) units.end = unit + 1;
  return units;
}

// A full name that the tags know in one place and pass over in another.
void add_said_again(const Document& document, const FoundMentions& found, std::vector<FoundName>& names) {
  std::unordered_map<std::string, std::vector<std::pair<std::string, ThingType>>> by_first_word;  // the units of each name of two words or more
  std::vector<bool> taken(found.units.size(), false);
  for (const FoundName& name : names) {
    std::fill(taken.begin() + name.units.begin, taken.begin() + name.units.end, true);
    const Span span = trim_title(document, found.span_of(name.units));
    const std::string text(document.at(span));
    const std::vector<std::string> words = split_words(text);
    if (words.size() < 2 || text.find_first_of("\n,;:()") != std::string::npos) continue;
    if (!is_capital(document, span) || !is_capital(document, {span.end - static_cast<uint32_t>(words.back().size()), span.end})) continue;
    auto& known = by_first_word[words.front()];
    if (std::none_of(known.begin(), known.end(), [&](const auto& other) { return other.first == text; })) known.emplace_back(text, name.type);
  }
  const size_t count = names.size();
  for (uint32_t unit = 0; unit < found.units.size(); ++unit) {
    const auto known = by_first_word.find(std::string(document.at(found.units[unit])));
    if (known == by_first_word.end() || taken[unit]) continue;
    for (const auto& [text, type] : known->second) {
      const uint32_t end = found.units[unit].begin + static_cast<uint32_t>(text.size());
      if (!std::string_view(document.text).substr(found.units[unit].begin).starts_with(text)) continue;
      uint32_t last = unit;
      while (last < found.units.size() && found.units[last].end < end && !taken[last]) ++last;
      if (last == found.units.size() || taken[last] || found.units[last].end != end) continue;
      names.push_back({{unit, last + 1}, type});
      std::fill(taken.begin() + unit, taken.begin() + last + 1, true);
      break;
    }
  }
  std::inplace_merge(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(count), names.end(),
                     [](const FoundName& a, const FoundName& b) { return a.units.begin < b.units.begin; });
}

// The network's names, parted at blank lines, and where they are said again.
std::vector<FoundName> collect_names(const Document& document, const FoundMentions& found) {
  std::vector<FoundName> out;
  for (const FoundName& name : found.names)
    for (uint32_t at = name.units.begin; at < name.units.end;) {
      const Range part = within_paragraph(document, found, {at, name.units.end}, at);
      out.push_back({part, name.type});
      at = part.end;
    }
  add_said_again(document, found, out);
  return out;
}

std::vector<MentionNode> nodes_of_mentions(const Document& document, const FoundMentions& found) {
  std::vector<MentionNode> nodes;
  for (size_t m = 0; m < found.mentions.size(); ++m) {
    const FoundMention& mention = found.mentions[m];
    MentionNode node;
    node.span = found.span_of(within_paragraph(document, found, mention.units, mention.head));
    node.head = found.units[mention.head];
    node.kind = mention.kind;
    node.type = mention.type;
    node.found = m;
    // “the chief of [hiding it. “He knows”, she says]”: no phrase goes on in the next sentence.
    if (const Span sentence = sentence_around(document, node.head.begin); node.span.end > sentence.end + 1 && sentence.size() > 0) continue;
    const bool is_word = mention.units.end - mention.units.begin == 1;
    // The lists know all pronouns there are; what the network takes for one and is none is a description.
    if (is_word && is_pronoun(to_lower(document.at(node.head))) && !is_acronym_word(document, node.head)) node.kind = MentionKind::pronoun;
    else if (node.kind == MentionKind::pronoun) node.kind = MentionKind::nominal;
    if (node.kind == MentionKind::nominal) node.head = head_of(document, node.span);
    nodes.push_back(node);
  }
  return nodes;
}

MentionNode name_node(Span span, Span head, Span name, ThingType type) {
  MentionNode node;
  node.span = span;
  node.head = head;
  node.name = name;
  node.kind = MentionKind::name;
  node.type = type;
  return node;
}

// The smallest node that holds the span and whose head stands in it.
MentionNode* node_around(std::vector<MentionNode>& nodes, Span span) {
  MentionNode* best = nullptr;
  for (MentionNode& node : nodes)
    if (node.span.contains(span) && span.contains(node.head) && (!best || node.span.size() < best->span.size())) best = &node;
  return best;
}

// A body without a capital is none that we could name (“a rib”, “the house”).
bool is_body_in_small_letters(const Document& document, Span span, ThingType type) {
  const std::string_view text = document.at(span);
  return type == ThingType::organisation && text == to_lower(text);
}

// Gives each name to the mention whose head stands in it, else to a node of its own.
void add_names(const Document& document, const FoundMentions& found, std::vector<MentionNode>& nodes) {
  for (const FoundName& name : collect_names(document, found)) {
    const Span span = found.span_of(name.units);
    const Span bare = trim_title(document, span);
    if (bare.begin >= bare.end || is_body_in_small_letters(document, bare, name.type)) continue;
    MentionNode* const around = node_around(nodes, span);
    if (around && around->kind != MentionKind::pronoun &&
        !leads_elsewhere(document, {around->span.begin, std::max(around->span.begin, span.begin)})) {
      around->name = bare;
      around->kind = MentionKind::name;
      around->type = name.type;
      continue;
    }
    nodes.push_back(name_node(trim_name(document, span), found.units[name.units.end - 1], bare, name.type));
  }
}

// “Company Analysts Resign Over Dock Plan”: most words of the line that are no small ones have capitals.
bool is_in_title_case(const Document& document, Span span) {
  const std::string_view text = document.text;
  const size_t before = span.begin == 0 ? std::string_view::npos : text.rfind('\n', span.begin - 1);
  const size_t begin = before == std::string_view::npos ? 0 : before + 1, end = std::min(text.find('\n', span.end), text.size());
  if (end - begin > 200) return false;  // that is no heading
  size_t words = 0, capitals = 0;
  for (size_t t = token_from(document, static_cast<uint32_t>(begin)); t < document.tokens.size() && document.tokens[t].span.end <= end; ++t) {
    if (document.tokens[t].span.size() <= 3) continue;
    ++words;
    capitals += is_capital(document, document.tokens[t].span);
  }
  return capitals * 10 >= words * 7;
}

// What the network takes for a description and the tags for no name: its capitals are those of a heading or of a people (“the Sundists”).
bool has_capitals_of_no_name(const Document& document, const MentionNode& node) {
  const std::string first = first_word(document, node.span);
  const bool determined = is_definite(first) || is_indefinite(first);  // no “Sanders”
  const bool people = node.type == ThingType::person && determined && is_plural_noun(to_lower(document.at(node.head)));
  return people || is_in_title_case(document, node.span);
}

// A name that the tags of names passed over: of another kind (a bill, a prize), a short form (“the Front”), or missed.
void find_missed_name(const Document& document, MentionNode& node) {
  if (const std::string_view word = document.at(node.span); word == "WHO" || word == "US") {  // and no “IT”: people shout
    node.kind = MentionKind::name;
    node.name = node.span;
    node.type = word == "US" ? ThingType::place : ThingType::organisation;
    return;
  }
  if (node.kind == MentionKind::name || !has_capitals_of_no_name(document, node)) node.name = capitals_around(document, node);
  node.kind = node.name ? MentionKind::name : MentionKind::nominal;
  if (!node.name) node.head = head_of(document, node.span);
}

// ---- what is a name and what is none ----

// “senators”, “Mexicans”.
bool is_kind_in_plural(const std::string& word) {
  static const WordSet peoples = {"germans", "cubans", "texans", "romans"};  // and no “Evans”
  return is_plural_noun(word) && (word.ends_with("icans") || word.ends_with("ians") || word.ends_with("eans") || peoples.contains(word) ||
                                  is_speaking_role(word.substr(0, word.size() - 1)));
}

// What full names of persons end with, in lower case.
WordSet find_last_names(const Document& document, const std::vector<MentionNode>& nodes) {
  WordSet last_names;
  for (const MentionNode& node : nodes) {
    if (!node.name || node.type != ThingType::person) continue;
    const std::vector<std::string> words = name_words(document.at(*node.name));
    if (words.size() > 1 && !is_kind_in_plural(words.back())) last_names.insert(words.back());
  }
  return last_names;
}

// “the Republican presidential nominee”: a party's adjective with more of the phrase behind it in small letters.
bool is_adjective_in_front(const Document& document, const MentionNode& node) {
  const Span& name = *node.name;
  if (!is_party_adjective(to_lower(document.at(name))) || node.span.end <= name.end + 1 || document.text[name.end] != ' ') return false;
  const char next = document.text[name.end + 1];
  return next >= 'a' && next <= 'z';
}

// “the harbour mayor”, “the Brandt aide”: the head word in small letters behind the name, when it is a person's; else the name itself.
Span head_behind_name(const Document& document, const MentionNode& node) {
  const Span& name = *node.name;
  if (node.span.end <= name.end + 1 || document.text[name.end] != ' ') return name;
  const Span head = head_of(document, {name.begin, node.span.end});
  if (head.begin <= name.end || is_capital(document, head)) return name;
  const std::string_view between = document.at({name.end, head.begin});
  if (!std::all_of(between.begin(), between.end(), [](char c) { return c == ' ' || c == '-' || (c >= 'a' && c <= 'z'); })) return name;
  const std::string word = to_lower(document.at(head));
  return is_speaking_role(word) && kind_of({word}) == SourceKind::person ? head : name;
}

// “Democrats”, “the Europeans”, “one Republican”: a kind of people has a capital and is nobody's name.
bool is_kind_of_people(const Document& document, const WordSet& last_names, const MentionNode& node) {
  static const WordSet kinds = {"danes", "poles", "swedes", "finns", "serbs", "croats", "czechs", "slovaks", "turks", "scots", "greeks", "brits",
                                "britons", "spaniards", "tories", "israelis", "iraqis", "saudis", "pakistanis", "muslims", "christians", "jews",
                                "catholics", "evangelicals", "hispanics", "latinos", "asians", "africans", "arabs", "kurds", "shiites", "sunnis",
                                "eyewitnesses", "rumour", "rumor", "people", "the", "a", "an"};
  const std::vector<std::string> name = split_words(document.at(*node.name));
  const std::string first = first_word(document, node.span);
  const bool addressed = first == "mr" || first == "mrs" || first == "ms" || first == "miss";  // “Mr. King” is no king
  if (!addressed && std::all_of(name.begin(), name.end(), [](const std::string& word) { return is_title(to_lower(word)) || word == "."; }))
    return true;
  if (name.size() > 1) {
    // “U.S. senator”, “Oversight Committee Republicans”, “Many Mexicans”.
    if (node.type == ThingType::person && name.back()[0] >= 'a' && name.back()[0] <= 'z' && is_speaking_role(name.back())) return true;
    const std::string last = to_lower(name.back());
    const std::string front = to_lower(name.front());
    const bool one_of_party = is_party_adjective(last) && (front == "one" || is_indefinite(front));  // “One Republican”
    return one_of_party || is_kind_in_plural(last) || (is_party_adjective(front) && is_plural_noun(last));
  }
  if (name.empty()) return false;
  const std::string word = to_lower(name.front());
  if (is_party_adjective(word) && node.type == ThingType::person) return true;  // “the Republican said”
  if (starts_sentence(document, node.span) && is_plural_noun(word) && kind_of({word}) == SourceKind::document) return true;  // “Polls show”
  if (kinds.contains(word)) return true;
  // “Sanders” is no more than one: a plural is one when its singular is a kind of people, or when nobody's name ends so.
  const bool plural = is_plural_noun(word) && kind_of(name) == SourceKind::group && !last_names.contains(word) &&
                      (node.type != ThingType::person || is_kind_in_plural(word));
  return plural || (node.type == ThingType::person && (is_indefinite(first) || first == "one"));
}

// Makes a description of a person of it.
void describe_person(MentionNode& node, Span head) {
  node.name.reset();
  node.kind = MentionKind::nominal;
  node.type = ThingType::person;
  node.head = head;
}

// “The spokeswoman of the ministry of Norrholm | Ida Sund”, as machines translate it: the place, named alone elsewhere, is no part of the name.
void cut_place_in_front(const Document& document, const WordSet& places, MentionNode& node) {
  Span& name = *node.name;
  const std::vector<std::string> words = split_words(document.at(name));
  if (words.size() < 3 || !places.contains(words[0]) || name.begin < 4 || document.at({name.begin - 4, name.begin}) != " of ") return;
  name.begin += static_cast<uint32_t>(words[0].size()) + 1;
  if (node.span.begin > name.begin - 6) node.span.begin = name.begin;
}

// Gives each name its bounds, and makes a description of what is no name.
void settle_names(const Document& document, const WordSet& last_names, std::vector<MentionNode>& nodes) {
  std::vector<MentionNode> others;
  WordSet places;
  for (const MentionNode& node : nodes)
    if (node.name && node.type != ThingType::person) places.insert(std::string(document.at(*node.name)));
  for (MentionNode& node : nodes) {
    if (!node.name) continue;
    mend_name(document, node);
    if (node.type == ThingType::person) cut_place_in_front(document, places, node);
    if (node.type == ThingType::person && ends_title(document, *node.name)) {
      const bool alone = node.span.begin >= node.name->begin;
      describe_person(node, head_of(document, node.span));
      if (alone) node.type = ThingType::other;
      continue;
    }
    const std::string_view written = document.at(*node.name);
    static const WordSet no_names = {"ed", "Inc", "Inc.", "Ltd", "Ltd.", "Corp", "Corp.", "LLC", "PLC", "GmbH"};  // “(… – ed.)”, “Foods, Inc.”
    if (no_names.contains(std::string(written))) {
      node.name.reset();
      node.kind = MentionKind::nominal;
      continue;
    }
    if (is_adjective_in_front(document, node)) {
      describe_person(node, head_of(document, {node.name->begin, node.span.end}));
      node.name = capitals_around(document, node);  // “Democratic nominee | Ida Sund”
      if (node.name) node.kind = MentionKind::name;
    } else if (const Span own = head_behind_name(document, node); own != *node.name) {
      others.push_back(node);  // the aide is not Brandt
      others.back().span = others.back().head = *node.name;
      others.back().found.reset();
      describe_person(node, own);
    } else if (is_kind_of_people(document, last_names, node)) {
      describe_person(node, head_of(document, node.span));
    } else {
      node.span = {std::min(node.span.begin, node.name->begin), std::max(node.span.end, node.name->end)};
    }
  }
  nodes.insert(nodes.end(), others.begin(), others.end());
}

// “the British Medical Journal”, “the podcast Seven Metres”: capitals that end with what papers are called, or stand behind what an outlet is, where
// the network has no name.
void collect_outlets(const Document& document, std::vector<MentionNode>& nodes) {
  static const WordSet other_outlets = {"journal", "programme", "blog"};
  static const WordSet small = {"of", "the", "and", "for"};
  const auto& tokens = document.tokens.items;
  const auto stands = [&](size_t t) { return t < tokens.size() && is_capital(document, tokens[t].span); };
  std::vector<MentionNode> missed;
  for (size_t t = 0; t < tokens.size(); ++t) {
    if (!stands(t)) continue;
    const size_t begin = t + (document.at(tokens[t].span) == "The" && stands(t + 1));
    size_t end = begin + 1;  // “Airways and Health”
    while (stands(end) || (stands(end + 1) && small.contains(std::string(document.at(tokens[end].span))))) ++end;
    t = end;
    const Span name{tokens[begin].span.begin, tokens[end - 1].span.end};
    if (name.size() > 60 || document.at(name).find('\n') != std::string_view::npos) continue;
    const std::string before(begin > 0 ? document.at(tokens[begin - 1].span) : std::string_view());
    const bool described = is_outlet_word(before) || other_outlets.contains(before);
    if (!described && !(end - begin > 1 && kind_of(split_words(document.at(name))) == SourceKind::publication)) continue;
    // A part of it (“British”) that the network takes for a name is none; a name that is as long or reaches out of it is known better.
    const auto is_part = [&](const MentionNode& node) { return name.contains(*node.name) && *node.name != name; };
    if (std::any_of(nodes.begin(), nodes.end(), [&](const MentionNode& node) { return node.name && node.name->overlaps(name) && !is_part(node); }))
      continue;
    std::erase_if(nodes, [&](const MentionNode& node) { return node.name && name.contains(node.span) && is_part(node); });
    missed.push_back(name_node(name, tokens[end - 1].span, name, ThingType::organisation));
  }
  nodes.insert(nodes.end(), missed.begin(), missed.end());
}

// “Tverdal Police” of “the Tverdal Police Department”, “Djibouti Coast” of its Guard: two words or more in front of what a body is called.
bool begins_bodys_name(const Document& document, Span name, Span longer) {
  if (name.begin != longer.begin || name.end >= longer.end || document.at(name).find(' ') == std::string_view::npos) return false;
  const std::vector<std::string> words = words_of(document.at(longer));
  if (words.empty() || !(is_body_word(words.back()) || words.back() == "guard")) return false;
  return document.at({name.end, longer.end}).find(' ', 1) == std::string_view::npos;
}

// “Housing” of “Department of Housing”: capitals inside a longer name that are themselves none to the tags of names.
void drop_parts_of_names(const Document& document, const FoundMentions& found, std::vector<MentionNode>& nodes) {
  std::vector<Span> tagged, names;
  for (const FoundName& name : found.names) tagged.push_back(trim_title(document, found.span_of(name.units)));
  for (const MentionNode& node : nodes)
    if (node.name) names.push_back(*node.name);
  std::sort(tagged.begin(), tagged.end());
  // By begin, the longer one first: of those before it, a name is inside the one that reaches farthest or inside none.
  std::sort(names.begin(), names.end(), [](Span a, Span b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  std::set<Span> parts;
  Span farthest;
  for (const Span name : names) {
    if (name.end <= farthest.end && name != farthest &&
        (!std::binary_search(tagged.begin(), tagged.end(), name) || begins_bodys_name(document, name, farthest)))
      parts.insert(name);
    if (name.end > farthest.end) farthest = name;
  }
  for (MentionNode& node : nodes) {
    if (!node.name || node.type == ThingType::person || !parts.contains(*node.name)) continue;
    node.name.reset();
    node.kind = MentionKind::nominal;
  }
}

// A dateline's place and agency, and that of a credit, are known from its form; what the network makes of such a line is not looked at.
void collect_datelines(const Document& document, std::vector<MentionNode>& nodes) {
  for (const Section& section : document.sections) {
    const bool credit = section.kind == SectionKind::credit && section.agency;
    if (section.kind != SectionKind::dateline && !credit) continue;
    std::erase_if(nodes, [&](const MentionNode& node) { return section.span.overlaps(node.span); });
    for (const auto& [span, type] : {std::pair(section.place, ThingType::place), std::pair(section.agency, ThingType::organisation)}) {
      if (span) nodes.push_back(name_node(*span, *span, *span, type));
    }
  }
}

}  // namespace

std::vector<MentionNode> collect_mention_nodes(const Document& document, const FoundMentions& found) {
  std::vector<MentionNode> nodes = nodes_of_mentions(document, found);
  add_names(document, found, nodes);
  for (MentionNode& node : nodes)
    if (!node.name && node.kind != MentionKind::pronoun) find_missed_name(document, node);
  for (MentionNode& node : nodes)
    if (node.kind != MentionKind::pronoun) name_behind_description(document, node);
  const WordSet last_names = find_last_names(document, nodes);
  settle_names(document, last_names, nodes);
  drop_parts_of_names(document, found, nodes);
  collect_datelines(document, nodes);
  collect_outlets(document, nodes);
  mend_types(document, last_names, nodes);
  for (MentionNode& node : nodes)
    if (node.name && node.type == ThingType::person) take_titles(document, node);
  return nodes;
}

}  // namespace sayso
