#include "markup/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <mutex>
#include <unordered_map>

#include "base/unicode.h"
#include "markup/entities.h"

namespace sayso {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_name(std::string_view written, std::string_view lower_case) {
  return written.size() == lower_case.size() &&
         std::equal(written.begin(), written.end(), lower_case.begin(), [](char a, char b) { return lower(a) == b; });
}

// Elements whose inside is text whatever stands in it. In the last two of them references are resolved. Where a page forgets the end of one,
// those that hide their inside would hide the rest of the page: then only those with open_end have one.
struct RawElement {
  std::string_view name;
  bool references, open_end, nests;
};
constexpr std::array<RawElement, 10> raw_elements = {{{"script", false, true, false},
                                                      {"style", false, true, false},
                                                      {"template", false, false, true},
                                                      {"noscript", false, false, false},
                                                      {"iframe", false, false, false},
                                                      {"noembed", false, false, false},
                                                      {"noframes", false, false, false},
                                                      {"xmp", false, false, false},
                                                      {"title", true, false, false},
                                                      {"textarea", true, false, false}}};
// Elements with nothing inside, also by the parser's own rules for old pages; what libxml2 does not know to be such stands behind them.
constexpr std::array<std::string_view, 12> void_elements = {"area",  "base", "br",   "col",   "hr",    "img",
                                                            "input", "link", "meta", "param", "frame", "basefont"};
constexpr std::array<std::string_view, 6> new_void_elements = {"embed", "source", "track", "wbr", "bgsound", "keygen"};
constexpr std::string_view stand_in = "img";  // as what libxml2 sees those; all of them are as long at least

int find_raw_element(std::string_view name) {
  for (size_t i = 0; i < raw_elements.size(); ++i)
    if (same_name(name, raw_elements[i].name)) return static_cast<int>(i);
  return -1;
}

template <size_t count>
bool is_one_of(const std::array<std::string_view, count>& list, std::string_view name) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view v) { return same_name(name, v); });
}

// alone: a start tag with nothing inside, or only raw text; disguised: … and libxml2 sees it as stand_in.
enum class TokenKind : uint8_t { text, raw_text, start, alone, disguised, end, flat };  // flat: a tag that is hidden since it is too deep

struct Token {
  uint32_t begin, end;
  TokenKind kind;
  uint8_t name_size = 0;  // of a tag: bytes of its name, 255 at most
};

// What libxml2 gets to see: the page with every tag where it stands and everything else blank, so that its costs and its own ideas of
// references, comments, scripts and characters do not matter. Offsets hold, since nothing moves.
struct Guarded {
  std::string bytes;
  std::deque<Token> tokens;  // grows without being copied
  size_t texts = 0;          // tokens that are sure to become nodes; scanning ends when they are more than the limit
  bool attributes_dropped = false;
};

// One pass over the page's bytes, tags as the HTML standard cuts them.
class Scanner {
 public:
  Scanner(std::string_view page, const Limits& limits) : page_(page), limits_(limits), keep_high_bytes_(is_utf8(page)) {
    guarded_.bytes.assign(page.size(), ' ');
  }

  Guarded scan() {
    size_t text = 0;
    for (size_t at = 0; at < page_.size() && guarded_.texts <= limits_.nodes;) {
      at = std::min(page_.find('<', at), page_.size());
      if (at == page_.size()) break;
      const size_t end = markup_end(at);
      if (end == 0) {  // a “<” that is text
        ++at;
        continue;
      }
      add_text(text, at, TokenKind::text);
      at = text = add_markup(at, end);
    }
    add_text(text, page_.size(), TokenKind::text);
    return std::move(guarded_);
  }

 private:
  char at(size_t i) const { return i < page_.size() ? page_[i] : '\0'; }

  // find() that does not search again for what once was not there: keeps hostile pages linear.
  size_t find_from(std::string_view what, size_t from, bool& none) const {
    if (none) return std::string_view::npos;
    const size_t found = page_.find(what, from);
    none = found == std::string_view::npos;
    return found;
  }

  // One behind the markup that begins with the “<” at `begin`; 0 if none does.
  size_t markup_end(size_t begin) {
    const char next = at(begin + 1);
    if (is_letter(next)) return start_tag_end(begin);
    if (next == '!' && page_.substr(begin, 4) == "<!--") return comment_end(begin);
    if (next == '!' || next == '?' || (next == '/' && begin + 2 < page_.size())) {
      const size_t end = find_from(">", begin + 2, no_bracket_);
      return end == std::string_view::npos ? 0 : end + 1;
    }
    return 0;
  }

