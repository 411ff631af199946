// For tests and fuzzers: a Tree and what libxml2 makes of the same document, in one form that can be compared.
#pragma once

#include <libxml/parser.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markup/tree.h"

namespace sayso {

// With the line ends and the white space in attributes that XML prescribes; namespace declarations left out, attributes sorted.
struct FlatXml {
  std::string out, text;

  void flush() {
    if (!text.empty()) out += "=" + with_line_ends(text) + "\n";
    text.clear();
  }
  void open(std::string_view name, std::string_view space, std::vector<std::pair<std::string, std::string>> attributes) {
    flush();
    out += "<" + std::string(name) + " {" + std::string(space) + "}";
    std::sort(attributes.begin(), attributes.end());
    for (auto& [key, value] : attributes) {
      for (char& c : value)
        if (c == '\t' || c == '\n' || c == '\r') c = ' ';
      out += " " + key + "=" + value;
    }
    out += "\n";
  }
  void close() { flush(); out += ">\n"; }

  static std::string with_line_ends(std::string_view text) {
    std::string line_ends;
    for (size_t i = 0; i < text.size(); ++i)
      if (text[i] != '\r')
        line_ends += text[i];
      else if (i + 1 == text.size() || text[i + 1] != '\n')
        line_ends += '\n';
    return line_ends;
  }
};

inline std::string flatten(const Tree& tree) {
  FlatXml flat;
  std::vector<NodeId> ends;
  for (NodeId id = 0; id < tree.nodes.size(); ++id) {
    while (!ends.empty() && ends.back() <= id) flat.close(), ends.pop_back();
    const Node& node = tree[id];
    if (node.is_text()) {
      flat.text += node.text;
      continue;
    }
    std::vector<std::pair<std::string, std::string>> attributes;
    for (uint32_t i = 0; i < node.attributes; ++i) {
      const Attribute& attribute = tree.attributes[node.first_attribute + i];
      if (attribute.name != "xmlns" && !attribute.name.starts_with("xmlns:"))
        attributes.emplace_back(attribute.name, FlatXml::with_line_ends(attribute.value));
    }
    flat.open(node.name, node.space, std::move(attributes));
    ends.push_back(node.end);
  }
  for (size_t i = 0; i < ends.size(); ++i) flat.close();
  return flat.out;
}

// Nothing when libxml2 finds the document ill-formed or unusual (a document type, a relative namespace), or knows it only with a warning.
inline std::optional<std::string> flatten_by_libxml2(std::string_view document) {
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> context(xmlNewParserCtxt(), xmlFreeParserCtxt);
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> doc(
      xmlCtxtReadMemory(context.get(), document.data(), static_cast<int>(document.size()), nullptr, "UTF-8",
                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC),
      xmlFreeDoc);
  if (!doc || !context->wellFormed || !context->nsWellFormed || context->errNo != 0 || doc->intSubset) return std::nullopt;
  const auto view = [](const xmlChar* text) { return text ? std::string(reinterpret_cast<const char*>(text)) : std::string(); };
  FlatXml flat;
  const xmlNode* node = xmlDocGetRootElement(doc.get());
  size_t depth = 0;
  while (node) {
    if (node->type == XML_ELEMENT_NODE) {
      std::vector<std::pair<std::string, std::string>> attributes;
      for (const xmlAttr* attribute = node->properties; attribute; attribute = attribute->next) {
        xmlChar* value = xmlNodeListGetString(doc.get(), attribute->children, 1);
        attributes.emplace_back((attribute->ns && attribute->ns->prefix ? view(attribute->ns->prefix) + ":" : "") + view(attribute->name),
                                view(value));
        xmlFree(value);
      }
      flat.open(view(node->name), node->ns ? view(node->ns->href) : "", std::move(attributes));
      if (node->children) {
        ++depth;
        node = node->children;
        continue;
      }
      flat.close();
    } else if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
      flat.text += view(node->content);
    }
    while (depth > 0 && !node->next) {
      node = node->parent;
      --depth;
      flat.close();
    }
    node = depth > 0 ? node->next : nullptr;
  }
  return flat.out;
}

}  // namespace sayso
