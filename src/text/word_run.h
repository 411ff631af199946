// A stretch of a document's words, read by position: what layout rules look at.
#pragma once

#include <string>
#include <string_view>

#include "base/unicode.h"
#include "document/document.h"

namespace sayso {

// The words [begin, end) of a document. Reading outside gives empty words, so that rules may look ahead without asking.
class WordRun {
 public:
  WordRun(const Document& document, size_t begin, size_t end) : document_(document), begin_(begin), end_(end) {}

  size_t begin() const { return begin_; }
  size_t end() const { return end_; }
  std::string_view operator[](size_t i) const { return i >= begin_ && i < end_ ? document_.at(document_.tokens[i].span) : std::string_view(); }

  // In lower case, a typist's apostrophe as '; empty for a word too long to stand in a table.
  std::string lower(size_t i) const {
    const std::string_view word = (*this)[i];
    if (word.size() > 40) return {};
    const size_t apostrophe = word.find("\u2019");
    if (apostrophe == word.npos) return to_lower(word);
    return to_lower(word.substr(0, apostrophe)) + '\'' + to_lower(word.substr(apostrophe + 3));
  }
  // No white space before word i.
  bool touches(size_t i) const { return i > begin_ && i < end_ && document_.tokens[i - 1].span.end == document_.tokens[i].span.begin; }
  bool has_capital(size_t i) const { return is_upper(first(i)) || is_title(first(i)); }
  bool is_word(size_t i) const { return sayso::is_word(first(i)); }
  bool is_number(size_t i) const { return is_digit(first(i)); }
  char32_t first(size_t i) const {
    const std::string_view word = (*this)[i];
    size_t at = 0;
    return word.empty() ? 0 : next_code_point(word, at);
  }
  // "VESTRAND", "N.Y.", "McALLEN": capitals, at least two.
  bool in_capitals(size_t i) const {
    size_t upper = 0, lower_case = 0;
    const std::string_view word = (*this)[i];
    if (word.size() > 80) return false;
    for (size_t at = 0; at < word.size();) {
      const char32_t c = next_code_point(word, at);
      upper += is_upper(c);
      lower_case += is_lower(c);
    }
    return upper >= 2 && upper > 2 * lower_case;
  }
  bool is_dash(size_t i) const {
    const std::string_view word = (*this)[i];
    return word == "-" || word == "--" || word == "---" || word == "–" || word == "—" || word == "―" || word == "——";
  }
  // From word i to before word j.
  Span span(size_t i, size_t j) const { return {document_.tokens[i].span.begin, document_.tokens[j - 1].span.end}; }
  std::string_view text(size_t i, size_t j) const { return document_.at(span(i, j)); }

 private:
  const Document& document_;
  size_t begin_;
  size_t end_;
};

}  // namespace sayso
