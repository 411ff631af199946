// For this room's tests: the weight files that they load.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "model/model.h"

namespace sayso {

inline std::string read_for_test(const std::string& path) {
  Result<std::string> bytes = read_file(SAYSO_SOURCE_DIR "/" + path, size_t{1} << 28);
  REQUIRE_MESSAGE(bytes.ok(), path);
  return std::move(bytes).value();
}

inline std::string small_bytes() { return read_for_test("tests/golden/model/small.safetensors"); }

inline std::shared_ptr<const Model> load_for_test(const std::string& path, Precision precision = Precision::single) {
  auto model = Model::load(read_for_test(path), path, precision);
  const std::string fault = model.ok() ? "" : model.error().sentence();
  REQUIRE(fault == "");
  return *model;
}

// A random network of two narrow layers, made by training/dump_reference.py; it must load for ever.
inline const Model& small_model() {
  static const std::shared_ptr<const Model> model = load_for_test("tests/golden/model/small.safetensors");
  return *model;
}

// The weights that the program comes with, in single precision as PyTorch has them …
inline const Model& shipped_model() {
  static const std::shared_ptr<const Model> model = load_for_test("models/attribution.safetensors");
  return *model;
}

// … and in eight bits as they are used.
inline const Model& shipped_model_int8() {
  static const std::shared_ptr<const Model> model = load_for_test("models/attribution.safetensors", Precision::int8);
  return *model;
}

}  // namespace sayso
