#include "ingest/nitf.h"

#include "ingest/drafts_test.h"

namespace sayso {
namespace {

TEST_CASE("NITF: headlines, byline, dateline, body, captions") {
  const std::string_view document = R"(<nitf><head><title>T</title><docdata><doc-id id-string="nca-1"/><date.issue norm="20250304T080000Z"/>)"
                                    R"(<doc.copyright holder="NCA"/></docdata></head>
<body><body.head><hedline><hl1>Lock opens</hl1><hl2>After a year</hl2></hedline><byline>By <person>Ann Lee</person></byline>
<distributor>North Coast Agency</distributor><dateline><location>VESTRAND</location>, March 4</dateline></body.head>
<body.content><block><p>“It is tight,” she said.</p><media media-type="image"><media-reference source="a.jpg"/><media-caption>The )"
                                    R"(lock</media-caption></media>
<bq><block><p>Never again.</p></block></bq><hl2>Later</hl2><ul><li>One</li></ul></block></body.content>
<body.end><tagline>Edited by Bo Ek</tagline></body.end></body></nitf>)";
  const Tree tree = xml_of(document);
  CHECK(recognise_xml(tree) == XmlFormat::nitf);
  const Draft draft = read_nitf(tree);
  CHECK(show_blocks(draft) ==
        "headline: Lock opens\nheading: After a year\nbyline: By Ann Lee\nparagraph: VESTRAND, March 4\nparagraph: “It is tight,” she said.\n"
                              "caption: The lock\nquote: Never again.\nheading: Later\nlist: One\ncredit: Edited by Bo Ek");
  CHECK(draft.member == "nca-1");
  CHECK(draft.metadata.title == "Lock opens");
  CHECK(draft.metadata.authors == std::vector<std::string>{"Ann Lee"});
  CHECK(draft.metadata.published == "2025-03-04T08:00:00Z");
  CHECK(draft.metadata.publisher == "NCA");
  CHECK(draft.metadata.agency == "North Coast Agency");
  check_places(draft, document, 0.9);
}

}  // namespace
}  // namespace sayso
