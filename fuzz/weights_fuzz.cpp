// The loader of weight files, and a reading with whatever it takes. Input: a weight file; seeds/weights_fuzz/ holds a tiny one.
//
// A weight file states sha256 sums of itself, by which a mutated one would be refused at once. So each input is mended first: the length
// of its header, the sum of its tensors and that of its vocabulary are set to what they should be, where they can be found.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/hash.h"
#include "model/model.h"

using namespace sayso;
using nlohmann::json;

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace {

size_t header_size_of(const std::string& bytes) {
  size_t size = 0;
  for (size_t i = 8; i-- > 0;) size = size << 8 | static_cast<unsigned char>(bytes[i]);
  return size;
}

// Puts the 64 digits of a sum behind “key” in the header: \"key\": \"…\" as it stands inside a JSON text in a JSON text.
void set_sum(std::string& bytes, size_t data, const std::string& key, const std::string& sum) {
  const std::string before = "\\\"" + key + "\\\": \\\"";
  const size_t at = bytes.find(before);
  if (at != bytes.npos && at + before.size() + sum.size() <= data) bytes.replace(at + before.size(), sum.size(), sum);
}

void mend_sums(std::string& bytes) {
  if (bytes.size() < 8 || header_size_of(bytes) > bytes.size() - 8) return;
  const size_t data = 8 + header_size_of(bytes);
  const json header = json::parse(bytes.substr(8, data - 8), nullptr, false);
  if (header.is_object() && header.contains("tokenizer.vocabulary")) {
    const json& entry = header["tokenizer.vocabulary"];
    if (entry.is_object() && entry.contains("data_offsets")) {
      const json& offsets = entry["data_offsets"];
      if (offsets.is_array() && offsets.size() == 2 && offsets[0].is_number_unsigned() && offsets[1].is_number_unsigned()) {
        const size_t begin = offsets[0].get<size_t>(), end = offsets[1].get<size_t>();
        if (begin <= end && end <= bytes.size() - data)
          set_sum(bytes, data, "tokenizer", sha256_hex(std::string_view(bytes).substr(data + begin, end - begin)));
      }
    }
  }
  set_sum(bytes, data, "sha256", sha256_hex(std::string_view(bytes).substr(data)));
}

}  // namespace

// Mutates either the header, whose length follows, or the tensors: both would rarely survive a blow across their border.
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size, unsigned int seed) {
  std::string bytes(reinterpret_cast<char*>(data), size);
  if (size < 8 || header_size_of(bytes) > size - 8 || seed % 16 == 0) return LLVMFuzzerMutate(data, size, max_size);
  std::string header = bytes.substr(8, header_size_of(bytes)), rest = bytes.substr(8 + header.size());
  std::string& part = seed % 4 ? header : rest;
  const size_t length = part.size(), most = length + (max_size - size);
  part.resize(most + 1);
  part.resize(LLVMFuzzerMutate(reinterpret_cast<uint8_t*>(part.data()), length, std::max<size_t>(most, 1)));
  std::string out;
  for (size_t i = 0; i < 8; ++i) out += static_cast<char>(header.size() >> (8 * i));
  out += header + rest;
  out.resize(std::min(out.size(), max_size));
  std::memcpy(data, out.data(), out.size());
  return out.size();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  mend_sums(bytes);
  const auto model = Model::load(std::move(bytes), "input");
  if (!model) {
    if (model.error().what.empty() || model.error().hint.empty()) std::abort();  // every refusal says what and what to do
    return 0;
  }
  // What loads must read any text, and give log-probabilities.
  const std::string text = "a “b c\" é\n東京 1.5! — \u200b" + std::string(300, 'x') + "\n\n\"Zz\", he";
  const UnitText units = (*model)->split(text, 0, static_cast<uint32_t>(text.size()));
  const auto hold = [](const Matrix& scores) {
    for (float value : scores.values)
      if (!(value <= 1e-4f)) std::abort();
  };
  for (const Window& window : (*model)->pack(units)) {
    const Matrix encoded = (*model)->encode(units, window);
    for (const json& head : (*model)->description()["heads"]) {
      const std::string name = head["name"];
      if (const auto* tags = (*model)->unit_head(name)) hold(tags->head.apply(encoded));
      if (const auto* roles = (*model)->span_head(name))
        hold(roles->head.apply(encoded, roles->head.prepare(encoded), units, window, {0, window.end - window.begin}));
    }
  }
  return 0;
}