  size_t comment_end(size_t begin) {
    if (page_.substr(begin, 5) == "<!-->") return begin + 5;
    if (page_.substr(begin, 6) == "<!--->") return begin + 6;
    const size_t end = find_from("-->", begin + 4, no_comment_end_);
    const size_t odd_end = find_from("--!>", begin + 4, no_odd_comment_end_);
    if (odd_end < end) return odd_end + 4;
    return end == std::string_view::npos ? page_.size() : end + 3;
  }

  // Walks over the attributes and remembers where those end that may stay.
  size_t start_tag_end(size_t begin) {
    size_t i = begin + 1;
    while (i < page_.size() && !is_blank(page_[i]) && page_[i] != '/' && page_[i] != '>') ++i;
    name_end_ = i;
    size_t attributes = 0;
    kept_end_ = 0;
    open_quotes_.clear();
    long_names_.clear();
    if (name_end_ - begin - 1 > longest_name) long_names_.emplace_back(begin + 1 + longest_name, name_end_);
    while (i < page_.size()) {
      if (is_blank(page_[i]) || page_[i] == '/') {
        ++i;
        continue;
      }
      if (page_[i] == '>') break;
      if (++attributes > limits_.attributes && kept_end_ == 0) kept_end_ = i;
      const size_t name = i;
      do ++i;
      while (i < page_.size() && !is_blank(page_[i]) && page_[i] != '/' && page_[i] != '>' && page_[i] != '=');
      if (i - name > longest_name && kept_end_ == 0) long_names_.emplace_back(name + longest_name, i);
      size_t value = i;
      while (value < page_.size() && is_blank(page_[value])) ++value;
      if (at(value) != '=') continue;
      ++value;
      while (value < page_.size() && is_blank(page_[value])) ++value;
      i = value;
      const char quote = at(value);
      if (quote == '"' || quote == '\'') {
        const size_t close = find_from(std::string_view(&quote, 1), value + 1, quote == '"' ? no_double_quote_ : no_single_quote_);
        if (close != std::string_view::npos) {
          i = close + 1;
          continue;
        }
        if (kept_end_ == 0) open_quotes_.push_back(value);  // would hide the rest of the page
        ++i;
      }
      while (i < page_.size() && !is_blank(page_[i]) && page_[i] != '>') ++i;
    }
    if (i >= page_.size()) return 0;
    if (kept_end_ == 0)
      kept_end_ = i;
    else
      guarded_.attributes_dropped = true;
    return i + 1;
  }

