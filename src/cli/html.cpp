#include "cli/html.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/unicode.h"
#include "cli/explain.h"
#include "cli/findings.h"
#include "cli/marks.h"
#include "cli/screen.h"

namespace sayso {
namespace {

// Contents may stand in each other as deep as a text likes; this many lines can be told apart under a line of text, and the
// numbers say the rest.
constexpr size_t deepest_line = 3;
// About three lines of the list; the whole content stands in the article.
constexpr size_t listed_columns = 280;

// Colours: text has at least 4.5:1 against what it stands on and lines have 3:1 (WCAG 2 AA), which tests/program_test.py measures.
constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ground: #ffffff; --ink: #1b1b1b; --soft: #565656; --link: #0b4f9e; --wash: #f3f5f8;
  --target: #fff0b8; --rule: #c9cdd2; --line1: #1a64b7; --line2: #b3261e; --line3: #6a3fa0; --cue: #7a4a00; --box: #1c6b3f; --line4: #a1127c; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #15181c; --ink: #e9e7e3; --soft: #b3b5b8; --link: #9cc4f7; --wash: #1f242a;
    --target: #4a3f10; --rule: #484e56; --line1: #6cabf5; --line2: #f2938c; --line3: #c3a3f0; --cue: #edc07a; --box: #7cc99a; --line4: #f08fd0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1rem 1.25rem 3rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
h1, h2, h3 { line-height: 1.25; margin: 1.2em 0 .5em; }
h1 { font-size: 1.75rem; } h2 { font-size: 1.4rem; } h3 { font-size: 1.1rem; }
.name { margin: 0; color: var(--soft); font-size: .875rem; }
.legend, .warning, .notes { background: var(--wash); border-radius: .4rem; padding: .6rem 1rem; font-size: .9375rem; }
.legend p { margin: .2rem 0; line-height: 1.9; }
.warning { border-left: .3rem solid var(--line2); }
.document { margin-top: 1.5rem; }
.document + .document { margin-top: 3rem; border-top: 2px solid var(--rule); padding-top: 1rem; }
article { font-family: Georgia, "Liberation Serif", "Times New Roman", serif; font-size: 1.125rem; line-height: 2; max-width: 42rem; }
article h1, article h2, article h3, article h4 { line-height: 1.7; }
article p { margin: 1em 0; }
article p.close { margin-top: -.6em; }
article p[data-kind] { color: var(--soft); }
article p[data-kind=list], article p[data-kind="quote block"] { color: inherit; margin-left: 1.2rem; }
article p.end::after { content: " — " attr(data-kind); font: italic .8rem system-ui, sans-serif; }
u { text-decoration: underline .1em var(--line1); text-underline-offset: .18em; text-decoration-skip-ink: none; }
u u { text-decoration-color: var(--line2); text-underline-offset: .38em; }
u u u { text-decoration-color: var(--line3); text-underline-offset: .58em; }
b { border: 1px solid var(--box); border-radius: .25em; padding: 0 .2em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
i { border-bottom: .16em dotted var(--cue); color: var(--cue); }
.marker { text-decoration: overline dashed .12em var(--line4); }
.summary { max-width: 60rem; font-size: 1.0625rem; }
.mark { font: 600 .625em system-ui, sans-serif; vertical-align: super; line-height: 0; color: var(--link); text-decoration: none;
  padding: 0 .12em; white-space: nowrap; user-select: none; -webkit-user-select: none; }
a.mark:hover, a.mark:focus { text-decoration: underline; }
ol.list { list-style: none; margin: 0; padding: 0; }
.list li { padding: .6rem .5rem .6rem 2.6rem; border-top: 1px solid var(--rule); position: relative; font-size: .9375rem; }
.list .number { position: absolute; left: .3rem; min-width: 1.8rem; text-align: right; font-weight: 600; }
.list p { margin: 0 0 .15rem; }
.list b { font-weight: 600; }
.list.sources li { padding-left: .5rem; }
.list .how, .list dl { color: var(--soft); font-size: .875rem; }
.list dl { margin: .15rem 0 0; display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 .6rem; }
.list dt { font-style: italic; } .list dd { margin: 0; color: var(--ink); }
.list .in1 { margin-left: 1rem; } .list .in2 { margin-left: 2rem; } .list .in3 { margin-left: 3rem; }
.none, .meant { font-weight: 600; }
:target { background: var(--target); outline: 2px solid var(--link); outline-offset: -2px; scroll-margin: 3rem; }
.document:target { background: none; outline: none; scroll-margin: 0; }
.notes dt { font-weight: 600; margin-top: .5rem; } .notes dd { margin: 0; }
footer { margin-top: 2.5rem; color: var(--soft); font-size: .875rem; }
footer .notes { color: var(--ink); }
@media (min-width: 54rem) {
  .columns { display: grid; grid-template-columns: minmax(0, 1.7fr) minmax(18rem, 1fr); gap: 2.5rem; align-items: start; }
  .lists { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding-bottom: 1rem; }
}
@media (max-width: 30rem) {
  body { padding: .75rem .9rem 2rem; } article { font-size: 1.0625rem; }
  .list .in1 { margin-left: .5rem; } .list .in2 { margin-left: 1rem; } .list .in3 { margin-left: 1.5rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; } article { font-size: 11.5pt; max-width: none; line-height: 1.9; }
  .columns { display: block; } .lists { position: static; max-height: none; overflow: visible; }
  .list li, .warning, .legend { break-inside: avoid; } h1, h2, h3 { break-after: avoid; } :target { background: none; outline: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .document + .document { break-before: page; border: none; }
}
)";

void append_escaped(std::string& out, std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t here = at;
    const char32_t c = next_code_point(text, at);
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\n':
      case '\t': out.append(text, here, 1); break;
      case '\r':
        if (at < text.size() && text[at] == '\n') break;
        [[fallthrough]];
      default:
        // What Unicode calls noncharacters no HTML may hold.
        if (is_steering(c) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF)) out += visible(c);
        else append_code_point(out, c);
    }
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

std::string on_one_line(std::string_view text) { return escaped(neutralise(text)); }

std::string count_of(const Document& document) {
  if (!document.attributions.ran()) return "attributions not looked for";
  return document.attributions.size() == 0 ? "no attributions found" : counted(document.attributions.size(), "attribution");
}

std::string entry_of(const std::string& number, const std::string& title, const std::string& what) {
  return "<li><a href=\"#d" + number + "\" dir=\"auto\">" + title + "</a> – " + what + "</li>\n";
}

// A language as an attribute may say it: letters, digits and hyphens.
bool is_language_tag(std::string_view tag) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
  return !tag.empty() && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), allowed);
}

