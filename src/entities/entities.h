// Who and what a document speaks of, and who is meant by each source.
#pragma once

#include "document/document.h"
#include "knowledge/knowledge.h"
#include "mentions/mention_reader.h"

namespace sayso {

struct EntityLayers {
  Layer<Entity> entities;
  Layer<SourceEntity> source_entities;
};

// Reads: text, tokens, sentences, quotes, sections, attributions. What comes out: everybody and every body, place and publication that has a name,
// and whoever is the source of an attribution, named or not.
// `knowledge` gives links, says which places are countries, and for whom a seat of government speaks; it may be null.
EntityLayers find_entities(const Document& document, const FoundMentions& found, const MentionModel& model, const Knowledge* knowledge);

}  // namespace sayso
