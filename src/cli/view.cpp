#include "cli/view.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/unicode.h"
#include "cli/marks.h"
#include "cli/screen.h"

namespace sayso {
namespace {

struct Pen {
  uint8_t colour = 0;  // SGR 31…37, or 0 for the terminal's own
  bool bold = false, underlined = false, faint = false;
  friend bool operator==(const Pen&, const Pen&) = default;
};

constexpr Pen plain{};
constexpr Pen faint{0, false, false, true};
constexpr Pen bold{0, true, false, false};
constexpr Pen source_pen{0, true, true, false};
constexpr Pen cue_pen{33, true, false, false};

// Contents at each depth have another colour, so that a nested one shows against the one around it.
Pen content_pen(size_t depth) {
  static constexpr uint8_t colours[] = {32, 36, 35};
  return depth == 0 ? plain : Pen{colours[(depth - 1) % std::size(colours)], false, false, false};
}

// Writes words into lines of at most so many columns. Holds one word; a word that is longer than a line is broken.
class Page {
 public:
  Page(std::string& out, const ViewStyle& style) : out_(out), columns_(std::max<size_t>(style.columns, 20)), colour_(style.colour) {}

  // The next line begins with `first`, those that it is wrapped into with `hanging`.
  void indent(std::string first, std::string hanging) {
    first_ = std::move(first);
    hanging_ = std::move(hanging);
  }
  void put(char32_t c, Pen pen) {
    if (c == ' ') return blank(pen);
    std::string glyph;
    if (is_steering(c)) glyph = visible(c);
    else append_code_point(glyph, c);
    put_glyph(std::move(glyph), pen);
  }
  // `text` neutralised before.
  void put(std::string_view text, Pen pen) {
    for (size_t at = 0; at < text.size();) put(next_code_point(text, at), pen);
  }
  void blank(Pen pen) {
    end_word();
    if (used_ > indented_) space_ = {true, pen};
  }
  void end_line() {
    end_word();
    change_pen(plain);
    if (used_ > 0) out_ += '\n';
    used_ = indented_ = 0;
    begun_ = false;
    space_.wanted = false;
  }
  // At most one blank line, and none at the top.
  void end_paragraph() {
    end_line();
    if (!out_.ends_with("\n\n") && !out_.empty()) out_ += '\n';
  }

 private:
  struct Glyph {
    std::string bytes;
    size_t columns;
    Pen pen;
  };

  void put_glyph(std::string bytes, Pen pen) {
    const size_t columns = columns_of(bytes);
    word_.push_back({std::move(bytes), columns, pen});
    word_columns_ += columns;
    // It will be broken anyhow. (Four: no script sets more than a few marks on a letter; a flood of them must not pile up here.)
    if (word_columns_ >= columns_ || word_.size() >= 4 * columns_) end_word();
  }

  void begin_line(const std::string& indent) {
    out_ += indent;
    used_ = indented_ = columns_of(indent);
    begun_ = true;
    space_.wanted = false;
  }

  void new_line() {
    change_pen(plain);
    out_ += '\n';
    begin_line(hanging_);
  }

  void end_word() {
    if (word_.empty()) return;
    if (!begun_) begin_line(first_);
    if (used_ > indented_ && used_ + (space_.wanted ? 1 : 0) + word_columns_ > columns_) {
      new_line();
    } else if (space_.wanted) {
      change_pen(space_.pen);
      out_ += ' ';
      ++used_;
      space_.wanted = false;
    }
    for (Glyph& glyph : word_) {
      if (used_ > indented_ && used_ + glyph.columns > columns_) new_line();
      change_pen(glyph.pen);
      out_ += glyph.bytes;
      used_ += glyph.columns;
    }
    word_.clear();
    word_columns_ = 0;
  }

  void change_pen(Pen pen) {
    if (pen == pen_ || !colour_) return;
    out_ += "\x1b[0";
    if (pen.bold) out_ += ";1";
    if (pen.faint) out_ += ";2";
    if (pen.underlined) out_ += ";4";
    if (pen.colour != 0) out_ += ';' + std::to_string(pen.colour);
    out_ += 'm';
    pen_ = pen;
  }

