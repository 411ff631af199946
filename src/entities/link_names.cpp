#include "entities/link_names.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "attribution/cue_list.h"
#include "base/unicode.h"
#include "entities/name_types.h"
#include "entities/names.h"
#include "entities/roles.h"

namespace sayso {

namespace {

// How sure the network must be. Below zero: two phrases side by side are one unless it is against it.
constexpr float least_for_apposition = -2.0f;
// Names that share no word are one only when the network is sure of it.
constexpr float least_for_other_names = 2.0f;

// ---- names ----

bool is_body(const MentionNode& node) { return node.type != ThingType::person; }

// How a name stands to all names of a cluster; nothing when they cannot be one's.
std::optional<NameMatch> match_cluster(const MentionClusters& clusters, size_t i, size_t cluster) {
  const auto match_names = is_body(clusters.nodes()[i]) ? match_bodies : match_persons;
  NameMatch match = NameMatch::none;
  for (const auto& other : clusters[cluster].names) {
    const NameMatch found = match_names(clusters.words_of_name(i), other);
    if (found == NameMatch::conflict) return std::nullopt;
    if (found == NameMatch::same || (found == NameMatch::part && match == NameMatch::none)) match = found;
  }
  return clusters.may_join(cluster, i) ? std::optional(match) : std::nullopt;
}

// “the Front” of “United Dockers’ Front”, “UDF”: the last word with the article, or an acronym.
bool is_short_form(const MentionClusters& clusters, size_t i, size_t j) {
  const auto &a = clusters.words_of_name(i), &b = clusters.words_of_name(j);
  if (is_acronym(a, b) || is_acronym(b, a)) return true;
  const size_t small = a.size() <= b.size() ? i : j, large = a.size() <= b.size() ? j : i;
  const auto &short_name = clusters.words_of_name(small), &long_name = clusters.words_of_name(large);
  if (short_name.size() != 1) return false;
  if (long_name.size() == 2 && short_name.front() == long_name.front()) {
    const auto is_organisation = [&](size_t node) { return clusters.nodes()[node].type == ThingType::organisation; };
    if (is_company_word(long_name.back()) || (is_organisation(small) && is_organisation(large) && shortens_to_front(long_name.back()))) return true;
  }
  return short_name.back() == long_name.back() && first_word(clusters.document(), clusters.nodes()[small].span) == "the";
}

// “U.N.”, “UDF”: capitals and points alone.
bool is_written_short(const Document& document, Span name) {
  const std::string_view text = document.at(name);
  return text.size() < 8 && std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || (c >= 'A' && c <= 'Z'); });
}

// “president” of “former President Brandt”; of “Mr.” nothing, as it tells nobody from others.
std::string title_of(const MentionClusters& clusters, size_t i) {
  const MentionNode& node = clusters.nodes()[i];
  const std::vector<std::string> words = node.name && !is_body(node) ? role_words(clusters, i) : std::vector<std::string>();
  return words.empty() || !is_title(words.back()) || gender_of(words.back()) ? std::string() : words.back();
}

// “Sund was born to | Harald Sund and Ida Moe”: in one sentence nobody is called by the last name first and by the full name behind it.
bool is_another_of_family(const MentionClusters& clusters, size_t i, size_t j) {
  const MentionNode &node = clusters.nodes()[i], &full = clusters.nodes()[j];
  if (is_body(node) || clusters.words_of_name(i).size() != 1 || clusters.words_of_name(j).size() < 2 || node.span.end > full.span.begin) return false;
  if (clusters.words_of_name(i).front() != clusters.words_of_name(j).back()) return false;
  return sentence_around(clusters.document(), node.span.begin).contains(*full.name);
}

// “Orvania” beside “the Orvania Navy”, or the other way round.
bool is_front_of_other(const MentionClusters& clusters, size_t i, size_t cluster) {
  const std::vector<std::string>& own = clusters.words_of_name(i);
  return std::any_of(clusters[cluster].names.begin(), clusters[cluster].names.end(), [&](const std::vector<std::string>& other) {
    const std::vector<std::string>&shorter = own.size() < other.size() ? own : other, &longer = own.size() < other.size() ? other : own;
    return shorter.size() == 1 && longer.size() == 2 && shorter.front() == longer.front() && is_never_its_front(longer.back());
  });
}

