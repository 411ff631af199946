#include <algorithm>
#include <array>

#include "base/unicode.h"
#include "text/paragraphs.h"
#include "text/text.h"
#include "text/words.h"

namespace sayso {

namespace {

// Marks that open and close each other.
enum class Family : uint8_t { none, curly, guillemet, ascii, single, single_guillemet };
constexpr size_t families = 6;

// What a mark's sign alone says; `open` and `close` are only a hint, since « and “ close in some typographies.
enum class Hint : uint8_t { open, close, either };

struct Kind {
  Family family = Family::none;
  Hint hint = Hint::either;
};

Kind kind_of(std::string_view word) {
  struct Row {
    std::string_view mark;
    Kind kind;
  };
  static constexpr Row rows[] = {
      {"“", {Family::curly, Hint::open}},        {"”", {Family::curly, Hint::close}},     {"„", {Family::curly, Hint::open}},
      {"‟", {Family::curly, Hint::open}},        {"＂", {Family::ascii, Hint::either}},   {"«", {Family::guillemet, Hint::open}},
      {"»", {Family::guillemet, Hint::close}},   {"\"", {Family::ascii, Hint::either}},   {"\"\"", {Family::ascii, Hint::either}},
      {"''", {Family::ascii, Hint::either}},     {"``", {Family::ascii, Hint::open}},     {"‘‘", {Family::curly, Hint::open}},
      {"’’", {Family::curly, Hint::close}},      {"‘’", {Family::curly, Hint::either}},   {"‘", {Family::single, Hint::open}},
      {"’", {Family::single, Hint::close}},      {"'", {Family::single, Hint::either}},   {"‚", {Family::single, Hint::open}},
      {"‛", {Family::single, Hint::open}},       {"‹", {Family::single_guillemet, Hint::open}},
      {"›", {Family::single_guillemet, Hint::close}},                                    {",,", {Family::curly, Hint::open}},
      {"<<", {Family::guillemet, Hint::open}},   {">>", {Family::guillemet, Hint::close}}, {"`", {Family::single, Hint::open}}};
  if (word.empty() || word.size() > 6) return {};
  for (const Row& row : rows)
    if (row.mark == word) return row.kind;
  return {};
}

// Finds the quotations of one paragraph after the other.
class Finder {
 public:
  explicit Finder(const Document& document) : document_(document), tokens_(document.tokens.items) {}

  std::vector<Quote> find() {
    size_t token = 0;
    for (const Span& paragraph : split_paragraphs(document_.text)) {
      const size_t begin = token;
      while (token < tokens_.size() && tokens_[token].span.begin < paragraph.end) ++token;
      if (begin < token) read_paragraph(begin, token);
    }
    return std::move(quotes_);
  }

 private:
  // A quotation that has been opened and not yet closed.
  struct Open {
    uint32_t quote = 0;  // in quotes_
    uint32_t token = 0;
    uint32_t before = 0;  // the one of its family below it on the stack, counted from 1
    Family family = Family::none;
  };

  std::string_view word(size_t i) const { return document_.at(tokens_[i].span); }

  // ---- the shape of the mark at token i: what touches it ----

  bool space_left(size_t i) const { return i == begin_ || tokens_[i - 1].span.end != tokens_[i].span.begin; }
  bool space_right(size_t i) const { return i + 1 == end_ || tokens_[i].span.end != tokens_[i + 1].span.begin; }
  bool is_opener_left(size_t i) const {
    if (space_left(i)) return true;
    const std::string_view left = word(i - 1);
    return left == "(" || left == "[" || left == "{" || left == "-" || left == "–" || left == "—" || left == "--" || left == "/" ||
           left == ":" || left == "=" || left == "\xC2\xBF" || left == "\xC2\xA1" ||
           (kind_of(left).family != Family::none && opening_[i - 1 - begin_]);
  }
  bool is_closer_right(size_t i) const {
    if (space_right(i)) return true;
    size_t at = 0;
    const char32_t right = next_code_point(word(i + 1), at);
    return !is_word(right) && right != '(' && right != '[' && right != '$';
  }

