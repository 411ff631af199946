// sayso.h: readers and readings; errors become the one exception that is promised.
#include <sayso/sayso.h>

#include <algorithm>
#include <exception>
#include <utility>

#include <nlohmann/json.hpp>

#include "api/parts.h"
#include "api/reader.h"
#include "document/json.h"
#include "reading/models.h"

namespace sayso::api {

namespace {

using Json = nlohmann::ordered_json;

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

ReadingChoice choice_from(const Options& options) { return {options.layers, lean_from(options.lean), options.max_bytes}; }

}  // namespace

std::string version() { return SAYSO_VERSION; }

Error::Error(std::string kind, const std::string& sentence) : std::runtime_error(sentence), kind_(std::move(kind)) {}
Error::~Error() = default;

struct __attribute__((visibility("hidden"))) Reading::State {
  explicit State(Json reading);

  Json json;
  std::optional<Error> error;
  Parts parts;
};

Reading::State::State(Json reading) : json(std::move(reading)) {
  if (const auto failure = json.find("error"); failure != json.end()) {
    const auto words = [&](const char* key) { return (*failure)[key].is_null() ? std::string() : (*failure)[key].get<std::string>(); };
    error = Error(words("kind"), sayso::Error{sayso::ErrorKind::internal, words("what"), words("where"), words("hint")}.sentence());
    return;
  }
  parts = parts_of(json);
}

Reading::Reading(std::shared_ptr<const State> state) : state_(std::move(state)) {}
const Error* Reading::error() const noexcept { return state_->error ? &*state_->error : nullptr; }
std::string Reading::member() const {
  return at_the_border([&] {
    const Json& member = state_->json["document"]["member"];
    return member.is_null() ? std::string() : member.get<std::string>();
  });
}
const std::string& Reading::text() const noexcept { return state_->parts.text; }
const std::vector<Attribution>& Reading::attributions() const noexcept { return state_->parts.attributions; }
const std::vector<Entity>& Reading::entities() const noexcept { return state_->parts.entities; }
const Entity* Reading::entity(std::string_view id) const noexcept {
  const auto& all = state_->parts.entities;
  const auto found = std::find_if(all.begin(), all.end(), [id](const Entity& entity) { return entity.id == id; });
  return found == all.end() ? nullptr : &*found;
}
const std::vector<NonResponse>& Reading::non_responses() const noexcept { return state_->parts.non_responses; }
const Summary* Reading::summary() const noexcept { return state_->parts.summary ? &*state_->parts.summary : nullptr; }
const std::vector<Section>& Reading::sections() const noexcept { return state_->parts.sections; }
const std::vector<Warning>& Reading::warnings() const noexcept { return state_->parts.warnings; }
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
    Result<Json> json = read_json(state_->models, bytes, source, choice_from(options));
    if (!json) throw thrown(json.error());
    return Reading(std::make_shared<const Reading::State>(std::move(*json)));
  });
}

std::vector<Reading> Reader::read_all(std::string_view bytes, const std::string& source, const Options& options) const {
  return at_the_border([&] {
    Result<std::vector<Json>> all = read_all_json(state_->models, bytes, source, choice_from(options));
    if (!all) throw thrown(all.error());
    std::vector<Reading> readings;
    for (Json& json : *all) readings.push_back(Reading(std::make_shared<const Reading::State>(std::move(json))));
    return readings;
  });
}

std::string Reader::model() const {
  return at_the_border([&] { return model_name(state_->models).value_or(""); });
}

}  // namespace sayso::api
