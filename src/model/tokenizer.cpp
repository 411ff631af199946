#include "model/tokenizer.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/unicode.h"

namespace sayso {

namespace {

constexpr size_t max_word = 100;  // characters; max_input_chars_per_word of the published tokenizer

bool is_ascii_punctuation(char32_t c) {
  return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
}

// The blocks that BERT's normaliser sets apart as words of one character (its own list, not Unicode's Script=Han).
bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B73F) ||
         (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

// The published tokenizer knows the characters of Unicode 8 by their categories of then; later ones are letters to it. Few have changed:
// these six stand here, and bench/quality/tokenizer.py --every-character holds all against it.
constexpr uint8_t known_version = 8;

bool is_known_nonspacing(char32_t c) {
  if (c == 0x1734) return true;
  if (c == 0x1885 || c == 0x1886 || c == 0xA9BD || c == 0x111C9) return false;
  return is_nonspacing(c) && is_assigned(c, known_version);
}

bool is_known_punctuation(char32_t c) {
  return c == 0x166D || c == 0x111C9 || (is_punctuation(c) && is_assigned(c, known_version));
}

// Dropped by the normaliser: controls but tab and line ends, and the replacement character.
bool is_dropped(char32_t c) {
  if (c == U'\t' || c == U'\n' || c == U'\r') return false;
  return c == 0xFFFD || (is_control(c) && is_assigned(c, known_version));
}

}  // namespace

Result<WordPiece> WordPiece::from_vocabulary(std::string_view vocabulary) {
  WordPiece out;
  const auto refuse = [](const std::string& what) {
    return Error{ErrorKind::corrupt, "the vocabulary is damaged: " + what, "", "Fetch the weight file again."};
  };
  if (vocabulary.size() >= empty) return refuse("it is too long");
  out.vocabulary_ = vocabulary;
  const auto lines = static_cast<size_t>(std::count(vocabulary.begin(), vocabulary.end(), '\n')) + 1;
  out.pieces_.reserve(lines);
  out.slots_.assign(std::bit_ceil(2 * lines), empty);
  bool has_unknown = false, has_begin = false, has_end = false;
  for (size_t at = 0; at < vocabulary.size();) {
    const size_t line_end = std::min(vocabulary.find('\n', at), vocabulary.size());
    const std::string_view piece = vocabulary.substr(at, line_end - at);
    const size_t begin = std::exchange(at, line_end + 1);
    if (piece.empty() || piece.size() > 400) return refuse("a piece is empty or longer than 400 bytes");
    const auto id = static_cast<uint32_t>(out.pieces_.size());
    if (piece == "[UNK]") { out.unknown_ = id; has_unknown = true; }
    else if (piece == "[CLS]") { out.begin_ = id; has_begin = true; }
    else if (piece == "[SEP]") { out.end_ = id; has_end = true; }
    const bool goes_on = piece.size() > 2 && piece.starts_with("##");
    const std::string_view letters = goes_on ? piece.substr(2) : piece;
    out.longest_ = std::max(out.longest_, letters.size());
    const size_t slot = out.slot_of(letters, goes_on);
    if (out.slots_[slot] != empty) return refuse("a piece stands in it twice");
    out.slots_[slot] = id;
    out.pieces_.push_back({static_cast<uint32_t>(begin + piece.size() - letters.size()), static_cast<uint32_t>(letters.size()), goes_on});
  }
  if (!has_unknown || !has_begin || !has_end) return refuse("[UNK], [CLS] or [SEP] is missing");
  return out;
}

size_t WordPiece::slot_of(std::string_view letters, bool goes_on) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = (std::hash<std::string_view>{}(letters) + goes_on) & mask;
  while (slots_[slot] != empty && (pieces_[slots_[slot]].goes_on != goes_on || letters_of(slots_[slot]) != letters)) slot = (slot + 1) & mask;
  return slot;
}

void WordPiece::split_word(const std::vector<Character>& word, std::vector<Piece>& out) const {
  if (word.empty()) return;
  const Piece whole{unknown_, word.front().begin, word.back().end};
  if (word.size() > max_word) { out.push_back(whole); return; }
  std::string text;
  std::vector<uint32_t> at;  // byte in `text` where each character begins
  for (const Character& c : word) {
    at.push_back(static_cast<uint32_t>(text.size()));
    append_code_point(text, c.code);
  }
  at.push_back(static_cast<uint32_t>(text.size()));
  const size_t before = out.size();
  for (size_t from = 0; from < word.size();) {
    size_t to = word.size();
    for (; to > from; --to) {
      const size_t bytes = at[to] - at[from];
      if (bytes > longest_) continue;
      const uint32_t found = slots_[slot_of(std::string_view(text).substr(at[from], bytes), from > 0)];
      if (found == empty) continue;
      out.push_back({found, word[from].begin, word[to - 1].end});
      break;
    }
    if (to == from) {  // no piece fits: the whole word is unknown
      out.resize(before);
      out.push_back(whole);
      return;
    }
    from = to;
  }
}

std::vector<Piece> WordPiece::split(std::string_view text) const {
  std::vector<Piece> out;
  std::vector<Character> word;
  const auto flush = [&] {
    split_word(word, out);
    word.clear();
  };
  const auto take = [&](char32_t c, uint32_t begin, uint32_t end) {
    if (is_ascii_punctuation(c) || (c >= 0x80 && is_known_punctuation(c))) {
      flush();
      word.push_back({c, begin, end});
      flush();
    } else {
      word.push_back({c, begin, end});
    }
  };
  for (size_t at = 0; at < text.size();) {
    const uint32_t begin = static_cast<uint32_t>(at);
    const char32_t c = next_code_point(text, at);
    const uint32_t end = static_cast<uint32_t>(at);
    if (c < 0x80) {
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') flush();
      else if (c >= 0x20 && c != 0x7F) take(c >= 'A' && c <= 'Z' ? c + 32 : c, begin, end);
      continue;
    }
    if (is_dropped(c)) continue;
    if (is_space(c)) { flush(); continue; }
    const bool han = is_han(c);
    if (han) flush();
    const std::string parts = to_nfd(text.substr(begin, end - begin));
    for (size_t i = 0; i < parts.size();) {
      const char32_t part = next_code_point(parts, i);
      if (is_known_nonspacing(part)) continue;
      std::string lower;
      append_code_point(lower, part);
      lower = to_lower(lower);
      for (size_t j = 0; j < lower.size();) take(next_code_point(lower, j), begin, end);
    }
    if (han) flush();
  }
  flush();
  return out;
}

}  // namespace sayso
