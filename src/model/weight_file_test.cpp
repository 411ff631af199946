// Damaged weight files: each kind of damage is refused in a sentence of its own, and nothing throws, whatever the bytes.
#include "model/weight_file.h"

#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "base/hash.h"
#include "model/golden_files.h"
#include "model/kernels.h"

using namespace sayso;
using nlohmann::json;

namespace {

// A weight file taken apart.
struct Parts {
  json header;       // without __metadata__
  json description;
  std::string data;  // of all tensors
};

Parts take_apart(const std::string& bytes) {
  size_t header_size = 0;
  for (size_t i = 8; i-- > 0;) header_size = header_size << 8 | static_cast<unsigned char>(bytes[i]);
  Parts parts;
  parts.header = json::parse(bytes.substr(8, header_size));
  parts.description = json::parse(parts.header["__metadata__"]["sayso"].get<std::string>());
  parts.header.erase("__metadata__");
  parts.data = bytes.substr(8 + header_size);
  return parts;
}

std::string with_length(const std::string& header, const std::string& data) {
  std::string out;
  for (size_t i = 0; i < 8; ++i) out += static_cast<char>(header.size() >> (8 * i));
  return out + header + data;
}

std::string put_together(Parts parts, bool with_sha256 = true) {
  if (with_sha256 && parts.description.is_object()) parts.description["sha256"] = sha256_hex(parts.data);
  parts.header["__metadata__"] = {{"sayso", parts.description.dump()}};
  return with_length(parts.header.dump(), parts.data);
}

// The small file after `damage`, with a sha256 that holds again.
std::string damaged(const std::function<void(Parts&)>& damage) {
  Parts parts = take_apart(small_bytes());
  damage(parts);
  return put_together(std::move(parts));
}

// Why it is refused; "" when it loads.
std::string refusal(const std::string& bytes) {
  const auto model = Model::load(bytes, "w.safetensors");
  return model.ok() ? "" : std::string(name_of(model.error().kind)) + ": " + model.error().sentence();
}

std::string corrupt(const std::string& what) {
  return "corrupt: the weight file is damaged: " + what + " (w.safetensors). Fetch it again, or name another with --model.";
}

void set_half(Parts& parts, const std::string& tensor, uint16_t bits, size_t index = 0) {
  const size_t at = parts.header[tensor]["data_offsets"][0].get<size_t>() + 2 * index;
  parts.data[at] = static_cast<char>(bits);
  parts.data[at + 1] = static_cast<char>(bits >> 8);
}

}  // namespace

TEST_CASE("the small weight file of the first version still loads, taken apart and put together too") {
  const Model& model = small_model();
  CHECK(model.name() == "small");
  CHECK(model.max_pieces() == 190);
  CHECK(model.sha256() == "708814fe73282a89dee163f6ab475e89f1ebc7bb29bc009dddf4e41205a32e9b");
  REQUIRE(model.unit_head("tags") != nullptr);
  CHECK(model.unit_head("tags")->labels == std::vector<std::string>{"O", "B-cue", "I-cue", "B-source", "I-source", "B-content", "I-content"});
  REQUIRE(model.span_head("roles") != nullptr);
  CHECK(model.span_head("roles")->labels == std::vector<std::string>{"O", "B-source", "I-source", "B-content", "I-content"});
  CHECK(model.unit_head("roles") == nullptr);
  CHECK(model.span_head("tags") == nullptr);
  CHECK(refusal(damaged([](Parts&) {})) == "");
}

TEST_CASE("keys that a later program writes do not matter") {
  CHECK(refusal(damaged([](Parts& parts) {
          parts.description["later"] = {{"nested", {1, 2}}};
          parts.description["heads"][0]["later"] = true;
          parts.header["tags.out.bias"]["later"] = nullptr;
        })) == "");
}

TEST_CASE("a file that is cut off anywhere is refused") {
  const std::string bytes = small_bytes();
  for (size_t size = 0; size < 8; ++size) CHECK(refusal(bytes.substr(0, size)) == corrupt("it has fewer than 8 bytes"));
  const size_t header_end = 8 + static_cast<unsigned char>(bytes[0]) + 256u * static_cast<unsigned char>(bytes[1]);
  for (size_t size : {size_t{8}, size_t{9}, header_end - 1}) CHECK(refusal(bytes.substr(0, size)) == corrupt("it ends inside its header"));
  for (size_t size : {header_end, header_end + 1, bytes.size() / 2, bytes.size() - 1}) {
    const std::string why = refusal(bytes.substr(0, size));
    CHECK_MESSAGE(why.starts_with("corrupt: the weight file is damaged: tensor "), why);
    CHECK_MESSAGE(why.find(" lies outside the file (w.safetensors). ") != why.npos, why);
  }
  CHECK(refusal(bytes + "x") == corrupt("there are bytes behind its tensors"));
}

