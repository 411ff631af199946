#include "provenance/circumstances.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "provenance/time_value.h"
#include "text/news_names.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string_view>;

const std::unordered_map<std::string_view, MediumKind> media = {
    {"interview", MediumKind::interview}, {"conversation", MediumKind::interview}, {"q&a", MediumKind::interview},
    {"statement", MediumKind::statement}, {"communiqué", MediumKind::statement}, {"communique", MediumKind::statement},
    {"release", MediumKind::statement}, {"declaration", MediumKind::statement}, {"announcement", MediumKind::statement},
    {"bulletin", MediumKind::statement}, {"conference", MediumKind::press_conference}, {"briefing", MediumKind::press_conference},
    {"presser", MediumKind::press_conference}, {"broadcast", MediumKind::broadcast}, {"show", MediumKind::broadcast},
    {"program", MediumKind::broadcast}, {"programme", MediumKind::broadcast}, {"television", MediumKind::broadcast}, {"tv", MediumKind::broadcast},
    {"radio", MediumKind::broadcast}, {"podcast", MediumKind::broadcast}, {"channel", MediumKind::broadcast}, {"video", MediumKind::broadcast},
    {"episode", MediumKind::broadcast}, {"newscast", MediumKind::broadcast}, {"livestream", MediumKind::broadcast}, {"edition", MediumKind::document},
    {"tweet", MediumKind::social_media}, {"tweets", MediumKind::social_media}, {"post", MediumKind::social_media},
    {"posts", MediumKind::social_media}, {"twitter", MediumKind::social_media}, {"facebook", MediumKind::social_media},
    {"instagram", MediumKind::social_media}, {"telegram", MediumKind::social_media}, {"tiktok", MediumKind::social_media},
    {"youtube", MediumKind::social_media}, {"linkedin", MediumKind::social_media}, {"weibo", MediumKind::social_media},
    {"mastodon", MediumKind::social_media}, {"bluesky", MediumKind::social_media}, {"reddit", MediumKind::social_media},
    {"thread", MediumKind::social_media}, {"media", MediumKind::social_media}, {"blog", MediumKind::social_media},
    {"snapchat", MediumKind::social_media}, {"x", MediumKind::social_media}, {"report", MediumKind::document}, {"reports", MediumKind::document},
    {"book", MediumKind::document}, {"essay", MediumKind::document}, {"op-ed", MediumKind::document}, {"article", MediumKind::document},
    {"column", MediumKind::document}, {"editorial", MediumKind::document}, {"filing", MediumKind::document}, {"filings", MediumKind::document},
    {"memo", MediumKind::document}, {"memorandum", MediumKind::document}, {"affidavit", MediumKind::document}, {"complaint", MediumKind::document},
    {"lawsuit", MediumKind::document}, {"ruling", MediumKind::document}, {"decree", MediumKind::document}, {"paper", MediumKind::document},
    {"study", MediumKind::document}, {"indictment", MediumKind::document}, {"document", MediumKind::document}, {"documents", MediumKind::document},
    {"papers", MediumKind::document}, {"motion", MediumKind::document}, {"brief", MediumKind::document}, {"opinion", MediumKind::document},
    {"memoir", MediumKind::document}, {"transcript", MediumKind::document}, {"note", MediumKind::letter}, {"petition", MediumKind::document},
    {"review", MediumKind::document}, {"minutes", MediumKind::document}, {"poem", MediumKind::document}, {"diary", MediumKind::document},
    {"novel", MediumKind::document}, {"autobiography", MediumKind::document}, {"letter", MediumKind::letter}, {"letters", MediumKind::letter},
    {"email", MediumKind::letter}, {"e-mail", MediumKind::letter}, {"emails", MediumKind::letter}, {"e-mails", MediumKind::letter},
    {"message", MediumKind::letter}, {"messages", MediumKind::letter}, {"text", MediumKind::letter}, {"call", MediumKind::call},
    {"phone", MediumKind::call}, {"telephone", MediumKind::call}, {"link", MediumKind::call}, {"network", MediumKind::social_media},
    {"commentary", MediumKind::document}, {"newsletter", MediumKind::document}, {"leaflet", MediumKind::document},
    {"submission", MediumKind::document}, {"dossier", MediumKind::document}, {"circular", MediumKind::letter}};

