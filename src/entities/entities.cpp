#include "entities/entities.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "attribution/words.h"
#include "attribution/nesting.h"
#include "base/unicode.h"
#include "entities/coreference.h"
#include "entities/function_words.h"
#include "entities/names.h"
#include "entities/phrases.h"
#include "entities/source_words.h"

namespace sayso {

namespace {

EntityType type_from(SourceKind kind) {
  switch (kind) {
    case SourceKind::person: return EntityType::person;
    case SourceKind::organisation: return EntityType::organisation;
    case SourceKind::country: return EntityType::country;
    case SourceKind::place: return EntityType::place;
    case SourceKind::group: return EntityType::group;
    case SourceKind::publication: return EntityType::publication;
    case SourceKind::document: return EntityType::document;
  }
  return EntityType::person;
}

SourceKind kind_from(EntityType type, SourceKind otherwise) {
  switch (type) {
    case EntityType::person: return SourceKind::person;
    case EntityType::organisation: return SourceKind::organisation;
    case EntityType::country: return SourceKind::country;
    case EntityType::place: return SourceKind::place;
    case EntityType::group: return SourceKind::group;
    case EntityType::publication: return SourceKind::publication;
    case EntityType::document: return SourceKind::document;
    case EntityType::unnamed:
    case EntityType::unknown: break;
  }
  return otherwise;
}

// Words in front of a body’s head word that do not say which one it is.
const std::unordered_set<std::string> vague = {"the", "a", "an", "this", "that", "its", "his", "her", "their", "our", "my", "your", "another",
                                               "other", "new", "local", "some", "any", "same", "national", "federal", "whole", "entire", "trade",
                                               "labour", "labor"};

class EntityFinder {
 public:
  EntityFinder(const Document& document, Coreference coreference, const Knowledge* knowledge)
      : document_(document), coreference_(std::move(coreference)), knowledge_(knowledge) {
    members_.resize(coreference_.clusters);
    for (size_t i = 0; i < nodes().size(); ++i) members_[nodes()[i].cluster].push_back(i);
  }

  EntityLayers run() {
    std::vector<bool> is_source(coreference_.clusters, false);
    for (const auto& source : coreference_.sources)
      if (source) is_source[nodes()[*source].cluster] = true;

    std::vector<std::pair<Span, uint32_t>> order;  // first mention, cluster
    for (uint32_t c = 0; c < coreference_.clusters; ++c)
      if (is_source[c] || is_worth_telling(c)) order.emplace_back(nodes()[members_[c].front()].span, c);
    std::sort(order.begin(), order.end());

    EntityLayers out{{"entities", {}}, {"entities", {}}};
    std::map<uint32_t, Id<Entity>> ids;
    for (const auto& [first, cluster] : order) {
      ids[cluster] = Id<Entity>{static_cast<uint32_t>(out.entities.size())};
      out.entities.items.push_back(make_entity(cluster, is_source[cluster]));
    }
    for (uint32_t a = 0; a < document_.attributions.size(); ++a) {
      if (!coreference_.sources[a]) continue;
      const Id<Entity> id = ids.at(nodes()[*coreference_.sources[a]].cluster);
      out.source_entities.items.push_back(make_source_entity(Id<Attribution>{a}, id, out.entities[id]));
    }
    for (const Attribution& attribution : document_.attributions) {
      if (attribution.source) continue;
      Entity origin;
      origin.type = EntityType::unnamed;
      origin.of = EntityType::unknown;
      out.entities.items.push_back(std::move(origin));
    }
    return out;
  }

 private:
  const std::vector<MentionNode>& nodes() const { return coreference_.nodes; }
  std::string head_word(const MentionNode& node) const { return to_lower(document_.at(node.head)); }

  // Everybody and everything with a name, but things (“the Clean Water Act”), unless they speak; and a body that does something and whose description
  // works as a name (“The owners’ association did not respond”).
  bool is_worth_telling(uint32_t cluster) const {
    return std::any_of(members_[cluster].begin(), members_[cluster].end(), [&](size_t i) {
      const MentionNode& node = nodes()[i];
      return node.name ? node.type != ThingType::other : body_name(node).has_value() && starts_sentence(document_, node.span);
    });
  }

