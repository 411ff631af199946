// From a head's scores to spans: the best legal sequence of B-, I- and O-labels (Viterbi), and its runs.
#pragma once

#include <string>
#include <vector>

#include "model/encoder.h"

namespace sayso {

// A set of labels "O", "B-cue", "I-cue", …, as the weight file names them.
class Tagging {
 public:
  Tagging() = default;
  // parts: the names that this room knows, in the order of their numbers. corrupt when the labels are not O and a B- and an I- of each.
  static Result<Tagging> from_labels(const std::vector<std::string>& labels, const std::vector<std::string>& parts);

  size_t labels() const { return kind_.size(); }
  size_t begin_label(size_t part) const { return begin_[part]; }
  size_t inside_label(size_t part) const { return inside_[part]; }
  size_t outside_label() const { return outside_; }

  // The best sequence in which an I- follows a B- or I- of its part. scores: log-probabilities, a row a unit.
  std::vector<uint8_t> find_best(const Matrix& scores) const;

  struct Run {
    size_t part = 0;
    Range units;
  };
  // B- or I-runs of `sequence` in order.
  std::vector<Run> runs_of(const std::vector<uint8_t>& sequence) const;

 private:
  enum class Kind : uint8_t { outside, begin, inside };
  std::vector<Kind> kind_;     // of each label
  std::vector<size_t> part_;   // of each label
  std::vector<size_t> begin_, inside_;  // label of each part
  size_t outside_ = 0;
};

}  // namespace sayso
