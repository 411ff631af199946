// From what a format's reader understood to a Document: blocks become the text, and what mark-up says of them its markup layer.
#pragma once

#include "charset/charset.h"
#include "document/document.h"
#include "ingest/draft.h"
#include "ingest/ingest.h"

namespace sayso {

// Takes what `draft` knows into `document`, whose id, source and member of the record are filled. Requires a draft without an error.
// `map` is of the decoding, for raw_map; null: none is wanted.
Status compose(Draft draft, Document& document, const OffsetMap* map);

// Takes in the warnings about the text itself: NUL (which becomes U+FFFD), mojibake, characters escaped twice, emptiness.
void warn_of_damage(Document& document);

// "1 character was", "3 characters were": for a warning’s sentence.
std::string times(size_t count, const char* one, const char* many);

}  // namespace sayso
