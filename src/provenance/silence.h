// Who was asked and did not answer.
#pragma once

#include "attribution/words.h"
#include "document/document.h"

namespace sayso {

// “The association did not respond to a request for comment”, “declined to comment”, “could not be reached”. Reads: text,
// tokens, sentences, quotes, entities.
// In text order; none inside quotation marks. Linear.
Layer<NonResponse> find_non_responses(const Document& document, const Words& words);

}  // namespace sayso