// Which of the names seen so far node i is another form of.
std::optional<size_t> find_same_name(const MentionClusters& clusters, const LiveItems& items, const std::vector<size_t>& seen, size_t i) {
  const MentionNode& node = clusters.nodes()[i];
  const std::string title = title_of(clusters, i);
  std::optional<size_t> best;
  std::tuple<int, bool, bool, float, size_t, int64_t> best_rank;
  std::unordered_map<size_t, std::optional<NameMatch>> tried;  // of each cluster, once
  for (const size_t j : seen) {
    const MentionNode& other = clusters.nodes()[j];
    const size_t cluster = clusters.of(j);
    // One body's name is another's only when both are of one type; a person's and a body's never.
    if (is_body(node) != is_body(other)) continue;
    const auto [known, is_new] = tried.try_emplace(cluster);
    if (is_new) known->second = match_cluster(clusters, i, cluster);
    if (!known->second) continue;
    const NameMatch match = *known->second;
    const float score = clusters.score(i, j);
    if (match == NameMatch::part && is_another_of_family(clusters, i, j)) continue;
    if (match == NameMatch::part && is_body(node) && is_front_of_other(clusters, i, cluster)) continue;
    if (match == NameMatch::part && is_body(node) && !is_short_form(clusters, i, j) && score < 0) continue;
    if (match == NameMatch::none && (score < least_for_other_names || node.type != other.type || !is_body(node))) continue;
    if (match != NameMatch::same && is_written_short(clusters.document(), *node.name) && is_written_short(clusters.document(), *other.name)) continue;
    const int64_t distance = -std::abs(static_cast<int64_t>(node.span.begin) - static_cast<int64_t>(other.span.begin));
    const bool near = match == NameMatch::part && items.item_at(node.span.begin) == items.item_at(other.span.begin);
    const bool same_title = match == NameMatch::part && !title.empty() && has_role(clusters, cluster, {}, title);
    const int how = match == NameMatch::same ? 2 : match == NameMatch::part ? 1 : 0;
    // Where the network does not know, “Obama” is the one of that last name whom the text names more often, not the one who stands nearer.
    const auto ends_so = [&](const std::vector<std::string>& name) { return !name.empty() && name.back() == clusters.words_of_name(i).back(); };
    const bool by_last = match == NameMatch::part && !clusters.words_of_name(i).empty() &&
                         std::any_of(clusters[cluster].names.begin(), clusters[cluster].names.end(), ends_so);
    const size_t named = by_last ? clusters[cluster].nodes.size() : 0;
    const std::tuple rank(how, near, same_title, match == NameMatch::same ? 0.0f : std::max(score, 0.0f), named, distance);
    if (!best || best_rank < rank) {
      best = j;
      best_rank = rank;
    }
  }
  return best;
}

// “the Court of Appeals | for the Ninth Circuit”: one name, marked short and long.
bool goes_on(const Document& document, Span name, Span longer) {
  if (name.begin != longer.begin || name.end >= longer.end) return false;
  const std::string_view rest = document.at({name.end, longer.end});
  return rest.starts_with(" for ") || rest.starts_with(" of ");
}

const std::unordered_set<std::string> bodies_of_states = {"ministry", "department", "court", "agency", "police", "council", "institute"};

// “The Orvanian ministry” is the Orvanian Defence Ministry, where the text names no other ministry of Orvania. `named`: nodes with names.
void link_bodies_without_matter(MentionClusters& clusters, const std::vector<size_t>& named) {
  std::unordered_map<std::string, std::vector<size_t>> fuller;  // by the first and last words of names of three or more
  for (const size_t i : named)
    if (const std::vector<std::string>& name = clusters.words_of_name(i); name.size() > 2) fuller[name.front() + " " + name.back()].push_back(i);
  for (size_t i = 0; i < clusters.nodes().size(); ++i) {
    const MentionNode& node = clusters.nodes()[i];
    std::vector<std::string> words = words_of(clusters.document().at(node.span));
    if (words.size() == 3 && words.front() == "the") words.erase(words.begin());
    if (words.size() != 2 || !bodies_of_states.contains(words.back()) || node.type == ThingType::person) continue;
    const auto found = fuller.find(words.front() + " " + words.back());
    if (found == fuller.end()) continue;
    const size_t only = clusters.of(found->second.front());
    const bool several = std::any_of(found->second.begin(), found->second.end(), [&](size_t j) { return clusters.of(j) != only; });
    if (!several && only != clusters.of(i) && clusters.may_join(only, i)) clusters.join(i, found->second.front());
  }
}

// ---- appositions ----

