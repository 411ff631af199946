#include "model/kernels.h"

#include "model/kernels/loops.inc"

namespace sayso {
extern const Kernels avx2_kernels;
const Kernels avx2_kernels{"avx2", multiply, softmax, gelu, normalise};
}  // namespace sayso
