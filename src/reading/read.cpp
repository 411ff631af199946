#include "reading/read.h"

#include <algorithm>
#include <utility>

#include "base/stage.h"
#include "entities/entities.h"
#include "entities/hops.h"
#include "factuality/factuality.h"
#include "ingest/records.h"
#include "provenance/provenance.h"
#include "text/language.h"
#include "text/sections.h"
#include "text/text.h"

namespace sayso {

namespace {

constexpr LayerName all_layers[] = {LayerName::sections, LayerName::attributions, LayerName::entities, LayerName::factuality, LayerName::provenance};

bool has(const std::vector<LayerName>& layers, LayerName layer) { return std::find(layers.begin(), layers.end(), layer) != layers.end(); }

// Invariants after each stage, in debug builds.
Status check_stage([[maybe_unused]] const Document& document) {
#ifndef NDEBUG
  return check_document(document);
#else
  return {};
#endif
}

void add_entities(Document& document, bool english, const FoundMentions& mentions, const MentionModel& model, const Knowledge* knowledge) {
  if (!english) {
    document.entities.made_by = document.source_entities.made_by = "language";
    return;
  }
  EntityLayers found = find_entities(document, mentions, model, knowledge);
  document.hop_entities = name_hops(document, found.entities);
  document.entities = std::move(found.entities);
  document.source_entities = std::move(found.source_entities);
}

// Fills the layers of what was ingested.
Result<Document> read_document(Document document, const Models& models, const ReadOptions& options) {
  enter_stage(Stage::text);
  if (const Status status = check_stage(document); !status) return status.error();

  const Language language = recognise_language(document.text);
  // What is written counts more than what a page says of itself: its template may be in another language than its article.
  if (language.code != "und" && !(document.language && document.language->substr(0, 2) == language.code.substr(0, 2)))
    document.language = language.code;
  const bool english = is_english(language, document.text);
  if (!english) {
    document.warnings.push_back({
        "not English", "the text is not in English (it looks like “" + language.code + "”), so no attributions were looked for", std::nullopt});
  }

  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  if (const Status status = check_stage(document); !status) return status.error();

  document.sections = find_sections(document);
  if (const Status status = check_stage(document); !status) return status.error();
  if (!document.title && !document.sections.items.empty() && document.sections[0].kind == SectionKind::headline)
    document.title = std::string(document.at(document.sections[0].span));

  if (!needs_model(options.layers)) return document;
  if (!models.attribution)
    return Error{ErrorKind::not_found, "attributions were asked for, and no model is loaded", document.source,
                 "Load a model, or ask for sections only."};
  // A layer brings those that it reads. A model without the head for entities has none to give, and no provenance.
  const bool wants_provenance = has(options.layers, LayerName::provenance) && models.attribution->mentions;
  const bool wants_factuality = has(options.layers, LayerName::factuality) || wants_provenance;
  const MentionModel* const mention_model = has(options.layers, LayerName::entities) || wants_provenance ? models.attribution->mentions.get()
                                            : nullptr;
  enter_stage(Stage::attribution);
  FoundMentions mentions;
  if (english) {
    const AttributionOptions attribution_options{options.lean, models.user_cues.get()};
    document.attributions = find_attributions(document, *models.attribution, attribution_options, mention_model ? &mentions : nullptr);
  } else {
    document.attributions.made_by = "language";
  }
  if (const Status status = check_stage(document); !status) return status.error();

  if (mention_model) {
    enter_stage(Stage::entities);
    add_entities(document, english, mentions, *mention_model, models.knowledge.get());
    if (const Status status = check_stage(document); !status) return status.error();
  }
  if (wants_factuality) {
    enter_stage(Stage::factuality);
    document.factuality = find_factuality(document);
    if (const Status status = check_stage(document); !status) return status.error();
  }
  if (wants_provenance) {
    enter_stage(Stage::provenance);
    ProvenanceLayers found = find_provenance(document);
    document.provenance = std::move(found.provenance);
    document.non_responses = std::move(found.non_responses);
    document.summary = std::move(found.summary);
    if (const Status status = check_stage(document); !status) return status.error();
  }
  return document;
}

}  // namespace

const char* name_of(LayerName layer) {
  switch (layer) {
    case LayerName::sections: return "sections";
    case LayerName::attributions: return "attributions";
    case LayerName::entities: return "entities";
    case LayerName::factuality: return "factuality";
    case LayerName::provenance: break;
  }
  return "provenance";
}

Result<LayerName> layer_from(std::string_view name) {
  for (const LayerName layer : all_layers)
    if (name == name_of(layer)) return layer;
  return Error{ErrorKind::unsupported, "there is no layer “" + std::string(name) + "” in this version", "",
               "The layers are: sections, attributions, entities, factuality, provenance."};
}

bool needs_model(const std::vector<LayerName>& layers) {
  return std::any_of(layers.begin(), layers.end(), [](LayerName layer) { return layer != LayerName::sections; });
}

void read(const Input& input, const Models& models, const ReadOptions& options, const TakeOutcome& take) {
  enter_stage(Stage::ingest);
  ingest(input, options.ingest, [&](Outcome outcome, size_t count) {
    if (outcome.document) outcome.document = read_document(std::move(outcome.document).value(), models, options);
    return take(std::move(outcome), count);
  });
}

std::vector<Outcome> read(const Input& input, const Models& models, const ReadOptions& options) {
  std::vector<Outcome> outcomes;
  read(input, models, options, [&](Outcome outcome, size_t) { return outcomes.push_back(std::move(outcome)), true; });
  return outcomes;
}

void read_all(std::string bytes, const std::string& source, const Models& models, const ReadOptions& options,
              const std::function<bool(const Input& record, Outcome outcome)>& take) {
  const std::unique_ptr<Records> records = split_records(stream_own_bytes(std::move(bytes)), source, {options.ingest.limits, options.ingest.fields});
  bool any = false, wanted = true;
  while (const std::optional<Result<Input>> record = wanted ? records->next() : std::nullopt) {
    any = true;
    if (!*record) {
      if (!take(Input{source, std::nullopt, {}}, {std::nullopt, record->error()})) return;
      continue;
    }
    read(record->value(), models, options, [&](Outcome outcome, size_t) { return wanted = take(record->value(), std::move(outcome)); });
  }
  if (!any)
    take(Input{source, std::nullopt, {}},
         {std::nullopt, Error{ErrorKind::bad_input, "there is no document in it", source, "An archive of requests alone has none."}});
}

}  // namespace sayso
