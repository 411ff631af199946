#include "text/sections.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/unicode.h"
#include "text/datelines.h"
#include "text/news_names.h"
#include "text/paragraphs.h"
#include "text/word_run.h"
#include "text/words.h"

namespace sayso {

namespace {

template <size_t n>
bool is_one_of(std::string_view word, const std::string_view (&words)[n]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool opens_quote(std::string_view word) {
  static constexpr std::string_view marks[] = {"“", "\"", "«", "„", "''", "``", "‘‘", "\"\""};
  return is_one_of(word, marks);
}
bool closes_quote(std::string_view word) {
  static constexpr std::string_view marks[] = {"”", "\"", "»", "''", "’’", "\"\""};
  return is_one_of(word, marks);
}
bool is_final_mark(std::string_view word) {
  if (word.empty()) return false;
  size_t at = word.size();
  const char32_t c = previous_code_point(word, at);
  return c == '.' || c == '!' || c == '?' || c == U'…' || c == U'‼' || c == U'⁇' || c == U'。' || c == U'！' || c == U'？';
}
bool is_closing(std::string_view word) {
  static constexpr std::string_view marks[] = {"’", "'", ")", "]", "}"};
  return closes_quote(word) || is_one_of(word, marks);
}

// Words that a headline in title case may leave small.
bool is_small_in_titles(std::string_view lower) {
  static constexpr std::string_view words[] = {"a", "an", "the", "and", "or", "but", "nor", "as", "if", "at", "by", "for", "from", "in",
                                               "into", "of", "off", "on", "onto", "out", "over", "per", "than", "to", "up", "via", "vs.",
                                               "vs", "v.", "with", "is", "be", "are", "not", "n't", "’s", "'s", "s", "it", "its", "so",
                                               "yet"};
  return is_one_of(lower, words);
}

// Who wrote and who edited.
constexpr std::string_view credit_hands[] = {"reporting by", "additional reporting by", "additional reporting from", "writing by",
                                             "editing by", "reporting and writing by", "reporting and editing by", "writing and editing by",
                                             "compiled by", "edited by", "with reporting by", "with additional reporting"};

// A paragraph and what its look says.
struct Block {
  Span span;
  uint32_t first = 0;       // of its tokens
  uint32_t end = 0;
  uint32_t sentences = 0;  // that begin in it
  uint32_t words = 0;
  bool gap_before = true;   // a blank line, or the text's begin
  bool gap_after = true;
  bool stops = false;       // ends with . ! ? or …, closing marks behind it or not
  char32_t last = 0;        // the final mark, or the last character when there is none
  bool capitals = false;    // all its letters are
  bool title_case = false;
  bool running = false;     // running text: what an article's body is made of
  bool turn = false;        // begins with who speaks: "SMITH:", "Q:"
  bool taken = false;       // a section covers it
};

// Finds the sections of one document, kind after kind; what one took, the next leaves alone.
class Finder {
 public:
  explicit Finder(const Document& document) : document_(document) {}

  std::vector<Section> find() {
    split_blocks();
    take_markup();
    find_turns();
    find_frame();
    if (!has_headline_) find_headline();
    find_bylines();
    find_datelines();
    find_lists();
    find_quote_blocks();
    find_headings();
    find_background();
    for (const Block& block : blocks_) find_in_brackets(block);
    std::stable_sort(sections_.begin(), sections_.end(), [](const Section& a, const Section& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    return std::move(sections_);
  }

 private:
  WordRun words_of(const Block& block) const { return {document_, block.first, block.end}; }

  void add(SectionKind kind, Span span) {
    Section section;
    section.kind = kind;
    section.span = span;
    sections_.push_back(std::move(section));
  }
  void take(SectionKind kind, Block& block) {
    if (kind == SectionKind::credit) add_credit(words_of(block), block.first, block.end);
    else add(kind, block.span);
    block.taken = true;
  }
  // A credit of the words [begin, end).
  void add_credit(const WordRun& words, size_t begin, size_t end) {
    add(SectionKind::credit, words.span(begin, end));
    sections_.back().agency = find_agency(words, begin, end);
    // “Source: Tarnpress” below the article: one name that sounds like one. “Source: NATO” is a picture's.
    size_t last = end;
    while (last > begin && words[last - 1] == ".") --last;
    if (sections_.back().agency || last < begin + 3 || last > begin + 6 || words.lower(begin) != "source" || words[begin + 1] != ":") return;
    for (size_t i = begin + 2; i < last; ++i)
      if (!words.has_capital(i)) return;
    const std::string name = to_lower(words.text(begin + 2, last));
    for (const std::string_view sound : {"press", "news", "agency", "media", "inform", "wire", "tass", "presse"})
      if (name.find(sound) != name.npos) sections_.back().agency = words.span(begin + 2, last);
  }

  // The first name of an agency among the words: a run with capitals that is one, or begins or ends with one.
  static std::optional<Span> find_agency(const WordRun& words, size_t begin, size_t end) {
    // Longer than any list of reporters; without a bound, brackets in brackets would be read over and over.
    end = std::min(end, begin + 100);
    for (size_t at = begin; at < end;) {
      size_t run = at;
      while (run < end && (words.has_capital(run) || (run > at && words[run] == "-"))) ++run;
      if (run == at) {
        ++at;
        continue;
      }
      if (names_agency(words, at, run)) return words.span(at, run);
      // No agency's name has more than four words.
      for (size_t from = at; from < run; ++from)
        for (size_t to = std::min(run, from + 4); to > from; --to)
          if (words.text(from, to).size() <= 60 && is_agency(to_lower(words.text(from, to)))) return words.span(from, to);
      at = run;
    }
    return std::nullopt;
  }

  // ---- paragraphs and their look ----

  void split_blocks() {
    const auto& tokens = document_.tokens.items;
    size_t token = 0, sentence = 0;
    uint32_t before = 0;
    const std::vector<Span> paragraphs = split_paragraphs(document_.text);
    blocks_.reserve(paragraphs.size());
    for (const Span& span : paragraphs) {
      Block block;
      block.span = span;
      block.first = static_cast<uint32_t>(token);
      while (token < tokens.size() && tokens[token].span.begin < span.end) ++token;
      block.end = static_cast<uint32_t>(token);
      for (; sentence < document_.sentences.size() && document_.sentences[sentence].span.begin < span.end; ++sentence) ++block.sentences;
      if (block.first == block.end) continue;
      block.gap_before = blocks_.empty() || has_blank_line(before, span.begin);
      if (!blocks_.empty()) blocks_.back().gap_after = block.gap_before;
      before = span.end;
      look_at(block);
      blocks_.push_back(block);
    }
  }

  bool has_blank_line(size_t begin, size_t end) const {
    size_t breaks = 0;
    for (size_t at = begin; at < end;) {
      const char32_t c = next_code_point(document_.text, at);
      if (c == '\r' && at < end && document_.text[at] == '\n') ++at;
      breaks += c == '\n' || c == '\r' || c == 0x85 || c == 0x2028;
      if (c == 0x2029 || c == '\f') return true;
    }
    return breaks > 1;
  }

  void look_at(Block& block) const {
    const WordRun words = words_of(block);
    size_t letters = 0, upper = 0, titled = 0, small = 0;
    for (size_t i = block.first; i < block.end; ++i) {
      if (!words.is_word(i)) continue;
      if (!document_.tokens.glued[i]) ++block.words;
      const char32_t first = words.first(i);
      if (is_upper(first) || is_title(first)) ++titled;
      else if (small == 0 && is_lower(first) && !document_.tokens.glued[i] && !is_small_in_titles(words.lower(i))) ++small;
      const std::string_view word = words[i];
      for (size_t at = 0; at < word.size();) {
        const char32_t c = next_code_point(word, at);
        letters += is_alpha(c);
        upper += is_upper(c);
      }
    }
    block.capitals = letters >= 4 && upper == letters;
    // Four words in title case are more than a name.
    block.title_case = small == 0 && titled >= 4;
    size_t last = block.end;
    while (last > block.first + 1 && is_closing(words[last - 1])) --last;
    block.stops = is_final_mark(words[last - 1]);
    const std::string_view final_word = words[last - 1];
    size_t at = final_word.size();
    block.last = previous_code_point(final_word, at);
    // A sentence of twelve words is longer than what stands on a line of its own and still ends with a full stop (a caption, a
    // credit, a subtitle); twenty-five words are longer than nine headlines in ten (PolNeAR).
    block.running = block.words >= 25 || (block.stops && (block.words >= 12 || (block.sentences >= 2 && block.words >= 8)));
  }

  // ---- what mark-up says ----

  void take_markup() {
    size_t b = 0;
    for (const Section& section : document_.markup) {
      while (b < blocks_.size() && blocks_[b].span.end <= section.span.begin) ++b;
      size_t end = b;
      while (end < blocks_.size() && blocks_[end].span.begin < section.span.end) ++end;
      if (end == b) continue;
      sections_.push_back(section);
      if (section.kind == SectionKind::credit || section.kind == SectionKind::byline)
        sections_.back().agency = find_agency(words_of(blocks_[b]), blocks_[b].first, blocks_[b].end);
      if (section.kind == SectionKind::headline && !has_headline_) {
        has_headline_ = true;
        headline_ = end - 1;
      }
      for (size_t k = b; k < end; ++k) blocks_[k].taken = true;
    }
  }

  // ---- who speaks ----

  // Behind the colon of "SMITH:", "Q:", "Jane Doe:" at the begin of a paragraph; 0 when none is there.
  size_t label_end(const Block& block) const {
    const WordRun words = words_of(block);
    size_t at = block.first;
    if (opens_quote(words[at])) ++at;
    const size_t begin = at;
    // "REP. JANE Q. DOE (D-Vestrand):" is what a long one looks like.
    while (at < block.end && at < begin + 12) {
      const std::string_view word = words[at];
      if (word == ":") return at > begin && words.touches(at) ? at + 1 : 0;
      static constexpr std::string_view parts[] = {".", "-", "(", ")", ",", "’", "'", "&", "of", "de", "van", "al"};
      const bool part = words.has_capital(at) || words.is_number(at) || is_one_of(word, parts);
      if (!part || (at == begin && !words.has_capital(at))) return 0;
      ++at;
    }
    return 0;
  }

  void find_turns() {
    struct Label {
      size_t block = 0;
      std::string_view name;
      bool capitals = false;
    };
    std::vector<Label> labels;
    std::unordered_map<std::string_view, size_t> counts;
    size_t in_capitals = 0;
    for (size_t b = 0; b < blocks_.size(); ++b) {
      const size_t end = label_end(blocks_[b]);
      if (!end) continue;
      const WordRun words = words_of(blocks_[b]);
      const std::string_view name = words.text(blocks_[b].first, end - 1);
      bool capitals = true;
      for (size_t i = blocks_[b].first; i + 1 < end; ++i) capitals = capitals && (!words.is_word(i) || words.in_capitals(i) || words[i].size() == 1);
      labels.push_back({b, name, capitals});
      ++counts[name];
      in_capitals += capitals;
    }
    // Who speaks twice takes turns; so do two people in capitals.
    for (const Label& label : labels)
      blocks_[label.block].turn = counts[label.name] >= 2 || (label.capitals && in_capitals >= 2);
    turns_ = static_cast<size_t>(std::count_if(blocks_.begin(), blocks_.end(), [](const Block& block) { return block.turn; }));
  }

  // ---- what frames an article: credits, captions, notes of the editors, embedded posts, dates ----

  void find_frame() {
    body_ = blocks_.size();
    for (size_t b = 0; b < blocks_.size(); ++b) {
      Block& block = blocks_[b];
      if (block.taken) continue;
      if (block.turn) {
        body_ = std::min(body_, b);
        continue;
      }
      if (take_embed(b) || take_note(b) || take_caption(b) || take_credit(b)) continue;
      if (block.running) body_ = std::min(body_, b);
      // Below the headline stand at most a deck, a byline, a place and a picture before the date.
      if (b <= body_ && b < 8)
        if (auto line = read_date_line(words_of(block))) {
          sections_.push_back(*line);
          block.taken = true;
        }
    }
  }

  // The words from `at` on, in lower case, compared with those of `phrase` (blanks between them).
  static bool begins(const WordRun& words, size_t at, std::string_view phrase) {
    while (!phrase.empty()) {
      const size_t blank = phrase.find(' ');
      const std::string_view part = phrase.substr(0, blank);
      if (words.lower(at++) != part) return false;
      phrase = blank == phrase.npos ? std::string_view() : phrase.substr(blank + 1);
    }
    return true;
  }
  template <size_t n>
  static bool begins_with_any(const WordRun& words, size_t at, const std::string_view (&phrases)[n]) {
    const std::string first = words.lower(at);
    return std::any_of(std::begin(phrases), std::end(phrases), [&](std::string_view phrase) {
      return phrase.starts_with(first) && !first.empty() && begins(words, at, phrase);
    });
  }
  template <size_t n>
  static bool contains_any(const WordRun& words, size_t begin, size_t end, const std::string_view (&phrases)[n]) {
    for (size_t i = begin; i < end; ++i)
      if (begins_with_any(words, i, phrases)) return true;
    return false;
  }

  // “… — Jane Doe (@janedoe) March 4, 2016”; an address alone.
  bool take_embed(size_t b) {
    Block& block = blocks_[b];
    const WordRun words = words_of(block);
    if (block.end - block.first == 1) {
      const std::string_view word = words[block.first];
      const bool address = word.starts_with("http://") || word.starts_with("https://") || word.starts_with("pic.twitter.com");
      if (address) return take(SectionKind::embed, block), true;
      return false;
    }
    static constexpr std::string_view frames[] = {"view this post on", "a post shared by", "a video posted by", "a photo posted by"};
    if (block.words <= 30 && begins_with_any(words, block.first, frames)) return take(SectionKind::embed, block), true;
    // From the end: the date, the bracket with the handle, the name, the dash.
    size_t dash = block.end;
    const size_t limit = block.end - block.first > 30 ? block.end - 30 : block.first;
    while (dash > limit && !(words.is_dash(dash - 1) && words[dash - 1] != "-")) --dash;
    if (dash == limit) return false;
    size_t at = dash;
    while (at < block.end && words[at] != "(") ++at;
    if (at == dash || !words[at + 1].starts_with('@') || words[at + 2] != ")") return false;
    at += 3;
    const auto date = read_date(words, at);
    if (!date || !date->has_year) return false;
    if (words[at] == ".") ++at;
    if (at != block.end) return false;
    // The signature on a line of its own signs the lines above it.
    size_t from = b;
    if (dash - 1 == block.first)
      while (from > 0 && !blocks_[from].gap_before && !blocks_[from - 1].taken && !blocks_[from - 1].turn && b - from < 8) --from;
    add(SectionKind::embed, {blocks_[from].span.begin, block.span.end});
    for (size_t k = from; k <= b; ++k) blocks_[k].taken = true;
    return true;
  }

  bool take_note(size_t b) {
    Block& block = blocks_[b];
    const WordRun words = words_of(block);
    size_t at = block.first;
    while (at < block.end && at < block.first + 2 && !words.is_word(at)) ++at;  // "(", "*"
    static constexpr std::string_view notes[] = {"editor 's note", "editors ' note", "editors 's note", "editor ' s note", "editorial note",
                                                 "ed. note", "ed . note", "eds . note", "eds note", "translator 's note",
                                                 "translator ' s note", "translators ' note", "publisher 's note", "author 's note",
                                                 "note to readers", "note to editors"};
    if (begins_with_any(words, at, notes)) return take(SectionKind::note, block), true;
    if (b == 0) return false;
    static constexpr std::string_view corrections[] = {"correction :", "corrections :", "clarification :", "correction appended"};
    if (begins_with_any(words, at, corrections)) return take(SectionKind::note, block), true;
    // "This article has been updated …", "An earlier version of this story …"
    static constexpr std::string_view texts[] = {"this article", "this story", "this post", "this piece", "this report", "this version"};
    static constexpr std::string_view changes[] = {"has been updated", "was updated", "has been corrected", "was corrected",
                                                   "has been changed", "has been amended", "was amended", "has been edited", "corrects",
                                                   "removes", "will be updated", "has been revised", "was revised"};
    if (block.words <= 90 && begins_with_any(words, at, texts) && contains_any(words, at, std::min<size_t>(at + 8, block.end), changes))
      return take(SectionKind::note, block), true;
    static constexpr std::string_view versions[] = {"an earlier version of", "a previous version of", "earlier versions of",
                                                    "an earlier headline"};
    if (block.words <= 90 && begins_with_any(words, at, versions)) return take(SectionKind::note, block), true;
    return false;
  }

  // Who made the picture: "Photo: Jane Doe", "(AP Photo/John Roe)", "Image: NASA." from word `at`.
  static bool begins_picture_credit(const WordRun& words, size_t at) {
    static constexpr std::string_view credits[] = {"photo :", "photos :", "photograph :", "photographs :", "image :", "images :",
                                                   "picture :", "pictures :", "photo credit", "photo credits", "image credit",
                                                   "picture credit", "photo by", "photos by", "photograph by", "photographs by",
                                                   "picture by", "image by", "images by", "photo courtesy", "photos courtesy",
                                                   "image courtesy", "ap photo", "file photo", "reuters /", "afp /", "getty images",
                                                   "getty /", "credit :", "courtesy of", "courtesy :", "graphic :", "illustration :",
                                                   "illustration by", "video :", "video by", "photo /", "epa /", "photo from"};
    return begins_with_any(words, at, credits);
  }

  bool take_caption(size_t b) {
    Block& block = blocks_[b];
    if (b == 0 || block.words > 80) return false;  // the longest caption of a large agency has about seventy words
    const WordRun words = words_of(block);
    static constexpr std::string_view starts[] = {"pictured :", "file photo :", "caption :", "photo caption", "image caption",
                                                  "pictured above", "in this file photo", "in this photo", "in this undated photo",
                                                  "in this image"};
    if (begins_with_any(words, block.first, starts)) return take(SectionKind::caption, block), true;
    if (words[block.first] == "FILE" && words.is_dash(block.first + 1)) return take(SectionKind::caption, block), true;
    if (begins(words, block.first, "in this")) {
      // "In this March 4, 2016, file photo …"
      size_t at = block.first + 2;
      if (read_date(words, at)) {
        while (words[at] == "," || words.lower(at) == "file") ++at;
        static constexpr std::string_view pictures[] = {"photo", "image", "photograph", "picture"};
        if (begins_with_any(words, at, pictures)) return take(SectionKind::caption, block), true;
      }
    }
    // The credit at the end, in brackets or behind the last full stop. A caption is a sentence or two.
    if (block.sentences > 4) return false;
    size_t end = block.end;
    if (words[end - 1] == "." && end - 1 > block.first && (words[end - 2] == ")" || words[end - 2] == "]")) --end;
    if (words[end - 1] == ")" || words[end - 1] == "]") {
      size_t open = end - 1;
      const size_t limit = end - block.first > 16 ? end - 16 : block.first;
      while (open > limit && words[open] != "(" && words[open] != "[") --open;
      if (open > block.first + 2 && (words[open] == "(" || words[open] == "[") && is_picture_credit(words, open + 1, end - 1))
        return take(SectionKind::caption, block), true;  // the brackets make the credit, see find_in_brackets()
      return false;
    }
    const size_t limit = end - block.first > 14 ? end - 14 : block.first;
    for (size_t at = end; at > limit + 1; --at) {
      const size_t credit = at - 1;
      if (credit <= block.first + 2 || !words.has_capital(credit) || words.lower(credit) == "video" || !begins_picture_credit(words, credit))
        continue;
      // Behind a full stop, or with a colon in what is short enough for a caption without one.
      const std::string_view left = words[credit - 1];
      if (!is_final_mark(left) && left != "|" && !closes_quote(left) && !(words[credit + 1] == ":" && block.words <= 30)) continue;
      add_credit(words, credit, block.end);
      return take(SectionKind::caption, block), true;
    }
    return false;
  }

  // Of the words in brackets.
  static bool is_picture_credit(const WordRun& words, size_t begin, size_t end) {
    if (begins_picture_credit(words, begin)) return true;
    bool slash = false, agency = false, picture = false;
    for (size_t i = begin; i < end; ++i) {
      const std::string lower = words.lower(i);
      if (words[i] == "/" || words[i].find('/') != std::string_view::npos) slash = true;
      if (is_agency(lower) || lower == "epa" || lower == "getty" || lower == "shutterstock" || lower == "rex" || lower == "istock") agency = true;
      if (lower == "photo" || lower == "photograph" || lower == "images") picture = true;
    }
    return (agency && (slash || picture)) || (slash && picture);
  }

  bool take_credit(size_t b) {
    Block& block = blocks_[b];
    const WordRun words = words_of(block);
    if (b == 0 || block.words > 80) return false;
    const size_t at = block.first;
    static constexpr std::string_view rights[] = {"copyright", "©", "( c )", "all rights reserved", "reprinted with", "reprinted courtesy",
                                                  "republished with"};
    size_t start = at;
    if (words.is_dash(start) || words[start] == "*") ++start;
    if (begins_with_any(words, start, credit_hands)) return take(SectionKind::credit, block), true;
    if (begins_with_any(words, at, rights) && names_rights(words, at, block)) return take(SectionKind::credit, block), true;
    const bool via = words.lower(at) == "via" && block.words <= 4 && words.has_capital(at + 1) && !block.stops;
    if (via || begins(words, at, "source :") || begins(words, at, "sources :")) {
      // "Source: harbour board", not a sentence about a source.
      if (block.words <= 15 && block.sentences <= 2) return take(SectionKind::credit, block), true;
      return false;
    }
    if (begins_picture_credit(words, at)) {
      static constexpr std::string_view tellers[] = {"photo :", "photos :", "image :", "images :", "picture :", "pictures :", "video :",
                                                     "graphic :"};
      // Behind "Photo:" stands a name, or what the picture shows.
      const bool tells = begins_with_any(words, at, tellers) && block.words > 8;
      return take(tells ? SectionKind::caption : SectionKind::credit, block), true;
    }
    if (block.words <= 8 && ends_with_picture_agency(words)) return take(SectionKind::credit, block), true;
    static constexpr std::string_view origins[] = {"this article originally appeared", "this story originally appeared",
                                                   "this post originally appeared", "this article first appeared",
                                                   "this story first appeared", "this piece originally appeared",
                                                   "this article was originally published", "this story was originally published",
                                                   "this article was first published", "this story was first published",
                                                   "this piece was originally published", "originally published"};
    if (begins_with_any(words, at, origins)) return take(SectionKind::credit, block), true;
    // "— AP" below the last paragraph.
    if (words.is_dash(at) && block.end - at <= 6) {
      size_t last = block.end;
      if (words[last - 1] == ".") --last;
      if (names_agency(words, at + 1, last)) return take(SectionKind::credit, block), true;
    }
    // "Jane Doe contributed to this report."; at the end also "Jane Doe contributed."
    if (block.words > 60 || b < body_ || !words.has_capital(at)) return false;
    static constexpr std::string_view helps[] = {"contributed reporting", "contributed research", "contributed to this report",
                                                 "contributed to this story", "contributed to this article", "contributed to this post"};
    static constexpr std::string_view short_helps[] = {"contributed .", "contributed from"};
    if (contains_any(words, at, block.end, helps) || (b + 4 > blocks_.size() && contains_any(words, at, block.end, short_helps)))
      return take(SectionKind::credit, block), true;
    return false;
  }

  static bool names_rights(const WordRun& words, size_t at, const Block& block) {
    if (words[at] == "©") return true;
    if (begins(words, at, "all rights") || begins(words, at, "reprinted") || begins(words, at, "republished")) return true;
    // "Copyright 2016 North Coast Agency", "Copyright © 2016", "(c) 2016": a year, since copyright is also a subject.
    for (size_t i = at + 1; i < std::min<size_t>(at + 5, block.end); ++i)
      if (words[i] == "©" || (words[i].size() == 4 && words.is_number(i))) return true;
    return false;
  }

  // "Jane Doe via Getty Images", "John Roe/Getty Images."
  static bool ends_with_picture_agency(const WordRun& words) {
    size_t end = words.end();
    if (end > words.begin() + 1 && words[end - 1] == ".") --end;
    const std::string last = words.lower(end - 1);
    const bool images = end >= words.begin() + 2 && last == "images" && (words.lower(end - 2) == "getty" || words.lower(end - 2) == "corbis");
    if (images || last == "shutterstock" || (last == "getty" && end == words.begin() + 1)) return true;
    // "Jane Doe/AP"
    if (end < words.begin() + 3 || words[end - 2] != "/") return false;
    return (is_agency(last) || last == "epa" || last == "getty" || last == "instagram" || last == "twitter") && words.has_capital(words.begin());
  }

  // ---- headline ----

  void find_headline() {
    if (blocks_.size() < 2) return;
    // Above it may stand a byline, a date or one word for the page's part ("POLITICS").
    size_t h = 0;
    while (h < 3 && h + 1 < blocks_.size() && (blocks_[h].taken || is_byline(blocks_[h], true))) ++h;
    if (h + 2 < blocks_.size() && blocks_[h].words <= 2 && blocks_[h].capitals && blocks_[h].gap_after && !blocks_[h].taken && !blocks_[h].turn &&
        blocks_[h + 1].words >= 4 && !blocks_[h + 1].running && !blocks_[h + 1].taken && may_be_headline(h + 1)) {
      take(SectionKind::heading, blocks_[h]);
      ++h;
    }
    if (!may_be_headline(h)) return;
    size_t last = h;
    // A headline of two lines: the second goes on from the first.
    if (h + 2 < blocks_.size() && !blocks_[h].gap_after && is_second_line(blocks_[h], blocks_[h + 1])) last = h + 1;
    add(SectionKind::headline, {blocks_[h].span.begin, blocks_[last].span.end});
    for (size_t b = h; b <= last; ++b) blocks_[b].taken = true;
    headline_ = last;
    has_headline_ = true;
    // The deck below it: one or two lines without a full stop before the article begins.
    for (size_t b = last + 1; b + 1 < blocks_.size() && b <= last + 2; ++b) {
      Block& deck = blocks_[b];
      if (is_byline(deck, true)) break;
      if (deck.taken) continue;
      const Block& next = blocks_[b + 1];
      const bool line = !deck.stops && !deck.turn && deck.words >= 3 && deck.words <= 40 && deck.last != ':' && deck.last != ',' && !is_item(deck);
      const bool alone = deck.gap_after || next.running || next.taken || is_byline(next, true);
      if (!line || !alone || !begins_upright(deck) || starts_dateline(b) || !text_follows(b)) break;
      take(SectionKind::heading, deck);
    }
    body_ = std::max(body_, std::min(last + 1, blocks_.size()));
  }

  // Does it begin as a title does: with a capital, a number or a mark?
  bool begins_upright(const Block& block) const {
    const WordRun words = words_of(block);
    size_t at = block.first;
    if (opens_quote(words[at]) || words[at] == "‘" || words[at] == "'") ++at;
    return words.has_capital(at) || words.is_number(at) || words[at] == "#" || words[at] == "$" || words[at] == "£" || words[at] == "€";
  }

  bool starts_dateline(size_t b) const {
    return b < blocks_.size() && !blocks_[b].taken && read_dateline(words_of(blocks_[b]), {true, turns_ > 0}).has_value();
  }

  // Running text or a turn in one of the next paragraphs.
  bool text_follows(size_t b) const {
    // Deck, byline, date, place, picture and credit, twice over.
    for (size_t k = b + 1; k < std::min(blocks_.size(), b + 13); ++k)
      if (blocks_[k].running || blocks_[k].turn) return true;
    return false;
  }

  bool may_be_headline(size_t h) const {
    const Block& block = blocks_[h];
    if (block.taken || block.turn || h + 1 >= blocks_.size() || is_item(block)) return false;
    // The longest of PolNeAR's 924 headlines has 226 characters, in 38 words.
    if (block.words < 2 || block.words > 40 || block.span.size() > 400 || block.sentences > 3) return false;
    if (!begins_upright(block) || block.last == ':' || (block.last == ',' && block.gap_after)) return false;
    if (block.last == ';' && (block.gap_after || !is_second_line(block, blocks_[h + 1]))) return false;
    if (!text_follows(h) || starts_dateline(h)) return false;
    const Block& next = blocks_[h + 1];
    if (!block.gap_after && !next.running && !next.taken && !next.turn && !is_second_line(block, next) && !is_byline(next, true) &&
        !starts_dateline(h + 1)) {
      // Lines of a poem, an address or a list. A line, a deck and a blank line are a headline.
      if (next.stops || !next.gap_after) return false;
    }
    if (!block.stops || block.last == U'…' || ends_with_dots(block)) return !block.running || block.title_case || block.words <= 25;
    if (block.title_case) return true;
    // A sentence with its full stop is a headline when what follows begins an article.
    const bool article = starts_dateline(h + 1) || is_byline(next, true) || (next.taken && is_dated(next)) ||
                         (h + 2 < blocks_.size() && !next.running && starts_dateline(h + 2));
    if (article) return block.sentences <= 2;
    if (block.gap_after && block.sentences == 1 && block.words <= 16 && turns_ == 0 && !is_quoted(block) && is_told_again(h)) return true;
    // A question or a cry is one when the article stands apart from it.
    if (block.last != '?' && block.last != '!') return false;
    return block.gap_after && block.sentences == 1 && block.words <= 20 && next.running && turns_ == 0 && !is_quoted(block);
  }

  // "Judge rejects request to unseal file." Six in ten of its longer words, three at least, stand in the next three paragraphs, by
  // their first five letters.
  bool is_told_again(size_t h) const {
    const auto long_words = [&](const Block& block) {
      std::unordered_set<std::string> out;
      const WordRun words = words_of(block);
      for (size_t i = words.begin(); i < words.end(); ++i)
        if (const std::string word = words.lower(i); word.size() >= 4) out.insert(word.substr(0, 5));
      return out;
    };
    std::unordered_set<std::string> below;
    for (size_t b = h + 1; b < std::min(blocks_.size(), h + 4); ++b) below.merge(long_words(blocks_[b]));
    const std::unordered_set<std::string> own = long_words(blocks_[h]);
    const auto again = std::count_if(own.begin(), own.end(), [&](const std::string& word) { return below.contains(word); });
    return again >= 3 && 10 * again >= 6 * static_cast<std::ptrdiff_t>(own.size());
  }

  bool ends_with_dots(const Block& block) const {
    const std::string_view word = document_.at(document_.tokens[block.end - 1].span);
    return word.size() >= 3 && word.find_first_not_of('.') == word.npos;
  }
  bool is_quoted(const Block& block) const { return opens_quote(document_.at(document_.tokens[block.first].span)); }
  bool is_dated(const Block& block) const {
    return std::any_of(sections_.begin(), sections_.end(), [&](const Section& s) { return s.kind == SectionKind::dateline && s.span == block.span; });
  }

  bool is_second_line(const Block& first, const Block& second) const {
    if (second.taken || second.turn || second.running || is_item(second) || !second.gap_after) return false;
    if (second.words > 25 || is_byline(second, true) || read_date_line(words_of(second))) return false;
    // Archives of newspapers write "Dock owners in secret talks; ⏎ Minister says both sides met."
    if (first.last == ';') return true;
    if (second.stops != first.stops) return false;
    if (first.last == ',' || first.last == '-' || first.last == U'–' || first.last == U'—') return true;
    if (first.capitals && second.capitals) return true;
    const WordRun words = words_of(second);
    const WordRun before = words_of(first);
    return is_lower(words.first(second.first)) || is_small_in_titles(before.lower(first.end - 1));
  }

  // ---- bylines ----

  void find_bylines() {
    const size_t limit = std::min(std::min(body_ + 1, blocks_.size()), size_t{10});
    for (size_t b = 0; b < limit; ++b) {
      Block& block = blocks_[b];
      if (block.taken || block.turn) continue;
      if (auto byline = read_byline(block, has_headline_ || b > 0)) {
        block.taken = true;
        // Below the name the agency, on a line of its own.
        if (!byline->agency && !block.gap_after && b + 1 < blocks_.size() && !blocks_[b + 1].taken && blocks_[b + 1].words <= 5) {
          Block& below = blocks_[b + 1];
          if (names_agency(words_of(below), below.first, below.end)) {
            byline->agency = below.span;
            byline->span.end = below.span.end;
            below.taken = true;
          }
        }
        sections_.push_back(*byline);
      }
    }
  }

  bool is_byline(const Block& block, bool below) const { return !block.turn && read_byline(block, below).has_value(); }

  // Behind a person's name from word `at`: capitals, initials, particles. `count` is how many words with a capital.
  static size_t name_end(const WordRun& words, size_t at, size_t& count) {
    static constexpr std::string_view particles[] = {"de", "da", "di", "del", "della", "der", "den", "van", "von", "la", "le", "el", "al",
                                                     "bin", "ibn", "ben", "abu", "dos", "du", "ter", "ten", "y", "e", "’t", "'t"};
    count = 0;
    for (;;) {
      if (words.has_capital(at)) {
        ++count;
        ++at;
        if (words[at] == "." && words.touches(at) && words[at - 1].size() <= 2) ++at;
      } else if ((words[at] == "-" || words[at] == "’" || words[at] == "'") && words.touches(at) && words.touches(at + 1) && count) {
        ++at;
        if (!words.has_capital(at)) ++at;
      } else if (is_one_of(words[at], particles) && (words.has_capital(at + 1) || is_one_of(words[at + 1], particles))) {
        ++at;
      } else {
        return at;
      }
    }
  }

  static bool is_role_word(std::string_view lower) {
    static constexpr std::string_view roles[] = {"staff", "writer", "writers", "reporter", "reporters", "correspondent", "correspondents",
                                                 "editor", "editors", "columnist", "contributor", "contributing", "bureau", "chief",
                                                 "journalist", "producer", "analyst", "photographer"};
    return is_one_of(lower, roles);
  }

  // "By Jane Doe", "By JANE DOE and JOHN ROE, Associated Press", "Jane Doe | Reuters", "Jane Doe, staff writer".
  std::optional<Section> read_byline(const Block& block, bool below) const {
    // Three names with a title each have about thirty words.
    if (block.words > 30 || block.words < 2 || block.end - block.first > 45) return std::nullopt;
    const WordRun words = words_of(block);
    size_t at = block.first, end = block.end;
    if (words[end - 1] == "." && end - 1 > at) --end;
    static constexpr std::string_view makers[] = {"written by", "words by", "story by", "reported by", "report by", "posted by",
                                                  "published by", "text by", "article by"};
    bool by = false;
    if (words.lower(at) == "by") {
      ++at;
      by = true;
    } else if (begins_with_any(words, at, makers)) {
      at += 2;
      by = true;
    } else if (begins(words, at, "from our") || begins(words, at, "by our")) {
      return words.lower(end - 1) == "correspondent" && block.words <= 5 ? std::optional(byline(block, {})) : std::nullopt;
    }
    if (!by && !below) return std::nullopt;
    if (words[at] == ":") ++at;
    if (by && (words.lower(at) == "a" || words.lower(at) == "our" || words.lower(at) == "staff") && is_role_word(words.lower(end - 1)) &&
        block.words <= 7)
      return byline(block, {});

    std::optional<Span> agency;
    size_t people = 0;
    bool role = false, opened = false;
    for (bool first = true; at < end; first = false) {
      size_t count = 0;
      if (words.lower(at) == "the" && (!first || by)) ++at;
      const size_t next = name_end(words, at, count);
      if (next > at) {
        size_t medium = at;
        const std::string opening = words.lower(at);
        if (month_of(opening) || is_weekday(opening)) {
          // "By Jane Doe | March 3, 2016"
          size_t behind = at;
          if (first || !read_date(words, behind)) return std::nullopt;
          at = behind;
          size_t time = words[at] == "," ? at + 1 : at;
          if (skip_time(words, time)) at = time;
          continue;
        }
        if (opening == "the" && next > at + 1) ++medium;
        if (names_agency(words, at, next) || names_agency(words, medium, next)) {
          if (first && !by) return std::nullopt;
          if (!agency) agency = words.span(names_agency(words, at, next) ? at : medium, next);
        } else {
          bool roles = false;
          for (size_t i = at; i < next; ++i) roles = roles || is_role_word(words.lower(i));
          if (roles && !first) role = true;
          else if (count < 2 || count > 6) {
            if (first || !opened) return std::nullopt;
          } else {
            ++people;
          }
        }
        at = next;
      } else if (!first && words[at].starts_with('@')) {
        ++at;
      } else if (is_role_word(words.lower(at)) && !first) {
        role = true;
        ++at;
      } else if (!first && words.is_number(at)) {
        size_t behind = at;
        if (!read_date(words, behind) && !skip_time(words, behind)) return std::nullopt;
        at = behind;
      } else {
        static constexpr std::string_view links[] = {",", "and", "&", "|", "/", "in", "for", "of", "at", "with", "•", "·", "(", ")", ";",
                                                     "senior", "political", "special", "foreign", "national", "diplomatic", "business", "on",
                                                     "health", "science", "education", "environment", "economics", "crime", "home", "sports", "legal",
                                                     "transport", "technology", "religious", "arts", "culture", "industrial", "social", "affairs"};
        if (first || !(is_one_of(words[at], links) || words.is_dash(at))) return std::nullopt;
        // Behind these one word may follow: a paper, a town.
        static constexpr std::string_view openers[] = {"|", "•", "·", "/", "for", "in", "at", "of"};
        opened = is_one_of(words[at], openers);
        ++at;
      }
    }
    if (by ? !(people || agency) : !(people == 1 && (agency || role))) return std::nullopt;
    return byline(block, agency);
  }

  static Section byline(const Block& block, std::optional<Span> agency) {
    Section section;
    section.kind = SectionKind::byline;
    section.span = block.span;
    section.agency = agency;
    return section;
  }

  // ---- datelines ----

  void find_datelines() {
    for (size_t b = 0; b < blocks_.size(); ++b) {
      Block& block = blocks_[b];
      if (block.taken || block.turn || block.capitals) continue;
      const bool opening = b <= body_ && b < 10;
      if (auto dateline = read_dateline(words_of(block), {opening, turns_ > 0})) {
        if (dateline->span.end == block.span.end) block.taken = true;
        sections_.push_back(std::move(*dateline));
      }
    }
  }

  // ---- lists ----

  enum class Item : uint8_t { none, bullet, dash, number };

  Item item_of(const Block& block) const {
    const WordRun words = words_of(block);
    const std::string_view first = words[block.first];
    static constexpr std::string_view bullets[] = {"•", "*", "·", "◦", "▪", "‣", "●", "■", "–", "-", "➢", "✓"};
    if (is_one_of(first, bullets)) {
      if (block.end - block.first < 2 || !words.is_word(block.first + 1)) return Item::none;
      return first == "-" || first == "–" ? Item::dash : Item::bullet;
    }
    const std::string_view second = words[block.first + 1];
    if (first.size() <= 2 && words.is_number(block.first) && (second == "." || second == ")") && words.touches(block.first + 1) &&
        !words.touches(block.first + 2))
      return Item::number;
    if (first == "(" && words[block.first + 2] == ")" && second.size() <= 2 && words.touches(block.first + 1)) return Item::number;
    return Item::none;
  }
  bool is_item(const Block& block) const { return item_of(block) != Item::none; }

  void find_lists() {
    for (size_t b = 0; b < blocks_.size();) {
      const Item item = blocks_[b].taken || blocks_[b].turn ? Item::none : item_of(blocks_[b]);
      size_t end = b + 1;
      // A dash may begin a turn of a dialogue: only lines without a blank one between them are entries.
      while (item != Item::none && end < blocks_.size() && !blocks_[end].taken && item_of(blocks_[end]) == item &&
             (item != Item::dash || !blocks_[end].gap_before))
        ++end;
      if (item != Item::none && end - b >= 2) {
        add(SectionKind::list, {blocks_[b].span.begin, blocks_[end - 1].span.end});
        for (size_t k = b; k < end; ++k) blocks_[k].taken = true;
      }
      b = end;
    }
  }

  // ---- quoted blocks ----

  // How a paragraph stands to a quotation that fills it.
  enum class Fill : uint8_t { none, open, whole };

  Fill fill_of(const Block& block) const {
    const WordRun words = words_of(block);
    const std::string_view mark = words[block.first];
    if (!opens_quote(mark) || block.end - block.first < 3) return Fill::none;
    const bool straight = closes_quote(mark);
    size_t closing = 0;
    for (size_t i = block.first + 1; i + 1 < block.end; ++i) closing += straight ? words[i] == mark : closes_quote(words[i]);
    if (closing) return Fill::none;  // more than one quotation, or words of the writer behind it
    return closes_quote(words[block.end - 1]) ? Fill::whole : Fill::open;
  }

  void find_quote_blocks() {
    for (size_t b = 0; b < blocks_.size();) {
      // "> …" as in mail.
      size_t end = b;
      const auto is_mail = [&](const Block& block) { return !block.taken && block.end - block.first > 1 && words_of(block)[block.first] == ">"; };
      while (end < blocks_.size() && is_mail(blocks_[end])) ++end;
      if (end == b && b > 0 && blocks_[b - 1].last == ':' && !blocks_[b].taken && !blocks_[b].turn && blocks_[b].words >= 4) {
        Fill fill = Fill::open;
        for (; end < blocks_.size() && fill == Fill::open && !blocks_[end].taken && !blocks_[end].turn; ++end)
          if ((fill = fill_of(blocks_[end])) == Fill::none) break;
      }
      if (end == b) {
        ++b;
        continue;
      }
      add(SectionKind::quote_block, {blocks_[b].span.begin, blocks_[end - 1].span.end});
      for (size_t k = b; k < end; ++k) blocks_[k].taken = true;
      b = end;
    }
  }

  // ---- headings ----

  void find_headings() {
    for (size_t b = has_headline_ ? headline_ + 1 : 1; b + 1 < blocks_.size(); ++b) {
      Block& block = blocks_[b];
      if (block.taken || block.turn || !block.gap_before) continue;
      const WordRun words = words_of(block);
      if (is_time(words)) {
        if (blocks_[b + 1].running) take(SectionKind::heading, block);
        continue;
      }
      // Twelve words and eighty characters: one line of a page, which is where a heading ends.
      if (block.stops || block.words == 0 || block.words > 12 || block.span.size() > 80 || block.sentences != 1) continue;
      if (!is_alpha(block.last) && !is_digit(block.last) && block.last != ')' && !closes_quote(words[block.end - 1])) continue;
      if (!begins_upright(block) || is_quoted(block) || is_item(block) || label_end(block) == block.end || block.last == ':') continue;
      // Text above it and text below it.
      const bool above = b <= body_ ? has_headline_ : runs_above(b);
      if (above && blocks_[b + 1].running && (block.gap_after || blocks_[b + 1].words >= 25)) take(SectionKind::heading, block);
    }
  }

  bool runs_above(size_t b) const {
    // A picture with its caption and credit, a list or a quotation may stand between.
    for (size_t k = b; k > 0 && k + 4 > b; --k)
      if (blocks_[k - 1].running) return true;
      else if (!blocks_[k - 1].taken) return false;
    return false;
  }

  // What an article ends with when its news is told: "The Front, formed in 1998, organises about 4,000 dockers." At most two paragraphs of
  // running text, behind three others or more, in which nobody speaks, and which look back (a year, "founded") or stand apart (more than one
  // blank line before them).
  void find_background() {
    const auto running = std::count_if(blocks_.begin(), blocks_.end(), [](const Block& block) { return block.running && !block.taken; });
    auto left = running - 3;
    int found = 0;
    for (size_t b = blocks_.size(); b-- > 1 && found < 2 && left > 0;) {
      Block& block = blocks_[b];
      if (block.taken) continue;
      if (!block.running || block.turn || !looks_back(b)) return;
      take(SectionKind::background, block);
      ++found;
      --left;
    }
  }

  bool looks_back(size_t b) const {
    const WordRun words = words_of(blocks_[b]);
    const std::string_view gap = std::string_view(document_.text).substr(blocks_[b - 1].span.end, blocks_[b].span.begin - blocks_[b - 1].span.end);
    bool back = std::count(gap.begin(), gap.end(), '\n') > 2;
    for (size_t i = words.begin(); i < words.end(); ++i) {
      const std::string word = words.lower(i);
      if (opens_quote(words[i]) || is_speech_verb(word) || word == "according" || word == "reportedly" || word == "will" || is_weekday(word) ||
          word == "today" || word == "yesterday")
        return false;
      const bool year = word.size() == 4 && (word.starts_with("19") || word.starts_with("20") || word.starts_with("18")) && words.is_number(i);
      back = back || year || word == "founded" || word == "formed" || word == "established" || word == "employs";
    }
    return back;
  }

  // "7 p.m.", "2:45 p.m. EDT": the entries of a report that is written on.
  static bool is_time(const WordRun& words) {
    size_t at = words.begin();
    return skip_time(words, at) && (at == words.end() || (words[at] == "." && at + 1 == words.end()));
  }

  // ---- insertions in brackets ----

  void find_in_brackets(const Block& block) {
    const WordRun words = words_of(block);
    open_.clear();
    for (size_t i = block.first; i < block.end; ++i) {
      const std::string_view word = words[i];
      if (word.size() != 1) continue;
      if (word == "(" || word == "[") {
        open_.push_back(i);
      } else if (word == ")" || word == "]") {
        // Brackets that do not match were typed carelessly: the nearest one of its kind counts, one level down.
        const std::string_view other = word == ")" ? "(" : "[";
        if (!open_.empty() && words[open_.back()] != other && open_.size() > 1 && words[open_[open_.size() - 2]] == other) open_.pop_back();
        if (open_.empty() || words[open_.back()] != other) continue;
        const size_t open = open_.back();
        open_.pop_back();
        if (i == open + 1) continue;
        if (is_note(words, open + 1, i)) {
          // "(UDF, not recognised in Norrholm – ed.)": the writer's abbreviation, then the editor's words.
          const bool shared = words.in_capitals(open + 1) && words[open + 2] == "," && open + 3 < i;
          if (!covered(block, open, i)) add(SectionKind::note, shared ? words.span(open + 3, i) : words.span(open, i + 1));
        } else if (is_credit(words, open + 1, i)) {
          if (!covered(block, open, i)) add_credit(words, open, i + 1);
        }
      }
    }
  }

  // Is the paragraph this bracket and nothing else, and known already?
  static bool covered(const Block& block, size_t open, size_t close) { return block.taken && open == block.first && close + 2 >= block.end; }

  // Of the words between brackets.
  static bool is_note(const WordRun& words, size_t begin, size_t end) {
    // "[sic]"
    if (end - begin <= 2 && words.lower(begin) == "sic") return true;
    // "– ed.", "— Trans.", "- the translator", "—Ed"
    static constexpr std::string_view hands[] = {"ed", "ed.", "eds", "eds.", "editor", "editors", "tr", "tr.", "trans", "trans.", "transl",
                                                 "transl.", "translator", "translators"};
    size_t last = end;
    if (last > begin + 1 && words[last - 1] == ".") --last;
    if (last > begin + 1 && is_one_of(words.lower(last - 1), hands)) {
      size_t dash = last - 1;
      if (dash > begin && words.lower(dash - 1) == "the") --dash;
      if (dash > begin && words.is_dash(dash - 1)) return true;
    }
    // "– editor's note", "– translator's note"
    if (last > begin + 3 && words.lower(last - 1) == "note") {
      const std::string hand = words.lower(last - 3);
      if (hand == "editor" || hand == "translator" || hand == "author" || hand == "editors") return true;
    }
    static constexpr std::string_view starts[] = {"ed. note", "ed . note", "ed note", "ed. :", "ed . :", "ed :", "eds :", "editor 's note",
                                                  "editor ' s note", "editors ' note", "editor :", "editor's note", "translator 's note",
                                                  "translator ' s note", "translator :", "trans. note", "trans . note", "trans. :",
                                                  "tr. note", "tr. :", "translation :", "editorial note", "note of the editor",
                                                  "note of the translator", "editor note", "translator note"};
    if (begins_with_any(words, begin, starts)) return true;
    // "(emphasis added)", "[italics mine]"
    static constexpr std::string_view subjects[] = {"emphasis", "italics", "emphases", "translation"};
    static constexpr std::string_view makers[] = {"added", "mine", "ours", "theirs"};
    return end - begin <= 3 && is_one_of(words.lower(begin), subjects) && is_one_of(words.lower(end - 1), makers);
  }

  static bool is_credit(const WordRun& words, size_t begin, size_t end) {
    if (begins_with_any(words, begin, credit_hands)) return true;
    // A picture's credit is short; "(photo from the harbour's museum showed …" is not one.
    const bool named = words.has_capital(begin) || words.lower(begin) == "photo" || words.lower(begin) == "image";
    return named && end - begin <= 14 && is_picture_credit(words, begin, end);
  }

  const Document& document_;
  std::vector<Block> blocks_;
  std::vector<Section> sections_;
  std::vector<size_t> open_;   // brackets of the paragraph that is being read
  size_t body_ = 0;            // the first paragraph of running text
  size_t turns_ = 0;
  size_t headline_ = 0;        // its last paragraph, when there is one
  bool has_headline_ = false;
};

}  // namespace

Layer<Section> find_sections(const Document& document) { return {"sections", Finder(document).find()}; }

}  // namespace sayso
