#include "model/entity_head.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "model/load.h"

namespace sayso {

namespace {

constexpr size_t key_width = 64;

float product(const float* a, const float* b, size_t n) {
  float sum = 0;
  for (size_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

// The best place for a bound of the mention whose head word stands at `head`: that many units from it, towards `step`.
uint32_t best_reach(const Matrix& keys, const float* query, const std::vector<float>& bias, size_t head, int step) {
  uint32_t best = 0;
  float most = 0;
  for (uint32_t reach = 0; reach < bias.size(); ++reach) {
    const auto at = static_cast<ptrdiff_t>(head) + step * static_cast<ptrdiff_t>(reach);
    if (at < 0 || at >= static_cast<ptrdiff_t>(keys.rows)) break;
    const float score = product(keys.row(static_cast<size_t>(at)), query, key_width) / std::sqrt(static_cast<float>(key_width)) + bias[reach];
    if (reach == 0 || score > most) {
      most = score;
      best = reach;
    }
  }
  return best;
}

}  // namespace

Result<EntityHead> EntityHead::load(const WeightFile& file, const std::string& name, size_t encoder_width, const EntityHeadShape& shape,
                                    Precision precision) {
  EntityHead head;
  head.shape_ = shape;
  const size_t width = shape.width, hidden = shape.hidden;
  SAYSO_LOAD(head.mix_, load_mix(file, name + ".mix", shape.watched));
  SAYSO_LOAD(head.from_unit_, Linear::load(file, name + ".from_unit", encoder_width, width, precision));
  SAYSO_LOAD(head.norm_, Norm::load(file, name + ".norm", width, 1e-5f));  // PyTorch's own, which the head is trained with
  for (size_t i = 0; i < shape.layers; ++i) {
    TransformerLayer layer;
    SAYSO_LOAD(layer, TransformerLayer::load(file, name + ".layers." + std::to_string(i), width, shape.heads, shape.inner, precision));
    head.layers_.push_back(std::move(layer));
  }
  SAYSO_LOAD(head.names_, Linear::load(file, name + ".names", width, shape.name_labels, Precision::single));
  SAYSO_LOAD(head.mentions_, Linear::load(file, name + ".mentions", width, shape.mention_labels, Precision::single));
  SAYSO_LOAD(head.begin_key_, Linear::load(file, name + ".begin_key", width, key_width, Precision::single));
  SAYSO_LOAD(head.begin_query_, Linear::load(file, name + ".begin_query", width, key_width, Precision::single));
  SAYSO_LOAD(head.end_key_, Linear::load(file, name + ".end_key", width, key_width, Precision::single));
  SAYSO_LOAD(head.end_query_, Linear::load(file, name + ".end_query", width, key_width, Precision::single));
  SAYSO_LOAD(head.before_, file.floats(name + ".before", {shape.before + 1}));
  SAYSO_LOAD(head.behind_, file.floats(name + ".behind", {shape.behind + 1}));
  SAYSO_LOAD(head.from_mention_, Linear::load(file, name + ".from_mention", 2 * width, width, precision));
  SAYSO_LOAD(head.mention_norm_, Norm::load(file, name + ".mention_norm", width, 1e-5f));
  SAYSO_LOAD(head.later_, Linear::load(file, name + ".later", width, hidden, precision));
  SAYSO_LOAD(head.earlier_, Linear::load(file, name + ".earlier", width, hidden, precision));
  SAYSO_LOAD(head.later_hidden_, Linear::load(file, name + ".later_hidden", width, hidden, precision));
  SAYSO_LOAD(head.earlier_hidden_, Linear::load(file, name + ".earlier_hidden", width, hidden, precision));
  for (size_t t = 0; t < pair_tables.size(); ++t)
    SAYSO_LOAD(head.pairs_[t], file.floats(name + ".pairs." + pair_tables[t], {pair_table_sizes[t], hidden}));
  SAYSO_LOAD(head.link_, file.floats(name + ".link.weight", {1, hidden}));
  std::vector<float> bias;
  SAYSO_LOAD(bias, file.floats(name + ".link.bias", {1}));
  head.link_bias_ = bias.front();
  return head;
}

Matrix EntityHead::apply(const Matrix& mixed) const {
  Matrix z = from_unit_.apply(mixed);
  norm_.apply(z.row(0), z.rows);
  for (const TransformerLayer& layer : layers_) layer.apply(z, {z.rows});
  return z;
}

Matrix EntityHead::names(const Matrix& read) const {
  Matrix y = names_.apply(read);
  log_softmax(y);
  return y;
}

Matrix EntityHead::mentions(const Matrix& read) const {
  Matrix y = mentions_.apply(read);
  log_softmax(y);
  return y;
}

std::vector<Range> EntityHead::bounds(const Matrix& read, const std::vector<uint32_t>& heads) const {
  if (heads.empty()) return {};
  Matrix at(heads.size(), read.columns);
  for (size_t i = 0; i < heads.size(); ++i) std::copy_n(read.row(heads[i]), read.columns, at.row(i));
  const Matrix begin_keys = begin_key_.apply(read), end_keys = end_key_.apply(read);
  const Matrix begin_queries = begin_query_.apply(at), end_queries = end_query_.apply(at);
  std::vector<Range> out;
  for (size_t i = 0; i < heads.size(); ++i)
    out.push_back({heads[i] - best_reach(begin_keys, begin_queries.row(i), before_, heads[i], -1),
                   heads[i] + best_reach(end_keys, end_queries.row(i), behind_, heads[i], 1) + 1});
  return out;
}

Matrix EntityHead::vectors(const Matrix& read, const std::vector<uint32_t>& heads, const std::vector<Range>& units) const {
  const size_t width = shape_.width;
  Matrix both(heads.size(), 2 * width);
  for (size_t i = 0; i < heads.size(); ++i) {
    std::copy_n(read.row(heads[i]), width, both.row(i));
    float* mean = both.row(i) + width;
    std::fill_n(mean, width, 0.0f);
    for (uint32_t u = units[i].begin; u < units[i].end; ++u)
      for (size_t k = 0; k < width; ++k) mean[k] += read.row(u)[k];
    for (size_t k = 0; k < width; ++k) mean[k] /= static_cast<float>(units[i].end - units[i].begin);
  }
  if (heads.empty()) return Matrix(0, width);
  Matrix y = from_mention_.apply(both);
  mention_norm_.apply(y.row(0), y.rows);
  return y;
}

EntityHead::Prepared EntityHead::prepare(const Matrix& vectors) const {
  if (vectors.rows == 0) return {};
  return {later_.apply(vectors), earlier_.apply(vectors), later_hidden_.apply(vectors), earlier_hidden_.apply(vectors)};
}

float EntityHead::link(const Prepared& prepared, size_t later, size_t earlier, const PairRows& rows) const {
  const size_t hidden = shape_.hidden;
  const float *a = prepared.later_hidden.row(later), *b = prepared.earlier_hidden.row(earlier);
  std::array<const float*, pair_tables.size()> tables;
  for (size_t t = 0; t < tables.size(); ++t) tables[t] = pairs_[t].data() + rows[t] * hidden;
  const float *c = prepared.later.row(later), *d = prepared.earlier.row(earlier);
  float score = link_bias_, product = 0;  // side by side: each addition waits for the one before
  for (size_t k = 0; k < hidden; ++k) {
    float sum = a[k] + b[k];
    for (const float* table : tables) sum += table[k];
    score += std::max(0.0f, sum) * link_[k];
    product += c[k] * d[k];
  }
  return score + product / std::sqrt(static_cast<float>(hidden));
}

}  // namespace sayso
