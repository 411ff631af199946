#include "entities/phrases.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "base/unicode.h"

namespace sayso {

size_t token_from(const Document& document, uint32_t at) {
  const auto& tokens = document.tokens.items;
  const auto begins_before = [](const Token& token, uint32_t byte) { return token.span.begin < byte; };
  return static_cast<size_t>(std::lower_bound(tokens.begin(), tokens.end(), at, begins_before) - tokens.begin());
}

size_t token_at(const Document& document, uint32_t at) {
  const auto& tokens = document.tokens.items;
  const auto ends_behind = [](uint32_t byte, const Token& token) { return byte < token.span.end; };
  return static_cast<size_t>(std::upper_bound(tokens.begin(), tokens.end(), at, ends_behind) - tokens.begin());
}

Span head_of(const Document& document, Span span) {
  static const std::unordered_set<std::string> ends = {"of", "in", "at", "from", "for", "with", "on", "by", "who", "whom", "which", "that",
                                                       "familiar", "close", "to", "about", "and", "or", "near", "as", "there", "here", "abroad",
                                                       "elsewhere", "alike", "himself", "herself", "itself", "themselves"};
  Span head{span.begin, span.begin};
  bool any = false;
  for (size_t t = token_at(document, span.begin); t < document.tokens.size(); ++t) {
    const Token& token = document.tokens[t];
    if (token.span.begin >= span.end) break;
    const std::string word = to_lower(document.at(token.span));
    size_t at = token.span.begin;
    const bool spoken = is_word(next_code_point(document.text, at));
    const bool possessive = word == "’" || word == "'" || word == "’s" || word == "'s" || word == "s";
    const bool joins = word == "-" && any && head.end == token.span.begin && token.span.end < span.end &&
                       document.text[token.span.end] != ' ';  // “left-leaning”
    if (possessive || joins) continue;
    if (any && (!spoken || ends.contains(word))) break;
    const bool small = any && !is_capital(document, token.span) && t + 1 < document.tokens.size() && document.tokens[t + 1].span.begin < span.end;
    if (small && ends_phrase(word, to_lower(document.at(document.tokens[t + 1].span)))) break;  // “a study [published] in …”
    if (spoken) {
      head = {std::max(token.span.begin, span.begin), std::min(token.span.end, span.end)};
      any = true;
    }
  }
  return any ? head : span;
}

Span head_of_source(const Document& document, Span source) {
  const std::string_view text = document.at(source);
  for (const std::string_view words : {"words of ", "the words of "})
    if (to_lower(text).starts_with(words)) return head_of(document, {source.begin + static_cast<uint32_t>(words.size()), source.end});
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>("“", "” "), {"\"", "\" "}, {"‘", "’ "}})
    if (const size_t from = text.find(open); from == 0 || (from == 4 && to_lower(text.substr(0, 4)) == "the "))
      if (const size_t to = text.find(close, from + open.size()); to != std::string_view::npos)
        return head_of(document, {source.begin + static_cast<uint32_t>(to + close.size()), source.end});
  return head_of(document, source);
}

std::string first_word(const Document& document, Span span) {
  const std::vector<std::string> words = words_of(document.at(span));
  return words.empty() ? std::string() : words.front();
}

bool is_capital(const Document& document, Span word) {
  size_t at = word.begin;
  return is_upper(next_code_point(document.text, at));
}

bool is_acronym_word(const Document& document, Span word) {
  const std::string_view text = document.at(word);
  return text.size() > 1 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool starts_sentence(const Document& document, Span span) {
  return std::any_of(document.sentences.begin(), document.sentences.end(), [&](const Sentence& s) { return s.span.begin == span.begin; });
}

Span sentence_around(const Document& document, uint32_t at) {
  const auto& sentences = document.sentences.items;
  const auto ends_behind = [](uint32_t byte, const Sentence& sentence) { return byte < sentence.span.end; };
  const auto found = std::upper_bound(sentences.begin(), sentences.end(), at, ends_behind);
  return found != sentences.end() && found->span.begin <= at ? found->span : Span{at, at};
}

bool is_in_headline(const Document& document, Span span) {
  return std::any_of(document.sections.begin(), document.sections.end(),
                     [&](const Section& s) { return s.kind == SectionKind::headline && s.span.contains(span); });
}

bool is_quoted(const Document& document, Span span) {
  return std::any_of(document.quotes.begin(), document.quotes.end(), [&](const Quote& q) { return q.span.contains(span); });
}

bool closes_apposition(const Document& document, uint32_t at) {
  if (at >= document.text.size() || std::string_view(",.;:)—–\n").find(document.text[at]) != std::string_view::npos || document.text[at] == '"')
    return true;
  // “Hill, a doctor at the clinic | and the lead author”.
  const std::string_view rest = std::string_view(document.text).substr(at, 10);
  if (rest.starts_with(" and the ") || rest.starts_with(" and a ") || rest.starts_with(" and an ")) return true;
  // “the Federation of Ward Staff | (FWS), wants”.
  const size_t close = rest.starts_with(" (") ? rest.find(')') : std::string_view::npos;
  return close != std::string_view::npos && close > 3 && close + 1 < rest.size() && (rest[close + 1] == ',' || rest[close + 1] == '.') &&
         std::ranges::all_of(rest.substr(2, close - 2), [](char c) { return c >= 'A' && c <= 'Z'; });
}

LiveItems::LiveItems(const Document& document) {
  const std::string_view text = document.text;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = to_lower(text.substr(begin, std::min<size_t>(end - begin, 12)));
    const bool seen = line.find_first_not_of(" \r\t.") != std::string::npos;
    if (seen && end - begin < 12 && line.find_first_not_of(" \r_*-=~.:0123456789amp") == std::string::npos)
      begins_.push_back(static_cast<uint32_t>(begin));
    begin = end + 1;
  }
}

size_t LiveItems::item_at(uint32_t at) const { return static_cast<size_t>(std::upper_bound(begins_.begin(), begins_.end(), at) - begins_.begin()); }

}  // namespace sayso
