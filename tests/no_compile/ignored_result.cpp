// An error must not be dropped without a word.
// error: (ignoring return value|ignoring returned value).*nodiscard
#include "base/file.h"

void read_and_forget() {
#ifdef MUST_NOT_COMPILE
  sayso::read_file("article.txt", 1);
#else
  (void)sayso::read_file("article.txt", 1);
#endif
}
