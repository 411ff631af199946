// Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1 and 1.1.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ingest/ingest.h"
#include "ingest/json_tree.h"
#include "ingest/xml_format.h"
#include "markup/tree.h"

namespace sayso {

// One draft for each item, in the feed's order; `member` is the item's id (guid, atom:id, else its link, else "item 3"). The text is the
// fullest that the item holds: content before description before summary; captions of its media follow. What the feed says about all its
// items (title as publisher, language, author) stands in where an item does not say it.
// No item: one draft with an Error.
std::vector<Draft> read_feed(const Tree& document, const IngestOptions& options);

bool is_json_feed(const JsonTree& document);
std::vector<Draft> read_json_feed(const JsonTree& document, const IngestOptions& options);
// Nothing when it is no JSON Feed. Requires that `bytes` outlive the call only.
std::optional<std::vector<Draft>> read_json_feed(std::string_view bytes, const IngestOptions& options);

}  // namespace sayso
