#include "provenance/rebuttals.h"

#include <algorithm>
#include <optional>

#include "attribution/words.h"

namespace sayso {

namespace {

bool is_telling(const std::string& word) {
  return is_one_of(word, {"claim", "claims", "allegation", "allegations", "accusation", "accusations", "report", "reports", "charge", "charges",
                          "suggestion", "suggestions", "account", "accounts", "story", "stories", "version", "rumour", "rumours", "rumor", "rumors",
                          "assertion", "assertions", "insinuation", "insinuations", "message", "denial", "denials"});
}

// Of these somebody may have his own: “her story was fiction”, “the account was fake”.
bool is_of_many_kinds(const std::string& word) {
  return is_one_of(word, {"charge", "charges", "account", "accounts", "message"});
}

bool is_pronoun(const std::string& word) { return is_one_of(word, {"it", "this", "them"}); }

bool is_untrue(const std::string& word) {
  return is_one_of(word, {"false", "untrue", "baseless", "unfounded", "groundless", "absurd", "ridiculous", "ludicrous", "preposterous", "nonsense",
                          "rubbish", "invention", "invented", "fabrication", "fabricated", "fiction", "fictitious", "lie", "lies", "hoax", "fake",
                          "fairy", "slander", "slanderous", "libel", "fantasy", "bogus", "incorrect", "inaccurate", "disinformation"});
}

bool is_possessive(const std::string& word) { return is_one_of(word, {"his", "her", "their", "its", "our", "my"}); }

// Words in front of a noun that tell nothing of it.
bool is_small(const std::string& word) {
  return is_possessive(word) || is_one_of(word, {"the", "these", "those", "any", "all", "such", "as", "that", "a", "pure", "total", "complete"});
}

bool is_be(const std::string& word) { return is_one_of(word, {"is", "was", "were", "are", "'s"}); }

const std::string& word_at(const std::vector<std::string>& words, size_t i) {
  static const std::string none;
  return i < words.size() ? words[i] : none;
}

// What stands behind the noun says that it is not so: at once (“called the report pure invention”), or behind “was”.
bool is_called_untrue(const std::vector<std::string>& words, size_t noun, bool& has_topic) {
  size_t from = noun + 1;
  const std::string& next = word_at(words, from);
  if (is_be(next) || next == "as") {
    const bool own = std::any_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(noun), is_possessive);
    if (is_be(next) && (own || is_of_many_kinds(words[noun]))) return false;
    ++from;
  } else if (is_one_of(next, {"about", "of", "on", "that"})) {
    has_topic = true;
    while (from < words.size() && from < noun + 8 && !is_be(words[from])) {
      if (is_one_of(words[from], {"because", "which", "who", "when", "and", "but", "showed", "shows", "said", "says"})) return false;
      ++from;
    }
    if (!is_be(word_at(words, from))) return false;
    ++from;
  }
  for (size_t i = from; i < words.size() && i < from + 3; ++i) {
    if (is_one_of(words[i], {"not", "n't", "that", "because", "which", "showed"})) return false;
    if (is_untrue(words[i])) return true;
  }
  return false;
}

// “Raffle” of “there was no raffle”, “warning shot” of “there was no warning shot in the town”.
std::vector<std::string> absent_thing(const std::vector<std::string>& words) {
  const size_t there = word_at(words, 0) == "that" ? 1 : 0;
  if (word_at(words, there) != "there" || !is_one_of(word_at(words, there + 1), {"is", "was", "were", "are"}) || word_at(words, there + 2) != "no")
    return {};
  std::vector<std::string> thing;
  for (size_t i = there + 3; i < words.size(); ++i) {
    if (is_one_of(words[i], {"of", "in", "at", "for", "to", "that", "who", "which", "from", "on", "with", "by", "or", "and", "when", "before",
                             "after", "here", "as", "like", "no", "left", "about", "during", "between"}))
      break;
    thing.push_back(words[i]);
  }
  // Of these nobody has told that they were there, or it is agreed with.
  const bool empty = thing.empty() || thing.size() > 3 || std::any_of(thing.begin(), thing.end(), [](const std::string& word) {
    return is_one_of(word, {"doubt", "question", "reason", "need", "excuse", "better", "more", "way", "point", "sign", "evidence", "one", "thing",
                            "time", "such", "other", "longer"});
  });
  return empty ? std::vector<std::string>() : thing;
}

}  // namespace

Rebuttal read_rebuttal(const std::vector<std::string>& words) {
  Rebuttal out;
  out.absent = absent_thing(words);
  std::optional<size_t> noun;
  size_t said = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!noun && (is_telling(word) || is_pronoun(word))) noun = i;
    said += !is_telling(word) && !is_pronoun(word) && !is_small(word) && !is_untrue(word);
    if (is_one_of(word, {"nothing", "anything"}) && word_at(words, i + 1) == "of" && word_at(words, i + 2) == "the")
      out.of_the_sort = out.of_the_sort || is_one_of(word_at(words, i + 3), {"sort", "kind"});
    out.of_anything = out.of_anything || is_one_of(word, {"any", "anyone", "anybody", "anything", "ever"});
  }
  out.points_back = (noun && said == 0) || (words.size() == 1 && is_one_of(words.front(), {"that", "which"}));
  if (!noun) return out;
  // “The claim”, “the ministry’s denial”, not “32 % of their claims”, “a report of a bomb”.
  const auto front = words.begin() + static_cast<std::ptrdiff_t>(*noun);
  const auto is_others = [](const std::string& word) { return !is_small(word) && word != "'s"; };
  const auto other = std::find_if(words.begin(), front, is_others);
  if (std::count_if(words.begin(), front, is_others) > 1 || std::find(words.begin(), front, "a") != front) return out;
  if (other != front) out.whose = *other;
  out.by_noun = is_telling(words[*noun]);
  out.of_denial = words[*noun] == "denial" || words[*noun] == "denials";
  out.of_report = is_one_of(words[*noun], {"report", "reports", "story", "stories"});
  out.untrue = out.by_noun && is_called_untrue(words, *noun, out.has_topic);
  return out;
}

bool denies_what_was_told(const std::vector<std::string>& cue) {
  for (size_t i = 0; i < cue.size(); ++i) {
    if (is_one_of(cue[i], {"deny", "denies", "denied", "denying", "denial", "dispute", "disputes", "disputed", "disputing", "reject", "rejects",
                           "rejected", "rejecting", "dismiss", "dismisses", "dismissed", "dismissing", "refute", "refutes", "refuted", "rebut",
                           "rebuts", "rebutted", "contradicted", "contradicts", "debunked", "repudiated", "disavowed", "disclaimed"}))
      return true;
    if (is_one_of(cue[i], {"scoff", "scoffs", "scoffed", "scoffing"}) && word_at(cue, i + 1) == "at") return true;
  }
  return false;
}

}  // namespace sayso
