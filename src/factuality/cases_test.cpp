// Runs tests/cases/factuality/*.case: how firmly things are said in short texts, written without C++. The format: tests/cases/factuality/README.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "factuality/factuality.h"
#include "tests/case_file.h"
#include "tests/shipped_model.h"

using namespace sayso;

namespace {

Document read_case(const std::string& text) {
  Document document;
  document.text = text;
  read_text(document);
  document.attributions = find_attributions(document, shipped_model());
  document.factuality = find_factuality(document);
  const Status status = check_document(document);
  REQUIRE_MESSAGE(status.ok(), status.error().sentence());
  return document;
}

std::string cue_of(const Document& document, const Attribution& a) { return "cue " + (a.cue.empty() ? "-" : text_of(document, a.cue)); }

// A line's fields as far as `wanted` has some of their kind, so that what does not fit can be seen beside what is found.
std::vector<std::string> fields_of(const Document& document, const Attribution& a, const Factuality& f, const std::vector<std::string>& wanted) {
  const auto asks_for = [&](const char* kind) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& field) { return field.starts_with(kind); });
  };
  std::vector<std::string> fields = {text_of(document, a.content), name_of(f.polarity), name_of(f.modality)};
  if (f.hearsay) fields.push_back("hearsay");
  if (asks_for("cue ")) fields.push_back(cue_of(document, a));
  if (asks_for("stance ")) fields.push_back(std::string("stance ") + name_of(f.stance));
  for (const Marker& marker : f.markers) fields.push_back(std::string(name_of(marker.kind)) + " " + std::string(document.at(marker.span)));
  return fields;
}

std::string all_of(const Document& document) {
  std::string out;
  for (uint32_t i = 0; i < document.attributions.size(); ++i) {
    out += " ";
    for (const std::string& field : fields_of(document, document.attributions[i], document.factuality[i], {"cue ", "stance "})) out += " | " + field;
    out += "\n";
  }
  return out;
}

void run_case(const Case& one) {
  const Document document = read_case(one.text);
  INFO(one.title, "\nfound:\n", all_of(document));
  REQUIRE(!one.expected.empty());
  for (const std::string& line : one.expected) {
    REQUIRE_MESSAGE(line.starts_with("factuality: "), line);
    const auto wanted = split_fields(line.substr(12));
    bool found = false;
    for (uint32_t i = 0; i < document.attributions.size(); ++i)
      found = found || fields_of(document, document.attributions[i], document.factuality[i], wanted) == wanted;
    CHECK_MESSAGE(found, line);
  }
}

}  // namespace

TEST_CASE("every case of tests/cases/factuality holds") {
  CHECK(for_each_case(SAYSO_SOURCE_DIR "/tests/cases/factuality", run_case) >= 20);
}
