// Every set of kernels against double precision and against the plainest set, on sizes that fit no register.
#include "model/kernels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <string>
#include <vector>

using namespace sayso;

namespace {

std::vector<float> random_values(size_t n, float scale, uint32_t seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0.0f, scale);
  std::vector<float> out(n);
  for (float& value : out) value = normal(random);
  return out;
}

bool same_bytes(const float* a, const float* b, size_t n) { return std::memcmp(a, b, n * sizeof(float)) == 0; }

// Weights [k][c] as panels.
std::vector<float> to_panels(const std::vector<float>& weights, size_t in, size_t out) {
  std::vector<float> panels((out + panel - 1) / panel * panel * in, 0.0f);
  for (size_t k = 0; k < in; ++k)
    for (size_t c = 0; c < out; ++c) panels[c / panel * panel * in + k * panel + c % panel] = weights[k * out + c];
  return panels;
}

const std::vector<size_t> ragged = {1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 32, 33, 48, 63, 65, 97};

// In single precision a sum of n products is off by at most n half units in the last place of its absolute terms.
double sum_tolerance(double absolute_sum, size_t n) { return 6e-8 * static_cast<double>(n + 2) * absolute_sum + 1e-30; }

}  // namespace

TEST_CASE("the plainest set runs everywhere and stands first; the program uses the last") {
  const KernelList list = runnable_kernels();
  REQUIRE(list.count >= 1);
  CHECK(std::string(list.items[0]->name) == "baseline");
  CHECK(&kernels() == list.items[list.count - 1]);
  for (size_t i = 1; i < list.count; ++i) CHECK(std::string(list.items[i]->name) != list.items[i - 1]->name);
}

TEST_CASE("multiply agrees with double precision on ragged sizes, writes nothing beside its columns, with and without bias") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    size_t wrong = 0, spilt = 0;
    for (size_t in : ragged)
      for (size_t out : ragged)
        for (size_t rows : {1u, 3u, 4u, 6u, 9u}) {
          const size_t x_stride = in + 3, y_stride = out + 5;
          const auto x = random_values(rows * x_stride, 1.0f, 1), w = random_values(in * out, 1.0f, 2), bias = random_values(out, 1.0f, 3);
          const auto panels = to_panels(w, in, out);
          for (const float* b : {bias.data(), static_cast<const float*>(nullptr)}) {
            std::vector<float> y(rows * y_stride, -7.0f);
            list.items[i]->multiply(x.data(), x_stride, rows, in, panels.data(), b, out, y.data(), y_stride);
            for (size_t r = 0; r < rows; ++r) {
              for (size_t c = 0; c < out; ++c) {
                double sum = b ? b[c] : 0.0, absolute = std::abs(sum);
                for (size_t k = 0; k < in; ++k) {
                  const double product = double{x[r * x_stride + k]} * w[k * out + c];
                  sum += product;
                  absolute += std::abs(product);
                }
                wrong += !(std::abs(y[r * y_stride + c] - sum) <= sum_tolerance(absolute, in));
              }
              for (size_t c = out; c < y_stride; ++c) spilt += y[r * y_stride + c] != -7.0f;
            }
          }
        }
    CHECK(wrong == 0);
    CHECK(spilt == 0);
  }
}

TEST_CASE("a row's product does not depend on the rows beside it, to the last bit") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    size_t different = 0;
    for (size_t in : ragged)
      for (size_t out : {1u, 5u, 31u, 32u, 33u, 70u})
        for (size_t rows : {2u, 4u, 7u, 8u, 11u}) {
          const auto x = random_values(rows * in, 1.0f, 4), w = random_values(in * out, 1.0f, 5), bias = random_values(out, 1.0f, 6);
          const auto panels = to_panels(w, in, out);
          std::vector<float> together(rows * out), alone(out);
          list.items[i]->multiply(x.data(), in, rows, in, panels.data(), bias.data(), out, together.data(), out);
          for (size_t r = 0; r < rows; ++r) {
            list.items[i]->multiply(x.data() + r * in, in, 1, in, panels.data(), bias.data(), out, alone.data(), out);
            different += !same_bytes(alone.data(), together.data() + r * out, out);
          }
        }
    CHECK(different == 0);
  }
}

TEST_CASE("softmax agrees with double precision, sums to one, bears distant values, and keeps rows apart to the last bit") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    size_t wrong = 0, different = 0, spilt = 0;
    for (size_t n : ragged)
      for (float spread : {0.1f, 3.0f, 40.0f, 1e20f}) {
        const size_t rows = 5, stride = n + 2;
        const float scale = 0.3f;
        const std::vector<float> x = random_values(rows * stride, spread, 7);
        std::vector<float> y = x;
        list.items[i]->softmax(y.data(), stride, rows, n, scale);
        for (size_t r = 0; r < rows; ++r) {
          const float* row = x.data() + r * stride;
          const double most = *std::max_element(row, row + n);
          double sum = 0, total = 0;
          for (size_t k = 0; k < n; ++k) sum += std::exp(double{scale} * (row[k] - most));
          for (size_t k = 0; k < n; ++k) {
            const double expected = std::exp(double{scale} * (row[k] - most)) / sum;
            // exp is good to 2 units of the last place, its argument to one of |argument|, which is below 87 where it counts.
            wrong += !(std::abs(y[r * stride + k] - expected) <= 1e-5 * expected + 1e-37);
            total += y[r * stride + k];
          }
          wrong += !(std::abs(total - 1.0) <= 1e-5);
          for (size_t k = n; k < stride; ++k) spilt += y[r * stride + k] != x[r * stride + k];
          std::vector<float> alone(row, row + n);
          list.items[i]->softmax(alone.data(), n, 1, n, scale);
          different += !same_bytes(alone.data(), y.data() + r * stride, n);
        }
      }
    CHECK(wrong == 0);
    CHECK(different == 0);
    CHECK(spilt == 0);
  }
}

