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
    check_factuality();
    check_provenance();
    check_summary();
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
    if (document_.tokens.glued.size() != document_.tokens.size()) return fail("it is not said of each token whether it is glued", "tokens");
    for (size_t i = 0; i < document_.tokens.size(); ++i) {
      const Token& token = document_.tokens[i];
      if (!span(token.span, "tokens")) return;
      if (token.span.begin < end) return fail("tokens overlap", "tokens");
      if (document_.tokens.glued[i] && token.span.begin != end) return fail("a glued token does not touch the one before", "tokens");
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

  // … or the input's own fields have it, of whom the text does not name.
  bool is_hop(Id<Entity> id) const {
    return std::find(document_.hop_entities.begin(), document_.hop_entities.end(), id) != document_.hop_entities.end();
  }

  void check_names(Id<Entity> id, const std::string& where) {
    const Entity& entity = document_.entities[id];
    if (!entity.name) {
      if (!entity.names.empty()) fail("an entity has other names and no name", where);
      return;
    }
    std::vector<std::string> all = entity.names;
    all.push_back(*entity.name);
    words_once(all, "a name", where);
    if (entity.mentions.empty() && is_hop(id)) return;
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
    if (!document_.hop_entities.empty() && document_.hop_entities.size() != document_.hops.size())
      fail("there is not one for each hop", "hop_entities");
    for (const auto& id : document_.hop_entities)
      if (id && id->index >= document_.entities.size()) return fail("a hop names no entity", "hop_entities");
    uint32_t before = 0;
    for (size_t i = 0; i < document_.entities.size() && status_.ok(); ++i) {
      const std::string where = "entities[" + std::to_string(i) + "]";
      const Entity& entity = document_.entities[i];
      check_mentions(entity, where + ".mentions");
      if (!status_.ok()) return;
      check_unnamed(entity, where);
      check_names(Id<Entity>{static_cast<uint32_t>(i)}, where + ".names");
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
      if ((source.identity == Identity::named) != entity.name.has_value())
        return fail("a source is named without a name, or the other way round", where);
      if (entity.type == EntityType::unnamed && source.identity != Identity::anonymous) return fail("the source is unnamed and not anonymous", where);
      const EntityType type = entity.of.value_or(entity.type);
      if (type != EntityType::unknown && std::string_view(name_of(type)) != name_of(source.kind))
        return fail("a source is of another kind than its entity", where);
    }
    if (next != all.size()) fail("there are more than attributions with a source", "source_entities");
  }

  void one_each(size_t size, const char* where) {
    if (!document_.attributions.ran() || size != document_.attributions.size()) fail("there is not one for each attribution", where);
  }

  void check_factuality() {
    if (!document_.factuality.ran()) return;
    one_each(document_.factuality.size(), "factuality");
    for (const Factuality& factuality : document_.factuality) {
      for (const Marker& marker : factuality.markers) span(marker.span, "factuality.markers");
      if (!std::is_sorted(factuality.markers.begin(), factuality.markers.end(), [](const Marker& a, const Marker& b) { return a.span < b.span; }))
        fail("markers are out of text order", "factuality.markers");
    }
  }

  void entity(const std::optional<Id<Entity>>& id, const std::string& where) {
    if (id && id->index >= document_.entities.size()) fail("an entity is named that is none", where);
  }

  void references(const std::vector<Id<Attribution>>& ids, const std::string& where) {
    for (size_t k = 0; k < ids.size(); ++k) {
      if (ids[k].index >= document_.attributions.size()) fail("an attribution is named that is none", where);
      if (k && ids[k] <= ids[k - 1]) fail("attributions are named out of order, or twice", where);
    }
  }

  void check_provenance() {
    if (!document_.provenance.ran()) return;
    if (!document_.entities.ran() || !document_.factuality.ran()) return fail("provenance ran without entities or factuality", "provenance");
    one_each(document_.provenance.size(), "provenance");
    for (uint32_t i = 0; i < document_.provenance.size() && status_.ok(); ++i) {
      const std::string where = "provenance[" + std::to_string(i) + "]";
      const Provenance& one = document_.provenance[i];
      if (one.chain.empty()) fail("a chain is empty", where + ".chain");
      for (size_t k = 0; k < one.chain.size(); ++k) {
        entity(one.chain[k], where + ".chain");
        if (std::find(one.chain.begin(), one.chain.begin() + static_cast<std::ptrdiff_t>(k), one.chain[k]) !=
            one.chain.begin() + static_cast<std::ptrdiff_t>(k))
          fail("a link stands twice in a chain", where + ".chain");
      }
      const auto expressed = [&](const Part& words, const char* what) {
        if (words.empty()) fail(std::string(what) + " has no words", where);
        part(words, where);
      };
      if (one.medium) expressed(one.medium->part, "a medium"), entity(one.medium->entity, where + ".medium");
      if (one.addressee) expressed(one.addressee->part, "an addressee"), entity(one.addressee->entity, where + ".addressee");
      if (one.occasion) expressed(*one.occasion, "an occasion");
      if (one.time) expressed(one.time->part, "a time");
      references(one.repeats, where + ".repeats");
      references(one.contradicts, where + ".contradicts");
      references(one.stronger_than, where + ".stronger_than");
      for (const auto* ids : {&one.repeats, &one.contradicts})
        if (!ids->empty() && ids->back().index >= i) fail("an attribution repeats or contradicts one that is not earlier", where);
    }
    for (const NonResponse& silent : document_.non_responses) {
      part(silent.part, "non_responses");
      entity(silent.entity, "non_responses");
    }
  }

  void check_summary() {
    if (document_.summary.ran() != document_.provenance.ran() || document_.non_responses.ran() != document_.provenance.ran())
      return fail("provenance, non-responses and the summary did not run together", "summary");
    if (!document_.summary.ran()) return;
    if (document_.summary.size() != 1) return fail("there is not one summary", "summary");
    const Summary& summary = document_.summary[0];
    if (summary.writer_share && !(*summary.writer_share >= 0 && *summary.writer_share <= 1)) fail("the writer's share is outside 0…1", "summary");
    for (const Id<Entity> relay : summary.relays) entity(relay, "summary.relays");
    if (summary.headline) {
      references(summary.headline->rests_on, "summary.headline");
      if (summary.headline->rests_on.empty()) fail("a headline rests on nothing", "summary.headline");
    }
  }

  const Document& document_;
  Status status_;
};

}  // namespace

