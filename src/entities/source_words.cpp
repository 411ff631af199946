#include "entities/source_words.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/unicode.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;

// Words that alone hold back who speaks.
const WordSet always_anonymous = {"source", "sources", "insider", "insiders", "official", "officials", "report", "reports", "rumor", "rumors",
                                  "rumour", "rumours", "estimate", "estimates", "reportedly", "aide", "aides", "staffer", "staffers", "operative",
                                  "operatives"};
// Those that do so when the phrase says that they know something or do not want to be named.
const WordSet anonymous_when_placed = {"person", "people", "someone", "somebody", "diplomat", "diplomats", "executive", "executives", "employee",
                                       "employees", "lawmaker", "lawmakers", "strategist", "strategists", "officer", "officers", "member", "members",
                                       "ally", "allies", "donor", "donors", "figure", "figures", "one", "some", "others", "those", "man", "woman",
                                       "lawyer", "lawyers"};
const WordSet knowing = {"familiar", "close", "briefed", "knowledge", "anonymity", "anonymous", "anonymously", "unnamed", "unidentified", "named",
                         "identified", "involved", "privy", "acquainted"};
// Of these the phrase must say that they know what others do not: “Democrats involved in the race” are a public, “Democrats close to her” are not.
const WordSet anonymous_when_close = {"democrat", "democrats", "republican", "republicans", "conservative", "conservatives", "lobbyist", "lobbyists",
                                      "consultant", "consultants", "banker", "bankers", "prosecutor", "prosecutors", "agent", "agents", "friend",
                                      "friends", "associate", "associates", "attendee", "attendees", "participant", "participants", "senator",
                                      "senators", "leader", "leaders", "investigator", "investigators", "assistant", "assistants"};
const WordSet close = {"familiar", "close", "briefed", "knowledge", "anonymity", "anonymous", "anonymously", "unnamed", "unidentified", "privy",
                       "acquainted"};
// Those of somebody do, and those that anybody could ask do not: “two advisers to the minister”, “financial advisers”.
const WordSet anonymous_when_somebodys = {"adviser", "advisers", "advisor", "advisors"};
const WordSet somebodys = {"to", "of", "’s", "'s", "’", "'", "his", "her", "their", "campaign", "senior", "top"};
// Those of a person do; a country's allies are countries.
const WordSet anonymous_when_persons = {"ally", "allies", "associate", "associates", "confidant", "confidants", "confidante", "confidantes"};
const WordSet determiners = {"some", "several", "two", "three", "four", "many", "other", "another", "a", "an", "one", "former"};
// “A report by the court”, “a CNN report” say whose it is.
const WordSet whose = {"by", "from", "of", "’", "'", "in"};

const std::unordered_map<std::string, uint32_t> numbers = {{"a", 1}, {"an", 1}, {"one", 1}, {"another", 1}, {"two", 2}, {"both", 2}, {"three", 3},
                                                           {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10},
                                                           {"eleven", 11}, {"twelve", 12}, {"dozen", 12}, {"twenty", 20}};
const WordSet uncounted = {"report", "reports", "rumor", "rumors", "rumour", "rumours", "estimate", "estimates", "media", "press"};

constexpr const char* reasons[] = {
    "on condition of anonymity", "on the condition of anonymity", "on condition that", "who asked not to be", "who asked to remain",
    "who declined to be", "who did not want to be", "who did not wish to be", "who spoke anonymously", "who requested anonymity",
    "who was not authorized", "who was not authorised", "who were not authorized", "who were not authorised", "who wished to remain",
    "who refused to be named", "who spoke on", "who insisted on anonymity", "asking not to be", "requesting anonymity", "declining to be named",
    "who does not want to be", "who do not want to be", "who is not allowed to", "who are not allowed to", "who did not want their",
    "not authorized to speak", "not authorised to speak", "was not authorized to", "speaking anonymously",
    "who would not be named", "who would not be identified", "who asked for anonymity", "who was granted anonymity", "who were granted anonymity",
    "who is not authorized", "who is not authorised", "who are not authorized", "who are not authorised", "who refused to be identified",
    "who spoke privately", "speaking on background", "who preferred not to", "who prefers not to", "who preferred to remain", "who prefers to remain",
    "who wanted to remain", "who wishes to remain", "who wished not to be", "who requested not to be", "who chose not to be",
    "who did not want to give", "who did not give", "who declined to give", "who refused to give", "who would not give", "who cannot be named",
    "who can not be named", "who could not be named", "whose name was not", "whose name has not", "whose name is not", "whose identity was not",
    "whose identity has not", "whose identity is not"};

}  // namespace

