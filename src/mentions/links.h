// Coreference: which mention is the antecedent of which, by the network's score for each pair.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "document/document.h"
#include "mentions/mention_reader.h"

namespace sayso {

// A mention looks for its antecedent among so many before it.
inline constexpr size_t farthest_antecedent = 150;

// What is known of a pair without the network; training/entities/pairs.py is the same. All but numbers_apart (1 or more)
// from the mentions themselves.
struct MentionWords {
  std::vector<std::string> plain;  // in lower case, without a leading article
  std::vector<std::string> all;
  std::string head;
};
MentionWords words_of_mention(const Document& document, const FoundMentions& found, const FoundMention& mention);
PairRows pair_rows(const FoundMention& later, const MentionWords& later_words, const FoundMention& earlier, const MentionWords& earlier_words,
                   size_t numbers_apart);

// One word of two letters or more, the first letters of the other's words (all of them, or without “of”, “the”, “and”, “for”, “in”).
bool is_acronym(const std::vector<std::string>& acronym, const std::vector<std::string>& words);

// Scores of all pairs of a document's mentions; holds references to all that it is made from.
class Links {
 public:
  Links(const Document& document, const FoundMentions& found, const MentionModel& model);

  const MentionWords& words(size_t mention) const { return words_[mention]; }
  // Above 0: `earlier` is rather the antecedent of `later` than not. Requires earlier < later.
  float score(size_t later, size_t earlier) const;
  // The best antecedent above 0 within reach, or `mention` itself.
  size_t antecedent(size_t mention) const;

 private:
  const FoundMentions& found_;
  const EntityHead& head_;
  std::vector<MentionWords> words_;
  EntityHead::Prepared prepared_;
};

}  // namespace sayso