TEST_CASE("a header that is too long, not UTF-8, not JSON, or a JSON bomb is refused without being taken in") {
  CHECK(refusal("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF{}") == corrupt("its header is longer than 1 MiB"));
  CHECK(refusal(std::string("\x01\x00\x10\x00\x00\x00\x00\x00", 8) + std::string(2 << 20, ' ')) == corrupt("its header is longer than 1 MiB"));
  CHECK(refusal(with_length("{\"\xC3\": 1}", "")) == corrupt("its header is not UTF-8"));
  for (const char* header : {"", "{", "[]", "7", "nil", R"({"a":1}})", R"({"a":01})", R"({"a":1e999})", R"({"a":NaN})", R"({"a":"\ud800"})",
                             "{'a':1}", R"({"a":1,})"})
    CHECK_MESSAGE(refusal(with_length(header, "")) == corrupt("its header is not a JSON object"), header);
  const std::string open(500'000, '['), close(500'000, ']');
  CHECK(refusal(with_length("{\"a\":" + open + close + "}", "")) == corrupt("its header is nested too deeply"));
  CHECK(refusal(with_length("{\"a\":" + open, "")) == corrupt("its header is nested too deeply"));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  CHECK(refusal(with_length(objects + "1" + std::string(100'000, '}'), "")) == corrupt("its header is nested too deeply"));
  CHECK(refusal(damaged([](Parts& parts) {
          json bomb = 1;
          for (int i = 0; i < 20; ++i) bomb = json::array({bomb});
          parts.description["settings"] = bomb;
        })) == corrupt("its description is nested too deeply"));
}

TEST_CASE("a name that stands twice is refused: readers would differ in which they take") {
  const std::string entry = R"("a":{"dtype":"F16","shape":[0],"data_offsets":[0,0]})";
  CHECK(refusal(with_length("{" + entry + "," + entry + "}", "")) == corrupt("its header names a key twice"));
  CHECK(refusal(with_length(R"({"__metadata__":{"sayso":"{}","sayso":"{}"}})", "")) == corrupt("its header names a key twice"));
  CHECK(refusal(with_length(R"({"__metadata__":{"sayso":"{\"name\":\"a\",\"name\":\"b\"}"}})", "")) == corrupt("its description names a key twice"));
  CHECK(refusal(damaged([](Parts& parts) { parts.description["heads"].push_back(parts.description["heads"][0]); })) ==
        corrupt("it has two heads tags"));
  CHECK(refusal(damaged([](Parts& parts) { parts.description["heads"][1]["name"] = "tags"; })) == corrupt("it has two heads tags"));
}

TEST_CASE("a safetensors file of somebody else, and a later format, are told apart from damage") {
  const std::string foreign = "version: this safetensors file has no description for sayso in its metadata (w.safetensors). "
                              "training/export.py makes a weight file from trained weights.";
  for (const char* header : {"{}", R"({"__metadata__":{}})", R"({"__metadata__":{"format":"pt"}})",
                             R"({"__metadata__":{"sayso":{}}})", R"({"__metadata__":7})"})
    CHECK_MESSAGE(refusal(with_length(header, "")) == foreign, header);
  for (const char* text : {"", "[]", "nonsense", "{"})
    CHECK(refusal(with_length(json{{"__metadata__", {{"sayso", text}}}}.dump(), "")) == corrupt("its description is not a JSON object"));
  const std::string later = "version: the weight file has another format than sayso-weights/1 (w.safetensors). "
                            "Use the weights that came with this program.";
  CHECK(refusal(damaged([](Parts& parts) { parts.description["format"] = "sayso-weights/2"; })) == later);
  CHECK(refusal(damaged([](Parts& parts) { parts.description["format"] = 1; })) == later);
  CHECK(refusal(damaged([](Parts& parts) { parts.description.erase("format"); })) == later);
}

TEST_CASE("the entry of a tensor: each bound has its sentence") {
  struct Case {
    const char* entry;
    const char* what;
  };
  for (const Case& c : std::vector<Case>{
           {R"(7)", "the entry of tensor x is not an object"},
           {R"(null)", "the entry of tensor x is not an object"},
           {R"({})", "the entry of tensor x lacks its type, shape or place"},
           {R"({"shape":[1],"data_offsets":[0,2]})", "the entry of tensor x lacks its type, shape or place"},
           {R"({"dtype":"F16","data_offsets":[0,2]})", "the entry of tensor x lacks its type, shape or place"},
           {R"({"dtype":"F16","shape":[1]})", "the entry of tensor x lacks its type, shape or place"},
           {R"({"dtype":"F16","shape":1,"data_offsets":[0,2]})", "the entry of tensor x lacks its type, shape or place"},
           {R"({"dtype":"F16","shape":[1,1,1,1,1],"data_offsets":[0,2]})", "the entry of tensor x lacks its type, shape or place"},
           {R"({"dtype":"F16","shape":[1],"data_offsets":[0]})", "the entry of tensor x lacks its type, shape or place"},
           {R"({"dtype":"F16","shape":[1],"data_offsets":{"0":0,"1":2}})", "the entry of tensor x lacks its type, shape or place"},
           {R"({"dtype":"BF16","shape":[1],"data_offsets":[0,2]})", "tensor x has a type other than F16, F32 and U8"},
           {R"({"dtype":16,"shape":[1],"data_offsets":[0,2]})", "tensor x has a type other than F16, F32 and U8"},
           {R"({"dtype":"F16","shape":[-1],"data_offsets":[0,2]})", "the shape of tensor x is not made of whole numbers"},
           {R"({"dtype":"F16","shape":[1.0],"data_offsets":[0,2]})", "the shape of tensor x is not made of whole numbers"},
           {R"({"dtype":"F16","shape":["1"],"data_offsets":[0,2]})", "the shape of tensor x is not made of whole numbers"},
           {R"({"dtype":"F16","shape":[18446744073709551616],"data_offsets":[0,2]})", "the shape of tensor x is not made of whole numbers"},
           {R"({"dtype":"F16","shape":[1],"data_offsets":[-2,0]})", "the place of tensor x is not a whole number"},
           {R"({"dtype":"F16","shape":[1],"data_offsets":[null,2]})", "the place of tensor x is not a whole number"},
           {R"({"dtype":"F16","shape":[1],"data_offsets":[2,0]})", "tensor x lies outside the file"},
           {R"({"dtype":"F16","shape":[1],"data_offsets":[3,5]})", "tensor x lies outside the file"},
           {R"({"dtype":"F16","shape":[1],"data_offsets":[18446744073709551614,18446744073709551615]})", "tensor x lies outside the file"},
           {R"({"dtype":"F16","shape":[2],"data_offsets":[0,2]})", "shape and size of tensor x differ"},
           {R"({"dtype":"F32","shape":[1],"data_offsets":[0,2]})", "shape and size of tensor x differ"},
           {R"({"dtype":"F16","shape":[],"data_offsets":[0,4]})", "shape and size of tensor x differ"},
           {R"({"dtype":"F16","shape":[0],"data_offsets":[0,2]})", "shape and size of tensor x differ"},
           {R"({"dtype":"F16","shape":[9223372036854775809],"data_offsets":[0,2]})", "shape and size of tensor x differ"},
           {R"({"dtype":"F16","shape":[4294967296,4294967297],"data_offsets":[0,0]})", "shape and size of tensor x differ"},
           {R"({"dtype":"F16","shape":[18446744073709551615,18446744073709551615],"data_offsets":[0,2]})", "shape and size of tensor x differ"},
       }) {
    const std::string header = R"({"__metadata__":{"sayso":"{\"format\":\"sayso-weights/1\"}"},"x":)" + std::string(c.entry) + "}";
    CHECK_MESSAGE(refusal(with_length(header, "abcd")) == corrupt(c.what), c.entry);
  }
  CHECK(refusal(damaged([](Parts& parts) { parts.header[std::string(201, 'n')] = parts.header["tags.out.bias"]; })) ==
        corrupt("the name of a tensor is longer than 200 bytes"));
}

TEST_CASE("tensors that overlap, leave gaps, or end before the file does are refused") {
  const auto file = [](const std::string& entries, const std::string& data) {
    return refusal(with_length(R"({"__metadata__":{"sayso":"{\"format\":\"sayso-weights/1\"}"})" + entries + "}", data));
  };
  const std::string twice = R"(,"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"F16","shape":[2],"data_offsets":[2,6]})";
  const std::string same = R"(,"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"F16","shape":[2],"data_offsets":[0,4]})";
  const std::string gap = R"(,"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"F16","shape":[1],"data_offsets":[4,6]})";
  const std::string late = R"(,"a":{"dtype":"F16","shape":[1],"data_offsets":[2,4]})";
  CHECK(file(twice, "abcdef") == corrupt("its tensors overlap or leave gaps"));
  CHECK(file(same, "abcd") == corrupt("its tensors overlap or leave gaps"));
  CHECK(file(gap, "abcdef") == corrupt("its tensors overlap or leave gaps"));
  CHECK(file(late, "abcd") == corrupt("its tensors overlap or leave gaps"));
  CHECK(file(R"(,"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]})", "abcd") == corrupt("there are bytes behind its tensors"));
  // An empty tensor stands between two without harm: only the sha256 is missing then.
  CHECK(file(R"(,"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"F16","shape":[0],"data_offsets":[2,2]},)"
             R"("c":{"dtype":"U8","shape":[2],"data_offsets":[2,4]})", "abcd") == corrupt("the sha256 of its tensors is not the one it states"));
}

