#include "page/article_features.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace sayso {

namespace {

// Finds all words of a list in one walk over a text of letters, whatever their number (Aho and Corasick). “.” stands for the border of a word.
class WordFinder {
 public:
  explicit WordFinder(const std::vector<std::pair<Hint, std::vector<std::string_view>>>& words) {
    states_.emplace_back();
    for (const auto& [hint, list] : words)
      for (const std::string_view word : list) {
        size_t at = 0;
        for (const char c : word) {
          if (states_[at].next[symbol(c)] == 0) {
            states_[at].next[symbol(c)] = static_cast<uint16_t>(states_.size());
            states_.emplace_back();
          }
          at = states_[at].next[symbol(c)];
        }
        states_[at].hints |= 1u << static_cast<uint32_t>(hint);
      }
    std::vector<size_t> queue, fail(states_.size(), 0);
    for (const uint16_t next : states_[0].next)
      if (next != 0) queue.push_back(next);
    for (size_t i = 0; i < queue.size(); ++i) {
      const size_t at = queue[i];
      states_[at].hints |= states_[fail[at]].hints;
      for (size_t c = 0; c < symbols; ++c) {
        uint16_t& next = states_[at].next[c];
        if (next == 0) {
          next = states_[fail[at]].next[c];
        } else {
          fail[next] = states_[fail[at]].next[c];
          queue.push_back(next);
        }
      }
    }
  }

  uint32_t find(std::string_view text) const {
    uint32_t found = 0;
    size_t at = states_[0].next[0];
    bool small = false;
    for (const char c : text) {
      const bool capital = c >= 'A' && c <= 'Z';
      if (capital && small) at = states_[at].next[0];  // camelCase
      small = c >= 'a' && c <= 'z';
      at = states_[at].next[symbol(c)];
      found |= states_[at].hints;
    }
    return found | states_[states_[at].next[0]].hints;
  }