bool is_blank(std::string_view text) {
  for (size_t at = 0; at < text.size();)
    if (!is_space(next_code_point(text, at))) return false;
  return true;
}

Span trimmed(const Document& document, Span span) {
  while (span.begin < span.end) {
    size_t at = span.begin;
    if (!is_space(next_code_point(document.text, at))) break;
    span.begin = static_cast<uint32_t>(at);
  }
  while (span.begin < span.end) {
    size_t at = span.end;
    if (!is_space(previous_code_point(document.text, at))) break;
    span.end = static_cast<uint32_t>(at);
  }
  return span;
}

// Lines that are not blank; a line break inside a sentence, a headline or a heading is the typist's and parts nothing.
std::vector<Span> find_paragraphs(const Document& document) {
  std::vector<Span> wholes;
  for (const Sentence& sentence : document.sentences) wholes.push_back(sentence.span);
  for (const Section& section : document.sections)
    if (section.kind == SectionKind::headline || section.kind == SectionKind::heading) wholes.push_back(section.span);
  std::sort(wholes.begin(), wholes.end());
  std::vector<Span> paragraphs;
  size_t next_whole = 0;
  uint32_t reaches = 0;  // the furthest end of the wholes that begin before the line break
  for (uint32_t begin = 0; begin < document.text.size();) {
    const auto end = static_cast<uint32_t>(std::min(document.text.find('\n', begin), document.text.size()));
    const Span line = trimmed(document, {begin, end});
    if (line.begin < line.end) {
      if (!paragraphs.empty() && reaches > line.begin) paragraphs.back().end = line.end;
      else paragraphs.push_back(line);
    }
    for (; next_whole < wholes.size() && wholes[next_whole].begin < end; ++next_whole) reaches = std::max(reaches, wholes[next_whole].end);
    begin = end + 1;
  }
  if (paragraphs.empty() && !document.text.empty()) paragraphs.push_back({0, static_cast<uint32_t>(document.text.size())});
  return paragraphs;
}

