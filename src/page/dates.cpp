#include "page/dates.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <unordered_map>
#include <vector>

#include "base/unicode.h"

namespace sayso {

namespace {

constexpr int first_year = 1900, last_year = 2100;  // beyond is a number of something else
constexpr int first_short_year = 95;                // “12.3.99” is 1999, “12.3.20” is 2020
constexpr int web_begins = 1990;                    // dates in words that are older are what the text is about

bool digit(char c) { return c >= '0' && c <= '9'; }

// The longest abbreviations stand for their whole names too: a month is told by any of its beginnings that is listed.
const std::unordered_map<std::string_view, int>& months() {
  static const auto table = [] {
    static constexpr std::array<std::string_view, 12> names = {
        "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari stycznia styczeń leden ledna января янв январь "
        "січня tammikuuta ocak ianuarie január ιανουαρίου yanvar",
        "february feb febr februar feber février fevrier févr fév febrero fevereiro fev febbraio februari lutego luty únor února февраля фев "
        "февраль лютого helmikuuta şubat februarie február februára φεβρουαρίου",
        "march mar mär märz maerz mars marzo março maart mrt marca marzec březen března марта мар март березня maaliskuuta mart martie "
        "március μαρτίου mrz",
        "april apr avril avr abril abr aprile kwietnia kwiecień duben dubna апреля апр апрель квітня huhtikuuta nisan aprilie "
        "április apríla απριλίου",
        "may mai mayo maio maggio mag mei maj maja květen května мая май травня toukokuuta mayıs május mája μαΐου",
        "june jun juni juin junio junho giugno giu czerwca czerwiec červen června июня июн июнь червня kesäkuuta haziran iunie június júna ιουνίου",
        "july jul juli juillet juil julio julho luglio lug lipca lipiec červenec července июля июл июль липня heinäkuuta temmuz iulie "
        "július júla ιουλίου",
        "august aug août aout agosto ago augustus augusti sierpnia sierpień srpen srpna августа авг август серпня elokuuta "
        "ağustos augusztus augusta αυγούστου",
        "september sep sept septembre septiembre set setembro settembre września wrzesień září сентября сен сентябрь вересня syyskuuta "
        "eylül septembrie szeptember septembra σεπτεμβρίου",
        "october oct oktober okt octobre octubre outubro out ottobre ott października październik říjen října октября окт октябрь жовтня "
        "lokakuuta ekim octombrie október októbra οκτωβρίου",
        "november nov novembre noviembre novembro listopada listopad ноября ноя ноябрь листопада marraskuuta kasım noiembrie novembra νοεμβρίου",
        "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre desember des grudnia grudzień prosinec prosince декабря дек "
        "декабрь грудня joulukuuta aralık decembrie decembra δεκεμβρίου"};
    std::unordered_map<std::string_view, int> all;
    for (size_t i = 0; i < names.size(); ++i)
      for (size_t at = 0; at < names[i].size();) {
        const size_t end = std::min(names[i].find(' ', at), names[i].size());
        all.emplace(names[i].substr(at, end - at), static_cast<int>(i) + 1);
        at = end + 1;
      }
    return all;
  }();
  return table;
}

bool is_day(int year, int month, int day) {
  if (year < first_year || year > last_year || month < 1 || month > 12 || day < 1) return false;
  static constexpr int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && day == 29) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= days[month - 1];
}

std::string iso(int year, int month, int day) {
  char out[16];
  std::snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day);
  return out;
}

// A number of up to eight digits, or a word, or one character of something else.
struct Piece {
  enum Kind { number, word, mark } kind = mark;
  size_t begin = 0, end = 0;
  int value = -1;   // of a number (-1: longer than eight digits)
  int month = 0;    // of a word
  char32_t c = 0;   // of a mark; white space is U+0020
  int digits() const { return static_cast<int>(end - begin); }
};

// The unit that follows a number in Chinese, Japanese and Korean dates is a piece of its own, not part of a word.
bool is_east_asian_unit(char32_t c) { return c == U'年' || c == U'月' || c == U'日' || c == U'년' || c == U'월' || c == U'일'; }

