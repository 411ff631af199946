#include "page/metadata_names.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/unicode.h"
#include "markup/entities.h"

namespace sayso {

namespace {

constexpr size_t longest_byline = 300;  // bytes; longer is a portrait of the author
constexpr size_t longest_name = 64;
constexpr size_t most_words = 6;        // of a name; a body's may be longer than a person's
constexpr size_t most_names = 12;

using Words = std::unordered_set<std::string_view>;

// “By” in the languages of bylines.
const Words& by_words() {
  static const Words words = {"by", "von", "par", "por", "di", "door", "af", "av", "przez", "od", "vom", "beitragvon", "автор", "作者", "作者："};
  return words;
}

// What may stand before “by”, or before a colon.
const Words& before_by() {
  static const Words words = {
      "written", "posted", "published", "story", "words", "text", "texte", "texto", "testo", "report", "reported", "article", "opinion",
          "guest", "post", "submitted",
      "contributed", "contribution", "analysis", "review", "reviewed", "interview", "author", "authors", "authored", "created", "edited",
          "updated", "recipe", "comment",
      "autor", "autorin", "autoren", "autor*in", "autor:in", "autor*innen", "verfasser", "geschrieben", "veröffentlicht", "verfasst",
          "erstellt", "gepostet", "eingestellt", "ein", "eine", "beitrag", "gastbeitrag",
      "artikel", "kommentar", "analyse", "bericht", "reportage", "porträt", "kolumne", "essay", "und", "and", "a", "an", "the", "rezension",
          "glosse", "redaktion",
      "autor/in", "redakteur", "redakteurin", "protokoll", "aufgezeichnet", "journalist", "reporter", "publié", "ecrit", "écrit", "rédigé", "auteur",
          "auteurs", "propos", "recueillis", "un", "publicado", "escrito", "autora", "scritto", "pubblicato",
      "autore", "geplaatst", "geschreven", "tekst", "skrevet", "skriven", "från", "av", "tekstas", "is", "source", "quelle", "meldung",
          "posting", "verfasserin", "sponsored", "view", "all", "posts", "zeige", "alle", "beiträge", "show", "publiziert"};
  return words;
}

// Parts of a byline that are not names.
bool is_no_name(std::string_view folded) {
  static const Words words = {
      "admin", "administrator", "editor", "staff", "author", "autor", "autorin", "anonymous", "unknown", "guest", "gast", "by", "von",
          "user", "webmaster", "root",
      "default", "null", "none", "undefined", "n/a", "test", "home", "facebook", "twitter", "instagram", "e-mail", "email", "mail", "share",
          "teilen", "kommentare", "comments", "comment", "staff writer",
      "senior editor", "contributor", "contributing writer", "freelance writer", "senior writer", "editor-in-chief", "managing editor",
          "associate editor", "reporter", "journalist", "journalistin", "redakteur",
      "redakteurin", "chefredakteur", "chefredakteurin", "correspondent", "korrespondent", "korrespondentin", "freier autor",
          "freie autorin", "volontärin", "volontär",
      "freier journalist", "freie journalistin", "columnist", "kolumnist", "kolumnistin", "follow", "folgen", "mehr", "more", "read more",
          "view all posts", "bio", "rss", "drucken", "print", "anzeige", "website", "profil", "min", "view profile",
      "name", "name *", "author:", "autor:", "about the author", "über den autor", "login", "anmelden", "kontakt", "contact", "published",
          "updated", "date", "datum", "posted", "published by", "@", "no author", "more posts", "alle artikel", "alle beiträge", "search",
          "super user",
      "posted on", "publiziert am", "veröffentlicht am", "veröffentlicht", "published on", "stand", "publisher", "imago", "zvg",
          "getty images", "city-press", "wordpressadmin",
      "la suite", "suche", "redaktion:", "germany", "deutschland", "autor/in", "zum autor", "zur autorin", "alle", "ver&ouml;ffentlicht",
          "teilen:", "rechtsanwalt", "dr", "letzte", "anónimo", "anonimo", "anonyme"};
  return words.count(folded) != 0;
}

const std::unordered_map<std::string_view, std::string_view>& agencies() {
  static const std::unordered_map<std::string_view, std::string_view> table = {
      {"reuters", "Reuters"}, {"thomson reuters", "Reuters"}, {"ap", "AP"}, {"associated press", "AP"}, {"the associated press", "AP"},
          {"afp", "AFP"}, {"agence france-presse", "AFP"},
      {"agence france presse", "AFP"}, {"dpa", "dpa"}, {"dpa-afx", "dpa-AFX"}, {"deutsche presse-agentur", "dpa"}, {"apa", "APA"},
          {"apa-ots", "APA-OTS"}, {"sda", "SDA"}, {"keystone-sda", "Keystone-SDA"},
      {"ansa", "ANSA"}, {"efe", "EFE"}, {"agencia efe", "EFE"}, {"europa press", "Europa Press"}, {"lusa", "Lusa"}, {"agência lusa",
          "Lusa"}, {"agência brasil", "Agência Brasil"}, {"estadão conteúdo", "Estadão Conteúdo"},
      {"kyodo", "Kyodo"}, {"kyodo news", "Kyodo"}, {"jiji press", "Jiji Press"}, {"xinhua", "Xinhua"}, {"新华社", "Xinhua"}, {"tass", "TASS"},
          {"тасс", "TASS"}, {"interfax", "Interfax"}, {"интерфакс", "Interfax"}, {"ria novosti", "RIA Novosti"},
      {"рия новости", "RIA Novosti"}, {"pti", "PTI"}, {"press trust of india", "PTI"}, {"ani", "ANI"}, {"ians", "IANS"}, {"upi", "UPI"},
          {"bloomberg news", "Bloomberg"}, {"pa media", "PA"}, {"press association", "PA"},
      {"epd", "epd"}, {"kna", "KNA"}, {"sid", "SID"}, {"dts", "dts"}, {"dts nachrichtenagentur", "dts"}, {"ots", "ots"}, {"tt", "TT"},
          {"ntb", "NTB"}, {"ritzau", "Ritzau"}, {"stt", "STT"}, {"anp", "ANP"}, {"belga", "Belga"},
      {"pap", "PAP"}, {"čtk", "ČTK"}, {"ctk", "ČTK"}, {"mti", "MTI"}, {"aap", "AAP"}, {"the canadian press", "The Canadian Press"},
          {"canadian press", "The Canadian Press"}, {"yonhap", "Yonhap"}, {"연합뉴스", "Yonhap"}, {"anadolu", "Anadolu"},
      {"anadolu agency", "Anadolu"}, {"aa", "Anadolu"}, {"adnkronos", "Adnkronos"}, {"agi", "AGI"}, {"télam", "Télam"}, {"notimex",
          "Notimex"}, {"ukrinform", "Ukrinform"}, {"bernama", "Bernama"}, {"antara", "Antara"}};
  return table;
}

bool is_quote(char32_t c) { return c == U'"' || c == U'\'' || c == U'`' || c == U'´' || c == U'′' || c == U'″' || (c >= U'‘' && c <= U'‟') ||
    c == U'«' || c == U'»' || c == U'‹' || c == U'›'; }
bool is_dash(char32_t c) { return c == U'-' || (c >= U'‐' && c <= U'―') || c == U'−'; }
bool is_unseen(char32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF; }

// Words of a name begin with a capital, but for particles. Of a marked byline one word may be anything (“freeman1984”); otherwise a name has
// two to four words and no full stop behind the last.
bool is_name_like(std::string_view name, bool marked) {
  static const Words particles = {"von", "van", "de", "der", "den", "del", "della", "da", "di", "do", "dos", "das", "du", "la", "le", "el",
      "al", "bin", "ibn", "ter", "ten", "zu", "zur", "zum", "und", "and",
                                  "of", "the", "für", "for", "e.v.", "y", "e", "et", "af", "av", "im", "mit", "v."};
  size_t words = 0, small = 0;
  for (size_t at = 0; at < name.size(); ++words) {
    const size_t end = std::min(name.find(' ', at), name.size());
    size_t first = at;
    if (end > at && is_lower(next_code_point(name, first)) && !particles.count(name.substr(at, end - at))) ++small;
    at = end + 1;
  }
  if (marked) return words < 2 || small * 2 <= words;
  return words >= 2 && words <= 4 && small == 0 && name.back() != '.' && name.back() != '?' && name.back() != '!';
}

// `text` with a space for each run of white space between its words, and without what is unseen; each other character as `append` writes it.
template <class Append>
std::string collapse_to(std::string_view text, const Append& append) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_unseen(c)) continue;
    if (c <= U' ' || (c >= 0x7F && is_space(c))) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    append(out, c);
  }
  return out;
}

}  // namespace

