#include "reading/read.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "document/json.h"
#include "reading/models.h"

namespace sayso {
namespace {

namespace fs = std::filesystem;

const char* const article =
    "Ferry to Holm sails again\n\n"
    "TVERDAL, May 3 (Fjord Press) – The ferry to Holm will sail again on Monday, its operator said. “We have changed the engine,” Marit Dahl "
    "told passengers.\n\nAccording to the harbour office, nobody had complained.\n";

// The weights that are shipped, or those that $SAYSO_MODEL names.
const Models& models() {
  static const Models loaded = [] {
    Result<Models> result = load_models({});
    REQUIRE_MESSAGE(result.ok(), result.error().sentence());
    return std::move(*result);
  }();
  return loaded;
}

Result<Document> read_one(const Input& input, const Models& with, const ReadOptions& options = {}) {
  std::vector<Outcome> outcomes = read(input, with, options);
  REQUIRE(outcomes.size() == 1);
  return std::move(outcomes.front().document);
}

Document reading_of(const std::string& text, const ReadOptions& options = {}, const Models& with = models()) {
  Result<Document> document = read_one({"a.txt", std::nullopt, text}, with, options);
  REQUIRE_MESSAGE(document.ok(), document.error().sentence());
  const Status status = check_document(*document);
  CHECK_MESSAGE(status.ok(), status.error().sentence());
  return std::move(*document);
}

std::string written(const Document& document) { return to_string(to_json(document, {"test", std::nullopt}), false); }

ReadOptions only_sections() {
  ReadOptions options;
  options.layers = {LayerName::sections};
  return options;
}

// A file in a folder of its own, which goes with it.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& bytes) {
    std::string folder = (fs::temp_directory_path() / "sayso_read_test_XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    folder_ = folder;
    std::ofstream(path(), std::ios::binary) << bytes;
  }
  ~TemporaryFile() { fs::remove_all(folder_); }
  std::string path() const { return (folder_ / "file").string(); }

