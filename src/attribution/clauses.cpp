#include "attribution/clauses.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "attribution/lexicon.h"
#include "attribution/words.h"

namespace sayso {

namespace {

// 0.6, as the likelier of the layout's rules: of the 19 that the rule for pronouns made on GUM's train and dev, PolNeAR's dev and the examples, 16
// were right by whoever read them; of the 13 that the others add on PolNeAR's dev, 11. Few were checked, and what was wrong became exceptions below,
// hence no more.
constexpr double confidence = 0.6;

// The most auxiliaries and adverbs before a verb: “may never really have been” has five.
constexpr size_t longest_group = 7;

// The most words of a phrase that speaks, and of one behind a verb in which a second verb is looked for.
constexpr size_t longest_phrase = 12;

// How far back the subject of a second verb is looked for.
constexpr size_t longest_clause = 20;

// Clauses in clauses are read to this depth, as contents are read again (attribution.cpp): all their contents together are at most so
// many times the text.
constexpr size_t deepest = 4;

// What may follow a verb as its content.
enum Follows : unsigned {
  that = 1,        // “that the lock leaks”
  question = 2,    // “whether it leaks”, “what leaks”
  bare = 4,        // “it leaks”
  quoted = 8,      // “‘it leaks’”
  object = 16,     // also “it” alone, as in “I know it”: then a bare clause must show its verb
  addressee = 32,  // “me that it leaks”
};

const std::unordered_map<std::string_view, unsigned> verbs = {
    {"say", that | question | bare | quoted}, {"think", that | question | bare | quoted}, {"know", that | question | bare | object},
    {"believe", that | bare | object}, {"suspect", that | bare}, {"hope", that | bare}, {"guess", that | question | bare}, {"suppose", that | bare},
    {"assume", that | bare}, {"argue", that | bare | quoted}, {"claim", that | bare | quoted}, {"insist", that | bare | quoted},
    {"conclude", that | bare | quoted}, {"concede", that | bare | quoted}, {"fear", that | bare}, {"predict", that | question | bare},
    {"imply", that | bare}, {"suggest", that | question | bare}, {"warn", that | bare | quoted | addressee}, {"feel", that | bare | object},
    {"realize", that | question | bare}, {"realise", that | question | bare}, {"wonder", question | quoted}, {"doubt", that | question | bare},
    {"show", that | question | bare | object | addressee}, {"reveal", that | question | bare | object}, {"indicate", that | question | bare},
    {"explain", that | question | bare | object}, {"learn", that | question | bare}, {"understand", that | question | bare | object},
    {"remember", that | question | bare | object}, {"forget", that | question | bare | object}, {"imagine", that | question | bare | object},
    {"notice", that | question | bare | object}, {"recognize", that | question | bare | object}, {"recognise", that | question | bare | object},
    {"discover", that | question | bare | object}, {"find", that | bare | object}, {"admit", that | bare | quoted}, {"deny", that | bare},
    {"acknowledge", that | bare}, {"agree", that}, {"state", that}, {"report", that | bare}, {"announce", that}, {"estimate", that | question | bare},
    {"note", that}, {"point", that | question}, {"ask", question | quoted | addressee}, {"tell", that | question | bare | quoted | addressee},
    {"promise", that | bare | addressee}, {"assure", that | bare | addressee}, {"remind", that | addressee}, {"reply", that | quoted},
    {"answer", that | quoted | addressee}, {"add", that | quoted}, {"expect", that | bare | object}, {"hear", that | question | bare | object},
    {"swear", that | bare}, {"make", that | question}, {"decide", that | question}, {"recommend", that}, {"propose", that}, {"demand", that},
    {"wish", that | bare}, {"see", that | question | object}, {"bet", that | bare}, {"check", question}, {"figure", that}, {"read", that | object},
    {"write", that | quoted}, {"observe", that}, {"stress", that}, {"emphasize", that}, {"emphasise", that}, {"maintain", that | bare},
    {"contend", that | bare}, {"assert", that}, {"declare", that | bare}, {"allege", that | bare}, {"confirm", that | question},
    {"reckon", that | bare}, {"worry", that | bare}, {"anticipate", that}, {"presume", that | bare}, {"mention", that}, {"testify", that | bare},
    {"speculate", that}, {"recall", that | question}, {"complain", that | bare}, {"boast", that}, {"joke", that}};

// The verb of `verbs` that this is a form of, or nothing.
std::string verb_of(const std::string& word) {
  return base_form_among(word, [](const std::string& form) { return verbs.contains(form); });
}
bool is_be(std::string_view word) { return is_one_of(word, {"be", "been", "being", "am", "is", "are", "was", "were", "'m", "'re"}); }
bool is_have(std::string_view word) { return is_one_of(word, {"have", "has", "had", "'ve"}); }
bool is_auxiliary(std::string_view word) {
  return is_be(word) || is_have(word) || is_one_of(word, {"'s", "'d", "'ll", "do", "does", "did", "will", "would", "can", "could", "may", "might",
                                                          "must", "shall", "should", "ca", "wo"});
}
bool is_adverb(std::string_view word) {
  return (word.size() > 4 && word.ends_with("ly")) ||
         is_one_of(word, {"n't", "not", "also", "even", "still", "just", "never", "always", "often", "almost", "already", "soon", "quite", "rather",
                          "long", "ever", "hardly"});
}
bool is_singular_subject(std::string_view word) {
  return is_one_of(word, {"he", "she", "it", "this", "everyone", "everybody", "someone", "somebody", "nobody"});
}
bool is_plural_subject(std::string_view word) { return is_one_of(word, {"i", "we", "you", "they", "these", "some", "many", "most", "others"}); }
// “seem to think”, “came to believe”, “is trying to say”: the verb in front is part of the cue.
bool is_leading_verb(std::string_view word) {
  return is_one_of(word, {"seem", "seems", "seemed", "appear", "appears", "appeared", "tend", "tends", "tended", "happen", "happens", "happened",
                          "come", "came", "begin", "begins", "began", "begun", "continue", "continues", "continued", "going",
                          "try", "tries", "tried", "trying", "like", "need", "needs", "want", "wants", "wanted", "used"});
}
// Behind a form of “be”, with “that” or a bare clause (“I am not sure it will hold”).
bool is_state_of_mind(std::string_view word) {
  return is_one_of(word, {"sure", "certain", "aware", "unaware", "afraid", "confident", "convinced", "hopeful", "worried", "optimistic", "doubtful",
                          "adamant"});
}
// Verbs that take a clause and hardly ever a thing, so that an article behind them begins a clause: “I think the lock leaks”.
bool takes_clause_only(std::string_view verb) { return is_one_of(verb, {"think", "hope", "guess", "suppose", "realize", "realise"}); }
// In “the lock, I think, leaks”.
bool is_parenthetical(std::string_view verb) { return is_one_of(verb, {"think", "believe", "guess", "suppose", "suspect", "hope", "fear", "say"}); }
// A past form is a verb where a plain one (“the report”, “their claims”) may be a noun.
bool is_past_form(std::string_view word, std::string_view base) {
  return word != base && !word.ends_with("ing") && !word.ends_with("s");
}
bool is_preposition(std::string_view word) {
  return is_one_of(word, {"of", "in", "from", "for", "at", "on", "with", "by", "to", "about", "near", "between", "under", "over", "behind",
                          "against", "into", "within", "among"});
}
bool begins_noun_phrase(std::string_view word) {
  return is_one_of(word, {"the", "a", "an", "my", "your", "his", "her", "our", "their", "its", "no", "most", "many", "some", "all", "every", "both",
                          "few", "several", "people"});
}
// “this family says”, “its supply shows”: no adverbs.
bool is_noun_in_ly(std::string_view word) {
  return is_one_of(word, {"family", "supply", "reply", "ally", "italy", "assembly", "july", "monopoly", "anomaly", "early", "daily", "weekly",
                          "monthly", "likely", "friendly", "elderly"});
}
// “new hopes that”, “recent reports that” are nouns, which no rule here reads.
bool is_plain_adjective(std::string_view word) {
  return is_one_of(word, {"new", "high", "old", "great", "strong", "false", "serious", "recent", "many", "several", "some", "such", "these", "those",
                          "other", "more", "first", "last", "real", "big", "no", "any"}) ||
         word.ends_with("ous") || word.ends_with("ful") || word.ends_with("ive");
}
// With “to” behind them they say what somebody wants, plans or refuses to do.
bool is_intending(const std::string& verb) {
  return is_one_of(verb, {"plan", "intend", "threaten", "vow", "pledge", "hope", "want", "refuse", "promise", "agree"});
}
bool begins_question(std::string_view word) { return is_one_of(word, {"what", "how", "why", "whether", "if", "where", "when", "who", "which"}); }
bool is_timing(std::string_view word) { return is_one_of(word, {"now", "then", "today", "once", "later"}); }

class Clauses {
 public:
  Clauses(const Document& document, const CueList* user_cues, std::vector<Attribution>& attributions)
      : document_(document), words_(document), user_cues_(user_cues), attributions_(attributions) {
    for (const Quote& quote : document.quotes) {
      quote_ends_.emplace(quote.span.begin, quote.span.end);
      if (quote.opened && quote.closed) quote_begins_.emplace(quote.span.end, quote.span.begin);
    }
    lower_.reserve(words_.count());
    for (size_t i = 0; i < words_.count(); ++i) {
      std::string word = words_.lower(i);
      if (word.starts_with("’")) word.replace(0, std::string_view("’").size(), "'");
      if (word == "n’t") word = "n't";
      lower_.push_back(std::move(word));
    }
    find_ends();
  }

