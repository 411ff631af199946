#include "document/document.h"

#include <algorithm>
#include <set>
#include <string_view>

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
    check_entities();
    check_source_entities();
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

  // Each one of a list of words is there, and once.
  void words_once(const std::vector<std::string>& words, const char* what, const std::string& where) {
    std::set<std::string_view> seen;
    for (const std::string& one : words) {
      if (one.empty()) fail(std::string(what) + " is empty", where);
      if (!seen.insert(one).second) fail(std::string(what) + " stands there twice", where);
    }
  }

  // A name is words of the text, never one that was made up (“Unknown”): a mention has it, line breaks as blanks.
  bool stands_in_mention(const Entity& entity, const std::string& name) const {
    return std::any_of(entity.mentions.begin(), entity.mentions.end(), [&](const Mention& mention) {
      std::string words(document_.at(mention.span));
      std::replace(words.begin(), words.end(), '\n', ' ');
      return words.find(name) != std::string::npos;
    });
  }

  void check_names(const Entity& entity, const std::string& where) {
    if (!entity.name) {
      if (!entity.names.empty()) fail("an entity has other names and no name", where);
      return;
    }
    std::vector<std::string> all = entity.names;
    all.push_back(*entity.name);
    words_once(all, "a name", where);
    for (const std::string& name : all)
      if (!stands_in_mention(entity, name)) return fail("a name stands in none of the entity's mentions", where);
  }

  void check_mentions(const Entity& entity, const std::string& where) {
    std::set<Span> seen;
    uint32_t before = 0;
    for (const Mention& mention : entity.mentions) {
      if (!span(mention.span, where)) return;
      if (mention.span.begin < before) return fail("mentions are out of text order", where);
      if (!seen.insert(mention.span).second) return fail("a mention is given twice", where);
      before = mention.span.begin;
    }
  }

  void check_unnamed(const Entity& entity, const std::string& where) {
    const bool unnamed = entity.type == EntityType::unnamed;
    if (entity.type == EntityType::unknown) fail("an entity is of type unknown, which stands in `of` alone", where);
    if (unnamed != entity.of.has_value()) fail("an entity is unnamed without saying what of, or the other way round", where);
    if (entity.of == EntityType::unnamed) fail("an entity is unnamed of unnamed", where);
    if (unnamed && entity.name) fail("an unnamed entity has a name", where);
    if (!unnamed && (entity.reason || entity.count)) fail("an entity that is not unnamed has a reason or count", where);
    if (entity.reason) {
      if (entity.reason->empty()) fail("a reason has no words", where);
      part(*entity.reason, where + ".reason");
    }
    if (entity.count && (entity.count->min < 1 || (entity.count->max && *entity.count->max < entity.count->min)))
      fail("a count is less than one, or its max less than its min", where);
  }

  void check_entities() {
    uint32_t before = 0;
    for (size_t i = 0; i < document_.entities.size() && status_.ok(); ++i) {
      const std::string where = "entities[" + std::to_string(i) + "]";
      const Entity& entity = document_.entities[i];
      check_mentions(entity, where + ".mentions");
      if (!status_.ok()) return;
      check_unnamed(entity, where);
      check_names(entity, where + ".names");
      words_once(entity.roles, "a role", where + ".roles");
      for (size_t k = 0; k < entity.links.size(); ++k) {
        if (entity.links[k].scheme.empty() || entity.links[k].value.empty()) fail("a link has no scheme or no value", where + ".links");
        if (k && entity.links[k].scheme <= entity.links[k - 1].scheme) fail("links do not ascend by scheme, each once", where + ".links");
      }
      const uint32_t first = entity.mentions.empty() ? UINT32_MAX : entity.mentions.front().span.begin;
      if (first < before) fail("entities are not in the order of their first mentions, those without any last", where);
      before = first;
    }
  }

  void check_source_entities() {
    const auto& all = document_.source_entities;
    if (document_.entities.ran() != all.ran()) return fail("entities and source entities did not run together", "source_entities");
    if (!all.ran()) return;
    if (!document_.attributions.ran()) return fail("entities ran without attributions", "source_entities");
    size_t next = 0;
    for (uint32_t i = 0; i < document_.attributions.size(); ++i) {
      if (!document_.attributions[i].source) continue;
      const std::string where = "source_entities[" + std::to_string(next) + "]";
      if (next >= all.size() || all[next].attribution.index != i)
        return fail("there is not one for each attribution with a source, in their order", where);
      const SourceEntity& source = all[next++];
      if (source.entity.index >= document_.entities.size()) return fail("a source names no entity", where);
      const Entity& entity = document_.entities[source.entity];
      if ((source.identity == Identity::named) != entity.name.has_value()) return fail("a source is named without a name, or the other way round", where);
      if (entity.type == EntityType::unnamed && source.identity != Identity::anonymous) return fail("the source is unnamed and not anonymous", where);
      const EntityType type = entity.of.value_or(entity.type);
      if (type != EntityType::unknown && std::string_view(name_of(type)) != name_of(source.kind)) return fail("a source is of another kind than its entity", where);
    }
    if (next != all.size()) fail("there are more than attributions with a source", "source_entities");
  }

  const Document& document_;
  Status status_;
};

}  // namespace

SourceEntities::SourceEntities(const Document& document) : by_attribution_(document.attributions.size()) {
  for (const SourceEntity& source : document.source_entities) by_attribution_[source.attribution.index] = &source;
}

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
const char* name_of(EntityType type) {
  static const char* const names[] = {"person", "organisation", "country", "place", "group", "publication", "document", "unnamed", "unknown"};
  return names[static_cast<size_t>(type)];
}
const char* name_of(MentionKind kind) {
  static const char* const names[] = {"name", "nominal", "pronoun"};
  return names[static_cast<size_t>(kind)];
}
const char* name_of(Identity identity) {
  static const char* const names[] = {"named", "described", "anonymous"};
  return names[static_cast<size_t>(identity)];
}

}  // namespace sayso
