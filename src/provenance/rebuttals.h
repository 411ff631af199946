// What a content says of another one that somebody else has told: that it denies it, by what words. Of words alone; whose words are meant is
// retellings.h's to find.
#pragma once

#include <string>
#include <vector>

namespace sayso {

struct Rebuttal {
  bool points_back = false;   // “the claim”, “it”, “which”: no more than another content
  bool by_noun = false;       // “the claim”, not “it”
  bool untrue = false;        // “the claim was absurd”: of another content, that it is not so
  bool of_denial = false;     // “her denial was a lie”: and that content is a denial
  bool of_report = false;     // “the report”, “the story”: and that content was in the news
  bool has_topic = false;     // “the report about the gold”: and that content shares a word
  bool of_the_sort = false;   // “nothing of the sort”: without a word of what it answers
  bool of_anything = false;   // “that any shot was fired”
  std::string whose;          // “ministry” of “the ministry’s denial”
  std::vector<std::string> absent;  // “raffle” of “there was no raffle”
};

// `words`: the content's, in lower case, without punctuation.
Rebuttal read_rebuttal(const std::vector<std::string>& words);

// Do the words of a cue, in lower case, say that something told is not so (“denied”, “scoffed at”)? “Denied bail” does as well.
bool denies_what_was_told(const std::vector<std::string>& cue);

}  // namespace sayso
