// Words cut down to what is compared between two tellings.
#pragma once

#include <string>

namespace sayso {

// The stem of a word in lower case; words that news uses for one thing have one (“talks”, “met”, “meeting” -> meet). Empty for a word that says
// nothing by itself (“the”, “would”, “take”).
std::string stem_of(const std::string& lower_case_word);

}  // namespace sayso
