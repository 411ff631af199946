#include "provenance/retellings.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "attribution/nesting.h"
#include "factuality/factuality.h"
#include "provenance/stems.h"
#include "text/news_names.h"

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

// Does a word of this kind make what is said less sure?
bool lowers(MarkerKind kind) {
  return kind != MarkerKind::negation && kind != MarkerKind::intention && kind != MarkerKind::pretext && kind != MarkerKind::scare_quotes;
}

void sort_once(std::vector<uint32_t>& stems) {
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
}

// With more, a content is a table; each is held against each, so it is a limit of time as well.
constexpr size_t most_amounts = 12;

// Has each what the other has not?
bool differ(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  const size_t count = count_shared(a, b);
  return count < a.size() && count < b.size();
}

// So many attributions behind a denial, a content that shares one word with it still answers it.
constexpr uint32_t nearby = 4;

// What two contents share must be so much of the shorter one.
bool shares(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b, size_t least, double share) {
  const size_t count = count_shared(a, b);
  return count >= least && static_cast<double>(count) >= share * static_cast<double>(std::min(a.size(), b.size()));
}

// Is a word of one the same as one of the other, by all but the last letter, and at least by three?
bool share_stem(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& one) {
    return std::any_of(b.begin(), b.end(), [&](const std::string& other) {
      const size_t size = std::min(one.size(), other.size()) - 1;
      return size >= 3 && one.compare(0, size, other, 0, size) == 0;
    });
  });
}

}  // namespace

Retellings::Retellings(const Document& document, const Words& words, const std::vector<std::vector<Id<Entity>>>& chains,
                       const std::vector<bool>& silent)
    : document_(document), words_(words), chains_(chains), silent_(silent), inner_(document.attributions.size()) {
  for (const Section& section : document.sections)
    if (section.kind == SectionKind::headline && !headline_) headline_ = section.span;
  for (uint32_t e = 0; e < document.entities.size(); ++e)
    for (const Mention& mention : document.entities[e].mentions)  // a long description has words of its own to be compared by
      if (mention.kind == MentionKind::name ? mention.span.size() < 80 : mention.kind == MentionKind::nominal && mention.span.size() < 24)
        mentions_.emplace_back(mention.span, e);
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
  const auto add = [&](const std::string& stem) { out.push_back(number_of(stem)); };
  for (const Span span : part.spans)
    for (size_t i = words_.from(span.begin); i < words_.count() && words_.span(i).end <= span.end; ++i) {
      if (!words_.is_spoken(i) || without.overlaps(words_.span(i))) continue;
      const std::string stem = stem_of(plain_lower(words_.word(i)));
      // A name is the entity and nothing else; a description (“the owners”) has words to be compared by.
      const auto entity = entity_at(i);
      const bool named = entity && document_.entities[*entity].name.has_value();
      if (entity && (named ? words_.has_capital(i) : stem.empty())) add(std::string("@").append(std::to_string(*entity)));
      if (!(named && words_.has_capital(i)) && !stem.empty()) add(stem);
    }
  sort_once(out);
  return out;
}

uint32_t Retellings::number_of(const std::string& stem) const { return numbers_.emplace(stem, static_cast<uint32_t>(numbers_.size())).first->second; }

