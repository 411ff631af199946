#include "provenance/time_value.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "text/news_names.h"

namespace sayso {

namespace {

using namespace std::chrono;

const std::string& word_at(const std::vector<std::string>& words, size_t at) {
  static const std::string none;
  return at < words.size() ? words[at] : none;
}

std::optional<int> number_of(const std::string& word) {
  static const std::unordered_map<std::string_view, int> names = {{"a", 1}, {"an", 1}, {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5},
                                                                  {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10}, {"twelve", 12}};
  if (const auto known = names.find(word); known != names.end()) return known->second;
  int value = 0;
  const char* const end = word.data() + word.size();
  // “6th”, “1st”.
  const auto [stop, error] = std::from_chars(word.data(), end, value);
  if (error != std::errc() || stop == word.data()) return std::nullopt;
  const std::string_view rest(stop, static_cast<size_t>(end - stop));
  if (!rest.empty() && rest != "th" && rest != "st" && rest != "nd" && rest != "rd") return std::nullopt;
  return value;
}

std::optional<int> year_of(const std::string& word) {
  if (word.size() != 4 || !std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  const int value = *number_of(word);
  return value >= 1000 && value <= 2199 ? std::optional(value) : std::nullopt;
}

std::optional<int> weekday_of(const std::string& word) {
  if (!is_weekday(word)) return std::nullopt;
  static constexpr std::string_view begins[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
  for (int i = 0; i < 7; ++i)
    if (word.starts_with(begins[i])) return i;
  return std::nullopt;
}

std::optional<sys_days> day_of(const std::string& iso) {
  int y = 0, m = 0, d = 0;
  if (iso.size() < 10 || std::sscanf(iso.substr(0, 10).c_str(), "%4d-%2d-%2d", &y, &m, &d) != 3) return std::nullopt;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  return date.ok() ? std::optional(sys_days{date}) : std::nullopt;
}

std::string text(sys_days begin, const char* duration) {
  const year_month_day date{begin};
  char out[40];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u/%s", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), duration);
  return out;
}

std::string month_text(int y, int m) { return text(sys_days{year{y} / month{static_cast<unsigned>(m)} / 1}, "P1M"); }
std::string year_text(int y) { return text(sys_days{year{y} / 1 / 1}, "P1Y"); }
sys_days week_of(sys_days day) { return day - days{(weekday{day}.c_encoding() + 6) % 7}; }  // from Monday

const std::unordered_set<std::string_view> parts_of_day = {"morning", "afternoon", "evening", "night", "noon", "midnight"};
const std::unordered_set<std::string_view> spans_of_time = {"week", "month", "year", "weekend", "day", "quarter", "season", "summer", "winter",
                                                            "spring", "autumn", "fall", "decade"};

bool is_span_of_time(const std::string& word) {
  return spans_of_time.contains(word) || (word.ends_with('s') && spans_of_time.contains(std::string_view(word).substr(0, word.size() - 1))) ||
         word == "hours" || word == "hour" || word == "minutes";
}

}  // namespace

std::optional<std::string> time_value(const std::vector<std::string>& words, const std::optional<std::string>& today_iso) {
  const std::optional<sys_days> today = today_iso ? day_of(*today_iso) : std::nullopt;
  std::optional<int> year_said, month_said, day_said, weekday_said;
  bool last = false, current = false;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (const int m = month_of(word); m && !month_said) {
      month_said = m;
      if (const auto d = number_of(word_at(words, i + 1));
          d && *d >= 1 && *d <= 31 && word_at(words, i + 1).size() <= 4 && !year_of(word_at(words, i + 1)))
        day_said = d;
      else if (i > 0)
        if (const auto before = number_of(words[i - 1]); before && *before >= 1 && *before <= 31 && words[i - 1] != "a") day_said = before;
    }
    if (const auto y = year_of(word)) year_said = y;
    if (const auto w = weekday_of(word)) weekday_said = w;
    last = last || word == "last" || word == "previous";
    current = current || word == "this";
  }
  if (std::find(words.begin(), words.end(), "next") != words.end()) return std::nullopt;  // nobody has spoken then
  const year_month_day now = today ? year_month_day{*today} : year_month_day{};
  if (month_said) {
    if (!year_said && !today) return std::nullopt;
    // Without a year: the last such month that had begun.
    int y = year_said.value_or(static_cast<int>(now.year()));
    if (!year_said && *month_said > static_cast<int>(static_cast<unsigned>(now.month()))) --y;
    if (!day_said) return month_text(y, *month_said);
    year_month_day date{year{y}, month{static_cast<unsigned>(*month_said)}, day{static_cast<unsigned>(*day_said)}};
    if (!year_said && date.ok() && sys_days{date} > *today) date -= years{1};  // what was said was said before
    return date.ok() ? std::optional(text(sys_days{date}, "P1D")) : std::nullopt;
  }
  if (year_said) return year_text(*year_said);
  if (!today) return std::nullopt;
  if (weekday_said) {
    // The last such day, today included; “last Friday” on a Friday is a week ago.
    int back = (static_cast<int>(weekday{*today}.c_encoding()) - *weekday_said + 7) % 7;
    if (back == 0 && last) back = 7;
    return text(*today - days{back}, "P1D");
  }
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "yesterday") return text(*today - days{1}, "P1D");
    if (word == "today" || word == "tonight" || (current && parts_of_day.contains(word))) return text(*today, "P1D");
    if (last && word == "night") return text(*today - days{1}, "P1D");
    if (word == "ago" && i >= 2) {
      const auto count = number_of(words[i - 2]);
      if (!count || *count < 0 || *count > 1000) return std::nullopt;
      const std::string& unit = words[i - 1];
      if (unit.starts_with("day")) return text(*today - days{*count}, "P1D");
      if (unit.starts_with("week")) return text(week_of(*today - days{7 * *count}), "P1W");
      if (unit.starts_with("month")) {
        const year_month then = now.year() / now.month() - months{*count};
        return month_text(static_cast<int>(then.year()), static_cast<int>(static_cast<unsigned>(then.month())));
      }
      if (unit.starts_with("year")) return year_text(static_cast<int>(now.year()) - *count);
      return std::nullopt;
    }
    if (!last && !current) continue;
    if (word == "week") return text(week_of(*today - days{last ? 7 : 0}), "P1W");
    if (word == "month") {
      const year_month then = now.year() / now.month() - months{last ? 1 : 0};
      return month_text(static_cast<int>(then.year()), static_cast<int>(static_cast<unsigned>(then.month())));
    }
    if (word == "year") return year_text(static_cast<int>(now.year()) - (last ? 1 : 0));
  }
  return std::nullopt;
}