// Words that make a content less firm, where they stand in the text: apart from each other, overlapping ones as one.
std::vector<Span> find_markers(const Document& document) {
  std::vector<Span> all, markers;
  for (const Factuality& factuality : document.factuality)
    for (const Marker& marker : factuality.markers) all.push_back(marker.span);
  std::sort(all.begin(), all.end());
  for (const Span span : all) {
    if (!markers.empty() && span.begin < markers.back().end) markers.back().end = std::max(markers.back().end, span.end);
    else markers.push_back(span);
  }
  return markers;
}

class ArticleWriter {
 public:
  // `level`: of the document's title.
  ArticleWriter(const Document& document, const std::string& prefix, size_t level, std::string& out)
      : document_(document), prefix_(prefix), level_(level), out_(out), marks_(find_marks(document)), closing_(closing_order(marks_)),
        markers_(find_markers(document)), anchored_(document.attributions.size()), paragraphs_(find_paragraphs(document)) {
    for (const Section& section : document.sections) {
      const Span headline = trimmed(document, section.span);
      if (!title_ && section.kind == SectionKind::headline && document.title == document.at(headline) &&
          std::binary_search(paragraphs_.begin(), paragraphs_.end(), headline))
        title_ = headline;
    }
  }

  // Does a headline of the article say the document's title, so that nothing above it needs to?
  bool has_title() const { return title_.has_value(); }

