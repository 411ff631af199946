#include "markup/xml.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/unicode.h"

namespace sayso {
namespace {

constexpr std::string_view xml_space = "http://www.w3.org/XML/1998/namespace";
// Entities inside entities; a million laughs need nine, and what refers to itself ends here.
constexpr int deepest_entity = 40;
// Longer names are no entity's.
constexpr size_t longest_entity_name = 200;

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool ends_name(char c) { return is_white(c) || c == '/' || c == '>' || c == '<' || c == '=' || c == '"' || c == '\'' || c == '&' || c == '\0'; }

// What number references to the controls of Windows-1252 mean, 0x80…0x9F; 0: themselves.
constexpr std::array<char16_t, 32> windows_1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                                   0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                   0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

const std::unordered_map<std::string_view, char32_t>& html_entities() {
  static const auto entities = [] {
    std::unordered_map<std::string_view, char32_t> map;
    for (unsigned value = 34; value < 10000; ++value)
      if (const htmlEntityDesc* entity = htmlEntityValueLookup(value)) map.emplace(entity->name, static_cast<char32_t>(value));
    map.insert_or_assign("apos", U'\'');
    return map;
  }();
  return entities;
}

// A place in the document or in an entity's text, and which endings are known not to come any more: looking for them once is enough.
struct Cursor {
  std::string_view text;
  size_t at = 0;
  bool document = true;                     // false: an entity's text, which stands at [raw_begin, raw_end)
  uint32_t raw_begin = 0, raw_end = 0;
  int entities = 0;                         // how many entities this one is inside of
  std::vector<std::pair<std::string_view, size_t>> missing = {};

  bool done() const { return at >= text.size(); }
  char here() const { return text[at]; }
  bool starts(std::string_view what) const { return text.substr(at, what.size()) == what; }
  void skip_white() { while (!done() && is_white(here())) ++at; }

  // Where `what` (a literal) comes next, from `from` on.
  size_t find(std::string_view what, size_t from) {
    for (const auto& [gone, since] : missing)
      if (gone == what && from >= since) return std::string_view::npos;
    const size_t found = text.find(what, from);
    if (found == std::string_view::npos) missing.emplace_back(what, from);
    return found;
  }
};

class Reader {
 public:
  Reader(std::string_view document, const Limits& limits) : limits_(limits) {
    tree_.memory.emplace_back(document.begin(), document.end());
    document_ = tree_.document = {tree_.memory[0].data(), tree_.memory[0].size()};
    spaces_["xml"].push_back(xml_space);
  }

  Result<Tree> read() {
    Cursor cursor{document_};
    if (cursor.starts("\xEF\xBB\xBF")) cursor.at = 3;
    read_content(cursor);
    if (error_) return std::move(*error_);
    if (tree_.nodes.empty())
      return Error{ErrorKind::corrupt, "this is no XML: there is no element in it", "", "Check that the file is what its name says."};
    if (!open_.empty()) complain("an element is not closed", document_.size());
    while (!open_.empty()) close_last(static_cast<uint32_t>(document_.size()));
    flush();
    tree_.nodes[0].end = static_cast<NodeId>(tree_.nodes.size());
    if (complaints_ > 0)
      tree_.warnings.insert(tree_.warnings.begin(), "ill-formed XML was read as far as it could be understood: " + first_complaint_ +
                            (complaints_ > 1 ? ", and " + std::to_string(complaints_ - 1) + " more" : ""));
    if (flattened_ > 0)
      tree_.warnings.push_back("elements nested deeper than " + std::to_string(limits_.depth) + " were flattened");
    if (dropped_ > 0)
      tree_.warnings.push_back("attributes beyond " + std::to_string(limits_.attributes) + " of one element were dropped");
    if (full_) tree_.warnings.push_back("attributes beyond " + std::to_string(limits_.nodes) + " of the document were dropped");
    if (external_ > 0) tree_.warnings.push_back("external entities were not loaded");
    return std::move(tree_);
  }

 private:
  // An element that was not closed yet. id is no_node when it was flattened.
  struct Open {
    std::string_view name;  // as written, with its prefix
    NodeId id = no_node, last_child = no_node;
    uint32_t bound = 0;     // prefixes that it declared: the last ones in bound_
  };

