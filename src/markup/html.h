// HTML to a Tree, by libxml2 behind a guard: linear in the size of the input whatever stands in it.
#pragma once

#include <string_view>

#include "base/limits.h"
#include "base/result.h"
#include "markup/tree.h"

namespace sayso {

// `page` is UTF-8. Never fails on bad markup: what browsers forgive is forgiven. Elements deeper than limits.depth are flattened (their
// text stays, and an empty element stands where each begins and ends, so that paragraphs stay apart), attributes beyond limits.attributes
// of one element, and beyond limits.nodes of the page, dropped, each with a warning. Text inside script, style, template and noscript is
// kept as their text (JSON-LD stands there); of an element that hides its inside and is never closed (iframe, template, …) nothing is
// inside, so that it does not hide the rest of the page. Nothing is fetched. Thread-safe.
// Errors: bad_input (more than limits.nodes nodes), internal (no memory).
Result<Tree> parse_html(std::string_view page, const Limits& limits);

}  // namespace sayso
