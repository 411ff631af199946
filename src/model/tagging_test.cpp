#include "model/tagging.h"

#include <doctest/doctest.h>

#include <random>

using namespace sayso;

namespace {

const std::vector<std::string> labels = {"O", "B-source", "I-source", "B-content", "I-content"};

Tagging tagging() {
  auto made = Tagging::from_labels(labels, {"source", "content"});
  REQUIRE(made.ok());
  return *made;
}

bool is_legal(const std::vector<uint8_t>& sequence) {
  for (size_t i = 0; i < sequence.size(); ++i) {
    if (sequence[i] != 2 && sequence[i] != 4) continue;
    const uint8_t begin = sequence[i] - 1;
    if (i == 0 || (sequence[i - 1] != begin && sequence[i - 1] != sequence[i])) return false;
  }
  return true;
}

double score_of(const Matrix& scores, const std::vector<uint8_t>& sequence) {
  double sum = 0;
  for (size_t i = 0; i < sequence.size(); ++i) sum += scores.row(i)[sequence[i]];
  return sum;
}

}  // namespace

TEST_CASE("labels may stand in any order, and others are refused with a sentence") {
  const auto turned = Tagging::from_labels({"I-content", "O", "B-content", "I-source", "B-source"}, {"source", "content"});
  REQUIRE(turned.ok());
  CHECK(turned->begin_label(0) == 4);
  CHECK(turned->inside_label(1) == 0);
  CHECK(turned->outside_label() == 1);
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{}, {"O"}, {"O", "B-source", "I-source", "B-cue", "I-cue"},
        {"O", "B-source", "B-source", "B-content", "I-content"}}) {
    const auto refused = Tagging::from_labels(wrong, {"source", "content"});
    REQUIRE(!refused.ok());
    CHECK(refused.error().sentence() ==
          "a head of the weight file has other labels than this program reads. Use the weights that came with this program.");
  }
}

TEST_CASE("the best legal sequence is found: no other legal one has a higher score") {
  const Tagging tags = tagging();
  std::mt19937 random(4);
  std::uniform_real_distribution<float> log_probability(-6, 0);
  for (int round = 0; round < 200; ++round) {
    Matrix scores(1 + random() % 5, labels.size());
    for (float& value : scores.values) value = log_probability(random);
    const std::vector<uint8_t> best = tags.find_best(scores);
    REQUIRE(best.size() == scores.rows);
    CHECK(is_legal(best));
    size_t count = 1;
    for (size_t i = 0; i < scores.rows; ++i) count *= labels.size();
    for (size_t n = 0; n < count; ++n) {
      std::vector<uint8_t> other;
      for (size_t i = 0, rest = n; i < scores.rows; ++i, rest /= labels.size()) other.push_back(static_cast<uint8_t>(rest % labels.size()));
      if (is_legal(other)) CHECK(score_of(scores, other) <= score_of(scores, best) + 1e-4);
    }
  }
  CHECK(tags.find_best(Matrix(0, labels.size())).empty());
}

TEST_CASE("runs: two in a row are two, a gap parts them, an I without its B begins one") {
  const Tagging tags = tagging();
  const auto runs = tags.runs_of({1, 2, 1, 0, 3, 4, 0, 4, 2});
  REQUIRE(runs.size() == 5);
  CHECK(runs[0].units == Range{0, 2});
  CHECK(runs[1].units == Range{2, 3});
  CHECK(runs[2].units == Range{4, 6});
  CHECK(runs[2].part == 1);
  CHECK(runs[3].units == Range{7, 8});
  CHECK(runs[4].part == 0);
  CHECK(tags.runs_of({}).empty());
}