  void complain(const char* what, size_t at) {
    if (complaints_++ == 0) first_complaint_ = std::string(what) + " at byte " + std::to_string(at);
  }
  void complain(const char* what, const Cursor& cursor) { complain(what, raw(cursor, cursor.at)); }

  static uint32_t raw(const Cursor& cursor, size_t at) { return cursor.document ? static_cast<uint32_t>(at) : cursor.raw_begin; }
  static uint32_t raw_after(const Cursor& cursor, size_t at) { return cursor.document ? static_cast<uint32_t>(at) : cursor.raw_end; }

  // A copy that lives as long as the tree.
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (tree_.memory.size() < 2 || tree_.memory.back().capacity() - tree_.memory.back().size() < text.size()) {
      tree_.memory.emplace_back();
      tree_.memory.back().reserve(std::max<size_t>(text.size(), 1 << 16));
    }
    std::vector<char>& chunk = tree_.memory.back();
    const size_t at = chunk.size();
    chunk.insert(chunk.end(), text.begin(), text.end());
    return {chunk.data() + at, text.size()};
  }

  // ---- the tree ----

  void refuse() {
    error_ = Error{ErrorKind::bad_input, "the XML document has more than " + std::to_string(limits_.nodes) + " elements and texts", "",
                   "Split it, or raise the limit with --limit nodes=N."};
  }

  NodeId add_node(Node node) {
    if (tree_.nodes.size() >= limits_.nodes) {
      refuse();
      return no_node;
    }
    const NodeId id = static_cast<NodeId>(tree_.nodes.size());
    node.end = id + 1;
    // The innermost element that is in the tree; flattened ones are all at the end of open_, behind depth_ others.
    if (depth_ > 0) {
      Open& parent = open_[depth_ - 1];
      node.parent = parent.id;
      (parent.last_child == no_node ? tree_.nodes[parent.id].first_child : tree_.nodes[parent.last_child].next_sibling) = id;
      parent.last_child = id;
    }
    tree_.nodes.push_back(node);
    return id;
  }

  void add_text(std::string_view text, uint32_t begin, uint32_t end) {
    flush();
    if (text.empty()) return;
    if (open_.empty()) {
      if (!std::all_of(text.begin(), text.end(), is_white)) complain("text outside the root element", begin);
      return;
    }
    Node node;
    node.text = text;
    node.raw_begin = begin;
    node.raw_end = end;
    add_node(node);
  }

  // Characters that a reference stood for. References that follow each other make one text.
  void add_resolved(std::string_view text, uint32_t begin, uint32_t end) {
    if (!resolved_.empty() && resolved_end_ != begin) flush();
    if (resolved_.empty()) resolved_begin_ = begin;
    resolved_ += text;
    resolved_end_ = end;
  }

  void flush() {
    if (resolved_.empty()) return;
    const std::string_view text = keep(resolved_);
    resolved_.clear();
    add_text(text, resolved_begin_, resolved_end_);
  }

  void close_last(uint32_t raw_end) {
    flush();
    Open& last = open_.back();
    if (last.id != no_node) {
      tree_.nodes[last.id].end = static_cast<NodeId>(tree_.nodes.size());
      tree_.nodes[last.id].raw_end = raw_end;
      for (; last.bound > 0; --last.bound) {
        spaces_[bound_.back()].pop_back();
        bound_.pop_back();
      }
      --depth_;
      if (last.id == 0) root_last_child_ = last.last_child;
    }
    --open_names_[last.name];
    open_.pop_back();
  }

  void open(Open element) {
    if (open_.size() >= limits_.nodes) return refuse();  // flattened ones are in no tree, but here
    ++open_names_[element.name];
    if (element.id != no_node) ++depth_;
    open_.push_back(element);
  }

  // ---- content ----

  void read_content(Cursor& cursor) {
    while (!cursor.done() && !error_) {
      const size_t begin = cursor.at;
      const char* from = cursor.text.data() + begin;
      const char* const end = cursor.text.data() + cursor.text.size();
      const char* to = from;
      while (to != end && *to != '<' && *to != '&') ++to;
      cursor.at += static_cast<size_t>(to - from);
      if (cursor.at > begin) add_text(cursor.text.substr(begin, cursor.at - begin), raw(cursor, begin), raw_after(cursor, cursor.at));
      if (cursor.done() || error_) break;
      if (cursor.here() == '&')
        read_reference(cursor);
      else
        read_markup(cursor);
    }
    flush();
  }

