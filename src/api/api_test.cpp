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
    CHECK(json{a.id, a.type, a.quotation, a.confidence, a.evidence} ==
          json{said["id"], said["type"], said["quotation"], said["confidence"], said["evidence"]});
    CHECK(a.within.has_value() == !said["within"].is_null());
    CHECK(a.source.has_value() == !said["source"].is_null());
    CHECK(a.cue.has_value() == !said["cue"].is_null());
    if (a.source) same_part(*a.source, said["source"]);
    if (a.source)
      CHECK(json{a.source->kind, a.source->entity, a.source->identity} ==
            json{said["source"]["kind"], said["source"]["entity"], said["source"]["identity"]});
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
      "Minister Åse Berg has resigned. She said that the dam was safe. An official who asked not to be named because the talks are secret said that "
      "it leaks. Berg, who leads the Dam Agency, said that she would stay.\n");
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
      if (entity.count)
        CHECK(json{entity.count->min, entity.count->max ? json(*entity.count->max) : json()} == json{said["count"]["min"], said["count"]["max"]});
    }
    named = named || entity.name == "Åse Berg";
    unnamed = unnamed || (entity.type == "unnamed" && entity.reason && entity.count && entity.count->min == 1);
  }
  CHECK(named);
  CHECK(unnamed);
}

// What was told to a paper, what is only heard, and somebody who does not answer.
const std::string relayed =
    "Ferry may not sail, captain warns\n\n"
    "Åse’s ferry might not sail, Marit Dahl told the Holm Courier in an interview on Friday. “It does not leak,” said Tor Lund. Reportedly the crew "
    "has left. The Dam Agency declined to comment.\n";

json part_json(const sayso::api::Part& part) {
  json spans = json::array();
  for (const sayso::api::Span& span : part.spans) spans.push_back({span.begin, span.end});
  return {{"spans", spans}, {"text", part.text}};
}

template <class T>
json or_null(const std::optional<T>& value) {
  return value ? json(*value) : json();
}

TEST_CASE("C++: through whom it came and how firm it is, as the JSON says them") {
  const sayso::api::Reading reading = reader().read(relayed, "a.txt");
  const json written = json::parse(reading.json());
  REQUIRE(!reading.attributions().empty());
  bool relayed_on = false, medium = false, time = false, marked = false;
  for (size_t i = 0; i < reading.attributions().size(); ++i) {
    const sayso::api::Attribution& a = reading.attributions()[i];
    const json& said = written["attributions"][i];
    REQUIRE(a.factuality);
    REQUIRE(a.provenance);
    json markers = json::array();
    for (const sayso::api::Marker& marker : a.factuality->markers) markers.push_back({{"kind", marker.kind}, {"span",
                                                                                                              {marker.span.begin, marker.span.end}},
                                                                                                                  {"text", marker.text}});
    CHECK(json{{"polarity", a.factuality->polarity}, {"modality", a.factuality->modality}, {"hearsay", a.factuality->hearsay},
               {"markers", markers}} == said["factuality"]);
    if (a.cue) CHECK(a.cue->stance == said["cue"]["stance"]);
    const sayso::api::Provenance& way = *a.provenance;
    CHECK(json{way.chain, way.repeats, way.contradicts, way.stronger_than} ==
          json{said["chain"], said["repeats"], said["contradicts"], said["stronger_than"]});
    json parts = {{"medium", nullptr}, {"addressee", nullptr}, {"occasion", nullptr}, {"time", nullptr}};
    if (way.medium) (parts["medium"] = part_json(*way.medium)).update({{"kind", way.medium->kind}, {"entity", or_null(way.medium->entity)}});
    if (way.addressee) (parts["addressee"] = part_json(*way.addressee)).update({{"entity", or_null(way.addressee->entity)}});
    if (way.occasion) parts["occasion"] = part_json(*way.occasion);
    if (way.time) (parts["time"] = part_json(*way.time)).update({{"value", or_null(way.time->value)}});
    for (const auto& [key, part] : parts.items()) CHECK(part == said[key]);
    for (const std::string& link : way.chain) CHECK(reading.entity(link) != nullptr);
    relayed_on = relayed_on || way.chain.size() > 1;
    medium = medium || way.medium;
    time = time || way.time;
    marked = marked || !a.factuality->markers.empty();
  }
  CHECK((relayed_on && medium && time && marked));
  REQUIRE(reading.non_responses().size() == written["non_responses"].size());
  REQUIRE(reading.non_responses().size() == 1);
  const sayso::api::NonResponse& silent = reading.non_responses()[0];
  json said = part_json(silent);
  said.update({{"entity", or_null(silent.entity)}, {"kind", silent.kind}});
  CHECK(said == written["non_responses"][0]);
  REQUIRE(reading.summary() != nullptr);
  const sayso::api::Summary& summary = *reading.summary();
  json numbers = {{"attributions", summary.attributions}, {"named_sources", summary.named_sources}, {"anonymous_sources", summary.anonymous_sources},
                  {"independent_sources", summary.independent_sources}, {"relays", summary.relays}, {"writer_share", or_null(summary.writer_share)},
                      {"headline", nullptr}};
  if (summary.headline)
    numbers["headline"] = {{"attribution", or_null(summary.headline->attribution)}, {"rests_on", summary.headline->rests_on},
                           {"firmer_than_its_source", summary.headline->firmer_than_its_source}};
  CHECK(numbers == written["summary"]);

  sayso::api::Options options;
  options.layers = {"attributions"};
  const sayso::api::Reading bare = reader().read(relayed, "a.txt", options);
  REQUIRE(!bare.attributions().empty());
  CHECK(!bare.attributions()[0].factuality);
  CHECK(!bare.attributions()[0].provenance);
  CHECK(bare.attributions()[0].cue->stance.empty());
  CHECK(bare.summary() == nullptr);
}

