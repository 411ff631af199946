#include "page/article_features.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace sayso {

namespace {

// Finds all words of some lists in one walk over a text, whatever their number (Aho and Corasick).
class WordFinder {
 public:
  template <class Number>
  using Lists = std::vector<std::pair<Number, std::vector<std::string_view>>>;  // a list's number, below 32, and its words
  using Symbols = std::array<uint8_t, 256>;                                      // bytes of the same number are the same to it

  template <class Number>
  WordFinder(const Lists<Number>& lists, const Symbols& symbols)
      : symbols_(symbols), width_(*std::max_element(symbols.begin(), symbols.end()) + size_t{1}) {
    add_state(0);
    for (const auto& [list, words] : lists)
      for (const std::string_view word : words) {
        size_t at = 0;
        for (const char c : word) {
          const size_t edge = at * width_ + symbol(c);
          if (next_[edge] == 0) {
            next_[edge] = static_cast<uint16_t>(states_.size());
            add_state(states_[at].depth + 1u);
          }
          at = next_[edge];
        }
        states_[at].whole |= 1u << static_cast<uint32_t>(list);
      }
    std::vector<size_t> queue, fail(states_.size(), 0);
    for (size_t c = 0; c < width_; ++c)
      if (next_[c] != 0) queue.push_back(next_[c]);
    for (size_t i = 0; i < queue.size(); ++i) {
      const size_t at = queue[i];
      states_[at].found = states_[at].whole | states_[fail[at]].found;
      for (size_t c = 0; c < width_; ++c) {
        uint16_t& next = next_[at * width_ + c];
        if (next == 0) {
          next = next_[fail[at] * width_ + c];
        } else {
          fail[next] = next_[fail[at] * width_ + c];
          queue.push_back(next);
        }
      }
    }
  }

  struct State {
    uint16_t depth = 0;              // how many bytes of a word, or of several, have been read
    uint32_t whole = 0, found = 0;   // lists with a word that is just these bytes; with one that ends here
  };
  size_t step(size_t at, char c) const { return next_[at * width_ + symbol(c)]; }
  const State& operator[](size_t at) const { return states_[at]; }

 private:
  size_t symbol(char c) const { return symbols_[static_cast<unsigned char>(c)]; }
  void add_state(size_t depth) {
    states_.emplace_back().depth = static_cast<uint16_t>(depth);
    next_.resize(states_.size() * width_);
  }

  Symbols symbols_;
  size_t width_;
  std::vector<State> states_;
  std::vector<uint16_t> next_;  // of each state, by symbol
};

// The words of class names. “.” stands for the border of a word: whatever is no letter.
const WordFinder& class_words() {
  static const WordFinder::Lists<Hint> lists = {
      {Hint::article, {"article", "artikel", "content", "story", ".post.", "entry", ".text", ".body", "main", "inhalt", "beitrag", "paragraph",
                       "richtext", "prose", "copy."}},
      {Hint::title, {"title", "headline", "heading", "titel", "overline", "kicker", "subline"}},
      {Hint::comment, {"comment", "kommentar", "disqus", "respond", "reply", "discussion", "forum", "reader", "review"}},
      {Hint::related, {"related", "recommend", "more", "similar", "mehr", "further", "weitere", "popular", "trending", "latest", "recent", "outbrain",
                       "taboola", "also", "readnext", "mostread", ".next", ".prev"}},
      {Hint::share, {"share", "social", "sharing", "facebook", "twitter", "whatsapp", "follow", "addthis", "tweet", "bookmark"}},
      {Hint::menu, {".nav", "menu", "breadcrumb", "navi", "navbar", "pagination", "pager", ".toc", "skip", "toolbar", ".bar.", "tabs"}},
      {Hint::foot, {"foot", "copyright", "legal", "imprint", "impressum", "disclaimer", "bottom"}},
      {Hint::side, {"sidebar", "aside", ".side", "widget", "rail", "marginal", "infobox", ".box.", "secondary"}},
      {Hint::advert, {".ad.", ".ads.", "advert", "sponsor", "promo", "banner", "anzeige", "werbung", "affiliate", "commercial", "teads", ".dfp"}},
      {Hint::signup, {"newsletter", "subscribe", "subscription", "signup", "abo.", "donate", ".cta", "register", "form."}},
      {Hint::author, {"author", "autor", "byline", "bio.", "profile", "vcard", "contributor", "writer", "redakt"}},
      {Hint::date, {"date", "time", "datum", "published", "meta", "dateline", "timestamp", "info."}},
      {Hint::caption, {"caption", "figure", "image", "photo", "bild", "gallery", "slide", "media", "picture", "video", "player", "legend"}},
      {Hint::tag, {".tag.", ".tags", "tagged", "keyword", "topic", "categor", "schlagw", "label"}},
      {Hint::consent, {"cookie", "consent", "gdpr", "privacy", "popup", "modal", "overlay", "notice", "alert", "dialog", "hidden", "sronly",
                       "visually", "toast"}},
      {Hint::wall, {"paywall", "premium", "login", "account", "user", "member"}},
      {Hint::teaser, {"teaser", "card", "list", "item", "grid", "carousel", "archive", "feed", "tile", "excerpt", "summary", "lead", "intro",
                      "vorspann", "abstract", "standfirst"}},
      {Hint::credit, {"credit", "source", "quelle", "rights", "agency", "attribution", "urheber", "byphoto"}},
  };
  static const WordFinder finder(lists, [] {
    WordFinder::Symbols symbols{};
    for (char c = 'a'; c <= 'z'; ++c) symbols[static_cast<size_t>(c)] = symbols[static_cast<size_t>(c - 32)] = static_cast<uint8_t>(c - 'a' + 1);
    return symbols;
  }());
  return finder;
}

uint32_t hints_in(std::string_view names) {
  const WordFinder& finder = class_words();
  uint32_t found = 0;
  const size_t border = finder.step(0, '.');
  size_t at = border;
  bool small = false;
  for (const char c : names) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && small) at = border;  // camelCase
    small = c >= 'a' && c <= 'z';
    at = finder.step(at, c);
    found |= finder[at].found;
  }
  return found | finder[finder.step(at, '.')].found;
}

