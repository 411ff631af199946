// Who said what: finds cues, sources and contents, and nests them.
//
// Method: one tagging of cues over each window, then for each cue a second tagging of source and content given that cue, so that contents can be
// split, nested and shared (model/encoder.h). Contents are read again for what stands inside them. Rules add what the training data cannot
// teach; each names itself in the attribution's evidence.
#pragma once

#include <memory>

#include "attribution/cue_list.h"
#include "model/tagging.h"
#include "attribution/window_cache.h"
#include "base/result.h"
#include "document/document.h"
#include "mentions/mention_reader.h"
#include "model/model.h"

namespace sayso {

// Which attributions to keep: balanced has the best F1 on development data; precision keeps fewer and surer ones, recall more.
enum class Lean { precision, balanced, recall };

// What reading attributions takes from the weights, checked once. Thread-safe after load.
class AttributionModel {
 public:
  // corrupt when the model lacks the heads "tags" and "roles" or their settings.
  static Result<AttributionModel> from_model(std::shared_ptr<const Model> model);

  const Model& model() const { return *model_; }
  const UnitHead& tags() const { return model_->unit_head("tags")->head; }
  const SpanHead& roles() const { return model_->span_head("roles")->head; }

  Tagging tag_labels;   // parts: cue, source, content
  Tagging role_labels;  // parts: source, content
  // By Lean: what is added to the log-probability of a cue's first unit, and the confidence below which an attribution is not kept.
  float cue_bias[3] = {0, 0, 0};
  double least_confidence[3] = {0, 0, 0};
  // confidence = 1 / (1 + exp(-(c0 + c1 * doubt(p(cue)) + c2 * doubt(p(roles))))), doubt(p) = log(0.001 - log p); fitted on development data by
  // training/calibrate.py.
  double calibration[3] = {0, 1, 1};

  // The head for names and mentions; null when the weights have none.
  std::shared_ptr<const MentionModel> mentions;

  // What was found in windows that were read with this model, for all documents and threads.
  std::shared_ptr<WindowCache> windows;

 private:
  std::shared_ptr<const Model> model_;
};

struct AttributionOptions {
  Lean lean = Lean::balanced;
  const CueList* user_cues = nullptr;  // the user's own cue and stop words, or none
};

// Reads: text, quotes, sections. An attribution has a content always, and a cue unless a rule says otherwise. The names and mentions that the same
// pass finds go to `mentions`, unless it is null.
Layer<Attribution> find_attributions(const Document& document, const AttributionModel& model, const AttributionOptions& options = {},
                                     FoundMentions* mentions = nullptr);

}  // namespace sayso
