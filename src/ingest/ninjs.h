// ninjs 1 to 3, IPTC's news in JSON.
#pragma once

#include <vector>

#include "ingest/ingest.h"
#include "ingest/json_tree.h"

namespace sayso {

// Does the object say that it is ninjs, or is it made as only ninjs is?
bool is_ninjs(const JsonTree& document, uint32_t object);

// Appends the draft of one object, and those of the texts associated with it. Captions of associated pictures follow the text. What no field
// of a draft takes goes to `extra` as it was written, the sources (infosources) as "info_source".
void read_ninjs(const JsonTree& document, uint32_t object, const IngestOptions& options, std::vector<Draft>& drafts);

}  // namespace sayso