// What C says of a part, as the JSON has it.
json part_json(const sayso_part& part) {
  if (!part.text) return nullptr;
  json spans = json::array();
  for (size_t i = 0; i < part.span_count; ++i) spans.push_back({part.spans[i].begin, part.spans[i].end});
  return {{"spans", spans}, {"text", part.text}};
}
json ids_json(const sayso_ids& ids) {
  json list = json::array();
  for (size_t i = 0; i < ids.count; ++i) list.push_back(ids.ids[i]);
  return list;
}
json or_null(const char* text) { return text ? json(text) : json(); }

TEST_CASE("C: a reading as structs, as the JSON says them") {
  sayso_error error;
  const std::unique_ptr<sayso_reading, decltype(&sayso_reading_free)> reading(sayso_read(model(), relayed.data(), relayed.size(),
                                                                                         "a.txt", nullptr, &error), &sayso_reading_free);
  REQUIRE(reading != nullptr);
  CHECK(error.status == SAYSO_OK);
  const json written = json::parse(reader().read(relayed, "a.txt").json());
  size_t size = 0;
  CHECK(std::string(sayso_reading_text(reading.get(), &size)) == relayed);
  CHECK(size == relayed.size());
  CHECK(sayso_reading_text(reading.get(), nullptr) != nullptr);
  const size_t count = sayso_reading_attribution_count(reading.get());
  REQUIRE(count == written["attributions"].size());
  REQUIRE(count > 0);
  CHECK(sayso_reading_attribution(reading.get(), count) == nullptr);
  for (size_t i = 0; i < count; ++i) {
    const sayso_attribution& a = *sayso_reading_attribution(reading.get(), i);
    json said = written["attributions"][i];
    said.erase("evidence");
    json markers = json::array();
    for (size_t m = 0; m < a.marker_count; ++m)
      markers.push_back({{"kind", a.markers[m].kind}, {"span", {a.markers[m].span.begin, a.markers[m].span.end}}, {"text", a.markers[m].text}});
    const auto with = [](json part, const json& more) {
      if (!part.is_null()) part.update(more);
      return part;
    };
    const json found = {{"id", a.id}, {"type", a.type}, {"quotation", a.quotation},
                        {"source", with(part_json(a.source), {{"kind", or_null(a.source_kind)}, {"entity", or_null(a.source_entity)},
                                                              {"identity", or_null(a.source_identity)}})},
                        {"cue", with(part_json(a.cue), {{"stance", or_null(a.stance)}})}, {"content", part_json(a.content)},
                            {"within", or_null(a.within)},
                        {"confidence", a.confidence}, {"factuality", {{"polarity", a.polarity}, {"modality", a.modality},
                                                                      {"hearsay", a.hearsay == 1}, {"markers", markers}}},
                        {"chain", ids_json(a.chain)}, {"medium", with(part_json(a.medium), {{"kind", or_null(a.medium_kind)},
                                                                                            {"entity", or_null(a.medium_entity)}})},
                        {"addressee", with(part_json(a.addressee), {{"entity", or_null(a.addressee_entity)}})}, {"occasion", part_json(a.occasion)},
                        {"time", with(part_json(a.time), {{"value", or_null(a.time_value)}})}, {"repeats", ids_json(a.repeats)},
                            {"contradicts", ids_json(a.contradicts)},
                        {"stronger_than", ids_json(a.stronger_than)}};
    CHECK(found == said);
  }
  const size_t entities = sayso_reading_entity_count(reading.get());
  REQUIRE(entities == written["entities"].size());
  for (size_t i = 0; i < entities; ++i) {
    const sayso_entity* entity = sayso_reading_entity(reading.get(), i);
    const json& said = written["entities"][i];
    CHECK(json{entity->id, entity->type, or_null(entity->name)} == json{said["id"], said["type"], said["name"]});
    CHECK(sayso_reading_entity_of(reading.get(), entity->id) == entity);
  }
  CHECK(sayso_reading_entity(reading.get(), entities) == nullptr);
  CHECK(sayso_reading_entity_of(reading.get(), "e0") == nullptr);
  CHECK(sayso_reading_entity_of(reading.get(), nullptr) == nullptr);

  sayso_options options = SAYSO_OPTIONS_INIT;
  options.layers = "attributions";
  const std::unique_ptr<sayso_reading, decltype(&sayso_reading_free)> bare(sayso_read(model(), relayed.data(), relayed.size(), nullptr, &options,
                                                                                      nullptr), &sayso_reading_free);
  const sayso_attribution* first = sayso_reading_attribution(bare.get(), 0);
  REQUIRE(first != nullptr);
  CHECK(first->polarity == nullptr);
  CHECK(first->stance == nullptr);
  CHECK(first->chain.count == 0);
  CHECK(first->source_entity == nullptr);
  CHECK(sayso_reading_entity_count(bare.get()) == 0);
  sayso_reading_free(nullptr);
  CHECK(sayso_read(model(), nullptr, 3, nullptr, nullptr, &error) == nullptr);
  CHECK(error.status == SAYSO_BAD_INPUT);
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
        Thrown{"unsupported",
               "there is no layer “events” in this version. The layers are: sections, attributions, entities, factuality, provenance."});
  options.layers = {"attributions"};
  CHECK(thrown_by([&] { sayso::api::Reader::without_model().read(article, "-", options); }).first == "not_found");
}

