// sayso_c.h: errors become a status and a sentence, strings become memory that the caller frees.
#include <sayso/sayso_c.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "api/parts.h"
#include "api/reader.h"
#include "base/unicode.h"
#include "document/json.h"
#include "reading/models.h"

struct sayso_model {
  sayso::Models models;
  std::string name;
};

// The structs that C sees point into the parts, and into the lists that are made once for them.
struct sayso_reading {
  explicit sayso_reading(sayso::api::Parts made);
  sayso_reading(const sayso_reading&) = delete;
  sayso_reading& operator=(const sayso_reading&) = delete;

  const sayso::api::Parts parts;
  std::deque<std::vector<sayso_span>> spans;
  std::deque<std::vector<const char*>> ids;
  std::deque<std::vector<sayso_marker>> markers;
  std::vector<sayso_attribution> attributions;
  std::vector<sayso_entity> entities;
  std::unordered_map<std::string_view, size_t> entity_of;

 private:
  sayso_part part_of(const sayso::api::Part& part);
  sayso_ids ids_of(const std::vector<std::string>& names);
  sayso_attribution attribution_of(const sayso::api::Attribution& a);
};

namespace {

sayso_status status_of(sayso::ErrorKind kind) {
  switch (kind) {
    case sayso::ErrorKind::bad_input: return SAYSO_BAD_INPUT;
    case sayso::ErrorKind::not_found: return SAYSO_NOT_FOUND;
    case sayso::ErrorKind::io: return SAYSO_IO;
    case sayso::ErrorKind::corrupt: return SAYSO_CORRUPT;
    case sayso::ErrorKind::version: return SAYSO_VERSION_MISMATCH;
    case sayso::ErrorKind::unsupported: return SAYSO_UNSUPPORTED;
    case sayso::ErrorKind::internal: return SAYSO_INTERNAL;
  }
  return SAYSO_INTERNAL;
}

void set_error(sayso_error* error, sayso_status status, std::string_view sentence) {
  if (!error) return;
  error->status = status;
  size_t size = std::min(sentence.size(), sizeof error->text - 1);
  while (size > 0 && !sayso::is_boundary(sentence, size)) --size;
  std::memcpy(error->text, sentence.data(), size);
  error->text[size] = '\0';
}

// Runs `body`, which returns a pointer or an Error; nothing is thrown across this border.
template <class T, class Body>
T* at_the_border(sayso_error* error, Body body) {
  try {
    sayso::Result<T*> result = body();
    if (!result) {
      set_error(error, status_of(result.error().kind), result.error().sentence());
      return nullptr;
    }
    set_error(error, SAYSO_OK, "");
    return *result;
  } catch (const std::exception& failure) {
    set_error(error, SAYSO_INTERNAL, failure.what());
  } catch (...) {
    set_error(error, SAYSO_INTERNAL, "Something was thrown that is no exception.");
  }
  return nullptr;
}

// "a,b" as {"a", "b"}.
std::vector<std::string> split_names(std::string_view names) {
  std::vector<std::string> split;
  for (;;) {
    const size_t comma = names.find(',');
    split.emplace_back(names.substr(0, comma));
    if (comma == std::string_view::npos) return split;
    names.remove_prefix(comma + 1);
  }
}

// Only the fields that the caller's struct has, by its size.
sayso_options options_from(const sayso_options* given) {
  sayso_options options = SAYSO_OPTIONS_INIT;
  if (given) std::memcpy(&options, given, std::min(given->struct_size, sizeof options));
  if (options.max_bytes == 0) options.max_bytes = sayso::Limits{}.document_bytes;
  return options;
}

// What the caller asks for, where that can be done.
sayso::Result<sayso::ReadingChoice> choice_from(const char* bytes, size_t size, const sayso_options* given) {
  using sayso::Error, sayso::ErrorKind;
  if (!bytes && size > 0) return Error{ErrorKind::bad_input, "bytes is NULL and size is not 0", "", ""};
  if (given && given->struct_size < sizeof given->struct_size)
    return Error{ErrorKind::bad_input, "options->struct_size is not set", "", "Start from SAYSO_OPTIONS_INIT."};
  const sayso_options chosen = options_from(given);
  const sayso::Lean lean = chosen.lean == SAYSO_PRECISION ? sayso::Lean::precision
                           : chosen.lean == SAYSO_RECALL  ? sayso::Lean::recall
                                                          : sayso::Lean::balanced;
  return sayso::ReadingChoice{chosen.layers ? split_names(chosen.layers) : std::vector<std::string>{}, lean, chosen.max_bytes};
}

// What `read` of api/reader.h makes of a call's arguments.
template <class T>
sayso::Result<T> read_as_asked(sayso::Result<T> (*read)(const sayso::Models&, std::string_view, const std::string&, const sayso::ReadingChoice&),
                               const sayso_model* model, const char* bytes, size_t size, const char* source, const sayso_options* options) {
  const sayso::Result<sayso::ReadingChoice> choice = choice_from(bytes, size, options);
  if (!choice) return choice.error();
  return read(model ? model->models : sayso::Models{}, std::string_view(bytes ? bytes : "", size), source ? source : "-", *choice);
}

// The caller's own, to be freed with sayso_free.
sayso::Result<char*> copy_of(const std::string& text) {
  char* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (!copy) return sayso::Error{sayso::ErrorKind::internal, "there is not enough memory for the reading", "", ""};
  std::memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

const char* text_or_null(const std::optional<std::string>& text) { return text ? text->c_str() : nullptr; }
const char* text_or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

}  // namespace

sayso_part sayso_reading::part_of(const sayso::api::Part& part) {
  std::vector<sayso_span>& list = spans.emplace_back();
  for (const sayso::api::Span& span : part.spans) list.push_back({span.begin, span.end});
  return list.empty() ? sayso_part{} : sayso_part{part.text.c_str(), list.data(), list.size()};
}

sayso_ids sayso_reading::ids_of(const std::vector<std::string>& names) {
  std::vector<const char*>& list = ids.emplace_back();
  for (const std::string& name : names) list.push_back(name.c_str());
  return {list.data(), list.size()};
}

sayso_attribution sayso_reading::attribution_of(const sayso::api::Attribution& a) {
  sayso_attribution out{};
  out.id = a.id.c_str();
  out.type = a.type.c_str();
  out.quotation = a.quotation.c_str();
  if (a.source) {
    out.source = part_of(*a.source);
    out.source_kind = a.source->kind.c_str();
    out.source_entity = text_or_null(a.source->entity);
    out.source_identity = text_or_null(a.source->identity);
  }
  if (a.cue) {
    out.cue = part_of(*a.cue);
    out.stance = text_or_null(a.cue->stance);
  }
  out.content = part_of(a.content);
  out.within = text_or_null(a.within);
  out.confidence = a.confidence;
  if (a.factuality) {
    out.polarity = a.factuality->polarity.c_str();
    out.modality = a.factuality->modality.c_str();
    out.hearsay = a.factuality->hearsay;
    std::vector<sayso_marker>& list = markers.emplace_back();
    for (const sayso::api::Marker& marker : a.factuality->markers) list.push_back({marker.kind.c_str(), marker.text.c_str(),
                                                                                   {marker.span.begin, marker.span.end}});
    out.markers = list.data();
    out.marker_count = list.size();
  }
  if (a.provenance) {
    const sayso::api::Provenance& way = *a.provenance;
    out.chain = ids_of(way.chain);
    if (way.medium) {
      out.medium = part_of(*way.medium);
      out.medium_kind = way.medium->kind.c_str();
      out.medium_entity = text_or_null(way.medium->entity);
    }
    if (way.addressee) {
      out.addressee = part_of(*way.addressee);
      out.addressee_entity = text_or_null(way.addressee->entity);
    }
    if (way.occasion) out.occasion = part_of(*way.occasion);
    if (way.time) {
      out.time = part_of(*way.time);
      out.time_value = text_or_null(way.time->value);
    }
    out.repeats = ids_of(way.repeats);
    out.contradicts = ids_of(way.contradicts);
    out.stronger_than = ids_of(way.stronger_than);
  }
  return out;
}

sayso_reading::sayso_reading(sayso::api::Parts made) : parts(std::move(made)) {
  for (const sayso::api::Attribution& a : parts.attributions) attributions.push_back(attribution_of(a));
  for (const sayso::api::Entity& entity : parts.entities) {
    entity_of.emplace(entity.id, entities.size());
    entities.push_back({entity.id.c_str(), entity.type.c_str(), text_or_null(entity.name)});
  }
}

const char* sayso_version(void) { return SAYSO_VERSION; }

sayso_model* sayso_model_load(const char* path, const char* cues, sayso_error* error) {
  return at_the_border<sayso_model>(error, [&]() -> sayso::Result<sayso_model*> {
    sayso::ModelChoice choice;
    if (path) choice.path = path;
    if (cues) choice.cues = cues;
    sayso::Result<sayso::Models> models = sayso::load_models(choice);
    if (!models) return models.error();
    std::string name = sayso::model_name(*models).value_or("");
    return new sayso_model{std::move(*models), std::move(name)};
  });
}

const char* sayso_model_name(const sayso_model* model) { return model ? model->name.c_str() : ""; }

void sayso_model_free(sayso_model* model) { delete model; }

char* sayso_read_json(const sayso_model* model, const char* bytes, size_t size, const char* source, const sayso_options* options,
                      sayso_error* error) {
  return at_the_border<char>(error, [&]() -> sayso::Result<char*> {
    const sayso::Result<nlohmann::ordered_json> json = read_as_asked(sayso::read_json, model, bytes, size, source, options);
    if (!json) return json.error();
    return copy_of(sayso::to_string(*json, false));
  });
}

sayso_reading* sayso_read(const sayso_model* model, const char* bytes, size_t size, const char* source, const sayso_options* options,
                          sayso_error* error) {
  return at_the_border<sayso_reading>(error, [&]() -> sayso::Result<sayso_reading*> {
    const sayso::Result<nlohmann::ordered_json> json = read_as_asked(sayso::read_json, model, bytes, size, source, options);
    if (!json) return json.error();
    return new sayso_reading(sayso::api::parts_of(*json));
  });
}

const char* sayso_reading_text(const sayso_reading* reading, size_t* size) {
  if (size) *size = reading->parts.text.size();
  return reading->parts.text.c_str();
}
size_t sayso_reading_attribution_count(const sayso_reading* reading) { return reading->attributions.size(); }
size_t sayso_reading_entity_count(const sayso_reading* reading) { return reading->entities.size(); }
const sayso_attribution* sayso_reading_attribution(const sayso_reading* reading, size_t index) {
  return index < reading->attributions.size() ? &reading->attributions[index] : nullptr;
}
const sayso_entity* sayso_reading_entity(const sayso_reading* reading, size_t index) {
  return index < reading->entities.size() ? &reading->entities[index] : nullptr;
}
const sayso_entity* sayso_reading_entity_of(const sayso_reading* reading, const char* id) {
  const auto found = id ? reading->entity_of.find(id) : reading->entity_of.end();
  return found == reading->entity_of.end() ? nullptr : &reading->entities[found->second];
}
void sayso_reading_free(sayso_reading* reading) { delete reading; }

char* sayso_read_all_json(const sayso_model* model, const char* bytes, size_t size, const char* source, const sayso_options* options,
                          sayso_error* error) {
  return at_the_border<char>(error, [&]() -> sayso::Result<char*> {
    const sayso::Result<std::vector<nlohmann::ordered_json>> all = read_as_asked(sayso::read_all_json, model, bytes, size, source, options);
    if (!all) return all.error();
    std::string lines;
    for (const nlohmann::ordered_json& json : *all) lines += sayso::to_string(json, false) + "\n";
    return copy_of(lines);
  });
}

void sayso_free(char* json) { std::free(json); }