TEST_CASE("one changed bit in a tensor, and a sha256 that is another, missing or no text, are noticed") {
  const std::string bytes = small_bytes(), why = corrupt("the sha256 of its tensors is not the one it states");
  const size_t data = bytes.size() - take_apart(bytes).data.size();
  for (size_t at = data; at < bytes.size(); at += 997) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 16);
    CHECK(refusal(changed) == why);
  }
  for (const json& value : std::vector<json>{std::string(64, '0'), "", 7, nullptr, json::array()}) {
    Parts parts = take_apart(bytes);
    parts.description["sha256"] = value;
    CHECK(refusal(put_together(parts, false)) == why);
  }
  Parts parts = take_apart(bytes);
  parts.description.erase("sha256");
  CHECK(refusal(put_together(parts, false)) == why);
}

TEST_CASE("a value that is no number, infinite or out of bounds is refused in every tensor, F32 ones too") {
  const Parts parts = take_apart(small_bytes());
  size_t tensors = 0;
  for (const auto& [name, entry] : parts.header.items()) {
    if (entry["dtype"] != "F16") continue;
    ++tensors;
    const std::string why = corrupt("tensor " + name + " holds a value that is no number or beyond 1,000");
    const size_t last = (entry["data_offsets"][1].get<size_t>() - entry["data_offsets"][0].get<size_t>()) / 2 - 1;
    for (uint16_t bits : std::initializer_list<uint16_t>{0x7C00, 0xFC00, 0x7E00, 0xFFFF, 0x63D1, 0xE3D1})
      CHECK(refusal(damaged([&](Parts& p) { set_half(p, name, bits, last); })) == why);
  }
  CHECK(tensors == parts.header.size() - 1);  // all but the vocabulary

  // The same tensor in 32 bits, at the end of the file.
  const auto in_32_bits = [](float value) {
    return damaged([&](Parts& p) {
      const size_t begin = p.header["tags.out.bias"]["data_offsets"][0], end = p.header["tags.out.bias"]["data_offsets"][1];
      std::vector<float> values((end - begin) / 2);
      kernels().widen(p.data.data() + begin, values.size(), values.data());
      if (value != 0) values.back() = value;
      p.data.erase(begin, end - begin);
      for (auto& [other, entry] : p.header.items())
        if (entry["data_offsets"][0].get<size_t>() >= end)
          entry["data_offsets"] = {entry["data_offsets"][0].get<size_t>() - (end - begin), entry["data_offsets"][1].get<size_t>() - (end - begin)};
      const size_t at = p.data.size();
      p.data.append(reinterpret_cast<const char*>(values.data()), values.size() * 4);
      p.header["tags.out.bias"] = {{"dtype", "F32"}, {"shape", {values.size()}}, {"data_offsets", {at, p.data.size()}}};
    });
  };
  CHECK(refusal(in_32_bits(0)) == "");
  for (float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), 1000.5f, -3e38f})
    CHECK(refusal(in_32_bits(value)) == corrupt("tensor tags.out.bias holds a value that is no number or beyond 1,000"));
}

