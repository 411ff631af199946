#include "attribution/window_cache.h"

#include <doctest/doctest.h>

#include <functional>
#include <set>

using namespace sayso;

namespace {

// Two lines: “a b” and “c”, a unit a word and a piece a unit.
UnitText two_lines() {
  UnitText text;
  for (uint32_t u = 0; u < 3; ++u) {
    text.units.push_back({u * 2, u * 2 + 1, 2, 0, static_cast<uint8_t>(u == 1 ? 0 : 1), u / 2, u, 1});
    text.pieces.push_back(100 + u);
  }
  return text;
}

}  // namespace

TEST_CASE("a window's key is the same wherever the window stands, and another for all that the network would see otherwise") {
  const UnitText text = two_lines();
  const std::string key = WindowCache::key_of(text, {0, 3}, 1);
  UnitText moved = text;
  moved.units.insert(moved.units.begin(), Unit{0, 1, 3, 1, 1, 0, 3, 1});
  moved.pieces.push_back(7);
  for (size_t u = 1; u < 4; ++u) moved.units[u].paragraph += 5, moved.units[u].begin += 90, moved.units[u].end += 90;
  CHECK(WindowCache::key_of(moved, {1, 4}, 1) == key);

  std::set<std::string> keys = {key, WindowCache::key_of(text, {0, 2}, 1), WindowCache::key_of(text, {0, 3}, 2)};
  const auto with = [&](const std::function<void(UnitText&)>& change) {
    UnitText other = text;
    change(other);
    keys.insert(WindowCache::key_of(other, {0, 3}, 1));
  };
  with([](UnitText& t) { t.units[1].shape = 5; });
  with([](UnitText& t) { t.units[1].quote = 1; });
  with([](UnitText& t) { t.units[1].gap = 2; });
  with([](UnitText& t) { t.units[2].paragraph = 0; });
  with([](UnitText& t) { t.pieces[2] = 9; });
  with([](UnitText& t) { t.units[1].pieces = 2; });
  CHECK(keys.size() == 9);
}

TEST_CASE("what was put is found, the oldest goes when there are too many, and nothing is put twice") {
  WindowCache cache(2);
  CHECK(!cache.find("a"));
  WindowFinding finding;
  finding.cue = {3, 4};
  finding.content = {{0, 3}};
  cache.put("a", {{finding}, nullptr});
  cache.put("b", {});
  cache.put("a", {});
  REQUIRE(cache.find("a"));
  REQUIRE(cache.find("a")->findings.size() == 1);
  CHECK(cache.find("a")->findings.front().cue == Range{3, 4});
  REQUIRE(cache.find("b"));
  CHECK(cache.find("b")->findings.empty());
  cache.put("c", {});
  CHECK(!cache.find("a"));
  CHECK(cache.find("b"));
  CHECK(cache.find("c"));
  CHECK(cache.size() == 2);
}
