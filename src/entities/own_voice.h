// Who says “I” where no words of the text give it to a speaker: whoever gives a name with it, was called on in a hearing, or wrote the page, by its
// byline or by what its last paragraph says of the writer.
#pragma once

#include "entities/mention_clusters.h"

namespace sayso {

// “My name is Katie”, “I’m Mario Lucero”: who says “I” has that name.
void link_own_names(MentionClusters& clusters);

// “I” outside quotations that nobody is cited with is whoever was called on, or who wrote the page; where nothing tells, nobody. Requires
// linked pronouns: all of one stretch are one already, in a speech or a letter. Reads: text, sentences, sections, quotes. Linear in the
// text; for each voice its nodes, each against the quotations.
void link_own_voices(MentionClusters& clusters);

}  // namespace sayso