  void write() {
    uint32_t at = 0;
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      const Span paragraph = paragraphs_[i];
      append_escaped(out_, document_.at({at, paragraph.begin}));
      const bool close = i > 0 && document_.text.find('\n', paragraphs_[i - 1].end) == document_.text.rfind('\n', paragraph.begin);
      const uint32_t next = i + 1 < paragraphs_.size() ? paragraphs_[i + 1].begin : static_cast<uint32_t>(document_.text.size() + 1);
      const std::string element = open(paragraph, next, close);
      write_words(paragraph, next);
      out_ += "</" + element + ">";
      at = paragraph.end;
    }
    append_escaped(out_, document_.at({at, static_cast<uint32_t>(document_.text.size())}));
  }

 private:
  // Opens the element of a paragraph and names it. `next`: where the next paragraph begins.
  std::string open(Span paragraph, uint32_t next, bool close) {
    const auto& sections = document_.sections.items;
    while (section_ < sections.size() && sections[section_].span.end <= paragraph.begin) ++section_;
    const Section* section = nullptr;
    if (section_ < sections.size() && sections[section_].span.contains(paragraph)) section = &sections[section_];
    std::string element = "p", attributes = " dir=\"auto\"";
    if (section != nullptr && (section->kind == SectionKind::headline || section->kind == SectionKind::heading)) {
      if (title_ == paragraph) attributes += " id=\"" + prefix_ + "title\"";
      element = "h" + std::to_string(level_ + (title_ == paragraph ? 0 : 1));
    } else {
      const bool end = section != nullptr && section->span.end <= next;  // several paragraphs are named at their end
      if (close || end) attributes += std::string(" class=\"") + (close ? "close" : "") + (close && end ? " " : "") + (end ? "end" : "") + "\"";
      if (section != nullptr) attributes += std::string(" data-kind=\"") + name_of(section->kind) + "\"";
    }
    out_ += "<" + element + attributes + ">";
    return element;
  }

  // Marks in the white space before the next paragraph are written here too.
  void write_words(Span paragraph, uint32_t next) {
    write_marks_to(paragraph.begin);
    for (uint32_t at = paragraph.begin; at < paragraph.end;) {
      const uint32_t stop = std::min(next_boundary(), paragraph.end);
      change_pen(std::min(contents_, deepest_line), sources_ > 0, cues_ > 0, in_marker_);
      append_escaped(out_, document_.at({at, stop}));
      at = stop;
      if (at < paragraph.end) write_marks_to(at);
    }
    write_marks_to(next - 1);
    change_pen(0, false, false, false);
  }

  uint32_t next_boundary() const {
    const uint32_t opening = next_opening_ < marks_.size() ? marks_[next_opening_].span.begin : UINT32_MAX;
    const uint32_t closing = next_closing_ < closing_.size() ? marks_[closing_[next_closing_]].span.end : UINT32_MAX;
    const uint32_t marker = next_marker_ == markers_.size() ? UINT32_MAX : in_marker_ ? markers_[next_marker_].end : markers_[next_marker_].begin;
    return std::min({opening, closing, marker});
  }

  void write_marks_to(uint32_t last) {
    for (uint32_t here = next_boundary(); here <= last && here != UINT32_MAX; here = next_boundary()) {
      for (; next_closing_ < closing_.size() && marks_[closing_[next_closing_]].span.end == here; ++next_closing_) {
        const Mark& mark = marks_[closing_[next_closing_]];
        switch (mark.kind) {
          case PartKind::content:
            --contents_;
            for (auto attribution = mark.attributions.rbegin(); attribution != mark.attributions.rend(); ++attribution)
              write_mark(*attribution, PartKind::content, "", "]");
            break;
          case PartKind::source: --sources_; break;
          case PartKind::cue: --cues_; break;
        }
      }
      for (; next_opening_ < marks_.size() && marks_[next_opening_].span.begin == here; ++next_opening_) {
        const Mark& mark = marks_[next_opening_];
        for (const uint32_t attribution : mark.attributions) write_mark(attribution, mark.kind, mark.kind == PartKind::content ? "[" : "", "");
        switch (mark.kind) {
          case PartKind::content: ++contents_; break;
          case PartKind::source: ++sources_; break;
          case PartKind::cue: ++cues_; break;
        }
      }
      if (in_marker_ && markers_[next_marker_].end == here) {
        in_marker_ = false;
        ++next_marker_;
      }
      in_marker_ = in_marker_ || (next_marker_ < markers_.size() && markers_[next_marker_].begin == here);
    }
  }

  // A number that leads to the list; the first one of an attribution is where the list leads to.
  void write_mark(uint32_t attribution, PartKind kind, const char* before, const char* after) {
    static constexpr const char* kinds[] = {"content", "source", "cue"};
    change_pen(0, sources_ > 0 && lines_open_ == 0, false, false);  // no line under the number, and a box goes on around it
    const std::string number = std::to_string(attribution + size_t{1});
    out_ += "<a class=\"mark\"";
    if (!anchored_[attribution]) out_ += " id=\"" + prefix_ + "t" + number + "\"";
    anchored_[attribution] = true;
    out_ += " href=\"#" + prefix_ + "a" + number + "\" title=\"" + kinds[static_cast<size_t>(kind)] + " of attribution " + number + "\">";
    out_ += before + number + after + "</a>";
  }

  // Which elements stand open: so many <u>, in them <b>, in it <i>, in it a <span>.
  void change_pen(size_t lines, bool source, bool cue, bool marker) {
    const bool source_stays = source_open_ && source && lines == lines_open_;
    const bool cue_stays = cue_open_ && cue && source == source_open_ && lines == lines_open_;
    if (marker_open_ && (!marker || cue != cue_open_ || source != source_open_ || lines != lines_open_)) {
      out_ += "</span>";
      marker_open_ = false;
    }
    if (cue_open_ && !cue_stays) out_ += "</i>";
    if (source_open_ && !source_stays) out_ += "</b>";
    for (; lines_open_ > lines; --lines_open_) out_ += "</u>";
    for (; lines_open_ < lines; ++lines_open_) out_ += "<u>";
    if (source && !source_stays) out_ += "<b>";
    if (cue && !cue_stays) out_ += "<i>";
    if (marker && !marker_open_) out_ += "<span class=\"marker\">";
    source_open_ = source;
    cue_open_ = cue;
    marker_open_ = marker;
  }

  const Document& document_;
  const std::string& prefix_;
  const size_t level_;
  std::string& out_;
  const std::vector<Mark> marks_;         // as they open
  const std::vector<uint32_t> closing_;   // as they close
  const std::vector<Span> markers_;
  std::vector<bool> anchored_;            // attributions that have a number in the text
  const std::vector<Span> paragraphs_;
  std::optional<Span> title_;             // the paragraph that says the document's title
  size_t next_opening_ = 0, next_closing_ = 0, next_marker_ = 0, section_ = 0;
  size_t contents_ = 0, sources_ = 0, cues_ = 0;  // how many are open
  size_t lines_open_ = 0;
  bool in_marker_ = false;
  bool source_open_ = false, cue_open_ = false, marker_open_ = false;
};

