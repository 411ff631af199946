#include "cli/marks.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "base/unicode.h"
#include "cli/screen.h"

namespace sayso {

std::vector<Mark> find_marks(const Document& document) {
  std::vector<Mark> marks;
  for (uint32_t i = 0; i < document.attributions.size(); ++i) {
    const Attribution& attribution = document.attributions[i];
    const auto add = [&](const Part& part, PartKind kind) {
      for (const Span span : part.spans) marks.push_back({span, kind, {i}});
    };
    add(attribution.content, PartKind::content);
    if (attribution.source) add(attribution.source->part, PartKind::source);
    add(attribution.cue, PartKind::cue);
  }
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    return std::tuple(a.span.begin, b.span.end, a.kind) < std::tuple(b.span.begin, a.span.end, b.kind);
  });
  size_t kept = 0;
  for (size_t i = 0; i < marks.size(); ++i) {
    if (kept > 0 && marks[kept - 1].span == marks[i].span && marks[kept - 1].kind == marks[i].kind) {
      marks[kept - 1].attributions.push_back(marks[i].attributions.front());
    } else {
      if (kept != i) marks[kept] = std::move(marks[i]);
      ++kept;
    }
  }
  marks.resize(kept);
  return marks;
}

std::vector<uint32_t> closing_order(const std::vector<Mark>& marks) {
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < marks.size(); ++i) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::tuple(marks[a].span.end, b) < std::tuple(marks[b].span.end, a);
  });
  return order;
}

std::vector<size_t> find_depths(const Layer<Attribution>& attributions) {
  constexpr size_t unknown = SIZE_MAX;
  std::vector<size_t> depths(attributions.size(), unknown);
  std::vector<size_t> inner;
  for (size_t i = 0; i < depths.size(); ++i) {
    size_t at = i;
    while (depths[at] == unknown) {
      inner.push_back(at);
      if (!attributions[at].within) break;
      at = attributions[at].within->index;
    }
    size_t depth = depths[at] == unknown ? 0 : depths[at] + 1;
    for (; !inner.empty(); inner.pop_back()) depths[inner.back()] = depth++;
  }
  return depths;
}

uint32_t begin_of(const Attribution& attribution) {
  uint32_t begin = UINT32_MAX;
  for (const Part* part : {&attribution.content, &attribution.cue, attribution.source ? &attribution.source->part : nullptr})
    if (part != nullptr && !part->empty()) begin = std::min(begin, part->spans.front().begin);
  return begin;
}

std::vector<uint32_t> listing_order(const Layer<Attribution>& attributions, const std::vector<size_t>& depths) {
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < attributions.size(); ++i) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::tuple(begin_of(attributions[a]), depths[a]) < std::tuple(begin_of(attributions[b]), depths[b]);
  });
  return order;
}

std::string opening_of(const Document& document, const Part& part, size_t columns) {
  const size_t enough = 16 * columns;  // four bytes a character, and some marks on each
  std::string words;
  for (const Span span : part.spans) {
    if (!words.empty()) words += " … ";
    std::string_view piece = document.at(span);
    size_t end = std::min(piece.size(), enough);
    while (!is_boundary(piece, end)) --end;
    words += neutralise(piece.substr(0, end));
    if (words.size() > enough) break;
  }
  return shorten(words, columns);
}

MeantSources::MeantSources(const Document& document) : document_(document), sources_(document), descriptions_(document.entities.size()) {
  for (size_t e = 0; e < document.entities.size(); ++e)
    for (const Mention& mention : document.entities[e].mentions)
      if (!descriptions_[e] && mention.kind == MentionKind::nominal) descriptions_[e] = mention.span;
}

std::string MeantSources::who(Id<Attribution> attribution, size_t columns) const {
  const SourceEntity* const source = sources_.of(attribution);
  if (source == nullptr) return "";
  const Entity& entity = document_.entities[source->entity];
  const auto begins_before = [](const Mention& mention, uint32_t at) { return mention.span.begin < at; };
  for (const Span span : document_.attributions[attribution].source->part.spans) {
    auto mention = std::lower_bound(entity.mentions.begin(), entity.mentions.end(), span.begin, begins_before);
    for (; mention != entity.mentions.end() && mention->span.begin < span.end; ++mention)
      if (mention->kind == MentionKind::name || (mention->kind == MentionKind::nominal && !entity.name)) return "";
  }
  if (entity.name) return shorten(neutralise(*entity.name), columns);
  const std::optional<Span>& described = description_of(source->entity);
  return described ? opening_of(document_, Part{{*described}}, columns) : "";
}

std::string name_of(const Document& document) {
  const std::string file = document.source == "-" ? "standard input" : document.source;
  return document.member ? file + " · " + *document.member : file;
}

}  // namespace sayso
