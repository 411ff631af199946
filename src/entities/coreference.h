// Which words of a document stand for the same person, body or place: mentions and their clusters.
//
// Rules where they are exact, the network's scores (mentions/links.h) where they are not. Names first, all over the text; then descriptions and pronouns
// of the narrative, each to something that stands before it; then those inside quotations, where “I” and “we” are the speaker and “he” is not.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "document/document.h"
#include "entities/names.h"
#include "knowledge/knowledge.h"
#include "mentions/mention_reader.h"

namespace sayso {

// One mention with all that clustering asks of it.
struct MentionNode {
  Span span;
  Span head;                      // its head word
  std::optional<Span> name;       // the name in it, without titles and articles: “Helga Brandt” of “Transport Minister Helga Brandt”
  MentionKind kind = MentionKind::nominal;
  ThingType type = ThingType::other;
  std::optional<size_t> found;    // its number among the network's mentions
  std::optional<size_t> speaker;  // the attribution, by number, in whose quoted words it stands, the innermost with a source
  uint32_t cluster = 0;
};

struct Coreference {
  std::vector<MentionNode> nodes;                      // by begin, the longer one first
  std::vector<std::optional<size_t>> sources;   // of each attribution: the node of its source, or none when it has no source
  uint32_t clusters = 0;                        // clusters are 0 … clusters - 1
};

// Reads: text, tokens, sentences, quotes, sections, attributions, and when it was published. `knowledge` tells who held an office, and what is a country; it may be null.
// Linear but for the mentions in a paragraph's reach (farthest_antecedent) and for names, which are matched group by group.
Coreference find_coreference(const Document& document, const FoundMentions& found, const MentionModel& model, const Knowledge* knowledge);

// The same rule for all who ask: is every word of this a pronoun that stands for one or more?
bool is_pronoun(const std::string& lower_case_word);

}  // namespace sayso
