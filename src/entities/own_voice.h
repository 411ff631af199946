// Who says “I” where no words of the text give it to a speaker: whoever was called on in a hearing, or who wrote the page.
#pragma once

#include <vector>

#include "document/document.h"

namespace sayso {

// “I” outside quotations in text[where] is the person whose name stands at `name`.
struct OwnVoice {
  Span where;
  Span name;
};

// Reads: text, sentences, sections. In text order, apart from each other; where nothing tells, nothing. Linear.
std::vector<OwnVoice> find_own_voices(const Document& document);

}  // namespace sayso
