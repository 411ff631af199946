// What a part of the page is: headline, dateline, byline, credit, an editor's note, …
#pragma once

#include "document/document.h"

namespace sayso {

// Reads: text, markup, tokens, sentences. What no section covers is body. What mark-up says stands; rules find what it leaves open.
Layer<Section> find_sections(const Document& document);

}  // namespace sayso
