// How likely each piece of a page is its article's.
#pragma once

#include <vector>

#include "page/article_features.h"

namespace sayso {

// A piece above this is in. Best of .30 to .60 in steps of .05 on the pages that the trees had not seen (training/pages/train.py prints all).
inline constexpr float article_threshold = 0.45f;

// … and above this one that holds a quotation and stands beside the article: by judgement, since the pages hold few of them; at 0 … .1 F on the
// pages five-fold stays within .002.
inline constexpr float quotation_threshold = 0.05f;

// 0…1 for each piece, by both stages of trees.
std::vector<float> score_pieces(const Tree& page, const std::vector<PagePiece>& pieces, const Describer& describer);

}  // namespace sayso
