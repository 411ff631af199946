#include "document/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/unicode.h"

namespace sayso {

namespace {

using Json = nlohmann::ordered_json;

// Fields of the input nest as deep as whoever wrote it liked, and writing JSON recurses; deeper values stay a string.
constexpr int deepest_extra = 64;

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json engine_json(const Engine& engine) {
  Json json;
  json["version"] = engine.version;
  json["model"] = or_null(engine.model);
  return json;
}

// A JSON value that came with the input, or, when it is none (or nests too deep), its characters.
Json parse_extra(const std::string& value) {
  bool deep = false;
  const auto watch = [&deep](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    deep = deep || depth > deepest_extra;
    return true;
  };
  // The sorted form is parsed, since the ordered one looks for each key among all before it.
  nlohmann::json parsed = nlohmann::json::parse(value, watch, false);
  if (deep || parsed.is_discarded()) return Json(value);
  return Json(parsed);
}

Json extra_json(const std::vector<std::pair<std::string, std::string>>& extra) {
  Json json = Json::object();
  auto& fields = json.get_ref<Json::object_t&>();
  std::unordered_set<std::string> seen;
  for (const auto& [name, value] : extra)
    if (seen.insert(name).second) fields.emplace_back(name, parse_extra(value));
  return json;
}

class Writer {
 public:
  explicit Writer(const Document& document) : document_(document), points_(document.text), agencies_(find_agencies(document)) {}

  Json document_json() const {
    const Document& d = document_;
    Json json;
    json["id"] = d.id;
    json["source"] = d.source;
    json["member"] = or_null(d.member);
    json["media_type"] = or_null(d.media_type);
    json["title"] = or_null(d.title);
    json["publisher"] = nullptr;
    if (d.publisher) {
      json["publisher"] = Json::object();
      json["publisher"]["name"] = text_or_null(d.publisher->name);
      json["publisher"]["domain"] = text_or_null(d.publisher->domain);
    }
    json["authors"] = d.authors;
    json["published"] = or_null(d.published);
    json["modified"] = or_null(d.modified);
    json["language"] = or_null(d.language);
    json["canonical"] = or_null(d.canonical);
    json["text"] = d.text;
    if (d.sections.ran()) {
      Json& sections = json["sections"] = Json::array();
      for (size_t i = 0; i < d.sections.size(); ++i) sections.push_back(section_json(i));
    }
    if (d.raw_map.ran()) {
      Json& raw_map = json["raw_map"] = Json::array();
      for (const RawPiece& piece : d.raw_map) {
        Json one = span_json({piece.begin, piece.begin + piece.size});
        one.push_back(piece.raw);
        one.push_back(piece.raw + piece.raw_size);
        raw_map.push_back(std::move(one));
      }
    }
    Json& warnings = json["warnings"] = Json::array();
    for (const Warning& warning : d.warnings) {
      Json one;
      one["kind"] = warning.kind;
      one["what"] = warning.what;
      one["span"] = warning.span ? span_json(*warning.span) : Json(nullptr);
      warnings.push_back(std::move(one));
    }
    json["extra"] = extra_json(d.extra);
    return json;
  }

  Json attributions_json() const {
    Json json = Json::array();
    const SourceEntities meant(document_);
    for (uint32_t i = 0; i < document_.attributions.size(); ++i) {
      const Attribution& a = document_.attributions[i];
      Json one;
      one["id"] = id_of(Id<Attribution>{i});
      one["type"] = name_of(a.type);
      one["quotation"] = name_of(a.quotation);
      one["source"] = nullptr;
      if (a.source) {
        one["source"] = part_json(a.source->part);
        one["source"]["kind"] = name_of(a.source->kind);
      }
      if (const SourceEntity* source = meant.of(Id<Attribution>{i})) {
        one["source"]["kind"] = name_of(source->kind);
        one["source"]["entity"] = id_of(source->entity);
        one["source"]["identity"] = name_of(source->identity);
      }
      one["cue"] = part_json(a.cue);
      if (document_.factuality.ran() && !a.cue.empty()) one["cue"]["stance"] = name_of(document_.factuality[i].stance);
      one["content"] = part_json(a.content);
      one["within"] = a.within ? Json(id_of(*a.within)) : Json(nullptr);
      if (document_.provenance.ran()) add_provenance(one, document_.provenance[i]);
      if (document_.factuality.ran()) one["factuality"] = factuality_json(document_.factuality[i]);
      one["confidence"] = shown_confidence(a);
      one["evidence"] = a.evidence;
      json.push_back(std::move(one));
    }
    return json;
  }

