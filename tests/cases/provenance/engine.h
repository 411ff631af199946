// Reads the text of a case with all the layers that provenance needs, as reading/read.cpp has them in order, and with the model that ships. It stands here, and
// not in src/provenance/, since that room includes none of the entities.
#pragma once

#include <utility>

#include "entities/entities.h"
#include "factuality/factuality.h"
#include "tests/shipped_knowledge.h"
#include "tests/shipped_model.h"

namespace sayso {

// Fills the layers of a document that has its text and what its input would say of it (its day, its publisher), up to factuality.
inline void read_up_to_factuality(Document& document) {
  read_text(document);
  FoundMentions mentions;
  document.attributions = find_attributions(document, shipped_model(), {}, &mentions);
  EntityLayers layers = find_entities(document, mentions, *shipped_model().mentions, &shipped_knowledge());
  document.entities = std::move(layers.entities);
  document.source_entities = std::move(layers.source_entities);
  document.factuality = find_factuality(document);
}

}  // namespace sayso
