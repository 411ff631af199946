// What every processor of its kind runs: SSE2 on x86-64, NEON on 64-bit ARM, plain loops elsewhere.
#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

#include "model/kernels.h"

namespace {

constexpr size_t tile_rows = 1, tile_panels = 1;
constexpr size_t query_rows = 12;

template <size_t rows, size_t panels>
inline void dot_tile(const uint8_t* x, size_t, size_t blocks, const int8_t* w, size_t, int32_t* sums) {
  static_assert(rows == 1 && panels == 1);
#if defined(__SSE2__)
  const __m128i none = _mm_setzero_si128();
  __m128i sum[8];  // two outputs each, a pair of 32 bits an output
  for (__m128i& s : sum) s = none;
  for (size_t k = 0; k < blocks; ++k) {
    int32_t four;
    __builtin_memcpy(&four, x + k * 4, 4);
    const __m128i values = _mm_unpacklo_epi8(_mm_set1_epi32(four), none);
    for (size_t q = 0; q < 4; ++q) {
      const __m128i weights = _mm_loadu_si128(reinterpret_cast<const __m128i*>(w + k * 64 + q * 16));
      const __m128i low = _mm_srai_epi16(_mm_unpacklo_epi8(weights, weights), 8), high = _mm_srai_epi16(_mm_unpackhi_epi8(weights, weights), 8);
      sum[2 * q] = _mm_add_epi32(sum[2 * q], _mm_madd_epi16(values, low));
      sum[2 * q + 1] = _mm_add_epi32(sum[2 * q + 1], _mm_madd_epi16(values, high));
    }
  }
  for (size_t q = 0; q < 4; ++q) {
    const __m128 a = _mm_castsi128_ps(sum[2 * q]), b = _mm_castsi128_ps(sum[2 * q + 1]);
    const __m128i even = _mm_castps_si128(_mm_shuffle_ps(a, b, 0x88)), odd = _mm_castps_si128(_mm_shuffle_ps(a, b, 0xdd));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(sums + q * 4), _mm_add_epi32(even, odd));
  }
#elif defined(__ARM_NEON)
  int32x4_t sum[16];  // an output each
  for (int32x4_t& s : sum) s = vdupq_n_s32(0);
  for (size_t k = 0; k < blocks; ++k) {
    uint32_t four;
    __builtin_memcpy(&four, x + k * 4, 4);
    const int16x4_t values = vget_low_s16(vreinterpretq_s16_u16(vmovl_u8(vcreate_u8(four))));
    for (size_t q = 0; q < 8; ++q) {
      const int16x8_t weights = vmovl_s8(vld1_s8(w + k * 64 + q * 8));
      sum[2 * q] = vmlal_s16(sum[2 * q], values, vget_low_s16(weights));
      sum[2 * q + 1] = vmlal_s16(sum[2 * q + 1], values, vget_high_s16(weights));
    }
  }
  for (size_t c = 0; c < 16; ++c) sums[c] = vaddvq_s32(sum[c]);
#else
  for (size_t c = 0; c < 16; ++c) sums[c] = 0;
  for (size_t k = 0; k < blocks; ++k)
    for (size_t c = 0; c < 16; ++c)
      for (size_t i = 0; i < 4; ++i) sums[c] += x[k * 4 + i] * w[k * 64 + c * 4 + i];
#endif
}

}  // namespace

#include "model/kernels/tiles.inc"
#include "model/kernels/loops.inc"

namespace sayso {

extern const Kernels baseline_kernels;
const Kernels baseline_kernels{"baseline", widen, multiply, quantise, quantise_gelu, quantise_weights, multiply_int8, attend_int8,
                               softmax, gelu, normalise};

size_t attention_space(size_t n, size_t width, size_t heads) { return attention_layout(n, width / heads).end; }

}  // namespace sayso
