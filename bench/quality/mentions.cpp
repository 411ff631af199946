// sayso_mentions: names, mentions and their clusters of plain texts, for bench/quality/names.py, coreference.py and gap.py.
//
// usage: sayso_mentions [--model FILE] < texts.jsonl > mentions.jsonl
// Reads lines with "id" and "text"; writes a line for each, positions in code points: {"id", "names": [[begin, end, PER | ORG | LOC], …],
// "mentions": [[begin, end, name | nominal | pronoun, person | organisation | place | other, cluster], …]}.
#include <iostream>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "base/unicode.h"
#include "document/document.h"
#include "entities/coreference.h"
#include "reading/models.h"
#include "reading/read.h"
#include "text/text.h"
#include "text/sections.h"

using namespace sayso;

int main(int argc, char** argv) {
  ModelChoice choice;
  if (argc == 3 && std::string(argv[1]) == "--model") choice.path = argv[2];
  else if (argc != 1) {
    std::cerr << "usage: sayso_mentions [--model FILE] < texts.jsonl > mentions.jsonl\n";
    return 2;
  }
  const Result<Models> models = load_models(choice);
  if (!models) {
    std::cerr << models.error().sentence() << "\n";
    return 1;
  }
  const AttributionModel& model = *models->attribution;
  if (!model.mentions) {
    std::cerr << "these weights have no head for entities\n";
    return 1;
  }
  static constexpr const char* tags[] = {"PER", "ORG", "LOC"};
  static constexpr const char* types[] = {"person", "organisation", "place", "other"};
  for (std::string line; std::getline(std::cin, line);) {
    const auto in = nlohmann::json::parse(line, nullptr, false);
    if (!in.is_object() || !in.contains("text") || !in["text"].is_string()) {
      std::cerr << "a line is no JSON object with a text\n";
      return 1;
    }
    Document document;
    document.text = in["text"];
    document.tokens = split_tokens(document);
    document.sentences = split_sentences(document);
    document.quotes = find_quotes(document);
    document.sections = find_sections(document);
    FoundMentions found;
    document.attributions = find_attributions(document, model, {}, &found);
    const Coreference coreference = find_coreference(document, found, *model.mentions, models->knowledge.get());
    const CodePointIndex index(document.text);
    nlohmann::ordered_json out{{"id", in.value("id", "")}, {"names", nlohmann::json::array()}, {"mentions", nlohmann::json::array()}};
    std::set<Span> names;
    for (const MentionNode& node : coreference.nodes) {
      out["mentions"].push_back({index.to_code_point(node.span.begin), index.to_code_point(node.span.end), name_of(node.kind),
                                 types[static_cast<size_t>(node.type)], node.cluster});
      if (node.name && node.type != ThingType::other && names.insert(*node.name).second)
        out["names"].push_back({index.to_code_point(node.name->begin), index.to_code_point(node.name->end), tags[static_cast<size_t>(node.type)]});
    }
    std::cout << out.dump() << "\n";
  }
  return 0;
}
