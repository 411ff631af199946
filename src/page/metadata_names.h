// Names in bylines: who wrote, without “By”, titles of jobs and what else stands in that line; and the agencies among them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sayso {

// White space as one space each, none at the ends; the entities that were escaped twice resolved; no soft hyphens or zero-width spaces.
std::string collapse(std::string_view text);

// For comparing: lower case, every quotation mark and every dash the same, white space as one space.
std::string fold(std::string_view text);

// The people or bodies of a byline as written (“Von Lena Ost und Kai West, Berlin | 3 min”): empty when it is none. `marked`: the page says that
// it is a byline (a class, a meta element); otherwise it must begin with “By” or its like.
std::vector<std::string> read_byline(std::string_view text, bool marked);

// The agency that `credit` names as a whole (“Reuters”, “(dpa/lno)”, “Quelle: AFP”), in its usual spelling; empty: none.
std::string find_agency(std::string_view credit);

}  // namespace sayso
