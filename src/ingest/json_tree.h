// A JSON text as a tree that keeps where each value stood.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "ingest/content.h"

namespace sayso {

enum class JsonKind : uint8_t { null, boolean, number, string, array, object };
inline constexpr uint32_t no_json = std::numeric_limits<uint32_t>::max();

struct JsonNode {
  JsonKind kind = JsonKind::null;
  std::string_view key;            // of a member of an object; escapes resolved
  uint32_t begin = 0, end = 0;     // its bytes, of a string with the quotation marks
  uint32_t after = 0;              // one behind the last node inside
};

// nodes[0] is the document; an array's or object's values follow it. Looks into the bytes that were parsed, which must outlive it.
struct JsonTree {
  std::string_view bytes;
  std::vector<JsonNode> nodes;
  std::vector<std::vector<char>> memory;  // keys whose escapes were resolved

  std::string_view written(uint32_t id) const { return bytes.substr(nodes[id].begin, nodes[id].end - nodes[id].begin); }
  // The value of an object's member (the last one of that name); no_json if it is not there.
  uint32_t find(uint32_t object, std::string_view key) const;
  std::vector<uint32_t> children(uint32_t id) const;
  // A string with its escapes resolved (a lone surrogate becomes U+FFFD), a number or boolean as it is written, nothing of the others.
  Content content(uint32_t id) const;
  // The words of an object's member, white space collapsed; empty if it is not there.
  std::string words(uint32_t object, std::string_view key) const;
};

// `bytes` are UTF-8. Beyond the standard only what is common: control characters inside strings, NaN and Infinity.
// Not recursive; linear. Errors: corrupt, with the byte; bad_input beyond limits.json_depth or limits.nodes.
Result<JsonTree> parse_json(std::string_view bytes, const Limits& limits);

}  // namespace sayso