  void add(ClausesWhere where) {
    std::vector<Span> cues;
    std::vector<Span> contents;
    for (const Attribution& a : attributions_) {
      cues.insert(cues.end(), a.cue.spans.begin(), a.cue.spans.end());
      contents.insert(contents.end(), a.content.spans.begin(), a.content.spans.end());
    }
    const SpanIndex taken(std::move(cues));
    std::sort(contents.begin(), contents.end());
    std::set<std::pair<uint32_t, uint32_t>> open;  // end and begin of the contents' pieces around the word
    std::vector<uint32_t> made;                    // ends of the clauses around the word that this rule has found
    uint32_t cue_end = 0;                          // of the last of those
    uint32_t parenthesis = UINT32_MAX;             // where the content of the last one with a parenthesis begins
    size_t next = 0;
    for (size_t i = 0; i < words_.count(); ++i) {
      const Span word = words_.span(i);
      for (; next < contents.size() && contents[next].begin <= word.begin; ++next) open.insert({contents[next].end, contents[next].begin});
      while (!open.empty() && open.begin()->first <= word.begin) open.erase(open.begin());
      if (open.empty() != (where == ClausesWhere::outside) || word.begin < cue_end) continue;
      std::erase_if(made, [&](uint32_t end) { return end <= word.begin; });
      if (made.size() >= deepest) continue;
      const Room room = open.empty() ? sentence_around(i) : Room{words_.from(open.begin()->second), words_.to(open.begin()->first)};
      std::optional<Attribution> a;
      if (is_singular_subject(lower_[i]) || is_plural_subject(lower_[i])) a = read_pronoun(i, room);
      else if (is_one_of(lower_[i], {"who", "which", "that"})) a = read_relative(i, room);
      else if (is_one_of(lower_[i], {",", "and", "but"})) a = read_shared_subject(i, room);
      if (!a) a = read_participle(i, room);
      if (!a) a = read_noun_phrase(i, room);
      if (a && where == ClausesWhere::outside && words_.lower(words_.from(a->content.spans[0].begin)) != "that") continue;
      if (!a) a = read_intention(i, room);
      if (!a || taken.overlaps(a->cue.spans[0])) continue;
      if (where == ClausesWhere::outside) a->evidence = {"rule clause"};
      if (a->content.spans[0].begin < word.begin) {  // one “I think” a clause, so that contents do not pile up
        if (a->content.spans[0].begin == parenthesis) continue;
        parenthesis = a->content.spans[0].begin;
      }
      cue_end = a->cue.spans[0].end;
      made.push_back(a->content.spans[0].end);
      attributions_.push_back(std::move(*a));
    }
  }

