// Which way each attribution came to this page, and what the page is worth as a witness: chains, circumstances, retellings, silences, and a summary.
#pragma once

#include "document/document.h"

namespace sayso {

struct ProvenanceLayers {
  Layer<Provenance> provenance;
  Layer<NonResponse> non_responses;
  Layer<Summary> summary;
};

// Reads all layers before it. Chains: who said it first (his source; an unnamed origin where no words name one), then the speakers in whose words it
// stands, then the outlet that was told or quoted, then the agency of dateline, byline or credit, and the document's hops. An outlet named once holds
// for the same speaker's other statements too, unless the text gives them another medium or occasion. The page's own publisher is no link.
ProvenanceLayers find_provenance(const Document& document);

}  // namespace sayso
