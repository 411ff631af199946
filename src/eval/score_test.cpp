// tests/golden/eval holds own-written gold, a system's answer, and what score.py printed for them, by these options:
//   plain.txt (none) · words_types.txt --words --types · types_boot.txt --types --boot 200 · citron.txt --gold-filter citron --types
//   source_boot1.txt --gold-filter source --boot 1 · figures.json --json · citron_words.json --words --json --gold-filter citron
#include "eval/score.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "base/unicode.h"
#include "document/json.h"

using namespace sayso;
namespace fs = std::filesystem;

namespace {

const fs::path golden = fs::path(SAYSO_SOURCE_DIR) / "tests" / "golden" / "eval";
const fs::path shared_folder = fs::path(SAYSO_SOURCE_DIR) / ".." / "shared";

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE_MESSAGE(in, path.string());
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// A file in a folder of this test's own, gone with the object.
struct TemporaryFile {
  fs::path path;
  explicit TemporaryFile(const std::string& content) {
    static int number = 0;
    path = fs::temp_directory_path() / ("sayso_score_test_" + std::to_string(::getpid()) + "_" + std::to_string(number++));
    std::ofstream(path, std::ios::binary) << content;
  }
  ~TemporaryFile() { fs::remove(path); }
};

std::vector<MarkedDocument> load(const fs::path& path, bool top = false) {
  Result<MarkedSet> loaded = load_marked(path.string(), top);
  REQUIRE_MESSAGE(loaded.ok(), (loaded.ok() ? "" : loaded.error().sentence()));
  return loaded->documents;
}

Result<MarkedSet> load_text(const std::string& content, bool top = false) {
  return load_marked(TemporaryFile(content).path.string(), top);
}

std::string why_not(const std::string& content) {
  const Result<MarkedSet> loaded = load_text(content);
  REQUIRE_FALSE(loaded.ok());
  CHECK(loaded.error().kind == ErrorKind::bad_input);
  return loaded.error().what;
}

Scores scored(const std::vector<MarkedDocument>& gold, const std::vector<MarkedDocument>& system, ScoreOptions options = {}) {
  Result<Scores> scores = score(gold, system, options);
  REQUIRE(scores.ok());
  return *scores;
}

// Text, its attributions by the words of cue, source and content (each the first of its kind in the text).
MarkedDocument marked(const std::string& text, const std::vector<std::array<std::string, 3>>& attributions) {
  MarkedDocument document{"d", text, {}};
  const CodePointIndex points(text);
  for (const auto& roles : attributions) {
    MarkedAttribution attribution;
    for (size_t role = 0; role < 3; ++role)
      if (!roles[role].empty()) {
        const size_t at = text.find(roles[role]);
        REQUIRE(at != std::string::npos);
        attribution.roles[role].emplace_back(points.to_code_point(at), points.to_code_point(at + roles[role].size()));
      }
    document.attributions.push_back(attribution);
  }
  return document;
}

}  // namespace

TEST_CASE("score: prints what score.py printed") {
  const auto gold = load(golden / "gold.jsonl"), system = load(golden / "system.jsonl");
  ScoreOptions words, types, words_types, citron, citron_words, with_source;
  words.words = words_types.words = citron_words.words = true;
  types.types = words_types.types = citron.types = true;
  citron.filter = citron_words.filter = GoldFilter::citron;
  with_source.filter = GoldFilter::source;
  CHECK(show(scored(gold, system)) == content_of(golden / "plain.txt"));
  CHECK(show(scored(gold, system, words_types)) == content_of(golden / "words_types.txt"));
  const Scores with_types = scored(gold, system, types);
  CHECK(show(with_types) + show_intervals(with_types, 200) == content_of(golden / "types_boot.txt"));
  CHECK(show(scored(gold, system, citron)) == content_of(golden / "citron.txt"));
  const Scores sourced = scored(gold, system, with_source);
  CHECK(show(sourced) + show_intervals(sourced, 1) == content_of(golden / "source_boot1.txt"));
  CHECK(show_json(with_types) == content_of(golden / "figures.json"));
  CHECK(show_json(scored(gold, system, citron_words)) == content_of(golden / "citron_words.json"));
}