 private:
  static constexpr size_t symbols = 27;
  static size_t symbol(char c) {
    if (c >= 'a' && c <= 'z') return static_cast<size_t>(c - 'a' + 1);
    if (c >= 'A' && c <= 'Z') return static_cast<size_t>(c - 'A' + 1);
    return 0;
  }
  struct State {
    std::array<uint16_t, symbols> next{};
    uint32_t hints = 0;
  };
  std::vector<State> states_;
};

const WordFinder& class_words() {
  static const WordFinder finder({
      {Hint::article, {"article", "artikel", "content", "story", ".post.", "entry", ".text", ".body", "main", "inhalt", "beitrag", "paragraph", "richtext", "prose", "copy."}},
      {Hint::title, {"title", "headline", "heading", "titel", "overline", "kicker", "subline"}},
      {Hint::comment, {"comment", "kommentar", "disqus", "respond", "reply", "discussion", "forum", "reader", "review"}},
      {Hint::related, {"related", "recommend", "more", "similar", "mehr", "further", "weitere", "popular", "trending", "latest", "recent", "outbrain", "taboola", "also", "readnext", "mostread", ".next", ".prev"}},
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
      {Hint::consent, {"cookie", "consent", "gdpr", "privacy", "popup", "modal", "overlay", "notice", "alert", "dialog", "hidden", "sronly", "visually", "toast"}},
      {Hint::wall, {"paywall", "premium", "login", "account", "user", "member"}},
      {Hint::teaser, {"teaser", "card", "list", "item", "grid", "carousel", "archive", "feed", "tile", "excerpt", "summary", "lead", "intro", "vorspann", "abstract", "standfirst"}},
      {Hint::credit, {"credit", "source", "quelle", "rights", "agency", "attribution", "urheber", "byphoto"}},
  });
  return finder;
}

struct Phrases {
  size_t feature;
  std::vector<std::string_view> words;
};

// What furniture says of itself, in the languages of the pages that we know; compared in lower case, in short pieces only.
const std::vector<Phrases>& phrases() {
  static const std::vector<Phrases> list = {
      {0, {"comment", "kommentar", "comentario", "commentaire", "komentar", "reply", "antworten", "answer", "discussion", "commenti", "反馈", "评论", "yorum"}},
      {1, {"read more", "mehr zum", "mehr aus", "lesen sie", "auch interessant", "related", "read also", "see also", "more from", "weiterlesen", "weitere ", "lire aussi", "à lire", "leia ", "lee también",
           "czytaj", "recommended", "popular", "beliebt", "you may", "you might", "das könnte", "mehr:", "mehr infos", "meistgelesen", "aktuell", "latest", "ähnliche", "passend", "zum thema", "next post",
           "previous", "vorherige", "nächste", "continue reading", "zurück", "siguiente", "related:", "相关", "empfehl", "verwandte", "leggi"}},
      {2, {"share", "teilen", "facebook", "twitter", "whatsapp", "instagram", "follow us", "folgen", "tweet", "linkedin", "pinterest", "compartir", "partager", "drucken", "print", "e-mail", "like this", "merken"}},
      {3, {"newsletter", "subscribe", "abonnieren", "sign up", "anmelden", "register", "log in", "login", "abo ", "inscri", "suscr", "kostenlos", "jetzt", "donate", "spende", "unterstütz", "support us", "download"}},
      {4, {"©", "copyright", "all rights", "alle rechte", "impressum", "datenschutz", "privacy", "cookie", "terms", "agb", "tous droits", "nutzungsbedingungen", "disclaimer", "affiliate", "consent", "zustimmung"}},
      {5, {"foto:", "photo:", "bild:", "image:", "photo by", "foto ", "credit", "getty", "picture alliance", "shutterstock", "dpa", "reuters", "imago", "(c)", "quelle:", "source:", "pixabay", "unsplash", "fotos:", "photograph"}},
      {6, {"tags", "schlagwort", "schlagwörter", "categor", "kategorie", "stichwort", "themen", "topics", "posted in", "filed under", "etiquetas", "keywords", "mots-clés", "tagged"}},
      {7, {"by ", "von ", "por ", "par ", "author", "autor", "redakt", "posted by", "written by", "written", "geschrieben", "di ", "editor", "journalist", "auteur"}},
      {8, {"uhr", "updated", "published", "min read", "minuten", "aktualisiert", "veröffentlicht", "publié", "publicado", "posted on", " ago", "january", "februar", "march", "märz", "april", "juni", "juli", "august",
           "septem", "oktober", "october", "novemb", "dezember", "december", "januar", "views", "lesezeit"}},
      {9, {"advert", "anzeige", "werbung", "sponsor", "publicid", "gesponsert", "reklama", "pubblicità"}},
  };
  return list;
}
constexpr size_t phrase_features = 10;

bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

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

// The page's own copy of its article, and what it says the article is about.
struct Stated {
  Overlap body, description, headline;
};

Stated read_stated(const Tree& page, const std::string& headline) {
  Stated stated;
  stated.headline.add(headline);
  std::string title;
  bool has_heading = false;
  for (NodeId id = 0; id < page.nodes.size(); ++id) {
    const Node& node = page[id];
    if (node.name == "meta") {
      std::string_view name = page.attribute(id, "property");
      if (name.empty()) name = page.attribute(id, "name");
      if (name == "og:description" || name == "description" || name == "twitter:description") stated.description.add(page.attribute(id, "content"));
      if (name == "og:title" && headline.empty()) stated.headline.add(page.attribute(id, "content")), has_heading = true;
    } else if (node.name == "title" && title.empty()) {
      for (NodeId child = id + 1; child < node.end; ++child) title += page[child].text;
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
        std::string body(text.substr(at + 1, end - at - 1));
        for (size_t i = 0; i + 1 < body.size(); ++i)
          if (body[i] == '\\' && (body[i + 1] == 'n' || body[i + 1] == 'r' || body[i + 1] == 't')) body[i] = body[i + 1] = ' ';
        stated.body.add(body);
      }
    }
  }
  if (headline.empty() && !has_heading) stated.headline.add(title);
  return stated;
}

