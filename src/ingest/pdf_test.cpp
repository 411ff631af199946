#include "ingest/pdf.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "ingest/drafts_test.h"

namespace sayso {
namespace {

// A page with two lines of text, made here.
std::string small_pdf() {
  const std::string text = "BT /F 12 Tf 72 700 Td (It is tight, she said.) Tj 0 -40 Td (Two.) Tj ET";
  const std::string objects[] = {"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                 "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
                                 "<</Length " + std::to_string(text.size()) + ">>stream\n" + text +
                                 "\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
  std::string pdf = "%PDF-1.4\n", table = "xref\n0 6\n0000000000 65535 f \n";
  for (int i = 0; i < 5; ++i) {
    std::string place = std::to_string(pdf.size());
    table += std::string(10 - place.size(), '0') + place + " 00000 n \n";
    pdf += std::to_string(i + 1) + " 0 obj" + objects[i] + "endobj\n";
  }
  return pdf + table + "trailer<</Size 6/Root 1 0 R>>\nstartxref\n" + std::to_string(pdf.size()) + "\n%%EOF\n";
}

TEST_CASE("a PDF is read when pdftotext is installed, and is an error that says so when not") {
  const std::vector<Draft> drafts = read_pdf(small_pdf(), {}, "a.pdf");
  REQUIRE(drafts.size() == 1);
  if (drafts[0].error) {
    CHECK(drafts[0].error->sentence() == "PDF is read by pdftotext, which is not installed (a.pdf). Install poppler-utils.");
    return;
  }
  CHECK(show_blocks(drafts[0]) == "paragraph: It is tight, she said.\nTwo.");
  const std::vector<Draft> broken = read_pdf("%PDF-1.4\nno more", {}, "b.pdf");
  REQUIRE(broken[0].error);
  CHECK(broken[0].error->sentence() == "pdftotext could not read the PDF (b.pdf). Check that the file is whole.");
  Limits limits;
  limits.milliseconds = 0;
  const std::vector<Draft> late = read_pdf(small_pdf(), limits, "c.pdf");
  REQUIRE(late[0].error);
  CHECK(late[0].error->kind == ErrorKind::bad_input);
}

TEST_CASE("without pdftotext") {
  const std::string path = std::getenv("PATH") ? std::getenv("PATH") : "";
  setenv("PATH", "/nowhere", 1);
  const std::vector<Draft> drafts = read_pdf(small_pdf(), {}, "a.pdf");
  setenv("PATH", path.c_str(), 1);
  REQUIRE(drafts[0].error);
  CHECK(drafts[0].error->kind == ErrorKind::unsupported);
  CHECK(drafts[0].error->sentence() == "PDF is read by pdftotext, which is not installed (a.pdf). Install poppler-utils.");
}

}  // namespace
}  // namespace sayso
