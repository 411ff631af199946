#include "page/metadata.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/unicode.h"
#include "page/dates.h"
#include "page/json_ld.h"
#include "page/metadata_names.h"

namespace sayso {

namespace {

// How much of each is kept: enough for every real page, and what bounds the work on others.
constexpr size_t most_headings = 64, most_bylines = 64, most_times = 64, most_blocks = 64;
constexpr size_t longest_heading = 400, longest_block = 400;  // bytes
constexpr size_t longest_value = 4000;                        // bytes of a meta element's content
constexpr uint32_t farthest = 200;                            // nodes that one element's text is looked for in

// What the words in class and id say that an element is.
enum Hint : uint32_t {
  hint_author = 1, hint_date = 2, hint_comment = 4, hint_aside = 8, hint_kicker = 16, hint_title = 32, hint_name = 64, hint_modified = 128,
      hint_hidden = 256
};

// In one walk over the characters, since every element of the page comes here.
uint32_t hints_of(std::string_view words) {
  struct Clue {
    std::string_view rest;  // behind its first letter
    uint32_t hint;
  };
  static const auto clues = [] {
    std::vector<std::vector<Clue>> table(26);
    const auto add = [&](uint32_t hint, std::initializer_list<std::string_view> all) {
      for (const std::string_view word : all) table[word[0] - 'a'].push_back({word.substr(1), hint});
    };
    add(hint_author, {"author", "autor", "auteur", "byline", "writer", "verfasser", "journalist", "redakteur", "signature", "dateline-author"});
    add(hint_date, {"date", "datum", "publish", "posted", "fecha", "time", "veroeffentlich", "entry-meta", "post-meta", "postmeta",
        "meta-info"});
    add(hint_modified, {"updated", "modified", "aktualisiert"});
    add(hint_comment, {"comment", "kommentar", "respond", "disqus"});
    add(hint_aside, {"related", "sidebar", "teaser", "recommend", "widget", "recent", "footer", "nav", "menu", "archive-list", "similar",
        "popular", "mostread", "most-read", "breadcrumb", "promo", "cookie", "newsletter", "listing", "ticker", "card", "modal"});
    add(hint_kicker, {"kicker", "overline", "topline", "dachzeile", "spitzmarke", "roofline", "eyebrow", "pretitle", "supertitle",
        "subline", "subtitle", "subheadline", "sub-title", "strapline", "category", "oberzeile"});
    add(hint_hidden, {"hidden", "sr-only", "screen-reader", "aural", "invisible", "offscreen"});
    add(hint_title, {"title", "headline"});
    add(hint_name, {"name", "vcard", "fn"});
    return table;
  }();
  uint32_t hints = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const unsigned at = (static_cast<unsigned char>(words[i]) | 32u) - 'a';
    if (at >= 26) continue;
    for (const Clue& clue : clues[at]) {
      if (clue.rest.size() > words.size() - i - 1) continue;
      size_t same = 0;
      while (same < clue.rest.size() && (static_cast<unsigned char>(words[i + 1 +
          same]) | 32u) == (static_cast<unsigned char>(clue.rest[same]) | 32u)) ++same;
      if (same == clue.rest.size()) hints |= clue.hint;
    }
  }
  return hints;
}

// What a meta element's name or property says that its content is; the smaller trust comes first.
struct Slot {
  enum Field { title, site, author, published, modified, language, address, agency, label, data, publisher } field;
  int trust;
};

const std::unordered_map<std::string_view, Slot>& slots() {
  static const std::unordered_map<std::string_view, Slot> table = {
      {"og:title", {Slot::title, 1}}, {"twitter:title", {Slot::title, 2}}, {"twitter:text:title", {Slot::title, 0}}, {"parsely-title",
          {Slot::title, 0}}, {"sailthru.title", {Slot::title, 1}},
      {"dc.title", {Slot::title, 3}}, {"dc:title", {Slot::title, 3}}, {"dcterms.title", {Slot::title, 3}}, {"headline", {Slot::title, 1}},
          {"title", {Slot::title, 4}}, {"citation_title", {Slot::title, 0}},
      {"og:site_name", {Slot::site, 1}}, {"application-name", {Slot::site, 3}}, {"apple-mobile-web-app-title", {Slot::site, 4}},
          {"shareaholic:site_name", {Slot::site, 2}},
      {"author", {Slot::author, 3}}, {"parsely-author", {Slot::author, 1}}, {"sailthru.author", {Slot::author, 1}}, {"dc.creator",
          {Slot::author, 2}}, {"dc:creator", {Slot::author, 2}},
      {"dcterms.creator", {Slot::author, 2}}, {"article:author", {Slot::author, 3}}, {"og:article:author", {Slot::author, 2}}, {"og:author",
          {Slot::author, 3}}, {"byl", {Slot::author, 1}},
      {"cxenseparse:author", {Slot::author, 1}}, {"cse_author", {Slot::author, 1}}, {"shareaholic:article_author_name", {Slot::author, 2}},
          {"citation_author", {Slot::author, 0}},
      {"creator", {Slot::author, 3}}, {"article:author_name", {Slot::author, 1}}, {"authors", {Slot::author, 2}}, {"dcsext.author",
          {Slot::author, 2}}, {"mediator_author", {Slot::author, 2}},
      {"article:published_time", {Slot::published, 1}}, {"article:published", {Slot::published, 1}}, {"og:article:published_time",
          {Slot::published, 1}}, {"og:published_time", {Slot::published, 1}},
      {"datepublished", {Slot::published, 1}}, {"parsely-pub-date", {Slot::published, 1}}, {"sailthru.date", {Slot::published, 2}},
          {"dc.date.issued", {Slot::published, 1}},
      {"dcterms.issued", {Slot::published, 1}}, {"dcterms.created", {Slot::published, 2}}, {"dcterms:created", {Slot::published, 2}},
          {"dc.date", {Slot::published, 3}}, {"dc:date", {Slot::published, 3}},
      {"dcterms.date", {Slot::published, 3}}, {"dc.date.created", {Slot::published, 2}}, {"date", {Slot::published, 3}}, {"pubdate",
          {Slot::published, 1}}, {"publishdate", {Slot::published, 1}},
      {"publish-date", {Slot::published, 1}}, {"publish_date", {Slot::published, 1}}, {"publication_date", {Slot::published, 1}},
          {"publicationdate", {Slot::published, 1}}, {"pub_date", {Slot::published, 1}},
      {"cxenseparse:recs:publishtime", {Slot::published, 1}}, {"cxenseparse:publishtime", {Slot::published, 1}}, {"prism.publicationdate",
          {Slot::published, 1}}, {"citation_publication_date", {Slot::published, 2}},
      {"citation_online_date", {Slot::published, 2}}, {"shareaholic:article_published_time", {Slot::published, 2}}, {"date.created",
          {Slot::published, 2}}, {"datecreated", {Slot::published, 3}}, {"created", {Slot::published, 3}},
      {"rnews:datepublished", {Slot::published, 1}}, {"article_date_original", {Slot::published, 1}}, {"originalpublicationdate",
          {Slot::published, 1}}, {"dcsext.articlefirstpublished", {Slot::published, 1}}, {"last-published", {Slot::published, 3}},
      {"article:modified_time", {Slot::modified, 1}}, {"og:updated_time", {Slot::modified, 2}}, {"og:article:modified_time",
          {Slot::modified, 1}}, {"datemodified", {Slot::modified, 1}}, {"last-modified", {Slot::modified, 3}},
      {"lastmod", {Slot::modified, 2}}, {"dcterms.modified", {Slot::modified, 2}}, {"dcterms:modified", {Slot::modified, 2}},
          {"dc.date.modified", {Slot::modified, 2}}, {"shareaholic:article_modified_time", {Slot::modified, 2}}, {"revised",
          {Slot::modified, 3}}, {"article:updated", {Slot::modified, 2}},
      {"content-language", {Slot::language, 1}}, {"dc.language", {Slot::language, 2}}, {"dcterms.language", {Slot::language, 2}},
          {"og:locale", {Slot::language, 3}}, {"inlanguage", {Slot::language, 1}}, {"language", {Slot::language, 3}},
      {"og:url", {Slot::address, 1}}, {"twitter:url", {Slot::address, 2}}, {"parsely-link", {Slot::address, 2}},
      {"agency", {Slot::agency, 1}}, {"dc.source", {Slot::agency, 2}}, {"news_agency", {Slot::agency, 1}}, {"article:source", {Slot::agency,
          2}}, {"source", {Slot::agency, 2}},
      {"twitter:label1", {Slot::label, 1}}, {"twitter:data1", {Slot::data, 1}},
      {"dc.publisher", {Slot::publisher, 1}}, {"dc:publisher", {Slot::publisher, 1}}, {"dcterms.publisher", {Slot::publisher, 1}},
          {"publisher", {Slot::publisher, 2}}, {"citation_publisher", {Slot::publisher, 2}}};
  return table;
}

struct Said {
  Slot::Field field;
  int trust;
  std::string_view value;
};

struct Heading {
  NodeId id = 0;
  int level = 0;
  std::string text, folded;
  uint32_t hints = 0;
  bool aside = false, marked = false;  // marked: itemprop says that it is the headline
};

// An element that says that it is a byline, or a date.
struct Marked {
  enum Kind { author_property, author_link, author_class, published_property, modified_property, time_element, date_class } kind;
  NodeId id;
  uint32_t hints;
  bool aside;
};

struct Found {
  std::string title, language, base, canonical;
  std::vector<Said> said;
  std::vector<std::string_view> json;
  std::vector<Heading> headings;
  std::vector<Marked> marked;
  size_t kinds[7] = {};
  std::string agency;
};

// Text of an element, without scripts and what `leave_out` hints at; bounded in bytes and nodes.
std::string text_of(const Tree& page, NodeId id, size_t most, uint32_t leave_out = 0) {
  std::string out;
  const NodeId end = std::min<NodeId>(page[id].end, id + 1 + farthest);
  for (NodeId i = id + 1; i < end && out.size() < most; ++i) {
    const Node& node = page[i];
    if (node.is_text()) {
      out += node.text.substr(0, most - out.size());
      continue;
    }
    if (node.name == "script" || node.name == "style" || node.name == "svg" || node.name == "noscript" || node.name == "template" ||
        (leave_out && (hints_of(page.attribute(i, "class").substr(0, 200)) & leave_out))) {
      out += ' ';
      i = node.end - 1;
      continue;
    }
    if (node.name != "b" && node.name != "i" && node.name != "em" && node.name != "strong" && node.name != "wbr" && node.name != "sup" &&
        node.name != "sub" && node.name != "span") out += ' ';
  }
  // A character that was cut in two at the end.
  if (out.size() >= most) out = repair_utf8(out).text;
  return collapse(out);
}

bool same_word(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if ((a[i] >= 'A' && a[i] <= 'Z' ? a[i] + 32 : a[i]) != lower[i]) return false;
  return true;
}

bool has_word(std::string_view list, std::string_view lower) {
  for (size_t at = 0; at < list.size();) {
    const size_t end = std::min(list.find_first_of(" \t\n,", at), list.size());
    if (same_word(list.substr(at, end - at), lower)) return true;
    at = end + 1;
  }
  return false;
}

// One pass over the page.
Found collect(const Tree& page) {
  Found found;
  NodeId aside_end = 0, comments_end = 0, figure_end = 0;
  const auto mark = [&](Marked::Kind kind, NodeId id, uint32_t hints) {
    const size_t most = kind <= Marked::author_class ? most_bylines : most_times;
    if (id < comments_end || found.kinds[kind] >= most) return;
    ++found.kinds[kind];
    found.marked.push_back({kind, id, hints, id < aside_end});
  };
  for (NodeId id = 0; id < page.nodes.size(); ++id) {
    const Node& node = page[id];
    if (node.is_text()) {
      // A credit that stands alone: “(dpa)”.
      if (found.agency.empty() && node.text.size() <= 40 && node.text.size() >= 2 && id >= aside_end && id >= comments_end &&
          id >= figure_end && !found.headings.empty()) {
        const std::string_view text = node.text;
        size_t letters = 0;
        for (const char c : text) letters += static_cast<unsigned char>(c) > ' ';
        if (letters >= 2 && letters <= 28 && page[node.parent].name != "script" && page[node.parent].name != "a" &&
            page[node.parent].name != "option")
          found.agency = find_agency(text);
      }
      continue;
    }
    std::string_view key, content, property, classes, name_id, rel, href, type, datetime;
    for (uint32_t i = 0; i < node.attributes; ++i) {
      const Attribute& attribute = page.attributes[node.first_attribute + i];
      const std::string_view name = attribute.name;
      if (name == "class") classes = attribute.value.substr(0, 200);
      else if (name == "id") name_id = attribute.value.substr(0, 60);
      else if (name == "itemprop") property = attribute.value.substr(0, 100);
      else if (name == "content") content = attribute.value;
      else if ((name == "property" || name == "name" || name == "http-equiv") && key.empty()) key = attribute.value;
      else if (name == "rel") rel = attribute.value.substr(0, 200);
      else if (name == "href") href = attribute.value;
      else if (name == "type") type = attribute.value.substr(0, 100);
      else if (name == "datetime") datetime = attribute.value;
    }
    if (node.name == "meta") {
      if (content.empty() || content.size() > longest_value) continue;
      for (std::string_view word : {key, property}) {
        while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
        if (word.empty() || word.size() > 40) continue;
        char lower[40];
        for (size_t i = 0; i < word.size(); ++i) lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? static_cast<char>(word[i] + 32) : word[i];
        const auto slot = slots().find(std::string_view(lower, word.size()));
        if (slot != slots().end() && found.said.size() < 1000 && id >= comments_end) {
          found.said.push_back({slot->second.field, slot->second.trust, content});
          break;
        }
      }
      continue;
    }
    if (node.name == "html") {
      found.language = page.attribute(id, "lang");
      if (found.language.empty()) found.language = page.attribute(id, "xml:lang");
      continue;
    }
    if (node.name == "title") {
      if (found.title.empty() && (node.parent == no_node || page[node.parent].name != "svg")) found.title = text_of(page, id, 1000);
      continue;
    }
    if (node.name == "base") {
      if (found.base.empty() && href.size() < longest_value) found.base = href;
      continue;
    }
    if (node.name == "link") {
      if (found.canonical.empty() && href.size() < longest_value && has_word(rel, "canonical")) found.canonical = href;
      continue;
    }
    if (node.name == "script") {
      if (type.find("ld+json") != type.npos && node.first_child != no_node &&
          found.json.size() < 1000) found.json.push_back(page[node.first_child].text);
      continue;
    }
    uint32_t hints = 0;
    if (!classes.empty()) hints |= hints_of(classes);
    if (!name_id.empty()) hints |= hints_of(name_id);
    const bool outer = node.name == "body" || node.name == "article" || node.name == "main";
    if (!outer) {
      if ((hints & hint_comment) || has_word(property, "comment") ||
          (has_word(property, "review") && !found.headings.empty()))  // one below the page's heading; above it the page is the review
        comments_end = std::max(comments_end, node.end);
      if ((hints & hint_aside) || node.name == "nav" || node.name == "aside" || node.name == "footer") aside_end = std::max(aside_end,
          node.end);
      if (node.name == "figure" || node.name == "figcaption") figure_end = std::max(figure_end, node.end);
    }
    if (node.name.size() == 2 && node.name[0] == 'h' && node.name[1] >= '1' && node.name[1] <= '4') {
      if (found.headings.size() < most_headings) {
        Heading heading;
        heading.id = id;
        heading.level = node.name[1] - '0';
        heading.text = text_of(page, id, longest_heading, hint_kicker | hint_hidden);
        if (heading.text.empty()) heading.text = text_of(page, id, longest_heading);
        heading.hints = hints;
        heading.aside = id < aside_end || id < comments_end;
        heading.marked = has_word(property, "headline");
        if (!heading.text.empty()) found.headings.push_back(std::move(heading));
      }
    } else if ((hints & hint_title) && (node.name == "div" || node.name == "p" || node.name == "span" || node.name == "td") &&
        id >= aside_end && found.headings.size() < most_headings) {
      // A headline that is no heading element.
      Heading heading;
      heading.id = id;
      heading.level = 5;
      heading.text = text_of(page, id, 200);
      heading.hints = hints;
      heading.aside = id < comments_end;
      if (heading.text.size() > 8 && heading.text.size() < 190) found.headings.push_back(std::move(heading));
    }
    if (!property.empty()) {
      if (has_word(property, "author") || has_word(property, "creator")) mark(Marked::author_property, id, hints);
      if (has_word(property, "datepublished")) mark(Marked::published_property, id, hints);
      if (has_word(property, "datemodified")) mark(Marked::modified_property, id, hints);
    }
    if (node.name == "time") mark(Marked::time_element, id, hints);
    else if (!outer && (hints & hint_date)) mark(Marked::date_class, id, hints);
    if (has_word(rel, "author")) mark(Marked::author_link, id, hints);
    else if (!outer && (hints & hint_author)) mark(Marked::author_class, id, hints);
  }
  return found;
}

// Letters and digits only, for comparing the names of sites.
std::string bare(std::string_view text) {
  std::string out;
  const std::string lower = to_lower(text);
  for (size_t at = 0; at < lower.size();) {
    const char32_t c = next_code_point(lower, at);
    if (is_alpha(c) || is_digit(c)) append_code_point(out, c);
  }
  return out;
}

// Words of folded text, sorted.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  std::sort(words.begin(), words.end());
  return words;
}

