// A Document as sayso/1 JSON (docs/FORMAT.md): bytes become code points here and nowhere else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "document/document.h"

namespace sayso {

// What made the reading: the program's version, and the model's name and version or nothing when none was loaded.
struct Engine {
  std::string version;
  std::optional<std::string> model;
};

// Requires a document that check_document() passes. Only layers that ran have their keys. `layers`: names in the format's order.
// Linear in the text and in what stands in the parts and mentions (mentions are sorted). A dateline's agency is the entity that has
// the shortest mention among its words; a value in `extra` that is no JSON, or nests deeper than 64, becomes a string; of fields with one
// name the first stays.
nlohmann::ordered_json to_json(const Document& document, const Engine& engine);

// The one-line record of a document that could not be read. id: of the bytes when there were any, else null. An empty
// where or hint becomes null.
nlohmann::ordered_json to_json(const Error& error, const Engine& engine, const std::optional<std::string>& id,
                               const std::string& source, const std::optional<std::string>& member);

// "a1" for the first attribution of the layer, "e1" for the first entity.
std::string id_of(Id<Attribution> attribution);
std::string id_of(Id<Entity> entity);

// As it is shown everywhere: to four decimals, which is what calibration on some thousand attributions can tell apart.
double shown_confidence(const Attribution& attribution);

// "0.9100": a number as text, whatever the locale.
std::string four_decimals(double value);

// Compact (one line) or indented by two blanks; UTF-8 as it is; what is not UTF-8 (a file name) becomes U+FFFD.
std::string to_string(const nlohmann::ordered_json& json, bool indented);

}  // namespace sayso
