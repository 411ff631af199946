#include "factuality/lexicon.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "attribution/lexicon.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string_view>;
using Words = std::vector<std::string>;

const std::string& word_at(const Words& words, size_t at) {
  static const std::string none;
  return at < words.size() ? words[at] : none;
}

// How many words the first of `phrases` that stands at `at` has.
size_t phrase_at(const Words& words, size_t at, std::initializer_list<std::initializer_list<std::string_view>> phrases) {
  for (const auto& phrase : phrases)
    if (at + phrase.size() <= words.size() && std::equal(phrase.begin(), phrase.end(), words.begin() + static_cast<std::ptrdiff_t>(at)))
      return phrase.size();
  return 0;
}

const WordSet be_forms = {"is", "are", "was", "were", "be", "been", "being", "'s", "'re", "'m", "am"};

bool is_negation(const std::string& word) { return word == "not" || word == "n't" || word == "never" || word == "neither" || word == "nor"; }

const WordSet denying = {"deny", "reject", "refute", "rebut", "refuse", "decline", "disclaim", "disavow", "repudiate", "debunk", "contradict",
                         "refusal", "denial", "rejection"};
const WordSet doubting = {"doubt", "doubtful", "skeptical", "sceptical", "dispute", "question"};
// What their speaker takes for likely and not for sure. “Considers”, “rates”, “calls” judge, and are sure.
const WordSet probable = {"think", "believe", "belief", "expect", "fear", "doubt", "suspect", "suspicion", "guess", "reckon", "suppose", "assume",
                          "assumption", "worry", "imagine", "anticipate", "feel", "predict", "prediction", "forecast", "presume", "expectation",
                          "impression", "confident", "optimistic", "pessimistic", "skeptical", "sceptical", "doubtful", "dread", "afraid", "trust",
                          "sure", "worried", "concerned", "fearful"};
const WordSet possible = {"speculate", "speculation", "hypothesize", "hypothesise"};
const WordSet unsure = {"wonder", "hope", "hopeful", "wish"};
const WordSet asking = {"ask", "question", "wonder", "inquire", "enquire", "query"};
const WordSet openly_known = {"know", "say", "tell", "ask", "wonder", "see", "learn", "decide", "determine", "remember", "understand", "find",
                              "disclose", "reveal", "clear", "sure", "explain", "specify", "discuss", "consider"};
const WordSet telling = {"say", "tell", "explain", "disclose", "reveal", "specify"};
const WordSet reports = {"report", "claim", "allegation", "accusation", "suggestion", "rumour", "rumor", "speculation", "idea", "notion"};

const std::unordered_map<std::string_view, Stance> stances = {
    {"deny", Stance::deny}, {"reject", Stance::deny}, {"refute", Stance::deny}, {"rebut", Stance::deny}, {"refuse", Stance::deny},
    {"denial", Stance::deny}, {"disavow", Stance::deny}, {"decline", Stance::deny}, {"doubt", Stance::doubt}, {"skeptical", Stance::doubt},
    {"sceptical", Stance::doubt}, {"doubtful", Stance::doubt}, {"dispute", Stance::doubt}, {"suspect", Stance::suggest}, {"confirm", Stance::confirm},
    {"verify", Stance::confirm}, {"corroborate", Stance::confirm}, {"confirmation", Stance::confirm}, {"acknowledge", Stance::admit},
    {"admit", Stance::admit}, {"concede", Stance::admit}, {"confess", Stance::admit}, {"admission", Stance::admit}, {"claim", Stance::claim},
    {"allege", Stance::claim}, {"allegation", Stance::claim}, {"assert", Stance::claim}, {"contend", Stance::claim}, {"insist", Stance::claim},
    {"maintain", Stance::claim}, {"accuse", Stance::claim}, {"purport", Stance::claim}, {"accusation", Stance::claim}, {"allegedly", Stance::claim},
    {"reportedly", Stance::neutral}, {"warn", Stance::warn}, {"caution", Stance::warn}, {"threaten", Stance::warn}, {"warning", Stance::warn},
    {"alert", Stance::warn}, {"promise", Stance::promise}, {"pledge", Stance::promise}, {"vow", Stance::promise}, {"swear", Stance::promise},
    {"assure", Stance::promise}, {"guarantee", Stance::promise}, {"commit", Stance::promise}, {"demand", Stance::demand}, {"order", Stance::demand},
    {"require", Stance::demand}, {"urge", Stance::demand}, {"insistence", Stance::demand}, {"command", Stance::demand}, {"instruct", Stance::demand},
    {"ask", Stance::ask}, {"inquire", Stance::ask}, {"enquire", Stance::ask}, {"wonder", Stance::ask}, {"question", Stance::ask},
    {"query", Stance::ask}, {"request", Stance::ask}, {"suggest", Stance::suggest}, {"propose", Stance::suggest}, {"hint", Stance::suggest},
    {"imply", Stance::suggest}, {"recommend", Stance::suggest}, {"speculate", Stance::suggest}, {"insinuate", Stance::suggest},
    {"intimate", Stance::suggest}, {"indicate", Stance::suggest}};

