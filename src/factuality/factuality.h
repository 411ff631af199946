// How firmly each attribution's source puts what it says: polarity, modality, hearsay, and which words tell.
//
// Method: FactBank's scale (Saurí and Pustejovsky 2009) by rules. The cue comes first: what it denies, believes, wants or asks. Then the
// content's own words, those that stand in no attribution inside it: negation counts in its first main clause, everything else wherever it
// stands, and the lowest counts.
// A speaker's own “I think” is his hedge, though it is an attribution too. Who cites another for all that he says passes it on: hearsay.
#pragma once

#include "document/document.h"

namespace sayso {

// Reads: text, tokens, sentences, quotes, attributions. One for each attribution. O(n log n) in words, for each level of nesting.
Layer<Factuality> find_factuality(const Document& document);

// Is `a` firmer than `b`: surer, or not hearsay where b is?
bool is_firmer(const Factuality& a, const Factuality& b);

// The same of words that nobody attributes: a headline in the writer's own voice.
Factuality factuality_of_words(const Document& document, Span span);

}  // namespace sayso
