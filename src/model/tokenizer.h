// WordPiece as BERT's uncased models have it, with the byte span of every piece. Held against Hugging Face's tokenizers in
// bench/quality/tokenizer.py. Method: Devlin et al. 2019; greedy longest match of Wu et al. 2016.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sayso {

struct Piece {
  uint32_t id = 0;
  uint32_t begin = 0;  // bytes of the text that was split
  uint32_t end = 0;
};

class WordPiece {
 public:
  // vocabulary: one piece a line, its number is the line's, "##" before a piece that goes on; it must hold [UNK], [CLS] and [SEP].
  static Result<WordPiece> from_vocabulary(std::string_view vocabulary);

  // Pieces of `text`, in order; white space and characters that the normaliser drops have none. Linear: a word of more than 100
  // characters is one [UNK]. Thread-safe.
  std::vector<Piece> split(std::string_view text) const;

  size_t size() const { return pieces_.size(); }
  uint32_t unknown() const { return unknown_; }
  uint32_t begin_mark() const { return begin_; }
  uint32_t end_mark() const { return end_; }

 private:
  // One character of the normalised text and the bytes it came from.
  struct Character {
    char32_t code;
    uint32_t begin, end;
  };
  void split_word(const std::vector<Character>& word, std::vector<Piece>& out) const;

  // Where the letters of a piece stand in vocabulary_.
  struct Letters {
    uint32_t begin, size;
    bool goes_on;
  };
  std::string_view letters_of(uint32_t id) const { return std::string_view(vocabulary_).substr(pieces_[id].begin, pieces_[id].size); }
  // The slot of slots_ that holds the piece with these letters, or the empty one where it belongs.
  size_t slot_of(std::string_view letters, bool goes_on) const;

  static constexpr uint32_t empty = UINT32_MAX;
  std::string vocabulary_;
  std::vector<Letters> pieces_;   // by their numbers
  std::vector<uint32_t> slots_;   // numbers of pieces by their letters: a power of two, at least half of them empty, so a search is short
  size_t longest_ = 0;  // bytes of the longest piece
  uint32_t unknown_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace sayso