Stance stance_of(const Words& cue) {
  for (const std::string& word : cue) {
    const std::string base = base_form_among(word, [](const std::string& form) { return stances.contains(form); });
    if (!base.empty()) return stances.at(base);
  }
  return Stance::neutral;
}

bool any_form(const Words& words, const WordSet& verbs) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return is_form_of(word, verbs); });
}

std::optional<size_t> find_form(const Words& words, const WordSet& verbs) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const std::string& word) { return is_form_of(word, verbs); });
  if (found == words.end()) return std::nullopt;
  return static_cast<size_t>(found - words.begin());
}

Modality lower_of(Modality a, Modality b) { return std::max(a, b); }

}  // namespace

bool is_question_word(const std::string& word) {
  static const WordSet words = {"who", "whom", "whose", "what", "which", "when", "where", "why", "how", "whether"};
  return words.contains(word);
}

bool begins_subordinate(const std::string& word) {
  static const WordSet words = {"because", "although", "though", "while", "whereas", "since", "after", "before", "when", "whenever", "as", "once",
                                "until", "till", "unless", "if", "so", "where", "whether", "lest"};
  return words.contains(word);
}

CueForce force_of_cue(const Words& cue, const Words& content, AttributionType type, bool sourceless) {
  CueForce out;
  out.stance = stance_of(cue);
  std::optional<size_t> negated;
  for (size_t i = 0; i < cue.size() && !negated; ++i)
    if (is_negation(cue[i]) || ((cue[i] == "no" || cue[i] == "little") && i + 1 < cue.size())) negated = i;
  const std::string& first = word_at(content, 0);
  // “Did not say if”, “declined to say if” ask; “said if it rained they would stay” has a condition.
  const bool tells = any_form(cue, telling) && !negated && std::find(cue.begin(), cue.end(), "to") == cue.end();
  out.asks_if = first == "if" && any_form(cue, openly_known) && !tells;
  const bool relative = content.size() == 1 && first == "which" && find_form(cue, denying);  // “which she denied” asks nothing
  const bool open = (is_question_word(first) && !relative) || out.asks_if;

  if (type == AttributionType::belief)
    out.modality = any_form(cue, unsure) ? Modality::unknown : any_form(cue, probable) ? Modality::probable : Modality::certain;
  if (any_form(cue, {"predict", "prediction", "forecast", "sure", "confident", "project"})) out.modality = lower_of(out.modality, Modality::probable);
  if (any_form(cue, possible)) out.modality = lower_of(out.modality, Modality::possible);
  if (type == AttributionType::eventuality) out.modality = Modality::unknown;

  // “refused to answer” acts; “rejected the claim”, “denied that” deny; “decided against”, “ruled out”.
  std::optional<size_t> denies = find_form(cue, denying);
  for (size_t i = 0; i + 1 < cue.size() && !denies; ++i)
    if ((is_form_of(cue[i], {"rule", "ruled"}) && cue[i + 1] == "out") || (is_form_of(cue[i], {"scoff"}) && cue[i + 1] == "at") ||
        (is_form_of(cue[i], {"decide", "opt", "vote"}) && cue[i + 1] == "against"))
      denies = i;
  // “Dismissed reports that”; “dismissed him as” judges.
  for (size_t i = 0; i < std::min<size_t>(content.size(), 3) && !denies; ++i)
    if (is_form_of(content[i], reports)) denies = find_form(cue, {"dismiss"});
  if (denies && out.stance == Stance::neutral && is_form_of(cue[*denies], {"dismiss"})) out.stance = Stance::deny;
  const std::optional<size_t> doubts = find_form(cue, doubting);
  const bool stands_alone = cue.size() < 2 || !any_form(cue, {"question"});
  if (negated && (denies || doubts)) {
    // “has not denied”, “does not doubt”: the one leaves it open, the other is sure.
    if (denies) out.modality = lower_of(out.modality, Modality::possible);
    else out.modality = Modality::certain;
    out.stance = Stance::neutral;
  } else if (negated && (!open || type == AttributionType::fact)) {
    out.denial = negated;
    if (type == AttributionType::belief) out.stance = Stance::doubt;
  } else if (denies && (!open || first == "what")) {  // “denied what the newspaper had written”
    out.denial = denies;
  } else if (doubts && stands_alone && !open && !is_form_of(cue[*doubts], {"question"})) {
    out.denial = doubts;
    if (!is_form_of(cue[*doubts], {"dispute"})) out.modality = lower_of(out.modality, Modality::probable);
  }

  // “asked the candidates to discuss it” wants something done.
  const bool to_do = std::find(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(std::min<size_t>(content.size(), 5)),
                               "to") != content.begin() + static_cast<std::ptrdiff_t>(std::min<size_t>(content.size(), 5));
  out.asks = any_form(cue, asking) && type != AttributionType::eventuality && (open || !to_do);
  // “did not say whether”, “know what”: left open. “Explained why it happened” is not.
  if (open &&
      (first == "whether" || first == "if" || negated || any_form(cue, {"know", "ask", "wonder", "decide", "determine", "learn", "see", "question"})))
    out.modality = Modality::unknown;
  if (out.asks && (open || type == AttributionType::assertion)) out.modality = Modality::unknown;

  for (size_t i = 0; i < cue.size(); ++i) {
    // “would not comment” refuses, and “would say” stands for a habit as often: only before another word that is no refusal.
    if (cue[i] == "would" && i + 1 < cue.size() && !is_negation(cue[i + 1])) out.hedge = i, out.conditional = true;
    if (const Hedge hedge = hedge_at(cue, i); hedge.words > 0 && type != AttributionType::belief) {
      out.hedge = i, out.conditional = false;
      out.modality = lower_of(out.modality, hedge.modality);
    }
  }
  if (out.conditional) out.modality = lower_of(out.modality, Modality::possible);

  // “Can be heard yelling” is heard by others.
  const bool is_heard = std::find(cue.begin(), cue.end(), "heard") != cue.end() && std::find(cue.begin(), cue.end(), "be") != cue.end();
  if (any_form(cue, {"hear", "rumor", "rumour"}) && !is_heard && type != AttributionType::eventuality) out.hearsay = true;
  for (size_t i = 0; i < cue.size() && !out.hearsay; ++i) out.hearsay = hearsay_at(cue, i) > 0;
  // “I am told”, “we were informed”: the passive of telling.
  for (size_t i = 0; i + 1 < cue.size() && !out.hearsay; ++i)
    out.hearsay = be_forms.contains(cue[i]) && (cue.back() == "told" || cue.back() == "informed" || cue.back() == "assured") &&
                  type != AttributionType::eventuality;
  if (sourceless && !out.hearsay) {
    out.hearsay = any_form(cue, {"word", "talk", "gossip", "whisper"}) || std::find(cue.begin(), cue.end(), "reportedly") != cue.end();
    // “is said to”, “is understood to”, “is believed to have”: nobody is named who says so.
    for (size_t i = 0; i + 1 < cue.size(); ++i)
      out.hearsay = out.hearsay ||
                    (be_forms.contains(cue[i]) && (cue[i + 1] == "said" || cue[i + 1] == "reported" || cue[i + 1] == "understood" ||
                                                   cue[i + 1] == "rumoured" || cue[i + 1] == "rumored" || cue[i + 1] == "alleged"));
  }
  return out;
}