// “1 4 7”, each a link into the list of attributions.
std::string links_to(const std::vector<Id<Attribution>>& attributions, const std::string& prefix) {
  std::string out;
  for (const Id<Attribution> attribution : attributions) {
    const std::string number = std::to_string(attribution.index + size_t{1});
    if (!out.empty()) out += ' ';
    out += "<a href=\"#" + prefix + "a" + number + "\">" + number + "</a>";
  }
  return out;
}

// “3 attributions: 1 4 7”.
std::string counted_links(const std::vector<Id<Attribution>>& attributions, const std::string& prefix) {
  return counted(attributions.size(), "attribution") + ": " + links_to(attributions, prefix);
}

// Who a source is: the name; of who has none the first description, and else the words of its first source.
std::string label_of(const Document& document, const MeantSources& meant, Id<Entity> id, Id<Attribution> first) {
  if (const auto& name = document.entities[id].name) return escaped(shorten(neutralise(*name), listed_columns));
  if (const auto& words = meant.description_of(id)) return escaped(opening_of(document, Part{{*words}}, listed_columns));
  return escaped(opening_of(document, document.attributions[first].source->part, listed_columns));
}

// “a; b; c”, on one line.
std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& one : words) out += (out.empty() ? "" : "; ") + one;
  return escaped(shorten(neutralise(out), listed_columns));
}

// Who most is attributed to stands first; behind all, what has no source.
void write_sources(const Document& document, const MeantSources& meant, const std::string& prefix, std::string& out) {
  std::vector<std::vector<Id<Attribution>>> said(document.entities.size());
  std::vector<Identity> identities(document.entities.size());
  for (const SourceEntity& source : document.source_entities) {
    if (said[source.entity.index].empty()) identities[source.entity.index] = source.identity;
    said[source.entity.index].push_back(source.attribution);
  }
  std::vector<uint32_t> order;
  for (uint32_t e = 0; e < said.size(); ++e)
    if (!said[e].empty()) order.push_back(e);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return said[a].size() > said[b].size(); });
  out += "<ol class=\"list sources\">\n";
  for (const uint32_t e : order) {
    const Entity& entity = document.entities[e];
    out += "<li>\n<p><b dir=\"auto\">" + label_of(document, meant, Id<Entity>{e}, said[e].front()) + "</b> " + counted_links(said[e], prefix) +
        "</p>\n<p class=\"how\" dir=\"auto\">";
    out += std::string(name_of(entity.of.value_or(entity.type))) + ", " + name_of(identities[e]);
    if (entity.reason) out += " (“" + escaped(opening_of(document, *entity.reason, listed_columns)) + "”)";
    if (!entity.names.empty()) out += " · also " + joined(entity.names);
    if (!entity.roles.empty()) out += " · " + joined(entity.roles);
    out += "</p></li>\n";
  }
  std::vector<Id<Attribution>> nobody;
  for (uint32_t i = 0; i < document.attributions.size(); ++i)
    if (!document.attributions[i].source) nobody.push_back({i});
  if (!nobody.empty()) out += "<li>\n<p><span class=\"none\">source not named</span> " + counted_links(nobody, prefix) + "</p></li>\n";
  out += "</ol>\n";
}