  Json entities_json() const {
    Json json = Json::array();
    for (uint32_t i = 0; i < document_.entities.size(); ++i) json.push_back(entity_json(Id<Entity>{i}));
    return json;
  }

  Json non_responses_json() const {
    Json json = Json::array();
    for (const NonResponse& silent : document_.non_responses) {
      Json one = part_json(silent.part);
      one["entity"] = id_or_null(silent.entity);
      one["kind"] = name_of(silent.kind);
      json.push_back(std::move(one));
    }
    return json;
  }

  Json summary_json() const {
    const Summary& summary = document_.summary[0];
    Json json;
    json["attributions"] = summary.attributions;
    json["named_sources"] = summary.named_sources;
    json["anonymous_sources"] = summary.anonymous_sources;
    json["independent_sources"] = summary.independent_sources;
    json["relays"] = ids_json(summary.relays);
    json["writer_share"] = summary.writer_share ? Json(std::round(*summary.writer_share * 1e4) / 1e4) : Json(nullptr);
    json["headline"] = nullptr;
    if (const auto& headline = summary.headline) {
      json["headline"] = Json::object();
      json["headline"]["attribution"] = id_or_null(headline->attribution);
      json["headline"]["rests_on"] = ids_json(headline->rests_on);
      json["headline"]["firmer_than_its_source"] = headline->firmer_than_its_source;
    }
    return json;
  }

 private:
  template <class T>
  static Json id_or_null(const std::optional<Id<T>>& id) {
    return id ? Json(id_of(*id)) : Json(nullptr);
  }
  template <class T>
  static Json ids_json(const std::vector<Id<T>>& ids) {
    Json json = Json::array();
    for (const Id<T> id : ids) json.push_back(id_of(id));
    return json;
  }

  void add_provenance(Json& attribution, const Provenance& provenance) const {
    attribution["chain"] = ids_json(provenance.chain);
    for (const char* const part : {"medium", "addressee", "occasion", "time"}) attribution[part] = nullptr;
    if (const auto& medium = provenance.medium) {
      Json& one = attribution["medium"] = part_json(medium->part);
      one["kind"] = name_of(medium->kind);
      one["entity"] = id_or_null(medium->entity);
    }
    if (const auto& addressee = provenance.addressee) {
      Json& one = attribution["addressee"] = part_json(addressee->part);
      one["entity"] = id_or_null(addressee->entity);
    }
    if (provenance.occasion) attribution["occasion"] = part_json(*provenance.occasion);
    if (const auto& time = provenance.time) {
      Json& one = attribution["time"] = part_json(time->part);
      one["value"] = or_null(time->value);
    }
    attribution["repeats"] = ids_json(provenance.repeats);
    attribution["contradicts"] = ids_json(provenance.contradicts);
    attribution["stronger_than"] = ids_json(provenance.stronger_than);
  }

  Json factuality_json(const Factuality& factuality) const {
    Json json;
    json["polarity"] = name_of(factuality.polarity);
    json["modality"] = name_of(factuality.modality);
    json["hearsay"] = factuality.hearsay;
    Json& markers = json["markers"] = Json::array();
    for (const Marker& marker : factuality.markers) {
      Json one;
      one["kind"] = name_of(marker.kind);
      one["span"] = span_json(marker.span);
      one["text"] = document_.at(marker.span);
      markers.push_back(std::move(one));
    }
    return json;
  }