std::string collapse(std::string_view text) {
  std::string resolved;
  if (text.find('&') != text.npos) text = resolved = resolve_references(text, true);
  return collapse_to(text, append_code_point);
}

std::string fold(std::string_view text) {
  return to_lower(collapse_to(text, [](std::string& out, char32_t c) {
    if (is_quote(c)) out += '\'';
    else if (is_dash(c)) out += '-';
    else append_code_point(out, c);
  }));
}

std::string find_agency(std::string_view credit) {
  if (credit.size() > 80) return {};
  std::string text = fold(credit);
  for (const std::string_view start : {"quelle: ", "source: ", "fuente: ", "fonte: ", "von ", "by ", "agentur: "})
    if (text.compare(0, start.size(), start) == 0) text.erase(0, start.size());
  std::string first;
  for (size_t at = 0; at <= text.size();) {
    size_t end = std::min({text.find('/', at), text.find(',', at), text.find(" - ", at), text.size()});
    std::string_view part = std::string_view(text).substr(at, end - at);
    while (!part.empty() && std::string_view(" ()[].:-©").find(part.front()) != std::string_view::npos) part.remove_prefix(1);
    while (!part.empty() && std::string_view(" ()[].:-").find(part.back()) != std::string_view::npos) part.remove_suffix(1);
    if (const auto found = agencies().find(part); found != agencies().end()) {
      if (first.empty()) first = found->second;
    } else if (part.size() > 5) {
      return {};  // somebody else; what is shorter is a sign of the desk: “dpa/lno”
    }
    at = end + 1;
  }
  return first;
}

