// Paragraphs: what stands together between blank lines, or between line breaks that nobody wrapped.
#pragma once

#include <string_view>
#include <vector>

#include "document/document.h"

namespace sayso {

// Spans without white space at their ends, in text order; every character that is not white space is in one. A line break inside
// a paragraph was put there by a program or a typist who filled the line; any other line break ends the paragraph, so a
// headline, an entry of a list, a turn of a transcript is one. Linear.
std::vector<Span> split_paragraphs(std::string_view text);

}  // namespace sayso
