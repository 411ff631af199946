#include "attribution/mend.h"

#include <algorithm>

#include "attribution/lexicon.h"
#include "attribution/words.h"

namespace sayso {

namespace {

// The longest stretch of words that a rule moves the end of a part over: the anonymity clause of an official is seldom longer than 25 words.
constexpr size_t furthest = 40;

// Of a content whose front a rule has found: the model's own confidence was in the part without it.
constexpr double clause_confidence = 0.4;

class Mender {
 public:
  Mender(const Document& document, std::vector<Attribution>& attributions) : document_(document), words_(document), attributions_(attributions) {
    for (const Section& section : document.sections)
      if (section.kind == SectionKind::dateline) datelines_.push_back(section.span);
    for (const Quote& quote : document.quotes)
      if (quote.depth == 0) outermost_.push_back(quote);
    std::vector<Span> spans;
    for (const Quote& quote : outermost_) spans.push_back(quote.span);
    quoted_ = SpanIndex(std::move(spans));
  }

  void mend() {
    for (Attribution& a : attributions_) {
      drop_stray_pieces(a);
      complete_according_to(a);
      part_verb_from_source(a);
      complete_name(a);
      trim_cue(a);
      free_impersonal(a);
      free_addressee(a);
      part_speaker_from_quotation(a);
      if (std::find(a.evidence.begin(), a.evidence.end(), "content read again") != a.evidence.end()) mend_inner(a);
      complete_inverted_source(a);
      complete_inverted_title(a);
      turn_object_first(a);
      part_object_from_order(a);
      end_before_own_voice(a);
      add_reason_for_anonymity(a);
    }
    drop_reasons_for_anonymity();
    drop_names();
    // “What the papers say”: a heading says nothing.
    std::erase_if(attributions_, [&](const Attribution& a) { return to_lower(text_of(document_, a.content)) == "what"; });
    drop_places();
    drop_questions();
    std::vector<Span> taken;  // what no front may grow over
    for (const Attribution& a : attributions_)
      for (const Part* part : {&a.cue, &a.content}) taken.insert(taken.end(), part->spans.begin(), part->spans.end());
    for (const Quote& quote : outermost_) taken.push_back(quote.span);
    const SpanIndex index(std::move(taken));
    for (Attribution& a : attributions_) complete_front(a, index);
    carry_over_paragraphs();
  }

 private:
  // “We will sign,” said [Tomas] Berg. “We will not,” answered [Ylva Krantz]: where speakers follow each other closely, a word of the one before
  // stays behind as a piece of its own. A piece without words goes; so does a piece of a source that a quotation stands between and the cue, and a
  // piece out of the middle of a quotation when the content has another one whole.
  void drop_stray_pieces(Attribution& a) const {
    bool dropped = false;
    const auto drop = [&dropped](std::vector<Span>& spans, const auto& is_stray) {
      if (spans.size() < 2 || std::all_of(spans.begin(), spans.end(), is_stray)) return;
      dropped = std::erase_if(spans, is_stray) > 0 || dropped;
    };
    const auto wordless = [this](Span span) {
      for (size_t i = words_.from(span.begin); i < words_.to(span.end); ++i)
        if (words_.is_spoken(i)) return false;
      return true;
    };
    drop(a.content.spans, wordless);
    const auto only_joins = [this](Span span) {  // “[In this context], Norpress reported that …”
      static const std::vector<std::string> phrases = {"in this context", "in this regard", "in this connection", "for his part", "for her part",
                                                       "for its part", "for their part", "in turn", "on the other hand", "at the same time",
                                                       "in addition", "in particular"};
      return std::find(phrases.begin(), phrases.end(), to_lower(document_.at(span))) != phrases.end();
    };
    drop(a.content.spans, only_joins);
    drop_other_sentences(a);
    if (a.content.spans.size() > 1) {
      const auto whole = std::find_if(outermost_.begin(), outermost_.end(), [&](const Quote& q) {
        return std::any_of(a.content.spans.begin(), a.content.spans.end(), [&](Span span) { return span.contains(q.span); });
      });
      if (whole != outermost_.end())
        drop(a.content.spans, [&](Span span) {
          return std::any_of(outermost_.begin(), outermost_.end(),
                             [&](const Quote& q) { return q.span.contains(span) && span.end < q.span.end && !(q.span == whole->span); });
        });
    }
    if (a.source && !a.cue.empty()) {
      drop(a.source->part.spans, wordless);
      const Span cue = a.cue.spans.front();
      drop(a.source->part.spans, [&](Span span) {
        const Span between = span.end <= cue.begin ? Span{span.end, cue.begin} : cue.end <= span.begin ? Span{cue.end, span.begin} : Span{};
        return std::any_of(outermost_.begin(), outermost_.end(), [&](const Quote& q) { return between.contains(q.span); });
      });
      const Span sentence = words_.sentence_of(words_.from(cue.begin)).span;
      drop(a.source->part.spans, [&](Span span) { return !sentence.overlaps(span); });
    }
    join_neighbours(a.content.spans);
    if (a.source) join_neighbours(a.source->part.spans);
    if (dropped) a.evidence.push_back("rule no stray pieces");
  }

