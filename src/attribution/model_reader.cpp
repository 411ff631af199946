#include "attribution/model_reader.h"

#include <algorithm>

#include "base/unicode.h"

namespace sayso {

namespace {

constexpr float never = -1e4f;
constexpr size_t cue_part = 0;      // of tag_labels
constexpr size_t source_part = 0;   // of role_labels

// Reads what the encoder made of one window of a text.
class WindowReader {
 public:
  WindowReader(const Document& document, const ReadableUnits& units, const AttributionModel& model, const AttributionOptions& options)
      : document_(document), units_(units), model_(model), options_(options) {}

  void read(Window window, const Matrix& encoded, std::vector<Found>& out) {
    const Matrix tags = model_.tags().apply(encoded);
    Matrix biased = tags;
    const float bias = model_.cue_bias[static_cast<size_t>(options_.lean)];
    const size_t begin_cue = model_.tag_labels.begin_label(cue_part);
    for (size_t u = 0; u < biased.rows; ++u) biased.row(u)[begin_cue] += bias;
    const std::vector<Range> forced = apply_user_list(window, biased);

    const std::vector<uint8_t> labels = model_.tag_labels.find_best(biased);
    Matrix prepared;
    for (const Tagging::Run& run : model_.tag_labels.runs_of(labels)) {
      if (run.part != cue_part) continue;
      if (prepared.rows == 0) prepared = model_.roles().prepare(encoded);
      Matrix roles = model_.roles().apply(encoded, prepared, units_.text, window, run.units);
      // A cue is neither source nor content of itself.
      for (uint32_t u = run.units.begin; u < run.units.end; ++u)
        for (size_t l = 0; l < roles.columns; ++l) roles.row(u)[l] = l == model_.role_labels.outside_label() ? 0.0f : never;
      const std::vector<uint8_t> role_labels = model_.role_labels.find_best(roles);

      Found found;
      found.cue = part_of(window, {run.units});
      std::vector<Range> sources, contents;
      for (const Tagging::Run& role : model_.role_labels.runs_of(role_labels)) (role.part == source_part ? sources : contents).push_back(role.units);
      if (contents.empty()) continue;  // words that attribute nothing say nothing
      found.source = part_of(window, sources);
      found.content = part_of(window, contents);
      for (uint32_t u = run.units.begin; u < run.units.end; ++u) found.log_cue += tags.row(u)[labels[u]];
      for (size_t u = 0; u < roles.rows; ++u) found.log_roles += roles.row(u)[role_labels[u]];
      found.user_cue = std::find(forced.begin(), forced.end(), run.units) != forced.end();
      out.push_back(std::move(found));
    }
  }

 private:
  // Makes the user's cues certain and the user's stops impossible; answers with the cues.
  std::vector<Range> apply_user_list(Window window, Matrix& tags) const {
    std::vector<Range> forced;
    const CueList* list = options_.user_cues;
    if (list == nullptr || (list->cues.empty() && list->stops.empty())) return forced;
    std::vector<std::string> words;
    for (uint32_t u = window.begin; u < window.end; ++u)
      words.push_back(to_lower(document_.at({units_.text.units[u].begin, units_.text.units[u].end})));
    const auto stands_at = [&](const std::vector<std::string>& phrase, size_t at) {
      return at + phrase.size() <= words.size() && std::equal(phrase.begin(), phrase.end(), words.begin() + static_cast<std::ptrdiff_t>(at));
    };
    const auto label_only = [&](size_t u, size_t label) {
      for (size_t l = 0; l < tags.columns; ++l) tags.row(u)[l] = l == label ? 0.0f : 2 * never;  // twice, so that it beats an illegal step
    };
    for (const auto& phrase : list->stops)
      for (size_t at = 0; at < words.size(); ++at)
        if (stands_at(phrase, at)) tags.row(at)[model_.tag_labels.begin_label(cue_part)] = never;
    for (const auto& phrase : list->cues)
      for (size_t at = 0; at < words.size(); ++at) {
        if (!stands_at(phrase, at)) continue;
        const auto begin = static_cast<uint32_t>(at), end = static_cast<uint32_t>(at + phrase.size());
        label_only(begin, model_.tag_labels.begin_label(cue_part));
        for (uint32_t u = begin + 1; u < end; ++u) label_only(u, model_.tag_labels.inside_label(cue_part));
        if (end < words.size()) tags.row(end)[model_.tag_labels.inside_label(cue_part)] = never;  // and no longer than that
        forced.push_back({begin, end});
      }
    return forced;
  }

  // Runs of units, counted from the window's first, as spans.
  Part part_of(Window window, const std::vector<Range>& runs) const {
    Part part;
    for (const Range& run : runs) {
      uint32_t first = window.begin + run.begin;
      for (uint32_t u = first; u < window.begin + run.end; ++u) {
        const bool last = u + 1 == window.begin + run.end;
        if (!last && units_.origin[u + 1] == units_.origin[u] + 1) continue;
        part.spans.push_back({units_.text.units[first].begin, units_.text.units[u].end});
        first = u + 1;
      }
    }
    return part;
  }

  const Document& document_;
  const ReadableUnits& units_;
  const AttributionModel& model_;
  const AttributionOptions& options_;
};

}  // namespace

std::vector<Found> read_by_model(const Document& document, std::span<const ReadableUnits> texts, const AttributionModel& model,
                                 const AttributionOptions& options) {
  // Short windows are encoded together, up to the pieces of two long ones: that keeps the processor busy and its caches large enough.
  const size_t most_pieces = 2 * size_t{model.model().max_pieces()};
  std::vector<Found> found;
  std::vector<Passage> batch;
  std::vector<const ReadableUnits*> of;
  size_t pieces = 0;
  const auto read_batch = [&] {
    const std::vector<Matrix> encoded = model.model().encode(batch);
    for (size_t i = 0; i < batch.size(); ++i) WindowReader(document, *of[i], model, options).read(batch[i].window, encoded[i], found);
    batch.clear();
    of.clear();
    pieces = 0;
  };
  for (const ReadableUnits& units : texts)
    for (const Window& window : model.model().pack(units.text)) {
      const Unit &first = units.text.units[window.begin], &last = units.text.units[window.end - 1];
      const size_t size = last.first_piece + last.pieces - first.first_piece;
      if (!batch.empty() && pieces + size > most_pieces) read_batch();
      batch.push_back({&units.text, window});
      of.push_back(&units);
      pieces += size;
    }
  if (!batch.empty()) read_batch();
  return found;
}

}  // namespace sayso
