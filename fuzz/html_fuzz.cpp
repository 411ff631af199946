// Any bytes, repaired to UTF-8, as a page: the tree is well formed and in order, its texts are the page's bytes, nothing that is text is
// lost, and the blocks of its article are copies of it where they say so.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fail.h"
#include "base/unicode.h"
#include "markup/entities.h"
#include "markup/html.h"
#include "page/article.h"

namespace {

void check_tree(const sayso::Tree& tree, std::string_view page, const sayso::Limits& limits) {
  using namespace sayso;
  size_t at = 0;
  for (NodeId id = 0; id < tree.nodes.size(); ++id) {
    const Node& node = tree[id];
    if ((id == 0) != (node.parent == no_node)) fail("a node stands beside the root");
    if (id > 0 && (node.parent >= id || tree[node.parent].is_text())) fail("a node stands in no element before it");
    if (node.end <= id || node.end > tree.nodes.size() || (id > 0 && node.end > tree[node.parent].end)) fail("a node ends outside its parent");
    NodeId next = id + 1;
    for (NodeId child = node.first_child; child != no_node; child = tree[child].next_sibling) {
      if (child != next || tree[child].parent != id) fail("children are not in order");
      next = tree[child].end;
    }
    if (next != node.end) fail("a node has descendants that are nobody's children");
    if (node.raw_begin > node.raw_end || node.raw_end > page.size()) fail("a node stands outside the page");
    if (node.attributes > limits.attributes) fail("an element has too many attributes");
    if (!node.is_text()) continue;
    if (node.raw_begin < at) fail("texts are not in order");
    at = node.raw_end;
    const std::string_view raw = page.substr(node.raw_begin, node.raw_end - node.raw_begin);
    if (raw != node.text && (raw.empty() || raw[0] != '&' || resolve_references(raw) != node.text)) fail("a text is not what stands there");
    if (!is_utf8(node.text)) fail("a text is not UTF-8");
  }
}

void check_article(const sayso::Article& article, std::string_view page) {
  for (const sayso::ArticleBlock& block : article.blocks) {
    if (block.text.empty()) fail("a block is empty");
    if (!sayso::is_utf8(block.text)) fail("a block is not UTF-8");
    size_t at = 0;
    for (const sayso::RawRun& run : block.raw) {
      if (run.size == 0 || run.begin < at || run.begin + run.size > block.text.size()) fail("runs are not in order");
      if (run.raw + run.size > page.size() || page.substr(run.raw, run.size) != std::string_view(block.text).substr(run.begin, run.size))
        fail("a run is not what stands in the page");
      at = run.begin + run.size;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sayso;
  if (size == 0) return 0;
  Limits limits;
  if (data[0] & 1) limits.depth = 3 + (data[0] >> 4);
  if (data[0] & 2) limits.attributes = 1 + (data[0] >> 4);
  if (data[0] & 4) limits.nodes = 8 + (data[0] >> 2);
  const std::string page = repair_utf8(std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1)).text;
  const Result<Tree> tree = parse_html(page, limits);
  if (!tree.ok()) {
    if (tree.error().kind != ErrorKind::bad_input) fail(tree.error().sentence());
    return 0;
  }
  check_tree(*tree, page, limits);
  check_article(find_article(*tree, ""), page);
  check_article(render_blocks(*tree), page);
  return 0;
}
