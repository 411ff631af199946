#include "model/huge_pages.h"

#include <cstdint>
#include <mutex>
#include <new>

#include <pthread.h>
#include <sys/mman.h>

namespace sayso {

namespace {

constexpr size_t chunk_bytes = 4 << 20;
constexpr size_t line = 64;
constexpr size_t least = 32 << 10;  // smaller ones are the heap's
constexpr size_t most_spare = 4;    // chunks that are kept for the next one who asks, so that windows need not fetch theirs from the system anew

// Stands at the beginning of each chunk, whose address is a multiple of its size. Taken from front to back; begun anew when all of it was given back.
struct alignas(line) Chunk {
  size_t used = sizeof(Chunk);
  size_t live = 0;
  Chunk* next = nullptr;  // spare
};

std::mutex mutex;
Chunk* current = nullptr;
Chunk* spare = nullptr;
size_t spares = 0;

constexpr size_t to_lines(size_t bytes) { return (bytes + line - 1) / line * line; }
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1  // as gcc has it
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
constexpr bool is_heaps(size_t) { return true; }  // each block is its own, so that the sanitizer sees its ends
#else
constexpr bool is_heaps(size_t bytes) { return bytes < least; }
#endif
constexpr bool fits(size_t bytes) { return bytes <= chunk_bytes - sizeof(Chunk); }

// A forked process begins with chunks of its own: the first write into one that it shares would break that one's huge pages into small ones.
// Registered before anything can hold the mutex.
[[maybe_unused]] const int in_forks = pthread_atfork([] { mutex.lock(); }, [] { mutex.unlock(); }, [] {
  current = spare = nullptr;
  spares = 0;
  mutex.unlock();
});

// At a multiple of chunk_bytes.
char* map(size_t bytes) {
  void* const mapped = mmap(nullptr, bytes + chunk_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  char* const begin = static_cast<char*>(mapped);
  const size_t before = chunk_bytes - reinterpret_cast<uintptr_t>(begin) % chunk_bytes;  // 1 … chunk_bytes
  munmap(begin, before);
  if (before < chunk_bytes) munmap(begin + before + bytes, chunk_bytes - before);
#if defined(MADV_HUGEPAGE)
  madvise(begin + before, bytes, MADV_HUGEPAGE);
#endif
  return begin + before;
}

// What fits no chunk has pages of its own.
constexpr size_t to_pages(size_t bytes) { return (bytes + chunk_bytes - 1) / chunk_bytes * chunk_bytes; }

}  // namespace

void* take_huge(size_t bytes) {
  if (is_heaps(bytes)) return ::operator new(bytes);
  if (!fits(bytes)) return map(to_pages(bytes));
  const std::lock_guard lock(mutex);
  if (current == nullptr || current->used + to_lines(bytes) > chunk_bytes) {
    if (spare != nullptr) {
      current = spare;
      spare = spare->next;
      --spares;
    } else {
      current = new (map(chunk_bytes)) Chunk;
    }
  }
  char* const at = reinterpret_cast<char*>(current) + current->used;
  current->used += to_lines(bytes);
  ++current->live;
  return at;
}

void give_back_huge(void* at, size_t bytes) noexcept {
  if (is_heaps(bytes)) return ::operator delete(at);
  if (!fits(bytes)) {
    munmap(at, to_pages(bytes));
    return;
  }
  const std::lock_guard lock(mutex);
  Chunk* const chunk = reinterpret_cast<Chunk*>(reinterpret_cast<uintptr_t>(at) / chunk_bytes * chunk_bytes);
  if (--chunk->live > 0) return;
  chunk->used = sizeof(Chunk);
  if (chunk == current) return;
  if (spares == most_spare) {
    munmap(chunk, chunk_bytes);
    return;
  }
  chunk->next = spare;
  spare = chunk;
  ++spares;
}

}  // namespace sayso
