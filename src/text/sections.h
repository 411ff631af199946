// What a part of the page is: headline, dateline, byline, credit, an editor's note, …
#pragma once

#include "document/document.h"

namespace sayso {

// Reads: text, tokens, sentences. What no section covers is body.
Layer<Section> find_sections(const Document& document);

}  // namespace sayso