  std::string& out_;
  const size_t columns_;
  const bool colour_;
  std::string first_, hanging_;
  size_t used_ = 0, indented_ = 0;  // columns of the line so far, and those of them that are its indent
  bool begun_ = false;
  struct {
    bool wanted = false;
    Pen pen;
  } space_;
  std::vector<Glyph> word_;
  size_t word_columns_ = 0;
  Pen pen_;
};

std::string superscript(size_t number) {
  static constexpr const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out;
  for (const char digit : std::to_string(number)) out += digits[digit - '0'];
  return out;
}

// ¹, or ¹·² for parts that stand on the same words.
std::string numbers_of(const Mark& mark) {
  std::string out;
  for (const uint32_t attribution : mark.attributions) out += (out.empty() ? "" : "·") + superscript(attribution + size_t{1});
  return out;
}

class ArticleView {
 public:
  ArticleView(const Document& document, const ViewStyle& style, std::string& out)
      : document_(document), columns_(std::max<size_t>(style.columns, 20)), page_(out, style) {}

  void write() {
    write_heading();
    marks_ = find_marks(document_);
    closing_ = closing_order(marks_);
    depths_ = find_depths(document_.attributions);
    listing_ = listing_order(document_.attributions, depths_);
    write_text();
  }

 private:
  void write_heading() {
    std::string count;
    if (const size_t n = document_.attributions.size(); document_.attributions.ran())
      count = n == 0 ? "no attributions" : std::to_string(n) + (n == 1 ? " attribution" : " attributions");
    const size_t room = columns_ - std::min(columns_, columns_of(count) + 10);
    const std::string name = shorten(neutralise(name_of(document_)), std::max<size_t>(room, 10));
    page_.put("── ", faint);
    page_.put(name, bold);
    page_.put(" ", faint);
    for (size_t used = 4 + columns_of(name) + columns_of(count) + (count.empty() ? 0 : 1); used < columns_; ++used) page_.put("─", faint);
    if (!count.empty()) page_.put(" " + count, faint);
    page_.end_line();
    for (const Warning& warning : document_.warnings) {
      page_.indent("", "  ");
      page_.put("! " + neutralise(warning.what), Pen{33, false, false, false});
      page_.end_line();
    }
    page_.end_paragraph();
  }

  void write_text() {
    const std::string& text = document_.text;
    page_.indent("  ", "  ");
    for (size_t at = 0; at < text.size();) {
      const size_t here = at;
      const char32_t c = next_code_point(text, at);
      write_marks(here);
      if (c == '\n' || (c == '\r' && at < text.size() && text[at] == '\n')) {
        if (c == '\r') ++at;
        if (goes_on(here, at)) {
          page_.blank(pen_at(here));
          continue;
        }
        const bool empty_line = line_empty_;
        end_line(here);
        if (empty_line) page_.end_paragraph();
      } else {
        line_empty_ = line_empty_ && is_space(c);
        if (c == '\t' || c == ' ') page_.blank(pen_at(here));
        else page_.put(c, pen_at(here));
      }
    }
    write_marks(text.size());
    end_line(text.size());
    page_.end_paragraph();
  }

  // Does a sentence run over the line break at [here, next)? Then the lines are one paragraph, wrapped by whoever typed it.
  bool goes_on(size_t here, size_t next) {
    const auto& sentences = document_.sentences.items;
    while (sentence_ < sentences.size() && sentences[sentence_].span.end <= here) ++sentence_;
    return sentence_ < sentences.size() && sentences[sentence_].span.begin < here && sentences[sentence_].span.end > next;
  }

  const Section* section_at(size_t here) {
    const auto& sections = document_.sections.items;
    while (section_ < sections.size() && sections[section_].span.end <= here) ++section_;
    return section_ < sections.size() && sections[section_].span.begin <= here ? &sections[section_] : nullptr;
  }

  Pen pen_at(size_t here) {
    Pen pen = content_pen(contents_);
    if (const Section* section = section_at(here)) {
      label_ = section;
      if (section->kind == SectionKind::headline || section->kind == SectionKind::heading) pen.bold = true;
      else if (contents_ == 0) pen.faint = true;
    }
    if (sources_ > 0) {
      pen.bold = pen.underlined = true;
      pen.faint = false;
    }
    return cues_ > 0 ? cue_pen : pen;
  }

