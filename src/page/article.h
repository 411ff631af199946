// A page's article: what a reader of the page came for, in order, as typed blocks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "markup/tree.h"

namespace sayso {

enum class BlockKind { headline, paragraph, heading, list, quote_block, caption, embed, byline, credit, table, preformatted };

// text[begin, begin + size) is the copy of size bytes at raw in what was parsed (Tree: raw_begin).
struct RawRun {
  uint32_t begin = 0, size = 0, raw = 0;
};

struct ArticleBlock {
  BlockKind kind = BlockKind::paragraph;
  std::string text;           // one line unless preformatted or list or <br>; white space collapsed as a browser does; never normalised otherwise
  std::vector<RawRun> raw;    // ascending; what is in none was not in the page as such (white space, resolved entities)
};

struct Article {
  std::vector<ArticleBlock> blocks;  // empty: the page has no text that could be an article
};

// Finds the article: by text and link density, structure, siblings and metadata, with learned weights (tools that learned them:
// training/pages/). `headline`, if not empty, is the page's title by its metadata and helps to find where the article begins.
Article find_article(const Tree& page, const std::string& headline);

// All text of a piece of HTML (a feed item's content, a JSON field): nothing is judged, only rendered to blocks.
Article render_blocks(const Tree& fragment);

}  // namespace sayso
