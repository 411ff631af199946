// What can be said of a piece of a page without understanding its words: the numbers that the learned trees (article_trees.inc) decide by.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "page/article_pieces.h"

namespace sayso {

// Words that class, id, role and itemprop attributes are made of, by what they say of an element.
enum class Hint { article, title, comment, related, share, menu, foot, side, advert, signup, author, date, caption, tag, consent, wall, teaser,
                  credit };
inline constexpr size_t hints = 18;

// The numbers of one piece. The first stage sees `own`; the second sees them too, and beside them what the first said of the neighbourhood.
inline constexpr size_t own_features = 100;
inline constexpr size_t context_features = 24;
using Features = std::array<float, own_features + context_features>;

// Makes the numbers of one piece when they are asked for: those of all pieces of a long page would take much more memory than the page.
class Describer {
 public:
  static constexpr size_t no_headline = static_cast<size_t>(-1);

  // `headline` as in find_article(). Refers to the page and its pieces.
  Describer(const Tree& page, const std::vector<PagePiece>& pieces, const std::string& headline);
  ~Describer();

  size_t headline() const { return headline_; }  // the piece that is the page's headline
  uint32_t hinted(size_t piece) const;           // bits of the Hints of its block and that one's parent
  void describe(size_t piece, Features& features) const;  // fills `own`, and zeros behind it

 private:
  struct Facts;
  const Tree& page_;
  const std::vector<PagePiece>& pieces_;
  std::unique_ptr<Facts> facts_;
  size_t headline_ = no_headline;
};

// Fills the rest from the scores of the first stage.
class Context {
 public:
  Context(const Tree& page, const std::vector<PagePiece>& pieces, const std::vector<float>& scores);
  void describe(size_t piece, Features& features) const;

 private:
  struct Weighed {
    float score = 0, size = 0;
  };
  const Tree& page_;
  const std::vector<PagePiece>& pieces_;
  const std::vector<float>& scores_;
  std::vector<Weighed> inside_;  // of each node
  std::vector<float> before_;
  float top_ = 0;
  int first_ = -1, last_ = -1;
};

}  // namespace sayso
