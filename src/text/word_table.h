// Tables of words, sorted when they are compiled, looked up by binary search.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace sayso {

template <size_t n>
bool has(const std::array<std::string_view, n>& table, std::string_view word) {
  return std::binary_search(table.begin(), table.end(), word);
}

template <size_t n>
constexpr std::array<std::string_view, n> sorted(const std::string_view (&words)[n]) {
  std::array<std::string_view, n> out{};
  std::copy(std::begin(words), std::end(words), out.begin());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace sayso
