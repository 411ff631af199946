#include "factuality/factuality.h"

#include <algorithm>
#include <string>
#include <utility>

#include "attribution/lexicon.h"
#include "attribution/nesting.h"
#include "attribution/words.h"
#include "factuality/lexicon.h"

namespace sayso {

namespace {

// Words in lower case with where they stand; a typographer's apostrophe as '. What hyphens join is one word: “60-year-old”, “no-one”, “so-called”.
struct OwnWords {
  std::vector<std::string> lower;
  std::vector<size_t> index, last;  // of the document's tokens: each word's first and its last

  size_t size() const { return lower.size(); }
  // Does word `at` follow the one before it with nothing between?
  bool follows(size_t at) const { return index[at] == last[at - 1] + 1; }
};

bool is_quotation_mark(const std::string& word) {
  return word == "“" || word == "”" || word == "\"" || word == "''" || word == "``" || word == "‘" || word == "'" || word == "’" || word == "„" ||
         word == "«" || word == "»";
}

bool ends_clause(const std::string& word) {
  return word == "," || word == "." || word == ";" || word == ":" || word == "?" || word == "!" || is_dash(word) || is_quotation_mark(word) ||
         word == ")";
}
bool ends_sentence(const std::string& word) { return word == "." || word == "?" || word == "!"; }

bool is_auxiliary(const std::string& word) {
  return is_one_of(word, {"is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "ca", "could", "may", "might", "must", "should",
                          "do", "does", "did", "wo", "'s", "'re", "'ve", "'ll"});
}

class FactualityFinder {
 public:
  explicit FactualityFinder(const Document& document) : document_(document), words_(document), inner_(document.attributions.size()) {
    for (uint32_t i = 0; i < document.attributions.size(); ++i)
      if (const auto within = document.attributions[i].within) inner_[within->index].push_back(i);
  }

  Factuality of(uint32_t number) const {
    const Attribution& a = document_.attributions[number];
    const OwnWords content = own_words(a.content, excluded(number));
    const OwnWords cue = own_words(a.cue, SpanIndex({}));
    Factuality out;
    const CueForce force = force_of_cue(cue.lower, content.lower, a.type, !a.source);
    out.stance = force.stance;
    out.modality = force.modality;
    if (force.denial) {
      out.polarity = Polarity::negative;
      out.markers.push_back({MarkerKind::negation, whole_word(cue, *force.denial)});
    }
    if (force.hedge) out.markers.push_back({force.conditional ? MarkerKind::conditional : MarkerKind::hedge, words_.span(cue.index[*force.hedge])});
    // “They had been told by the guard”: somebody is named who told.
    const bool told_by = a.source && !a.cue.empty() && envelope(a.source->part).begin >= a.cue.spans.back().end &&
                         is_one_of(cue.lower.back(), {"told", "informed", "assured"});
    if (force.hearsay && !told_by && !cue.index.empty() && !is_sitting(cue.index.front())) {
      out.hearsay = true;
      out.markers.push_back({MarkerKind::hearsay, envelope(a.cue)});
    } else if (const auto rumour = rumour_in(a)) {
      out.hearsay = true;
      out.markers.push_back({MarkerKind::hearsay, *rumour});
    }
    if (a.type == AttributionType::eventuality)  // “plans to”
      for (size_t i = 0; i < cue.size(); ++i)
        if (is_planning_verb(cue.lower[i])) out.markers.push_back({MarkerKind::intention, over(cue, i, 1)});
    if (force.asks && force.modality == Modality::unknown) {
      const bool indirect = !content.lower.empty() && (content.lower.front() == "whether" || content.lower.front() == "if");
      out.markers.push_back({MarkerKind::question, indirect ? words_.span(content.index.front()) : envelope(a.cue)});
    }
    const bool says = std::any_of(cue.lower.begin(), cue.lower.end(), [](const std::string& word) { return is_saying_verb(word); });
    read_words(says || a.quotation == Quotation::direct ? content : without_relative_clause(content), a.quotation,
               a.type == AttributionType::eventuality, force.asks_if, out);
    finish(out);
    if (!out.hearsay) note_relay(number, out);
    return out;
  }

  Factuality of_words(Span span) const {
    Factuality out;
    read_words(own_words(Part{{span}}, SpanIndex({})), Quotation::indirect, false, false, out);
    finish(out);
    return out;
  }