 private:
  // Where a clause that holds word i begins at the earliest and ends at the latest, and the last word with letters at or before i: each in one pass,
  // so that clauses in clauses in clauses cost no more than one.
  void find_ends() {
    const size_t count = words_.count();
    ends_.assign(count, count);
    starts_.assign(count, 0);
    last_spoken_.assign(count, 0);
    for (size_t i = 0; i < count; ++i) last_spoken_[i] = words_.is_spoken(i) || i == 0 || glued(i) ? i : last_spoken_[i - 1];
    for (const Sentence& sentence : document_.sentences) {
      const size_t begin = sentence.first.index, behind = sentence.last.index + size_t{1};
      size_t end = behind;
      for (size_t i = behind; i-- > begin;) {
        if (is_one_of(lower_[i], {".", "!", "?", ";", ":"}) || begins_other_clause(i, behind)) end = i;
        ends_[i] = end;
        if (words_.begins_line(i)) end = i;
      }
      size_t start = begin;
      for (size_t i = begin; i < behind; ++i) {
        if (words_.begins_line(i)) start = i;
        starts_[i] = start;
        if (is_one_of(lower_[i], {";", ":"})) start = i + 1;
        else if (begins_other_clause(i, behind)) start = i + 2;
      }
    }
  }
  // “, but it leaks”, “, and we know it”; “red, white, and blue” is a list.
  bool begins_other_clause(size_t comma, size_t behind) const {
    if (lower_[comma] != "," || comma + 2 >= behind) return false;
    if (is_one_of(lower_[comma + 1], {"but", "so", "because"})) return true;
    const std::string& word = lower_[comma + 2];
    return is_one_of(lower_[comma + 1], {"and", "or"}) &&
           (is_singular_subject(word) || is_plural_subject(word) || is_one_of(word, {"that", "there", "the", "if", "what"}));
  }
  bool glued(size_t i) const { return document_.tokens.glued[i]; }

  // The words of a content, or of one of its pieces, or of a sentence outside of contents.
  struct Room {
    size_t begin, end;
  };
  Room sentence_around(size_t i) const {
    const Sentence& sentence = words_.sentence_of(i);
    return {sentence.first.index, sentence.last.index + size_t{1}};
  }
  // Auxiliaries and adverbs, “seem to”, and a verb behind them.
  struct Group {
    size_t verb = 0;
    std::string base;
    bool be = false, have = false, other = false, contracted_s = false;

    bool progressive(const std::string& word) const { return word != base && word.ends_with("ing"); }
    bool is_plain() const { return !be && !have && !other && !contracted_s; }
  };

  // The verb group that begins with word `at`, or nothing when it holds no verb of `verbs`, no adjective and no leading verb.
  std::optional<Group> read_group(size_t at, size_t limit) const {
    Group group;
    for (const size_t begin = at; at < limit && at < begin + longest_group; ++at) {
      const std::string& word = lower_[at];
      const bool to_next = at + 1 < limit && lower_[at + 1] == "to";
      if (word == "'s") group.contracted_s = true;
      else if (is_be(word)) group.be = true;
      else if (is_have(word)) group.have = true;
      else if (is_auxiliary(word) || word == "gonna") group.other = true;
      else if (word == "to" && at > begin && is_have(lower_[at - 1])) group.other = true;
      else if (to_next && is_leading_verb(word)) {
        group.be = group.have = group.contracted_s = false;
        group.other = true;
        ++at;
      } else if (!is_adverb(word)) break;
    }
    if (at >= limit) return std::nullopt;
    group.verb = at;
    if (group.be && is_state_of_mind(lower_[at])) group.base = lower_[at];  // “is worried” is no passive
    else group.base = verb_of(lower_[at]);
    if (group.base.empty()) return std::nullopt;
    return group;
  }

  // Behind the verb and what belongs to it (“point out”, “make it clear”), or nothing when that is missing.
  std::optional<size_t> behind_verb(const Group& group, size_t limit) const {
    const auto stands = [&](size_t at, std::string_view word) { return at < limit && lower_[at] == word; };
    const size_t next = group.verb + 1;
    if (group.base == "feel" && stands(next, "like")) return next + 1;
    const bool out = stands(next, "out");
    if (group.base == "point" || (is_one_of(group.base, {"find", "figure"}) && out)) return out ? std::optional(next + 1) : std::nullopt;
    if (group.base != "make") return next;
    if (stands(next, "clear")) return next + 1;
    return stands(next, "it") && stands(next + 1, "clear") ? std::optional(next + 2) : std::nullopt;
  }

