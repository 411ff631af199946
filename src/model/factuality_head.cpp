#include "model/factuality_head.h"

#include <cmath>
#include <utility>

#include "model/load.h"

namespace sayso {

Result<FactualityHead> FactualityHead::load(const WeightFile& file, const std::string& name, size_t encoder_width, const FactualityHeadShape& shape,
                                            Precision precision) {
  FactualityHead head;
  SAYSO_LOAD(head.mix_, load_mix(file, name + ".mix", shape.watched));
  SAYSO_LOAD(head.from_unit_, Linear::load(file, name + ".from_unit", encoder_width, shape.width, precision));
  SAYSO_LOAD(head.norm_, Norm::load(file, name + ".norm", shape.width, 1e-5f));  // PyTorch's own, which the head is trained with
  for (size_t i = 0; i < shape.layers; ++i) {
    TransformerLayer layer;
    SAYSO_LOAD(layer, TransformerLayer::load(file, name + ".layers." + std::to_string(i), shape.width, shape.heads, shape.inner, precision));
    head.layers_.push_back(std::move(layer));
  }
  SAYSO_LOAD(head.out_, Linear::load(file, name + ".out", shape.width, 2, Precision::single));
  return head;
}

Matrix FactualityHead::apply(const Matrix& mixed) const {
  Matrix z = from_unit_.apply(mixed);
  norm_.apply(z.row(0), z.rows);
  for (const TransformerLayer& layer : layers_) layer.apply(z, {z.rows});
  Matrix y = out_.apply(z);
  for (size_t r = 0; r < y.rows; ++r) y.row(r)[value] = 3 * std::tanh(y.row(r)[value]);
  return y;
}

}  // namespace sayso
