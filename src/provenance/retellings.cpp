#include "provenance/retellings.h"

#include <algorithm>

#include "factuality/factuality.h"
#include "provenance/stems.h"

namespace sayso {

namespace {

size_t count_shared(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  size_t count = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x < *y) ++x;
    else if (*y < *x) ++y;
    else ++count, ++x, ++y;
  }
  return count;
}

// What two contents share must be so much of the shorter one.
bool shares(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b, size_t least, double share) {
  const size_t count = count_shared(a, b);
  return count >= least && static_cast<double>(count) >= share * static_cast<double>(std::min(a.size(), b.size()));
}

}  // namespace

Retellings::Retellings(const Document& document, const Words& words, const std::vector<std::vector<Id<Entity>>>& chains, const std::vector<bool>& silent)
    : document_(document), words_(words), chains_(chains), silent_(silent), inner_(document.attributions.size()) {
  for (const Section& section : document.sections)
    if (section.kind == SectionKind::headline && !headline_) headline_ = section.span;
  for (uint32_t e = 0; e < document.entities.size(); ++e)
    for (const Mention& mention : document.entities[e].mentions)  // a long description has words of its own to be compared by
      if (mention.kind == MentionKind::name ? mention.span.size() < 80 : mention.kind == MentionKind::nominal && mention.span.size() < 24) mentions_.emplace_back(mention.span, e);
  std::sort(mentions_.begin(), mentions_.end());
  for (uint32_t i = 0; i < document.attributions.size(); ++i)
    if (const auto within = document.attributions[i].within) inner_[within->index].push_back(i);
  for (uint32_t i = 0; i < document.attributions.size(); ++i) told_.push_back(told_of(i));
}

// The entity with the shortest mention around a word.
std::optional<uint32_t> Retellings::entity_at(size_t word) const {
  const Span span = words_.span(word);
  std::optional<uint32_t> best;
  uint32_t size = UINT32_MAX;
  auto at = std::upper_bound(mentions_.begin(), mentions_.end(), std::pair{Span{span.begin, UINT32_MAX}, UINT32_MAX});
  for (int steps = 0; at != mentions_.begin() && steps < 12; ++steps) {
    --at;
    if (at->first.contains(span) && at->first.size() < size) best = at->second, size = at->first.size();
  }
  return best;
}

