#include "api/reader.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "document/json.h"
#include "reading/models.h"

namespace sayso {

namespace {

Result<ReadOptions> options_from(const ReadingChoice& choice, const Models& models) {
  ReadOptions options;
  options.lean = choice.lean;
  options.ingest.limits.document_bytes = choice.max_bytes;
  if (choice.layers.empty()) {
    if (!models.attribution) std::erase_if(options.layers, [](LayerName layer) { return needs_model({layer}); });
    return options;
  }
  options.layers.clear();
  for (const std::string& name : choice.layers) {
    const Result<LayerName> layer = layer_from(name);
    if (!layer) return layer.error();
    options.layers.push_back(*layer);
  }
  if (!models.attribution && needs_model(options.layers))
    return Error{ErrorKind::not_found, "a layer was asked for that needs a model, and none is loaded", "", "Load a model first."};
  return options;
}

}  // namespace

Result<nlohmann::ordered_json> read_json(const Models& models, std::string_view bytes, const std::string& source, const ReadingChoice& choice) {
  const Result<ReadOptions> options = options_from(choice, models);
  if (!options) return options.error();
  const Result<Document> document = std::move(read(Input{source, std::nullopt, std::string(bytes)}, models, *options).front().document);
  if (!document) return document.error();
  return to_json(*document, Engine{SAYSO_VERSION, model_name(models)});
}

Result<std::vector<nlohmann::ordered_json>> read_all_json(const Models& models, std::string_view bytes, const std::string& source,
                                                          const ReadingChoice& choice) {
  const Result<ReadOptions> options = options_from(choice, models);
  if (!options) return options.error();
  const Engine engine{SAYSO_VERSION, model_name(models)};
  std::vector<nlohmann::ordered_json> all;
  read_all(std::string(bytes), source, models, *options, [&](const Input& record, const Outcome& outcome) {
    if (outcome.document) {
      all.push_back(to_json(*outcome.document, engine));
    } else {
      const std::optional<std::string> id = record.bytes.empty() ? std::nullopt : std::optional("sha256:" + sha256_hex(record.bytes));
      all.push_back(to_json(outcome.document.error(), engine, id, source, outcome.member));
    }
    return true;
  });
  return all;
}

}  // namespace sayso
