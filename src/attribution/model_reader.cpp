#include "attribution/model_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>

#include "attribution/lexicon.h"
#include "attribution/window_cache.h"
#include "base/unicode.h"

namespace sayso {

namespace {

constexpr float never = -1e4f;
constexpr float raised = 4.0f;      // the cue bias taken off, and as much again
constexpr size_t cue_part = 0;      // of tag_labels
constexpr size_t source_part = 0;   // of role_labels

bool is_end_mark(const std::string& word) { return word == "." || word == "?" || word == "!"; }

// Reads windows of one text.
class WindowReader {
 public:
  WindowReader(const Document& document, const ReadableUnits& units, const AttributionModel& model, const AttributionOptions& options)
      : document_(document), units_(units), model_(model), options_(options) {}

  // What the network, whose encoder made `encoded` of it, finds in a window.
  std::vector<WindowFinding> read(Window window, const Matrix& encoded) const {
    const Matrix tags = model_.tags().apply(encoded);
    Matrix biased = tags;
    const float bias = model_.cue_bias[static_cast<size_t>(options_.lean)];
    const size_t begin_cue = model_.tag_labels.begin_label(cue_part);
    for (size_t u = 0; u < biased.rows; ++u) biased.row(u)[begin_cue] += bias;
    raise_plain_cues(window, biased);
    const std::vector<Range> forced = apply_user_list(window, biased);

    std::vector<WindowFinding> out;
    std::vector<uint8_t> labels = model_.tag_labels.find_best(biased);
    const std::vector<uint32_t> of_quotations = force_cues_of_quotations(window, labels, biased);
    if (!of_quotations.empty()) labels = model_.tag_labels.find_best(biased);
    std::vector<uint8_t> less_bold;  // with the balanced bias
    if (options_.lean == Lean::recall) {
      for (size_t u = 0; u < biased.rows; ++u) biased.row(u)[begin_cue] += model_.cue_bias[static_cast<size_t>(Lean::balanced)] - bias;
      less_bold = model_.tag_labels.find_best(biased);
    }
    Matrix prepared;
    for (const Tagging::Run& run : model_.tag_labels.runs_of(labels)) {
      if (run.part != cue_part) continue;
      if (prepared.rows == 0) prepared = model_.roles().prepare(encoded);
      Matrix roles = model_.roles().apply(encoded, prepared, units_.text, window, run.units);
      // A cue is neither source nor content of itself.
      for (uint32_t u = run.units.begin; u < run.units.end; ++u)
        for (size_t l = 0; l < roles.columns; ++l) roles.row(u)[l] = l == model_.role_labels.outside_label() ? 0.0f : never;
      const std::vector<uint8_t> role_labels = model_.role_labels.find_best(roles);

      WindowFinding finding;
      finding.cue = run.units;
      for (const Tagging::Run& role : model_.role_labels.runs_of(role_labels))
        (role.part == source_part ? finding.source : finding.content).push_back(role.units);
      if (finding.content.empty()) continue;  // words that attribute nothing say nothing
      for (uint32_t u = run.units.begin; u < run.units.end; ++u) finding.log_cue += tags.row(u)[labels[u]];
      finding.bold = !less_bold.empty() && less_bold[run.units.begin] != begin_cue;
      for (size_t u = 0; u < roles.rows; ++u) finding.log_roles += roles.row(u)[role_labels[u]];
      if (std::find(forced.begin(), forced.end(), run.units) != forced.end()) finding.cue_by = CueBy::user;
      else if (std::find(of_quotations.begin(), of_quotations.end(), run.units.begin) != of_quotations.end()) finding.cue_by = CueBy::quotation;
      out.push_back(std::move(finding));
    }
    return out;
  }

  // The same in the document's bytes.
  Found place(Window window, const WindowFinding& finding) const {
    return {part_of(window, {finding.cue}), part_of(window, finding.source), part_of(window, finding.content),
            finding.log_cue, finding.log_roles, finding.bold, finding.cue_by};
  }

 private:
  const Unit& unit(Window window, size_t u) const { return units_.text.units[window.begin + u]; }
  std::string lower(Window window, size_t u) const { return to_lower(document_.at({unit(window, u).begin, unit(window, u).end})); }

  // Leaves a unit this label and no other.
  static void label_only(Matrix& tags, size_t u, size_t label) {
    for (size_t l = 0; l < tags.columns; ++l) tags.row(u)[l] = l == label ? 0.0f : 2 * never;  // twice, so that it beats an illegal step
  }

  // “It said growth would stay low”: behind a pronoun such a verb tells what somebody says, in whatever the network sees a content.
  void raise_plain_cues(Window window, Matrix& tags) const {
    static const std::unordered_set<std::string> pronouns = {"he", "she", "it", "they"};
    for (size_t u = 1; u < tags.rows; ++u)
      if (unit(window, u).quote == 0 && is_plain_cue(lower(window, u)) && pronouns.contains(lower(window, u - 1)))
        tags.row(u)[model_.tag_labels.begin_label(cue_part)] += raised;
  }