Hedge hedge_at(const Words& words, size_t at) {
  const std::string& word = words[at];
  const std::string& next = word_at(words, at + 1);
  static const WordSet possibles = {"perhaps", "possibly", "maybe", "potentially", "conceivably", "might", "arguably"};
  static const WordSet probables = {"probably", "likely", "apparently", "seemingly", "presumably", "seems", "seemed", "plausibly"};
  if (word == "may" || word == "could") {
    // “May 4” is a month; “could not find it” says that it was not found.
    if (word == "may" && !next.empty() && next[0] >= '0' && next[0] <= '9') return {};
    if (word == "could" && is_negation(next)) return {};
    // “so they could build hotels” tells what for.
    for (size_t k = at > 3 ? at - 3 : 0; k < at; ++k)
      if (word == "could" && words[k] == "so") return {};
    return {1, Modality::possible, false};
  }
  if (possibles.contains(word)) return {1, Modality::possible, false};
  // “A second arrest is still possible.”
  static const WordSet adverbs = {"still", "also", "now", "quite", "always", "even", "entirely"};
  const size_t be = at > 1 && adverbs.contains(words[at - 1]) ? at - 2 : at - 1;
  static const WordSet all_there_is = {"that", "as", "where", "what", "which", "all", "everything", "anything", "nothing"};
  const bool said_of_it = word == "possible" && at > 1 && be_forms.contains(words[be]) && !(be > 0 && all_there_is.contains(words[be - 1]));
  static const WordSet clause_ends = {"", ",", ".", ";", "”", "\"", "and", "but", "if", "after", "before", "by", "in", "this", "next"};
  if (said_of_it && clause_ends.contains(next)) return {1, Modality::possible, false};
  if (word == "possible" && next == "that" && at > 0 && words[at - 1] != "as" && !is_negation(words[at - 1])) return {1, Modality::possible, false};
  if (word == "must" && next == "have" && word_at(words, at + 2) == "been") return {2, Modality::probable, false};  // infers
  if (word == "unlikely") return {1, Modality::probable, true};
  // “Three times as likely”, “20 percent more likely”, “more likely to die than others”: what was measured.
  static const WordSet comparing = {"as", "more", "less"}, measuring = {"times", "twice", "percent", "%", "cent", "half"};
  if (word == "likely" && at > 1 && comparing.contains(words[at - 1]) && !(next == "than" && word_at(words, at + 2) == "not")) {
    if (measuring.contains(words[at - 2])) return {};
    for (size_t k = at + 1; words[at - 1] != "as" && k < words.size() && k < at + 12; ++k)
      if (words[k] == "than") return {};
  }
  // “More likely than not” aside, “most likely” and “as likely as” hedge as well.
  if (probables.contains(word)) return {1, Modality::probable, false};
  if ((word == "appears" || word == "appeared" || word == "appear") &&
      (next == "to" || next == "that" || (at > 0 && (words[at - 1] == "it" || words[at - 1] == "would"))))
    return {1, Modality::probable, false};
  if (be_forms.contains(word) && next == "expected") return {word_at(words, at + 2) == "to" ? size_t{3} : size_t{2}, Modality::probable, false};
  return {};
}

