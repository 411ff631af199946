#include "model/model.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "model/kernels.h"

namespace sayso {

namespace {

// A member of `json` that must be a whole number in [least, most].
Result<size_t> whole_number(const WeightFile& file, const nlohmann::json& json, const char* key, size_t least, size_t most) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_unsigned()) return file.corrupt(std::string("its description lacks the number ") + key);
  const auto value = found->get<uint64_t>();
  if (value < least || value > most) return file.corrupt(std::string("the number ") + key + " in its description is out of range");
  return static_cast<size_t>(value);
}

Result<std::string> word(const WeightFile& file, const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_string() || found->get_ref<const std::string&>().size() > 1000)
    return file.corrupt(std::string("its description lacks the text ") + key);
  return found->get<std::string>();
}

// A member of a head's description that lists the names of its columns.
Result<std::vector<std::string>> labels_of(const WeightFile& file, const nlohmann::json& head, const char* key, const std::string& head_name) {
  const auto list = head.find(key);
  if (list == head.end() || !list->is_array() || list->empty() || list->size() > 256) return file.corrupt("the head " + head_name + " has no " + key);
  std::vector<std::string> labels;
  for (const auto& label : *list) {
    if (!label.is_string()) return file.corrupt("a label of the head " + head_name + " is not text");
    labels.push_back(label.get<std::string>());
  }
  return labels;
}

// The transformer layers of a head's own.
struct HeadLayers {
  size_t width = 0, heads = 0, inner = 0, layers = 0;
};

Result<HeadLayers> layers_of(const WeightFile& file, const nlohmann::json& head, const std::string& head_name) {
  const auto width = whole_number(file, head, "width", 1, 8192);
  if (!width) return width.error();
  const auto heads = whole_number(file, head, "heads", 1, *width);
  if (!heads) return heads.error();
  const auto inner = whole_number(file, head, "inner", 1, 65536);
  if (!inner) return inner.error();
  const auto layers = whole_number(file, head, "layers", 0, 16);
  if (!layers) return layers.error();
  if (*width % *heads != 0) return file.corrupt("the width of the head " + head_name + " is no multiple of its heads");
  return HeadLayers{*width, *heads, *inner, *layers};
}

// Which of the encoder's layers a head watches.
Result<std::vector<size_t>> watched_of(const WeightFile& file, const nlohmann::json& head, const std::string& head_name, size_t encoder_layers) {
  const auto list = head.find("watched");
  if (list == head.end() || !list->is_array() || list->empty() || list->size() > encoder_layers)
    return file.corrupt("the head " + head_name + " watches no layers");
  std::vector<size_t> watched;
  for (const auto& number : *list) {
    if (!number.is_number_unsigned() || number.get<uint64_t>() < 1 || number.get<uint64_t>() > encoder_layers)
      return file.corrupt("the head " + head_name + " watches a layer that there is not");
    watched.push_back(number.get<size_t>());
  }
  return watched;
}

// Log-probabilities in the self-test were computed by PyTorch from the same weights. Float sums in another order move them by less than 0.01,
// eight bits by less than 0.1, a wrong weight or feature by much more.
constexpr float self_test_tolerance(Precision precision) { return precision == Precision::int8 ? 0.25f : 0.05f; }

// Whoever asks for a set of kernels wants to see that set at work, so another one does not stand in for it.
Status check_asked_kernels() {
  if (find_kernels(asked_kernels())) return {};
  const KernelList list = runnable_kernels();
  std::string names;
  for (size_t i = 0; i < list.count; ++i) names.append(i ? ", " : "").append(list.items[i]->name);
  return Error{ErrorKind::unsupported, std::string("this processor runs no kernels called “") + asked_kernels() + "”", "SAYSO_KERNELS",
               "It runs: " + names + "."};
}

}  // namespace