const WordSet occasions = {"speech", "rally", "debate", "meeting", "visit", "hearing", "summit", "event", "forum", "trip", "tour", "stop", "session",
                           "appearance", "ceremony", "dinner", "talks", "testimony", "address", "remarks", "funeral", "trial", "convention",
                           "breakfast", "lunch", "luncheon", "gathering", "vigil", "protest", "march", "cookout", "fundraiser", "lecture", "panel",
                           "discussion", "hall", "sitting", "inauguration", "march", "demonstration", "reception", "sermon", "assembly", "workshop",
                           "seminar", "congress", "parliament", "court", "stopover", "festival", "opening", "launch", "match", "game", "hustings",
                           "inquiry", "fair", "exchange", "graveside", "presentation", "wedding", "premiere"};
// “Outside the courthouse” somebody speaks to those who wait there.
const WordSet public_buildings = {"court", "courthouse", "courtroom", "hall", "embassy", "consulate", "headquarters", "prison", "jail", "stadium",
                                  "hospital"};
// Conferences that are none of the press.
const WordSet press_words = {"press", "news", "media"};

const WordSet stops = {"of", "in", "on", "at", "to", "with", "for", "from", "by", "about", "after", "before", "during", "via", "through", "over",
                       "as", "that", "who", "which", "whose", "when", "while", "where", "because", "but", "if", "than", "into", "under", "against",
                       "since", "until", "between", "beside", "alongside", "above",
                       "is", "was", "were", "are", "had", "has", "have", "will", "would", "could", "may", "might",
                       "said", "says", "told", "without", "near", "outside", "inside", "following", "ahead", "amid", "not", "and", "or", "then",
                       "whether", "how", "why", "what", "calling", "saying", "adding", "seen", "obtained", "published", "posted", "released", "sent",
                       "broadcast", "aired", "issued", "held", "reviewed", "dated", "addressed", "earlier", "shortly", "later", "ago"};

const WordSet telling = {"tell", "inform", "assure", "remind", "notify", "brief", "advise", "ask", "warn", "urge", "promise", "instruct", "order",
                         "beg", "implore", "encourage", "invite", "persuade", "convince", "thank", "question", "alert", "answer", "caution"};
const WordSet controlling = {"urge", "ask", "tell", "order", "encourage", "invite", "beg", "instruct", "advise", "warn", "summon", "persuade",
                             "implore", "request", "command", "direct", "remind", "call"};
const WordSet said_to = {"say", "write", "explain", "complain", "admit", "confirm", "speak", "yell", "shout", "reply", "comment", "announce",
                         "reveal", "deny", "insist", "whisper", "disclose", "talk", "state", "respond", "describe", "suggest", "declare", "confide",
                          "mention"};

const WordSet carrying = {"broadcast", "aired", "televised", "carried", "published", "printed", "posted", "released"};

std::string singular(const std::string& word) {
  return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") ? word.substr(0, word.size() - 1) : word;
}

bool is_opening_mark(std::string_view word) { return word == "“" || word == "\"" || word == "``" || word == "‘" || word == "„" || word == "«"; }
bool is_mark(std::string_view word) { return is_opening_mark(word) || word == "”" || word == "''" || word == "’" || word == "»"; }

}  // namespace

// Words [begin, end) of one sentence that are in no part of the attribution.
struct CircumstanceFinder::Region {
  size_t begin = 0, end = 0;
  bool behind_cue = false;  // an addressee may stand there
  bool said_to = false;     // “said to NP”
  bool told = false;        // “told NP”
};

struct CircumstanceFinder::Phrase {
  enum class Kind { medium, addressee, occasion, time } kind = Kind::time;
  size_t begin = 0, end = 0;  // words; reading goes on at `end`
  MediumKind medium = MediumKind::interview;
};

CircumstanceFinder::CircumstanceFinder(const Document& document, const Words& words, std::optional<std::string> today)
    : document_(document), words_(words), today_(std::move(today)), depth_(document.attributions.size(), 0), voices_({}) {
  std::vector<Span> voices;
  std::vector<std::vector<Span>> contents(1);
  for (uint32_t i = 0; i < document.attributions.size(); ++i) {
    const Attribution& a = document.attributions[i];
    for (auto up = a.within; up; up = document.attributions[*up].within) ++depth_[i];
    if (a.source) voices.insert(voices.end(), a.source->part.spans.begin(), a.source->part.spans.end());
    voices.insert(voices.end(), a.cue.spans.begin(), a.cue.spans.end());
    if (contents.size() <= depth_[i]) contents.resize(depth_[i] + size_t{1});
    for (size_t depth = 0; depth <= depth_[i]; ++depth) contents[depth].insert(contents[depth].end(), a.content.spans.begin(), a.content.spans.end());
  }
  voices_ = SpanIndex(std::move(voices));
  for (std::vector<Span>& spans : contents) contents_.emplace_back(std::move(spans));
}