std::vector<Piece> split(std::string_view text) {
  std::vector<Piece> pieces;
  for (size_t at = 0; at < text.size();) {
    Piece piece;
    piece.begin = at;
    if (digit(text[at])) {
      piece.kind = Piece::number;
      piece.value = 0;
      while (at < text.size() && digit(text[at])) {
        if (piece.value >= 0) piece.value = at - piece.begin < 8 ? piece.value * 10 + (text[at] - '0') : -1;
        ++at;
      }
    } else {
      char32_t c = next_code_point(text, at);
      if (is_alpha(c) && !is_east_asian_unit(c)) {
        piece.kind = Piece::word;
        while (at < text.size()) {
          size_t next = at;
          c = next_code_point(text, next);
          if (!(is_alpha(c) || is_mark(c)) || is_east_asian_unit(c)) break;
          at = next;
        }
        if (at - piece.begin <= 32) {
          const std::string lower = to_lower(text.substr(piece.begin, at - piece.begin));
          if (const auto found = months().find(lower); found != months().end()) piece.month = found->second;
        }
      } else {
        piece.c = is_space(c) ? U' ' : c;
        if (piece.c == U' ' && !pieces.empty() && pieces.back().c == U' ') {
          pieces.back().end = at;
          continue;
        }
      }
    }
    piece.end = at;
    pieces.push_back(piece);
  }
  return pieces;
}

bool month_first(std::string_view language) {
  if (language.substr(0, 2) != "en") return false;
  return language.size() < 5 || language.substr(3, 2) == "US" || language.substr(3, 2) == "us";
}

int year_of(const Piece& piece) {
  if (piece.kind != Piece::number) return 0;
  if (piece.digits() == 4) return piece.value >= web_begins && piece.value <= last_year ? piece.value : 0;
  return 0;
}

}  // namespace

std::string find_date(std::string_view text, std::string_view language, size_t* begin, size_t* end) {
  const std::vector<Piece> pieces = split(text);
  const auto mark_at = [&](size_t i, char32_t c) { return i < pieces.size() && pieces[i].kind == Piece::mark && pieces[i].c == c; };
  const auto number_at = [&](size_t i, int digits) {
    return i < pieces.size() && pieces[i].kind == Piece::number && pieces[i].digits() <= digits ? pieces[i].value : 0;
  };
  const auto found = [&](size_t first, size_t last, int year, int month, int day) -> std::string {
    if (!is_day(year, month, day)) return {};
    if (begin) *begin = pieces[first].begin;
    if (end) *end = pieces[last].end;
    return iso(year, month, day);
  };
  // Steps over white space, full stops, commas, ordinals and the small words between day, month and year (“de”, “of”, “st”, “th”).
  const auto over = [&](size_t i) {
    for (int steps = 0; i < pieces.size() && steps < 4; ++steps) {
      const Piece& piece = pieces[i];
      const std::string_view word = text.substr(piece.begin, piece.end - piece.begin);
      const bool small = piece.kind == Piece::word && !piece.month && piece.end - piece.begin <= 3 &&
                         (word == "de" || word == "del" || word == "of" || word == "st" || word == "nd" || word == "rd" || word == "th" ||
                             word == "er" ||
                          word == "DE" || word == "do" || word == "the");
      const bool between = piece.kind == Piece::mark && (piece.c == U' ' || piece.c == U'.' || piece.c == U',' || piece.c == U'-' ||
          piece.c == U'/' || piece.c == U'º' ||
                                                         piece.c == U'‑' || piece.c == U'’' || piece.c == U'\'');
      if (!small && !between) break;
      ++i;
    }
    return i;
  };

  for (size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind == Piece::word && piece.month) {  // February 19th, 2020
      const size_t at = over(i + 1);
      const int day = at > i + 1 ? number_at(at, 2) : 0;
      if (!day) continue;
      const size_t next = over(at + 1);
      if (next < pieces.size() && next > at + 1)
        if (std::string date = found(i, next, year_of(pieces[next]), piece.month, day); !date.empty()) return date;
      continue;
    }
    if (piece.kind != Piece::number) continue;
    // A number that goes on before or behind (“1.2.3.2020”, “v2020”) is not a date.
    if (const int year = year_of(piece)) {
      for (const char32_t c : {U'-', U'/', U'.'}) {
        if (mark_at(i + 1, c) && mark_at(i + 3, c))
          if (std::string date = found(i, i + 4 < pieces.size() ? i + 4 : i, year, number_at(i + 2, 2), number_at(i + 4,
              2)); !date.empty()) return date;
      }
      size_t at = i + 1;
      while (mark_at(at, U' ')) ++at;
      if (mark_at(at, U'年') || mark_at(at, U'년')) {
        ++at;
        while (mark_at(at, U' ')) ++at;
        const int month = number_at(at, 2);
        ++at;
        while (mark_at(at, U' ')) ++at;
        if (month && (mark_at(at, U'月') || mark_at(at, U'월'))) {
          ++at;
          while (mark_at(at, U' ')) ++at;
          if (std::string date = found(i, std::min(at, pieces.size() - 1), year, month, number_at(at, 2)); !date.empty()) return date;
        }
      }
      // 2020. február 19., 2020 február 19
      const size_t word = over(i + 1);
      if (word > i + 1 && word < pieces.size() && pieces[word].month) {
        const size_t day = over(word + 1);
        if (std::string date = found(i, std::min(day, pieces.size() - 1), year, pieces[word].month, number_at(day,
            2)); !date.empty()) return date;
      }
      continue;
    }
    if (piece.digits() > 2 || piece.value < 1) continue;
    // 19.2.2020, 19. 2. 2020, 19/02/2020, 19-02-2020, 19.02.20
    for (const char32_t c : {U'.', U'/', U'-', U'|'}) {
      if (!mark_at(i + 1, c)) continue;
      const size_t second = mark_at(i + 2, U' ') && c == U'.' ? i + 3 : i + 2;
      if (!number_at(second, 2) || !mark_at(second + 1, c)) continue;
      const size_t third = mark_at(second + 2, U' ') && c == U'.' ? second + 3 : second + 2;
      if (third >= pieces.size() || pieces[third].kind != Piece::number) continue;
      int year = year_of(pieces[third]);
      if (!year && pieces[third].digits() == 2 && c != U'-' && third == second + 2 && !mark_at(third + 1, U':'))
        year = pieces[third].value >= first_short_year ? 1900 + pieces[third].value : pieces[third].value >= 1 && pieces[third].value <= 40
            ? 2000 + pieces[third].value : 0;
      if (!year) continue;
      int day = piece.value, month = pieces[second].value;
      if ((c == U'/' && month_first(language) && day <= 12) || month > 12) std::swap(day, month);
      if (std::string date = found(i, third, year, month, day); !date.empty()) return date;
    }
    // 19 February 2020, 19. Februar 2020, 19 de febrero de 2020
    const size_t word = over(i + 1);
    if (word < pieces.size() && pieces[word].month) {
      const size_t last = over(word + 1);
      if (last < pieces.size())
        if (std::string date = found(i, last, year_of(pieces[last]), pieces[word].month, piece.value); !date.empty()) return date;
    }
  }
  return {};
}