  // Is an open quotation of the family there? Answers with the place on the stack, counted from 1; 0 when none is.
  size_t find_open(Family family) const { return top_[static_cast<size_t>(family)]; }
  void push(size_t quote, size_t token, Family family) {
    uint32_t& top = top_[static_cast<size_t>(family)];
    stack_.push_back({static_cast<uint32_t>(quote), static_cast<uint32_t>(token), top, family});
    top = static_cast<uint32_t>(stack_.size());
  }
  void pop() {
    top_[static_cast<size_t>(stack_.back().family)] = stack_.back().before;
    stack_.pop_back();
  }
  // Curly and straight marks close each other where a typist mixed them: “abc". Only when nothing of the own family is open.
  size_t find_open_or_mixed(Family family) const {
    if (const size_t n = find_open(family)) return n;
    if (family == Family::curly) return find_open(Family::ascii);
    if (family == Family::ascii) return find_open(Family::curly);
    return 0;
  }

  bool opens(size_t i, Kind kind) const {
    const bool left = is_opener_left(i), right = is_closer_right(i);
    const bool open = find_open_or_mixed(kind.family) != 0;
    if (kind.family == Family::single) {
      if (kind.hint == Hint::open) return !(right && open);
      return left && !space_right(i) && !(kind.hint == Hint::close && !space_left(i));
    }
    if (kind.hint == Hint::open) return !(open && right && !space_left(i));  // „abc“ and »abc«
    if (kind.hint == Hint::close) return !open && left && !right;              // ”abc” and »abc«
    if (left != right) return left && !(open && i + 1 == end_);
    return !open;
  }

  void read_paragraph(size_t begin, size_t end) {
    begin_ = begin;
    end_ = end;
    clause_ = begin;
    opening_.assign(end - begin, false);
    stack_.clear();
    top_.fill(0);
    const size_t first_quote = quotes_.size();
    const Family carried = carried_;
    bool waiting = carried != Family::none;  // a quotation of the paragraph before is still open
    carried_ = Family::none;

    for (size_t i = begin; i < end; ++i) {
      const Kind kind = kind_of(word(i));
      if (kind.family == Family::none) {
        // The clause begins behind the last full stop that something follows.
        if (i > begin && ends_clause(i - 1)) clause_ = i;
        continue;
      }
      if (is_inch_or_apostrophe(i, kind)) continue;
      const bool reopens = waiting && i == begin && (kind.family == carried || mixes(kind.family, carried)) && !space_right(i);
      if (reopens || opens(i, kind)) {
        opening_[i - begin_] = true;
        push(quotes_.size(), i, kind.family);
        Quote quote;
        quote.span = {tokens_[i].span.begin, tokens_[i].span.end};
        quote.closed = false;
        quote.continues = reopens;
        quotes_.push_back(quote);
        if (reopens) waiting = false;
        continue;
      }
      if (const size_t n = find_open_or_mixed(kind.family)) {
        close(n, i);
        clause_ = i + 1;
      } else if (kind.family != Family::single && kind.family != Family::single_guillemet && i > begin) {
        if (waiting && quotes_.size() == first_quote) {
          // The quotation goes on from the paragraph before, and nobody opened it again.
          add_unopened(begin, i, true);
          waiting = false;
        } else if (clause_ < i) {
          add_unopened(clause_, i, false);
        }
        clause_ = i + 1;
      }
    }
    leave_open(first_quote);
  }

  bool ends_clause(size_t i) const {
    const std::string_view stop = word(i);
    return stop == "." || stop == "!" || stop == "?" || stop == "…";
  }
  static bool mixes(Family a, Family b) {
    return (a == Family::curly && b == Family::ascii) || (a == Family::ascii && b == Family::curly);
  }

  // 6'2", 40": no quotation mark when none is open. The workers’ union: no closing one when another follows.
  bool is_inch_or_apostrophe(size_t i, Kind kind) const {
    if (i == begin_ || space_left(i)) return false;
    const std::string_view left = word(i - 1);
    if (kind.family == Family::ascii) {
      size_t at = left.size();
      return is_digit(previous_code_point(left, at)) && !find_open_or_mixed(Family::ascii) && is_closer_right(i);
    }
    if (kind.family != Family::single || kind.hint == Hint::open) return false;
    if (!find_open(Family::single)) return !is_opener_left(i);
    if (left.back() != 's' || i + 1 >= end_ || !space_right(i)) return false;
    size_t at = 0;
    if (!is_lower(next_code_point(word(i + 1), at))) return false;
    return next_single(i) != 0;
  }