// What furniture says of itself, in the languages of the pages that we know; compared in lower case, in short pieces only.
const WordFinder& phrases() {
  static const WordFinder::Lists<uint32_t> lists = {
      {0, {"comment", "kommentar", "comentario", "commentaire", "komentar", "reply", "antworten", "answer", "discussion", "commenti", "反馈", "评论",
           "yorum"}},
      {1, {"read more", "mehr zum", "mehr aus", "lesen sie", "auch interessant", "related", "read also", "see also", "more from", "weiterlesen",
           "weitere ", "lire aussi", "à lire", "leia ", "lee también", "czytaj", "recommended", "popular", "beliebt", "you may", "you might",
           "das könnte", "mehr:", "mehr infos", "meistgelesen", "aktuell", "latest", "ähnliche", "passend", "zum thema", "next post", "previous",
           "vorherige", "nächste", "continue reading", "zurück", "siguiente", "related:", "相关", "empfehl", "verwandte", "leggi"}},
      {2, {"share", "teilen", "facebook", "twitter", "whatsapp", "instagram", "follow us", "folgen", "tweet", "linkedin", "pinterest", "compartir",
           "partager", "drucken", "print", "e-mail", "like this", "merken"}},
      {3, {"newsletter", "subscribe", "abonnieren", "sign up", "anmelden", "register", "log in", "login", "abo ", "inscri", "suscr", "kostenlos",
           "jetzt", "donate", "spende", "unterstütz", "support us", "download"}},
      {4, {"©", "copyright", "all rights", "alle rechte", "impressum", "datenschutz", "privacy", "cookie", "terms", "agb", "tous droits",
           "nutzungsbedingungen", "disclaimer", "affiliate", "consent", "zustimmung"}},
      {5, {"foto:", "photo:", "bild:", "image:", "photo by", "foto ", "credit", "getty", "picture alliance", "shutterstock", "dpa", "reuters",
           "imago", "(c)", "quelle:", "source:", "pixabay", "unsplash", "fotos:", "photograph"}},
      {6, {"tags", "schlagwort", "schlagwörter", "categor", "kategorie", "stichwort", "themen", "topics", "posted in", "filed under", "etiquetas",
           "keywords", "mots-clés", "tagged"}},
      {7, {"by ", "von ", "por ", "par ", "author", "autor", "redakt", "posted by", "written by", "written", "geschrieben", "di ", "editor",
           "journalist", "auteur"}},
      {8, {"uhr", "updated", "published", "min read", "minuten", "aktualisiert", "veröffentlicht", "publié", "publicado", "posted on", " ago",
           "january", "februar", "march", "märz", "april", "juni", "juli", "august", "septem", "oktober", "october", "novemb", "dezember", "december",
           "januar", "views", "lesezeit"}},
      {9, {"advert", "anzeige", "werbung", "sponsor", "publicid", "gesponsert", "reklama", "pubblicità"}},
  };
  static const WordFinder finder(lists, [] {
    WordFinder::Symbols symbols{};
    uint8_t count = 0;
    for (const auto& [feature, words] : lists)
      for (const std::string_view word : words)
        for (const char c : word)
          if (uint8_t& symbol = symbols[static_cast<unsigned char>(c)]; symbol == 0) symbol = ++count;
    for (char c = 'a'; c <= 'z'; ++c) symbols[static_cast<size_t>(c - 32)] = symbols[static_cast<size_t>(c)];
    return symbols;
  }());
  return finder;
}
constexpr size_t phrase_features = 10;

bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }

// Hashes of its words, lower case.
std::vector<uint64_t> words_of(std::string_view text) {
  std::vector<uint64_t> words;
  uint64_t hash = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    unsigned char c = i < text.size() ? static_cast<unsigned char>(text[i]) : ' ';
    if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c + 32);
    if (is_letter(c) || (c >= '0' && c <= '9')) {
      hash = (hash == 0 ? 0xCBF29CE484222325u : hash) ^ c;
      hash *= 0x100000001B3u;
    } else if (hash != 0) {
      words.push_back(hash);
      hash = 0;
    }
  }
  return words;
}

// A text that pieces may be found in: pairs of neighbouring words.
class Overlap {
 public:
  void add(std::string_view text) {
    const std::vector<uint64_t> words = words_of(text);
    for (size_t i = 0; i < words.size(); ++i) {
      single_.insert(words[i]);
      if (i > 0) pairs_.insert(words[i - 1] * 31 + words[i]);
    }
  }
  bool empty() const { return single_.empty(); }
  size_t size() const { return single_.size(); }
  // How much of `words` is here, 0…1.
  float of(const std::vector<uint64_t>& words) const {
    if (words.empty() || single_.empty()) return 0;
    if (words.size() == 1) return single_.count(words[0]) ? 1.0f : 0.0f;
    size_t found = 0;
    for (size_t i = 1; i < words.size(); ++i) found += pairs_.count(words[i - 1] * 31 + words[i]);
    return static_cast<float>(found) / static_cast<float>(words.size() - 1);
  }
  // How much of this the `words` have.
  float covered_by(const std::vector<uint64_t>& words) const {
    if (single_.empty()) return 0;
    std::unordered_set<uint64_t> found;
    for (const uint64_t word : words)
      if (single_.count(word)) found.insert(word);
    return static_cast<float>(found.size()) / static_cast<float>(single_.size());
  }

 private:
  std::unordered_set<uint64_t> single_, pairs_;
};

// How much of what a page states is looked at: enough for every real one.
constexpr size_t most_stated = 64 << 10, most_body = 1 << 20;  // bytes

// The page's own copy of its article, and what it says the article is about.
struct Stated {
  Overlap body, description, headline;
};

Stated read_stated(const Tree& page, const std::string& headline) {
  Stated stated;
  stated.headline.add(headline);
  std::string title;
  bool has_heading = false;
  size_t stated_body = 0;
  for (NodeId id = 0; id < page.nodes.size(); ++id) {
    const Node& node = page[id];
    if (node.name == "meta") {
      std::string_view name = page.attribute(id, "property");
      if (name.empty()) name = page.attribute(id, "name");
      const std::string_view content = page.attribute(id, "content").substr(0, most_stated);
      if (name == "og:description" || name == "description" || name == "twitter:description") stated.description.add(content);
      if (name == "og:title" && headline.empty()) stated.headline.add(content), has_heading = true;
    } else if (node.name == "title" && title.empty()) {
      for (NodeId child = id + 1; child < node.end && title.size() < most_stated; ++child) title += page[child].text.substr(0, most_stated);
    } else if (node.name == "script" && page.attribute(id, "type").find("ld+json") != std::string_view::npos) {
      for (NodeId child = id + 1; child < node.end; ++child) {
        const std::string_view text = page[child].text;
        size_t at = text.find("\"articleBody\"");
        if (at == std::string_view::npos) continue;
        at = text.find('"', at + 13);
        if (at == std::string_view::npos) continue;
        size_t end = at + 1;
        while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
        end = std::min(end, text.size());
        std::string body(text.substr(at + 1, std::min(end - at - 1, most_body - stated_body)));
        stated_body += body.size();
        for (size_t i = 0; i + 1 < body.size(); ++i)
          if (body[i] == '\\' && (body[i + 1] == 'n' || body[i + 1] == 'r' || body[i + 1] == 't')) body[i] = body[i + 1] = ' ';
        stated.body.add(body);
      }
    }
  }
  if (headline.empty() && !has_heading) stated.headline.add(title);
  return stated;
}