  // The attribution whose source is the pronoun at word i.
  std::optional<Attribution> read_pronoun(size_t i, Room room) const {
    const std::string& subject = lower_[i];
    const bool singular = is_singular_subject(subject);
    if (i > 0) {
      // “do you think”, “let you know”, “most of you know”, “what they say it is”.
      if ((is_auxiliary(lower_[i - 1]) && !is_be(lower_[i - 1]) && lower_[i - 1] != "'s") ||
          is_one_of(lower_[i - 1], {"n't", "let", "lets", "make", "makes", "made", "help", "helps", "helped", "of", "than", "like", "what",
                                    "whatever", "who", "whom"}) ||
          (lower_[i - 1] == "which" && !(i > 1 && lower_[i - 2] == "in")))  // “a letter in which it assures that …”
        return std::nullopt;
      if (lower_[i - 1] == "if" && subject == "you") return std::nullopt;  // supposed, not reported
    }
    const size_t limit = std::min(room.end, ends_[i]);
    size_t at = i + 1;
    if (at < limit && is_one_of(subject, {"we", "you", "they"}) && is_one_of(lower_[at], {"all", "both"})) ++at;
    const size_t source_end = at;
    if (at < limit && is_timing(lower_[at])) ++at;
    std::optional<Group> group = read_group(at, limit);
    if (!group) return std::nullopt;
    const std::string& verb = lower_[group->verb];
    const bool progressive = group->progressive(verb);
    if (group->contracted_s) (progressive || is_state_of_mind(verb) || subject == "it" || subject == "this" ? group->be : group->have) = true;
    if (subject == "it" && group->be && is_past_form(verb, group->base)) return read_impersonal(i, at, *group, limit, room);
    // “it say”, “they says”: no subject of this verb
    if (group->is_plain() && (singular ? verb == group->base : verb == group->base + "s" || verb == group->base + "es")) return std::nullopt;
    if (group->base == "imply" && is_one_of(subject, {"it", "this", "these"})) return std::nullopt;  // words imply, and nobody says so
    if (group->be && is_one_of(verb, {"told", "informed"}) && is_one_of(subject, {"i", "we"})) {  // nobody is named who told
      const std::optional<Span> content = read_content(i, group->base, that | bare, group->verb + 1, limit, room.end);
      return content && !is_stopped(at, group->verb + 1) ? std::optional(made_of({}, words_.over(at, group->verb + 1), {*content})) : std::nullopt;
    }
    if (auto a = read_verb(i, source_end, at, *group, limit, room)) return a;
    return read_parenthesis(i, at, *group, room);
  }

  // “It is feared that the lock leaks”: nobody is named.
  std::optional<Attribution> read_impersonal(size_t subject, size_t cue, const Group& group, size_t limit, Room room) const {
    const unsigned follows = verbs.at(group.base);
    if (!(follows & that) || (follows & addressee) || group.verb + 1 >= limit || lower_[group.verb + 1] != "that") return std::nullopt;
    const std::optional<Span> content = read_content(subject, group.base, that, group.verb + 1, limit, room.end);
    if (!content || is_stopped(cue, group.verb + 1)) return std::nullopt;
    return made_of({}, words_.over(cue, group.verb + 1), {*content});
  }

  // “the crew who say that the lock leaks”: as in the training data the source is the relative pronoun.
  std::optional<Attribution> read_relative(size_t i, Room room) const {
    if (i == room.begin || !(words_.is_spoken(i - 1) || lower_[i - 1] == ",") || is_preposition(lower_[i - 1]) || is_auxiliary(lower_[i - 1]) ||
        is_one_of(lower_[i - 1], {"know", "knows", "knew", "known", "wonder", "wondered", "ask", "asks", "asked", "see", "saw", "tell", "told", "me",
                                  "us", "him", "her", "them", "say", "said", "remember",
                                  "forget", "sure", "and", "or", "but", "not"}))
      return std::nullopt;  // “they know who said that …”
    const size_t limit = std::min(room.end, ends_[i]);
    const std::optional<Group> group = read_group(i + 1, limit);
    if (!group || group->be != group->progressive(lower_[group->verb]) || !opens_clause(*group, limit)) return std::nullopt;
    return read_verb(i, i + 1, i + 1, *group, limit, room);
  }

