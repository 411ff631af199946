// What both promised interfaces stand on: one call from bytes to JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "reading/read.h"

namespace sayso {

struct ReadingChoice {
  std::vector<std::string> layers;  // by name; none: all that the models can bring
  Lean lean = Lean::balanced;
  size_t max_bytes = 0;
};

// A document read, in the format sayso/1: the first one, where the input is a feed or another list of several. Errors: read()'s, an unknown
// layer (unsupported), a layer that needs a model when there is none (not_found).
Result<nlohmann::ordered_json> read_json(const Models& models, std::string_view bytes, const std::string& source, const ReadingChoice& choice);

// All documents of the input, and what could not be read as an error record, each in its place. Errors: those of `choice`.
Result<std::vector<nlohmann::ordered_json>> read_all_json(const Models& models, std::string_view bytes, const std::string& source,
                                                          const ReadingChoice& choice);

}  // namespace sayso
