#include <algorithm>
#include <array>

#include "base/unicode.h"
#include "text/clusters.h"
#include "text/text.h"
#include "text/words.h"

namespace sayso {

namespace {

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'\u2019' || c == U'\u02BC' || c == U'`' || c == U'\u00B4'; }
bool is_stop(char32_t c) { return c == U'.' || c == U'!' || c == U'?' || c == U'\u2026' || c == U'\u203C' || c == U'\u2047'; }
bool is_ascii_alnum(char32_t c) { return c < 0x80 && is_word(c) && c != '_'; }
bool is_name_part(char32_t c) { return is_ascii_alnum(c) || c == '_' || c == '.' || c == '-' || c == '%' || c == '+'; }

// What makes up words: letters, numbers, marks, and what cannot be seen (a soft hyphen in a word, a bidirectional control),
// since no reader would say that a word ends there.
bool is_inner(char32_t c) { return is_word(c) || is_mark(c) || (c >= 0x80 && c != 0x200B && is_control(c)); }
bool is_number(char32_t c) { return c < 0x80 ? c >= '0' && c <= '9' : is_digit(c); }

// Longer ones before those that they begin with.
constexpr std::string_view emoticons[] = {">:(", ":-))", ":-)", ":-(", ";-)", ":-D", ":-P", ":-/", ":'(", ":))", ":((",
                                          ":)",  ":(",   ";)",  ";(",  "=)",  "=(",  ":D",  ";D",  "=D",  ":P",  ";P",
                                          ":p",  ":O",   ":o",  ":/",  "<3",  "^_^", "-_-", "(:"};

// Goes over the text once, one run of non-space characters after the other, and cuts words off its front.
class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  Tokens split() {
    for (size_t at = 0; at < text_.size();) {
      size_t next = at;
      const char32_t c = next_code_point(text_, next);
      if (is_space(c)) {
        if (c == '\n') single_open_ = false;
        at = next;
        continue;
      }
      if (at >= run_end_) {
        run_begin_ = at;
        run_end_ = find_space(at);
      }
      at = finish(cut(at));
    }
    return std::move(tokens_);
  }

 private:
  // The last word takes in what combines with its last character: no cut goes through a grapheme cluster.
  size_t finish(size_t end) {
    while (cluster_ < end) cluster_ = cluster_end(text_, cluster_);
    tokens_.items.back().span.end = static_cast<uint32_t>(cluster_);
    return cluster_;
  }

  // ---- looking around: 0 stands for what is outside the run ----

  char32_t after(size_t at) const { return at < run_end_ ? next_code_point(text_, at) : 0; }
  char32_t before(size_t at) const { return at > run_begin_ ? previous_code_point(text_, at) : 0; }

  size_t find_space(size_t at) const {
    while (at < text_.size()) {
      size_t next = at;
      if (is_space(next_code_point(text_, next))) break;
      at = next;
    }
    return at;
  }

  // The first character behind the white space that follows `at`; 0 when the paragraph or the text ends before.
  char32_t next_word(size_t at) const {
    size_t lines = 0;
    // Nine characters of white space are more than any wrapped line has; the bound keeps a text of blanks linear.
    for (size_t steps = 0; at < text_.size() && steps < 9; ++steps) {
      const char32_t c = next_code_point(text_, at);
      if (c == '\n' && ++lines > 1) return 0;
      if (!is_space(c)) return c;
    }
    return 0;
  }

  // Behind the characters from `at` for which `holds`.
  template <class Holds>
  size_t skip(size_t at, Holds holds) const {
    while (at < run_end_) {
      size_t next = at;
      if (!holds(next_code_point(text_, next))) break;
      at = next;
    }
    return at;
  }

  // ---- cutting ----

