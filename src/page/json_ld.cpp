#include "page/json_ld.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

#include "base/limits.h"
#include "base/unicode.h"

namespace sayso {

namespace {

constexpr size_t most_values = 200'000;

// A JSON value. Values stand in document order; [index + 1, end) are inside.
struct Value {
  enum Kind { text, literal, object, array } kind = text;
  std::string_view key, string;
  uint32_t end = 0, parent = UINT32_MAX;
};

struct Values {
  std::vector<Value> all;
  std::vector<std::string> memory;  // unescaped strings; each as long as its block at most, reserved once
};

bool space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

int hex4(std::string_view json, size_t at) {
  if (at + 4 > json.size()) return -1;
  int value = 0;
  for (size_t i = at; i < at + 4; ++i) {
    const char c = json[i];
    const int d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (d < 0) return -1;
    value = value * 16 + d;
  }
  return value;
}

// Does the quotation mark at `at` end its string? In JSON it always does. In pages it also stands within, unescaped: there something
// follows that could not follow a string.
bool ends_string(std::string_view json, size_t at) {
  size_t next = at + 1;
  bool line = false;
  for (; next < json.size() && space(json[next]); ++next) line = line || json[next] == '\n';
  if (next == json.size()) return true;
  const char c = json[next];
  if (c == ':' || c == '}' || c == ']') return true;
  if (c == '"') return line;  // a comma was forgotten
  if (c != ',') return false;
  for (++next; next < json.size() && space(json[next]);) ++next;
  if (next == json.size()) return true;
  const char after = json[next];
  return after == '"' || after == '{' || after == '[' || after == '}' || after == ']' || after == '-' || (after >= '0' && after <= '9') ||
         json.substr(next, 4) == "null" || json.substr(next, 4) == "true" || json.substr(next, 5) == "false";
}

// Reads values until the text ends; what cannot be one is stepped over.
void parse(std::string_view json, Values& values) {
  std::string& memory = values.memory.emplace_back();
  memory.reserve(json.size());
  std::vector<uint32_t> open;
  const size_t deepest = Limits{}.json_depth;
  size_t too_deep = 0;
  bool has_key = false;
  std::string_view key;
  const auto add = [&](Value::Kind kind, std::string_view string) {
    Value value;
    value.kind = kind;
    value.key = has_key ? key : std::string_view{};
    value.string = string;
    value.parent = open.empty() ? UINT32_MAX : open.back();
    value.end = static_cast<uint32_t>(values.all.size() + 1);
    values.all.push_back(value);
    has_key = false;
  };
  for (size_t at = 0; at < json.size() && values.all.size() < most_values;) {
    const char c = json[at];
    if (space(c) || c == ',' || c == ':') {
      ++at;
    } else if (c == '{' || c == '[') {
      ++at;
      if (open.size() >= deepest) {
        ++too_deep;
        continue;
      }
      add(c == '{' ? Value::object : Value::array, {});
      open.push_back(static_cast<uint32_t>(values.all.size() - 1));
    } else if (c == '}' || c == ']') {
      ++at;
      has_key = false;
      if (too_deep) {
        --too_deep;
      } else if (!open.empty()) {
        values.all[open.back()].end = static_cast<uint32_t>(values.all.size());
        open.pop_back();
      }
    } else if (c == '"') {
      const size_t begin = memory.size();
      for (++at; at < json.size() && !(json[at] == '"' && ends_string(json, at)); ++at) {
        if (json[at] != '\\' || at + 1 == json.size()) {
          memory += json[at];
          continue;
        }
        const char escaped = json[++at];
        if (escaped == 'n' || escaped == 'r' || escaped == 't' || escaped == 'b' || escaped == 'f') {
          memory += ' ';
        } else if (const int unit = escaped == 'u' ? hex4(json, at + 1) : -1; unit >= 0) {
          at += 4;
          char32_t code = static_cast<char32_t>(unit);
          if (code >= 0xD800 && code <= 0xDBFF && json.substr(at + 1, 2) == "\\u") {
            if (const int low = hex4(json, at + 3); low >= 0xDC00 && low <= 0xDFFF) {
              code = 0x10000 + ((code - 0xD800) << 10) + (static_cast<char32_t>(low) - 0xDC00);
              at += 6;
            }
          }
          append_code_point(memory, code >= 0xD800 && code <= 0xDFFF ? U'\uFFFD' : code == 0 ? U' ' : code);
        } else {
          memory += escaped;
        }
      }
      ++at;
      const std::string_view string = std::string_view(memory).substr(begin);
      size_t next = at;
      while (next < json.size() && space(json[next])) ++next;
      if (too_deep) continue;
      if (!open.empty() && values.all[open.back()].kind == Value::object && next < json.size() && json[next] == ':') {
        key = string;
        has_key = true;
      } else {
        add(Value::text, string);
      }
    } else {
      const size_t begin = at;
      while (at < json.size() && !space(json[at]) && std::string_view(",:{}[]\"").find(json[at]) == std::string_view::npos) ++at;
      if (!too_deep && has_key) add(Value::literal, json.substr(begin, at - begin));
    }
  }
  for (const uint32_t index : open) values.all[index].end = static_cast<uint32_t>(values.all.size());
}

bool ends_with(std::string_view text, std::string_view end) { return text.size() >= end.size() &&
    text.substr(text.size() - end.size()) == end; }

// How much a thing of this type is what the page is about; 0: not at all.
int rank_of_type(std::string_view type) {
  if (const size_t slash = type.find_last_of("/#:"); slash != type.npos) type.remove_prefix(slash + 1);
  if (ends_with(type, "Article") || ends_with(type, "BlogPosting") || type == "Report" || type == "LiveBlogPosting") return 4;
  if (type == "Recipe" || type == "Review" || type == "HowTo" || type == "DiscussionForumPosting" || type == "Question" ||
      type == "QAPage") return 3;
  if (ends_with(type, "Page") || type == "CreativeWork" || type == "MediaObject" || ends_with(type, "Episode")) return 2;
  if (type == "VideoObject" || type == "AudioObject" || type == "PodcastEpisode" || type == "Event" || type == "Product" ||
      type == "Book") return 1;
  return 0;
}

// Under these keys stand other things than the page's own.
bool is_elsewhere(std::string_view key) {
  return key == "itemListElement" || key == "hasPart" || key == "comment" || key == "review" || key == "mentions" || key == "relatedLink" ||
      key == "citation" ||
         key == "isBasedOn" || key == "potentialAction" || key == "blogPost" || key == "blogPosts" || key == "workExample" ||
             key == "suggestedAnswer" || key == "about";
}

class Reader {
 public:
  explicit Reader(const Values& values) : values_(values.all) {}

