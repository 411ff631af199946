// The promised interfaces, C++ and C, from their users' side.
#include <sayso/sayso.h>
#include <sayso/sayso_c.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;

const std::string article =
    "Ferry to Holm sails again\n\nThe ferry will sail again, its operator said. “Åse has changed the engine,” Marit Dahl told passengers.\n";

const sayso::api::Reader& reader() {
  static const sayso::api::Reader loaded = sayso::api::Reader::load();
  return loaded;
}

// The kind and the sentence of what `body` throws.
template <class Body>
std::pair<std::string, std::string> thrown_by(Body body) {
  try {
    body();
  } catch (const sayso::api::Error& error) {
    return {error.kind(), error.what()};
  }
  return {};
}

struct Freed {
  char* text;
  explicit Freed(char* made) : text(made) {}
  Freed(const Freed&) = delete;
  ~Freed() { sayso_free(text); }
};

const sayso_model* model() {
  static const std::unique_ptr<sayso_model, decltype(&sayso_model_free)> loaded(sayso_model_load(nullptr, nullptr, nullptr), &sayso_model_free);
  REQUIRE(loaded != nullptr);
  return loaded.get();
}

TEST_CASE("C++: a reading carries what its JSON says, in code points") {
  const sayso::api::Reading reading = reader().read(article, "a.txt");
  const json written = json::parse(reading.json());
  CHECK(json::parse(reading.json(true)) == written);
  CHECK(reading.text() == article);
  CHECK(written["document"]["source"] == "a.txt");
  CHECK(written["engine"]["version"] == sayso::api::version());
  CHECK(written["engine"]["model"] == reader().model());
  REQUIRE(!reading.attributions().empty());
  REQUIRE(reading.attributions().size() == written["attributions"].size());
  const auto same_part = [](const sayso::api::Part& part, const json& said) {
    CHECK(part.text == said["text"]);
    REQUIRE(part.spans.size() == said["spans"].size());
    for (size_t i = 0; i < part.spans.size(); ++i) CHECK(json{part.spans[i].begin, part.spans[i].end} == said["spans"][i]);
  };
  for (size_t i = 0; i < reading.attributions().size(); ++i) {
    const sayso::api::Attribution& a = reading.attributions()[i];
    const json& said = written["attributions"][i];
    CHECK(json{a.id, a.type, a.quotation, a.confidence, a.evidence} == json{said["id"], said["type"], said["quotation"], said["confidence"], said["evidence"]});
    CHECK(a.within.has_value() == !said["within"].is_null());
    CHECK(a.source.has_value() == !said["source"].is_null());
    CHECK(a.cue.has_value() == !said["cue"].is_null());
    if (a.source) same_part(*a.source, said["source"]);
    if (a.source) CHECK(json{a.source->kind, a.source->entity, a.source->identity} == json{said["source"]["kind"], said["source"]["entity"], said["source"]["identity"]});
    if (a.source) CHECK(reading.entity(a.source->entity) != nullptr);
    if (a.cue) same_part(*a.cue, said["cue"]);
    if (!said["content"].is_null()) same_part(a.content, said["content"]);
  }
  CHECK(reading.entity("e0") == nullptr);
  REQUIRE(reading.sections().size() == written["document"]["sections"].size());
  REQUIRE(reading.sections().size() == 1);
  CHECK(reading.sections()[0].kind == "headline");
  CHECK(reading.sections()[0].span.end == 25);
}

TEST_CASE("C++: entities, as the JSON says them") {
  // Åse is 2 bytes and 1 code point in its first letter: the mentions behind it tell bytes from code points.
  const sayso::api::Reading reading = reader().read(
      "Minister Åse Berg has resigned. She said that the dam was safe. An official who asked not to be named because the talks are secret said that it leaks. "
      "Berg, who leads the Dam Agency, said that she would stay.\n");
  const json written = json::parse(reading.json());
  REQUIRE(reading.entities().size() == written["entities"].size());
  REQUIRE(!reading.entities().empty());
  bool named = false, unnamed = false;
  for (size_t i = 0; i < reading.entities().size(); ++i) {
    const sayso::api::Entity& entity = reading.entities()[i];
    const json& said = written["entities"][i];
    CHECK(json{entity.id, entity.type, entity.names, entity.roles} == json{said["id"], said["type"], said["names"], said["roles"]});
    CHECK(reading.entity(entity.id) == &entity);
    CHECK((entity.name ? json(*entity.name) : json()) == said["name"]);
    REQUIRE(entity.mentions.size() == said["mentions"].size());
    for (size_t m = 0; m < entity.mentions.size(); ++m) {
      const sayso::api::Mention& mention = entity.mentions[m];
      CHECK(json{json{mention.span.begin, mention.span.end}, mention.text, mention.kind} ==
            json{said["mentions"][m]["span"], said["mentions"][m]["text"], said["mentions"][m]["kind"]});
    }
    REQUIRE(entity.links.size() == said["links"].size());
    for (const sayso::api::Link& link : entity.links) CHECK(said["links"][link.scheme] == link.value);
    CHECK(entity.of.has_value() == said.contains("of"));
    if (entity.of) {
      CHECK(*entity.of == said["of"]);
      CHECK((entity.reason ? json(entity.reason->text) : json()) == (said["reason"].is_null() ? json() : said["reason"]["text"]));
      CHECK(entity.count.has_value() == !said["count"].is_null());
      if (entity.count) CHECK(json{entity.count->min, entity.count->max ? json(*entity.count->max) : json()} == json{said["count"]["min"], said["count"]["max"]});
    }
    named = named || entity.name == "Åse Berg";
    unnamed = unnamed || (entity.type == "unnamed" && entity.reason && entity.count && entity.count->min == 1);
  }
  CHECK(named);
  CHECK(unnamed);
}

