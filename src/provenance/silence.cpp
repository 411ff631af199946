#include "provenance/silence.h"

#include <algorithm>
#include <string>

namespace sayso {

namespace {

// “Immediately”; “reply” is what is looked for.
bool is_adverb(const std::string& word) { return word.ends_with("ly") && word != "reply"; }

class SilenceFinder {
 public:
  SilenceFinder(const Document& document, const Words& words) : document_(document), words_(words), quotes_({}) {
    std::vector<Span> quotes;
    for (const Quote& quote : document.quotes) quotes.push_back(quote.span);
    quotes_ = SpanIndex(std::move(quotes));
    for (uint32_t e = 0; e < document.entities.size(); ++e)
      for (const Mention& mention : document.entities[e].mentions) mentions_.emplace_back(mention.span, Id<Entity>{e});
    std::sort(mentions_.begin(), mentions_.end());
  }

  Layer<NonResponse> run() const {
    Layer<NonResponse> out{"provenance", {}};
    for (const Sentence& sentence : document_.sentences) {
      const size_t end = sentence.last.index + size_t{1};
      for (size_t i = sentence.first.index; i < end; ++i) {
        const auto found = silence_at(i, end);
        if (!found || quotes_.overlaps(words_.span(i))) continue;
        const size_t from = clause_begin(sentence.first.index, i), to = clause_end(found->second, end);
        const size_t subject = from < i ? from : sentence.first.index;
        NonResponse one{Part{{words_.over(from, to)}}, word(i + 1, end) == "unanswered" ? asked_of(subject, i) : subject_of(subject, i),
                        found->first};
        out.items.push_back(std::move(one));
        i = to - 1;
      }
    }
    return out;
  }

 private:
  std::string word(size_t i, size_t end) const { return i < end ? plain_lower(words_.word(i)) : std::string(); }

  // What begins at word i, and behind which word it stands: a verb group of not answering.
  std::optional<std::pair<NonResponseKind, size_t>> silence_at(size_t i, size_t end) const {
    const auto at = [&](size_t k) { return word(k, end); };
    const std::string first = at(i);
    size_t k = i;
    // “did not immediately respond”, “has not yet replied”, “would not comment”, “could not be reached”, “was not available for comment”.
    if (is_one_of(first, {"did", "has", "have", "had", "would", "could", "was", "were", "does", "do"}) && is_one_of(at(i + 1), {"not", "n't"})) {
      k = i + 2;
      while (is_adverb(at(k)) || is_one_of(at(k), {"yet", "at", "once", "return", "be"})) {
        if (at(k) == "return") return at(k + 1) == "to" ? std::nullopt : returns(k, end);
        ++k;
      }
      const std::string verb = at(k);
      if (is_one_of(verb, {"respond", "responded", "reply", "replied"})) {
        // “did not respond to the attack” is no silence.
        if (at(k + 1) == "to" && !asks(k + 2, end)) return std::nullopt;
        return std::pair{NonResponseKind::no_response, k + 1};
      }
      if (verb == "answer" || verb == "answered")
        return asks(k + 1, end) ? std::optional(std::pair{NonResponseKind::no_response, k + 1}) : std::nullopt;
      if (verb == "comment" || verb == "commented")
        return std::pair{first == "would" ? NonResponseKind::declined : NonResponseKind::no_comment, k + 1};
      if (verb == "returned" && (first == "was" || first == "were"))
        return asks(i < 8 ? 0 : i - 8, i) ? std::optional(std::pair{NonResponseKind::no_response, k + 1}) : std::nullopt;
      if (verb == "returned") return returns(k, end);
      if (verb == "say" && first == "would" && is_one_of(at(k + 1), {"whether", "if", "when", "how", "who", "why", "what"}))
        return std::pair{NonResponseKind::declined, k + 1};
      if (is_one_of(first, {"could", "was", "were"}) && is_one_of(verb, {"reached", "contacted", "available", "reachable"}))
        return is_out_of_reach(verb, k + 1, end) ? std::optional(std::pair{NonResponseKind::no_response, k + 1}) : std::nullopt;
      return std::nullopt;
    }
    if (is_one_of(first, {"declined", "refused", "declines", "declining", "refusing"}) && at(i + 1) == "to") {
      k = i + 2;
      while (is_adverb(at(k))) ++k;
      if (is_one_of(at(k), {"comment", "say", "elaborate", "discuss", "identify", "specify"})) return std::pair{NonResponseKind::declined, k + 1};
      if (is_one_of(at(k), {"answer", "respond"}) && asks(k + (at(k) == "respond" ? 2 : 1), end)) return std::pair{NonResponseKind::declined, k + 1};
      return std::nullopt;
    }
    if (is_one_of(first, {"declined", "refused"}) && (at(i + 1) == "comment" || (at(i + 1) == "a" && at(i + 2) == "request")))
      return std::pair{NonResponseKind::declined, i + 2};
    if (is_one_of(first, {"had", "offered", "made", "gave", "has", "have"}) && at(i + 1) == "no") {
      k = i + 2;
      if (is_one_of(at(k), {"immediate", "further"})) ++k;
      if (at(k) == "comment" || (at(k) == "response" && at(k + 1) == "to")) return std::pair{NonResponseKind::no_comment, k + 1};
      return std::nullopt;
    }
    if (is_one_of(first, {"has", "have", "had"}) && at(i + 1) == "yet" && at(i + 2) == "to" &&
        is_one_of(at(i + 3), {"respond", "reply", "comment", "answer"}))
      return std::pair{NonResponseKind::no_response, i + 4};
    // “He answered “No comment” when …”.
    if (is_one_of(first, {"answered", "said", "replied", "responded"}) && i + 3 < end && !words_.is_spoken(i + 1) && at(i + 2) == "no" &&
        at(i + 3) == "comment" && (i + 4 >= end || !words_.is_spoken(i + 4)))
      return std::pair{NonResponseKind::no_comment, std::min(end, i + 4 + (i + 4 < end && quotes_.overlaps(words_.span(i + 4))))};
    // “Requests for comment went unanswered”.
    if (is_one_of(first, {"went", "remained", "were", "was"}) && at(i + 1) == "unanswered") return std::pair{NonResponseKind::no_response, i + 2};
    return std::nullopt;
  }