  void add_text(size_t begin, size_t end, TokenKind kind) {
    if (begin == end) return;
    guarded_.tokens.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end), kind});
    if (kind == TokenKind::raw_text || std::all_of(page_.begin() + begin, page_.begin() + end, is_blank)) return;
    ++guarded_.texts;
    std::memset(guarded_.bytes.data() + begin, 'x', end - begin);
  }

  void show(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      const auto c = static_cast<unsigned char>(page_[i]);
      // “&” goes as DEL, which libxml2 leaves alone; resolved when the value is taken.
      guarded_.bytes[i] = c == '&'                                                              ? '\x7F'
                          : c == '\f'                                                           ? ' '
                          : (c < 0x20 && !is_blank(page_[i])) || c == 0x7F || (c >= 0x80 && !keep_high_bytes_) ? '?'
                                                                                                : page_[i];
    }
  }

  // Shows the tag to libxml2, takes the inside of an element that is text; gives where reading goes on.
  size_t add_markup(size_t begin, size_t end) {
    const char next = page_[begin + 1];
    const bool is_end = next == '/';
    if (!is_letter(is_end ? at(begin + 2) : next)) return end;  // comments, doctypes, processing instructions
    const size_t name_begin = begin + 1 + is_end;
    size_t name_end = name_end_;
    if (is_end)
      for (name_end = name_begin; !is_blank(page_[name_end]) && page_[name_end] != '/' && page_[name_end] != '>';) ++name_end;
    const std::string_view name = page_.substr(name_begin, name_end - name_begin);
    Token token{static_cast<uint32_t>(begin), static_cast<uint32_t>(end), TokenKind::end, static_cast<uint8_t>(std::min<size_t>(name.size(), 255))};
    guarded_.bytes[end - 1] = '>';
    if (is_end) {
      show(begin, name_end);
      guarded_.tokens.push_back(token);
      return end;
    }
    show(begin, kept_end_);
    for (const size_t quote : open_quotes_) guarded_.bytes[quote] = ' ';
    for (const auto& [from, to] : long_names_) std::memset(guarded_.bytes.data() + from, '@', to - from);
    const int raw = find_raw_element(name);
    const bool closed = page_[end - 2] == '/' && end - 2 >= name_end && kept_end_ == end - 1;
    const size_t inside_end = raw < 0 ? std::string_view::npos : raw_end(end, static_cast<size_t>(raw));
    const bool alone = closed || is_one_of(void_elements, name);
    const bool disguised = raw >= 0 ? inside_end == std::string_view::npos : is_one_of(new_void_elements, name);
    token.kind = disguised ? TokenKind::disguised : raw >= 0 || alone ? TokenKind::alone : TokenKind::start;
    guarded_.tokens.push_back(token);
    if (disguised) {
      std::memset(guarded_.bytes.data() + name_begin, ' ', name.size());
      std::memcpy(guarded_.bytes.data() + name_begin, stand_in.data(), stand_in.size());
    }
    if (inside_end == std::string_view::npos) return end;
    if (closed) guarded_.bytes[end - 2] = ' ';  // as browsers: it is open all the same
    add_text(end, inside_end, raw_elements[raw].references ? TokenKind::text : TokenKind::raw_text);
    return inside_end;
  }

  // Where the end tag of the raw element stands whose inside begins at `from`; npos: there is none, and nothing is inside.
  size_t raw_end(size_t from, size_t raw) {
    const RawElement& element = raw_elements[raw];
    const auto names_it = [&](size_t i) {
      const char after = at(i + element.name.size());
      return same_name(page_.substr(i, element.name.size()), element.name) && (is_blank(after) || after == '/' || after == '>');
    };
    size_t depth = 0;
    if (!no_raw_end_[raw]) {
      for (size_t i = page_.find('<', from); i != std::string_view::npos; i = page_.find('<', i + 1)) {
        if (at(i + 1) == '/' && names_it(i + 2)) {
          if (depth > 0)
            --depth;
          else if (find_from(">", i, no_bracket_) != std::string_view::npos)
            return i;
        } else if (element.nests && names_it(i + 1)) {
          ++depth;
        }
      }
      no_raw_end_[raw] = true;
    }
    return element.open_end ? page_.size() : std::string_view::npos;
  }

  std::string_view page_;
  const Limits& limits_;
  bool keep_high_bytes_;
  Guarded guarded_;
  size_t name_end_ = 0, kept_end_ = 0;  // of the start tag that start_tag_end() walked over last
  std::vector<size_t> open_quotes_;
  // What names have beyond this is hidden: libxml2 takes 100 characters at once and would see many attributes in a long one.
  static constexpr size_t longest_name = 90;
  std::vector<std::pair<size_t, size_t>> long_names_;
  bool no_bracket_ = false, no_comment_end_ = false, no_odd_comment_end_ = false, no_double_quote_ = false, no_single_quote_ = false;
  std::array<bool, raw_elements.size()> no_raw_end_{};
};

// Makes the Tree from what libxml2 says begins and ends; texts come from the page itself.
class Builder {
 public:
  Builder(std::string_view page, Guarded guarded, const Limits& limits) : guarded_(std::move(guarded)), limits_(limits) {
    tree_.memory.emplace_back(page.begin(), page.end());
    page_ = tree_.document = {tree_.memory[0].data(), page.size()};
    tree_.nodes.reserve(std::min(guarded_.tokens.size(), limits.nodes) + 8);
  }

