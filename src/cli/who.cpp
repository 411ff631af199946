#include "cli/who.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/unicode.h"
#include "cli/marks.h"
#include "cli/screen.h"
#include "entities/names.h"

namespace sayso {
namespace {

using Json = nlohmann::ordered_json;

// So many names that are near are worth reading.
constexpr size_t most_near = 8;
// Nobody's words are passed on through more mouths than this; a text that nests deeper was made to.
constexpr size_t deepest_outer = 8;

bool is_called(const Entity& entity, const AskedName& asked, const std::vector<std::string>& words) {
  const auto same = [&](const std::string& name) { return asked.exact ? name == asked.name : name_words(name) == words; };
  return entity.name && (same(*entity.name) || std::any_of(entity.names.begin(), entity.names.end(), same));
}

// Is it the last name, with or without the lower-case words before it (“van der”)?
bool is_last_name(const std::vector<std::string>& words, const std::string& name) {
  const std::vector<std::string> all = name_words(name);
  if (words.empty() || words.size() >= all.size() || !std::equal(words.rbegin(), words.rend(), all.rbegin())) return false;
  // All but the last one are written in lower case in the name itself.
  size_t end = name.find_last_of(' ');
  for (size_t i = 1; i < words.size(); ++i) {
    if (end == std::string::npos || end == 0) return false;
    const size_t before = name.find_last_of(' ', end - 1);
    size_t at = before == std::string::npos ? 0 : before + 1;
    if (!is_lower(next_code_point(name, at))) return false;
    end = before;
  }
  return true;
}

// Letters to change, add, take away or swap between two words; anything above `most` is told as most + 1.
size_t distance(std::string_view a, std::string_view b, size_t most) {
  std::vector<char32_t> from, to;
  for (size_t at = 0; at < a.size();) from.push_back(next_code_point(a, at));
  for (size_t at = 0; at < b.size();) to.push_back(next_code_point(b, at));
  if (std::max(from.size(), to.size()) - std::min(from.size(), to.size()) > most) return most + 1;
  std::vector<size_t> before(to.size() + 1), row(to.size() + 1), next(to.size() + 1);
  for (size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= from.size(); ++i) {
    next[0] = i;
    for (size_t j = 1; j <= to.size(); ++j) {
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) next[j] = std::min(next[j], before[j - 2] + 1);
    }
    std::swap(before, row);
    std::swap(row, next);
  }
  return std::min(row[to.size()], most + 1);
}

bool holds(const std::vector<std::string>& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

void add_each_once(std::vector<std::string>& all, const Json& more) {
  for (const Json& one : more)
    if (!holds(all, one.get_ref<const std::string&>())) all.push_back(one);
}

// What tells a document apart from the others and from when it is.
Json short_document(const Json& document) {
  Json out;
  for (const char* key : {"id", "source", "member", "title", "publisher", "published", "canonical"}) out[key] = document[key];
  return out;
}

// In whose words an attribution stands, the innermost first.
Json outer_of(const Document& document, const SourceEntities& meant, const Json& attributions, Id<Attribution> attribution) {
  Json out = Json::array();
  for (auto within = document.attributions[attribution].within; within && out.size() < deepest_outer;
       within = document.attributions[*within].within) {
    Json one;
    one["id"] = id_of(*within);
    one["source"] = attributions[within->index]["source"];
    const SourceEntity* const source = meant.of(*within);
    const auto name = source ? document.entities[source->entity].name : std::nullopt;
    one["name"] = name ? Json(*name) : Json(nullptr);
    out.push_back(std::move(one));
  }
  return out;
}

template <class Words>
std::string joined(const Words& words, const char* between) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
  return out;
}

}  // namespace

std::vector<Id<Entity>> entities_called(const Document& document, const AskedName& asked) {
  const std::vector<std::string> words = name_words(asked.name);
  std::vector<Id<Entity>> called, last_named;
  for (uint32_t e = 0; e < document.entities.size(); ++e) {
    const Entity& entity = document.entities[e];
    if (is_called(entity, asked, words)) called.push_back({e});
    else if (!asked.exact && entity.type == EntityType::person && entity.name && is_last_name(words, *entity.name)) last_named.push_back({e});
  }
  if (called.empty() && last_named.size() == 1) return last_named;
  return called;
}

