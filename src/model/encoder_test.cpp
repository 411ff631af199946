// The network against PyTorch: tests/golden/model/, written by training/dump_reference.py.
#include "model/encoder.h"

#include <algorithm>
#include <cmath>

#include "model/golden_files.h"

using namespace sayso;
using nlohmann::json;

namespace {

// Both sides sum the same products in single precision in another order. Each layer norm brings values back to about 1, where that is
// some 1e-6 a layer, 3e-5 in the end; the reference is rounded to five digits. The head's norm with another epsilon moved it by 8e-4, a wrong
// weight, feature or bucket moves it by 1e-2 and more.
constexpr double tolerance = 1e-4;

double worst_difference(const Matrix& found, const json& expected) {
  if (found.rows != expected.size()) return 1e9;
  double worst = 0;
  for (size_t r = 0; r < found.rows; ++r) {
    if (found.columns != expected[r].size()) return 1e9;
    for (size_t c = 0; c < found.columns; ++c) {
      const double difference = std::abs(double{found.row(r)[c]} - expected[r][c].get<double>());
      worst = difference <= worst ? worst : difference;  // NaN counts
    }
  }
  return worst;
}

// The head for entities: names, mentions, bounds, vectors and links of one window.
void hold_entities(const Model& model, const UnitText& units, Window window, const json& expected) {
  const EntityHead& head = model.entity_head("entities")->head;
  std::vector<std::vector<Matrix>> mixed;
  model.encode({{&units, window}}, {&head.mix()}, &mixed);
  const Matrix read = head.apply(mixed.front().front());
  CHECK(worst_difference(head.names(read), expected["names"]) < tolerance);
  CHECK(worst_difference(head.mentions(read), expected["mentions"]) < tolerance);
  std::vector<uint32_t> heads;
  for (uint32_t u = 0; u < read.rows; u += 3) heads.push_back(u);
  const std::vector<Range> bounds = head.bounds(read, heads);
  REQUIRE(bounds.size() == expected["bounds"].size());
  for (size_t i = 0; i < bounds.size(); ++i) CHECK(json{bounds[i].begin, bounds[i].end} == expected["bounds"][i]);
  const Matrix vectors = head.vectors(read, heads, bounds);
  Matrix begun(vectors.rows, 8);
  for (size_t r = 0; r < vectors.rows; ++r) std::copy_n(vectors.row(r), 8, begun.row(r));
  CHECK(worst_difference(begun, expected["vectors"]) < tolerance);
  const EntityHead::Prepared prepared = head.prepare(vectors);
  const PairRows rows = {1, 2, 1, 2, 1, 2};
  for (size_t i = 1; i < heads.size(); ++i)
    CHECK(std::abs(head.link(prepared, i, i - 1, rows) - expected["links"][i - 1].get<float>()) < 10 * tolerance);
}

// The head for factuality, its mix as the second of two of one pass.
void hold_factuality(const Model& model, const UnitText& units, Window window, const json& expected) {
  const FactualityHead& head = *model.factuality_head("factuality");
  const LayerMix other = {{1, 0.5f}, {2, 0.5f}};
  std::vector<std::vector<Matrix>> mixed;
  model.encode({{&units, window}}, {&other, &head.mix()}, &mixed);
  CHECK(worst_difference(head.apply(mixed.back().front()), expected) < tolerance);
}

// Pieces, windows, tags and roles of each text of the reference; how many roles there were.
size_t hold_against_reference(const Model& model, const json& reference) {
  size_t anchors = 0;
  for (const json& entry : reference["texts"]) {
    const std::string text = entry["text"];
    CAPTURE(text);
    const UnitText units = model.split(text, 0, static_cast<uint32_t>(text.size()));
    const std::vector<Window> windows = model.pack(units);
    REQUIRE(windows.size() == entry["windows"].size());
    for (size_t w = 0; w < windows.size(); ++w) {
      const json& expected = entry["windows"][w];
      const Window window = windows[w];
      REQUIRE(window.begin == expected["begin"].get<uint32_t>());
      REQUIRE(window.end == expected["end"].get<uint32_t>());
      const Unit &first = units.units[window.begin], &last = units.units[window.end - 1];
      const auto pieces = units.pieces.begin();
      CHECK(json(std::vector<uint32_t>(pieces + first.first_piece, pieces + last.first_piece + last.pieces)) == expected["pieces"]);
      const Matrix encoded = model.encode(units, window);
      CHECK(worst_difference(model.unit_head("tags")->head.apply(encoded), expected["tags"]) < tolerance);
      if (expected.contains("entities")) hold_entities(model, units, window, expected["entities"]);
      if (expected.contains("factuality")) hold_factuality(model, units, window, expected["factuality"]);
      const SpanHead& roles = model.span_head("roles")->head;
      const Matrix prepared = roles.prepare(encoded);
      for (const json& anchor : expected["roles"]) {
        const Range range{anchor["begin"], anchor["end"]};
        CAPTURE(range.begin);
        CAPTURE(range.end);
        CHECK(worst_difference(roles.apply(encoded, prepared, units, window, range), anchor["scores"]) < tolerance);
        ++anchors;
      }
    }
  }
  return anchors;
}

}  // namespace

