// The network: a BERT-shaped encoder over the pieces of a window, and heads on top. Plain and readable; the arithmetic stands in kernels.h.
//
// Encoder: Devlin et al. 2019 (post-norm transformer), after all-MiniLM-L6-v2; a piece's vector is word + position + shape + quotation +
// gap. A unit is represented by its first piece.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/huge_pages.h"
#include "model/units.h"
#include "model/weight_file.h"

namespace sayso {

// Rows of floats, one after the other; unset when it is made.
struct Matrix {
  size_t rows = 0;
  size_t columns = 0;
  std::vector<float, HugeAllocator<float>> values;
  Matrix() = default;
  Matrix(size_t r, size_t c) : rows(r), columns(c), values(r * c) {}
  float* row(size_t r) { return values.data() + r * columns; }
  const float* row(size_t r) const { return values.data() + r * columns; }
};

// How products of matrices are computed. int8: weights are rounded to eight bits when they are loaded, activations row by row as they come
// (dynamic quantisation); four to six times as fast. single: as the network was trained, the reference.
enum class Precision { int8, single };

// y = x W' + b, with W kept in panels (kernels.h).
class Linear {
 public:
  static Result<Linear> load(const WeightFile& file, const std::string& name, size_t in, size_t out, Precision precision);
  Matrix apply(const Matrix& x) const;
  // Of rows one behind the other.
  void apply(const float* x, size_t rows, float* y) const;
  // The same of GELU of them, which takes their places.
  void apply_to_gelu(float* x, size_t rows, float* y) const;
  size_t out() const { return out_; }

 private:
  // y of rows in eight bits; quantise(first row, how many, bytes, scales) makes them.
  template <class Quantise>
  void apply_int8(size_t rows, float* y, Quantise quantise) const;

  size_t in_ = 0, out_ = 0;
  Precision precision_ = Precision::single;
  std::vector<float> panels_, bias_;  // panels_ of single precision; the others of int8
  std::vector<int8_t, HugeAllocator<int8_t>> int8_panels_;
  std::vector<float> int8_scale_;
  std::vector<int32_t> int8_sum_;
};

// Layer normalisation of rows, in place; as many rows of `add` are added first when it is given.
class Norm {
 public:
  static Result<Norm> load(const WeightFile& file, const std::string& name, size_t width, float epsilon = 1e-12f);
  void apply(float* x, size_t rows, const float* add = nullptr) const;

 private:
  std::vector<float> gain_, bias_;
  float epsilon_ = 1e-12f;  // added to the variance: BERT's
};

// One transformer layer, post-norm, with GELU. Rows may be several sequences behind each other; a row attends to its own.
class TransformerLayer {
 public:
  static Result<TransformerLayer> load(const WeightFile& file, const std::string& name, size_t width, size_t heads, size_t inner,
                                         Precision precision);
  // ends: of each sequence, the row behind its last.
  void apply(Matrix& x, const std::vector<size_t>& ends) const;

 private:
  void attend(const float* query_key_value, size_t rows, size_t width, float* mixed) const;

  size_t heads_ = 1;
  Precision precision_ = Precision::single;
  Linear query_key_value_, out_, up_, down_;
  Norm after_attention_, after_feed_forward_;
};

struct EncoderShape {
  size_t layers = 0, width = 0, heads = 0, inner = 0, positions = 0, vocabulary = 0;
  uint32_t begin_mark = 0, end_mark = 0;  // pieces that stand before and behind a window
};

// A window of a text.
struct Passage {
  const UnitText* text = nullptr;
  Window window;
};

// Numbers of layers, from 1, and what share each has of a weighted sum.
using LayerMix = std::vector<std::pair<size_t, float>>;

class Encoder {
 public:
  static Result<Encoder> load(const WeightFile& file, const EncoderShape& shape, Precision precision);
  // For each passage, which has one unit at least, a row a unit. Passages are read apart from each other: together they only take less time.
  // A passage of more pieces than the encoder has positions is cut (never happens with pack_windows and max_pieces <= positions - 2 -
  // max_unit_pieces). For each of `mixes`, `mixed` receives a matrix a passage too: the weighted sum of what those layers gave of each unit. Both
  // or neither.
  std::vector<Matrix> encode(const std::vector<Passage>& passages, const std::vector<const LayerMix*>& mixes = {},
                             std::vector<std::vector<Matrix>>* mixed = nullptr) const;
  size_t width() const { return shape_.width; }

 private:
  size_t count_pieces(const Passage& passage) const;
  void embed(float* to, size_t position, uint32_t piece, uint8_t shape, uint8_t quote, uint8_t gap) const;

  EncoderShape shape_;
  Halves word_;  // read a row at a time
  std::vector<float> position_, base_, shape_table_, quote_table_, gap_table_;
  Norm norm_;
  std::vector<TransformerLayer> layers_;
};

// Head of the first kind: a label for each unit.
class UnitHead {
 public:
  static Result<UnitHead> load(const WeightFile& file, const std::string& name, size_t width, size_t labels);
  // Log-probabilities: rows units, columns labels.
  Matrix apply(const Matrix& encoded) const;

 private:
  Linear out_;
};

// Units [begin, end), counted from the window's first.
struct Range {
  uint32_t begin = 0;
  uint32_t end = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

// Head of the second kind: a label for each unit, given one span of units (the anchor: a cue). The unit's vector + the anchor's (mean, first,
// last) + signed distance + inside or not + line before, same, after; one small transformer layer; a label.
struct SpanHeadShape {
  size_t width = 0, heads = 0, inner = 0, layers = 0, labels = 0;
};
class SpanHead {
 public:
  static Result<SpanHead> load(const WeightFile& file, const std::string& name, size_t encoder_width, const SpanHeadShape& shape,
                               Precision precision);

  // What does not depend on the anchor, made once a window.
  Matrix prepare(const Matrix& encoded) const { return from_unit_.apply(encoded); }
  // Log-probabilities given the anchor, one unit of the window at least: rows units, columns labels.
  Matrix apply(const Matrix& encoded, const Matrix& prepared, const UnitText& text, Window window, Range anchor) const;

 private:
  SpanHeadShape shape_;
  Linear from_unit_, from_anchor_, hidden_, out_;
  std::vector<float> distance_, inside_, line_;
  Norm norm_;
  std::vector<TransformerLayer> layers_;
};

}  // namespace sayso
