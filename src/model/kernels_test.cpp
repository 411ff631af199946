// Every set of kernels against double precision and against the plainest set, on sizes that fit no register.
#include "model/kernels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

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

TEST_CASE("the plainest set runs everywhere and stands first; the program uses the last, or the one that SAYSO_KERNELS names") {
  const KernelList list = runnable_kernels();
  REQUIRE(list.count >= 1);
  CHECK(std::string(list.items[0]->name) == "baseline");
  CHECK(find_kernels("") == list.items[list.count - 1]);
  for (size_t i = 0; i < list.count; ++i) CHECK(find_kernels(list.items[i]->name) == list.items[i]);
  for (const char* none : {"mmx", "avx", "avx2 ", "AVX2", "baseline,avx2"}) CHECK(find_kernels(none) == nullptr);
  const char* asked = std::getenv("SAYSO_KERNELS");
  CHECK(std::string(asked_kernels()) == (asked ? asked : ""));
  CHECK(&kernels() == find_kernels(asked_kernels()));
  for (size_t i = 1; i < list.count; ++i) CHECK(std::string(list.items[i]->name) != list.items[i - 1]->name);
}

TEST_CASE("halves are widened as IEEE has it, all 65,536, and the greatest is told") {
  const KernelList list = runnable_kernels();
  std::vector<uint16_t> halves(0x10000);
  std::iota(halves.begin(), halves.end(), uint16_t{0});
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    std::vector<float> values(halves.size());
    CHECK(list.items[i]->widen(halves.data(), halves.size(), values.data()) == 0x7FFF);
    size_t wrong = 0;
    for (uint32_t bits = 0; bits < 0x10000; ++bits) {
      const int exponent = static_cast<int>(bits >> 10 & 31), mantissa = static_cast<int>(bits & 1023);
      const float value = values[bits];
      if (exponent == 31) {
        wrong += mantissa ? !std::isnan(value) : !(std::isinf(value) && std::signbit(value) == (bits > 0x7FFF));
        continue;
      }
      const double magnitude = exponent ? std::ldexp(1024 + mantissa, exponent - 25) : std::ldexp(mantissa, -24);
      wrong += value != static_cast<float>(bits & 0x8000 ? -magnitude : magnitude) || std::signbit(value) != (bits > 0x7FFF);
    }
    CHECK(wrong == 0);
    for (size_t n : ragged) {  // from an odd address on, and nothing is written behind
      std::vector<char> bytes(2 * n + 1);
      std::memcpy(bytes.data() + 1, halves.data() + 0x8000 + 3, 2 * n);
      std::vector<float> some(n + 1, -7.0f);
      CHECK(list.items[i]->widen(bytes.data() + 1, n, some.data()) == n + 2);
      CHECK(same_bytes(some.data(), values.data() + 0x8000 + 3, n));
      CHECK(some[n] == -7.0f);
    }
  }
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

TEST_CASE("GELU for eight bits is near to the exact one, for every size of argument") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    std::vector<float> x = {0.0f, -0.0f, 1e-30f, -1e-30f, 30.0f, -30.0f, 1e10f, -1e10f, 1e18f, -1e18f};
    for (int k = -10000; k <= 10000; ++k) x.push_back(static_cast<float>(k) * 0.001f);
    std::vector<float> y = x;
    std::vector<uint8_t> bytes(row_bytes(y.size()));
    RowScale scale{};
    list.items[i]->quantise_gelu(y.data(), 1, y.size(), bytes.data(), &scale);
    double worst = 0;
    for (size_t k = 0; k < x.size(); ++k) {
      const double exact = 0.5 * x[k] * (1.0 + std::erf(x[k] / std::sqrt(2.0)));
      worst = std::max(worst, std::abs(y[k] - exact) / std::max(10.0, std::abs(double{x[k]})));
    }
    CHECK(worst < 2e-5);
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

