// A bare number is no Id: where one is made, its kind is said.
// error: (could not convert|no viable conversion|cannot convert|conversion from)
#include "document/document.h"

sayso::Id<sayso::Token> make_id(uint32_t number) {
#ifdef MUST_NOT_COMPILE
  return number;
#else
  return {number};
#endif
}
