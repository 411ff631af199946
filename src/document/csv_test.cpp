#include "document/csv.h"

#include <doctest/doctest.h>

using namespace sayso;

namespace {

// A document whose whole text is the content of its only attribution.
std::string row_with_content(const std::string& content) {
  Document document;
  document.source = "a.txt";
  document.text = content;
  document.attributions.made_by = "test";
  Attribution a;
  a.content.spans = {{0, static_cast<uint32_t>(content.size())}};
  a.confidence = 1;
  a.evidence = {"test"};
  document.attributions.items = {a};
  REQUIRE(check_document(document).ok());
  return to_csv(document);
}

std::string cell(const std::string& content) {
  const std::string row = row_with_content(content), before = "a.txt,,a1,assertion,indirect,,,,,,,";
  REQUIRE(row.starts_with(before));
  const size_t end = row.rfind(",,1.0000,");
  REQUIRE(end != std::string::npos);
  return row.substr(before.size(), end - before.size());
}

// So many cells without words.
std::string empty(size_t cells) { return std::string(cells, ','); }

}  // namespace

TEST_CASE("csv: one row an attribution under one header") {
  CHECK(csv_header() ==
        "document,member,attribution,type,quotation,source,source_kind,source_name,source_entity,source_identity,cue,content,within,confidence,start,"
        "end,error,chain,chain_entities,medium,medium_kind,addressee,occasion,time,time_value,repeats,contradicts,stronger_than,stance,polarity,"
        "modality,"
        "hearsay,markers\r\n");
  Document document;
  document.source = "dir/tide, low.txt";
  document.member = "record 7";
  document.text = "Å: “The tide,” Åse said, “is late.”";
  document.attributions.made_by = "test";
  const auto find = [&](std::string_view words) {
    const auto at = static_cast<uint32_t>(document.text.find(words));
    return Span{at, at + static_cast<uint32_t>(words.size())};
  };
  Attribution a;
  a.quotation = Quotation::direct;
  a.source = Source{{{find("Åse")}}, SourceKind::person};
  a.cue.spans = {find("said")};
  a.content.spans = {find("“The tide,”"), find("“is late.”")};
  a.confidence = 0.98765;
  a.evidence = {"test"};
  Attribution inner;
  inner.type = AttributionType::belief;
  inner.content.spans = {find("late")};
  inner.within = Id<Attribution>{0};
  inner.evidence = {"test"};
  document.attributions.items = {a, inner};
  REQUIRE(check_document(document).ok());
  CHECK(to_csv(document) ==
        "\"dir/tide, low.txt\",record 7,a1,assertion,direct,Åse,person,,,,said,\"“The tide,” … “is late.”\",,0.9877,3,35," + empty(16) + "\r\n"
        "\"dir/tide, low.txt\",record 7,a2,belief,indirect,,,,,,,late,a1,0.0000,29,33," + empty(16) + "\r\n");
  // With entities: who is meant, and the entity's kind in place of what the words tell.
  document.attributions.items[0].source->kind = SourceKind::group;
  Entity entity;
  entity.name = "Åse";
  entity.mentions = {{find("Åse"), MentionKind::name}};
  document.entities = {"test", {entity}};
  document.source_entities = {"test", {{Id<Attribution>{0}, Id<Entity>{0}, Identity::named, SourceKind::person}}};
  REQUIRE(check_document(document).ok());
  CHECK(to_csv(document) ==
        "\"dir/tide, low.txt\",record 7,a1,assertion,direct,Åse,person,Åse,e1,named,said,\"“The tide,” … “is late.”\",,0.9877,3,35," + empty(16) +
        "\r\n"
        "\"dir/tide, low.txt\",record 7,a2,belief,indirect,,,,,,,late,a1,0.0000,29,33," + empty(16) + "\r\n");
  document.entities = {};
  document.source_entities = {};
  document.attributions.items.clear();
  CHECK(to_csv(document).empty());
}