  Result<Tree> build() {
    if (guarded_.texts > limits_.nodes) return too_many();
    static std::once_flag once;
    std::call_once(once, xmlInitParser);
    htmlParserCtxtPtr context = htmlNewParserCtxt();
    if (context == nullptr) return no_memory();
    htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    context->options |= XML_PARSE_HUGE;
    xmlSAXHandler handler{};
    handler.startElement = [](void* self, const xmlChar* name, const xmlChar** values) { static_cast<Builder*>(self)->start(name, values); };
    handler.endElement = [](void* self, const xmlChar* name) { static_cast<Builder*>(self)->end(name); };
    handler.characters = handler.ignorableWhitespace = handler.cdataBlock = [](void* self, const xmlChar*, int) {
      static_cast<Builder*>(self)->take_texts(true);
    };
    *context->sax = handler;
    context->userData = this;
    context->charset = XML_CHAR_ENCODING_UTF8;
    context->encoding = xmlStrdup(reinterpret_cast<const xmlChar*>("UTF-8"));
    xmlParserInputPtr input = xmlNewInputStream(context);
    if (input == nullptr || context->encoding == nullptr) {
      xmlFreeInputStream(input);
      htmlFreeParserCtxt(context);
      return no_memory();
    }
    input->base = input->cur = reinterpret_cast<const xmlChar*>(guarded_.bytes.c_str());
    input->end = input->base + guarded_.bytes.size();
    inputPush(context, input);
    context_ = context;
    htmlParseDocument(context);
    const bool failed = context->lastError.code == XML_ERR_NO_MEMORY;
    at_ = guarded_.tokens.size();
    if (!open_.empty()) add_pending(at_);
    htmlFreeParserCtxt(context);
    context_ = nullptr;
    if (failed) return no_memory();
    if (too_many_) return too_many();
    while (!open_.empty()) close(page_.size());
    if (flattened_) tree_.warnings.push_back("elements nested deeper than " + std::to_string(limits_.depth) + " were flattened");
    if (guarded_.attributes_dropped)
      tree_.warnings.push_back("attributes beyond " + std::to_string(limits_.attributes) + " of one element were dropped");
    if (attributes_full_) tree_.warnings.push_back("attributes beyond " + std::to_string(limits_.nodes) + " of the page were dropped");
    return std::move(tree_);
  }

 private:
  Error too_many() const {
    return {ErrorKind::bad_input, "the page has more than " + std::to_string(limits_.nodes) + " elements and texts", "",
            "Set --limit nodes=N to read it."};
  }
  static Error no_memory() { return {ErrorKind::internal, "there is not enough memory to read this page", "", ""}; }

  // Moves at_ to the token that libxml2 is in or has just left.
  void find_token() {
    const size_t position = static_cast<size_t>(context_->input->cur - reinterpret_cast<const xmlChar*>(guarded_.bytes.data()));
    while (at_ + 1 < guarded_.tokens.size() && guarded_.tokens[at_ + 1].begin < position) ++at_;
  }

  // Texts that stand before the token, or before and in it, and are not in the tree yet.
  void take_texts(bool with_this) {
    find_token();
    add_pending(at_ + with_this);
  }

  void add_pending(size_t to) {
    for (; texts_ < std::min(to, guarded_.tokens.size()); ++texts_) {
      const Token& token = guarded_.tokens[texts_];
      if (token.kind == TokenKind::flat) add_flat(token);
      if (token.kind != TokenKind::text && token.kind != TokenKind::raw_text) continue;
      if (open_.empty() && is_all_blank(token)) continue;  // between <html> and what went before
      add_text(token.begin, token.end, token.kind == TokenKind::text);
    }
  }

  bool is_all_blank(const Token& token) const { return std::all_of(page_.begin() + token.begin, page_.begin() + token.end, is_blank); }

  NodeId add_node() {
    if (tree_.nodes.size() >= limits_.nodes) {
      too_many_ = true;
      return no_node;
    }
    if (open_.empty() && !tree_.nodes.empty()) open_.push_back(0);  // nothing stands beside the root
    const auto id = static_cast<NodeId>(tree_.nodes.size());
    Node node;
    if (!open_.empty()) {
      node.parent = open_.back();
      if (last_child_[open_.size() - 1] == no_node)
        tree_.nodes[node.parent].first_child = id;
      else
        tree_.nodes[last_child_[open_.size() - 1]].next_sibling = id;
      last_child_[open_.size() - 1] = id;
    }
    node.end = id + 1;
    tree_.nodes.push_back(node);
    return id;
  }

