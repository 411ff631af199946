// Any bytes as a feed, NewsML or NITF.
#include <cstdint>
#include <string>

#include "drafts.h"
#include "ingest/feed.h"
#include "ingest/newsml.h"
#include "ingest/nitf.h"
#include "markup/xml.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sayso;
  const std::string document = repair_utf8({reinterpret_cast<const char*>(data), size}).text;
  IngestOptions options;
  options.limits.entity_bytes = 1 << 14;
  const Result<Tree> tree = parse_xml(document, options.limits);
  if (!tree.ok()) return 0;
  // An entity's text may be as long as its reference without being its copy, so a document with entities of its own is not held to places.
  const bool entities = document.find("<!ENTITY") != std::string::npos;
  if (entities) return 0;
  check_drafts(read_feed(*tree, options), document);
  check_drafts(read_newsml(*tree, options), document);
  check_drafts({read_nitf(*tree)}, document);
  return 0;
}