  // The part of a description that says who somebody is: without a relative clause behind a comma, an article's place kept.
  Span description_of(const MentionNode& node) const {
    Span span = node.span;
    const std::string_view text = document_.at(span);
    for (const std::string_view clause : {", who", ", which", ", whose", ", that", ", and", " who ", " which "})
      if (const size_t at = text.find(clause); at != std::string_view::npos && span.begin + at >= node.head.end)
        span.end = std::min(span.end, span.begin + static_cast<uint32_t>(at));
    // “Its chairman, Aksel Lund”: up to the name.
    for (const size_t i : members_[node.cluster]) {
      const MentionNode& other = nodes()[i];
      if (!other.name || other.span.begin <= span.begin + 2 || other.span.end > span.end) continue;
      // … and “the head of the port Aksel Lund”.
      if (document_.at({other.span.begin - 2, other.span.begin}) == ", ") span.end = other.span.begin - 2;
      else if (other.span.end == span.end && other.type == ThingType::person && document_.text[other.span.begin - 1] == ' ')
        span.end = other.span.begin - 1;
    }
    return span;
  }

  // “a former premier | who now teaches”, “head of Meridian Research, | which carried it out”.
  Span without_clause(Span span) const {
    for (const std::string_view clause : {", who", ", which", ", whose", " who ", " which "})
      if (const size_t at = document_.at(span).find(clause); at != std::string_view::npos && at > 0)
        span.end = span.begin + static_cast<uint32_t>(at);
    return span;
  }

  void add_role(std::vector<std::string>& roles, Span span) const {
    // A possessive in front belongs to somebody else: “its chairman” is chairman of something.
    const std::string_view text = document_.at(span);
    if (const size_t space = text.find(' '); space != std::string_view::npos && is_possessive(to_lower(text.substr(0, space))))
      span.begin += static_cast<uint32_t>(space + 1);
    // So does “the union’s” of “the union’s general secretary”.
    for (const std::string_view possessive : {"’s ", "'s "})
      if (const size_t at = document_.at(span).find(possessive); at != std::string_view::npos && at > 0 && at < 40)
        span.begin += static_cast<uint32_t>(at + possessive.size());
    while (span.begin < span.end && std::string_view(" ,\n“”\"").find(document_.text[span.begin]) != std::string_view::npos) ++span.begin;
    if (document_.at(span).ends_with(" and") || document_.at(span).ends_with(" or")) return;  // “Orvania and | Tessalia”
    for (const std::string_view mark : {" ", ",", "\n", ":", "“", "«", "\"", " "})
      while (document_.at(span).ends_with(mark)) span.end -= static_cast<uint32_t>(mark.size());
    for (const std::string_view possessive : {"’s", "'s"})
      if (document_.at(span).ends_with(possessive)) span.end -= static_cast<uint32_t>(possessive.size());
    std::string role(document_.at(span));
    std::replace(role.begin(), role.end(), '\n', ' ');
    if (role.size() < 2 || !is_word_at(role) || says_nothing(role)) return;
    const auto same = [lower = to_lower(role)](const std::string& other) { return to_lower(other) == lower; };
    if (std::none_of(roles.begin(), roles.end(), same)) roles.push_back(std::move(role));
  }

  // “The”, “Both the”, “The former”: no more than articles and the like.
  static bool says_nothing(const std::string& role) {
    static const std::unordered_set<std::string> nothing = {"both", "all", "one", "former", "late", "then", "ex"};
    const std::vector<std::string> words = words_of(role);
    return std::all_of(words.begin(), words.end(), [](const std::string& word) { return vague.contains(word) || nothing.contains(word); });
  }

  static bool is_word_at(const std::string& text) {
    size_t at = 0;
    return is_word(next_code_point(text, at));
  }

