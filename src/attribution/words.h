// A document's words by number and by place, as rules ask for them.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/unicode.h"
#include "document/document.h"

namespace sayso {

// A reference to the document's token, sentence and quote layers; all look-ups are logarithmic.
class Words {
 public:
  explicit Words(const Document& document) : document_(document), tokens_(document.tokens.items) {}

  size_t count() const { return tokens_.size(); }
  Span span(size_t i) const { return tokens_[i].span; }
  std::string_view word(size_t i) const { return document_.at(tokens_[i].span); }
  std::string lower(size_t i) const { return to_lower(word(i)); }

  // The first word that begins at or behind byte `at`; count() when there is none.
  size_t from(uint32_t at) const {
    return static_cast<size_t>(std::lower_bound(tokens_.begin(), tokens_.end(), at,
                                                [](const Token& t, uint32_t b) { return t.span.begin < b; }) - tokens_.begin());
  }
  // Behind the last word that ends at or before byte `at`.
  size_t to(uint32_t at) const {
    return static_cast<size_t>(std::upper_bound(tokens_.begin(), tokens_.end(), at,
                                                [](uint32_t b, const Token& t) { return b < t.span.end; }) - tokens_.begin());
  }
  // From the first byte of word `begin` to behind word `end - 1`. Requires begin < end.
  Span over(size_t begin, size_t end) const { return {tokens_[begin].span.begin, tokens_[end - 1].span.end}; }

  // The sentence that word i stands in. Requires the sentences' layer.
  const Sentence& sentence_of(size_t i) const {
    const auto& sentences = document_.sentences.items;
    return *(std::upper_bound(sentences.begin(), sentences.end(), i, [](size_t n, const Sentence& s) { return n < s.first.index; }) - 1);
  }
  // Is there a line break between word i - 1 and word i? True at the document's first word.
  bool begins_line(size_t i) const {
    if (i == 0) return true;
    const Span gap{tokens_[i - 1].span.end, tokens_[i].span.begin};
    return gap.begin < gap.end && document_.at(gap).find('\n') != std::string_view::npos;
  }

  bool has_capital(size_t i) const {
    size_t at = 0;
    return is_upper(next_code_point(word(i), at));
  }
  // A letter or digit begins it.
  bool is_spoken(size_t i) const {
    size_t at = 0;
    return is_word(next_code_point(word(i), at));
  }

 private:
  const Document& document_;
  const std::vector<Token>& tokens_;
};

// Spans in any order, asked whether one of them overlaps a span. Logarithmic after one sort.
class SpanIndex {
 public:
  explicit SpanIndex(std::vector<Span> spans) : spans_(std::move(spans)) {
    std::sort(spans_.begin(), spans_.end());
    uint32_t end = 0;
    for (const Span& span : spans_) covered_to_.push_back(end = std::max(end, span.end));
  }
  bool overlaps(Span span) const {
    const auto behind = std::lower_bound(spans_.begin(), spans_.end(), Span{span.end, 0});
    return behind != spans_.begin() && covered_to_[static_cast<size_t>(behind - spans_.begin()) - 1] > span.begin;
  }

 private:
  std::vector<Span> spans_;
  std::vector<uint32_t> covered_to_;  // the furthest end of each and all before it
};

// In lower case, a typographer's apostrophe as '.
inline std::string plain_lower(std::string_view word) {
  const size_t at = word.find("’");
  if (at == std::string_view::npos) return to_lower(word);
  return to_lower(word.substr(0, at)).append("'").append(to_lower(word.substr(at + sizeof("’") - 1)));
}

inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}
inline bool is_dash(std::string_view word) { return word == "–" || word == "—" || word == "―" || word == "-" || word == "--"; }

}  // namespace sayso
