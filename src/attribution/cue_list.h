// The user's own cue words and stop words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sayso {

// Phrases in lower case, as words ([letters and digits] or one other character each).
struct CueList {
  std::vector<std::vector<std::string>> cues;   // always cues
  std::vector<std::vector<std::string>> stops;  // never the beginning of a cue
};

// One phrase a line: "cue: went ballistic over" or "stop: supporter"; "#" begins a comment. bad_input names the line that is neither.
Result<CueList> parse_cue_list(std::string_view text, const std::string& where);

// `text` as words, as they are written: runs of letters and digits, or one other visible character each.
std::vector<std::string> split_words(std::string_view text);

// The same in lower case, as phrases are compared.
std::vector<std::string> words_of(std::string_view text);

}  // namespace sayso
