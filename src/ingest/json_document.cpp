#include "ingest/json_document.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "ingest/content.h"
#include "ingest/feed.h"
#include "ingest/ninjs.h"
#include "page/dates.h"

namespace sayso {
namespace {

// Tags that an article in a field "text" would not hold as words: a closed one, or a paragraph or line break.
bool is_html(std::string_view text) {
  if (text.find('<') == std::string_view::npos) return false;
  for (const std::string_view tag : {"</p>", "<p>", "<br>", "<br/>", "<br />", "</div>", "</a>", "</li>", "</h1>", "</h2>", "</strong>", "</em>",
                                     "</blockquote>", "</html>"})
    if (text.find(tag) != std::string_view::npos) return true;
  return false;
}

class ObjectReader {
 public:
  ObjectReader(const JsonTree& tree, uint32_t object, const IngestOptions& options) : tree_(tree), object_(object), options_(options) {
    for (const uint32_t id : tree.children(object)) members_[tree.nodes[id].key] = id;
  }

  Draft read() {
    Draft draft;
    draft.media_type = "application/json";
    const FieldNames& fields = options_.fields;
    Metadata& metadata = draft.metadata;
    const Content title = collapse(without_tags(line(fields.title), options_.limits));
    metadata.title = title.text;
    add_block(draft, BlockKind::headline, title);
    const size_t before = draft.article.blocks.size();
    bool found = false;
    if (const uint32_t html = field(fields.html, [&](uint32_t id) { return is_string(id); }); html != no_json) {
      found = true;
      add_html(draft, tree_.content(html), options_.limits);
    }
    if (draft.article.blocks.size() == before)
      if (const uint32_t text = field(fields.text, [&](uint32_t id) { return is_string(id) || is_strings(id); }); text != no_json) {
        found = true;
        for (const uint32_t part : is_string(text) ? std::vector<uint32_t>{text} : tree_.children(text)) {
          const Content content = tree_.content(part);
          if (is_html(content.text)) add_html(draft, content, options_.limits);
          else add_text(draft, content);
        }
      }
    metadata.published = date(fields.published);
    metadata.modified = date(fields.modified);
    metadata.canonical = line(fields.address).text;
    metadata.language = line(fields.language).text;
    if (const std::vector<std::string> publisher = names(fields.publisher); !publisher.empty()) metadata.publisher = publisher[0];
    metadata.authors = names(fields.authors);
    if (const std::string id = line(fields.id).text; !id.empty()) draft.member = id;
    if (!found) {
      std::string list;
      for (const std::string& name : fields.text) list += (list.empty() ? "“" : "”, “") + name;
      draft.error = Error{ErrorKind::bad_input, "the JSON object has no text: none of " + list + "”",
                          "byte " + std::to_string(tree_.nodes[object_].begin), "Say which field holds it: --field text=NAME."};
    }
    std::unordered_set<std::string_view> written;
    for (const uint32_t id : tree_.children(object_)) {
      const std::string_view key = tree_.nodes[id].key;
      if (!taken_.contains(key) && written.insert(key).second) draft.extra.emplace_back(std::string(key), std::string(tree_.written(members_[key])));
    }
    return draft;
  }

 private:
  bool is_string(uint32_t id) const { return tree_.nodes[id].kind == JsonKind::string && tree_.nodes[id].end - tree_.nodes[id].begin > 2; }
  bool is_strings(uint32_t id) const {
    const std::vector<uint32_t> parts = tree_.nodes[id].kind == JsonKind::array ? tree_.children(id) : std::vector<uint32_t>();
    return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](uint32_t part) { return tree_.nodes[part].kind == JsonKind::string; });
  }

  // The first of these fields that holds what is wanted. “article.body” is a member of that name, or “body” of the object “article”.
  template <class Wanted>
  uint32_t field(const std::vector<std::string>& names, Wanted wanted) {
    for (const std::string_view name : names) {
      std::string_view top = name;
      uint32_t id = no_json;
      if (const auto found = members_.find(name); found != members_.end()) {
        id = found->second;
      } else if (const size_t dot = name.find('.'); dot != std::string_view::npos) {
        top = name.substr(0, dot);
        if (const auto outer = members_.find(top); outer != members_.end()) id = outer->second;
        for (size_t at = dot; id != no_json && at != std::string_view::npos;) {
          const size_t next = name.find('.', at + 1);
          id = tree_.find(id, name.substr(at + 1, next == std::string_view::npos ? next : next - at - 1));
          at = next;
        }
      }
      if (id == no_json || !wanted(id)) continue;
      if (top == name) taken_.insert(tree_.nodes[id].key);  // an object of which a part was taken stays in `extra`
      return id;
    }
    return no_json;
  }

  Content line(const std::vector<std::string>& fields) {
    const uint32_t id = field(fields, [&](uint32_t value) { return is_string(value) || tree_.nodes[value].kind == JsonKind::number; });
    return id == no_json ? Content() : collapse(tree_.content(id));
  }

  std::string date(const std::vector<std::string>& fields) {
    std::string read;
    field(fields, [&](uint32_t id) { return !(read = read_date(tree_.content(id).text)).empty(); });
    return read;
  }

  // Of a string, an object with a name, or a list of these.
  std::vector<std::string> names(const std::vector<std::string>& fields) {
    std::vector<std::string> all;
    const auto take = [&](uint32_t id) {
      std::string name = is_string(id) ? collapse(tree_.content(id)).text : tree_.words(id, "name");
      if (name.starts_with("By ")) name.erase(0, 3);
      if (!name.empty()) all.push_back(std::move(name));
    };
    field(fields, [&](uint32_t id) {
      if (tree_.nodes[id].kind == JsonKind::array)
        for (const uint32_t part : tree_.children(id)) take(part);
      else take(id);
      return !all.empty();
    });
    return all;
  }

  const JsonTree& tree_;
  uint32_t object_;
  const IngestOptions& options_;
  std::unordered_map<std::string_view, uint32_t> members_;
  std::unordered_set<std::string_view> taken_;
};

}  // namespace

std::vector<Draft> read_json_documents(std::string_view bytes, const IngestOptions& options) {
  const auto refused = [](Error error) {
    Draft draft;
    draft.media_type = "application/json";
    draft.error = std::move(error);
    return draft;
  };
  const Result<JsonTree> parsed = parse_json(bytes, options.limits);
  if (!parsed.ok()) return {refused(parsed.error())};
  const JsonTree& tree = *parsed;
  if (is_json_feed(tree)) return read_json_feed(tree, options);
  std::vector<Draft> drafts;
  const auto read = [&](uint32_t id) {
    if (tree.nodes[id].kind != JsonKind::object)
      drafts.push_back(refused({ErrorKind::bad_input, "the JSON holds no object with a text", "byte " + std::to_string(tree.nodes[id].begin),
                                "A document is an object, or a list of objects."}));
    else if (is_ninjs(tree, id))
      read_ninjs(tree, id, options, drafts);
    else
      drafts.push_back(ObjectReader(tree, id, options).read());
  };
  if (tree.nodes[0].kind != JsonKind::array || tree.nodes.size() == 1) {
    read(0);
    return drafts;
  }
  size_t number = 0;
  for (const uint32_t id : tree.children(0)) {
    ++number;
    const size_t before = drafts.size();
    read(id);
    for (size_t i = before; i < drafts.size(); ++i)
      if (!drafts[i].member) drafts[i].member = "item " + std::to_string(number);
  }
  return drafts;
}

}  // namespace sayso
