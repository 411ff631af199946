#include "entities/roles.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_set>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "base/unicode.h"
#include "entities/function_words.h"
#include "entities/names.h"
#include "entities/phrases.h"
#include "entities/source_words.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;

// A title as it is said.
std::string full_title(const std::string& word) {
  static const std::map<std::string, std::string> full = {{"gov", "governor"}, {"sen", "senator"}, {"rep", "representative"}, {"prof", "professor"},
                                                          {"gen", "general"}, {"dr", "doctor"}, {"capt", "captain"}, {"col", "colonel"},
                                                          {"lt", "lieutenant"}, {"sgt", "sergeant"}};
  const auto found = full.find(word);
  return found == full.end() ? word : found->second;
}

// In the headline, or in the first two paragraphs behind it: what is a headline is not always known. A text of one paragraph has no top.
bool stands_at_top(const Document& document, Span span) {
  uint32_t body = 0;
  for (const Section& section : document.sections)
    if ((section.kind == SectionKind::headline || section.kind == SectionKind::byline || section.kind == SectionKind::dateline) &&
        section.span.begin <= body + 3)
      body = std::max(body, section.span.end);
  const size_t begin = document.text.find_first_not_of(" \n", body);
  if (begin == std::string::npos) return false;
  const size_t first = document.text.find("\n\n", begin + 2);
  if (first == std::string::npos) return false;
  const size_t second = document.text.find("\n\n", first + 2);
  return span.begin <= (second == std::string::npos ? first : second);
}

// At most four paragraphs on: further down it may be another.
bool follows_soon(const Document& document, uint32_t end, uint32_t begin) {
  if (begin < end) return false;
  size_t breaks = 0;
  for (size_t at = document.text.find("\n\n", end); at < begin; at = document.text.find("\n\n", at + 2))
    if (++breaks > 4) return false;
  return true;
}

bool is_among(const std::vector<std::string>& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

}  // namespace

std::vector<std::string> role_words(const MentionClusters& clusters, size_t n) {
  const MentionNode& node = clusters.nodes()[n];
  const Span role = node.name ? Span{node.span.begin, node.name->begin} : node.kind == MentionKind::nominal ? node.span : Span{0, 0};
  if (role.begin >= role.end) return {};
  std::vector<std::string> words = words_of(clusters.document().at(role));
  std::erase(words, ".");
  for (std::string& word : words) word = full_title(word);
  return words;
}

bool has_role(const MentionClusters& clusters, size_t cluster, const std::vector<std::string>& words, const std::string& head) {
  static const WordSet prepositions = {"of", "at", "in", "for", "from", "on", "to", "with"};
  for (const size_t n : clusters[cluster].nodes) {
    const std::vector<std::string> known = role_words(clusters, n);
    // “A library assistant at the branch” is no branch: what somebody is stands in front of the first preposition.
    const auto own = std::find_if(known.begin(), known.end(), [](const std::string& word) { return prepositions.contains(word); });
    // Nor is “the squad’s former president” the squad.
    const auto possessive = std::find_if(known.begin(), own, [](const std::string& word) { return word == "’" || word == "'"; });
    const auto first = possessive == own ? known.begin() : possessive;
    if (std::find(first, own, head) == own) continue;
    if (std::all_of(words.begin(), words.end(), [&](const std::string& word) { return is_definite(word) || is_among(known, word); })) return true;
  }
  return false;
}

Roles::Roles(const MentionClusters& clusters, const Knowledge* knowledge)
    : document_(clusters.document()), clusters_(clusters), knowledge_(knowledge), offices_(find_offices()) {}

// ---- roles that the text gives ----

std::optional<size_t> Roles::by_role(size_t i, const std::string& head) const {
  const MentionNode& node = clusters_.nodes()[i];
  if (is_plural_noun(head)) return std::nullopt;
  if (node.type != ThingType::person && !is_speaking_role(head)) return std::nullopt;  // “the village” is no village innkeeper
  if (kind_of({head}) == SourceKind::organisation || head == "police") return std::nullopt;  // “the government” is no government spokesman
  std::vector<std::string> words = words_of(document_.at({node.span.begin, node.head.end}));
  // “the head of the transport ministry” is the transport minister.
  static const WordSet leading = {"head", "chief", "leader"};
  std::string role = head;
  if (leading.contains(head)) {
    const std::vector<std::string> behind = words_of(document_.at({node.head.end, node.span.end}));
    if (behind.size() > 2 && behind.front() == "of" && behind.back() == "ministry") {
      words.pop_back();
      for (size_t k = 1; k + 1 < behind.size(); ++k)
        if (!is_definite(behind[k])) words.push_back(behind[k]);
      role = "minister";
    }
  }
  if (words.empty() || !is_definite(words.front())) {
    if (words.size() > 1 || !starts_sentence(document_, node.span)) return std::nullopt;  // “Minister: …” in a headline has no article
  }
  const KnownThing* const nation = nation_of(i);
  std::optional<size_t> only;
  for (size_t c = 0; c < clusters_.size(); ++c) {
    if (clusters_[c].names.empty() || !clusters_[c].person) continue;
    if (!has_role(clusters_, c, words, role) || !clusters_.may_join(c, i) || (nation && is_of_other_nation(c, head, nation))) continue;
    if (only) return std::nullopt;
    only = clusters_[c].nodes.front();
  }
  return only;
}