  void add_piece(std::string_view text, size_t begin, size_t end) {
    const NodeId id = add_node();
    if (id == no_node) return;
    flats_ = 0;
    tree_.nodes[id].text = text;
    tree_.nodes[id].raw_begin = static_cast<uint32_t>(begin);
    tree_.nodes[id].raw_end = static_cast<uint32_t>(end);
  }

  void add_text(size_t begin, size_t end, bool references) {
    if (open_.empty() && tree_.nodes.empty()) open("html", begin);
    const std::string_view text = page_.substr(0, end);
    size_t piece = begin;
    for (size_t i = references ? text.find('&', begin) : std::string_view::npos; i != std::string_view::npos && !too_many_;) {
      resolved_.clear();
      const size_t size = resolve_reference(text, i, false, resolved_);
      if (size > 0) {
        if (piece < i) add_piece(text.substr(piece, i - piece), piece, i);
        add_piece(store(resolved_), i, i + size);
        piece = i + size;
      }
      i = text.find('&', i + std::max<size_t>(size, 1));
    }
    if (piece < end && !too_many_) add_piece(text.substr(piece, end - piece), piece, end);
  }

  NodeId open(std::string_view name, size_t begin) {
    const NodeId id = add_node();
    if (id == no_node) return id;
    tree_.nodes[id].name = name;
    tree_.nodes[id].raw_begin = static_cast<uint32_t>(begin);
    open_.push_back(id);
    if (last_child_.size() < open_.size()) last_child_.resize(open_.size());
    last_child_[open_.size() - 1] = no_node;
    return id;
  }

  // An empty element where a flattened one begins or ends, so that paragraphs stay apart; one for several of a name without text between, and
  // 16 between texts at most: a page of nothing but tags shall not fill the tree.
  void add_flat(const Token& token) {
    const size_t skip = page_[token.begin + 1] == '/' ? 2 : 1;
    std::string name(page_.substr(token.begin + skip, token.name_size));
    std::transform(name.begin(), name.end(), name.begin(), lower);
    if (flats_ >= 16 || (flats_ > 0 && tree_.nodes.back().name == name)) return;
    ++flats_;
    auto [found, fresh] = flat_names_.try_emplace(std::move(name));
    if (fresh) found->second = store(found->first);
    if (open(found->second, token.begin) != no_node) close(token.end);
  }

  void close(size_t end) {
    Node& node = tree_.nodes[open_.back()];
    node.end = static_cast<NodeId>(tree_.nodes.size());
    node.raw_end = static_cast<uint32_t>(end);
    open_.pop_back();
  }

  void start(const xmlChar* written, const xmlChar** values) {
    take_texts(false);
    if (too_many_) return;
    const Token* token = at_ < guarded_.tokens.size() ? &guarded_.tokens[at_] : nullptr;
    std::string_view name = stored_name(written);
    const bool disguised = token && token->kind == TokenKind::disguised && name == stand_in;
    if (disguised) name = lower_name(page_.substr(token->begin + 1, token->name_size));
    // Elements that a page leaves out (<body>) begin where the token does that needs them.
    const NodeId id = open(name, token ? token->begin : 0);
    if (id == no_node) return;
    Node& node = tree_.nodes[id];
    node.first_attribute = static_cast<uint32_t>(tree_.attributes.size());
    for (; values != nullptr && *values != nullptr && tree_.attributes.size() - node.first_attribute < limits_.attributes; values += 2) {
      if (tree_.attributes.size() >= limits_.nodes) {
        attributes_full_ = true;
        break;
      }
      tree_.attributes.push_back({stored_name(values[0]), values[1] == nullptr ? std::string_view() : value_of(values[1])});
    }
    node.attributes = static_cast<uint32_t>(tree_.attributes.size()) - node.first_attribute;
    if (disguised)
      close(token->end);  // its end is never told, since nothing of this name is open
    else if (static_cast<size_t>(context_->nameNr) >= limits_.depth && token && token->kind == TokenKind::start)
      flatten(name);
  }

  void end(const xmlChar* written) {
    take_texts(false);
    if (too_many_ || open_.empty()) return;
    const std::string_view name = stored_name(written);
    size_t end = page_.size();
    if (at_ < guarded_.tokens.size() && context_->input->cur < context_->input->end) {
      const Token& token = guarded_.tokens[at_];
      const bool own = token.kind == TokenKind::end ? same_name(page_.substr(token.begin + 2, token.name_size), name)
                       : token.kind == TokenKind::alone && same_name(page_.substr(token.begin + 1, token.name_size), name);
      end = own ? token.end : token.kind == TokenKind::text || token.kind == TokenKind::raw_text ? token.end : token.begin;
    }
    if (tree_.nodes[open_.back()].name == name) close(std::max<size_t>(end, tree_.nodes[open_.back()].raw_begin));
  }

