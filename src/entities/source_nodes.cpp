#include "entities/source_nodes.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "base/unicode.h"
#include "entities/function_words.h"
#include "entities/name_spans.h"
#include "entities/names.h"
#include "entities/phrases.h"

namespace sayso {

namespace {

// A word that says what a person is: “minister”, “spokeswoman”.
bool is_role_of_person(const std::string& word) { return is_speaking_role(word) && kind_of({word}) == SourceKind::person; }

// “Caldrail’s managing director”, “Mrs. Brandt’s campaign”: whose it is is not who it is.
bool is_possessor(const Document& document, const MentionNode& node, Span source) {
  if (node.span.end + 2 >= source.end) return false;
  const auto stands_behind = [&](uint32_t at) {
    const std::string_view behind = std::string_view(document.text).substr(at, 4);
    return behind.starts_with("’s") || behind.starts_with("'s");
  };
  const bool name_ends = node.name && node.name->end + 4 >= node.span.end && stands_behind(node.name->end);
  const bool ends = document.at(node.span).ends_with("’s") || document.at(node.span).ends_with("'s");  // “the ferry’s | logbook”
  return name_ends || ends || stands_behind(node.span.end);
}

// The node that a source's phrase is, among those in it: by its head word, from its start, with a name, the longest.
std::optional<size_t> find_node_of(const Document& document, const std::vector<MentionNode>& nodes, Span source, Span core) {
  const auto rank = [&](size_t i) {
    const MentionNode& node = nodes[i];
    const bool from_the_start = node.span.begin <= source.begin || trim_name(document, source).begin >= node.span.begin;
    // “The Aldrian president, Casimir Holt”: the phrase's own head word, or the name that stands beside it.
    const bool beside = node.name && node.name->size() > 3 && node.span.begin > source.begin + 2 &&
                        document.at({node.span.begin - 2, node.span.begin}) == ", ";
    // The network takes the first word of “Tina Brandt” for its head.
    const bool by_core = node.head == core || (node.name && node.name->contains(core));
    const bool own = node.span == source && (!node.name || by_core || !source.contains(core));
    return std::tuple(own, by_core || beside || is_name_behind_role(document, node, source, core), from_the_start, node.name.has_value(),
                      node.span.size());
  };
  std::optional<size_t> best;
  for (size_t i = 0; i < nodes.size(); ++i) {
    const MentionNode& node = nodes[i];
    if (!source.contains(node.head) || node.span.begin + 4 < source.begin || node.span.end > source.end + 4) continue;
    if (is_possessor(document, node, source)) continue;
    const bool whole = node.span.begin <= source.begin && node.span.end >= source.end;
    if (!whole && node.kind == MentionKind::pronoun && is_possessive(to_lower(document.at(node.head)))) continue;  // “his advisers” are not he
    if (!best || rank(*best) < rank(i)) best = i;
  }
  return best;
}

// “Shipowners in Karvia”: a capital that is the sentence's, with a preposition behind it.
bool opens_before_place(const Document& document, Span name, Span core) {
  if (core.end >= name.begin || !starts_sentence(document, core)) return false;
  const std::string_view behind = document.at({core.end, name.begin});
  return behind.starts_with(" in ") || behind.starts_with(" from ") || behind.starts_with(" near ") || behind.starts_with(" at ");
}

// “White House documents from Ida Sund”, “a former U.S. senator”: the phrase's own head word is another than the name in it, in small letters.
bool is_other_than(const Document& document, const MentionNode& node, Span source, Span core) {
  if (!node.name || node.name->contains(core)) return false;
  if (!opens_before_place(document, *node.name, core) && (node.head == core || is_capital(document, core))) return false;
  if (is_name_behind_role(document, node, source, core)) return false;
  const std::string_view before = document.at({source.begin, std::max(source.begin, node.name->begin)});
  if (before.ends_with(", ") || before.ends_with(": ")) return false;  // an apposition
  const std::string word = to_lower(document.at(core));
  const SourceKind kind = kind_of({word});
  // “An informed source in | the Ministry of Finance”, where the network's mention goes on with “who …”.
  const std::string_view between = document.at({core.end, std::max(core.end, node.name->begin)});
  const bool placed = between == " in the " || between == " at the " || between == " of the " || between == " in " || between == " at ";
  if (placed && !is_capital(document, core) && is_role_of_person(word)) return true;
  return kind == SourceKind::document || kind == SourceKind::group || (core.begin >= node.name->end && is_speaking_role(word));
}

// “A study documenting hunger in | schoolchildren”: the network has a mention for those alone.
bool is_behind_document(const Document& document, const MentionNode& node, Span core) {
  const std::string word = to_lower(document.at(core));
  return !node.name && node.span.begin > core.end && (kind_of({word}) == SourceKind::document || is_body_word(word));
}

// “The Danish minister, | Lise Juhl”, where the network has no mention for the role.
bool is_role_in_front(const Document& document, const std::vector<MentionNode>& nodes, const MentionNode& node, Span source, Span core) {
  if (node.type != ThingType::person || core.end + 2 != node.span.begin || document.at({core.end, node.span.begin}) != ", ") return false;
  if (!is_role_of_person(to_lower(document.at(core)))) return false;
  return std::none_of(nodes.begin(), nodes.end(), [&](const MentionNode& other) { return other.head == core && source.contains(other.span); });
}

// “Joseph | and other parents”: where the rest begins when a source is somebody and others who are not named.
std::optional<uint32_t> others_in(const Document& document, Span source) {
  const std::string_view text = document.at(source);
  for (const std::string_view others : {" and other ", " and others", " and several ", " and many "})
    if (const size_t at = text.find(others); at != std::string_view::npos && at > 0 && text.substr(0, at).find(',') == std::string_view::npos)
      return source.begin + static_cast<uint32_t>(at + sizeof(" and"));
  return std::nullopt;
}

ThingType type_from(SourceKind kind) {
  switch (kind) {
    case SourceKind::person:
    case SourceKind::group: return ThingType::person;
    case SourceKind::country:
    case SourceKind::place: return ThingType::place;
    case SourceKind::document: return ThingType::other;
    case SourceKind::organisation:
    case SourceKind::publication: break;
  }
  return ThingType::organisation;
}

MentionNode make_source_node(const Document& document, Span source) {
  MentionNode node;
  node.span = source;
  const std::vector<std::string> words = split_words(document.at(source));
  // Its head word: the last before a comma or preposition, as kind_of() has it, found by its place.
  node.head = head_of(document, source);
  const SourceKind kind = kind_of(words);
  node.type = type_from(kind);
  if (is_pronoun(to_lower(document.at(node.head))) && !is_acronym_word(document, node.head)) {
    node.kind = MentionKind::pronoun;
  } else if (is_capital(document, node.head) && (node.head.begin != source.begin || words.size() == 1) && kind != SourceKind::group &&
             !is_party_adjective(to_lower(document.at(node.head)))) {  // “a Democrat familiar with the talks”
    node.kind = MentionKind::name;
    const Span bare = trim_title(document, source);
    if (bare.begin < bare.end && bare.contains(node.head)) {
      node.name = Span{bare.begin, node.head.end};
      cut_description(document, *node.name);
    }
  }
  return node;
}

// “The trade union | FTQ”, which the network's mention leaves out.
void name_behind_body(const Document& document, Span source, MentionNode& node) {
  if (node.name || node.kind == MentionKind::pronoun || !is_body_description(to_lower(document.at(node.head)))) return;
  if (node.head.end != node.span.end || node.span.end + 2 >= source.end || document.text[node.span.end] != ' ') return;
  const Span name{node.span.end + 1, source.end};
  for (size_t t = token_from(document, name.begin); t < document.tokens.size() && document.tokens[t].span.begin < name.end; ++t)
    if (!is_capital(document, document.tokens[t].span)) return;
  node.span.end = name.end;
  node.name = name;
  node.kind = MentionKind::name;
  node.type = ThingType::organisation;
  node.head = head_of(document, name);
}

}  // namespace

bool is_name_behind_role(const Document& document, const MentionNode& node, Span source, Span core) {
  if (!node.name || node.type != ThingType::person || core.end >= node.name->begin || node.name->end + 1 < source.end) return false;
  if (!is_role_of_person(to_lower(document.at(core))) || words_of(document.at(*node.name)).size() < 2) return false;
  const std::string_view between = document.at({core.end, node.name->begin});
  if (between.find(',') != std::string_view::npos) return false;
  // “The lawyer of | Ida Sund” is not she, and “the spokesman for the minister | Ida Sund” may be he.
  static const std::unordered_set<std::string> links = {"of", "for", "to", "with", "by", "at", "in", "from", "on", "near", "about", "and", "or"};
  const std::vector<std::string> words = words_of(between);
  return words.empty() || !(links.contains(words.back()) || is_role_of_person(words.back()));
}

SourceNodes find_source_nodes(const Document& document, std::vector<MentionNode>& nodes) {
  SourceNodes found;  // in the nodes' order as they came
  for (const Attribution& attribution : document.attributions) {
    found.emplace_back();
    if (!attribution.source) continue;
    const Span source = envelope(attribution.source->part), core = head_of_source(document, source);
    std::optional<size_t> best = find_node_of(document, nodes, source, core);
    if (const std::optional<uint32_t> others = others_in(document, source)) {
      best = nodes.size();
      MentionNode group;  // of no type: neither “he” nor “it” can mean it
      group.span = source;
      group.head = document.tokens[token_from(document, *others)].span;
      nodes.push_back(group);
    } else if (!best || is_other_than(document, nodes[*best], source, core) || is_behind_document(document, nodes[*best], core)) {
      best = nodes.size();
      nodes.push_back(make_source_node(document, source));
    }
    MentionNode& node = nodes[*best];
    name_behind_body(document, source, node);
    // The source is the whole phrase; a name whose title the network left out has it now.
    if (node.name && source.begin < node.span.begin &&
        (document.at({source.begin, node.span.begin}).find(',') == std::string_view::npos || is_role_in_front(document, nodes, node, source, core)))
      node.span.begin = source.begin;
    found.back() = *best;
  }
  // By span and head, which the order does not change, and only now: of two sources with one node the second may have made it longer.
  std::vector<std::optional<std::pair<Span, Span>>> phrases;
  for (const std::optional<size_t>& node : found)
    phrases.push_back(node ? std::optional(std::pair(nodes[*node].span, nodes[*node].head)) : std::nullopt);
  std::stable_sort(nodes.begin(), nodes.end(), [](const MentionNode& a, const MentionNode& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  SourceNodes sources;
  for (const auto& phrase : phrases) {
    sources.emplace_back();
    if (!phrase) continue;
    for (size_t i = 0; i < nodes.size(); ++i)
      if (std::pair(nodes[i].span, nodes[i].head) == *phrase) sources.back() = i;
  }
  return sources;
}

void find_speakers(const Document& document, const SourceNodes& sources, std::vector<MentionNode>& nodes) {
  for (size_t i = 0; i < nodes.size(); ++i) {
    uint32_t smallest = ~0u;
    for (size_t a = 0; a < document.attributions.size(); ++a) {
      const Attribution& attribution = document.attributions[a];
      const bool turn = attribution.evidence.front() == "rule transcript turn";  // “Ida Sund: I was amazed”: said as it stands, without marks
      if ((attribution.quotation == Quotation::indirect && !turn) || !sources[a] || *sources[a] == i) continue;
      const auto& spans = attribution.content.spans;
      const bool inside = std::any_of(spans.begin(), spans.end(), [&](Span span) { return span.contains(nodes[i].span); });
      if (!inside || !(turn || is_quoted(document, nodes[i].span))) continue;
      const uint32_t size = envelope(attribution.content).size();
      if (size < smallest) {
        smallest = size;
        nodes[i].speaker = a;
      }
    }
  }
}

}  // namespace sayso
