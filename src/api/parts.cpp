#include "api/parts.h"

#include <nlohmann/json.hpp>

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

std::optional<std::string> string_from(const Json& json) { return json.is_null() ? std::nullopt : std::optional(json.get<std::string>()); }
std::vector<std::string> strings_from(const Json& json) { return json.get<std::vector<std::string>>(); }

template <class T>
std::optional<T> part_or_nothing(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(part_from<T>(json));
}

Factuality factuality_from(const Json& json) {
  Factuality factuality{json["polarity"], json["modality"], json["hearsay"], {}};
  for (const Json& marker : json["markers"]) factuality.markers.push_back({marker["kind"], span_from(marker["span"]), marker["text"]});
  return factuality;
}

// Of an attribution that has a chain.
Provenance provenance_from(const Json& json) {
  Provenance provenance;
  provenance.chain = strings_from(json["chain"]);
  provenance.medium = part_or_nothing<Medium>(json["medium"]);
  if (provenance.medium) {
    provenance.medium->kind = json["medium"]["kind"];
    provenance.medium->entity = string_from(json["medium"]["entity"]);
  }
  provenance.addressee = part_or_nothing<Addressee>(json["addressee"]);
  if (provenance.addressee) provenance.addressee->entity = string_from(json["addressee"]["entity"]);
  provenance.occasion = part_or_nothing<Part>(json["occasion"]);
  provenance.time = part_or_nothing<Time>(json["time"]);
  if (provenance.time) provenance.time->value = string_from(json["time"]["value"]);
  provenance.repeats = strings_from(json["repeats"]);
  provenance.contradicts = strings_from(json["contradicts"]);
  provenance.stronger_than = strings_from(json["stronger_than"]);
  return provenance;
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
  if (const Json& cue = json["cue"]; !cue.is_null()) {
    a.cue = part_from<Cue>(cue);
    if (const auto stance = cue.find("stance"); stance != cue.end()) a.cue->stance = *stance;
  }
  if (const Json& content = json["content"]; !content.is_null()) a.content = part_from<Part>(content);
  a.within = string_from(json["within"]);
  a.confidence = json["confidence"];
  a.evidence = strings_from(json["evidence"]);
  if (const auto factuality = json.find("factuality"); factuality != json.end()) a.factuality = factuality_from(*factuality);
  if (json.contains("chain")) a.provenance = provenance_from(json);
  return a;
}

Entity entity_from(const Json& json) {
  Entity entity;
  entity.id = json["id"];
  entity.type = json["type"];
  entity.name = string_from(json["name"]);
  entity.names = strings_from(json["names"]);
  entity.roles = strings_from(json["roles"]);
  for (const Json& mention : json["mentions"]) entity.mentions.push_back({span_from(mention["span"]), mention["text"], mention["kind"]});
  for (const auto& [scheme, value] : json["links"].items()) entity.links.push_back({scheme, value});
  if (entity.type == "unnamed") {
    entity.of = json["of"].get<std::string>();
    entity.reason = part_or_nothing<Part>(json["reason"]);
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

NonResponse non_response_from(const Json& json) {
  NonResponse silent = part_from<NonResponse>(json);
  silent.entity = string_from(json["entity"]);
  silent.kind = json["kind"];
  return silent;
}

Summary summary_from(const Json& json) {
  Summary summary{json["attributions"], json["named_sources"], json["anonymous_sources"], json["independent_sources"], strings_from(json["relays"]),
                  std::nullopt, std::nullopt};
  if (const Json& share = json["writer_share"]; !share.is_null()) summary.writer_share = share.get<double>();
  if (const Json& headline = json["headline"]; !headline.is_null())
    summary.headline = HeadlineFinding{string_from(headline["attribution"]), strings_from(headline["rests_on"]), headline["firmer_than_its_source"]};
  return summary;
}

// What `make` makes of each in the list of that name, if there is one.
template <class T, class Make>
void fill(const Json& json, const char* name, std::vector<T>& list, const Make& make) {
  if (const auto found = json.find(name); found != json.end())
    for (const Json& one : *found) list.push_back(make(one));
}

}  // namespace

Parts parts_of(const Json& reading) {
  Parts parts;
  const Json& document = reading["document"];
  parts.text = document["text"];
  fill(document, "sections", parts.sections, [](const Json& section) { return Section{section["kind"], span_from(section["span"])}; });
  fill(document, "warnings", parts.warnings, warning_from);
  fill(reading, "attributions", parts.attributions, attribution_from);
  fill(reading, "entities", parts.entities, entity_from);
  fill(reading, "non_responses", parts.non_responses, non_response_from);
  if (const auto summary = reading.find("summary"); summary != reading.end()) parts.summary = summary_from(*summary);
  return parts;
}

}  // namespace sayso::api