TEST_CASE("a tensor that is missing or has another shape or type than the description says is named") {
  const Parts parts = take_apart(small_bytes());
  for (const auto& [name, entry] : parts.header.items()) {
    // Renamed, it is missing.
    CHECK(refusal(damaged([&](Parts& p) {
            p.header["renamed"] = p.header[name];
            p.header.erase(name);
          })) == corrupt("it has no tensor " + name));
    if (name == "tokenizer.vocabulary") continue;
    const std::string why = corrupt("tensor " + name + " has another shape or type than the layout says");
    CHECK(refusal(damaged([&](Parts& p) { p.header[name]["shape"].push_back(1); })) == why);
    CHECK(refusal(damaged([&](Parts& p) {
            const size_t size = p.header[name]["data_offsets"][1].get<size_t>() - p.header[name]["data_offsets"][0].get<size_t>();
            p.header[name]["dtype"] = "U8";
            p.header[name]["shape"] = {size};
          })) == why);
  }
}

TEST_CASE("weights for other units, another vocabulary, a vocabulary that is damaged") {
  CHECK(refusal(damaged([](Parts& p) { p.description["units"] = "units/2"; })) ==
        "version: the weights were trained on another definition of units (units/2) than this program's (units/1) (w.safetensors). "
        "Use the weights that came with this program.");
  const std::string other = corrupt("its vocabulary is not the one that its description names");
  CHECK(refusal(damaged([](Parts& p) { p.description["tokenizer"] = std::string(64, 'a'); })) == other);
  CHECK(refusal(damaged([](Parts& p) { p.data[p.header["tokenizer.vocabulary"]["data_offsets"][0].get<size_t>()] = '('; })) == other);
  CHECK(refusal(damaged([](Parts& p) {  // the same bytes as halves; an odd one, if there is, as a tensor of its own
          json& entry = p.header["tokenizer.vocabulary"];
          const size_t begin = entry["data_offsets"][0], end = entry["data_offsets"][1], half_end = end - (end - begin) % 2;
          entry = {{"dtype", "F16"}, {"shape", {(half_end - begin) / 2}}, {"data_offsets", {begin, half_end}}};
          p.header["rest"] = {{"dtype", "U8"}, {"shape", {end - half_end}}, {"data_offsets", {half_end, end}}};
        })) == other);
  // With a fingerprint that fits, its own faults are found.
  const auto with_vocabulary = [](const std::function<void(std::string&)>& change) {
    return damaged([&](Parts& p) {
      json& entry = p.header["tokenizer.vocabulary"];
      const size_t begin = entry["data_offsets"][0], end = entry["data_offsets"][1];
      std::string words = p.data.substr(begin, end - begin);
      change(words);
      REQUIRE(words.size() == end - begin);
      p.data.replace(begin, end - begin, words);
      p.description["tokenizer"] = sha256_hex(words);
    });
  };
  CHECK(refusal(with_vocabulary([](std::string& words) { words.replace(words.find("[CLS]"), 5, "[cls]"); })) ==
        corrupt("the vocabulary is damaged: [UNK], [CLS] or [SEP] is missing"));
  CHECK(refusal(with_vocabulary([](std::string& words) { words.replace(words.find("\na\n"), 3, "\nb\n"); })) ==
        corrupt("the vocabulary is damaged: a piece stands in it twice"));
  CHECK(refusal(with_vocabulary([](std::string& words) { words.replace(words.find("\na\n"), 3, "\n\n\n"); })) ==
        corrupt("the vocabulary is damaged: a piece is empty or longer than 400 bytes"));
  CHECK(refusal(with_vocabulary([](std::string& words) { words.replace(words.find("\na\n"), 3, "\nab"); })) ==
        corrupt("tensor encoder.word has another shape or type than the layout says"));
}

