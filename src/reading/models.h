// Finds and loads what is read with.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "reading/read.h"

namespace sayso {

struct ModelChoice {
  std::optional<std::string> path;  // a weight file, or a model's name; nothing: $SAYSO_MODEL, else the one that comes with the program
  std::optional<std::string> cues;       // file of the user's own cue and stop words
  std::optional<std::string> knowledge;  // file of the user's own facts (knowledge/README.md)
};

// not_found, with the places that were searched, when there is no model; else what loading it or the cue words says.
Result<Models> load_models(const ModelChoice& choice);

// The name and version that readings give, or nothing when no model is loaded.
std::optional<std::string> model_name(const Models& models);

}  // namespace sayso
