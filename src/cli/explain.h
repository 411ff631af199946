// What a reading comes to, in sentences for people: how many independent sources, through whom, what is only heard, who contradicts whom. It tells
// what the text says and by which words, and never whether something is true.
//
// Nothing stands in quotation marks but what does so in the text: indirect speech is the reporter's.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/findings.h"
#include "cli/lines.h"
#include "document/document.h"

namespace sayso {

// One paragraph. Requires a document whose provenance was looked for.
std::string sum_up(const Document& document, const Findings& findings);

// The document's name, the paragraph, and what is worth more than a number; ends with a blank line. Requires the same.
std::string explain(const Document& document, const ViewStyle& style);

}  // namespace sayso
