#include "ingest/feed.h"

#include "ingest/drafts_test.h"

namespace sayso {
namespace {

std::vector<Draft> feed(std::string_view document) {
  const Tree tree = xml_of(document);
  CHECK(recognise_xml(tree) == XmlFormat::feed);
  return read_feed(tree, {});
}

TEST_CASE("RSS 2.0: content before description, media, the channel's metadata") {
  const std::string_view document = R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" )"
                                    R"(xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Vestrand Post</title><link>https://post.example/</link><language>en-gb</language>
<item><title>Lock &amp;amp; weir open</title><link>/news/1</link><guid isPermaLink="false">vp-1</guid><dc:creator>Ann Lee</dc:creator>
<pubDate>Tue, 04 Mar 2025 09:30:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>“It is tight,” she&nbsp;said.</p><p>Two.</p>]]></content:encoded>
<media:content url="a.jpg"><media:description>The lock at noon</media:description><media:credit>J. Vik</media:credit></media:content></item>
<item><title>Rain</title><description>&lt;p&gt;He said: &amp;quot;No.&amp;quot;&lt;/p&gt;</description><author>desk@post.example (Bo Ek)</author>
<pubDate>05 Mar 2025 10:00 GMT</pubDate></item>
</channel></rss>)";
  const std::vector<Draft> drafts = feed(document);
  REQUIRE(drafts.size() == 2);
  CHECK(show_blocks(drafts[0]) ==
        "headline: Lock & weir open\nparagraph: “It is tight,” she\u00A0said.\nparagraph: Two.\ncaption: The lock at noon\ncredit: J. Vik");
  CHECK(drafts[0].member == "vp-1");
  CHECK(drafts[0].media_type == "application/rss+xml");
  CHECK(drafts[0].metadata.title == "Lock & weir open");
  CHECK(drafts[0].metadata.authors == std::vector<std::string>{"Ann Lee"});
  CHECK(drafts[0].metadata.published == "2025-03-04T09:30:00+01:00");
  CHECK(drafts[0].metadata.canonical == "https://post.example/news/1");
  CHECK(drafts[0].metadata.publisher == "Vestrand Post");
  CHECK(drafts[0].metadata.language == "en-gb");
  check_places(drafts[0], document, 0.9);
  CHECK(show_blocks(drafts[1]) == "headline: Rain\nparagraph: He said: \"No.\"");
  CHECK(drafts[1].metadata.authors == std::vector<std::string>{"Bo Ek"});
  CHECK(drafts[1].member == "item 2");
}

TEST_CASE("RSS 0.91, 1.0 and without declared prefixes") {
  CHECK(show_blocks(feed("<rss version='0.91'><channel><item><title>A</title><description>B &lt; C</description></item></channel></rss>")[0]) ==
        "headline: A\nparagraph: B < C");
  const std::vector<Draft> rdf = feed(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="x"><title>T</title></channel><item rdf:about="http://a.example/1"><title>A</title><link>http://a.example/1</link>
<dc:date>2025-03-04</dc:date><content:encoded>&lt;p&gt;B&lt;/p&gt;</content:encoded></item></rdf:RDF>)");
  REQUIRE(rdf.size() == 1);
  CHECK(show_blocks(rdf[0]) == "headline: A\nparagraph: B");
  CHECK(rdf[0].member == "http://a.example/1");
  CHECK(rdf[0].metadata.published == "2025-03-04");
  CHECK(rdf[0].metadata.publisher == "T");
}