  // The next single mark behind token i when it could close: the possessive before it then cannot be the end. Each look goes no
  // further than the next mark of that family, so that all together are linear.
  size_t next_single(size_t i) const {
    if (next_single_ <= i || next_single_ >= end_) {
      next_single_ = i + 1;
      while (next_single_ < end_ && kind_of(word(next_single_)).family != Family::single) ++next_single_;
    }
    const size_t k = next_single_;
    return k < end_ && k > begin_ && !space_left(k) && is_closer_right(k) ? k : 0;
  }

  // Closes the n-th quotation on the stack at token i. What was opened above it was never closed: single marks were apostrophes
  // then, others end where the outer one does.
  void close(size_t n, size_t i) {
    while (stack_.size() > n) {
      const Open& top = stack_.back();
      Quote& quote = quotes_[top.quote];
      if (top.family == Family::single || top.family == Family::single_guillemet)
        quote.span.end = quote.span.begin;  // dropped below
      else
        quote.span.end = tokens_[i - 1].span.end;
      pop();
    }
    Quote& quote = quotes_[stack_.back().quote];
    quote.span.end = tokens_[i].span.end;
    quote.closed = true;
    pop();
  }

  void add_unopened(size_t from, size_t i, bool continues) {
    Quote quote;
    quote.span = {tokens_[from].span.begin, tokens_[i].span.end};
    quote.opened = false;
    quote.continues = continues;
    // Only what is open now can hold it, and it begins before none of that: nothing of its family is open.
    quotes_.push_back(quote);
  }

  // The paragraph ends: what is open goes on in the next one, or lacks its closing mark.
  void leave_open(size_t first_quote) {
    const uint32_t end = tokens_[end_ - 1].span.end;
    bool outermost = true;
    for (const Open& open : stack_) {
      Quote& quote = quotes_[open.quote];
      const bool single = open.family == Family::single || open.family == Family::single_guillemet;
      if (single && !goes_on(open.family)) {
        quote.span.end = quote.span.begin;
        continue;
      }
      quote.span.end = end;
      if (outermost) {
        carried_ = open.family;
        outermost = false;
        if (!goes_on(open.family)) cut_before_next(open);
      }
    }
    quotes_.erase(std::remove_if(quotes_.begin() + static_cast<ptrdiff_t>(first_quote), quotes_.end(),
                                 [](const Quote& q) { return q.span.begin == q.span.end; }),
                  quotes_.end());
    std::sort(quotes_.begin() + static_cast<ptrdiff_t>(first_quote), quotes_.end(), [](const Quote& a, const Quote& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    set_depths(first_quote);
  }

  // Does the next paragraph open with a mark of the family?
  bool goes_on(Family family) const {
    if (end_ >= tokens_.size()) return false;
    const Family next = kind_of(word(end_)).family;
    return next == family || mixes(next, family);
  }

  // “Abc, he said. “Def.” is two quotations, the first without its closing mark: it ends before the second.
  void cut_before_next(const Open& open) {
    if (open.quote + 1 >= quotes_.size()) return;
    const uint32_t next = quotes_[open.quote + 1].span.begin;
    size_t last = open.token;
    while (last + 1 < end_ && tokens_[last + 1].span.begin < next) ++last;
    if (kind_of(document_.at(tokens_[last + 1].span)).family == open.family) quotes_[open.quote].span.end = tokens_[last].span.end;
  }

  // Quotes are in text order, longer ones first.
  void set_depths(size_t first_quote) {
    std::vector<uint32_t> ends;
    for (size_t k = first_quote; k < quotes_.size(); ++k) {
      Quote& quote = quotes_[k];
      while (!ends.empty() && ends.back() <= quote.span.begin) ends.pop_back();
      quote.depth = static_cast<uint8_t>(std::min<size_t>(ends.size(), 255));
      ends.push_back(quote.span.end);
    }
  }

  const Document& document_;
  const std::vector<Token>& tokens_;
  std::vector<Quote> quotes_;
  // Of the paragraph that is being read:
  size_t begin_ = 0, end_ = 0;
  size_t clause_ = 0;            // where a quotation without an opening mark would begin
  std::vector<bool> opening_;    // which marks opened
  std::vector<Open> stack_;
  std::array<uint32_t, families> top_{};  // of each family the last one on the stack, counted from 1; 0: none
  mutable size_t next_single_ = 0;
  // Of the paragraph before:
  Family carried_ = Family::none;
};

}  // namespace

Layer<Quote> find_quotes(const Document& document) { return {"quotes", Finder(document).find()}; }

}  // namespace sayso
