// Attributions that layout alone shows, and that the model's training data hardly has: “Minister: …” in a headline, turns of a transcript, a cue
// between dashes inside one pair of quotation marks, a name signed under a quotation, “So ran the account of X”, “alleged”, “reportedly”, “citing two
// officials”, what somebody “was quoted as saying”, a quotation without a cue whose speaker stands in the sentence before.
#pragma once

#include <vector>

#include "document/document.h"

namespace sayso {

// Adds to what the model found, and replaces what it made of the same words. Reads: text, tokens, sentences, quotes, sections.
// Linear, but that each “rumour has it” is held against all attributions.
void add_by_layout(const Document& document, std::vector<Attribution>& attributions);

// Is it of a line whose dash stands for quotation marks (“– It leaks, – said the mayor.”)?
bool is_line_of_speech(const Attribution& attribution);

}  // namespace sayso
