#include "attribution/nesting.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "attribution/quotation.h"
#include "text/text.h"

using namespace sayso;

namespace {

Attribution make(Span cue, std::vector<Span> content) {
  Attribution a;
  a.cue.spans = {cue};
  a.content.spans = std::move(content);
  a.evidence = {"test"};
  return a;
}

Quotation quotation(const std::string& text, const std::string& part, bool own_only) {
  Document document;
  document.text = text;
  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  const auto begin = static_cast<uint32_t>(text.find(part));
  return QuotedWords(document).quotation_of({{{begin, static_cast<uint32_t>(begin + part.size())}}}, own_only);
}

}  // namespace

TEST_CASE("an attribution stands in the smallest content around it") {
  // a: [0,100), b: [10,60) with its cue in a, c: [20,40) with its cue in both.
  std::vector<Attribution> all = {make({110, 114}, {{0, 100}}), make({62, 66}, {{10, 60}}), make({42, 46}, {{20, 40}})};
  nest(all);
  CHECK(!all[0].within);
  REQUIRE(all[1].within);
  CHECK(all[1].within->index == 0);
  REQUIRE(all[2].within);
  CHECK(all[2].within->index == 1);
}

TEST_CASE("a cue inside a content is not enough: all parts must stand in it") {
  std::vector<Attribution> all = {make({110, 114}, {{0, 100}}), make({62, 66}, {{70, 130}})};
  nest(all);
  CHECK(!all[1].within);
}

TEST_CASE("two attributions with one content, or in each other's, never run in a circle") {
  std::vector<Attribution> all = {make({5, 8}, {{0, 4}, {10, 40}}), make({20, 24}, {{0, 4}, {10, 40}})};
  nest(all);
  CHECK((!all[0].within || !all[1].within));
  std::mt19937 random(9);
  for (int round = 0; round < 300; ++round) {
    Document document;
    document.text = std::string(200, 'x');
    std::vector<Attribution> many;
    for (int i = 0; i < 12; ++i) {
      const auto begin = static_cast<uint32_t>(random() % 150), cue = static_cast<uint32_t>(random() % 190);
      many.push_back(make({cue, cue + 3}, {{begin, begin + 2 + static_cast<uint32_t>(random() % 48)}}));
    }
    std::sort(many.begin(), many.end(), [](const Attribution& a, const Attribution& b) {
      return std::min(a.cue.spans[0].begin, a.content.spans[0].begin) < std::min(b.cue.spans[0].begin, b.content.spans[0].begin);
    });
    nest(many);
    document.attributions = {"test", many};
    const Status status = check_document(document);
    CHECK_MESSAGE(status.ok(), (status.ok() ? "" : status.error().sentence()));
  }
}

TEST_CASE("a content that begins with a quotation goes on to its end") {
  Document document;
  document.text = "She said, “It leaks. Nobody knows why.” “We know,” he said, “why.”";
  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  const auto find = [&](std::string_view words) {
    const auto at = static_cast<uint32_t>(document.text.find(words));
    return Span{at, at + static_cast<uint32_t>(words.size())};
  };
  std::vector<Attribution> all = {make(find("said"), {find("“It leaks. Nobody")}), make(find("knows"), {find("Nobody")}),
                                  make(find("he said"), {find("“We know,”")}), make(find("knows"), {find("“It leaks")})};
  complete_quotations(document, all);
  CHECK(document.at(all[0].content.spans.back()) == "“It leaks. Nobody knows why.”");
  CHECK(all[0].evidence.back() == "rule whole quotation");
  CHECK(document.at(all[1].content.spans.back()) == "Nobody");
  CHECK(document.at(all[2].content.spans.back()) == "“We know,”");
  CHECK(document.at(all[3].content.spans.back()) == "“It leaks");  // its own cue stands in the rest
}

TEST_CASE("no unit of a level is read twice, and the longest content is read") {
  const Part whole{{{0, 100}}}, inner{{{10, 20}}}, split{{{120, 130}, {150, 160}}}, crossing{{{90, 125}}};
  CHECK(choose_contents({&inner, &whole, &split, &crossing}) == std::vector<size_t>{1, 2});
  CHECK(choose_contents({}).empty());
}

TEST_CASE("quotation: all, some or none of the words, whatever the marks") {
  CHECK(quotation("“We lost,” she said.", "“We lost,”", false) == Quotation::direct);
  CHECK(quotation("She said that it was “over” now.", "that it was “over” now", false) == Quotation::mixed);
  CHECK(quotation("She said that it was over.", "that it was over", false) == Quotation::indirect);
  // Marks around an outer content are not its own; a mark inside is.
  CHECK(quotation("“I hear that they lost,” she said.", "that they lost", false) == Quotation::direct);
  CHECK(quotation("“I hear that they lost,” she said.", "that they lost", true) == Quotation::indirect);
  CHECK(quotation("“He told us ‘we lost’ and left,” she said.", "‘we lost’", true) == Quotation::direct);
}