  // “the crew of the Aurora know that it leaks”: a phrase without pronoun, verb and comma that begins a clause, and behind its verb plainly another
  // clause.
  std::optional<Attribution> read_noun_phrase(size_t i, Room room) const {
    if (!words_.is_spoken(i) || !stands_first(i, room) || cannot_begin_phrase(lower_[i]) || verbs.contains(lower_[i])) return std::nullopt;
    const size_t limit = std::min(room.end, ends_[i]);
    for (size_t at = i; at < limit && at < i + longest_phrase; ++at) {
      const std::string& word = lower_[at];
      const bool adverb = is_adverb(word) && !is_noun_in_ly(word);
      if (at > i && word != "'s" && (is_auxiliary(word) || adverb || !verb_of(word).empty() || is_leading_verb(word))) {
        const std::optional<Group> group = read_group(at, limit);
        if (group && opens_clause(*group, limit) && fits_subject(i, at, *group)) {
          if (group->be != group->progressive(lower_[group->verb]) && !is_state_of_mind(group->base)) return std::nullopt;
          return read_verb(i, at, at, *group, limit, room);
        }
        // another verb's subject
        if (is_auxiliary(word) || adverb || (group && group->verb == at && is_past_form(word, group->base))) return std::nullopt;
      }
      // “Sources of the court, which stay unnamed, indicate that …”
      if (at > i && word == "," && at + 2 < limit && is_one_of(lower_[at + 1], {"who", "which"})) {
        size_t close = at + 2;
        while (close < limit && close < at + longest_clause && lower_[close] != ",") ++close;
        const std::optional<Group> group = close + 1 < limit ? read_group(close + 1, limit) : std::nullopt;
        if (!group || group->be || lower_[close] != "," || !opens_clause(*group, limit) || !fits_subject(i, close + 1, *group)) return std::nullopt;
        return read_verb(i, close, close + 1, *group, limit, room);
      }
      // A second article without a preposition: between the two stands a verb.
      if (at > i + 1 && is_one_of(word, {"the", "a", "an"}) && !is_preposition(lower_[at - 1])) return std::nullopt;
      if (leaves_phrase(at)) return std::nullopt;
    }
    return std::nullopt;
  }
  bool leaves_phrase(size_t at) const {
    const std::string& word = lower_[at];
    return !(words_.is_spoken(at) || word == "'s" || word == "-") || begins_question(word) || is_timing(word) ||
           is_one_of(word, {"i", "we", "you", "they", "he", "she", "it", "there", "and", "or", "but", "that", "because", "to", "as", "than", "not"});
  }
  // “two owners threatened to sell”, “Lund does not want to sell”: a phrase that begins a clause, and what those whom it names are set on.
  std::optional<Attribution> read_intention(size_t i, Room room) const {
    if (!words_.is_spoken(i) || !stands_first(i, room) || cannot_begin_phrase(lower_[i])) return std::nullopt;
    if (i > 0 && is_one_of(lower_[i - 1], {"if", "whether"})) return std::nullopt;  // supposed or asked, not reported
    const size_t limit = std::min(room.end, ends_[i]);
    for (size_t at = i; at + 2 < limit && at < i + longest_phrase; ++at) {
      if (leaves_phrase(at)) return std::nullopt;
      if (at == i) continue;
      Group group;
      group.verb = at;
      for (; group.verb + 2 < limit && group.verb < at + longest_group; ++group.verb) {
        const std::string& next = lower_[group.verb];
        if (is_be(next)) group.be = true;
        else if (is_have(next)) group.have = true;
        else if (is_one_of(next, {"reportedly", "allegedly", "supposedly"})) return std::nullopt;  // another one's cue
        else if (next == "'s" || !(is_auxiliary(next) || (is_adverb(next) && !is_noun_in_ly(next)))) break;
        else group.other = true;
      }
      const std::string& verb = lower_[group.verb];
      const size_t to = group.verb + 1;
      group.base = base_form_among(verb, is_intending);
      if (!group.base.empty() && to + 1 < limit && lower_[to] == "to" && words_.is_spoken(to + 1) && !begins_noun_phrase(lower_[to + 1]) &&
          !words_.has_capital(to + 1)) {
        if (group.be != group.progressive(verb) || !is_set_on(i, at, group) || is_stopped(at, to)) return std::nullopt;
        return made_of(words_.over(i, at), words_.over(at, to), {words_.over(to, last_spoken_[limit - 1] + 1)});
      }
      const std::string other = verb_of(verb);
      if (group.verb > at || (!other.empty() && is_past_form(verb, other))) return std::nullopt;  // another verb's subject
    }
    return std::nullopt;
  }
  // Is the phrase [begin, end) the subject of this verb of intention: by number, and by what tells a verb from a noun (“the council’s plans to
  // build”, “they rejected hopes to win”) and from a participle (“a bridge intended to last”)?
  bool is_set_on(size_t begin, size_t end, const Group& group) const {
    const std::string &verb = lower_[group.verb], &last = lower_[end - 1];
    if (last == "'s" || last.ends_with("'") || is_preposition(last) || last.ends_with("ed") || is_plain_adjective(last)) return false;
    if (!group.is_plain()) return true;
    if (is_past_form(verb, group.base)) return !is_one_of(verb, {"planned", "intended"});
    if (group.base == "threaten") return false;  // “the storm threatens to”
    const size_t head = head_of(begin, end);
    const bool plural = is_plural(lower_[head]);
    if (verb == group.base) return plural;
    const bool noun_too = is_one_of(group.base, {"plan", "hope", "promise", "vow", "pledge", "threat"});
    size_t name = begin;
    while (name < end && (words_.has_capital(name) || lower_[name] == "of" || (name == begin && lower_[name] == "the"))) ++name;
    return (!plural || words_.has_capital(head)) && (!noun_too || name == end || (begins_noun_phrase(lower_[begin]) && end <= begin + 3));
  }
  // “a letter saying that the lock leaks”, “a sign reading “Closed for the winter””: a document, from its article on.
  std::optional<Attribution> read_participle(size_t i, Room room) const {
    if (!is_one_of(lower_[i], {"saying", "stating", "reading", "claiming", "suggesting", "arguing", "alleging", "warning", "showing", "indicating"}))
      return std::nullopt;
    size_t begin = i;
    while (begin > room.begin && begin + 5 > i && words_.is_spoken(begin - 1) && !is_preposition(lower_[begin - 1]) &&
           !is_auxiliary(lower_[begin - 1])) {
      --begin;
      if (is_one_of(lower_[begin], {"a", "an", "the", "his", "her", "their", "its", "this"})) break;
    }
    if (begin + 1 >= i || !is_one_of(lower_[begin], {"a", "an", "the", "his", "her", "their", "its", "this"})) return std::nullopt;
    const Span source = words_.over(begin, i);
    if (kind_of(split_words(document_.at(source))) != SourceKind::document || is_stopped(i, i + 1)) return std::nullopt;
    const std::optional<Span> content = read_content(begin, lower_[i], that | quoted, i + 1, std::min(room.end, ends_[i]), room.end);
    return content ? std::optional(made_of(source, words_.span(i), {*content})) : std::nullopt;
  }
  // “we saw the lock and concluded that it leaks”, “he left, saying that it leaks”: the subject is the pronoun that the clause before begins with.
  std::optional<Attribution> read_shared_subject(size_t i, Room room) const {
    if (i == room.begin) return std::nullopt;
    const size_t limit = std::min(room.end, lower_[i] == "," ? ends_[i] : ends_[i - 1]);
    const std::optional<Group> group = read_group(i + 1, limit);
    if (!group || group->be || group->contracted_s || !opens_clause(*group, limit)) return std::nullopt;
    const std::string& verb = lower_[group->verb];
    if (group->progressive(verb) != (lower_[i] == ",") || is_state_of_mind(group->base)) return std::nullopt;
    for (size_t at = i; at-- > std::max(room.begin, starts_[i - 1]) && at + longest_clause > i;) {
      if (lower_[at] == "," && lower_[i] != ",") return std::nullopt;
      if (!is_one_of(lower_[at], {"i", "we", "they", "he", "she"}) || !stands_first(at, room)) continue;
      if (group->is_plain() && verb == (is_one_of(lower_[at], {"he", "she"}) ? group->base : group->base + "s")) return std::nullopt;
      const std::optional<size_t> behind = behind_verb(*group, limit);
      size_t begin = *behind;
      if ((verbs.at(group->base) & addressee) && is_one_of(lower_[begin], {"me", "us", "him", "her", "them"})) ++begin;
      else if (is_one_of(group->base, {"tell", "assure", "remind"})) return std::nullopt;  // “I was called in and told that it leaks”
      const std::optional<Span> content = read_content(at, group->base, verbs.at(group->base) | question, begin, limit, room.end);
      if (!content || is_stopped(i + 1, *behind)) return std::nullopt;
      return made_of(words_.span(at), words_.over(i + 1, *behind), {*content});
    }
    return std::nullopt;
  }

