// A parsed page or XML document: elements and texts in document order. What the readers of pages, feeds and agency files share.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace sayso {

// Position of a node in Tree::nodes, which stand in document order (an element before what is in it).
using NodeId = uint32_t;
inline constexpr NodeId no_node = std::numeric_limits<NodeId>::max();

struct Attribute {
  std::string_view name;   // lower-case in HTML; in XML as written, with its prefix ("xlink:href")
  std::string_view value;  // entities resolved
};

// An element or a text.
struct Node {
  std::string_view name;     // of an element: lower-case in HTML, the local name in XML; empty: a text
  std::string_view space;    // of an element in XML: its namespace's address; empty in HTML and without one
  std::string_view text;     // of a text: entities resolved, white space as it stands
  NodeId parent = no_node;
  NodeId first_child = no_node;
  NodeId next_sibling = no_node;
  NodeId end = 0;            // one behind the last node inside: [id + 1, end) are all descendants
  uint32_t first_attribute = 0, attributes = 0;  // in Tree::attributes
  // Where it stands in the bytes that were parsed (UTF-8, before parsing): of an element its whole extent from “<”, of a text its
  // characters. A text's piece that is not a copy of these bytes (an entity was resolved) is a node of its own.
  uint32_t raw_begin = 0, raw_end = 0;

  bool is_text() const { return name.empty(); }
};

// Owns its names and texts; moving it keeps them where they are.
struct Tree {
  std::vector<Node> nodes;  // nodes[0] is the root element; empty: nothing was there
  std::vector<Attribute> attributes;
  std::vector<std::string> warnings;  // what a guard changed: “elements nested deeper than 256 were flattened”
  std::vector<std::vector<char>> memory;  // what the views above look into
  std::string_view document;              // the bytes that were parsed, for whoever asks what stands in them

  // Does a text stand in the document as it is here? A reference may be as long as what it stands for: “&#0” has three bytes, and so has U+FFFD.
  bool is_copy(const Node& node) const {
    return node.raw_end - node.raw_begin == node.text.size() && node.raw_end <= document.size() &&
           node.text == document.substr(node.raw_begin, node.text.size());
  }
  const Node& operator[](NodeId id) const { return nodes[id]; }
  // The attribute's value; empty if it is not there.
  std::string_view attribute(NodeId id, std::string_view attribute_name) const {
    for (uint32_t i = 0; i < nodes[id].attributes; ++i)
      if (attributes[nodes[id].first_attribute + i].name == attribute_name) return attributes[nodes[id].first_attribute + i].value;
    return {};
  }
};

}  // namespace sayso
