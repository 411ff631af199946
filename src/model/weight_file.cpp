#include "model/weight_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <set>
#include <system_error>

#include "base/hash.h"
#include "base/unicode.h"
#include "model/kernels.h"

namespace sayso {

namespace {

constexpr size_t max_header = 1u << 20;  // a set of 104 tensors has 14 KB; what a hostile one can make us allocate is some hundred times this
constexpr size_t max_dimensions = 4;
constexpr size_t max_name = 200;
constexpr size_t max_depth = 16;  // objects and arrays in each other; a description has four

// Trained weights stay below 10 (7.9 in the first shipped set). A set within this bound cannot drive the encoder to infinities, which its
// kernels are not made for: the largest product, of queries and keys, stays below 1e28 (docs/MODEL.md).
constexpr float largest_weight = 1000.0f;
constexpr uint16_t largest_half = 0x63D0;  // the same

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

// A JSON object out of `text`, or a discarded value and why in `fault`.
nlohmann::json parse_object(std::string_view text, std::string& fault) {
  std::vector<std::set<std::string>> keys;  // of each object that is open
  size_t depth = 0;
  const auto watch = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
    using Event = nlohmann::json::parse_event_t;
    if (!fault.empty()) return false;  // nothing is kept any more
    if (event == Event::object_start) keys.emplace_back();
    if (event == Event::object_end) keys.pop_back();
    if (event == Event::object_end || event == Event::array_end) --depth;
    if (event == Event::key && !keys.back().insert(value.get<std::string>()).second) fault = "names a key twice";
    if ((event == Event::object_start || event == Event::array_start) && ++depth > max_depth) fault = "is nested too deeply";
    return fault.empty();
  };
  nlohmann::json json = nlohmann::json::parse(text, watch, /*allow_exceptions=*/false);
  if (fault.empty() && !json.is_object()) fault = "is not a JSON object";
  return json;
}

}  // namespace

size_t Tensor::elements() const { return bytes.size() / size_of(type); }

Error WeightFile::corrupt(const std::string& what) const {
  return Error{ErrorKind::corrupt, "the weight file is damaged: " + what, where_, "Fetch it again, or name another with --model."};
}

Result<WeightFile> WeightFile::parse(std::string bytes, std::string where) {
  Result<WeightFile> file = open(std::move(bytes), std::move(where));
  if (!file) return file;
  if (const Status holds = file->check_sha256(); !holds) return holds.error();
  return file;
}

Result<WeightFile> WeightFile::open(std::string bytes, std::string where) {
  const auto owner = std::make_shared<const std::string>(std::move(bytes));
  return open(owner, *owner, std::move(where));
}

Result<WeightFile> WeightFile::open(MappedFile mapped, std::string where) {
  const auto owner = std::make_shared<const MappedFile>(std::move(mapped));
  return open(owner, owner->bytes(), std::move(where));
}

