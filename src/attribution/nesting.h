// Attributions inside attributions: which contents to read again, and which attribution stands in which.
#pragma once

#include <vector>

#include "attribution/model_reader.h"

namespace sayso {

// A content that begins with the opening mark of a quotation and ends inside it goes on to the closing one: a window of the model may end in the
// middle of what somebody says. Reads: quotes.
void complete_quotations(const Document& document, std::vector<Attribution>& attributions);

// The units of a content as a text of its own: without the quotation marks around it when all of it is quoted, so that the model reads words
// that were said as it reads words that are written. Requires the document's own units, and a content that is not empty.
ReadableUnits select_content(const ReadableUnits& all, const Part& content, bool quoted);

// Of these contents those to read again: the longest first, and no unit twice, so that each level of nesting costs at most one reading of the text.
std::vector<size_t> choose_contents(const std::vector<const Part*>& contents);

// Fills `within`: the smallest content that the cue and the parts stand in. Never a circle, since a content stands only in a larger one.
// Who is cited (“rule relay”) stands within the one who cites, though both have one content.
void nest(std::vector<Attribution>& attributions);

// Is it of somebody who is cited (“citing two officials”)? Then `outer`, which it stands within, tells the same content: is it the one who cites?
bool is_relay(const Attribution& attribution);
bool passes_on(const Attribution& outer, const Attribution& relay);

// “Nobody here will say so”, “none of them denies it”: somebody attributes it to no one.
bool is_of_nobody(const Document& document, const Attribution& attribution);

}  // namespace sayso
