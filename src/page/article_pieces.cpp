#include "page/article_pieces.h"

#include <algorithm>
#include <unordered_map>

namespace sayso {

namespace {

enum class Role : uint8_t { inline_element, block, hidden, line_break, link, strong };

Role role_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Role> roles = [] {
    std::unordered_map<std::string_view, Role> map;
    for (const std::string_view n :
         {"address", "article", "aside",  "blockquote", "body",  "caption", "center",  "dd",     "details", "dialog",   "dir", "div",
          "dl",      "dt",      "fieldset", "figcaption", "figure", "footer", "form",    "frameset", "h1",     "h2",      "h3",  "h4",
          "h5",      "h6",      "header", "hgroup",     "hr",    "html",    "legend",  "li",     "listing", "main",    "menu", "nav",
          "ol",      "optgroup", "option", "p",          "pre",   "section", "summary", "table",  "tbody",   "td",      "tfoot", "th",
          "thead",   "tr",      "ul",     "xmp"})
      map[n] = Role::block;
    for (const std::string_view n : {"script", "style",  "template", "noscript", "head",  "iframe", "noembed", "noframes", "svg",   "math",
                                     "button", "select", "textarea", "input",    "canvas", "object", "embed",   "map",      "title", "datalist"})
      map[n] = Role::hidden;
    map["br"] = Role::line_break;
    map["a"] = Role::link;
    for (const std::string_view n : {"b", "strong", "em", "i"}) map[n] = Role::strong;
    return map;
  }();
  const auto found = roles.find(name);
  return found == roles.end() ? Role::inline_element : found->second;
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

class Cutter {
 public:
  explicit Cutter(const Tree& page) : page_(page) {}

  std::vector<PagePiece> cut() {
    struct Open {
      NodeId end, element;
      Role role;
      bool preformatted;
    };
    std::vector<Open> open;
    for (NodeId id = 0; id < page_.nodes.size();) {
      while (!open.empty() && open.back().end <= id) {
        const Open closed = open.back();
        open.pop_back();
        if (closed.role == Role::block) flush();
        links_ -= closed.role == Role::link;
        strong_ -= closed.role == Role::strong;
        if (closed.role == Role::block) {
          block_ = closed.element;
          preformatted_ = closed.preformatted;
        }
      }
      const Node& node = page_[id];
      if (node.is_text()) {
        add(node);
        ++id;
        continue;
      }
      Role role = role_of(node.name);
      if (role == Role::hidden) {
        if (is_ended(node)) {
          id = node.end;
          continue;
        }
        role = Role::inline_element;
      }
      if (role == Role::line_break) break_line();
      if (role == Role::block) flush();
      open.push_back({node.end, block_, role, preformatted_});
      if (role == Role::block) {
        block_ = id;
        preformatted_ = preformatted_ || node.name == "pre" || node.name == "listing" || node.name == "xmp";
      }
      links_ += role == Role::link;
      if (role == Role::link) ++piece_.links;
      strong_ += role == Role::strong;
      ++id;
    }
    flush();
    return std::move(pieces_);
  }

 private:
  void flush() {
    while (!piece_.text.empty() && piece_.text.back() == '\n') piece_.text.pop_back();
    while (!piece_.raw.empty() && piece_.raw.back().begin + piece_.raw.back().size > piece_.text.size()) {  // what a trailing newline took
      RawRun& run = piece_.raw.back();
      if (run.begin < piece_.text.size()) {
        run.size = static_cast<uint32_t>(piece_.text.size()) - run.begin;
        break;
      }
      piece_.raw.pop_back();
    }
    if (!piece_.text.empty() && has_ink()) {
      piece_.element = block_;
      pieces_.push_back(std::move(piece_));
    }
    piece_ = {};
    space_ = false;
  }

  // No-break spaces alone are no text.
  bool has_ink() const {
    for (size_t i = 0; i < piece_.text.size(); ++i) {
      if (is_blank(piece_.text[i])) continue;
      if (piece_.text.compare(i, 2, "\xC2\xA0") == 0) {
        ++i;
        continue;
      }
      return true;
    }
    return false;
  }

  // One <br> is a new line, several end the paragraph.
  void break_line() {
    if (piece_.text.empty()) return;
    if (piece_.text.back() == '\n')
      flush();
    else
      piece_.text += '\n';
    space_ = false;
  }

  void add(const Node& node) {
    const std::string_view text = node.text;
    const bool copied = page_.is_copy(node);
    if (preformatted_) {
      append(text, node.raw_begin, copied);
      return;
    }
    for (size_t i = 0; i < text.size();) {
      if (is_blank(text[i])) {
        // A single space stays the page's own; anything else becomes one that stands nowhere.
        space_raw_ = !space_ && text[i] == ' ' && copied ? node.raw_begin + static_cast<uint32_t>(i) : no_raw;
        space_ = true;
        ++i;
        continue;
      }
      size_t end = i;
      while (end < text.size() && !is_blank(text[end])) ++end;
      if (space_ && !piece_.text.empty() && piece_.text.back() != '\n') append(" ", space_raw_ == no_raw ? 0 : space_raw_, space_raw_ != no_raw);
      space_ = false;
      append(text.substr(i, end - i), node.raw_begin + static_cast<uint32_t>(i), copied);
      i = end;
    }
  }

  // Does its own end tag stand where it ends? What a page opens and never closes holds whatever comes behind it, the article too. A script
  // and a style are text to the page's end all the same.
  bool is_ended(const Node& node) const {
    if (node.first_child == no_node || node.name == "script" || node.name == "style") return true;
    if (page_.memory.empty() || node.raw_end > page_.memory[0].size() || node.raw_end < node.raw_begin) return true;
    std::string_view last(page_.memory[0].data() + node.raw_begin, node.raw_end - node.raw_begin);
    last = last.substr(last.size() - std::min(last.size(), node.name.size() + 40));
    const size_t tag = last.rfind("</");
    return tag != std::string_view::npos && last.size() - tag > node.name.size() + 2 &&
           std::equal(node.name.begin(), node.name.end(), last.begin() + static_cast<std::ptrdiff_t>(tag) + 2,
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
  }

  void append(std::string_view text, uint32_t raw, bool copied) {
    if (text.empty()) return;
    if (copied) {
      if (!piece_.raw.empty() && piece_.raw.back().raw + piece_.raw.back().size == raw &&
          piece_.raw.back().begin + piece_.raw.back().size == piece_.text.size())
        piece_.raw.back().size += static_cast<uint32_t>(text.size());
      else
        piece_.raw.push_back({static_cast<uint32_t>(piece_.text.size()), static_cast<uint32_t>(text.size()), raw});
    }
    piece_.text += text;
    if (links_ > 0) piece_.link_bytes += static_cast<uint32_t>(text.size());
    if (strong_ > 0) piece_.strong_bytes += static_cast<uint32_t>(text.size());
  }

  static constexpr uint32_t no_raw = static_cast<uint32_t>(-1);
  const Tree& page_;
  std::vector<PagePiece> pieces_;
  PagePiece piece_;
  NodeId block_ = 0;
  int links_ = 0, strong_ = 0;
  bool preformatted_ = false, space_ = false;
  uint32_t space_raw_ = no_raw;
};

}  // namespace

bool is_block_element(std::string_view name) { return role_of(name) == Role::block; }

std::vector<PagePiece> cut_pieces(const Tree& page) { return Cutter(page).cut(); }

}  // namespace sayso