void Retellings::add_amounts(const Part& content, const SpanIndex& without, Told& told) const {
  std::vector<size_t> at;
  std::vector<std::string> lower;
  std::vector<bool> capital;
  for (const Span span : content.spans)
    for (size_t i = words_.from(span.begin); i < words_.count() && words_.span(i).end <= span.end; ++i)
      if (!without.overlaps(words_.span(i))) at.push_back(i), lower.push_back(plain_lower(words_.word(i))), capital.push_back(words_.has_capital(i));
  told.amounts = find_amounts(lower, capital);
  if (told.amounts.size() > most_amounts) told.amounts.clear();
  // Shares and sums are of too many things to be held against each other: two polls, two offers.
  std::copy_if(told.amounts.begin(), told.amounts.end(), std::back_inserter(told.counts), [](const Amount& amount) { return !amount.measured; });
  std::vector<bool> number(at.size(), false);
  for (const Amount& amount : told.amounts) {
    std::fill(number.begin() + static_cast<std::ptrdiff_t>(amount.begin), number.begin() + static_cast<std::ptrdiff_t>(amount.end), true);
    for (const std::string& stem : amount.of) told.of_amounts.push_back(number_of(stem));
  }
  for (size_t k = 0; k < at.size(); ++k) {
    const std::string& word = lower[k];
    const std::string& next = k + 1 < at.size() ? lower[k + 1] : lower[k];
    if (is_one_of(word, {"must", "should", "ought"}) || (next == "to" && is_one_of(word, {"has", "have", "had", "need", "needs", "needed"})))
      told.obliges = true;
    told.somebodys = told.somebodys || is_one_of(word, {"his", "her", "its", "their", "our", "my"});
    if (number[k] || !words_.is_spoken(at[k])) continue;
    if (is_weekday(word) && capital[k]) told.days.push_back(number_of(word));
    const bool year = word.size() == 4 && (word.starts_with("19") || word.starts_with("20"));
    if ((month_of(word) > 0 && capital[k]) || year || is_one_of(word, {"last", "previous", "earlier", "next", "ago", "yesterday", "tomorrow"}))
      told.times.push_back(number_of(word));
    const auto entity = entity_at(at[k]);
    if (entity && document_.entities[*entity].name && capital[k]) {
      told.names.push_back(number_of(std::string("@").append(std::to_string(*entity))));
      told.counted.push_back(told.names.back());
    } else if (const std::string stem = stem_of(word); !stem.empty() && !is_weekday(word) && !year) {
      told.counted.push_back(number_of(stem));
    }
  }
  for (Stems* stems : {&told.counted, &told.of_amounts, &told.names, &told.days, &told.times}) sort_once(*stems);
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
  const SpanIndex inner = inner_words(attribution);
  out.stems = stems_of(a.content, inner);
  add_amounts(a.content, inner, out);
  out.obliges = out.obliges || document_.factuality[attribution].stance == Stance::demand;
  out.in_own_words = a.quotation == Quotation::direct;
  for (auto up = a.within; up && !out.in_own_words; up = document_.attributions[*up].within)
    out.in_own_words = document_.attributions[*up].quotation == Quotation::direct;
  out.in_headline = headline_ && !a.content.empty() && headline_->contains(envelope(a.content));
  std::vector<std::string> words;
  for (const Span span : a.content.spans)
    for (size_t i = words_.from(span.begin); i < words_.count() && words_.span(i).end <= span.end; ++i)
      if (words_.is_spoken(i)) words.push_back(plain_lower(words_.word(i)));
  out.rebuttal = read_rebuttal(words);
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

// Words of five letters or more, in lower case.
std::vector<std::string> Retellings::long_words(const Part& part) const {
  std::vector<std::string> out;
  for (const Span span : part.spans)
    for (size_t k = words_.from(span.begin); k < words_.to(span.end); ++k)
      if (words_.lower(k).size() >= 5) out.push_back(words_.lower(k));
  return out;
}

// Is one source named after the other (“Orvania”, “the Orvanian Defence Ministry”; “union”, “the union’s secretary”)?
bool Retellings::speaks_for(uint32_t a, uint32_t b) const {
  const auto source = [&](uint32_t i) { return document_.attributions[i].source ? document_.attributions[i].source->part : Part{}; };
  return share_stem(long_words(source(a)), long_words(source(b)));
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
  if (amounts_exclude(told_[later].amounts, told_[earlier].amounts)) return false;
  const Stems &x = told_[later].stems, &y = told_[earlier].stems;
  if (chains_[later].front() != chains_[earlier].front()) {
    // A headline says “Orvania” for its ministry, and two that name nobody may pass on one rumour.
    if (a.within || b.within || document_.factuality[later].polarity != document_.factuality[earlier].polarity) return false;
    // “…, sources say” above is told below by “two people familiar with the matter”.
    const auto is_nobody = [&](uint32_t i) { return document_.entities[chains_[i].front()].type == EntityType::unnamed; };
    if (told_[earlier].in_headline && is_nobody(earlier) && is_nobody(later) && b.source && a.source) return shares(x, y, 3, 0.6);
    return told_[earlier].in_headline && speaks_for(later, earlier) ? shares(x, y, 2, 0.5) : !a.source && !b.source && shares(x, y, 3, 0.6);
  }
  // Of a headline with a number in it (“$1.9 million”) less is enough.
  const bool counted = !told_[earlier].amounts.empty() && !told_[later].amounts.empty() && shares(x, y, 3, 0.4);
  if (told_[earlier].in_headline ? shares(x, y, 2, 0.5) || counted : shares(x, y, 3, 0.5) || (x == y && x.size() == 2)) return true;
  if (document_.factuality[earlier].modality == Modality::unknown) return false;  // a question, and what is said to it
  // A paraphrase, and behind it the words.
  return !a.within && !b.within && b.quotation == Quotation::indirect && a.quotation == Quotation::direct && follows_directly(later, earlier) &&
         count_shared(x, y) >= 1;
}

bool Retellings::contradicts(uint32_t later, uint32_t earlier) const {
  const Factuality &a = document_.factuality[later], &b = document_.factuality[earlier];
  if (silent_[later] || silent_[earlier] || speaks_in(later, earlier) || speaks_in(earlier, later)) return false;
  // “No one denies that it leaks”
  if (is_of_nobody(document_, document_.attributions[later]) || is_of_nobody(document_, document_.attributions[earlier])) return false;
  if (counts_otherwise(later, earlier)) return true;
  if (a.polarity == b.polarity) return false;
  // A question asserts nothing.
  if (b.modality == Modality::unknown && document_.attributions[earlier].type != AttributionType::eventuality) return false;
  const bool denies = (a.polarity == Polarity::negative ? a : b).stance == Stance::deny;
  if (told_[later].obliges != told_[earlier].obliges) return false;  // he must go, and he will not: both hold
  // “He denied that anybody was dead” answers what stands above; of what is told later only what stands near answers it, not whoever else has died.
  if (denies && count_shared(told_[later].stems, told_[earlier].stems) == 1)
    return (a.polarity == Polarity::negative || later - earlier <= nearby) && shares(told_[later].stems, told_[earlier].stems, 1, 0.6);
  return denies ? shares(told_[later].stems, told_[earlier].stems, 2, 0.5) : shares(told_[later].stems, told_[earlier].stems, 2, 0.6);
}

// “Nobody was hurt”, “two were hurt”; “40 workers had gone”, “60 workers had gone”: the rest agrees, and both are sure of it.
bool Retellings::counts_otherwise(uint32_t later, uint32_t earlier) const {
  const Told &x = told_[later], &y = told_[earlier];
  // What is somebody's own is not another's.
  if (x.counts.empty() || y.counts.empty() || x.somebodys || y.somebodys || !amounts_exclude(x.counts, y.counts)) return false;
  const auto is_sure = [&](uint32_t i) { return document_.factuality[i].modality <= Modality::probable; };
  const auto denies = [&](uint32_t i) {
    const std::vector<Amount>& counts = told_[i].counts;
    return document_.factuality[i].polarity == Polarity::negative &&
           std::none_of(counts.begin(), counts.end(), [](const Amount& amount) { return amount.most == 0; });
  };
  if (!is_sure(later) || !is_sure(earlier) || denies(later) || denies(earlier)) return false;
  // Of other places, other people, another time.
  if (differ(x.names, y.names) || differ(x.days, y.days) || x.times != y.times) return false;
  const size_t shared = count_shared(x.counted, y.counted);
  const auto [least, most] = std::minmax({x.counted.size(), y.counted.size()});
  if (shared >= 2) {
    // and of what is said of the things counted, not of those things alone: “60 workers had left the mill”, “12 were hurt in the mill”
    const auto said = [](const Told& told) {
      Stems out;
      std::set_difference(told.counted.begin(), told.counted.end(), told.of_amounts.begin(), told.of_amounts.end(), std::back_inserter(out));
      return out;
    };
    const Stems a = said(x), b = said(y);
    return !a.empty() && !b.empty() && static_cast<double>(count_shared(a, b)) >= 0.6 * static_cast<double>(std::max(a.size(), b.size()));
  }
  if (shared == 0 || least > 1) return false;
  const Stems& one = x.counted.size() == 1 ? x.counted : y.counted;
  return count_shared(one, x.of_amounts) > 0 ? most == 1 : most <= 3;  // the thing counted alone is not yet what is said of it
}

// Does `telling`, in the writer's words, say more firmly what its speaker says in `words`?
bool Retellings::is_firmer_telling(uint32_t telling, uint32_t words) const {
  const Attribution& a = document_.attributions[telling];
  if (telling == words || a.within || told_[telling].in_own_words || a.type == AttributionType::eventuality) return false;
  if (stands_in(words, telling) || told_[words].in_headline || words < telling) return false;
  // A lead is another telling of the words below it, a headline of the lead as well.
  if (told_[telling].in_headline ? !speaks_in(telling, words) && !repeats(words, telling) : !told_[words].in_own_words || !speaks_in(telling, words))
    return false;
  if (document_.factuality[telling].polarity != document_.factuality[words].polarity) return false;
  return is_firmer_than_words(document_.factuality[telling], told_[telling].stems, words) &&
         shares(told_[telling].stems, told_[words].stems, 2, 0.34);
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
    if (out.contradicts.empty() && !silent_[i])
      if (const auto answered = rebutted_by(i)) out.contradicts.push_back(Id<Attribution>{*answered});
    for (uint32_t k = 0; k < count; ++k)
      if (is_firmer_telling(i, k)) out.stronger_than.push_back(Id<Attribution>{k});
  }
}

