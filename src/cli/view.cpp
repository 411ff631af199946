#include "cli/view.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/unicode.h"
#include "cli/findings.h"
#include "cli/lines.h"
#include "cli/marks.h"
#include "cli/screen.h"

namespace sayso {
namespace {

// Contents at each depth have another colour, so that a nested one shows against the one around it.
Pen content_pen(size_t depth) {
  static constexpr uint8_t colours[] = {32, 36, 35};
  return depth == 0 ? plain_pen : Pen{colours[(depth - 1) % std::size(colours)], false, false, false};
}

std::string superscript(size_t number) {
  static constexpr const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out;
  for (const char digit : std::to_string(number)) out += digits[digit - '0'];
  return out;
}

// ¹, or ¹·² for parts that stand on the same words.
std::string superscripts_of(const Mark& mark) {
  std::string out;
  for (const uint32_t attribution : mark.attributions) out += (out.empty() ? "" : "·") + superscript(attribution + size_t{1});
  return out;
}

class ArticleView {
 public:
  ArticleView(const Document& document, const ViewStyle& style, std::string& out)
      : document_(document), meant_(document), findings_(document, meant_), columns_(std::max<size_t>(style.columns, 20)), page_(out, style) {}

  void write() {
    write_heading();
    marks_ = find_marks(document_);
    closing_ = closing_order(marks_);
    depths_ = find_depths(document_.attributions);
    listing_ = listing_order(document_.attributions, depths_);
    write_text();
    write_summary();
  }

 private:
  void write_heading() {
    std::string count;
    if (const size_t n = document_.attributions.size(); document_.attributions.ran())
      count = n == 0 ? "no attributions" : std::to_string(n) + (n == 1 ? " attribution" : " attributions");
    page_.rule(neutralise(name_of(document_)), count);
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
        case PartKind::content: page_.put(superscripts_of(mark) + "]", content_pen(contents_--)); break;
        case PartKind::source: page_.put("}", source_mark_pen()); --sources_; break;
        case PartKind::cue: page_.put(">", Pen{33, false, false, false}); --cues_; break;
      }
    }
    for (; next_opening_ < marks_.size() && marks_[next_opening_].span.begin <= here; ++next_opening_) {
      const Mark& mark = marks_[next_opening_];
      const auto open = [&](const char* bracket, Pen pen) {
        page_.put(bracket, pen);
        page_.put(superscripts_of(mark), pen);
      };
      switch (mark.kind) {
        case PartKind::content: open("[", content_pen(++contents_)); break;
        case PartKind::source: open("{", source_mark_pen()); ++sources_; break;
        case PartKind::cue: open("<", Pen{33, false, false, false}); ++cues_; break;
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
      page_.blank(plain_pen);
      page_.put(std::string("— ") + name_of(label_->kind), faint_pen);
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
    else page_.put("(nobody named)", plain_pen);
    const SourceEntity* const meant = meant_.of(Id<Attribution>{index});
    if (const std::string who = meant_.who(Id<Attribution>{index}, room / 2); !who.empty()) {
      page_.put(" → ", faint_pen);
      page_.put(who, source_pen);
    }
    if (!attribution.cue.empty()) {
      page_.put(" – ", faint_pen);
      page_.put(opening_of(document_, attribution.cue, room / 2), cue_pen);
    }
    page_.put(" – ", faint_pen);
    page_.put(opening_of(document_, attribution.content, room), content_pen(depths_[index] + 1));
    std::string how = std::string(" (") + name_of(attribution.quotation);
    if (attribution.type != AttributionType::assertion) how += std::string(", ") + name_of(attribution.type);
    how += ", " + std::to_string(std::lround(100 * attribution.confidence)) + "%";
    if (meant != nullptr && meant->identity == Identity::anonymous) how += ", source anonymous";
    if (attribution.within) how += ", within " + std::to_string(attribution.within->index + 1);
    page_.put(how + ")", faint_pen);
    page_.end_line();
    page_.indent(margin + "    ", margin + "    ");
    write_findings(Id<Attribution>{index}, room);
  }

  // Which way it came, how firmly it is put, what it makes of others; nothing for what somebody plainly says to be so.
  void write_findings(Id<Attribution> attribution, size_t room) {
    bool empty = true;
    const auto put = [&](const std::string& words, Pen pen) {
      if (words.empty()) return;
      if (!empty) page_.put(" · ", faint_pen);
      page_.put(words, pen);
      empty = false;
    };
    if (findings_.has_path_of_its_own(attribution)) put(findings_.path_of(attribution, 2 * room), faint_pen);
    put(findings_.firmness_of(attribution), plain_pen);
    for (const Findings::Relation& relation : findings_.relations_of(attribution))
      put(std::string(relation.how) + " " + numbers_of(*relation.to), plain_pen);
    page_.end_line();
  }

  void write_summary() {
    if (!document_.summary.ran() || document_.attributions.size() == 0) return;
    const Summary& summary = document_.summary[0];
    page_.indent("  ", "  ");
    std::string numbers = counted(summary.attributions, "attribution") + " · " + counted(summary.independent_sources, "independent source") + " · " +
                          std::to_string(summary.named_sources) + " named, " + std::to_string(summary.anonymous_sources) + " anonymous";
    for (const Id<Entity> link : findings_.links_of_all()) numbers += " · all through " + findings_.called(link, columns_);
    if (summary.writer_share) numbers += " · " + percent(*summary.writer_share) + " of the sentences the writer’s own";
    page_.put(numbers, bold_pen);
    page_.end_line();
    if (summary.headline && summary.headline->firmer_than_its_source) {
      page_.put("! The headline is firmer than what it rests on: " + numbers_of(summary.headline->rests_on), Pen{33, false, false, false});
      page_.end_line();
    }
    page_.end_paragraph();
  }

  const Document& document_;
  const MeantSources meant_;
  const Findings findings_;
  const size_t columns_;
  LineWriter page_;
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
  LineWriter page(out, style);
  page.put("{¹source}", source_pen);
  page.put(" ", plain_pen);
  page.put("<¹cue>", cue_pen);
  page.put(" ", plain_pen);
  page.put("[¹what is attributed¹]", content_pen(1));
  page.put(" – a number joins what belongs together; under each paragraph: who – how – what, which way it came, how firm it is", faint_pen);
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
