#include "model/kernels.h"

#include <cstdlib>
#include <string>
#include <string_view>

#if defined(SAYSO_AMX)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace sayso {

extern const Kernels baseline_kernels;
#if defined(__x86_64__)
extern const Kernels avx2_kernels;
extern const Kernels avx512_kernels;
#endif
#if defined(SAYSO_AMX)
extern const Kernels amx_kernels;

namespace {

// The processor has AMX, and the system lets this process and those that it forks use it: a process has to ask before its first tile.
bool may_use_amx() {
  static const bool may = [] {
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    constexpr unsigned amx_tile = 1u << 24, amx_int8 = 1u << 25;  // of leaf 7
    if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) || (edx & amx_tile) == 0 || (edx & amx_int8) == 0) return false;
    constexpr long ask_for_state = 0x1023, tile_data = 18;  // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA; Linux 5.16
    return syscall(SYS_arch_prctl, ask_for_state, tile_data) == 0;
  }();
  return may;
}

}  // namespace
#endif

KernelList runnable_kernels() {
  KernelList list{{&baseline_kernels}, 1};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) list.items[list.count++] = &avx2_kernels;
  if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    list.items[list.count++] = &avx512_kernels;
#if defined(SAYSO_AMX)
    if (may_use_amx()) list.items[list.count++] = &amx_kernels;
#endif
  }
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
