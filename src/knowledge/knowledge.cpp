#include "knowledge/knowledge.h"

#include <algorithm>

#include "base/unicode.h"

namespace sayso {

namespace {

constexpr std::pair<const char*, KnownType> type_names[] = {{"person", KnownType::person},
                                                            {"organisation", KnownType::organisation},
                                                            {"country", KnownType::country},
                                                            {"place", KnownType::place},
                                                            {"publication", KnownType::publication}};

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> out;
  while (true) {
    const size_t end = text.find(mark);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

// A name as it is looked up: small letters, one blank between words, no dots and no leading article.
std::string key_of(std::string_view name) {
  std::string key;
  for (const char c : to_lower(name)) {
    if (c == '.') continue;
    if (c == ' ' || c == '\n' || c == '\t') {
      if (!key.empty() && key.back() != ' ') key.push_back(' ');
    } else {
      key.push_back(c);
    }
  }
  while (key.ends_with(' ')) key.pop_back();
  if (key.starts_with("the ") && key.size() > 4) key.erase(0, 4);
  return key;
}

bool held_office(const KnownThing& thing, const std::string& date) {
  const std::string day = date.substr(0, 10);
  return std::any_of(thing.offices.begin(), thing.offices.end(), [&](const Office& o) { return o.from <= day && (o.to.empty() || day <= o.to); });
}

}  // namespace

Status Knowledge::add(std::string_view tsv, const std::string& where) {
  const uint32_t file = files_++;
  size_t number = 0;
  while (!tsv.empty()) {
    const size_t end = std::min(tsv.find('\n'), tsv.size());
    std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    const auto refuse = [&](const std::string& what) {
      return Error{ErrorKind::bad_input, "line " + std::to_string(number) + " " + what, where,
                   "A line is “person⇥name⇥other|names⇥scheme:value”, “office⇥role⇥of⇥from⇥to” behind its person, or “seat⇥place⇥country”."};
    };
    if (!is_utf8(line)) return refuse("is not UTF-8");
    const std::vector<std::string_view> fields = split(line, '\t');
    if (fields.size() < 2 || fields[1].empty()) return refuse("has no name");
    if (fields[0] == "seat") {
      if (fields.size() < 3 || fields[2].empty()) return refuse("does not say for whom the seat stands");
      seats_[key_of(fields[1])].emplace_back(fields[2]);
      continue;
    }
    if (fields[0] == "office") {
      if (things_.empty() || file_of_.back() != file || things_.back().type != KnownType::person)
        return refuse("is an office without a person above it");
      if (fields.size() < 4) return refuse("is an office without the day on which it began");
      things_.back().offices.push_back({std::string(fields[1]), std::string(fields[2]), std::string(fields[3]),
                                        fields.size() > 4 ? std::string(fields[4]) : std::string()});
      continue;
    }
    const auto type = std::find_if(std::begin(type_names), std::end(type_names), [&](const auto& known) { return fields[0] == known.first; });
    if (type == std::end(type_names)) return refuse("begins with an unknown word, “" + std::string(fields[0].substr(0, 40)) + "”");
    KnownThing thing{type->second, std::string(fields[1]), {}, {}};
    if (fields.size() > 3)
      for (const std::string_view link : split(fields[3], '|')) {
        if (link.empty()) continue;
        const size_t colon = link.find(':');
        if (colon == 0 || colon == std::string_view::npos || colon + 1 == link.size()) return refuse("has a link without “scheme:value”");
        thing.links.emplace_back(link.substr(0, colon), link.substr(colon + 1));
      }
    std::sort(thing.links.begin(), thing.links.end());
    const auto id = static_cast<uint32_t>(things_.size());
    const auto name_it = [&](std::string_view name) {
      std::vector<uint32_t>& named = by_name_[key_of(name)];
      if (named.empty() || named.back() != id) named.push_back(id);
    };
    name_it(fields[1]);
    if (fields.size() > 2)
      for (const std::string_view alias : split(fields[2], '|'))
        if (!alias.empty()) name_it(alias);
    things_.push_back(std::move(thing));
    file_of_.push_back(file);
  }
  return {};
}

const KnownThing* Knowledge::find(std::string_view name, KnownType type, const std::optional<std::string>& date) const {
  const auto found = by_name_.find(key_of(name));
  if (found == by_name_.end()) return nullptr;
  std::vector<const KnownThing*> meant;
  std::optional<uint32_t> file;
  for (const uint32_t id : found->second) {
    if (things_[id].type != type || (file && file_of_[id] != *file)) continue;
    file = file_of_[id];
    meant.push_back(&things_[id]);
  }
  if (meant.size() > 1 && date && date->size() >= 10) std::erase_if(meant, [&](const KnownThing* thing) { return !held_office(*thing, *date); });
  return meant.size() == 1 ? meant.front() : nullptr;
}

std::vector<const Office*> Knowledge::offices_of(std::string_view name) const {
  std::vector<const Office*> offices;
  if (const auto found = by_name_.find(key_of(name)); found != by_name_.end())
    for (const uint32_t id : found->second)
      for (const Office& office : things_[id].offices) offices.push_back(&office);
  return offices;
}

bool Knowledge::is_name_of(std::string_view name, std::string_view country) const {
  const auto found = by_name_.find(key_of(name));
  return found != by_name_.end() && std::any_of(found->second.begin(), found->second.end(),
                                                [&](uint32_t id) { return things_[id].type == KnownType::country && things_[id].name == country; });
}

const KnownThing* Knowledge::find_behind_seat(std::string_view place) const {
  const auto found = seats_.find(key_of(place));
  if (found == seats_.end() || found->second.size() != 1) return nullptr;
  for (const KnownType type : {KnownType::country, KnownType::organisation})
    if (const KnownThing* thing = find(found->second.front(), type)) return thing;
  return nullptr;
}

}  // namespace sayso