std::optional<size_t> nearness(const AskedName& asked, std::string_view name) {
  const std::vector<std::string> wanted = name_words(asked.name), words = name_words(name);
  std::optional<size_t> nearest;
  for (const std::string& one : wanted)
    for (const std::string& other : words) {
      // Two letters may differ in a long word, one in a short one, none in what is hardly a word.
      const size_t most = one.size() < 4 ? 0 : one.size() < 7 ? 1 : 2;
      const size_t apart = distance(one, other, most);
      if (apart <= most) nearest = std::min(nearest.value_or(apart), apart);
    }
  return nearest;
}

Json look_for(const AskedName& asked, const Document& document, const Engine& engine) {
  std::vector<std::vector<uint32_t>> said(document.entities.size());
  for (const SourceEntity& source : document.source_entities) said[source.entity.index].push_back(source.attribution.index);
  const std::vector<Id<Entity>> called = entities_called(document, asked);
  Json out;
  for (const char* key : {"found", "silent", "near"}) out[key] = Json::array();
  for (uint32_t e = 0; e < document.entities.size(); ++e) {
    const auto& name = document.entities[e].name;
    if (!name) continue;
    const bool is_asked_for = std::find(called.begin(), called.end(), Id<Entity>{e}) != called.end();
    if (is_asked_for && said[e].empty()) out["silent"].push_back(*name);
    if (!is_asked_for && !said[e].empty() && nearness(asked, *name)) out["near"].push_back(*name);
  }
  if (std::none_of(called.begin(), called.end(), [&](Id<Entity> entity) { return !said[entity.index].empty(); })) return out;
  Json reading = to_json(document, engine);
  const SourceEntities meant(document);
  out["document"] = short_document(reading["document"]);
  for (const Id<Entity> id : called) {
    if (said[id.index].empty()) continue;
    Json one;
    one["entity"] = std::move(reading["entities"][id.index]);
    one["entity"].erase("mentions");
    Json& attributions = one["attributions"] = Json::array();
    for (const uint32_t i : said[id.index]) {
      Json attribution = reading["attributions"][i];
      attribution["outer"] = outer_of(document, meant, reading["attributions"], Id<Attribution>{i});
      attributions.push_back(std::move(attribution));
    }
    out["found"].push_back(std::move(one));
  }
  return out;
}

People::People() = default;
People::~People() = default;

namespace {

// Type and words of a full name; nothing for a person's name of one word, which many have.
std::optional<std::string> key_of(const Json& entity) {
  const std::vector<std::string> words = name_words(entity["name"].get_ref<const std::string&>());
  if (words.empty() || (entity["type"] == "person" && words.size() < 2)) return std::nullopt;
  return entity["type"].get<std::string>() + ": " + joined(words, " ");
}

// Does a scheme give them different identifiers?
bool links_differ(const Person& person, const Json& entity) {
  return std::any_of(person.links.begin(), person.links.end(), [&](const auto& link) {
    const auto other = entity["links"].find(link.first);
    return other != entity["links"].end() && *other != link.second;
  });
}

}  // namespace

std::optional<People::Place> People::same_as(const Json& entity) const {
  for (const auto& [scheme, value] : entity["links"].items())
    if (const auto known = by_link_.find({scheme, value}); known != by_link_.end()) return known->second;
  const std::optional<std::string> key = key_of(entity);
  const auto named = key ? by_name_.find(*key) : by_name_.end();
  if (named == by_name_.end()) return std::nullopt;
  std::optional<Place> same;
  for (const Place place : named->second) {
    if (last_document_[place] == documents_ || links_differ(people_[place], entity)) continue;
    if (same) return std::nullopt;  // two are called so already, and nothing says which of them this is
    same = place;
  }
  return same;
}

void People::add(Json found) {
  ++documents_;
  for (const Json& name : found["silent"]) silent_.insert(name);
  for (const Json& name : found["near"]) near_.insert(name);
  for (Json& one : found["found"]) {
    const Json& entity = one["entity"];
    std::optional<Place> place = same_as(entity);
    if (!place) {
      place = people_.size();
      people_.push_back({entity["type"], entity["name"], {}, {}, {}, {}});
      last_document_.push_back(0);
      if (const auto key = key_of(entity)) by_name_[*key].push_back(*place);
    }
    last_document_[*place] = documents_;
    Person& person = people_[*place];
    add_each_once(person.names, entity["names"]);
    add_each_once(person.names, Json::array({entity["name"]}));
    std::erase(person.names, person.name);
    add_each_once(person.roles, entity["roles"]);
    for (const auto& [scheme, value] : entity["links"].items()) {
      std::pair<std::string, std::string> link(scheme, value);
      by_link_.try_emplace(link, *place);
      if (std::find(person.links.begin(), person.links.end(), link) == person.links.end()) person.links.push_back(std::move(link));
    }
    Json document;
    document["document"] = found["document"];
    document["entity"] = std::move(one["entity"]);
    document["attributions"] = std::move(one["attributions"]);
    person.documents.push_back(std::move(document));
  }
}