 private:
  static void finish(Factuality& out) {
    std::sort(out.markers.begin(), out.markers.end(),
              [](const Marker& a, const Marker& b) { return std::pair(a.span, a.kind) < std::pair(b.span, b.kind); });
    out.markers.erase(std::unique(out.markers.begin(), out.markers.end()), out.markers.end());
  }

  OwnWords own_words(const Part& part, const SpanIndex& without) const {
    OwnWords out;
    for (const Span span : part.spans)
      for (size_t i = words_.from(span.begin); i < words_.count() && words_.span(i).end <= span.end; ++i) {
        if (without.overlaps(words_.span(i))) continue;
        if (is_joined(i) && out.size() > 0 && out.last.back() + 1 == i) {
          out.lower.back() += plain_lower(words_.word(i));
          out.last.back() = i;
          continue;
        }
        out.lower.push_back(plain_lower(words_.word(i)));
        out.index.push_back(i);
        out.last.push_back(i);
      }
    return out;
  }

  // Does a hyphen hold token i to the one before it, or is it that hyphen?
  bool is_joined(size_t i) const {
    const auto touches = [&](size_t k) { return k > 0 && k < words_.count() && words_.span(k - 1).end == words_.span(k).begin; };
    const auto is_hyphen = [&](size_t k) {
      return touches(k) && touches(k + 1) && is_one_of(words_.word(k), {"-", "‐", "‑"}) && words_.is_spoken(k - 1) && words_.is_spoken(k + 1);
    };
    return is_hyphen(i) || (i > 0 && is_hyphen(i - 1));
  }

  // “blocked [a bill] that would have allowed it”: of a thing and no clause only what stands before its relative clause.
  static OwnWords without_relative_clause(OwnWords own) {
    if (own.size() == 0 || !is_one_of(own.lower.front(), {"a", "an", "the", "his", "her", "its", "their", "this", "these", "those", "any"}))
      return own;
    for (size_t i = 1; i < own.size() && !is_auxiliary(own.lower[i]); ++i)
      if (is_one_of(own.lower[i], {"that", "which", "who", "whose"})) {
        own.lower.resize(i);
        own.index.resize(i);
        own.last.resize(i);
        break;
      }
    return own;
  }

  // “According to rumours”, “unconfirmed reports say”: whose words they are nobody knows.
  std::optional<Span> rumour_in(const Attribution& a) const {
    if (!a.source || a.type == AttributionType::eventuality) return std::nullopt;
    const OwnWords source = own_words(a.source->part, SpanIndex({}));
    for (size_t i = 0; i < std::min<size_t>(source.size(), 4); ++i) {
      if (is_one_of(source.lower[i], {"rumour", "rumours", "rumor", "rumors", "gossip", "hearsay"})) return over(source, i, 1);
      if (source.lower[i] == "unconfirmed" && i + 1 < source.size() && is_one_of(source.lower[i + 1], {"report", "reports"}))
        return over(source, i, 2);
    }
    return std::nullopt;
  }

  // “The court heard that …”: a hearing is no hearsay.
  bool is_sitting(size_t cue) const {
    return cue > 0 && is_one_of(plain_lower(words_.word(cue - 1)),
                                {"court", "jury", "inquest", "inquiry", "tribunal", "hearing", "committee", "panel", "commission"});
  }

  // A speaker's own “I think that …”, and “he did not mention it” of “he said he did not mention it”, are what he says; they are no other's words.
  bool is_own(const Attribution& a) const {
    if (!a.source || a.cue.empty()) return false;
    const std::string source = plain_lower(text_of(document_, a.source->part));
    if (source == "i" || source == "we") return true;
    return (source == "he" || source == "she" || source == "they") && a.type != AttributionType::fact && a.within &&
           document_.attributions[*a.within].quotation != Quotation::direct && document_.attributions[*a.within].source;
  }

  // “Ordered staff not to speak about it”: what is ordered is the speaking.
  bool is_ordered(const Attribution& a, const Attribution& order) const {
    if (order.type != AttributionType::eventuality || a.cue.empty()) return false;
    const std::string_view first = words_.word(words_.from(a.cue.spans.front().begin));
    return first == "to" || first == "not";
  }

  bool is_denial(const Attribution& a) const {
    const OwnWords cue = own_words(a.cue, SpanIndex({}));
    return force_of_cue(cue.lower, {}, a.type, false).denial.has_value();
  }