std::vector<std::string> read_byline(std::string_view given, bool marked) {
  std::vector<std::string> names;
  if (given.size() > 4 * longest_byline) return names;
  std::string text = collapse(given);
  if (text.empty() || text.size() > longest_byline) return names;

  // Words with their places. What stands before “by”, and “by” itself, goes.
  struct Word {
    size_t begin, end;
    std::string lower;  // without a colon or comma at its end
  };
  std::vector<Word> words;
  const auto split_words = [&] {
    words.clear();
    for (size_t at = 0; at < text.size();) {
      size_t end = std::min(text.find(' ', at), text.size());
      std::string lower = to_lower(std::string_view(text).substr(at, end - at));
      while (lower.size() > 1 && (lower.back() == ':' || lower.back() == ',' || lower.back() == '.')) lower.pop_back();
      words.push_back({at, end, std::move(lower)});
      at = end + 1;
    }
  };
  while (!text.empty() && std::string_view("~|-*>:/\xC2").find(text.front()) != std::string_view::npos) {
    if (text.compare(0, 2, "©") == 0 || text.compare(0, 2, "·") == 0 || text.compare(0, 2, "»") == 0) text.erase(0, 2);
    else if (text.front() == '\xC2') break;
    else text.erase(0, 1);
    while (!text.empty() && text.front() == ' ') text.erase(0, 1);
  }
  split_words();
  bool said = false;
  size_t skip = 0;
  for (size_t i = 0; i < words.size() && i < 7; ++i) {
    const std::string_view raw = std::string_view(text).substr(words[i].begin, words[i].end - words[i].begin);
    const bool colon = raw == ":" || raw.back() == ':';
    const bool by = by_words().count(words[i].lower) != 0;
    if (by || (colon && (before_by().count(words[i].lower) || raw == ":"))) {
      skip = i + 1;
      said = true;
    } else if (!before_by().count(words[i].lower)) {
      break;
    }
  }
  // “Posted on 5 May 2020 by marc”. Without a date it may be any sentence: “All photographs of the lock are by Lena Ost”.
  if (!said && !words.empty() && before_by().count(words[0].lower))
    for (size_t i = 1, dated = 0; i < words.size() && i < 12; ++i) {
      dated += words[i].lower[0] >= '0' && words[i].lower[0] <= '9';
      if (by_words().count(words[i].lower) && (marked || dated > 0)) skip = i + 1, said = true;
    }
  // Whom a text comes from has not always written it.
  if (!marked && !words.empty() && (words[0].lower == "quelle" || words[0].lower == "source")) return names;
  if (!said && marked && words.size() > 1 && (words[0].lower == "author" || words[0].lower == "autor" || words[0].lower == "autorin" ||
      words[0].lower == "über")) skip = 1;
  if (skip) text.erase(0, skip < words.size() ? words[skip].begin : text.size());
  if (!said && !marked) return names;
  // “AuthorLena Ost”: a label that only style keeps apart.
  for (const std::string_view label : {"Autor:", "Author:", "By:", "Von:", "Text:"})
    if (text.compare(0, label.size(), label) == 0) text.erase(0, label.size());

  // What follows the names: a date, a time, an address, a place for reading.
  for (const std::string_view cut : {" | ", " • ", " · ", " – ", " — ", " - ", " (", " [", "http", " @", " am ", " on ", " um ", " vom ",
      " im ", " in ", " at ", " from ", " für ", " for ", " le ", " el ", " il ", " // ", " Stand", " Updated", " Published",
                                     " Veröffentlicht", " Aktualisiert", " Posted", " Last", " updated", " published", " is a ", " ist ",
                                         " Uhr", " sagt", " says", " schrieb", " E-Mail", " Mehr", " More", " Follow", " Lesezeit",
                                         " veröffentlicht", " Search", " Hace ", " Foto", " Photo", " View", " Alle ", " →", " under "})
    if (const size_t at = text.find(cut); at != text.npos && at > 0) text.erase(at);
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] >= '0' && text[i] <= '9' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == ',')) {
      text.erase(i);
      break;
    }

  // Words at the end of a name that are none: a day of the week, a month, a job.
  const auto is_tail = [](std::string_view word) {
    static const Words tails = {"mo", "di", "mi", "do", "fr", "sa", "so", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "montag",
        "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
                                "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "januar", "februar", "märz",
                                    "april", "juni", "juli", "august", "september", "oktober", "november",
                                "dezember", "january", "february", "march", "may", "june", "july", "october", "december", "chefredakteur",
                                    "chefredakteurin", "redakteur", "redakteurin", "reporter", "ca.", "jan.", "feb.", "okt.", "nov.",
                                    "dez.", "aktualisierung"};
    return tails.count(word) != 0;
  };
  const auto add = [&](std::string_view name) {
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    // “Lena Ost, by Kai West”. A small “von”, or “di”, may be part of the name; “Par Lindqvist” is a name.
    if (const size_t space = name.find(' '); space != name.npos) {
      const std::string first = to_lower(name.substr(0, space));
      const bool small = name[0] >= 'a' && name[0] <= 'z';
      if ((small || name.find(' ', space + 1) != name.npos) && by_words().count(first) && !name.starts_with("von ") && first != "di" &&
          first != "af" && first != "av")
        name.remove_prefix(space + 1);
    }
    // “Lena Ost/dpa-tmn”: the sign of the desk
    if (const size_t slash = name.rfind('/'); slash != name.npos && name.size() - slash <= 8 && name.find(' ') < slash &&
        name.find(' ', slash) == name.npos)
      name = name.substr(0, slash);
    for (size_t last = name.find_last_of(' '); last != name.npos && is_tail(to_lower(name.substr(last +
        1))); last = name.find_last_of(' ')) name = name.substr(0, last);
    if (is_tail(to_lower(name))) return;
    while (!name.empty() && std::string_view(" ,;:.|/-*~").find(name.front()) != std::string_view::npos) name.remove_prefix(1);
    while (!name.empty() && (std::string_view(" ,;:|/-*~").find(name.back()) != std::string_view::npos || name.ends_with("»")))
      name.remove_suffix(name.ends_with("»") ? 2 : 1);
    if (name.empty() || name.size() > longest_name || names.size() >= most_names) return;
    if (static_cast<size_t>(std::count(name.begin(), name.end(), ' ')) >= most_words) return;
    if (name.find('@') != name.npos || name.find("www.") != name.npos || name.find('<') != name.npos || name.find('{') != name.npos) return;
    size_t at = 0;
    bool letter = false;
    while (at < name.size() && !letter) letter = is_alpha(next_code_point(name, at));
    const std::string folded = fold(name);
    if (!letter || is_no_name(folded) || name.substr(0, 4) == "http" || folded.find("getty") != folded.npos || folded.find("foto") == 0 ||
        folded.find("photo") == 0) return;
    if (!is_name_like(name, marked)) return;
    for (const std::string& other : names)
      if (fold(other) == folded) return;
    names.emplace_back(name);
  };
  static constexpr std::array<std::string_view, 14> between = {",", ";", " und ", " and ", " & ", " et ", " y ", " e ", " og ", " och ",
      " en ", "、", " sowie ", " with "};
  size_t at = 0;
  for (size_t i = 0; i < text.size();) {
    size_t length = 0;
    if (text[i] == ',' || text[i] == ';' || text[i] == ' ' || text[i] == '\xE3')
      for (const std::string_view word : between)
        if (text.compare(i, word.size(), word) == 0) length = word.size();
    if (!length) {
      ++i;
      continue;
    }
    add(std::string_view(text).substr(at, i - at));
    // The space that ends one word between names begins the next: “, und ”.
    i += length > 1 && text[i + length - 1] == ' ' ? length - 1 : length;
    at = i;
  }
  add(std::string_view(text).substr(at));
  return names;
}

}  // namespace sayso
