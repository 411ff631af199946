// Dates as pages write them: machine-readable, in words of many languages, in an address.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sayso {

// ISO 8601 of a date that was written for machines or, failing that, of the first date in words: “2020-02-19”, or with the time and the
// offset as written, “2020-02-19T08:05:00+01:00”. ISO 8601 in its loose forms, RFC 2822, seconds or milliseconds since 1970, and what
// find_date knows. Empty: there is none.
std::string read_date(std::string_view text, std::string_view language = {});

// The first full date written in `text` (day, month and year; names of months in about twenty languages, or numbers), as “2020-02-19”.
// `language` (BCP 47) decides whether 3/4/2020 begins with its month: in English it does unless the region says otherwise. Time is linear.
// With `end`, where the date's last character is, is told too.
std::string find_date(std::string_view text, std::string_view language = {}, size_t* begin = nullptr, size_t* end = nullptr);

// The date that an address holds (“/2020/02/19/”, “2020-02-19-a-title”, “/20200219/”, “/19-02-2020”); empty without a day.
std::string date_in_address(std::string_view address);

// Days from 1970-01-01 to a date in ISO 8601, for counting days between two.
int64_t day_number(std::string_view iso);

}  // namespace sayso
