#include "document/citron.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "base/unicode.h"

namespace sayso {

namespace {

using Json = nlohmann::ordered_json;

class Writer {
 public:
  explicit Writer(const Document& document) : document_(document), points_(document.text) {}

  Json quotes_json() const {
    Json quotes = Json::array();
    for (uint32_t i = 0; i < document_.attributions.size(); ++i) {
      const Attribution& a = document_.attributions[i];
      if (a.within || !a.source || a.cue.empty() || a.content.empty()) continue;
      Json quote;
      quote["id"] = id_of(Id<Attribution>{i});
      quote["sources"] = spans_json(a.source->part);
      quote["coreferences"] = Json::array();  // what Citron writes when it resolved none
      quote["cue"] = span_json(envelope(a.cue));  // one span in Citron, whose extractor joins the pieces in the same way
      quote["contents"] = spans_json(a.content);
      quote["confidence"] = four_decimals(shown_confidence(a));
      quotes.push_back(std::move(quote));
    }
    return quotes;
  }

 private:
  Json span_json(Span span) const {
    Json json;
    json["start"] = points_.to_code_point(span.begin);
    json["end"] = points_.to_code_point(span.end);
    json["text"] = document_.at(span);
    return json;
  }

  Json spans_json(const Part& part) const {
    Json json = Json::array();
    for (const Span span : part.spans) json.push_back(span_json(span));
    return json;
  }

  const Document& document_;
  CodePointIndex points_;
};

// The key of the model ends with a colon in Citron too.
Json source_json(const Engine& engine, const std::string& source, const std::optional<std::string>& member) {
  Json json;
  json["application"] = "sayso " + engine.version;
  json["model:"] = engine.model ? Json(*engine.model) : Json(nullptr);
  json["document"] = source;
  json["member"] = member ? Json(*member) : Json(nullptr);
  return json;
}

}  // namespace

Json to_citron(const Document& document, const Engine& engine) {
  Json json;
  json["text"] = document.text;
  if (document.attributions.ran()) json["quotes"] = Writer(document).quotes_json();
  json["source"] = source_json(engine, document.source, document.member);
  return json;
}

Json to_citron(const Error& error, const Engine& engine, const std::string& source) {
  Json json;
  json["error"] = error.sentence();
  json["source"] = source_json(engine, source, std::nullopt);
  return json;
}

}  // namespace sayso
