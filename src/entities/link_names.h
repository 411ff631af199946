// Links that names make: two names of one person or body, and the phrases beside a name that say who it is.
#pragma once

#include "entities/mention_clusters.h"
#include "entities/phrases.h"

namespace sayso {

// Joins names that are one's: by their words (names.h), of several that fit the one that the network is for, near and with the same title; names that
// share no word only when the network is sure of it. Names are matched cluster by cluster.
void link_names(MentionClusters& clusters, const LiveItems& items);

// “Its chairman, Aksel Lund,” and “Hugh Hill, a doctor,”: two phrases of persons (or of bodies) with nothing but a comma between them; “governor of
// Kasmin region Anton Velichko”; and “the results of the Tverdal Harbour Study”, which speak for the study.
void link_appositions(MentionClusters& clusters);

}  // namespace sayso