namespace {

// Two digits at `at`, or -1.
int two(std::string_view text, size_t at) {
  return at + 1 < text.size() && digit(text[at]) && digit(text[at + 1]) ? (text[at] - '0') * 10 + text[at + 1] - '0' : -1;
}

// What follows a date: “T08:05:00.000+01:00”, “ 08:05 +0100”, “ 8:05:00 GMT”, as ISO 8601; empty when it is no time.
std::string read_time(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && (text[at] == 'T' || text[at] == 't' || text[at] == ' ' || text[at] == ',')) ++at;
  int hour = two(text, at);
  if (hour >= 0) at += 2;
  else if (at + 1 < text.size() && digit(text[at]) && text[at + 1] == ':') hour = text[at++] - '0';
  if (hour < 0 || hour > 23 || at >= text.size() || text[at] != ':') return {};
  const int minute = two(text, at + 1);
  if (minute < 0 || minute > 59) return {};
  at += 3;
  int second = 0;
  if (at < text.size() && text[at] == ':' && two(text, at + 1) >= 0 && two(text, at + 1) <= 60) {
    second = two(text, at + 1);
    at += 3;
  }
  if (at < text.size() && (text[at] == '.' || text[at] == ','))
    for (++at; at < text.size() && digit(text[at]);) ++at;
  while (at < text.size() && text[at] == ' ') ++at;
  if (at + 1 < text.size() && (text[at] == 'p' || text[at] == 'P') && (text[at + 1] == 'm' || text[at + 1] == 'M') && hour < 12) hour += 12;
  char out[32];
  std::snprintf(out, sizeof out, "T%02d:%02d:%02d", hour, minute, second);
  std::string time = out;
  if (at < text.size() && (text[at] == 'Z' || text[at] == 'z' || text.substr(at, 3) == "GMT" || text.substr(at, 3) == "UTC")) return time + "Z";
  if (at < text.size() && (text[at] == '+' || text[at] == '-') && two(text, at + 1) >= 0 && two(text, at + 1) <= 14) {
    const bool colon = at + 3 < text.size() && text[at + 3] == ':';
    const int minutes = two(text, at + (colon ? 4 : 3));
    std::snprintf(out, sizeof out, "%c%02d:%02d", text[at], two(text, at + 1), minutes >= 0 && minutes < 60 ? minutes : 0);
    time += out;
  }
  return time;
}

