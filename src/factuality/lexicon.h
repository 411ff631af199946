// Words that tell how firmly something is said. Facts about English, kept as lists; the rule for using them stands with each function.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/document.h"

namespace sayso {

// What a cue alone says of its content.
struct CueForce {
  Stance stance = Stance::neutral;
  Modality modality = Modality::certain;
  std::optional<size_t> denial;   // the word of the cue that makes the content negative: “denied”, “n’t” of “does n’t think”
  std::optional<size_t> hedge;    // its word that only may or would: “could be expected”
  bool conditional = false;       // that word is “would”
  bool hearsay = false;           // the speaker passes on what reached him: “have heard”, “is rumoured to”
  bool asks = false;              // a question is put: “asked whether”, “wondered”
  bool asks_if = false;           // the content's first “if” stands for “whether”: “did not say if”
};

// `cue` and `content`: words in lower case, a typographer's apostrophe as '. Without a source (`sourceless`), words of hearing
// and rumour are hearsay.
CueForce force_of_cue(const std::vector<std::string>& cue, const std::vector<std::string>& content, AttributionType type, bool sourceless);

// Each of the following looks at the words that begin at `at` and says how many of them are meant; 0: it is none. `words` as above.

// “plans”, “intended”, “aiming”.
bool is_planning_verb(const std::string& word);

// “may”, “perhaps” -> possible; “likely”, “appears to” -> probable.
struct Hedge {
  size_t words = 0;
  Modality modality = Modality::possible;
  bool negative = false;  // “unlikely”
};
Hedge hedge_at(const std::vector<std::string>& words, size_t at);
// A speaker's own “I think”, “we do not believe”, “I doubt”.
struct OwnBelief {
  size_t words = 0;
  std::optional<size_t> denial;  // the word that makes what follows negative
  size_t denial_words = 1;
};
OwnBelief own_belief_at(const std::vector<std::string>& words, size_t at);
size_t negation_at(const std::vector<std::string>& words, size_t at);
// “if”, “unless”, “provided that”: where a condition begins.
size_t condition_at(const std::vector<std::string>& words, size_t at);
// “plans to”, “intend to”.
size_t intention_at(const std::vector<std::string>& words, size_t at);
// “under cover of”, “ostensibly”.
size_t pretext_at(const std::vector<std::string>& words, size_t at);
// “reportedly”, “is said to”, “word has reached us”.
size_t hearsay_at(const std::vector<std::string>& words, size_t at);

// Does this word begin a clause that hangs on another one (“because”, “although”, “when”)?
bool begins_subordinate(const std::string& word);
// Does it ask (“who”, “why”, “whether”)?
bool is_question_word(const std::string& word);

}  // namespace sayso