// Shared words, 0…1 (Dice).
double likeness(std::string_view a, std::string_view b) {
  const auto x = words_of(a), y = words_of(b);
  std::vector<std::string_view> shared;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(shared));
  return x.empty() || y.empty() ? 0 : 2.0 * static_cast<double>(shared.size()) / static_cast<double>(x.size() + y.size());
}

std::string host_of(std::string_view address) {
  const size_t scheme = address.find("://");
  if (scheme == address.npos) return {};
  std::string_view host = address.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const size_t user = host.rfind('@'); user != host.npos) host.remove_prefix(user + 1);
  if (const size_t port = host.find(':'); port != host.npos) host = host.substr(0, port);
  std::string lower = to_lower(host);
  if (lower.compare(0, 4, "www.") == 0) lower.erase(0, 4);
  return lower;
}

// `reference` as an absolute address; empty when it cannot be one.
std::string resolve(std::string_view reference, std::string_view base) {
  while (!reference.empty() && static_cast<unsigned char>(reference.front()) <= ' ') reference.remove_prefix(1);
  while (!reference.empty() && static_cast<unsigned char>(reference.back()) <= ' ') reference.remove_suffix(1);
  if (reference.empty() || reference.find_first_of("\n\r\t<>\"") != reference.npos) return {};
  const size_t colon = reference.find(':'), mark = reference.find_first_of("/?#");
  if (colon != reference.npos && colon > 0 && (mark == reference.npos || colon < mark)) {
    const std::string_view scheme = reference.substr(0, colon);
    return same_word(scheme, "http") || same_word(scheme, "https") ? std::string(reference) : std::string();
  }
  const size_t scheme = base.find("://");
  if (scheme == base.npos) return {};
  if (reference.substr(0, 2) == "//") return std::string(base.substr(0, scheme + 1)) + std::string(reference);
  const size_t path = std::min(base.find_first_of("/?#", scheme + 3), base.size());
  const std::string root(base.substr(0, path));
  if (reference[0] == '/') return root + std::string(reference);
  std::string_view rest = base.substr(path);
  rest = rest.substr(0, rest.find('#'));
  if (reference[0] == '#') return root + std::string(rest);
  rest = rest.substr(0, rest.find('?'));
  if (reference[0] == '?') return root + std::string(rest) + std::string(reference);
  std::string folder(rest.substr(0, rest.rfind('/') == rest.npos ? 0 : rest.rfind('/')));
  while (reference.substr(0, 2) == "./" || reference.substr(0, 3) == "../") {
    if (reference[1] == '.') folder.erase(folder.rfind('/') == folder.npos ? 0 : folder.rfind('/'));
    reference.remove_prefix(reference.find('/') + 1);
  }
  return root + folder + "/" + std::string(reference);
}