  // Is nothing of its clause in front of word i?
  bool stands_first(size_t i, Room room) const {
    if (i > room.begin + 1 && lower_[i - 1] == "that" && is_preposition(lower_[i - 2])) return false;  // “of that country”
    return i == room.begin || i == starts_[i] || !(words_.is_spoken(i - 1) || lower_[i - 1] == "'s" || lower_[i - 1] == "-") ||
           is_one_of(lower_[i - 1], {"that", "because", "if", "when", "while", "although", "though", "but", "and", "so", "whether", "why", "how",
                                     "where", "unless"});
  }
  static bool cannot_begin_phrase(std::string_view word) {
    return is_preposition(word) || is_auxiliary(word) || is_adverb(word) || is_timing(word) || begins_question(word) ||
           is_one_of(word, {"i", "we", "you", "they", "he", "she", "it", "that", "and", "or", "but", "so", "because", "as", "since", "before",
                            "after", "during", "there", "here", "yes", "yet", "well", "oh", "um", "uh", "like", "maybe",
                            "perhaps", "let", "please", "while", "although", "though", "unless", "until", "than", "only", "to", "instead", "let's"});
  }

  // “had told [to us already in January] that …”, “indicate [to this newspaper] that …”, “say [always] that …”, in the word order of other languages:
  // where “that” stands, else `begin`.
  size_t skip_to_that(size_t begin, size_t limit) const {
    size_t at = begin;
    if (at + 2 < limit && lower_[at] == "to" && is_one_of(lower_[at + 1], {"me", "us", "him", "her", "them", "this", "the"})) at += 2;
    if (at == begin && (at >= limit || !is_one_of(lower_[at], {"always", "already", "often", "again"}))) return begin;
    const size_t furthest = std::min(limit, at + 4);
    while (at < furthest && lower_[at] != "that") ++at;
    return at < limit && lower_[at] == "that" ? at : begin;
  }

  // Behind the verb stands “that” and more; “how” and “what” for verbs of showing and knowing.
  bool opens_clause(const Group& group, size_t limit) const {
    const std::optional<size_t> behind = behind_verb(group, limit);
    if (!behind) return false;
    size_t next = skip_to_that(*behind, limit);
    const bool has_addressee = is_one_of(group.base, {"tell", "assure", "remind", "warn", "promise", "answer"});
    if (has_addressee && next < limit && is_one_of(lower_[next], {"me", "us", "him", "her", "them"})) ++next;
    if (next + 3 > limit) return false;
    if (lower_[next] == "that") return true;
    // “people say they know it”, “people say the lock is old”: of verbs that are no nouns, since “the claim they make” has none.
    if (is_one_of(lower_[next], {"i", "we", "they", "he", "she", "it", "there"}) ||
        ((begins_noun_phrase(lower_[next]) || words_.has_capital(next)) && shows_verb(next + 1, limit)))
      return is_one_of(group.base, {"think", "say", "believe", "know", "find", "realize", "realise", "insist", "admit", "argue", "assume", "suppose",
                                    "imagine", "understand", "remember", "forget", "learn", "discover"});
    return is_one_of(lower_[next], {"how", "why", "whether", "what", "where"}) && lower_[next + 1] != "to" &&
           is_one_of(group.base, {"know", "show", "explain", "reveal", "understand", "tell", "ask", "wonder", "learn", "make"});
  }
  static bool is_plural(const std::string& noun) {
    return (noun.size() > 3 && noun.ends_with("s") && !noun.ends_with("ss") && !noun.ends_with("us") && !noun.ends_with("is")) ||
           is_one_of(noun, {"people", "men", "women", "children", "police", "media", "most", "many", "some", "all", "both", "few", "several",
                            "others", "data"});
  }
  // The word that a phrase is about: the last before a preposition.
  size_t head_of(size_t begin, size_t end) const {
    size_t head = begin;
    while (head + 1 < end && !is_preposition(lower_[head + 1])) ++head;
    return head;
  }
  // Number, and what tells a noun from a verb: “the owners’ claims that”, “new hopes that”, “the report that” have no verb.
  bool fits_subject(size_t begin, size_t end, const Group& group) const {
    const size_t head = head_of(begin, end);
    const std::string &noun = lower_[head], &verb = lower_[group.verb];
    if (begins_noun_phrase(noun) && !is_one_of(noun, {"most", "many", "some", "all", "both", "few", "several", "people"})) return false;
    if (lower_[end - 1] == "'s" || lower_[end - 1].ends_with("'") || is_preposition(lower_[end - 1])) return false;
    if (end < words_.count() && document_.text[words_.span(end).begin - 1] != ' ' && !is_auxiliary(lower_[end]) && lower_[end] != "n't") return false;
    // “the next thing Berg knows they sail”
    if (lower_[group.verb + 1] != "that" && end >= begin + 2 && !words_.has_capital(end - 2) && words_.has_capital(end - 1)) return false;
    if (!group.is_plain() || is_past_form(verb, group.base)) return true;
    if (verb.ends_with("ing")) return false;
    const bool plural = is_plural(noun);
    if (verb == group.base && head > begin && words_.has_capital(head) && words_.has_capital(head - 1)) return false;  // “a Holm Times report”
    if (verb == group.base) return plural && !is_one_of(lower_[begin], {"a", "an", "this", "every", "each"});
    if (is_one_of(group.base, {"claim", "report", "hope", "doubt", "fear", "estimate", "promise", "demand", "wish", "note", "answer", "reply",
                               "worry", "joke", "boast", "show", "state", "point"})) {
      // A noun as often: behind “that” a subject must begin.
      const size_t next = group.verb + 2;
      if (next >= words_.count() || !(begins_noun_phrase(lower_[next]) || is_subject(next) || lower_[next] == "you" ||
                                      words_.has_capital(next))) return false;
    }
    return (!plural || words_.has_capital(head)) && !is_plain_adjective(lower_[end - 1]);
  }