// Sums over the pieces inside an element.
struct Sums {
  float pieces = 0, bytes = 0, link_bytes = 0, good = 0, paragraphs = 0;
};

bool is_good(const PagePiece& piece) {  // prose: long enough, few links, with a sentence's punctuation
  return piece.text.size() >= 80 && piece.link_bytes * 3 < piece.text.size() && piece.text.find_first_of(".,!?\xE3") != std::string::npos;
}

float log_of(float x) { return std::log1p(x); }

enum class Tag : uint8_t { other, p, h1, h2, h3, h4, li, td, div, quote, caption, dd, pre, span, section, body };

Tag tag_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Tag> tags = {
      {"p", Tag::p},           {"h1", Tag::h1},     {"h2", Tag::h2},           {"h3", Tag::h3},         {"h4", Tag::h4},           {"h5", Tag::h4},
      {"h6", Tag::h4},         {"li", Tag::li},     {"td", Tag::td},           {"th", Tag::td},         {"div", Tag::div},         {"blockquote", Tag::quote},
      {"figcaption", Tag::caption}, {"caption", Tag::caption}, {"dd", Tag::dd}, {"dt", Tag::dd},         {"pre", Tag::pre},         {"section", Tag::section},
      {"article", Tag::section}, {"main", Tag::section}, {"body", Tag::body}};
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
      found |= class_words().find(attribute.value.substr(0, 400));
  }
  return found;
}

}  // namespace

