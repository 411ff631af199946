// What a reading says of an attribution besides who, how and what, in few words: which way it came, how firmly it is put, what it makes of others.
// Shared by the views of an article and by sayso explain.
//
// A layer that has not run has nothing to say here: its words are empty. All words are neutralised.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/marks.h"
#include "document/document.h"

namespace sayso {

class Findings {
 public:
  // Refers to both.
  Findings(const Document& document, const MeantSources& meant);

  // Who an entity is: its name, else its first description, else the pronoun that stands for it; “somebody unnamed” where no words do.
  std::string called(Id<Entity> entity, size_t columns) const;
  // The same inside a sentence: “the Vestrand Courier”, where the text writes it so.
  std::string called_in_sentence(Id<Entity> entity, size_t columns) const;
  // Is it kept back by a text that has no words at all for it?
  bool is_wordless(Id<Entity> entity) const;

  // “Helga Brandt → Vestrand Courier → North Coast Agency”; empty for words that came straight from who said them.
  std::string path_of(Id<Attribution> attribution, size_t columns) const;
  // Has it links that not all attributions have?
  bool has_path_of_its_own(Id<Attribution> attribution) const;
  // The links at the end of every path, where there are several attributions: the agency, the paper that had the interview.
  const std::vector<Id<Entity>>& links_of_all() const { return links_of_all_; }

  // “denies: denied”, “possible: possibly”, “heard: keep hearing”: each with the words that say so; empty for what is plainly said to be so.
  std::string firmness_of(Id<Attribution> attribution) const;

  struct Relation {
    const char* how;  // “repeats”, “contradicts”, “firmer than”
    const std::vector<Id<Attribution>>* to;
  };
  // Those that it has to any.
  std::vector<Relation> relations_of(Id<Attribution> attribution) const;

  // Who passes on what was only heard; nothing when it is nobody but the writer.
  std::optional<Id<Entity>> passed_on_by(Id<Attribution> attribution) const;

 private:
  const Document& document_;
  std::vector<std::string> called_;   // each entity
  std::vector<bool> with_article_;    // each entity
  std::vector<Id<Entity>> links_of_all_;
};

// A text may make its attributions repeat and contradict as many as it likes; so many numbers of others are worth reading.
inline constexpr size_t most_numbers = 12;

// “1, 2, 6”; of more than most_numbers, how many are left out.
std::string numbers_of(const std::vector<Id<Attribution>>& attributions);

// “1 source”, “2 sources”.
std::string counted(size_t count, const std::string& word);

// “14%”.
std::string percent(double share);

}  // namespace sayso