// Are words [begin, end) the name of a broadcaster (“Fox News Sunday”) or, `printed`, of a paper? Its last word tells: “in Times Square” is none.
bool CircumstanceFinder::names_outlet(size_t begin, size_t end, bool printed) const {
  std::vector<std::string> names;
  bool medium = false;
  for (size_t k = begin; k < end; ++k) {
    if (plain_lower(words_.word(k)) == "'s") medium = medium || kind_of(names) == SourceKind::publication;  // “CNN’s ‘State of the Union’”
    if (!words_.is_spoken(k)) continue;
    const std::string lower = words_.lower(k);
    if (!words_.has_capital(k) && !is_one_of(lower, {"the", "of", "and", "with"})) return false;
    names.emplace_back(words_.word(k));
    medium = (medium && !printed) || is_medium_word(lower);
  }
  return !names.empty() && (medium || kind_of(names) == SourceKind::publication);
}

// Are words [begin, end) written as a title is: capitals but for “of” and “the”?
bool CircumstanceFinder::is_title(size_t begin, size_t end) const {
  static const WordSet small = {"of", "the", "a", "an", "and", "in", "to", "with", "for", "'s", "’s", "&"};
  for (size_t k = begin; k < end; ++k)
    if (!words_.has_capital(k) && (k == begin || !small.contains(words_.word(k)))) return false;
  return begin < end;
}

// Where a noun phrase that begins at `begin` ends; `begin` when none does.
size_t CircumstanceFinder::noun_phrase_end(size_t begin, size_t end) const {
  size_t i = begin;
  for (; i < end && i < begin + 14; ++i) {
    const std::string word = plain_lower(words_.word(i));
    if (is_opening_mark(words_.word(i))) {
      // A quoted name belongs to it: “the daily ‘Vestrand Courier’”. Quoted words do not.
      size_t close = i + 1;
      while (close < end && close < i + 7 && !is_mark(words_.word(close))) ++close;
      if (close < end && close < i + 7 && i + 1 < close && words_.has_capital(i + 1) && is_mark(words_.word(close)) &&
          words_.word(close - 1) != ",") {
        i = close;
        continue;
      }
      // “On “The Vestrand Morning Show,” she said”: the comma is the sentence's.
      if (close < end && close < i + 8 && i + 2 < close && words_.word(close - 1) == "," && is_title(i + 1, close - 1)) return close - 1;
      break;
    }
    if (!words_.is_spoken(i) && word != "-" && word != "/" && word != "&" && word != "'s" && word != "'") break;
    // “the Bank of England”
    if (word == "of" && i > begin && i + 1 < end && (words_.has_capital(i - 1) || plain_lower(words_.word(i + 1)) == "the") &&
        words_.has_capital(i + 1))
      continue;
    if (word == "and" && i > begin && i + 1 < end && words_.has_capital(i - 1) && words_.has_capital(i + 1)) continue;
    if (stops.contains(word) && !(word == "who" && words_.word(i) == "WHO")) break;
    // “BBC Radio 4's Today”, “USA Today”: a name. “Told Reuters Monday” has a day.
    if (i > begin && words_.has_capital(i) && (plain_lower(words_.word(i - 1)) == "'s" || (word == "today" && words_.has_capital(i - 1)))) continue;
    if (i > begin && (is_weekday(word) || (month_of(word) > 0 && words_.has_capital(i))) && words_.has_capital(i)) {
      // “Monday's debate” is one.
      if (!(i + 1 < end && plain_lower(words_.word(i + 1)) == "'s")) break;
    }
    if (i > begin && is_one_of(word, {"the", "a", "an", "his", "her", "their", "its", "my", "our"}) &&
        !is_one_of(plain_lower(words_.word(i - 1)), {"of", "all", "both", "and", "&"}))
      break;
    if (i > begin && (word == "this" || word == "last" || word == "today" || word == "yesterday" || word == "overnight" || word == "me" ||
                      word == "him" || word == "them"))
      break;
  }
  return std::min(i, end);
}

// “This newspaper”, as a paper calls itself.
bool CircumstanceFinder::is_this_outlet(size_t begin, size_t end) const {
  return end == begin + 2 && words_.lower(begin) == "this" &&
         is_one_of(words_.lower(begin + 1), {"newspaper", "paper", "newsroom", "website", "site", "magazine", "agency", "station", "reporter",
                                             "outlet", "publication", "correspondent", "programme", "program", "channel"});
}

