// Any bytes as a mail.
#include <cstdint>

#include "drafts.h"
#include "ingest/mail.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sayso;
  check_drafts(read_mail({reinterpret_cast<const char*>(data), size}, Limits{}), {});
  return 0;
}
