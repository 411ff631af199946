// Where the parts of attributions begin and end in a text, in which order they are listed, and how their words are shortened:
// what the views of an article share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "document/document.h"

namespace sayso {

enum class PartKind { content, source, cue };

// One span of a part, or of several parts of a kind that share it.
struct Mark {
  Span span;
  PartKind kind = PartKind::content;
  std::vector<uint32_t> attributions;  // ascending
};

// As they open in the text: the outer one first.
std::vector<Mark> find_marks(const Document& document);

// Positions in `marks` as these close in the text: the inner one first, which is the one that opened last.
std::vector<uint32_t> closing_order(const std::vector<Mark>& marks);

// How many attributions each attribution stands in.
std::vector<size_t> find_depths(const Layer<Attribution>& attributions);

// Where the first word of any of its parts begins.
uint32_t begin_of(const Attribution& attribution);

// Positions of attributions as a person reads them: by where they begin, the outer one first.
std::vector<uint32_t> listing_order(const Layer<Attribution>& attributions, const std::vector<size_t>& depths);

// The words of a part, neutralised and shortened to `columns`. Takes no more of it than may be shown, so that nested contents do
// not cost their size each.
std::string opening_of(const Document& document, const Part& part, size_t columns);

// Who is meant by a source whose own words do not say it.
class MeantSources {
 public:
  explicit MeantSources(const Document& document);
  const SourceEntity* of(Id<Attribution> attribution) const { return sources_.of(attribution); }
  // The entity's name for “she” and “the minister”, its first description for a pronoun where it has no name; neutralised and shortened to
  // `columns`. Empty when the words say it, or nobody looked for entities.
  std::string who(Id<Attribution> attribution, size_t columns) const;
  // The first words that describe an entity, or nothing.
  const std::optional<Span>& description_of(Id<Entity> entity) const { return descriptions_[entity.index]; }

 private:
  const Document& document_;
  SourceEntities sources_;
  std::vector<std::optional<Span>> descriptions_;
};

// What a person calls the document by: its file, and which item of it.
std::string name_of(const Document& document);

}  // namespace sayso