  // “could not be reached for comment”, “was not available”; and not “could not be reached by road”, “were not available to treat the wounded”.
  bool is_out_of_reach(const std::string& verb, size_t i, size_t end) const {
    const std::string next = word(i, end);
    if (next == "by") return is_one_of(word(i + 1, end), {"phone", "telephone", "email", "e-mail"});
    if (verb == "available")
      return next == "for" ? is_one_of(word(i + 1, end), {"comment", "interview", "an", "questions"})
             : next == "to" && is_one_of(word(i + 1, end), {"comment", "speak", "answer"});
    return next.empty() || !words_.is_spoken(i) ||
           is_one_of(next, {"for", "on", "late", "at", "immediately", "to", "over", "and", "today", "yesterday"});
  }

  // “a request for comment”, “questions”, “calls”, “a message”.
  bool asks(size_t i, size_t end) const {
    for (size_t k = i; k < std::min(end, i + 6); ++k)
      if (is_one_of(word(k, end), {"request", "requests", "question", "questions", "comment", "call", "calls", "message", "messages", "email",
                                   "emails", "e-mail", "e-mails", "inquiries", "inquiry", "enquiries", "phone", "inquiries", "queries", "query",
                                   "letter"}))
        return true;
    return false;
  }
  std::optional<std::pair<NonResponseKind, size_t>> returns(size_t i, size_t end) const {
    return asks(i + 1, end) ? std::optional(std::pair{NonResponseKind::no_response, i + 1}) : std::nullopt;
  }

  // The clause's first word: behind the last conjunction or relative clause before the verb.
  size_t clause_begin(size_t first, size_t verb) const {
    size_t begin = first;
    for (size_t i = first; i < verb; ++i) {
      const std::string lower = plain_lower(words_.word(i));
      // “… 400 jobs but declined to comment”: its subject stands in the clause before
      if (i + 1 == verb && (lower == "and" || lower == "but")) return verb;
      const bool comma = i > first && words_.word(i - 1) == ",";
      if (lower == ";" || parts(i) || (lower == "but") || (comma && is_one_of(lower, {"and", "while", "though", "although"}))) begin = i + 1;
    }
    while (begin < verb && !words_.is_spoken(begin)) ++begin;
    return begin < verb ? begin : verb;
  }
  size_t clause_end(size_t behind, size_t end) const {
    size_t i = behind;
    while (i < end && words_.word(i) != "," && words_.word(i) != "." && words_.word(i) != ";" && words_.word(i) != "but" && !parts(i) &&
           !words_.begins_line(i)) {
      if (words_.word(i) == "and" && i + 2 < end && !is_one_of(words_.lower(i + 1), {"questions", "comment", "emails", "calls"})) break;
      ++i;
    }
    return std::max(i, behind);
  }

  // A dash, but not that of “brother-in-law”.
  bool parts(size_t i) const {
    const bool joins = i > 0 && words_.span(i - 1).end == words_.span(i).begin && is_one_of(words_.word(i), {"-", "‐", "‑"});
    return is_dash(words_.word(i)) && !joins;
  }

  // “Calls to [the ministry] went unanswered”.
  std::optional<Id<Entity>> asked_of(size_t from, size_t verb) const {
    for (size_t i = from; i < verb; ++i)
      if (words_.lower(i) == "to" && i + 1 < verb && asks(from, i) &&
          (words_.has_capital(i + 1) || is_one_of(words_.lower(i + 1), {"the", "his", "her", "its", "their", "a", "an"})))
        return subject_of(i + 1, verb);
    return std::nullopt;
  }

  // The entity with the first, longest mention in the words before the verb.
  std::optional<Id<Entity>> subject_of(size_t from, size_t verb) const {
    if (from >= verb) return std::nullopt;
    const Span span = words_.over(from, verb);
    std::optional<Id<Entity>> best;
    Span place{0, 0};
    for (auto at = std::lower_bound(mentions_.begin(), mentions_.end(), std::pair{Span{span.begin, 0}, Id<Entity>{0}});
         at != mentions_.end() && at->first.begin < span.end; ++at)
      if (!best || (at->first.begin == place.begin && at->first.size() > place.size() && at->first.end <= span.end))
        best = at->second, place = at->first;
    // “A lawyer for Berg” is not Berg.
    if (best && place.begin > span.begin) {
      for (size_t i = from; i < verb && words_.span(i).end <= place.begin; ++i)
        if (is_one_of(words_.lower(i), {"for", "of", "at", "from", "with", "to"})) return std::nullopt;
    }
    return best;
  }

  const Document& document_;
  const Words& words_;
  SpanIndex quotes_;
  std::vector<std::pair<Span, Id<Entity>>> mentions_;
};

}  // namespace

Layer<NonResponse> find_non_responses(const Document& document, const Words& words) { return SilenceFinder(document, words).run(); }

}  // namespace sayso
