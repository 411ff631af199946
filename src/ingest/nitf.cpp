#include "ingest/nitf.h"

#include <algorithm>

#include "ingest/content.h"

namespace sayso {
namespace {

// NITF's names for what HTML has other names for. "" leaves out what is no text of the article.
std::string_view html_name(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"block", "div"}, {"bq", "blockquote"}, {"hl1", "h1"}, {"hl2", "h2"}, {"media", "figure"}, {"media-caption", "figcaption"},
      {"media-producer", "figcaption"}, {"media-object", ""}, {"media-metadata", ""}, {"media-reference", ""}, {"nitf-table", "div"},
      {"nitf-table-metadata", ""}, {"note", "div"}, {"body.content", "div"}, {"content", "div"}, {"datasource", "p"}, {"credit", "p"}};
  for (const auto& [from, to] : names)
    if (name == from) return to;
  return name;
}

// “By Ann Lee” → “Ann Lee”
std::string without_by(std::string name) {
  if (name.size() > 3 && (name.starts_with("By ") || name.starts_with("BY ") || name.starts_with("by "))) name.erase(0, 3);
  return name;
}

}  // namespace

void add_nitf(Draft& draft, const Tree& tree, NodeId nitf) {
  Metadata& metadata = draft.metadata;
  NodeId body = no_node, title = no_node;
  std::vector<NodeId> headlines, bylines, datelines, contents, credits, abstracts;
  const NodeId end = tree[nitf].end;
  if (metadata.language.empty()) metadata.language = std::string(tree.attribute(nitf, "xml:lang"));
  for (NodeId id = nitf + 1; id < end; ++id) {
    const std::string_view name = tree[id].name;
    const auto date = [&](std::string& field) { if (field.empty()) field = read_agency_date(tree.attribute(id, "norm")); };
    if (name == "title" && title == no_node) title = id;
    if (name == "date.issue" || name == "date.release") date(metadata.published);
    if (name == "doc-id" && !draft.member && !tree.attribute(id, "id-string").empty()) draft.member = std::string(tree.attribute(id, "id-string"));
    if (name == "doc.copyright" && metadata.publisher.empty()) metadata.publisher = std::string(tree.attribute(id, "holder"));
    if (name == "body" && body == no_node) body = id;
    if (body == no_node) continue;
    if (name == "hl1" || name == "hl2") headlines.push_back(id);
    if (name == "byline") bylines.push_back(id);
    if (name == "dateline") datelines.push_back(id);
    if (name == "story.date") date(metadata.published);
    if (name == "abstract") abstracts.push_back(id);
    if (name == "distributor" && metadata.agency.empty()) metadata.agency = words_inside(tree, id);
    if (name == "body.content" || name == "body.end") {
      contents.push_back(id);
      id = tree[id].end - 1;
    }
  }
  bool headline = std::any_of(draft.article.blocks.begin(), draft.article.blocks.end(),
                              [](const ArticleBlock& b) { return b.kind == BlockKind::headline; });
  if (headlines.empty() && title != no_node && !headline) headlines.push_back(title);
  for (const NodeId id : headlines) {
    if (metadata.title.empty() && tree[id].name != "hl2") metadata.title = words_inside(tree, id);
    if (headline && tree[id].name != "hl2") continue;  // the envelope had it
    add_block(draft, tree[id].name == "hl2" && headline ? BlockKind::heading : BlockKind::headline, text_inside(tree, id));
    headline = true;
  }
  if (metadata.title.empty() && title != no_node) metadata.title = words_inside(tree, title);
  for (const NodeId id : bylines) {
    bool person = false;
    for (NodeId inner = id + 1; inner < tree[id].end; ++inner)
      if (tree[inner].name == "person") {
        metadata.authors.push_back(words_inside(tree, inner));
        person = true;
      }
    if (!person)
      if (std::string name = without_by(words_inside(tree, id)); !name.empty()) metadata.authors.push_back(std::move(name));
    add_block(draft, BlockKind::byline, text_inside(tree, id));
  }
  for (const NodeId id : abstracts) add_markup(draft, tree, id, html_name);
  for (const NodeId id : datelines) add_block(draft, BlockKind::paragraph, text_inside(tree, id));
  if (contents.empty() && body != no_node) contents.push_back(body);
  for (const NodeId id : contents) {
    if (tree[id].name != "body.end") {
      add_markup(draft, tree, id, html_name);
      continue;
    }
    for (NodeId inner = tree[id].first_child; inner != no_node; inner = tree[inner].next_sibling)
      if (tree[inner].name == "tagline" || tree[inner].name == "bibliography") add_block(draft, BlockKind::credit, text_inside(tree, inner));
  }
}

Draft read_nitf(const Tree& document) {
  Draft draft;
  draft.media_type = "application/nitf+xml";
  for (NodeId id = 0; id < document.nodes.size(); ++id)
    if (document[id].name == "nitf") {
      add_nitf(draft, document, id);
      return draft;
    }
  draft.error = Error{ErrorKind::bad_input, "there is no <nitf> in the document", "", "Check that the file is what its name says."};
  return draft;
}

}  // namespace sayso
