#include "ingest/feed.h"

#include <libxml/uri.h>

#include <algorithm>

#include "base/unicode.h"
#include "ingest/content.h"
#include "page/dates.h"

namespace sayso {
namespace {

enum class Space { core, content, dublin_core, media, itunes, xhtml, feedburner, other };

// By what the address says: feeds write these addresses in many ways, and prefixes without declaring them.
Space space_of(std::string_view space) {
  const auto has = [&](std::string_view part) { return space.find(part) != std::string_view::npos; };
  if (has("modules/content") || space == "content") return Space::content;
  if (space.empty() || has("w3.org/2005/Atom") || has("purl.org/atom") || has("purl.org/rss") || has("rdf/simple") || has("backend.userland.com") ||
      has("blogs.law.harvard.edu") || has("example.com/newformat") || space == "atom" || space == "atom10" || space == "atom03" || space == "rss" ||
      has("my.netscape.com/rdf") || has("channel.netscape.com") || has("22-rdf-syntax"))
    return Space::core;
  if (has("purl.org/dc/") || space == "dc" || space == "dcterms") return Space::dublin_core;
  if (has("search.yahoo.com/mrss") || space == "media") return Space::media;
  if (has("itunes") || has("podcast")) return Space::itunes;
  if (has("1999/xhtml") || space == "xhtml") return Space::xhtml;
  if (has("feedburner")) return Space::feedburner;
  return Space::other;
}

// An address as it counts from `base`; as it stands when it is none.
std::string absolute(const std::string& address, const std::string& base) {
  if (address.empty() || base.empty() || address.size() > 4096 || base.size() > 4096 || address.find(':') < address.find_first_of("/?#"))
    return address;
  xmlChar* joined = xmlBuildURI(reinterpret_cast<const xmlChar*>(address.c_str()), reinterpret_cast<const xmlChar*>(base.c_str()));
  if (!joined) return address;
  std::string out = reinterpret_cast<const char*>(joined);
  xmlFree(joined);
  return out;
}

// “editor@example.org (Ann Lee)”, “Ann Lee <ann@example.org>”: the name.
std::string name_in(std::string author) {
  const auto trimmed = [](std::string text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == ',')) text.pop_back();
    text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
    return text;
  };
  const size_t at = author.find('@');
  if (at == std::string::npos) return author;
  if (const size_t open = author.find('('), close = author.rfind(')'); open != std::string::npos && close != std::string::npos && open < close) {
    const std::string inside = author.substr(open + 1, close - open - 1);
    if (inside.find('@') == std::string::npos) return trimmed(inside);
    return trimmed(author.substr(0, open));
  }
  if (const size_t open = author.find('<'); open != std::string::npos && open > 0) return trimmed(author.substr(0, open));
  return author;
}

// What is no letter of base64 is passed over.
std::string from_base64(std::string_view letters) {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : letters) {
    const size_t value = alphabet.find(c);
    if (value == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<uint32_t>(value);
    if ((count += 6) < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFF);
  }
  return bytes;
}

// What a feed says about all its items.
struct Channel {
  std::string title, link, language, base;
  std::vector<std::string> authors;
  std::string media_type;
};

class FeedReader {
 public:
  FeedReader(const Tree& tree, const Limits& limits) : tree_(tree), limits_(limits) {}

  std::vector<Draft> read() {
    std::vector<NodeId> items;
    for (NodeId id = 0; id < tree_.nodes.size(); ++id) {
      const Node& node = tree_[id];
      if ((node.name == "item" || node.name == "entry") && space_of(node.space) == Space::core && (id == 0 || is_container(node.parent))) {
        items.push_back(id);
        id = node.end - 1;
      }
    }
    read_channel();
    std::vector<Draft> drafts;
    drafts.reserve(items.size());  // a large feed's would stand in memory twice while they grew
    for (size_t i = 0; i < items.size(); ++i) drafts.push_back(read_item(items[i], i + 1));
    if (drafts.empty()) {
      drafts.emplace_back();
      drafts[0].media_type = channel_.media_type;
      drafts[0].error = Error{ErrorKind::bad_input, "the feed holds no items", "", "There is nothing to read in it."};
    }
    return drafts;
  }

