// What the entity head finds in windows: names, and mentions of persons, organisations, places and other things, by their head words.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"
#include "document/document.h"
#include "model/model.h"
#include "model/tagging.h"

namespace sayso {

// What the network tells apart.
enum class ThingType : uint8_t { person, organisation, place, other };

// One mention of a window: its units and its head word's, counted from the window's first, and the vector that pairs are scored by.
struct WindowMention {
  Range units;
  uint32_t head = 0;
  MentionKind kind = MentionKind::name;
  ThingType type = ThingType::other;
  std::vector<float> vector;
};

// A name that the tags of names mark; its type is none of `other`.
struct WindowName {
  Range units;
  ThingType type = ThingType::person;
};

struct WindowMentions {
  std::vector<WindowMention> mentions;  // in order of their head words
  std::vector<WindowName> names;        // in text order, apart from each other
};

// The same in a document: units are counted from its first one.
struct FoundMention {
  Range units;
  uint32_t head = 0;
  uint32_t line = 0;
  MentionKind kind = MentionKind::name;
  ThingType type = ThingType::other;
  std::vector<float> vector;
};
struct FoundName {
  Range units;
  ThingType type = ThingType::person;
};
struct FoundMentions {
  std::vector<Span> units;             // of the document, in bytes
  std::vector<FoundMention> mentions;  // in order of their head words
  std::vector<FoundName> names;        // in text order, apart from each other

  Span span_of(Range range) const { return {units[range.begin].begin, units[range.end - 1].end}; }
};

// What reading mentions takes from the weights, checked once. Thread-safe after load.
class MentionModel {
 public:
  // corrupt when the head "entities" has other labels than this room knows; nothing when the weights have no such head.
  static Result<std::shared_ptr<const MentionModel>> from_model(std::shared_ptr<const Model> model);

  const EntityHead& head() const { return model_->entity_head("entities")->head; }
  // What is found in a window, given its units mixed by head().mix().
  WindowMentions read(const Matrix& mixed) const;

 private:
  struct MentionLabel {
    bool outside = true;
    MentionKind kind = MentionKind::name;
    ThingType type = ThingType::other;
  };
  std::shared_ptr<const Model> model_;
  Tagging names_;
  std::vector<MentionLabel> mention_labels_;
};

// Adds a window's units and mentions to the document's; windows come in text order.
void place_mentions(const UnitText& text, Window window, const WindowMentions& found, FoundMentions& out);

}  // namespace sayso
