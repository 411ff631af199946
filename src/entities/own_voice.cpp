#include "entities/own_voice.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/cue_list.h"
#include "base/unicode.h"
#include "entities/function_words.h"
#include "entities/names.h"
#include "entities/phrases.h"

namespace sayso {

namespace {

bool begins_with_capital(std::string_view text, size_t at) { return at < text.size() && is_upper(next_code_point(text, at)); }

// “Miss Brandt?”, “Senator Lund.” alone in a sentence: the name behind the title.
std::optional<Span> called_on(const Document& document, Span sentence) {
  const std::string_view text = document.at(sentence);
  const size_t end = text.find_last_not_of(" \n");
  if (end == std::string_view::npos || (text[end] != '?' && text[end] != '.') || end > 60) return std::nullopt;
  const Span name = trim_title(document, {sentence.begin, sentence.begin + static_cast<uint32_t>(end)});
  const std::vector<std::string> words = split_words(document.at(name));
  if (name.begin <= sentence.begin || words.empty() || words.size() > 2) return std::nullopt;  // without a title it is no call
  size_t at = 0;
  for (const std::string& word : words) {
    at = document.at(name).find(word, at);
    if (!begins_with_capital(document.at(name), at) || is_title(to_lower(word))) return std::nullopt;
  }
  return name;
}

// What one answers to a call: “Thank you, Chair.”
bool is_answer(std::string_view paragraph) {
  const std::string lower = to_lower(paragraph.substr(0, 20));
  for (const std::string_view answer : {"thank", "good morning", "good afternoon", "good evening", "yes", "may it please", "mr. ", "madam ", "i "})
    if (lower.starts_with(answer)) return true;
  return false;
}

// Does “I” or “my” stand in the first paragraph behind `from` that is no heading, line of names or the like?
bool begins_with_own_voice(const Document& document, uint32_t from) {
  size_t begin = document.text.find_first_not_of(" \n", from);
  for (const Section& section : document.sections)
    if (begin != std::string::npos && section.span.begin <= begin && begin < section.span.end)
      begin = document.text.find_first_not_of(" \n", section.span.end);
  if (begin == std::string::npos) return false;
  const std::vector<std::string> words = split_words(std::string_view(document.text).substr(begin, document.text.find("\n\n", begin) - begin));
  return std::any_of(words.begin(), words.end(), [](const std::string& word) { return word == "I" || word == "My" || word == "my"; });
}

// “Ida Sund is a teacher in Vestrand.”: does the last paragraph begin so, with somebody whom nothing before it names?
std::optional<Span> signed_below(const MentionClusters& clusters) {
  const Document& document = clusters.document();
  const size_t end = document.text.find_last_not_of(" \n");
  if (end == std::string::npos) return std::nullopt;
  const size_t before = document.text.rfind("\n\n", end);
  const size_t begin = before == std::string::npos ? before : document.text.find_first_not_of("\n *(_", before);
  if (begin == std::string::npos || end - begin > 600) return std::nullopt;
  for (size_t i = 0; i < clusters.nodes().size(); ++i) {
    const MentionNode& node = clusters.nodes()[i];
    if (!node.name || node.type != ThingType::person || node.span.begin != begin || clusters.words_of_name(i).size() < 2) continue;
    const std::string_view behind = std::string_view(document.text).substr(node.span.end, 20);
    bool introduced = false;
    for (const std::string_view verb : {" is ", " writes ", " teaches ", ", a "}) introduced = introduced || behind.starts_with(verb);
    if (introduced && clusters[clusters.of(i)].nodes.front() == i) return *node.name;
  }
  return std::nullopt;
}

// “I” outside quotations in text[where] is the person whose name stands at `name`.
struct OwnVoice {
  Span where;
  Span name;
};

// In text order, apart from each other. Linear.
std::vector<OwnVoice> find_own_voices(const MentionClusters& clusters) {
  const Document& document = clusters.document();
  const auto size = static_cast<uint32_t>(document.text.size());
  std::vector<OwnVoice> out;
  size_t thanks = 0;
  for (const Sentence& sentence : document.sentences) {
    const size_t next = document.text.find_first_not_of(" \n", sentence.span.end);
    if (next == std::string::npos || document.at({sentence.span.end, static_cast<uint32_t>(next)}).find('\n') == std::string_view::npos) continue;
    const std::optional<Span> name = called_on(document, sentence.span);
    if (!name || !is_answer(std::string_view(document.text).substr(next))) continue;
    if (!out.empty()) out.back().where.end = std::min(out.back().where.end, sentence.span.begin);
    // Until the next one begins with thanks, who is somebody else. Looked for once: calls come in their order.
    if (thanks != std::string::npos && thanks < next) thanks = document.text.find("\nThank you", next);
    out.push_back({{static_cast<uint32_t>(next), thanks == std::string::npos ? size : static_cast<uint32_t>(thanks)}, *name});
  }
  if (!out.empty()) return out;
  // One who signs the page and begins with “I” speaks in it; of several nobody knows which, and an “I” further down may be anybody's
  // whose words stand there.
  std::optional<Span> byline;
  for (const Section& section : document.sections) {
    if (section.kind != SectionKind::byline) continue;
    if (byline) return out;
    byline = section.span;
  }
  if (byline && begins_with_own_voice(document, byline->end)) out.push_back({{0, size}, *byline});
  if (byline || !begins_with_own_voice(document, 0)) return out;
  if (const auto writer = signed_below(clusters)) out.push_back({{0, size}, *writer});
  return out;
}

}  // namespace

void link_own_names(MentionClusters& clusters) {
  const Document& document = clusters.document();
  const auto& nodes = clusters.nodes();
  const auto& tokens = document.tokens.items;
  const auto word = [&](size_t t) {
    std::string lower = to_lower(document.at(tokens[t].span));
    if (lower.starts_with("’")) lower.replace(0, sizeof("’") - 1, "'");
    return lower;
  };
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i].name || nodes[i].type != ThingType::person) continue;
    const size_t t = token_at(document, nodes[i].span.begin);
    std::optional<size_t> pronoun;  // a token
    if (t >= 2 && word(t - 2) == "i" && (word(t - 1) == "'m" || word(t - 1) == "am")) pronoun = t - 2;
    if (t >= 3 && word(t - 3) == "my" && word(t - 2) == "name" && (word(t - 1) == "is" || word(t - 1) == "'s")) pronoun = t - 3;
    if (!pronoun) continue;
    const Span self = tokens[*pronoun].span;
    const auto node = std::find_if(nodes.begin(), nodes.end(),
                                   [&](const MentionNode& n) { return n.kind == MentionKind::pronoun && n.span == self; });
    if (node == nodes.end()) continue;
    const size_t j = static_cast<size_t>(node - nodes.begin());
    if (clusters[clusters.of(j)].names.empty() && clusters.may_join(clusters.of(j), i)) clusters.join(j, i);
  }
}

void link_own_voices(MentionClusters& clusters) {
  const Document& document = clusters.document();
  const auto& nodes = clusters.nodes();
  for (const OwnVoice& voice : find_own_voices(clusters)) {
    std::optional<size_t> named, other;
    for (size_t i = 0; i < nodes.size(); ++i)
      if (nodes[i].name && nodes[i].type == ThingType::person && voice.name.overlaps(*nodes[i].name)) {
        other = named && clusters.of(*named) != clusters.of(i) ? std::optional(i) : other;  // “By Ida Sund and Nils Aro”
        named = i;
      }
    if (!named || other) continue;
    for (size_t i = 0; i < nodes.size(); ++i) {
      const MentionNode& node = nodes[i];
      if (node.kind != MentionKind::pronoun || node.speaker || !voice.where.contains(node.span)) continue;
      if (!is_first_person_singular(to_lower(document.at(node.head))) || is_quoted(document, node.span)) continue;
      if (clusters[clusters.of(i)].names.empty() && clusters.may_join(clusters.of(*named), i)) clusters.join(*named, i);
    }
  }
}

}  // namespace sayso