namespace {

// A weight matrix [out][in] in eight bits, as Linear keeps it.
struct Quantised {
  std::vector<int8_t> panels;
  std::vector<float> scale, bias;
  std::vector<int32_t> sum;
  size_t in, out;
  Quantised(const Kernels& kernels, const std::vector<float>& weights, std::vector<float> given_bias, size_t in_size, size_t out_size)
      : panels(padded_to(out_size, int8_panel) * row_bytes(in_size)), scale(padded_to(out_size, int8_panel)), bias(std::move(given_bias)),
        sum(scale.size()), in(in_size), out(out_size) {
    bias.resize(scale.size());
    for (size_t c = 0; c < out; ++c)
      kernels.quantise_weights(weights.data() + c * in, in, panels.data() + c / int8_panel * int8_panel * row_bytes(in) + c % int8_panel * quad,
                               &scale[c], &sum[c]);
  }
  Int8Weights view() const { return {panels.data(), scale.data(), sum.data(), bias.data(), in, out}; }
  float at(size_t c, size_t k) const {
    const size_t depth = row_bytes(in);
    return scale[c] * static_cast<float>(panels[c / int8_panel * int8_panel * depth + k / quad * quad * int8_panel + c % int8_panel * quad +
                                                k % quad]);
  }
};

struct QuantisedRows {
  std::vector<uint8_t> bytes;
  std::vector<RowScale> scales;
  QuantisedRows(const Kernels& kernels, const std::vector<float>& x, size_t stride, size_t rows, size_t n)
      : bytes(rows * row_bytes(n)), scales(rows) {
    kernels.quantise(x.data(), stride, rows, n, bytes.data(), scales.data());
  }
  double at(size_t r, size_t k, size_t n) const { return double{scales[r].scale} * (bytes[r * row_bytes(n) + k] - scales[r].zero); }
};

}  // namespace

TEST_CASE("quantised rows and weights are within half a step of the values, and ranges that are nothing or one-sided are borne") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    size_t wrong = 0;
    for (size_t n : ragged)
      for (float shift : {0.0f, 5.0f, -5.0f, 1e12f}) {
        const size_t rows = 4, stride = n + 3;
        std::vector<float> x = random_values(rows * stride, 1.0f, 21);
        for (float& value : x) value += shift;
        std::fill_n(x.begin() + static_cast<std::ptrdiff_t>(stride), n, 0.0f);  // a row of nothing
        const QuantisedRows q(*list.items[i], x, stride, rows, n);
        for (size_t r = 0; r < rows; ++r) {
          for (size_t k = 0; k < n; ++k) {
            const double value = x[r * stride + k];
            wrong += !(std::abs(q.at(r, k, n) - value) <= 0.5001 * q.scales[r].scale + 1e-6 * std::abs(value));
          }
          for (size_t k = n; k < row_bytes(n); ++k) wrong += q.bytes[r * row_bytes(n) + k] != 0;
        }
        const Quantised w(*list.items[i], x, {}, n, 1);
        int32_t sum = 0;
        for (size_t k = 0; k < n; ++k) {
          wrong += !(std::abs(w.at(0, k) - x[k]) <= 0.5001 * w.scale[0] + 1e-6 * std::abs(x[k]));
          sum += w.panels[k / quad * quad * int8_panel + k % quad];
        }
        wrong += sum != w.sum[0];
      }
    CHECK(wrong == 0);
  }
}

TEST_CASE("products in eight bits are exact for the rounded values, on ragged sizes, without writing beside their columns") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    size_t wrong = 0, spilt = 0;
    for (size_t in : ragged)
      for (size_t out : {1u, 7u, 16u, 17u, 33u, 48u, 64u, 65u, 130u})
        for (size_t rows : {1u, 2u, 3u, 5u, 6u, 7u, 11u, 13u}) {
          const auto x = random_values(rows * in, 1.0f, 22), w = random_values(in * out, 1.0f, 23), bias = random_values(out, 1.0f, 24);
          const Quantised weights(*list.items[i], w, bias, in, out);
          const QuantisedRows q(*list.items[i], x, in, rows, in);
          const size_t stride = out + 3;
          std::vector<float> y(rows * stride, -7.0f);
          list.items[i]->multiply_int8(q.bytes.data(), q.scales.data(), rows, weights.view(), y.data(), stride);
          for (size_t r = 0; r < rows; ++r) {
            for (size_t c = 0; c < out; ++c) {
              double sum = bias[c], absolute = std::abs(sum);
              for (size_t k = 0; k < in; ++k) {
                const double product = q.at(r, k, in) * weights.at(c, k);
                sum += product;
                absolute += std::abs(product);
              }
              wrong += !(std::abs(y[r * stride + c] - sum) <= 1e-6 * absolute + 1e-30);
            }
            for (size_t c = out; c < stride; ++c) spilt += y[r * stride + c] != -7.0f;
          }
        }
    CHECK(wrong == 0);
    CHECK(spilt == 0);
  }
}

