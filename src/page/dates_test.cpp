#include "page/dates.h"

#include <doctest/doctest.h>

namespace sayso {
namespace {

TEST_CASE("dates for machines keep their time and their offset") {
  CHECK(read_date("2024-03-05") == "2024-03-05");
  CHECK(read_date(" 2024-03-05T08:07:06+01:00\n") == "2024-03-05T08:07:06+01:00");
  CHECK(read_date("2024-03-05T08:07:06.123Z") == "2024-03-05T08:07:06Z");
  CHECK(read_date("2024-03-05T08:07:06-0330") == "2024-03-05T08:07:06-03:30");
  CHECK(read_date("2024-03-05 08:07") == "2024-03-05T08:07:00");
  CHECK(read_date("2024/03/05 8:07 PM") == "2024-03-05T20:07:00");
  CHECK(read_date("20240305") == "2024-03-05");
  CHECK(read_date("Tue, 05 Mar 2024 08:07:06 +0100") == "2024-03-05T08:07:06+01:00");
  CHECK(read_date("Tue, 05 Mar 2024 08:07:06 GMT") == "2024-03-05T08:07:06Z");
  CHECK(read_date("1709626026") == "2024-03-05T08:07:06Z");
  CHECK(read_date("1709626026000") == "2024-03-05T08:07:06Z");
}

TEST_CASE("what is no date is none") {
  for (const char* text : {"", " ", "yesterday", "2024", "2024-13-01", "2024-02-30", "31.4.2024", "version 1.2.3", "12:30", "0000-00-00",
      "99999999999999", "May 2024", "5 May"})
    CHECK_MESSAGE(read_date(text) == "", text);
}

TEST_CASE("dates in words of many languages") {
  for (const char* text : {"5 March 2024", "March 5th, 2024", "Mar. 5, 2024", "5. März 2024", "Dienstag, den 5. Maerz 2024", "5 mars 2024",
      "5 de marzo de 2024", "5 de março de 2024", "5 marzo 2024",
                           "5 maart 2024", "5 marca 2024", "5 марта 2024 г.", "5. maaliskuuta 2024", "5 Mart 2024", "2024. március 5.",
                               "2024年3月5日", "2024년 3월 5일", "5.3.2024", "05.03.24", "05/03/2024", "5-3-2024", "2024.03.05"})
    CHECK_MESSAGE(find_date(text, "xx") == "2024-03-05", text);
}

TEST_CASE("the month comes first in American English") {
  CHECK(find_date("3/5/2024", "en") == "2024-03-05");
  CHECK(find_date("3/5/2024", "en-US") == "2024-03-05");
  CHECK(find_date("3/5/2024", "en-GB") == "2024-05-03");
  CHECK(find_date("3/5/2024", "fr") == "2024-05-03");
  CHECK(find_date("3/25/2024", "fr") == "2024-03-25");
}

TEST_CASE("where a date stands is told") {
  size_t begin = 0, end = 0;
  const std::string text = "Posted on 5 May 2024 by A.";
  REQUIRE(find_date(text, "", &begin, &end) == "2024-05-05");
  CHECK(text.substr(begin, end - begin) == "5 May 2024");
}

TEST_CASE("dates in addresses") {
  CHECK(date_in_address("https://a.example/2024/03/05/title") == "2024-03-05");
  CHECK(date_in_address("https://a.example/2024/3/5/title") == "2024-03-05");
  CHECK(date_in_address("https://a.example/news/2024-03-05-title.html") == "2024-03-05");
  CHECK(date_in_address("https://a.example/20240305/12345678") == "2024-03-05");
  CHECK(date_in_address("https://a.example/2024-03/05/c_1.htm") == "2024-03-05");
  CHECK(date_in_address("https://a.example/news/05-03-2024") == "2024-03-05");
  CHECK(date_in_address("https://a.example/2024/03/title") == "");
  CHECK(date_in_address("https://a.example/120240305.html") == "");
  CHECK(date_in_address("https://archive.example/web/20240305101229/http://a.example/") == "");
}

TEST_CASE("days are counted over months and leap years") {
  CHECK(day_number("1970-01-01") == 0);
  CHECK(day_number("2024-03-01") - day_number("2024-02-28") == 2);
  CHECK(day_number("2024-01-01") - day_number("2023-12-31T23:00:00Z") == 1);
}

}  // namespace
}  // namespace sayso
