#include "entities/mention_clusters.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "attribution/cue_list.h"
#include "base/unicode.h"
#include "entities/function_words.h"

namespace sayso {

namespace {

constexpr float no_score = -1e9f;

}  // namespace

MentionClusters::MentionClusters(const Document& document, const std::vector<MentionNode>& nodes, const SourceNodes& sources, const Links& links)
    : document_(document), nodes_(nodes), sources_(sources), links_(links) {
  for (size_t i = 0; i < nodes_.size(); ++i) {
    names_.push_back(nodes_[i].name ? name_words(document_.at(*nodes_[i].name)) : std::vector<std::string>());
    cluster_of_.push_back(i);
    clusters_.push_back(describe(i));
  }
  for (size_t i = 0; i + 1 < nodes_.size(); ++i)
    for (size_t j = i + 1; j < nodes_.size() && nodes_[j].span.begin < nodes_[i].span.end; ++j)
      if (nodes_[i].head == nodes_[j].head) join(i, j);
}

// The cluster of one node alone.
MentionCluster MentionClusters::describe(size_t i) const {
  const MentionNode& node = nodes_[i];
  MentionCluster out{{i}, {}, std::nullopt, false, std::nullopt, false};
  if (node.name) {
    out.names.push_back(names_[i]);
    out.person = node.type == ThingType::person;
    for (const std::string& word : words_of(document_.at({node.span.begin, node.name->begin})))
      if (const auto gender = gender_of(word); gender && !is_possessive(word)) out.gender = gender;
    if (out.person && !out.gender && !names_[i].empty()) {
      (names_[i].size() > 1 ? out.gender : out.likely) = gender_of_first_name(names_[i].front());
      out.by_first_name = out.gender.has_value();
    }
  } else if (const std::string head = to_lower(document_.at(node.head)); !head.empty()) {
    out.gender = gender_of(head);
    if (node.kind == MentionKind::pronoun) out.person = is_third_person(head) || is_first_person(head);
  }
  return out;
}

void MentionClusters::join(size_t a, size_t b) {
  a = of(a);
  b = of(b);
  if (a == b) return;
  if (a > b) std::swap(a, b);
  MentionCluster &to = clusters_[a], &from = clusters_[b];
  for (const size_t node : from.nodes) {
    cluster_of_[node] = a;
    to.nodes.push_back(node);
  }
  for (auto& name : from.names)
    if (std::find(to.names.begin(), to.names.end(), name) == to.names.end()) to.names.push_back(std::move(name));
  if (!to.gender || (from.gender && to.by_first_name && !from.by_first_name)) {
    to.gender = from.gender;
    to.by_first_name = from.by_first_name;
  }
  if (!to.likely) to.likely = from.likely;
  to.person = to.person || from.person;
  from = {};
}

// Does what begins here stand behind a name, or in a clause behind a description? “The man | who lost his ticket”, “a candidate | when he ran” are
// he, “the minister before him” is not.
bool MentionClusters::stands_in_clause_behind(const MentionNode& outer, uint32_t at) const {
  if (outer.name) return outer.name->end <= at;
  if (outer.head.end > at) return false;
  static const std::unordered_set<std::string> conjunctions = {"when", "after", "before", "while", "because", "since", "although", "though", "where"};
  const std::vector<std::string> between = words_of(document_.at({outer.head.end, at}));
  return std::any_of(between.begin(), between.end(),
                     [](const std::string& word) { return is_relative_pronoun(word) || conjunctions.contains(word); });
}

// Does one stand in the other, and is neither an apposition?
bool MentionClusters::nested(size_t i, size_t j) const {
  const Span &a = nodes_[i].span, &b = nodes_[j].span;
  if (!a.overlaps(b) || a == b) return false;
  const auto& [outer, inner] = a.size() >= b.size() ? std::tie(nodes_[i], nodes_[j]) : std::tie(nodes_[j], nodes_[i]);
  if (outer.span.contains(inner.span) && outer.head == inner.head) return false;
  if (inner.kind == MentionKind::pronoun && stands_in_clause_behind(outer, inner.span.begin)) return false;
  const std::string_view before = std::string_view(document_.text).substr(outer.span.begin, inner.span.begin - outer.span.begin);
  return !(before.ends_with(", ") && inner.kind != MentionKind::pronoun);
}

bool MentionClusters::may_join(size_t cluster, size_t node, bool said) const {
  const MentionCluster &a = clusters_[cluster], &b = clusters_[of(node)];
  if (a.gender && b.gender && *a.gender != *b.gender && !(said && a.by_first_name != b.by_first_name)) return false;
  for (const size_t i : a.nodes)
    for (const size_t j : b.nodes)
      if (nested(i, j)) return false;
  return true;
}

float MentionClusters::score(size_t i, size_t j) const {
  if (!nodes_[i].found || !nodes_[j].found) return no_score;
  const auto [earlier, later] = std::minmax(*nodes_[i].found, *nodes_[j].found);
  if (later == earlier || later - earlier > farthest_antecedent) return no_score;
  return links_.score(later, earlier);
}

std::optional<size_t> MentionClusters::attribution_of(size_t node) const {
  const auto own = std::find(sources_.begin(), sources_.end(), std::optional(node));
  return own == sources_.end() ? std::nullopt : std::optional(static_cast<size_t>(own - sources_.begin()));
}

}  // namespace sayso
