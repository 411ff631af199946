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
        const std::optional<Id<Entity>> who = word(i, end) == "there" ? subject_of(found->second + 1, to)
                                              : is_one_of(word(i + 1, end), {"unanswered", "unsuccessful"}) ? asked_of(subject, i)
                                                                                                           : subject_of(subject, i);
        NonResponse one{Part{{words_.over(from, to)}}, who, found->first};
        out.items.push_back(std::move(one));
        i = to - 1;
      }
    }
    return out;
  }

 private:
  std::string word(size_t i, size_t end) const { return i < end ? plain_lower(words_.word(i)) : std::string(); }

  // “Declined to comment”, “declined to answer questions”, “refused an interview”, “declined all requests for comment”; and not “declined to be
  // named”, which is anonymity, nor “refused to pay”.
  std::optional<std::pair<NonResponseKind, size_t>> refusal_at(size_t i, size_t end) const {
    size_t k = i + 1;
    if (word(k, end) == "to") {
      do ++k;
      while (is_adverb(word(k, end)));
      const std::string verb = word(k, end);
      const bool of_words = is_one_of(verb, {"comment", "say", "elaborate", "discuss", "identify", "specify", "speculate", "disclose", "reveal"});
      const bool of_answers = is_one_of(verb, {"answer", "respond", "reply"}) && asks(k + (verb == "answer" ? 1 : 2), end);
      const bool of_meeting = (verb == "be" && word(k + 1, end) == "interviewed") ||
                              (is_one_of(verb, {"speak", "talk"}) && is_one_of(word(k + 1, end), {"to", "with"}) && tells_press(k + 2, end));
      const bool of_details = is_one_of(verb, {"give", "provide", "offer"}) &&
                              is_one_of(word(k + 1 + is_one_of(word(k + 1, end), {"a", "an", "any", "further", "more"}), end),
                                        {"comment", "details", "interview", "interviews", "explanation"});
      const bool of_truth = verb == "confirm" && word(k + 1, end) == "or" && word(k + 2, end) == "deny";
      if (of_truth) k += 2;
      if (!(of_words || of_answers || of_meeting || of_details || of_truth)) return std::nullopt;
      return std::pair{NonResponseKind::declined, k + 1};
    }
    while (is_one_of(word(k, end), {"a", "an", "all", "any", "our", "multiple", "several", "repeated", "further"})) ++k;
    const std::string what = word(k, end);
    const std::string wish = word(k + 2 + is_one_of(word(k + 2, end), {"a", "an", "further"}), end);
    const bool request = is_one_of(what, {"request", "requests"}) && is_one_of(word(k + 1, end), {"for", "to"}) &&
                         is_one_of(wish, {"comment", "interview", "interviews", "information", "speak", "answer"});
    if (what == "comment" || request || is_one_of(what, {"interview", "interviews"})) return std::pair{NonResponseKind::declined, k + 1};
    return std::nullopt;
  }

  // “Reporters”, “the press”.
  bool tells_press(size_t i, size_t end) const {
    return is_one_of(word(i + is_one_of(word(i, end), {"the", "a"}), end), {"reporters", "reporter", "journalists", "press", "media"});
  }

  // What begins at word i, and behind which word it stands: a verb group of not answering.
  std::optional<std::pair<NonResponseKind, size_t>> silence_at(size_t i, size_t end) const {
    const auto at = [&](size_t k) { return word(k, end); };
    const std::string first = at(i);
    size_t k = i;
    // “did not immediately respond”, “has not yet replied”, “would not comment”, “could not be reached”, “was not available for comment”.
    k = i + (at(i + 1) == "still" ? 2 : at(i + 1) == "so" && at(i + 2) == "far" ? 3 : 1);  // “has so far not replied”
    if (is_one_of(first, {"did", "has", "have", "had", "would", "could", "was", "were", "does", "do"}) && is_one_of(at(k), {"not", "n't"})) {
      ++k;
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
      // “did not provide a response”, “did not want to comment”, “did not get back to us”
      if (is_one_of(verb, {"give", "given", "provide", "provided", "offer", "offered", "issue", "issued"})) {
        ++k;
        while (is_one_of(at(k), {"a", "an", "any", "immediate", "further", "official"})) ++k;
        if (is_one_of(at(k), {"comment", "response", "reply"}))
          return std::pair{at(k) == "comment" ? NonResponseKind::no_comment : NonResponseKind::no_response, k + 1};
        return std::nullopt;
      }
      if (is_one_of(verb, {"want", "wish"}) && at(k + 1) == "to" && is_one_of(at(k + 2), {"comment", "answer", "elaborate"}))
        return std::pair{NonResponseKind::declined, k + 3};
      if (verb == "get" && at(k + 1) == "back" && at(k + 2) == "to") return std::pair{NonResponseKind::no_response, k + 3};
      if (verb == "returned" && (first == "was" || first == "were"))
        return asks(i < 8 ? 0 : i - 8, i) ? std::optional(std::pair{NonResponseKind::no_response, k + 1}) : std::nullopt;
      if (verb == "returned") return returns(k, end);
      if (verb == "say" && first == "would" && is_one_of(at(k + 1), {"whether", "if", "when", "how", "who", "why", "what"}))
        return std::pair{NonResponseKind::declined, k + 1};
      if (is_one_of(first, {"could", "was", "were"}) && is_one_of(verb, {"reached", "contacted", "available", "reachable"}))
        return is_out_of_reach(verb, k + 1, end) ? std::optional(std::pair{NonResponseKind::no_response, k + 1}) : std::nullopt;
      return std::nullopt;
    }
    if (is_one_of(first, {"decline", "declines", "declined", "declining", "refuse", "refuses", "refused", "refusing"})) return refusal_at(i, end);
    // “refrained from commenting”, “avoided commenting”, “chose not to comment”, “neither confirmed nor denied”.
    if (is_one_of(first, {"refrained", "refrains", "avoided"}) && at(i + 1 + (at(i + 1) == "from")) == "commenting")
      return std::pair{NonResponseKind::declined, i + 2 + (at(i + 1) == "from")};
    if (is_one_of(first, {"chose", "chosen", "prefer", "preferred"}) && at(i + 1) == "not" && at(i + 2) == "to" &&
        is_one_of(at(i + 3), {"comment", "answer", "respond"}))
      return std::pair{NonResponseKind::declined, i + 4};
    if (first == "neither" && is_one_of(at(i + 1), {"confirm", "confirmed", "confirms"}) && at(i + 2) == "nor" &&
        is_one_of(at(i + 3), {"deny", "denied", "denies"}))
      return std::pair{NonResponseKind::declined, i + 4};
    if (first == "never" && is_one_of(at(i + 1), {"responded", "replied", "answered"}) && asks(i + 2, end))
      return std::pair{NonResponseKind::no_response, i + 2};
    if (is_one_of(first, {"was", "were", "is", "are"}) && at(i + 1) == "unavailable" && is_out_of_reach("available", i + 2, end))
      return std::pair{NonResponseKind::no_response, i + 2};
    if (is_one_of(first, {"had", "offered", "made", "gave", "has", "have", "issued", "provided"}) && at(i + 1) == "no") {
      k = i + 2;
      if (is_one_of(at(k), {"immediate", "further"})) ++k;
      if (at(k) == "comment" || (at(k) == "response" && at(k + 1) == "to")) return std::pair{NonResponseKind::no_comment, k + 1};
      return std::nullopt;
    }
    // “There was no immediate comment from the ministry”.
    if (first == "there" && is_one_of(at(i + 1), {"was", "has", "is"})) {
      k = i + (at(i + 2) == "been" ? 3 : 2);
      if (at(k) != "no") return std::nullopt;
      k += is_one_of(at(k + 1), {"immediate", "official"}) ? 2 : 1;
      if (!is_one_of(at(k), {"comment", "response", "reaction", "word"}) || at(k + 1) != "from") return std::nullopt;
      return std::pair{NonResponseKind::no_comment, k + 1};
    }
    if (is_one_of(first, {"has", "have", "had", "is", "are"}) && at(i + 1) == "yet" && at(i + 2) == "to" &&
        is_one_of(at(i + 3), {"respond", "reply", "comment", "answer"}))
      return std::pair{NonResponseKind::no_response, i + 4};
    // “He answered “No comment” when …”.
    if (is_one_of(first, {"answered", "said", "replied", "responded"}) && i + 3 < end && !words_.is_spoken(i + 1) && at(i + 2) == "no" &&
        at(i + 3) == "comment" && (i + 4 >= end || !words_.is_spoken(i + 4)))
      return std::pair{NonResponseKind::no_comment, std::min(end, i + 4 + (i + 4 < end && quotes_.overlaps(words_.span(i + 4))))};
    // “Requests for comment went unanswered”.
    if (is_one_of(first, {"went", "remained", "were", "was"}) && at(i + 1) == "unanswered") return std::pair{NonResponseKind::no_response, i + 2};
    // “Attempts to reach the mayor were unsuccessful”.
    if (is_one_of(first, {"were", "was", "proved"}) && at(i + 1) == "unsuccessful")
      for (k = i < 12 ? 0 : i - 12; k + 2 < i; ++k)
        if (is_one_of(at(k), {"attempt", "attempts", "efforts"}) && at(k + 1) == "to" && is_one_of(at(k + 2), {"reach", "contact"}))
          return std::pair{NonResponseKind::no_response, i + 2};
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

  // “Calls to [the ministry] went unanswered”, “attempts to reach [him] were unsuccessful”.
  std::optional<Id<Entity>> asked_of(size_t from, size_t verb) const {
    for (size_t i = from; i + 1 < verb; ++i) {
      if (words_.lower(i) != "to") continue;
      const bool reaches = is_one_of(words_.lower(i + 1), {"reach", "contact"});
      const size_t who = reaches ? i + 2 : i + 1;
      if (who < verb && (reaches || asks(from, i)) &&
          (words_.has_capital(who) || is_one_of(words_.lower(who), {"the", "his", "her", "its", "their", "a", "an"})))
        return subject_of(who, verb);
    }
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
