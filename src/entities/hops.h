// Who is meant by the links that the input's own fields name.
#pragma once

#include <optional>
#include <vector>

#include "document/document.h"

namespace sayso {

// Of each hop of the document its entity: the one that the text calls so, in full or by its initials (“AFP” for “Agence France-Presse”), else a new
// one, which is put behind all with mentions. Nothing for a code that is no agency's short name.
// Requires that `entities` is what find_entities() gave for the document.
std::vector<std::optional<Id<Entity>>> name_hops(const Document& document, Layer<Entity>& entities);

}  // namespace sayso