Result<WeightFile> WeightFile::open(std::shared_ptr<const void> owner, std::string_view all, std::string where) {
  WeightFile file;
  file.owner_ = std::move(owner);
  file.bytes_ = all;
  file.where_ = std::move(where);
  if (all.size() < 8) return file.corrupt("it has fewer than 8 bytes");
  uint64_t header_size = 0;
  for (int i = 7; i >= 0; --i) header_size = header_size << 8 | static_cast<unsigned char>(all[static_cast<size_t>(i)]);
  if (header_size > max_header) return file.corrupt("its header is longer than 1 MiB");
  if (header_size > all.size() - 8) return file.corrupt("it ends inside its header");
  const std::string_view header_text(all.data() + 8, header_size);
  if (!is_utf8(header_text)) return file.corrupt("its header is not UTF-8");
  std::string fault;
  const nlohmann::json header = parse_object(header_text, fault);
  if (!fault.empty()) return file.corrupt("its header " + fault);
  const size_t data = 8 + header_size;
  const size_t data_size = all.size() - data;

  const auto metadata = header.find("__metadata__");
  if (metadata == header.end() || !metadata->is_object() || !metadata->contains("sayso") || !(*metadata)["sayso"].is_string())
    return Error{ErrorKind::version, "this safetensors file has no description for sayso in its metadata", file.where_,
                 "training/export.py makes a weight file from trained weights."};
  file.metadata_ = parse_object((*metadata)["sayso"].get_ref<const std::string&>(), fault);
  if (!fault.empty()) return file.corrupt("its description " + fault);
  const auto format = file.metadata_.find("format");
  if (format == file.metadata_.end() || *format != "sayso-weights/1")
    return Error{ErrorKind::version, "the weight file has another format than sayso-weights/1", file.where_,
                 "Use the weights that came with this program."};

  std::vector<const Entry*> in_order;
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") continue;
    if (name.size() > max_name) return file.corrupt("the name of a tensor is longer than 200 bytes");
    if (!entry.is_object()) return file.corrupt("the entry of tensor " + name + " is not an object");
    const auto type = entry.find("dtype"), shape = entry.find("shape"), offsets = entry.find("data_offsets");
    if (type == entry.end() || shape == entry.end() || offsets == entry.end() || !shape->is_array() || !offsets->is_array() ||
        offsets->size() != 2 || shape->size() > max_dimensions)
      return file.corrupt("the entry of tensor " + name + " lacks its type, shape or place");
    Entry out{};
    if (*type == "F16") out.type = ElementType::f16;
    else if (*type == "F32") out.type = ElementType::f32;
    else if (*type == "U8") out.type = ElementType::u8;
    else return file.corrupt("tensor " + name + " has a type other than F16, F32 and U8");
    for (const auto& n : *shape) {
      if (!n.is_number_unsigned()) return file.corrupt("the shape of tensor " + name + " is not made of whole numbers");
      out.shape.push_back(n.get<size_t>());
    }
    for (const auto& n : *offsets)
      if (!n.is_number_unsigned()) return file.corrupt("the place of tensor " + name + " is not a whole number");
    const size_t begin = (*offsets)[0].get<size_t>(), end = (*offsets)[1].get<size_t>();
    if (begin > end || end > data_size) return file.corrupt("tensor " + name + " lies outside the file");
    size_t elements;
    if (!multiply_shape(out.shape, elements) || elements > data_size || elements * size_of(out.type) != end - begin)
      return file.corrupt("shape and size of tensor " + name + " differ");
    out.begin = data + begin;
    out.end = data + end;
    in_order.push_back(&file.entries_.emplace(name, std::move(out)).first->second);
  }
  // One behind the other without gap or overlap, as safetensors demands: no byte counts twice, none is hidden.
  std::sort(in_order.begin(), in_order.end(), [](const Entry* a,
                                                 const Entry* b) { return std::pair(a->begin, a->end) < std::pair(b->begin, b->end); });
  size_t behind = data;
  for (const Entry* entry : in_order) {
    if (entry->begin != behind) return file.corrupt("its tensors overlap or leave gaps");
    behind = entry->end;
  }
  if (behind != all.size()) return file.corrupt("there are bytes behind its tensors");
  const auto compute = [tensors = all.substr(data)] { return sha256_hex(tensors); };
  try {
    file.computed_sha256_ = std::async(std::launch::async, compute);
  } catch (const std::system_error&) {  // no more threads
    file.computed_sha256_ = std::async(std::launch::deferred, compute);
  }
  return file;
}

Status WeightFile::check_sha256() {
  sha256_ = computed_sha256_.get();
  const auto told = metadata_.find("sha256");
  if (told == metadata_.end() || *told != sha256_) return corrupt("the sha256 of its tensors is not the one it states");
  return {};
}

void WeightFile::let_go() {
  bytes_ = {};
  owner_.reset();
}

Result<Tensor> WeightFile::tensor(const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return corrupt("it has no tensor " + name);
  const Entry& entry = found->second;
  return Tensor{entry.type, entry.shape, bytes_.substr(entry.begin, entry.end - entry.begin)};
}

Error WeightFile::beyond(const std::string& name) const { return corrupt("tensor " + name + " holds a value that is no number or beyond 1,000"); }

Result<Tensor> WeightFile::numbers(const std::string& name, const std::vector<size_t>& shape) const {
  auto found = tensor(name);
  if (found && (found->shape != shape || found->type == ElementType::u8))
    return corrupt("tensor " + name + " has another shape or type than the layout says");
  return found;
}

bool WeightFile::copy_floats(const Tensor& tensor, size_t first, size_t count, float* to) {
  if (tensor.type == ElementType::f16) return kernels().widen(tensor.bytes.data() + 2 * first, count, to) <= largest_half;
  std::memcpy(to, tensor.bytes.data() + 4 * first, 4 * count);
  uint32_t wrong = 0;
  for (size_t i = 0; i < count; ++i) wrong += !(std::abs(to[i]) <= largest_weight);
  return wrong == 0;
}

Result<std::vector<float>> WeightFile::floats(const std::string& name, const std::vector<size_t>& shape) const {
  const Result<Tensor> found = numbers(name, shape);
  if (!found) return found.error();
  std::vector<float> out(found->elements());
  if (!copy_floats(*found, 0, out.size(), out.data())) return beyond(name);
  return out;
}

Result<Halves> WeightFile::halves(const std::string& name, const std::vector<size_t>& shape) const {
  const Result<Tensor> found = numbers(name, shape);
  if (!found) return found.error();
  if (found->type != ElementType::f16) return corrupt("tensor " + name + " has another shape or type than the layout says");
  Halves out(found->elements());
  std::memcpy(out.data(), found->bytes.data(), found->bytes.size());
  uint16_t most = 0;
  for (const uint16_t half : out) most = std::max<uint16_t>(most, half & 0x7FFF);
  if (most > largest_half) return beyond(name);
  return out;
}

}  // namespace sayso