Described describe_pieces(const Tree& page, const std::vector<PagePiece>& pieces, const std::string& headline) {
  Described described;
  described.pieces.resize(pieces.size());
  described.hinted.resize(pieces.size());
  if (pieces.empty()) return described;
  const Stated stated = read_stated(page, headline);

  std::unordered_map<NodeId, uint32_t> hint_of;
  std::unordered_map<NodeId, bool> hidden_of;
  std::vector<Sums> sums(page.nodes.size());
  std::unordered_map<std::string_view, int> copies;
  Sums all;
  for (const PagePiece& piece : pieces) {
    ++copies[piece.text];
    Sums one{1, static_cast<float>(piece.text.size()), static_cast<float>(piece.link_bytes), is_good(piece) ? static_cast<float>(piece.text.size()) : 0,
             tag_of(page[piece.element].name) == Tag::p ? 1.0f : 0.0f};
    for (NodeId up = piece.element;; up = page[up].parent) {
      Sums& sum = sums[up];
      sum.pieces += one.pieces;
      sum.bytes += one.bytes;
      sum.link_bytes += one.link_bytes;
      sum.good += one.good;
      sum.paragraphs += one.paragraphs;
      if (page[up].parent == no_node) break;
    }
    all.pieces += one.pieces;
    all.bytes += one.bytes;
    all.link_bytes += one.link_bytes;
    all.good += one.good;
    all.paragraphs += one.paragraphs;
  }
  // The smallest element that holds most of the prose.
  NodeId best = 0;
  for (NodeId id = 0; id < page.nodes.size(); ++id)
    if (!page[id].is_text() && all.good > 0 && sums[id].good >= 0.6f * all.good) best = id;  // later ones are inside, or as good

  // The headline: a heading that says what the metadata says.
  float headline_score = 0.5f;
  std::vector<std::vector<uint64_t>> words(pieces.size());
  for (size_t i = 0; i < pieces.size(); ++i) {
    words[i] = words_of(pieces[i].text);
    const Tag tag = tag_of(page[pieces[i].element].name);
    if (pieces[i].text.size() > 400 || words[i].empty()) continue;
    float score = stated.headline.of(words[i]) * 0.5f + stated.headline.covered_by(words[i]) * 0.5f;
    if (words[i].size() < 2) score *= 0.5f;
    score += tag == Tag::h1 ? 0.3f : tag == Tag::h2 ? 0.2f : tag == Tag::h3 ? 0.1f : 0;
    if (pieces[i].link_bytes * 2 > pieces[i].text.size()) score -= 0.2f;
    if (score > headline_score) {
      headline_score = score;
      described.headline = i;
    }
  }

  float bytes_before = 0, good_before = 0;
  size_t last_heading = Described::no_headline;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const PagePiece& piece = pieces[i];
    Features& f = described.pieces[i];
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
    const bool east = has("。") || has("，") || has("、");
    quotes += has("“") + has("„") + has("»") + has("’");
    const bool sentence = ends(".") || ends("!") || ends("?") || ends(".”") || ends(".\"") || ends("。") || ends("“") || ends("”") || ends("…") || ends(".)") || ends("।") || ends("»");
    put(log_of(size));
    put(log_of(static_cast<float>(words[i].size())));
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
    put(static_cast<float>(copies[piece.text]));
    put(static_cast<float>(stated.body.of(words[i])) + (stated.body.size() > 60 ? 0.0f : -1.0f));
    put(stated.description.of(words[i]));
    put(stated.description.covered_by(words[i]));
    put(stated.headline.of(words[i]));
    put(stated.headline.covered_by(words[i]));
    const Tag tag = tag_of(page[piece.element].name);
    for (const Tag t : {Tag::p, Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::li, Tag::td, Tag::div, Tag::quote, Tag::caption, Tag::dd, Tag::pre}) put(tag == t ? 1 : 0);

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
    for (NodeId up = piece.element;; up = page[up].parent) {
      const Node& node = page[up];
      static const std::array<std::string_view, 11> wanted = {"article", "main", "header", "footer", "nav", "aside", "form", "figure", "ul", "table", "blockquote"};
      if (depth < far)
        for (size_t t = 0; t < wanted.size(); ++t)
          if (node.name == wanted[t] && up_tags[t] == far) up_tags[t] = depth;
      const auto [hint, fresh] = hint_of.try_emplace(up, 0);
      if (fresh) {
        hint->second = node.name == "body" || node.name == "html" ? 0 : hints_of(page, up);
        hidden_of[up] = is_hidden(page, up);
      }
      if (depth < far && hint->second != 0)
        for (size_t h = 0; h < hints; ++h)
          if (((hint->second >> h) & 1) != 0 && up_hints[h] == far) up_hints[h] = depth;
      if (depth < 2) described.hinted[i] |= hint->second;
      if (hidden_of[up]) hidden = 1;
      if (up == best) to_best = depth;
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
      const Sums& sum = sums[parents[p]];
      put(log_of(sum.good));
      put(sum.good / std::max(1.0f, all.good));
      put(sum.link_bytes / std::max(1.0f, sum.bytes));
      put(sum.bytes / std::max(1.0f, sum.pieces));
      if (p < 2) put(log_of(sum.pieces));
    }
    // Its siblings of the same kind.
    float same = 0, same_good = 0;
    if (page[piece.element].parent != no_node) {
      const Sums& sum = sums[page[piece.element].parent];
      same = sum.paragraphs;
      same_good = sum.good / std::max(1.0f, sum.bytes);
    }
    put(same);
    put(same_good);
    put(static_cast<float>(i) / all.pieces);
    put(bytes_before / all.bytes);
    put(good_before / std::max(1.0f, all.good));
    put(described.headline == Described::no_headline ? -50
                                                      : std::clamp(static_cast<float>(i) - static_cast<float>(described.headline), -40.0f, 200.0f));
    put(i == described.headline ? 1 : 0);
    put(last_heading == Described::no_headline ? 50 : std::min(50.0f, static_cast<float>(i - last_heading)));
    // What the piece says of itself.
    std::array<float, phrase_features> said{};
    if (text.size() < 220) {
      const std::string small = lower_ascii(text);
      for (const Phrases& list : phrases())
        for (const std::string_view word : list.words) {
          const size_t at = small.find(word);
          if (at == std::string::npos) continue;
          said[list.feature] = std::max(said[list.feature], at == 0 ? 2.0f : 1.0f);
        }
    }
    for (const float v : said) put(v);
    put(log_of(all.good));
    put(log_of(all.pieces));
    put(all.link_bytes / all.bytes);
    put(all.paragraphs / all.pieces);
    if (n > own_features) std::abort();
    bytes_before += size;
    if (is_good(piece)) good_before += size;
    if (tag >= Tag::h1 && tag <= Tag::h4) last_heading = i;
  }
  return described;
}

