// Clusters of mentions while they are linked: who is joined with whom, and what is known of each cluster that speaks against joining another.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "document/document.h"
#include "entities/mention_nodes.h"
#include "entities/names.h"
#include "entities/source_nodes.h"
#include "mentions/links.h"

namespace sayso {

struct MentionCluster {
  std::vector<size_t> nodes;                    // empty once it is joined to another
  std::vector<std::vector<std::string>> names;  // name_words of each different name
  std::optional<Gender> gender;
  bool by_first_name = false;                   // nothing but a first name tells the gender: women and men of other countries may share it
  std::optional<Gender> likely;                 // what a first name alone says: “Taylor” may be anybody's last name
  bool person = false;                          // “he” or a title says so, or all its names
};

// Holds references to all that it is made from.
class MentionClusters {
 public:
  // Each node alone, but two phrases around one head word, which are one mention, long and short. Requires the nodes in their order, with speakers.
  MentionClusters(const Document& document, const std::vector<MentionNode>& nodes, const SourceNodes& sources, const Links& links);

  const Document& document() const { return document_; }
  const std::vector<MentionNode>& nodes() const { return nodes_; }
  const SourceNodes& sources() const { return sources_; }

  // The number of a node's cluster, below size(); it changes when clusters are joined.
  size_t of(size_t node) const { return cluster_of_[node]; }
  const MentionCluster& operator[](size_t cluster) const { return clusters_[cluster]; }
  size_t size() const { return clusters_.size(); }

  // Joins the clusters of two nodes.
  void join(size_t a, size_t b);
  // Does nothing speak against a node's being in this cluster: another gender, or that one of both stands in the other (“his lawyer” is not he;
  // “Ida Sund, who runs with her son” is she)? `said`: the text says that they are one (“his mother, Nino Lund”), whatever gender a first name has.
  bool may_join(size_t cluster, size_t node, bool said = false) const;

  // The network's score for two nodes as antecedent and anaphor, above 0 when it is for it; very low for what it does not know and what
  // is too far apart.
  float score(size_t i, size_t j) const;

  // The words of a node's name, as name_words() has them; empty for a node without one.
  const std::vector<std::string>& words_of_name(size_t node) const { return names_[node]; }
  // The first attribution, by number, that has this node for its source.
  std::optional<size_t> attribution_of(size_t node) const;

 private:
  MentionCluster describe(size_t i) const;
  bool stands_in_clause_behind(const MentionNode& outer, uint32_t at) const;
  bool nested(size_t i, size_t j) const;

  const Document& document_;
  const std::vector<MentionNode>& nodes_;
  const SourceNodes& sources_;
  const Links& links_;
  std::vector<std::vector<std::string>> names_;
  std::vector<size_t> cluster_of_;
  std::vector<MentionCluster> clusters_;
};

}  // namespace sayso