// BCP 47 in its usual spelling: “de”, “pt-BR”, “zh-Hant”; empty when it is none.
std::string read_language(std::string_view text) {
  std::string out;
  size_t part = 0;
  const std::string given = collapse(text.substr(0, 40));
  for (size_t at = 0; at < given.size();) {
    const size_t end = std::min(given.find_first_of("-_", at), given.size());
    std::string word = given.substr(at, end - at);
    if (word.empty() || word.size() > 8) return {};
    for (char& c : word) {
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return part ? out : std::string();
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    if (part == 0 && (word.size() < 2 || word.size() > 3)) return {};
    if (part > 0 && word.size() == 2)
      for (char& c : word) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (part > 0 && word.size() == 4 && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 32);
    out += (part++ ? "-" : "") + word;
    at = end + 1;
  }
  return out;
}

// The names that a site goes by, bare.
class Site {
 public:
  void add(std::string_view name) {
    if (std::string key = bare(name.substr(0, 200)); key.size() >= 2) names_.push_back(std::move(key));
  }
  bool is(std::string_view text) const {
    const std::string key = bare(text.substr(0, 200));
    if (key.empty()) return false;
    for (const std::string& name : names_) {
      if (key == name) return true;
      if (key.size() >= 4 && name.size() >= 4 && (key.find(name) == 0 || name.find(key) == 0) && std::max(key.size(),
          name.size()) <= 3 * std::min(key.size(), name.size())) return true;
    }
    return false;
  }

  // Its declared name, or its address written as one word.
  void declare(std::string_view name) {
    add(name);
    if (std::string key = bare(name.substr(0, 200)); key.size() >= 2) declared_.push_back(std::move(key));
  }
  bool owns(std::string_view text) const {
    const std::string key = bare(text.substr(0, 200));
    if (std::find(declared_.begin(), declared_.end(), key) != declared_.end()) return true;
    return text.find(' ') == text.npos && std::find(names_.begin(), names_.end(), key) != names_.end();
  }

 private:
  std::vector<std::string> names_, declared_;
};

// A title without the site's name before or behind it. `page_title`: of the title element, where something that is not known to be the
// site's name is cut off too when it is short and a bar or the like stands before it.
std::string clean_title(const std::string& title, const Site& site, bool page_title) {
  static constexpr std::string_view separators[] = {" | ", " - ", " – ", " — ", " » ", " « ", " :: ", " · ", " • ", " › ", " // ", ": ",
      " / ", " : "};
  std::vector<std::string_view> parts, between;
  const std::string_view text = title;
  size_t at = 0;
  for (size_t i = 0; i < text.size() && parts.size() < 40;) {
    std::string_view here;
    if (text[i] == ' ' || text[i] == ':')
      for (const std::string_view separator : separators)
        if (text.compare(i, separator.size(), separator) == 0) here = separator;
    if (here.empty()) {
      ++i;
      continue;
    }
    parts.push_back(text.substr(at, i - at));
    between.push_back(here);
    at = i += here.size();
  }
  parts.push_back(text.substr(at));
  size_t first = 0, last = parts.size() - 1;
  const auto span = [&](size_t a, size_t b) { return text.substr(static_cast<size_t>(parts[a].data() - text.data()),
      static_cast<size_t>(parts[b].data() + parts[b].size() - parts[a].data())); };
  // The shortest tail, and then the longest, that is the site.
  for (size_t i = last; i > first; --i)
    if (between[i - 1] != ": " && (site.is(span(i, last)) || (i < last && site.is(parts[i])))) {
      last = i - 1;
      break;
    }
  for (size_t i = first; i < last; ++i)
    if (site.is(span(first, i))) {
      first = i + 1;
      break;
    }
  if (page_title) {
    while (last > first && (between[last - 1] == " | " || between[last - 1] == " » " || between[last - 1] == " « " ||
        between[last - 1] == " :: " || between[last - 1] == " › ") &&
           parts[last].size() < 60)
      --last;
    if (last > first && first == 0 && last == parts.size() - 1 && between[last - 1] != ": " && std::count(parts[last].begin(),
        parts[last].end(), ' ') < 4 &&
        parts[last].size() < span(first, last - 1).size())
      --last;
  }
  std::string out(span(first, last));
  for (const std::string_view end : {" |", " -", " –", " «", " »"})
    if (out.size() > end.size() && out.compare(out.size() - end.size(), end.size(), end) == 0) out.erase(out.size() - end.size());
  return out;
}

// The best of a field: the least trust number, then the first.
std::string_view best_of(const Found& found, Slot::Field field) {
  const Said* best = nullptr;
  for (const Said& said : found.said)
    if (said.field == field && (!best || said.trust < best->trust)) best = &said;
  return best ? best->value : std::string_view{};
}

struct Headline {
  std::string title;
  NodeId node = no_node;  // where it stands on the page
};

Headline find_title(Found& found, const LinkedData& linked, const Site& site) {
  std::vector<std::string> strong;  // what the page says for others to show
  std::vector<Said> titles;
  for (const Said& said : found.said)
    if (said.field == Slot::title && titles.size() < 16) titles.push_back(said);
  std::stable_sort(titles.begin(), titles.end(), [](const Said& a, const Said& b) { return a.trust < b.trust; });
  if (linked.article && !linked.title.empty()) strong.push_back(collapse(std::string_view(linked.title).substr(0, 1000)));
  for (const Said& said : titles) strong.push_back(clean_title(collapse(said.value.substr(0, 1000)), site, false));
  strong.erase(std::remove_if(strong.begin(), strong.end(), [&](const std::string& text) { return text.empty() || site.is(text); }),
      strong.end());
  const std::string own = clean_title(found.title, site, true);
  std::vector<std::string> folded;
  for (const std::string& text : strong) folded.push_back(fold(text));
  const std::string folded_own = fold(own), folded_page = fold(found.title);

  size_t first_level = 0;
  for (const Heading& heading : found.headings) first_level += heading.level == 1 && !heading.aside && !site.is(heading.text);
  double best = 2.5;
  Headline headline;
  for (Heading& heading : found.headings) {
    heading.folded = fold(heading.text);
    const std::string& text = heading.folded;
    double score = 0;
    std::string instead;
    if (std::find(folded.begin(), folded.end(), text) != folded.end()) score = 10;
    else if (text == folded_own) score = 9;
    else if (text == folded_page) score = 8;
    else {
      for (size_t i = 0; i < folded.size(); ++i) {
        const std::string& other = folded[i];
        if (other.size() < 8) continue;
        if (text.size() > other.size() && text.size() < 2 * other.size() + 20 && text.compare(text.size() - other.size(), other.size(),
            other) == 0) {
          // Before the title stands a line above it (“Politics”), or its first words are all that others are shown.
          if (score < 7) score = 7, instead = strong[i];
        } else if (text.size() >= 12 && other.find(text) != other.npos) {
          score = std::max(score, 6.0);
        } else {
          score = std::max(score, 6 * likeness(text, other));
        }
      }
      if (text.size() >= 5 && folded_page.find(text) != folded_page.npos) score = std::max(score, text.size() >= 12 ||
          3 * text.size() > folded_page.size() ? 6.0 : 4.0);
      else score = std::max(score, 5 * likeness(text, folded_own));
      if (score < 2.5) score = heading.level == 1 && first_level == 1 ? 2.5 : 0;
    }
    score += heading.level == 1 ? 1 : heading.level == 2 ? 0.5 : heading.level == 5 ? -0.5 : 0;
    if (heading.hints & hint_title) score += 0.3;
    if (heading.marked) score += 1.5;
    if (heading.aside) score -= 2;
    if (site.is(heading.text)) score -= text == folded_page || text == folded_own ? 3 : 8;
    if (score > best) {
      best = score;
      headline = {instead.empty() ? heading.text : instead, heading.id};
    }
  }
  if (headline.node == no_node) headline.title = !strong.empty() ? strong.front() : !own.empty() ? own : found.title;
  if (headline.title.empty() && !found.headings.empty()) headline = {found.headings.front().text, found.headings.front().id};
  if (headline.title.empty()) headline.title = collapse(std::string_view(linked.title).substr(0, 1000));
  return headline;
}

// Names of a byline that are not the site's own. A byline of nothing but the site is no author. A site at a person's name is that person's.
std::vector<std::string> authors_of(std::string_view text, bool marked, const Site& site) {
  std::vector<std::string> names = read_byline(text, marked);
  names.erase(std::remove_if(names.begin(), names.end(), [&](const std::string& name) { return site.owns(name); }), names.end());
  return names;
}

bool is_script(std::string_view name) { return name == "script" || name == "style" || name == "noscript" || name == "template"; }

// Scripts from CJK's on (U+2E80) write a name as one word, and a text without spaces around it.
bool is_without_spaces(std::string_view name) {
  size_t at = 0;
  return !name.empty() && name.find(' ') == name.npos && next_code_point(name, at) >= 0x2E80;
}

// What a page shows of the names that it states where nobody sees them. A name that no reader of the page can see is seldom an author's: it is
// who made the template, who uploaded the text, who owns the site.
class Shown {
 public:
  Shown(const Tree& page, NodeId headline) : page_(page), headline_(headline) {}

  // Anywhere in the page's text, whole or by its first and last word: “Zoé M. Ost” is shown as “Zoé Ost”. Names are looked for up to a number.
  bool has(std::string_view name) {
    if (asked_ >= most_asked) return false;
    ++asked_;
    if (!read_) read_all();
    std::string words = words_of_name(name);
    if (words.size() < 3) return false;
    if (is_without_spaces(name)) words = words.substr(1, words.size() - 2);
    if (text_.find(words) != std::string::npos) return true;
    const size_t first = words.find(' ', 1), last = words.rfind(' ', words.size() - 2);
    return first < last && text_.find(words.substr(0, first) + words.substr(last)) != std::string::npos;
  }

  // At the end of a text of its own soon behind the headline: “Lena Ost”, “by Lena Ost”.
  bool has_behind_headline(std::string_view name) {
    if (headline_ == no_node) return false;
    const std::string words = words_of_name(name);
    if (words.size() < 2) return false;
    const NodeId end = std::min<NodeId>(static_cast<NodeId>(page_.nodes.size()), headline_ + 60);
    for (NodeId id = headline_; id < end; ++id) {
      const Node& node = page_[id];
      if (!node.is_text()) {
        if (is_script(node.name)) id = node.end - 1;
        continue;
      }
      if (node.text.size() > 2 * words.size() + 40) continue;
      const std::string text = words_of_name(node.text);
      if (text.size() < words.size() + 20 && text.ends_with(words)) return true;
    }
    return false;
  }

 private:
  static constexpr size_t most_text = 2 << 20;
  static constexpr size_t most_asked = 64;  // each is looked for in all of the text

  // Words with a space on both sides of each: “ Lena Ost ”. A full stop or “_” parts them, as in the names of users; what nobody sees does not.
  static void add_words(std::string& out, std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      const size_t begin = at;
      const auto byte = static_cast<unsigned char>(text[at]);
      const char32_t c = byte < 0x80 ? ++at, byte : next_code_point(text, at);
      const bool in_word = c < 0x80 ? (c | 32) - U'a' < 26 || c - U'0' < 10 : is_alpha(c) || is_digit(c);
      if (in_word) out.append(text, begin, at - begin);
      else if (c != 0xAD && !(c >= 0x200B && c <= 0x200D) && out.back() != ' ') out += ' ';
    }
  }
  static std::string words_of_name(std::string_view name) {
    std::string out = " ";
    add_words(out, name);
    if (out.back() != ' ') out += ' ';
    return to_lower(out);
  }

  void read_all() {
    read_ = true;
    text_ = " ";
    for (NodeId id = 0; id < page_.nodes.size() && text_.size() < most_text; ++id) {
      const Node& node = page_[id];
      if (node.is_text()) add_words(text_, node.text.substr(0, most_text));
      else if (is_script(node.name) || node.name == "title") id = node.end - 1;
      else if (text_.back() != ' ') text_ += ' ';
    }
    if (text_.back() != ' ') text_ += ' ';
    text_ = to_lower(text_);
  }

  const Tree& page_;
  NodeId headline_;
  bool read_ = false;
  size_t asked_ = 0;
  std::string text_;
};

