// What the heads share when they are loaded and applied; for src/model/ alone.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "model/encoder.h"

// Loads one member after the other and stops at the first error.
#define SAYSO_LOAD(target, expression)            \
  do {                                            \
    auto loaded = (expression);                   \
    if (!loaded) return loaded.error();           \
    (target) = std::move(loaded).value();         \
  } while (false)

namespace sayso {

// Rows of scores -> rows of log-probabilities.
inline void log_softmax(Matrix& x) {
  for (size_t r = 0; r < x.rows; ++r) {
    float* row = x.row(r);
    const float most = *std::max_element(row, row + x.columns);
    float sum = 0;
    for (size_t c = 0; c < x.columns; ++c) sum += std::exp(row[c] - most);
    const float log_sum = most + std::log(sum);
    for (size_t c = 0; c < x.columns; ++c) row[c] -= log_sum;
  }
}

// The tensor `name`, whose softmax says what each of the watched layers counts.
inline Result<LayerMix> load_mix(const WeightFile& file, const std::string& name, const std::vector<size_t>& watched) {
  std::vector<float> shares;
  SAYSO_LOAD(shares, file.floats(name, {watched.size()}));
  float sum = 0;
  for (float& share : shares) sum += share = std::exp(std::clamp(share, -50.0f, 50.0f));
  LayerMix mix;
  for (size_t i = 0; i < shares.size(); ++i) mix.push_back({watched[i], shares[i] / sum});
  return mix;
}

}  // namespace sayso
