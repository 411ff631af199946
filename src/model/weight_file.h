// The weight file: a safetensors file (any safetensors reader opens it) whose __metadata__ has one key, "sayso", a JSON text that says
// what the weights are (docs/MODEL.md). Everything read from it is checked: it comes from outside.
#pragma once

#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/mapped_file.h"
#include "base/result.h"
#include "model/huge_pages.h"

namespace sayso {

// Numbers of 16 bits.
using Halves = std::vector<uint16_t, HugeAllocator<uint16_t>>;

enum class ElementType { f16, f32, u8 };

// A view into the file's bytes; row-major.
struct Tensor {
  ElementType type = ElementType::f32;
  std::vector<size_t> shape;
  std::string_view bytes;
  size_t elements() const;
};

class WeightFile {
 public:
  // Takes over the bytes. corrupt: not a safetensors file, a bound that does not hold, or a sha256 that differs; version: made for
  // another program. `where` is the file's name, for messages. Allocates no more than some multiple of the bytes' size, whatever they say.
  static Result<WeightFile> parse(std::string bytes, std::string where);
  // The same but for the sha256, which another thread computes meanwhile: check_sha256() has to say that it holds before anything of the file is
  // believed.
  static Result<WeightFile> open(std::string bytes, std::string where);
  static Result<WeightFile> open(MappedFile file, std::string where);
  Status check_sha256();
  // Drops the bytes; the metadata stay. Nothing below may be called after that.
  void let_go();

  const nlohmann::json& metadata() const { return metadata_; }
  const std::string& sha256() const { return sha256_; }  // of the tensors' bytes, once it is checked
  const std::string& where() const { return where_; }

  // The tensor called `name`, which must have exactly this shape, as floats; all within ±1,000, or corrupt.
  Result<std::vector<float>> floats(const std::string& name, const std::vector<size_t>& shape) const;
  // The same of a matrix row by row: use(row, its floats).
  template <class Use>
  Status for_rows(const std::string& name, size_t rows, size_t columns, Use use) const {
    const Result<Tensor> found = numbers(name, {rows, columns});
    if (!found) return found.error();
    std::vector<float> row(columns);
    for (size_t r = 0; r < rows; ++r) {
      if (!copy_floats(*found, r * columns, columns, row.data())) return beyond(name);
      use(r, row.data());
    }
    return {};
  }
  // The same as they are, for 16-bit tables that are read a row at a time.
  Result<Halves> halves(const std::string& name, const std::vector<size_t>& shape) const;
  // Its bytes, whatever its type and shape.
  Result<Tensor> tensor(const std::string& name) const;

  Error corrupt(const std::string& what) const;

 private:
  static Result<WeightFile> open(std::shared_ptr<const void> owner, std::string_view bytes, std::string where);
  // The tensor, which must have this shape and be made of numbers.
  Result<Tensor> numbers(const std::string& name, const std::vector<size_t>& shape) const;
  // False where one of them is beyond ±1,000.
  static bool copy_floats(const Tensor& tensor, size_t first, size_t count, float* to);
  Error beyond(const std::string& name) const;

  std::shared_ptr<const void> owner_;  // of bytes_
  std::string_view bytes_;
  std::future<std::string> computed_sha256_;  // gone before owner_
  std::string where_;
  std::string sha256_;
  nlohmann::json metadata_;
  struct Entry {
    ElementType type;
    std::vector<size_t> shape;
    size_t begin, end;  // in bytes_
  };
  std::map<std::string, Entry> entries_;
};

}  // namespace sayso
