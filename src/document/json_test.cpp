#include "document/json.h"

#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace sayso;
using Json = nlohmann::ordered_json;

namespace {

const Engine engine{"0.1.0", std::nullopt};

// The bytes of `words`, the n-th time that they stand in the text.
Span find(const Document& document, std::string_view words, int n = 1) {
  size_t at = document.text.find(words);
  while (--n > 0) at = document.text.find(words, at + 1);
  REQUIRE(at != std::string::npos);
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

Document example() {
  Document document;
  document.id = "sha256:" + std::string(64, '0');
  document.source = "tide.txt";
  document.text = "OSTMARK, 3 May – “The tide 🌊 is,” Åse said, “late.”";
  document.sections.made_by = "sections";
  Section dateline;
  dateline.kind = SectionKind::dateline;
  dateline.span = find(document, "OSTMARK, 3 May –");
  dateline.place = find(document, "OSTMARK");
  dateline.date = "--05-03";
  document.sections.items = {dateline};
  document.attributions.made_by = "attributions";
  Attribution a;
  a.quotation = Quotation::direct;
  a.source = Source{{{find(document, "Åse")}}, SourceKind::person};
  a.cue.spans = {find(document, "said")};
  a.content.spans = {find(document, "“The tide 🌊 is,”"), find(document, "“late.”")};
  a.confidence = 0.87654321;
  a.evidence = {"model cue"};
  document.attributions.items = {a};
  return document;
}

}  // namespace

TEST_CASE("a reading has the format's keys in the format's order") {
  const Document document = example();
  REQUIRE(check_document(document).ok());
  const Json json = to_json(document, {"0.1.0", "trial 1"});
  CHECK(to_string(json, false) ==
        "{\"format\":\"sayso/1\",\"engine\":{\"version\":\"0.1.0\",\"model\":\"trial 1\"},"
        "\"layers\":[\"sections\",\"attributions\"],\"document\":{\"id\":\"sha256:" + std::string(64, '0') +
        "\",\"source\":\"tide.txt\",\"member\":null,\"media_type\":null,\"title\":null,\"publisher\":null,\"authors\":[],"
        "\"published\":null,\"modified\":null,"
        "\"language\":null,\"canonical\":null,\"text\":\"OSTMARK, 3 May – “The tide 🌊 is,” Åse said, “late.”\","
        "\"sections\":[{\"kind\":\"dateline\",\"span\":[0,16],\"place\":\"OSTMARK\",\"date\":\"--05-03\",\"agency\":null}],"
        "\"warnings\":[],\"extra\":{}},\"attributions\":[{\"id\":\"a1\",\"type\":\"assertion\",\"quotation\":\"direct\","
        "\"source\":{\"spans\":[[34,37]],\"text\":\"Åse\",\"kind\":\"person\"},\"cue\":{\"spans\":[[38,42]],\"text\":\"said\"},"
        "\"content\":{\"spans\":[[17,33],[44,51]],\"text\":\"“The tide 🌊 is,” … “late.”\"},\"within\":null,"
        "\"confidence\":0.8765,\"evidence\":[\"model cue\"]}]}");
}

namespace {

// The example with entities: Åse, whose name stands in full elsewhere, an agency in the dateline, and somebody unnamed.
Document with_entities() {
  Document document;
  document.id = "sha256:" + std::string(64, '0');
  document.source = "tide.txt";
  document.text = "OSTMARK (Nordpress) – 🌊 “It is late,” Harbour master Åse Lund said. She thinks so; two guards who feared for their jobs said no.";
  document.sections.made_by = "sections";
  Section dateline;
  dateline.kind = SectionKind::dateline;
  dateline.span = find(document, "OSTMARK (Nordpress) –");
  dateline.agency = find(document, "Nordpress");
  document.sections.items = {dateline};
  document.attributions.made_by = "attributions";
  const auto add = [&](std::string_view source, std::string_view cue, int nth, std::string_view content) {
    Attribution a;
    a.source = Source{{{find(document, source)}}, SourceKind::group};
    a.cue.spans = {find(document, cue, nth)};
    a.content.spans = {find(document, content)};
    a.evidence = {"model cue"};
    document.attributions.items.push_back(a);
  };
  add("Harbour master Åse Lund", "said", 1, "“It is late,”");
  add("She", "thinks", 1, "so");
  add("two guards who feared for their jobs", "said", 2, "no.");
  Entity agency;
  agency.type = EntityType::organisation;
  agency.name = "Nordpress";
  agency.mentions = {{find(document, "Nordpress"), MentionKind::name}};
  Entity person;
  person.name = "Åse Lund";
  person.roles = {"Harbour master"};
  person.mentions = {{find(document, "Harbour master Åse Lund"), MentionKind::name}, {find(document, "She"), MentionKind::pronoun}};
  person.links = {{"staff", "17"}, {"wikidata", "Q1"}};
  Entity guards;
  guards.type = EntityType::unnamed;
  guards.of = EntityType::person;
  guards.mentions = {{find(document, "two guards"), MentionKind::nominal}};
  guards.reason = Part{{find(document, "feared for their jobs")}};
  guards.count = Count{2, 2};
  document.entities = {"entities", {agency, person, guards}};
  document.source_entities = {"entities",
                              {{Id<Attribution>{0}, Id<Entity>{1}, Identity::named, SourceKind::person},
                               {Id<Attribution>{1}, Id<Entity>{1}, Identity::named, SourceKind::person},
                               {Id<Attribution>{2}, Id<Entity>{2}, Identity::anonymous, SourceKind::person}}};
  return document;
}

}  // namespace

TEST_CASE("entities have the format's keys, and sources say who is meant") {
  Document document = with_entities();
  REQUIRE(check_document(document).ok());
  const Json json = to_json(document, engine);
  CHECK(json["layers"].dump() == "[\"sections\",\"attributions\",\"entities\"]");
  CHECK(json["entities"].dump() ==
        "[{\"id\":\"e1\",\"type\":\"organisation\",\"name\":\"Nordpress\",\"names\":[],\"roles\":[],"
        "\"mentions\":[{\"span\":[9,18],\"text\":\"Nordpress\",\"kind\":\"name\"}],\"links\":{}},"
        "{\"id\":\"e2\",\"type\":\"person\",\"name\":\"Åse Lund\",\"names\":[],\"roles\":[\"Harbour master\"],"
        "\"mentions\":[{\"span\":[38,61],\"text\":\"Harbour master Åse Lund\",\"kind\":\"name\"},"
        "{\"span\":[68,71],\"text\":\"She\",\"kind\":\"pronoun\"}],\"links\":{\"staff\":\"17\",\"wikidata\":\"Q1\"}},"
        "{\"id\":\"e3\",\"type\":\"unnamed\",\"of\":\"person\",\"name\":null,\"names\":[],\"roles\":[],"
        "\"mentions\":[{\"span\":[83,93],\"text\":\"two guards\",\"kind\":\"nominal\"}],\"links\":{},"
        "\"reason\":{\"spans\":[[98,119]],\"text\":\"feared for their jobs\"},\"count\":{\"min\":2,\"max\":2}}]");
  CHECK(json["attributions"][1]["source"].dump() ==
        "{\"spans\":[[68,71]],\"text\":\"She\",\"kind\":\"person\",\"entity\":\"e2\",\"identity\":\"named\"}");
  CHECK(json["attributions"][2]["source"]["identity"] == "anonymous");
  CHECK(json["document"]["sections"][0]["agency"] == "e1");

  // The shortest mention among the agency's words: not that of something greater around them.
  document.entities.items[0].mentions = {{find(document, "OSTMARK (Nordpress)"), MentionKind::name}};
  Entity inner;
  inner.type = EntityType::organisation;
  inner.mentions = {{find(document, "Nordpress"), MentionKind::nominal}};
  document.entities.items.insert(document.entities.items.begin() + 1, inner);
  for (SourceEntity& source : document.source_entities.items) ++source.entity.index;
  REQUIRE(check_document(document).ok());
  CHECK(to_json(document, engine)["document"]["sections"][0]["agency"] == "e2");

  // Nothing known of somebody unnamed is null; they may be without any words.
  Document bare = with_entities();
  bare.attributions.items.pop_back();
  bare.source_entities.items.pop_back();
  bare.entities.items[2] = Entity{};
  bare.entities.items[2].type = EntityType::unnamed;
  bare.entities.items[2].of = EntityType::unknown;
  bare.sections.items[0].agency = find(bare, "–");
  REQUIRE(check_document(bare).ok());
  const Json nothing = to_json(bare, engine);
  CHECK(nothing["entities"][2].dump() ==
        "{\"id\":\"e3\",\"type\":\"unnamed\",\"of\":\"unknown\",\"name\":null,\"names\":[],\"roles\":[],\"mentions\":[],\"links\":{},"
        "\"reason\":null,\"count\":null}");
  CHECK(nothing["document"]["sections"][0]["agency"].is_null());
}

TEST_CASE("check_document: what entities may not be") {
  REQUIRE(check_document(with_entities()).ok());
  const auto complaint = [](auto change) {
    Document document = with_entities();
    change(document);
    const Status status = check_document(document);
    return status ? std::string() : status.error().what;
  };
  const auto of_entity = [&](size_t index, auto change) { return complaint([&](Document& d) { change(d.entities.items[index]); }); };
  CHECK(complaint([](Document& d) { d.source_entities = {}; }) == "entities and source entities did not run together");
  CHECK(complaint([](Document& d) { d.attributions = {}, d.source_entities.items.clear(); }) == "entities ran without attributions");
  CHECK(complaint([](Document& d) { d.source_entities.items.erase(d.source_entities.items.begin() + 1); }) ==
        "there is not one for each attribution with a source, in their order");
  CHECK(complaint([](Document& d) { std::swap(d.source_entities.items[0], d.source_entities.items[1]); }) ==
        "there is not one for each attribution with a source, in their order");
  CHECK(complaint([](Document& d) { d.source_entities.items.push_back(d.source_entities.items[2]); }) ==
        "there are more than attributions with a source");
  CHECK(complaint([](Document& d) { d.source_entities.items[0].entity.index = 3; }) == "a source names no entity");
  CHECK(complaint([](Document& d) { d.source_entities.items[0].identity = Identity::described; }) ==
        "a source is named without a name, or the other way round");
  CHECK(complaint([](Document& d) { d.source_entities.items[2].identity = Identity::described; }) == "the source is unnamed and not anonymous");
  CHECK(complaint([](Document& d) { d.source_entities.items[0].kind = SourceKind::group; }) == "a source is of another kind than its entity");
  CHECK(complaint([](Document& d) { std::swap(d.entities.items[1], d.entities.items[2]); }) ==
        "entities are not in the order of their first mentions, those without any last");
  CHECK(complaint([](Document& d) { d.entities.items[0].mentions.clear(), d.entities.items[0].name.reset(); }) ==
        "entities are not in the order of their first mentions, those without any last");
  CHECK(of_entity(1, [](Entity& e) { e.type = EntityType::unknown; }) == "an entity is of type unknown, which stands in `of` alone");
  CHECK(of_entity(1, [](Entity& e) { e.of = EntityType::person; }) == "an entity is unnamed without saying what of, or the other way round");
  CHECK(of_entity(2, [](Entity& e) { e.of.reset(); }) == "an entity is unnamed without saying what of, or the other way round");
  CHECK(of_entity(2, [](Entity& e) { e.of = EntityType::unnamed; }) == "an entity is unnamed of unnamed");
  CHECK(of_entity(2, [](Entity& e) { e.name = "two guards"; }) == "an unnamed entity has a name");
  CHECK(of_entity(2, [](Entity& e) { e.reason = Part{}; }) == "a reason has no words");
  CHECK(of_entity(2, [](Entity& e) { e.count = Count{3, 2}; }) == "a count is less than one, or its max less than its min");
  CHECK(of_entity(2, [](Entity& e) { e.count = Count{0, std::nullopt}; }) == "a count is less than one, or its max less than its min");
  CHECK(of_entity(1, [](Entity& e) { e.count = Count{}; }) == "an entity that is not unnamed has a reason or count");
  CHECK(of_entity(1, [](Entity& e) { e.name = "Unknown"; }) == "a name stands in none of the entity's mentions");
  CHECK(of_entity(1, [](Entity& e) { e.name = ""; }) == "a name is empty");
  CHECK(of_entity(1, [](Entity& e) { e.names = {"Åse Lund"}; }) == "a name stands there twice");
  CHECK(of_entity(1, [](Entity& e) { e.names = {"Lund", "Lund"}; }) == "a name stands there twice");
  CHECK(of_entity(1, [](Entity& e) { e.names = {"Lund"}; }) == "");
  CHECK(of_entity(1, [](Entity& e) { e.name.reset(), e.names = {"Lund"}; }) == "an entity has other names and no name");
  CHECK(of_entity(1, [](Entity& e) { e.roles.push_back("Harbour master"); }) == "a role stands there twice");
  CHECK(of_entity(1, [](Entity& e) { e.mentions.push_back(e.mentions[1]); }) == "a mention is given twice");
  CHECK(of_entity(1, [](Entity& e) { std::swap(e.mentions[0], e.mentions[1]); }) == "mentions are out of text order");
  CHECK(of_entity(1, [](Entity& e) { e.mentions[1].span.end = e.mentions[1].span.begin; }) == "a span is empty or outside the text");
  CHECK(of_entity(1, [](Entity& e) { std::swap(e.links[0], e.links[1]); }) == "links do not ascend by scheme, each once");
  CHECK(of_entity(1, [](Entity& e) { e.links[0].value.clear(); }) == "a link has no scheme or no value");
}

TEST_CASE("keys of a layer that did not run are absent, of one that found nothing empty") {
  Document document = example();
  document.sections = {};
  document.attributions.items.clear();
  Json json = to_json(document, engine);
  CHECK(json["layers"] == Json::array({"attributions"}));
  CHECK_FALSE(json["document"].contains("sections"));
  CHECK(json["attributions"] == Json::array());
  document.attributions = {};
  json = to_json(document, engine);
  CHECK(json["layers"] == Json::array());
  CHECK_FALSE(json.contains("attributions"));
  CHECK(json["engine"]["model"].is_null());
}

TEST_CASE("nothing to say is null: source, cue, within; other sections have no dateline's keys") {
  Document document = example();
  document.sections.items[0].kind = SectionKind::quote_block;
  Attribution inner = document.attributions.items[0];
  inner.source.reset();
  inner.cue = {};
  inner.content.spans = {find(document, "late")};
  inner.within = Id<Attribution>{0};
  document.attributions.items.push_back(inner);
  REQUIRE(check_document(document).ok());
  const Json json = to_json(document, engine);
  CHECK(json["document"]["sections"].dump() == "[{\"kind\":\"quote block\",\"span\":[0,16]}]");
  const Json& a2 = json["attributions"][1];
  CHECK(a2["id"] == "a2");
  CHECK(a2["source"].is_null());
  CHECK(a2["cue"].is_null());
  CHECK(a2["within"] == "a1");
  CHECK(a2["content"]["spans"] == Json::array({Json::array({45, 49})}));
}

TEST_CASE("what is known of the document is said") {
  Document document = example();
  document.member = "record 7";
  document.media_type = "text/plain";
  document.publisher = Publisher{"Ostmark Post", ""};
  document.authors = {"A. Berg"};
  document.language = "en";
  document.warnings = {{"nul", "1 NUL character", find(document, "🌊")}, {"charset", "read as windows-1252", std::nullopt}};
  document.extra = {{"rank", "3"}, {"tags", "{\"b\":[1,null],\"a\":\"x\"}"}, {"rank", "4"}, {"odd", "not JSON"}};
  const Json json = to_json(document, engine)["document"];
  CHECK(json["member"] == "record 7");
  CHECK(json["publisher"].dump() == "{\"name\":\"Ostmark Post\",\"domain\":null}");
  CHECK(json["authors"] == Json::array({"A. Berg"}));
  CHECK(json["warnings"].dump() ==
        "[{\"kind\":\"nul\",\"what\":\"1 NUL character\",\"span\":[27,28]},"
        "{\"kind\":\"charset\",\"what\":\"read as windows-1252\",\"span\":null}]");
  CHECK(json["extra"].dump() == "{\"rank\":3,\"tags\":{\"a\":\"x\",\"b\":[1,null]},\"odd\":\"not JSON\"}");
}

TEST_CASE("a document that could not be read is one line too") {
  const Error error{ErrorKind::bad_input, "This file is larger than 20 MB", "big.txt", ""};
  CHECK(to_string(to_json(error, engine, std::nullopt, "big.txt", std::nullopt), false) ==
        "{\"format\":\"sayso/1\",\"engine\":{\"version\":\"0.1.0\",\"model\":null},"
        "\"document\":{\"id\":null,\"source\":\"big.txt\",\"member\":null},"
        "\"error\":{\"kind\":\"bad_input\",\"what\":\"This file is larger than 20 MB\",\"where\":\"big.txt\",\"hint\":null}}");
}

// tests/CMakeLists.txt hands the file to tools/check_readings.py.
TEST_CASE("readings for the schema's test are written") {
  std::ofstream out("document_test.jsonl");
  const auto write = [&out](const Json& json) { out << to_string(json, false) << '\n'; };
  Document document = example();
  document.publisher = Publisher{"Ostmark Post", ""};
  document.published = "2026-05-03T10:00:00Z";
  document.warnings = {{"nul", "1 NUL character", find(document, "🌊")}};
  document.extra = {{"rank", "3"}, {"odd", "not JSON"}};
  Attribution inner = document.attributions.items[0];
  inner.source.reset();
  inner.cue = {};
  inner.content.spans = {find(document, "late")};
  inner.within = Id<Attribution>{0};
  document.attributions.items.push_back(inner);
  for (SectionKind kind : {SectionKind::quote_block, SectionKind::background}) {
    Section section;
    section.kind = kind;
    section.span = find(document, "“late.”");
    document.sections.items.push_back(section);
  }
  REQUIRE(check_document(document).ok());
  write(to_json(document, engine));
  document.sections = {};
  write(to_json(document, {"0.1.0", "trial 1"}));
  document.attributions = {};
  write(to_json(document, engine));
  write(to_json(with_entities(), engine));
  for (ErrorKind kind : {ErrorKind::bad_input, ErrorKind::not_found, ErrorKind::io, ErrorKind::corrupt, ErrorKind::version,
                         ErrorKind::unsupported, ErrorKind::internal})
    write(to_json(Error{kind, "What happened", "", "What to do"}, engine, document.id, "caf\xe9", "record 7"));
}

TEST_CASE("hostile strings come back as they were, on one line") {
  Document document;
  const std::string hostile = std::string("a\0b", 3) + "\x1b[31m\u202e\u2028\u2029\ufeff\x7f\r\n\"\\ ’lone” \U0010ffff";
  document.text = document.source = hostile;
  document.extra = {{hostile, "\"" "\\ud800" "\""}};
  const std::string line = to_string(to_json(document, engine), false);
  CHECK(line.find('\n') == std::string::npos);
  CHECK(line.find('\0') == std::string::npos);
  CHECK(line.find('\x1b') == std::string::npos);
  const Json back = Json::parse(line);
  CHECK(back["document"]["text"] == hostile);
  CHECK(back["document"]["source"] == hostile);
  CHECK(back["document"]["extra"][hostile] == "\"\\ud800\"");
}

TEST_CASE("a file name that is not UTF-8 is repaired, not thrown at") {
  Document document;
  document.source = "caf\xe9\xff.txt";
  document.extra = {{"x", "\"\xff\""}, {"y", "1e999"}};
  const Json back = Json::parse(to_string(to_json(document, engine), true));
  CHECK(back["document"]["source"] == "caf\ufffd\ufffd.txt");
  CHECK(back["document"]["extra"]["x"] == "\"\ufffd\"");
  CHECK(back["document"]["extra"]["y"] == "1e999");
  const Error error{ErrorKind::io, "\xc3(", "caf\xe9", "\xed\xa0\x80"};
  CHECK(Json::accept(to_string(to_json(error, engine, std::nullopt, "\xe9", "\x80"), false)));
}

TEST_CASE("extra: depth and number of fields do no harm") {
  Document document;
  document.extra = {{"deep", std::string(1'000'000, '[') + std::string(1'000'000, ']')},
                    {"kept", std::string(64, '[') + std::string(64, ']')}};
  std::string wide = "{";
  for (int i = 0; i < 100'000; ++i) {
    wide += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":0";
    document.extra.emplace_back(std::string("f").append(std::to_string(i)), "1");
  }
  document.extra.emplace_back("wide", wide + "}");
  const auto start = std::chrono::steady_clock::now();
  const Json json = to_json(document, engine);
  const Json& extra = json["document"]["extra"];
  CHECK(extra.size() == 100'003);
  CHECK(extra.begin()->is_string());
  CHECK((++extra.begin())->is_array());
  CHECK(to_string(json, false).size() > 2'000'000);
  // Quadratic key look-up takes minutes here; sanitizers on a busy machine stay far below this.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
}

TEST_CASE("a big document is written in linear time") {
  Document document;
  for (int i = 0; i < 100'000; ++i) document.text += "“é” 🌊 she said. ";
  document.attributions.made_by = "attributions";
  const uint32_t step = static_cast<uint32_t>(document.text.size() / 100'000);
  for (uint32_t i = 0; i < 100'000; ++i) {
    Attribution a;
    a.content.spans = {{i * step, i * step + 8}};
    a.evidence = {"test"};
    document.attributions.items.push_back(a);
  }
  REQUIRE(check_document(document).ok());
  const auto start = std::chrono::steady_clock::now();
  const Json json = to_json(document, engine);
  CHECK(to_string(json, false).size() > document.text.size());
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
  CHECK(json["attributions"][99'999]["content"].dump() == "{\"spans\":[[1599984,1599987]],\"text\":\"“é”\"}");
}
