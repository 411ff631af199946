// What rules add to the model: layout that its training data hardly has, and the marks that a content ends with. Each rule names itself in the
// evidence of what it made or changed.
#pragma once

#include <vector>

#include "document/document.h"

namespace sayso {

// Adds and mends attributions. Reads: text, tokens, quotes, sections.
void apply_rules(const Document& document, std::vector<Attribution>& attributions);

}  // namespace sayso
