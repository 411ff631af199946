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

// A document read, in the format sayso/1: the first one, where the input is a feed or another list of several. No names of layers: all
// that `models` can bring. Errors: read()'s, an unknown layer (unsupported), a layer that needs a model when there is none (not_found).
Result<nlohmann::ordered_json> read_json(const Models& models, std::string_view bytes, const std::string& source,
                                         const std::vector<std::string>& layers, Lean lean, size_t max_bytes);

}  // namespace sayso