TEST_CASE("a small random network gives PyTorch's tags and roles") {
  const json reference = json::parse(read_for_test("tests/golden/model/small.json"));
  REQUIRE(reference["weights"] == small_model().sha256());
  CHECK(hold_against_reference(small_model(), reference) >= 20);
}

TEST_CASE("the embeddings and each layer of the small network are PyTorch's") {
  const json reference = json::parse(read_for_test("tests/golden/model/small.json"));
  const auto file = WeightFile::parse(small_bytes(), "small");
  REQUIRE(file.ok());
  const WordPiece& tokenizer = small_model().tokenizer();
  size_t held = 0;
  for (size_t layers = 0; layers <= 2; ++layers) {
    CAPTURE(layers);
    const auto encoder = Encoder::load(*file, {layers, 24, 3, 40, 256, tokenizer.size(), tokenizer.begin_mark(), tokenizer.end_mark()},
                                       Precision::single);
    REQUIRE(encoder.ok());
    for (const json& entry : reference["texts"]) {
      const std::string text = entry["text"];
      const UnitText units = small_model().split(text, 0, static_cast<uint32_t>(text.size()));
      for (const json& window : entry["windows"]) {
        if (!window.contains("layers")) continue;
        CHECK(worst_difference(encoder->encode({{&units, {window["begin"], window["end"]}}}).front(), window["layers"][layers]) < tolerance);
        ++held;
      }
    }
  }
  CHECK(held >= 6);
}

TEST_CASE("the shipped weights give PyTorch's tags and roles") {
  const json reference = json::parse(read_for_test("tests/golden/model/shipped.json"));
  REQUIRE_MESSAGE(reference["weights"] == shipped_model().sha256(),
                  "the weights are others: run training/dump_reference.py and look at what changed");
  CHECK(hold_against_reference(shipped_model(), reference) >= 12);
}

TEST_CASE("a window's numbers do not depend on the text around it, to the last bit") {
  const Model& model = small_model();
  const std::string line = "“The dam will hold,” she said.", text = "Old news\n" + line + "\nMore: it will not.";
  const UnitText alone = model.split(line, 0, static_cast<uint32_t>(line.size())), whole = model.split(text, 0, static_cast<uint32_t>(text.size()));
  const uint32_t n = static_cast<uint32_t>(alone.units.size());
  CHECK(model.encode(alone, {0, n}).values == model.encode(whole, {2, 2 + n}).values);
  const Matrix encoded = model.encode(alone, {0, n});
  const SpanHead& roles = model.span_head("roles")->head;
  const Matrix prepared = roles.prepare(encoded);
  CHECK(roles.apply(encoded, prepared, alone, {0, n}, {6, 7}).values == roles.apply(encoded, prepared, whole, {2, 2 + n}, {6, 7}).values);
}

TEST_CASE("log-probabilities are: each row's sum to one") {
  const Model& model = small_model();
  const std::string text = "She said no.\nHe hopes so.";
  const UnitText units = model.split(text, 0, static_cast<uint32_t>(text.size()));
  const Window window = model.pack(units).front();
  const Matrix encoded = model.encode(units, window);
  const auto hold = [](const Matrix& scores) {
    for (size_t r = 0; r < scores.rows; ++r) {
      double sum = 0;
      for (size_t c = 0; c < scores.columns; ++c) sum += std::exp(double{scores.row(r)[c]});
      CHECK(sum == doctest::Approx(1.0).epsilon(1e-5));
    }
  };
  const Matrix tags = model.unit_head("tags")->head.apply(encoded);
  CHECK(tags.rows == units.units.size());
  CHECK(tags.columns == model.unit_head("tags")->labels.size());
  hold(tags);
  const SpanHead& head = model.span_head("roles")->head;
  const Matrix roles = head.apply(encoded, head.prepare(encoded), units, window, {0, 1});
  CHECK(roles.rows == units.units.size());
  CHECK(roles.columns == model.span_head("roles")->labels.size());
  hold(roles);
}

