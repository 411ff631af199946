#include "model/tagging.h"

#include <algorithm>

namespace sayso {

Result<Tagging> Tagging::from_labels(const std::vector<std::string>& labels, const std::vector<std::string>& parts) {
  const auto refuse = [&] {
    return Error{ErrorKind::corrupt, "a head of the weight file has other labels than this program reads", "",
                 "Use the weights that came with this program."};
  };
  if (labels.size() != 2 * parts.size() + 1) return refuse();
  Tagging tagging;
  tagging.kind_.resize(labels.size());
  tagging.part_.resize(labels.size());
  const auto place = [&](const std::string& name, Kind kind, size_t part, size_t& label) {
    const auto found = std::find(labels.begin(), labels.end(), name);
    if (found == labels.end()) return false;
    label = static_cast<size_t>(found - labels.begin());
    tagging.kind_[label] = kind;
    tagging.part_[label] = part;
    return true;
  };
  tagging.begin_.resize(parts.size());
  tagging.inside_.resize(parts.size());
  if (!place("O", Kind::outside, parts.size(), tagging.outside_)) return refuse();
  for (size_t p = 0; p < parts.size(); ++p)
    if (!place("B-" + parts[p], Kind::begin, p, tagging.begin_[p]) || !place("I-" + parts[p], Kind::inside, p, tagging.inside_[p])) return refuse();
  return tagging;
}

std::vector<uint8_t> Tagging::find_best(const Matrix& scores) const {
  constexpr float never = -1e4f;
  const size_t n = scores.rows, count = labels();
  std::vector<uint8_t> best(n);
  if (n == 0) return best;
  std::vector<float> score(count), next(count);
  std::vector<uint8_t> from(n * count);
  for (size_t l = 0; l < count; ++l) score[l] = scores.row(0)[l] + (kind_[l] == Kind::inside ? never : 0.0f);
  for (size_t u = 1; u < n; ++u) {
    for (size_t l = 0; l < count; ++l) {
      float most = -1e30f;
      for (size_t k = 0; k < count; ++k) {
        const float s = score[k] + (kind_[l] == Kind::inside && part_[k] != part_[l] ? never : 0.0f);
        if (s > most) {
          most = s;
          from[u * count + l] = static_cast<uint8_t>(k);
        }
      }
      next[l] = most + scores.row(u)[l];
    }
    std::swap(score, next);
  }
  best[n - 1] = static_cast<uint8_t>(std::max_element(score.begin(), score.end()) - score.begin());
  for (size_t u = n - 1; u > 0; --u) best[u - 1] = from[u * count + best[u]];
  return best;
}

std::vector<Tagging::Run> Tagging::runs_of(const std::vector<uint8_t>& sequence) const {
  std::vector<Run> runs;
  bool open = false;
  for (uint32_t u = 0; u < sequence.size(); ++u) {
    const Kind kind = kind_[sequence[u]];
    const size_t part = part_[sequence[u]];
    if (kind == Kind::outside) {
      open = false;
    } else if (kind == Kind::begin || !open || runs.back().part != part) {
      runs.push_back({part, {u, u + 1}});
      open = true;
    } else {
      runs.back().units.end = u + 1;
    }
  }
  return runs;
}

}  // namespace sayso
