// What can be said of a piece of a page without understanding its words: the numbers that the learned trees (article_trees.inc) decide by.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "page/article_pieces.h"

namespace sayso {

// Words that class, id, role and itemprop attributes are made of, by what they say of an element.
enum class Hint { article, title, comment, related, share, menu, foot, side, advert, signup, author, date, caption, tag, consent, wall, teaser, credit };
inline constexpr size_t hints = 18;

// The numbers of one piece. The first stage sees `own`; the second sees them too, and beside them what the first said of the neighbourhood.
inline constexpr size_t own_features = 100;
inline constexpr size_t context_features = 24;
using Features = std::array<float, own_features + context_features>;

struct Described {
  std::vector<Features> pieces;          // one for each piece
  std::vector<uint32_t> hinted;          // of each piece: bits of the Hints of its block and that one's parent
  size_t headline = no_headline;         // the piece that is the page's headline
  static constexpr size_t no_headline = static_cast<size_t>(-1);
};

// Fills `own` of each. `headline` as in find_article().
Described describe_pieces(const Tree& page, const std::vector<PagePiece>& pieces, const std::string& headline);

// Fills the rest from the scores of the first stage.
void describe_context(const Tree& page, const std::vector<PagePiece>& pieces, const std::vector<float>& scores, std::vector<Features>& features);

}  // namespace sayso
