#include "entities/hops.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/unicode.h"
#include "text/news_names.h"

namespace sayso {

namespace {

std::string plain(std::string_view name) {
  std::string lower = to_lower(name);
  if (lower.starts_with("the ")) lower.erase(0, 4);
  return lower;
}

// “Agence France-Presse” → "afp"; of small words none.
std::string initials(std::string_view name) {
  std::string out;
  bool begins = true;
  for (const char c : name) {
    if (begins && c >= 'A' && c <= 'Z') out += static_cast<char>(c + 32);
    begins = c == ' ' || c == '-';
  }
  return out;
}

bool is_body(const Entity& entity) { return entity.type == EntityType::organisation || entity.type == EntityType::publication; }

// Two letters are many firms': they are an agency's own alone.
bool is_short(std::string_view brief, std::string_view full) {
  if (brief.size() < 2 || (brief.size() == 2 && !is_agency(to_lower(full)))) return false;
  return to_lower(brief) == initials(full) && plain(brief) != plain(full);
}

bool names(const Entity& entity, std::string_view name, bool person) {
  if (person ? entity.type != EntityType::person : !is_body(entity)) return false;
  const auto is_it = [&](const std::string& own) { return plain(own) == plain(name) || (!person && (is_short(own, name) || is_short(name, own))); };
  return entity.name && (is_it(*entity.name) || std::any_of(entity.names.begin(), entity.names.end(), is_it));
}

}  // namespace

std::vector<std::optional<Id<Entity>>> name_hops(const Document& document, Layer<Entity>& entities) {
  std::vector<std::optional<Id<Entity>>> ids;
  const auto without_source = std::count_if(document.attributions.begin(), document.attributions.end(),
                                            [](const Attribution& a) { return !a.source; });
  size_t end = entities.size() - static_cast<size_t>(without_source);  // of those with mentions; behind it stand the unnamed origins
  for (const Hop& hop : document.hops) {
    const std::string name = hop.name.empty() ? hop.code.substr(hop.code.find_last_of(":/#") + 1) : hop.name;  // npos + 1: all of it
    const auto found = std::find_if(entities.begin(), entities.end(), [&](const Entity& entity) { return names(entity, name, hop.person); });
    if (found != entities.end()) {
      ids.push_back(Id<Entity>{static_cast<uint32_t>(found - entities.begin())});
    } else if (hop.name.empty() && !is_agency(to_lower(name))) {
      ids.emplace_back();
    } else {
      Entity made;
      made.type = hop.person ? EntityType::person : EntityType::organisation;
      made.name = name;
      ids.push_back(Id<Entity>{static_cast<uint32_t>(end)});
      entities.items.insert(entities.items.begin() + static_cast<std::ptrdiff_t>(end++), std::move(made));
    }
  }
  return ids;
}

}  // namespace sayso