  void read_markup(Cursor& cursor) {
    const size_t begin = cursor.at;
    const auto next = [&](size_t i) { return begin + i < cursor.text.size() ? cursor.text[begin + i] : '\0'; };
    if (begins_name(next(1))) return read_start(cursor);
    if (next(1) == '/' && (begins_name(next(2)) || next(2) == '>')) return read_end(cursor);
    if (next(1) == '?') return skip(cursor, 2, "?>", "a processing instruction is not closed");
    if (cursor.starts("<!--")) return skip(cursor, 4, "-->", "a comment is not closed");
    if (cursor.starts("<![CDATA[")) {
      const size_t text = begin + 9, found = cursor.find("]]>", text);
      const size_t end = found == std::string_view::npos ? cursor.text.size() : found;
      if (found == std::string_view::npos) complain("a CDATA section is not closed", cursor);
      add_text(cursor.text.substr(text, end - text), raw(cursor, text), raw_after(cursor, end));
      cursor.at = std::min(end + 3, cursor.text.size());
      return;
    }
    if (cursor.starts("<!DOCTYPE")) return read_doctype(cursor);
    if (next(1) == '!') return skip(cursor, 2, ">", "a declaration is not closed");
    complain("“<” begins no tag", cursor);
    ++cursor.at;
    add_text(cursor.text.substr(begin, 1), raw(cursor, begin), raw_after(cursor, begin + 1));
  }

  // Behind `ending`; where that is missing behind the next “>”, so that the text after it is not lost.
  void skip(Cursor& cursor, size_t behind, std::string_view ending, const char* complaint) {
    size_t found = cursor.find(ending, cursor.at + behind);
    if (found == std::string_view::npos) {
      complain(complaint, cursor);
      ending = ">";
      found = cursor.find(ending, cursor.at + behind);
    }
    cursor.at = found == std::string_view::npos ? cursor.text.size() : found + ending.size();
  }

  std::string_view read_name(Cursor& cursor) {
    const size_t begin = cursor.at;
    while (!cursor.done() && !ends_name(cursor.here())) ++cursor.at;
    return cursor.text.substr(begin, cursor.at - begin);
  }

  void read_start(Cursor& cursor) {
    flush();
    const size_t begin = cursor.at++;
    Open element;
    element.name = read_name(cursor);
    if (open_.empty() && !tree_.nodes.empty()) {
      // More behind the root element: into it, as if it had not been closed.
      complain("an element behind the root element", begin);
      open({root_name_, 0, root_last_child_});
    }
    const bool flat = depth_ >= limits_.depth;
    const uint32_t first = static_cast<uint32_t>(tree_.attributes.size());
    bool empty = false, valued = false, other = false;
    for (;;) {
      cursor.skip_white();
      if (cursor.done() || cursor.here() == '<') {
        complain("a tag is not closed", cursor);
        if (!cursor.done() && other && !valued) {  // “a <b and c <i>”: words
          tree_.attributes.resize(first);
          cursor.at = begin + 1;
          return add_text(cursor.text.substr(begin, 1), raw(cursor, begin), raw_after(cursor, begin + 1));
        }
        break;
      }
      if (cursor.here() == '>') {
        ++cursor.at;
        break;
      }
      if (cursor.starts("/>")) {
        cursor.at += 2;
        empty = true;
        break;
      }
      const size_t before = cursor.at;
      const std::string_view name = read_name(cursor);
      if (name.empty() || !begins_name(name[0])) {
        complain("a tag holds what is no attribute", cursor);
        other = true;
        if (cursor.at == before) ++cursor.at;
        continue;
      }
      std::string_view value;
      cursor.skip_white();
      if (!cursor.done() && cursor.here() == '=') {
        ++cursor.at;
        cursor.skip_white();
        value = read_value(cursor);
        valued = true;
      } else {
        other = true;
        complain("an attribute has no value", cursor);
      }
      if (error_) return;
      if (flat) continue;
      if (tree_.attributes.size() - first >= limits_.attributes)
        ++dropped_;
      else if (tree_.attributes.size() >= limits_.nodes)
        full_ = true;
      else
        tree_.attributes.push_back({name, value});
    }
    if (flat) {
      ++flattened_;
    } else {
      Node node;
      node.first_attribute = first;
      node.attributes = static_cast<uint32_t>(tree_.attributes.size()) - first;
      for (uint32_t i = first; i < tree_.attributes.size(); ++i) {
        const Attribute& attribute = tree_.attributes[i];
        const bool defaulted = attribute.name == "xmlns";
        if (!defaulted && !attribute.name.starts_with("xmlns:")) continue;
        const std::string_view prefix = defaulted ? std::string_view() : attribute.name.substr(6);
        spaces_[prefix].push_back(attribute.value);
        bound_.push_back(prefix);
        ++element.bound;
      }
      const size_t colon = element.name.find(':');
      const bool prefixed = colon != std::string_view::npos && colon > 0 && colon + 1 < element.name.size();
      const std::string_view prefix = prefixed ? element.name.substr(0, colon) : std::string_view();
      node.name = prefixed ? element.name.substr(colon + 1) : element.name;
      const auto found = spaces_.find(prefix);
      node.space = found != spaces_.end() && !found->second.empty() ? found->second.back() : prefix;
      if (prefixed && (found == spaces_.end() || found->second.empty())) complain("a prefix is not declared", begin);
      node.raw_begin = raw(cursor, begin);
      node.raw_end = raw_after(cursor, cursor.at);
      element.id = add_node(node);
      if (element.id == 0) root_name_ = element.name;
      if (error_) return;
    }
    open(element);
    if (empty) close_last(raw_after(cursor, cursor.at));
  }

