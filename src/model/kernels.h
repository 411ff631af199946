// The arithmetic of the encoder: the loops that take nearly all of its time, compiled once for each instruction set and chosen when the
// program starts.
//
// Every set gives the same bits: sums of whole numbers are exact in any order, sums of floats are taken in an order that is written down here,
// and no multiplication is fused with an addition. So the choice of set changes the time and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sayso {

// ---- single precision -----------------------------------------------------------------------------------------------------------------

// Width of a panel: a weight matrix of `in` x `out` is kept as ceil(out / panel) panels of `in` rows of `panel` floats, the last
// one padded with zeros.
inline constexpr size_t panel = 16;

// ---- eight bits ------------------------------------------------------------------------------------------------------------------------

// A number that the compiler knows.
template <size_t n>
struct Known {
  constexpr operator size_t() const { return n; }
};

// A row of activations as bytes: x = scale * (byte - zero).
struct RowScale {
  float scale;
  int32_t zero;
};

// Numbers that are multiplied together: a dot product is taken four at a time.
inline constexpr size_t quad = 4;
// Outputs of an int8 panel.
inline constexpr size_t int8_panel = 16;
constexpr size_t padded_to(size_t n, size_t step) { return (n + step - 1) / step * step; }
// Bytes of a row of n numbers: padded with zeros to whole vectors of 16, and beyond 64 to whole tiles of AMX.
constexpr size_t row_bytes(size_t n) { return n <= 64 ? padded_to(n, 16) : padded_to(n, 64); }

// A weight matrix in eight bits, each output with its own scale: w = scale * value, value in [-127, 127]. Kept as panels of 16 outputs; a panel has
// row_bytes(in) / quad blocks, a block 16 outputs of quad values each. Outputs are padded to int8_panel: values, scale, sum and bias have that many.
struct Int8Weights {
  const int8_t* panels;
  const float* scale;
  const int32_t* sum;  // of an output's values: what the zero of the activations has to take away
  const float* bias;
  size_t in, out;
};

struct Kernels {
  const char* name;  // "amx", "avx512", "avx2", "baseline"

  // IEEE halves, two bytes each, as floats. Answers with the greatest of them without its sign, as a half's bits: infinities and what is no number
  // are greater than all numbers.
  uint32_t (*widen)(const void* halves, size_t n, float* to);

  // y[r][c] = bias[c] + sum over k of x[r][k] * w[k][c], for rows r < rows and columns c < out. bias may be null. Each y is summed in
  // the order of k, so a row's result depends on nothing but that row.
  void (*multiply)(const float* x, size_t x_stride, size_t rows, size_t in, const float* panels, const float* bias, size_t out,
                   float* y, size_t y_stride);

  // Rounds rows of floats to bytes, each row over its own range with zero in it. bytes: rows of row_bytes(n).
  void (*quantise)(const float* x, size_t x_stride, size_t rows, size_t n, uint8_t* bytes, RowScale* scales);

  // The same of GELU of rows of n floats that lie behind each other, which takes their places. Near enough for eight bits, in a third of the exact
  // one's time: Phi by an odd polynomial between -4 and 4, fitted to the least largest error. Off by at most 2e-4 for |x| <= 10 and by 2e-5 |x|
  // beyond.
  void (*quantise_gelu)(float* x, size_t rows, size_t n, uint8_t* bytes, RowScale* scales);

  // Rounds one output's `in` weights to [-127, 127] of their own scale and sums them; the k-th goes to out[k / 4 * 64 + k % 4], its place in a panel.
  void (*quantise_weights)(const float* w, size_t in, int8_t* out, float* scale, int32_t* sum);

  // The same as multiply, of quantised rows and weights. y may be nowhere near the bytes.
  void (*multiply_int8)(const uint8_t* bytes, const RowScale* scales, size_t rows, const Int8Weights& weights, float* y, size_t y_stride);

  // Self-attention over n >= 1 rows of 3 * width floats (query, key, value; heads side by side in each): for each head
  // mixed = softmax(Q K' / sqrt(size)) V, with queries, keys, values and shares in eight bits. space: attention_space() bytes, aligned to 64.
  void (*attend_int8)(const float* query_key_value, size_t n, size_t width, size_t heads, float* mixed, void* space);

  // Each row becomes exp(scale * (x - max)) / sum, over its first n values.
  void (*softmax)(float* x, size_t stride, size_t rows, size_t n, float scale);

  // x = x * Phi(x), the exact GELU; erf by Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
  void (*gelu)(float* x, size_t n);

  // x = (x + add - mean) / sqrt(variance + epsilon) * gain + bias, row by row. add may be null.
  void (*normalise)(float* x, const float* add, size_t rows, size_t n, const float* gain, const float* bias, float epsilon);
};

// Rows of queries that a set may attend to together.
inline constexpr size_t most_query_rows = 32;
// Bytes of scratch space that attend_int8 needs.
size_t attention_space(size_t n, size_t width, size_t heads);

// The set of this name, where this processor runs it; for "" the fastest that it runs; else nullptr.
const Kernels* find_kernels(const char* name);

// What the environment variable SAYSO_KERNELS says, read once; "" where it is not set.
const char* asked_kernels();

// The set that the whole program uses: find_kernels(asked_kernels()). Model::load refuses a name that is no set's; who comes here past it with such
// a name is stopped.
const Kernels& kernels();

// All sets that this processor runs, the plainest first: tests hold each against the plainest.
struct KernelList {
  const Kernels* items[4];
  size_t count;
};
KernelList runnable_kernels();

}  // namespace sayso
