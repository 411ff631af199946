#include "cli/who.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/made_attributions.h"

namespace sayso {
namespace {

using Json = nlohmann::ordered_json;

const Engine engine{"0.1.0", "trial 1"};

Entity entity(EntityType type, std::string name, std::vector<Mention> mentions) {
  Entity made;
  made.type = type;
  made.name = std::move(name);
  made.mentions = std::move(mentions);
  return made;
}

// Ada van der Berg says two things, one of them in the words of Tor Dahl, who thinks so himself; the port says nothing.
Document quay() {
  Document document;
  document.id = "sha256:0";
  document.source = "quay.txt";
  document.title = "Quay stays shut";
  document.text = "Mayor Ada van der Berg said it is shut. “She says it opens,” Tor Dahl said. Dahl thinks so. Port of Holm. Mia Berg.";
  document.attributions.made_by = document.entities.made_by = document.source_entities.made_by = "test";
  const auto part = [&](std::string_view words, size_t from = 0) { return Part{{find(document, words, from)}}; };
  document.attributions.items = {attribution(part("Mayor Ada van der Berg"), part("said"), part("it is shut")),
                                 attribution(part("Tor Dahl"), part("said", 60), part("“She says it opens,”")),
                                 attribution(part("She"), part("says"), part("it opens")),
                                 attribution(part("Dahl thinks"), part("thinks"), part("so."))};
  document.attributions.items[3].source->part = part("Dahl", find(document, "Dahl thinks").begin);
  document.attributions.items[2].within = Id<Attribution>{1};
  Entity ada = entity(EntityType::person, "Ada van der Berg",
                      {{find(document, "Mayor Ada van der Berg"), MentionKind::name}, {find(document, "She"), MentionKind::pronoun}});
  ada.roles = {"Mayor"};
  Entity tor = entity(EntityType::person, "Tor Dahl", {{find(document, "Tor Dahl"), MentionKind::name},
                                                       {find(document, "Dahl", find(document, "Dahl thinks").begin), MentionKind::name}});
  tor.names = {"Dahl"};
  Entity port = entity(EntityType::organisation, "Port of Holm", {{find(document, "Port of Holm"), MentionKind::name}});
  document.entities.items = {ada, tor, port};
  const auto source = [](uint32_t attribution, uint32_t entity) {
    return SourceEntity{Id<Attribution>{attribution}, Id<Entity>{entity}, Identity::named, SourceKind::person};
  };
  document.source_entities.items = {source(0, 0), source(1, 1), source(2, 0), source(3, 1)};
  const Status checked = check_document(document);
  REQUIRE_MESSAGE(checked.ok(), checked.error().sentence());
  return document;
}

std::vector<std::string> called(const Document& document, const AskedName& asked) {
  std::vector<std::string> names;
  for (const Id<Entity> id : entities_called(document, asked)) names.push_back(*document.entities[id].name);
  return names;
}

using Names = std::vector<std::string>;

TEST_CASE("a name is the name, one of the names, or a last name; case, articles and titles aside") {
  const Document document = quay();
  for (const char* name : {"Ada van der Berg", "ada VAN DER berg", "Mayor Ada van der Berg", "Berg", "van der Berg", "Mrs. Berg"})
    CHECK(called(document, {name}) == Names{"Ada van der Berg"});
  CHECK(called(document, {"Dahl"}) == Names{"Tor Dahl"});
  CHECK(called(document, {"the Port of Holm"}) == Names{"Port of Holm"});
  for (const char* name : {"Ada", "Holm", "Mia van der Berg", "Tor", "Lund", "der"}) CHECK(called(document, {name}).empty());
}

TEST_CASE("a last name that two have is nobody's, unless one is called just so") {
  Document document = quay();
  document.entities.items.push_back(entity(EntityType::person, "Mia Berg", {{find(document, "Mia Berg"), MentionKind::name}}));
  CHECK(called(document, {"Berg"}).empty());
  CHECK(called(document, {"van der Berg"}) == Names{"Ada van der Berg"});
  document.entities.items.back().names = {"Berg"};
  CHECK(called(document, {"Berg"}) == Names{"Mia Berg"});
}

TEST_CASE("exact is as it is written") {
  const Document document = quay();
  CHECK(called(document, {"Tor Dahl", true}) == Names{"Tor Dahl"});
  CHECK(called(document, {"Dahl", true}) == Names{"Tor Dahl"});
  for (const char* name : {"tor dahl", "Mr. Dahl", "van der Berg", "the Port of Holm"}) CHECK(called(document, {name, true}).empty());
}

TEST_CASE("what somebody says comes with the document and with whose words it stands in") {
  const Json found = look_for({"Berg"}, quay(), engine);
  CHECK(found["document"].dump() ==
        R"({"id":"sha256:0","source":"quay.txt","member":null,"title":"Quay stays shut","publisher":null,"published":null,"canonical":null})");
  REQUIRE(found["found"].size() == 1);
  const Json& ada = found["found"][0];
  CHECK(ada["entity"].dump() == R"({"id":"e1","type":"person","name":"Ada van der Berg","names":[],"roles":["Mayor"],"links":{}})");
  REQUIRE(ada["attributions"].size() == 2);
  CHECK(ada["attributions"][0]["id"] == "a1");
  CHECK(ada["attributions"][0]["outer"] == Json::array());
  CHECK(ada["attributions"][1]["source"]["text"] == "She");
  CHECK(ada["attributions"][1]["outer"].size() == 1);
  CHECK(ada["attributions"][1]["outer"][0]["id"] == "a2");
  CHECK(ada["attributions"][1]["outer"][0]["name"] == "Tor Dahl");
  CHECK(ada["attributions"][1]["outer"][0]["source"]["text"] == "Tor Dahl");
  CHECK(found["silent"] == Json::array());
  CHECK(found["near"] == Json::array());
}

TEST_CASE("who says nothing, and names that are near") {
  const Json silent = look_for({"Port of Holm"}, quay(), engine);
  CHECK(silent["found"] == Json::array());
  CHECK(silent["silent"] == Json::array({"Port of Holm"}));
  CHECK_FALSE(silent.contains("document"));
  const AskedName asked{"Dhal"};
  const Json near = look_for(asked, quay(), engine);
  CHECK(near["found"] == Json::array());
  CHECK(near["near"] == Json::array({"Tor Dahl"}));
  CHECK(nearness({"Berg"}, "Mia Berg") == 0);
  CHECK(nearness({"Brandt"}, "Helga Brant") == 1);
  CHECK(nearness({"Kristiansen"}, "Kristensen") == 2);
  CHECK_FALSE(nearness({"Ada"}, "Ida"));  // in three letters one is a third
  CHECK_FALSE(nearness({"Berg"}, "Lund"));
  People people;
  people.add(near);
  people.add(silent);
  CHECK(nobody_says(asked, people, 2) ==
        "nobody called “Dhal” says anything in these 2 documents. Named, and saying nothing: Port of Holm. Names that are near, of people "
        "who do: Tor Dahl.");
  CHECK(nobody_says(asked, People(), 1) == "nobody called “Dhal” says anything in this document.");
}

// What look_for() finds of one entity or several in a document.
Json found(const std::string& source, const std::vector<Json>& entities) {
  Json out{{"found", Json::array()}, {"silent", Json::array()}, {"near", Json::array()}};
  out["document"] = {{"source", source}};
  for (const Json& one : entities) out["found"].push_back({{"entity", one}, {"attributions", Json::array({{{"id", "a1"}}})}});
  return out;
}

Json named(const std::string& name, const Json& links = Json::object(), const std::string& type = "person", const std::string& role = "") {
  Json roles = Json::array();
  if (!role.empty()) roles.push_back(role);
  return {{"id", "e1"}, {"type", type}, {"name", name}, {"names", Json::array()}, {"roles", roles}, {"links", links}};
}

// Of each person the documents, one letter each.
std::vector<std::string> documents_of(const People& people) {
  std::vector<std::string> out;
  for (const Person& person : people.all()) {
    out.emplace_back();
    for (const Json& one : person.documents) out.back() += one["document"]["source"].get<std::string>();
  }
  return out;
}

TEST_CASE("people of different documents are one by a full name or a link, and by nothing less") {
  People people;
  people.add(found("a", {named("Helga Brandt", Json::object(), "person", "minister")}));
  people.add(found("b", {named("Brandt")}));
  people.add(found("c", {named("Brandt")}));
  people.add(found("d", {named("Dr. Helga BRANDT", Json::object(), "person", "owner")}));
  CHECK(documents_of(people) == Names{"ad", "b", "c"});
  CHECK(people.all()[0].roles == Names{"minister", "owner"});
  CHECK(people.all()[0].names == Names{"Dr. Helga BRANDT"});
  people.add(found("e", {named("Helga Brandt", Json::object(), "organisation")}));  // a ship's company
  CHECK(documents_of(people) == Names{"ad", "b", "c", "e"});

  People linked;
  linked.add(found("a", {named("Brandt", {{"wikidata", "Q1"}})}));
  linked.add(found("b", {named("Helga Brandt", {{"wikidata", "Q1"}, {"staff", "7"}})}));
  linked.add(found("c", {named("H. B. Brandt", {{"staff", "7"}})}));
  linked.add(found("d", {named("H. B. Brandt", {{"staff", "8"}})}));
  linked.add(found("e", {named("H. B. Brandt", {{"staff", "9"}})}));
  CHECK(documents_of(linked) == Names{"abc", "d", "e"});
  CHECK(linked.all()[0].name == "Brandt");
  CHECK(linked.all()[0].names == Names{"Helga Brandt", "H. B. Brandt"});
  linked.add(found("f", {named("H. B. Brandt")}));  // one of two, and nothing says which
  CHECK(documents_of(linked) == Names{"abc", "d", "e", "f"});
}

TEST_CASE("two of one document stay two; a body's name of one word is a full one") {
  People people;
  people.add(found("a", {named("Tor Dahl"), named("Tor Dahl")}));
  people.add(found("b", {named("Tor Dahl")}));
  CHECK(documents_of(people) == Names{"a", "a", "b"});
  People bodies;
  bodies.add(found("a", {named("Nordpress", Json::object(), "organisation")}));
  bodies.add(found("b", {named("nordpress", Json::object(), "organisation")}));
  CHECK(documents_of(bodies) == Names{"ab"});
}

TEST_CASE("for people: who it is, and for each document what is said, in so many columns") {
  People people;
  people.add(look_for({"Berg"}, quay(), engine));
  CHECK(show_person(people.all()[0], {60, false}) ==
        "Ada van der Berg – person – Mayor\n"
        "\n"
        "── quay.txt ───────────────────────────────── 2 attributions\n"
        "  Quay stays shut\n"
        "   1  Mayor Ada van der Berg – said – it is shut (direct,\n"
        "      91%)\n"
        "   3  She – says – it opens (direct, 91%, inside what Tor\n"
        "      Dahl said)\n"
        "\n");
  People dahl;
  dahl.add(look_for({"Tor Dahl"}, quay(), engine));
  CHECK(show_person(dahl.all()[0], {60, false}).starts_with("Tor Dahl – person\nalso called Dahl\n\n── quay.txt "));
}

TEST_CASE("nothing in a text or a name steers the terminal") {
  Document document = quay();
  document.source = "a\x1b[2J\n.txt";
  document.title = "\u202Eevil";
  document.entities.items[0].roles = {"Mayor\x07"};
  People people;
  people.add(look_for({"Berg"}, document, engine));
  const std::string shown = show_person(people.all()[0], {60, false});
  for (const std::string_view bad : {"\x1b", "\x07", "\u202E"}) CHECK(shown.find(bad) == std::string::npos);
}

}  // namespace
}  // namespace sayso