std::optional<CircumstanceFinder::Phrase> CircumstanceFinder::addressee_at(const Region& region, size_t at) const {
  size_t begin = at;
  const std::string word = plain_lower(words_.word(at));
  if (word == "to" && region.said_to && !region.told) ++begin;
  else if (!region.told) return std::nullopt;
  size_t end = noun_phrase_end(begin, region.end);
  if (end == begin) return std::nullopt;
  if (end + 1 < region.end && words_.lower(end) == "of") end = std::max(end, noun_phrase_end(end + 1, region.end));  // “a crowd of supporters”
  const std::string first = plain_lower(words_.word(begin));
  if (is_one_of(first, {"that", "it", "this", "how", "why", "whether"}) && !is_this_outlet(begin, end)) return std::nullopt;
  std::vector<std::string> lower;
  std::vector<bool> capital;
  for (size_t i = begin; i < end; ++i) lower.push_back(plain_lower(words_.word(i))), capital.push_back(words_.has_capital(i));
  if (time_at(lower, capital, 0) > 0) return std::nullopt;
  // “to be”: a verb, no addressee.
  if (begin > at && !words_.has_capital(begin) &&
      !is_one_of(first, {"the", "a", "an", "his", "her", "their", "its", "our", "my", "me", "us", "him", "them", "you", "reporters", "journalists",
                         "lawmakers", "supporters", "members", "parliament", "voters", "state"}))
    return std::nullopt;
  return Phrase{Phrase::Kind::addressee, begin, end};
}

// “in remarks | broadcast on state radio”: such words are no occasion, and came by what carried them. `at`: the phrase's begin;
// `link`: behind the noun.
std::optional<CircumstanceFinder::Phrase> CircumstanceFinder::carried_at(size_t at, size_t link, size_t end) const {
  while (link < end && (words_.lower(link).ends_with("ly") || words_.lower(link) == "live")) ++link;
  if (link + 2 >= end || !carrying.contains(words_.lower(link)) || !is_one_of(words_.lower(link + 1), {"on", "by", "in"})) return std::nullopt;
  const bool on = words_.lower(link + 1) == "on";
  const size_t stop = noun_phrase_end(link + 2, end);
  std::optional<MediumKind> kind = std::nullopt;
  for (size_t k = stop; k-- > link + 2 && !kind;)
    if (const auto known = media.find(words_.lower(k)); known != media.end()) kind = known->second;
  if (!kind && names_outlet(link + 2, stop, !on)) kind = on ? MediumKind::broadcast : MediumKind::document;
  if (!kind) return std::nullopt;
  if (is_one_of(words_.lower(link), {"broadcast", "aired", "televised"})) kind = MediumKind::broadcast;
  return Phrase{Phrase::Kind::medium, at, stop, *kind};
}

