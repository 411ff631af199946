#include "model/weight_file.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/hash.h"
#include "base/unicode.h"

namespace sayso {

namespace {

constexpr size_t max_header = 16u << 20;  // far above any set's header (a few kilobytes); a lying length must not allocate
constexpr size_t max_dimensions = 4;

size_t size_of(ElementType type) { return type == ElementType::f32 ? 4 : type == ElementType::f16 ? 2 : 1; }

// Product of the shape, or nothing when it leaves size_t.
bool multiply_shape(const std::vector<size_t>& shape, size_t& out) {
  out = 1;
  for (size_t n : shape) {
    if (n && out > std::numeric_limits<size_t>::max() / n) return false;
    out *= n;
  }
  return true;
}

}  // namespace

size_t Tensor::elements() const { return bytes.size() / size_of(type); }

float half_to_float(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16;
  uint32_t exponent = (half >> 10) & 31;
  uint32_t mantissa = half & 1023u;
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7F800000u | (mantissa << 13));
  if (exponent == 0) {
    const float value = static_cast<float>(mantissa) * 0x1p-24f;
    return sign ? -value : value;
  }
  return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (mantissa << 13));
}

Error WeightFile::corrupt(const std::string& what) const {
  return Error{ErrorKind::corrupt, "the weight file is damaged: " + what, where_, "Fetch it again, or name another with --model."};
}

Result<WeightFile> WeightFile::parse(std::string bytes, std::string where) {
  WeightFile file;
  file.bytes_ = std::move(bytes);
  file.where_ = std::move(where);
  const std::string& all = file.bytes_;
  if (all.size() < 8) return file.corrupt("it has fewer than 8 bytes");
  uint64_t header_size = 0;
  for (int i = 7; i >= 0; --i) header_size = header_size << 8 | static_cast<unsigned char>(all[static_cast<size_t>(i)]);
  if (header_size > max_header || header_size > all.size() - 8) return file.corrupt("its header is longer than the file or than 16 MiB");
  const std::string_view header_text(all.data() + 8, header_size);
  if (!is_utf8(header_text)) return file.corrupt("its header is not UTF-8");
  const nlohmann::json header = nlohmann::json::parse(header_text, nullptr, /*allow_exceptions=*/false);
  if (!header.is_object()) return file.corrupt("its header is not a JSON object");
  const size_t data = 8 + header_size;
  const size_t data_size = all.size() - data;

  const auto metadata = header.find("__metadata__");
  if (metadata == header.end() || !metadata->is_object() || !metadata->contains("sayso") || !(*metadata)["sayso"].is_string())
    return Error{ErrorKind::version, "this safetensors file has no description for sayso in its metadata", file.where_,
                 "training/export.py makes a weight file from trained weights."};
  file.metadata_ = nlohmann::json::parse((*metadata)["sayso"].get_ref<const std::string&>(), nullptr, false);
  if (!file.metadata_.is_object()) return file.corrupt("its description is not a JSON object");
  const auto format = file.metadata_.find("format");
  if (format == file.metadata_.end() || *format != "sayso-weights/1")
    return Error{ErrorKind::version, "the weight file has another format than sayso-weights/1", file.where_,
                 "Use the weights that came with this program."};

  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") continue;
    if (!entry.is_object()) return file.corrupt("the entry of a tensor is not an object");
    const auto type = entry.find("dtype"), shape = entry.find("shape"), offsets = entry.find("data_offsets");
    if (type == entry.end() || shape == entry.end() || offsets == entry.end() || !shape->is_array() || !offsets->is_array() ||
        offsets->size() != 2 || shape->size() > max_dimensions)
      return file.corrupt("the entry of a tensor lacks its type, shape or place");
    Entry out{};
    if (*type == "F16") out.type = ElementType::f16;
    else if (*type == "F32") out.type = ElementType::f32;
    else if (*type == "U8") out.type = ElementType::u8;
    else return file.corrupt("a tensor has a type other than F16, F32 and U8");
    for (const auto& n : *shape) {
      if (!n.is_number_unsigned()) return file.corrupt("a tensor's shape is not made of whole numbers");
      out.shape.push_back(n.get<size_t>());
    }
    for (const auto& n : *offsets)
      if (!n.is_number_unsigned()) return file.corrupt("a tensor's place is not a whole number");
    const size_t begin = (*offsets)[0].get<size_t>(), end = (*offsets)[1].get<size_t>();
    if (begin > end || end > data_size) return file.corrupt("a tensor lies outside the file");
    size_t elements;
    if (!multiply_shape(out.shape, elements) || elements > data_size || elements * size_of(out.type) != end - begin)
      return file.corrupt("a tensor's shape and size differ");
    out.begin = data + begin;
    out.end = data + end;
    file.entries_.emplace(name, std::move(out));
  }
  file.sha256_ = sha256_hex(std::string_view(all).substr(data));
  const auto told = file.metadata_.find("sha256");
  if (told == file.metadata_.end() || *told != file.sha256_) return file.corrupt("the sha256 of its tensors is not the one it states");
  return file;
}

Result<Tensor> WeightFile::tensor(const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return corrupt("it has no tensor " + name);
  const Entry& entry = found->second;
  return Tensor{entry.type, entry.shape, std::string_view(bytes_).substr(entry.begin, entry.end - entry.begin)};
}

Result<std::vector<float>> WeightFile::floats(const std::string& name, const std::vector<size_t>& shape) const {
  auto found = tensor(name);
  if (!found) return found.error();
  const Tensor& tensor = *found;
  if (tensor.shape != shape || tensor.type == ElementType::u8) return corrupt("tensor " + name + " has another shape or type than the layout says");
  std::vector<float> out(tensor.elements());
  if (tensor.type == ElementType::f32) {
    std::memcpy(out.data(), tensor.bytes.data(), tensor.bytes.size());
  } else {
    for (size_t i = 0; i < out.size(); ++i) {
      uint16_t half;
      std::memcpy(&half, tensor.bytes.data() + 2 * i, 2);
      out[i] = half_to_float(half);
    }
  }
  for (float value : out)
    if (!std::isfinite(value)) return corrupt("tensor " + name + " holds a value that is no number");
  return out;
}

}  // namespace sayso