OwnBelief own_belief_at(const Words& words, size_t at) {
  if ((words[at] != "i" && words[at] != "we") || at + 1 >= words.size()) return {};
  size_t verb = at + 1;
  std::optional<size_t> denial;
  // “do n't”, “really”, “would”, “still”.
  static const WordSet between = {"do", "did", "would", "really", "still", "just", "also", "honestly", "personally", "strongly", "firmly", "truly",
                                  "always", "'d", "n't", "not", "never", "certainly"};
  while (verb < words.size() && verb < at + 4 && between.contains(words[verb])) {
    if (is_negation(words[verb])) denial = verb;
    ++verb;
  }
  static const WordSet believing = {"think", "believe", "guess", "suppose", "suspect", "expect", "reckon", "imagine", "assume", "fear", "feel"};
  const std::string& word = word_at(words, verb);
  const std::string& next = word_at(words, verb + 1);
  if (word == "doubt") {
    size_t end = verb + 1;  // “doubt very much”
    if (word_at(words, end) == "very" && word_at(words, end + 1) == "much") end += 2;
    if (word_at(words, end) == "it" && word_at(words, end + 1).empty()) return {};
    if (denial) return {};
    return {end - at, verb, end - verb};
  }
  if (!believing.contains(word)) return {};
  // “I think about it”, “we believe in peace”, “we feel good”, “I expect you to”: no clause follows.
  static const WordSet no_clause = {"about", "of", "in", "so", "", ",", ".", "like", "good", "bad", "very", "free", "for", "to", "strongly", "sorry",
                                    "comfortable", "compelled", "?"};
  // But “the dam, I think, leaks” hedges what it stands in.
  const bool parenthetical = at > 0 && words[at - 1] == "," && !denial && (next == "," || next == "." || next.empty());
  if (no_clause.contains(next) && !parenthetical) return {};
  return {verb + 1 - at, denial, 1};
}

size_t negation_at(const Words& words, size_t at) {
  const std::string& word = words[at];
  const std::string& next = word_at(words, at + 1);
  if (word == "not" || word == "n't") {
    static const WordSet not_of_the_clause = {"only", "just", "merely", "simply", "guilty", "least", "necessarily", "so", "unlike", "least",
                                              "surprisingly"};
    if (next == "doubt") return 0;  // “I do not doubt that”: sure
    if (word == "not" && not_of_the_clause.contains(next)) return 0;
    if (word == "not" && next.ends_with("ing") && !(at > 0 && be_forms.contains(words[at - 1]))) return 0;  // “making not voting an insult”
    if (word == "not" && at > 0 &&
        (words[at - 1] == "or" || words[at - 1] == "if" || words[at - 1] == "why" || words[at - 1] == "," || words[at - 1] == "and"))
      return 0;
    return 1;
  }
  if (word == "never" || word == "nobody" || word == "no-one" || word == "nothing" || word == "none" || word == "neither" || word == "hardly" ||
      word == "barely" || word == "scarcely" || word == "nowhere")
    return 1;
  if (word == "no") {
    static const WordSet not_negating = {"doubt", "matter", "wonder", ",", ".", "", "!", "less", "fewer", "—", "–", "-", "one's"};
    if (at > 0 && words[at - 1] == "with" && next != "one") return 0;  // “burst with no warning”
    return not_negating.contains(next) ? 0 : 1;
  }
  return 0;
}