// What there is to know of an attribution besides who, how and what; nothing for what somebody plainly says to be so.
void write_findings(const Document& document, const Findings& findings, Id<Attribution> attribution, const std::string& prefix, std::string& out) {
  std::string rows;
  const auto add_html = [&](const std::string& name, const std::string& html) {
    if (!html.empty()) rows += "<dt>" + name + "</dt><dd dir=\"auto\">" + html + "</dd>\n";
  };
  const auto add = [&](const std::string& name, const std::string& words) { add_html(name, escaped(words)); };
  const auto words = [&](const Part& part) { return opening_of(document, part, listed_columns); };
  add("path", findings.path_of(attribution, listed_columns));
  add("firmness", findings.firmness_of(attribution));
  if (document.provenance.ran()) {
    const Provenance& it = document.provenance[attribution.index];
    if (it.medium) add(name_of(it.medium->kind), words(it.medium->part));
    if (it.addressee) add("addressee", words(it.addressee->part));
    if (it.occasion) add("occasion", words(*it.occasion));
    if (it.time) add("time", words(it.time->part) + (it.time->value ? std::string(" (").append(neutralise(*it.time->value)).append(")") : ""));
  }
  for (const Findings::Relation& relation : findings.relations_of(attribution)) {
    const size_t all = relation.to->size(), shown = std::min(all, most_numbers);
    const std::string links = links_to({relation.to->begin(), relation.to->begin() + static_cast<std::ptrdiff_t>(shown)}, prefix);
    add_html(relation.how, links + (all > shown ? " and " + std::to_string(all - shown) + " more" : ""));
  }
  if (!rows.empty()) out += "<dl>\n" + rows + "</dl>";
}

void write_list(const Document& document, const MeantSources& meant, const Findings& findings, const std::string& prefix, std::string& out) {
  const std::vector<size_t> depths = find_depths(document.attributions);
  out += "<ol class=\"list\">\n";
  for (const uint32_t i : listing_order(document.attributions, depths)) {
    const Attribution& attribution = document.attributions[i];
    const std::string number = std::to_string(i + size_t{1});
    const auto words = [&](const Part& part) { return escaped(opening_of(document, part, listed_columns)); };
    out += "<li id=\"" + prefix + "a" + number + "\"";
    if (depths[i] > 0) out += " class=\"in" + std::to_string(std::min<size_t>(depths[i], 3)) + "\"";
    out += "><a class=\"number\" href=\"#" + prefix + "t" + number + "\" title=\"attribution " + number + " in the text\">" + number + "</a>\n<p>";
    if (attribution.source) out += "<b dir=\"auto\">" + words(attribution.source->part) + "</b>";
    else out += "<span class=\"none\">source not named</span>";
    const SourceEntity* const source = meant.of(Id<Attribution>{i});
    if (const std::string who = meant.who(Id<Attribution>{i}, listed_columns); !who.empty())
      out += " → <span class=\"meant\" dir=\"auto\">" + escaped(who) + "</span>";
    out += attribution.cue.empty() ? " (no cue)" : " <i dir=\"auto\">" + words(attribution.cue) + "</i>";
    out += "</p>\n<p dir=\"auto\">" + (attribution.content.empty() ? "(no content)" : words(attribution.content)) + "</p>\n<p class=\"how\">";
    out += std::string(name_of(attribution.quotation)) + " quotation, ";
    if (attribution.type != AttributionType::assertion) out += std::string(name_of(attribution.type)) + ", ";
    out += std::to_string(std::lround(100 * attribution.confidence)) + "% sure";
    if (source != nullptr && source->identity == Identity::anonymous) out += ", source anonymous";
    if (attribution.within) {
      const std::string outer = std::to_string(attribution.within->index + size_t{1});
      out += ", within <a href=\"#" + prefix + "a" + outer + "\">" + outer + "</a>";
    }
    out += "</p>";
    write_findings(document, findings, Id<Attribution>{i}, prefix, out);
    out += "</li>\n";
  }
  out += "</ol>\n";
}

