// Which mention is the source of each attribution, and in whose quoted words a mention stands.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "document/document.h"
#include "entities/mention_nodes.h"

namespace sayso {

// Of each attribution: its source's node, by number, or nothing when it has no source.
using SourceNodes = std::vector<std::optional<size_t>>;

// Puts the nodes in their order, by begin, the longer one first. A node is added for a source that the network has none for, and the source's whole
// phrase becomes its node's (“Transport Minister | Helga Brandt”). Reads: text, tokens, attributions.
SourceNodes find_source_nodes(const Document& document, std::vector<MentionNode>& nodes);

// Writes each node's speaker. Reads: quotes, attributions.
void find_speakers(const Document& document, const SourceNodes& sources, std::vector<MentionNode>& nodes);

// “governor of Kasmin region | Anton Velichko”: a role with what it is of, and a name of two words without a comma. `core`: the source's head word.
bool is_name_behind_role(const Document& document, const MentionNode& node, Span source, Span core);

}  // namespace sayso