TEST_CASE("numbers and texts of the description: missing, of another kind, or out of range") {
  struct Case {
    const char* at;
    json value;  // discarded: the key is taken away
    const char* what;
  };
  const json none(json::value_t::discarded);
  std::string too_long;  // 200 pieces
  for (int i = 0; i < 100; ++i) too_long += "a. ";
  for (const Case& c : std::vector<Case>{
           {"/name", none, "its description lacks the text name"},
           {"/name", 7, "its description lacks the text name"},
           {"/name", std::string(1001, 'n'), "its description lacks the text name"},
           {"/units", nullptr, "its description lacks the text units"},
           {"/tokenizer", json::array(), "its description lacks the text tokenizer"},
           {"/encoder", none, "its description lacks the encoder"},
           {"/encoder", json::array(), "its description lacks the encoder"},
           {"/encoder/layers", none, "its description lacks the number layers"},
           {"/encoder/layers", "2", "its description lacks the number layers"},
           {"/encoder/layers", -1, "its description lacks the number layers"},
           {"/encoder/layers", 2.0, "its description lacks the number layers"},
           {"/encoder/layers", 0, "the number layers in its description is out of range"},
           {"/encoder/layers", 65, "the number layers in its description is out of range"},
           {"/encoder/layers", 18446744073709551615u, "the number layers in its description is out of range"},
           {"/encoder/layers", 64, "it has no tensor encoder.layers.2.query_key_value.weight"},
           {"/encoder/width", 0, "the number width in its description is out of range"},
           {"/encoder/width", 8193, "the number width in its description is out of range"},
           {"/encoder/width", 8190, "tensor encoder.word has another shape or type than the layout says"},
           {"/encoder/heads", 0, "the number heads in its description is out of range"},
           {"/encoder/heads", 25, "the number heads in its description is out of range"},
           {"/encoder/heads", 5, "the encoder's width is no multiple of its heads"},
           {"/encoder/inner", 0, "the number inner in its description is out of range"},
           {"/encoder/inner", 65537, "the number inner in its description is out of range"},
           {"/encoder/inner", 65536, "tensor encoder.layers.0.up.weight has another shape or type than the layout says"},
           {"/encoder/positions", 66, "the number positions in its description is out of range"},
           {"/encoder/positions", 8193, "the number positions in its description is out of range"},
           {"/encoder/positions", 8192, "tensor encoder.position has another shape or type than the layout says"},
           {"/encoder/window", 0, "the number window in its description is out of range"},
           {"/encoder/window", 191, "the number window in its description is out of range"},
           {"/heads", none, "its description lacks the heads"},
           {"/heads", json::object(), "its description lacks the heads"},
           {"/heads", json(33, json::object()), "its description lacks the heads"},
           {"/heads/0", 7, "the description of a head is not an object"},
           {"/heads/0/name", none, "its description lacks the text name"},
           {"/heads/0/name", "other", "it has no tensor other.out.weight"},
           {"/heads/0/kind", false, "its description lacks the text kind"},
           {"/heads/0/labels", none, "the head tags has no labels"},
           {"/heads/0/labels", json::array(), "the head tags has no labels"},
           {"/heads/0/labels", json::object(), "the head tags has no labels"},
           {"/heads/0/labels", json(257, "O"), "the head tags has no labels"},
           {"/heads/0/labels", json(256, "O"), "tensor tags.out.weight has another shape or type than the layout says"},
           {"/heads/0/labels/0", 7, "a label of the head tags is not text"},
           {"/heads/1/width", none, "its description lacks the number width"},
           {"/heads/1/width", 8193, "the number width in its description is out of range"},
           {"/heads/1/heads", 15, "the number heads in its description is out of range"},
           {"/heads/1/heads", 3, "the width of the head roles is no multiple of its heads"},
           {"/heads/1/inner", 1e300, "its description lacks the number inner"},
           {"/heads/1/layers", 17, "the number layers in its description is out of range"},
           {"/heads/1/layers", 2, "it has no tensor roles.layers.1.query_key_value.weight"},
           {"/self_test", none, "it has no self-test"},
           {"/self_test", json::array(), "it has no self-test"},
           {"/self_test", "text", "it has no self-test"},
           {"/self_test", json(17, json::object()), "it has no self-test"},
           {"/self_test/0", 7, "a sentence of its self-test lacks text, pieces, head, labels or scores"},
           {"/self_test/0/text", none, "a sentence of its self-test lacks text, pieces, head, labels or scores"},
           {"/self_test/0/text", 7, "a sentence of its self-test lacks text, pieces, head, labels or scores"},
           {"/self_test/0/pieces", "none", "a sentence of its self-test lacks text, pieces, head, labels or scores"},
           {"/self_test/0/head", nullptr, "a sentence of its self-test lacks text, pieces, head, labels or scores"},
           {"/self_test/0/labels", json::object(), "a sentence of its self-test lacks text, pieces, head, labels or scores"},
           {"/self_test/0/scores", none, "a sentence of its self-test lacks text, pieces, head, labels or scores"},
           {"/self_test/0/text", std::string(1001, 'a'), "a sentence of its self-test is longer than 1,000 bytes"},
           {"/self_test/0/text", "", "a sentence of its self-test does not fit one window, or names no head"},
           {"/self_test/0/text", too_long, "a sentence of its self-test does not fit one window, or names no head"},
           {"/self_test/0/head", "roles", "a sentence of its self-test does not fit one window, or names no head"},
           {"/self_test/0/labels/0", "O", "a label or score of its self-test is no number"},
           {"/self_test/0/labels/0", -1, "a label or score of its self-test is no number"},
           {"/self_test/0/scores/0", nullptr, "a label or score of its self-test is no number"},
       }) {
    const std::string why = refusal(damaged([&](Parts& p) {
      const json::json_pointer at(c.at);
      if (!c.value.is_discarded()) p.description[at] = c.value;
      else p.description[at.parent_pointer()].erase(at.back());
    }));
    CHECK_MESSAGE(why == corrupt(c.what), c.at);
  }
  CHECK(refusal(damaged([](Parts& p) { p.description["heads"][0]["kind"] = "tree"; })) ==
        "version: the weight file has a head of an unknown kind: tree (w.safetensors). Use the weights that came with this program.");
}