TEST_CASE("extreme bytes do not saturate: 255 times 127 and times -127, 8,192 of them and more than a set widens at once") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    for (const auto& [sign, in] : {std::pair(1.0f, size_t{8192}), std::pair(-1.0f, size_t{8192}), std::pair(-1.0f, size_t{30001})}) {
      const std::vector<float> x(in, 1.0f), w(in, sign);
      const Quantised weights(*list.items[i], w, {}, in, 1);
      const QuantisedRows q(*list.items[i], x, in, 1, in);
      float y = 0;
      list.items[i]->multiply_int8(q.bytes.data(), q.scales.data(), 1, weights.view(), &y, 1);
      CHECK(y == doctest::Approx(sign * static_cast<float>(in)).epsilon(1e-6));
    }
  }
}

TEST_CASE("attention in eight bits is near to exact attention, and attends to the one key that matters") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    for (const auto [n, width, heads] : std::vector<std::array<size_t, 3>>{{1, 8, 2}, {3, 24, 3}, {17, 24, 2}, {63, 96, 2}, {194, 384, 12}}) {
      CAPTURE(n);
      const size_t size = width / heads;
      const auto qkv = random_values(n * 3 * width, 1.0f, 25);
      std::vector<float> mixed(n * width, NAN);
      std::vector<char> space(attention_space(n, width, heads));
      list.items[i]->attend_int8(qkv.data(), n, width, heads, mixed.data(), space.data());
      double squares = 0, error = 0;
      for (size_t head = 0; head < heads; ++head)
        for (size_t r = 0; r < n; ++r) {
          std::vector<double> share(n);
          double total = 0;
          for (size_t j = 0; j < n; ++j) {
            double score = 0;
            for (size_t d = 0; d < size; ++d) score += double{qkv[r * 3 * width + head * size + d]} * qkv[j * 3 * width + width + head * size + d];
            total += share[j] = std::exp(score / std::sqrt(static_cast<double>(size)));
          }
          for (size_t d = 0; d < size; ++d) {
            double exact = 0;
            for (size_t j = 0; j < n; ++j) exact += share[j] / total * qkv[j * 3 * width + 2 * width + head * size + d];
            const double difference = mixed[r * width + head * size + d] - exact;
            squares += exact * exact;
            error += difference * difference;
          }
        }
      // Eight bits of each factor: a relative error of about one in a hundred.
      CHECK(error <= 0.0004 * squares);
    }
  }
}