  // What counts in an inner attribution alone. Intentions (“the owners intend to hire”) are words of whoever tells them too.
  SpanIndex excluded(uint32_t number) const {
    std::vector<Span> spans;
    std::vector<uint32_t> open = inner_[number];
    const Attribution& outer = document_.attributions[number];
    while (!open.empty()) {
      const Attribution& a = document_.attributions[open.back()];
      const std::vector<uint32_t>& further = inner_[open.back()];
      open.pop_back();
      if (is_own(a) || is_ordered(a, outer) || a.type == AttributionType::eventuality) {
        open.insert(open.end(), further.begin(), further.end());
        continue;
      }
      // “Nobody here will say so” is the speaker's own negation, and “nobody denies it” none.
      if (is_of_nobody(document_, a) && !is_denial(a)) {
        spans.insert(spans.end(), a.content.spans.begin(), a.content.spans.end());
        continue;
      }
      spans.insert(spans.end(), a.cue.spans.begin(), a.cue.spans.end());
      if (!passes_on(outer, a)) spans.insert(spans.end(), a.content.spans.begin(), a.content.spans.end());
      if (a.source) spans.insert(spans.end(), a.source->part.spans.begin(), a.source->part.spans.end());
    }
    return SpanIndex(std::move(spans));
  }

  Span over(const OwnWords& own, size_t begin, size_t count) const {
    size_t end = begin + 1;
    while (end < begin + count && end < own.size() && own.follows(end)) ++end;
    return words_.over(own.index[begin], own.last[end - 1] + 1);
  }

  // “doesn’t” of its “n’t”, “cannot” of its “not”.
  Span whole_word(const OwnWords& own, size_t at) const {
    size_t word = own.index[at];
    Span span = words_.over(word, own.last[at] + 1);
    while (word > 0 && document_.tokens.glued[word]) span.begin = words_.span(--word).begin;
    return span;
  }

  static void lower_to(Factuality& out, Modality modality) { out.modality = std::max(out.modality, modality); }

  // asks_if: the first “if” asks and is no condition.
  void read_words(const OwnWords& own, Quotation quotation, bool intended, bool asks_if, Factuality& out) const {
    find_question(own, out);
    std::vector<bool> taken(own.size(), false);  // words of a condition, whose own markers say nothing of the main clause
    bool condition = false;
    for (size_t i = asks_if ? 1 : 0; i < own.size(); ++i) {
      if (condition_at(own.lower, i) == 0) continue;
      size_t end = i + 1;
      if (end < own.size() && is_quotation_mark(own.lower[end])) ++end;  // “if ‘the resolution requires …’”
      while (end < own.size() && !ends_clause(own.lower[end]) && own.follows(end)) ++end;
      // “if they, the owners, agree” is rare; “If elected, he would” is not: a comma ends it.
      out.markers.push_back({MarkerKind::condition, over(own, i, end - i)});
      if (!intended) lower_to(out, Modality::possible);
      condition = true;
      std::fill(taken.begin() + static_cast<std::ptrdiff_t>(i), taken.begin() + static_cast<std::ptrdiff_t>(end), true);
      i = end - 1;
    }
    for (size_t i = 0; i < own.size(); ++i) {
      if (taken[i]) continue;
      if (const OwnBelief belief = own_belief_at(own.lower, i); belief.words > 0) {
        lower_to(out, Modality::probable);
        if (belief.denial) {
          if (i < 6 && out.polarity == Polarity::positive) {
            out.polarity = Polarity::negative;
            const Span denial = over(own, *belief.denial, belief.denial_words);
            out.markers.push_back({MarkerKind::negation, {whole_word(own, *belief.denial).begin, denial.end}});
          }
        } else {
          out.markers.push_back({MarkerKind::hedge, over(own, i, belief.words)});
        }
        i += belief.words - 1;
        continue;
      }
      if (const Hedge hedge = hedge_at(own.lower, i); hedge.words > 0) {
        // “Theresa May”, “in May”.
        if (own.lower[i] == "may" && i > 0 && words_.has_capital(own.index[i]) && !ends_sentence(own.lower[i - 1]) &&
            !is_quotation_mark(own.lower[i - 1]))
          continue;
        lower_to(out, hedge.modality);
        out.markers.push_back({MarkerKind::hedge, over(own, i, hedge.words)});
        i += hedge.words - 1;
        continue;
      }
      if (own.lower[i] == "would" || own.lower[i] == "'d") {
        if (is_conditional(own, i, quotation, condition)) {
          lower_to(out, Modality::possible);
          out.markers.push_back({MarkerKind::conditional, over(own, i, 1)});
        }
        continue;
      }
      if (const size_t count = hearsay_at(own.lower, i)) {
        out.hearsay = true;
        out.markers.push_back({MarkerKind::hearsay, over(own, i, count)});
        i += count - 1;
        continue;
      }
      if (const size_t count = pretext_at(own.lower, i)) {
        out.markers.push_back({MarkerKind::pretext, over(own, i, count)});
        i += count - 1;
        continue;
      }
      if (const size_t count = intended ? 0 : intention_at(own.lower, i)) {
        out.markers.push_back({MarkerKind::intention, over(own, i, count)});
        i += count - 1;
      }
    }
    const bool asked = std::any_of(out.markers.begin(), out.markers.end(), [](const Marker& m) { return m.kind == MarkerKind::question; });
    if (out.polarity == Polarity::positive && !asked)
      if (const auto negation = find_negation(own, intended, taken)) {
        out.polarity = Polarity::negative;
        const bool no_one = own.lower[*negation] == "no" && *negation + 1 < own.size() && own.lower[*negation + 1] == "one";
        out.markers.push_back({MarkerKind::negation, no_one ? over(own, *negation, 2) : whole_word(own, *negation)});
      }
    find_scare_quotes(own, quotation, out);
  }

