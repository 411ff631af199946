#include "mentions/mention_reader.h"

#include <algorithm>
#include <string>
#include <utility>

namespace sayso {

namespace {

constexpr const char* kinds[] = {"name", "nominal", "pronoun"};
constexpr const char* types[] = {"person", "organisation", "place", "other"};

// “Governor Ida Sund”: between the title and the name the head word is often not sure enough to be any. A name is a mention all the same.
void add_names_without_mention(const std::vector<WindowName>& names, std::vector<WindowMention>& mentions) {
  std::vector<WindowMention> missed;
  size_t m = 0;
  for (const WindowName& name : names) {
    while (m < mentions.size() && mentions[m].head < name.units.begin) ++m;
    if (m < mentions.size() && mentions[m].head < name.units.end) continue;
    missed.push_back({{}, name.units.end - 1, MentionKind::name, name.type, {}});
  }
  const auto size = static_cast<std::ptrdiff_t>(mentions.size());
  mentions.insert(mentions.end(), missed.begin(), missed.end());
  std::inplace_merge(mentions.begin(), mentions.begin() + size, mentions.end(),
                     [](const WindowMention& a, const WindowMention& b) { return a.head < b.head; });
}

}  // namespace

Result<std::shared_ptr<const MentionModel>> MentionModel::from_model(std::shared_ptr<const Model> model) {
  const auto* named = model->entity_head("entities");
  if (named == nullptr) return std::shared_ptr<const MentionModel>();
  const auto refuse = [](const std::string& what) {
    return Error{ErrorKind::corrupt, "the weight file cannot be read with: " + what, "", "Use the weights that came with this program."};
  };
  auto out = std::make_shared<MentionModel>();
  auto names = Tagging::from_labels(named->labels, {types[0], types[1], types[2]});
  if (!names) return names.error();
  out->names_ = std::move(names).value();
  for (const std::string& label : named->mention_labels) {
    MentionLabel meant;
    for (size_t k = 0; k < std::size(kinds); ++k)
      for (size_t t = 0; t < std::size(types); ++t)
        if (label == std::string(kinds[k]).append(" ").append(types[t])) meant = {false, static_cast<MentionKind>(k), static_cast<ThingType>(t)};
    if (meant.outside && label != "O") return refuse("its head “entities” has the unknown label " + label);
    out->mention_labels_.push_back(meant);
  }
  out->model_ = std::move(model);
  return std::shared_ptr<const MentionModel>(std::move(out));
}

WindowMentions MentionModel::read(const Matrix& mixed) const {
  WindowMentions out;
  const Matrix read = head().apply(mixed);
  for (const Tagging::Run& run : names_.runs_of(names_.find_best(head().names(read))))
    out.names.push_back({run.units, static_cast<ThingType>(run.part)});
  const Matrix scores = head().mentions(read);
  for (uint32_t u = 0; u < scores.rows; ++u) {
    const MentionLabel& label = mention_labels_[static_cast<size_t>(std::max_element(scores.row(u), scores.row(u) + scores.columns) - scores.row(u))];
    if (label.outside) continue;
    out.mentions.push_back({{}, u, label.kind, label.type, {}});
  }
  add_names_without_mention(out.names, out.mentions);
  std::vector<uint32_t> heads;
  for (const WindowMention& mention : out.mentions) heads.push_back(mention.head);
  const std::vector<Range> bounds = head().bounds(read, heads);
  const Matrix vectors = head().vectors(read, heads, bounds);
  for (size_t i = 0; i < heads.size(); ++i) {
    out.mentions[i].units = bounds[i];
    out.mentions[i].vector.assign(vectors.row(i), vectors.row(i) + vectors.columns);
  }
  return out;
}

void place_mentions(const UnitText& text, Window window, const WindowMentions& found, FoundMentions& out) {
  for (uint32_t u = window.begin; u < window.end; ++u) out.units.push_back({text.units[u].begin, text.units[u].end});
  const auto placed = [&](Range units) { return Range{window.begin + units.begin, window.begin + units.end}; };
  for (const WindowMention& m : found.mentions)
    out.mentions.push_back({placed(m.units), window.begin + m.head, text.units[window.begin + m.head].paragraph, m.kind, m.type, m.vector});
  for (const WindowName& name : found.names) out.names.push_back({placed(name.units), name.type});
}

}  // namespace sayso
