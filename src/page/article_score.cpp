#include "page/article_score.h"

#include <cmath>
#include <cstdint>
#include <iterator>

namespace sayso {

namespace {

// An inner node: where to go on for numbers up to the border, and above it. Below zero: the leaf −1 − n.
struct Branch {
  uint8_t feature;
  float border;
  int16_t low, high;
};

#ifndef SAYSO_ARTICLE_TREES  // bench/quality/pages.py builds with trees that have not seen some sites
#define SAYSO_ARTICLE_TREES "page/article_trees.inc"
#endif
#include SAYSO_ARTICLE_TREES

template <size_t trees>
float decide(const Branch* branches, const float* leaves, const int16_t (&roots)[trees], const Features& features) {
  float sum = 0;
  for (const int16_t root : roots) {
    int at = root;
    while (at >= 0) at = features[branches[at].feature] <= branches[at].border ? branches[at].low : branches[at].high;
    sum += leaves[-1 - at];
  }
  return 1 / (1 + std::exp(-sum));
}

}  // namespace

std::vector<float> score_pieces(const Tree& page, const std::vector<PagePiece>& pieces, std::vector<Features>& features) {
  std::vector<float> scores(pieces.size());
  for (size_t i = 0; i < pieces.size(); ++i) scores[i] = decide(first_branches, first_leaves, first_roots, features[i]);
  describe_context(page, pieces, scores, features);
  for (size_t i = 0; i < pieces.size(); ++i) scores[i] = decide(second_branches, second_leaves, second_roots, features[i]);
  return scores;
}

}  // namespace sayso
