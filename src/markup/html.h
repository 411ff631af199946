// HTML to a Tree, by libxml2 behind a guard: linear in the size of the input whatever stands in it.
#pragma once

#include <string_view>

#include "base/limits.h"
#include "base/result.h"
#include "markup/tree.h"

namespace sayso {

// `page` is UTF-8. Never fails on bad markup: what browsers forgive is forgiven. Elements deeper than limits.depth are flattened (their
// text stays), attributes beyond limits.attributes of one element dropped, each with a warning. Text inside script, style, template and
// noscript is kept as their text (JSON-LD stands there). Nothing is fetched. Thread-safe.
// Errors: bad_input (more than limits.nodes nodes), internal (no memory).
Result<Tree> parse_html(std::string_view page, const Limits& limits);

}  // namespace sayso
