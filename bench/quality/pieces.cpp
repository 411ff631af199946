// sayso_pieces: WordPiece over whole texts, for tokenizer.py.
//
// usage: sayso_pieces VOCABULARY < texts > pieces
// In: for each text a 32-bit number of bytes (little-endian), then the bytes, UTF-8. Out: for each text the number of its pieces, then id,
// begin and end (in code points) of each, all 32 bits.
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <vector>

#include "base/file.h"
#include "base/unicode.h"
#include "model/tokenizer.h"

using namespace sayso;

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: sayso_pieces VOCABULARY < texts > pieces\n";
    return 2;
  }
  const auto vocabulary = read_file(argv[1], 10'000'000);
  if (!vocabulary) { std::cerr << vocabulary.error().sentence() << "\n"; return 1; }
  const auto tokenizer = WordPiece::from_vocabulary(*vocabulary);
  if (!tokenizer) { std::cerr << tokenizer.error().sentence() << "\n"; return 1; }
  std::string text;
  for (uint32_t size; std::fread(&size, sizeof size, 1, stdin) == 1;) {
    text.resize(size);
    if (std::fread(text.data(), 1, size, stdin) != size || !is_utf8(text)) { std::cerr << "a text is cut short or not UTF-8\n"; return 1; }
    const CodePointIndex index(text);
    std::vector<uint32_t> out{0};
    for (const Piece& piece : tokenizer->split(text)) {
      for (size_t value : {size_t{piece.id}, index.to_code_point(piece.begin), index.to_code_point(piece.end)})
        out.push_back(static_cast<uint32_t>(value));
      ++out[0];
    }
    if (std::fwrite(out.data(), sizeof out[0], out.size(), stdout) != out.size()) { std::cerr << "cannot write\n"; return 1; }
  }
  return 0;
}
