// What a phrase alone tells of a source: does it hold back who speaks, why, and how many they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/document.h"

namespace sayso {

// Is this a way of speaking of somebody without saying who (“officials”, “a source close to the talks”, “people familiar
// with the matter”, “reports”)?
// `head`: the phrase's head word; `words`: all of it; both in lower case. `of_person`: it says whose they are, and that is a person
// (“Brandt’s allies”).
bool is_anonymous(const std::string& head, const std::vector<std::string>& words, bool of_person);

// Why somebody is not named, in the words of the document: the first of “on condition of anonymity …”, “who asked not to be named …”
// that stands in `where`.
std::optional<Part> find_reason(const Document& document, Span where);

// How many are meant: “three officials” 3, “a source” 1, “officials” 2 or more, “a dozen aides” 12 and so on; nothing for what cannot be counted.
std::optional<Count> count_of(const std::string& head, const std::vector<std::string>& words);

// Is this word plural, as English spells its nouns? In lower case.
bool is_plural(const std::string& word);
// The same by its ending alone: nothing irregular (“people”), no pronoun.
bool is_plural_noun(const std::string& word);

}  // namespace sayso
