// AVX2: bytes are widened to 16 bits, since its product of bytes saturates; vpmaddwd then adds pairs in 32 bits.
#include <immintrin.h>

#include "model/kernels.h"

namespace {

constexpr size_t query_rows = 12;

constexpr size_t tile_rows = 6;          // by half a panel: 12 of the 16 registers hold sums
constexpr size_t most_wide = 12 * 1024;  // numbers of rows that are widened together and stay near while all outputs' weights pass by

// sums[r][c] = sum over k of x[r][k] * w[k][c], for k in blocks of four and the 16 outputs of a panel.
template <size_t rows>
inline void dot_tile(const int16_t* x, size_t stride, size_t blocks, const int8_t* w, int32_t* sums) {
  for (size_t half = 0; half < 2; ++half) {
    __m256i sum[rows][2];  // four outputs each, a pair of 32 bits an output
    for (size_t r = 0; r < rows; ++r)
      for (size_t q = 0; q < 2; ++q) sum[r][q] = _mm256_setzero_si256();
    for (size_t k = 0; k < blocks; ++k) {
      __m256i weights[2];
      for (size_t q = 0; q < 2; ++q)
        weights[q] = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(w + k * 64 + half * 32 + q * 16)));
      for (size_t r = 0; r < rows; ++r) {
        int64_t four;
        __builtin_memcpy(&four, x + r * stride + k * 4, 8);
        const __m256i values = _mm256_set1_epi64x(four);
        for (size_t q = 0; q < 2; ++q) sum[r][q] = _mm256_add_epi32(sum[r][q], _mm256_madd_epi16(values, weights[q]));
      }
    }
    for (size_t r = 0; r < rows; ++r) {
      const __m256i pairs = _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[r][0], sum[r][1]), 0xd8);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + r * 16 + half * 8), pairs);
    }
  }
}

inline void widen_bytes(const uint8_t* from, size_t n, int16_t* to) {
  for (size_t i = 0; i < n; i += 16)
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + i), _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i))));
}

template <size_t rows, class Use>
inline void dot_rows(const int16_t* x, size_t stride, size_t depth, const int8_t* w, size_t row, size_t output, Use use) {
  using namespace sayso;
  int32_t sums[rows * int8_panel];
  dot_tile<rows>(x, stride, padded_to(depth, quad) / quad, w, sums);
  use(row, rows, output, Known<int8_panel>(), sums, int8_panel);
}

// One row that is too long to be widened at once.
template <class Use>
inline void dot_long_row(const uint8_t* x, size_t stride, const int8_t* w, size_t row, size_t outputs, int16_t* wide, Use use) {
  using namespace sayso;
  for (size_t output = 0; output < outputs; output += int8_panel) {
    int32_t sums[int8_panel] = {};
    for (size_t k = 0; k < stride; k += most_wide) {
      const size_t count = stride - k < most_wide ? stride - k : most_wide;
      int32_t part[int8_panel];
      widen_bytes(x + k, count, wide);
      dot_tile<1>(wide, 0, count / quad, w + output * stride + k * int8_panel, part);
      for (size_t c = 0; c < int8_panel; ++c) sums[c] += part[c];
    }
    use(row, 1, output, Known<int8_panel>(), sums, int8_panel);
  }
}

template <class Use>
inline void dot(const uint8_t* x, size_t rows, size_t depth, const int8_t* w, size_t outputs, Use use) {
  using namespace sayso;
  const size_t stride = row_bytes(depth);
  alignas(32) int16_t wide[most_wide];
  const size_t fit = most_wide / stride, together = fit > tile_rows ? fit / tile_rows * tile_rows : fit;
  if (together == 0) {
    for (size_t row = 0; row < rows; ++row) dot_long_row(x + row * stride, stride, w, row, outputs, wide, use);
    return;
  }
  for (size_t first = 0; first < rows; first += together) {
    const size_t count = rows - first < together ? rows - first : together;
    widen_bytes(x + first * stride, count * stride, wide);
    for (size_t output = 0; output < outputs; output += int8_panel) {
      const int8_t* const weights = w + output * stride;
      size_t r = 0;
      for (; r + tile_rows <= count; r += tile_rows) dot_rows<tile_rows>(wide + r * stride, stride, depth, weights, first + r, output, use);
      for (; r + 2 <= count; r += 2) dot_rows<2>(wide + r * stride, stride, depth, weights, first + r, output, use);
      for (; r < count; ++r) dot_rows<1>(wide + r * stride, stride, depth, weights, first + r, output, use);
    }
  }
}

}  // namespace

#include "model/kernels/loops.inc"

namespace sayso {
extern const Kernels avx2_kernels;
const Kernels avx2_kernels{"avx2", widen, multiply, quantise, quantise_gelu, quantise_weights, multiply_int8, attend_int8,
                           softmax, gelu, normalise};
}  // namespace sayso