Retellings::Stems Retellings::stems_of(const Part& part, const SpanIndex& without) const {
  Stems out;
  const auto add = [&](const std::string& stem) { out.push_back(numbers_.emplace(stem, static_cast<uint32_t>(numbers_.size())).first->second); };
  for (const Span span : part.spans)
    for (size_t i = words_.from(span.begin); i < words_.count() && words_.span(i).end <= span.end; ++i) {
      if (!words_.is_spoken(i) || without.overlaps(words_.span(i))) continue;
      const std::string stem = stem_of(plain_lower(words_.word(i)));
      // A name is the entity and nothing else; a description (“the owners”) has words to be compared by as well.
      const auto entity = entity_at(i);
      const bool named = entity && document_.entities[*entity].name.has_value();
      if (entity && (!named || words_.has_capital(i))) add(std::string("@").append(std::to_string(*entity)));
      if (!(named && words_.has_capital(i)) && !stem.empty()) add(stem);
    }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

SpanIndex Retellings::inner_words(uint32_t attribution) const {
  std::vector<Span> spans;
  for (const uint32_t i : inner_[attribution]) {
    const Attribution& a = document_.attributions[i];
    if (a.source && is_one_of(plain_lower(text_of(document_, a.source->part)), {"i", "we"})) continue;  // “I think” is the speaker's own
    if (a.type == AttributionType::eventuality || a.type == AttributionType::fact) continue;  // “the minister knew of cracks” is told as well
    for (const Part* part : {&a.cue, &a.content}) spans.insert(spans.end(), part->spans.begin(), part->spans.end());
  }
  return SpanIndex(std::move(spans));
}

Retellings::Told Retellings::told_of(uint32_t attribution) {
  const Attribution& a = document_.attributions[attribution];
  Told out;
  out.stems = stems_of(a.content, inner_words(attribution));
  out.in_own_words = a.quotation == Quotation::direct;
  for (auto up = a.within; up && !out.in_own_words; up = document_.attributions[*up].within) out.in_own_words = document_.attributions[*up].quotation == Quotation::direct;
  out.in_headline = headline_ && !a.content.empty() && headline_->contains(envelope(a.content));
  size_t said = 0;
  bool back = false;
  for (const Span span : a.content.spans)
    for (size_t i = words_.from(span.begin); i < words_.count() && words_.span(i).end <= span.end; ++i) {
      const std::string word = plain_lower(words_.word(i));
      if (is_one_of(word, {"claim", "claims", "allegation", "allegations", "accusation", "accusations", "report", "reports", "charge", "charges", "suggestion", "suggestions", "it", "this", "them"})) back = true;
      else if (words_.is_spoken(i) && !is_one_of(word, {"the", "these", "those", "any", "all", "such", "his", "her", "their", "as", "false", "that", "a", "baseless", "untrue"})) ++said;
    }
  out.points_back = back && said == 0;
  return out;
}

bool Retellings::stands_in(uint32_t inner, uint32_t outer) const {
  for (auto up = document_.attributions[inner].within; up; up = document_.attributions[*up].within)
    if (up->index == outer) return true;
  return false;
}

// Does `speaker`'s first link speak in `words`, as their source or around them?
bool Retellings::speaks_in(uint32_t speaker, uint32_t words) const {
  const Id<Entity> who = chains_[speaker].front();
  if (chains_[words].front() == who) return true;
  for (auto up = document_.attributions[words].within; up; up = document_.attributions[*up].within)
    if (chains_[up->index].front() == who) return true;
  return false;
}

// Is one source named after the other (“Orvania”, “the Orvanian Defence Ministry”; “union”, “the union’s secretary”)? By all but the last letter of a word.
bool Retellings::speaks_for(uint32_t a, uint32_t b) const {
  const auto names = [&](uint32_t i) {
    std::vector<std::string> out;
    if (const auto& source = document_.attributions[i].source)
      for (const Span span : source->part.spans)
        for (size_t k = words_.from(span.begin); k < words_.to(span.end); ++k)
          if (words_.lower(k).size() >= 5) out.push_back(words_.lower(k));
    return out;
  };
  const std::vector<std::string> x = names(a), y = names(b);
  return std::any_of(x.begin(), x.end(), [&](const std::string& one) {
    return std::any_of(y.begin(), y.end(), [&](const std::string& other) { return one.compare(0, std::min(one.size(), other.size()) - 1, other, 0, std::min(one.size(), other.size()) - 1) == 0; });
  });
}

// Is `later` the next that its paragraph tells?
bool Retellings::follows_directly(uint32_t later, uint32_t earlier) const {
  const Span a = envelope(document_.attributions[earlier].content), b = envelope(document_.attributions[later].content);
  if (a.end > b.begin) return false;
  const std::string_view between = document_.at({a.end, std::max(a.end, b.begin)});
  return between.size() < 120 && between.find("\n\n") == std::string_view::npos;
}

bool Retellings::repeats(uint32_t later, uint32_t earlier) const {
  const Attribution &a = document_.attributions[later], &b = document_.attributions[earlier];
  if (a.content.empty() || b.content.empty() || stands_in(later, earlier) || stands_in(earlier, later)) return false;
  const Stems &x = told_[later].stems, &y = told_[earlier].stems;
  if (chains_[later].front() != chains_[earlier].front()) {
    // A headline says “Orvania” for its ministry, and two that name nobody may pass on one rumour.
    if (a.within || b.within || document_.factuality[later].polarity != document_.factuality[earlier].polarity) return false;
    return told_[earlier].in_headline && speaks_for(later, earlier) ? shares(x, y, 2, 0.5) : !a.source && !b.source && shares(x, y, 3, 0.6);
  }
  if (told_[earlier].in_headline ? shares(x, y, 2, 0.5) : shares(x, y, 3, 0.5) || (x == y && x.size() == 2)) return true;
  if (document_.factuality[earlier].modality == Modality::unknown) return false;  // a question, and what is said to it
  // A paraphrase, and behind it the words.
  return !a.within && !b.within && b.quotation == Quotation::indirect && a.quotation == Quotation::direct && follows_directly(later, earlier) && count_shared(x, y) >= 1;
}

bool Retellings::contradicts(uint32_t later, uint32_t earlier) const {
  const Factuality &a = document_.factuality[later], &b = document_.factuality[earlier];
  if (silent_[later] || silent_[earlier] || speaks_in(later, earlier) || speaks_in(earlier, later) || a.polarity == b.polarity) return false;
  if (b.modality == Modality::unknown && document_.attributions[earlier].type != AttributionType::eventuality) return false;  // a question asserts nothing
  const bool denies = (a.polarity == Polarity::negative ? a : b).stance == Stance::deny;
  if (denies && count_shared(told_[later].stems, told_[earlier].stems) == 1) return shares(told_[later].stems, told_[earlier].stems, 1, 0.6);
  return denies ? shares(told_[later].stems, told_[earlier].stems, 2, 0.5) : shares(told_[later].stems, told_[earlier].stems, 2, 0.6);
}

// Does `telling`, in the writer's words, say more firmly what its speaker says in `words`?
bool Retellings::is_firmer_telling(uint32_t telling, uint32_t words) const {
  const Attribution& a = document_.attributions[telling];
  if (telling == words || a.within || told_[telling].in_own_words || a.type == AttributionType::eventuality) return false;
  if (stands_in(words, telling) || told_[words].in_headline || words < telling) return false;
  // A lead is another telling of the words below it, a headline of the lead as well.
  if (told_[telling].in_headline ? !speaks_in(telling, words) && !repeats(words, telling) : !told_[words].in_own_words || !speaks_in(telling, words)) return false;
  if (document_.factuality[telling].polarity != document_.factuality[words].polarity) return false;
  return is_firmer_than_words(document_.factuality[telling], told_[telling].stems, words) && shares(told_[telling].stems, told_[words].stems, 2, 0.34);
}

// Of words that go on over several sentences the one counts that shares most with `stems`: a “would” in another one makes this one no less firm.
bool Retellings::is_firmer_than_words(const Factuality& telling, const Stems& stems, uint32_t words) const {
  const Attribution& a = document_.attributions[words];
  const Factuality& whole = document_.factuality[words];
  if (!is_firmer(telling, whole)) return false;
  // What somebody wonders about is no claim that could be put more firmly.
  if (whole.modality == Modality::unknown && a.type != AttributionType::eventuality) return false;
  if (whole.hearsay || a.type != AttributionType::assertion) return true;
  size_t most = 0, sentences = 0;
  std::optional<Span> nearest;
  for (const Span span : a.content.spans) {
    for (size_t i = words_.from(span.begin); i < words_.count() && words_.span(i).end <= span.end;) {
      const Sentence& sentence = words_.sentence_of(i);
      const Span part{std::max(span.begin, sentence.span.begin), std::min(span.end, sentence.span.end)};
      i = sentence.last.index + size_t{1};
      ++sentences;
      const size_t count = count_shared(stems, stems_of(Part{{part}}, SpanIndex({})));
      if (!nearest || count > most) most = count, nearest = part;
    }
  }
  return sentences < 2 || is_firmer(telling, factuality_of_words(document_, *nearest));
}

void Retellings::fill(std::vector<Provenance>& provenance) const {
  const uint32_t count = static_cast<uint32_t>(document_.attributions.size());
  for (uint32_t i = 0; i < count; ++i) {
    Provenance& out = provenance[i];
    for (uint32_t k = 0; k < i; ++k) {
      if (repeats(i, k)) out.repeats.push_back(Id<Attribution>{k});
      if (contradicts(i, k)) out.contradicts.push_back(Id<Attribution>{k});
    }
    // “Denied the allegations”: the nearest that somebody else says.
    if (told_[i].points_back && out.contradicts.empty() && document_.factuality[i].polarity == Polarity::negative && !silent_[i])
      for (uint32_t k = i; k-- > 0 && out.contradicts.empty();)
        if (!document_.attributions[k].within && !speaks_in(i, k)) out.contradicts.push_back(Id<Attribution>{k});
    for (uint32_t k = 0; k < count; ++k)
      if (is_firmer_telling(i, k)) out.stronger_than.push_back(Id<Attribution>{k});
  }
}

// Does a sentence of the body that nobody is quoted with say as much?
bool Retellings::writer_says(const Stems& headline) const {
  std::vector<Span> contents;
  for (const Attribution& a : document_.attributions) contents.insert(contents.end(), a.content.spans.begin(), a.content.spans.end());
  const SpanIndex told(std::move(contents));
  for (const Sentence& sentence : document_.sentences) {
    if (sentence.span.overlaps(*headline_) || told.overlaps(sentence.span)) continue;
    const Stems stems = stems_of(Part{{sentence.span}}, SpanIndex({}));
    if (static_cast<double>(count_shared(headline, stems)) >= 0.5 * static_cast<double>(headline.size())) return true;
  }
  return false;
}

std::optional<HeadlineFinding> Retellings::headline() const {
  if (!headline_) return std::nullopt;
  HeadlineFinding out;
  for (uint32_t i = 0; i < told_.size() && !out.attribution; ++i)
    if (told_[i].in_headline && !document_.attributions[i].within) out.attribution = Id<Attribution>{i};
  const Factuality own = out.attribution ? document_.factuality[out.attribution->index] : factuality_of_words(document_, *headline_);
  const Stems stems = out.attribution ? told_[out.attribution->index].stems : stems_of(Part{{*headline_}}, SpanIndex({}));
  if (!out.attribution && (stems.size() < 2 || writer_says(stems))) return std::nullopt;
  std::vector<uint32_t> tellings;
  for (uint32_t i = 0; i < told_.size(); ++i) {
    if (told_[i].in_headline) continue;
    const bool firmer = out.attribution && is_firmer_telling(out.attribution->index, i);
    const size_t count = count_shared(stems, told_[i].stems);
    const bool near = static_cast<double>(count) >= (count >= 3 ? 0.4 : 0.5) * static_cast<double>(stems.size());
    const bool same = count >= 2 && near && !silent_[i] && (!out.attribution || speaks_in(out.attribution->index, i) || repeats(i, out.attribution->index));
    if (firmer || same) tellings.push_back(i);
  }
  // Words as they were spoken count before the writer's tellings of them.
  if (std::any_of(tellings.begin(), tellings.end(), [&](uint32_t i) { return told_[i].in_own_words; }))
    std::erase_if(tellings, [&](uint32_t i) { return !told_[i].in_own_words; });
  if (tellings.empty()) return std::nullopt;
  // A headline that names nobody must say nearly the same to be held against somebody's words.
  const auto retells = [&](uint32_t i) {
    const size_t count = count_shared(stems, told_[i].stems);
    return out.attribution || (count >= 3 && static_cast<double>(count) >= 0.6 * static_cast<double>(stems.size()));
  };
  out.firmer_than_its_source = std::all_of(tellings.begin(), tellings.end(), [&](uint32_t i) { return retells(i) && is_firmer_than_words(own, stems, i); });
  for (const uint32_t i : tellings) out.rests_on.push_back(Id<Attribution>{i});
  return out;
}

}  // namespace sayso
