// Head of the fourth kind: is a unit a predicate, and does the text have it that what it says happened? Numbers only; what follows from them is the
// business of the room that asks.
//
// Method: a weighted sum of watched layers (Peters et al. 2018), transformer layers of its own, two numbers a unit. The values are UDS-IH2's
// (Rudinger et al. 2018). training/network.py, FactualityHead, is the same network; tests hold one against the other.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/encoder.h"
#include "model/weight_file.h"

namespace sayso {

struct FactualityHeadShape {
  size_t width = 0, heads = 0, inner = 0, layers = 0;
  std::vector<size_t> watched;  // numbers of encoder layers, from 1
};

class FactualityHead {
 public:
  // The columns of apply().
  static constexpr size_t predicate = 0;  // logit: above 0 the unit is rather a predicate than not
  static constexpr size_t value = 1;      // -3 certainly did not happen … 3 certainly did; means something where the unit is a predicate

  static Result<FactualityHead> load(const WeightFile& file, const std::string& name, size_t encoder_width, const FactualityHeadShape& shape,
                                     Precision precision);

  // Which of the encoder's layers are watched, and what each counts.
  const LayerMix& mix() const { return mix_; }

  // The units of one window, mixed by mix() -> rows units, the two columns above. Requires one unit at least.
  Matrix apply(const Matrix& mixed) const;

 private:
  LayerMix mix_;
  Linear from_unit_, out_;
  Norm norm_;
  std::vector<TransformerLayer> layers_;
};

}  // namespace sayso