std::optional<size_t> Roles::by_later_title(size_t i, const std::string& head) const {
  static const WordSet titles = {"prosecutor", "judge", "minister", "mayor", "governor", "bishop", "sheriff"};
  const MentionNode& node = clusters_.nodes()[i];
  if (!titles.contains(head) || node.type != ThingType::person || node.speaker || !clusters_.attribution_of(i)) return std::nullopt;
  if (!stands_at_top(document_, node.span)) return std::nullopt;
  const auto is_justice = [&](size_t n) {  // and nobody of the Justice Department
    const std::vector<std::string> words = role_words(clusters_, n);
    return clusters_.nodes()[n].name && !words.empty() && words.back() == "justice";
  };
  const auto is_called = [&](size_t c) {
    return has_role(clusters_, c, {}, head) || (head == "bishop" && has_role(clusters_, c, {}, "archbishop")) ||
           (head == "judge" && std::any_of(clusters_[c].nodes.begin(), clusters_[c].nodes.end(), is_justice)) ||
           (head == "prosecutor" && has_role(clusters_, c, {"district"}, "attorney"));
  };
  std::optional<size_t> only;
  for (size_t c = 0; c < clusters_.size(); ++c) {
    if (clusters_[c].names.empty() || !clusters_[c].person || !clusters_.may_join(c, i) || !is_called(c)) continue;
    if (only) return std::nullopt;  // two of them: nobody
    // The headline's “Judge” may be of the cluster already: it is the name that must follow.
    only = *std::ranges::find_if(clusters_[c].nodes, [&](size_t n) { return clusters_.nodes()[n].name.has_value(); });
  }
  return only && follows_soon(document_, node.span.end, clusters_.nodes()[*only].span.begin) ? only : std::nullopt;
}

const KnownThing* Roles::nation_of(size_t i) const {
  const MentionNode& node = clusters_.nodes()[i];
  if (knowledge_ == nullptr) return nullptr;
  const uint32_t begin = node.span.begin, end = node.name ? node.name->begin : node.head.begin;
  for (size_t t = token_at(document_, begin); t < document_.tokens.size() && document_.tokens[t].span.begin < end; ++t) {
    const Span word = document_.tokens[t].span;
    if (is_capital(document_, word))
      if (const KnownThing* nation = knowledge_->find(document_.at(word), KnownType::country)) return nation;
  }
  const std::string_view behind = node.name ? std::string_view() : document_.at({node.head.end, std::max(node.head.end, node.span.end)});
  return behind.starts_with(" of ") ? knowledge_->find(behind.substr(4), KnownType::country) : nullptr;
}

bool Roles::is_of_other_nation(size_t cluster, const std::string& head, const KnownThing* nation) const {
  return std::any_of(clusters_[cluster].nodes.begin(), clusters_[cluster].nodes.end(), [&](size_t n) {
    if (!is_among(role_words(clusters_, n), head)) return false;
    const KnownThing* other = nation_of(n);
    return other && other != nation;
  });
}

bool Roles::has_other_role(size_t cluster, size_t i, const std::string& head) const {
  static const WordSet of_any = {"former", "longtime", "veteran", "u.s", "s", "u"};
  const MentionNode& node = clusters_.nodes()[i];
  std::vector<std::string> words = words_of(document_.at({node.span.begin, node.head.end}));
  std::erase_if(words, [](const std::string& word) { return is_definite(word) || is_party_adjective(word) || of_any.contains(word) || word == "."; });
  if (words.size() < 2) return false;  // “the Democratic senator” is any senator
  for (const size_t n : clusters_[cluster].nodes) {
    const std::vector<std::string> role = role_words(clusters_, n);
    const auto own = std::find(role.begin(), role.end(), head);
    if (own == role.end() || own == role.begin()) continue;              // “Senator”: nothing against any
    if (own == role.begin() + 1 && is_definite(role.front())) continue;  // “the senator”
    return !has_role(clusters_, cluster, words, head);
  }
  return false;
}

