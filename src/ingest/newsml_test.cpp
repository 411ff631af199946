#include "ingest/newsml.h"

#include "ingest/drafts_test.h"

namespace sayso {
namespace {

std::vector<Draft> newsml(std::string_view document) {
  const Tree tree = xml_of(document);
  CHECK(recognise_xml(tree) == XmlFormat::newsml);
  return read_newsml(tree, {});
}

constexpr std::string_view message = R"(<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<packageItem guid="p"><contentMeta><headline>Package</headline></contentMeta></packageItem>
<newsItem guid="tag:nca.example,2025:1" xml:lang="en">
<hopHistory><hop seq="2" timestamp="2025-03-04T09:00:00Z"><party qcode="org:post"><name>Vestrand Post</name></party><action qcode="act:edit"/></hop>
<hop seq="1"><party literal="NCA"/></hop></hopHistory>
<itemMeta><provider><name>North Coast Agency</name></provider><versionCreated>2025-03-04T10:00:00Z</versionCreated><firstCreated>)"
                                     R"(2025-03-04T08:00:00Z</firstCreated></itemMeta>
<contentMeta><infoSource role="r:source" literal="Harbour office"/><creator><name>Ann Lee</name></creator><headline>Lock opens</headline>
<by>By Ann Lee</by><creditline>NCA</creditline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>“It is tight,” she said.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="2"><contentMeta><headline>Plain</headline></contentMeta><contentSet><inlineData contenttype="text/plain">One.

Two.</inlineData></contentSet></newsItem>
<newsItem guid="3"><contentSet><inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Inner</hl1></hedline>)"
                                     R"(</body.head>
<body.content><p>Three.</p></body.content></body></nitf></inlineXML></contentSet></newsItem></itemSet></newsMessage>)";

TEST_CASE("NewsML-G2: items of a message, their envelope and their provenance") {
  const std::vector<Draft> drafts = newsml(message);
  REQUIRE(drafts.size() == 3);
  CHECK(drafts[0].member == "tag:nca.example,2025:1");
  CHECK(show_blocks(drafts[0]) == "headline: Lock opens\nbyline: By Ann Lee\nparagraph: “It is tight,” she said.\ncredit: NCA");
  CHECK(drafts[0].metadata.publisher == "North Coast Agency");
  CHECK(drafts[0].metadata.agency == "NCA");
  CHECK(drafts[0].metadata.authors == std::vector<std::string>{"Ann Lee"});
  CHECK(drafts[0].metadata.published == "2025-03-04T08:00:00Z");
  CHECK(drafts[0].metadata.modified == "2025-03-04T10:00:00Z");
  CHECK(extra_of(drafts[0], "hop_history") ==
        R"([{"party": {"literal": "NCA", "name": "NCA"}}, {"timestamp": "2025-03-04T09:00:00Z", "party": {"qcode": "org:post", "name": "Vestrand )"
        R"(Post"}, "actions": [{"qcode": "act:edit"}]}])");
  REQUIRE(drafts[0].hops.size() == 3);
  CHECK((drafts[0].hops[0].name == "Harbour office" && drafts[0].hops[0].origin));
  CHECK((drafts[0].hops[1].name == "NCA" && !drafts[0].hops[1].origin));
  CHECK((drafts[0].hops[2].name == "Vestrand Post" && drafts[0].hops[2].code == "org:post" && drafts[0].hops[2].end == SIZE_MAX));
  CHECK(extra_of(drafts[0], "info_source") == R"([{"literal": "Harbour office", "role": "r:source", "name": "Harbour office"}])");
  check_places(drafts[0], message, 0.9);
  CHECK(show_blocks(drafts[1]) == "headline: Plain\nparagraph: One.\nparagraph: Two.");
  CHECK(show_blocks(drafts[2]) == "headline: Inner\nparagraph: Three.");
}

TEST_CASE("a package alone, and NewsML 1") {
  const std::vector<Draft> package = newsml(R"(<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="p"><contentMeta><headline>)"
                                            R"(Package</headline></contentMeta>
<groupSet><group><itemRef><title>First</title><description>What it is.</description></itemRef></group></groupSet></packageItem>)");
  REQUIRE(package.size() == 1);
  CHECK(show_blocks(package[0]) == "headline: Package\nheading: First\nparagraph: What it is.");
  const std::vector<Draft> first = newsml(R"(<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:x</PublicIdentifier>)"
                                          R"(</NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20250304T080000+0100</FirstCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Lock</HeadLine><ByLine>Ann Lee</ByLine></NewsLines><ContentItem><DataContent><p>One.</p></DataContent>)"
                                          R"(</ContentItem></NewsComponent>
</NewsItem></NewsML>)");
  REQUIRE(first.size() == 1);
  CHECK(show_blocks(first[0]) == "headline: Lock\nbyline: Ann Lee\nparagraph: One.");
  CHECK(first[0].member == "urn:x");
  CHECK(first[0].metadata.published == "2025-03-04T08:00:00+01:00");
}

}  // namespace
}  // namespace sayso
