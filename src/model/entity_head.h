// Head of the third kind: names, mentions and coreference, from several layers of the encoder at once. Numbers only; what a label means is the
// business of the room that asks.
//
// Method: a weighted sum of watched layers (Peters et al. 2018), transformer layers of its own, then tags of names, what each unit is the head word
// of, the bounds of a mention given its head word (Dozat and Manning 2017), and a score for each pair of mentions (Lee et al. 2017; by head words,
// Dobrovolskii 2021). training/network.py, EntityHeads, is the same network; tests hold one against the other.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/encoder.h"
#include "model/weight_file.h"

namespace sayso {

// Tables of what is known of a pair of mentions without the network, in the order of PairRows; their sizes are the weight file's.
inline constexpr std::array<const char*, 6> pair_tables = {"kinds", "apart", "units_apart", "words", "types", "lines"};
inline constexpr std::array<size_t, 6> pair_table_sizes = {9, 10, 12, 5, 2, 3};
using PairRows = std::array<uint8_t, 6>;

struct EntityHeadShape {
  size_t width = 0, heads = 0, inner = 0, layers = 0, hidden = 0, before = 0, behind = 0;
  std::vector<size_t> watched;  // numbers of encoder layers, from 1
  size_t name_labels = 0, mention_labels = 0;
};

class EntityHead {
 public:
  static Result<EntityHead> load(const WeightFile& file, const std::string& name, size_t encoder_width, const EntityHeadShape& shape,
                                 Precision precision);

  // Which of the encoder's layers are watched, and what each counts.
  const LayerMix& mix() const { return mix_; }
  size_t width() const { return shape_.width; }

  // The units of one window, mixed by mix() -> a row a unit, from which all else is read. Requires one unit at least.
  Matrix apply(const Matrix& mixed) const;
  // Log-probabilities: rows units, columns labels.
  Matrix names(const Matrix& read) const;
  Matrix mentions(const Matrix& read) const;
  // For each head word (a unit of the window): the units of its mention, within the window.
  std::vector<Range> bounds(const Matrix& read, const std::vector<uint32_t>& heads) const;
  // For each mention given by head word and units: a vector that pairs are scored by.
  Matrix vectors(const Matrix& read, const std::vector<uint32_t>& heads, const std::vector<Range>& units) const;

  // What scoring pairs takes of each of a document's mentions, made once from their vectors().
  struct Prepared {
    Matrix later, earlier, later_hidden, earlier_hidden;
  };
  Prepared prepare(const Matrix& vectors) const;
  // How well `earlier` is the antecedent of `later`: above 0 they are rather one than not. O(hidden).
  float link(const Prepared& prepared, size_t later, size_t earlier, const PairRows& rows) const;

 private:
  EntityHeadShape shape_;
  LayerMix mix_;
  Linear from_unit_, names_, mentions_, begin_key_, begin_query_, end_key_, end_query_, from_mention_, later_, earlier_, later_hidden_,
      earlier_hidden_;
  Norm norm_, mention_norm_;
  std::vector<TransformerLayer> layers_;
  std::vector<float> before_, behind_;
  std::array<std::vector<float>, 6> pairs_;
  std::vector<float> link_;
  float link_bias_ = 0;
};

}  // namespace sayso
