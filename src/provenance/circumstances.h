// In what circumstances somebody spoke: medium, addressee, occasion, time, from the words around a cue that are in none of the attribution's parts.
//
// A phrase counts where it can only belong to the cue: at the begin of its sentence (“In an interview on Monday, Brandt said”), between source and
// cue (“Brandt, speaking in Oslo, said”), and behind the cue, one phrase after the other (“told Reuters on Monday in a letter that”).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attribution/words.h"
#include "document/document.h"

namespace sayso {

struct Circumstances {
  std::optional<Medium> medium;        // their entities are left to the caller, who knows them
  std::optional<Addressee> addressee;
  std::optional<Part> occasion;
  std::optional<Time> time;
  std::vector<Span> outlets;           // words of the source that say through whom it came: “the Courier” of “a letter seen by the Courier”
};

// Refers to the document; reads its text, tokens, sentences, quotes and attributions.
class CircumstanceFinder {
 public:
  // `today`: the day of publication (ISO 8601), which “last Friday” is counted from, or nothing.
  CircumstanceFinder(const Document& document, const Words& words, std::optional<std::string> today);
  Circumstances find(Id<Attribution> attribution) const;

 private:
  struct Region;
  struct Phrase;

  void scan(const Region& region, bool chained, Circumstances& out) const;
  std::optional<Phrase> phrase_at(const Region& region, size_t at) const;
  std::optional<Phrase> carried_at(size_t at, size_t link, size_t end) const;
  std::optional<Phrase> addressee_at(const Region& region, size_t at) const;
  bool names_outlet(size_t begin, size_t end, bool printed) const;
  bool is_this_outlet(size_t begin, size_t end) const;
  bool is_title(size_t begin, size_t end) const;
  size_t noun_phrase_end(size_t begin, size_t end) const;
  void add_outlets(const Part& source, Circumstances& out) const;
  void add_controlled(const Attribution& attribution, Circumstances& out) const;
  void add_told(const Attribution& attribution, size_t begin, size_t cue, Circumstances& out) const;
  bool takes_addressee(const Part& cue) const;

  const Document& document_;
  const Words& words_;
  const std::optional<std::string> today_;
  std::vector<uint32_t> depth_;      // of each attribution: how many it stands within
  SpanIndex voices_;                 // sources and cues
  std::vector<SpanIndex> contents_;  // of attributions at least so deep
};

}  // namespace sayso
