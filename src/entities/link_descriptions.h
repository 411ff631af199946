// Links of descriptions and pronouns to what stands before them; of “he” and “she” also to a name behind them.
#pragma once

#include "entities/mention_clusters.h"
#include "entities/phrases.h"
#include "knowledge/knowledge.h"

namespace sayso {

// Joins each description and pronoun to its antecedent: by rule where one says whom it means (a role, an office, the last body of that sort, who
// spoke last), else to that which the network is for most, if it is enough. Those of the narrative first, then those inside quotations, where “I” and
// “we” are the speaker and “he” is not. Requires linked names; `knowledge` may be null.
void link_descriptions(MentionClusters& clusters, const LiveItems& items, const Knowledge* knowledge);

}  // namespace sayso
