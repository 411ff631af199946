// AVX2: bytes are widened to 16 bits, since its product of bytes saturates; vpmaddwd then adds pairs in 32 bits.
#include <immintrin.h>

#include "model/kernels.h"

namespace {

constexpr size_t tile_rows = 3, tile_panels = 1;  // 12 of the 16 registers hold sums
constexpr size_t query_rows = 12;

template <size_t rows, size_t panels>
inline void dot_tile(const uint8_t* x, size_t stride, size_t blocks, const int8_t* w, size_t, int32_t* sums) {
  static_assert(panels == 1);
  __m256i sum[rows][4];  // four outputs each, a pair of 32 bits an output
  for (size_t r = 0; r < rows; ++r)
    for (size_t q = 0; q < 4; ++q) sum[r][q] = _mm256_setzero_si256();
  for (size_t k = 0; k < blocks; ++k) {
    __m256i values[rows];
    for (size_t r = 0; r < rows; ++r) {
      int32_t four;
      __builtin_memcpy(&four, x + r * stride + k * 4, 4);
      values[r] = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
    }
    for (size_t q = 0; q < 4; ++q) {
      const __m256i weights = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(w + k * 64 + q * 16)));
      for (size_t r = 0; r < rows; ++r) sum[r][q] = _mm256_add_epi32(sum[r][q], _mm256_madd_epi16(values[r], weights));
    }
  }
  for (size_t r = 0; r < rows; ++r)
    for (size_t q = 0; q < 4; q += 2) {
      const __m256i pairs = _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[r][q], sum[r][q + 1]), 0xd8);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + r * 16 + q * 4), pairs);
    }
}

}  // namespace

#include "model/kernels/tiles.inc"
#include "model/kernels/loops.inc"

namespace sayso {
extern const Kernels avx2_kernels;
const Kernels avx2_kernels{"avx2", widen, multiply, quantise, quantise_gelu, quantise_weights, multiply_int8, attend_int8,
                           softmax, gelu, normalise};
}  // namespace sayso
