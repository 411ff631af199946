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

// “Sund, after she had left”, “a candidate when he ran”: may a pronoun in a clause behind the head word mean the whole? “The minister before him” is
// not he.
bool is_subject_in_clause(const Document& document, const MentionNode& outer, const MentionNode& inner) {
  static const std::unordered_set<std::string> subjects = {"he", "she", "they", "i", "we", "his", "their"};
  static const std::unordered_set<std::string> clauses = {"who", "when", "after", "before", "while", "because", "since", "although", "though",
                                                          "where"};
  const uint32_t head_end = outer.name ? std::max(outer.name->end, outer.head.end) : outer.head.end;
  if (inner.kind != MentionKind::pronoun || head_end >= inner.span.begin || !subjects.contains(to_lower(document.at(inner.head)))) return false;
  const std::vector<std::string> words = words_of(document.at({head_end, inner.span.begin}));
  return std::any_of(words.begin(), words.end(), [](const std::string& word) { return clauses.contains(word); });
}

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
  MentionCluster out{{i}, {}, std::nullopt, false};
  if (node.name) {
    out.names.push_back(names_[i]);
    out.person = node.type == ThingType::person;
    for (const std::string& word : words_of(document_.at({node.span.begin, node.name->begin})))
      if (const auto gender = gender_of(word); gender && !is_possessive(word)) out.gender = gender;
    if (out.person && !out.gender && names_[i].size() > 1) out.gender = gender_of_first_name(names_[i].front());
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
  if (!to.gender) to.gender = from.gender;
  to.person = to.person || from.person;
  from = {};
}

// Does one stand in the other, and is neither an apposition?
bool MentionClusters::nested(size_t i, size_t j) const {
  const Span &a = nodes_[i].span, &b = nodes_[j].span;
  if (!a.overlaps(b) || a == b) return false;
  const auto& [outer, inner] = a.size() >= b.size() ? std::tie(nodes_[i], nodes_[j]) : std::tie(nodes_[j], nodes_[i]);
  if (outer.span.contains(inner.span) && (outer.head == inner.head || is_subject_in_clause(document_, outer, inner))) return false;
  const std::string_view before = std::string_view(document_.text).substr(outer.span.begin, inner.span.begin - outer.span.begin);
  return !(before.ends_with(", ") && inner.kind != MentionKind::pronoun);
}

bool MentionClusters::may_join(size_t cluster, size_t node) const {
  const MentionCluster &a = clusters_[cluster], &b = clusters_[of(node)];
  if (a.gender && b.gender && *a.gender != *b.gender) return false;
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
