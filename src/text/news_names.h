// Names that the layout of news leans on: the places that datelines name without a region, the agencies, the months.
#pragma once

#include <cstddef>
#include <string_view>

namespace sayso {

// "washington", "new delhi": a capital, or one of the cities that news writes without a state or country. In lower case.
bool is_dateline_city(std::string_view lower);

// "n.y.", "mich.": what stands behind a city for its state or province. In lower case, with its dots.
bool is_region_abbreviation(std::string_view lower);

// "associated press", "tass": a news agency or a distributor of press releases. In lower case.
bool is_agency(std::string_view lower);

// "news", "agency", "courier": a word that makes a name one of a medium. In lower case.
bool is_medium_word(std::string_view lower);

// 1 to 12 for "march", "mar", "sept."; 0 for no month. In lower case.
int month_of(std::string_view lower);

// "monday", "mon", "tues.". In lower case.
bool is_weekday(std::string_view lower);

}  // namespace sayso