void describe_context(const Tree& page, const std::vector<PagePiece>& pieces, const std::vector<float>& scores, std::vector<Features>& features) {
  const auto count = static_cast<int>(pieces.size());
  struct Weighed {
    float score = 0, size = 0;
  };
  std::vector<Weighed> inside(page.nodes.size());
  std::vector<float> before(pieces.size() + 1, 0);
  float top = 0;
  int first = -1, last = -1;
  for (int i = 0; i < count; ++i) {
    const float size = std::min(400.0f, static_cast<float>(pieces[i].text.size()));
    before[i + 1] = before[i] + scores[i] * size;
    top = std::max(top, scores[i]);
    if (scores[i] > 0.5f && pieces[i].text.size() > 60) {
      if (first < 0) first = i;
      last = i;
    }
    for (NodeId up = pieces[i].element;; up = page[up].parent) {
      inside[up].score += scores[i] * size;
      inside[up].size += size;
      if (page[up].parent == no_node) break;
    }
  }
  const auto mean_around = [&](int from, int to, int but) {
    float score = 0, size = 0;
    for (int i = std::max(0, from); i < std::min(count, to); ++i) {
      if (i == but) continue;
      const float s = std::min(400.0f, static_cast<float>(pieces[i].text.size()));
      score += scores[i] * s;
      size += s;
    }
    return size > 0 ? score / size : -1.0f;
  };
  const auto at = [&](int i, auto&& value) { return i < 0 || i >= count ? -1.0f : value(i); };
  const auto score_of = [&](int i) { return scores[i]; };
  const auto size_of = [&](int i) { return log_of(static_cast<float>(pieces[i].text.size())); };
  const auto links_of = [&](int i) { return static_cast<float>(pieces[i].link_bytes) / static_cast<float>(pieces[i].text.size()); };
  for (int i = 0; i < count; ++i) {
    Features& f = features[i];
    size_t n = own_features;
    const auto put = [&](float value) { f[n++] = value; };
    put(scores[i]);
    for (const int d : {-2, -1, 1, 2}) put(at(i + d, score_of));
    for (const int d : {-1, 1}) {
      put(at(i + d, size_of));
      put(at(i + d, links_of));
    }
    put(mean_around(i - 5, i, i));
    put(mean_around(i + 1, i + 6, i));
    put(mean_around(i - 12, i + 13, i));
    NodeId up = pieces[i].element;
    const float own = std::min(400.0f, static_cast<float>(pieces[i].text.size()));
    for (int level = 0; level < 4; ++level) {
      const Weighed& sum = inside[up];
      put(sum.size > own ? (sum.score - scores[i] * own) / (sum.size - own) : -1.0f);  // the others in here
      if (page[up].parent != no_node) up = page[up].parent;
    }
    put(before[count] > 0 ? before[i] / before[count] : 0);
    put(log_of(before[count]));
    put(top - scores[i]);
    put(first < 0 ? 0 : std::clamp(static_cast<float>(i - first), -20.0f, 20.0f));
    put(last < 0 ? 0 : std::clamp(static_cast<float>(i - last), -20.0f, 20.0f));
    put(inside[pieces[i].element].score / std::max(1.0f, before[count]));
    if (n > f.size()) std::abort();
  }
}

}  // namespace sayso
