// Reads the text of a case with all the layers that provenance needs, as reading/read.cpp has them in order, and with the model that ships. It stands here, and
// not in src/provenance/, since that room includes none of the entities.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "attribution/attribution.h"
#include "base/file.h"
#include "entities/entities.h"
#include "factuality/factuality.h"
#include "knowledge/knowledge.h"
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

inline const Knowledge& shipped_knowledge() {
  static const Knowledge knowledge = [] {
    Knowledge made;
    for (const char* file : {"bodies.tsv", "countries.tsv", "people.tsv"}) REQUIRE(made.add(*read_file(std::string(SAYSO_SOURCE_DIR "/knowledge/") + file, 10'000'000), file).ok());
    return made;
  }();
  return knowledge;
}

// Fills the layers of a document that has its text and what its input would say of it (its day, its publisher), up to factuality.
inline void read_up_to_factuality(Document& document) {
  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  document.sections = find_sections(document);
  FoundMentions mentions;
  document.attributions = find_attributions(document, shipped_model(), {}, &mentions);
  EntityLayers layers = find_entities(document, mentions, *shipped_model().mentions, &shipped_knowledge());
  document.entities = std::move(layers.entities);
  document.source_entities = std::move(layers.source_entities);
  document.factuality = find_factuality(document);
}

}  // namespace sayso
