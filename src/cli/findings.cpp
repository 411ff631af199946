#include "cli/findings.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "base/unicode.h"
#include "cli/screen.h"

namespace sayso {
namespace {

// Longer than any name, description or list of markers that is worth reading in full.
constexpr size_t most_columns = 280;
// Words that make something less firm; a condition may be a whole clause.
constexpr size_t marker_columns = 50;

// A word as inside a sentence.
std::string in_lower_case(std::string text) {
  const bool stays = text.empty() || text[0] < 'A' || text[0] > 'Z' || text == "I";
  if (!stays) text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

// Does the text anywhere write “the” before the name?
bool has_article(const Document& document, const Entity& entity) {
  const auto is_article = [](std::string_view word) { return word == "the " || word == "The "; };
  if (is_article(std::string_view(*entity.name).substr(0, 4))) return false;
  return std::any_of(entity.mentions.begin(), entity.mentions.end(), [&](const Mention& mention) {
    const std::string_view words = document.at(mention.span), before = std::string_view(document.text).substr(0, mention.span.begin);
    if (words == *entity.name) return before.size() >= 4 && is_article(before.substr(before.size() - 4));
    return is_article(words.substr(0, 4)) && words.substr(4) == *entity.name;
  });
}

// The words of the markers that `wanted` says, each once. Where there are none the cue says it, unless all it says is that something was said.
template <class Wanted>
std::string words_of(const Document& document, Id<Attribution> attribution, const Wanted& wanted) {
  std::vector<std::string> words;
  for (const Marker& marker : document.factuality[attribution.index].markers) {
    if (!wanted(marker.kind)) continue;
    std::string one = opening_of(document, Part{{marker.span}}, marker_columns);
    if (words.size() <= most_numbers && std::find(words.begin(), words.end(), one) == words.end()) words.push_back(std::move(one));
  }
  const Attribution& it = document.attributions[attribution];
  const bool cue_says_it = it.type != AttributionType::assertion || document.factuality[attribution.index].stance != Stance::neutral;
  if (words.empty()) return cue_says_it ? opening_of(document, it.cue, marker_columns) : "";
  std::string out;
  for (const std::string& one : words) out += (out.empty() ? "" : ", ") + one;
  return out;
}

}  // namespace

Findings::Findings(const Document& document, const MeantSources& meant) : document_(document), with_article_(document.entities.size()) {
  if (!document.entities.ran()) return;
  // A description that begins a sentence is written as inside one, if its first word stands so anywhere else: “An official” → “an official”,
  // and not “Oslo police”.
  std::unordered_set<std::string_view> lower;
  for (const Token& token : document.tokens) lower.insert(document.at(token.span));
  const auto begins_sentence = [&](Span span) {
    const auto before = [](const Sentence& sentence, uint32_t at) { return sentence.span.begin < at; };
    const auto at = std::lower_bound(document.sentences.begin(), document.sentences.end(), span.begin, before);
    return at != document.sentences.end() && at->span.begin == span.begin;
  };
  for (uint32_t e = 0; e < document.entities.size(); ++e) {
    const Entity& entity = document.entities[e];
    if (entity.name) {
      called_.push_back(shorten(neutralise(*entity.name), most_columns));
      with_article_[e] = entity.type != EntityType::person && has_article(document, entity);
    } else if (entity.mentions.empty()) {
      called_.emplace_back("somebody unnamed");
    } else {
      const auto& description = meant.description_of(Id<Entity>{e});
      const Span span = description ? *description : entity.mentions.front().span;
      std::string words = opening_of(document, Part{{span}}, most_columns), other = in_lower_case(words);
      const bool is_word = !description || (begins_sentence(span) && lower.contains(std::string_view(other).substr(0, other.find(' '))));
      called_.push_back(is_word ? std::move(other) : std::move(words));
    }
  }
  const auto& ways = document.provenance.items;
  if (ways.size() < 2) return;
  const auto all_have = [&](size_t from_end) {
    const Id<Entity> link = ways[0].chain[ways[0].chain.size() - 1 - from_end];
    return std::all_of(ways.begin(), ways.end(),
                       [&](const Provenance& way) { return way.chain.size() > from_end + 1 && way.chain[way.chain.size() - 1 - from_end] == link; });
  };
  while (links_of_all_.size() + 1 < ways[0].chain.size() && all_have(links_of_all_.size()))
    links_of_all_.push_back(ways[0].chain[ways[0].chain.size() - 1 - links_of_all_.size()]);
  std::reverse(links_of_all_.begin(), links_of_all_.end());
}

std::string Findings::called(Id<Entity> entity, size_t columns) const { return shorten(called_[entity.index], columns); }

std::string Findings::called_in_sentence(Id<Entity> entity, size_t columns) const {
  return shorten((with_article_[entity.index] ? "the " : "") + called_[entity.index], columns);
}

bool Findings::is_wordless(Id<Entity> entity) const {
  const Entity& it = document_.entities[entity];
  return !it.name && it.mentions.empty();
}

std::string Findings::path_of(Id<Attribution> attribution, size_t columns) const {
  if (!document_.provenance.ran()) return "";
  const auto& chain = document_.provenance[attribution.index].chain;
  if (chain.size() < 2) return "";
  std::string out;
  for (const Id<Entity> link : chain) {
    out += (out.empty() ? "" : " → ") + called(link, columns);
    if (out.size() > 4 * columns) break;  // it will be shortened anyhow
  }
  return shorten(out, columns);
}

bool Findings::has_path_of_its_own(Id<Attribution> attribution) const {
  return document_.provenance.ran() && document_.provenance[attribution.index].chain.size() > links_of_all_.size() + 1;
}

std::string Findings::firmness_of(Id<Attribution> attribution) const {
  if (!document_.factuality.ran()) return "";
  const Factuality& it = document_.factuality[attribution.index];
  const auto has = [&](MarkerKind kind) {
    return std::any_of(it.markers.begin(), it.markers.end(), [&](const Marker& marker) { return marker.kind == kind; });
  };
  std::vector<std::pair<std::string, std::string>> groups;  // what, and by which words
  const auto add = [&](const std::string& what, auto wanted) {
    std::string words = words_of(document_, attribution, wanted);
    if (!groups.empty() && (words.empty() || words == groups.back().second)) groups.back().first += ", " + what;
    else groups.emplace_back(what, std::move(words));
  };
  const auto add_kind = [&](const std::string& what, MarkerKind kind) { add(what, [&](MarkerKind one) { return one == kind; }); };
  if (it.polarity == Polarity::negative) add_kind(it.stance == Stance::deny ? "denies" : "negative", MarkerKind::negation);
  if (it.modality != Modality::certain)
    add(name_of(it.modality), [](MarkerKind kind) {
      return kind == MarkerKind::hedge || kind == MarkerKind::condition || kind == MarkerKind::conditional || kind == MarkerKind::question;
    });
  if (it.hearsay || has(MarkerKind::hearsay)) add_kind("heard", MarkerKind::hearsay);
  for (const MarkerKind kind : {MarkerKind::intention, MarkerKind::pretext, MarkerKind::scare_quotes})
    if (has(kind)) add_kind(name_of(kind), kind);
  std::string out;
  for (const auto& [what, words] : groups) {
    if (!out.empty()) out += "; ";
    out += what;
    if (!words.empty()) out += ": " + words;
  }
  return shorten(out, most_columns);
}

std::vector<Findings::Relation> Findings::relations_of(Id<Attribution> attribution) const {
  std::vector<Relation> relations;
  if (!document_.provenance.ran()) return relations;
  const Provenance& it = document_.provenance[attribution.index];
  for (const Relation relation : {Relation{"repeats", &it.repeats}, Relation{"contradicts", &it.contradicts},
                                  Relation{"firmer than", &it.stronger_than}})
    if (!relation.to->empty()) relations.push_back(relation);
  return relations;
}

std::optional<Id<Entity>> Findings::passed_on_by(Id<Attribution> attribution) const {
  const Attribution& it = document_.attributions[attribution];
  if (it.source) return document_.provenance[attribution.index].chain.front();
  if (it.within) return document_.provenance[it.within->index].chain.front();
  return std::nullopt;
}

std::string numbers_of(const std::vector<Id<Attribution>>& attributions) {
  std::string out;
  for (size_t i = 0; i < std::min(attributions.size(), most_numbers); ++i)
    out += (out.empty() ? "" : ", ") + std::to_string(attributions[i].index + size_t{1});
  if (attributions.size() > most_numbers) out += " and " + std::to_string(attributions.size() - most_numbers) + " more";
  return out;
}

std::string counted(size_t count, const std::string& word) { return std::to_string(count) + " " + word + (count == 1 ? "" : "s"); }

std::string percent(double share) { return std::to_string(std::lround(100 * share)) + "%"; }

}  // namespace sayso