 private:
  bool is_container(NodeId id) const {
    const std::string_view name = tree_[id].name;
    return id == 0 || name == "channel" || name == "items" || name == "rss" || name == "feed" || name == "RDF";
  }

  // The characters of a text construct, out of base64 where it says so (Atom 0.3; its octets in 1.0).
  Content characters(NodeId id) {
    Content content = text_inside(tree_, id);
    if (tree_.attribute(id, "mode") != "base64" && tree_.attribute(id, "type") != "application/octet-stream") return content;
    return {repair_utf8(from_base64(content.text)).text, {}};
  }

  // A text construct as one line.
  Content line(NodeId id) {
    Content content = characters(id);
    if (type_of(id) == Type::text) return collapse(content);
    return collapse(without_tags(std::move(content), limits_));
  }

  std::string address(NodeId id) {
    const std::string_view href = tree_.attribute(id, "href");
    return absolute(href.empty() ? words_inside(tree_, id) : collapse({std::string(href), {}}).text, base_of(id));
  }

  // xml:base of the elements around it, else the feed's own address.
  std::string base_of(NodeId id) {
    std::vector<std::string_view> bases;
    for (NodeId at = id; at != no_node; at = tree_[at].parent)
      if (const std::string_view base = tree_.attribute(at, "xml:base"); !base.empty()) bases.push_back(base);
    std::string base = channel_.link;
    for (; !bases.empty(); bases.pop_back()) base = base.empty() ? std::string(bases.back()) : absolute(std::string(bases.back()), base);
    return base;
  }

  enum class Type { text, html, xhtml, unknown };
  Type type_of(NodeId id) const {
    const std::string_view type = tree_.attribute(id, "type"), mode = tree_.attribute(id, "mode");
    if (type == "xhtml" || type == "application/xhtml+xml") return Type::xhtml;
    if (type == "html") return Type::html;
    if (type == "text/html") return mode == "xml" ? Type::xhtml : Type::html;
    // Atom's own default is text; but feeds write HTML there all the same, escaped, and without saying so.
    if (type == "text") return Type::text;
    if (type == "text/plain" && mode != "escaped") return Type::text;
    return Type::unknown;
  }

  bool has_elements(NodeId id) const {
    for (NodeId child = tree_[id].first_child; child != no_node; child = tree_[child].next_sibling)
      if (!tree_[child].is_text()) return true;
    return false;
  }

  void add_authors(NodeId id, std::vector<std::string>& authors) {
    const NodeId from = id + 1, end = tree_[id].end;
    std::string name, mail;
    for (NodeId at = from; at < end; ++at) {
      if (tree_[at].name == "name") name = words_inside(tree_, at);
      if (tree_[at].name == "email") mail = words_inside(tree_, at);
    }
    if (name.empty()) name = mail;
    if (name.empty()) name = line(id).text;
    name = name_in(name);
    if (!name.empty() && std::find(authors.begin(), authors.end(), name) == authors.end() && authors.size() < 100) authors.push_back(name);
  }