TEST_CASE("C++: options") {
  sayso::api::Options options;
  options.layers = {"sections"};
  const sayso::api::Reading sections = reader().read(article, "-", options);
  CHECK(sections.attributions().empty());
  CHECK(!json::parse(sections.json()).contains("attributions"));
  options.layers = {"attributions"};
  const sayso::api::Reading attributions = reader().read(article, "-", options);
  REQUIRE(!attributions.attributions().empty());
  CHECK(attributions.entities().empty());
  CHECK(attributions.attributions()[0].source->entity.empty());
  CHECK(attributions.attributions()[0].source->identity.empty());
  const sayso::api::Reader without = sayso::api::Reader::without_model();
  CHECK(without.model().empty());
  CHECK(json::parse(without.read(article).json())["layers"] == json{"sections"});
  const sayso::api::Reader copy = reader();
  CHECK(copy.read(article).json() == reader().read(article).json());
  size_t counts[3];
  for (const auto lean : {sayso::api::Lean::precision, sayso::api::Lean::balanced, sayso::api::Lean::recall}) {
    sayso::api::Options leaning;
    leaning.lean = lean;
    counts[static_cast<size_t>(lean)] = reader().read(article, "-", leaning).attributions().size();
  }
  CHECK(counts[0] <= counts[1]);
  CHECK(counts[1] <= counts[2]);
}

TEST_CASE("C++: whatever cannot be done throws its one exception, with a sentence") {
  using Thrown = std::pair<std::string, std::string>;
  CHECK(thrown_by([] { sayso::api::Reader::load("/none.safetensors"); }) ==
        Thrown{"not_found", "there is no weight file (/none.safetensors). Name a .safetensors file that was made for sayso, or leave --model away."});
  CHECK(thrown_by([] { sayso::api::Reader::load({}, "/none"); }) == Thrown{"not_found", "there is no such file (/none). Check the name."});
  CHECK(thrown_by([] { reader().read("PK\x03\x04", "a.zip"); }).first == "unsupported");
  CHECK(thrown_by([] { reader().read(std::string(500, '\1')); }) ==
        Thrown{"bad_input", "this is not text: it is full of control characters (-). Name a text, a page or an archive of them."});
  sayso::api::Options options;
  options.max_bytes = 3;
  CHECK(thrown_by([&] { reader().read(article, "-", options); }).first == "bad_input");
  options = {};
  options.layers = {"events"};
  CHECK(thrown_by([&] { reader().read(article, "-", options); }) ==
        Thrown{"unsupported", "there is no layer “events” in this version. The layers are: sections, attributions, entities, factuality, provenance."});
  options.layers = {"attributions"};
  CHECK(thrown_by([&] { sayso::api::Reader::without_model().read(article, "-", options); }).first == "not_found");
}

TEST_CASE("C++: a text in another language, and an empty one, are no errors") {
  const auto german = reader().read("Der Minister sagte am Montag, die Fähre werde wieder fahren. Niemand glaubte ihm, und der Hafen blieb den ganzen Tag geschlossen.");
  CHECK(german.attributions().empty());
  REQUIRE(german.warnings().size() == 1);
  CHECK(german.warnings()[0].kind == "not English");
  CHECK(!german.warnings()[0].span);
  const auto empty = reader().read("");
  CHECK(empty.text().empty());
  CHECK(empty.warnings().size() == 1);
  const auto damaged = reader().read("Åse\xff said “no” – and “yes”.", "-");
  REQUIRE(damaged.warnings().size() == 1);
  REQUIRE(damaged.warnings()[0].span);
  CHECK(damaged.warnings()[0].span->begin == 3);
}

