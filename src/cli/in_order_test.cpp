#include "cli/in_order.h"

#include <atomic>
#include <chrono>

#include <doctest/doctest.h>

namespace sayso {
namespace {

TEST_CASE("results come in the order of the items, and the work stays close to them") {
  for (const size_t threads : {1, 2, 3, 8}) {
    std::atomic<size_t> made = 0;
    size_t taken = 0;
    in_order(
        200, threads,
        [&](size_t i) {
          if (i % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
          ++made;
          return i * i;
        },
        [&](size_t i, size_t square) {
          CHECK(i == taken);
          CHECK(square == i * i);
          ++taken;
          CHECK(made <= taken + 2 * threads);
          return true;
        });
    CHECK(taken == 200);
  }
}

TEST_CASE("it ends early when nothing more is wanted, and when taking throws") {
  size_t taken = 0;
  in_order(1'000'000, 4, [](size_t i) { return i; }, [&](size_t, size_t) { return ++taken < 10; });
  CHECK(taken == 10);
  CHECK_THROWS_AS(in_order(100, 4, [](size_t i) { return i; }, [](size_t, size_t) -> bool { throw 1; }), int);
  in_order(0, 4, [](size_t i) { return i; }, [](size_t, size_t) { return false; });
}

}  // namespace
}  // namespace sayso