bool is_good(const PagePiece& piece) {  // prose: long enough, few links, with a sentence's punctuation
  return piece.text.size() >= 80 && piece.link_bytes * 3 < piece.text.size() && piece.text.find_first_of(".,!?\xE3") != std::string::npos;
}

float log_of(float x) { return std::log1p(x); }

enum class Tag : uint8_t { other, p, h1, h2, h3, h4, li, td, div, quote, caption, dd, pre, span, section, body };

Tag tag_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Tag> tags = {
      {"p", Tag::p}, {"h1", Tag::h1}, {"h2", Tag::h2}, {"h3", Tag::h3}, {"h4", Tag::h4}, {"h5", Tag::h4}, {"h6", Tag::h4}, {"li", Tag::li},
      {"td", Tag::td}, {"th", Tag::td}, {"div", Tag::div}, {"blockquote", Tag::quote}, {"figcaption", Tag::caption}, {"caption", Tag::caption},
      {"dd", Tag::dd}, {"dt", Tag::dd}, {"pre", Tag::pre}, {"section", Tag::section}, {"article", Tag::section}, {"main", Tag::section},
      {"body", Tag::body}};
  const auto found = tags.find(name);
  return found == tags.end() ? Tag::other : found->second;
}

bool is_hidden(const Tree& page, NodeId id) {
  for (uint32_t i = 0; i < page[id].attributes; ++i) {
    const Attribute& attribute = page.attributes[page[id].first_attribute + i];
    if (attribute.name == "hidden" || (attribute.name == "aria-hidden" && attribute.value == "true")) return true;
    if (attribute.name == "style" && attribute.value.find("display") != std::string_view::npos) {
      const size_t at = attribute.value.find("none", attribute.value.find("display"));
      if (at != std::string_view::npos) return true;
    }
  }
  return false;
}

uint32_t hints_of(const Tree& page, NodeId id) {
  uint32_t found = 0;
  for (uint32_t i = 0; i < page[id].attributes; ++i) {
    const Attribute& attribute = page.attributes[page[id].first_attribute + i];
    if (attribute.name == "class" || attribute.name == "id" || attribute.name == "itemprop" || attribute.name == "role" || attribute.name == "rel" ||
        attribute.name == "data-component" || attribute.name == "data-testid")
      found |= hints_in(attribute.value.substr(0, 400));
  }
  return found;
}

constexpr uint32_t hidden_bit = 1u << 31;  // beside the bits of the Hints

}  // namespace

struct Describer::Facts {
  // Sums over the pieces inside an element.
  struct Sums {
    float pieces = 0, bytes = 0, link_bytes = 0, good = 0, paragraphs = 0;
  };
  // … and over those before a piece.
  struct Before {
    float bytes, good;
    uint32_t last_heading;
  };
  static constexpr uint32_t no_heading = static_cast<uint32_t>(-1);

  Stated stated;
  std::vector<Sums> sums;           // of each node
  std::vector<uint32_t> hinted;     // of each node that has pieces inside: bits of its Hints, hidden_bit
  std::vector<uint64_t> hashes;     // of the pieces' texts, sorted
  std::vector<Before> before;       // of each piece
  Sums all;
  NodeId best = 0;                  // the smallest element that holds most of the prose
};