bool is_plural(const std::string& word) {
  static const WordSet irregular = {"people", "men", "women", "children", "police", "media", "we", "they", "us", "them", "those", "these", "others",
                                    "folks", "both", "many", "some", "several", "few", "most", "all"};
  return irregular.contains(word) || is_plural_noun(word);
}

bool is_plural_noun(const std::string& word) {
  return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is");
}

bool is_anonymous(const std::string& head, const std::vector<std::string>& words, bool of_person) {
  const auto any_of = [&words](const WordSet& set) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return set.contains(word); });
  };
  if (any_of(knowing) && (always_anonymous.contains(head) || anonymous_when_placed.contains(head))) return true;
  if (anonymous_when_close.contains(head) && any_of(close)) return true;
  if ((head == "somebody" || head == "someone") && any_of({"from", "inside", "within", "at"})) return true;
  if (anonymous_when_persons.contains(head)) return of_person;
  if (anonymous_when_somebodys.contains(head)) {
    // “Advisers say”: whose they are is known from what stands before.
    const bool bare = std::all_of(words.begin(), words.end(), [&](const std::string& word) { return word == head || determiners.contains(word); });
    return of_person || bare || any_of(somebodys) || any_of(knowing);
  }
  if (!always_anonymous.contains(head)) return false;
  // “the report”, “a CNN report”, “a report by …” are documents that somebody could fetch; “reports”, “estimates” and “one estimate” are not.
  if (head == "report") return false;
  if (head == "estimate") return words.size() == 2 && determiners.contains(words.front());
  if (head == "reports" || head == "estimates") return words.size() <= 3 && !any_of(whose);
  return true;
}

std::optional<Part> find_reason(const Document& document, Span where) {
  const std::string text = to_lower(document.at(where));
  if (text.size() != where.size()) return std::nullopt;  // a letter whose small form has another length; places would not fit
  size_t first = std::string::npos;
  for (const char* reason : reasons) first = std::min(first, text.find(reason));
  if (first == std::string::npos) return std::nullopt;
  size_t end = first;
  int depth = 0;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    if (c == '\n' || c == ',' || c == ';' || (c == '.' && (end + 1 == text.size() || text[end + 1] == ' ')) || (c == ')' && depth == 0) || c == '"')
      break;
    if (std::string_view(text).substr(end).starts_with("“") || std::string_view(text).substr(end).starts_with("”")) break;
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
  }
  while (end > first && text[end - 1] == ' ') --end;
  return Part{{{where.begin + static_cast<uint32_t>(first), where.begin + static_cast<uint32_t>(end)}}};
}

std::optional<Count> count_of(const std::string& head, const std::vector<std::string>& words) {
  if (uncounted.contains(head)) return std::nullopt;
  for (size_t i = 0; i < words.size() && words[i] != head; ++i) {
    uint32_t digits = 0;
    const auto [stop, error] = std::from_chars(words[i].data(), words[i].data() + words[i].size(), digits);
    if (error == std::errc() && stop == words[i].data() + words[i].size() && digits > 0 && digits < 100'000) return Count{digits, digits};
    const auto number = numbers.find(words[i]);
    if (number == numbers.end()) continue;
    if (number->second == 1 && i + 1 < words.size() && numbers.contains(words[i + 1])) continue;  // “a dozen”
    if (number->second == 1 && is_plural(head)) continue;                                        // “one of the officials”, “a few aides”
    if (number->second == 12 && words[i] == "dozen" && i > 0 && words[i - 1] != "a") return Count{24, std::nullopt};
    return Count{number->second, number->second};
  }
  if (is_plural(head)) return Count{2, std::nullopt};
  return Count{1, 1};
}

}  // namespace sayso