size_t time_at(const std::vector<std::string>& words, const std::vector<bool>& capital, size_t at) {
  size_t i = at;
  static const std::unordered_set<std::string_view> before = {"early", "earlier", "late", "later", "just", "only", "again"};
  while (before.contains(word_at(words, i)) && i < at + 2) ++i;
  const size_t modified = i;
  const std::string& first = word_at(words, i);
  static const std::unordered_set<std::string_view> prepositions = {"on", "in", "at", "since", "during", "over", "by", "until", "before", "after"};
  const bool as_recently = first == "as" && (word_at(words, i + 1) == "recently" || word_at(words, i + 1) == "late") && word_at(words, i + 2) == "as";
  const bool preposition = as_recently || prepositions.contains(first);
  if (preposition) i += as_recently ? 3 : 1;
  while (before.contains(word_at(words, i)) && i < at + 4) ++i;
  const auto day_part = [&](size_t from) {
    size_t end = from;
    while (parts_of_day.contains(word_at(words, end)) ||
           (word_at(words, end) == "," &&
            (is_weekday(word_at(words, end + 1)) || month_of(word_at(words, end + 1)) > 0 || year_of(word_at(words, end + 1))))) {
      if (words[end] == ",") {
        ++end;
        // “Friday, July 6, 2011”.
        if (is_weekday(word_at(words, end)) || year_of(word_at(words, end))) ++end;
        else break;
      } else {
        ++end;
      }
    }
    return end;
  };
  const std::string& word = word_at(words, i);
  if (word.empty()) return 0;
  if (is_weekday(word) && i < capital.size() && capital[i]) {
    size_t end = day_part(i + 1);
    if (word_at(words, end) == "," && month_of(word_at(words, end + 1)) > 0) ++end;
    if (month_of(word_at(words, end)) > 0 && number_of(word_at(words, end + 1))) {
      end += 2;
      if (word_at(words, end) == "," && year_of(word_at(words, end + 1))) end += 2;
      else if (year_of(word_at(words, end))) ++end;
    }
    return end - at;
  }
  if (month_of(word) > 0 && i < capital.size() && capital[i] && (preposition || modified > at || number_of(word_at(words, i + 1)))) {
    if (!preposition && word == "may" && !number_of(word_at(words, i + 1))) return 0;
    size_t end = i + 1;
    if (const auto d = number_of(word_at(words, end)); d && *d <= 31) ++end;
    if (word_at(words, end) == "," && year_of(word_at(words, end + 1))) end += 2;
    else if (year_of(word_at(words, end))) ++end;
    return end - at;
  }
  if (number_of(word) && month_of(word_at(words, i + 1)) > 0) {  // “on 6 July 2011”
    size_t end = i + 2;
    if (year_of(word_at(words, end))) ++end;
    return end - at;
  }
  if (preposition && (first == "in" || first == "since" || first == "by") && year_of(word)) return i + 1 - at;
  if (first == "at" || first == "before" || first == "after" || first == "until") {
    if (first != "at" || (word != "noon" && word != "midnight")) return 0;
    return i + 1 - at;
  }
  if (word == "today" || word == "yesterday" || word == "tonight" || word == "overnight" || word == "recently") return day_part(i + 1) - at;
  if (word == "last" || word == "this" || word == "next" || word == "the") {
    size_t end = i + 1;
    if (word == "the" && !preposition && word_at(words, end) != "following" && word_at(words, end) != "same" && word_at(words, end) != "next" &&
        word_at(words, end) != "previous")
      return 0;
    static const std::unordered_set<std::string_view> middle = {"past", "last", "same", "following", "next", "previous", "few", "two", "three",
                                                                "four", "five", "several", "very", "recent", "coming", "early"};
    while (middle.contains(word_at(words, end)) && end < i + 4) ++end;
    const std::string& unit = word_at(words, end);
    if (word == "the" && end == i + 1) return 0;
    if (is_span_of_time(unit) || parts_of_day.contains(unit) || is_weekday(unit) || (month_of(unit) > 0 && end < capital.size() && capital[end]))
      return end + 1 - at;
    return 0;
  }
  // “two weeks ago”, “a year later”.
  if (!preposition && (number_of(word) || word == "several" || word == "some")) {
    const std::string& unit = word_at(words, i + 1);
    const std::string& behind = word_at(words, i + 2);
    if (is_span_of_time(unit) && (behind == "ago" || behind == "later" || behind == "earlier" || behind == "before")) return i + 3 - at;
  }
  if (modified > at && !preposition && (words[at] == "earlier" || words[at] == "later") && modified == at + 1) return 0;
  return 0;
}

}  // namespace sayso
