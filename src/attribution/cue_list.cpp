#include "attribution/cue_list.h"

#include <algorithm>

#include "base/unicode.h"

namespace sayso {

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (is_space(c)) { in_word = false; continue; }
    const bool word = is_word(c);
    if (!word || !in_word) words.emplace_back();
    words.back() += text.substr(begin, at - begin);
    in_word = word;
  }
  return words;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words = split_words(text);
  for (std::string& word : words) word = to_lower(word);
  return words;
}

Result<CueList> parse_cue_list(std::string_view text, const std::string& where) {
  CueList list;
  size_t number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    line = line.substr(0, line.find('#'));
    const std::vector<std::string> words = words_of(line);
    if (words.empty()) continue;
    const bool cue = words[0] == "cue", stop = words[0] == "stop";
    if ((!cue && !stop) || words.size() < 3 || words[1] != ":")
      return Error{ErrorKind::bad_input, "a line of the cue list is neither “cue: …” nor “stop: …”", where + ":" + std::to_string(number),
                   "Write one phrase a line, for example “cue: went ballistic over”."};
    (cue ? list.cues : list.stops).emplace_back(words.begin() + 2, words.end());
  }
  return list;
}

}  // namespace sayso
