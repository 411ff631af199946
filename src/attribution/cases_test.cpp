// Runs tests/cases/attribution/*.case: who said what in short texts, written without C++. The format: tests/cases/attribution/README.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/case_file.h"
#include "tests/shipped_model.h"

using namespace sayso;

namespace {

Document read_case(const std::string& text, const AttributionOptions& options) {
  Document document;
  document.text = text;
  read_text(document);
  document.attributions = find_attributions(document, shipped_model(), options);
  const Status status = check_document(document);
  REQUIRE_MESSAGE(status.ok(), status.error().sentence());
  return document;
}

std::string shown(const Document& document, const Part& part) {
  std::string text = part.empty() ? "-" : text_of(document, part);
  for (size_t at; (at = text.find('\n')) != std::string::npos;) text.replace(at, 1, "⏎");
  return text;
}

// "SOURCE | CUE | CONTENT", and behind it whatever of "direct", "belief", "kind group", "rule …", "within CUE" is to hold.
bool fits(const Document& document, const Attribution& a, const std::vector<std::string>& fields) {
  if (shown(document, a.source ? a.source->part : Part{}) != fields[0] || shown(document, a.cue) != fields[1] ||
      shown(document, a.content) != fields[2])
    return false;
  return std::all_of(fields.begin() + 3, fields.end(), [&](const std::string& field) {
    if (field.starts_with("within ")) return a.within && shown(document, document.attributions[*a.within].cue) == field.substr(7);
    if (field == "alone") return !a.within;
    if (field.starts_with("kind ")) return a.source && name_of(a.source->kind) == field.substr(5);
    if (field.starts_with("rule ")) return std::find(a.evidence.begin(), a.evidence.end(), field) != a.evidence.end();
    return field == name_of(a.quotation) || field == name_of(a.type);
  });
}

std::string all_of(const Document& document) {
  std::string out;
  for (const Attribution& a : document.attributions) {
    out += "  " + shown(document, a.source ? a.source->part : Part{}) + " | " + shown(document, a.cue) + " | " + shown(document, a.content) + " | " +
        name_of(a.quotation) + " | " + name_of(a.type);
    if (a.source) out += std::string(" | kind ") + name_of(a.source->kind);
    if (a.within) out += " | within " + shown(document, document.attributions[*a.within].cue);
    out += " | " + a.evidence.back() + "\n";
  }
  return out;
}

void run_case(const Case& one) {
  CueList list;
  AttributionOptions options;
  for (const std::string& line : one.expected) {
    const auto words = [&](size_t from) { return words_of(line.substr(from)); };
    if (line.starts_with("with cue: ")) list.cues.push_back(words(10));
    if (line.starts_with("with stop: ")) list.stops.push_back(words(11));
  }
  options.user_cues = &list;
  const Document document = read_case(one.text, options);
  INFO(one.title, "\nfound:\n", all_of(document));
  REQUIRE(!one.expected.empty());
  for (const std::string& line : one.expected) {
    const auto found = [&](const std::vector<std::string>& fields) {
      return std::any_of(document.attributions.begin(), document.attributions.end(), [&](const Attribution& a) { return fits(document, a, fields); });
    };
    if (line.starts_with("with ")) continue;
    if (line == "attributions: none") {
      CHECK(document.attributions.size() == 0);
    } else if (line.starts_with("no cue: ")) {
      const std::string cue = line.substr(8);
      CHECK_MESSAGE(std::none_of(document.attributions.begin(), document.attributions.end(),
                                 [&](const Attribution& a) { return shown(document, a.cue) == cue; }), line);
    } else {
      REQUIRE_MESSAGE(line.starts_with("attribution: "), line);
      const auto fields = split_fields(line.substr(13));
      REQUIRE_MESSAGE(fields.size() >= 3, line);
      CHECK_MESSAGE(found(fields), line);
    }
  }
}

}  // namespace

TEST_CASE("every case of tests/cases/attribution holds") {
  CHECK(for_each_case(SAYSO_SOURCE_DIR "/tests/cases/attribution", run_case) >= 20);
}