  // “The lock, I think, leaks”, “it leaks, they say.”: the clause around it.
  std::optional<Attribution> read_parenthesis(size_t i, size_t cue, const Group& group, Room room) const {
    if (i < room.begin + 2 || lower_[i - 1] != "," || !is_parenthetical(group.base) || !is_one_of(lower_[i], {"i", "we", "he", "she", "they"}) ||
        group.be) return std::nullopt;
    const size_t end = group.verb + 1;
    const bool last = end >= room.end || words_.begins_line(end) || (!words_.is_spoken(end) && lower_[end] != ",");
    if (!last && lower_[end] != ",") return std::nullopt;
    size_t begin = std::max(room.begin, starts_[i - 1]);
    const auto is_skipped = [&](size_t at) { return !words_.is_spoken(at) || is_one_of(lower_[at], {"and", "but", "so", "because", "that"}); };
    for (size_t n = 0; n < longest_phrase && begin < i && is_skipped(begin); ++n) ++begin;
    if (begin + 3 > i || is_stopped(cue, end)) return std::nullopt;  // two words at least
    std::vector<Span> content{words_.over(begin, i - 1)};
    if (!last && !begins_other_clause(end, room.end)) {
      const size_t limit = std::min(room.end, ends_[end]);
      const size_t behind = last_spoken_[limit - 1] + 1;
      if (behind > end + 1) content.push_back(words_.over(end + 1, behind));
    }
    return made_of(words_.span(i), words_.over(cue, end), std::move(content));
  }

  // What follows a subject [source, source_end) and the verb group that begins at `cue`.
  std::optional<Attribution> read_verb(size_t source, size_t source_end, size_t cue, const Group& group, size_t limit, Room room) const {
    const std::string& base = group.base;
    const bool state = is_state_of_mind(base);
    if (!state && group.be != group.progressive(lower_[group.verb])) return std::nullopt;  // a passive, or “they knowing that”
    unsigned follows = state ? that | bare | object : verbs.at(base);
    if (base == "sure" || base == "certain") follows |= question;
    const std::optional<size_t> behind = behind_verb(group, limit);
    if (!behind) return std::nullopt;
    if (*behind > group.verb + 1) follows = base == "feel" ? bare | object : follows | question;  // “feel like it is”, “found out whether”
    size_t begin = *behind;
    if ((follows & addressee) && begin < limit && is_one_of(lower_[begin], {"me", "us", "him", "her", "them", "you"}) && begin + 1 < limit &&
        (lower_[begin] != "you" || lower_[begin + 1] == "that" || begins_question(lower_[begin + 1]) || is_subject(begin + 1)))
      ++begin;
    else if (base == "remind" || (base == "assure" && begin < limit && lower_[begin] != "that")) return std::nullopt;
    begin = skip_to_that(begin, limit);
    const std::optional<Span> content = read_content(source, base, follows, begin, limit, room.end);
    if (!content || is_stopped(cue, *behind)) return std::nullopt;
    return made_of(words_.over(source, source_end), words_.over(cue, *behind), {*content});
  }

  static Attribution made_of(std::optional<Span> source, Span cue, std::vector<Span> content) {
    Attribution a;
    if (source) a.source = Source{{{*source}}, SourceKind::person};
    a.cue.spans = {cue};
    a.content.spans = std::move(content);
    a.confidence = confidence;
    a.evidence = {"rule clause inside a content"};
    return a;
  }

  bool is_subject(size_t i) const { return is_one_of(lower_[i], {"i", "we", "they", "he", "she", "it", "there", "this", "these"}); }

