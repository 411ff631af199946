#include "page/article_score.h"

#include <algorithm>
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

std::vector<float> score_pieces(const Tree& page, const std::vector<PagePiece>& pieces, const Describer& describer) {
  // 16 MB of numbers are kept from the first stage to the second; of a page with more pieces than any real one the others are made twice.
  constexpr size_t most_kept = 32'768;
  std::vector<Features> kept(std::min(pieces.size(), most_kept));
  Features made;
  std::vector<float> first(pieces.size()), second(pieces.size());
  for (size_t i = 0; i < pieces.size(); ++i) {
    Features& features = i < kept.size() ? kept[i] : made;
    describer.describe(i, features);
    first[i] = decide(first_branches, first_leaves, first_roots, features);
  }
  const Context context(page, pieces, first);
  for (size_t i = 0; i < pieces.size(); ++i) {
    Features& features = i < kept.size() ? kept[i] : made;
    if (i >= kept.size()) describer.describe(i, features);
    context.describe(i, features);
    second[i] = decide(second_branches, second_leaves, second_roots, features);
  }
  return second;
}

}  // namespace sayso
