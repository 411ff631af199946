// NITF, the News Industry Text Format: an article as agencies send it.
#pragma once

#include "ingest/draft.h"
#include "ingest/xml_format.h"
#include "markup/tree.h"

namespace sayso {

// The first <nitf> in the document.
Draft read_nitf(const Tree& document);

// Adds what stands in the <nitf> element to a draft: headline, byline, dateline, body, captions, credit; metadata that the draft lacks.
void add_nitf(Draft& draft, const Tree& tree, NodeId nitf);

}  // namespace sayso
