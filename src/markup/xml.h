// XML to a Tree. Feeds and agency files come ill-formed too, so they are read by a reader of our own that knows no file and no network.
#pragma once

#include <string_view>

#include "base/limits.h"
#include "base/result.h"
#include "markup/tree.h"

namespace sayso {

// `document` is UTF-8 (whatever its declaration says). What is well-formed and has no document type is read as libxml2 reads it
// (xml_test.cpp and fuzz/xml_fuzz.cpp hold the two against each other); libxml2 itself does not read here since it loses text where a
// document is ill-formed and does not say where in the bytes a text stood. Ill-formed XML is read as far as it can be understood, with a
// warning in the tree that says where it broke first: “&” that begins no reference is itself, entities of HTML are known everywhere,
// elements that were not closed end with the one around them, a prefix that was not declared is its own namespace (space "dc").
// There is nothing here that could load a DTD or an external entity. Internal entities are expanded to limits.entity_bytes at most.
// Elements deeper than limits.depth are flattened (their text stays), attributes beyond limits.attributes of one element, and beyond
// limits.nodes of the document, dropped, with warnings.
// A number reference that means a control character of Windows-1252 (&#146;) is read as in HTML. Line ends stay as they are.
// Linear in the size of the input. Thread-safe.
// Errors: bad_input (beyond a limit), corrupt (no element).
Result<Tree> parse_xml(std::string_view document, const Limits& limits);

}  // namespace sayso
