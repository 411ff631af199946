// The closed classes of English words that coreference asks for: pronouns by whom they stand for, and determiners. All words in lower case.
#pragma once

#include <string>

namespace sayso {

// The same rule for all who ask: is this word a pronoun that stands for one or more?
bool is_pronoun(const std::string& word);

// Pronouns.
bool is_first_person(const std::string& word);           // “I”, “we”, “our”
bool is_first_person_singular(const std::string& word);  // “I”, “my”
bool is_third_person(const std::string& word);           // “he”, “her”: one person
bool is_plural_pronoun(const std::string& word);         // “they”
bool is_thing_pronoun(const std::string& word);          // “it”, “this”
bool is_relative_pronoun(const std::string& word);       // “who”, “which”

// Determiners.
bool is_definite(const std::string& word);    // “the”, “those”
bool is_indefinite(const std::string& word);  // “a”, “several”, “three”, “another”
bool is_possessive(const std::string& word);  // “his”, “our”

}  // namespace sayso