  LinkedData read() {
    struct Thing {
      int rank;
      uint32_t index;
    };
    std::vector<Thing> things;
    std::vector<bool> elsewhere(values_.size());
    for (uint32_t i = 0; i < values_.size(); ++i) {
      const Value& value = values_[i];
      elsewhere[i] = is_elsewhere(value.key) || (value.parent != UINT32_MAX && elsewhere[value.parent]);
      if (value.kind != Value::object) continue;
      if (const std::string_view id = string(i, "@id"); !id.empty() && !string(i, "name").empty()) by_id_.emplace(id, i);
      if (const int rank = rank_of_type(type(i)); rank && !elsewhere[i]) things.push_back({rank, i});
    }
    std::stable_sort(things.begin(), things.end(), [](const Thing& a, const Thing& b) { return a.rank > b.rank; });
    LinkedData data;
    if (things.size() > 64) things.resize(64);
    for (const Thing& thing : things) {
      const auto fill = [&](std::string& field, std::string_view from) {
        if (field.empty()) field = from;
      };
      if (thing.rank >= 3) data.article = true;
      // A page or a video is named after its site or itself, and a page's author is often the site's: of them only the dates are worth it.
      if (thing.rank >= 3) {
        fill(data.title, string(thing.index, "headline"));
        fill(data.title, string(thing.index, "name"));
      }
      if (data.authors.empty() && thing.rank >= 2) {
        names(child(thing.index, "author"), data.authors, 0);
        if (data.authors.empty()) names(child(thing.index, "creator"), data.authors, 0);
      }
      fill(data.published, string(thing.index, "datePublished"));
      fill(data.modified, string(thing.index, "dateModified"));
      fill(data.created, string(thing.index, "dateCreated"));
      fill(data.created, string(thing.index, "uploadDate"));
      fill(data.language, string(thing.index, "inLanguage"));
      if (thing.rank >= 2) fill(data.address, string(thing.index, "url"));
      if (data.publisher.empty()) {
        std::vector<std::string> publishers;
        names(child(thing.index, "publisher"), publishers, 0);
        if (!publishers.empty()) data.publisher = publishers[0];
      }
    }
    return data;
  }

 private:
  static constexpr uint32_t none = UINT32_MAX;

  uint32_t child(uint32_t object, std::string_view key) const {
    // Objects of pages have a few dozen keys; what has more than a thousand is not looked through.
    size_t steps = 0;
    for (uint32_t i = object + 1; i < values_[object].end && steps < 1000; i = values_[i].end, ++steps)
      if (values_[i].key == key) return i;
    return none;
  }
  // A string, or the first of an array of strings.
  std::string_view string(uint32_t object, std::string_view key) const {
    uint32_t at = child(object, key);
    if (at == none) return {};
    if (values_[at].kind == Value::array && values_[at].end > at + 1) ++at;
    if (values_[at].kind == Value::text) return values_[at].string;
    return values_[at].kind == Value::literal && !values_[at].string.empty() && values_[at].string[0] >= '0' && values_[at].string[0] <= '9'
               ? values_[at].string
               : std::string_view{};
  }
  std::string_view type(uint32_t object) const {
    const uint32_t at = child(object, "@type");
    if (at == none) return {};
    if (values_[at].kind == Value::text) return values_[at].string;
    std::string_view best;
    for (uint32_t i = at + 1, steps = 0; i < values_[at].end && steps < 16; i = values_[i].end, ++steps)
      if (best.empty() || rank_of_type(values_[i].string) > rank_of_type(best)) best = values_[i].string;
    return best;
  }
  // Names of a person, of a body, of an array of them.
  void names(uint32_t at, std::vector<std::string>& out, int depth) const {
    if (at == none || depth > 4 || out.size() >= 50) return;
    const Value& value = values_[at];
    if (value.kind == Value::text) {
      out.emplace_back(value.string);
    } else if (value.kind == Value::array) {
      for (uint32_t i = at + 1, steps = 0; i < value.end && steps < 50; i = values_[i].end, ++steps) names(i, out, depth + 1);
    } else if (value.kind == Value::object) {
      if (const uint32_t name = child(at, "name"); name != none) names(name, out, depth + 1);
      else if (const auto found = by_id_.find(string(at, "@id")); found != by_id_.end() && found->second != at) names(found->second, out,
          depth + 1);
    }
  }

  const std::vector<Value>& values_;
  std::unordered_map<std::string_view, uint32_t> by_id_;
};

}  // namespace

LinkedData read_json_ld(const std::vector<std::string_view>& blocks) {
  Values values;
  values.memory.reserve(blocks.size());  // views into its strings: they may not move
  for (const std::string_view block : blocks) parse(block, values);
  return Reader(values).read();
}

}  // namespace sayso
