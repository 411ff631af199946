#include "entities/function_words.h"

#include <unordered_set>

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;

const WordSet first_person = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"};
const WordSet first_person_singular = {"i", "me", "my", "mine", "myself"};
const WordSet third_person = {"he", "him", "his", "himself", "she", "her", "hers", "herself"};
const WordSet plural_pronouns = {"they", "them", "their", "theirs", "themselves"};
const WordSet thing_pronouns = {"it", "its", "itself", "this", "that", "these", "those"};
const WordSet relative_pronouns = {"who", "whom", "whose", "which", "that"};
const WordSet other_pronouns = {"you", "your", "yours", "yourself", "yourselves", "who", "whom", "whose", "which", "that", "this", "these", "those",
                                "one", "everyone", "everybody", "someone", "somebody", "anyone", "anybody", "nobody"};

const WordSet definite = {"the", "this", "that", "these", "those"};
const WordSet indefinite = {"a", "an", "some", "several", "many", "few", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "no",
                            "any", "every", "each", "another", "most", "other"};
const WordSet possessives = {"his", "her", "its", "their", "our", "my", "your"};

}  // namespace

bool is_pronoun(const std::string& word) {
  return first_person.contains(word) || third_person.contains(word) || plural_pronouns.contains(word) || thing_pronouns.contains(word) ||
         other_pronouns.contains(word);
}

bool is_first_person(const std::string& word) { return first_person.contains(word); }
bool is_first_person_singular(const std::string& word) { return first_person_singular.contains(word); }
bool is_third_person(const std::string& word) { return third_person.contains(word); }
bool is_plural_pronoun(const std::string& word) { return plural_pronouns.contains(word); }
bool is_thing_pronoun(const std::string& word) { return thing_pronouns.contains(word); }
bool is_relative_pronoun(const std::string& word) { return relative_pronouns.contains(word); }

bool is_definite(const std::string& word) { return definite.contains(word); }
bool is_indefinite(const std::string& word) { return indefinite.contains(word); }
bool is_possessive(const std::string& word) { return possessives.contains(word); }

}  // namespace sayso