  // “Would” behind “said” is mostly “will” told later; in somebody's own words, or with a condition, it is conditional.
  static bool is_conditional(const OwnWords& own, size_t at, Quotation quotation, bool condition) {
    const std::string next = at + 1 < own.size() ? own.lower[at + 1] : std::string();
    if (next == "like" || next == "love" || next == "rather") return false;
    if (own.lower[at] == "'d") return false;  // “had” as often
    const bool perfect = next == "have" && !(at + 2 < own.size() && own.lower[at + 2] == "to");  // “would have to pay” is what will be
    return condition || quotation == Quotation::direct || perfect;
  }

  // What is asked is not said to be so: the first sentence ends with a question mark, or a question is all there is.
  void find_question(const OwnWords& own, Factuality& out) const {
    for (size_t i = 0; i < own.size(); ++i) {
      if (own.lower[i] == "." || own.lower[i] == "!") return;
      if (own.lower[i] != "?") continue;
      lower_to(out, Modality::unknown);
      if (std::any_of(out.markers.begin(), out.markers.end(), [](const Marker& m) { return m.kind == MarkerKind::question; })) return;
      size_t begin = 0;
      while (begin < i && (is_quotation_mark(own.lower[begin]) || is_dash(own.lower[begin]))) ++begin;
      for (size_t k = begin; k < i; ++k)
        if (is_question_word(own.lower[k])) {
          out.markers.push_back({MarkerKind::question, over(own, k, 1)});
          return;
        }
      out.markers.push_back({MarkerKind::question, over(own, begin, i + 1 - begin)});
      return;
    }
  }

  // The negation of the first main clause: a clause that hangs on it before (“As the parents came from India, …”) or stands in it (“the board, which
  // did not …, will”) is passed over, and one behind it ends the search.
  std::optional<size_t> find_negation(const OwnWords& own, bool intended, const std::vector<bool>& taken) const {
    size_t i = 0;
    while (i < own.size() && (is_quotation_mark(own.lower[i]) || own.lower[i] == "that" || own.lower[i] == "and" || own.lower[i] == "but" ||
                              own.lower[i] == "," || is_dash(own.lower[i])))
      ++i;
    const size_t begin = i;
    while (i < own.size() && (taken[i] || (i == begin && begins_subordinate(own.lower[i]) && own.lower[i] != "so"))) {
      while (i < own.size() && own.lower[i] != "," && !ends_sentence(own.lower[i])) ++i;
      while (i < own.size() && own.lower[i] == ",") ++i;
    }
    const size_t main = i;
    for (; i < own.size(); ++i) {
      const std::string& word = own.lower[i];
      if (taken[i] || begins_behind_stop(own, i)) return std::nullopt;
      if (negation_at(own.lower, i) > 0) {
        // “The owners chose not to pay”: they chose. What is wanted (“the owners not to pay”) is that they do not.
        if (!intended && i > main && word == "not" && i + 1 < own.size() && own.lower[i + 1] == "to" && !is_auxiliary(own.lower[i - 1]))
          return std::nullopt;
        // “people who did not vote will”: the clause of “who” is another.
        const bool relative = std::any_of(own.lower.begin() + static_cast<std::ptrdiff_t>(i >= main + 2 ? i - 2 : main),
                                          own.lower.begin() + static_cast<std::ptrdiff_t>(i),
                                          [](const std::string& w) { return w == "who" || w == "which" || w == "that"; });
        if (!relative) return i;
        continue;
      }
      if (const Hedge hedge = hedge_at(own.lower, i); hedge.negative) return i;
      const bool comma = i > main && own.lower[i - 1] == ",";
      // “They may have hidden it, we just don’t know”: another clause.
      if (comma && is_one_of(word, {"i", "we", "he", "she", "they", "it", "you"})) return std::nullopt;
      if (comma && (word == "which" || word == "who" || word == "whose" || word == "where")) {
        // “The board, which the city chairs, will”: the verb comes behind it. Else the clause is over.
        while (i + 1 < own.size() && own.lower[i] != "," && !ends_sentence(own.lower[i])) ++i;
        if (own.lower[i] != "," || i + 1 >= own.size() || !is_auxiliary(own.lower[i + 1])) return std::nullopt;
        continue;
      }
      if ((word == "and" || word == "or") && i + 1 < own.size() && is_auxiliary(own.lower[i + 1])) return std::nullopt;
      if (ends_sentence(word) || word == ";" || word == ":" || is_dash(word)) return std::nullopt;
      if (i > main + 1 && (begins_subordinate(word) || word == "but" || word == "that" || word == "what" || word == "how" || word == "why" ||
                           (comma && (word == "and" || word == "or"))))
        return std::nullopt;
    }
    return std::nullopt;
  }