#define SAYSO_TAKE(type, name, expression)  \
  auto name##_result = (expression);        \
  if (!name##_result) return name##_result.error(); \
  const type name = std::move(name##_result).value()

Result<std::shared_ptr<const Model>> Model::load(std::string bytes, const std::string& where, Precision precision) {
  if (const Status asked = check_asked_kernels(); !asked) return asked.error();
  return load(WeightFile::open(std::move(bytes), where), precision);
}

Result<std::shared_ptr<const Model>> Model::load(MappedFile mapped, const std::string& where, Precision precision) {
  if (const Status asked = check_asked_kernels(); !asked) return asked.error();
  return load(WeightFile::open(std::move(mapped), where), precision);
}

Result<std::shared_ptr<const Model>> Model::load(Result<WeightFile> opened, Precision precision) {
  if (!opened) return opened.error();
  auto model = std::make_shared<Model>();
  model->file_ = std::move(opened).value();
  const Status loaded = model->load_parts(precision);
  // A damaged file is called damaged, whatever else is found in it.
  if (const Status holds = model->file_.check_sha256(); !holds) return holds.error();
  if (!loaded) return loaded.error();
  model->sha256_ = model->file_.sha256();
  model->file_.let_go();
  if (const Status tested = model->run_self_test(self_test_tolerance(precision)); !tested) return tested.error();
  return std::shared_ptr<const Model>(std::move(model));
}

Status Model::load_parts(Precision precision) {
  const WeightFile& file = file_;
  const nlohmann::json& description = file.metadata();

  SAYSO_TAKE(std::string, name, word(file, description, "name"));
  name_ = name;
  SAYSO_TAKE(std::string, units, word(file, description, "units"));
  if (units != units_version)
    return Error{ErrorKind::version,
                 "the weights were trained on another definition of units (" + units + ") than this program's (" + units_version +
                 ")", file.where(), "Use the weights that came with this program."};
  SAYSO_TAKE(std::string, fingerprint, word(file, description, "tokenizer"));
  SAYSO_TAKE(Tensor, vocabulary, file.tensor("tokenizer.vocabulary"));
  if (vocabulary.type != ElementType::u8 || sha256_hex(vocabulary.bytes) != fingerprint)
    return file.corrupt("its vocabulary is not the one that its description names");
  auto tokenizer = WordPiece::from_vocabulary(vocabulary.bytes);
  if (!tokenizer) return file.corrupt(tokenizer.error().what);
  tokenizer_ = std::move(tokenizer).value();

  const auto encoder = description.find("encoder");
  if (encoder == description.end() || !encoder->is_object()) return file.corrupt("its description lacks the encoder");
  EncoderShape shape;
  SAYSO_TAKE(size_t, layers, whole_number(file, *encoder, "layers", 1, 64));
  SAYSO_TAKE(size_t, width, whole_number(file, *encoder, "width", 1, 8192));
  SAYSO_TAKE(size_t, heads, whole_number(file, *encoder, "heads", 1, width));
  SAYSO_TAKE(size_t, inner, whole_number(file, *encoder, "inner", 1, 65536));
  SAYSO_TAKE(size_t, positions, whole_number(file, *encoder, "positions", max_unit_pieces + 3, 8192));
  SAYSO_TAKE(size_t, window, whole_number(file, *encoder, "window", 1, positions - 2 - max_unit_pieces));
  if (width % heads != 0) return file.corrupt("the encoder's width is no multiple of its heads");
  shape.layers = layers;
  shape.width = width;
  shape.heads = heads;
  shape.inner = inner;
  shape.positions = positions;
  shape.vocabulary = tokenizer_.size();
  shape.begin_mark = tokenizer_.begin_mark();
  shape.end_mark = tokenizer_.end_mark();
  max_pieces_ = static_cast<uint32_t>(window);
  auto loaded = Encoder::load(file, shape, precision);
  if (!loaded) return loaded.error();
  encoder_ = std::move(loaded).value();

  const auto head_list = description.find("heads");
  if (head_list == description.end() || !head_list->is_array() || head_list->size() > 32) return file.corrupt("its description lacks the heads");
  for (const auto& entry : *head_list) {
    if (!entry.is_object()) return file.corrupt("the description of a head is not an object");
    SAYSO_TAKE(std::string, head_name, word(file, entry, "name"));
    SAYSO_TAKE(std::string, kind, word(file, entry, "kind"));
    SAYSO_TAKE(std::vector<std::string>, labels, labels_of(file, entry, "labels", head_name));
    if (unit_heads_.contains(head_name) || span_heads_.contains(head_name) || entity_heads_.contains(head_name) ||
        factuality_heads_.contains(head_name))
      return file.corrupt("it has two heads " + head_name);
    if (kind == "unit") {
      auto head = UnitHead::load(file, head_name, width, labels.size());
      if (!head) return head.error();
      unit_heads_[head_name] = {std::move(head).value(), labels};
    } else if (kind == "span") {
      SAYSO_TAKE(HeadLayers, own, layers_of(file, entry, head_name));
      auto head = SpanHead::load(file, head_name, width, {own.width, own.heads, own.inner, own.layers, labels.size()}, precision);
      if (!head) return head.error();
      span_heads_[head_name] = {std::move(head).value(), labels};
    } else if (kind == "entity") {
      SAYSO_TAKE(std::vector<std::string>, mention_labels, labels_of(file, entry, "mention_labels", head_name));
      EntityHeadShape head_shape;
      SAYSO_TAKE(HeadLayers, own, layers_of(file, entry, head_name));
      SAYSO_TAKE(size_t, head_hidden, whole_number(file, entry, "hidden", 1, 8192));
      SAYSO_TAKE(size_t, before, whole_number(file, entry, "before", 0, 1024));
      SAYSO_TAKE(size_t, behind, whole_number(file, entry, "behind", 0, 1024));
      SAYSO_TAKE(std::vector<size_t>, watched, watched_of(file, entry, head_name, layers));
      head_shape.width = own.width;
      head_shape.heads = own.heads;
      head_shape.inner = own.inner;
      head_shape.layers = own.layers;
      head_shape.hidden = head_hidden;
      head_shape.before = before;
      head_shape.behind = behind;
      head_shape.watched = watched;
      head_shape.name_labels = labels.size();
      head_shape.mention_labels = mention_labels.size();
      auto head = EntityHead::load(file, head_name, width, head_shape, precision);
      if (!head) return head.error();
      auto& named = entity_heads_[head_name];
      named.head = std::move(head).value();
      named.labels = labels;
      named.mention_labels = mention_labels;
    } else if (kind == "factuality") {
      if (labels != std::vector<std::string>{"predicate", "value"})
        return file.corrupt("the head " + head_name + " has other labels than a predicate and its value");
      SAYSO_TAKE(HeadLayers, own, layers_of(file, entry, head_name));
      SAYSO_TAKE(std::vector<size_t>, watched, watched_of(file, entry, head_name, layers));
      auto head = FactualityHead::load(file, head_name, width, {own.width, own.heads, own.inner, own.layers, watched}, precision);
      if (!head) return head.error();
      factuality_heads_[head_name] = std::move(head).value();
    } else {
      return Error{ErrorKind::version, "the weight file has a head of an unknown kind: " + kind, file.where(),
                   "Use the weights that came with this program."};
    }
  }
  return {};
}

Status Model::run_self_test(float tolerance) const {
  const nlohmann::json& description = file_.metadata();
  const auto tests = description.find("self_test");
  if (tests == description.end() || !tests->is_array() || tests->empty() || tests->size() > 16) return file_.corrupt("it has no self-test");
  const auto failed = [&](const std::string& what) {
    return Error{ErrorKind::internal, "the weights' self-test failed: " + what, file_.where(),
                 "This program does not reproduce the readings that the weights were made with; please report it."};
  };
  std::vector<UnitText> texts;
  for (const auto& test : *tests) {
    if (!test.is_object() || !test.contains("text") || !test["text"].is_string() || !test.contains("pieces") || !test["pieces"].is_array() ||
        !test.contains("head") || !test["head"].is_string() || !test.contains("labels") || !test["labels"].is_array() ||
        !test.contains("scores") || !test["scores"].is_array())
      return file_.corrupt("a sentence of its self-test lacks text, pieces, head, labels or scores");
    const auto& text = test["text"].get_ref<const std::string&>();
    if (text.size() > 1000) return file_.corrupt("a sentence of its self-test is longer than 1,000 bytes");
    const UnitText& units = texts.emplace_back(split(text, 0, static_cast<uint32_t>(text.size())));
    if (pack(units).size() != 1 || !unit_head(test["head"].get<std::string>()))
      return file_.corrupt("a sentence of its self-test does not fit one window, or names no head");
    if (nlohmann::json(units.pieces) != test["pieces"]) return failed("other pieces for “" + text + "”");
  }
  // Together, so that the weights pass by once.
  std::vector<Passage> passages;
  for (const UnitText& units : texts) passages.push_back({&units, {0, static_cast<uint32_t>(units.units.size())}});
  const std::vector<Matrix> encoded = encode(passages);
  for (size_t t = 0; t < encoded.size(); ++t) {
    const auto& test = (*tests)[t];
    const auto& text = test["text"].get_ref<const std::string&>();
    const Matrix scores = unit_head(test["head"].get<std::string>())->head.apply(encoded[t]);
    if (test["labels"].size() != scores.rows || test["scores"].size() != scores.rows) return failed("another number of units in “" + text + "”");
    for (size_t u = 0; u < scores.rows; ++u) {
      if (!test["labels"][u].is_number_unsigned() || !test["scores"][u].is_number())
        return file_.corrupt("a label or score of its self-test is no number");
      const auto label = test["labels"][u].get<uint64_t>();
      if (label >= scores.columns || !(std::abs(scores.row(u)[label] - test["scores"][u].get<float>()) < tolerance))
        return failed("another score for unit " + std::to_string(u) + " of “" + text + "”");
    }
  }
  return {};
}

const Model::Named<UnitHead>* Model::unit_head(const std::string& name) const {
  const auto found = unit_heads_.find(name);
  return found == unit_heads_.end() ? nullptr : &found->second;
}

const Model::Named<SpanHead>* Model::span_head(const std::string& name) const {
  const auto found = span_heads_.find(name);
  return found == span_heads_.end() ? nullptr : &found->second;
}

const Model::NamedEntityHead* Model::entity_head(const std::string& name) const {
  const auto found = entity_heads_.find(name);
  return found == entity_heads_.end() ? nullptr : &found->second;
}

const FactualityHead* Model::factuality_head(const std::string& name) const {
  const auto found = factuality_heads_.find(name);
  return found == factuality_heads_.end() ? nullptr : &found->second;
}

}  // namespace sayso
