// sayso_mentions: names, mentions and their clusters of plain texts, for bench/quality/names.py, coreference.py, gap.py and sources.py.
//
// usage: sayso_mentions [--model FILE] < texts.jsonl > mentions.jsonl
// Reads lines with "id" and "text"; writes a line for each, positions in code points: {"id", "names": [[begin, end, PER | ORG | LOC], …],
// "mentions": [[begin, end, name | nominal | pronoun, person | organisation | place | other, cluster], …]}. A line may have "attributions", too:
// [{"source", "cue", "content": [[begin, end], …]}, …]. They stand in place of those that were found with words of both their cue and their content or
// source, and "sources" says in their order who is meant: {"name", "type", "mentions": [[begin, end], …]} or null.
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "attribution/lexicon.h"
#include "attribution/nesting.h"
#include "attribution/quotation.h"
#include "base/unicode.h"
#include "document/document.h"
#include "entities/coreference.h"
#include "entities/entities.h"
#include "reading/models.h"
#include "reading/read.h"
#include "text/text.h"
#include "text/sections.h"

using namespace sayso;

namespace {

using Json = nlohmann::ordered_json;

Part part_from(const nlohmann::json& spans, const CodePointIndex& index) {
  Part part;
  for (const auto& span : spans)
    part.spans.push_back({static_cast<uint32_t>(index.to_byte(span[0])), static_cast<uint32_t>(index.to_byte(span[1]))});
  return part;
}

bool overlap(const Part& a, const Part& b) {
  return std::ranges::any_of(a.spans, [&](Span x) { return std::ranges::any_of(b.spans, [&](Span y) { return x.overlaps(y); }); });
}

// Puts the given attributions in place of what was found of them.
void give(Document& document, std::vector<Attribution> given) {
  std::vector<Attribution>& all = document.attributions.items;
  std::erase_if(all, [&](const Attribution& a) {
    return std::ranges::any_of(given, [&](const Attribution& g) {
      return overlap(a.cue, g.cue) && (overlap(a.content, g.content) || (a.source && overlap(a.source->part, g.source->part)));
    });
  });
  const QuotedWords quoted(document);
  for (Attribution& g : given) {
    g.quotation = quoted.quotation_of(g.content, false);
    g.source->kind = kind_of(split_words(text_of(document, g.source->part)));
    all.push_back(std::move(g));
  }
  const auto first_byte = [](const Attribution& a) {
    uint32_t first = UINT32_MAX;
    for (const Part* part : {&a.cue, &a.content, a.source ? &a.source->part : &a.cue})
      if (!part->empty()) first = std::min(first, part->spans[0].begin);
    return first;
  };
  std::ranges::stable_sort(all, {}, first_byte);
  for (Attribution& a : all) a.within.reset();
  nest(all);
}

// Who is meant by the source of each given attribution.
Json sources_of(Document document, const std::vector<Attribution>& given, const FoundMentions& found, const MentionModel& model,
                const Knowledge* knowledge, const CodePointIndex& index) {
  give(document, given);
  const EntityLayers layers = find_entities(document, found, model, knowledge);
  Json out = Json::array();
  for (const Attribution& g : given) {
    out.push_back(nullptr);
    for (const SourceEntity& source : layers.source_entities) {
      const Attribution& a = document.attributions[source.attribution];
      if (a.cue != g.cue || a.content != g.content || a.source->part != g.source->part) continue;
      const Entity& entity = layers.entities[source.entity];
      Json mentions = Json::array();
      for (const Mention& m : entity.mentions) mentions.push_back({index.to_code_point(m.span.begin), index.to_code_point(m.span.end)});
      out.back() = {{"name", entity.name ? Json(*entity.name) : Json()}, {"type", name_of(entity.type)}, {"mentions", std::move(mentions)}};
    }
  }
  return out;
}

}  // namespace

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
    Json out{{"id", in.value("id", "")}, {"names", nlohmann::json::array()}, {"mentions", nlohmann::json::array()}};
    std::set<Span> names;
    for (const MentionNode& node : coreference.nodes) {
      out["mentions"].push_back({index.to_code_point(node.span.begin), index.to_code_point(node.span.end), name_of(node.kind),
                                 types[static_cast<size_t>(node.type)], node.cluster});
      if (node.name && node.type != ThingType::other && names.insert(*node.name).second)
        out["names"].push_back({index.to_code_point(node.name->begin), index.to_code_point(node.name->end), tags[static_cast<size_t>(node.type)]});
    }
    if (in.contains("attributions")) {
      std::vector<Attribution> given;
      for (const auto& g : in["attributions"]) {
        Attribution a;
        a.source = Source{part_from(g["source"], index), SourceKind::person};
        a.cue = part_from(g["cue"], index);
        a.content = part_from(g["content"], index);
        a.evidence = {"given"};
        given.push_back(std::move(a));
      }
      out["sources"] = sources_of(document, given, found, *model.mentions, models->knowledge.get(), index);
    }
    std::cout << out.dump() << "\n";
  }
  return 0;
}