// What a template writes into a meta element is often a firm, an address or a user's short name.
bool is_person_like(std::string_view name) {
  static const std::unordered_set<std::string_view> firms = {"gmbh", "ag",   "kg",  "e.v.", "v.",   "inc", "inc.",
                                                             "ltd",  "ltd.", "llc", "plc",  "s.a.", "se",  "verlag"};
  const std::string folded = fold(name);
  const size_t last = folded.rfind(' ');
  if (last == std::string::npos) return is_without_spaces(name);
  return firms.count(std::string_view(folded).substr(last + 1)) == 0 && folded.find('/') == std::string::npos;
}

std::vector<std::string> find_authors(const Tree& page, const Found& found, const LinkedData& linked, const Site& site, NodeId headline) {
  std::vector<std::string> names;
  Shown shown(page, headline);
  // Of those who are named together it is enough that one is shown: “and two others”.
  const auto unless_hidden = [&](std::vector<std::string> from) {
    if (std::none_of(from.begin(), from.end(), [&](const std::string& name) { return shown.has(name); })) from.clear();
    return from;
  };
  const auto add = [&](const std::vector<std::string>& more) {
    for (const std::string& name : more) {
      const std::string folded = fold(name);
      if (names.size() < 20 && std::none_of(names.begin(), names.end(),
          [&](const std::string& other) { return fold(other) == folded; })) names.push_back(name);
    }
  };
  for (const std::string& name : linked.authors) add(authors_of(name, true, site));
  if (linked.article) names = unless_hidden(std::move(names));
  if (!names.empty() && linked.article) return names;
  std::vector<std::string> of_page;
  std::swap(of_page, names);

  // “Written by” in what Twitter shows.
  for (size_t i = 0; i < found.said.size(); ++i)
    if (found.said[i].field == Slot::label) {
      const std::string label = fold(found.said[i].value.substr(0, 100));
      for (const std::string_view word : {"written", "verfasst", "geschrieben", "author", "autor", "écrit", "escrito", "scritto", "by",
          "par ", "von", "geschreven"})
        if (label.find(word) != label.npos && names.empty()) add(unless_hidden(authors_of(best_of(found, Slot::data), true, site)));
    }
  if (!names.empty()) return names;

  // Marked elements: those behind the headline, near it, before those elsewhere. Several that stand together are co-authors.
  struct Candidate {
    double score;
    NodeId id;
    std::vector<std::string> names;
  };
  std::vector<Candidate> candidates;
  for (const Marked& marked : found.marked) {
    if (marked.kind > Marked::author_class) continue;
    if (marked.aside && linked.article && !linked.authors.empty()) continue;  // a teaser's author is not this article's, which has one
    std::string text = text_of(page, marked.id, 1000);
    if (text.empty()) text = collapse(page.attribute(marked.id, "content").substr(0, 300));
    std::vector<std::string> here = authors_of(text, true, site);
    if (here.empty()) continue;
    double score = marked.kind == Marked::author_property ? 4 : marked.kind == Marked::author_link ? 3.5 : 2;
    if (marked.hints & hint_name) score += 1;
    if (marked.aside) score -= 3;
    if (text.size() > 100) score -= 2;
    if (here.size() > 4) score -= 1;
    if (headline != no_node) score -= marked.id < headline ? std::min(2.0, (headline - marked.id) / 100.0) : std::min(1.5,
        (marked.id - headline) / 400.0);
    candidates.push_back({score, marked.id, std::move(here)});
  }
  const auto best = std::max_element(candidates.begin(), candidates.end(), [](const Candidate& a,
      const Candidate& b) { return a.score < b.score; });
  if (best != candidates.end() && best->score > 0) {
    for (const Candidate& other : candidates)
      if (other.score > best->score - 0.3 && other.id + 30 > best->id && other.id < best->id + 60) add(other.names);
    return names;
  }

  // Other meta elements; several of the same trust are co-authors.
  int trust = 99;
  for (const Said& said : found.said)
    if (said.field == Slot::author && said.trust <= trust && said.value.find("://") == said.value.npos) {
      std::vector<std::string> here = authors_of(said.value, true, site);
      here.erase(std::remove_if(here.begin(), here.end(), [](const std::string& name) { return !is_person_like(name); }), here.end());
      here = unless_hidden(std::move(here));
      if (here.empty()) continue;
      if (said.trust < trust) names.clear();
      trust = said.trust;
      add(here);
    }
  if (!names.empty()) return names;

  // “By …” in a text of its own near the headline.
  if (headline != no_node) {
    const NodeId end = std::min<NodeId>(static_cast<NodeId>(page.nodes.size()), headline + 150);
    for (NodeId id = headline; id < end; ++id) {
      const Node& node = page[id];
      if (!node.is_text() || node.text.size() < 5 || node.text.size() > 120 || (node.parent != no_node &&
          (page[node.parent].name == "script" || page[node.parent].name == "style" ||
          page[node.parent].name == "h1" || page[node.parent].name == "h2" || page[node.parent].name == "figcaption"))) continue;
      std::string text = collapse(node.text);
      if (text.size() <= 6 && id + 1 < end) text += " " + (page[id + 1].is_text() ? collapse(page[id + 1].text.substr(0,
          100)) : text_of(page, id + 1, 100));  // “By <a>Lena Ost</a>”
      add(authors_of(text, false, site));
      if (!names.empty()) return names;
    }
  }
  // A page's author, where no article is spoken of, is whoever put it there; and a site's own name is an author's only where it stands as one.
  if (std::any_of(of_page.begin(), of_page.end(), [&](const std::string& name) {
        return shown.has_behind_headline(name) || (is_person_like(name) && shown.has(name));
      }))
    return of_page;
  for (const Marked& marked : found.marked)
    if ((marked.kind == Marked::author_link || marked.kind == Marked::author_property || (marked.kind == Marked::author_class &&
        (marked.hints & hint_name))) && !marked.aside && headline != no_node &&
        marked.id + 100 > headline && marked.id < headline + 300 && names.empty())
      add(read_byline(text_of(page, marked.id, 200), true));
  if (names.empty() && linked.article)
    for (const std::string& name : linked.authors)
      if (shown.has_behind_headline(name)) add(read_byline(name, true));
  return names;
}

