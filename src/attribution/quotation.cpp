#include "attribution/quotation.h"

#include <algorithm>

#include "base/unicode.h"

namespace sayso {

namespace {

bool has_letter_or_digit(std::string_view word) {
  for (size_t at = 0; at < word.size();)
    if (is_word(next_code_point(word, at))) return true;
  return false;
}

}  // namespace

QuotedWords::QuotedWords(const Document& document) : document_(document) {
  uint32_t end = 0;
  for (const Quote& quote : document.quotes) covered_to_.push_back(end = std::max(end, quote.span.end));
}

Quotation QuotedWords::quotation_of(const Part& part, bool own_only) const {
  const auto& tokens = document_.tokens.items;
  const auto& quotes = document_.quotes.items;
  const auto quote_at = [&](uint32_t at) {
    return static_cast<size_t>(std::upper_bound(quotes.begin(), quotes.end(), at,
                                                [](uint32_t a, const Quote& q) { return a < q.span.begin; }) - quotes.begin());
  };
  size_t words = 0, quoted = 0;
  uint32_t own_end = 0;  // how far the part's own marks reach
  size_t next = own_only ? quote_at(part.spans.front().begin) : 0;
  // A quote that begins with the part itself is its own.
  while (own_only && next > 0 && quotes[next - 1].span.begin == part.spans.front().begin) --next;
  for (const Span& span : part.spans) {
    auto token = std::lower_bound(tokens.begin(), tokens.end(), span.begin, [](const Token& t, uint32_t at) { return t.span.end <= at; });
    for (; token != tokens.end() && token->span.begin < span.end; ++token) {
      uint32_t end = 0;
      if (own_only) {
        for (; next < quotes.size() && quotes[next].span.begin <= token->span.begin; ++next)
          if (quotes[next].span.end <= part.spans.back().end) own_end = std::max(own_end, quotes[next].span.end);
        end = own_end;
      } else if (const size_t before = quote_at(token->span.begin)) {
        end = covered_to_[before - 1];
      }
      if (!has_letter_or_digit(document_.at(token->span))) continue;
      ++words;
      quoted += token->span.end <= end;
    }
  }
  return quoted == 0 ? Quotation::indirect : quoted == words ? Quotation::direct : Quotation::mixed;
}

}  // namespace sayso
