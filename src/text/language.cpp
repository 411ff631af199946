#include "text/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>

#include "base/unicode.h"

namespace sayso {

namespace {

// More text does not tell more: from this many bytes on, pieces from all over the text stand for it, so that time is bounded and a
// text that changes its language half-way is still seen to. An article has 2 to 20 KiB, so most are read whole.
constexpr size_t sample_size = size_t{32} << 10;
constexpr size_t sample_pieces = 32;

// Appends the words of `text`: letters, marks and apostrophes in lower case or upper, all else as one blank. What the recogniser never
// looks at, or does not expect in a text (controls, characters without a meaning), does not reach it.
void append_words(std::string_view text, std::string& out) {
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (is_alpha(c) || is_mark(c) || ((c == '\'' || c == U'\u2019') && !out.empty() && out.back() != ' '))
      out.append(text.substr(begin, at - begin));
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() != ' ') out += ' ';
}

std::string sample_words(std::string_view text) {
  std::string words;
  if (text.size() <= sample_size) {
    append_words(text, words);
    return words;
  }
  const size_t step = text.size() / sample_pieces;
  for (size_t n = 0; n < sample_pieces; ++n) {
    size_t begin = n * step, end = begin + sample_size / sample_pieces;
    while (!is_boundary(text, begin)) ++begin;
    while (!is_boundary(text, end)) ++end;
    append_words(text.substr(begin, end - begin), words);
  }
  return words;
}

// What the letters and the words of a sample tell where the recogniser does not.
struct Words {
  size_t all = 0;
  size_t english = 0;
  size_t scots = 0;
  size_t latin = 0;  // letters
  size_t letters = 0;
};

template <size_t n>
bool has(const std::array<std::string_view, n>& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

// Frequent in every English text, and words of no other language that is written much.
constexpr std::array<std::string_view, 16> english_words = {"the",  "and",  "of",   "that", "with", "this",  "from", "which",
                                                            "said", "were", "have", "been", "they", "their", "by",   "his"};
// Frequent in every Scots text, and no English. (Dialogue in a Scottish novel has them too, but not the narrator.)
constexpr std::array<std::string_view, 24> scots_words = {"tae",   "frae",  "wis",   "hae",    "dinna",  "fowk",   "gie",   "oor",
                                                          "twa",   "efter", "ower",  "maist",  "kens",   "haud",   "nae",   "fae",
                                                          "intae", "whit",  "cannae", "didnae", "wisnae", "isnae", "acause", "anent"};

Words count_words(std::string_view sample) {
  Words words;
  for (size_t at = 0; at < sample.size();) {
    const size_t begin = at;
    while (at < sample.size() && sample[at] != ' ') {
      const char32_t c = next_code_point(sample, at);
      if (!is_alpha(c)) continue;
      ++words.letters;
      // Latin letters end with U+024F, those of Vietnamese and of transcriptions stand in U+1E00 … U+1EFF.
      words.latin += c < 0x250 || (c >= 0x1E00 && c < 0x1F00);
    }
    if (at > begin) {
      ++words.all;
      const std::string_view word = sample.substr(begin, at - begin);
      if (word.size() <= 6) {
        const std::string lower = to_lower(word);
        words.english += has(english_words, lower);
        words.scots += has(scots_words, lower);
      }
    }
    ++at;
  }
  return words;
}

// The recogniser's code as BCP 47 has it: it knows two languages by their codes of before 1989, and some scripts by codes of its own.
std::string code_of(CLD2::Language language) {
  const std::string code = CLD2::LanguageCode(language);
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "un" || code.starts_with("xx") || code.starts_with("zz")) return "und";
  return code;
}

Language detect(const std::string& sample) {
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int bytes = 0;
  bool reliable = false;
  CLD2::ExtDetectLanguageSummary(sample.data(), static_cast<int>(sample.size()), true, &hints, 0, languages.data(), percents.data(),
                                 scores.data(), nullptr, &bytes, &reliable);
  // Its answer is not the most frequent language: it takes English for a web page's frame when a sixth is something else.
  Language language{"und", reliable, 0};
  int most = 0;
  for (size_t i = 0; i < languages.size(); ++i) {
    if (languages[i] == CLD2::UNKNOWN_LANGUAGE) continue;
    if (languages[i] == CLD2::ENGLISH) language.english = percents[i] / 100.0;
    if (percents[i] > most) {
      most = percents[i];
      language.code = code_of(languages[i]);
    }
  }
  if (language.code == "und") language.reliable = false;
  return language;
}

// A paragraph has more words: there the recogniser errs no more.
constexpr size_t short_words = 40;

// “lifts”, “resigned”, “talking”, “refuses”: as English verbs and plurals end, and hardly a word of the languages that a headline is taken for.
bool ends_as_english(std::string_view word) {
  if (word.size() < 5) return false;
  if (word.ends_with("ing") || word.ends_with("ed") || word.ends_with("ly") || word.ends_with("ses")) return true;
  return word.ends_with('s') && std::string_view("aeious").find(word[word.size() - 2]) == std::string_view::npos;
}

// In a headline, a line or two, names decide (“Jens Stoltenberg attends summit” is Danish to the recogniser), and they are of any language. What
// stands without a capital tells more, also where it is two words.
Language ask_again(Language first, std::string_view sample) {
  std::string plain;  // the words without a capital
  size_t count = 0, all = 0, capitals = 0;
  bool ascii = true, english = false;
  for (size_t at = 0; at < sample.size();) {
    const size_t end = std::min(sample.find(' ', at), sample.size());
    const std::string_view word = sample.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    ++all;
    size_t next = 0;
    next_code_point(word, next);
    if (to_lower(word.substr(0, next)) != word.substr(0, next)) {
      capitals += next < word.size() && std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      continue;
    }
    ++count;
    ascii = ascii && std::all_of(word.begin(), word.end(), [](unsigned char c) { return c < 0x80; });
    english = english || ends_as_english(word) || has(english_words, word);
    plain.append(word) += ' ';
  }
  if (count == 0) return all > 3 && capitals == all ? first : Language{};  // all in capitals: these are no names
  const Language again = detect(plain);
  if (again.code == "en") return again;
  const bool tells = count > 2 && again.code != "und";
  return tells || !ascii || !english ? first : Language{};
}

}  // namespace

Language recognise_language(std::string_view text) {
  const std::string sample = sample_words(text);
  Language language = detect(sample);
  if (language.code != "en" && language.code != "und" && count_words(sample).all < short_words) language = ask_again(language, sample);
  if (language.code == "en") {
    // It takes Scots for English. In Scots every eighth word or so is of the table; of 1,273 English texts (PolNeAR, GUM, LitBank,
    // speeches) none has more than one in 360.
    const Words words = count_words(sample);
    if (words.scots >= 3 && words.scots * 20 > words.all) language = {"sco", false, 0};
  }
  return language;
}

bool is_english(const Language& language, std::string_view text) {
  if (language.code != "und" && language.code != "en") return false;
  if (language.english >= 0.5) return true;
  const Words words = count_words(sample_words(text));
  if (language.code == "en") return words.all < short_words && words.english * 12 >= words.all;  // a sentence with a name in other letters
  if (words.latin * 2 < words.letters) return false;
  // A headline or a sentence; what is longer and cannot be told is a list of names or a language that the recogniser does not know.
  // (Of EWT's 11,460 sentences with five words or more 57 cannot be told; the five that fail here are addresses and file names.)
  return words.all < 12 || words.english * 12 >= words.all;
}

}  // namespace sayso