Describer::Describer(const Tree& page, const std::vector<PagePiece>& pieces, const std::string& stated_headline)
    : page_(page), pieces_(pieces), facts_(std::make_unique<Facts>()) {
  Facts& facts = *facts_;
  if (pieces.empty()) return;
  facts.stated = read_stated(page, stated_headline);
  facts.sums.resize(page.nodes.size());
  facts.hinted.resize(page.nodes.size());
  facts.hashes.reserve(pieces.size());
  facts.before.reserve(pieces.size());
  Facts::Before before{0, 0, Facts::no_heading};
  float headline_score = 0.5f;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const PagePiece& piece = pieces[i];
    const Tag tag = tag_of(page[piece.element].name);
    const float size = static_cast<float>(piece.text.size());
    facts.hashes.push_back(std::hash<std::string_view>()(piece.text));
    const Facts::Sums one{1, size, static_cast<float>(piece.link_bytes), is_good(piece) ? size : 0, tag == Tag::p ? 1.0f : 0.0f};
    const auto add = [&one](Facts::Sums& sum) {
      sum.pieces += one.pieces;
      sum.bytes += one.bytes;
      sum.link_bytes += one.link_bytes;
      sum.good += one.good;
      sum.paragraphs += one.paragraphs;
    };
    for (NodeId up = piece.element;; up = page[up].parent) {
      if (facts.sums[up].pieces == 0) {
        if (page[up].name != "body" && page[up].name != "html") facts.hinted[up] = hints_of(page, up);
        if (is_hidden(page, up)) facts.hinted[up] |= hidden_bit;
      }
      add(facts.sums[up]);
      if (page[up].parent == no_node) break;
    }
    add(facts.all);
    facts.before.push_back(before);
    before.bytes += size;
    before.good += one.good;
    if (tag >= Tag::h1 && tag <= Tag::h4) before.last_heading = static_cast<uint32_t>(i);

    // The headline: a heading that says what the metadata says.
    if (piece.text.size() > 400) continue;
    const std::vector<uint64_t> words = words_of(piece.text);
    if (words.empty()) continue;
    float score = facts.stated.headline.of(words) * 0.5f + facts.stated.headline.covered_by(words) * 0.5f;
    if (words.size() < 2) score *= 0.5f;
    score += tag == Tag::h1 ? 0.3f : tag == Tag::h2 ? 0.2f : tag == Tag::h3 ? 0.1f : 0;
    if (piece.link_bytes * 2 > piece.text.size()) score -= 0.2f;
    if (score > headline_score) {
      headline_score = score;
      headline_ = i;
    }
  }
  std::sort(facts.hashes.begin(), facts.hashes.end());
  for (NodeId id = 0; id < page.nodes.size(); ++id)  // later ones are inside, or as good
    if (!page[id].is_text() && facts.all.good > 0 && facts.sums[id].good >= 0.6f * facts.all.good) facts.best = id;
}

Describer::~Describer() = default;

uint32_t Describer::hinted(size_t i) const {
  const NodeId element = pieces_[i].element, parent = page_[element].parent;
  return (facts_->hinted[element] | (parent == no_node ? 0 : facts_->hinted[parent])) & ~hidden_bit;
}

