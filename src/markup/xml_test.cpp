#include "markup/xml.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <ctime>

#include "markup/xml_compare.h"

namespace sayso {
namespace {

Tree tree_of(std::string_view document, const Limits& limits = {}) {
  Result<Tree> tree = parse_xml(document, limits);
  REQUIRE_MESSAGE(tree.ok(), tree.error().sentence());
  return std::move(*tree);
}

// As one line: "<a x=1>text[text]</a>", a text in brackets where it is no copy of the document.
std::string show(const Tree& tree, std::string_view document, NodeId id = 0) {
  const Node& node = tree[id];
  if (node.is_text()) {
    const bool copy = document.substr(node.raw_begin, node.raw_end - node.raw_begin) == node.text;
    return std::string(copy ? "" : "[").append(node.text).append(copy ? "" : "]");
  }
  std::string out = "<";
  out += node.name;
  for (uint32_t i = 0; i < node.attributes; ++i) {
    const Attribute& attribute = tree.attributes[node.first_attribute + i];
    out += " " + std::string(attribute.name) + "=" + std::string(attribute.value);
  }
  out += ">";
  for (NodeId child = node.first_child; child != no_node; child = tree[child].next_sibling) {
    CHECK(tree[child].parent == id);
    out += show(tree, document, child);
  }
  return out + "</" + std::string(node.name) + ">";
}

std::string shown(std::string_view document, const Limits& limits = {}) { return show(tree_of(document, limits), document); }

std::string warned(std::string_view document, const Limits& limits = {}) {
  const Tree tree = tree_of(document, limits);
  return tree.warnings.empty() ? "" : tree.warnings[0];
}

std::string repeat(std::string_view what, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += what;
  return out;
}

TEST_CASE("elements, attributes and texts with their places") {
  const std::string_view document = "<?xml version='1.0'?><!-- 1 --><a x=\"1\" y='2'>t<b/>u<![CDATA[<v>]]></a>\n";
  const Tree tree = tree_of(document);
  CHECK(show(tree, document) == "<a x=1 y=2>t<b></b>u<v></a>");
  CHECK(tree.warnings.empty());
  CHECK(tree.attribute(0, "y") == "2");
  CHECK(tree[0].end == tree.nodes.size());
  CHECK(document.substr(tree[2].raw_begin, tree[2].raw_end - tree[2].raw_begin) == "<b/>");
  CHECK(document.substr(tree[0].raw_begin, tree[0].raw_end - tree[0].raw_begin) == "<a x=\"1\" y='2'>t<b/>u<![CDATA[<v>]]></a>");
}

TEST_CASE("references are texts of their own") {
  CHECK(shown("<a>1 &lt; 2 &#x41;&#66;&amp; c</a>") == "<a>1 [<] 2 [AB&] c</a>");
  CHECK(shown("<a x='1 &lt; 2 &quot;'/>") == "<a x=1 < 2 \"></a>");
  CHECK(shown("<a>it&#146;s &#0;&#xD800;&#99999999999;</a>") == "<a>it[’]s [\uFFFD\uFFFD\uFFFD]</a>");
}

TEST_CASE("namespaces") {
  const Tree tree = tree_of("<r xmlns='urn:1' xmlns:p='urn:2'><p:a/><b xmlns='urn:3'><c/></b><b/><q:d/><e xmlns=''/></r>");
  REQUIRE(tree.nodes.size() == 7);
  const std::pair<std::string_view, std::string_view> expected[] = {{"r", "urn:1"}, {"a", "urn:2"}, {"b", "urn:3"}, {"c", "urn:3"},
                                                                  {"b", "urn:1"}, {"d", "q"},     {"e", ""}};
  for (NodeId i = 0; i < 7; ++i) {
    CHECK(tree[i].name == expected[i].first);
    CHECK(tree[i].space == expected[i].second);
  }
  REQUIRE(tree.warnings.size() == 1);
  CHECK(tree.warnings[0] == "ill-formed XML was read as far as it could be understood: a prefix is not declared at byte 68");
}

TEST_CASE("ill-formed documents are read as far as they can be understood") {
  CHECK(shown("<a>AT&T &nbsp;&eacute;&what; x<y 2 < 3</a>") == "<a>AT&T [\u00A0é]&what; x<y 2 < 3</a>");
  CHECK(shown("<a>2 < 3 & 4</a>") == "<a>2 < 3 & 4</a>");
  CHECK(shown("<a href='?a=1&b=2'/>") == "<a href=?a=1&b=2></a>");
  CHECK(shown("<a><b>1</a>") == "<a><b>1</b></a>");
  CHECK(shown("<a><b>1<c>2</b>3</a>") == "<a><b>1<c>2</c></b>3</a>");
  CHECK(shown("<a>1</b>2</c></a>") == "<a>12</a>");
  CHECK(shown("<a>1") == "<a>1</a>");
  CHECK(shown("<a><b x='1") == "<a><b x=1></b></a>");
  CHECK(shown("<a><![CDATA[1") == "<a>1</a>");
  CHECK(shown("<a><!-- 1 > 2</a>") == "<a> 2</a>");
  CHECK(shown("<a x=1 y z='2' \"><b/></a>") == "<a x=1 y= z=2><b></b></a>");
  CHECK(shown("<a>1</a><b>2</b>") == "<a>1<b>2</b></a>");
  CHECK(shown("junk <a>1</a> junk") == "<a>1</a>");
  CHECK(shown("\xEF\xBB\xBF\n <?xml version='1.0'?><a/>") == "<a></a>");
  CHECK(shown("<!DOCTYPE a [ <a>1</a>") == "<a>1</a>");
  CHECK(warned("<a>1 & 2 & 3</a>") == "ill-formed XML was read as far as it could be understood: “&” begins no reference at byte 5, and 1 more");
  const Result<Tree> nothing = parse_xml("no element & nothing", {});
  REQUIRE(!nothing.ok());
  CHECK(nothing.error().kind == ErrorKind::corrupt);
  CHECK(nothing.error().sentence() == "this is no XML: there is no element in it. Check that the file is what its name says.");
}

TEST_CASE("internal entities are expanded, external ones are not loaded") {
  CHECK(shown("<!DOCTYPE a [<!ENTITY x 'one &#38; <b>two</b>'><!ENTITY y '&x;!'>]><a>&y;</a>") == "<a>[one ][&][ ]<b>[two]</b>[!]</a>");
  CHECK(shown("<!DOCTYPE a SYSTEM 'file:///nowhere' [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>1&x;2</a>") == "<a>12</a>");
  CHECK(warned("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>1&x;2</a>") == "external entities were not loaded");
  CHECK(shown("<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p; <!ELEMENT a ANY><!-- ] --><!ENTITY x 'y'>]><a>&x;</a>") == "<a>[y]</a>");
  CHECK(shown("<!DOCTYPE a [<!ENTITY x '&x;'>]><a>1&x;</a>") == "<a>1</a>");
}

TEST_CASE("entities that expand beyond the limit are an error") {
  std::string bomb = "<!DOCTYPE a [<!ENTITY l0 ''>";
  for (int i = 1; i < 10; ++i) bomb += "<!ENTITY l" + std::to_string(i) + " '" + repeat("&l" + std::to_string(i - 1) + ";", 10) + "'>";
  for (const std::string& end : {std::string("]><a>&l9;</a>"), std::string("]><a x='&l9;'/>")}) {
    const Result<Tree> tree = parse_xml(bomb + end, {});
    REQUIRE(!tree.ok());
    CHECK(tree.error().kind == ErrorKind::bad_input);
    CHECK(tree.error().sentence() == "the entities of the XML document expand to more than 1048576 bytes. "
                                     "If it is not made to do harm, raise the limit with --limit entity-bytes=N.");
  }
}

TEST_CASE("limits: depth, attributes, nodes") {
  Limits limits;
  limits.depth = 3;
  limits.attributes = 2;
  CHECK(shown("<a>1<b>2<c>3<d>4<e>5</e>6</d>7</c>8</b>9</a>", limits) == "<a>1<b>2<c>34567</c>8</b>9</a>");
  CHECK(warned("<a><b><c><d/></c></b></a>", limits) == "elements nested deeper than 3 were flattened");
  CHECK(shown("<a x='1' y='2' z='3'/>", limits) == "<a x=1 y=2></a>");
  CHECK(warned("<a x='1' y='2' z='3'/>", limits) == "attributes beyond 2 of one element were dropped");
  limits.nodes = 3;
  CHECK(warned("<a x='1' y='2'><b x='1' y='2'/></a>", limits) == "attributes beyond 3 of the document were dropped");
  const Result<Tree> tree = parse_xml("<a><b/><b/><b/></a>", limits);
  REQUIRE(!tree.ok());
  CHECK(tree.error().sentence() == "the XML document has more than 3 elements and texts. Split it, or raise the limit with --limit nodes=N.");
  limits.depth = 1;  // those that are flattened count too: each has a place while it is open
  CHECK(!parse_xml("<a><b><c><d>deep</d></c></b></a>", limits).ok());
}

TEST_CASE("hostile shapes take linear time") {
  const size_t n = 200'000;
  Limits limits;
  for (const std::string& document :
       {repeat("<a>", n), repeat("<a>", n) + repeat("</b>", n), repeat("<a>", n) + repeat("</a>", n), repeat("<a b='", n), repeat("<a b=\"'", n),
        repeat("<!--", n), "<a>" + repeat("<!--", n), "<a>" + repeat("<![CDATA[", n), "<a>" + repeat("<?", n), "<a>" + repeat("&", n),
        "<a>" + repeat("&lt;", n), "<a " + repeat("b='1' ", n), "<a " + repeat("'", n), repeat("<!DOCTYPE a [", n), "<!DOCTYPE a [" +
        repeat("<!ENTITY x '", n), repeat("<a xmlns:b='c'><b:a/>", n / 4), "<a>" + repeat("&#", n), "<a>&" + repeat("x", n), "<a>" +
        repeat("<b", n), "<a/>" + repeat("<b/>", n), repeat("<a><b></a>", n), repeat("<a></a></a>", n)}) {
    const std::clock_t begin = std::clock();  // processor time: other work on the machine does not count
    const Result<Tree> tree = parse_xml(document, limits);
    CHECK_MESSAGE(std::clock() - begin < 5 * CLOCKS_PER_SEC, document.substr(0, 40));
  }
}

TEST_CASE("well-formed documents are read as libxml2 reads them") {
  for (const std::string_view document :
       {"<a/>", "<a>1<b x='&lt;\n2'>3</b>&#x2014;<!-- 4 --><?p 5?>&amp;6</a>",
        "<p:a xmlns:p='urn:1' p:x='1'><b xmlns='urn:2'/><![CDATA[]]]]><![CDATA[>]]></p:a>",
        "<a>\r\n1\r2</a>", "<é ü='ö'>ä</é>"}) {
    const std::optional<std::string> reference = flatten_by_libxml2(document);
    REQUIRE(reference);
    CHECK(flatten(tree_of(document)) == *reference);
  }
  CHECK(!flatten_by_libxml2("<a>"));
}

}  // namespace
}  // namespace sayso
