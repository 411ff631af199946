// A Document as BBC R&D's Citron writes one, for programs that read Citron's output (docs/FORMAT.md).
// Citron: https://github.com/bbc/citron, docs/data_format.md; the keys and their order are those of its citron/data.py.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "document/document.h"
#include "document/json.h"

namespace sayso {

// text, quotes and source. Requires a document that check_document() passes. Positions are code points, as Citron's own reader
// takes them. A quote has a cue, a source and contents in Citron, and stands in no other: attributions without one of these, and
// those within another, are left out. No quotes key when nobody looked for attributions. Linear in the text and in the parts.
nlohmann::ordered_json to_citron(const Document& document, const Engine& engine);

// What stands in place of a document that could not be read: the sentence, under the key that Citron's server uses.
nlohmann::ordered_json to_citron(const Error& error, const Engine& engine, const std::string& source);

}  // namespace sayso