  // Titles before names and phrases behind them, and descriptions, in text order.
  std::vector<std::string> roles_of(uint32_t cluster) const {
    static const std::unordered_set<std::string> no_role = {"mr", "mrs", "ms", "miss", "the", "a", "an", "dr"};
    std::vector<std::string> roles;
    for (const size_t i : members_[cluster]) {
      const MentionNode& node = nodes()[i];
      if (node.kind == MentionKind::pronoun) continue;
      if (!node.name) {
        // Of two phrases around one head word the longer one is the role.
        const bool part = std::any_of(members_[cluster].begin(), members_[cluster].end(), [&](size_t k) {
          return k != i && !nodes()[k].name && nodes()[k].span.begin == node.span.begin && nodes()[k].span.end > node.span.end &&
                 nodes()[k].span.size() < 150;
        });
        if (!part && node.span.size() < 150) add_role(roles, description_of(node));
        continue;
      }
      if (node.name->begin > node.span.begin) {
        const Span before{node.span.begin, node.name->begin};
        std::string_view text = document_.at(before);
        while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.remove_suffix(1);
        if (!no_role.contains(to_lower(text)) && before.size() < 100 && (node.type == ThingType::person || text.find(' ') != std::string_view::npos))
          add_role(roles, before);
      }
      if (node.type == ThingType::person && node.span.end > node.name->end + 2 && document_.at({node.name->end, node.span.end}).starts_with(", ") &&
          node.span.end - node.name->end < 150) {
        const Span behind{node.name->end + 2, node.span.end};
        const std::vector<std::string> words = words_of(document_.at(behind));
        if (!words.empty() && words.front() != "who" && words.front() != "and" && words.front() != "which" && words.front() != "whose")
          add_role(roles, without_clause(behind));
      }
      if (node.type == ThingType::person)
        if (const auto role = role_in_clause(*node.name)) add_role(roles, *role);
    }
    return roles;
  }

  // “…, who was finance minister until 2013,”: what the clause behind a name says that somebody is or was, with its time.
  std::optional<Span> role_in_clause(Span name) const {
    static constexpr std::string_view openings[] = {", who was ", ", who is ", ", who had been ", ", who has been ", ", who served as ",
                                                    ", who had served as "};
    static const std::unordered_set<std::string> behind_roles = {"of", "at", "in", "for", "from", "on", "to", "with", "until", "till", "since",
                                                                 "between", "under", "during", "when", "and"};
    const std::string_view behind = std::string_view(document_.text).substr(name.end, 160);
    for (const std::string_view opening : openings) {
      if (!behind.starts_with(opening)) continue;
      size_t end = std::string_view::npos;
      for (const std::string_view mark : {", ", ". ", "; ", "\n"}) end = std::min(end, behind.find(mark, opening.size()));
      if (end == std::string_view::npos) return std::nullopt;
      const Span role{name.end + static_cast<uint32_t>(opening.size()), name.end + static_cast<uint32_t>(end)};
      const std::vector<std::string> words = words_of(document_.at(role));
      const auto own = std::find_if(words.begin(), words.end(), [](const std::string& word) { return behind_roles.contains(word); });
      return own != words.begin() && is_speaking_role(*(own - 1)) ? std::optional(role) : std::nullopt;
    }
    return std::nullopt;
  }

  struct Names {
    std::optional<std::string> name;
    std::vector<std::string> others;
    ThingType type = ThingType::other;
  };

