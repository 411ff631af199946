// A page cut into its pieces of text: what stands between the borders of blocks. What an article is chosen from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "markup/tree.h"
#include "page/article.h"

namespace sayso {

struct PagePiece {
  NodeId element = 0;       // the innermost block element that it stands in
  std::string text;         // as ArticleBlock::text
  std::vector<RawRun> raw;  // as ArticleBlock::raw
  uint32_t link_bytes = 0;  // of the text, how many stand in links
  uint32_t links = 0;
  uint32_t strong_bytes = 0;  // … and how many in <b>, <strong>, <em>, <i>
};

// Pieces in document order; none is empty. Scripts, forms' controls, drawings and the head are not text.
std::vector<PagePiece> cut_pieces(const Tree& page);

// Elements that begin and end a block.
bool is_block_element(std::string_view name);

}  // namespace sayso