std::optional<CircumstanceFinder::Phrase> CircumstanceFinder::phrase_at(const Region& region, size_t at) const {
  const size_t end = std::min(region.end, at + 24);
  std::vector<std::string> lower;
  std::vector<bool> capital;
  for (size_t i = at; i < end; ++i) lower.push_back(plain_lower(words_.word(i))), capital.push_back(words_.has_capital(i));
  if (lower.empty()) return std::nullopt;
  const auto word = [&](size_t i) { return i < lower.size() ? std::string_view(lower[i]) : std::string_view(); };
  // “Monday's debate”, “the following day's session” are occasions and not times.
  if (const size_t count = time_at(lower, capital, 0); count > 0 && word(count) != "'s" && word(count) != "’s")
    return Phrase{Phrase::Kind::time, at, at + count};

  // “Answering a question”, “asked about the plan”, “in response to a question”.
  const bool answering = is_one_of(word(0), {"answering", "answered"}) &&
                         (word(1) == "a" || word(1) == "questions" || word(1) == "the" || word(1) == "reporters");
  const bool asked = (word(0) == "asked" || (word(0) == "when" && word(1) == "asked") ||
                      (word(0) == "pressed" && is_one_of(word(1), {"on", "about", "by"}))) &&
                     (is_one_of(word(1), {"about", "whether", "if", "by", "how", "why", "what", "asked", "on", "to", ",", "for"}) ||
                      word(0) == "when");
  const bool in_reply = is_one_of(word(0), {"in", "replying", "responding"}) &&
                        (word(1) == "response" || word(1) == "reply" || word(1) == "answer" || word(0) != "in") &&
                        (word(1) == "to" || word(2) == "to");
  if (answering || asked || in_reply) {
    size_t stop = 1;
    while (stop < lower.size() && stop < 16 && !is_one_of(lower[stop], {",", ".", ";", ":", "“", "\"", "that", "and", "”"})) ++stop;
    return Phrase{Phrase::Kind::occasion, at, at + stop};
  }

  size_t i = 0;
  static const WordSet participles = {"speaking", "appearing", "writing", "talking", "interviewed", "testifying", "addressing"};
  const bool participle = participles.contains(word(0));
  bool passed = false;  // what stands between it and the occasion
  if (participle) ++i;
  if (participle && (word(i) == "to" || word(0) == "addressing") && region.end > at + i + 1) {
    const size_t from = at + i + (word(i) == "to" ? 1 : 0);
    const size_t stop = noun_phrase_end(from, region.end);
    if (stop > from) return Phrase{Phrase::Kind::addressee, from, stop};
  }
  if (participle && is_one_of(word(i), {"after", "before", "alongside", "with"})) {  // “appearing after Clinton at the forum”
    const size_t stop = noun_phrase_end(at + i + 1, region.end);
    if (stop > at + i + 1) i = stop - at, passed = true;
  }
  static const WordSet prepositions = {"in", "on", "via", "by", "through", "during", "at", "over", "from", "following", "after", "before", "to",
                                       "under", "outside"};
  if (!prepositions.contains(word(i)) || at + i + 1 >= region.end) return std::nullopt;
  const std::string preposition(word(i));
  size_t phrase_end = noun_phrase_end(at + i + 1, region.end);
  if (phrase_end == at + i + 1) return std::nullopt;
  while (phrase_end > at + i + 2 && is_one_of(words_.lower(phrase_end - 1), {"late", "early"})) --phrase_end;  // “on a call | late on Monday”
  if (preposition == "at" && word(i + 1) == "the" && (word(i + 2) == "end" || word(i + 2) == "start" || word(i + 2) == "beginning") &&
      word(i + 3) == "of")
    phrase_end = noun_phrase_end(at + i + 4, region.end);

  // The head is the last word that is no name in quotation marks.
  std::optional<MediumKind> kind = std::nullopt;
  bool occasion = false;
  const size_t first = at + i + 1;
  std::vector<std::string> phrase;
  for (size_t k = first; k < phrase_end; ++k) phrase.push_back(plain_lower(words_.word(k)));
  for (size_t k = phrase.size(); k-- > 0 && !kind && !occasion;) {
    const std::string& noun = phrase[k];
    if (is_mark(noun)) continue;
    const auto known = media.find(noun) != media.end() ? media.find(noun) : media.find(singular(noun));
    if (known != media.end()) {
      // “X” and “Post” are media by name alone, “x” and “after the show” none.
      if (noun == "x" && (words_.word(first + k) != "X" || preposition != "on")) continue;
      if (noun == "conference" && !(k > 0 && press_words.contains(phrase[k - 1]))) occasion = true;
      else if (noun != "text" || preposition == "by" || k > 0) kind = known->second;
      const std::string before = k > 0 ? phrase[k - 1] : std::string();
      if ((noun == "media" || singular(noun) == "network") && before != "social") kind.reset();
      if (noun == "link" && !is_one_of(before, {"video", "satellite", "phone", "telephone"})) kind.reset();
      // “in the Washington Post” is a paper.
      if (kind == MediumKind::social_media && noun == "post" && words_.has_capital(first + k)) kind = MediumKind::document;
    } else if (preposition == "outside" ? public_buildings.contains(noun) : occasions.contains(noun) || occasions.contains(singular(noun))) {
      occasion = true;
    }
    if (!kind && !occasion && k + 1 == phrase.size() && !words_.has_capital(first + k)) break;  // another noun is the head
  }
  // “on CNN”, “on ‘Fox News Sunday’”; “writing in the Courier”.
  if (!kind && !occasion && (preposition == "on" || preposition == "in") && names_outlet(first, phrase_end, preposition == "in"))
    kind = preposition == "on" ? MediumKind::broadcast : MediumKind::document;
  if (!kind && preposition == "in" && is_one_of(phrase.back(), {"remarks", "comments"}))
    if (const auto carried = carried_at(at, phrase_end, region.end)) return carried;
  if (preposition == "after" || preposition == "before" || preposition == "following") kind.reset();
  if (preposition == "outside") kind.reset();
  if (preposition == "to" || preposition == "from" || (preposition == "by" && kind != MediumKind::call && kind != MediumKind::letter)) kind.reset();
  if (occasion && (preposition == "to" || preposition == "by" || preposition == "via" || preposition == "through" || preposition == "over"))
    occasion = false;
  if (preposition == "under") {
    occasion = occasion && !kind;
    kind.reset();
  }
  // “in the upcoming debates” is when something will be.
  static const WordSet to_come = {"upcoming", "forthcoming", "coming", "next", "future"};
  if (occasion && std::any_of(phrase.begin(), phrase.end(), [](const std::string& w) { return to_come.contains(w); })) occasion = false;
  if (occasion && is_one_of(preposition, {"after", "before", "following"}) && !participle && region.behind_cue) occasion = false;
  if (!kind && !occasion) return std::nullopt;

  // What belongs to the noun: “with the daily ‘Vestrand Courier’”, “to the council”, “of mayors”, “in Oslo”, “published by”.
  for (int k = 0; k < 2 && phrase_end + 1 < region.end; ++k) {
    const std::string link = plain_lower(words_.word(phrase_end));
    const bool belongs = kind ? is_one_of(link, {"with", "to", "of", "for", "from"})
                         : is_one_of(link, {"with", "to", "of", "for", "in", "at", "on", "between", "by", "outside", "inside", "near"});
    size_t from = phrase_end + 1;
    // “in a statement on its website”.
    if (kind && link == "on") {
      const size_t stop = noun_phrase_end(from, region.end);
      const bool own = is_one_of(words_.lower(from), {"its", "his", "her", "their"}) &&
                       is_one_of(words_.lower(stop - 1), {"site", "page", "account", "channel", "feed", "blog", "media"});
      if (stop > from && (own || is_one_of(words_.lower(stop - 1), {"website", "webpage"}))) {
        phrase_end = stop;
        continue;
      }
    }
    // “in an article in the Courier”.
    const bool carried = kind && (link == "in" || link == "on") && names_outlet(from, noun_phrase_end(from, region.end), link == "in");
    if (kind && is_one_of(link, {"published", "posted", "broadcast", "aired", "seen", "obtained", "released"}) &&
        is_one_of(plain_lower(words_.word(from)), {"by", "in", "on"}))
      ++from;
    else if (kind && is_one_of(link, {"sent", "addressed"}) && words_.lower(from) == "to") ++from;
    else if (!belongs && !carried) break;
    std::vector<std::string> rest;
    std::vector<bool> rest_capital;
    for (size_t n = phrase_end; n < std::min(region.end, phrase_end + 6); ++n)
      rest.push_back(plain_lower(words_.word(n))), rest_capital.push_back(words_.has_capital(n));
    if (time_at(rest, rest_capital, 0) > 0) break;
    const size_t stop = noun_phrase_end(from, region.end);
    if (stop == from) break;
    phrase_end = stop;
  }
  const size_t begin = (kind && participle) || passed ? at + i : at;
  return Phrase{kind ? Phrase::Kind::medium : Phrase::Kind::occasion, begin, phrase_end, kind.value_or(MediumKind::interview)};
}

