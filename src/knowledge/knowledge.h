// Facts about well-known people, bodies, countries and places, from small files that users can add to (knowledge/README.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"

namespace sayso {

enum class KnownType : uint8_t { person, organisation, country, place, publication };

struct Office {
  std::string role, of;
  std::string from, to;  // ISO 8601; `to` empty: still
};

struct KnownThing {
  KnownType type = KnownType::person;
  std::string name;
  std::vector<std::pair<std::string, std::string>> links;  // scheme, value
  std::vector<Office> offices;
};

// Never changes after it is loaded; any number of threads may look things up.
class Knowledge {
 public:
  // Adds a file. What an earlier file says of a name stands before what a later one says. bad_input names the line that is none of the file's forms.
  Status add(std::string_view tsv, const std::string& where);

  // The one thing of this type with this name or other name, case, a leading article and dots aside. Nothing when there is none, or several, unless
  // exactly one of those held an office on `date` (ISO 8601, or nothing). O(1) in the number of things.
  const KnownThing* find(std::string_view name, KnownType type, const std::optional<std::string>& date = std::nullopt) const;
  // All offices, in all files, of the persons with this name or other name.
  std::vector<const Office*> offices_of(std::string_view name) const;
  // Is `name` a name of this country, or what is of it called by (“German”)? Several countries may share one.
  bool is_name_of(std::string_view name, std::string_view country) const;
  // The country or body that this place stands for when it speaks (“Moscow said”), or nothing.
  const KnownThing* find_behind_seat(std::string_view place) const;

  size_t size() const { return things_.size(); }

 private:
  std::vector<KnownThing> things_;
  std::vector<uint32_t> file_of_;                                       // of each thing
  std::unordered_map<std::string, std::vector<uint32_t>> by_name_;      // key_of a name -> things
  std::unordered_map<std::string, std::vector<std::string>> seats_;     // key_of a place -> names
  uint32_t files_ = 0;
};

}  // namespace sayso