  void add(size_t begin, size_t end, bool glued = false) {
    std::vector<Token>& items = tokens_.items;
    if (items.size() == items.capacity()) items.reserve(expect_tokens(begin));
    tokens_.glued.push_back(glued && !items.empty() && items.back().span.end == begin);
    items.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}});
  }

  // How many there will be when the text goes on as it began, and an eighth more. While it grows the layer needs its room twice, so it is to grow
  // while it is small; room that is not used is no memory yet.
  size_t expect_tokens(size_t at) const {
    const double share = static_cast<double>(at + 1) / static_cast<double>(text_.size());
    return 64 + static_cast<size_t>(1.125 * static_cast<double>(tokens_.size()) / share);
  }

  size_t cut(size_t at) {
    const char32_t c = after(at);
    const char32_t left = before(at);
    if (!is_inner(left)) {
      if (const size_t end = address_end(at, c)) return add(at, end), end;
      if (const size_t end = emoticon_end(at)) return add(at, end), end;
    }
    if (is_number(c)) return number(at);
    if (is_inner(c)) return word(at);
    if (const size_t end = signed_number_end(at, c, left)) return number(at, end);
    if (is_apostrophe(c))
      if (const size_t end = apostrophe(at, left)) return end;
    if ((c == '@' || c == '#') && !is_inner(left) && is_alpha(after(at + 1))) {
      const size_t end = skip(at + 1, is_inner);
      return add(at, end), end;
    }
    return marks(at, c);
  }

  // https://…, www.…, mailto:…, name@host.org, host.org/page, file.pdf; 0 when none begins at `at`.
  size_t address_end(size_t at, char32_t c) {
    if (!is_ascii_alnum(c) || at < no_address_before_) return 0;
    const size_t name_end = skip(at, is_name_part);
    const std::string_view name = text_.substr(at, name_end - at);
    const std::string_view rest = text_.substr(name_end, std::min<size_t>(3, run_end_ - name_end));
    if (rest == "://" || (rest.starts_with(':') && name == "mailto") || (name.starts_with("www.") && name.size() > 6)) return link_end(name_end);
    if (rest.starts_with('@')) {
      const size_t host_end = trimmed(name_end + 1, skip(name_end + 1, is_name_part));
      const std::string_view host = text_.substr(name_end + 1, host_end - name_end - 1);
      if (host.find('.') != host.npos && is_alpha(before(host_end))) return host_end;
    }
    const size_t end = trimmed(at, name_end);
    const std::string_view trimmed_name = text_.substr(at, end - at);
    const size_t dot = trimmed_name.rfind('.');
    if (dot != trimmed_name.npos && dot > 0 && trimmed_name.size() - dot <= 5 && trimmed_name.find("..") == trimmed_name.npos &&
        is_name_ending(to_lower(trimmed_name.substr(dot + 1))))
      return rest.starts_with('/') && end == name_end ? link_end(name_end) : end;
    // Nothing that begins inside this name can be an address: it would end as this one does.
    no_address_before_ = name_end;
    return 0;
  }

  size_t trimmed(size_t begin, size_t end) const {
    while (end > begin && (text_[end - 1] == '.' || text_[end - 1] == '-' || text_[end - 1] == '+' || text_[end - 1] == '%')) --end;
    return end;
  }

  // A link runs on to a space, a bracket of mark-up or a quotation mark, without the punctuation of the sentence around it.
  size_t link_end(size_t at) const {
    const size_t begin = at;
    bool bracket = false;
    at = skip(at, [&](char32_t c) {
      bracket = bracket || c == '(';
      return c != '<' && c != '>' && c != '"' && c != '|' && (c < 0x80 || is_word(c) || is_mark(c));
    });
    while (at > begin + 1) {
      const char c = text_[at - 1];
      if (c != '.' && c != ',' && c != ';' && c != ':' && c != '!' && c != '?' && c != '\'' && c != ']' && (c != ')' || bracket)) break;
      --at;
    }
    return at;
  }

  size_t emoticon_end(size_t at) const {
    if (std::string_view(":;=<>^-(").find(text_[at]) == std::string_view::npos) return 0;
    for (const std::string_view face : emoticons)
      if (text_.substr(at, face.size()) == face && at + face.size() <= run_end_ && !is_word(after(at + face.size())) &&
          after(at + face.size()) != '/' && (face != "(:" || at == run_begin_))
        return at + face.size();
    return 0;
  }

  // ".5" and "+44" at the begin of a run; 0 when it is none. The end is that of the sign.
  size_t signed_number_end(size_t at, char32_t c, char32_t left) const {
    return (c == '.' || c == '+') && left == 0 && is_number(after(at + 1)) ? at + 1 : 0;
  }

  // A number from `begin`, its digits from `digits`: 1,000.5 · 9/11 · 5:00 · 1980s · 19th · 713-555-0199 · 15|km.
  size_t number(size_t begin, size_t digits) {
    size_t end = skip(digits, is_number);
    size_t groups[4] = {end - digits, 0, 0, 0};  // digits between the hyphens of a telephone number
    size_t count = 1, phone_end = 0;
    bool plain = true;
    for (;;) {
      const char32_t c = after(end);
      if (!(c == '.' || c == ',' || c == ':' || c == '/' || (c == '-' && plain)) || !is_number(after(end + 1))) break;
      const size_t next = skip(end + 1, is_number);
      if (c == '-') {
        if (count == 4) break;
        groups[count++] = next - end - 1;
        phone_end = next;
        // Digits in threes and a four at the end are a telephone number, two groups of two and a year a date (EWT): "713-555-0199",
        // "555-0199", "11-20-2000". Anything else is a range: its hyphen is a word.
      } else if (count > 1) {
        break;
      } else {
        plain = false;
      }
      end = next;
    }
    if (count > 1) {
      const bool phone = groups[count - 1] == 4 && ((count == 2 && groups[0] == 3) || (count == 3 && groups[0] == groups[1] && groups[0] <= 3) ||
                                                    (count == 4 && groups[1] == 3 && groups[2] == 3));
      end = phone ? phone_end : digits + groups[0];
      if (phone) return add(begin, end), end;
    }
    const size_t letters = skip(end, is_inner);
    if (letters > end && is_unit(text_.substr(end, letters - end))) return add(begin, end), end;
    if (letters > end) return word(begin, letters);
    // "the 1980’s": the decade is one word.
    if (is_apostrophe(after(end)) && text_[end - 1] == '0') {
      size_t s = end;
      next_code_point(text_, s);
      if (after(s) == 's' && !is_inner(after(s + 1))) return add(begin, s + 1), s + 1;
    }
    return add(begin, end), end;
  }
  size_t number(size_t at) { return number(at, at); }

  // A word from `begin`, of which [begin, end) is known: letters with the apostrophes, dots and hyphens that hold it together.
  size_t word(size_t begin, size_t end = 0) {
    end = std::max(end, skip(begin, is_inner));
    size_t part = begin;      // of the dotted or hyphenated word: where its last part begins
    size_t dots = 0;          // parts of one or two letters, as in "U.S", "Ph.D"
    for (;;) {
      const char32_t c = after(end);
      size_t next = end;
      if (c) next_code_point(text_, next);
      const char32_t d = c ? after(next) : 0;
      if (is_apostrophe(c) && (is_alpha(d) || is_mark(d))) {
        end = skip(next, is_inner);
      } else if (c == '.' && is_alpha(d) && end - part <= 2 && is_alpha(after(part)) && short_part(next)) {
        ++dots;
        part = next;
        end = skip(next, is_inner);
      } else if (c == '-' && (is_alpha(d) || is_number(d)) && end - part <= 8 && keeps_hyphen(to_lower(text_.substr(part, end - part)))) {
        part = next;
        end = skip(next, is_inner);
      } else if (c == '&' && end - begin <= 3 && is_upper(before(end)) && is_upper(d)) {
        // AT&T, P&L: capitals on both sides, as EWT has them.
        part = next;
        end = skip(next, is_inner);
      } else {
        break;
      }
    }
    if (after(end) == '.' && after(end + 1) != '.' && dot_belongs(begin, part, end, dots)) ++end;
    contract(begin, end);
    return possessive(end);
  }

  // Are the letters from `at` one or two?
  bool short_part(size_t at) const {
    for (int n = 0; n < 3; ++n) {
      if (!is_inner(after(at))) return n > 0;
      next_code_point(text_, at);
    }
    return false;
  }

  bool dot_belongs(size_t begin, size_t part, size_t end, size_t dots) const {
    if (dots) return true;
    if (part != begin || end - begin > 8) return false;
    const std::string_view written = text_.substr(begin, end - begin);
    const char32_t first = after(begin);
    const char32_t right = after(end + 1);
    const char32_t following = right ? right : next_word(end + 1);
    const bool capital = is_upper(first);
    size_t one = begin;
    next_code_point(text_, one);
    if (one == end && capital && is_alpha(first)) {
      // An initial: "M. Anderson", "J.", but "So did I. Then". At the end of a paragraph a letter is a letter.
      return following && !is_stop(following) && (written != "I" || right == 0) && (is_upper(following) || following == ',' || following == '(') &&
             !(written == "I" && !initial_follows(end + 1));
    }
    switch (abbreviation(to_lower(written), capital)) {
      case Abbreviation::none: return false;
      case Abbreviation::number: return is_number(following);
      case Abbreviation::within_only: return following && !is_upper(following) && following != U'\u201C';
      case Abbreviation::title: return following != 0;
      case Abbreviation::anywhere: return true;
    }
    return false;
  }

  // "I. M. Pei": another initial behind the white space.
  bool initial_follows(size_t at) const {
    while (at < text_.size() && text_[at] == ' ' && at < run_end_ + 2) ++at;
    return at + 1 < text_.size() && text_[at] >= 'A' && text_[at] <= 'Z' && text_[at + 1] == '.';
  }

  // Adds [begin, end) as one word or, where two grew together, as several.
  void contract(size_t begin, size_t end) {
    std::array<size_t, 4> cuts{};
    size_t count = 0;
    size_t tail = end;
    while (count < cuts.size()) {
      const size_t cut_at = clitic(begin, tail);
      if (!cut_at || !is_cluster_boundary(cut_at)) break;
      cuts[count++] = cut_at;
      tail = cut_at;
    }
    if (count == 0 && end - begin <= 8)
      if (const size_t at = fused_at(to_lower(text_.substr(begin, end - begin)))) cuts[count++] = begin + at;
    size_t from = begin;
    while (count) {
      const size_t to = cuts[--count];
      add(from, to, from != begin);
      from = to;
    }
    add(from, end, from != begin);
  }

  // Inside a word only a prepended sign (an Arabic number sign) could hold on to the apostrophe behind it.
  bool is_cluster_boundary(size_t at) const {
    size_t left = at;
    previous_code_point(text_, left);
    return cluster_end(text_, left) == at;
  }

  // Where "’s", "’re", "n’t" begins at the end of [begin, end); 0 when nothing is there or nothing would be left.
  size_t clitic(size_t begin, size_t end) const {
    size_t at = end;
    for (int letters = 0; at > begin && letters < 3; ++letters) {
      size_t mark = at;
      if (is_apostrophe(previous_code_point(text_, mark))) {
        const std::string tail = to_lower(text_.substr(at, end - at));
        if (tail == "s" || tail == "m" || tail == "re" || tail == "ve" || tail == "ll" || tail == "d") return mark > begin ? mark : 0;
        if (tail == "t" && mark > begin + 1 && (text_[mark - 1] == 'n' || text_[mark - 1] == 'N')) return mark - 1;
        return 0;
      }
      at = mark;
    }
    return 0;
  }

  // The apostrophe of "the owners’ plan", when no single quotation mark is open that it might close.
  size_t possessive(size_t end) {
    const char32_t c = after(end);
    if ((c != '\'' && c != U'\u2019') || (before(end) != 's' && before(end) != 'S') || single_open_) return end;
    size_t next = end;
    next_code_point(text_, next);
    const char32_t right = after(next);
    if (right ? right != '-' : !is_word(next_word(next))) return end;
    add(end, next, true);
    return next;
  }

  // An apostrophe that begins a word: "’s" behind a closing mark, "’em", "’90s"; else 0. Remembers single quotation marks.
  size_t apostrophe(size_t at, char32_t left) {
    size_t next = at;
    next_code_point(text_, next);
    const char32_t right = after(next);
    const size_t end = skip(next, is_inner);
    if (end > next && end - next <= 5) {
      const std::string lower = to_lower(text_.substr(next, end - next));
      const bool clitic = lower == "s" || lower == "m" || lower == "re" || lower == "ve" || lower == "ll" || lower == "d";
      const bool year = end - next <= 3 && is_number(right) && is_number(after(next + 1)) && (end - next == 2 || after(next + 2) == 's');
      if (clitic || year || is_elision(lower)) return add(at, end, clitic && left != 0), end;
    }
    if (left == 0 || is_punctuation(left)) single_open_ = right != 0;
    else single_open_ = false;
    return 0;
  }

  // Marks that belong together ("...", "?!", "--", "''") are one word, any other character is one.
  size_t marks(size_t at, char32_t c) {
    size_t end = at;
    if (is_stop(c)) {
      end = skip(at, is_stop);
    } else if (c == U'\u2018') {
      single_open_ = true;
    }
    const bool repeats = c < 0x80 ? std::string_view("-=*~+<>_#^$|").find(static_cast<char>(c)) != std::string_view::npos
                                  : c == U'\u2014' || c == U'\u2013' || c == U'\u2015';
    if (repeats) end = skip(at, [&](char32_t d) { return d == c; });
    if (c == '\'' || c == '`' || c == '"' || c == ',' || c == U'\u2018' || c == U'\u2019') {
      // Two of a kind are one mark; ‘’ is a typist's “.
      size_t second = at;
      next_code_point(text_, second);
      const char32_t d = after(second);
      if (d == c || (c == U'\u2018' && d == U'\u2019')) next_code_point(text_, end = second);
    }
    if (end == at) next_code_point(text_, end);
    return add(at, end), end;
  }

  std::string_view text_;
  Tokens tokens_{{"tokens", {}}, {}};
  size_t run_begin_ = 0;
  size_t run_end_ = 0;
  size_t no_address_before_ = 0;
  size_t cluster_ = 0;        // a boundary between grapheme clusters, at or behind the last word's end
  bool single_open_ = false;  // a single quotation mark is open in this paragraph
};

}  // namespace

Tokens split_tokens(const Document& document) { return Splitter(document.text).split(); }

}  // namespace sayso
