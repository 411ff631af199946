#include "page/article.h"

#include <algorithm>
#include <cmath>

#include "page/article_features.h"
#include "page/article_pieces.h"
#include "page/article_score.h"

namespace sayso {

namespace {

bool has(uint32_t hinted, Hint hint) { return ((hinted >> static_cast<uint32_t>(hint)) & 1) != 0; }

// Bits of the elements around a piece that its kind depends on.
struct Around {
  NodeId list_item = no_node, list = no_node, row = no_node, table = no_node, quote = no_node;
  bool caption = false, embed = false, preformatted = false;
};

Around look_around(const Tree& page, NodeId element) {
  Around around;
  for (NodeId up = element; up != no_node; up = page[up].parent) {
    const std::string_view name = page[up].name;
    if (name == "li" || name == "dd" || name == "dt") {
      if (around.list_item == no_node) around.list_item = up;
    } else if (name == "ul" || name == "ol" || name == "dl") {
      if (around.list == no_node) around.list = up;
    } else if (name == "tr") {
      if (around.row == no_node) around.row = up;
    } else if (name == "table") {
      if (around.table == no_node) around.table = up;
    } else if (name == "blockquote") {
      around.quote = up;
      const std::string_view style = page.attribute(up, "class");
      for (const std::string_view embed : {"twitter-", "instagram-", "tiktok-", "reddit-", "bluesky-", "mastodon-", "fb-", "threads", "telegram"})
        if (style.find(embed) != std::string_view::npos) around.embed = true;
    } else if (name == "figcaption" || name == "caption") {
      around.caption = true;
    } else if (name == "pre") {
      around.preformatted = true;
    }
  }
  return around;
}

BlockKind kind_of(const Tree& page, const PagePiece& piece, const Around& around, uint32_t hinted) {
  const std::string_view name = page[piece.element].name;
  const bool is_heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
  if (around.embed) return BlockKind::embed;
  if (around.preformatted) return BlockKind::preformatted;
  if (is_heading) return BlockKind::heading;
  if (around.caption || (has(hinted, Hint::caption) && piece.text.size() < 400 && name != "p")) {
    return has(hinted, Hint::credit) && piece.text.size() < 120 ? BlockKind::credit : BlockKind::caption;
  }
  if (piece.text.size() < 120 && has(hinted, Hint::credit)) return BlockKind::credit;
  if (piece.text.size() < 120 && has(hinted, Hint::author)) return BlockKind::byline;
  if (around.quote != no_node) return BlockKind::quote_block;
  if (around.list_item != no_node) return BlockKind::list;
  if (around.table != no_node && (name == "td" || name == "th")) return BlockKind::table;
  return BlockKind::paragraph;
}

void append(ArticleBlock& block, std::string_view between, const PagePiece& piece) {
  block.text += between;
  const auto shift = static_cast<uint32_t>(block.text.size());
  for (const RawRun& run : piece.raw) block.raw.push_back({run.begin + shift, run.size, run.raw});
  block.text += piece.text;
}

// Pieces in order, as blocks: a list and a table become one each, their items and rows a line.
Article join(const Tree& page, std::vector<PagePiece> pieces, const std::vector<char>& chosen, const std::vector<uint32_t>& hinted, size_t headline) {
  Article article;
  article.blocks.reserve(static_cast<size_t>(std::count(chosen.begin(), chosen.end(), 1)) + 1);
  Around before;
  size_t last = pieces.size();
  if (headline < pieces.size()) {
    article.blocks.push_back({BlockKind::headline, std::move(pieces[headline].text), std::move(pieces[headline].raw)});
  }
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (!chosen[i] || i == headline) continue;
    const Around around = look_around(page, pieces[i].element);
    const BlockKind kind = kind_of(page, pieces[i], around, hinted.empty() ? 0 : hinted[i]);
    ArticleBlock* open = last == pieces.size() || article.blocks.empty() || article.blocks.back().kind != kind ? nullptr : &article.blocks.back();
    if (open != nullptr && kind == BlockKind::list && around.list != no_node && around.list == before.list) {
      append(*open, "\n", pieces[i]);
    } else if (open != nullptr && kind == BlockKind::table && around.table == before.table) {
      append(*open, around.row == before.row ? "\t" : "\n", pieces[i]);
    } else {
      article.blocks.push_back({kind, std::move(pieces[i].text), std::move(pieces[i].raw)});
    }
    before = around;
    last = i;
  }
  return article;
}

bool holds_quotation(std::string_view text) {
  for (const std::string_view mark : {"“", "”", "„", "«", "»", "\""})
    if (text.find(mark) != std::string_view::npos) return true;
  return false;
}

// Do two elements stand in one element at most three levels up?
bool are_near(const Tree& page, NodeId a, NodeId b) {
  NodeId up = a;
  for (int level = 0; level < 3 && page[up].parent != no_node; ++level) {
    up = page[up].parent;
    if (page[up].name == "body" || page[up].name == "html") return level <= 1;
    if (up < b && b < page[up].end) return true;
  }
  return false;
}

// A short line of the article's end looks like any short line, and where it holds a quotation it is what the article is read for: beside
// a chosen piece, near it in the page and no link, a piece with quotation marks comes along unless its score says plainly that it is none.
void keep_quotations(const Tree& page, const std::vector<PagePiece>& pieces, const std::vector<float>& scores, std::vector<char>& chosen) {
  const auto comes_along = [&](size_t i, size_t beside) {
    return !chosen[i] && chosen[beside] && scores[i] > quotation_threshold && holds_quotation(pieces[i].text) &&
           2 * pieces[i].link_bytes <= pieces[i].text.size() && are_near(page, pieces[beside].element, pieces[i].element);
  };
  for (size_t i = 1; i < pieces.size(); ++i)
    if (comes_along(i, i - 1)) chosen[i] = 1;
  for (size_t i = pieces.size(); i-- > 1;)
    if (comes_along(i - 1, i)) chosen[i - 1] = 1;
}

}  // namespace

Article find_article(const Tree& page, const std::string& headline) {
  std::vector<PagePiece> pieces = cut_pieces(page);
  std::vector<char> chosen(pieces.size(), 0);
  std::vector<uint32_t> hinted(pieces.size());
  size_t headline_piece = 0;
  {
    const Describer describer(page, pieces, headline);
    const std::vector<float> scores = score_pieces(page, pieces, describer);
    size_t best = pieces.size();
    bool any = false;
    for (size_t i = 0; i < pieces.size(); ++i) {
      chosen[i] = scores[i] > article_threshold;
      any = any || chosen[i];
      hinted[i] = describer.hinted(i);
      if (best == pieces.size() || scores[i] > scores[best]) best = i;
    }
    if (!any && best < pieces.size()) chosen[best] = 1;
    keep_quotations(page, pieces, scores, chosen);
    headline_piece = describer.headline();
  }
  return join(page, std::move(pieces), chosen, hinted, headline_piece);
}

Article render_blocks(const Tree& fragment) {
  std::vector<PagePiece> pieces = cut_pieces(fragment);
  const std::vector<char> all(pieces.size(), 1);
  const size_t none = pieces.size();
  return join(fragment, std::move(pieces), all, {}, none);
}

}  // namespace sayso
