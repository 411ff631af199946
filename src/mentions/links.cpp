#include "mentions/links.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/unicode.h"

namespace sayso {

namespace {

constexpr const char* articles[] = {"the", "a", "an"};
constexpr const char* small_words[] = {"of", "the", "and", "for", "in", "s"};  // that an acronym may pass over

template <class List>
bool is_in(const List& list, const std::string& word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// From 1: exact below 5, then logarithmic. 0 … 9.
uint8_t apart_bucket(size_t n) {
  if (n < 5) return static_cast<uint8_t>(n - 1);
  return static_cast<uint8_t>(std::min(9, 4 + static_cast<int>(std::log2(static_cast<double>(n) / 5) * 1.2)));
}

// From 0: exact below 4, then logarithmic. 0 … 11.
uint8_t units_bucket(uint32_t n) {
  return static_cast<uint8_t>(n < 4 ? n : std::min<uint32_t>(11, 3 + static_cast<uint32_t>(std::bit_width(n / 4))));
}

bool contains_all(const std::vector<std::string>& words, const std::vector<std::string>& of) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return is_in(of, word); });
}

// 0 other words, 1 the same head word, 2 all words of one in the other, 3 the same words, 4 an acronym. Pronouns: 3 the same word, else 0.
uint8_t words_bucket(const FoundMention& later, const MentionWords& a, const FoundMention& earlier, const MentionWords& b) {
  if (later.kind == MentionKind::pronoun || earlier.kind == MentionKind::pronoun) return a.all == b.all ? 3 : 0;
  if (a.plain == b.plain) return 3;
  if (contains_all(a.plain, b.plain) || contains_all(b.plain, a.plain)) return 2;
  if (is_acronym(a.plain, b.plain) || is_acronym(b.plain, a.plain)) return 4;
  return a.head == b.head ? 1 : 0;
}

bool begins_with_letter(const std::string& word) {
  size_t at = 0;
  return is_alpha(next_code_point(word, at));
}

std::string first_letters(const std::vector<std::string>& words, bool without_small) {
  std::string letters;
  for (const std::string& word : words) {
    if (!begins_with_letter(word) || (without_small && is_in(small_words, word))) continue;
    size_t at = 0;
    next_code_point(word, at);
    letters.append(word, 0, at);
  }
  return letters;
}

}  // namespace

MentionWords words_of_mention(const Document& document, const FoundMentions& found, const FoundMention& mention) {
  MentionWords words;
  for (uint32_t u = mention.units.begin; u < mention.units.end; ++u) words.all.push_back(to_lower(document.at(found.units[u])));
  words.plain = words.all;
  if (words.plain.size() > 1 && is_in(articles, words.plain.front())) words.plain.erase(words.plain.begin());
  words.head = to_lower(document.at(found.units[mention.head]));
  return words;
}

bool is_acronym(const std::vector<std::string>& acronym, const std::vector<std::string>& words) {
  if (acronym.size() != 1 || words.size() < 2) return false;
  size_t second = 0;
  next_code_point(acronym.front(), second);
  if (second == acronym.front().size()) return false;
  return acronym.front() == first_letters(words, false) || acronym.front() == first_letters(words, true);
}

PairRows pair_rows(const FoundMention& later, const MentionWords& later_words, const FoundMention& earlier, const MentionWords& earlier_words,
                   size_t numbers_apart) {
  return {static_cast<uint8_t>(3 * static_cast<size_t>(later.kind) + static_cast<size_t>(earlier.kind)), apart_bucket(numbers_apart),
          units_bucket(later.head > earlier.head ? later.head - earlier.head : 0), words_bucket(later, later_words, earlier, earlier_words),
          static_cast<uint8_t>(later.type == earlier.type),
          static_cast<uint8_t>(std::min(2u, later.line > earlier.line ? later.line - earlier.line : 0))};
}

Links::Links(const Document& document, const FoundMentions& found, const MentionModel& model) : found_(found), head_(model.head()) {
  Matrix vectors(found.mentions.size(), head_.width());
  for (size_t i = 0; i < found.mentions.size(); ++i) {
    words_.push_back(words_of_mention(document, found, found.mentions[i]));
    std::copy(found.mentions[i].vector.begin(), found.mentions[i].vector.end(), vectors.row(i));
  }
  prepared_ = head_.prepare(vectors);
}

float Links::score(size_t later, size_t earlier) const {
  return head_.link(prepared_, later, earlier, pair_rows(found_.mentions[later], words_[later], found_.mentions[earlier], words_[earlier],
                                                         later - earlier));
}

size_t Links::antecedent(size_t mention) const {
  size_t best = mention;
  float most = 0;
  for (size_t i = mention > farthest_antecedent ? mention - farthest_antecedent : 0; i < mention; ++i)
    if (const float found = score(mention, i); found > most) {
      most = found;
      best = i;
    }
  return best;
}

}  // namespace sayso
