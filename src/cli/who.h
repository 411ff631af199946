// Who of a document's entities goes by a name, what they say there, and which of several documents' entities are one.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "cli/lines.h"
#include "document/document.h"
#include "document/json.h"

namespace sayso {

struct AskedName {
  std::string name;
  bool exact = false;  // the whole name as it is written, and nothing else
};

// Entities that go by the name: it is their name or one of their names, case, an article in front and titles aside. Where nobody's is, a person whose
// last name it is (“Berg”, “van der Berg” of “Ada van der Berg”), if that is the only one in the document.
std::vector<Id<Entity>> entities_called(const Document& document, const AskedName& asked);

// How far `name` is from the one that was asked for, when it could be meant: 0 when they share a word, else letters that differ; nothing when it is
// another name.
std::optional<size_t> nearness(const AskedName& asked, std::string_view name);

// What a worker finds in one document, as JSON: its `document` without text and sections; `found`, those who go by the name and say something, each
// with `entity` (without its mentions) and `attributions`, as sayso/1 has them and with `outer`: within whose words they stand, the innermost first,
// eight at most; `silent`, the names of those who say nothing; `near`, names of other sources that could be meant.
nlohmann::ordered_json look_for(const AskedName& asked, const Document& document, const Engine& engine);

// Somebody in one or several documents.
struct Person {
  std::string type;
  std::string name;
  std::vector<std::string> names, roles;                          // all documents', each once
  std::vector<std::pair<std::string, std::string>> links;         // scheme, identifier; each once
  std::vector<nlohmann::ordered_json> documents;                  // {"document", "entity", "attributions"}, in the order of the inputs
};

// Puts together what is found in one document after the other. Two are one when they have a link in common, or, where no link speaks against it,
// the same full name and type: for a person a name of two words or more, since many are called Berg. Never two of one document, unless their
// links are the same.
class People {
 public:
  People();
  ~People();
  People(const People&) = delete;
  People& operator=(const People&) = delete;

  // `found`: what look_for() found in one document.
  void add(nlohmann::ordered_json found);

  const std::vector<Person>& all() const { return people_; }
  // Those who go by the name and say nothing, each once.
  const std::set<std::string>& silent() const { return silent_; }
  // The nearest names, the nearest first.
  std::vector<std::string> near(const AskedName& asked) const;

 private:
  using Place = size_t;  // in people_
  std::optional<Place> same_as(const nlohmann::ordered_json& entity) const;

  std::vector<Person> people_;
  std::vector<size_t> last_document_;  // of each person: in which document it was found last
  std::map<std::pair<std::string, std::string>, Place> by_link_;
  std::map<std::string, std::vector<Place>> by_name_;  // type and the words of the name
  size_t documents_ = 0;
  std::set<std::string> silent_, near_;
};

// What one person says, for people: who it is, and for each document source – cue – content.
std::string show_person(const Person& person, const ViewStyle& style);

// “Nobody called … says anything in these 3 documents.”, and which names there are.
std::string nobody_says(const AskedName& asked, const People& people, size_t documents);

}  // namespace sayso
