// Work on many items in several threads, with the results in the order of the items.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace sayso {

// Calls take(i, make(i)) for i = 0 … count-1: take in this order and on the calling thread, make on up to `threads` others, never
// more than two a thread ahead of take, so that memory stays bounded. Ends early when take returns false. make must not throw.
template <class Make, class Take>
void in_order(size_t count, size_t threads, const Make& make, const Take& take) {
  using Made = decltype(make(size_t{0}));
  threads = std::min(threads, count);
  if (threads <= 1) {
    for (size_t i = 0; i < count; ++i)
      if (!take(i, make(i))) return;
    return;
  }
  std::vector<std::optional<Made>> slots(2 * threads);
  std::mutex mutex;
  std::condition_variable made, taken;
  size_t next = 0, done = 0;
  bool stop = false;

  const auto work = [&] {
    std::unique_lock lock(mutex);
    for (;;) {
      taken.wait(lock, [&] { return stop || next == count || next < done + slots.size(); });
      if (stop || next == count) return;
      const size_t i = next++;
      lock.unlock();
      Made result = make(i);
      lock.lock();
      slots[i % slots.size()] = std::move(result);
      made.notify_one();
    }
  };
  std::vector<std::jthread> workers;
  for (size_t i = 0; i < threads; ++i) workers.emplace_back(work);

  // However this ends, the workers end too; they are joined behind it.
  struct Stop {
    std::mutex& mutex;
    std::condition_variable& taken;
    bool& stop;
    ~Stop() {
      const std::lock_guard lock(mutex);
      stop = true;
      taken.notify_all();
    }
  } stop_workers{mutex, taken, stop};

  std::unique_lock lock(mutex);
  for (size_t i = 0; i < count; ++i) {
    auto& slot = slots[i % slots.size()];
    made.wait(lock, [&] { return slot.has_value(); });
    Made result = std::move(*slot);
    slot.reset();
    done = i + 1;
    taken.notify_all();
    lock.unlock();
    if (!take(i, std::move(result))) return;
    lock.lock();
  }
}

}  // namespace sayso
