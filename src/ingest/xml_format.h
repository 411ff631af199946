// What an XML document is.
#pragma once

#include "markup/tree.h"

namespace sayso {

enum class XmlFormat { feed, newsml, nitf, xhtml, unknown };

// By its root element and that one's namespace.
XmlFormat recognise_xml(const Tree& document);

}  // namespace sayso