  void read_channel() {
    const std::string_view root = tree_[0].name;
    channel_.media_type = root == "feed" || root == "entry" ? "application/atom+xml" : root == "RDF" ? "application/rdf+xml" : "application/rss+xml";
    channel_.language = std::string(tree_.attribute(0, "xml:lang"));
    std::vector<NodeId> owners = {0};
    if (root != "feed")
      for (NodeId child = tree_[0].first_child; child != no_node; child = tree_[child].next_sibling)
        if (tree_[child].name == "channel") owners.push_back(child);
    if (root == "item" || root == "entry") owners.clear();
    for (const NodeId owner : owners)
      for (NodeId id = tree_[owner].first_child; id != no_node; id = tree_[id].next_sibling) {
        const Node& node = tree_[id];
        const Space space = space_of(node.space);
        if (node.name == "item" || node.name == "entry") continue;
        if (space == Space::core && node.name == "title" && channel_.title.empty()) channel_.title = line(id).text;
        if (space == Space::core && node.name == "link" && channel_.link.empty()) {
          const std::string_view rel = tree_.attribute(id, "rel");
          if (rel.empty() || rel == "alternate") channel_.link = address(id);
        }
        if (node.name == "language" && channel_.language.empty()) channel_.language = words_inside(tree_, id);
        if ((node.name == "author" || node.name == "creator") && (space == Space::core || space == Space::dublin_core || space == Space::itunes))
          add_authors(id, channel_.authors);
      }
  }

  struct Item {
    Content title, media_title;
    NodeId content = no_node, description = no_node, summary = no_node, media_description = no_node;
    std::string id, link, origin, guid_link;
    std::vector<std::string> itunes_authors;
    std::vector<NodeId> captions, credits;
  };

  Draft read_item(NodeId element, size_t number) {
    Draft draft;
    draft.media_type = channel_.media_type;
    Metadata& metadata = draft.metadata;
    Item item;
    item.link = std::string(tree_.attribute(element, "href"));  // CDF
    item.id = std::string(tree_.attribute(element, "rdf:about"));
    metadata.published = read_date(tree_.attribute(element, "lastmod"));
    metadata.language = std::string(tree_.attribute(element, "xml:lang"));
    for (NodeId id = tree_[element].first_child; id != no_node; id = tree_[id].next_sibling)
      if (!tree_[id].is_text()) read_field(id, item, draft);

    if (item.title.empty()) item.title = std::move(item.media_title);
    metadata.title = item.title.text;
    if (metadata.authors.empty()) metadata.authors = std::move(item.itunes_authors);
    if (metadata.authors.empty()) metadata.authors = channel_.authors;
    if (metadata.language.empty()) metadata.language = channel_.language;
    if (metadata.publisher.empty()) metadata.publisher = channel_.title;
    if (!item.origin.empty()) item.link = item.origin;
    metadata.canonical = !item.link.empty() ? item.link : item.guid_link;
    draft.member = !item.id.empty() ? item.id : !item.link.empty() ? item.link : "item " + std::to_string(number);

    add_block(draft, BlockKind::headline, item.title);
    const size_t before = draft.article.blocks.size();
    for (const NodeId text : {item.content, item.description, item.summary, item.media_description}) {
      if (text == no_node || draft.article.blocks.size() > before) continue;
      add_construct(draft, text);
      if (text == item.media_description) item.captions.clear();
    }
    std::vector<std::string> seen;
    for (const NodeId caption : item.captions) {
      const Content content = line(caption);
      if (std::find(seen.begin(), seen.end(), content.text) != seen.end() || seen.size() > 50) continue;
      seen.push_back(content.text);
      if (!item.title.empty() && content.text == item.title.text) continue;
      add_block(draft, BlockKind::caption, content);
    }
    for (size_t i = 0; i < item.credits.size() && i < 50; ++i) add_block(draft, BlockKind::credit, line(item.credits[i]));
    return draft;
  }

