#include "entities/coreference.h"

#include <map>

#include "entities/link_descriptions.h"
#include "entities/link_names.h"
#include "entities/mention_clusters.h"
#include "entities/own_voice.h"
#include "entities/phrases.h"
#include "mentions/links.h"

namespace sayso {

namespace {

// Numbers the clusters in the order of their first nodes; gives how many there are.
uint32_t number_clusters(const MentionClusters& clusters, std::vector<MentionNode>& nodes) {
  std::map<size_t, uint32_t> numbers;
  for (size_t i = 0; i < nodes.size(); ++i)
    nodes[i].cluster = numbers.emplace(clusters.of(i), static_cast<uint32_t>(numbers.size())).first->second;
  return static_cast<uint32_t>(numbers.size());
}

}  // namespace

Coreference find_coreference(const Document& document, const FoundMentions& found, const MentionModel& model, const Knowledge* knowledge) {
  Coreference out;
  out.nodes = collect_mention_nodes(document, found);
  out.sources = find_source_nodes(document, out.nodes);
  find_speakers(document, out.sources, out.nodes);

  const Links links(document, found, model);
  const LiveItems items(document);
  MentionClusters clusters(document, out.nodes, out.sources, links);
  link_names(clusters, items);
  link_appositions(clusters);
  link_descriptions(clusters, items, knowledge);
  link_own_names(clusters);
  link_own_voices(clusters);

  out.clusters = number_clusters(clusters, out.nodes);
  return out;
}

}  // namespace sayso
