#include "markup/html.h"

#include <doctest/doctest.h>

#include <ctime>

#include "markup/entities.h"

namespace sayso {
namespace {

using namespace std::string_literals;

Tree parse(std::string_view page, const Limits& limits = {}) {
  Result<Tree> tree = parse_html(page, limits);
  REQUIRE_MESSAGE(tree.ok(), tree.error().sentence());
  return std::move(*tree);
}

// The tree on one line: (name attribute=value … "text" …).
void print(const Tree& tree, NodeId id, std::string& out) {
  const Node& node = tree[id];
  if (node.is_text()) {
    out += '"' + std::string(node.text) + '"';
    return;
  }
  out += '(' + std::string(node.name);
  for (uint32_t i = 0; i < node.attributes; ++i) {
    const Attribute& attribute = tree.attributes[node.first_attribute + i];
    out += ' ' + std::string(attribute.name) + '=' + std::string(attribute.value);
  }
  for (NodeId child = node.first_child; child != no_node; child = tree[child].next_sibling) {
    out += ' ';
    print(tree, child, out);
  }
  out += ')';
}

std::string print(const Tree& tree) {
  std::string out;
  if (!tree.nodes.empty()) print(tree, 0, out);
  return out;
}

std::string body_of(std::string_view page) {
  const Tree tree = parse(page);
  std::string out;
  for (NodeId id = 0; id < tree.nodes.size(); ++id)
    if (tree[id].name == "body")
      for (NodeId child = tree[id].first_child; child != no_node; child = tree[child].next_sibling) {
        if (!out.empty()) out += ' ';
        print(tree, child, out);
      }
  return out;
}

std::string text_of(const Tree& tree) {
  std::string text;
  for (const Node& node : tree.nodes) text += node.text;
  return text;
}

TEST_CASE("elements, attributes and texts, in order") {
  CHECK(print(parse("<!DOCTYPE html><html lang=en><head><title>A &amp; B</title></head>"
                    "<body><P Class='x y' hidden>Rain <b>falls</b>.</P></body></html>")) ==
        "(html lang=en (head (title \"A \" \"&\" \" B\")) (body (p class=x y hidden= \"Rain \" (b \"falls\") \".\")))");
}

TEST_CASE("what a page leaves out is put in, and what it leaves open is closed") {
  CHECK(body_of("<p>One<p>Two<div>Three") == "(p \"One\") (p \"Two\") (div \"Three\")");
  CHECK(body_of("<ul><li>a<li>b</ul>c") == "(ul (li \"a\") (li \"b\")) \"c\"");
  CHECK(body_of("<body>a<br>b<br/>c<img src=x>d") == "\"a\" (br) \"b\" (br) \"c\" (img src=x) \"d\"");
  CHECK(body_of("<body><b>x</i></b></p>y") == "(b \"x\") \"y\"");
  CHECK(parse("").nodes.empty());
  CHECK(print(parse(" \n")) == "");
  CHECK(print(parse("x")) == "(html (body (p \"x\")))");
}

TEST_CASE("elements of HTML5 and of one's own") {
  CHECK(body_of("<body><main><article><section><h2>x</h2></section></article></main><my-box on>y</my-box>") ==
        "(main (article (section (h2 \"x\")))) (my-box on= \"y\")");
}

TEST_CASE("script, style, template and noscript hold their text as it stands") {
  CHECK(body_of("<body><script type=application/ld+json>{\"a\": \"<p>&amp;</p>\"}</script>x") ==
        "(script type=application/ld+json \"{\"a\": \"<p>&amp;</p>\"}\") \"x\"");
  CHECK(body_of("<body><template><p>a<template>b</template></p></template><noscript><img src=x></noscript><p>y") ==
        "(template \"<p>a<template>b</template></p>\") (noscript \"<img src=x>\") (p \"y\")");
  CHECK(body_of("<body><div><script src=x />a</script>b</div>") == "(div (script src=x \"a\") \"b\")");
  CHECK(body_of("<body><textarea>a<p>b</textarea>") == "(textarea \"a<p>b\")");
  CHECK(body_of("<body><script>a<p>b") == "(script \"a<p>b\")");
}

TEST_CASE("what holds nothing, or hides its inside and is never closed, has nothing inside") {
  CHECK(body_of("<body><p>a<EMBED src='&amp;x'>b<wbr>c<video><source src=x>d</video>e") ==
        "(p \"a\" (embed src=&x) \"b\" (wbr) \"c\" (video (source src=x) \"d\") \"e\")");
  for (const std::string name : {"iframe", "noembed", "noframes", "noscript", "template", "xmp", "textarea", "title"}) {
    CAPTURE(name);
    CHECK(body_of("<body><div>a<" + name + " id=1>b<p>c</p></div>d") == "(div \"a\" (" + name + " id=1) \"b\" (p \"c\")) \"d\"");
    CHECK(body_of("<body><div>a<" + name + ">b<i>c</i></" + name + ">d</div>").find("(i ") == std::string::npos);
  }
  // Where it begins and ends in the bytes.
  const std::string page = "<p>a<embed src=x>b";
  const Tree tree = parse(page);
  for (const Node& node : tree.nodes)
    if (node.name == "embed") CHECK(page.substr(node.raw_begin, node.raw_end - node.raw_begin) == "<embed src=x>");
}

TEST_CASE("comments, conditional comments, processing instructions") {
  CHECK(body_of("<body><div>a<!-- <p>no</p> -->b<!--[if IE]>no<![endif]-->c<![if !IE]>d<![endif]>e<?php no ?>f<!-->g<!--->h"
                "<!-- no --!>i</ >j</div>") ==
        "(div \"a\" \"b\" \"c\" \"d\" \"e\" \"f\" \"g\" \"h\" \"i\" \"j\")");
}

TEST_CASE("a “<” that begins nothing is text") {
  CHECK(body_of("<body><p>1 < 2 and <3, a<") == "(p \"1 < 2 and <3, a<\")");
  CHECK(body_of("<body><p>x<b unclosed") == "(p \"x<b unclosed\")");
  CHECK(body_of("<body><p>x<a href=\"y>z</a></p>w") == "(p \"x\" (a href=y \"z\")) \"w\"");
}

TEST_CASE("references, also those of HTML5 and without their semicolon") {
  CHECK(body_of("<body><p>&ldquo;Tom&apos;s&rdquo;&hellip;&#8220;&#x201C;&#150;&AMP;&amp") ==
        "(p \"“\" \"Tom\" \"'\" \"s\" \"”\" \"…\" \"“\" \"“\" \"–\" \"&\" \"&\")");
  CHECK(body_of("<body><p>&notit; &nosuch; &; &#; &#xD800;&#0;&#x110000;&lbrace;") ==
        "(p \"¬\" \"it; &nosuch; &; &#; \" \"\xEF\xBF\xBD\" \"\xEF\xBF\xBD\" \"\xEF\xBF\xBD\" \"{\")");
  CHECK(body_of("<body><a href='?a=1&copy=2&amp;b&lt;&quot;é' title=&uuml;>x</a>") == "(a href=?a=1&copy=2&b<\"é title=ü \"x\")");
  CHECK(resolve_references("a &amp;amp; b &eacute") == "a &amp; b é");
}

TEST_CASE("every text says where it stands, and is a copy of these bytes unless a reference was resolved") {
  const std::string page = "<p>Él <b>said</b> &eacute;t\xC3\xA9<br>\r\n x <!--c--> y\x01z</p><div>\xE2\x80\x9CRain.\xE2\x80\x9D</div>";
  const Tree tree = parse(page);
  std::string all;
  size_t at = 0;
  for (const Node& node : tree.nodes) {
    const std::string raw = page.substr(node.raw_begin, node.raw_end - node.raw_begin);
    if (node.is_text()) {
      CHECK(node.raw_begin >= at);
      at = node.raw_end;
      CHECK((raw == node.text || raw == "&eacute;"));
      all += node.text;
    }
    if (node.name == "b") CHECK(raw == "<b>said</b>");
    if (node.name == "br") CHECK(raw == "<br>");
    if (node.name == "div") CHECK(raw == "<div>“Rain.”</div>");
    if (node.name == "p") CHECK(raw == page.substr(0, page.find("<div>")));
  }
  CHECK(all == "Él said été\r\n x  y\x01z“Rain.”");
}

TEST_CASE("NUL, and what is no UTF-8, does not end the page") {
  const std::string page = "<p>a\0b</p>\0<p title='\xFF\0x'>\xFF\xC3</p>c"s;
  CHECK(text_of(parse(page)) == "a\0b\0\xFF\xC3" "c"s);
}

TEST_CASE("names without end are one name each; control characters divide nothing") {
  const Tree tree = parse("<p " + std::string(100'000, 'a') + "=1 b\x01=2 c\f=3>x<" + std::string(1000, 'q') + ">y");
  CHECK(tree.attributes.size() <= 3);
  CHECK(text_of(tree) == "xy");
}

TEST_CASE("deep elements are flattened: their text stays, with a warning") {
  std::string page;
  for (int i = 0; i < 1000; ++i) page += "<div>" + std::to_string(i) + " ";
  for (int i = 0; i < 1000; ++i) page += "</div>";
  page += "<p>after</p>";
  const Tree tree = parse(page);
  size_t deepest = 0;
  for (NodeId id = 0; id < tree.nodes.size(); ++id) {
    size_t depth = 0;
    for (NodeId up = id; up != no_node; up = tree[up].parent) ++depth;
    deepest = std::max(deepest, depth);
  }
  CHECK(deepest <= 258);
  CHECK(text_of(tree).find("998 999 ") != std::string::npos);
  CHECK(tree.warnings == std::vector<std::string>{"elements nested deeper than 256 were flattened"});
  // What comes after the deep part stands where it belongs.
  const Node& last = tree.nodes[tree.nodes.size() - 2];
  CHECK(last.name == "p");
  CHECK(tree[last.parent].name == "body");
}

TEST_CASE("paragraphs that are too deep stay apart, and words do not fall apart") {
  std::string page;
  for (int i = 0; i < 300; ++i) page += "<div>";
  page += "<p>It is <b>cl</b>osed.</p><p></p><p>“We are sorry,” she said.</p>";
  for (int i = 0; i < 300; ++i) page += "</div>";
  const Tree tree = parse(page);
  std::string seen;
  for (NodeId id = 257; id < tree.nodes.size(); ++id) {
    if (tree[id].is_text()) seen += tree[id].text;
    else seen.append("<").append(tree[id].name).append(">");
  }
  CHECK(seen == "<p>It is <b>cl<b>osed.<p>“We are sorry,” she said.<p><div>");
}

TEST_CASE("too many attributes are dropped, with a warning; too many nodes are an error") {
  std::string page = "<p ";
  for (int i = 0; i < 1000; ++i) page += std::string("a").append(std::to_string(i)) + "=1 ";
  const Tree tree = parse(page + ">said</p>");
  CHECK(tree.attributes.size() == 256);
  CHECK(text_of(tree) == "said");
  CHECK(tree.warnings == std::vector<std::string>{"attributes beyond 256 of one element were dropped"});

  Limits few;
  few.nodes = 10;
  const Result<Tree> full = parse_html("<p a b c d e f><p g h i j k l>said", few);
  REQUIRE(full.ok());
  CHECK(full->attributes.size() == 10);
  CHECK(full->warnings == std::vector<std::string>{"attributes beyond 10 of the page were dropped"});
  const Result<Tree> many = parse_html("<p>1<p>2<p>3<p>4<p>5<p>6", few);
  REQUIRE(!many.ok());
  CHECK(many.error().sentence() == "the page has more than 10 elements and texts. Set --limit nodes=N to read it.");
}

TEST_CASE("time is linear in hostile pages, and their text stays") {
  const std::string families[] = {"<div>", "<b>", "<table><tr><td>", "<blockquote><q>", "<a><b><i></a>", "<font size=3>", "</b>", "<p><b></i>",
                                  "<!--", "<!", "<script", "</script ", "<title>", "<template>", "&NotEqualTilde;&#x110000;&amp", "<a b='", "<a \"'",
                                  "<p a=1 ", "<svg><title>", "<select><option>", "<li>", "<html a=1>", "<body b=2>", "<x1><y2></x1>", "<div></b>",
                                  "<dt><dd></dl>", "<form><form>", "<![CDATA[", "<?", "</", "<a/", "<p/>", "<textarea>", "<noscript>", "<wbr></i>",
                                  "<iframe></b>", "&", "&#", "<head>", "<frameset>", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
  for (const std::string& family : families) {
    CAPTURE(family);
    const auto seconds = [&](size_t bytes) {
      std::string page;
      while (page.size() < bytes) page += family;
      page += "<p>said";
      const std::clock_t begin = std::clock();  // processor time: other work on the machine does not count
      const Tree tree = parse(page);
      const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
      if (family != "<!--" && family != "<script") CHECK(text_of(tree).find("said") != std::string::npos);
      return took;
    };
    const double once = seconds(200'000), twice = seconds(800'000);
    CHECK((twice < 12 * once || twice < 0.2));  // wide; bench/speed/hostile.py measures
  }
}

}  // namespace
}  // namespace sayso
