// The model that ships, and the text layers, for tests that run cases of language (tests/cases/).
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "attribution/attribution.h"
#include "base/file.h"
#include "text/sections.h"
#include "text/text.h"

namespace sayso {

inline const AttributionModel& shipped_model() {
  static const AttributionModel model = [] {
    auto bytes = read_file(SAYSO_SOURCE_DIR "/models/attribution.safetensors", 100'000'000);
    REQUIRE(bytes.ok());
    auto loaded = Model::load(std::move(*bytes), "models/attribution.safetensors");
    REQUIRE_MESSAGE(loaded.ok(), loaded.error().sentence());
    auto made = AttributionModel::from_model(std::move(*loaded));
    REQUIRE_MESSAGE(made.ok(), made.error().sentence());
    REQUIRE_MESSAGE(made->mentions, "the shipped weights have no head for entities");
    return std::move(*made);
  }();
  return model;
}

// Fills the layers of the text room.
inline void read_text(Document& document) {
  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  document.sections = find_sections(document);
}

// The fields of a case's line: what stands between `mark`s.
inline std::vector<std::string> split_fields(const std::string& line, const std::string& mark = " | ") {
  std::vector<std::string> fields;
  for (size_t at = 0;;) {
    const size_t end = line.find(mark, at);
    fields.push_back(line.substr(at, end - at));
    if (end == std::string::npos) return fields;
    at = end + mark.size();
  }
}

}  // namespace sayso
