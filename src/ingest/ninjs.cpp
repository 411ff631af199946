#include "ingest/ninjs.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "ingest/content.h"
#include "page/dates.h"

namespace sayso {
namespace {

// Associations inside associations; more are left in `extra`.
constexpr int deepest_association = 4;

class NinjsReader {
 public:
  NinjsReader(const JsonTree& tree, const IngestOptions& options, std::vector<Draft>& drafts) : tree_(tree), options_(options), drafts_(drafts) {}

  void read(uint32_t object, int depth) {
    std::unordered_map<std::string_view, uint32_t> members;
    for (const uint32_t id : tree_.children(object)) members[tree_.nodes[id].key] = id;
    std::unordered_set<std::string_view> taken;
    const auto words = [&](std::string_view key) {
      const auto found = members.find(key);
      if (found == members.end() || tree_.nodes[found->second].kind != JsonKind::string) return std::string();
      taken.insert(key);
      return collapse(tree_.content(found->second)).text;
    };
    Draft draft;
    draft.media_type = "application/ninjs+json";
    Metadata& metadata = draft.metadata;
    draft.member = words("uri");
    if (draft.member->empty()) draft.member = std::nullopt;
    metadata.language = words("language");
    metadata.published = read_date(words("firstcreated"));
    metadata.modified = read_date(words("versioncreated"));
    if (metadata.published.empty()) metadata.published = metadata.modified;
    metadata.publisher = words("copyrightholder");

    // Headline: 2 and 3 have a list with roles, 1 has names.
    Content headline = value_of(members, taken, "headlines", "headline", {"main", "headline", ""});
    if (headline.empty()) headline.append(words("title"));
    headline = collapse(without_tags(std::move(headline), options_.limits));
    metadata.title = headline.text;
    add_block(draft, BlockKind::headline, headline);
    std::string by = words("byline");
    if (by.empty()) by = words("by");
    if (!by.empty()) {
      add_block(draft, BlockKind::byline, {by, {}});
      if (by.starts_with("By ")) by.erase(0, 3);
      metadata.authors.push_back(by);
    }
    add_body(members, taken, draft);
    if (const auto found = members.find("associations"); found != members.end() && depth < deepest_association) {
      taken.insert("associations");
      for (const uint32_t item : tree_.children(found->second)) add_association(item, depth, draft);
    }
    if (const std::string credit = words("creditline"); !credit.empty()) {
      metadata.agency = credit;
      add_block(draft, BlockKind::credit, {credit, {}});
    }
    for (const std::string_view key : {"infosources", "infosource"})
      if (const auto found = members.find(key); found != members.end()) {
        draft.extra.emplace_back("info_source", std::string(tree_.written(found->second)));
        taken.insert(key);
        const bool several = tree_.nodes[found->second].kind == JsonKind::array;
        for (const uint32_t source : several ? tree_.children(found->second) : std::vector<uint32_t>{found->second})
          if (tree_.nodes[source].kind == JsonKind::object)
            draft.hops.push_back({tree_.words(source, "name"), tree_.words(source, "uri"), false, true});
      }
    for (const uint32_t id : tree_.children(object)) {
      const std::string_view key = tree_.nodes[id].key;
      if (taken.contains(key)) continue;
      taken.insert(key);
      draft.extra.emplace_back(std::string(key), std::string(tree_.written(members[key])));
    }
    drafts_.push_back(std::move(draft));
    // The texts associated with it, behind it.
    const std::vector<uint32_t> texts = std::exchange(texts_, {});
    for (const uint32_t text : texts) read(text, depth + 1);
  }

 private:
  using Members = std::unordered_map<std::string_view, uint32_t>;
  using Taken = std::unordered_set<std::string_view>;