const std::string feed =
    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Fjord</title><item><guid>1</guid><title>Rain</title><description>It rains, Marit "
    "Dahl said.</description></item><item><guid>2</guid><title>Wind</title><description>“The wind is strong,” Tor Berg "
    "said.</description></item></channel></rss>";

TEST_CASE("C++: all documents of an input") {
  const std::vector<sayso::api::Reading> readings = reader().read_all(feed, "feed.xml");
  REQUIRE(readings.size() == 2);
  CHECK(readings[0].member() == "1");
  CHECK(readings[1].member() == "2");
  for (const sayso::api::Reading& reading : readings) {
    CHECK(reading.error() == nullptr);
    CHECK(reading.attributions().size() == 1);
  }
  CHECK(readings[0].json() == reader().read(feed, "feed.xml").json());
  const std::vector<sayso::api::Reading> one = reader().read_all(article, "a.txt");
  REQUIRE(one.size() == 1);
  CHECK(one[0].member().empty());
  CHECK(one[0].json() == reader().read(article, "a.txt").json());
  sayso::api::Options options;
  options.layers = {"sections"};
  const std::vector<sayso::api::Reading> lines = reader().read_all("{\"text\": \"Rain.\"}\n{broken\n{\"text\": \"Wind.\"}\n", "a.jsonl", options);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].text() == "Rain.");
  REQUIRE(lines[1].error() != nullptr);
  CHECK(lines[1].error()->kind() == "corrupt");
  CHECK(lines[1].member() == "line 2");
  CHECK(lines[1].text().empty());
  CHECK(std::string(lines[1].error()->what()).starts_with(json::parse(lines[1].json())["error"]["what"].get<std::string>() + " (a.jsonl, line 2"));
  CHECK(lines[2].text() == "Wind.");
  options.layers = {"events"};
  CHECK(thrown_by([&] { reader().read_all(article, "-", options); }).first == "unsupported");
}

TEST_CASE("C: all documents of an input, a line each") {
  sayso_error error;
  const Freed made(sayso_read_all_json(model(), feed.data(), feed.size(), "feed.xml", nullptr, &error));
  REQUIRE(made.text != nullptr);
  CHECK(error.status == SAYSO_OK);
  std::string lines;
  for (const sayso::api::Reading& reading : reader().read_all(feed, "feed.xml")) lines += reading.json() + "\n";
  CHECK(std::string(made.text) == lines);
  const Freed broken(sayso_read_all_json(model(), "PK\x03\x04", 4, nullptr, nullptr, &error));
  REQUIRE(broken.text != nullptr);
  CHECK(json::parse(broken.text).contains("error"));
  CHECK(sayso_read_all_json(model(), nullptr, 3, nullptr, nullptr, &error) == nullptr);
  CHECK(error.status == SAYSO_BAD_INPUT);
}

TEST_CASE("C++: a text in another language, and an empty one, are no errors") {
  const auto german = reader()
      .read("Der Minister sagte am Montag, die Fähre werde wieder fahren. Niemand glaubte ihm, und der Hafen blieb den ganzen Tag geschlossen.");
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
  CHECK(length % 2 ==
        std::strlen("this is a zip archive (or a document packed as one, such as .docx, .odt or .epub), which sayso does not read (") % 2);
}

}  // namespace
