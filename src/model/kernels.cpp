#include "model/kernels.h"

namespace sayso {

extern const Kernels baseline_kernels;
#if defined(__x86_64__)
extern const Kernels avx2_kernels;
extern const Kernels avx512_kernels;
#endif

KernelList runnable_kernels() {
  KernelList list{{&baseline_kernels, nullptr, nullptr}, 1};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) list.items[list.count++] = &avx2_kernels;
  if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) list.items[list.count++] = &avx512_kernels;
#endif
  return list;
}

const Kernels& kernels() {
  static const KernelList list = runnable_kernels();
  return *list.items[list.count - 1];
}

}  // namespace sayso
