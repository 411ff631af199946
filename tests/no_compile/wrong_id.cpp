// A token's Id must not be looked up among sentences.
// error: (cannot convert|no known conversion|could not convert|no match for|no viable overloaded)
#include "document/document.h"

const sayso::Sentence& first_sentence(const sayso::Document& document) {
#ifdef MUST_NOT_COMPILE
  return document.sentences[sayso::Id<sayso::Token>{0}];
#else
  return document.sentences[sayso::Id<sayso::Sentence>{0}];
#endif
}
