#include "ingest/newsml.h"

#include <algorithm>
#include <charconv>

#include "ingest/content.h"
#include "ingest/nitf.h"

namespace sayso {
namespace {

class NewsmlReader {
 public:
  NewsmlReader(const Tree& tree, const Limits& limits) : tree_(tree), limits_(limits) {}

  std::vector<Draft> read() {
    std::vector<NodeId> items, packages;
    for (NodeId id = 0; id < tree_.nodes.size(); ++id) {
      const std::string_view name = tree_[id].name;
      if (name == "newsItem" || name == "NewsItem") items.push_back(id);
      else if (name == "packageItem") packages.push_back(id);
      else continue;
      id = tree_[id].end - 1;
    }
    std::vector<Draft> drafts;
    for (const NodeId id : items) {
      if (tree_[id].name == "newsItem") drafts.push_back(read_item(id));
      else read_news_item_1(id, drafts);
    }
    if (items.empty())
      for (const NodeId id : packages) drafts.push_back(read_package(id));
    if (drafts.empty()) {
      drafts.emplace_back();
      drafts[0].media_type = "application/vnd.iptc.g2.newsmessage+xml";
      drafts[0].error = Error{ErrorKind::bad_input, "the NewsML holds no news item", "", "There is nothing to read in it."};
    }
    return drafts;
  }

 private:
  template <class Use>
  void each(NodeId parent, Use use) {
    if (parent == no_node) return;
    for (NodeId id = tree_[parent].first_child; id != no_node; id = tree_[id].next_sibling)
      if (!tree_[id].is_text()) use(id, tree_[id].name);
  }

  // The words of the first child of that name.
  std::string child_words(NodeId parent, std::string_view name) {
    std::string words;
    each(parent, [&](NodeId id, std::string_view n) { if (n == name && words.empty()) words = words_inside(tree_, id); });
    return words;
  }

  // A party, action or source: its codes, its role, its name.
  std::vector<std::pair<std::string, std::string>> described(NodeId id) {
    std::vector<std::pair<std::string, std::string>> fields;
    for (const std::string_view name : {"qcode", "uri", "literal", "role", "type", "target", "timestamp"})
      if (const std::string_view value = tree_.attribute(id, name); !value.empty()) fields.emplace_back(name, as_json(value));
    if (const std::string name = name_of(id); !name.empty()) fields.emplace_back("name", as_json(name));
    return fields;
  }

  std::string name_of(NodeId id) {
    std::string name = child_words(id, "name");
    if (name.empty()) name = child_words(id, "definition");
    if (name.empty()) name = std::string(tree_.attribute(id, "literal"));
    return name;
  }

  DraftHop hop_of(NodeId party, bool origin) {
    std::string_view code = tree_.attribute(party, "qcode");
    if (code.empty()) code = tree_.attribute(party, "uri");
    return {name_of(party), std::string(code), tree_.attribute(party, "type").ends_with("person"), origin};
  }

