#include "text/datelines.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "text/news_names.h"

namespace sayso {

namespace {

// What stands in capitals before a dash or a colon and is no place: labels of news, and organisations whose names are read as words.
constexpr std::array<std::string_view, 72> no_places = {
    "abstract",  "advisory",   "alert",   "analysis",   "answer",   "asean",    "background", "breaking", "brief",    "briefs",
    "business",  "byline",     "clarification", "column", "comment", "commentary", "corrected", "correction", "covid", "developing",
    "editorial", "essay",      "exclusive", "explainer", "fact",    "factbox",  "feature",    "fifa",     "flash",    "health",
    "highlights", "insight",   "interview", "isil",     "isis",     "letter",   "letters",    "listen",   "live",     "local",
    "look",      "mercosur",   "nasa",    "nation",     "nato",     "news",     "newsalert",  "note",     "notes",    "obituary",
    "opec",      "opinion",    "photo",   "photos",     "politics", "poll",     "preview",    "question", "read",     "refile",
    "report",    "review",     "special", "sports",     "summary",  "timeline", "transcript", "uefa",     "unesco",   "unicef",
    "update",    "urgent"};
constexpr std::array<std::string_view, 8> more_no_places = {"updated", "updates", "video", "videos", "watch", "weather", "world", "wrapup"};

bool is_label(std::string_view lower) {
  return std::find(no_places.begin(), no_places.end(), lower) != no_places.end() ||
         std::find(more_no_places.begin(), more_no_places.end(), lower) != more_no_places.end();
}

// "4", "4th"; 0 when it is no day of a month.
int day_of(std::string_view word) {
  size_t digits = 0;
  int day = 0;
  while (digits < word.size() && word[digits] >= '0' && word[digits] <= '9' && digits < 3) day = day * 10 + (word[digits++] - '0');
  const std::string_view ending = word.substr(digits);
  if (digits == 0 || digits > 2 || day > 31) return 0;
  return ending.empty() || ending == "st" || ending == "nd" || ending == "rd" || ending == "th" ? day : 0;
}

int number_of(std::string_view word, size_t digits) {
  if (word.size() != digits) return -1;
  int number = 0;
  for (const char c : word) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

// Newspapers began around 1600; a number above 2199 is a number.
int year_of(std::string_view word) {
  const int year = number_of(word, 4);
  return year >= 1600 && year < 2200 ? year : 0;
}

std::string iso_of(int year, int month, int day) {
  char out[32];
  if (year)
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day);
  else
    std::snprintf(out, sizeof out, "--%02d-%02d", month, day);
  return out;
}

bool fits(int month, int day) {
  static constexpr int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

// ", 2016" or " 2016" behind a day.
int read_year(const WordRun& words, size_t& at) {
  const size_t next = words[at] == "," ? at + 1 : at;
  const int year = year_of(words[next]);
  if (year) at = next + 1;
  return year;
}

bool is_preposition_in_name(std::string_view word) {
  static constexpr std::string_view known[] = {"de", "of", "am", "an", "la", "le", "au", "upon", "on", "sur", "es", "do", "da", "del", "el",
                                               "al", "der"};
  return std::find(std::begin(known), std::end(known), word) != std::end(known);
}

bool is_day_word(const WordRun& words, size_t at) {
  const std::string lower = words.lower(at);
  return is_weekday(lower) || (month_of(lower) && (words.is_number(at + 1) || words.is_number(at + 2)));
}

// A place's name from word `at`, which moves behind it. Its last word is not a day's. Empty-handed: `at` stays.
struct Place {
  size_t words = 0;
  bool capitals = true;  // all of it
};
Place read_place(const WordRun& words, size_t& at) {
  Place place;
  // "ABOARD AIR FORCE ONE" and "TRUTH OR CONSEQUENCES": no city has more than five words.
  while (place.words <= 5) {
    const std::string_view word = words[at];
    if (place.words && (word == "-" || word == "’" || word == "'" || word == "/") && words.touches(at) && words.touches(at + 1) &&
        words.is_word(at + 1)) {
      if (!words.has_capital(at + 1) && !is_preposition_in_name(words[at + 1])) break;
      ++at;
      if (!words.has_capital(at)) ++at;
      continue;
    }
    if (place.words && is_preposition_in_name(word) && words.has_capital(at + 1)) {
      ++at;
      continue;
    }
    if (!words.has_capital(at) || is_day_word(words, at)) break;
    place.capitals = place.capitals && words.in_capitals(at);
    ++place.words;
    ++at;
  }
  return place;
}

// ", N.Y." and ", Northern Ireland" behind a place.
bool read_region(const WordRun& words, size_t& at) {
  if (words[at] != "," || !words.has_capital(at + 1) || is_day_word(words, at + 1)) return false;
  size_t next = at + 1;
  if (is_region_abbreviation(words.lower(next))) return at = next + 1, true;
  while (next < at + 4 && words.has_capital(next) && !words.in_capitals(next) && !is_day_word(words, next)) ++next;
  const std::string_view behind = words[next];
  if (next == at + 1 || !(behind == "," || behind == "(" || behind == "/" || behind == "." || words.is_dash(next))) return false;
  return at = next, true;
}

// "(AP)", "/TASS/", "[UN News]": the name inside, and whether it is one of a medium. Moves `at` behind it.
struct Agency {
  Span span;
  bool known = false;
  bool slashes = false;
};
std::optional<Agency> read_agency(const WordRun& words, size_t& at) {
  const std::string_view open = words[at];
  const std::string_view close = open == "(" ? ")" : open == "[" ? "]" : open == "/" ? "/" : "";
  if (close.empty()) return std::nullopt;
  size_t end = at + 1;
  // "(Thomson Reuters Foundation/Agence France-Presse)" has eight words and marks.
  while (end < words.end() && end < at + 10 && words[end] != close) ++end;
  if (words[end] != close && open == "(") return std::nullopt;
  if (words[end] != close || end == at + 1 || !words.is_word(at + 1)) return std::nullopt;
  if (open == "/" && !(words.touches(at + 1) && words.touches(end))) return std::nullopt;
  const Agency agency{words.span(at + 1, end), names_agency(words, at + 1, end), open == "/"};
  at = end + 1;
  return agency;
}

// "(Reuters) - The port …", "Oct 3 (NCA) - The port …": the agency alone, or behind a date. One that no table knows stands in capitals.
std::optional<Section> read_agency_line(const WordRun& paragraph, DatelinePlace where) {
  size_t at = paragraph.begin();
  const auto date = read_date(paragraph, at);
  if (date && date->weekday_only) return std::nullopt;
  const size_t bracket = at;
  const auto agency = read_agency(paragraph, at);
  if (!where.opening || !agency || !paragraph.is_dash(at) || paragraph.touches(at + 1) || at + 1 == paragraph.end()) return std::nullopt;
  const bool letters = at == bracket + 3 && paragraph.in_capitals(bracket + 1) && paragraph[bracket + 1].size() >= 2 &&
                       !is_lower(paragraph.first(at + 1));
  if (!agency->known && !letters) return std::nullopt;
  Section section;
  section.kind = SectionKind::dateline;
  section.span = paragraph.span(paragraph.begin(), at);
  section.agency = agency->span;
  if (date) section.date = date->iso;
  return section;
}

// "MOSCOW, March 4 - RIA Novosti.": the agency between the dash and a stop; its begin and end, or 0 and 0.
std::pair<size_t, size_t> agency_behind_dash(const WordRun& words, size_t dash) {
  size_t end = dash + 1;
  while (end < dash + 6 && words.is_word(end) && words.has_capital(end)) ++end;
  const bool stopped = words[end] == "." || words.is_dash(end);
  if (end == dash + 1 || !stopped || !names_agency(words, dash + 1, end)) return {0, 0};
  return {dash + 1, end};
}

}  // namespace

bool names_agency(const WordRun& words, size_t begin, size_t end) {
  if (begin >= end || !words.is_word(begin)) return false;
  const std::string_view name = words.text(begin, end);
  if (name.size() <= 60 && is_agency(to_lower(name))) return true;
  bool medium = false;
  for (size_t i = begin; i < end; ++i) {
    if (words[i] == "/" || words[i] == ",") return names_agency(words, begin, i);
    const std::string lower = words.lower(i);
    if (!words.is_word(i) && words[i] != "-" && words[i] != "’s" && words[i] != "'s") return false;
    medium = medium || (words.has_capital(i) && is_medium_word(lower));
    if (!words.has_capital(i) && words[i] != "-" && !is_preposition_in_name(words[i]) && words[i] != "the" && words[i] != "for") return false;
  }
  return medium;
}

std::optional<Date> read_date(const WordRun& words, size_t& at) {
  size_t next = at;
  const bool weekday = is_weekday(words.lower(next));
  if (weekday) {
    ++next;
    if (words[next] == "," || words[next] == ".") ++next;
  }
  const std::string lower = words.lower(next);
  if (const int month = month_of(lower)) {
    // "March 4", "Sept. 26, 2016"
    size_t day_at = next + 1;
    if (words[day_at] == "." && words.touches(day_at)) ++day_at;
    const int day = day_of(words[day_at]);
    if (fits(month, day)) {
      at = day_at + 1;
      const int year = read_year(words, at);
      return Date{iso_of(year, month, day), year != 0, false};
    }
  } else if (const int first_day = day_of(words[next])) {
    // "12 May 2016", "3rd of March"
    size_t month_at = next + 1;
    if (words[month_at] == "of") ++month_at;
    const int day_month = month_of(words.lower(month_at));
    if (fits(day_month, first_day)) {
      at = month_at + 1;
      if (words[at] == "." && words.touches(at) && year_of(words[at + 1])) ++at;
      const int year = read_year(words, at);
      return Date{iso_of(year, day_month, first_day), year != 0, false};
    }
  }
  if (const int year = year_of(words[next]); year && words[next + 1] == "-" && words[next + 3] == "-" && words.touches(next + 4)) {
    const int month = number_of(words[next + 2], 2), day = number_of(words[next + 4], 2);
    if (fits(month, day)) return at = next + 5, Date{iso_of(year, month, day), true, false};
  }
  // "14/11/2016" is one word; only a day above 12 tells which number is the month.
  const std::string_view numbers = words[next];
  if (numbers.size() == 10 && (numbers[2] == '/' || numbers[2] == '.') && numbers[5] == numbers[2]) {
    const int a = number_of(numbers.substr(0, 2), 2), b = number_of(numbers.substr(3, 2), 2), year = year_of(numbers.substr(6));
    if (year && (fits(a, b) || fits(b, a))) {
      at = next + 1;
      const bool known = a > 12 || b > 12 || a == b;
      return Date{known ? iso_of(year, fits(a, b) ? a : b, fits(a, b) ? b : a) : "", true, false};
    }
  }
  if (weekday) return at = at + 1, Date{"", false, true};
  return std::nullopt;
}

bool skip_time(const WordRun& words, size_t& at) {
  const auto is_half = [](const std::string& lower) { return lower == "am" || lower == "pm" || lower == "a.m." || lower == "p.m." ||
      lower == "a.m" || lower == "p.m"; };
  size_t next = at;
  const std::string_view clock = words[next];
  const bool has_minutes = clock.find(':') != clock.npos && clock.size() <= 8 && words.is_number(next);
  if (!has_minutes && !(words.is_number(next) && clock.size() <= 2)) return false;
  ++next;
  const bool half = is_half(words.lower(next));
  if (half) ++next;
  if (!has_minutes && !half) return false;
  if (words[next] == "." && words.touches(next)) ++next;
  // A time zone: "GMT", "EDT", "ET", "UTC", "IST".
  if (words.in_capitals(next) && words[next].size() <= 4) ++next;
  at = next;
  return true;
}

std::optional<Section> read_date_line(const WordRun& paragraph) {
  // "Posted: Thursday, March 3, 2016 10:30 a.m. EST | Updated: Friday, March 4, 2016 7:15 p.m. EST" has 27 words and marks.
  if (paragraph.end() - paragraph.begin() > 30) return std::nullopt;
  static constexpr std::string_view labels[] = {"posted", "published", "updated", "last", "first", "modified", "date", "on", "at", "created",
                                                "issued"};
  std::string iso;
  bool found = false, labelled = false;
  for (size_t at = paragraph.begin(); at < paragraph.end();) {
    if (skip_time(paragraph, at)) continue;
    if (const auto date = read_date(paragraph, at)) {
      // A day of the week alone heads the entries of a programme.
      if (date->weekday_only) return std::nullopt;
      if (!found) {
        iso = date->iso;
        found = date->has_year || labelled || is_weekday(paragraph.lower(paragraph.begin()));
        if (!found) return std::nullopt;
      }
      continue;
    }
    const std::string lower = paragraph.lower(at);
    const bool label = std::find(std::begin(labels), std::end(labels), lower) != std::end(labels);
    if (!label && (paragraph.is_word(at) || (lower.size() == 1 &&
        std::string_view("\"'()[]").find(lower) != std::string_view::npos))) return std::nullopt;
    labelled = labelled || (label && lower != "on" && lower != "at");
    ++at;
  }
  if (!found) return std::nullopt;
  Section section;
  section.kind = SectionKind::dateline;
  section.span = paragraph.span(paragraph.begin(), paragraph.end());
  section.date = iso;
  return section;
}

std::optional<Section> read_dateline(const WordRun& paragraph, DatelinePlace where) {
  size_t at = paragraph.begin();
  if (paragraph[at] == "(" || is_day_word(paragraph, at) || paragraph.is_number(at)) return read_agency_line(paragraph, where);
  const Place place = read_place(paragraph, at);
  if (place.words == 0 || place.words > 5) return std::nullopt;
  const size_t name_end = at;
  const std::string name = to_lower(paragraph.text(paragraph.begin(), name_end));
  const bool city = is_dateline_city(name);
  if (!city && is_label(paragraph.lower(paragraph.begin()))) return std::nullopt;
  const bool region = read_region(paragraph, at) && (read_region(paragraph, at), true);
  Section section;
  section.kind = SectionKind::dateline;
  section.place = paragraph.span(paragraph.begin(), at);
  size_t end = at;

  // Date and agency, in either order, with the commas, stops and dashes that newspapers put between them.
  std::optional<Date> date;
  std::optional<Agency> agency;
  for (int n = 0; n < 2; ++n) {
    size_t next = at;
    if (paragraph[next] == "," || paragraph[next] == "." || (!agency && !date && paragraph[next] == "/" && !paragraph.touches(next + 1))) ++next;
    if (!agency) {
      if (const auto found = read_agency(paragraph, next)) {
        agency = found;
        end = at = next;
        continue;
      }
    }
    if (!date) {
      if (const auto found = read_date(paragraph, next)) {
        date = found;
        end = at = next;
        // "Oct. 3, 10:30 a.m."
        size_t time = paragraph[at] == "," ? at + 1 : at;
        if (skip_time(paragraph, time)) end = at = time;
      }
    }
  }
  // "Brandt (UDF) – who …" is none; "VESTRAND (NCA) – The port …" may be an agency that no table knows.
  if (agency && !agency->known && !agency->slashes && !date && !(place.capitals && where.opening && name.size() >= 4 && paragraph.is_dash(at)))
    return std::nullopt;
  section.span = paragraph.span(paragraph.begin(), end);
  if (date) section.date = date->iso;
  if (agency) section.agency = agency->span;
  const bool known_agency = agency && (agency->known || agency->slashes);
  const bool dated = date && !date->weekday_only;

  if (paragraph[at] == "." && (agency || date)) ++at;
  const size_t next = at + 1;
  const auto if_sure = [&](bool sure) { return sure ? std::optional(section) : std::nullopt; };
  if (at == paragraph.end()) {
    // A line of its own.
    const bool town = place.capitals ? dated || known_agency : city && known_agency;
    return if_sure(where.opening && (town || (dated && (city || region || date->has_year))));
  }
  if (paragraph.is_dash(at)) {
    const bool spaced = !paragraph.touches(at) && !paragraph.touches(next);
    // "Madrid, 14 Aug (EFE).- The port …", as agencies of Spain write.
    const bool behind_stop = paragraph[at - 1] == "." && (agency || date) && !paragraph.touches(next);
    // "KASMIN- The port …": a blank was forgotten. "POST-WAR" has none.
    if (paragraph[at] == "-" && !spaced && !behind_stop && !(place.capitals && paragraph.touches(at) != paragraph.touches(next))) return std::nullopt;
    if (next == paragraph.end()) return std::nullopt;
    if (known_agency || (place.capitals && (region || date || agency))) {
      if (!agency)
        if (const auto [from, to] = agency_behind_dash(paragraph, at); to) {
          section.agency = paragraph.span(from, to);
          section.span.end = section.agency->end;
        }
      return section;
    }
    if (place.capitals && city) return section;
    // Any town's name stands in capitals before a dash where the report begins. Three letters are an organisation.
    if (place.capitals) return if_sure(where.opening && name_end - paragraph.begin() <= 4 && name.size() >= 4);
    if (dated && (where.opening || city)) return section;
    return if_sure(city && where.opening && spaced && !is_lower(paragraph.first(next)));
  }
  if (paragraph[at] == ":" && !paragraph.touches(next) && next < paragraph.end()) {
    if (known_agency || (dated && (place.capitals || city))) return section;
    return if_sure(city && where.opening && !where.transcript);
  }
  if (is_lower(paragraph.first(at))) return std::nullopt;
  // "LONDON, June 3. The port …"
  if (place.capitals && dated && paragraph[at - 1] == "." && where.opening) return section;
  // "MOSCOW, June 3. /TASS/. The port …", "VESTRAND (AP) The port …"
  return if_sure(known_agency && (place.capitals || city));
}

}  // namespace sayso