TEST_CASE("GELU is the exact one, for every size of argument") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    std::vector<float> x = {0.0f, -0.0f, 1e-30f, -1e-30f, 9.0f, -9.0f, 30.0f, -30.0f, 1e10f, -1e10f, 1e18f, -1e18f};
    for (int k = -6000; k <= 6000; ++k) x.push_back(static_cast<float>(k) * 0.001f);
    std::vector<float> y = x;
    list.items[i]->gelu(y.data(), y.size());
    double worst = 0;
    for (size_t k = 0; k < x.size(); ++k) {
      const double exact = 0.5 * x[k] * (1.0 + std::erf(x[k] / std::sqrt(2.0)));
      worst = std::max(worst, std::abs(y[k] - exact) / std::max(1.0, std::abs(exact)));
    }
    // 7.1.26 is good to 1.5e-7; 1 + erf doubles nothing, the product with x <= 6 and single precision bring the rest.
    CHECK(worst < 1e-6);
  }
}

TEST_CASE("normalise agrees with double precision and keeps rows apart to the last bit") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    size_t wrong = 0, different = 0;
    for (size_t n : ragged)
      for (bool with_add : {false, true}) {
        const size_t rows = 4;
        const float epsilon = with_add ? 1e-12f : 0.5f;
        const auto x = random_values(rows * n, 2.0f, 8), add = random_values(rows * n, 1.0f, 9), gain = random_values(n, 1.0f, 10),
                   bias = random_values(n, 1.0f, 11);
        std::vector<float> y = x;
        list.items[i]->normalise(y.data(), with_add ? add.data() : nullptr, rows, n, gain.data(), bias.data(), epsilon);
        for (size_t r = 0; r < rows; ++r) {
          std::vector<double> sums(n);
          double mean = 0, squares = 0;
          for (size_t k = 0; k < n; ++k) mean += sums[k] = double{x[r * n + k]} + (with_add ? add[r * n + k] : 0.0f);
          mean /= static_cast<double>(n);
          for (size_t k = 0; k < n; ++k) squares += (sums[k] - mean) * (sums[k] - mean);
          const double scale = 1.0 / std::sqrt(squares / static_cast<double>(n) + epsilon);
          for (size_t k = 0; k < n; ++k) {
            const double expected = (sums[k] - mean) * scale * gain[k] + bias[k];
            // Rows of one value have no variance: what is left of rounding is a millionth of the value times 1e6.
            wrong += n > 1 && !(std::abs(y[r * n + k] - expected) <= 1e-4 * (1.0 + std::abs(expected)));
            wrong += !std::isfinite(y[r * n + k]);
          }
          std::vector<float> alone(x.begin() + static_cast<std::ptrdiff_t>(r * n), x.begin() + static_cast<std::ptrdiff_t>((r + 1) * n));
          list.items[i]->normalise(alone.data(), with_add ? add.data() + r * n : nullptr, 1, n, gain.data(), bias.data(), epsilon);
          different += !same_bytes(alone.data(), y.data() + r * n, n);
        }
      }
    CHECK(wrong == 0);
    CHECK(different == 0);
  }
}

TEST_CASE("every set agrees with the plainest one") {
  const KernelList list = runnable_kernels();
  const Kernels& plain = *list.items[0];
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    double worst = 0;
    const auto hold = [&](const std::vector<float>& a, const std::vector<float>& b) {
      for (size_t k = 0; k < a.size(); ++k) worst = std::max(worst, double{std::abs(a[k] - b[k])} / std::max(1.0, double{std::abs(a[k])}));
    };
    for (size_t n : ragged) {
      const size_t rows = 5, out = 37;
      const auto x = random_values(rows * n, 1.0f, 12), w = random_values(n * out, 0.2f, 13), gain = random_values(n, 1.0f, 14);
      const auto panels = to_panels(w, n, out);
      std::vector<float> a(rows * out), b(rows * out);
      plain.multiply(x.data(), n, rows, n, panels.data(), nullptr, out, a.data(), out);
      list.items[i]->multiply(x.data(), n, rows, n, panels.data(), nullptr, out, b.data(), out);
      hold(a, b);
      plain.gelu(a.data(), a.size());
      list.items[i]->gelu(b.data(), b.size());
      hold(a, b);
      plain.softmax(a.data(), out, rows, out, 0.7f);
      list.items[i]->softmax(b.data(), out, rows, out, 0.7f);
      hold(a, b);
      if (n == 1) continue;  // no variance
      a = b = x;
      plain.normalise(a.data(), nullptr, rows, n, gain.data(), gain.data(), 1e-12f);
      list.items[i]->normalise(b.data(), nullptr, rows, n, gain.data(), gain.data(), 1e-12f);
      hold(a, b);
    }
    CHECK(worst < 1e-5);  // sums of up to 97 products in another order
  }
}