TEST_CASE("C++: one Reader serves many threads") {
  const std::string first = reader().read(article).json();
  std::vector<std::string> answers(6);
  {
    std::vector<std::jthread> threads;
    for (std::string& answer : answers) threads.emplace_back([&answer] { answer = reader().read(article).json(); });
  }
  for (const std::string& answer : answers) CHECK(answer == first);
}

TEST_CASE("C: the same JSON as C++") {
  CHECK(std::string(sayso_version()) == sayso::api::version());
  CHECK(sayso_model_name(model()) == reader().model());
  sayso_error error;
  const Freed made(sayso_read_json(model(), article.data(), article.size(), "a.txt", nullptr, &error));
  REQUIRE(made.text != nullptr);
  CHECK(error.status == SAYSO_OK);
  CHECK(std::string(error.text).empty());
  CHECK(std::string(made.text) == reader().read(article, "a.txt").json());
  const Freed unnamed(sayso_read_json(model(), article.data(), article.size(), nullptr, nullptr, nullptr));
  CHECK(std::string(unnamed.text) == reader().read(article).json());
  const Freed empty(sayso_read_json(model(), nullptr, 0, nullptr, nullptr, &error));
  CHECK(empty.text != nullptr);
}

TEST_CASE("C: options, and a model that is NULL") {
  sayso_options options = SAYSO_OPTIONS_INIT;
  options.layers = "sections";
  const Freed sections(sayso_read_json(model(), article.data(), article.size(), nullptr, &options, nullptr));
  CHECK(json::parse(sections.text)["layers"] == json{"sections"});
  const Freed bare(sayso_read_json(nullptr, article.data(), article.size(), nullptr, nullptr, nullptr));
  CHECK(json::parse(bare.text)["engine"]["model"].is_null());
  options = SAYSO_OPTIONS_INIT;
  options.lean = SAYSO_RECALL;
  const Freed recall(sayso_read_json(model(), article.data(), article.size(), nullptr, &options, nullptr));
  CHECK(json::parse(recall.text)["attributions"].size() >= reader().read(article).attributions().size());
  // A caller built against an older header: fields that it does not know have their defaults.
  sayso_options old = SAYSO_OPTIONS_INIT;
  old.struct_size = offsetof(sayso_options, max_bytes);
  old.max_bytes = 1;
  const Freed older(sayso_read_json(model(), article.data(), article.size(), nullptr, &old, nullptr));
  CHECK(older.text != nullptr);
  sayso_free(nullptr);
  sayso_model_free(nullptr);
}

TEST_CASE("C: errors have a status and a sentence") {
  sayso_error error;
  CHECK(sayso_model_load("/none", nullptr, &error) == nullptr);
  CHECK(error.status == SAYSO_NOT_FOUND);
  CHECK(std::string(error.text) == "there is no weight file (/none). Name a .safetensors file that was made for sayso, or leave --model away.");
  CHECK(sayso_model_load(SAYSO_SOURCE_DIR "/LICENSE", nullptr, &error) == nullptr);
  CHECK(error.status == SAYSO_CORRUPT);
  const auto refusal = [&](const std::string& bytes, const char* source, const sayso_options* options) {
    const Freed made(sayso_read_json(model(), bytes.data(), bytes.size(), source, options, &error));
    CHECK(made.text == nullptr);
    return error.status;
  };
  sayso_options options = SAYSO_OPTIONS_INIT;
  options.max_bytes = 3;
  CHECK(refusal(article, nullptr, &options) == SAYSO_BAD_INPUT);
  options = SAYSO_OPTIONS_INIT;
  options.layers = "sections,events";
  CHECK(refusal(article, nullptr, &options) == SAYSO_UNSUPPORTED);
  CHECK(refusal("PK\x03\x04", nullptr, nullptr) == SAYSO_UNSUPPORTED);
  CHECK(refusal(std::string("\x1f\x8b\x08", 3), nullptr, nullptr) == SAYSO_CORRUPT);
  // A sentence too long for its place is cut at a character.
  std::string name;
  for (int i = 0; i < 999; ++i) name += "Å";
  CHECK(refusal("PK\x03\x04", name.c_str(), nullptr) == SAYSO_UNSUPPORTED);
  const size_t length = std::strlen(error.text);
  CHECK(length >= sizeof error.text - 4);
  CHECK(length < sizeof error.text);
  CHECK((error.text[length - 1] & 0xC0) == 0x80);  // the second byte of an Å: whole
  CHECK(length % 2 == std::strlen("this is a zip archive (or a document packed as one, such as .docx, .odt or .epub), which sayso does not read (") % 2);
}

}  // namespace
