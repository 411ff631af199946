#include "reading/read.h"

#include <algorithm>
#include <utility>

#include "base/stage.h"
#include "text/language.h"
#include "text/sections.h"
#include "text/text.h"

namespace sayso {

namespace {

constexpr LayerName all_layers[] = {LayerName::sections, LayerName::attributions};

bool has(const std::vector<LayerName>& layers, LayerName layer) { return std::find(layers.begin(), layers.end(), layer) != layers.end(); }

// Invariants after each stage, in debug builds.
Status check_stage([[maybe_unused]] const Document& document) {
#ifndef NDEBUG
  return check_document(document);
#else
  return {};
#endif
}

// Fills the layers of what was ingested.
Result<Document> read_document(Document document, const Models& models, const ReadOptions& options) {
  enter_stage(Stage::text);
  if (const Status status = check_stage(document); !status) return status.error();

  const Language language = recognise_language(document.text);
  // What is written counts more than what a page says of itself: its template may be in another language than its article.
  if (language.code != "und" && !(document.language && document.language->substr(0, 2) == language.code.substr(0, 2))) document.language = language.code;
  const bool english = is_english(language, document.text);
  if (!english) {
    document.warnings.push_back({"not English", "the text is not in English (it looks like “" + language.code + "”), so no attributions were looked for", std::nullopt});
  }

  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  if (const Status status = check_stage(document); !status) return status.error();

  document.sections = find_sections(document);
  if (const Status status = check_stage(document); !status) return status.error();
  if (!document.title && !document.sections.items.empty() && document.sections[0].kind == SectionKind::headline)
    document.title = std::string(document.at(document.sections[0].span));

  if (has(options.layers, LayerName::attributions)) {
    if (!models.attribution)
      return Error{ErrorKind::not_found, "attributions were asked for, and no model is loaded", document.source, "Load a model, or ask for sections only."};
    enter_stage(Stage::attribution);
    if (english) {
      const AttributionOptions attribution_options{options.lean, models.user_cues.get()};
      document.attributions = find_attributions(document, *models.attribution, attribution_options);
    } else {
      document.attributions.made_by = "language";
    }
    if (const Status status = check_stage(document); !status) return status.error();
  }
  return document;
}

}  // namespace

const char* name_of(LayerName layer) { return layer == LayerName::sections ? "sections" : "attributions"; }

Result<LayerName> layer_from(std::string_view name) {
  for (const LayerName layer : all_layers)
    if (name == name_of(layer)) return layer;
  return Error{ErrorKind::unsupported, "there is no layer “" + std::string(name) + "” in this version", "", "The layers are: sections, attributions."};
}

bool needs_model(const std::vector<LayerName>& layers) { return has(layers, LayerName::attributions); }

std::vector<Outcome> read(const Input& input, const Models& models, const ReadOptions& options) {
  enter_stage(Stage::ingest);
  std::vector<Outcome> outcomes = ingest(input, options.ingest);
  for (Outcome& outcome : outcomes)
    if (outcome.document) outcome.document = read_document(std::move(outcome.document).value(), models, options);
  return outcomes;
}

}  // namespace sayso
