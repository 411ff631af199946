#include "model/kernels.h"

#include <cstdlib>
#include <string>
#include <string_view>

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

const Kernels* find_kernels(const char* name) {
  const KernelList list = runnable_kernels();
  const std::string_view wanted(name);
  if (wanted.empty()) return list.items[list.count - 1];
  for (size_t i = 0; i < list.count; ++i)
    if (list.items[i]->name == wanted) return list.items[i];
  return nullptr;
}

const char* asked_kernels() {
  static const std::string asked = [] {
    const char* value = std::getenv("SAYSO_KERNELS");
    return std::string(value ? value : "");
  }();
  return asked.c_str();
}

const Kernels& kernels() {
  static const Kernels* const set = find_kernels(asked_kernels());
  if (!set) std::abort();
  return *set;
}

}  // namespace sayso
