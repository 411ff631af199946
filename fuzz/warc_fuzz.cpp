// Any bytes as a file of records: reading ends, members are unique, limits hold, and a good record behind the bytes is never lost.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "fail.h"
#include "ingest/records.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sayso;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const bool packed = bytes.find("\x1f\x8b\x08") != std::string_view::npos || bytes.find("\x28\xb5\x2f\xfd") != std::string_view::npos ||
                      bytes.find("\x2a\x4d\x18") != std::string_view::npos;
  SplitOptions options;
  options.limits.document_bytes = 20'000;
  options.limits.header_bytes = 4'000;
  options.limits.unpacked_bytes = 1 << 20;
  const auto records = split_records(stream_bytes(bytes), "a", options);
  std::set<std::string> members;
  size_t count = 0, errors = 0;
  while (const auto record = records->next()) {
    ++count;
    if (!record->ok()) {
      if (record->error().sentence().size() > 2000) fail("an error is no sentence");
      ++errors;
      continue;
    }
    if ((*record)->bytes.size() > options.limits.document_bytes) fail("a record is longer than the limit");
    if ((*record)->member && !members.insert(*(*record)->member).second) fail("two records are called " + *(*record)->member);
  }
  if (count > size + 1 + (packed ? options.limits.unpacked_bytes : 0)) fail("more records than bytes");

  // What stands before it may be anything: the record behind it has the line ends of the one before it.
  const std::string good =
      "\r\n\r\nWARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:good>\r\nContent-Type: text/plain\r\nContent-Length: 16\r\n\r\n"
                           "The lock is 7 m.\r\n\r\n";
  const std::string archive = std::string(bytes) + good;
  WarcReader reader(stream_bytes(archive), options.limits, "a");
  bool found = false;
  while (const auto record = reader.next()) found = found || (record->ok() && (*record)->block == "The lock is 7 m.");
  if (!found && !packed && bytes.find("WARC") == std::string_view::npos && bytes.find(':') == std::string_view::npos) fail("the good record is lost");
  return 0;
}
