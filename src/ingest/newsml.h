// NewsML-G2 (newsItem, packageItem, newsMessage) and NewsML 1.
#pragma once

#include <vector>

#include "ingest/ingest.h"
#include "ingest/xml_format.h"
#include "markup/tree.h"

namespace sayso {

// One draft for each news item, `member` its guid. Its text is inlineXML (NITF or XHTML) or inlineData; the envelope's headline, byline,
// dateline and credit line stand where the text has none. A package's own draft is made only when the message holds no item: its headline and
// those of what it refers to. Into `extra`, as JSON: "hop_history" (in the order of the hops), "info_source".
// No item: one draft with an Error.
std::vector<Draft> read_newsml(const Tree& document, const IngestOptions& options);

}  // namespace sayso
