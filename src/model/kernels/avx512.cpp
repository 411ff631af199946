#include "model/kernels.h"

#include "model/kernels/loops.inc"

namespace sayso {
extern const Kernels avx512_kernels;
const Kernels avx512_kernels{"avx512", multiply, softmax, gelu, normalise};
}  // namespace sayso
