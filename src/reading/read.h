// read(): the whole engine in order, and the only place that fills layers.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attribution/attribution.h"
#include "base/result.h"
#include "document/document.h"
#include "ingest/ingest.h"
#include "knowledge/knowledge.h"

namespace sayso {

// The layers that a caller can ask for, by their names in the format.
enum class LayerName { sections, attributions, entities, factuality, provenance };
const char* name_of(LayerName layer);
// unsupported, with the list of names that there are, for an unknown name or one that is not built yet.
Result<LayerName> layer_from(std::string_view name);

// What is read with. Shared between threads; never changed by reading.
struct Models {
  std::shared_ptr<const AttributionModel> attribution;  // none: the attributions layer cannot be asked for
  std::shared_ptr<const CueList> user_cues;             // the user's own cue and stop words, or none
  std::shared_ptr<const Knowledge> knowledge;           // facts that entities get links from, or none
};

struct ReadOptions {
  std::vector<LayerName> layers = {LayerName::sections, LayerName::attributions, LayerName::entities, LayerName::factuality, LayerName::provenance};
  Lean lean = Lean::balanced;
  IngestOptions ingest;
};

// Pure: same bytes, model and options, same readings, on any thread. As many as the input holds documents, in its order, never none; take gets each
// as soon as it is read, as ingest()'s does. Errors are ingest's, and internal ones.
void read(const Input& input, const Models& models, const ReadOptions& options, const TakeOutcome& take);
// All of them.
std::vector<Outcome> read(const Input& input, const Models& models, const ReadOptions& options = {});

// The same for a whole file in memory: its records first (archives, JSON Lines, mailboxes), then the documents of each. take gets each with its
// record, whose bytes may be empty where it could not be taken out; false ends it early.
void read_all(std::string bytes, const std::string& source, const Models& models, const ReadOptions& options,
              const std::function<bool(const Input& record, Outcome outcome)>& take);

// Does any of these layers need a model?
bool needs_model(const std::vector<LayerName>& layers);

}  // namespace sayso
