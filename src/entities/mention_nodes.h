// The mentions of a document, each with all that clustering asks of it: the network's mentions and its names put together phrase by phrase, names of
// which the tags know nothing, and what is no name though it has a capital (“the Republican nominee”, “Mexicans”).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "document/document.h"
#include "mentions/mention_reader.h"

namespace sayso {

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

// In no order, without speakers and clusters. Reads: text, tokens, sentences, sections. Linear, but that each name looks for a
// mention around it, and each paper that the network passed over for a name in its place.
std::vector<MentionNode> collect_mention_nodes(const Document& document, const FoundMentions& found);

}  // namespace sayso