void Describer::describe(size_t i, Features& f) const {
  const Facts& facts = *facts_;
  const Stated& stated = facts.stated;
  const Facts::Sums& all = facts.all;
  const PagePiece& piece = pieces_[i];
  const std::vector<uint64_t> words = words_of(piece.text);
  f.fill(0);
  size_t n = 0;
  const auto put = [&](float value) { f[n++] = value; };
  const float size = static_cast<float>(piece.text.size());
  size_t letters = 0, capitals = 0, digits = 0, stops = 0, commas = 0, quotes = 0, spaces = 0, high = 0, lines = 0;
  for (const char ch : piece.text) {
    const auto c = static_cast<unsigned char>(ch);
    letters += is_letter(c);
    capitals += c >= 'A' && c <= 'Z';
    digits += c >= '0' && c <= '9';
    stops += c == '.' || c == '!' || c == '?';
    commas += c == ',' || c == ';';
    quotes += c == '"';
    spaces += c == ' ';
    high += c >= 0x80;
    lines += c == '\n';
  }
  const std::string_view text = piece.text;
  const auto has = [&](std::string_view what) { return text.find(what) != std::string_view::npos; };
  const auto ends = [&](std::string_view what) { return text.size() >= what.size() && text.substr(text.size() - what.size()) == what; };
  const auto same_text = std::equal_range(facts.hashes.begin(), facts.hashes.end(), std::hash<std::string_view>()(piece.text));
  const auto copies = same_text.second - same_text.first;
  const bool east = has("。") || has("，") || has("、");
  quotes += has("“") + has("„") + has("»") + has("’");
  const bool sentence = ends(".") || ends("!") || ends("?") || ends(".”") || ends(".\"") || ends("。") || ends("“") || ends("”") || ends("…") ||
                        ends(".)") || ends("।") || ends("»");
  put(log_of(size));
  put(log_of(static_cast<float>(words.size())));
  put(static_cast<float>(piece.link_bytes) / size);
  put(static_cast<float>(piece.links));
  put(static_cast<float>(stops));
  put(static_cast<float>(commas));
  put(sentence ? 1 : ends(":") ? 2 : 0);
  put(static_cast<float>(std::min<size_t>(quotes, 4)));
  put(static_cast<float>(capitals) / std::max(1.0f, static_cast<float>(letters)));
  put(static_cast<float>(digits) / size);
  put(static_cast<float>(spaces) / size);
  put(static_cast<float>(high) / size + (east ? 1.0f : 0.0f));
  put(static_cast<float>(lines));
  put(static_cast<float>(piece.strong_bytes) / size);
  put(static_cast<float>(copies));
  put(static_cast<float>(stated.body.of(words)) + (stated.body.size() > 60 ? 0.0f : -1.0f));
  put(stated.description.of(words));
  put(stated.description.covered_by(words));
  put(stated.headline.of(words));
  put(stated.headline.covered_by(words));
  const Tag tag = tag_of(page_[piece.element].name);
  for (const Tag t : {Tag::p, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::li, Tag::td, Tag::div, Tag::quote, Tag::caption, Tag::dd, Tag::pre})
    put(tag == t ? 1 : 0);

  // Ancestors: how far up each kind of element and of class word stands.
  constexpr float far = 12;
  std::array<float, 11> up_tags;
  up_tags.fill(far);
  std::array<float, hints> up_hints;
  up_hints.fill(far);
  float depth = 0, hidden = 0, to_best = -1;
  std::array<NodeId, 4> parents;
  parents.fill(0);
  size_t known = 0;
  for (NodeId up = piece.element;; up = page_[up].parent) {
    const Node& node = page_[up];
    static const std::array<std::string_view, 11> wanted = {"article", "main", "header", "footer", "nav", "aside", "form", "figure", "ul", "table",
                                                            "blockquote"};
    if (depth < far)
      for (size_t t = 0; t < wanted.size(); ++t)
        if (node.name == wanted[t] && up_tags[t] == far) up_tags[t] = depth;
    const uint32_t hint = facts.hinted[up];
    if (depth < far && hint != 0)
      for (size_t h = 0; h < hints; ++h)
        if (((hint >> h) & 1) != 0 && up_hints[h] == far) up_hints[h] = depth;
    if ((hint & hidden_bit) != 0) hidden = 1;
    if (up == facts.best) to_best = depth;
    if (up != piece.element && known < parents.size()) parents[known++] = up;
    depth += 1;
    if (node.parent == no_node) break;
  }
  for (const float v : up_tags) put(v);
  for (const float v : up_hints) put(v);
  put(depth);
  put(hidden);
  put(to_best);

  // What stands in the same container, the one around it, …
  for (size_t p = 0; p < 3; ++p) {
    const Facts::Sums& sum = facts.sums[parents[p]];
    put(log_of(sum.good));
    put(sum.good / std::max(1.0f, all.good));
    put(sum.link_bytes / std::max(1.0f, sum.bytes));
    put(sum.bytes / std::max(1.0f, sum.pieces));
    if (p < 2) put(log_of(sum.pieces));
  }
  // Its siblings of the same kind.
  float same = 0, same_good = 0;
  if (page_[piece.element].parent != no_node) {
    const Facts::Sums& sum = facts.sums[page_[piece.element].parent];
    same = sum.paragraphs;
    same_good = sum.good / std::max(1.0f, sum.bytes);
  }
  put(same);
  put(same_good);
  put(static_cast<float>(i) / all.pieces);
  put(facts.before[i].bytes / all.bytes);
  put(facts.before[i].good / std::max(1.0f, all.good));
  put(headline_ == no_headline ? -50 : std::clamp(static_cast<float>(i) - static_cast<float>(headline_), -40.0f, 200.0f));
  put(i == headline_ ? 1 : 0);
  const uint32_t last_heading = facts.before[i].last_heading;
  put(last_heading == Facts::no_heading ? 50 : std::min(50.0f, static_cast<float>(i - last_heading)));
  // What the piece says of itself.
  std::array<float, phrase_features> said{};
  if (text.size() < 220) {
    const WordFinder& finder = phrases();
    uint32_t found = 0, first = 0;  // anywhere, at its beginning
    size_t state = 0;
    for (size_t k = 0; k < text.size(); ++k) {
      state = finder.step(state, text[k]);
      found |= finder[state].found;
      if (finder[state].depth == k + 1) first |= finder[state].whole;
    }
    for (size_t list = 0; list < phrase_features; ++list) said[list] = static_cast<float>(((found >> list) & 1) + ((first >> list) & 1));
  }
  for (const float v : said) put(v);
  put(log_of(all.good));
  put(log_of(all.pieces));
  put(all.link_bytes / all.bytes);
  put(all.paragraphs / all.pieces);
  if (n > own_features) std::abort();
}

