// Mends what the model found where its training data has another habit than the format, or where a window ended. Each rule that changes an
// attribution adds its name to the evidence.
#pragma once

#include <vector>

#include "document/document.h"

namespace sayso {

// Reads: text, tokens, sentences, quotes, sections.
void mend_attributions(const Document& document, std::vector<Attribution>& attributions);

// What somebody has in the paragraph of his own cue is told by no cue in another paragraph as well: such pieces of contents go. Reads: text.
void drop_pieces_of_others(const Document& document, std::vector<Attribution>& attributions);

// “She said [the lock leaks and] nobody knows why”: contents of attributions[first] and behind that break off in the middle of a clause go on to
// its end, and not out of the content of an earlier attribution. Reads: text, tokens, sentences, quotes.
void complete_ends(const Document& document, size_t first, std::vector<Attribution>& attributions);

// Ends contents where another begins to speak, and clauses where their sentence ends: “that talks go on|, and the mayor told us: ‘It is late.’”,
// “told us that it is late|. We wait” inside somebody's quotation. Reads: text, tokens, sentences, quotes.
void end_contents(const Document& document, std::vector<Attribution>& attributions);

// “We hear that the crews, they complain, are worn out”: what is heard goes on behind the parenthesis, as what they complain of does.
void extend_over_parentheses(std::vector<Attribution>& attributions);

}  // namespace sayso
