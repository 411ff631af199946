// Which attributions of one report tell the same thing: that repeat each other, deny each other, or say more firmly what others say.
//
// Method: contents are compared by their words: stems, with one stem for words that news uses for one thing (“talks”, “meeting”), and mentions of one
// entity as one word. Two contents share what stands in both, measured against the shorter one. The thresholds are few and stand with the rules.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "attribution/words.h"
#include "document/document.h"
#include "provenance/amounts.h"
#include "provenance/rebuttals.h"

namespace sayso {

class Retellings {
 public:
  // `document` has attributions, entities and factuality. Of each attribution: `chains`, its first link in front; `silent`, whether it is no more
  // than a refusal to answer. All outlive this.
  Retellings(const Document& document, const Words& words, const std::vector<std::vector<Id<Entity>>>& chains, const std::vector<bool>& silent);

  // Fills the three lists of each. Quadratic in attributions.
  void fill(std::vector<Provenance>& provenance) const;

  // What the headline makes of the words it rests on; nothing without a headline, and where it rests on nobody's words.
  std::optional<HeadlineFinding> headline() const;

 private:
  using Stems = std::vector<uint32_t>;  // numbers of stems, ascending, each once

  struct Told {
    Stems stems;
    bool in_own_words = false;  // stands in quotation marks, itself or by an attribution around it
    Rebuttal rebuttal;
    bool in_headline = false;
    bool obliges = false;       // says what must or should be, or demands it
    bool somebodys = false;     // “his 88 endorsements”
    std::vector<Amount> amounts, counts;  // the counts are those of them that measure nothing
    Stems counted;              // its stems without numbers and those who are only described: what amounts are held against each other for
    Stems of_amounts;           // of these, what the amounts are of
    Stems names;                // of these, who has a name
    Stems days, times;          // words for when: days of the week; months, years, “last”
  };

  Stems stems_of(const Part& part, const SpanIndex& without) const;
  uint32_t number_of(const std::string& stem) const;
  void add_amounts(const Part& content, const SpanIndex& without, Told& told) const;
  Told told_of(uint32_t attribution);
  SpanIndex inner_words(uint32_t attribution) const;
  std::optional<uint32_t> entity_at(size_t word) const;
  bool speaks_in(uint32_t speaker, uint32_t words) const;
  std::vector<std::string> long_words(const Part& part) const;
  bool speaks_for(uint32_t a, uint32_t b) const;
  bool repeats(uint32_t later, uint32_t earlier) const;
  bool contradicts(uint32_t later, uint32_t earlier) const;
  bool counts_otherwise(uint32_t later, uint32_t earlier) const;
  std::optional<uint32_t> rebutted_by(uint32_t attribution) const;
  bool is_about(uint32_t words, uint32_t speaker) const;
  bool is_firmer_telling(uint32_t telling, uint32_t words) const;
  bool is_firmer_than_words(const Factuality& telling, const Stems& stems, uint32_t words) const;
  bool stands_in(uint32_t inner, uint32_t outer) const;
  bool follows_directly(uint32_t later, uint32_t earlier) const;
  bool writer_says(const Stems& headline) const;
  Stems quoted_in(Span span) const;
  bool has_same_cue(uint32_t telling, uint32_t words) const;
  bool is_opinion(uint32_t attribution) const;
  bool hedges_itself(Span headline) const;
  bool is_hedged(const Stems& headline, uint32_t attribution) const;

  const Document& document_;
  const Words& words_;
  const std::vector<std::vector<Id<Entity>>>& chains_;
  const std::vector<bool>& silent_;
  std::optional<Span> headline_;
  mutable std::unordered_map<std::string, uint32_t> numbers_;  // of stems, as they come
  std::vector<std::pair<Span, uint32_t>> mentions_;  // and whose, by begin
  std::vector<std::vector<uint32_t>> inner_;
  std::vector<Told> told_;
};

}  // namespace sayso
