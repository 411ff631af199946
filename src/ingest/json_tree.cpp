#include "ingest/json_tree.h"

#include <string>

#include "base/unicode.h"

namespace sayso {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

// Four hexadecimal digits at `at`; -1: there are none.
int hex4(std::string_view text, size_t at) {
  if (at + 4 > text.size()) return -1;
  int value = 0;
  for (size_t i = at; i < at + 4; ++i) {
    const char c = text[i];
    const int d = digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (d < 0) return -1;
    value = value * 16 + d;
  }
  return value;
}

// The characters between the quotation marks of bytes[begin, end).
Content unescape(std::string_view bytes, size_t begin, size_t end) {
  Content out;
  for (size_t at = begin; at < end;) {
    const size_t slash = std::min(bytes.substr(0, end).find('\\', at), end);
    if (slash > at) out.append(bytes.substr(at, slash - at), static_cast<uint32_t>(at));
    if ((at = slash) >= end) break;
    const char c = bytes[at + 1];
    at += 2;
    if (c != 'u') {
      const char plain = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'b' ? '\b' : c == 'f' ? '\f' : c;
      out.append(std::string_view(&plain, 1));
      continue;
    }
    char32_t point = static_cast<char32_t>(hex4(bytes, at));
    at += 4;
    if (point >= 0xD800 && point < 0xDC00 && bytes.substr(at, 2) == "\\u") {
      if (const int low = hex4(bytes, at + 2); low >= 0xDC00 && low < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10) + static_cast<char32_t>(low - 0xDC00);
        at += 6;
      }
    }
    std::string character;
    append_code_point(character, point >= 0xD800 && point < 0xE000 ? U'\uFFFD' : point);
    out.append(character);
  }
  return out;
}

class JsonParser {
 public:
  JsonParser(std::string_view bytes, const Limits& limits) : limits_(limits) { tree_.bytes = bytes; }

  Result<JsonTree> parse() {
    const std::string_view bytes = tree_.bytes;
    if (bytes.starts_with("\xEF\xBB\xBF")) at_ = 3;
    // What may come next: a value; a value or “]”; a key; a key or “}”; a comma or the end of what is open.
    enum { value, first_value, key, first_key, after } expected = value;
    std::string_view name;
    for (;;) {
      skip_white();
      if (expected == after && open_.empty()) break;
      if (at_ >= bytes.size()) return corrupt("the JSON ends too early");
      const char c = bytes[at_];
      if (expected == after) {
        JsonNode& around = tree_.nodes[open_.back()];
        const bool object = around.kind == JsonKind::object;
        if (c == ',') {
          ++at_;
          expected = object ? key : value;
        } else if (c == (object ? '}' : ']')) {
          close();
        } else {
          return corrupt("a comma is missing in the JSON");
        }
        continue;
      }
      if ((expected == first_value && c == ']') || (expected == first_key && c == '}')) {
        close();
        expected = after;
        continue;
      }
      if (expected == key || expected == first_key) {
        const size_t begin = at_;
        if (c != '"' || !skip_string()) return corrupt("a name is missing in the JSON");
        name = key_of(begin + 1, at_ - 1);
        skip_white();
        if (at_ >= bytes.size() || bytes[at_] != ':') return corrupt("a colon is missing in the JSON");
        ++at_;
        expected = value;
        continue;
      }
      if (tree_.nodes.size() >= limits_.nodes)
        return Error{ErrorKind::bad_input, "the JSON has more than " + std::to_string(limits_.nodes) + " values", "",
                     "Split it, or raise the limit with --limit nodes=N."};
      JsonNode node;
      node.key = name;
      name = {};
      node.begin = static_cast<uint32_t>(at_);
      const uint32_t id = static_cast<uint32_t>(tree_.nodes.size());
      if (c == '{' || c == '[') {
        if (open_.size() >= limits_.json_depth)
          return Error{ErrorKind::bad_input, "the JSON nests deeper than " + std::to_string(limits_.json_depth), "byte " + std::to_string(at_),
                       "Raise the limit with --limit json-depth=N."};
        node.kind = c == '{' ? JsonKind::object : JsonKind::array;
        ++at_;
        tree_.nodes.push_back(node);
        open_.push_back(id);
        expected = c == '{' ? first_key : first_value;
        continue;
      }
      if (c == '"') {
        node.kind = JsonKind::string;
        if (!skip_string()) return corrupt("a string is not closed in the JSON");
      } else if (skip_word("true") || skip_word("false")) {
        node.kind = JsonKind::boolean;
      } else if (skip_word("null")) {
        node.kind = JsonKind::null;
      } else if (skip_number()) {
        node.kind = JsonKind::number;
      } else {
        return corrupt("the JSON holds what is no value");
      }
      node.end = static_cast<uint32_t>(at_);
      node.after = id + 1;
      tree_.nodes.push_back(node);
      expected = after;
    }
    if (at_ < bytes.size()) return corrupt("something follows the JSON");
    return std::move(tree_);
  }

