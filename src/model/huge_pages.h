// Memory for weights and for what is computed with them. An encoder passes through tens of megabytes again and again; in pages of 4 KiB most of its
// time would be the processor's search for where each page lies (in a virtual machine, four times the arithmetic's). So they lie side by side in
// pages of 2 MiB, where the system has such.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace sayso {

// Throws std::bad_alloc. Thread-safe. `bytes` are the same for both.
void* take_huge(size_t bytes);
void give_back_huge(void* at, size_t bytes) noexcept;

// Leaves new numbers unset: most are written whole at once.
template <class T>
struct HugeAllocator {
  using value_type = T;
  HugeAllocator() = default;
  template <class U>
  HugeAllocator(const HugeAllocator<U>&) noexcept {}
  T* allocate(size_t n) { return static_cast<T*>(take_huge(n * sizeof(T))); }
  void deallocate(T* at, size_t n) noexcept { give_back_huge(at, n * sizeof(T)); }
  void construct(T*) noexcept {}
  template <class... Args>
  void construct(T* at, Args&&... args) {
    std::construct_at(at, std::forward<Args>(args)...);
  }
  friend bool operator==(const HugeAllocator&, const HugeAllocator&) { return true; }
};

}  // namespace sayso