TEST_CASE("score: prints what score.py prints for PolNeAR's development part and a system that errs") {
  const fs::path gold_path = shared_folder / "data" / "polnear" / "dev.jsonl", scorer = shared_folder / "tools" / "score.py";
  if (!fs::exists(gold_path) || !fs::exists(scorer)) {
    MESSAGE("skipped: there is no ../shared");
    return;
  }
  const auto gold = load(gold_path);
  auto system = gold;
  std::mt19937 random(7);
  const auto chance = [&random](unsigned in) { return random() % in == 0; };
  std::string lines;
  for (MarkedDocument& document : system) {
    if (chance(20)) continue;
    const size_t points = CodePointIndex(document.text).code_points();
    std::vector<MarkedAttribution> kept;
    for (MarkedAttribution a : document.attributions) {
      if (chance(6)) continue;
      for (auto& role : a.roles) {
        if (chance(25)) role.clear();
        for (auto& [begin, end] : role) {
          if (chance(4)) begin -= std::min<size_t>(begin, random() % 9);
          if (chance(4)) end = std::min<size_t>(points, end + random() % 30);
        }
      }
      kept.push_back(a);
      if (chance(9)) kept.push_back(a);
    }
    nlohmann::json line = {{"id", document.id}, {"attributions", nlohmann::json::array()}};
    for (const MarkedAttribution& a : kept)
      line["attributions"].push_back({{"cue", a.roles[0]}, {"source", a.roles[1]}, {"content", a.roles[2]}});
    lines += line.dump() + "\n";
  }
  const TemporaryFile answer(lines);
  const auto loaded = load(answer.path);
  const auto by_scorer = [&](const std::string& options) {
    const std::string command = "python3 '" + scorer.string() + "' '" + gold_path.string() + "' '" + answer.path.string() + "' " + options;
    std::string out;
    FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe);
    char buffer[4096];
    for (size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
    REQUIRE(::pclose(pipe) == 0);
    return out;
  };
  ScoreOptions types, citron;
  types.types = true;
  citron.words = citron.types = true;
  citron.filter = GoldFilter::citron;
  const Scores scores = scored(gold, loaded, types);
  CHECK(scores.each.size() == gold.size());
  CHECK(show(scores) + show_intervals(scores, 100) == by_scorer("--types --boot 100"));
  CHECK(show(scored(gold, loaded, citron)) == by_scorer("--words --types --gold-filter citron"));
}

TEST_CASE("score: the same answer is perfect, none is nothing") {
  const auto gold = load(golden / "gold.jsonl");
  const Scores perfect = scored(gold, gold);
  for (const char* block : {"role", "cue-aligned"})
    for (const ScoreBlock& b : perfect.blocks)
      if (b.name == block)
        for (const Metric& metric : b.metrics)
          CHECK_MESSAGE(figures(metric).f1 == doctest::Approx(1), b.name << " " << metric.name);
  CHECK(perfect.notes.empty());
  const Scores nothing = scored(gold, {});
  for (const ScoreBlock& block : nothing.blocks)
    for (const Metric& metric : block.metrics) CHECK_MESSAGE(figures(metric).f1 == 0, block.name << " " << metric.name);
  REQUIRE(nothing.notes.size() == 1);
  CHECK(nothing.notes[0] == "6 of 6 gold documents have no output, which counts as nothing found.");
}

TEST_CASE("score: edges of a content count, and do not with words only") {
  const std::string text = "Ann said “it is late”, and Bob denied that.";
  const MarkedDocument gold = marked(text, {{"said", "Ann", "“it is late”"}}), bare = marked(text, {{"said", "Ann", "it is late"}});
  CHECK(figures(*scored({gold}, {bare}).find("cue-aligned", "content exact")).f1 == 0);
  CHECK(figures(*scored({gold}, {bare}).find("cue-aligned", "content overlap")).recall == doctest::Approx(0.6));
  ScoreOptions words;
  words.words = true;
  CHECK(figures(*scored({gold}, {bare}, words).find("cue-aligned", "content exact")).f1 == 1);
}

TEST_CASE("score: what does not fit is said") {
  MarkedDocument gold = marked("Ann left.", {}), other = gold;
  CHECK(score({}, {}).error().what == "There is no gold document");
  other.id = "x";
  const Error surplus = score({gold}, {other, {"b", "", {}}, {"a", "", {}}, {"c", "", {}}}).error();
  CHECK(surplus.what == "4 documents are not in gold");
  CHECK(surplus.where == "a, b, c, …");
  other.id = "d";
  other.attributions.push_back({{{{{0, 10}}, {}, {}}}});
  const Error outside = score({gold}, {other}).error();
  CHECK(outside.sentence() == "The span [0,10) is outside the text of 9 characters (document d).");
  other = gold;
  other.text = "Ann left!";
  REQUIRE(scored({gold}, {other}).notes.size() == 1);
  CHECK(scored({gold}, {other}).notes[0].starts_with("The text of 1 of 1 documents is not gold's (the first: d)"));
}