// Days since 1970 to a date, by Gregorian eras of 400 years that begin in March.
std::string date_of_days(int64_t days) {
  days += 719468;
  const int64_t era = days / 146097, of_era = days % 146097;
  const int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
  const int64_t day = of_year - (153 * month + 2) / 5 + 1;
  return iso(static_cast<int>(year + era * 400 + (month >= 10 ? 1 : 0)), static_cast<int>(month < 10 ? month + 3 : month - 9),
      static_cast<int>(day));
}

}  // namespace

std::string read_date(std::string_view text, std::string_view language) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  text = text.substr(0, 200);  // longer is prose, and no date is
  if (text.empty()) return {};

  const size_t digits = std::find_if_not(text.begin(), text.end(), digit) - text.begin();
  if (digits == text.size() && (digits == 10 || digits == 13)) {
    int64_t seconds = 0;
    for (size_t i = 0; i < 10; ++i) seconds = seconds * 10 + (text[i] - '0');
    char time[16];
    std::snprintf(time, sizeof time, "T%02d:%02d:%02dZ", static_cast<int>(seconds / 3600 % 24), static_cast<int>(seconds / 60 % 60),
        static_cast<int>(seconds % 60));
    return date_of_days(seconds / 86400) + time;
  }
  if (digits >= 4) {
    const int year = two(text, 0) * 100 + two(text, 2);
    if ((digits == 8 || digits == 14) && is_day(year, two(text, 4), two(text, 6))) return iso(year, two(text, 4), two(text, 6)) +
        read_time(text.substr(8));
    if (digits == 4 && text.size() >= 10 && (text[4] == '-' || text[4] == '/') && text[7] == text[4] && is_day(year, two(text, 5), two(text,
        8)))
      return iso(year, two(text, 5), two(text, 8)) + read_time(text.substr(10));
  }
  size_t end = 0;
  std::string date = find_date(text, language, nullptr, &end);
  if (!date.empty()) date += read_time(text.substr(end));
  return date;
}

std::string date_in_address(std::string_view address) {
  address = address.substr(0, 2000);
  // The copy of a page in an archive is at /web/20160330101229/http://…: when it was copied is not when it was written.
  if (const size_t copy = address.rfind("http"); copy != address.npos && copy > 0) address.remove_prefix(copy);
  for (size_t at = 0; at + 8 <= address.size(); ++at) {
    if (!digit(address[at]) || (at > 0 && digit(address[at - 1]))) continue;
    const int century = two(address, at);
    if (century != 19 && century != 20) continue;
    const int year = century * 100 + std::max(0, two(address, at + 2));
    if (year < web_begins) continue;
    const size_t digits = std::find_if_not(address.begin() + at, address.end(), digit) - address.begin() - at;
    if (digits == 8 && is_day(year, two(address, at + 4), two(address, at + 6))) return iso(year, two(address, at + 4), two(address, at + 6));
    if (digits != 4) continue;
    const char between = address[at + 4];
    if (between != '/' && between != '-' && between != '_' && between != '.') continue;
    size_t next = at + 5;
    const auto number = [&] {
      int value = -1;
      if (two(address, next) >= 0) value = two(address, next), next += 2;
      else if (next < address.size() && digit(address[next])) value = address[next++] - '0';
      return value;
    };
    const int month = number();
    if (month < 1 || next >= address.size() || (address[next] != '/' && address[next] != '-' && address[next] != between)) continue;
    ++next;
    const int day = number();
    if ((next >= address.size() || !digit(address[next])) && is_day(year, month, day)) return iso(year, month, day);
  }
  // “/29-10-2021”, “~02-01-2022-a-title”
  for (size_t at = 1; at + 10 <= address.size(); ++at) {
    if (two(address, at) < 1 || digit(address[at - 1]) || (address[at + 2] != '-' && address[at + 2] != '.') || address[at +
        5] != address[at + 2]) continue;
    const int year = two(address, at + 6) * 100 + two(address, at + 8);
    if (two(address, at + 6) >= 19 && year >= web_begins && (at + 10 == address.size() || !digit(address[at + 10])) && is_day(year,
        two(address, at + 3), two(address, at)))
      return iso(year, two(address, at + 3), two(address, at));
  }
  return {};
}

int64_t day_number(std::string_view iso) {
  if (iso.size() < 10) return 0;
  const int64_t month = two(iso, 5), day = two(iso, 8);
  const int64_t year = two(iso, 0) * 100 + two(iso, 2) - (month <= 2);
  const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return year / 400 * 146097 + year % 400 * 365 + year % 400 / 4 - year % 400 / 100 + of_year - 719468;
}

}  // namespace sayso