TEST_CASE("the self-test notices other pieces, other units, another weight") {
  const json test = take_apart(small_bytes()).description["self_test"][0];
  const std::string text = test["text"];
  const auto failed = [](const std::string& what) {
    return "internal: the weights' self-test failed: " + what +
           " (w.safetensors). This program does not reproduce the readings that the weights were made with; please report it.";
  };
  const auto with = [](const std::function<void(json&)>& change) {
    return refusal(damaged([&](Parts& p) { change(p.description["self_test"][0]); }));
  };
  CHECK(with([](json& t) { t["pieces"][3] = 7; }) == failed("other pieces for “" + text + "”"));
  CHECK(with([](json& t) { t["pieces"].push_back(7); }) == failed("other pieces for “" + text + "”"));
  CHECK(with([](json& t) { t["pieces"] = json::array({json::array()}); }) == failed("other pieces for “" + text + "”"));
  CHECK(with([](json& t) { t["labels"].push_back(0); }) == failed("another number of units in “" + text + "”"));
  CHECK(with([](json& t) { t["scores"].erase(0); }) == failed("another number of units in “" + text + "”"));
  CHECK(with([](json& t) { t["labels"][2] = 7; }) == failed("another score for unit 2 of “" + text + "”"));
  CHECK(with([](json& t) { t["scores"][1] = t["scores"][1].get<double>() - 0.5; }) == failed("another score for unit 1 of “" + text + "”"));
  CHECK(with([](json& t) { t["scores"][0] = -1e308; }) == failed("another score for unit 0 of “" + text + "”"));
  // A weight of the last layer, of the first, of the embeddings' norm.
  for (const char* tensor : {"encoder.layers.1.down.bias", "encoder.layers.0.query_key_value.weight", "encoder.norm.bias"}) {
    const std::string why = refusal(damaged([&](Parts& p) { set_half(p, tensor, 0x4500); }));  // 5.0
    CHECK_MESSAGE(why.starts_with("internal: the weights' self-test failed: another score for unit "), tensor);
  }
}

