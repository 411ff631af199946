#include "ingest/xml_format.h"

namespace sayso {

XmlFormat recognise_xml(const Tree& document) {
  if (document.nodes.empty()) return XmlFormat::unknown;
  const Node& root = document[0];
  const auto is = [&](std::string_view name) { return root.name == name; };
  if (is("html") || root.space == "http://www.w3.org/1999/xhtml") return XmlFormat::xhtml;
  if (is("nitf")) return XmlFormat::nitf;
  if (root.space.starts_with("http://iptc.org/std/nar/") || is("newsMessage") || is("newsItem") || is("packageItem") || is("NewsML"))
    return XmlFormat::newsml;
  if (is("rss") || is("RDF") || is("feed") || is("channel")) return XmlFormat::feed;
  if ((is("entry") || is("item")) && root.space.find("tom") != std::string_view::npos) return XmlFormat::feed;  // an Atom entry alone
  return XmlFormat::unknown;
}

}  // namespace sayso
