#include <algorithm>

#include "base/unicode.h"
#include "text/paragraphs.h"
#include "text/text.h"
#include "text/words.h"

namespace sayso {

namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_closing_mark(std::string_view word) {
  return is_one_of(word, {"”", "’", "''", "’’", "»", "›", "\"", "'", "\"\"", ")", "]", "}", "“", ">>"});
}
bool is_quotation_mark(std::string_view word) { return is_closing_mark(word) && !is_one_of(word, {")", "]", "}"}); }
bool is_dash(std::string_view word) { return is_one_of(word, {"-", "–", "—", "―", "--"}); }

// Decides sentence ends inside one paragraph, word by word.
class Splitter {
 public:
  Splitter(const Document& document, std::vector<Sentence>& out) : document_(document), tokens_(document.tokens.items), out_(out) {}

  // Of the words [begin, end), all of one paragraph.
  void split(size_t begin, size_t end) {
    begin_ = begin;
    end_ = end;
    open_ = false;
    for (size_t i = begin; i < end; ++i) {
      if (word(i) == "\"" || word(i) == "''") open_ = !open_;
      if (i + 1 == end) break;
      if (const size_t next = sentence_after(i)) {
        for (; i + 1 < next; ++i)
          if (word(i + 1) == "\"" || word(i + 1) == "''") open_ = !open_;
        finish(next);
      }
    }
    finish(end);
  }

 private:
  std::string_view word(size_t i) const { return document_.at(tokens_[i].span); }
  bool touches(size_t i) const { return tokens_[i - 1].span.end == tokens_[i].span.begin; }
  char32_t first_of(size_t i) const {
    size_t at = 0;
    return next_code_point(word(i), at);
  }
  bool has_capital(size_t i) const { return is_upper(first_of(i)) || is_title(first_of(i)); }

  void finish(size_t end) {
    if (end == begin_) return;
    out_.push_back({{tokens_[begin_].span.begin, tokens_[end - 1].span.end},
                    {static_cast<uint32_t>(begin_)}, {static_cast<uint32_t>(end - 1)}});
    begin_ = end;
  }

  // The first word of the next sentence when one ends at word i or at the closing marks behind it; else 0.
  size_t sentence_after(size_t i) const {
    const std::string_view stop = word(i);
    char32_t c = first_of(i);
    const bool abbreviated = stop.size() > 1 && stop.back() == '.' && is_word(c);
    const bool ellipsis = c == U'…' || (stop.size() > 1 && stop.find_first_not_of('.') == stop.npos);
    if (!abbreviated && c != '.' && c != '!' && c != '?' && !ellipsis && c != U'‼' && c != U'⁇') return 0;
    const bool firm = stop.find_first_of("!?") != stop.npos;
    if (is_number_of_list(i)) return 0;

    // Closing marks, notes in brackets ("[12]") and faces stand in the sentence that they follow.
    size_t next = i + 1;
    bool quoted = false, open = open_;
    for (; next < end_; ++next) {
      const std::string_view mark = word(next);
      if (is_closing_mark(mark) && closes(next, open)) {
        quoted = quoted || is_quotation_mark(mark);
        if (mark == "\"" || mark == "''") open = false;
      } else if (mark == "[" && touches(next) && next + 2 < end_ && is_digit(first_of(next + 1)) && word(next + 2) == "]") {
        next += 2;
      } else if (mark.size() > 1 && is_one_of(mark, {":)", ":-)", ":(", ";)", ";-)", ":D", "=)", ":P"})) {
        continue;
      } else {
        break;
      }
    }
    if (next >= end_) return 0;

    const char32_t n = first_of(next);
    const bool spaced = !touches(next);
    const bool capital = has_capital(next);
    if (abbreviated) return spaced && capital && may_end_sentence(i) && starts_sentences(word(next)) ? next : 0;
    // "growth.The": a space was forgotten. "node.js", "3.x": none was.
    if (!spaced) return capital && !ellipsis && next == i + 1 && i > begin_ && tokens_[i - 1].span.size() > 1 ? next : 0;
    if (capital) return quoted && firm && speaker_follows(next) ? 0 : next;
    // What goes on in lower case behind a closed quotation or an ellipsis is the same sentence; behind a plain stop it is careless
    // writing (EWT: 222 of 228 are new sentences).
    if (is_lower(n)) return quoted || ellipsis || next > i + 1 ? 0 : next;
    if (is_dash(word(next))) return next + 1 < end_ && !is_lower(first_of(next + 1)) && !ellipsis ? next : 0;
    if (is_one_of(word(next), {",", ";", ":", ")", "]", "”", "»", "/", "...", "…", ".", "!", "?", "%"})) return 0;
    if (is_one_of(word(next), {"(", "[", "“", "‘", "«", "\"", "'", "``", "''"}))
      return next + 1 < end_ && is_lower(first_of(next + 1)) && word(next) != "“" ? 0 : next;
    return ellipsis && !is_alpha(n) ? 0 : next;
  }

  // Does the mark close what stands before it? By its shape, by its place, and where both are silent by what is open.
  bool closes(size_t i, bool open) const {
    const std::string_view mark = word(i);
    const bool right = i + 1 < end_ && touches(i + 1) && is_word(first_of(i + 1));
    if (right && !is_one_of(mark, {")", "]", "}"})) return false;
    if (is_one_of(mark, {"\"", "''", "'", "\"\""})) return touches(i) || open;
    if (mark == "“") return touches(i);
    return true;
  }

  // "1." and "b)." that begin a sentence number it.
  bool is_number_of_list(size_t i) const {
    if (i != begin_ + 1 || word(i) != ".") return false;
    const std::string_view number = word(begin_);
    return number.size() <= 3 && touches(i) && (is_digit(first_of(begin_)) || (number.size() == 1 && is_alpha(first_of(begin_))));
  }

  // "Inc." may, "Mr." and an initial may not.
  bool may_end_sentence(size_t i) const {
    const std::string_view dotted = word(i);
    const std::string_view stem = dotted.substr(0, dotted.size() - 1);
    if (stem.size() < 2) return false;
    if (is_one_of(stem, {"e.g", "i.e", "E.g", "I.e"})) return false;
    const Abbreviation kind = abbreviation(to_lower(stem), has_capital(i));
    return kind != Abbreviation::title && kind != Abbreviation::number;
  }

  // “Stop!” Brandt said: a speech verb behind at most three words of a name.
  bool speaker_follows(size_t next) const {
    if (starts_sentences(word(next))) return false;
    for (size_t k = next + 1; k < end_ && k <= next + 3; ++k) {
      if (is_speech_verb(word(k))) return true;
      if (!is_word(first_of(k))) return false;
    }
    return false;
  }

  const Document& document_;
  const std::vector<Token>& tokens_;
  std::vector<Sentence>& out_;
  size_t begin_ = 0;   // first word of the sentence that is being read
  size_t end_ = 0;     // behind the paragraph's last word
  bool open_ = false;  // a straight quotation mark is open
};

}  // namespace

Layer<Sentence> split_sentences(const Document& document) {
  Layer<Sentence> sentences{"sentences", {}};
  Splitter splitter(document, sentences.items);
  size_t token = 0;
  for (const Span& paragraph : split_paragraphs(document.text)) {
    const size_t begin = token;
    while (token < document.tokens.size() && document.tokens[token].span.begin < paragraph.end) ++token;
    splitter.split(begin, token);
  }
  return sentences;
}

}  // namespace sayso