void write_non_responses(const Document& document, const Findings& findings, std::string& out) {
  out += "<ol class=\"list sources\">\n";
  for (const NonResponse& silent : document.non_responses) {
    out += "<li>\n<p>";
    if (silent.entity) out += "<b dir=\"auto\">" + escaped(findings.called(*silent.entity, listed_columns)) + "</b> ";
    out += std::string(name_of(silent.kind)) + "</p>\n<p dir=\"auto\">" + escaped(opening_of(document, silent.part, listed_columns)) + "</p></li>\n";
  }
  out += "</ol>\n";
}

// Begins a document's part of the page, up to what stands above its text.
std::string beginning_of(const std::string& number, const std::string& prefix, const std::string& facts) {
  std::string out = "<section class=\"document\"";
  if (!number.empty()) out += " id=\"d" + number + "\"";
  return out + " aria-labelledby=\"" + prefix + "title\">\n<p class=\"name\" dir=\"auto\">" + facts + "</p>\n";
}

std::string warning(const std::string& sentence) { return "<p class=\"warning\" dir=\"auto\"><strong>Note:</strong> " + sentence + "</p>\n"; }

// append() and not +: g++ 12 warns of an overlap in "d" + std::string that is none (its bug 105651).
std::string prefix_of(const std::string& number) { return number.empty() ? "" : std::string("d").append(number) + "-"; }

}  // namespace

HtmlPart to_html(const Document& document, const std::string& number) {
  HtmlPart part;
  const std::string prefix = prefix_of(number), level = number.empty() ? "1" : "2", level_below = number.empty() ? "2" : "3";
  const bool titled = document.title && !is_blank(*document.title);
  part.title = on_one_line(titled ? *document.title : name_of(document));
  part.entry = entry_of(number, part.title, count_of(document));

  std::string facts = titled ? on_one_line(name_of(document)) : "";
  for (const std::optional<std::string>& fact : {document.publisher ? std::optional(document.publisher->name) : std::nullopt, document.published})
    if (fact && !fact->empty()) facts += (facts.empty() ? "" : " · ") + on_one_line(*fact);
  facts += (facts.empty() ? "" : " · ") + count_of(document);

  std::string& out = part.body;
  out = beginning_of(number, prefix, facts);
  ArticleWriter article(document, prefix, number.empty() ? 1 : 2, out);
  if (!article.has_title())
    out += "<h" + level + " id=\"" + prefix + "title\" dir=\"auto\">" + part.title + "</h" + level + ">\n";
  for (const Warning& w : document.warnings) out += warning(on_one_line(w.what));
  const MeantSources meant(document);
  const Findings findings(document, meant);
  const bool silences = document.non_responses.size() > 0, attributions = document.attributions.size() > 0;
  if (document.summary.ran() && (attributions || silences))
    out += "<p class=\"summary\" dir=\"auto\">" + escaped(sum_up(document, findings)) + "</p>\n";
  out += "<div class=\"columns\">\n<article";
  if (document.language && is_language_tag(*document.language)) out += " lang=\"" + *document.language + "\"";
  out += ">";
  article.write();
  out += "</article>\n";
  const auto begin_list = [&](const std::string& id, const std::string& title) {
    out += "<section aria-labelledby=\"" + prefix + id + " " + prefix + "title\">\n<h" + level_below + " id=\"" + prefix + id + "\">" + title +
        "</h" + level_below + ">\n";
  };
  if (attributions || silences) out += "<div class=\"lists\">\n";
  if (attributions && document.entities.ran()) {
    begin_list("sources", "Sources");
    write_sources(document, meant, prefix, out);
    out += "</section>\n";
  }
  if (silences) {
    begin_list("silent", "Non-responses");
    write_non_responses(document, findings, out);
    out += "</section>\n";
  }
  if (attributions) {
    begin_list("list", "Attributions");
    write_list(document, meant, findings, prefix, out);
    out += "</section>\n";
  }
  if (attributions || silences) out += "</div>\n";
  out += "</div>\n</section>\n";
  return part;
}

