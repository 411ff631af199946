// Documents in JSON: an object (a row of JSON Lines, a file), or an array of them.
#pragma once

#include <string_view>
#include <vector>

#include "ingest/ingest.h"
#include "ingest/json_tree.h"

namespace sayso {

// ninjs and JSON Feed are recognised; other objects are read by options.fields: of each thing the first field, in their order, that holds
// something. A text that holds tags is read as HTML. Of keys written twice the last counts. What no field takes goes to `extra` as it was
// written. An object without a text is an Error that says how to name its field.
// An array gives a draft for each element, `member` its id, else "item 3".
std::vector<Draft> read_json_documents(std::string_view bytes, const IngestOptions& options);

}  // namespace sayso