Context::Context(const Tree& page, const std::vector<PagePiece>& pieces, const std::vector<float>& scores)
    : page_(page), pieces_(pieces), scores_(scores), inside_(page.nodes.size()), before_(pieces.size() + 1, 0) {
  const auto count = static_cast<int>(pieces.size());
  for (int i = 0; i < count; ++i) {
    const float size = std::min(400.0f, static_cast<float>(pieces[i].text.size()));
    before_[i + 1] = before_[i] + scores[i] * size;
    top_ = std::max(top_, scores[i]);
    if (scores[i] > 0.5f && pieces[i].text.size() > 60) {
      if (first_ < 0) first_ = i;
      last_ = i;
    }
    for (NodeId up = pieces[i].element;; up = page[up].parent) {
      inside_[up].score += scores[i] * size;
      inside_[up].size += size;
      if (page[up].parent == no_node) break;
    }
  }
}

void Context::describe(size_t piece, Features& f) const {
  const auto i = static_cast<int>(piece), count = static_cast<int>(pieces_.size());
  const auto mean_around = [&](int from, int to, int but) {
    float score = 0, size = 0;
    for (int k = std::max(0, from); k < std::min(count, to); ++k) {
      if (k == but) continue;
      const float s = std::min(400.0f, static_cast<float>(pieces_[k].text.size()));
      score += scores_[k] * s;
      size += s;
    }
    return size > 0 ? score / size : -1.0f;
  };
  const auto at = [&](int k, auto&& value) { return k < 0 || k >= count ? -1.0f : value(k); };
  const auto score_of = [&](int k) { return scores_[k]; };
  const auto size_of = [&](int k) { return log_of(static_cast<float>(pieces_[k].text.size())); };
  const auto links_of = [&](int k) { return static_cast<float>(pieces_[k].link_bytes) / static_cast<float>(pieces_[k].text.size()); };
  size_t n = own_features;
  const auto put = [&](float value) { f[n++] = value; };
  put(scores_[i]);
  for (const int d : {-2, -1, 1, 2}) put(at(i + d, score_of));
  for (const int d : {-1, 1}) {
    put(at(i + d, size_of));
    put(at(i + d, links_of));
  }
  put(mean_around(i - 5, i, i));
  put(mean_around(i + 1, i + 6, i));
  put(mean_around(i - 12, i + 13, i));
  NodeId up = pieces_[i].element;
  const float own = std::min(400.0f, static_cast<float>(pieces_[i].text.size()));
  for (int level = 0; level < 4; ++level) {
    const Weighed& sum = inside_[up];
    put(sum.size > own ? (sum.score - scores_[i] * own) / (sum.size - own) : -1.0f);  // the others in here
    if (page_[up].parent != no_node) up = page_[up].parent;
  }
  put(before_[count] > 0 ? before_[i] / before_[count] : 0);
  put(log_of(before_[count]));
  put(top_ - scores_[i]);
  put(first_ < 0 ? 0 : std::clamp(static_cast<float>(i - first_), -20.0f, 20.0f));
  put(last_ < 0 ? 0 : std::clamp(static_cast<float>(i - last_), -20.0f, 20.0f));
  put(inside_[pieces_[i].element].score / std::max(1.0f, before_[count]));
  if (n > f.size()) std::abort();
}

}  // namespace sayso
