// AVX-512 with VNNI: vpdpbusd multiplies bytes four at a time and adds them up in 32 bits, without saturation on the way.
#include <immintrin.h>

#include "model/kernels.h"

namespace {

constexpr size_t tile_rows = 6, tile_panels = 4;  // 24 of the 32 registers hold sums
constexpr size_t query_rows = 12;

template <size_t rows, size_t panels>
inline void dot_tile(const uint8_t* x, size_t stride, size_t blocks, const int8_t* w, size_t panel_stride, int32_t* sums) {
  __m512i sum[rows][panels];
  for (size_t r = 0; r < rows; ++r)
    for (size_t p = 0; p < panels; ++p) sum[r][p] = _mm512_setzero_si512();
  for (size_t k = 0; k < blocks; ++k) {
    __m512i weights[panels];
    for (size_t p = 0; p < panels; ++p) weights[p] = _mm512_loadu_si512(w + p * panel_stride + k * 64);
    for (size_t r = 0; r < rows; ++r) {
      int32_t four;
      __builtin_memcpy(&four, x + r * stride + k * 4, 4);
      const __m512i bytes = _mm512_set1_epi32(four);
      for (size_t p = 0; p < panels; ++p) sum[r][p] = _mm512_dpbusd_epi32(sum[r][p], bytes, weights[p]);
    }
  }
  for (size_t r = 0; r < rows; ++r)
    for (size_t p = 0; p < panels; ++p) _mm512_storeu_si512(sums + (r * panels + p) * 16, sum[r][p]);
}

}  // namespace

#include "model/kernels/tiles.inc"
#include "model/kernels/loops.inc"

namespace sayso {
extern const Kernels avx512_kernels;
const Kernels avx512_kernels{"avx512", widen, multiply, quantise, quantise_gelu, quantise_weights, multiply_int8, attend_int8,
                             softmax, gelu, normalise};
}  // namespace sayso
