// Runs tests/cases/entities/*.case: who is meant in short texts, written without C++. The format: tests/cases/entities/README.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "entities/entities.h"
#include "tests/case_file.h"
#include "tests/shipped_knowledge.h"
#include "tests/shipped_model.h"

using namespace sayso;

namespace {

Document read_case(const std::string& text) {
  Document document;
  document.text = text;
  read_text(document);
  FoundMentions mentions;
  document.attributions = find_attributions(document, shipped_model(), {}, &mentions);
  EntityLayers layers = find_entities(document, mentions, *shipped_model().mentions, &shipped_knowledge());
  document.entities = std::move(layers.entities);
  document.source_entities = std::move(layers.source_entities);
  const Status status = check_document(document);
  REQUIRE_MESSAGE(status.ok(), status.error().sentence());
  return document;
}

bool has(const std::vector<std::string>& list, const std::string& item) { return std::find(list.begin(), list.end(), item) != list.end(); }

bool source_fits(const Document& document, const SourceEntity& source, const std::vector<std::string>& fields) {
  const Attribution& a = document.attributions[source.attribution];
  const Entity& entity = document.entities[source.entity];
  if (text_of(document, a.source->part) != fields[0] || entity.name.value_or("-") != fields[1]) return false;
  return std::all_of(fields.begin() + 2, fields.end(), [&](const std::string& field) {
    if (field.starts_with("content ")) return text_of(document, a.content) == field.substr(8);
    return field == name_of(source.kind) || field == name_of(source.identity);
  });
}

bool entity_fits(const Document& document, const Entity& entity, const std::vector<std::string>& fields) {
  if (entity.name.value_or("-") != fields[0]) return false;
  return std::all_of(fields.begin() + 1, fields.end(), [&](const std::string& field) {
    const auto all_in = [&](const std::vector<std::string>& list, size_t from) {
      const std::vector<std::string> wanted = split_fields(field.substr(from), "; ");
      return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& item) { return has(list, item); });
    };
    if (field.starts_with("link "))
      return std::any_of(entity.links.begin(), entity.links.end(),
                         [&](const Link& link) { return field.substr(5) == link.scheme + ":" + link.value; });
    if (field.starts_with("type ")) return field.substr(5) == name_of(entity.type);
    if (field.starts_with("names ")) return all_in(entity.names, 6);
    if (field.starts_with("roles ")) return all_in(entity.roles, 6);
    if (field.starts_with("reason ")) return entity.reason && text_of(document, *entity.reason) == field.substr(7);
    if (field.starts_with("count ")) return entity.count && std::to_string(entity.count->min) + (entity.count->max ? "" : "–") == field.substr(6);
    return false;
  });
}

std::string all_of(const Document& document) {
  std::string out;
  for (const SourceEntity& source : document.source_entities) {
    const Attribution& a = document.attributions[source.attribution];
    out.append("  source: ").append(text_of(document, a.source->part)).append(" | ").append(document.entities[source.entity].name.value_or("-"))
        .append(" | ").append(name_of(source.kind));
    out.append(" | ").append(name_of(source.identity)).append(" | content ").append(text_of(document, a.content)).append("\n");
  }
  for (const Entity& entity : document.entities) {
    out.append("  entity: ").append(entity.name.value_or("-")).append(" | type ").append(name_of(entity.type));
    for (const std::string& name : entity.names) out.append(" | names ").append(name);
    for (const std::string& role : entity.roles) out.append(" | roles ").append(role);
    out.append("\n");
  }
  return out;
}

void run_case(const Case& one) {
  const Document document = read_case(one.text);
  INFO(one.title, "\nfound:\n", all_of(document));
  REQUIRE(!one.expected.empty());
  for (const std::string& line : one.expected) {
    const auto& entities = document.entities.items;
    if (line.starts_with("source: ")) {
      const auto fields = split_fields(line.substr(8), " | ");
      REQUIRE_MESSAGE(fields.size() >= 2, line);
      CHECK_MESSAGE(std::any_of(document.source_entities.begin(), document.source_entities.end(),
                                [&](const SourceEntity& s) { return source_fits(document, s, fields); }), line);
    } else if (line.starts_with("no entity: ")) {
      const std::string name = line.substr(11);
      CHECK_MESSAGE(std::none_of(entities.begin(), entities.end(), [&](const Entity& e) { return e.name == name || has(e.names, name); }), line);
    } else {
      REQUIRE_MESSAGE(line.starts_with("entity: "), line);
      const auto fields = split_fields(line.substr(8), " | ");
      CHECK_MESSAGE(std::any_of(entities.begin(), entities.end(), [&](const Entity& e) { return entity_fits(document, e, fields); }), line);
    }
  }
}

}  // namespace

TEST_CASE("every case of tests/cases/entities holds") {
  CHECK(for_each_case(SAYSO_SOURCE_DIR "/tests/cases/entities", run_case) >= 15);
}