TEST_CASE("every set gives the plainest one's bits") {
  const KernelList list = runnable_kernels();
  const Kernels& plain = *list.items[0];
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    size_t different = 0;
    const auto hold = [&](const std::vector<float>& a, const std::vector<float>& b) { different += !same_bytes(a.data(), b.data(), a.size()); };
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
      std::vector<uint8_t> bytes_a(rows * row_bytes(out)), bytes_b(bytes_a.size());
      std::vector<RowScale> scales_a(rows), scales_b(rows);
      plain.quantise_gelu(a.data(), rows, out, bytes_a.data(), scales_a.data());
      list.items[i]->quantise_gelu(b.data(), rows, out, bytes_b.data(), scales_b.data());
      hold(a, b);
      different += bytes_a != bytes_b;
      for (size_t r = 0; r < rows; ++r) different += scales_a[r].scale != scales_b[r].scale || scales_a[r].zero != scales_b[r].zero;
      std::fill(bytes_b.begin(), bytes_b.end(), uint8_t{1});  // GELU apart from rounding gives the same bytes
      list.items[i]->quantise(a.data(), out, rows, out, bytes_b.data(), scales_b.data());
      different += bytes_a != bytes_b;
      plain.softmax(a.data(), out, rows, out, 0.7f);
      list.items[i]->softmax(b.data(), out, rows, out, 0.7f);
      hold(a, b);
      if (n == 1) continue;  // no variance
      a = b = x;
      plain.normalise(a.data(), nullptr, rows, n, gain.data(), gain.data(), 1e-12f);
      list.items[i]->normalise(b.data(), nullptr, rows, n, gain.data(), gain.data(), 1e-12f);
      hold(a, b);
    }
    for (size_t n : {1u, 5u, 16u, 31u, 100u, 194u}) {
      const size_t width = 96, heads = 3, out = 70;
      const auto x = random_values(n * 3 * width, 2.0f, 15), w = random_values(3 * width * out, 0.2f, 16);
      const Quantised weights_a(plain, w, {}, 3 * width, out), weights_b(*list.items[i], w, {}, 3 * width, out);
      different += weights_a.panels != weights_b.panels || weights_a.sum != weights_b.sum;
      hold(weights_a.scale, weights_b.scale);
      const QuantisedRows rows_a(plain, x, 3 * width, n, 3 * width), rows_b(*list.items[i], x, 3 * width, n, 3 * width);
      different += rows_a.bytes != rows_b.bytes;
      std::vector<float> a(n * out), b(n * out), mixed_a(n * width), mixed_b(n * width);
      plain.multiply_int8(rows_a.bytes.data(), rows_a.scales.data(), n, weights_a.view(), a.data(), out);
      list.items[i]->multiply_int8(rows_b.bytes.data(), rows_b.scales.data(), n, weights_b.view(), b.data(), out);
      hold(a, b);
      std::vector<char> space(attention_space(n, width, heads));
      plain.attend_int8(x.data(), n, width, heads, mixed_a.data(), space.data());
      list.items[i]->attend_int8(x.data(), n, width, heads, mixed_b.data(), space.data());
      hold(mixed_a, mixed_b);
    }
    CHECK(different == 0);
  }
}

TEST_CASE("whole and broken tiles of rows, outputs and depth give the plainest set's bits, and nothing is written beside them") {
  const KernelList list = runnable_kernels();
  const Kernels& plain = *list.items[0];
  for (size_t i = 1; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    size_t different = 0;
    for (size_t in : {16u, 63u, 64u, 65u, 128u, 200u})
      for (size_t out : {16u, 31u, 32u, 48u, 70u, 96u})
        for (size_t rows : {15u, 16u, 17u, 31u, 32u, 33u, 48u, 64u, 79u}) {
          const auto x = random_values(rows * in, 1.0f, 31), w = random_values(in * out, 1.0f, 32), bias = random_values(out, 1.0f, 33);
          const Quantised weights(plain, w, bias, in, out);
          const QuantisedRows q(plain, x, in, rows, in);
          const size_t stride = out + 3;
          std::vector<float> a(rows * stride, -7.0f), b = a;
          plain.multiply_int8(q.bytes.data(), q.scales.data(), rows, weights.view(), a.data(), stride);
          list.items[i]->multiply_int8(q.bytes.data(), q.scales.data(), rows, weights.view(), b.data(), stride);
          different += !same_bytes(a.data(), b.data(), a.size());
        }
    CHECK(different == 0);
  }
}

TEST_CASE("other threads and forked processes compute the same: what a set asks the system for, it has there too") {
  const KernelList list = runnable_kernels();
  for (size_t i = 0; i < list.count; ++i) {
    CAPTURE(list.items[i]->name);
    const size_t n = 70, width = 96, heads = 3;
    const auto x = random_values(n * 3 * width, 2.0f, 34);
    const auto attend = [&] {
      std::vector<float> mixed(n * width);
      std::vector<char> space(attention_space(n, width, heads));
      list.items[i]->attend_int8(x.data(), n, width, heads, mixed.data(), space.data());
      return mixed;
    };
    const std::vector<float> here = attend();
    std::vector<float> there;
    std::thread([&] { there = attend(); }).join();
    CHECK(same_bytes(here.data(), there.data(), here.size()));
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      const std::vector<float> in_child = attend();
      _exit(same_bytes(here.data(), in_child.data(), here.size()) ? 0 : 1);
    }
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
}
