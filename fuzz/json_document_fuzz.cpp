// Any bytes as JSON: what nlohmann’s reader takes is read here too (where no NUL ends it for that one).
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "drafts.h"
#include "ingest/json_document.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sayso;
  const std::string document = repair_utf8({reinterpret_cast<const char*>(data), size}).text;
  const IngestOptions options;
  check_drafts(read_json_documents(document, options), document);
  const Result<JsonTree> tree = parse_json(document, options.limits);
  if (size < 1000 && document.find('\0') == std::string::npos && !tree.ok() && nlohmann::json::accept(document)) fail("good JSON is not read");
  if (tree.ok())
    for (uint32_t id = 0; id < tree->nodes.size(); ++id)
      if (tree->nodes[id].begin >= tree->nodes[id].end || tree->nodes[id].after <= id) fail("a value without an extent");
  return 0;
}