  void read_end(Cursor& cursor) {
    flush();
    const size_t begin = cursor.at;
    cursor.at += 2;
    std::string_view name = read_name(cursor);
    cursor.skip_white();
    if (!cursor.done() && cursor.here() != '<' && cursor.here() != '>') {
      // “</p class="x">”
      complain("an end tag holds more than its name", begin);
      while (!cursor.done() && cursor.here() != '<' && cursor.here() != '>') ++cursor.at;
    }
    if (!cursor.done() && cursor.here() == '>')
      ++cursor.at;
    else
      complain("an end tag is not closed", begin);
    if (name.empty() && !open_.empty()) name = open_.back().name;
    const auto count = open_names_.find(name);
    if (count == open_names_.end() || count->second == 0) return complain("an end tag without its beginning", begin);
    while (open_.back().name != name) {
      complain("an element is not closed", begin);
      close_last(raw(cursor, begin));
    }
    close_last(raw_after(cursor, cursor.at));
  }

  std::string_view read_value(Cursor& cursor) {
    if (cursor.done()) return {};
    const char quote = cursor.here();
    size_t begin = cursor.at, end = begin;
    if (quote == '"' || quote == '\'') {
      begin = ++cursor.at;
      end = cursor.find(quote == '"' ? "\"" : "'", begin);
      if (end == std::string_view::npos) {
        complain("an attribute's value is not closed", cursor);
        while (!cursor.done() && cursor.here() != '>' && cursor.here() != '<') ++cursor.at;
        end = cursor.at;
      } else {
        cursor.at = end + 1;
      }
    } else {
      complain("an attribute's value is not quoted", cursor);
      while (!cursor.done() && !is_white(cursor.here()) && cursor.here() != '>' && cursor.here() != '<') ++cursor.at;
      end = cursor.at;
    }
    const std::string_view value = cursor.text.substr(begin, end - begin);
    if (value.find('&') == std::string_view::npos) return value;
    std::string text;
    resolve(value, raw(cursor, begin), cursor.entities, text);
    return keep(text);
  }

  // ---- references and entities ----

  struct Reference {
    size_t size = 0;                               // 0: this “&” begins none
    char32_t character = 0;                        // 0: an entity of the document
    std::optional<std::string_view> entity = {};   // its text; nothing: external
  };