SourceEntities::SourceEntities(const Document& document) : by_attribution_(document.attributions.size()) {
  for (const SourceEntity& source : document.source_entities) by_attribution_[source.attribution.index] = &source;
}

std::vector<std::optional<Id<Entity>>> find_agencies(const Document& document) {
  std::vector<std::optional<Id<Entity>>> agencies(document.sections.size());
  std::vector<std::pair<Span, size_t>> wanted;  // sorted: mentions are many, and hardly any document has a second agency
  for (size_t i = 0; i < document.sections.size(); ++i)
    if (const Section& section = document.sections[i]; section.agency) wanted.emplace_back(*section.agency, i);
  std::sort(wanted.begin(), wanted.end());
  std::vector<uint32_t> shortest(document.sections.size(), UINT32_MAX);
  for (uint32_t e = 0; e < document.entities.size() && !wanted.empty(); ++e) {
    for (const Mention& mention : document.entities[e].mentions) {
      // Those that begin before the mention does may reach into it: the last of them, since agencies stand apart from each other.
      auto at = std::lower_bound(wanted.begin(), wanted.end(), std::pair{Span{mention.span.begin, 0}, size_t{0}});
      if (at != wanted.begin()) --at;
      for (; at != wanted.end() && at->first.begin < mention.span.end; ++at) {
        if (!at->first.overlaps(mention.span) || mention.span.size() >= shortest[at->second]) continue;
        shortest[at->second] = mention.span.size();
        agencies[at->second] = Id<Entity>{e};
      }
    }
  }
  return agencies;
}

std::vector<bool> find_refusals(const Layer<Attribution>& attributions, const Layer<NonResponse>& non_responses) {
  std::vector<Span> silent;
  for (const NonResponse& one : non_responses) silent.insert(silent.end(), one.part.spans.begin(), one.part.spans.end());
  std::sort(silent.begin(), silent.end());
  std::vector<bool> out;
  for (const Attribution& attribution : attributions) {
    const Span cue = attribution.cue.empty() ? Span{} : envelope(attribution.cue);
    const auto at = std::lower_bound(silent.begin(), silent.end(), cue.begin, [](Span span, uint32_t begin) { return span.end <= begin; });
    out.push_back(at != silent.end() && at->overlaps(cue));
  }
  return out;
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
const char* name_of(Modality modality) {
  static const char* const names[] = {"certain", "probable", "possible", "unknown"};
  return names[static_cast<size_t>(modality)];
}
const char* name_of(Polarity polarity) { return polarity == Polarity::positive ? "positive" : "negative"; }
const char* name_of(MarkerKind kind) {
  static const char* const names[] = {"negation", "hedge", "condition", "conditional", "intention", "pretext", "hearsay", "question", "scare quotes"};
  return names[static_cast<size_t>(kind)];
}
const char* name_of(Stance stance) {
  static const char* const names[] = {"neutral", "deny", "doubt", "confirm", "admit", "claim", "warn", "promise", "demand", "ask", "suggest"};
  return names[static_cast<size_t>(stance)];
}
const char* name_of(MediumKind kind) {
  static const char* const names[] = {"interview", "statement", "press conference", "broadcast", "social media", "document", "letter", "call"};
  return names[static_cast<size_t>(kind)];
}
const char* name_of(NonResponseKind kind) {
  static const char* const names[] = {"no comment", "declined", "no response"};
  return names[static_cast<size_t>(kind)];
}

}  // namespace sayso