  // Of a list of {role, value}: the one whose role comes first in `roles`, else the first. Else the member of that single name.
  Content value_of(const Members& members, Taken& taken, std::string_view list, std::string_view single, const std::vector<std::string_view>& roles) {
    if (const auto found = members.find(list); found != members.end()) {
      taken.insert(list);
      uint32_t best = no_json;
      size_t best_rank = roles.size() + 1;
      for (const uint32_t item : tree_.children(found->second)) {
        const uint32_t value = tree_.find(item, "value");
        if (value == no_json) continue;
        const size_t rank = static_cast<size_t>(std::find(roles.begin(), roles.end(), tree_.words(item, "role")) - roles.begin());
        if (rank < best_rank) best = value, best_rank = rank;
      }
      if (best != no_json) return tree_.content(best);
    }
    if (const auto found = members.find(single); found != members.end() && tree_.nodes[found->second].kind == JsonKind::string) {
      taken.insert(single);
      return tree_.content(found->second);
    }
    return {};
  }

  // The body with mark-up before the one without: it knows paragraphs.
  void add_body(const Members& members, Taken& taken, Draft& draft) {
    const size_t before = draft.article.blocks.size();
    if (const auto found = members.find("bodies"); found != members.end()) {
      taken.insert("bodies");
      for (const bool html : {true, false})
        for (const uint32_t item : tree_.children(found->second)) {
          if (draft.article.blocks.size() > before) return;
          const uint32_t value = tree_.find(item, "value");
          if (value == no_json) continue;
          const Content content = tree_.content(value);
          const std::string type = tree_.words(item, "contenttype");
          const bool is_html = type.find("html") != std::string::npos || (type.find("plain") == std::string::npos && looks_like_html(content.text));
          if (is_html != html) continue;
          if (html) add_html(draft, content, options_.limits);
          else add_text(draft, content);
        }
    }
    // In 1 the name says it: body_xhtml, body_html5, body_text, … and any other body_.
    std::vector<std::pair<std::string_view, uint32_t>> bodies;
    for (const auto& [key, id] : members)
      if (key.starts_with("body_") && tree_.nodes[id].kind == JsonKind::string) bodies.emplace_back(key, id);
    std::sort(bodies.begin(), bodies.end());
    for (const bool html : {true, false})
      for (const auto& [key, id] : bodies) {
        const bool is_html = key.find("html") != std::string_view::npos;
        if (is_html != html) continue;
        taken.insert(key);
        if (draft.article.blocks.size() > before) continue;
        if (html) add_html(draft, tree_.content(id), options_.limits);
        else add_text(draft, tree_.content(id));
      }
  }

  void add_association(uint32_t item, int depth, Draft& draft) {
    if (tree_.nodes[item].kind == JsonKind::array) {  // 1 lets a name stand for several
      for (const uint32_t inner : tree_.children(item))
        if (tree_.nodes[inner].kind == JsonKind::object) add_association(inner, depth, draft);
      return;
    }
    const std::string type = tree_.words(item, "type");
    bool body = tree_.find(item, "bodies") != no_json;
    for (const uint32_t id : tree_.children(item)) body = body || tree_.nodes[id].key.starts_with("body_");
    if (body && (type.empty() || type == "text" || type == "composite")) return texts_.push_back(item);
    Members members;
    for (const uint32_t id : tree_.children(item)) members[tree_.nodes[id].key] = id;
    Taken taken;
    for (const std::string_view single : {"description_caption", "description_text", "description_html", "body_text"}) {
      const Content caption = value_of(members, taken, "descriptions", single, {"caption", "main", ""});
      if (caption.empty()) continue;
      add_block(draft, BlockKind::caption, without_tags(caption, options_.limits));
      break;
    }
  }

  const JsonTree& tree_;
  const IngestOptions& options_;
  std::vector<Draft>& drafts_;
  std::vector<uint32_t> texts_;
};

}  // namespace

bool is_ninjs(const JsonTree& document, uint32_t object) {
  if (document.nodes[object].kind != JsonKind::object) return false;
  if (const uint32_t standard = document.find(object, "standard"); standard != no_json && document.words(standard, "name") == "ninjs") return true;
  if (document.find(object, "uri") == no_json) return false;
  for (const std::string_view sign : {"versioncreated", "firstcreated", "pubstatus", "headlines", "bodies", "associations", "renditions"})
    if (document.find(object, sign) != no_json) return true;
  return false;
}

void read_ninjs(const JsonTree& document, uint32_t object, const IngestOptions& options, std::vector<Draft>& drafts) {
  NinjsReader(document, options, drafts).read(object, 0);
}

}  // namespace sayso