size_t condition_at(const Words& words, size_t at) {
  const std::string& word = words[at];
  const std::string& next = word_at(words, at + 1);
  if (word == "if") {
    static const WordSet no_condition = {"as", "even", "what", "see", "know", "wonder", "ask", "clear", "unclear", "decide"};
    if (at > 0 && no_condition.contains(words[at - 1])) return 0;
    // “too early to say if”
    if (at > 1 && (words[at - 1] == "say" || words[at - 1] == "tell") && (words[at - 2] == "to" || is_negation(words[at - 2]))) return 0;
    if (next == "not" || next == "any" || next == "anything" || next == "only" || next == "so") return 0;
    // “A rational decision, if a brutal one,” grants.
    for (size_t k = at + 3; at > 0 && words[at - 1] == "," && (next == "a" || next == "an") && k < at + 5; ++k)
      if (word_at(words, k) == "one" && (k + 1 == words.size() || words[k + 1] == ",")) return 0;
    return 1;
  }
  if (word == "unless") return 1;
  // “Should the court strike it down”, at the begin of a clause.
  static const WordSet subjects = {"the", "a", "an", "he", "she", "it", "they", "we", "you", "i", "this", "that", "these", "those", "any", "his",
                                   "her", "their"};
  if (word == "should" && subjects.contains(next) &&
      (at == 0 || words[at - 1] == "," || words[at - 1] == "." || words[at - 1] == "“" || words[at - 1] == "\"" || words[at - 1] == "that"))
    return 1;
  // “As long as 18 years” measures.
  if (word == "as" && next == "long" && word_at(words, at + 2) == "as")
    return subjects.contains(word_at(words, at + 3)) || word_at(words, at + 3) == "there" ? 3 : 0;
  return phrase_at(words, at, {{"provided", "that"}, {"provided", "the"}, {"so", "long", "as"}, {"on", "condition", "that"},
                               {"in", "the", "event", "of"}, {"in", "the", "event", "that"}, {"in", "case"}, {"assuming", "that"},
                               {"assuming", "the"}});
}

bool is_planning_verb(const std::string& word) { return is_form_of(word, {"plan", "intend", "aim", "seek"}); }

size_t intention_at(const Words& words, size_t at) { return word_at(words, at + 1) == "to" && is_planning_verb(words[at]) ? 2 : 0; }

size_t pretext_at(const Words& words, size_t at) {
  if (words[at] == "ostensibly" || words[at] == "purportedly" || words[at] == "supposedly") return 1;
  return phrase_at(words, at, {{"under", "cover", "of"}, {"under", "the", "cover", "of"}, {"under", "the", "guise", "of"},
                               {"under", "the", "pretext", "of"}, {"on", "the", "pretext", "of"}, {"on", "the", "pretext", "that"},
                               {"under", "the", "pretence", "of"}, {"under", "the", "pretense", "of"}, {"using", "the", "pretext", "of"},
                               {"in", "the", "guise", "of"}, {"as", "a", "pretext"}, {"as", "a", "cover", "for"}});
}

size_t hearsay_at(const Words& words, size_t at) {
  const std::string& word = words[at];
  if (word == "reportedly" || word == "allegedly" || word == "rumoured" || word == "rumored") return 1;
  if (be_forms.contains(word) && word_at(words, at + 2) == "to") {
    const std::string& next = word_at(words, at + 1);
    if (next == "said" || next == "understood" || next == "reported" || next == "rumoured" || next == "rumored" || next == "alleged") return 3;
  }
  return phrase_at(words, at, {{"rumour", "has", "it"}, {"rumor", "has", "it"}, {"word", "has", "it"}, {"word", "is", "that"}, {"it", "is", "said"},
                               {"are", "said", "to"}, {"is", "thought", "to"}, {"are", "thought", "to"}, {"is", "believed", "to"},
                               {"are", "believed", "to"}, {"word", "has", "reached"}, {"word", "reached"}});
}

}  // namespace sayso