  // Hides the tags inside the element that has just begun, up to its end, since they would be too deep; so libxml2's stack of open elements,
  // which it walks through for many an end tag, stays short. What is hidden is never met again: linear.
  void flatten(std::string_view name) {
    std::unordered_map<uint64_t, uint32_t> inside;  // by the name's hash
    std::string key;
    const auto hash_of = [&](const Token& token, size_t skip) {
      key.assign(page_.substr(token.begin + skip, token.name_size));
      std::transform(key.begin(), key.end(), key.begin(), lower);
      return std::hash<std::string_view>()(key);
    };
    for (size_t i = std::max(at_ + 1, flat_to_); i < guarded_.tokens.size(); ++i) {
      Token& token = guarded_.tokens[i];
      flat_to_ = i + 1;
      if (token.kind == TokenKind::start) {
        ++inside[hash_of(token, 1)];
      } else if (token.kind == TokenKind::end) {
        const uint64_t hash = hash_of(token, 2);
        if (find_raw_element(key) >= 0) continue;
        uint32_t& open_inside = inside[hash];
        if (open_inside == 0 && key == name) return;
        open_inside -= open_inside > 0;
      } else {
        continue;
      }
      flattened_ = true;
      token.kind = TokenKind::flat;
      std::memset(guarded_.bytes.data() + token.begin, ' ', token.end - token.begin);
    }
  }

  // libxml2 keeps one copy of each name, so its address stands for it while the page is parsed.
  std::string_view stored_name(const xmlChar* name) {
    auto [found, fresh] = names_.try_emplace(name);
    if (fresh) found->second = store(reinterpret_cast<const char*>(name));
    return found->second;
  }

  // Of an element that was disguised.
  static std::string_view lower_name(std::string_view written) {
    for (const RawElement& element : raw_elements)
      if (same_name(written, element.name)) return element.name;
    for (const std::string_view name : new_void_elements)
      if (same_name(written, name)) return name;
    return stand_in;
  }

  std::string_view value_of(const xmlChar* value) {
    const std::string_view written(reinterpret_cast<const char*>(value));
    if (written.find('\x7F') == std::string_view::npos) return store(written);
    std::string text(written);
    std::replace(text.begin(), text.end(), '\x7F', '&');
    return store(resolve_references(text, true));
  }

  std::string_view store(std::string_view text) {
    constexpr size_t block = 64 << 10;
    if (tree_.memory.size() == 1 || tree_.memory.back().capacity() - tree_.memory.back().size() < text.size()) {
      tree_.memory.emplace_back();
      tree_.memory.back().reserve(std::max(block, text.size()));
    }
    std::vector<char>& memory = tree_.memory.back();
    const size_t begin = memory.size();
    memory.insert(memory.end(), text.begin(), text.end());
    return {memory.data() + begin, text.size()};
  }

  std::string_view page_;
  Guarded guarded_;
  const Limits& limits_;
  Tree tree_;
  htmlParserCtxtPtr context_ = nullptr;
  std::vector<NodeId> open_, last_child_;  // the elements that are open; of each its last child so far
  std::unordered_map<const xmlChar*, std::string_view> names_;
  std::unordered_map<std::string, std::string_view> flat_names_;
  std::string resolved_;
  size_t flats_ = 0;  // empty elements for flattened ones since the last text
  size_t at_ = 0, texts_ = 0, flat_to_ = 0;  // tokens: where libxml2 is; texts before this one are in the tree; tags before are hidden
  bool flattened_ = false, too_many_ = false, attributes_full_ = false;
};

}  // namespace

Result<Tree> parse_html(std::string_view page, const Limits& limits) {
  if (page.size() >= std::numeric_limits<int32_t>::max())
    return Error{ErrorKind::bad_input, "the page has " + std::to_string(page.size()) + " bytes", "", "Pages have to be smaller than 2 GiB."};
  return Builder(page, Scanner(page, limits).scan(), limits).build();
}

}  // namespace sayso