  // The reference at text[at] == '&'.
  Reference reference(std::string_view text, size_t at) {
    size_t i = at + 1;
    if (i < text.size() && text[i] == '#') {
      ++i;
      const bool hex = i < text.size() && (text[i] == 'x' || text[i] == 'X');
      if (hex) ++i;
      const size_t digits = i;
      char32_t c = 0;
      for (; i < text.size(); ++i) {
        const char d = text[i];
        const int digit = d >= '0' && d <= '9' ? d - '0' : hex && d >= 'a' && d <= 'f' ? d - 'a' + 10 : hex && d >= 'A' && d <= 'F' ? d - 'A' + 10
                          : -1;
        if (digit < 0) break;
        if (c <= 0x10FFFF) c = c * (hex ? 16 : 10) + static_cast<char32_t>(digit);
      }
      if (i == digits) return {};
      if (i < text.size() && text[i] == ';') ++i;
      if (c >= 0x80 && c < 0xA0 && windows_1252[c - 0x80] != 0) c = windows_1252[c - 0x80];
      if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = 0xFFFD;
      return {i - at, c};
    }
    const size_t name_begin = i;
    while (i < text.size() && i - name_begin < longest_entity_name && !ends_name(text[i]) && text[i] != ';') ++i;
    if (i == name_begin || i >= text.size() || text[i] != ';') return {};
    const std::string_view name = text.substr(name_begin, i - name_begin);
    const size_t size = i + 1 - at;
    if (const auto own = entities_.find(name); own != entities_.end()) return {size, 0, own->second};
    if (const auto html = html_entities().find(name); html != html_entities().end()) return {size, html->second};
    return {};
  }

  // Counts what an entity gives. False: too much, or it is inside itself.
  bool may_expand(std::string_view entity, int inside) {
    entity_bytes_ += entity.size() + 1;
    if (entity_bytes_ > limits_.entity_bytes) {
      error_ = Error{ErrorKind::bad_input, "the entities of the XML document expand to more than " + std::to_string(limits_.entity_bytes) + " bytes",
                     "", "If it is not made to do harm, raise the limit with --limit entity-bytes=N."};
      return false;
    }
    return inside < deepest_entity;
  }

  void read_reference(Cursor& cursor) {
    const size_t begin = cursor.at;
    const Reference found = reference(cursor.text, begin);
    if (found.size == 0) {
      complain("“&” begins no reference", cursor);
      ++cursor.at;
      return add_text(cursor.text.substr(begin, 1), raw(cursor, begin), raw_after(cursor, begin + 1));
    }
    cursor.at += found.size;
    const uint32_t raw_begin = raw(cursor, begin), raw_end = raw_after(cursor, cursor.at);
    if (found.character != 0) {
      std::string character;
      append_code_point(character, found.character);
      return add_resolved(character, raw_begin, raw_end);
    }
    if (!found.entity) {
      ++external_;
      return;
    }
    if (!may_expand(*found.entity, cursor.entities)) {
      if (!error_) complain("an entity is inside itself", raw_begin);
      return;
    }
    if (found.entity->find_first_of("<&") == std::string_view::npos) return add_resolved(*found.entity, raw_begin, raw_end);
    Cursor inner{*found.entity, 0, false, raw_begin, raw_end, cursor.entities + 1};
    read_content(inner);
  }

  void resolve(std::string_view text, uint32_t at, int inside, std::string& out) {
    for (size_t i = 0; i < text.size() && !error_;) {
      const size_t next = std::min(text.find('&', i), text.size());
      out += text.substr(i, next - i);
      if ((i = next) == text.size()) return;
      const Reference found = reference(text, i);
      if (found.size == 0) {
        complain("“&” begins no reference", at);
        out += text[i++];
        continue;
      }
      i += found.size;
      if (found.character != 0)
        append_code_point(out, found.character);
      else if (!found.entity)
        ++external_;
      else if (may_expand(*found.entity, inside))
        resolve(*found.entity, at, inside + 1, out);
      else if (!error_)
        complain("an entity is inside itself", at);
    }
  }

  // ---- the document type: its internal entities, and nothing else ----