  // The clause that begins with word `begin` behind the verb.
  std::optional<Span> read_content(size_t subject, const std::string& verb, unsigned follows, size_t begin, size_t limit, size_t room) const {
    if ((follows & quoted) && begin < room && !words_.begins_line(begin)) {
      size_t mark = begin;
      if (is_one_of(lower_[mark], {",", ":"}) && mark + 1 < room) ++mark;
      const auto quote = quote_ends_.find(words_.span(mark).begin);
      if (quote != quote_ends_.end()) {
        // Two words at least between the marks: one alone is as often a scare quote.
        const size_t end = words_.to(quote->second);
        return end <= room && end >= mark + 4 ? std::optional(words_.over(mark, end)) : std::nullopt;
      }
    }
    if (begin + 1 >= limit || words_.begins_line(begin)) return std::nullopt;
    const std::string &first = lower_[begin], &second = lower_[begin + 1];
    const bool goes_on = words_.is_spoken(begin + 1) || glued(begin + 1);
    const size_t size = last_spoken_[limit - 1] + 1 > begin ? last_spoken_[limit - 1] + 1 - begin : 0;
    if (!goes_on) return std::nullopt;
    if (first == "that") {
      // “I know that man”: a verb that takes a thing too must have a clause behind it.
      if (!(follows & that) || size < 3 || is_one_of(second, {"and", "or", "too", "way", ","})) return std::nullopt;
      if ((follows & object) && !shows_clause(begin + 1, limit)) return std::nullopt;
    } else if (begins_question(first)) {
      if (!(follows & question) || size < 2 || (second == "to" && first != "whether")) return std::nullopt;
      if (is_one_of(first, {"when", "where", "who", "which"}) &&
          !is_one_of(verb, {"know", "wonder", "ask", "remember", "forget", "tell", "explain", "show", "understand", "realize", "realise", "learn"}))
        return std::nullopt;
      if (lower_[subject] == "you" && verb == "know" && first == "what" && size >= 3 && second == "i" && lower_[begin + 2] == "mean")
        return std::nullopt;
    } else {
      // “you know it leaks” hedges in speech more often than it says who knows.
      if (!(follows & bare) || size < 2 || (lower_[subject] == "you" && verb == "know")) return std::nullopt;
      const bool verb_next = is_auxiliary(second) || is_adverb(second);
      if (is_one_of(first, {"i", "we", "they", "he", "she"})) {
        if (is_one_of(second, {"and", "or", "to", "in", "at", "on", "for"})) return std::nullopt;
      } else if (first == "you") {
        if (!verb_next && ((follows & object) || is_one_of(second, {"and", "or", "to", "in", "at", "on", "for", "should", "guys"})))
          return std::nullopt;
      } else if (first == "it") {
        if (!verb_next && !(second.size() > 3 && (second.ends_with("s") || second.ends_with("ed")))) return std::nullopt;
      } else if (is_one_of(first, {"there", "this", "these", "everyone", "everybody", "nobody"})) {
        if (!verb_next) return std::nullopt;
      } else if (takes_clause_only(verb) && !cannot_begin_phrase(first) && shows_verb(begin + 1, limit)) {
        // “I think old locks will leak”
      } else if (!(begins_noun_phrase(first) || words_.has_capital(begin)) || !(takes_clause_only(verb) || shows_verb(begin + 1, limit))) {
        return std::nullopt;
      }
    }
    const size_t end = last_spoken_[limit - 1] + 1;
    Span content = words_.over(begin, end);
    for (size_t i = end; i < room && i < end + 2; ++i) {  // “… called it ‘a joke.’”: marks that were opened in it are closed in it
      const auto quote = quote_begins_.find(words_.span(i).end);
      if (quote != quote_begins_.end() && quote->second >= content.begin && quote->second < content.end) content.end = words_.span(i).end;
    }
    return content;
  }

  // Behind “that”: does a clause begin here (“the lock leaks”, “prices fell”, “Ostmark won”), not the noun of “that man”? An article, a plural or a
  // name tells, or a pronoun that begins a clause, an auxiliary or a form in -ed among the next words.
  bool shows_clause(size_t begin, size_t limit) const {
    if (is_one_of(lower_[begin], {"the", "a", "an", "my", "your", "his", "her", "our", "their", "its", "no", "all", "every", "most", "many", "if",
                                  "when"}) || words_.has_capital(begin))
      return true;
    if (lower_[begin].size() > 3 && lower_[begin].ends_with("s") && !lower_[begin].ends_with("ss")) return true;
    for (size_t i = begin; i < limit && i < begin + 10; ++i)
      if ((is_auxiliary(lower_[i]) && lower_[i] != "'s") || is_subject(i) || (lower_[i].size() > 4 && lower_[i].ends_with("ed"))) return true;
    return false;
  }

  // Does a clause without “that” show its verb: “they say the lock is old”, not “they say the words that are old”?
  bool shows_verb(size_t begin, size_t limit) const {
    for (size_t i = begin; i < limit && i < begin + longest_phrase; ++i) {
      if (is_auxiliary(lower_[i]) && lower_[i] != "'s") return true;
      if (begins_question(lower_[i]) || is_one_of(lower_[i], {",", "that", "to", "and", "or", "as", "than"}) || is_subject(i)) return false;
    }
    return false;
  }

  // Does one of the user's stops begin in the words [begin, end)?
  bool is_stopped(size_t begin, size_t end) const {
    if (user_cues_ == nullptr) return false;
    for (const std::vector<std::string>& stop : user_cues_->stops)
      for (size_t i = begin; i < end; ++i) {
        const size_t last = std::min(words_.count(), i + stop.size());
        const std::vector<std::string> here = words_of(document_.at(words_.over(i, last)));
        if (here.size() >= stop.size() && std::equal(stop.begin(), stop.end(), here.begin())) return true;
      }
    return false;
  }

  const Document& document_;
  const Words words_;
  const CueList* user_cues_;
  std::vector<Attribution>& attributions_;
  std::vector<std::string> lower_;         // each word, with a straight apostrophe
  std::vector<size_t> starts_, ends_, last_spoken_;  // find_ends()
  std::unordered_map<uint32_t, uint32_t> quote_ends_, quote_begins_;  // by the first byte, by the one behind the last
};

}  // namespace

void add_by_clause(const Document& document, ClausesWhere where, const CueList* user_cues, std::vector<Attribution>& attributions) {
  Clauses(document, user_cues, attributions).add(where);
}

double clause_rule_confidence() { return confidence; }

}  // namespace sayso
