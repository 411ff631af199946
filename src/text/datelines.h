// Datelines: where a report was written, when, and for which agency. "VESTRAND, March 4 (North Coast Agency) – ", and lines that say
// only when: "Posted: March 3, 2016".
#pragma once

#include <optional>
#include <string>

#include "document/document.h"
#include "text/word_run.h"

namespace sayso {

struct Date {
  std::string iso;       // "2016-03-04", "--03-04"; empty for a day of the week, and for "03/04/2016", which two continents read differently
  bool has_year = false;
  bool weekday_only = false;
};

// The date that begins at word `at`, which moves behind it; nothing when none does.
std::optional<Date> read_date(const WordRun& words, size_t& at);

// Moves `at` behind a time of day ("10:30 a.m. EDT", "7 p.m."). False when none begins there.
bool skip_time(const WordRun& words, size_t& at);

// What stands where a dateline could.
struct DatelinePlace {
  bool opening = false;     // at or before the first paragraph of running text
  bool transcript = false;  // colons behind names tell who speaks
};

// The dateline at the begin of a paragraph, without the dash behind it. The section's kind is dateline.
std::optional<Section> read_dateline(const WordRun& paragraph, DatelinePlace place);

// A paragraph that says when and nothing else.
std::optional<Section> read_date_line(const WordRun& paragraph);

// Is it the name of an agency or a medium? [begin, end) are words.
bool names_agency(const WordRun& words, size_t begin, size_t end);

}  // namespace sayso