// Do these words name who speaks (“Ostmark shot”, denied by “the Ostmark navy”)?
bool Retellings::is_about(uint32_t words, uint32_t speaker) const {
  const std::optional<Source>& source = document_.attributions[speaker].source;
  return source && share_stem(long_words(source->part), long_words(document_.attributions[words].content));
}

// What somebody else has said before that this attribution denies in words of its own. “It” and “this” are the nearest; of the last few attributions
// “the report” is one that the news had, “the claim” one about who denies it, and “that any shot was fired” the one that shares most words.
std::optional<uint32_t> Retellings::rebutted_by(uint32_t attribution) const {
  constexpr uint32_t farthest = 10;
  const Attribution& own = document_.attributions[attribution];
  const Rebuttal& rebuttal = told_[attribution].rebuttal;
  const bool negative = document_.factuality[attribution].polarity == Polarity::negative;
  const bool by_cue = negative && own.type == AttributionType::assertion && denies_what_was_told(words_of(text_of(document_, own.cue)));
  const bool back = (by_cue && rebuttal.points_back) || (!negative && rebuttal.untrue) || (negative && rebuttal.of_the_sort);
  // “Rejected a request”, “denied him bail” deny nothing that was told.
  const std::string first = own.content.empty() ? std::string() : words_.lower(words_.from(own.content.spans.front().begin));
  const bool clause = by_cue && (is_one_of(first, {"that", "any", "having", "ever"}) || first.ends_with("ing"));
  const bool thing = negative && !rebuttal.absent.empty();
  if ((!back && !clause && !thing) || is_of_nobody(document_, own)) return std::nullopt;
  Stems absent;
  for (const std::string& word : rebuttal.absent)
    if (const std::string stem = stem_of(word); !stem.empty()) absent.push_back(number_of(stem));
  sort_once(absent);
  std::optional<uint32_t> best, nearest;
  std::tuple<bool, size_t, bool> most;
  for (uint32_t k = attribution; k-- > 0;) {
    const Factuality& other = document_.factuality[k];
    const Attribution& earlier = document_.attributions[k];
    if (earlier.within || speaks_in(attribution, k) || stands_in(attribution, k) || silent_[k]) continue;
    if (!nearest) nearest = k;
    if (attribution - k > farthest || (rebuttal.points_back && !rebuttal.by_noun)) break;
    if ((other.polarity == Polarity::negative) != (rebuttal.untrue && rebuttal.of_denial)) continue;
    if (told_[k].rebuttal.points_back || earlier.type == AttributionType::eventuality || other.modality == Modality::unknown) continue;
    if (rebuttal.has_topic && count_shared(told_[attribution].stems, told_[k].stems) == 0) continue;
    size_t shared = 0;  // of what is denied; “the claim” has no words of its own
    if (!back) {
      shared = count_shared(clause ? told_[attribution].stems : absent, told_[k].stems);
      const bool loose = clause && shared == 1 && (!rebuttal.of_anything || told_[k].obliges);
      if (shared == 0 || loose || (!clause && shared < absent.size())) continue;
    }
    const bool in_the_news = rebuttal.of_report && ((earlier.source && earlier.source->kind == SourceKind::publication) ||
                                                  text_of(document_, earlier.cue).find("report") != std::string::npos);
    const bool meant = rebuttal.whose.empty() ? in_the_news || is_about(k, attribution)
                                            : earlier.source && share_stem({rebuttal.whose}, words_of(text_of(document_, earlier.source->part)));
    const std::tuple rank(meant, shared, other.modality <= Modality::probable);
    if (!best || rank > most) best = k, most = rank;
  }
  return best || !(back && rebuttal.points_back) ? best : nearest;
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

// The stems of what stands in quotation marks there: “Lund: It was ‘disgraceful’”.
Retellings::Stems Retellings::quoted_in(Span span) const {
  Part quoted;
  for (const Quote& quote : document_.quotes)
    if (quote.depth == 0 && span.overlaps(quote.span))
      quoted.spans.push_back({std::max(span.begin, quote.span.begin), std::min(span.end, quote.span.end)});
  return stems_of(quoted, SpanIndex({}));
}

// “Promises”, “promised to”: told by the cue alone, and by the same one. Then neither telling is firmer.
bool Retellings::has_same_cue(uint32_t telling, uint32_t words) const {
  const std::vector<Marker>& markers = document_.factuality[words].markers;
  if (std::any_of(markers.begin(), markers.end(), [](const Marker& marker) { return lowers(marker.kind); })) return false;
  const auto cue = [&](uint32_t i) { return stems_of(document_.attributions[i].cue, SpanIndex({})); };
  return count_shared(cue(telling), cue(words)) > 0;
}

// “I think it is a mistake”: an opinion. Whoever reports it without “thinks” does not yet say more.
bool Retellings::is_opinion(uint32_t attribution) const {
  const Factuality& firm = document_.factuality[attribution];
  if (firm.modality != Modality::probable || firm.hearsay || !told_[attribution].in_own_words) return false;
  size_t opinions = 0;
  for (const Marker& marker : firm.markers) {
    if (marker.kind != MarkerKind::hedge) continue;
    const std::string first = plain_lower(words_.word(words_.from(marker.span.begin)));
    const std::string last = plain_lower(words_.word(words_.to(marker.span.end) - 1));
    if ((first != "i" && first != "we") || !is_one_of(last, {"think", "believe", "feel"})) return false;
    ++opinions;
  }
  return opinions > 0;
}

// “Poll suggests …”, “… would put …”, “potential involvement”: any such word keeps a headline from being held against a hedge below it.
bool Retellings::hedges_itself(Span headline) const {
  static const std::unordered_set<std::string_view> hedges = {
      "would", "could", "may", "might", "if", "?", "likely", "unlikely", "potential", "potentially", "possible", "possibly", "perhaps",
      "maybe", "probably", "reportedly", "allegedly", "alleged", "reported", "suggest", "suggests", "hint", "hints", "seem", "seems",
      "appear", "appears", "think", "thinks", "believe", "believes", "expect", "expects", "expected", "fear", "fears", "feared", "worry",
      "worries", "suspect", "suspects", "hope", "hopes", "want", "wants", "plan", "plans", "weigh", "weighs", "mull", "mulls", "consider",
      "considers", "eye", "eyes", "seek", "seeks", "predict", "predicts", "chance"};
  for (size_t i = words_.from(headline.begin); i < words_.count() && words_.span(i).end <= headline.end; ++i)
    if (hedges.contains(plain_lower(words_.word(i)))) return true;
  return false;
}

// Is what the headline retells itself hedged in these words, and not something else in them: by a word in the clause that holds half of the
// headline's words, or by the cue for all of it?
bool Retellings::is_hedged(const Stems& headline, uint32_t attribution) const {
  const Attribution& a = document_.attributions[attribution];
  const auto tells = [&](const Stems& stems) {
    const size_t count = count_shared(headline, stems);
    return count >= 3 && 2 * count >= headline.size();
  };
  bool by_cue = a.type == AttributionType::belief || (a.type == AttributionType::eventuality && !told_[attribution].in_own_words);
  for (const Marker& marker : document_.factuality[attribution].markers) {
    if (!lowers(marker.kind)) continue;
    const auto around = std::find_if(a.content.spans.begin(), a.content.spans.end(), [&](Span span) { return span.contains(marker.span); });
    if (around == a.content.spans.end()) {
      by_cue = true;
      continue;
    }
    size_t begin = words_.from(marker.span.begin), end = words_.to(marker.span.end);
    const auto ends = [&](size_t i) { return is_one_of(words_.word(i), {",", ";", ":", ".", "?", "!"}) || is_dash(words_.word(i)); };
    while (begin > words_.from(around->begin) && !ends(begin - 1)) --begin;
    while (end < words_.to(around->end) && !ends(end)) ++end;
    // “If the rain goes on, the dam will break.”
    if (marker.kind == MarkerKind::condition && end < words_.to(around->end) && words_.word(end) == ",")
      for (++end; end < words_.to(around->end) && !ends(end);) ++end;
    if (tells(stems_of(Part{{words_.over(begin, end)}}, SpanIndex({})))) return true;
  }
  return by_cue && count_shared(headline, told_[attribution].stems) >= 2;
}

std::optional<HeadlineFinding> Retellings::headline() const {
  if (!headline_) return std::nullopt;
  HeadlineFinding out;
  for (uint32_t i = 0; i < told_.size() && !out.attribution; ++i)
    if (told_[i].in_headline && !document_.attributions[i].within) out.attribution = Id<Attribution>{i};
  const Factuality own = out.attribution ? document_.factuality[out.attribution->index] : factuality_of_words(document_, *headline_);
  const Stems stems = out.attribution ? told_[out.attribution->index].stems : stems_of(Part{{*headline_}}, SpanIndex({}));
  Told in_writers_voice;
  if (!out.attribution) add_amounts(Part{{*headline_}}, SpanIndex({}), in_writers_voice);
  const std::vector<Amount>& amounts = (out.attribution ? told_[out.attribution->index] : in_writers_voice).amounts;
  if (!out.attribution && (stems.size() < 2 || writer_says(stems))) return std::nullopt;
  const Stems quoted = quoted_in(*headline_);
  const auto cites = [&](uint32_t i) {
    const Part& content = document_.attributions[i].content;
    return !quoted.empty() && !content.empty() && count_shared(quoted, quoted_in(envelope(content))) == quoted.size();
  };
  std::vector<uint32_t> tellings;
  for (uint32_t i = 0; i < told_.size(); ++i) {
    if (told_[i].in_headline) continue;
    const bool firmer = out.attribution && is_firmer_telling(out.attribution->index, i);
    const size_t count = count_shared(stems, told_[i].stems);
    const bool near = static_cast<double>(count) >= (count >= 3 ? 0.4 : 0.5) * static_cast<double>(stems.size());
    const bool same = count >= 2 && near && !silent_[i] && !amounts_exclude(amounts, told_[i].amounts) &&
                      (!out.attribution || speaks_in(out.attribution->index, i) || repeats(i, out.attribution->index));
    // Words that the headline quotes are those of its speaker, whatever else it tells of them.
    const bool cited = out.attribution && !silent_[i] && speaks_in(out.attribution->index, i) && cites(i);
    if (firmer || same || cited) tellings.push_back(i);
  }
  // Words as they were spoken count before the writer's tellings of them, but for those that quote what the headline quotes.
  if (std::any_of(tellings.begin(), tellings.end(), [&](uint32_t i) { return told_[i].in_own_words; }))
    std::erase_if(tellings, [&](uint32_t i) { return !told_[i].in_own_words && !cites(i); });
  if (tellings.empty()) return std::nullopt;
  // “Many have heard by now that …” is common knowledge, and nobody's hearsay.
  const auto everybody_heard = [&](uint32_t i) {
    const Attribution& a = document_.attributions[i];
    return !a.source && !a.within && std::ranges::any_of(words_of(text_of(document_, a.cue)), is_hearing_verb);
  };
  // A headline that names nobody must say nearly the same to be held against somebody's words.
  const auto retells = [&](uint32_t i) {
    const size_t count = count_shared(stems, told_[i].stems);
    return out.attribution || (count >= 3 && static_cast<double>(count) >= 0.6 * static_cast<double>(stems.size()));
  };
  out.firmer_than_its_source = !hedges_itself(*headline_) && std::all_of(tellings.begin(), tellings.end(), [&](uint32_t i) {
    if (out.attribution && has_same_cue(out.attribution->index, i)) return false;
    return retells(i) && !everybody_heard(i) && !is_opinion(i) && is_firmer_than_words(own, stems, i) && is_hedged(stems, i);
  });
  for (const uint32_t i : tellings) out.rests_on.push_back(Id<Attribution>{i});
  return out;
}

}  // namespace sayso