 private:
  fs::path folder_;
};

std::string refusal_of(const ModelChoice& choice) {
  const Result<Models> result = load_models(choice);
  REQUIRE(!result.ok());
  return result.error().sentence();
}

TEST_CASE("all layers, in the format's order") {
  const Document document = reading_of(article);
  for (const bool ran : {document.tokens.ran(), document.sentences.ran(), document.quotes.ran(), document.sections.ran(),
                         document.attributions.ran()})
    CHECK(ran);
  const auto json = to_json(document, {"test", std::nullopt});
  CHECK(json["layers"] == nlohmann::ordered_json{"sections", "attributions", "entities", "provenance", "factuality"});
  CHECK(document.language == "en");
  CHECK(document.warnings.empty());
  REQUIRE(document.attributions.size() >= 3);
  for (const Attribution& attribution : document.attributions) CHECK(!attribution.evidence.empty());
}

TEST_CASE("a layer that is not asked for has not run") {
  const Document document = reading_of(article, only_sections(), {});
  CHECK(document.sections.ran());
  CHECK(!document.attributions.ran());
  CHECK(!to_json(document, {"test", std::nullopt}).contains("attributions"));
  CHECK(!needs_model({LayerName::sections}));
  CHECK(needs_model({LayerName::sections, LayerName::attributions}));
  // Sections come with the attributions, which read them; the order in which layers are named does not matter.
  ReadOptions options;
  options.layers = {LayerName::provenance};
  CHECK(written(reading_of(article, options)) == written(reading_of(article)));
}

TEST_CASE("names of layers") {
  for (const LayerName layer : {LayerName::sections, LayerName::attributions, LayerName::entities, LayerName::factuality, LayerName::provenance})
    CHECK(layer_from(name_of(layer)).value() == layer);
  for (const char* name : {"", "events", "Sections", "sections "}) {
    const Result<LayerName> layer = layer_from(name);
    REQUIRE(!layer.ok());
    CHECK(layer.error().kind == ErrorKind::unsupported);
    CHECK(layer.error().sentence() == "there is no layer “" + std::string(name) +
          "” in this version. The layers are: sections, attributions, entities, factuality, provenance.");
  }
}

TEST_CASE("the headline is the title") {
  CHECK(reading_of(article, only_sections()).title == "Ferry to Holm sails again");
  CHECK(!reading_of("the ferry sails again, its operator said, and nobody had complained.\n", only_sections()).title);
}

TEST_CASE("a text in another language has a warning and no attributions") {
  const Document document = reading_of(
      "Der Minister sagte am Montag, die Fähre werde wieder fahren. „Wir haben den Motor gewechselt“, erklärte die Betreiberin, und niemand hatte "
      "sich "
      "beschwert.\n");
  CHECK(document.language == "de");
  REQUIRE(document.warnings.size() == 1);
  CHECK(document.warnings[0].kind == "not English");
  CHECK(document.warnings[0].what == "the text is not in English (it looks like “de”), so no attributions were looked for");
  CHECK(document.attributions.ran());
  CHECK(document.attributions.size() == 0);
  CHECK(document.sections.ran());
}

TEST_CASE("an empty text has a warning, and every layer") {
  for (const std::string text : {"", "\n\r\n \t"}) {
    const Document document = reading_of(text);
    REQUIRE(document.warnings.size() == 1);
    CHECK(document.warnings[0].kind == "empty");
    CHECK(document.attributions.ran());
    CHECK(document.attributions.size() == 0);
    CHECK(!document.title);
  }
}

TEST_CASE("what cannot be read is ingest's error, and a missing model is one") {
  const auto sentence_of = [](const std::string& bytes, const Models& with, const ReadOptions& options) {
    const Result<Document> document = read_one({"a.txt", std::nullopt, bytes}, with, options);
    REQUIRE(!document.ok());
    return document.error().sentence();
  };
  CHECK(sentence_of(article, {}, {}) == "attributions were asked for, and no model is loaded (a.txt). Load a model, or ask for sections only.");
  CHECK(sentence_of("PK\x03\x04", {}, only_sections()) ==
        "this is a zip archive (or a document packed as one, such as .docx, .odt or .epub), which sayso does not read (a.txt). Unpack it or convert "
        "it to text first.");
  ReadOptions small = only_sections();
  small.ingest.limits.document_bytes = 5;
  CHECK(sentence_of("It rains.", {}, small) ==
        "the text is larger than the limit of 5 bytes (a.txt). Raise the limit with --max-bytes, or split the text.");
}

TEST_CASE("reading is pure: the same again, and from several threads at once") {
  const std::string first = written(reading_of(article));
  CHECK(written(reading_of(article)) == first);
  static_cast<void>(reading_of("SMITH: No. “Rain,” said he, and nobody else knew.\n"));
  CHECK(written(reading_of(article)) == first);
  constexpr size_t threads = 4, times = 3;
  std::vector<std::string> answers(threads * times);
  {
    std::vector<std::jthread> workers;
    for (size_t t = 0; t < threads; ++t)
      workers.emplace_back([&, t] {
        for (size_t i = 0; i < times; ++i) {
          const Result<Document> document = read_one({"a.txt", std::nullopt, article}, models());
          if (document.ok()) answers[t * times + i] = written(*document);
        }
      });
  }
  for (const std::string& answer : answers) CHECK(answer == first);
}

TEST_CASE("what a bias does: precision keeps fewer, recall more") {
  const Result<std::string> text = read_file(SAYSO_SOURCE_DIR "/examples/clock.txt", Limits{}.document_bytes);
  REQUIRE(text.ok());
  std::vector<size_t> counts;
  for (const Lean lean : {Lean::precision, Lean::balanced, Lean::recall}) {
    ReadOptions options;
    options.lean = lean;
    counts.push_back(reading_of(*text, options).attributions.size());
  }
  CHECK(counts[0] <= counts[1]);
  CHECK(counts[1] <= counts[2]);
  CHECK(counts[0] < counts[2]);
}

TEST_CASE("the user's cue words and stop words") {
  const std::string text = "The clerk frobnicated that the ferry was late. Marit Dahl said that nobody complained.\n";
  const auto cues_of = [&](const Models& with, const std::string& evidence) {
    std::vector<std::string> cues;
    const Document document = reading_of(text, {}, with);
    for (const Attribution& attribution : document.attributions)
      if (evidence.empty() || attribution.evidence.front() == evidence) cues.push_back(text_of(document, attribution.cue));
    return cues;
  };
  const auto has_said = [](const std::vector<std::string>& cues) { return std::find(cues.begin(), cues.end(), "said") != cues.end(); };
  const TemporaryFile file("# ours\ncue: frobnicated\nstop: said\n");
  const Result<Models> with = load_models({std::nullopt, file.path(), std::nullopt});
  REQUIRE(with.ok());
  CHECK(cues_of(*with, "user cue") == std::vector<std::string>{"frobnicated"});
  CHECK(!has_said(cues_of(*with, "")));
  CHECK(cues_of(models(), "user cue").empty());
  CHECK(has_said(cues_of(models(), "")));

  const TemporaryFile wrong("cue: went on\nqueue: no\n");
  CHECK(refusal_of({std::nullopt, wrong.path(), std::nullopt}).find(wrong.path()) != std::string::npos);
  CHECK(refusal_of({std::nullopt, "/none"}) == "there is no such file (/none). Check the name.");
}

TEST_CASE("models: found by path, by name, or not, each with its sentence") {
  CHECK(model_name({}) == std::nullopt);
  CHECK(!model_name(models()).value().empty());
  CHECK(refusal_of({"/none/at-all.safetensors", std::nullopt}) ==
        "there is no weight file (/none/at-all.safetensors). Name a .safetensors file that was made for sayso, or leave --model away.");
  const std::string unknown = refusal_of({"no-such-model", std::nullopt});
  CHECK(unknown.starts_with("there is no model called no-such-model (searched: "));
  CHECK(unknown.find(SAYSO_SOURCE_DIR "/models") != std::string::npos);
  CHECK(unknown.ends_with("). Name a weight file with --model, or set SAYSO_MODEL."));
  CHECK(refusal_of({SAYSO_SOURCE_DIR "/models", std::nullopt}).starts_with("there is no weight file (" SAYSO_SOURCE_DIR "/models)"));

  const TemporaryFile damaged("this is no weight file");
  const Result<Models> result = load_models({damaged.path(), std::nullopt});
  REQUIRE(!result.ok());
  CHECK(result.error().kind == ErrorKind::corrupt);
  CHECK(result.error().where.find(damaged.path()) != std::string::npos);
  CHECK(!result.error().hint.empty());
  // Weights that load, but have no settings for attributions.
  CHECK(refusal_of({SAYSO_SOURCE_DIR "/tests/golden/model/small.safetensors", std::nullopt}).find("its settings lack") != std::string::npos);
}

TEST_CASE("the shipped examples keep the Document's invariants, and say something") {
  size_t examples = 0;
  for (const auto& entry : fs::directory_iterator(SAYSO_SOURCE_DIR "/examples")) {
    if (entry.path().extension() != ".txt" || entry.path().filename().string().starts_with("LICENSE")) continue;
    const Result<std::string> text = read_file(entry.path().string(), Limits{}.document_bytes);
    REQUIRE(text.ok());
    CAPTURE(entry.path().string());
    const Document document = reading_of(*text);
    CHECK(document.text == *text);
    CHECK(document.title.has_value());
    CHECK(document.attributions.size() >= 5);
    ++examples;
  }
  CHECK(examples >= 7);
}

// "The hearer is not the source" once took the source away when the attributions were in order by it already.
TEST_CASE("attributions stand in text order, also where a source that begins one is no source") {
  const Document document = reading_of("Supporters of the ferry, as soon as they heard of the delay, began to say that the harbour was to blame.\n"
                                       "The crew on the ferry to Holm, who had heard about the engine, asked to be paid.\n");
  CHECK(document.attributions.size() >= 2);
}

TEST_CASE("garbage made of what matters to the engine is read in bounded time, and keeps the invariants") {
  // Marks, breaks, cue words, names, broken bytes, other scripts: whatever a rule looks at, in any order.
  const std::vector<std::string> pieces = {
      "“", "”", "\"", "''", "``", "‘", "’", "«", "»", "(", ")", " – ", "—", "-", ": ", ":", ". ", ", ", "? ", "\n", "\n\n", "\r\n", " ", "\t", "said",
      "he", "Marit Dahl", "THE", "according to", "that", "denied", "asked", "told", "believes", "claim", "AP", "Reuters", "OSLO", "March 4", "Q: ",
      "A: ", "SMITH: ", "By Jane Doe", "– ed.", "e\u0301", "👩\u200d🚀", "\u202e", "\u05e9\u05dc\u05d5\u05dd", "港口", "\xff", "\xe2\x80",
      std::string(1, '\0'), "n’t", "1,000", "U.S.", "Mr. ", "...", "@jane", "http://a.b/c?d=e", "•", "> "};
  uint32_t state = 20261124;
  const auto next = [&state](uint32_t below) {
    state = state * 1664525 + 1013904223;
    return (state >> 8) % below;
  };
  const auto started = std::chrono::steady_clock::now();
  size_t found = 0;
  for (int round = 0; round < 60; ++round) {
    std::string text = "The ferry sails, the operator said. ";
    for (uint32_t i = next(200); i-- > 0;) {
      text += pieces[next(static_cast<uint32_t>(pieces.size()))];
      if (next(2) == 0) text += ' ';
    }
    const Document document = reading_of(text);
    found += document.attributions.size();
    CHECK(!to_json(document, {"test", std::nullopt}).empty());
  }
  CHECK(found > 60);
  // About 2 seconds on an idle core, 40 with sanitizers; a rule that hangs takes for ever.
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(400));
}

TEST_CASE("time grows with the text") {
  const auto seconds = [](size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += "“It is late,” Marit Dahl said, and according to her “nobody” knows why; ";
    const auto started = std::chrono::steady_clock::now();
    static_cast<void>(reading_of(text));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  };
  seconds(5);
  // Quadratic time would take four times as long. The machine may be busy, so the best of two counts.
  const double one = std::min(seconds(40), seconds(40)), two = std::min(seconds(80), seconds(80));
  CHECK(two < 3.2 * one + 0.2);
}

}  // namespace
}  // namespace sayso
