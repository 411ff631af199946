#include "ingest/content.h"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

#include "base/unicode.h"
#include "markup/html.h"
#include "page/dates.h"

namespace sayso {
namespace {

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Adds [raw, raw + size) for the `size` bytes at `begin`, joined to the run before where it goes on.
void add_run(std::vector<RawRun>& runs, size_t begin, size_t size, size_t raw) {
  if (size == 0) return;
  if (!runs.empty() && runs.back().begin + runs.back().size == begin && runs.back().raw + runs.back().size == raw) {
    runs.back().size += static_cast<uint32_t>(size);
    return;
  }
  runs.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(size), static_cast<uint32_t>(raw)});
}

// The runs of `outer` that say where its bytes [begin, end) stood, moved so that `begin` is at `to`.
void add_runs(std::vector<RawRun>& runs, const std::vector<RawRun>& outer, size_t begin, size_t end, size_t to) {
  auto run = std::partition_point(outer.begin(), outer.end(), [&](const RawRun& r) { return size_t{r.begin} + r.size <= begin; });
  for (; run != outer.end() && run->begin < end; ++run) {
    const size_t from = std::max<size_t>(run->begin, begin), until = std::min<size_t>(size_t{run->begin} + run->size, end);
    add_run(runs, to + from - begin, until - from, run->raw + from - run->begin);
  }
}

// `runs` point into a text whose own places are `outer`: afterwards they point into the input.
std::vector<RawRun> through(const std::vector<RawRun>& runs, const std::vector<RawRun>& outer) {
  std::vector<RawRun> all;
  for (const RawRun& run : runs) add_runs(all, outer, run.raw, size_t{run.raw} + run.size, run.begin);
  return all;
}

}  // namespace

void Content::append(const Content& piece, size_t begin, size_t end) {
  add_runs(raw, piece.raw, begin, end, text.size());
  text.append(piece.text, begin, end - begin);
}

void Content::append(std::string_view copy, uint32_t at) {
  add_run(raw, text.size(), copy.size(), at);
  text += copy;
}

void Content::append(std::string_view words) { text += words; }

Content text_inside(const Tree& tree, NodeId element) {
  Content content;
  if (element >= tree.nodes.size()) return content;
  for (NodeId id = element; id < tree[element].end; ++id) {
    const Node& node = tree[id];
    if (!node.is_text()) {
      if (node.name == "script" || node.name == "style") id = node.end - 1;
    } else if (tree.is_copy(node)) {
      content.append(node.text, node.raw_begin);
    } else {
      content.append(node.text);
    }
  }
  return content;
}

Content collapse(const Content& content) {
  Content out;
  const std::string& text = content.text;
  size_t at = 0;
  while (at < text.size() && is_white(text[at])) ++at;
  while (at < text.size()) {
    size_t end = at;
    while (end < text.size() && !(is_white(text[end]) && (text[end] != ' ' || end + 1 == text.size() || is_white(text[end + 1])))) ++end;
    out.append(content, at, end);
    at = end;
    while (at < text.size() && is_white(text[at])) ++at;
    if (at < text.size()) out.append(" ");
  }
  return out;
}

std::string words_inside(const Tree& tree, NodeId element) { return collapse(text_inside(tree, element)).text; }

bool looks_like_html(std::string_view text) {
  for (size_t at = text.find_first_of("<&"); at != std::string_view::npos; at = text.find_first_of("<&", at + 1)) {
    size_t i = at + 1;
    if (text[at] == '<') {
      if (i < text.size() && (text[i] == '/' || text[i] == '!')) ++i;
      size_t letters = i;
      while (letters < text.size() && (is_letter(text[letters]) || (text[letters] >= '0' && text[letters] <= '9')) && letters - i < 12) ++letters;
      if (letters > i && letters < text.size() && is_letter(text[i]) && (text[letters] == '>' || text[letters] == '/' || is_white(text[letters])) &&
          text.substr(letters, 500).find('>') != std::string_view::npos)
        return true;
      if (text.substr(at, 4) == "<!--") return true;
    } else {
      if (i < text.size() && text[i] == '#') ++i;
      size_t letters = i;
      while (letters < text.size() && letters - i < 32 && std::isalnum(static_cast<unsigned char>(text[letters]))) ++letters;
      if (letters > i + 1 && letters < text.size() && text[letters] == ';') return true;
    }
  }
  return false;
}

Content without_tags(Content line, const Limits& limits) {
  if (!looks_like_html(line.text)) return line;
  const Result<Tree> tree = parse_html(line.text, limits);
  if (!tree.ok() || tree->nodes.empty()) return line;
  Content text = text_inside(*tree, 0);
  text.raw = through(text.raw, line.raw);
  return text;
}

void add_block(Draft& draft, BlockKind kind, const Content& content) {
  Content line = collapse(content);
  if (!line.empty()) draft.article.blocks.push_back({kind, std::move(line.text), std::move(line.raw)});
}