// Takes phrases from the region's begin, one after the other; `chained`: stops at the first word that begins none, else goes on behind it.
void CircumstanceFinder::scan(const Region& region, bool chained, Circumstances& out) const {
  size_t at = region.begin;
  bool first = true;
  bool clause = false;  // inside a relative clause, whose times are its own
  while (at < region.end) {
    if (first && region.behind_cue && !out.addressee)
      if (const auto addressee = addressee_at(region, at)) {
        out.addressee = Addressee{Part{{words_.over(addressee->begin, addressee->end)}}, std::nullopt};
        at = addressee->end;
        first = false;
        continue;
      }
    first = false;
    if (const auto phrase = phrase_at(region, at)) {
      const Part part{{words_.over(phrase->begin, phrase->end)}};
      switch (phrase->kind) {
        case Phrase::Kind::medium:
          if (!out.medium) out.medium = Medium{part, phrase->medium, std::nullopt};
          break;
        case Phrase::Kind::addressee:
          if (!out.addressee) out.addressee = Addressee{part, std::nullopt};
          break;
        case Phrase::Kind::occasion:
          if (!out.occasion) out.occasion = part;
          break;
        case Phrase::Kind::time:
          if (!out.time && !clause) {
            std::vector<std::string> lower;
            for (size_t i = phrase->begin; i < phrase->end; ++i) lower.push_back(plain_lower(words_.word(i)));
            out.time = Time{part, time_value(lower, today_)};
          }
          break;
      }
      at = phrase->end;
      continue;
    }
    const std::string word = plain_lower(words_.word(at));
    // “at a news conference | in Oslo | on Wednesday”: places are passed.
    if (chained && at > region.begin && is_one_of(word, {"in", "at", "near", "outside"}) && at + 1 < region.end && words_.has_capital(at + 1))
      if (const size_t place = noun_phrase_end(at + 1, region.end); place > at + 1) {
        at = place;
        continue;
      }
    // “in a speech | broadcast | on state television”.
    if (chained && out.occasion && at > region.begin && at + 1 < region.end && carrying.contains(word) &&
        is_one_of(words_.lower(at + 1), {"on", "by"})) {
      ++at;
      continue;
    }
    clause = clause || is_one_of(word, {"who", "which", "whose"});
    if (chained && word != "," && !word.ends_with("ly") && !is_one_of(word, {"also", "again", "later", "then", "once", "too", "earlier"})) return;
    ++at;
  }
}

