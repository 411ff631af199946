// What a name's surroundings tell of its kind, all over a document: names that nobody has heard of are persons to the network as often as not.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "document/document.h"
#include "entities/mention_nodes.h"

namespace sayso {

// Gives each name one kind all over the document: what its surroundings say (a dateline, an article, “the operator, Caldrail”), else that which the
// network gives it most often; and parts “Scientologist | Tom Cruise” where the full name is known by itself. `last_names`: what full names of
// persons end with, in lower case. Reads: text, tokens, sections.
void mend_types(const Document& document, const std::unordered_set<std::string>& last_names, std::vector<MentionNode>& nodes);

// Is a body of two words that ends with this one called by the first alone: “Harrowgate Handball” is, the “Clinton Foundation” is not?
bool shortens_to_front(const std::string& last_word);

// Is its first word somebody else whatever the network says: “Orvania” is not the “Orvania Navy”, nor “Vestrand” the “Vestrand Courier”?
bool is_never_its_front(const std::string& last_word);

// Is this a study, survey, poll or census by its name (“Tverdal Harbour Study”)?
bool names_study(const Document& document, Span name);

}  // namespace sayso