TEST_CASE("a head for factuality: optional, two numbers a unit, refused with what is wrong with it") {
  CHECK(small_model().factuality_head("factuality") == nullptr);
  const auto with_head = [](const std::function<void(Parts&)>& damage) {
    return damaged([&](Parts& p) {
      const auto add = [&](const std::string& name, const json& shape, size_t count, uint16_t bits) {
        const size_t begin = p.data.size();
        for (size_t i = 0; i < count; ++i) p.data.append({static_cast<char>(bits), static_cast<char>(bits >> 8)});
        p.header["factuality." + name] = {{"dtype", "F16"}, {"shape", shape}, {"data_offsets", {begin, p.data.size()}}};
      };
      add("mix", {2}, 2, 0);
      add("from_unit.weight", {4, 24}, 96, 0x3C00);  // 1
      add("from_unit.bias", {4}, 4, 0);
      add("norm.weight", {4}, 4, 0x3C00);
      add("norm.bias", {4}, 4, 0);
      add("out.weight", {2, 4}, 8, 0);
      add("out.bias", {2}, 2, 0xE3D0);  // -1,000
      p.description["heads"].push_back({{"name", "factuality"}, {"kind", "factuality"}, {"labels", {"predicate", "value"}}, {"width", 4},
                                        {"heads", 2}, {"inner", 4}, {"layers", 0}, {"watched", {1, 2}}});
      damage(p);
    });
  };
  const auto model = Model::load(with_head([](Parts&) {}), "w.safetensors");
  REQUIRE(model.ok());
  const FactualityHead* head = (*model)->factuality_head("factuality");
  REQUIRE(head != nullptr);
  CHECK(head->mix() == LayerMix{{1, 0.5f}, {2, 0.5f}});
  const UnitText units = (*model)->split("She said no.", 0, 12);
  std::vector<std::vector<Matrix>> mixed;
  (*model)->encode({{&units, {0, static_cast<uint32_t>(units.units.size())}}}, {&head->mix()}, &mixed);
  const Matrix said = head->apply(mixed.front().front());
  REQUIRE(said.rows == units.units.size());
  REQUIRE(said.columns == 2);
  CHECK(said.row(0)[FactualityHead::predicate] == -1000);
  CHECK(said.row(0)[FactualityHead::value] == -3);

  const auto why = [&](const char* key, const json& value) { return refusal(with_head([&](Parts& p) { p.description["heads"][2][key] = value; })); };
  CHECK(why("labels", {"predicate"}) == corrupt("the head factuality has other labels than a predicate and its value"));
  CHECK(why("labels", {"value", "predicate"}) == corrupt("the head factuality has other labels than a predicate and its value"));
  CHECK(why("watched", nullptr) == corrupt("the head factuality watches no layers"));
  CHECK(why("watched", {0}) == corrupt("the head factuality watches a layer that there is not"));
  CHECK(why("watched", {1, 3}) == corrupt("the head factuality watches a layer that there is not"));
  CHECK(why("watched", json::array({1})) == corrupt("tensor factuality.mix has another shape or type than the layout says"));
  CHECK(why("heads", 3) == corrupt("the width of the head factuality is no multiple of its heads"));
  CHECK(why("layers", 1) == corrupt("it has no tensor factuality.layers.0.query_key_value.weight"));
  CHECK(why("name", "roles") == corrupt("it has two heads roles"));
}