bool CircumstanceFinder::takes_addressee(const Part& cue) const {
  for (const std::string& word : words_of(text_of(document_, cue)))
    if (is_form_of(word, telling)) return true;
  return false;
}

// “urged North Korea to resume talks”: who is urged stands at the begin of the content.
void CircumstanceFinder::add_controlled(const Attribution& attribution, Circumstances& out) const {
  if (attribution.content.empty()) return;
  const std::vector<std::string> cue = words_of(text_of(document_, attribution.cue));
  const bool accuses = std::any_of(cue.begin(), cue.end(), [](const std::string& word) { return word.starts_with("accus"); });
  const bool calls = std::any_of(cue.begin(), cue.end(), [](const std::string& word) { return is_form_of(word, {"call"}); });
  if (!accuses && (out.addressee || attribution.type != AttributionType::eventuality ||
                   std::none_of(cue.begin(), cue.end(), [](const std::string& word) { return is_form_of(word, controlling); }) ||
                   (calls && cue.back() != "on")))
    return;
  if (attribution.content.spans.front().begin < attribution.cue.spans.back().end) return;
  const size_t begin = words_.from(attribution.content.spans.front().begin), limit = words_.to(attribution.content.spans.front().end);
  // “ordered [to the inspectorate] to take samples”, as translated.
  const size_t behind = words_.to(attribution.cue.spans.back().end);
  if (behind + 1 < begin && words_.lower(behind) == "to" && noun_phrase_end(behind + 1, begin) == begin) {
    out.addressee = Addressee{Part{{words_.over(behind, begin)}}, std::nullopt};
    return;
  }
  size_t end = noun_phrase_end(begin, limit);
  // “a court in Panama”
  if (end > begin + 1 && end + 1 < limit && is_one_of(words_.lower(end), {"in", "of"}) && words_.has_capital(end + 1))
    end = std::max(end, noun_phrase_end(end + 1, limit));
  // “asked [her] in 2021 [to keep them]”: what is to be done is the next piece.
  const std::vector<Span>& spans = attribution.content.spans;
  size_t next = end < limit || spans.size() == 1 ? end : words_.from(spans[1].begin);
  // “ordered Tollmark [on Tuesday] to publish them”, “accused Orvania [on Monday] of lying”.
  std::vector<std::string> behind_object;
  std::vector<bool> capital;
  for (size_t i = end; i < std::min(limit, end + 8); ++i) {
    behind_object.push_back(plain_lower(words_.word(i)));
    capital.push_back(words_.has_capital(i));
  }
  const size_t of_time = end > begin && !behind_object.empty() ? time_at(behind_object, capital, 0) : 0;
  if (of_time > 0 && end + of_time < limit && is_one_of(words_.lower(end + of_time), {"to", "not", "of"})) {
    behind_object.resize(of_time);
    if (!out.time) out.time = Time{Part{{words_.over(end, end + of_time)}}, time_value(behind_object, today_)};
    next = end + of_time;
  }
  if (accuses) return;
  const bool asks = std::any_of(cue.begin(), cue.end(), [](const std::string& word) { return word.starts_with("ask"); });
  const bool to_do = next < words_.count() &&
                     (words_.lower(next) == "to" || (asks && words_.lower(next) == "for") ||
                      (words_.lower(next) == "not" && next + 1 < words_.count() && words_.lower(next + 1) == "to"));
  if (end > begin && (next != end || end < limit) && to_do) out.addressee = Addressee{Part{{words_.over(begin, end)}}, std::nullopt};
}

// “[Teachers] were told on Friday not to talk”: who is told stands before the cue. `begin`, `cue`: the first words of the clause and of the cue.
void CircumstanceFinder::add_told(const Attribution& attribution, size_t begin, size_t cue, Circumstances& out) const {
  if (out.addressee || attribution.source || begin >= cue) return;
  const std::vector<std::string> words = words_of(text_of(document_, attribution.cue));
  const bool passive = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_one_of(word, {"was", "were", "been", "being", "is", "are"});
  });
  if (!passive || !(is_participle_of_telling(words.back()) || words.back() == "asked")) return;
  if (noun_phrase_end(begin, cue) == cue) out.addressee = Addressee{Part{{words_.over(begin, cue)}}, std::nullopt};
}

