#include "ingest/ninjs.h"

#include "ingest/drafts_test.h"
#include "ingest/json_document.h"

namespace sayso {
namespace {

TEST_CASE("ninjs 1: names with endings, associations by name") {
  const std::vector<Draft> drafts = read_json_documents(R"({"uri": "urn:nca:1", "type": "text", "versioncreated": "2025-03-04T09:00:00Z", )"
                                                        R"("headline": "Lock opens", "byline": "By Ann Lee",
"language": "en", "body_text": "Not this.", "body_xhtml": "<p>“It is tight,” she said.<\/p>", "located": "Vestrand", "creditline": "NCA", )"
                                                        R"("infosource": [{"name": "Harbour office"}],
"associations": {"main": {"type": "picture", "uri": "urn:p", "description_caption": "The lock"}, "more": {"type": "text", "uri": "urn:nca:2", )"
                                                        R"("body_text": "Two."}}})", {});
  REQUIRE(drafts.size() == 2);
  CHECK(show_blocks(drafts[0]) == "headline: Lock opens\nbyline: By Ann Lee\nparagraph: “It is tight,” she said.\ncaption: The lock\ncredit: NCA");
  CHECK(drafts[0].media_type == "application/ninjs+json");
  CHECK(drafts[0].member == "urn:nca:1");
  CHECK(drafts[0].metadata.authors == std::vector<std::string>{"Ann Lee"});
  CHECK(drafts[0].metadata.published == "2025-03-04T09:00:00Z");
  CHECK(drafts[0].metadata.agency == "NCA");
  CHECK(extra_of(drafts[0], "located") == "\"Vestrand\"");
  CHECK(extra_of(drafts[0], "info_source") == R"([{"name": "Harbour office"}])");
  CHECK(show_blocks(drafts[1]) == "paragraph: Two.");
  CHECK(drafts[1].member == "urn:nca:2");
}

TEST_CASE("ninjs 2 and 3: lists with roles") {
  const std::vector<Draft> drafts = read_json_documents(R"([{"uri": "urn:1", "standard": {"name": "ninjs", "version": "3.0"}, "firstcreated": )"
                                                        R"("2025-03-04T08:00:00Z",
"headlines": [{"role": "short", "value": "Lock"}, {"role": "main", "value": "Lock opens"}], "by": "Ann Lee",
"bodies": [{"contenttype": "text/plain", "value": "Not this."}, {"contenttype": "text/html", "value": "<p>One.</p>"}],
"associations": [{"name": "photo", "type": "picture", "descriptions": [{"role": "caption", "value": "The lock"}]}], "infosources": [{"name": )"
                                                        R"("A"}]}])", {});
  REQUIRE(drafts.size() == 1);
  CHECK(show_blocks(drafts[0]) == "headline: Lock opens\nbyline: Ann Lee\nparagraph: One.\ncaption: The lock");
  CHECK(extra_of(drafts[0], "info_source") == R"([{"name": "A"}])");
  CHECK(extra_of(drafts[0], "headlines") == "");
}

}  // namespace
}  // namespace sayso