HtmlPart to_html(const Error& error, const std::string& source, const std::string& number) {
  HtmlPart part;
  Document unread;
  unread.source = source;
  const std::string prefix = prefix_of(number), level = number.empty() ? "1" : "2";
  part.title = on_one_line(name_of(unread));
  part.entry = entry_of(number, part.title, "could not be read");
  part.body = beginning_of(number, prefix, "could not be read") + "<h" + level + " id=\"" + prefix + "title\" dir=\"auto\">" + part.title + "</h" +
              level + ">\n" + warning(on_one_line(error.sentence())) + "</section>\n";
  return part;
}

std::string html_top(const std::vector<HtmlPart>& parts, const Engine& engine) {
  const std::string title = parts.size() == 1 ? parts.front().title + " – who says what" : "Who says what in " + counted(parts.size(), "document");
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"generator\" content=\"sayso " + escaped(engine.version) + "\">\n<title>" + title + "</title>\n<style>";
  out += style;
  out += "</style>\n</head>\n<body>\n<header>\n";
  if (parts.size() != 1) {
    out += "<h1>" + title + "</h1>\n<nav aria-label=\"Documents\">\n<ol>\n";
    for (const HtmlPart& part : parts) out += part.entry;
    out += "</ol>\n</nav>\n";
  }
  out += "<div class=\"legend\" role=\"note\" aria-label=\"How to read this page\">\n"
         "<p><span class=\"mark\">[1</span><u>It opens on Monday</u><span class=\"mark\">1]</span>, <span class=\"mark\">1</span><b>Anna Berg</b> "
         "<span class=\"mark\">1</span><i>said</i>.</p>\n"
         "<p>In a box: the <b>source</b>, who says it. In italics with dots: the <i>cue</i>, by which words. Underlined: the <u>content</u>, what is "
         "said; with <u>two <u>lines</u></u> where somebody’s words pass on somebody else’s. With dashes above: "
         "<span class=\"marker\">words</span> that make it less firm. A number joins source, cue and content, and leads to the list of attributions "
         "and back.</p>\n"
         "</div>\n</header>\n<main>\n";
  return out;
}

std::string html_bottom(const Engine& engine) {
  return "</main>\n<footer>\n<div class=\"notes\">\n<dl>\n"
         "<dt>direct, mixed or indirect quotation</dt><dd>All, some or none of the content’s words stand in quotation marks. An indirect quotation "
         "is in the words of whoever reports it, not in the source’s own.</dd>\n"
         "<dt>belief, fact, eventuality</dt><dd>The source thinks it, knows it, or wants, orders or plans it. Where none of these is said, "
         "the source says it.</dd>\n"
         "<dt>named, described or anonymous</dt><dd>The document gives the source’s name, only describes who it is (“residents”), or keeps "
         "it back (“an official who asked not to be named”).</dd>\n"
         "<dt>she → Anna Berg</dt><dd>The source’s own words do not say who it is; a machine found whom they stand for.</dd>\n"
         "<dt>source not named</dt><dd>The text does not say who it was (“it is reported that”).</dd>\n"
         "<dt>80% sure</dt><dd>Of a hundred attributions with this figure, about eighty are wholly right. A machine read this: check an attribution "
         "against the text before you rely on it.</dd>\n"
         "<dt>within 3</dt><dd>These words reach us through attribution 3.</dd>\n"
         "<dt>path</dt><dd>From who said it first to who told it last before this page.</dd>\n"
         "<dt>probable, possible, unknown; negative, denies; heard</dt><dd>How firmly the source itself puts it, and by which words: it believes "
         "so, holds it for possible, or leaves open (asks, plans, demands) whether it is so; says that it is not so; only passes on what reached "
         "it. Where none of these is said, the source says that it is so. Whether it is, nothing here says.</dd>\n"
         "<dt>repeats, contradicts, firmer than 3</dt><dd>It tells the same as attribution 3; denies or excludes it; rests on it and says more "
         "than it does.</dd>\n"
         "</dl>\n</div>\n<p>Read by sayso " + escaped(engine.version) +
         (engine.model ? " with the model " + on_one_line(*engine.model) : " without a model") +
         ". This page loads nothing from elsewhere and runs no program.</p>\n</footer>\n</body>\n</html>\n";
}

}  // namespace sayso