  void write_marks(size_t here) {
    for (; next_closing_ < closing_.size() && marks_[closing_[next_closing_]].span.end <= here; ++next_closing_) {
      const Mark& mark = marks_[closing_[next_closing_]];
      switch (mark.kind) {
        case PartKind::content: page_.put(numbers_of(mark) + "]", content_pen(contents_--)); break;
        case PartKind::source: page_.put("}", source_mark_pen()); --sources_; break;
        case PartKind::cue: page_.put(">", Pen{33, false, false, false}); --cues_; break;
      }
    }
    for (; next_opening_ < marks_.size() && marks_[next_opening_].span.begin <= here; ++next_opening_) {
      const Mark& mark = marks_[next_opening_];
      switch (mark.kind) {
        case PartKind::content: page_.put("[" + numbers_of(mark), content_pen(++contents_)); break;
        case PartKind::source: page_.put("{" + numbers_of(mark), source_mark_pen()); ++sources_; break;
        case PartKind::cue: page_.put("<" + numbers_of(mark), Pen{33, false, false, false}); ++cues_; break;
      }
    }
  }

  Pen source_mark_pen() const {
    Pen pen = content_pen(contents_);
    pen.bold = true;
    return pen;
  }

  void end_line(size_t here) {
    // A section that fills its lines is named at their end; a dateline stands before the first words of the report.
    if (label_ != nullptr && label_->span.end >= here && !line_empty_) {
      page_.blank(plain);
      page_.put(std::string("— ") + name_of(label_->kind), faint);
    }
    label_ = nullptr;
    page_.end_line();
    line_empty_ = true;
    if (next_listed_ == listing_.size() || begin_of(document_.attributions[listing_[next_listed_]]) >= here) return;
    for (; next_listed_ < listing_.size() && begin_of(document_.attributions[listing_[next_listed_]]) < here; ++next_listed_)
      write_entry(listing_[next_listed_]);
    page_.indent("  ", "  ");
    page_.end_paragraph();
  }

  void write_entry(uint32_t index) {
    const Attribution& attribution = document_.attributions[index];
    // Deeper than this the indent would eat the line; the number of the outer one still says where it stands.
    const std::string margin = "  │ " + std::string(std::min<size_t>(3 * std::min<size_t>(depths_[index], 6), columns_ / 5), ' ');
    const std::string number = std::to_string(index + 1);
    const std::string padding(number.size() < 2 ? 2 - number.size() : 0, ' ');
    const size_t room = std::max<size_t>(columns_ - std::min(columns_, columns_of(margin) + 4), 20);
    page_.indent(margin + padding + number + "  ", margin + "    ");
    if (attribution.source) page_.put(opening_of(document_, attribution.source->part, room), source_pen);
    else page_.put("(nobody named)", plain);
    if (!attribution.cue.empty()) {
      page_.put(" – ", faint);
      page_.put(opening_of(document_, attribution.cue, room / 2), cue_pen);
    }
    page_.put(" – ", faint);
    page_.put(opening_of(document_, attribution.content, room), content_pen(depths_[index] + 1));
    std::string how = std::string(" (") + name_of(attribution.quotation);
    if (attribution.type != AttributionType::assertion) how += std::string(", ") + name_of(attribution.type);
    how += ", " + std::to_string(std::lround(100 * attribution.confidence)) + "%";
    if (attribution.within) how += ", within " + std::to_string(attribution.within->index + 1);
    page_.put(how + ")", faint);
    page_.end_line();
  }

  const Document& document_;
  const size_t columns_;
  Page page_;
  std::vector<Mark> marks_;          // as they open
  std::vector<uint32_t> closing_;    // as they close
  std::vector<size_t> depths_;
  std::vector<uint32_t> listing_;    // attributions by where they begin
  size_t next_opening_ = 0, next_closing_ = 0, next_listed_ = 0;
  size_t contents_ = 0, sources_ = 0, cues_ = 0;  // how many are open
  size_t sentence_ = 0, section_ = 0;
  bool line_empty_ = true;
  const Section* label_ = nullptr;
};

}  // namespace

std::string view_legend(const ViewStyle& style) {
  std::string out;
  Page page(out, style);
  page.put("{¹source}", source_pen);
  page.put(" ", plain);
  page.put("<¹cue>", cue_pen);
  page.put(" ", plain);
  page.put("[¹what is attributed¹]", content_pen(1));
  page.put(" – a number joins what belongs together; under each paragraph: who – how – what", faint);
  page.end_paragraph();
  return out;
}

std::string view(const Document& document, const ViewStyle& style) {
  std::string out;
  ArticleView(document, style, out).write();
  return out;
}

std::string view(const Error& error, const std::string& source, const ViewStyle& style) {
  Document document;
  document.source = source;
  document.warnings.push_back({"error", error.sentence(), std::nullopt});
  return view(document, style);
}

}  // namespace sayso
