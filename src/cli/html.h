// Readings as one HTML page that a person can mail, print and read on a telephone: no script, nothing from elsewhere.
//
// The article stands there in full. A content is underlined, with a line more for each content around it, and has [1 … 1] at its
// ends; a source stands in a box; a cue is in italics on a dotted line; words that make a content less firm have dashes above; the
// number joins what belongs together and leads to the list of attributions, whose numbers lead back. Colour only repeats what lines
// and numbers say.
//
// Where somebody looked for entities, a list of the sources stands above that of the attributions: names, roles, identity, and which
// attributions are theirs; and an attribution whose source is “she” says who that is. Where somebody looked for provenance, a paragraph
// above the article sums it up, who did not answer is listed, and each attribution says which way it came.
//
// HTML's elements nest and contents need not: the text is cut wherever a part begins or ends, and each piece has its own elements.
// Whatever a text, a name or a title holds stays text: escaped, in a paragraph whose direction cannot reach out of it, and with
// control characters and direction controls as visible stand-ins (screen.h).
//
// In <article>, what is not in an <a> is the document's text, each character once and in order.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "document/document.h"
#include "document/json.h"

namespace sayso {

// One document's part of the page.
struct HtmlPart {
  std::string title;  // escaped, for the page's title
  std::string entry;  // its line in the table of contents
  std::string body;
};

// `number`: which document of the page it is ("3", or "3-2" for the second one of an input that holds several), empty when
// there is no other. Requires a document that check_document() passes. Linear in the text and in the number of parts.
HtmlPart to_html(const Document& document, const std::string& number);

// What stands in place of a document that could not be read.
HtmlPart to_html(const Error& error, const std::string& source, const std::string& number);

// What stands before the bodies of `parts` and behind them; with a table of contents when there are several.
std::string html_top(const std::vector<HtmlPart>& parts, const Engine& engine);
std::string html_bottom(const Engine& engine);

}  // namespace sayso