TEST_CASE("Atom 1.0 and 0.3") {
  const std::string_view document = R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://a.example/">
<title>Feed</title><author><name>Desk</name></author>
<entry><id>urn:1</id><title type="html">One &amp;lt; two</title><link rel="alternate" href="1.html"/><link rel="self" href="s"/>
<published>2025-03-04T08:00:00Z</published><updated>2025-03-04T09:00:00Z</updated><summary>S</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>He said <em>no</em>.</p><blockquote>Never.</blockquote></div></content></entry>
<entry><id>urn:2</id><title>T</title><content type="text">First.

Second &lt;b&gt;.</content><author><name>Ann Lee</name></author></entry>
<entry><id>urn:3</id><title>U</title><summary>Only this.</summary></entry></feed>)";
  const std::vector<Draft> drafts = feed(document);
  REQUIRE(drafts.size() == 3);
  CHECK(show_blocks(drafts[0]) == "headline: One < two\nparagraph: He said no.\nquote: Never.");
  CHECK(drafts[0].member == "urn:1");
  CHECK(drafts[0].metadata.canonical == "https://a.example/1.html");
  CHECK(drafts[0].metadata.published == "2025-03-04T08:00:00Z");
  CHECK(drafts[0].metadata.modified == "2025-03-04T09:00:00Z");
  CHECK(drafts[0].metadata.authors == std::vector<std::string>{"Desk"});
  CHECK(drafts[0].metadata.language == "en");
  check_places(drafts[0], document, 0.8);
  CHECK(show_blocks(drafts[1]) == "headline: T\nparagraph: First.\nparagraph: Second <b>.");
  CHECK(drafts[1].metadata.authors == std::vector<std::string>{"Ann Lee"});
  CHECK(show_blocks(drafts[2]) == "headline: U\nparagraph: Only this.");
  const std::vector<Draft> old = feed(R"(<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A</title><issued>)"
                                      R"(2004-01-02T03:04:05Z</issued>
<content type="text/html" mode="escaped">&lt;p&gt;B&lt;/p&gt;</content></entry>
<entry><title>B</title><content type="text/html" mode="base64">PHA+QzwvcD4=</content></entry></feed>)");
  REQUIRE(old.size() == 2);
  CHECK(show_blocks(old[0]) == "headline: A\nparagraph: B");
  CHECK(old[0].metadata.published == "2004-01-02T03:04:05Z");
  CHECK(show_blocks(old[1]) == "headline: B\nparagraph: C");
}

TEST_CASE("a feed without items is an error") {
  const std::vector<Draft> drafts = feed("<rss><channel><title>T</title></channel></rss>");
  REQUIRE(drafts.size() == 1);
  REQUIRE(drafts[0].error);
  CHECK(drafts[0].error->sentence() == "the feed holds no items. There is nothing to read in it.");
}

// Found by fuzzing.
TEST_CASE("a reference as long as what it stands for is no copy of the input") {
  const std::string document = "<rss><channel><item><title>A &#0amp; b</title></item></channel></rss>";
  const std::vector<Draft> drafts = feed(document);
  REQUIRE(drafts.size() == 1);
  REQUIRE(!drafts[0].article.blocks.empty());
  const ArticleBlock& title = drafts[0].article.blocks[0];
  CHECK(title.text == "A \xEF\xBF\xBD" "amp; b");
  for (const RawRun& run : title.raw) CHECK(title.text.substr(run.begin, run.size) == document.substr(run.raw, run.size));
}

// Found by fuzzing, too: what is taken out of a feed as a page knows the feed's bytes.
TEST_CASE("a reference in markup inside a feed is no copy of the input") {
  const std::string document = "<rss><channel><item><content type=\"xhtml\"><div><p>A &#0amp; b</p></div></content></item></channel></rss>";
  const std::vector<Draft> drafts = feed(document);
  REQUIRE(drafts.size() == 1);
  REQUIRE(drafts[0].article.blocks.size() == 1);
  const ArticleBlock& block = drafts[0].article.blocks[0];
  CHECK(block.text == "A \xEF\xBF\xBD" "amp; b");
  REQUIRE(!block.raw.empty());
  for (const RawRun& run : block.raw) CHECK(block.text.substr(run.begin, run.size) == document.substr(run.raw, run.size));
}

TEST_CASE("JSON Feed") {
  const auto drafts = read_json_feed(R"({"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "language": "en", "authors": [{"name": )"
                                     R"("Desk"}], "items": [
{"id": "1", "url": "https://a.example/1", "title": "A", "content_html": "<p>B<\/p><p>“C”<\/p>", "summary": "S", "date_published": )"
                                     R"("2025-03-04T08:00:00+01:00"},
{"id": 2, "content_text": "D\n\nE", "author": {"name": "Ann Lee"}}]})", {});
  REQUIRE(drafts);
  REQUIRE(drafts->size() == 2);
  CHECK(show_blocks((*drafts)[0]) == "headline: A\nparagraph: B\nparagraph: “C”");
  CHECK((*drafts)[0].metadata.published == "2025-03-04T08:00:00+01:00");
  CHECK((*drafts)[0].metadata.authors == std::vector<std::string>{"Desk"});
  CHECK(show_blocks((*drafts)[1]) == "paragraph: D\nparagraph: E");
  CHECK((*drafts)[1].member == "2");
  CHECK((*drafts)[1].metadata.authors == std::vector<std::string>{"Ann Lee"});
  CHECK(!read_json_feed(R"({"items": []})", {}));
}

}  // namespace
}  // namespace sayso