TEST_CASE("csv: through whom it came and how firm it is") {
  Document document;
  document.source = "a.txt";
  document.text = "A clerk told the Holm Post on Friday that it may rain. It will rain, the mayor said at a fair, in Holm.";
  const auto find = [&](std::string_view words) {
    const auto at = static_cast<uint32_t>(document.text.find(words));
    return Span{at, at + static_cast<uint32_t>(words.size())};
  };
  Attribution first, second;
  first.source = Source{{{find("A clerk")}}, SourceKind::person};
  first.cue.spans = {find("told")};
  first.content.spans = {find("that it may rain")};
  first.evidence = {"test"};
  second.source = Source{{{find("the mayor")}}, SourceKind::person};
  second.cue.spans = {find("said")};
  second.content.spans = {find("It will rain")};
  second.evidence = {"test"};
  document.attributions = {"test", {first, second}};
  Entity clerk, post, mayor;
  clerk.mentions = {{find("A clerk"), MentionKind::nominal}};
  post.type = EntityType::publication;
  post.name = "Holm Post";
  post.mentions = {{find("Holm Post"), MentionKind::name}};
  mayor.mentions = {{find("the mayor"), MentionKind::nominal}};
  document.entities = {"test", {clerk, post, mayor}};
  document.source_entities = {"test", {{Id<Attribution>{0}, Id<Entity>{0}, Identity::anonymous, SourceKind::person},
                                       {Id<Attribution>{1}, Id<Entity>{2}, Identity::described, SourceKind::person}}};
  Factuality maybe, plain;
  maybe.modality = Modality::possible;
  maybe.hearsay = true;
  maybe.markers = {{MarkerKind::hedge, find("may")}};
  plain.stance = Stance::confirm;
  document.factuality = {"test", {maybe, plain}};
  Provenance told, said;
  told.chain = {Id<Entity>{0}, Id<Entity>{1}};
  told.medium = Medium{{{find("the Holm Post")}}, MediumKind::interview, Id<Entity>{1}};
  told.addressee = Addressee{{{find("the Holm Post")}}, Id<Entity>{1}};
  told.time = Time{{{find("on Friday")}}, "2016-03-04/P1D"};
  said.chain = {Id<Entity>{2}};
  said.occasion = Part{{find("at a fair, in Holm")}};
  said.repeats = {Id<Attribution>{0}};
  said.stronger_than = {Id<Attribution>{0}};
  document.provenance = {"test", {told, said}};
  const std::string rows = to_csv(document);
  CHECK(rows ==
        "a.txt,,a1,assertion,indirect,A clerk,person,,e1,anonymous,told,that it may rain,,0.0000,0,53,,A clerk → Holm Post,e1; e2,the Holm "
        "Post,interview,the Holm Post,,on Friday,2016-03-04/P1D,,,,neutral,positive,possible,true,hedge: may\r\n"
        "a.txt,,a2,assertion,indirect,the mayor,person,,e3,described,said,It will rain,,0.0000,55,83,,the mayor,e3,,,,\"at a fair, in "
        "Holm\",,,a1,,a1,confirm,positive,certain,false,\r\n");
}

TEST_CASE("csv: cells that a spreadsheet would evaluate are disarmed") {
  CHECK(cell("=1+1") == "'=1+1");
  CHECK(cell("+1") == "'+1");
  CHECK(cell("-1") == "'-1");
  CHECK(cell("@SUM(A1)") == "'@SUM(A1)");
  CHECK(cell("\tx") == "'\tx");
  CHECK(cell("\rx") == "\"'\rx\"");
  CHECK(cell("\nx") == "\"'\nx\"");
  CHECK(cell(" \u00a0\ufeff=1") == "' \u00a0\ufeff=1");
  CHECK(cell("＝1") == "'＝1");
  CHECK(cell("=HYPERLINK(\"http://example.org\",\"x\")") == "\"'=HYPERLINK(\"\"http://example.org\"\",\"\"x\"\")\"");
  CHECK(cell("– he said") == "– he said");
  CHECK(cell("a=b") == "a=b");
}

TEST_CASE("csv: quotation marks, line breaks and control characters") {
  CHECK(cell("\"") == "\"\"\"\"");
  CHECK(cell("a,b") == "\"a,b\"");
  CHECK(cell("a\r\nb") == "\"a\r\nb\"");
  CHECK(cell("a\u2028b") == "a\u2028b");
  CHECK(cell("a\u202eb") == "a\u202eb");
  CHECK(cell(std::string("a\0b", 3)) == "a\ufffdb");
  CHECK(cell("a\x1b[31m\x7f\u009b") == "a\ufffd[31m\ufffd\ufffd");
}

TEST_CASE("csv: an error is a row too") {
  const Error error{ErrorKind::bad_input, "This is no text, but \"something\" binary", "x\xff.bin", "Give it a text"};
  CHECK(to_csv(error, "=x\xff.bin", std::nullopt) ==
        "'=x\ufffd.bin,,,,,,,,,,,,,,,,\"This is no text, but \"\"something\"\" binary (x\ufffd.bin). Give it a text\"" + empty(16) + "\r\n");
}
