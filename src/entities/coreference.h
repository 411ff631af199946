// Which words of a document stand for the same person, body or place: mentions and their clusters.
//
// Rules where they are exact, the network's scores (mentions/links.h) where they are not. Names first, all over the text; then descriptions
// and pronouns of the narrative, each to something that stands before it; then those inside quotations, where “I” and “we” are the speaker
// and “he” is not.
#pragma once

#include <cstdint>
#include <vector>

#include "document/document.h"
#include "entities/mention_nodes.h"
#include "entities/source_nodes.h"
#include "knowledge/knowledge.h"
#include "mentions/mention_reader.h"

namespace sayso {

struct Coreference {
  std::vector<MentionNode> nodes;  // by begin, the longer one first
  SourceNodes sources;
  uint32_t clusters = 0;           // clusters are 0 … clusters - 1
};

// Reads: text, tokens, sentences, quotes, sections, attributions, and when it was published. `knowledge` tells who held an office, and what is a
// country; it may be null.
// Linear but for the mentions in a paragraph's reach (farthest_antecedent), for names, which are matched cluster by cluster, and for pronouns that
// speak, each of which looks through the sources.
Coreference find_coreference(const Document& document, const FoundMentions& found, const MentionModel& model, const Knowledge* knowledge);

}  // namespace sayso