  Json entity_json(Id<Entity> id) const {
    const Entity& entity = document_.entities[id];
    Json json;
    json["id"] = id_of(id);
    json["type"] = name_of(entity.type);
    if (entity.type == EntityType::unnamed) json["of"] = name_of(entity.of.value());
    json["name"] = or_null(entity.name);
    json["names"] = entity.names;
    json["roles"] = entity.roles;
    Json& mentions = json["mentions"] = Json::array();
    for (const Mention& mention : entity.mentions) {
      Json one;
      one["span"] = span_json(mention.span);
      one["text"] = document_.at(mention.span);
      one["kind"] = name_of(mention.kind);
      mentions.push_back(std::move(one));
    }
    Json& links = json["links"] = Json::object();
    for (const Link& link : entity.links) links[link.scheme] = link.value;
    if (entity.type == EntityType::unnamed) {
      json["reason"] = entity.reason ? part_json(*entity.reason) : Json(nullptr);
      json["count"] = nullptr;
      if (entity.count) {
        json["count"] = Json::object();
        json["count"]["min"] = entity.count->min;
        json["count"]["max"] = or_null(entity.count->max);
      }
    }
    return json;
  }

  Json span_json(Span span) const {
    return Json::array({points_.to_code_point(span.begin), points_.to_code_point(span.end)});
  }

  Json part_json(const Part& part) const {
    if (part.empty()) return nullptr;
    Json json;
    Json& spans = json["spans"] = Json::array();
    for (const Span& span : part.spans) spans.push_back(span_json(span));
    json["text"] = text_of(document_, part);
    return json;
  }

  Json section_json(size_t index) const {
    const Section& section = document_.sections[index];
    Json json;
    json["kind"] = name_of(section.kind);
    json["span"] = span_json(section.span);
    if (section.kind == SectionKind::dateline) {
      json["place"] = section.place ? Json(document_.at(*section.place)) : Json(nullptr);
      json["date"] = text_or_null(section.date);
      json["agency"] = agencies_[index] ? Json(id_of(*agencies_[index])) : Json(nullptr);
    }
    return json;
  }

  const Document& document_;
  CodePointIndex points_;
  const std::vector<std::optional<Id<Entity>>> agencies_;  // of each section
};

}  // namespace

Json to_json(const Document& document, const Engine& engine) {
  const Writer writer(document);
  Json json;
  json["format"] = "sayso/1";
  json["engine"] = engine_json(engine);
  Json& layers = json["layers"] = Json::array();
  if (document.sections.ran()) layers.push_back("sections");
  if (document.attributions.ran()) layers.push_back("attributions");
  if (document.entities.ran()) layers.push_back("entities");
  if (document.provenance.ran()) layers.push_back("provenance");
  if (document.factuality.ran()) layers.push_back("factuality");
  json["document"] = writer.document_json();
  if (document.attributions.ran()) json["attributions"] = writer.attributions_json();
  if (document.entities.ran()) json["entities"] = writer.entities_json();
  if (document.provenance.ran()) {
    json["non_responses"] = writer.non_responses_json();
    json["summary"] = writer.summary_json();
  }
  return json;
}

Json to_json(const Error& error, const Engine& engine, const std::optional<std::string>& id, const std::string& source,
             const std::optional<std::string>& member) {
  Json json;
  json["format"] = "sayso/1";
  json["engine"] = engine_json(engine);
  Json& document = json["document"];
  document["id"] = or_null(id);
  document["source"] = source;
  document["member"] = or_null(member);
  Json& said = json["error"];
  said["kind"] = name_of(error.kind);
  said["what"] = error.what;
  said["where"] = text_or_null(error.where);
  said["hint"] = text_or_null(error.hint);
  return json;
}

// append() and not +: g++ 12 warns of an overlap in "a" + std::string that is none (its bug 105651).
std::string id_of(Id<Attribution> attribution) {
  return std::string("a").append(std::to_string(attribution.index + size_t{1}));
}

std::string id_of(Id<Entity> entity) { return std::string("e").append(std::to_string(entity.index + size_t{1})); }

double shown_confidence(const Attribution& attribution) { return std::round(attribution.confidence * 1e4) / 1e4; }

std::string four_decimals(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, 4).ptr;
  return {buffer, end};
}

std::string to_string(const Json& json, bool indented) {
  // A file name is bytes and need not be UTF-8: what is ill-formed becomes U+FFFD instead of an exception.
  return json.dump(indented ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sayso
