// What the model alone finds: cues by one tagging of each window, then for each cue its source and content by a second tagging given that cue.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "attribution/attribution.h"
#include "attribution/window_cache.h"
#include "document/document.h"
#include "mentions/mention_reader.h"
#include "model/units.h"

namespace sayso {

// One attribution as the model has it. Spans are bytes of the document's text.
struct Found {
  Part cue, source, content;  // source may be empty, the others never are
  float log_cue = 0;          // log-probability of the cue's labels, all units together
  float log_roles = 0;        // the same of the labels of source and content over the whole window
  bool bold = false;          // found with the bias for recall, and not with the balanced one
  CueBy cue_by = CueBy::network;
};

// Units that are read as one text. They may be a selection (the pieces of a content around its cue): origin is each unit's number in the
// document, and a run that jumps there is several spans.
struct ReadableUnits {
  UnitText text;
  std::vector<uint32_t> origin;
};

// Reads each of the texts for itself. In text order of the cues, text by text; contents may be split, nested and shared. Linear in the units.
// Names and mentions that the same pass finds in a text that is no selection go to `mentions`, unless it is null or the model has no head for them.
std::vector<Found> read_by_model(const Document& document, std::span<const ReadableUnits> texts, const AttributionModel& model,
                                 const AttributionOptions& options, FoundMentions* mentions = nullptr);

}  // namespace sayso