// Does the text before a date say that it is of a change?
bool says_changed(std::string_view before) {
  const std::string text = fold(before.substr(before.size() > 60 ? before.size() - 60 : 0));
  for (const std::string_view word : {"updated", "modified", "aktualisiert", "geändert", "stand:", "stand ", "update", "mis à jour",
      "actualizado", "atualizado", "aggiornato", "bijgewerkt", "bearbeitet", "edited", "changed", "änderung", "modifi"})
    if (text.find(word) != text.npos) return true;
  return false;
}

struct Dates {
  std::string published, modified;
};

bool is_code(const Tree& page, NodeId text) {
  const NodeId parent = page[text].parent;
  return parent != no_node && (page[parent].name == "script" || page[parent].name == "style" || page[parent].name == "noscript");
}

// A time in UTC that is the evening before or the night after where the page is read: the day that the page itself shows beside its headline.
// Empty: it shows none, or the same.
std::string shown_day(const Tree& page, const Found& found, NodeId headline, const std::string& published, std::string_view language) {
  if (published.size() < 17 || (published.back() != 'Z' && published.compare(published.size() - 6, 6, "+00:00") != 0)) return {};
  const int hour = (published[11] - '0') * 10 + published[12] - '0';
  std::string day;
  bool same = false;
  const auto look = [&](std::string_view text) {
    const std::string date = find_date(text, language);
    if (date.empty()) return;
    const int64_t later = day_number(date) - day_number(published);
    same = same || later == 0;
    if (day.empty() && ((later == 1 && hour >= 10) || (later == -1 && hour < 12))) day = date;
  };
  if (headline == no_node) headline = 0;
  const NodeId end = std::min<NodeId>(static_cast<NodeId>(page.nodes.size()), headline + 200);
  for (NodeId id = headline > 80 ? headline - 80 : 0; id < end && !same; ++id)
    if (const std::string_view text = page[id].text; text.size() >= 6 && text.size() <= 150 && !is_code(page, id) &&
        std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
      look(text);
  for (const Marked& marked : found.marked)
    if (!same && day.empty() && !marked.aside && (marked.kind == Marked::time_element || marked.kind == Marked::date_class) && marked.id +
        80 > headline && marked.id < end) look(text_of(page, marked.id, 100));
  return same ? std::string() : day;
}

Dates find_dates(const Tree& page, const Found& found, const LinkedData& linked, NodeId headline, std::string_view address,
    std::string_view language) {
  Dates dates;
  const auto fill = [&](std::string& date, std::string_view from) {
    if (date.empty()) date = read_date(from, language);
  };
  fill(dates.published, linked.published);
  fill(dates.modified, linked.modified);
  std::vector<Said> said;
  for (const Said& one : found.said)
    if (one.field == Slot::published || one.field == Slot::modified) said.push_back(one);
  std::stable_sort(said.begin(), said.end(), [](const Said& a, const Said& b) { return a.trust < b.trust; });
  for (const Said& one : said) fill(one.field == Slot::published ? dates.published : dates.modified, one.value);

  const auto date_of = [&](const Marked& marked, std::string_view attribute) {
    std::string date = read_date(page.attribute(marked.id, attribute), language);
    if (date.empty() && attribute != "content") date = read_date(page.attribute(marked.id, "content"), language);
    return date.empty() ? find_date(text_of(page, marked.id, 120), language) : date;
  };
  for (const Marked& marked : found.marked)
    if (marked.kind == Marked::published_property && dates.published.empty()) dates.published = date_of(marked, "datetime");
    else if (marked.kind == Marked::modified_property && dates.modified.empty()) dates.modified = date_of(marked, "datetime");
  const std::string in_address = date_in_address(address);
  if (!dates.published.empty()) {
    if (!in_address.empty() && in_address != dates.published.substr(0, 10)) dates.published = in_address;
    else if (std::string day = shown_day(page, found, headline, dates.published, language); !day.empty()) dates.published = std::move(day);
    return dates;
  }

  // Time elements and elements of a class for dates: near the headline before others.
  struct Candidate {
    double score = -1e9;
    std::string date;
  } best;
  for (const Marked& marked : found.marked) {
    if (marked.kind != Marked::time_element && marked.kind != Marked::date_class) continue;
    const std::string text = text_of(page, marked.id, 200);
    std::string date = marked.kind == Marked::time_element ? read_date(page.attribute(marked.id, "datetime"), language) : std::string();
    size_t begin = 0;
    const std::string written = find_date(text, language, &begin);
    if (date.empty()) date = written;
    if (date.empty()) continue;
    double score = marked.kind == Marked::time_element ? 3 : 2;
    if (marked.aside) score -= 2.5;
    if (text.size() > 120) score -= 1.5;
    if (marked.hints & hint_modified) score -= 1;
    if (!written.empty() && says_changed(std::string_view(text).substr(0, begin))) {
      if (dates.modified.empty()) dates.modified = date;
      continue;
    }
    if (headline != no_node) score -= marked.id < headline ? std::min(2.0, 0.3 + (headline - marked.id) / 60.0) : std::min(2.5,
        (marked.id - headline) / 150.0);
    if (score > best.score) best = {score, std::move(date)};
  }
  if (best.score > 1.5) dates.published = best.date;
  if (dates.published.empty()) dates.published = in_address;

  // Written near the headline: text by text behind it, then before it, then what stands apart (“19” “Feb” “2020”).
  if (headline == no_node) headline = 0;
  if (dates.published.empty()) {
    const NodeId count = static_cast<NodeId>(page.nodes.size());
    std::string window;
    const auto look = [&](NodeId id) {
      const Node& node = page[id];
      if (!node.is_text() || node.text.size() > 2000 || is_code(page, id)) return;
      const std::string text = collapse(node.text.substr(0, 300));
      if (window.size() < 1000) window += text + ' ';
      if (text.size() > 150 || std::none_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return;
      size_t begin = 0, end = 0;
      const std::string date = find_date(text, language, &begin, &end);
      if (date.empty() || text.size() - (end - begin) > 90) return;
      if (says_changed(std::string_view(text).substr(0, begin))) {
        if (dates.modified.empty()) dates.modified = date;
      } else if (dates.published.empty()) {
        dates.published = date;
      }
    };
    for (NodeId id = headline; id < std::min(count, headline + 200) && dates.published.empty(); ++id) look(id);
    if (dates.published.empty() && dates.modified.empty()) {
      const std::string apart = repair_utf8(std::string_view(window).substr(0, 500)).text;
      size_t begin = 0;
      const std::string date = find_date(apart, language, &begin);
      (says_changed(std::string_view(apart).substr(0, begin)) ? dates.modified : dates.published) = date;
    }
    for (NodeId id = headline; id-- > 0 && headline - id < 80 && dates.published.empty();) look(id);
    for (NodeId id = headline + 200; id < std::min(count, headline + 10'000) && dates.published.empty() &&
        dates.modified.empty(); ++id) look(id);
  }
  if (dates.published.empty() && !best.date.empty()) dates.published = best.date;
  fill(dates.published, linked.created);
  return dates;
}

}  // namespace

Metadata read_metadata(const Tree& page, const std::string& address) {
  Metadata metadata;
  if (page.nodes.empty()) return metadata;
  Found found = collect(page);
  const LinkedData linked = read_json_ld(found.json);

  std::string base = address;
  if (!found.base.empty())
    if (std::string absolute = resolve(found.base, address); !absolute.empty()) base = std::move(absolute);
  metadata.canonical = resolve(found.canonical, base);
  if (metadata.canonical.empty()) metadata.canonical = resolve(best_of(found, Slot::address), base);
  if (metadata.canonical.empty()) metadata.canonical = resolve(linked.address.substr(0, longest_value), base);
  metadata.domain = host_of(address);
  if (metadata.domain.empty()) metadata.domain = host_of(metadata.canonical);

  metadata.language = read_language(found.language);
  for (const std::string_view from : {best_of(found, Slot::language), std::string_view(linked.language)})
    if (metadata.language.empty()) metadata.language = read_language(from);

  metadata.publisher = collapse(std::string_view(linked.publisher).substr(0, 300));
  for (const Slot::Field field : {Slot::site, Slot::publisher})
    if (metadata.publisher.empty())
      if (const std::string_view name = best_of(found, field); name.find("://") == name.npos) metadata.publisher = collapse(name.substr(0,
          300));

  Site site;
  site.declare(metadata.publisher);
  for (const Said& said : found.said)
    if (said.field == Slot::site) site.declare(said.value);
  for (const std::string& host : {metadata.domain, host_of(metadata.canonical)}) {
    site.add(host);
    std::string_view label = std::string_view(host).substr(0, host.rfind('.'));
    if (const size_t dot = label.rfind('.'); dot != label.npos && label.size() - dot > 4) label.remove_prefix(dot + 1);
    site.add(label);
  }

  Headline headline = find_title(found, linked, site);
  metadata.title = std::move(headline.title);
  metadata.authors = find_authors(page, found, linked, site, headline.node);
  Dates dates = find_dates(page, found, linked, headline.node, metadata.canonical.empty()
      ? std::string_view(address) : std::string_view(metadata.canonical), metadata.language);
  metadata.published = std::move(dates.published);
  metadata.modified = std::move(dates.modified);

  for (const Said& said : found.said)
    if (said.field == Slot::agency && metadata.agency.empty()) metadata.agency = find_agency(said.value);
  for (const std::string& author : metadata.authors)
    if (metadata.agency.empty()) metadata.agency = find_agency(author);
  if (metadata.agency.empty()) metadata.agency = std::move(found.agency);
  // An agency beside people is not one of them.
  if (metadata.authors.size() > 1) {
    std::vector<std::string> people;
    for (const std::string& author : metadata.authors)
      if (find_agency(author).empty()) people.push_back(author);
    if (!people.empty()) metadata.authors = std::move(people);
  }
  return metadata;
}

}  // namespace sayso
