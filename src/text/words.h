// Facts about English words that splitting needs: tables, sorted, looked up in lower case.
#pragma once

#include <cstddef>
#include <string_view>

namespace sayso {

// What the dot behind a word tells.
enum class Abbreviation {
  none,         // "harbour": the dot is a full stop
  title,        // "Mr": the dot belongs to the word and never ends a sentence
  number,       // "No": as a title, before a number only
  anywhere,     // "Inc": the dot belongs to the word and may end a sentence too
  within_only,  // "etc": the dot belongs to the word inside a sentence; at the end it stands alone
};

// Of a word without its dot, in lower case. A few only count when written with a capital ("Sat").
Abbreviation abbreviation(std::string_view lower, bool capital);

// "mid" in "mid-August": the hyphen behind it does not split.
bool keeps_hyphen(std::string_view lower);

// Where a word that two words grew into is split: 3 for "gonna", 0 when it is none.
size_t fused_at(std::string_view lower);

// "km" in "15km" is a word of its own.
bool is_unit(std::string_view suffix);

// "com", "org", "pdf": what ends an address or a file's name.
bool is_name_ending(std::string_view lower);

// "em" in "’em", "til": words that begin with an apostrophe.
bool is_elision(std::string_view lower);

// "said", "asked": between a quotation that ends with ! or ? and the rest of its sentence.
bool is_speech_verb(std::string_view lower);

// "The", "He": words that begin sentences so often that a capital behind "Inc." means a new one.
bool starts_sentences(std::string_view word);

}  // namespace sayso
