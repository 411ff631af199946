// sayso.h: the reading as plain structs, filled from its JSON, so that the interface cannot say anything else than the format.
#include <sayso/sayso.h>

#include <algorithm>
#include <exception>
#include <utility>

#include <nlohmann/json.hpp>

#include "api/reader.h"
#include "document/json.h"
#include "reading/models.h"

namespace sayso::api {

namespace {

using Json = nlohmann::ordered_json;

Span span_from(const Json& json) { return {json[0].get<std::size_t>(), json[1].get<std::size_t>()}; }

template <class T>
T part_from(const Json& json) {
  T part;
  for (const Json& span : json["spans"]) part.spans.push_back(span_from(span));
  part.text = json["text"];
  return part;
}

Attribution attribution_from(const Json& json) {
  Attribution a;
  a.id = json["id"];
  a.type = json["type"];
  a.quotation = json["quotation"];
  if (const Json& source = json["source"]; !source.is_null()) {
    a.source = part_from<Source>(source);
    a.source->kind = source["kind"];
    if (const auto entity = source.find("entity"); entity != source.end()) {
      a.source->entity = *entity;
      a.source->identity = source["identity"];
    }
  }
  if (const Json& cue = json["cue"]; !cue.is_null()) a.cue = part_from<Part>(cue);
  if (const Json& content = json["content"]; !content.is_null()) a.content = part_from<Part>(content);
  if (const Json& within = json["within"]; !within.is_null()) a.within = within.get<std::string>();
  a.confidence = json["confidence"];
  a.evidence = json["evidence"].get<std::vector<std::string>>();
  return a;
}

Entity entity_from(const Json& json) {
  Entity entity;
  entity.id = json["id"];
  entity.type = json["type"];
  if (const Json& name = json["name"]; !name.is_null()) entity.name = name.get<std::string>();
  entity.names = json["names"].get<std::vector<std::string>>();
  entity.roles = json["roles"].get<std::vector<std::string>>();
  for (const Json& mention : json["mentions"]) entity.mentions.push_back({span_from(mention["span"]), mention["text"], mention["kind"]});
  for (const auto& [scheme, value] : json["links"].items()) entity.links.push_back({scheme, value});
  if (entity.type == "unnamed") {
    entity.of = json["of"].get<std::string>();
    if (const Json& reason = json["reason"]; !reason.is_null()) entity.reason = part_from<Part>(reason);
    if (const Json& count = json["count"]; !count.is_null()) {
      entity.count = Count{count["min"], std::nullopt};
      if (!count["max"].is_null()) entity.count->max = count["max"].get<std::size_t>();
    }
  }
  return entity;
}

Warning warning_from(const Json& json) {
  Warning warning{json["kind"], json["what"], std::nullopt};
  if (const Json& span = json["span"]; !span.is_null()) warning.span = span_from(span);
  return warning;
}

// The border: a Result's error, and whatever a library throws (memory that ran out), become the one exception that is promised.
template <class Body>
auto at_the_border(Body body) {
  try {
    return body();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& failure) {
    throw Error("internal", failure.what());
  }
}

Error thrown(const sayso::Error& error) { return Error(name_of(error.kind), error.sentence()); }

sayso::Lean lean_from(Lean lean) {
  switch (lean) {
    case Lean::precision: return sayso::Lean::precision;
    case Lean::recall: return sayso::Lean::recall;
    case Lean::balanced: break;
  }
  return sayso::Lean::balanced;
}

}  // namespace

std::string version() { return SAYSO_VERSION; }

Error::Error(std::string kind, const std::string& sentence) : std::runtime_error(sentence), kind_(std::move(kind)) {}
Error::~Error() = default;

struct Reading::State {
  Json json;
  std::string text;
  std::vector<Attribution> attributions;
  std::vector<Entity> entities;
  std::vector<Section> sections;
  std::vector<Warning> warnings;
};

Reading::Reading(std::shared_ptr<const State> state) : state_(std::move(state)) {}
const std::string& Reading::text() const noexcept { return state_->text; }
const std::vector<Attribution>& Reading::attributions() const noexcept { return state_->attributions; }
const std::vector<Entity>& Reading::entities() const noexcept { return state_->entities; }
const Entity* Reading::entity(std::string_view id) const noexcept {
  const auto& all = state_->entities;
  const auto found = std::find_if(all.begin(), all.end(), [id](const Entity& entity) { return entity.id == id; });
  return found == all.end() ? nullptr : &*found;
}
const std::vector<Section>& Reading::sections() const noexcept { return state_->sections; }
const std::vector<Warning>& Reading::warnings() const noexcept { return state_->warnings; }
std::string Reading::json(bool indented) const {
  return at_the_border([&] { return to_string(state_->json, indented); });
}

struct Reader::State {
  Models models;
};

Reader::Reader(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Reader Reader::load(const std::string& model, const std::string& cues) {
  return at_the_border([&] {
    ModelChoice choice;
    if (!model.empty()) choice.path = model;
    if (!cues.empty()) choice.cues = cues;
    Result<Models> models = load_models(choice);
    if (!models) throw thrown(models.error());
    return Reader(std::make_shared<const State>(State{std::move(*models)}));
  });
}

Reader Reader::without_model() {
  return at_the_border([] { return Reader(std::make_shared<const State>()); });
}

Reading Reader::read(std::string_view bytes, const std::string& source, const Options& options) const {
  return at_the_border([&] {
    Result<Json> json = read_json(state_->models, bytes, source, options.layers, lean_from(options.lean), options.max_bytes);
    if (!json) throw thrown(json.error());
    Reading::State reading;
    reading.json = std::move(*json);
    const Json& document = reading.json["document"];
    reading.text = document["text"];
    if (const auto sections = document.find("sections"); sections != document.end())
      for (const Json& section : *sections) reading.sections.push_back({section["kind"], span_from(section["span"])});
    for (const Json& warning : document["warnings"]) reading.warnings.push_back(warning_from(warning));
    if (const auto attributions = reading.json.find("attributions"); attributions != reading.json.end())
      for (const Json& attribution : *attributions) reading.attributions.push_back(attribution_from(attribution));
    if (const auto entities = reading.json.find("entities"); entities != reading.json.end())
      for (const Json& entity : *entities) reading.entities.push_back(entity_from(entity));
    return Reading(std::make_shared<const Reading::State>(std::move(reading)));
  });
}

std::string Reader::model() const {
  return at_the_border([&] { return model_name(state_->models).value_or(""); });
}

}  // namespace sayso::api