  // What is left and stands side by side is one piece.
  void join_neighbours(std::vector<Span>& spans) const {
    for (size_t i = 1; i < spans.size();)
      if (document_.at({spans[i - 1].end, spans[i].begin}) == " ") {
        spans[i - 1].end = spans[i].end;
        spans.erase(spans.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        ++i;
      }
  }

  // “She said that it leaked. It denied [that anybody knew]”, “Photograph: [Orbis] ⏎⏎ The lock leaks, she said”: outside of the cue's sentence stands
  // only what is quoted.
  void drop_other_sentences(Attribution& a) const {
    if (a.content.empty() || a.cue.empty()) return;
    std::vector<Span>& spans = a.content.spans;
    const Span own = words_.sentence_of(words_.from(a.cue.spans.back().begin)).span;
    if (std::none_of(spans.begin(), spans.end(), [&](Span span) { return span.overlaps(own); })) return;
    const auto is_quoted = [&](Span span) { return quoted_.overlaps(span); };
    const auto holds_break = [&](uint32_t begin, uint32_t end) {
      return begin < end && document_.at({begin, end}).find("\n\n") != std::string_view::npos;
    };
    bool changed = std::erase_if(spans, [&](Span span) { return !span.overlaps(own) && !is_quoted(span); }) > 0;
    for (Span& span : spans) {
      if (is_quoted(span)) continue;
      const Span whole = span;
      if (holds_break(span.begin, own.begin)) span.begin = own.begin;
      if (holds_break(own.end, span.end)) span.end = own.end;
      changed = changed || span != whole;
    }
    if (changed) a.evidence.push_back("rule one sentence without quotation marks");
  }

  // “has learned that, [according] to a posting, the site is under attack”: the cue is “according to”, and who is named behind it is the source.
  void complete_according_to(Attribution& a) {
    if (a.cue.spans.size() != 1) return;
    const size_t cue = words_.from(a.cue.spans[0].begin);
    if (words_.to(a.cue.spans[0].end) != cue + 1 || words_.lower(cue) != "according" || cue + 2 >= words_.count() || words_.lower(cue + 1) != "to")
      return;
    size_t end = cue + 2;
    const uint32_t last = words_.sentence_of(cue).last.index;
    while (end <= last && end < cue + furthest && !is_one_of(words_.word(end), {",", ".", ";", ":", "–", "—"})) ++end;
    if (end == cue + 2) return;
    const Span source = words_.over(cue + 2, end);
    for (const Span& span : a.content.spans)
      if (span.overlaps(source)) return;
    a.cue.spans[0] = words_.over(cue, cue + 2);
    a.source = Source{{{source}}, SourceKind::person};
    a.evidence.push_back("rule according to");
  }

  // “According to [how much affirms] the mayor, …”, as some languages have it: the verb says nobody’s name.
  void part_verb_from_source(Attribution& a) const {
    if (!a.source || a.source->part.spans.size() != 1 || a.cue.spans.size() != 1) return;
    Span& source = a.source->part.spans.front();
    const size_t begin = words_.from(source.begin), end = words_.to(source.end);
    if (begin >= end || words_.lower(words_.from(a.cue.spans.front().begin)) != "according" || words_.to(a.cue.spans.front().end) != begin) return;
    const size_t verb = begin + (words_.lower(begin) == "how" ? 2 : 1);
    if (verb + 1 >= end || !is_one_of(words_.lower(verb - 1), {"much", "what"}) || !is_saying_verb(words_.lower(verb))) return;
    a.cue.spans.front().end = words_.span(verb).end;
    source.begin = words_.span(verb + 1).begin;
    a.evidence.push_back("rule verb in front of the source");
  }

  // “The daily Talvia [Today reported]”, “Edda [Lofting] fears”: a name goes on up to its verb.
  void complete_name(Attribution& a) const {
    if (!a.source || a.source->part.spans.size() != 1 || a.cue.spans.size() != 1) return;
    Span& source = a.source->part.spans.front();
    Span& cue = a.cue.spans.front();
    const size_t end = words_.to(source.end), begin = words_.from(cue.begin), cue_end = words_.to(cue.end);
    if (end == 0 || begin < end || !words_.has_capital(end - 1)) return;
    size_t name_end = end;
    const auto is_name = [&](size_t i) {
      return words_.is_spoken(i) && words_.has_capital(i) && words_.word(i) != "I" && !words_.begins_line(i);
    };
    while (name_end + 1 < cue_end && name_end < end + 2 && is_name(name_end)) ++name_end;
    if (name_end == end || name_end < begin || words_.has_capital(name_end)) return;  // “MAYOR SAID” in capitals
    source.end = words_.span(name_end - 1).end;
    cue.begin = words_.span(name_end).begin;
    a.evidence.push_back("rule whole name");
  }

  // “Edda [Lofting] fears that …”: a last name is no verb, where another attribution has the one behind it.
  void drop_names() {
    std::vector<uint32_t> cues;
    for (const Attribution& a : attributions_)
      if (!a.cue.empty()) cues.push_back(a.cue.spans.front().begin);
    std::sort(cues.begin(), cues.end());
    std::erase_if(attributions_, [&](const Attribution& a) {
      if (!a.source || a.cue.spans.size() != 1) return false;
      const size_t cue = words_.from(a.cue.spans.front().begin);
      if (cue == 0 || cue + 1 >= words_.count() || words_.to(a.cue.spans.front().end) != cue + 1 || words_.begins_line(cue)) return false;
      if (words_.to(a.source->part.spans.back().end) != cue) return false;
      if (!words_.has_capital(cue - 1) || !words_.has_capital(cue) || words_.has_capital(cue + 1)) return false;
      return std::binary_search(cues.begin(), cues.end(), words_.span(cue + 1).begin);
    });
  }

  // “It is said in [the city] that …”: where something is said is nobody who says it.
  void free_impersonal(Attribution& a) const {
    if (!a.source || a.source->part.spans.size() != 1 || a.cue.spans.size() != 1) return;
    const size_t cue = words_.from(a.cue.spans.front().begin), cue_end = words_.to(a.cue.spans.front().end);
    const size_t source = words_.from(a.source->part.spans.front().begin);
    if (source < cue_end + 1 || source > cue_end + 2 || !is_one_of(words_.lower(cue_end), {"in", "at", "among", "around", "across"})) return;
    const size_t be = words_.lower(cue) == "it" ? cue + 1 : cue;
    if (be == 0 || words_.lower(be - 1) != "it" || !is_one_of(words_.lower(be), {"is", "was", "has"}) || be + 1 >= cue_end) return;
    a.source.reset();
    std::vector<Span>& content = a.content.spans;
    if (content.size() > 1 && words_.from(content.front().begin) == be - 1 && words_.to(content.front().end) == be) content.erase(content.begin());
    a.evidence.push_back("rule nobody is named");
  }

  // “We stay, assured [the director]”, “…”, told [he] the station: behind a content and its verb of saying stands who says it.
  void complete_inverted_source(Attribution& a) const {
    if (take_speaker_from_content(a)) return;
    if (a.source || a.cue.spans.size() != 1 || a.content.empty() || a.content.spans.front().end > a.cue.spans.front().begin) return;
    const size_t cue = words_.from(a.cue.spans.front().begin), begin = words_.to(a.cue.spans.front().end);
    if (begin != cue + 1 || begin >= words_.count() || !is_saying_verb(words_.lower(cue)) || cue == 0 ||
        (words_.is_spoken(cue - 1) && words_.word(cue - 1) != ","))
      return;
    if (words_.begins_line(begin)) return;
    if (is_one_of(words_.lower(begin), {"he", "she", "they"})) {
      a.source = Source{{{words_.span(begin)}}, SourceKind::person};
      a.evidence.push_back("rule inverted source");
      return;
    }
    if (!is_one_of(words_.lower(begin), {"the", "a", "an", "his", "her", "its"}) && !words_.has_capital(begin)) return;
    size_t end = begin;
    while (end < words_.count() && end < begin + 8 && words_.is_spoken(end) && !(end > begin && words_.begins_line(end)) &&
           !is_one_of(words_.lower(end), {"that", "in", "on", "at", "to", "when", "as", "after"}))
      ++end;
    // It ends the sentence: “told the station that” is no source.
    const bool ends = end == words_.count() || words_.begins_line(end);
    if (end == begin || (!ends && (words_.is_spoken(end) || (words_.word(end) == "," && !quotes_on(end + 1))))) return;
    const Span source = words_.over(begin, end);
    if (std::any_of(a.content.spans.begin(), a.content.spans.end(), [&](Span span) { return span.overlaps(source); })) return;
    a.source = Source{{{source}}, SourceKind::person};
    a.evidence.push_back("rule inverted source");
  }

  // «It leaks», has declared [the director, Ida Sund]: what the model took for more of the content.
  bool take_speaker_from_content(Attribution& a) const {
    if (a.source || a.cue.spans.size() != 1 || a.content.spans.size() < 2) return false;
    std::vector<Span>& content = a.content.spans;
    const Span quote = content.front(), speaker = content[1], cue = a.cue.spans.front();
    const size_t begin = words_.from(speaker.begin), end = words_.to(speaker.end);
    const Quote* const whole = quote_at(quote.begin);
    if (whole == nullptr || whole->span != quote || quoted_.overlaps(speaker)) return false;
    if (begin >= end || quote.end > cue.begin || words_.to(cue.end) != begin || end > begin + 14 || !is_saying_verb(words_.lower(begin - 1)))
      return false;
    if (!is_article(begin) && !words_.has_capital(begin)) return false;
    for (size_t i = begin; i < end; ++i)
      if (is_one_of(words_.lower(i), {"that", "is", "was", "are", "were", "has", "had", "will", "would", "to"})) return false;
    // It may have been left in pieces: up to a comma, and over a name behind it.
    const auto goes_on = [&](size_t i) { return i < words_.count() && i < begin + 12 && words_.is_spoken(i) && !words_.begins_line(i); };
    size_t stop = end;
    while (goes_on(stop) && !is_one_of(words_.lower(stop), {"in", "on", "at", "to", "during", "with", "after", "when", "that", "and"})) ++stop;
    if (stop < words_.count() && words_.word(stop) == "," && goes_on(stop + 1) && words_.has_capital(stop + 1) && goes_on(stop + 2))
      for (stop += 2; goes_on(stop) && words_.has_capital(stop);) ++stop;
    a.source = Source{{{words_.over(begin, stop)}}, SourceKind::person};
    std::erase_if(content, [&](Span span) { return !quoted_.overlaps(span); });
    a.evidence.push_back("rule inverted source");
    return true;
  }

  // “…”, tells the baker, [– “…”]: does a quotation begin at word i, perhaps behind a dash?
  bool quotes_on(size_t i) const {
    if (i < words_.count() && is_one_of(words_.word(i), {"–", "—", "-"})) ++i;
    return i < words_.count() && quoted_.overlaps(words_.span(i));
  }

  // “…, informed mayor [of the city Anna Holm] during …”: a title that stands behind its verb goes on to the name.
  void complete_inverted_title(Attribution& a) const {
    if (!a.source || a.source->part.spans.size() != 1 || a.cue.spans.size() != 1 || a.content.empty()) return;
    Span& source = a.source->part.spans.front();
    const size_t of = words_.to(source.end);
    if (words_.to(a.cue.spans.front().end) != words_.from(source.begin) || of + 1 >= words_.count() || words_.lower(of) != "of" ||
        !is_speaking_role(words_.lower(of - 1)))
      return;
    size_t end = of + 1;
    const uint32_t last = words_.sentence_of(of).last.index;
    while (end <= last && end < of + 9 && words_.is_spoken(end) &&
           !is_one_of(words_.lower(end), {"during", "in", "on", "at", "to", "for", "with", "before", "after", "that", "as", "when", "who", "while",
                                          "and"}))
      ++end;
    if (end == of + 1 || a.content.spans.front().overlaps(words_.over(of, end)) || a.content.spans.back().overlaps(words_.over(of, end))) return;
    source.end = words_.span(end - 1).end;
    a.evidence.push_back("rule inverted source");
  }

  // “[Teachers] were told not to talk”: who is told something says nothing. He is no part of what is told either.
  void free_addressee(Attribution& a) const {
    if (a.cue.spans.size() != 1) return;
    const size_t begin = words_.from(a.cue.spans.front().begin), end = words_.to(a.cue.spans.front().end);
    size_t told = begin;
    bool passive = false;
    for (; told < end; ++told) {
      const bool is_form_of_be = is_one_of(words_.lower(told), {"was", "were", "are", "is", "been", "being", "be"});
      if (!is_form_of_be && !is_one_of(words_.lower(told), {"has", "have", "had", "also", "not"})) break;
      passive = passive || is_form_of_be;
    }
    if (!passive || told >= end || !(is_participle_of_telling(words_.lower(told)) || words_.lower(told) == "notified")) return;
    const size_t first = words_.sentence_of(begin).first.index;
    if (first == begin) return;
    const Span subject = words_.over(first, begin);
    const auto is_before = [&](Span span) { return subject.contains(span); };
    bool changed = false;
    // “[They] had been told [by the guard]”: who told stands behind.
    if (a.source && std::all_of(a.source->part.spans.begin(), a.source->part.spans.end(), is_before)) a.source.reset(), changed = true;
    else if (a.source) changed = std::erase_if(a.source->part.spans, is_before) > 0;
    std::vector<Span>& content = a.content.spans;
    if (content.size() > 1 && !is_before(content.back()) && is_one_of(words_.lower(words_.from(content.back().begin)), {"to", "not", "that", "how"}))
      changed = std::erase_if(content, is_before) > 0 || changed;
    if (changed) a.evidence.push_back("rule who is told");
  }

  // “There was shouting,” [an official] who was not allowed to speak told us: what goes on behind a quotation up to the cue is who speaks.
  void part_speaker_from_quotation(Attribution& a) const {
    if (a.source || a.cue.empty() || a.content.spans.size() != 1) return;
    const Span content = a.content.spans.front(), cue = a.cue.spans.front();
    const Quote* const quote = quote_at(content.begin);
    if (quote == nullptr || quote->span.begin != content.begin || !quote->closed) return;
    if (content.end <= quote->span.end || cue.begin < content.end) return;
    const size_t begin = words_.from(quote->span.end), end = words_.from(cue.begin);
    if (begin >= end || end - begin > 20 || !is_one_of(words_.word(begin - 2), {",", "?", "!"}) || !is_saying_verb(words_.lower(end))) return;
    for (size_t i = begin; i < end; ++i)
      if (words_.begins_line(i) || is_one_of(words_.word(i), {".", ";", ":"})) return;
    if (!is_one_of(words_.lower(begin), {"the", "a", "an", "his", "her", "its", "one", "two", "he", "she", "they"}) &&
        !words_.has_capital(begin)) return;
    a.content.spans = {quote->span};
    a.source = Source{{{words_.over(begin, end)}}, SourceKind::person};
    a.evidence.push_back("rule speaker behind a quotation");
  }

  // “ordered [to the inspectorate] to take samples”: whom somebody orders stands before what is to be done, in the English of those who translate a
  // dative.
  void part_object_from_order(Attribution& a) const {
    if (a.content.empty() || a.cue.spans.size() != 1) return;
    Span& content = a.content.spans.front();
    const size_t begin = words_.from(content.begin), end = words_.to(content.end);
    if (words_.to(a.cue.spans.front().end) != begin || words_.lower(begin) != "to") return;
    if (!is_one_of(words_.lower(begin - 1), {"ordered", "orders", "recommended", "recommends", "recommend", "advised", "advises", "proposed",
                                             "proposes", "suggested", "suggests", "allowed", "allows", "commanded"}))
      return;
    for (size_t i = begin + 2; i + 1 < end && i < begin + 7; ++i) {
      if (!words_.is_spoken(i) || is_one_of(words_.lower(i), {"that", "and", "or", "what", "how", "by"})) return;
      if (words_.lower(i) != "to") continue;
      content.begin = words_.span(i).begin;
      a.evidence.push_back("rule object of an order");
      return;
    }
  }

  // “Boyd believes that she will resign, [and for once I agree]”: without quotation marks “I” is the writer, in whose voice the sentence goes on.
  void end_before_own_voice(Attribution& a) const {
    if (!a.source || a.cue.empty()) return;
    const auto is_writer = [&](size_t word) { return is_one_of(words_.word(word), {"I", "me", "my", "myself", "I’m", "I’ve", "I’d", "I’ll"}); };
    for (const Span span : a.source->part.spans)
      for (size_t i = words_.from(span.begin); i < words_.to(span.end); ++i)
        if (is_writer(i) || is_one_of(words_.lower(i), {"we", "us", "our"})) return;
    Span& content = a.content.spans.back();
    if (content.begin < a.cue.spans.back().end || quoted_.overlaps(content)) return;
    if (const Quote* const quote = quote_at(a.cue.spans.back().begin); quote != nullptr && quote->span.contains(a.cue.spans.back())) return;
    const size_t begin = words_.from(content.begin), end = words_.to(content.end);
    size_t cut = end;
    for (size_t i = begin + 1; i + 2 < end && cut == end; ++i) {
      if (is_writer(i)) return;  // whom he speaks to, or of
      if (words_.word(i) == "," && is_one_of(words_.lower(i + 1), {"and", "but", "though", "although"}) && i > begin + 2) {
        size_t k = i + 2;
        while (k < end && words_.word(k) != "," && !is_writer(k)) ++k;
        if (k < end && words_.word(k) != ",") cut = i;
      }
    }
    if (cut == end) return;
    content.end = words_.span(cut - 1).end;
    a.evidence.push_back("rule the writer's own voice");
  }

  // “The pill was approved in [the European Union] in 2019”: a place where something is done is nobody who says it.
  void drop_places() {
    std::erase_if(attributions_, [&](const Attribution& a) {
      if (!a.source || a.source->part.spans.size() != 1 || a.cue.spans.size() != 1) return false;
      const size_t cue = words_.from(a.cue.spans.front().begin), cue_end = words_.to(a.cue.spans.front().end);
      const size_t source = words_.from(a.source->part.spans.front().begin);
      return source > cue_end && source == cue_end + 1 + (words_.lower(source - 1) == "the") && is_one_of(words_.lower(cue_end), {"in", "across"}) &&
             is_one_of(words_.lower(cue), {"was", "were", "is", "are", "been"}) && words_.lower(cue_end - 1).ends_with("ed");
    });
  }

  // “This report denied the spokeswoman, Ilka Brandner”: reports deny nobody, and who speaks stands last, as in languages that machines translate
  // word by word.
  void turn_object_first(Attribution& a) const {
    if (!a.source || a.source->part.spans.size() != 1 || a.cue.spans.size() != 1 || a.content.spans.size() != 1) return;
    const Span object = a.source->part.spans.front();
    if (a.cue.spans.front().begin < object.end || a.content.spans.front().begin < a.cue.spans.front().end) return;
    const size_t first = words_.from(object.begin), last = words_.to(object.end), cue = words_.from(a.cue.spans.front().begin);
    if (last != first + 2 || !is_one_of(words_.lower(first), {"this", "these", "the"}) ||
        !is_one_of(words_.lower(first + 1), {"report", "reports", "claim", "claims", "accusation", "accusations", "allegation", "allegations",
                                             "information", "rumour", "rumours", "rumor", "rumors", "statement"}))
      return;
    if (!is_one_of(words_.lower(cue), {"denied", "denies", "deny", "rejected", "rejects", "reject", "confirmed", "confirms", "confirm", "dismissed",
                                       "refuted"}))
      return;
    size_t begin = words_.from(a.content.spans.front().begin);
    const size_t end = words_.to(a.content.spans.front().end);
    while (begin < end && is_one_of(words_.lower(begin), {"now", "also", "yesterday", "today"})) ++begin;
    bool speaks = false;
    for (size_t i = begin; i < end; ++i) {
      if (is_one_of(words_.lower(i), {"that", "is", "was", "were", "has", "had"})) return;
      speaks = speaks || is_speaking_role(words_.lower(i));
    }
    if (!speaks || begin >= end) return;
    a.content.spans = {object};
    a.source->part.spans = {words_.over(begin, end)};
    a.evidence.push_back("rule object first");
  }

  // Inside somebody's words the model is less at home: “we hear[, in the open,] that they are leaving”, “[because] the crews, they complain, are worn
  // out”, “the quay, [which] the Front considers untouchable”.
  void mend_inner(Attribution& a) const {
    std::vector<Span>& spans = a.content.spans;
    if (a.cue.empty()) return;
    const auto that = std::find_if(spans.begin(), spans.end(), [&](Span span) { return words_.lower(words_.from(span.begin)) == "that"; });
    if (that != spans.end() && that != spans.begin() && a.cue.spans.back().end <= spans.front().begin) {
      spans.erase(spans.begin(), that);
      a.evidence.push_back("rule clause begins with that");
      return;
    }
    const size_t first = words_.from(spans.front().begin), end = words_.to(spans.front().end);
    // “Berg argues [that] | most dockers say | the lock is old”: the outer content's “that”.
    if (spans.size() > 1 && end == first + 1 && words_.lower(first) == "that" && a.source && words_.from(a.source->part.spans.front().begin) == end) {
      spans.erase(spans.begin());
      a.evidence.push_back("rule clause begins with that");
      return;
    }
    const bool interrupted = spans.size() > 1 && spans.front().end <= a.cue.spans.front().begin && a.cue.spans.back().end <= spans.back().begin;
    if (!interrupted || end <= first) return;
    if (end > first + 1 && is_one_of(words_.lower(first), {"because", "since", "as", "while", "although", "though", "and", "but"})) {
      spans.front().begin = words_.span(first + 1).begin;
      a.evidence.push_back("rule parenthesis");
    } else if (end == first + 1 && is_one_of(words_.lower(first), {"which", "whom"}) && first > 1 && words_.word(first - 1) == ",") {
      // What “which” stands for: back to its article.
      for (size_t i = first - 1; i-- > 0 && i + 8 > first && words_.is_spoken(i);)
        if (is_one_of(words_.lower(i), {"the", "a", "an", "its", "his", "her", "their", "this", "that", "these", "those"})) {
          spans.front() = words_.over(i, first - 1);
          a.evidence.push_back("rule antecedent");
          return;
        }
    }
  }

  // “[Asked] about the delay, Brandt said …”: who asked does not matter, and the question is the occasion of the answer.
  void drop_questions() {
    std::vector<uint32_t> answered;  // first words of sentences in which somebody speaks
    for (const Attribution& a : attributions_)
      if (a.source && !a.cue.empty()) answered.push_back(words_.sentence_of(words_.from(a.cue.spans.front().begin)).first.index);
    std::erase_if(attributions_, [&](const Attribution& a) {
      if (a.source || a.cue.spans.size() != 1) return false;
      const size_t cue = words_.from(a.cue.spans.front().begin);
      if (cue >= words_.count() || words_.to(a.cue.spans.front().end) != cue + 1 || words_.lower(cue) != "asked") return false;
      const uint32_t first = words_.sentence_of(cue).first.index;
      return (cue == first || words_.lower(cue - 1) == "when") && std::find(answered.begin(), answered.end(), first) != answered.end();
    });
  }

  // “announced in an interview with”, “said in a statement”, “denied last”: medium and time are no part of the cue (MARKING, Cue).
  void trim_cue(Attribution& a) {
    if (a.cue.spans.size() != 1) return;
    const size_t begin = words_.from(a.cue.spans[0].begin), end = words_.to(a.cue.spans[0].end);
    if (begin + 1 >= end) return;
    size_t cut = end;
    // “wrote in”, “wrote in a”: where and when stand behind it, unless what is said does.
    const size_t leads = end - 1 - (end > begin + 2 && is_article(end - 1));
    const auto begins_behind = [&](Span span) { return words_.from(span.begin) == end; };
    if (leads > begin && is_one_of(words_.lower(leads), {"in", "on", "at"}) && is_saying_verb(words_.lower(leads - 1)) &&
        !is_one_of(words_.lower(leads - 1), {"went", "go", "goes", "gone", "going"}) &&  // “went on”
        std::none_of(a.content.spans.begin(), a.content.spans.end(), begins_behind))
      cut = leads;
    for (size_t i = begin + 1; i + 1 < end; ++i) {
      if (!is_one_of(words_.lower(i), {"in", "on", "during", "at", "via", "through"})) continue;
      size_t noun = i + (i + 2 < end && is_article(i + 1) ? 2 : 1);
      while (noun < end && noun < i + 6 && !is_medium(words_.lower(noun))) ++noun;  // “in a 12-page ruling”
      if (noun == end || noun == i + 6) continue;
      cut = i;
      break;
    }
    if (cut > begin + 2 && is_one_of(words_.lower(cut - 2), {"last", "this"}) && follows_last(words_.lower(cut - 1))) cut -= 2;
    while (cut > begin + 1 && is_time(words_.lower(cut - 1))) --cut;
    if (cut > begin + 1 && cut < end && is_one_of(words_.lower(cut - 1), {"on", "last", "earlier", "late", "early"})) --cut;
    if (cut == end) return;
    a.cue.spans[0] = words_.over(begin, cut);
    a.evidence.push_back("rule cue without medium and time");
  }
  bool is_article(size_t word) const { return is_one_of(words_.lower(word), {"a", "an", "the", "his", "her", "their", "its"}); }
  static bool is_medium(const std::string& noun) {
    return is_one_of(noun, {"interview", "interviews", "statement", "speech", "letter", "email", "e-mail", "tweet", "post", "tweets", "broadcast",
                            "conference", "briefing", "call", "twitter", "facebook", "television", "tv", "radio", "telegram", "memo", "blog",
                            "column", "editorial", "op-ed", "video", "message", "remarks", "press", "news", "report", "filing", "show", "note",
                            "affidavit", "memoir", "essay", "ruling", "media", "commentary", "submission", "verdict", "networks"});
  }
  // “Reported [last year]”.
  static bool follows_last(const std::string& word) {
    return is_one_of(word, {"night", "week", "weekend", "month", "year", "spring", "summer", "autumn", "fall", "winter"});
  }
  static bool is_time(const std::string& word) {
    return is_one_of(word, {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "last", "today", "yesterday", "tonight"});
  }

  // “An official familiar with the matter, who asked not to be named because the talks are private, told …”, “according to two teachers who asked not
  // to be named.”: the clause that says why somebody is anonymous belongs to the source (FORMAT, rule 3).
  void add_reason_for_anonymity(Attribution& a) {
    if (!a.source || a.source->part.spans.size() != 1) return;
    Span& source = a.source->part.spans[0];
    size_t at = words_.from(source.end);
    if (at >= words_.count()) return;
    const uint32_t sentence_end = words_.sentence_of(at).last.index;
    const bool ends_sentence = !a.cue.empty() && a.cue.spans.back().end <= source.begin;  // “said an official, who …”
    if (words_.word(at) == "," && at + 1 <= sentence_end) ++at;
    else if ((at == 0 || words_.word(at - 1) != ",") && !(ends_sentence && words_.lower(at) == "who")) return;
    if (!is_one_of(words_.lower(at), {"who", "speaking", "asking", "requesting", "citing", "granted"})) return;
    bool anonymous = false;
    for (size_t i = at; i <= sentence_end && i < at + furthest; ++i) {
      const std::string word = words_.lower(i);
      anonymous = anonymous || is_one_of(word, {"anonymity", "anonymous", "unnamed", "unidentified"}) ||
                  (is_one_of(word, {"authorised", "authorized", "allowed"}) && i > at + 1 && words_.lower(i - 1) == "not") ||
                  (is_one_of(word, {"named", "identified", "quoted", "name", "names"}) && i > at + 1 &&
                   (is_one_of(words_.lower(i - 1), {"be", "by"}) || is_one_of(words_.lower(i - 2), {"not"}) || gives_no_name(at, i)));
      const bool over = ends_sentence && i == sentence_end;
      if (anonymous && (words_.word(i) == "," || over)) {
        // The words that follow must be the cue, or this is a list.
        if (!over && (a.cue.spans.empty() || words_.from(a.cue.spans[0].begin) < i || words_.from(a.cue.spans[0].begin) > i + 2)) return;
        const Span reason = words_.over(at, words_.is_spoken(i) ? i + 1 : i);
        source.end = reason.end;
        reasons_.push_back(reason);
        a.evidence.push_back("rule reason for anonymity");
        return;
      }
    }
  }

  // “who did not want to give [his name]”, “who preferred not to mention it”: word i is the name.
  bool gives_no_name(size_t begin, size_t i) const {
    bool refuses = false, gives = false;
    for (size_t k = begin; k < i; ++k) {
      refuses = refuses || is_one_of(words_.lower(k), {"not", "n't", "declined", "refused"});
      gives = gives || is_one_of(words_.lower(k), {"give", "mention", "reveal", "disclose"});
    }
    return refuses && gives;
  }

  // “who [asked] not to be named because they [feared] for their jobs” says who somebody is, and is no news.
  void drop_reasons_for_anonymity() {
    const SpanIndex reasons(std::move(reasons_));
    std::erase_if(attributions_, [&](const Attribution& a) { return !a.cue.empty() && reasons.overlaps(a.cue.spans.front()); });
  }

  // “Owners and the union are holding [secret talks], the minister announced”: a content that ends before “, SOURCE CUE” is a whole clause; one that
  // begins right behind a word of the same clause lost its front.
  void complete_front(Attribution& a, const SpanIndex& taken) const {
    if (!a.source || a.cue.empty() || a.content.spans.size() != 1 || a.source->part.spans.size() != 1) return;
    Span& content = a.content.spans[0];
    const Span source = a.source->part.spans[0];
    const size_t end = words_.to(content.end), from = words_.from(source.begin), cue = words_.from(a.cue.spans[0].begin);
    if (end == 0 || from < end || from > end + 1 || cue < from || (from == end + 1 && words_.word(end) != ",")) return;
    if (from == end && words_.word(end - 1) != ",") return;
    const size_t begin = words_.from(content.begin);
    if (begin == 0) return;
    size_t start = words_.sentence_of(begin).first.index;
    if (cue > words_.sentence_of(begin).last.index) return;
    const auto dateline = std::upper_bound(datelines_.begin(), datelines_.end(), content.begin, [](uint32_t at, Span s) { return at < s.end; });
    if (dateline != datelines_.begin() && (dateline - 1)->end > words_.span(start).begin) {
      start = words_.from((dateline - 1)->end);
      while (start < begin && !words_.is_spoken(start)) ++start;
    }
    if (start >= begin || begin - start > furthest) return;
    // Only a front that hangs on: behind “, that …”, “but” or a mark the content begins where it should, unless with a verb that lacks its subject.
    const bool lacks_subject = is_one_of(words_.lower(begin), {"is", "are", "was", "were", "has", "have", "had", "will", "would", "may", "might",
                                                               "must", "should", "cannot"});
    if (!lacks_subject &&
        (!words_.is_spoken(begin - 1) ||
         is_one_of(words_.lower(begin - 1), {"that", "but", "and", "or", "because", "when", "as", "if", "than", "who", "which", "what", "where",
                                             "how", "while", "so", "yet", "although", "though"})))
      return;
    const Span front = words_.over(start, begin);
    if (taken.overlaps(front)) return;
    content.begin = front.begin;
    a.confidence = std::max(a.confidence, clause_confidence);
    a.evidence.push_back("rule whole clause before the cue");
  }

  // A quotation that its paragraph does not close and the next one opens again goes on there, as long as nobody else is given those words.
  void carry_over_paragraphs() {
    std::vector<Span> contents;
    for (const Attribution& a : attributions_) contents.insert(contents.end(), a.content.spans.begin(), a.content.spans.end());
    const SpanIndex taken(std::move(contents));
    for (Attribution& a : attributions_) {
      const Span last = a.content.spans.back();
      auto quote = std::upper_bound(outermost_.begin(), outermost_.end(), last.end, [](uint32_t at, const Quote& q) { return at <= q.span.begin; });
      if (quote == outermost_.begin()) continue;
      --quote;
      if (!quote->span.overlaps(last) || quote->closed || last.end < quote->span.end) continue;
      bool carried = false;
      for (++quote; quote != outermost_.end() && quote->continues && !taken.overlaps(quote->span); ++quote) {
        a.content.spans.push_back(quote->span);
        carried = true;
        if (quote->closed) break;
      }
      if (carried) a.evidence.push_back("rule quotation over paragraphs");
    }
  }

  // The first outermost quotation that ends behind byte `at`: the one around it, if any is. nullptr when none does.
  const Quote* quote_at(uint32_t at) const {
    const auto found = std::upper_bound(outermost_.begin(), outermost_.end(), at, [](uint32_t byte, const Quote& q) { return byte < q.span.end; });
    return found == outermost_.end() ? nullptr : &*found;
  }

  const Document& document_;
  const Words words_;
  std::vector<Attribution>& attributions_;
  std::vector<Span> datelines_;   // in text order, apart from each other
  std::vector<Quote> outermost_;  // the same
  SpanIndex quoted_{{}};          // where these stand
  std::vector<Span> reasons_;     // why sources are not named
};

// No content ends with this word when another follows: “the lock leaks and”, “fifteen of the”, “that he”. “As well” is whole.
bool needs_more(const std::string& word, const std::string& next) {
  if (word == "as") return next != "well" && next != "such";
  return is_one_of(word, {"the", "a", "an", "my", "your", "its", "our", "their", "and", "or", "but", "because", "although", "if", "while", "than",
                          "which", "who", "whose", "whom", "of", "in", "to", "for", "with", "between", "from", "by", "on", "at", "into", "about",
                          "i", "he", "she", "we", "they"});
}

// Of spans in text order the last one that begins at or before `at`, or nullptr.
const Span* last_begun(const std::vector<Span>& spans, uint32_t at) {
  const auto behind = std::upper_bound(spans.begin(), spans.end(), at, [](uint32_t b, Span span) { return b < span.begin; });
  return behind == spans.begin() ? nullptr : &*(behind - 1);
}

}  // namespace

void drop_pieces_of_others(const Document& document, std::vector<Attribution>& attributions) {
  std::vector<uint32_t> line_begins;
  for (size_t at = 0; (at = document.text.find('\n', at)) != std::string::npos;) line_begins.push_back(static_cast<uint32_t>(++at));
  const auto line_of = [&](Span span) { return std::upper_bound(line_begins.begin(), line_begins.end(), span.begin) - line_begins.begin(); };
  std::vector<Span> owned;
  for (const Attribution& a : attributions)
    for (const Span span : a.content.spans)
      if (!a.cue.empty() && line_of(span) == line_of(a.cue.spans.front())) owned.push_back(span);
  const SpanIndex index(std::move(owned));
  for (Attribution& a : attributions) {
    if (a.cue.empty() || a.content.spans.size() < 2) continue;
    const auto own = line_of(a.cue.spans.front());
    if (std::none_of(a.content.spans.begin(), a.content.spans.end(), [&](Span span) { return line_of(span) == own; })) continue;
    if (std::erase_if(a.content.spans, [&](Span span) { return line_of(span) != own && index.overlaps(span); }) > 0)
      a.evidence.push_back("rule no stray pieces");
  }
}

void extend_over_parentheses(std::vector<Attribution>& attributions) {
  for (const Attribution& inner : attributions) {
    if (inner.cue.empty() || inner.content.spans.size() < 2 || inner.evidence.back() == "rule antecedent") continue;
    const Span before = inner.content.spans.front(), behind = inner.content.spans.back();
    if (before.end > inner.cue.spans.front().begin || behind.begin < inner.cue.spans.back().end) continue;
    for (Attribution& outer : attributions)
      if (&outer != &inner && !outer.content.empty() && outer.content.spans.back().end == before.end &&
          outer.content.spans.back().begin < before.begin && !outer.cue.empty() && outer.cue.spans.back().end <= outer.content.spans.back().begin) {
        outer.content.spans.back().end = behind.end;
        outer.evidence.push_back("rule parenthesis");
      }
  }
}

void complete_ends(const Document& document, size_t first, std::vector<Attribution>& attributions) {
  const Words words(document);
  std::vector<Span> rooms, quotes, parts;
  for (size_t i = 0; i < attributions.size(); ++i) {
    const Attribution& a = attributions[i];
    if (i < first) rooms.insert(rooms.end(), a.content.spans.begin(), a.content.spans.end());
    parts.insert(parts.end(), a.cue.spans.begin(), a.cue.spans.end());
    if (a.source) parts.insert(parts.end(), a.source->part.spans.begin(), a.source->part.spans.end());
  }
  std::sort(rooms.begin(), rooms.end());
  for (const Quote& quote : document.quotes)
    if (quote.depth == 0 && quote.closed) quotes.push_back(quote.span);
  const SpanIndex taken(std::move(parts));
  const auto begins_quotation = [&](size_t word) {
    const Span* quote = last_begun(quotes, words.span(word).begin);
    return quote != nullptr && quote->begin == words.span(word).begin;
  };
  const auto ends_quotation = [&](size_t word, uint32_t from) {  // one that begins at or behind `from`
    const Span* quote = last_begun(quotes, words.span(word).begin);
    return quote != nullptr && quote->end == words.span(word).end && quote->begin >= from;
  };
  const auto is_own = [](const Attribution& a, Span span) {
    const auto overlaps = [span](Span s) { return s.overlaps(span); };
    return std::ranges::any_of(a.cue.spans, overlaps) || (a.source && std::ranges::any_of(a.source->part.spans, overlaps));
  };
  for (size_t i = first; i < attributions.size(); ++i) {
    Attribution& a = attributions[i];
    if (a.cue.empty() || a.content.empty()) continue;
    Span& last = a.content.spans.back();
    const size_t begin = words.to(last.end);
    if (begin == 0 || begin >= words.count() || words.begins_line(begin) || words.span(begin - 1).begin < last.begin ||
        !(words.is_spoken(begin) || begins_quotation(begin)) || !needs_more(words.lower(begin - 1), words.lower(begin)))
      continue;
    uint32_t limit = words.sentence_of(begin - 1).span.end;
    if (const Span* room = last_begun(rooms, last.begin); room != nullptr && room->contains(last)) limit = std::min(limit, room->end);
    if (const Span* quote = last_begun(quotes, last.end - 1); quote != nullptr && quote->end > last.end) limit = std::min(limit, quote->end);
    size_t end = begin;
    while (end < words.count() && end < begin + furthest && words.span(end).end <= limit && !words.begins_line(end) &&
           !taken.overlaps(words.span(end)))
      ++end;
    if (end == begin + furthest) continue;
    // Before another's source or cue it ends only where a clause or a quotation does: not in “the lock, which [the owners] call sound”.
    const bool stopped = words.span(end - 1).end < limit && end < words.count() && !words.begins_line(end) && !is_own(a, words.span(end));
    if (end > begin && stopped && is_one_of(words.lower(end - 1), {"and", "or", "but"})) --end;
    else if (stopped && !ends_quotation(end - 1, last.begin)) continue;
    while (end > begin && !words.is_spoken(end - 1) && !ends_quotation(end - 1, last.begin)) --end;
    if (end == begin) continue;
    last.end = words.span(end - 1).end;
    a.evidence.push_back("rule whole clause behind the cue");
  }
}

void end_contents(const Document& document, std::vector<Attribution>& attributions) {
  const Words words(document);
  std::vector<Span> quotes;  // the outermost, apart from each other
  for (const Quote& quote : document.quotes)
    if (quote.depth == 0) quotes.push_back(quote.span);
  const auto quote_around = [&](Span span) {
    const Span* const quote = last_begun(quotes, span.begin);
    return quote != nullptr && quote->contains(span) ? quote : nullptr;
  };
  // Where another's source and cue, with a whole quotation behind them, begin behind “, and”; by where that quotation ends.
  std::vector<std::pair<uint32_t, uint32_t>> next_speakers;
  for (const Attribution& a : attributions) {
    if (!a.source || a.cue.empty() || a.content.spans.size() != 1) continue;
    const uint32_t source = envelope(a.source->part).begin, cue = a.cue.spans.front().begin;
    const Span said = a.content.spans.front();
    if (source > cue || cue > said.begin || quote_around({source, cue})) continue;
    if (const Span* quote = quote_around(said); quote == nullptr || *quote != said) continue;
    const size_t first = words.from(source);
    if (first < 2 || words.word(first - 2) != "," || !is_one_of(words.lower(first - 1), {"and", "but", "while"})) continue;
    next_speakers.emplace_back(said.end, words.span(first - 2).begin);
  }
  std::sort(next_speakers.begin(), next_speakers.end());
  for (Attribution& a : attributions) {
    if (a.cue.empty() || a.content.empty()) continue;
    Span& last = a.content.spans.back();
    const size_t begin = words.from(last.begin);
    if (begin >= words.count() || !is_one_of(words.lower(begin), {"that", "whether", "how", "why"})) continue;
    uint32_t end = last.end;
    const auto next = std::lower_bound(next_speakers.begin(), next_speakers.end(), std::pair(last.end > 2 ? last.end - 2 : 0, 0u));
    if (next != next_speakers.end() && next->first <= last.end + 4 && next->second > last.begin) end = next->second;
    // A clause ends where its sentence does. The mark that opens what was said hides no end: it stands in front of the clause.
    const Span sentence = words.sentence_of(begin).span;
    if (sentence.end < end && quote_around(last)) {
      size_t behind = words.to(sentence.end);
      while (behind > begin + 1 && !words.is_spoken(behind - 1)) --behind;
      end = std::min(end, words.span(behind - 1).end);
    }
    if (end >= last.end || words.to(end) < begin + 2) continue;
    last.end = end;
    a.evidence.push_back("rule end of the clause");
  }
}

void mend_attributions(const Document& document, std::vector<Attribution>& attributions) { Mender(document, attributions).mend(); }

}  // namespace sayso