  void read_field(NodeId id, Item& item, Draft& draft) {
    const std::string_view name = tree_[id].name;
    Metadata& metadata = draft.metadata;
    const auto is = [&](std::initializer_list<std::string_view> names) { return std::find(names.begin(), names.end(), name) != names.end(); };
    const auto take = [&](NodeId& field) { if (field == no_node && tree_[id].end > id + 1) field = id; };
    const auto date = [&](std::string& field) { if (field.empty()) field = read_date(words_inside(tree_, id)); };
    switch (space_of(tree_[id].space)) {
      case Space::core:
        if (name == "title" && item.title.empty()) item.title = line(id);
        if (name == "link") read_link(id, item);
        if (name == "id" && item.id.empty()) item.id = words_inside(tree_, id);
        if (name == "guid" && item.id.empty()) {
          item.id = words_inside(tree_, id);
          if (tree_.attribute(id, "isPermaLink") != "false" && item.id.find(':') != std::string::npos) item.guid_link = item.id;
        }
        if (is({"pubDate", "published", "issued", "created"})) date(metadata.published);
        if (is({"updated", "modified", "lastBuildDate"})) date(metadata.modified);
        if (is({"content", "fullitem", "fulltext", "body"})) take(item.content);
        if (is({"description"})) take(item.description);
        if (is({"summary", "tagline", "abstract"})) take(item.summary);
        if (is({"author", "managingEditor"})) add_authors(id, metadata.authors);
        if (name == "language" && metadata.language.empty()) metadata.language = words_inside(tree_, id);
        if (name == "source" && metadata.publisher.empty()) {
          // RSS: the name of the feed it came from; Atom: that feed's metadata.
          for (NodeId inner = tree_[id].first_child; inner != no_node; inner = tree_[inner].next_sibling)
            if (tree_[inner].name == "title") metadata.publisher = line(inner).text;
          if (!has_elements(id)) metadata.publisher = line(id).text;
        }
        break;
      case Space::content:
        if (name == "encoded") item.content = id;
        break;
      case Space::xhtml:
        if (is({"body", "div"})) take(item.content);
        break;
      case Space::dublin_core:
        if (name == "title" && item.title.empty()) item.title = line(id);
        if (is({"creator", "author"})) add_authors(id, metadata.authors);
        if (is({"date", "issued", "created"})) date(metadata.published);
        if (name == "modified") date(metadata.modified);
        if (name == "description") take(item.summary);
        if (name == "language" && metadata.language.empty()) metadata.language = words_inside(tree_, id);
        if (name == "publisher" && metadata.publisher.empty()) metadata.publisher = line(id).text;
        if (name == "identifier" && item.id.empty()) item.id = words_inside(tree_, id);
        break;
      case Space::media:
        if (is({"group", "content", "thumbnail"}))
          for (NodeId inner = id + 1; inner < tree_[id].end; ++inner) read_media(inner, item);
        else
          read_media(id, item);
        break;
      case Space::itunes:
        if (name == "author") add_authors(id, item.itunes_authors);
        if (is({"summary", "subtitle"})) take(item.summary);
        break;
      case Space::feedburner:
        if (name == "origLink") item.origin = address(id);
        break;
      case Space::other:
        break;
    }
  }

  void read_media(NodeId id, Item& item) {
    if (tree_[id].is_text() || space_of(tree_[id].space) != Space::media) return;
    const std::string_view name = tree_[id].name;
    if (name == "title" && item.media_title.empty()) item.media_title = line(id);
    if (name == "description" || name == "text") {
      if (item.media_description == no_node) item.media_description = id;
      item.captions.push_back(id);
    }
    if (name == "credit") item.credits.push_back(id);
  }

  void read_link(NodeId id, Item& item) {
    const std::string_view rel = tree_.attribute(id, "rel");
    const bool html = tree_.attribute(id, "type").empty() || tree_.attribute(id, "type").find("html") != std::string_view::npos;
    if ((rel.empty() || rel == "alternate") && (item.link.empty() || (html && !tree_.attribute(id, "href").empty() && !link_is_html_))) {
      item.link = address(id);
      link_is_html_ = html;
    }
  }

