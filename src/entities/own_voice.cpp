#include "entities/own_voice.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "attribution/cue_list.h"
#include "base/unicode.h"
#include "entities/names.h"

namespace sayso {

namespace {

bool begins_with_capital(std::string_view text, size_t at) { return at < text.size() && is_upper(next_code_point(text, at)); }

// “Miss Brandt?”, “Senator Lund.” alone in a sentence: the name behind the title.
std::optional<Span> called_on(const Document& document, Span sentence) {
  const std::string_view text = document.at(sentence);
  const size_t end = text.find_last_not_of(" \n");
  if (end == std::string_view::npos || (text[end] != '?' && text[end] != '.') || end > 60) return std::nullopt;
  const Span name = trim_title(document, {sentence.begin, sentence.begin + static_cast<uint32_t>(end)});
  const std::vector<std::string> words = split_words(document.at(name));
  if (name.begin <= sentence.begin || words.empty() || words.size() > 2) return std::nullopt;  // without a title it is no call
  size_t at = 0;
  for (const std::string& word : words) {
    at = document.at(name).find(word, at);
    if (!begins_with_capital(document.at(name), at) || is_title(to_lower(word))) return std::nullopt;
  }
  return name;
}

// What one answers to a call: “Thank you, Chair.”
bool is_answer(std::string_view paragraph) {
  const std::string lower = to_lower(paragraph.substr(0, 20));
  for (const std::string_view answer : {"thank", "good morning", "good afternoon", "good evening", "yes", "may it please", "mr. ", "madam ", "i "})
    if (lower.starts_with(answer)) return true;
  return false;
}

// Does “I” or “my” stand in the first paragraph behind `from` that is no heading, line of names or the like?
bool begins_with_own_voice(const Document& document, uint32_t from) {
  size_t begin = document.text.find_first_not_of(" \n", from);
  for (const Section& section : document.sections)
    if (begin != std::string::npos && section.span.begin <= begin && begin < section.span.end) begin = document.text.find_first_not_of(" \n", section.span.end);
  if (begin == std::string::npos) return false;
  const std::vector<std::string> words = split_words(std::string_view(document.text).substr(begin, document.text.find("\n\n", begin) - begin));
  return std::any_of(words.begin(), words.end(), [](const std::string& word) { return word == "I" || word == "My" || word == "my"; });
}

}  // namespace

std::vector<OwnVoice> find_own_voices(const Document& document) {
  const auto size = static_cast<uint32_t>(document.text.size());
  std::vector<OwnVoice> out;
  size_t thanks = 0;
  for (const Sentence& sentence : document.sentences) {
    const size_t next = document.text.find_first_not_of(" \n", sentence.span.end);
    if (next == std::string::npos || document.at({sentence.span.end, static_cast<uint32_t>(next)}).find('\n') == std::string_view::npos) continue;
    const std::optional<Span> name = called_on(document, sentence.span);
    if (!name || !is_answer(std::string_view(document.text).substr(next))) continue;
    if (!out.empty()) out.back().where.end = std::min(out.back().where.end, sentence.span.begin);
    // Until the next one begins with thanks, who is somebody else. Looked for once: calls come in their order.
    if (thanks != std::string::npos && thanks < next) thanks = document.text.find("\nThank you", next);
    out.push_back({{static_cast<uint32_t>(next), thanks == std::string::npos ? size : static_cast<uint32_t>(thanks)}, *name});
  }
  if (!out.empty()) return out;
  // One who signs the page and begins with “I” speaks in it; of several nobody knows which, and an “I” further down may be anybody's whose words stand there.
  std::optional<Span> byline;
  for (const Section& section : document.sections) {
    if (section.kind != SectionKind::byline) continue;
    if (byline) return out;
    byline = section.span;
  }
  if (byline && begins_with_own_voice(document, byline->end)) out.push_back({{0, size}, *byline});
  return out;
}

}  // namespace sayso