  Names names_of(uint32_t cluster) const {
    Names out;
    std::vector<std::string> all;
    std::map<ThingType, size_t> types;
    const auto add = [&all](std::string name) {
      std::replace(name.begin(), name.end(), '\n', ' ');
      const auto same = [lower = to_lower(name)](const std::string& other) { return to_lower(other) == lower; };
      if (const auto known = std::find_if(all.begin(), all.end(), same); known == all.end()) all.push_back(std::move(name));
    };
    for (const size_t i : members_[cluster]) {
      const MentionNode& node = nodes()[i];
      if (!node.name) continue;
      ++types[node.type];
      add(std::string(document_.at(*node.name)));
    }
    if (all.empty()) {
      for (const size_t i : members_[cluster])
        if (const auto name = body_name(nodes()[i])) {
          add(*name);
          out.type = ThingType::organisation;
        }
    } else {
      out.type = std::max_element(types.begin(), types.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
    }
    if (all.empty()) return out;
    // The fullest: most words, then most letters; the first of equals.
    const auto fuller = [](const std::string& a, const std::string& b) {
      const auto words = [](const std::string& s) { return std::count(s.begin(), s.end(), ' '); };
      return words(a) != words(b) ? words(a) < words(b) : a.size() < b.size();
    };
    const auto fullest = std::max_element(all.begin(), all.end(), fuller);
    out.name = *fullest;
    all.erase(fullest);
    out.others = std::move(all);
    return out;
  }

  // A description that works as a name: “owners’ association” of “The owners’ association”; nothing for “the council”, where only
  // the article says which.
  std::optional<std::string> body_name(const MentionNode& node) const {
    if (node.kind == MentionKind::pronoun || !is_body_word(head_word(node))) return std::nullopt;
    Span span = trim_name(document_, {node.span.begin, node.head.end});
    if (!span.contains(node.head) || span.begin == node.head.begin) return std::nullopt;
    const std::vector<std::string> words = split_words(document_.at(span));
    if (to_lower(document_.at({node.span.begin, node.head.end})).starts_with("a ")) return std::nullopt;
    // “the high-earning group”: what any people may be, with no capital that says who they are.
    static const std::unordered_set<std::string> any_people = {"group", "team", "force", "front", "company", "office"};
    if (any_people.contains(head_word(node)) &&
        std::none_of(words.begin(), words.end(), [](const std::string& word) { return word[0] >= 'A' && word[0] <= 'Z'; }))
      return std::nullopt;
    bool says_which = false;
    for (size_t i = 0; i + 1 < words.size(); ++i)
      says_which = says_which || (!vague.contains(to_lower(words[i])) && is_word_at(words[i]) && words[i] != "s");
    if (!says_which) return std::nullopt;
    return std::string(document_.at(span));
  }

  // “the sports daily Final Whistle”, “newspaper ‘Kasmin News’”: what stands before the name says that it prints or broadcasts.
  bool is_called_outlet(uint32_t cluster) const {
    return std::any_of(members_[cluster].begin(), members_[cluster].end(), [&](size_t i) {
      const MentionNode& node = nodes()[i];
      if (!node.name || node.type == ThingType::person || node.span.begin >= node.name->begin) return false;
      const std::vector<std::string> words = words_of(document_.at({node.span.begin, node.name->begin}));
      return std::any_of(words.begin(), words.end(), [](const std::string& word) { return is_outlet_word(word) || word == "site"; });
    });
  }

  EntityType type_of_cluster(uint32_t cluster, const Names& names) const {
    if (names.name) {
      if (is_called_outlet(cluster)) return EntityType::publication;
      const SourceKind by_words = kind_of(split_words(*names.name));
      const auto any_kind = [&](SourceKind kind) {
        return by_words == kind ||
               std::any_of(names.others.begin(), names.others.end(), [&](const std::string& name) { return kind_of(split_words(name)) == kind; });
      };
      switch (names.type) {
        case ThingType::person:
          // “Congress”, “NATO”: one word that is no person's name, whatever the network takes it for.
          return names.others.empty() && names.name->find(' ') == std::string::npos && by_words != SourceKind::group &&
                 by_words != SourceKind::document
                     ? type_from(by_words)
                     : EntityType::person;
        case ThingType::place:
          if (any_kind(SourceKind::publication)) return EntityType::publication;  // “Vestrand Courier”
          return any_kind(SourceKind::country) || is_state(governing_, *names.name) ? EntityType::country : EntityType::place;
        case ThingType::organisation:
          if (any_kind(SourceKind::country)) return EntityType::country;
          if (any_kind(SourceKind::publication)) return EntityType::publication;
          return EntityType::organisation;
        case ThingType::other: return type_from(by_words);
      }
    }
    // Described only: what its first description says, and what its pronouns say when there is none.
    for (const size_t i : members_[cluster]) {
      const MentionNode& node = nodes()[i];
      if (node.kind == MentionKind::pronoun) continue;
      return type_from(kind_of(phrase_words(description_of(node))));
    }
    return type_from(kind_of(phrase_words(nodes()[members_[cluster].front()].span)));
  }

  // A hyphen ends no phrase: “early-morning tweets”.
  std::vector<std::string> phrase_words(Span span) const {
    std::vector<std::string> words = split_words(document_.at(span));
    std::erase(words, "-");
    return words;
  }

  // Links from what is known beforehand: by its fullest name, and for a person in office by title and name.
  void link(Entity& entity, bool is_source) const {
    if (knowledge_ == nullptr || !entity.name) return;
    static constexpr std::pair<EntityType, KnownType> types[] = {
        {EntityType::person, KnownType::person}, {EntityType::organisation, KnownType::organisation},
        {EntityType::publication, KnownType::publication}, {EntityType::country, KnownType::country}, {EntityType::place, KnownType::country},
        {EntityType::organisation, KnownType::publication}, {EntityType::place, KnownType::publication},
        {EntityType::publication, KnownType::organisation}, {EntityType::place, KnownType::organisation},
        {EntityType::organisation, KnownType::country}, {EntityType::place, KnownType::place}};
    const KnownThing* known = nullptr;
    const auto look_up = [&](const std::string& name) {
      for (const auto& [type, wanted] : types)
        if (!known && type == entity.type) known = knowledge_->find(name, wanted, document_.published);
    };
    // One word is no full name of a person; with a title (“President Obama”) it may be enough.
    if (entity.type != EntityType::person || entity.name->find(' ') != std::string::npos) look_up(*entity.name);
    if (!known && entity.type == EntityType::person && entity.name->find(' ') == std::string::npos)
      for (const std::string& role : entity.roles) look_up(std::string(role).append(" ").append(*entity.name));
    if (!known && entity.type != EntityType::person)
      for (const std::string& name : entity.names) look_up(name);
    if (!known && is_source && entity.type == EntityType::place) known = knowledge_->find_behind_seat(*entity.name);
    if (!known) return;
    for (const auto& [scheme, value] : known->links) entity.links.push_back({scheme, value});
    switch (known->type) {
      case KnownType::country: entity.type = EntityType::country; break;
      case KnownType::organisation: entity.type = EntityType::organisation; break;
      case KnownType::publication: entity.type = EntityType::publication; break;
      case KnownType::person:
      case KnownType::place: break;
    }
  }

  // Behind other words, and in no longer name (“founder of Dell Technologies”).
  static bool stands_within(const std::string& name, const std::string& role) {
    const size_t at = role.find(name), end = at + name.size();
    if (at == std::string::npos || at == 0 || role[at - 1] != ' ') return false;
    return end == role.size() || (role[end] == ' ' && end + 1 < role.size() && role[end + 1] >= 'a' && role[end + 1] <= 'z');
  }

  Entity make_entity(uint32_t cluster, bool is_source) const {
    Entity entity;
    Names names = names_of(cluster);
    entity.type = type_of_cluster(cluster, names);
    entity.name = std::move(names.name);
    entity.names = std::move(names.others);
    entity.roles = roles_of(cluster);
    for (const size_t i : members_[cluster]) {
      const Mention mention{nodes()[i].span, nodes()[i].kind};
      if (entity.mentions.empty() || entity.mentions.back().span != mention.span) entity.mentions.push_back(mention);
    }
    // What stands as its name, or has it in the middle (“a second person helped Petrie to move it”), is no role of it.
    std::erase_if(entity.roles, [&](const std::string& role) {
      const auto is_own = [&, words = name_words(role)](const std::string& name) {
        const bool full = name.find(' ') != std::string::npos && role.find(name) != std::string::npos;
        return full || words == name_words(name) || (entity.type == EntityType::person && stands_within(name, role));
      };
      return (entity.name && is_own(*entity.name)) || std::any_of(entity.names.begin(), entity.names.end(), is_own);
    });
    if (!entity.name) hold_back(cluster, entity);
    link(entity, is_source);
    return entity;
  }

  // An anonymous source is of type unnamed.
  void hold_back(uint32_t cluster, Entity& entity) const {
    const bool is_source = std::any_of(members_[cluster].begin(), members_[cluster].end(), [&](size_t i) { return coreference_source(i); });
    for (const size_t i : members_[cluster]) {
      const MentionNode& node = nodes()[i];
      if (node.kind == MentionKind::pronoun && !is_one_of(head_word(node), {"somebody", "someone"})) continue;
      const Span where = source_around(i).value_or(node.span);
      const std::vector<std::string> words = words_of(document_.at(where));
      // In its own words first; else, of a source, in its sentence (“told us on condition of anonymity”).
      std::optional<Part> reason = find_reason(document_, where);
      if (!reason && is_source) reason = find_reason(document_, sentence_around(where));
      if (!reason && is_source) reason = asked_reason(cluster);
      // Whom somebody else cites without a name (“citing two border guards”) is kept back by who cites.
      const bool cited = entity.type != EntityType::document && entity.type != EntityType::organisation && entity.type != EntityType::publication &&
                         is_cited(i);
      const bool by_source = is_source && (reason || is_one_of_anonymous(i, words) || speaks_privately(i) ||
                                           is_anonymous_with_others(entity.type, where));
      if (!is_anonymous(head_word(node), words, is_of_person(node, where)) && !cited && !by_source) continue;
      entity.of = entity.type == EntityType::document ? EntityType::unknown : entity.type;
      entity.type = EntityType::unnamed;
      entity.reason = reason;
      entity.count = count_of(head_word(node), words);
      return;
    }
  }

  // “One of them said”, behind officials who would not be named.
  bool is_one_of_anonymous(size_t node, const std::vector<std::string>& words) const {
    if (words.size() < 3 || (words[0] != "one" && words[0] != "another") || words[1] != "of") return false;
    if (words.size() == 4 && words[2] == "the" && is_anonymous(words[3], {words[2], words[3]}, false)) return true;  // “one of the officials”
    std::optional<size_t> last;  // who spoke before, in nobody else's words
    for (uint32_t a = 0; a < document_.attributions.size(); ++a) {
      const std::optional<size_t>& source = coreference_.sources[a];
      if (!source || document_.attributions[a].within || nodes()[*source].span.end > nodes()[node].span.begin) continue;
      if (!last || nodes()[*source].span.begin > nodes()[*last].span.begin) last = source;
    }
    if (!last || nodes()[*last].name) return false;
    const Span where = source_around(*last).value_or(nodes()[*last].span);
    return is_anonymous(head_word(nodes()[*last]), words_of(document_.at(where)), is_of_person(nodes()[*last], where));
  }

  // “Brandt’s allies”, “her allies”, “the mayor’s allies”, and not “Norway’s allies”.
  bool is_of_person(const MentionNode& node, Span where) const {
    const std::vector<std::string> words = words_of(document_.at(where));
    const std::string head = head_word(node);
    const auto is_person = [&](const std::string& word) {
      return word == "his" || word == "her" || word == "campaign" ||
             (word != head && is_speaking_role(word) && kind_of({word}) == SourceKind::person);
    };
    if (std::any_of(words.begin(), words.end(), is_person)) return true;
    return std::any_of(nodes().begin(), nodes().end(), [&](const MentionNode& other) {
      if (!other.name || other.type != ThingType::person || !where.contains(*other.name) || other.name->contains(node.head)) return false;
      const bool before = other.name->end <= node.head.begin;  // “Brandt and allies” are not Brandt's
      return !before || document_.at({other.name->end, node.head.begin}).find(" and ") == std::string_view::npos;
    });
  }

  // “Some Democrats privately say”: who would not say it aloud is kept back. Of “both sides” everybody knows who they are.
  bool speaks_privately(size_t node) const {
    const std::string first = first_word(document_, nodes()[node].span);
    if (is_definite(first) || first == "both" || !(is_plural(head_word(nodes()[node])) || is_indefinite(first))) return false;
    for (uint32_t a = 0; a < document_.attributions.size(); ++a) {
      if (coreference_.sources[a] != node) continue;
      const std::vector<std::string> cue = words_of(text_of(document_, document_.attributions[a].cue));
      if (std::find(cue.begin(), cue.end(), "privately") != cue.end()) return true;
    }
    return false;
  }

  // “Party members and officials”: people some of whom are kept back.
  bool is_anonymous_with_others(EntityType type, Span where) const {
    if (type != EntityType::group && type != EntityType::person) return false;
    const size_t at = document_.at(where).rfind(" and ");
    if (at == std::string_view::npos) return false;
    const Span first{where.begin, where.begin + static_cast<uint32_t>(at)}, second{first.end + 5, where.end};
    if (std::any_of(nodes().begin(), nodes().end(), [&](const MentionNode& node) {
          return node.name && node.type == ThingType::person && first.contains(*node.name);
        }))
      return false;  // “Brandt and other officials”
    const std::string head = to_lower(document_.at(head_of(document_, second)));
    return is_plural_noun(head) && is_anonymous(head, words_of(document_.at(second)), false);
  }

  // “She asked not to be named because she fears for her job”: said of somebody in a sentence of its own.
  std::optional<Part> asked_reason(uint32_t cluster) const {
    for (uint32_t a = 0; a < document_.attributions.size(); ++a) {
      const Attribution& attribution = document_.attributions[a];
      if (!coreference_.sources[a] || nodes()[*coreference_.sources[a]].cluster != cluster || attribution.cue.empty() || attribution.content.empty())
        continue;
      const std::string content = to_lower(text_of(document_, attribution.content));
      for (const char* wish : {"not to be named", "not to be identified", "not to be quoted", "to remain anonymous", "to be named", "that his name",
                               "that her name", "that their name"})
        if (content.starts_with(wish) && attribution.content.spans.front().begin >= attribution.cue.spans.front().begin)
          return Part{{{attribution.cue.spans.front().begin, attribution.content.spans.back().end}}};
    }
    return std::nullopt;
  }

  bool is_cited(size_t node) const {
    for (uint32_t a = 0; a < document_.attributions.size(); ++a)
      if (coreference_.sources[a] == node && is_relay(document_.attributions[a])) return true;
    return false;
  }

  bool coreference_source(size_t node) const {
    return std::any_of(coreference_.sources.begin(), coreference_.sources.end(), [&](const auto& source) { return source && *source == node; });
  }

  // The whole source that a node is the core of: its relative clause says why somebody is not named.
  std::optional<Span> source_around(size_t node) const {
    for (uint32_t a = 0; a < document_.attributions.size(); ++a)
      if (coreference_.sources[a] && *coreference_.sources[a] == node) return envelope(document_.attributions[a].source->part);
    return std::nullopt;
  }

  Span sentence_around(Span span) const {
    for (const Sentence& sentence : document_.sentences)
      if (sentence.span.contains({span.begin, span.begin + 1})) return sentence.span;
    return span;
  }

  SourceEntity make_source_entity(Id<Attribution> attribution, Id<Entity> id, const Entity& entity) const {
    SourceEntity out{attribution, id, Identity::described};
    if (entity.name) out.identity = Identity::named;
    else if (entity.type == EntityType::unnamed) out.identity = Identity::anonymous;
    out.kind = kind_from(entity.type == EntityType::unnamed ? *entity.of : entity.type, document_.attributions[attribution].source->kind);
    return out;
  }

  const Document& document_;
  const Coreference coreference_;
  const std::unordered_set<std::string> governing_ = find_governing(document_);
  const Knowledge* const knowledge_;
  std::vector<std::vector<size_t>> members_;
};

}  // namespace

EntityLayers find_entities(const Document& document, const FoundMentions& found, const MentionModel& model, const Knowledge* knowledge) {
  return EntityFinder(document, find_coreference(document, found, model, knowledge), knowledge).run();
}

}  // namespace sayso