 private:
  Error corrupt(const char* what) const { return Error{ErrorKind::corrupt, what, "byte " + std::to_string(at_), "Check that the file is whole."}; }

  void skip_white() {
    while (at_ < tree_.bytes.size() && (tree_.bytes[at_] == ' ' || tree_.bytes[at_] == '\n' || tree_.bytes[at_] == '\t' || tree_.bytes[at_] == '\r'))
      ++at_;
  }

  bool skip_word(std::string_view word) {
    if (tree_.bytes.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  bool skip_number() {
    if (skip_word("NaN") || skip_word("Infinity") || skip_word("-Infinity")) return true;
    const std::string_view bytes = tree_.bytes;
    size_t i = at_;
    const auto digits = [&] {
      const size_t begin = i;
      while (i < bytes.size() && digit(bytes[i])) ++i;
      return i > begin;
    };
    if (i < bytes.size() && bytes[i] == '-') ++i;
    if (i < bytes.size() && bytes[i] == '0') ++i;
    else if (!digits()) return false;
    if (i < bytes.size() && bytes[i] == '.' && (++i, !digits())) return false;
    if (i < bytes.size() && (bytes[i] == 'e' || bytes[i] == 'E')) {
      ++i;
      if (i < bytes.size() && (bytes[i] == '+' || bytes[i] == '-')) ++i;
      if (!digits()) return false;
    }
    at_ = i;
    return true;
  }

  // Over a string with well-formed escapes.
  bool skip_string() {
    const std::string_view bytes = tree_.bytes;
    size_t i = at_ + 1;
    for (; i < bytes.size() && bytes[i] != '"'; ++i) {
      if (bytes[i] != '\\') continue;
      if (++i >= bytes.size()) return false;
      if (bytes[i] == 'u') {
        if (hex4(bytes, i + 1) < 0) return false;
        i += 4;
      } else if (std::string_view("\"\\/bfnrt").find(bytes[i]) == std::string_view::npos) {
        return false;
      }
    }
    if (i >= bytes.size()) return false;
    at_ = i + 1;
    return true;
  }

  std::string_view key_of(size_t begin, size_t end) {
    const std::string_view written = tree_.bytes.substr(begin, end - begin);
    if (written.find('\\') == std::string_view::npos) return written;
    const std::string key = unescape(tree_.bytes, begin, end).text;
    tree_.memory.emplace_back(key.begin(), key.end());
    return {tree_.memory.back().data(), tree_.memory.back().size()};
  }

  void close() {
    ++at_;
    tree_.nodes[open_.back()].end = static_cast<uint32_t>(at_);
    tree_.nodes[open_.back()].after = static_cast<uint32_t>(tree_.nodes.size());
    open_.pop_back();
  }

  const Limits& limits_;
  JsonTree tree_;
  size_t at_ = 0;
  std::vector<uint32_t> open_;
};

}  // namespace

uint32_t JsonTree::find(uint32_t object, std::string_view key) const {
  uint32_t found = no_json;
  if (object >= nodes.size() || nodes[object].kind != JsonKind::object) return found;
  for (uint32_t id = object + 1; id < nodes[object].after; id = nodes[id].after)
    if (nodes[id].key == key) found = id;
  return found;
}

std::vector<uint32_t> JsonTree::children(uint32_t id) const {
  std::vector<uint32_t> all;
  if (id >= nodes.size()) return all;
  for (uint32_t child = id + 1; child < nodes[id].after; child = nodes[child].after) all.push_back(child);
  return all;
}

Content JsonTree::content(uint32_t id) const {
  if (id >= nodes.size()) return {};
  const JsonNode& node = nodes[id];
  if (node.kind == JsonKind::string) return unescape(bytes, node.begin + 1, node.end - 1);
  Content out;
  if (node.kind == JsonKind::number || node.kind == JsonKind::boolean) out.append(written(id), node.begin);
  return out;
}

std::string JsonTree::words(uint32_t object, std::string_view key) const {
  const uint32_t value = find(object, key);
  return value == no_json ? std::string() : collapse(content(value)).text;
}

Result<JsonTree> parse_json(std::string_view bytes, const Limits& limits) {
  if (bytes.size() >= std::numeric_limits<uint32_t>::max()) return Error{ErrorKind::bad_input, "the JSON has 4 GiB or more", "", "Split it."};
  return JsonParser(bytes, limits).parse();
}

}  // namespace sayso
