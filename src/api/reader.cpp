#include "api/reader.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "document/json.h"
#include "reading/models.h"

namespace sayso {

Result<nlohmann::ordered_json> read_json(const Models& models, std::string_view bytes, const std::string& source,
                                         const std::vector<std::string>& layers, Lean lean, size_t max_bytes) {
  ReadOptions options;
  options.lean = lean;
  options.ingest.limits.document_bytes = max_bytes;
  if (!layers.empty()) {
    options.layers.clear();
    for (const std::string& name : layers) {
      const Result<LayerName> layer = layer_from(name);
      if (!layer) return layer.error();
      options.layers.push_back(*layer);
    }
    if (!models.attribution && needs_model(options.layers))
      return Error{ErrorKind::not_found, "a layer was asked for that needs a model, and none is loaded", "", "Load a model first."};
  } else if (!models.attribution) {
    std::erase_if(options.layers, [](LayerName layer) { return needs_model({layer}); });
  }
  const Result<Document> document = std::move(read(Input{source, std::nullopt, std::string(bytes)}, models, options).front().document);
  if (!document) return document.error();
  return to_json(*document, Engine{SAYSO_VERSION, model_name(models)});
}

}  // namespace sayso
