// AMX: tdpbusd multiplies a tile of 16 rows of 64 bytes with a tile of 64 x 16 weights, which is a panel's next sixteen blocks as they lie, and
// adds up in 32 bits. Two tiles of rows and two of weights are at work together, so that each is loaded once for two products. All else is as with
// AVX-512.
#include <immintrin.h>

#include "model/kernels.h"

namespace {

constexpr size_t query_rows = 32;

constexpr size_t tile_rows = 16, tile_bytes = 64;

// Tiles: 0 to 3 are sums (upper rows with the first and the second panel, lower rows with them), 4 and 5 the rows, 6 and 7 the panels.
void configure(size_t upper, size_t lower, size_t step) {
  struct alignas(64) {
    uint8_t palette, start, reserved[14];
    uint16_t bytes[16];
    uint8_t rows[16];
  } shape = {};
  shape.palette = 1;
  const auto set = [&shape](size_t tile, size_t rows, size_t bytes) {
    shape.rows[tile] = static_cast<uint8_t>(rows);
    shape.bytes[tile] = static_cast<uint16_t>(rows == 0 ? 0 : bytes);
  };
  set(0, upper, tile_bytes);
  set(1, upper, tile_bytes);
  set(2, lower, tile_bytes);
  set(3, lower, tile_bytes);
  set(4, upper, step);
  set(5, lower, step);
  set(6, step / sayso::quad, tile_bytes);
  set(7, step / sayso::quad, tile_bytes);
  __asm__ volatile("" : : "r"(&shape) : "memory");  // the intrinsics do not tell the compiler what they read
  _tile_loadconfig(&shape);
}

// A block of sums: of two tiles of rows, or one, with two panels, or one.
constexpr size_t pair_rows = 2 * tile_rows, block_outputs = 2 * sayso::int8_panel;
struct Block {
  size_t row, rows, output;
  bool two;  // panels
  const int32_t* sums;
};

template <class Use>
inline void use_rows(const Block& block, size_t begin, size_t end, const Use& use) {
  const int32_t* sums = block.sums + begin * block_outputs;
  if (begin >= end) return;
  if (block.two) use(block.row + begin, end - begin, block.output, sayso::Known<block_outputs>(), sums, block_outputs);
  else use(block.row + begin, end - begin, block.output, sayso::Known<sayso::int8_panel>(), sums, block_outputs);
}

// The sums of upper (and lower) rows with a panel (or two). Beside the products the last block's sums are used, so many rows at each step.
template <bool lower, bool second, class Use>
inline void multiply_block(const uint8_t* x, size_t stride, size_t step, const int8_t* w, int32_t* sums, const Block& last, size_t each,
                           const Use& use) {
  constexpr size_t sums_stride = block_outputs * sizeof(int32_t);
  const uint8_t* below = x + tile_rows * stride;
  const int8_t* beside = w + stride * sayso::int8_panel;
  _tile_zero(0);
  if constexpr (second) _tile_zero(1);
  if constexpr (lower) _tile_zero(2);
  if constexpr (lower && second) _tile_zero(3);
  size_t used = 0;
  for (size_t k = 0; k < stride; k += step) {
    _tile_loadd(4, x + k, stride);
    _tile_loadd(6, w + k * sayso::int8_panel, tile_bytes);
    _tile_dpbusd(0, 4, 6);
    if constexpr (second) {
      _tile_loadd(7, beside + k * sayso::int8_panel, tile_bytes);
      _tile_dpbusd(1, 4, 7);
    }
    if constexpr (lower) {
      _tile_loadd(5, below + k, stride);
      _tile_dpbusd(2, 5, 6);
      if constexpr (second) _tile_dpbusd(3, 5, 7);
    }
    const size_t end = used + each < last.rows ? used + each : last.rows;
    use_rows(last, used, end, use);
    used = end;
  }
  _tile_stored(0, sums, sums_stride);
  if constexpr (second) _tile_stored(1, sums + 16, sums_stride);
  if constexpr (lower) _tile_stored(2, sums + tile_rows * block_outputs, sums_stride);
  if constexpr (lower && second) _tile_stored(3, sums + tile_rows * block_outputs + 16, sums_stride);
}

template <class Use>
inline void dot(const uint8_t* x, size_t rows, size_t depth, const int8_t* w, size_t outputs, Use use) {
  const size_t stride = sayso::row_bytes(depth), step = stride < tile_bytes ? stride : tile_bytes;
  const size_t each = (pair_rows * step + stride - 1) / stride;
  alignas(64) int32_t sums[2][pair_rows * block_outputs];
  size_t turn = 0;
  Block last{};
  const auto multiply_rows = [&](size_t first, size_t end) {
    const size_t height = end - first < pair_rows ? end - first : pair_rows, upper = height < tile_rows ? height : tile_rows;
    configure(upper, height - upper, step);
    for (size_t output = 0; output < outputs; output += block_outputs) {
      const int8_t* panels = w + output * stride;
      const bool two = output + block_outputs <= outputs;
      for (size_t r = first; r < end; r += height) {
        const uint8_t* from = x + r * stride;
        if (height > tile_rows) {
          if (two) multiply_block<true, true>(from, stride, step, panels, sums[turn], last, each, use);
          else multiply_block<true, false>(from, stride, step, panels, sums[turn], last, each, use);
        } else {
          if (two) multiply_block<false, true>(from, stride, step, panels, sums[turn], last, each, use);
          else multiply_block<false, false>(from, stride, step, panels, sums[turn], last, each, use);
        }
        last = {r, height, output, two, sums[turn]};
        turn ^= 1;
      }
    }
  };
  const size_t whole = rows / pair_rows * pair_rows;
  if (whole > 0) multiply_rows(0, whole);
  if (rows > whole) multiply_rows(whole, rows);
  use_rows(last, 0, last.rows, use);
  _tile_release();
}

}  // namespace

#include "model/kernels/loops.inc"

namespace sayso {
extern const Kernels amx_kernels;
const Kernels amx_kernels{"amx", widen, multiply, quantise, quantise_gelu, quantise_weights, multiply_int8, attend_int8,
                          softmax, gelu, normalise};
}  // namespace sayso