TEST_CASE("weights at the bound drive no number to infinity") {
  // Every weight at +1,000 or −1,000: the self-test fails for its scores, and each of them is a number.
  const std::string bytes = damaged([](Parts& p) {
    std::mt19937 random(20261124);
    for (const auto& [name, entry] : p.header.items()) {
      if (entry["dtype"] != "F16") continue;
      const size_t count = (entry["data_offsets"][1].get<size_t>() - entry["data_offsets"][0].get<size_t>()) / 2;
      for (size_t i = 0; i < count; ++i) set_half(p, name, random() % 2 ? 0x63D0 : 0xE3D0, i);
    }
  });
  CHECK(refusal(bytes).starts_with("internal: the weights' self-test failed: another score for unit "));
  const auto file = WeightFile::parse(bytes, "w");
  REQUIRE(file.ok());
  const UnitText units = small_model().split("“The dam will hold,” she said.", 0, 34);
  const Window window{0, static_cast<uint32_t>(units.units.size())};
  size_t infinite = 0;
  for (const Precision precision : {Precision::single, Precision::int8}) {
    const auto encoder = Encoder::load(*file, {2, 24, 3, 40, 256, small_model().tokenizer().size(), 101, 102}, precision);
    REQUIRE(encoder.ok());
    const auto head = SpanHead::load(*file, "roles", 24, {14, 2, 20, 1, 5}, precision);
    REQUIRE(head.ok());
    const Matrix encoded = std::move(encoder->encode({{&units, window}}).front());
    const Matrix roles = head->apply(encoded, head->prepare(encoded), units, window, {1, 3});
    for (float value : encoded.values) infinite += !std::isfinite(value);
    for (float value : roles.values) infinite += !std::isfinite(value);
  }
  CHECK(infinite == 0);
}

TEST_CASE("any value anywhere in the description and the header is taken or refused, and nothing throws") {
  const Parts whole = take_apart(small_bytes());
  const std::vector<json> values = {nullptr, true, -1, 0, 1, 2.5, 1e300, 18446744073709551615u, "", "x", json::array(), json::array({1}),
                                    json::object()};
  std::vector<json::json_pointer> places;
  const std::function<void(const json&, const json::json_pointer&)> collect = [&](const json& value, const json::json_pointer& at) {
    if (!at.empty()) places.push_back(at);
    if (!value.is_structured()) return;
    size_t left = 3;  // of a long list the first few
    for (const auto& [key, inner] : value.items()) {
      if (value.is_array() && left-- == 0) break;
      collect(inner, value.is_array() ? at / std::stoul(key) : at / key);
    }
  };
  collect(whole.description, json::json_pointer());
  size_t refused = 0, taken = 0;
  const auto load = [&](const Parts& parts) {
    std::string why;
    CHECK_NOTHROW(why = refusal(put_together(parts, false)));
    why.empty() ? ++taken : ++refused;
    CHECK((why.empty() || why.starts_with("corrupt: ") || why.starts_with("version: ") ||
           why.starts_with("internal: the weights' self-test failed: ")));
  };
  for (const auto& at : places)
    for (const json& value : values) {
      Parts parts = whole;
      parts.description[at] = value;
      load(parts);
    }
  places.clear();
  collect(whole.header["tags.out.weight"], json::json_pointer());
  for (const auto& at : places)
    for (const json& value : values) {
      Parts parts = whole;
      parts.header["tags.out.weight"][at] = value;
      load(parts);
    }
  CHECK(refused > 500);
  CHECK(taken > 0);  // of keys that only people read
}
