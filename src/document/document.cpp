#include "document/document.h"

#include <algorithm>

#include "base/unicode.h"

namespace sayso {

namespace {

class Checker {
 public:
  explicit Checker(const Document& document) : document_(document) {}

  Status check() {
    if (!is_utf8(document_.text)) fail("text is not valid UTF-8", "document.text");
    if (document_.text.size() > UINT32_MAX) fail("text is longer than spans can say", "document.text");
    for (const Warning& warning : document_.warnings)
      if (warning.span) span(*warning.span, "warnings");
    check_text();
    check_sections(document_.markup, "markup");
    check_sections(document_.sections, "sections");
    check_raw_map();
    check_attributions();
    return status_;
  }

 private:
  void fail(const std::string& what, const std::string& where) {
    if (status_.ok()) status_ = Error{ErrorKind::internal, what, where, "Please report this document."};
  }

  bool span(Span s, const std::string& where) {
    const std::string& text = document_.text;
    if (s.begin >= s.end || s.end > text.size()) {
      fail("a span is empty or outside the text", where);
      return false;
    }
    if (!is_boundary(text, s.begin) || !is_boundary(text, s.end)) {
      fail("a span cuts a character", where);
      return false;
    }
    return true;
  }

  void part(const Part& p, const std::string& where) {
    for (size_t i = 0; i < p.spans.size(); ++i) {
      span(p.spans[i], where);
      if (i && p.spans[i].begin < p.spans[i - 1].end) fail("the spans of a part are out of order", where);
    }
  }

  void check_text() {
    uint32_t end = 0;
    for (const Token& token : document_.tokens) {
      if (!span(token.span, "tokens")) return;
      if (token.span.begin < end) return fail("tokens overlap", "tokens");
      if (token.glued && token.span.begin != end) return fail("a glued token does not touch the one before", "tokens");
      end = token.span.end;
    }
    size_t next = 0;
    for (const Sentence& sentence : document_.sentences) {
      if (!span(sentence.span, "sentences")) return;
      if (sentence.first.index != next || sentence.last.index < sentence.first.index ||
          sentence.last.index >= document_.tokens.size())
        return fail("sentences do not cover the tokens one after the other", "sentences");
      if (sentence.span.begin != document_.tokens[sentence.first].span.begin ||
          sentence.span.end != document_.tokens[sentence.last].span.end)
        return fail("a sentence does not begin and end with its tokens", "sentences");
      next = sentence.last.index + size_t{1};
    }
    if (document_.sentences.ran() && next != document_.tokens.size()) fail("tokens stand outside all sentences", "sentences");
    uint32_t begin = 0;
    for (const Quote& quote : document_.quotes) {
      if (!span(quote.span, "quotes")) return;
      if (quote.span.begin < begin) return fail("quotes are out of order", "quotes");
      begin = quote.span.begin;
    }
  }

  void check_sections(const Layer<Section>& sections, const char* where) {
    uint32_t begin = 0;
    for (const Section& section : sections) {
      if (!span(section.span, where)) return;
      if (section.span.begin < begin) return fail("sections are out of order", where);
      begin = section.span.begin;
      for (const auto& inner : {section.place, section.agency})
        if (inner && span(*inner, where) && !section.span.contains(*inner))
          return fail("a place or agency stands outside its section", where);
    }
  }

  void check_raw_map() {
    uint32_t end = 0;
    for (const RawPiece& run : document_.raw_map) {
      if (!span({run.begin, run.begin + run.size}, "raw_map")) return;
      if (run.begin < end) return fail("runs of the raw map overlap", "raw_map");
      end = run.begin + run.size;
    }
  }

  void check_attributions() {
    const auto& all = document_.attributions.items;
    uint32_t before = 0;
    for (size_t i = 0; i < all.size(); ++i) {
      const std::string where = "attributions[" + std::to_string(i) + "]";
      const Attribution& a = all[i];
      if (a.cue.empty() && a.content.empty()) return fail("an attribution has neither cue nor content", where);
      if (a.source) {
        if (a.source->part.empty()) return fail("a source has no words", where);
        part(a.source->part, where + ".source");
      }
      part(a.cue, where + ".cue");
      part(a.content, where + ".content");
      if (!status_.ok()) return;
      if (!(a.confidence >= 0 && a.confidence <= 1)) return fail("confidence is outside 0…1", where);
      if (a.evidence.empty()) return fail("an attribution has no evidence", where);
      // Text order: by the first word of any part.
      uint32_t first = UINT32_MAX;
      for (const Part* p : {&a.cue, &a.content})
        if (!p->empty()) first = std::min(first, p->spans.front().begin);
      if (a.source) first = std::min(first, a.source->part.spans.front().begin);
      if (first < before) return fail("attributions are out of text order", where);
      before = first;
      if (a.within) {
        if (a.within->index >= all.size()) return fail("within names no attribution", where);
        size_t steps = 0;
        for (auto up = a.within; up; up = all[up->index].within)
          if (++steps > all.size() || up->index == i) return fail("within runs in a circle", where);
      }
    }
  }

  const Document& document_;
  Status status_;
};

}  // namespace

std::string text_of(const Document& document, const Part& part) {
  std::string out;
  for (const Span& span : part.spans) {
    if (!out.empty()) out += " … ";
    out += document.at(span);
  }
  return out;
}

Span envelope(const Part& part) { return {part.spans.front().begin, part.spans.back().end}; }

Status check_document(const Document& document) { return Checker(document).check(); }

const char* name_of(SectionKind kind) {
  static const char* const names[] = {"headline", "dateline", "byline",  "credit", "heading", "list",
                                      "quote block", "caption", "embed", "note",   "background"};
  return names[static_cast<size_t>(kind)];
}
const char* name_of(AttributionType type) {
  static const char* const names[] = {"assertion", "belief", "fact", "eventuality"};
  return names[static_cast<size_t>(type)];
}
const char* name_of(Quotation quotation) {
  static const char* const names[] = {"direct", "indirect", "mixed"};
  return names[static_cast<size_t>(quotation)];
}
const char* name_of(SourceKind kind) {
  static const char* const names[] = {"person", "organisation", "country", "place", "group", "publication", "document"};
  return names[static_cast<size_t>(kind)];
}

}  // namespace sayso
