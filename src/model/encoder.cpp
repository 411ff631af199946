#include "model/encoder.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "model/kernels.h"
#include "model/load.h"

namespace sayso {

namespace {

// Lays the matrix whose element (output c, input k) is at[c * out_stride + k * in_stride] out as panels of `in` rows of outputs.
std::vector<float> to_panels(const float* at, size_t out_stride, size_t in_stride, size_t in, size_t out) {
  const size_t count = (out + panel - 1) / panel;
  std::vector<float> panels(count * panel * in, 0.0f);
  for (size_t first = 0; first < out; first += panel) {
    float* to = panels.data() + first * in;
    const size_t columns = std::min(panel, out - first);
    for (size_t k = 0; k < in; ++k)
      for (size_t c = 0; c < columns; ++c) to[k * panel + c] = at[(first + c) * out_stride + k * in_stride];
  }
  return panels;
}

void add_row(float* to, const float* from, size_t n) {
  for (size_t i = 0; i < n; ++i) to[i] += from[i];
}

// Rows that are computed together: few enough that their numbers stay in the second-level cache beside a layer's weights, and enough for each weight
// that is fetched to be used often; a multiple of what each set multiplies together (6, 3, 32 rows), since what is left over takes longer. 192 are no
// faster.
constexpr size_t block_rows = 96;

// Buckets of a signed distance in units: exact below 8, then nine logarithmic ones up to 256, 0…16; negative ones 17 further.
constexpr size_t distance_buckets = 34;
size_t bucket_of(int distance) {
  const int a = std::abs(distance);
  int bucket = a;
  if (a >= 8) {
    // float arithmetic as in training: log(a / 8) / log(32) * 9
    const float steps = std::log(static_cast<float>(a) / 8.0f) / std::log(32.0f) * 9.0f;
    bucket = std::min(16, 8 + static_cast<int>(steps));
  }
  return static_cast<size_t>(distance < 0 ? bucket + 17 : bucket);
}

}  // namespace

Result<Linear> Linear::load(const WeightFile& file, const std::string& name, size_t in, size_t out, Precision precision) {
  Linear linear;
  linear.in_ = in;
  linear.out_ = out;
  linear.precision_ = precision;
  if (precision == Precision::single) {
    std::vector<float> weight;
    SAYSO_LOAD(weight, file.floats(name + ".weight", {out, in}));
    linear.panels_ = to_panels(weight.data(), in, 1, in, out);
    SAYSO_LOAD(linear.bias_, file.floats(name + ".bias", {out}));
    return linear;
  }
  const size_t depth = row_bytes(in), outputs = padded_to(out, int8_panel);
  Tensor weight;
  SAYSO_LOAD(weight, file.tensor(name + ".weight"));
  if (weight.elements() == in * out) linear.int8_panels_.resize(outputs * depth);  // else it is refused, whatever size it claims
  if (depth > in || outputs > out) std::fill(linear.int8_panels_.begin(), linear.int8_panels_.end(), int8_t{0});  // what pads them
  linear.int8_scale_.resize(outputs);
  linear.int8_sum_.resize(outputs);
  const Status read = file.for_rows(name + ".weight", out, in, [&](size_t c, const float* row) {
    int8_t* to = linear.int8_panels_.data() + c / int8_panel * int8_panel * depth + c % int8_panel * quad;
    kernels().quantise_weights(row, in, to, &linear.int8_scale_[c], &linear.int8_sum_[c]);
  });
  if (!read) return read.error();
  SAYSO_LOAD(linear.bias_, file.floats(name + ".bias", {out}));
  linear.bias_.resize(outputs);
  return linear;
}

template <class Quantise>
void Linear::apply_int8(size_t rows, float* y, Quantise quantise) const {
  std::vector<uint8_t, HugeAllocator<uint8_t>> bytes(std::min(rows, block_rows) * row_bytes(in_));
  RowScale scales[block_rows];
  const Int8Weights weights{int8_panels_.data(), int8_scale_.data(), int8_sum_.data(), bias_.data(), in_, out_};
  for (size_t r = 0; r < rows; r += block_rows) {
    const size_t count = std::min(block_rows, rows - r);
    quantise(r, count, bytes.data(), scales);
    kernels().multiply_int8(bytes.data(), scales, count, weights, y + r * out_, out_);
  }
}

void Linear::apply(const float* x, size_t rows, float* y) const {
  if (precision_ == Precision::single) {
    kernels().multiply(x, in_, rows, in_, panels_.data(), bias_.data(), out_, y, out_);
    return;
  }
  apply_int8(rows, y, [&](size_t r, size_t count, uint8_t* bytes, RowScale* scales) {
    kernels().quantise(x + r * in_, in_, count, in_, bytes, scales);
  });
}

void Linear::apply_to_gelu(float* x, size_t rows, float* y) const {
  if (precision_ == Precision::single) {
    kernels().gelu(x, rows * in_);
    apply(x, rows, y);
    return;
  }
  apply_int8(rows, y, [&](size_t r, size_t count, uint8_t* bytes, RowScale* scales) {
    kernels().quantise_gelu(x + r * in_, count, in_, bytes, scales);
  });
}

Matrix Linear::apply(const Matrix& x) const {
  Matrix y(x.rows, out_);
  apply(x.values.data(), x.rows, y.values.data());
  return y;
}

Result<Norm> Norm::load(const WeightFile& file, const std::string& name, size_t width, float epsilon) {
  Norm norm;
  norm.epsilon_ = epsilon;
  SAYSO_LOAD(norm.gain_, file.floats(name + ".weight", {width}));
  SAYSO_LOAD(norm.bias_, file.floats(name + ".bias", {width}));
  return norm;
}

void Norm::apply(float* x, size_t rows, const float* add) const {
  kernels().normalise(x, add, rows, gain_.size(), gain_.data(), bias_.data(), epsilon_);
}

Result<TransformerLayer> TransformerLayer::load(const WeightFile& file, const std::string& name, size_t width, size_t heads, size_t inner,
                                                Precision precision) {
  TransformerLayer layer;
  layer.heads_ = heads;
  layer.precision_ = precision;
  SAYSO_LOAD(layer.query_key_value_, Linear::load(file, name + ".query_key_value", width, 3 * width, precision));
  SAYSO_LOAD(layer.out_, Linear::load(file, name + ".attention_out", width, width, precision));
  SAYSO_LOAD(layer.after_attention_, Norm::load(file, name + ".attention_norm", width));
  SAYSO_LOAD(layer.up_, Linear::load(file, name + ".up", width, inner, precision));
  SAYSO_LOAD(layer.down_, Linear::load(file, name + ".down", inner, width, precision));
  SAYSO_LOAD(layer.after_feed_forward_, Norm::load(file, name + ".feed_forward_norm", width));
  return layer;
}

void TransformerLayer::attend(const float* query_key_value, size_t rows, size_t width, float* mixed) const {
  const size_t size = width / heads_;
  if (precision_ == Precision::int8) {
    std::vector<char, HugeAllocator<char>> space(attention_space(rows, width, heads_));
    kernels().attend_int8(query_key_value, rows, width, heads_, mixed, space.data());
    return;
  }
  Matrix scores(rows, rows);
  for (size_t head = 0; head < heads_; ++head) {
    const float* query = query_key_value + head * size;
    const float* key = query + width;
    const float* value = key + width;
    // scores = softmax(Q K' / sqrt(size)); mixed = scores V.
    const std::vector<float> key_panels = to_panels(key, 3 * width, 1, size, rows);
    kernels().multiply(query, 3 * width, rows, size, key_panels.data(), nullptr, rows, scores.values.data(), rows);
    kernels().softmax(scores.values.data(), rows, rows, rows, 1.0f / std::sqrt(static_cast<float>(size)));
    const std::vector<float> value_panels = to_panels(value, 1, 3 * width, rows, size);
    kernels().multiply(scores.values.data(), rows, rows, rows, value_panels.data(), nullptr, size, mixed + head * size, width);
  }
}

void TransformerLayer::apply(Matrix& x, const std::vector<size_t>& ends) const {
  Matrix mixed(x.rows, x.columns);
  // A sequence's queries, keys and values are attended to while they are in the cache; short sequences are taken together.
  for (size_t s = 0, begin = 0; s < ends.size();) {
    size_t last = s;
    while (last + 1 < ends.size() && ends[last] - begin < block_rows) ++last;
    Matrix qkv(ends[last] - begin, query_key_value_.out());
    query_key_value_.apply(x.row(begin), qkv.rows, qkv.row(0));
    for (const size_t first = begin; s <= last; begin = ends[s++]) attend(qkv.row(begin - first), ends[s] - begin, x.columns, mixed.row(begin));
  }
  // From here on no row has to do with another: a few at a time go through all that is left, so that what comes of them stays in the cache.
  Matrix inner(std::min(block_rows, x.rows), up_.out()), added(inner.rows, x.columns);
  for (size_t r = 0; r < x.rows; r += block_rows) {
    const size_t count = std::min(block_rows, x.rows - r);
    out_.apply(mixed.row(r), count, added.row(0));
    after_attention_.apply(x.row(r), count, added.row(0));
    up_.apply(x.row(r), count, inner.row(0));
    down_.apply_to_gelu(inner.row(0), count, added.row(0));
    after_feed_forward_.apply(x.row(r), count, added.row(0));
  }
}

Result<Encoder> Encoder::load(const WeightFile& file, const EncoderShape& shape, Precision precision) {
  Encoder encoder;
  encoder.shape_ = shape;
  SAYSO_LOAD(encoder.word_, file.halves("encoder.word", {shape.vocabulary, shape.width}));
  SAYSO_LOAD(encoder.position_, file.floats("encoder.position", {shape.positions, shape.width}));
  SAYSO_LOAD(encoder.base_, file.floats("encoder.base", {shape.width}));
  SAYSO_LOAD(encoder.shape_table_, file.floats("encoder.shape", {shapes, shape.width}));
  SAYSO_LOAD(encoder.quote_table_, file.floats("encoder.quote", {quote_states, shape.width}));
  SAYSO_LOAD(encoder.gap_table_, file.floats("encoder.gap", {gaps, shape.width}));
  SAYSO_LOAD(encoder.norm_, Norm::load(file, "encoder.norm", shape.width));
  for (size_t i = 0; i < shape.layers; ++i) {
    TransformerLayer layer;
    SAYSO_LOAD(layer, TransformerLayer::load(file, "encoder.layers." + std::to_string(i), shape.width, shape.heads, shape.inner, precision));
    encoder.layers_.push_back(std::move(layer));
  }
  return encoder;
}

size_t Encoder::count_pieces(const Passage& passage) const {
  const Unit& first = passage.text->units[passage.window.begin];
  const Unit& last = passage.text->units[passage.window.end - 1];
  return std::min<size_t>(last.first_piece + last.pieces - first.first_piece, shape_.positions - 2);
}

void Encoder::embed(float* to, size_t position, uint32_t piece, uint8_t shape, uint8_t quote, uint8_t gap) const {
  const size_t width = shape_.width;
  kernels().widen(word_.data() + size_t{piece} * width, width, to);
  add_row(to, position_.data() + position * width, width);
  add_row(to, base_.data(), width);
  add_row(to, shape_table_.data() + shape * width, width);
  add_row(to, quote_table_.data() + quote * width, width);
  add_row(to, gap_table_.data() + gap * width, width);
}

std::vector<Matrix> Encoder::encode(const std::vector<Passage>& passages, const std::vector<const LayerMix*>& mixes,
                                    std::vector<std::vector<Matrix>>* mixed) const {
  std::vector<size_t> ends;
  for (const Passage& passage : passages) ends.push_back((ends.empty() ? 0 : ends.back()) + count_pieces(passage) + 2);
  Matrix x(ends.empty() ? 0 : ends.back(), shape_.width);
  size_t row = 0;
  for (size_t p = 0; p < passages.size(); ++p) {
    const size_t begin = row;
    embed(x.row(row), 0, shape_.begin_mark, 0, 0, 0);
    ++row;
    const auto& [text, window] = passages[p];
    for (uint32_t u = window.begin; u < window.end; ++u) {
      const Unit& unit = text->units[u];
      for (uint32_t i = 0; i < unit.pieces && row + 1 < ends[p]; ++i, ++row)
        embed(x.row(row), row - begin, text->pieces[unit.first_piece + i], unit.shape, unit.quote, unit.gap);
    }
    embed(x.row(row), row - begin, shape_.end_mark, 0, 0, 0);
    ++row;
  }
  norm_.apply(x.row(0), x.rows);

  // The row that stands for each unit, passage by passage.
  std::vector<size_t> rows;
  size_t begin = 0;
  for (size_t p = 0; p < passages.size(); ++p) {
    const auto& [text, window] = passages[p];
    const uint32_t first = text->units[window.begin].first_piece;
    for (uint32_t u = window.begin; u < window.end; ++u)
      rows.push_back(std::min<size_t>(begin + 1 + text->units[u].first_piece - first, ends[p] - 2));
    begin = ends[p];
  }
  // Gives each passage's units to `use(matrix row, encoder row)`.
  const auto for_units = [&](std::vector<Matrix>& matrices, const auto& use) {
    size_t unit = 0;
    for (Matrix& matrix : matrices)
      for (size_t r = 0; r < matrix.rows; ++r) use(matrix.row(r), x.row(rows[unit++]));
  };
  const auto make_matrices = [&](std::vector<Matrix>& matrices) {
    for (const Passage& passage : passages) matrices.emplace_back(passage.window.end - passage.window.begin, shape_.width);
  };
  const size_t width = shape_.width;
  if (mixed) mixed->assign(mixes.size(), {});
  for (size_t m = 0; m < mixes.size(); ++m) {
    make_matrices((*mixed)[m]);
    for (Matrix& matrix : (*mixed)[m]) std::fill(matrix.values.begin(), matrix.values.end(), 0.0f);
  }
  for (size_t number = 1; number <= layers_.size(); ++number) {
    layers_[number - 1].apply(x, ends);
    for (size_t m = 0; m < mixes.size(); ++m)
      for (const auto& [watched, share] : *mixes[m])
        if (watched == number)
          for_units((*mixed)[m], [width, share = share](float* to, const float* from) {
            for (size_t i = 0; i < width; ++i) to[i] += share * from[i];
          });
  }
  std::vector<Matrix> out;
  make_matrices(out);
  for_units(out, [width](float* to, const float* from) { std::copy_n(from, width, to); });
  return out;
}

Result<UnitHead> UnitHead::load(const WeightFile& file, const std::string& name, size_t width, size_t labels) {
  UnitHead head;
  SAYSO_LOAD(head.out_, Linear::load(file, name + ".out", width, labels, Precision::single));
  return head;
}

Matrix UnitHead::apply(const Matrix& encoded) const {
  Matrix y = out_.apply(encoded);
  log_softmax(y);
  return y;
}

Result<SpanHead> SpanHead::load(const WeightFile& file, const std::string& name, size_t encoder_width, const SpanHeadShape& shape,
                                Precision precision) {
  SpanHead head;
  head.shape_ = shape;
  SAYSO_LOAD(head.from_unit_, Linear::load(file, name + ".from_unit", encoder_width, shape.width, precision));
  SAYSO_LOAD(head.from_anchor_, Linear::load(file, name + ".from_anchor", 3 * encoder_width, shape.width, precision));
  SAYSO_LOAD(head.distance_, file.floats(name + ".distance", {distance_buckets, shape.width}));
  SAYSO_LOAD(head.inside_, file.floats(name + ".inside", {2, shape.width}));
  SAYSO_LOAD(head.line_, file.floats(name + ".line", {3, shape.width}));
  SAYSO_LOAD(head.norm_, Norm::load(file, name + ".norm", shape.width, 1e-5f));  // PyTorch's own, which the head is trained with
  for (size_t i = 0; i < shape.layers; ++i) {
    TransformerLayer layer;
    SAYSO_LOAD(layer, TransformerLayer::load(file, name + ".layers." + std::to_string(i), shape.width, shape.heads, shape.inner, precision));
    head.layers_.push_back(std::move(layer));
  }
  SAYSO_LOAD(head.hidden_, Linear::load(file, name + ".hidden", shape.width, shape.width, precision));
  SAYSO_LOAD(head.out_, Linear::load(file, name + ".out", shape.width, shape.labels, Precision::single));
  return head;
}

Matrix SpanHead::apply(const Matrix& encoded, const Matrix& prepared, const UnitText& text, Window window, Range anchor) const {
  const size_t n = encoded.rows, width = shape_.width, in = encoded.columns;
  Matrix summary(1, 3 * in);
  std::fill_n(summary.row(0), in, 0.0f);
  for (uint32_t u = anchor.begin; u < anchor.end; ++u) add_row(summary.row(0), encoded.row(u), in);
  for (size_t i = 0; i < in; ++i) summary.values[i] /= static_cast<float>(anchor.end - anchor.begin);
  std::copy_n(encoded.row(anchor.begin), in, summary.row(0) + in);
  std::copy_n(encoded.row(anchor.end - 1), in, summary.row(0) + 2 * in);
  const Matrix from_anchor = from_anchor_.apply(summary);

  Matrix z = prepared;
  const uint32_t anchor_line = text.units[window.begin + anchor.begin].paragraph;
  for (size_t u = 0; u < n; ++u) {
    const int at = static_cast<int>(u), begin = static_cast<int>(anchor.begin), end = static_cast<int>(anchor.end);
    const int distance = at < begin ? at - begin : at >= end ? at - end + 1 : 0;
    const uint32_t line = text.units[window.begin + u].paragraph;
    const size_t side = line < anchor_line ? 0 : line == anchor_line ? 1 : 2;
    add_row(z.row(u), from_anchor.row(0), width);
    add_row(z.row(u), distance_.data() + bucket_of(distance) * width, width);
    add_row(z.row(u), inside_.data() + (distance == 0 ? width : 0), width);
    add_row(z.row(u), line_.data() + side * width, width);
  }
  norm_.apply(z.row(0), z.rows);
  for (const TransformerLayer& layer : layers_) layer.apply(z, {n});
  Matrix hidden = hidden_.apply(z);
  kernels().gelu(hidden.values.data(), hidden.values.size());
  Matrix y = out_.apply(hidden);
  log_softmax(y);
  return y;
}

}  // namespace sayso