TEST_CASE("score: an empty text, and degenerate spans, are counted and not tripped over") {
  MarkedDocument gold = marked("", {}), answer = gold;
  gold.attributions.push_back({{{{{0, 0}}, {}, {}}}});
  CHECK(scored({gold}, {answer}).find("cue-aligned", "pairs")->counts == std::vector<uint64_t>{0, 0, 0});
  ScoreOptions citron;
  citron.filter = GoldFilter::citron;
  gold.attributions.push_back({{{{{0, 0}}, {{0, 0}}, {{0, 0}}}}});
  CHECK(score({gold}, {}, citron).ok());
}

TEST_CASE("marked documents come from readings too, and from a Document") {
  Document document;
  document.source = "dir/lock.v2.txt";
  document.text = "🌊 Åse said: “no”.";
  document.attributions.made_by = "test";
  const auto find = [&](std::string_view words) {
    const auto at = static_cast<uint32_t>(document.text.find(words));
    return Span{at, at + static_cast<uint32_t>(words.size())};
  };
  Attribution a, inner;
  a.source = Source{{{find("Åse")}}, SourceKind::person};
  a.cue.spans = {find("said"), find(":")};
  a.content.spans = {find("“no”")};
  a.evidence = inner.evidence = {"test"};
  inner.content.spans = {find("no")};
  inner.within = Id<Attribution>{0};
  document.attributions.items = {a, inner};
  REQUIRE(check_document(document).ok());
  const auto marks = mark(document, false);
  REQUIRE(marks.size() == 2);
  CHECK(marks[0].roles[0] == std::vector<PointSpan>{{6, 10}, {10, 11}});
  CHECK(marks[0].roles[1] == std::vector<PointSpan>{{2, 5}});
  CHECK(marks[1].roles[0].empty());
  CHECK(mark(document, true).size() == 1);

  const Engine engine{"0.1.0", std::nullopt};
  const Error error{ErrorKind::bad_input, "This is no text", "", ""};
  const std::string lines = to_string(to_json(document, engine), false) + "\n\n" +
                            to_string(to_json(error, engine, std::nullopt, "b.bin", std::nullopt), false);
  for (bool top : {false, true}) {
    const Result<MarkedSet> loaded = load_text(lines, top);
    REQUIRE(loaded.ok());
    REQUIRE(loaded->documents.size() == 1);
    CHECK(loaded->documents[0].id == "lock.v2");
    CHECK(loaded->documents[0].text == document.text);
    REQUIRE(loaded->documents[0].attributions.size() == (top ? 1 : 2));
    CHECK(loaded->documents[0].attributions[0].roles == marks[0].roles);
    CHECK(loaded->unread == std::vector<std::string>{"b.bin was not read: This is no text"});
  }
}

TEST_CASE("a file that holds no marked documents is refused with a sentence") {
  CHECK(load_marked("/nowhere/gold.jsonl", false).error().kind == ErrorKind::not_found);
  CHECK(why_not("") == "There is no document in this file");
  CHECK(why_not("\n \r\n") == "There is no document in this file");
  CHECK(why_not("{\"id\"") == "This line holds no document: it is not JSON");
  CHECK(why_not("[]") == "This line holds no document: there is no \"id\" that is a string");
  CHECK(why_not("{\"format\":\"sayso/1\"}") == "This line holds no document: document.source is no string");
  CHECK(why_not("{\"id\":\"a\",\"text\":3,\"attributions\":[]}") == "This line holds no document: the text is no string");
  CHECK(why_not("{\"id\":\"a\",\"text\":\"\"}") == "This line holds no document: there is no list of \"attributions\"");
  CHECK(why_not("{\"id\":\"a\",\"attributions\":[0]}") == "This line holds no document: an attribution is no object");
  for (const char* spans : {"3", "[3]", "[[1]]", "[[1,2,3]]", "[[-1,2]]", "[[\"a\",2]]", "[[0,1.5]]", "{}"})
    CHECK(why_not("{\"id\":\"a\",\"attributions\":[{\"cue\":" + std::string(spans) + "}]}") ==
          "This line holds no document: a part has no spans like [[0,5],[9,12]]");
  CHECK(why_not("{\"id\":\"a\",\"attributions\":[]}\n{\"id\":\"a\",\"attributions\":[]}") ==
        "This line holds no document: the id a stands on an earlier line too");
  CHECK(load_text("{\"id\":\"a\",\"attributions\":[]}\r\n{").error().where.ends_with(", line 2"));
  CHECK(load_text(std::string(1'000'000, '[')).ok() == false);
}