  void add_hops(NodeId history, Draft& draft) {
    std::vector<std::pair<long, NodeId>> hops;
    each(history, [&](NodeId id, std::string_view name) {
      if (name != "hop") return;
      long number = 0;
      const std::string_view seq = tree_.attribute(id, "seq");
      std::from_chars(seq.data(), seq.data() + seq.size(), number);
      hops.emplace_back(number, id);
    });
    // Hops without a number stay in the order in which they were written.
    std::stable_sort(hops.begin(), hops.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> list;
    for (const auto& [number, hop] : hops) {
      std::vector<std::pair<std::string, std::string>> fields;
      std::vector<std::string> actions;
      if (const std::string_view time = tree_.attribute(hop, "timestamp"); !time.empty()) fields.emplace_back("timestamp", as_json(time));
      each(hop, [&](NodeId id, std::string_view name) {
        if (name == "party") fields.emplace_back("party", as_json_object(described(id))), draft.hops.push_back(hop_of(id, false));
        if (name == "action") actions.push_back(as_json_object(described(id)));
      });
      if (!actions.empty()) fields.emplace_back("actions", as_json_array(actions));
      list.push_back(as_json_object(fields));
    }
    if (!list.empty()) draft.extra.emplace_back("hop_history", as_json_array(list));
  }

  struct Lines {
    NodeId headline = no_node, by = no_node, dateline = no_node, credit = no_node;
    std::vector<NodeId> descriptions;
  };

  void read_meta(NodeId item, Draft& draft, Lines& lines) {
    Metadata& metadata = draft.metadata;
    std::vector<std::string> sources;
    std::vector<DraftHop> origins;
    std::string title;
    if (const std::string_view guid = tree_.attribute(item, "guid"); !guid.empty()) draft.member = std::string(guid);
    metadata.language = std::string(tree_.attribute(item, "xml:lang"));
    each(item, [&](NodeId part, std::string_view part_name) {
      if (part_name == "hopHistory") add_hops(part, draft);
      if (part_name != "itemMeta" && part_name != "contentMeta") return;
      each(part, [&](NodeId id, std::string_view name) {
        const auto date = [&](std::string& field) { field = read_agency_date(words_inside(tree_, id)); };
        if (name == "provider") {
          metadata.publisher = name_of(id);
          if (metadata.publisher.empty()) metadata.publisher = std::string(tree_.attribute(id, "qcode"));
        }
        if (name == "firstCreated" && metadata.published.empty()) date(metadata.published);
        if (name == "versionCreated" && metadata.modified.empty()) date(metadata.modified);
        if (name == "contentCreated") date(metadata.published);
        if (name == "contentModified") date(metadata.modified);
        if (name == "title" && title.empty()) title = words_inside(tree_, id);
        if (name == "headline" && lines.headline == no_node) lines.headline = id;
        if (name == "by" && lines.by == no_node) lines.by = id;
        if (name == "dateline" && lines.dateline == no_node) lines.dateline = id;
        if (name == "creditline" && lines.credit == no_node) lines.credit = id;
        if (name == "description") lines.descriptions.push_back(id);
        if (name == "language" && metadata.language.empty()) metadata.language = std::string(tree_.attribute(id, "tag"));
        if (name == "creator")
          if (std::string creator = name_of(id); !creator.empty()) metadata.authors.push_back(std::move(creator));
        if (name == "infoSource") sources.push_back(as_json_object(described(id))), origins.push_back(hop_of(id, true));
        if (name == "link" && tree_.attribute(id, "rel") == "irel:seeAlso" && metadata.canonical.empty())
          metadata.canonical = std::string(tree_.attribute(id, "href"));
      });
    });
    if (metadata.published.empty()) metadata.published = metadata.modified;
    if (lines.headline != no_node) metadata.title = words_inside(tree_, lines.headline);
    if (metadata.title.empty()) metadata.title = title;
    if (metadata.authors.empty() && lines.by != no_node) metadata.authors.push_back(words_inside(tree_, lines.by));
    if (lines.credit != no_node) metadata.agency = words_inside(tree_, lines.credit);
    if (!sources.empty()) draft.extra.emplace_back("info_source", as_json_array(sources));
    draft.hops.insert(draft.hops.begin(), origins.begin(), origins.end());
  }

  bool has(const Draft& draft, BlockKind kind) {
    return std::any_of(draft.article.blocks.begin(), draft.article.blocks.end(), [&](const ArticleBlock& block) { return block.kind == kind; });
  }

  Draft read_item(NodeId item) {
    Draft draft;
    draft.media_type = "application/vnd.iptc.g2.newsitem+xml";
    Lines lines;
    read_meta(item, draft, lines);
    std::vector<NodeId> contents;
    each(item, [&](NodeId part, std::string_view part_name) {
      if (part_name == "contentSet") each(part, [&](NodeId id, std::string_view) { contents.push_back(id); });
    });
    // The text first: it may bring its own headline and byline.
    Draft text;
    for (const NodeId id : contents) {
      if (!text.article.blocks.empty()) break;  // renditions of the same text
      if (tree_[id].name == "inlineXML") add_inline_xml(text, id);
      if (tree_[id].name == "inlineData") add_data(text, id, tree_.attribute(id, "contenttype"), tree_.attribute(id, "encoding"));
    }
    if (!has(text, BlockKind::headline)) {
      if (lines.headline != no_node) add_block(draft, BlockKind::headline, text_inside(tree_, lines.headline));
      else if (!draft.metadata.title.empty()) add_block(draft, BlockKind::headline, {draft.metadata.title, {}});
    }
    if (lines.by != no_node && !has(text, BlockKind::byline)) add_block(draft, BlockKind::byline, text_inside(tree_, lines.by));
    if (lines.dateline != no_node) {
      const std::string place = words_inside(tree_, lines.dateline);
      if (std::none_of(text.article.blocks.begin(), text.article.blocks.end(), [&](const ArticleBlock& b) { return b.text.starts_with(place); }))
        add_block(draft, BlockKind::paragraph, text_inside(tree_, lines.dateline));
    }
    const bool empty = text.article.blocks.empty();
    for (ArticleBlock& block : text.article.blocks) draft.article.blocks.push_back(std::move(block));
    if (empty)  // a picture, a film: what is said about it
      for (const NodeId id : lines.descriptions) add_block(draft, BlockKind::caption, text_inside(tree_, id));
    if (lines.credit != no_node) add_block(draft, BlockKind::credit, text_inside(tree_, lines.credit));
    take_rest(draft, text);
    return draft;
  }

  static void take_rest(Draft& draft, Draft& text) {
    Metadata& to = draft.metadata;
    Metadata& from = text.metadata;
    if (to.title.empty()) to.title = std::move(from.title);
    if (to.authors.empty()) to.authors = std::move(from.authors);
    if (to.published.empty()) to.published = std::move(from.published);
    if (to.language.empty()) to.language = std::move(from.language);
    if (to.publisher.empty()) to.publisher = std::move(from.publisher);
    if (to.agency.empty()) to.agency = std::move(from.agency);
    if (!draft.member) draft.member = std::move(text.member);
    to.warnings.insert(to.warnings.end(), from.warnings.begin(), from.warnings.end());
  }

  void add_inline_xml(Draft& draft, NodeId content) {
    for (NodeId id = content + 1; id < tree_[content].end; ++id) {
      if (tree_[id].name == "nitf") return add_nitf(draft, tree_, id);
      if (tree_[id].name == "body" && tree_[tree_[id].parent].name == "html") return add_markup(draft, tree_, id);
    }
    add_markup(draft, tree_, content);
  }

  void add_data(Draft& draft, NodeId id, std::string_view type, std::string_view encoding) {
    if (!encoding.empty()) {
      draft.metadata.warnings.push_back("content in the encoding “" + std::string(encoding) + "” was passed over");
      return;
    }
    const Content content = text_inside(tree_, id);
    if (type.find("html") != std::string_view::npos || (type.empty() && looks_like_html(content.text))) add_html(draft, content, limits_);
    else add_text(draft, content);
  }

  Draft read_package(NodeId item) {
    Draft draft;
    draft.media_type = "application/vnd.iptc.g2.packageitem+xml";
    Lines lines;
    read_meta(item, draft, lines);
    if (lines.headline != no_node) add_block(draft, BlockKind::headline, text_inside(tree_, lines.headline));
    for (NodeId id = item + 1; id < tree_[item].end; ++id) {
      if (tree_[id].name != "itemRef") continue;
      NodeId title = no_node;
      each(id, [&](NodeId inner, std::string_view name) { if (name == "headline" || (name == "title" && title == no_node)) title = inner; });
      if (title != no_node) add_block(draft, BlockKind::heading, text_inside(tree_, title));
      each(id, [&](NodeId inner, std::string_view name) {
        if (name == "description") add_block(draft, BlockKind::paragraph, text_inside(tree_, inner));
      });
    }
    return draft;
  }

  // NewsML 1: each component with a text is a document.
  void read_news_item_1(NodeId item, std::vector<Draft>& drafts) {
    std::string guid, published, modified;
    for (NodeId id = item + 1; id < tree_[item].end; ++id) {
      const std::string_view name = tree_[id].name;
      if (name == "PublicIdentifier" && guid.empty()) guid = words_inside(tree_, id);
      if (name == "FirstCreated" && published.empty()) published = read_agency_date(words_inside(tree_, id));
      if (name == "ThisRevisionCreated" && modified.empty()) modified = read_agency_date(words_inside(tree_, id));
    }
    const size_t before = drafts.size();
    for (NodeId id = item + 1; id < tree_[item].end; ++id) {
      if (tree_[id].name != "NewsComponent") continue;
      bool inner = false;
      NodeId lines = no_node, administrative = no_node;
      std::vector<NodeId> contents;
      each(id, [&](NodeId part, std::string_view name) {
        inner = inner || name == "NewsComponent";
        if (name == "NewsLines") lines = part;
        if (name == "AdministrativeMetadata") administrative = part;
        if (name == "ContentItem") contents.push_back(part);
      });
      if (inner && contents.empty()) continue;
      Draft draft, text;
      draft.media_type = "application/newsml+xml";
      draft.metadata.published = published;
      draft.metadata.modified = modified;
      for (const NodeId content : contents)
        for (NodeId data = content + 1; data < tree_[content].end && text.article.blocks.empty(); ++data)
          if (tree_[data].name == "DataContent") {
            bool marked_up = false;
            each(data, [&](NodeId, std::string_view) { marked_up = true; });
            if (marked_up) add_inline_xml(text, data);
            else add_data(text, data, "", "");
          }
      each(lines, [&](NodeId line, std::string_view name) {
        const Content content = text_inside(tree_, line);
        if (name == "HeadLine" && draft.metadata.title.empty()) {
          draft.metadata.title = collapse(content).text;
          if (!has(text, BlockKind::headline)) add_block(draft, BlockKind::headline, content);
        }
        if (name == "SubHeadLine") add_block(draft, BlockKind::heading, content);
        if (name == "ByLine") {
          if (const std::string by = collapse(content).text; !by.empty()) draft.metadata.authors.push_back(by);
          if (!has(text, BlockKind::byline)) add_block(draft, BlockKind::byline, content);
        }
        if (name == "DateLine") add_block(draft, BlockKind::paragraph, content);
        if (name == "CreditLine") draft.metadata.agency = collapse(content).text;
      });
      if (administrative != no_node)
        for (NodeId party = administrative + 1; party < tree_[administrative].end; ++party)
          if (tree_[party].name == "Party" && tree_[tree_[party].parent].name == "Provider" && draft.metadata.publisher.empty())
            draft.metadata.publisher = std::string(tree_.attribute(party, "FormalName"));
      for (ArticleBlock& block : text.article.blocks) draft.article.blocks.push_back(std::move(block));
      take_rest(draft, text);
      if (draft.article.blocks.empty()) continue;
      if (!guid.empty()) draft.member = guid;
      drafts.push_back(std::move(draft));
      id = tree_[id].end - 1;
    }
    if (drafts.size() > before + 1)
      for (size_t i = before; i < drafts.size(); ++i)
        drafts[i].member = (guid.empty() ? "item" : guid) + " " + std::to_string(i - before + 1);
  }

  const Tree& tree_;
  const Limits& limits_;
};

}  // namespace

std::vector<Draft> read_newsml(const Tree& document, const IngestOptions& options) { return NewsmlReader(document, options.limits).read(); }

}  // namespace sayso