// “A letter seen by the Courier”, “documents leaked to Reuters”.
void CircumstanceFinder::add_outlets(const Part& source, Circumstances& out) const {
  static const WordSet by = {"seen", "obtained", "reviewed", "read", "published", "cited", "quoted", "carried", "viewed", "released", "reported",
                             "broadcast", "conducted", "leaked", "commissioned"};
  static const WordSet to = {"leaked", "given", "sent", "provided", "shown", "shared", "passed", "submitted", "handed"};
  for (const Span span : source.spans) {
    const size_t end = words_.to(span.end);
    for (size_t i = words_.from(span.begin); i + 2 < end; ++i) {
      const std::string word = words_.lower(i), next = words_.lower(i + 1);
      // “A study published in the Vestrand Medical Journal”.
      const bool printed = is_one_of(word, {"published", "printed", "reported"}) && next == "in" &&
                           names_outlet(i + 2, noun_phrase_end(i + 2, end), false);
      const bool hit = printed || (by.contains(word) && next == "by" && word != "conducted" && word != "commissioned") ||
                       (to.contains(word) && (next == "to" || next == "with"));
      if (!hit) continue;
      const size_t stop = noun_phrase_end(i + 2, end);
      if (stop > i + 2) out.outlets.push_back(words_.over(i + 2, stop));
    }
  }
}

Circumstances CircumstanceFinder::find(Id<Attribution> id) const {
  Circumstances out;
  const Attribution& a = document_.attributions[id];
  if (a.source) add_outlets(a.source->part, out);
  const Part& anchor = a.cue.empty() ? (a.source ? a.source->part : a.cue) : a.cue;
  if (anchor.empty()) return out;
  const size_t cue_begin = words_.from(envelope(anchor).begin), cue_end = words_.to(envelope(anchor).end);
  if (cue_end <= cue_begin) return out;
  const Sentence& sentence = words_.sentence_of(cue_begin);
  size_t begin = sentence.first.index, end = words_.sentence_of(cue_end - 1).last.index + size_t{1};
  if (a.within) {  // what is said outside of it belongs to the speaker outside
    const Span outer = envelope(document_.attributions[*a.within].content);
    begin = std::max(begin, words_.from(outer.begin));
    end = std::min(end, words_.to(outer.end));
  }
  const SpanIndex& contents = contents_[depth_[id.index]];
  const auto is_taken = [&](size_t i) { return voices_.overlaps(words_.span(i)) || contents.overlaps(words_.span(i)); };
  const auto in = [&](const Part& part, size_t i) {
    return std::any_of(part.spans.begin(), part.spans.end(), [&](Span s) { return s.contains(words_.span(i)); });
  };
  const auto stretch = [&](size_t from) {
    size_t to = from;
    while (to < end && !is_taken(to)) ++to;
    return to;
  };

  // Behind the cue, its source passed over when it follows.
  size_t at = cue_end;
  while (at < end && a.source && (in(a.source->part, at) || (words_.word(at) == "," && at + 1 < end && in(a.source->part, at + 1)))) ++at;
  const bool colon = words_.word(cue_end - 1) == ":";
  if (at < end && !colon) {
    Region region{at, stretch(at), true, false, takes_addressee(a.cue)};
    for (const std::string& word : words_of(text_of(document_, a.cue)))
      region.said_to = region.said_to || is_form_of(word, said_to);
    scan(region, true, out);
  }
  // Between source and cue.
  if (a.source && !a.cue.empty()) {
    const size_t source_end = words_.to(envelope(a.source->part).end);
    if (source_end < cue_begin && source_end >= begin) {
      size_t to = source_end;
      while (to < cue_begin && !is_taken(to)) ++to;
      scan(Region{source_end, to, false, false, false}, false, out);
    }
  }
  // Behind the content, when it stands behind the cue: “endorsed her on Thursday”.
  if (!a.content.empty() && !a.cue.empty() && a.content.spans.front().begin >= a.cue.spans.back().end) {
    const size_t from = words_.to(a.content.spans.back().end);
    if (from < end && from > cue_end && !words_.begins_line(from) && words_.sentence_of(from - 1).first.index == sentence.first.index)
      scan(Region{from, stretch(from), false, false, false}, true, out);
  }
  // From the clause's begin. Marks of quotation at the begin are somebody's words.
  for (size_t i = begin; i + 1 < cue_begin && !is_taken(i); ++i)
    if (words_.word(i) == ":" || words_.word(i) == ";" || is_dash(words_.word(i))) begin = i + 1;
  while (begin < cue_begin &&
         (words_.word(begin) == "," ||
          is_one_of(plain_lower(words_.word(begin)), {"but", "and", "however", "meanwhile", "still", "instead", "yet", "so"})))
    ++begin;
  if (const size_t to = stretch(begin); to > begin && to <= cue_begin) scan(Region{begin, to, false, false, false}, true, out);
  add_controlled(a, out);
  add_told(a, begin, cue_begin, out);
  return out;
}

}  // namespace sayso