  // “There was shouting,” an official who was not authorised to speak told us: no quotation is lost where a sentence that goes on behind it
  // has such a verb and the network sees no cue in it. Makes them certain; answers with their units.
  std::vector<uint32_t> force_cues_of_quotations(Window window, const std::vector<uint8_t>& labels, Matrix& tags) const {
    std::vector<uint32_t> forced;
    const size_t begin_cue = model_.tag_labels.begin_label(cue_part);
    for (size_t u = 1; u + 1 < tags.rows; ++u) {
      if (unit(window, u).quote != 3) continue;
      const std::string last = lower(window, u - 1), next = lower(window, u + 1);  // “It leaks,” or «It leaks», and the sentence goes on
      if (last != "," && last != "?" && last != "!" && next != ",") continue;
      std::optional<size_t> verb;
      bool has_cue = false;
      // “He called it “a shame,” which nobody said before” has its cue in front.
      for (size_t k = u; k-- > 0 && unit(window, k + 1).gap != 1 && !has_cue;) {
        if (unit(window, k).quote != 0) continue;  // “this I must admit” is of who speaks inside
        if (is_end_mark(lower(window, k))) break;
        has_cue = labels[k] == begin_cue;
      }
      for (size_t k = u + 1; k < tags.rows && k < u + 40 && unit(window, k).gap != 1 && unit(window, k).quote == 0; ++k) {
        const std::string word = lower(window, k);
        if (is_end_mark(word)) break;
        has_cue = has_cue || labels[k] == begin_cue;
        if (!verb && is_plain_cue(word)) verb = k;
      }
      if (has_cue || !verb) continue;
      label_only(tags, *verb, begin_cue);
      forced.push_back(static_cast<uint32_t>(*verb));
    }
    return forced;
  }

  // Makes the user's cues certain and the user's stops impossible; answers with the cues.
  std::vector<Range> apply_user_list(Window window, Matrix& tags) const {
    std::vector<Range> forced;
    const CueList* list = options_.user_cues;
    if (list == nullptr || (list->cues.empty() && list->stops.empty())) return forced;
    std::vector<std::string> words;
    for (size_t u = 0; u < tags.rows; ++u) words.push_back(lower(window, u));
    const auto stands_at = [&](const std::vector<std::string>& phrase, size_t at) {
      return at + phrase.size() <= words.size() && std::equal(phrase.begin(), phrase.end(), words.begin() + static_cast<std::ptrdiff_t>(at));
    };
    for (const auto& phrase : list->stops)
      for (size_t at = 0; at < words.size(); ++at)
        if (stands_at(phrase, at)) tags.row(at)[model_.tag_labels.begin_label(cue_part)] = never;
    for (const auto& phrase : list->cues)
      for (size_t at = 0; at < words.size(); ++at) {
        if (!stands_at(phrase, at)) continue;
        const auto begin = static_cast<uint32_t>(at), end = static_cast<uint32_t>(at + phrase.size());
        label_only(tags, begin, model_.tag_labels.begin_label(cue_part));
        for (uint32_t u = begin + 1; u < end; ++u) label_only(tags, u, model_.tag_labels.inside_label(cue_part));
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
                                 const AttributionOptions& options, FoundMentions* mentions) {
  const MentionModel* const mention_model = mentions ? model.mentions.get() : nullptr;
  struct Job {
    const ReadableUnits* units;
    Window window;
    std::string key;  // of the window in the cache
    WindowReading reading;
  };
  std::vector<Job> jobs;
  for (const ReadableUnits& units : texts)
    for (const Window& window : model.model().pack(units.text)) jobs.push_back({&units, window, {}, {}});

  const bool by_cache = options.user_cues == nullptr || (options.user_cues->cues.empty() && options.user_cues->stops.empty());
  // Windows are encoded together, up to the pieces of eight long ones: each layer's weights, more than a cache holds, pass by once for all of them.
  const size_t most_pieces = 8 * size_t{model.model().max_pieces()};
  std::vector<Job*> batch;
  std::vector<Passage> passages;
  size_t pieces = 0;
  const auto read_batch = [&] {
    std::vector<const LayerMix*> mixes;
    if (mention_model) mixes.push_back(&mention_model->head().mix());
    std::vector<std::vector<Matrix>> mixed;
    const std::vector<Matrix> encoded = model.model().encode(passages, mixes, &mixed);
    for (size_t i = 0; i < batch.size(); ++i) {
      Job& job = *batch[i];
      job.reading.findings = WindowReader(document, *job.units, model, options).read(job.window, encoded[i]);
      if (mention_model) job.reading.mentions = std::make_shared<const WindowMentions>(mention_model->read(mixed.front()[i]));
      if (by_cache) model.windows->put(job.key, job.reading);
    }
    batch.clear();
    passages.clear();
    pieces = 0;
  };
  for (Job& job : jobs) {
    if (by_cache) {
      job.key = WindowCache::key_of(job.units->text, job.window,
                                    static_cast<uint8_t>(2 * static_cast<uint8_t>(options.lean) + (mention_model ? 1 : 0)));
      if (auto reading = model.windows->find(job.key)) {
        job.reading = std::move(*reading);
        continue;
      }
    }
    const Unit &first = job.units->text.units[job.window.begin], &last = job.units->text.units[job.window.end - 1];
    const size_t size = last.first_piece + last.pieces - first.first_piece;
    if (!batch.empty() && pieces + size > most_pieces) read_batch();
    batch.push_back(&job);
    passages.push_back({&job.units->text, job.window});
    pieces += size;
  }
  if (!batch.empty()) read_batch();

  std::vector<Found> found;
  for (const Job& job : jobs) {
    for (const WindowFinding& finding : job.reading.findings)
      found.push_back(WindowReader(document, *job.units, model, options).place(job.window, finding));
    if (mention_model) place_mentions(job.units->text, job.window, *job.reading.mentions, *mentions);
  }
  return found;
}

}  // namespace sayso
