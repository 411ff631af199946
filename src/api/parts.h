// A reading as the structs of sayso.h, filled from its JSON, so that neither interface can say anything else than the format.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>
#include <sayso/sayso.h>

namespace sayso::api {

struct Parts {
  std::string text;
  std::vector<Attribution> attributions;
  std::vector<Entity> entities;
  std::vector<NonResponse> non_responses;
  std::optional<Summary> summary;
  std::vector<Section> sections;
  std::vector<Warning> warnings;
};

// Requires a reading in the format sayso/1 that is no error record.
Parts parts_of(const nlohmann::ordered_json& reading);

}  // namespace sayso::api
