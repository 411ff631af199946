#include "model/kernels.h"

#include "model/kernels/loops.inc"

namespace sayso {
extern const Kernels baseline_kernels;
const Kernels baseline_kernels{"baseline", multiply, softmax, gelu, normalise};
}  // namespace sayso
