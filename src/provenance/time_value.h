// What an expression of time means, given the day that the document was published.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sayso {

// “last Friday”, “in July”, “on 6 July 2011”, “two weeks ago” -> an ISO 8601 interval of begin and duration: “2011-07-06/P1D”. `words` in lower case;
// `today` “2016-03-04…” or nothing, without which only what names its own year has a value. Nothing for what no rule knows.
std::optional<std::string> time_value(const std::vector<std::string>& words, const std::optional<std::string>& today);

// How many words from `at` on say when (“on Friday”, “earlier this week”, “in 2013”); 0: none do. `words` in lower case, `capital`: which of them
// begin with one.
size_t time_at(const std::vector<std::string>& words, const std::vector<bool>& capital, size_t at);

}  // namespace sayso