void add_text(Draft& draft, const Content& content, BlockKind kind) {
  const std::string& text = content.text;
  Content block;
  const auto finish = [&] {
    if (!block.empty()) draft.article.blocks.push_back({kind, std::move(block.text), std::move(block.raw)});
    block = {};
  };
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find_first_of("\n\f\r", at), text.size());
    size_t next = end;
    if (next < text.size()) next += text[next] == '\r' && next + 1 < text.size() && text[next + 1] == '\n' ? 2 : 1;
    const bool page = end < text.size() && text[end] == '\f';
    while (end > at && is_white(text[end - 1])) --end;
    if (end == at) {
      finish();
    } else {
      if (!block.empty()) block.append("\n");
      block.append(content, at, end);
    }
    if (page) finish();
    at = next;
  }
  finish();
}

void add_html(Draft& draft, const Content& html, const Limits& limits) {
  if (html.empty()) return;
  const Result<Tree> tree = parse_html(html.text, limits);
  if (!tree.ok()) {
    draft.metadata.warnings.push_back(tree.error().what);
    return add_text(draft, html);  // better with its tags than lost
  }
  for (const std::string& warning : tree->warnings) draft.metadata.warnings.push_back(warning);
  for (ArticleBlock& block : render_blocks(*tree).blocks) {
    block.raw = through(block.raw, html.raw);
    draft.article.blocks.push_back(std::move(block));
  }
}

void add_markup(Draft& draft, const Tree& tree, NodeId element, std::string_view (*rename)(std::string_view name)) {
  if (element >= tree.nodes.size()) return;
  // The part of the tree as one of HTML, in a body of its own. Its views look into `tree`, which outlives it.
  Tree part;
  part.document = tree.document;
  Node root = tree[element];
  root.name = "body";
  root.space = {};
  root.parent = root.next_sibling = root.first_child = no_node;
  root.attributes = 0;
  part.nodes.push_back(root);
  std::vector<std::pair<NodeId, NodeId>> open = {{0, tree[element].end}};  // where it is in `part`, where it ends in `tree`
  std::vector<NodeId> last = {no_node};
  const auto close = [&] {
    part.nodes[open.back().first].end = static_cast<NodeId>(part.nodes.size());
    open.pop_back();
    last.pop_back();
  };
  for (NodeId id = element + 1; id < tree[element].end; ++id) {
    while (open.size() > 1 && open.back().second <= id) close();
    Node node = tree[id];
    if (!node.is_text()) {
      if (rename) node.name = rename(node.name);
      if (node.name.empty()) {
        id = tree[id].end - 1;
        continue;
      }
      node.space = {};
      const auto first = tree.attributes.begin() + node.first_attribute;
      node.first_attribute = static_cast<uint32_t>(part.attributes.size());
      part.attributes.insert(part.attributes.end(), first, first + node.attributes);
    }
    const NodeId own = static_cast<NodeId>(part.nodes.size());
    node.parent = open.back().first;
    node.first_child = node.next_sibling = no_node;
    node.end = own + 1;
    (last.back() == no_node ? part.nodes[node.parent].first_child : part.nodes[last.back()].next_sibling) = own;
    last.back() = own;
    part.nodes.push_back(node);
    if (!node.is_text()) {
      open.emplace_back(own, tree[id].end);
      last.push_back(no_node);
    }
  }
  while (!open.empty()) close();
  for (ArticleBlock& block : render_blocks(part).blocks) draft.article.blocks.push_back(std::move(block));
}

std::string read_agency_date(std::string_view text) {
  while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
  const auto digits = [&](size_t at, size_t count) {
    for (size_t i = at; i < at + count; ++i)
      if (i >= text.size() || text[i] < '0' || text[i] > '9') return false;
    return true;
  };
  if (text.size() < 15 || text.size() > 20 || !digits(0, 8) || text[8] != 'T' || !digits(9, 6)) return read_date(text);
  std::string loose(text.substr(0, 4));
  loose.append("-").append(text.substr(4, 2)).append("-").append(text.substr(6, 2)).append("T").append(text.substr(9, 2)).append(":");
  loose.append(text.substr(11, 2)).append(":").append(text.substr(13, 2));
  const std::string_view zone = text.substr(15);
  if (zone.size() == 5 && digits(16, 4)) loose.append(zone.substr(0, 3)).append(":").append(zone.substr(3));
  else loose.append(zone);
  return read_date(loose);
}

std::string as_json(std::string_view text) {
  return nlohmann::json(std::string(text)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string as_json_object(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string out = "{";
  for (const auto& [name, value] : fields) out += (out.size() > 1 ? ", " : "") + as_json(name) + ": " + value;
  return out + "}";
}

std::string as_json_array(const std::vector<std::string>& values) {
  std::string out = "[";
  for (const std::string& value : values) out += (out.size() > 1 ? ", " : "") + value;
  return out + "]";
}

}  // namespace sayso