  // Text, escaped HTML or XHTML.
  void add_construct(Draft& draft, NodeId id) {
    const Type type = type_of(id);
    if (type == Type::xhtml || (type == Type::unknown && has_elements(id)) || tree_[id].name == "body" || tree_[id].name == "div") {
      // What was escaped although it says it is XHTML.
      if (has_elements(id) || !looks_like_html(text_inside(tree_, id).text)) return add_markup(draft, tree_, id);
    }
    const Content content = characters(id);
    if (type == Type::html || looks_like_html(content.text)) return type == Type::text ? add_text(draft, content) : add_html(draft, content, limits_);
    add_text(draft, content);
  }

  const Tree& tree_;
  const Limits& limits_;
  Channel channel_;
  bool link_is_html_ = false;
};

}  // namespace

std::vector<Draft> read_feed(const Tree& document, const IngestOptions& options) {
  if (document.nodes.empty()) return {};
  return FeedReader(document, options.limits).read();
}

bool is_json_feed(const JsonTree& document) {
  return !document.nodes.empty() && document.nodes[0].kind == JsonKind::object && document.find(0, "items") != no_json &&
         document.words(0, "version").find("jsonfeed.org/version") != std::string::npos;
}

std::optional<std::vector<Draft>> read_json_feed(std::string_view bytes, const IngestOptions& options) {
  if (bytes.find("jsonfeed.org") == std::string_view::npos) return std::nullopt;
  const Result<JsonTree> document = parse_json(bytes, options.limits);
  if (!document.ok() || !is_json_feed(*document)) return std::nullopt;
  return read_json_feed(*document, options);
}

std::vector<Draft> read_json_feed(const JsonTree& document, const IngestOptions& options) {
  const auto authors_of = [&](uint32_t object) {
    std::vector<std::string> names;
    for (const std::string_view key : {"authors", "author"}) {
      const uint32_t value = document.find(object, key);
      if (value == no_json || !names.empty()) continue;
      for (const uint32_t author : document.nodes[value].kind == JsonKind::array ? document.children(value) : std::vector<uint32_t>{value})
        if (const std::string name = document.words(author, "name"); !name.empty()) names.push_back(name);
    }
    return names;
  };
  const std::vector<std::string> feed_authors = authors_of(0);
  const std::string title = document.words(0, "title"), language = document.words(0, "language");
  std::vector<Draft> drafts;
  const uint32_t items = document.find(0, "items");
  if (items != no_json)
    for (const uint32_t item : document.children(items)) {
      Draft draft;
      draft.media_type = "application/feed+json";
      Metadata& metadata = draft.metadata;
      metadata.title = document.words(item, "title");
      metadata.authors = authors_of(item);
      if (metadata.authors.empty()) metadata.authors = feed_authors;
      metadata.published = read_date(document.words(item, "date_published"));
      metadata.modified = read_date(document.words(item, "date_modified"));
      metadata.language = document.words(item, "language");
      if (metadata.language.empty()) metadata.language = language;
      metadata.publisher = title;
      metadata.canonical = document.words(item, "url");
      if (metadata.canonical.empty()) metadata.canonical = document.words(item, "external_url");
      draft.member = document.words(item, "id");
      if (draft.member->empty()) draft.member = metadata.canonical;
      if (draft.member->empty()) draft.member = "item " + std::to_string(drafts.size() + 1);
      const auto content = [&](std::string_view key) {
        const uint32_t value = document.find(item, key);
        return value == no_json ? Content() : document.content(value);
      };
      add_block(draft, BlockKind::headline, content("title"));
      const size_t before = draft.article.blocks.size();
      add_html(draft, content("content_html"), options.limits);
      if (draft.article.blocks.size() == before) add_text(draft, content("content_text"));
      if (draft.article.blocks.size() == before) add_text(draft, content("summary"));
      drafts.push_back(std::move(draft));
    }
  if (drafts.empty()) {
    drafts.emplace_back();
    drafts[0].media_type = "application/feed+json";
    drafts[0].error = Error{ErrorKind::bad_input, "the feed holds no items", "", "There is nothing to read in it."};
  }
  return drafts;
}

}  // namespace sayso
