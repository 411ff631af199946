// Whom a description means by what it says that somebody is: a role that the text gives to one person (“the Danish minister”), or an office that one
// of those whom it names is known to have held (“the German chancellor”).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "entities/mention_clusters.h"
#include "knowledge/knowledge.h"

namespace sayso {

// What a mention calls somebody, title or description, in lower case.
std::vector<std::string> role_words(const MentionClusters& clusters, size_t node);

// Is somebody of this cluster called by this head word, with all of these other words?
bool has_role(const MentionClusters& clusters, size_t cluster, const std::vector<std::string>& words, const std::string& head);

// Holds references to all that it is made from; `knowledge` may be null, and tells of no office and no country then. `head` is the description's head
// word in lower case.
class Roles {
 public:
  Roles(const MentionClusters& clusters, const Knowledge* knowledge);

  // “the minister”, “the Danish minister”: a node of the one person whose title or description has that head word, and all the words before it. Two
  // of them: nobody.
  std::optional<size_t> by_role(size_t node, const std::string& head) const;
  // “A prosecutor told jurors”, in the headline or the first two paragraphs, and below “Assistant District Attorney Ida Sund said”: a node of the one
  // person whose title says as much.
  std::optional<size_t> by_later_title(size_t node, const std::string& head) const;
  // “The German chancellor”, “the Republican nominee”, “the former secretary of state”: a node of the one person named in the text who is known to
  // have held that office, on the document's date where it has one.
  std::optional<size_t> by_office(size_t node, const std::string& head) const;

  // Norway of “the Norwegian minister” and “the prime minister of Norway”; nothing when the words around the head name no country.
  const KnownThing* nation_of(size_t node) const;
  // “The Danish minister” is not the Polish one.
  bool is_of_other_nation(size_t cluster, const std::string& head, const KnownThing* nation) const;
  // Is this cluster called what the node is, of another kind: “the Danish minister” when the node is “the Polish minister”?
  bool has_other_role(size_t cluster, size_t node, const std::string& head) const;

 private:
  struct HeldOffice {
    size_t node;
    const Office* office;
  };
  std::vector<HeldOffice> find_offices() const;
  bool is_called(const Office& office, const std::string& text, bool former) const;
  bool was_held(const Office& office, bool former) const;
  bool is_only_one(size_t cluster, const std::string& head) const;

  const Document& document_;
  const MentionClusters& clusters_;
  const Knowledge* const knowledge_;
  const std::vector<HeldOffice> offices_;  // each once, however often the text says the name
};

}  // namespace sayso