// Two phrases that are one source together are one.
bool is_source_phrase(const Document& document, Span span) {
  return std::any_of(document.attributions.begin(), document.attributions.end(), [&](const Attribution& a) {
    if (!a.source) return false;
    const Span source = envelope(a.source->part);
    if (source.begin > span.begin + 4 || !source.contains(span)) return false;
    const bool acronym = source.end < span.end + 12 && document.at({span.end, source.end}).starts_with(" (");  // “(FWS)”
    return source.end <= span.end + 4 || acronym;
  });
}

void link_results(MentionClusters& clusters, size_t i) {
  static const std::unordered_set<std::string> results = {"results", "findings", "figures", "conclusions", "data"};
  const Document& document = clusters.document();
  const auto& nodes = clusters.nodes();
  if (nodes[i].name || !results.contains(to_lower(document.at(nodes[i].head)))) return;
  for (size_t j = i + 1; j < nodes.size() && nodes[j].span.begin < nodes[i].span.end; ++j) {
    if (!nodes[j].name || nodes[j].name->begin <= nodes[i].head.end) continue;
    const std::string between = to_lower(document.at({nodes[i].head.end, nodes[j].name->begin}));
    if ((between == " of the " || between == " of ") && names_study(document, *nodes[j].name)) clusters.join(i, j);
  }
}

// “The city of | Vestrand” is Vestrand.
void link_place_to_its_name(MentionClusters& clusters, size_t i) {
  static const std::unordered_set<std::string> places = {"city", "town", "village", "state", "province", "republic", "kingdom", "county", "island",
                                                         "municipality", "borough"};
  const Document& document = clusters.document();
  const auto& nodes = clusters.nodes();
  if (nodes[i].name || !places.contains(to_lower(document.at(nodes[i].head)))) return;
  for (size_t j = i + 1; j < nodes.size() && nodes[j].span.begin < nodes[i].span.end; ++j)
    if (nodes[j].name && nodes[j].name->begin > nodes[i].head.end && nodes[j].name->end == nodes[i].span.end &&
        document.at({nodes[i].head.end, nodes[j].name->begin}) == " of ")
      clusters.join(i, j);
}

// “The landlord, who gave his name only as | Ted”, “a nurse who wanted to be identified only by her first name, | Ida”.
void link_given_name(MentionClusters& clusters, size_t i) {
  static constexpr size_t longest = 100;  // bytes from the head word to the name
  static constexpr std::string_view leading_to_name[] = {" name as ", " only as ", "self as ", " first name, ", " first name as ", " first name: ",
                                                         " first name only, "};
  static constexpr std::string_view giving_name[] = {" gave ", " give ", " giving ", " identified ", " named ", " introduced "};
  const Document& document = clusters.document();
  const auto& nodes = clusters.nodes();
  if (nodes[i].name || nodes[i].kind != MentionKind::nominal || nodes[i].type != ThingType::person) return;
  for (size_t j = i + 1; j < nodes.size() && nodes[j].span.begin <= nodes[i].head.end + longest; ++j) {
    if (!nodes[j].name || nodes[j].type != ThingType::person || nodes[j].name->begin <= nodes[i].head.end) continue;
    const std::string between = to_lower(document.at({nodes[i].head.end, nodes[j].name->begin}));
    const auto ends_so = [&](std::string_view end) { return between.ends_with(end); };
    const auto holds = [&](std::string_view verb) { return between.find(verb) != std::string::npos; };
    const bool named = std::ranges::any_of(leading_to_name, ends_so) && std::ranges::any_of(giving_name, holds);
    if (named && holds(" who ") && between.find_first_of(".;:\n\"") == std::string::npos) clusters.join(i, j);
    return;
  }
}

void link_names_behind_roles(MentionClusters& clusters) {
  const Document& document = clusters.document();
  const auto& nodes = clusters.nodes();
  for (size_t a = 0; a < clusters.sources().size(); ++a) {
    if (!clusters.sources()[a]) continue;
    const size_t node = *clusters.sources()[a];
    const Span source = envelope(document.attributions[a].source->part), core = head_of_source(document, source);
    for (size_t i = 0; i < nodes.size(); ++i)
      if (source.contains(nodes[i].span) && is_name_behind_role(document, nodes[i], source, core) &&
          !(nodes[i].span.overlaps(nodes[node].span) && nodes[node].name))
        clusters.join(node, i);
  }
}