  // “They sleep in the car,” said Sund. [“Nobody] came”: a piece of its own behind the end of another sentence.
  bool begins_behind_stop(const OwnWords& own, size_t i) const {
    if (i == 0 || own.follows(i)) return false;
    for (size_t k = own.last[i - 1] + 1; k < own.index[i]; ++k)
      if (ends_sentence(plain_lower(words_.word(k)))) return true;
    return false;
  }

  // “The ‘experts’ were wrong”: one to three quoted words, no names, inside somebody's quoted words, or behind “so-called”.
  void find_scare_quotes(const OwnWords& own, Quotation quotation, Factuality& out) const {
    if (own.size() == 0) return;
    for (size_t i = 0; i + 1 < own.size(); ++i)
      if (own.lower[i] == "so-called") out.markers.push_back({MarkerKind::scare_quotes, over(own, i, 1)});
    if (quotation != Quotation::direct) return;
    const auto& quotes = document_.quotes.items;
    const Span all{words_.span(own.index.front()).begin, words_.span(own.last.back()).end};
    for (auto quote = std::lower_bound(quotes.begin(), quotes.end(), all.begin, [](const Quote& q, uint32_t at) { return q.span.begin < at; });
         quote != quotes.end() && quote->span.begin < all.end; ++quote) {
      if (quote->depth == 0 || !quote->opened || !quote->closed || quote->span.end > all.end) continue;
      const size_t first = words_.from(quote->span.begin) + 1, last = words_.to(quote->span.end);
      if (last < first + 2 || last - first - 1 > 3) continue;
      if (!std::binary_search(own.index.begin(), own.index.end(), first)) continue;
      bool small = true;
      for (size_t i = first; i + 1 < last; ++i) small = small && words_.is_spoken(i) && !words_.has_capital(i);
      if (small) out.markers.push_back({MarkerKind::scare_quotes, quote->span});
    }
  }

  // “According to agency A, quoting agency B, X”: A passes on what B says.
  void note_relay(uint32_t number, Factuality& out) const {
    const Attribution& a = document_.attributions[number];
    if (!a.source) return;
    for (const uint32_t inner : inner_[number]) {
      const Attribution& b = document_.attributions[inner];
      if (!passes_on(a, b)) continue;
      out.hearsay = true;
      if (!b.cue.empty()) out.markers.push_back({MarkerKind::hearsay, envelope(b.cue)});
      finish(out);
      return;
    }
  }

  const Document& document_;
  const Words words_;
  std::vector<std::vector<uint32_t>> inner_;
};

}  // namespace

Layer<Factuality> find_factuality(const Document& document) {
  Layer<Factuality> out{"factuality", {}};
  const FactualityFinder finder(document);
  for (uint32_t i = 0; i < document.attributions.size(); ++i) out.items.push_back(finder.of(i));
  return out;
}

bool is_firmer(const Factuality& a, const Factuality& b) {
  if (a.modality > b.modality) return false;
  return a.modality < b.modality || (!a.hearsay && b.hearsay);
}

Factuality factuality_of_words(const Document& document, Span span) { return FactualityFinder(document).of_words(span); }

}  // namespace sayso
