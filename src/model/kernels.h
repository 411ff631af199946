// The arithmetic of the encoder: three loops that take nearly all of its time, compiled once for each instruction set and chosen when
// the program starts. Plain loops that the compiler vectorises; same instruction set, same bits.
#pragma once

#include <cstddef>

namespace sayso {

// Width of a panel: a weight matrix of `in` x `out` is kept as ceil(out / panel) panels of `in` rows of `panel` floats, the last
// one padded with zeros.
inline constexpr size_t panel = 32;

struct Kernels {
  const char* name;  // "avx512", "avx2", "baseline"

  // y[r][c] = bias[c] + sum over k of x[r][k] * w[k][c], for rows r < rows and columns c < out. bias may be null. Each y is summed in
  // the order of k, so a row's result depends on nothing but that row.
  void (*multiply)(const float* x, size_t x_stride, size_t rows, size_t in, const float* panels, const float* bias, size_t out,
                   float* y, size_t y_stride);

  // Each row becomes exp(scale * (x - max)) / sum, over its first n values.
  void (*softmax)(float* x, size_t stride, size_t rows, size_t n, float scale);

  // x = x * Phi(x), the exact GELU; erf by Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
  void (*gelu)(float* x, size_t n);

  // x = (x + add - mean) / sqrt(variance + epsilon) * gain + bias, row by row. add may be null.
  void (*normalise)(float* x, const float* add, size_t rows, size_t n, const float* gain, const float* bias, float epsilon);
};

// The fastest set that this processor runs.
const Kernels& kernels();

// All sets that this processor runs, the plainest first: tests hold each against the plainest.
struct KernelList {
  const Kernels* items[3];
  size_t count;
};
KernelList runnable_kernels();

}  // namespace sayso