// Is one of nodes i and j, in text order, an apposition to the other?
bool is_apposition(const MentionClusters& clusters, size_t i, size_t j) {
  const Document& document = clusters.document();
  const MentionNode &first = clusters.nodes()[i], &second = clusters.nodes()[j];
  const bool apart = second.span.begin == first.span.end + 2 && document.at({first.span.end, second.span.begin}) == ", ";
  const bool inside = first.span.contains(second.span) && first.span.begin < second.span.begin &&
                      document.at({first.span.begin, second.span.begin}).ends_with(", ");
  if (!apart && !inside) return false;
  if (first.kind == MentionKind::pronoun || second.kind == MentionKind::pronoun) return false;
  const bool one_source = is_source_phrase(document, {first.span.begin, second.span.end});
  // “The operator, Caldrail”: of bodies and things the network may not know the type.
  const bool persons = first.type == ThingType::person || second.type == ThingType::person;
  // “The operator”, “the owner”: a body as often as a person.
  static const std::unordered_set<std::string> doers = {"owner", "developer", "builder", "publisher", "contractor", "organiser", "organizer",
                                                        "provider"};
  const std::string head = to_lower(document.at(first.head));
  const bool does = second.type == ThingType::organisation && (is_body_description(head) || doers.contains(head));
  if (first.type != second.type && ((persons && !does) || !one_source)) return false;
  if (first.name.has_value() == second.name.has_value() || clusters.of(i) == clusters.of(j)) return false;
  if (apart && !closes_apposition(document, second.span.end)) return false;
  if (clusters.score(i, j) < least_for_apposition && !one_source) return false;
  return clusters.may_join(clusters.of(i), j, one_source);
}

// “Orvanian” of “the Orvanian ministry” is no short form of another ministry's name. Linear in the nodes that begin near.
bool stands_in_bodys_name(const Document& document, const std::vector<MentionNode>& nodes, size_t i) {
  if (!is_body(nodes[i])) return false;
  const Span name = *nodes[i].name;
  const auto holds = [&](const MentionNode& other) {
    if (!is_body(other)) return false;
    if (other.name) return other.name->contains(name) && other.name->size() > name.size();
    return other.span.contains(name) && other.head.begin >= name.end && bodies_of_states.contains(to_lower(document.at(other.head)));
  };
  for (size_t j = i; j-- > 0 && nodes[j].span.begin + 200 > name.begin;)
    if (holds(nodes[j])) return true;
  for (size_t j = i + 1; j < nodes.size() && nodes[j].span.begin <= name.begin; ++j)
    if (holds(nodes[j])) return true;
  return false;
}

}  // namespace

void link_names(MentionClusters& clusters, const LiveItems& items) {
  const auto& nodes = clusters.nodes();
  // Longer names first, so that “Brandt” finds “Helga Brandt” also where it stands in the headline above her.
  std::vector<size_t> order;
  for (size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i].name && !stands_in_bodys_name(clusters.document(), nodes, i)) order.push_back(i);
  // Behind them those whose title tells a man from a woman: “Mr. Obama” is not Michelle Obama, and “President Obama” is who he is.
  const auto length = [&](size_t i) {
    const size_t words = clusters.words_of_name(i).size();
    return std::pair(std::min<size_t>(2, words), words < 2 && clusters[clusters.of(i)].gender.has_value());
  };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return length(a) > length(b); });
  std::vector<size_t> seen;
  for (const size_t i : order) {
    if (const auto same = find_same_name(clusters, items, seen, i)) clusters.join(i, *same);
    seen.push_back(i);
  }
  link_bodies_without_matter(clusters, order);
  // “the daily “Vestrand Courier” and the name in it: two nodes of one thing.
  const Document& document = clusters.document();
  for (const size_t i : order)
    for (const size_t j : order)
      if (const Span &a = *nodes[i].name, &b = *nodes[j].name; i < j && (a == b || goes_on(document, a, b) || goes_on(document, b, a)))
        clusters.join(i, j);
}

void link_appositions(MentionClusters& clusters) {
  const auto& nodes = clusters.nodes();
  link_names_behind_roles(clusters);
  for (size_t i = 0; i < nodes.size(); ++i) {
    link_results(clusters, i);
    link_place_to_its_name(clusters, i);
    link_given_name(clusters, i);
    for (size_t j = i + 1; j < nodes.size() && nodes[j].span.begin <= nodes[i].span.end + 2; ++j)
      if (is_apposition(clusters, i, j)) clusters.join(i, j);
  }
}

}  // namespace sayso