  void read_doctype(Cursor& cursor) {
    const size_t begin = cursor.at;
    if (doctype_ || !cursor.document || !tree_.nodes.empty()) return skip(cursor, 2, ">", "a declaration is not closed");
    doctype_ = true;
    cursor.at += 9;
    while (!cursor.done() && cursor.here() != '>' && cursor.here() != '[') skip_quoted(cursor);
    if (!cursor.done() && cursor.here() == '[') {
      ++cursor.at;
      while (!cursor.done() && cursor.here() != ']') read_declaration(cursor);
      while (!cursor.done() && cursor.here() != '>') ++cursor.at;
    }
    if (!cursor.done()) {
      ++cursor.at;
      return;
    }
    // Not closed: it ends before the next tag, so that the rest is not lost.
    complain("the document type is not closed", begin);
    cursor.at = std::min(cursor.text.find_first_of("<>", begin + 1), cursor.text.size());
    if (!cursor.done() && cursor.here() == '>') ++cursor.at;
  }

  // Over one character, or over what is in quotes.
  void skip_quoted(Cursor& cursor) {
    const char c = cursor.text[cursor.at++];
    if (c != '"' && c != '\'') return;
    if (const size_t end = cursor.find(c == '"' ? "\"" : "'", cursor.at); end != std::string_view::npos) cursor.at = end + 1;
  }

  void read_declaration(Cursor& cursor) {
    if (cursor.starts("<!--")) return skip(cursor, 4, "-->", "a comment is not closed");
    if (cursor.starts("<?")) return skip(cursor, 2, "?>", "a processing instruction is not closed");
    if (!cursor.starts("<!")) {
      ++cursor.at;  // white space, a parameter entity's reference
      return;
    }
    const bool entity = cursor.starts("<!ENTITY");
    cursor.at += entity ? 8 : 2;
    if (entity) {
      cursor.skip_white();
      const bool parameter = !cursor.done() && cursor.here() == '%';
      if (parameter) ++cursor.at;
      cursor.skip_white();
      const std::string_view name = read_name(cursor);
      cursor.skip_white();
      if (!parameter && !name.empty() && !cursor.done()) {
        const bool quoted = cursor.here() == '"' || cursor.here() == '\'';
        const size_t text = cursor.at + 1;
        const size_t end = quoted ? cursor.find(cursor.here() == '"' ? "\"" : "'", text) : std::string_view::npos;
        if (end != std::string_view::npos)
          entities_.emplace(name, with_numbers_resolved(cursor.text.substr(text, end - text)));  // the first one counts
        else if (cursor.starts("SYSTEM") || cursor.starts("PUBLIC"))
          entities_.emplace(name, std::nullopt);
      }
    }
    while (!cursor.done() && cursor.here() != '>') skip_quoted(cursor);
    if (!cursor.done()) ++cursor.at;
  }

  // Number references are resolved where an entity is declared, others where it is used.
  std::string_view with_numbers_resolved(std::string_view text) {
    if (text.find("&#") == std::string_view::npos) return text;
    std::string out;
    for (size_t i = 0; i < text.size();) {
      const size_t next = std::min(text.find("&#", i), text.size());
      out += text.substr(i, next - i);
      if ((i = next) == text.size()) break;
      const Reference found = reference(text, i);
      if (found.size == 0)
        out += text[i++];
      else
        append_code_point(out, found.character), i += found.size;
    }
    return keep(out);
  }

  const Limits& limits_;
  Tree tree_;
  std::string_view document_;
  std::optional<Error> error_;

  std::vector<Open> open_;
  size_t depth_ = 0;  // of open_, how many are in the tree
  std::unordered_map<std::string_view, uint32_t> open_names_;
  std::unordered_map<std::string_view, std::vector<std::string_view>> spaces_;  // what each prefix means, innermost last
  std::vector<std::string_view> bound_;
  std::string_view root_name_;
  NodeId root_last_child_ = no_node;

  std::string resolved_;
  uint32_t resolved_begin_ = 0, resolved_end_ = 0;

  bool doctype_ = false;
  std::unordered_map<std::string_view, std::optional<std::string_view>> entities_;
  size_t entity_bytes_ = 0;

  std::string first_complaint_;
  size_t complaints_ = 0, flattened_ = 0, dropped_ = 0, external_ = 0;
  bool full_ = false;  // with attributes
};

}  // namespace

Result<Tree> parse_xml(std::string_view document, const Limits& limits) {
  if (document.size() >= std::numeric_limits<uint32_t>::max())
    return Error{ErrorKind::bad_input, "the XML document has 4 GiB or more", "", "Split it."};
  return Reader(document, limits).read();
}

}  // namespace sayso