TEST_CASE("a window of more pieces than there are positions is cut, not read beyond") {
  const auto file = WeightFile::parse(small_bytes(), "small");
  REQUIRE(file.ok());
  const WordPiece& tokenizer = small_model().tokenizer();
  const auto encoder = Encoder::load(*file, {2, 24, 3, 40, 256, tokenizer.size(), tokenizer.begin_mark(), tokenizer.end_mark()}, Precision::single);
  REQUIRE(encoder.ok());
  std::string text;
  for (int i = 0; i < 300; ++i) text += "a ";
  const UnitText units = small_model().split(text, 0, static_cast<uint32_t>(text.size()));
  const Matrix encoded = encoder->encode({{&units, {0, 300}}}).front();
  CHECK(encoded.rows == 300);
  size_t infinite = 0;
  for (float value : encoded.values) infinite += !std::isfinite(value);
  CHECK(infinite == 0);
}

namespace {

// The texts of the reference that the shipped weights are held against, and all their windows.
struct ReferenceTexts {
  std::vector<UnitText> units;
  std::vector<Passage> passages;
};

ReferenceTexts reference_texts(const Model& model) {
  const json reference = json::parse(read_for_test("tests/golden/model/shipped.json"));
  ReferenceTexts out;
  for (const json& entry : reference["texts"]) {
    const std::string text = entry["text"];
    out.units.push_back(model.split(text, 0, static_cast<uint32_t>(text.size())));
  }
  for (const UnitText& units : out.units)
    for (const Window& window : model.pack(units)) out.passages.push_back({&units, window});
  return out;
}

}  // namespace

TEST_CASE("in eight bits the shipped weights say nearly the same as in single precision") {
  const Model &exact = shipped_model(), &fast = shipped_model_int8();
  const ReferenceTexts texts = reference_texts(exact);
  double sum = 0, worst = 0;
  size_t labels = 0, other = 0;
  for (const Passage& passage : texts.passages) {
    const Matrix a = exact.unit_head("tags")->head.apply(exact.encode(*passage.text, passage.window));
    const Matrix b = fast.unit_head("tags")->head.apply(fast.encode(*passage.text, passage.window));
    REQUIRE(a.rows == b.rows);
    for (size_t r = 0; r < a.rows; ++r) {
      const auto best = [](const Matrix& m, size_t row) { return std::max_element(m.row(row), m.row(row) + m.columns) - m.row(row); };
      other += best(a, r) != best(b, r);
      for (size_t c = 0; c < a.columns; ++c) {
        const double difference = std::abs(std::exp(double{a.row(r)[c]}) - std::exp(double{b.row(r)[c]}));
        worst = std::max(worst, difference);
        sum += difference;
      }
    }
    labels += a.rows;
  }
  CAPTURE(worst);
  CAPTURE(other);
  // Probabilities: rounding to eight bits moves the unsure ones by some hundredths and the others not at all; anything worse is a defect.
  CHECK(labels > 100);
  CHECK(sum / static_cast<double>(labels) < 0.02);
  CHECK(worst < 0.25);
  CHECK(static_cast<double>(other) < 0.02 * static_cast<double>(labels));
}

TEST_CASE("passages that are encoded together come out as they do alone, to the last bit") {
  for (const Model* model : {&shipped_model(), &shipped_model_int8()}) {
    const ReferenceTexts texts = reference_texts(*model);
    const std::vector<Matrix> together = model->encode(texts.passages);
    REQUIRE(together.size() == texts.passages.size());
    REQUIRE(together.size() >= 3);
    size_t different = 0;
    for (size_t i = 0; i < together.size(); ++i)
      different += together[i].values != model->encode(*texts.passages[i].text, texts.passages[i].window).values;
    CHECK(different == 0);
  }
  CHECK(shipped_model().encode(std::vector<Passage>{}).empty());
}