std::vector<std::string> People::near(const AskedName& asked) const {
  std::vector<std::pair<size_t, std::string>> order;
  for (const std::string& name : near_) order.emplace_back(nearness(asked, name).value_or(0), name);
  std::sort(order.begin(), order.end());
  std::vector<std::string> names;
  for (size_t i = 0; i < std::min(order.size(), most_near); ++i) names.push_back(order[i].second);
  return names;
}

// ---- for people ------------------------------------------------------------------------------------------------------------------------

namespace {

// “Helga Brandt”, or the words of who has no name, or nobody.
std::string speaker_of(const Json& outer) {
  if (!outer["name"].is_null()) return outer["name"];
  return outer["source"].is_null() ? "somebody who is not named" : outer["source"]["text"].get<std::string>();
}

void put_attribution(LineWriter& lines, const Json& attribution, const std::string& name) {
  const std::string number = attribution["id"].get<std::string>().substr(1);
  const auto words = [](const Json& part) { return part.is_null() ? "" : neutralise(part["text"].get_ref<const std::string&>()); };
  lines.indent("  " + std::string(number.size() < 2 ? 2 - number.size() : 0, ' ') + number + "  ", "      ");
  lines.put(words(attribution["source"]), source_pen);
  if (const std::string cue = words(attribution["cue"]); !cue.empty()) {
    lines.put(" – ", faint_pen);
    lines.put(cue, cue_pen);
  }
  if (const std::string content = words(attribution["content"]); !content.empty()) {
    lines.put(" – ", faint_pen);
    lines.put(content, plain_pen);
  }
  std::string how = " (" + attribution["quotation"].get<std::string>();
  if (attribution["type"] != "assertion") how += ", " + attribution["type"].get<std::string>();
  how += ", " + std::to_string(std::lround(100 * attribution["confidence"].get<double>())) + "%";
  for (const Json& outer : attribution["outer"]) {
    const std::string speaker = speaker_of(outer);
    how += ", inside what " + (speaker == name ? "is said by the same" : neutralise(speaker) + " said");
  }
  lines.put(how + ")", faint_pen);
  lines.end_line();
}

}  // namespace

std::string show_person(const Person& person, const ViewStyle& style) {
  std::string out;
  LineWriter lines(out, style);
  lines.indent("", "  ");
  lines.put(neutralise(person.name), bold_pen);
  lines.put(" – " + person.type, faint_pen);
  if (!person.roles.empty()) lines.put(" – " + neutralise(joined(person.roles, "; ")), plain_pen);
  lines.end_line();
  if (!person.names.empty()) {
    lines.put("also called " + neutralise(joined(person.names, "; ")), plain_pen);
    lines.end_line();
  }
  for (const auto& [scheme, value] : person.links) {
    lines.put(neutralise(scheme + " " + value), faint_pen);
    lines.end_line();
  }
  for (const Json& one : person.documents) {
    lines.end_paragraph();
    lines.indent("", "");
    Document named;  // for its name alone
    const Json& document = one["document"];
    named.source = document["source"];
    if (!document["member"].is_null()) named.member = document["member"];
    const size_t count = one["attributions"].size();
    lines.rule(neutralise(name_of(named)), std::to_string(count) + (count == 1 ? " attribution" : " attributions"));
    if (!document["title"].is_null()) {
      lines.indent("  ", "  ");
      std::string title = document["title"];
      if (!document["published"].is_null()) title += " (" + document["published"].get<std::string>() + ")";
      lines.put(neutralise(title), bold_pen);
      lines.end_line();
    }
    for (const Json& attribution : one["attributions"]) put_attribution(lines, attribution, person.name);
  }
  lines.end_paragraph();
  return out;
}

std::string nobody_says(const AskedName& asked, const People& people, size_t documents) {
  const std::string where = documents == 1 ? "this document" : "these " + std::to_string(documents) + " documents";
  std::string out = "nobody called “" + asked.name + "” says anything in " + where + ".";
  if (!people.silent().empty()) out += " Named, and saying nothing: " + joined(people.silent(), ", ") + ".";
  if (const std::vector<std::string> near = people.near(asked); !near.empty())
    out += " Names that are near, of people who do: " + joined(near, ", ") + ".";
  return out;
}

}  // namespace sayso