// ---- offices that are known ----

// Those of whom the text names in full, or by title and name (“Chancellor Merkel”), each with the node that does so.
std::vector<Roles::HeldOffice> Roles::find_offices() const {
  std::vector<HeldOffice> offices;
  if (knowledge_ == nullptr) return offices;
  std::set<std::pair<std::string_view, const Office*>> known;
  for (size_t n = 0; n < clusters_.nodes().size(); ++n) {
    const MentionNode& node = clusters_.nodes()[n];
    if (!node.name || node.type != ThingType::person) continue;
    std::vector<const Office*> held = knowledge_->offices_of(document_.at(*node.name));
    if (held.empty()) held = knowledge_->offices_of(document_.at(trim_name(document_, node.span)));
    for (const Office* office : held)
      if (known.emplace(document_.at(node.span), office).second) offices.push_back({n, office});
  }
  return offices;
}

std::optional<size_t> Roles::by_office(size_t i, const std::string& head) const {
  const MentionNode& node = clusters_.nodes()[i];
  if (knowledge_ == nullptr || is_plural_noun(head) || node.name || node.type != ThingType::person) return std::nullopt;
  std::string_view described = document_.at(node.span);
  if (!to_lower(described.substr(0, 4)).starts_with("the ")) return std::nullopt;
  described.remove_prefix(4);
  for (const std::string_view clause : {",", "\n", " and ", " who "}) described = described.substr(0, described.find(clause));
  const bool former = described.starts_with("former ") || described.starts_with("ex-");
  if (former) described.remove_prefix(described.starts_with("ex-") ? 3 : 7);
  std::string text(described);
  if (text.starts_with("GOP ")) text.replace(0, 4, "Republican ");
  std::optional<size_t> only;  // a cluster
  for (const HeldOffice& held : offices_) {
    const size_t cluster = clusters_.of(held.node);
    if (only && *only == cluster) continue;
    if (!clusters_[cluster].person || !is_called(*held.office, text, former) || !was_held(*held.office, former)) continue;
    if (!clusters_.may_join(cluster, i)) continue;
    // Whom the text calls president is nominee no more.
    if (!document_.published && head == "nominee" && has_role(clusters_, cluster, {}, "president")) continue;
    if (only) return std::nullopt;
    only = cluster;
  }
  if (!only || (to_lower(text) == text && !former && !is_only_one(*only, head))) return std::nullopt;
  return clusters_[*only].nodes.front();
}

// “chancellor”, “German chancellor”, “chancellor of Germany”. Without its country an office is told from others only where it is a party's or the day
// is known; and “the former secretary of state” is rather the country's than a state's.
bool Roles::is_called(const Office& office, const std::string& text, bool former) const {
  const std::string lower = to_lower(text), role = to_lower(office.role);
  if (lower.size() != text.size()) return false;  // a letter whose small form has another length
  if (lower.starts_with(role + " of ")) return knowledge_->is_name_of(std::string_view(text).substr(role.size() + 4), office.of);
  const bool leads = role == "head of state or government" && lower.ends_with(" leader");
  if (!lower.ends_with(role) && !leads) return false;
  const size_t before = lower.size() - (leads ? std::string_view(" leader").size() : role.size());
  if (before == 0) return document_.published || is_party_adjective(words_of(role).front()) || (former && role.find(" of ") != std::string::npos);
  if (!leads && text[before - 1] != ' ') return false;
  return knowledge_->is_name_of(std::string_view(text).substr(0, before - (leads ? 0 : 1)), office.of);
}

bool Roles::was_held(const Office& office, bool former) const {
  if (!document_.published) return !former || !office.to.empty();
  const std::string day = document_.published->substr(0, 10);
  return former ? !office.to.empty() && office.to < day : office.from <= day && (office.to.empty() || day <= office.to);
}

// “The president”, without a country: is this one named more than in passing, and does the text call nobody else so?
bool Roles::is_only_one(size_t cluster, const std::string& head) const {
  const auto is_name = [&](size_t n) { return clusters_.nodes()[n].name.has_value(); };
  if (std::count_if(clusters_[cluster].nodes.begin(), clusters_[cluster].nodes.end(), is_name) < 2) return false;
  for (size_t other = 0; other < clusters_.size(); ++other)
    if (other != cluster && has_role(clusters_, other, {}, head)) return false;
  return true;
}

}  // namespace sayso
