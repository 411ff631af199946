// Runs tests/cases/provenance/*.case: which way words came to a short text, written without C++. The format: tests/cases/provenance/README.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "provenance/provenance.h"
#include "tests/case_file.h"
#include "tests/cases/provenance/engine.h"

using namespace sayso;

namespace {

Document read_case(const Case& one) {
  Document document;
  document.text = one.text;
  for (const std::string& line : one.expected) {
    if (line.starts_with("with published: ")) document.published = line.substr(16);
    if (line.starts_with("with publisher: ")) document.publisher = Publisher{line.substr(16), ""};
  }
  read_up_to_factuality(document);
  ProvenanceLayers layers = find_provenance(document);
  document.provenance = std::move(layers.provenance);
  document.non_responses = std::move(layers.non_responses);
  document.summary = std::move(layers.summary);
  const Status status = check_document(document);
  REQUIRE_MESSAGE(status.ok(), status.error().sentence());
  return document;
}

std::string join(const std::vector<std::string>& fields, const std::string& mark) {
  std::string out;
  for (const std::string& field : fields) out += (out.empty() ? "" : mark) + field;
  return out;
}

// A text on one line.
std::string text_in_line(const Document& document, const Part& part) { return join(split_fields(text_of(document, part), "\n"), "⏎"); }

// Its name; of one without a name, whether it is kept back or no more than described.
std::string name_of_entity(const Document& document, Id<Entity> id) {
  const Entity& entity = document.entities[id];
  return entity.name ? *entity.name : entity.type == EntityType::unnamed ? "(unnamed)" : "(described)";
}

std::string name_of_entity(const Document& document, std::optional<Id<Entity>> id) { return id ? name_of_entity(document, *id) : "-"; }

std::string contents_of(const Document& document, const std::vector<Id<Attribution>>& list) {
  std::vector<std::string> out;
  for (const Id<Attribution> id : list) out.push_back(text_in_line(document, document.attributions[id].content));
  return out.empty() ? "-" : join(out, " | ");
}

// What a line of this name says of one attribution, behind its content.
std::string told_of(const Document& document, const std::string& line_name, const Provenance& p) {
  if (line_name == "chain") {
    std::vector<std::string> links;
    for (const Id<Entity> id : p.chain) links.push_back(name_of_entity(document, id));
    return join(links, " > ");
  }
  if (line_name == "medium")
    return p.medium ? text_in_line(document, p.medium->part) + " | " + name_of(p.medium->kind) + " | " + name_of_entity(document, p.medium->entity)
           : "-";
  if (line_name == "addressee")
    return p.addressee ? text_in_line(document, p.addressee->part) + " | " + name_of_entity(document, p.addressee->entity) : "-";
  if (line_name == "occasion") return p.occasion ? text_in_line(document, *p.occasion) : "-";
  if (line_name == "time") return p.time ? text_in_line(document, p.time->part) + " | " + p.time->value.value_or("-") : "-";
  if (line_name == "repeats") return contents_of(document, p.repeats);
  if (line_name == "contradicts") return contents_of(document, p.contradicts);
  return contents_of(document, p.stronger_than);
}

const std::vector<std::string> line_names = {"chain", "medium", "addressee", "occasion", "time", "repeats", "contradicts", "stronger than"};

// Whom an attribution's line means: its content, or "SOURCE: " in front of it where two have one content.
std::vector<std::string> keys_of(const Document& document, const Attribution& a) {
  const std::string content = a.content.empty() ? "-" : text_in_line(document, a.content);
  return {content, (a.source ? text_in_line(document, a.source->part) : "-") + ": " + content};
}

std::string non_responses_of(const Document& document) {
  std::string out;
  for (const NonResponse& one : document.non_responses)
    out.append("non-response: ").append(text_in_line(document, one.part)).append(" | ").append(name_of(one.kind)).append(" | ")
        .append(name_of_entity(document, one.entity)).append("\n");
  return out.empty() ? "non-responses: none\n" : out;
}

std::string headline_of(const Document& document) {
  const auto& headline = document.summary[0].headline;
  if (!headline) return "headline: none";
  return "headline: " + (headline->attribution ? text_in_line(document, document.attributions[*headline->attribution].content) : "-") + " | " +
         (headline->firmer_than_its_source ? "firmer" : "not firmer") + " | rests on " + contents_of(document, headline->rests_on);
}

std::string summary_of(const Document& document) {
  const Summary& s = document.summary[0];
  std::vector<std::string> relays;
  for (const Id<Entity> id : s.relays) relays.push_back(name_of_entity(document, id));
  return "summary: named " + std::to_string(s.named_sources) + " | anonymous " + std::to_string(s.anonymous_sources) + " | independent " +
         std::to_string(s.independent_sources) + " | relays " + (relays.empty() ? "-" : join(relays, "; "));
}

std::string all_of(const Document& document) {
  std::string out;
  for (uint32_t i = 0; i < document.attributions.size(); ++i)
    for (const std::string& name : line_names)
      if (const std::string told = told_of(document, name, document.provenance[i]); told != "-")
        out += "  " + name + ": " + keys_of(document, document.attributions[i])[0] + " | " + told + "\n";
  return out + non_responses_of(document) + headline_of(document) + "\n" + summary_of(document) + "\n";
}

bool any_says(const Document& document, const std::string& name, const std::string& wanted) {
  for (uint32_t i = 0; i < document.attributions.size(); ++i)
    for (const std::string& key : keys_of(document, document.attributions[i]))
      if (key + " | " + told_of(document, name, document.provenance[i]) == wanted) return true;
  return false;
}

void run_case(const Case& one) {
  const Document document = read_case(one);
  INFO(one.title, "\nfound:\n", all_of(document));
  size_t asserted = 0;
  std::string non_responses;
  for (const std::string& line : one.expected) {
    if (line.starts_with("with published: ") || line.starts_with("with publisher: ")) continue;
    ++asserted;
    const std::string name = line.substr(0, line.find(": "));
    if (name == "non-response" || name == "non-responses") {
      non_responses += line + "\n";
    } else if (name == "headline") {
      CHECK_MESSAGE(headline_of(document) == line, line);
    } else if (name == "summary") {
      CHECK_MESSAGE(summary_of(document) == line, line);
    } else {
      REQUIRE_MESSAGE(std::find(line_names.begin(), line_names.end(), name) != line_names.end(), "no such line: ", line);
      CHECK_MESSAGE(any_says(document, name, line.substr(name.size() + 2)), line);
    }
  }
  REQUIRE(asserted > 0);
  if (!non_responses.empty()) CHECK_MESSAGE(non_responses_of(document) == non_responses, non_responses);
}

}  // namespace

TEST_CASE("every case of tests/cases/provenance holds") {
  CHECK(for_each_case(SAYSO_SOURCE_DIR "/tests/cases/provenance", run_case) >= 40);
}
