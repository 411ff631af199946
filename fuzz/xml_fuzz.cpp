// Any bytes as XML: a tree in its own order, of texts that are UTF-8 and stand where it says; well-formed XML as libxml2 reads it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "fail.h"
#include "base/unicode.h"
#include "markup/xml.h"
#include "markup/xml_compare.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sayso;
  const std::string document = repair_utf8({reinterpret_cast<const char*>(data), size}).text;
  Limits limits;
  limits.entity_bytes = 1 << 14;
  const Result<Tree> parsed = parse_xml(document, limits);
  if (parsed.ok()) {
    const Tree& tree = *parsed;
    if (tree.nodes.empty() || tree[0].end != tree.nodes.size()) fail("the root element does not hold everything");
    for (NodeId id = 0; id < tree.nodes.size(); ++id) {
      const Node& node = tree[id];
      if (node.end <= id || node.end > tree.nodes.size()) fail("an element ends before it begins");
      if (id > 0 && (node.parent >= id || tree[node.parent].end < node.end)) fail("an element is not inside its parent");
      if (node.next_sibling != no_node && node.next_sibling != node.end) fail("a sibling does not follow");
      if (node.first_child != no_node && node.first_child != id + 1) fail("a child does not follow");
      if (node.raw_begin > node.raw_end || node.raw_end > document.size()) fail("a node stands outside the document");
      if (!is_utf8(node.name) || !is_utf8(node.space) || !is_utf8(node.text)) fail("ill-formed UTF-8");
      for (uint32_t i = 0; i < node.attributes; ++i)
        if (!is_utf8(tree.attributes[node.first_attribute + i].value)) fail("ill-formed UTF-8 in an attribute");
    }
  }
  // What libxml2 takes for well-formed reads the same here: control characters by number are what HTML says, its own names for entities are
  // the predefined ones, and a NUL ends it.
  if (document.find('\0') != std::string::npos || document.find("&#") != std::string::npos) return 0;
  if (const std::optional<std::string> expected = flatten_by_libxml2(document)) {
    if (!parsed.ok()) fail("well-formed XML is not read");
    if (!parsed->warnings.empty() && parsed->warnings[0].starts_with("ill-formed")) fail("well-formed XML is called ill-formed");
    if (parsed->warnings.empty() && flatten(*parsed) != *expected) fail("well-formed XML is read in another way than by libxml2");
  }
  return 0;
}
