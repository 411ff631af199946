// The verdict of check_document() must not be dropped either.
// error: (ignoring return value|ignoring returned value).*nodiscard
#include "document/document.h"

void check_and_forget(const sayso::Document& document) {
#ifdef MUST_NOT_COMPILE
  sayso::check_document(document);
#else
  (void)sayso::check_document(document);
#endif
}
