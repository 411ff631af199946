#include "entities/hops.h"

#include <doctest/doctest.h>

namespace sayso {
namespace {

// Entities of a text that names Reuters, AFP and Ann Lee, and an origin that no words name.
Document document_with(std::vector<Hop> hops) {
  Document document;
  document.text = "Reuters, AFP and Ann Lee.";
  const auto add = [&](EntityType type, const std::string& name) {
    Entity entity;
    entity.type = type;
    entity.name = name;
    const auto at = static_cast<uint32_t>(document.text.find(name));
    entity.mentions = {{{at, at + static_cast<uint32_t>(name.size())}, MentionKind::name}};
    document.entities.items.push_back(entity);
  };
  add(EntityType::organisation, "Reuters");
  add(EntityType::organisation, "AFP");
  add(EntityType::person, "Ann Lee");
  Entity origin;
  origin.type = EntityType::unnamed;
  origin.of = EntityType::unknown;
  document.entities.items.push_back(origin);
  document.attributions.items.emplace_back();  // without a source: the origin is its
  document.hops = std::move(hops);
  for (Hop& hop : document.hops) hop.span = {0, static_cast<uint32_t>(document.text.size())};
  return document;
}

Hop hop(const std::string& name, const std::string& code = "", bool person = false) { return {name, code, person, false, {}}; }

// "0 1 - 3(Vestrand Post)": the entities of the hops, new ones with their names.
std::string ids(Document document) {
  std::string out;
  const size_t before = document.entities.size();
  for (const auto& id : name_hops(document, document.entities)) {
    out += out.empty() ? "" : " ";
    if (!id) {
      out += "-";
      continue;
    }
    const Entity& entity = document.entities[*id];
    out += std::to_string(id->index) + (entity.mentions.empty() ? "(" + entity.name.value_or("?") + ")" : "");
  }
  CHECK(!document.entities.items.back().name);  // the origin stands last
  CHECK(document.entities.size() >= before);
  return out;
}

TEST_CASE("a hop is the entity that the text names so, in full or short") {
  CHECK(ids(document_with({hop("Reuters"), hop("The Reuters"), hop("REUTERS")})) == "0 0 0");
  CHECK(ids(document_with({hop("Agence France-Presse"), hop("Ann Lee", "", true)})) == "1 2");
  CHECK(ids(document_with({hop("", "nprov:REUTERS"), hop("", "nprov:AFP"), hop("", "http://cv.example/nprov/afp")})) == "0 1 1");
}

TEST_CASE("a hop that the text does not name is an entity without mentions, once") {
  CHECK(ids(document_with({hop("Vestrand Post"), hop("Vestrand Post"), hop("Bo Ek", "", true)})) == "3(Vestrand Post) 3(Vestrand Post) 4(Bo Ek)");
  CHECK(ids(document_with({hop("", "nprov:dpa")})) == "3(dpa)");
  CHECK(ids(document_with({hop("", "org:4711"), hop("", ""), hop("Al Pax", "", true)})) == "- - 3(Al Pax)");
  // A person's initials are nobody's short name.
  CHECK(ids(document_with({hop("Anders Falk Persson", "", true)})) == "3(Anders Falk Persson)");
}

}  // namespace
}  // namespace sayso
