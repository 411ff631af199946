// A loaded set of weights: tokenizer, encoder, heads, and what their description says. Numbers only: what a label means is the business of
// the room that asks for the head.
//
// Thread safety: a Model never changes after load; any number of threads may use it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.h"
#include "model/encoder.h"
#include "model/entity_head.h"
#include "model/factuality_head.h"
#include "model/tokenizer.h"
#include "model/units.h"

namespace sayso {

class Model {
 public:
  // Reads a weight file (docs/MODEL.md), checks every bound in it, and runs its self-test: sentences whose pieces and labels must come out as
  // they did when it was made. Errors: corrupt, version; unsupported when SAYSO_KERNELS names kernels that this processor does not run; internal
  // when the self-test fails.
  static Result<std::shared_ptr<const Model>> load(std::string bytes, const std::string& where, Precision precision = Precision::int8);
  // The same of a file that is mapped; its bytes are dropped when the weights are loaded.
  static Result<std::shared_ptr<const Model>> load(MappedFile file, const std::string& where, Precision precision = Precision::int8);

  const std::string& name() const { return name_; }        // "attribution-2"
  const std::string& sha256() const { return sha256_; }    // of its tensors
  const nlohmann::json& description() const { return file_.metadata(); }

  const WordPiece& tokenizer() const { return tokenizer_; }
  uint32_t max_pieces() const { return max_pieces_; }       // of a window

  UnitText split(std::string_view text, uint32_t begin, uint32_t end) const { return split_units(text, begin, end, tokenizer_); }
  std::vector<Window> pack(const UnitText& text) const { return pack_windows(text, max_pieces_); }
  Matrix encode(const UnitText& text, Window window) const { return std::move(encoder_.encode({{&text, window}}).front()); }
  std::vector<Matrix> encode(const std::vector<Passage>& passages, const std::vector<const LayerMix*>& mixes = {},
                             std::vector<std::vector<Matrix>>* mixed = nullptr) const {
    return encoder_.encode(passages, mixes, mixed);
  }

  // The head called `name`, or nullptr. labels: the names of its columns, as the weight file has them.
  template <class Head>
  struct Named {
    Head head;
    std::vector<std::string> labels;
  };
  const Named<UnitHead>* unit_head(const std::string& name) const;
  const Named<SpanHead>* span_head(const std::string& name) const;
  // `labels` are those of the names; mention_labels say what a unit is the head word of.
  struct NamedEntityHead : Named<EntityHead> {
    std::vector<std::string> mention_labels;
  };
  const NamedEntityHead* entity_head(const std::string& name) const;
  const FactualityHead* factuality_head(const std::string& name) const;

 private:
  static Result<std::shared_ptr<const Model>> load(Result<WeightFile> opened, Precision precision);
  Status load_parts(Precision precision);
  Status run_self_test(float tolerance) const;

  WeightFile file_;
  std::string name_, sha256_;
  WordPiece tokenizer_;
  uint32_t max_pieces_ = 0;
  Encoder encoder_;
  std::map<std::string, Named<UnitHead>> unit_heads_;
  std::map<std::string, Named<SpanHead>> span_heads_;
  std::map<std::string, NamedEntityHead> entity_heads_;
  std::map<std::string, FactualityHead> factuality_heads_;
};

}  // namespace sayso
