#include "entities/link_descriptions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "base/unicode.h"
#include "entities/function_words.h"
#include "entities/names.h"
#include "entities/roles.h"
#include "entities/source_words.h"
#include "text/news_names.h"

namespace sayso {

namespace {

using WordSet = std::unordered_set<std::string>;

// How sure the network must be of a link. Below zero: something that must have an antecedent takes the best there is.
constexpr float least_for_he = -2.0f;
constexpr float gain_of_only_one = 6.0f;      // … and more so where the paragraph names nobody else
constexpr float gain_of_last_speaker = 3.0f;  // “…,” she added: who speaks on in a paragraph is mostly who spoke
constexpr float loss_of_description = 3.0f;   // “he” is rather somebody with a name than “the manager”
constexpr float weight_of_first_name = 4.0f;  // “Ida” alone is mostly “she”
constexpr float least_behind = 2.0f;          // “In her report, Ida Sund says”, unless the network knows better
constexpr float least_for_name_behind = -2.0f;  // “he” and “his” of nobody yet are somebody who is named later
constexpr float least_for_it = 0.0f;
constexpr float least_for_description = 0.0f;
constexpr float least_for_what_is_introduced = 1.0f;  // “a spokesman”, “his wife”: mostly somebody new

class DescriptionLinker {
 public:
  DescriptionLinker(MentionClusters& clusters, const LiveItems& items, const Knowledge* knowledge)
      : document_(clusters.document()), nodes_(clusters.nodes()), sources_(clusters.sources()), clusters_(clusters), items_(items),
        roles_(clusters, knowledge), linked_(clusters.nodes().size(), false) {}

  void run() {
    for (const bool quoted : {false, true})
      for (size_t i = 0; i < nodes_.size(); ++i) {
        if (nodes_[i].name || nodes_[i].speaker.has_value() != quoted) continue;
        // “his illness”: who he is comes first, or the illness may be taken for him.
        for (size_t k = i + 1; k < nodes_.size() && nodes_[k].span.begin < nodes_[i].span.end; ++k)
          if (is_he(k) && nodes_[k].speaker.has_value() == quoted) link(k);
        link(i);
      }
    link_to_names_behind();
  }

 private:
  // A description or pronoun, and what is asked of it again and again.
  struct Anaphor {
    size_t node;
    std::string head, first;                            // its head word and its first word, in lower case
    bool third = false, thing = false, plural = false;  // “he”, “it”, “they”
    bool writer = false;                                // “I” of nobody's quotation
    bool introduces = false;                            // “a spokesman”, “his wife”
  };

  Anaphor read(size_t i) const {
    const MentionNode& node = nodes_[i];
    Anaphor out{i, to_lower(document_.at(node.head)), first_word(document_, node.span)};
    if (node.kind == MentionKind::pronoun) {
      out.third = is_third_person(out.head);
      out.thing = is_thing_pronoun(out.head);
      out.plural = is_plural_pronoun(out.head);
      out.writer = !node.speaker && is_first_person_singular(out.head) && !is_quoted(document_, node.span);
    } else {
      out.introduces = is_indefinite(out.first) || is_possessive(out.first);
    }
    return out;
  }

  bool is_he(size_t i) const { return nodes_[i].kind == MentionKind::pronoun && is_third_person(to_lower(document_.at(nodes_[i].head))); }

  void link(size_t i) {
    if (linked_[i]) return;
    linked_[i] = true;
    const MentionNode& node = nodes_[i];
    const Anaphor anaphor = read(i);
    if (node.kind == MentionKind::pronoun && is_first_person(anaphor.head) && node.speaker && sources_[*node.speaker]) {
      if (clusters_.may_join(clusters_.of(*sources_[*node.speaker]), i)) clusters_.join(i, *sources_[*node.speaker]);
      return;
    }
    // In a speech or a letter nobody says who “I” is: all of them are one.
    const std::vector<size_t>& joined = clusters_[clusters_.of(i)].nodes;
    if (std::any_of(joined.begin(), joined.end(), [&](size_t n) { return nodes_[n].head != node.head; })) return;  // an apposition
    if (node.kind == MentionKind::pronoun && (anaphor.head == "who" || anaphor.head == "which" || anaphor.head == "that")) {
      link_relative(i);
      return;
    }
    std::optional<size_t> antecedent = node.kind == MentionKind::pronoun ? std::nullopt : find_by_rule(anaphor);
    if (!antecedent) antecedent = find_by_score(anaphor);
    if (!antecedent && anaphor.third) antecedent = speaker_before(i);
    if (antecedent) clusters_.join(i, *antecedent);
  }

  // ---- by rule ----

  // What the words of a description alone say.
  std::optional<size_t> find_by_rule(const Anaphor& anaphor) const {
    const size_t i = anaphor.node;
    const bool of_document = kind_of(split_words(document_.at(nodes_[i].span))) == SourceKind::document;
    if (anaphor.introduces && !of_document) return is_indefinite(anaphor.first) ? roles_.by_later_title(i, anaphor.head) : std::nullopt;
    if (anaphor.introduces) return nodes_[i].kind == MentionKind::nominal ? same_head(i, anaphor.head) : std::nullopt;
    const bool definite = anaphor.first == "the";
    std::optional<size_t> found = roles_.by_role(i, anaphor.head);
    if (!found) found = roles_.by_later_title(i, anaphor.head);
    if (!found) found = roles_.by_office(i, anaphor.head);
    if (!found && anaphor.head == "police") found = only_police(i);
    if (!found && definite) found = known_body(i, anaphor.head);
    if (!found && (definite || of_document)) found = same_head(i, anaphor.head);
    return found;
  }

  // “An official, who …”: a relative pronoun stands for the phrase right before it.
  void link_relative(size_t i) {
    const Span pronoun = nodes_[i].span;
    std::optional<size_t> best;
    for (size_t j = 0; j < i; ++j) {
      const MentionNode& other = nodes_[j];
      if (other.kind == MentionKind::pronoun || other.head.begin >= pronoun.begin) continue;
      if (other.type != ThingType::person && to_lower(document_.at(pronoun)) == "who") continue;
      const bool around = other.span.contains(pronoun);  // the network's mentions hold their relative clauses
      const bool before = other.span.end <= pronoun.begin && pronoun.begin - other.span.end <= 2;
      if (!around && !before) continue;
      if (!best || other.span.end > nodes_[*best].span.end || other.head.begin > nodes_[*best].head.begin) best = j;
    }
    if (best) clusters_.join(i, *best);
  }

  // “The union” is the body last named whose name says that it is one; “the company”, “the newspaper” the last that can be. No more than the article
  // stands before the word.
  std::optional<size_t> known_body(size_t i, const std::string& head) const {
    static const WordSet companies = {"company", "firm", "operator", "group", "manufacturer", "maker", "carrier", "airline", "supplier", "retailer",
                                      "corporation", "consultancy", "club"};
    static const WordSet papers = {"newspaper", "paper", "daily", "magazine", "tabloid", "weekly", "broadcaster", "outlet"};
    const MentionNode& node = nodes_[i];
    if (node.type == ThingType::person || node.span.end != node.head.end) return std::nullopt;
    if (words_of(document_.at(node.span)).size() != 2) return body_with_these_words(i, head);
    const bool company = companies.contains(head), paper = papers.contains(head);
    if (!is_body_word(head) && !company && !paper) return std::nullopt;
    // “Harrowgate said …, the club added”.
    if (const auto speaker = company ? last_body_before(i) : std::nullopt; speaker && clusters_.may_join(*speaker, i))
      return clusters_[*speaker].nodes.front();
    for (size_t j = i; j-- > 0;) {
      const MentionNode& other = nodes_[j];
      if (!other.name || other.type == ThingType::person || other.span.overlaps(node.span) || (other.speaker && !node.speaker)) continue;
      const MentionCluster& cluster = clusters_[clusters_.of(j)];
      const bool is_paper = std::any_of(cluster.nodes.begin(), cluster.nodes.end(), [&](size_t n) { return is_named_paper(n); });
      const auto has_body_word = [](const std::vector<std::string>& name) { return std::any_of(name.begin(), name.end(), is_body_word); };
      const bool is_other_body = std::any_of(cluster.names.begin(), cluster.names.end(), has_body_word) ||
                                 std::any_of(cluster.nodes.begin(), cluster.nodes.end(), [&](size_t n) {  // “the trade union Metaal Nu”
        const std::vector<std::string> words = role_words(clusters_, n);
        return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return is_body_word(word) && !companies.contains(word); });
      });
      const bool is_called_paper = std::any_of(papers.begin(), papers.end(), [&](const std::string& word) { return is_called(cluster, word); });
      const bool fits = is_called(cluster, head) || (paper && (is_paper || is_called_paper)) ||
                        (company && head != "club" && !is_other_body && !is_paper && other.type == ThingType::organisation);
      if (fits && clusters_.may_join(clusters_.of(j), i)) return j;
    }
    return std::nullopt;
  }

  // Does a name or description of this body have the word: “the operator, Caldrail”, “the sports daily Final Whistle”?
  bool is_called(const MentionCluster& cluster, const std::string& word) const {
    const auto has_word = [&](const std::vector<std::string>& words) { return std::find(words.begin(), words.end(), word) != words.end(); };
    return std::any_of(cluster.names.begin(), cluster.names.end(), has_word) ||
           std::any_of(cluster.nodes.begin(), cluster.nodes.end(), [&](size_t n) {
      const MentionNode& node = nodes_[n];
      return (!node.name || node.span.begin < node.name->begin) && has_word(words_of(document_.at(node.span)));
    });
  }

  bool is_named_paper(size_t n) const {
    if (!nodes_[n].name) return false;
    const std::string_view name = document_.at(*nodes_[n].name);
    return kind_of(split_words(name)) == SourceKind::publication || is_agency(to_lower(name));
  }

  // “Police”, “the police” are the one force that the text names (“the Tverdal Police Department”).
  std::optional<size_t> only_police(size_t i) const {
    static const WordSet ends = {"police", "department", "force", "service", "dept"};
    const MentionNode& node = nodes_[i];
    const std::vector<std::string> words = words_of(document_.at(node.span));
    if (node.span.end != node.head.end || words.size() > 2 || (words.size() == 2 && words.front() != "the")) return std::nullopt;
    const auto is_force = [&](const std::vector<std::string>& name) {
      return name.size() > 1 && ends.contains(name.back()) && std::find(name.begin(), name.end(), "police") != name.end();
    };
    std::optional<size_t> only;
    for (size_t c = 0; c < clusters_.size(); ++c) {
      if (clusters_[c].person || std::none_of(clusters_[c].names.begin(), clusters_[c].names.end(), is_force) || !clusters_.may_join(c, i)) continue;
      if (only) return std::nullopt;
      only = clusters_[c].nodes.front();
    }
    return only;
  }

  // “The appeals court” is the one body whose name has all these words: “the Court of Appeals for Tverdal”.
  std::optional<size_t> body_with_these_words(size_t i, const std::string& head) const {
    if (!is_body_word(head)) return std::nullopt;
    const auto stem = [](const std::string& word) { return is_plural_noun(word) ? word.substr(0, word.size() - 1) : word; };
    std::vector<std::string> words = words_of(document_.at(nodes_[i].span));
    words.erase(words.begin());
    const auto has_all = [&](const std::vector<std::string>& name) {
      return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::any_of(name.begin(), name.end(), [&](const std::string& other) { return stem(other) == stem(word); });
      });
    };
    std::optional<size_t> only;
    for (size_t c = 0; c < clusters_.size(); ++c) {
      if (std::none_of(clusters_[c].names.begin(), clusters_[c].names.end(), has_all)) continue;
      if (clusters_[c].person || !clusters_.may_join(c, i)) continue;
      if (only) return std::nullopt;
      only = clusters_[c].nodes.front();
    }
    return only;
  }

  // “The letter” is the last letter that was spoken of, when nothing else tells them apart.
  // What the headline calls “poll” is the first poll of the body, article or not.
  std::optional<size_t> same_head(size_t i, const std::string& head) const {
    const MentionNode& node = nodes_[i];
    if (node.kind == MentionKind::pronoun || node.name || is_plural_noun(head) || node.type == ThingType::person) return std::nullopt;
    const std::vector<std::string> words = words_of(document_.at({node.span.begin, node.head.end}));
    if (words.size() < 2 || is_possessive(words.front())) return std::nullopt;
    const bool bare = words.front() == "the" && (words.size() == 2 || (words.size() == 3 && words[1] == "same"));
    const bool of_study = bare && head == "report" && is_only_report(i);
    const auto plain = [](const std::string& word) {
      static const std::map<std::string, std::string> one = {{"survey", "poll"}, {"research", "study"}};
      return one.contains(word) ? one.at(word) : word;
    };
    for (size_t j = i; j-- > 0;) {
      const MentionNode& other = nodes_[j];
      const size_t cluster = clusters_.of(j);
      if (other.kind == MentionKind::pronoun || other.span.overlaps(node.span)) continue;
      if (other.name) {  // “the Tverdal Harbour Study”
        const std::vector<std::string>& name = clusters_.words_of_name(j);
        const bool says_it = other.type == ThingType::other && name.size() > 1 && kind_of({head}) == SourceKind::document &&
                             (name.back() == head || (of_study && name.back() == "study"));
        if (bare && says_it && clusters_.may_join(cluster, i)) return j;
        continue;
      }
      if (plain(to_lower(document_.at(other.head))) != plain(head) || !clusters_.may_join(cluster, i)) continue;
      if (bare || (is_in_headline(document_, other.span) && clusters_[cluster].nodes.size() == 1)) return j;
    }
    return std::nullopt;
  }

  // “The report” in a text that introduces none (“a report”, “the commission’s report”): that of the study it names.
  bool is_only_report(size_t i) const {
    return std::none_of(nodes_.begin(), nodes_.begin() + static_cast<std::ptrdiff_t>(i), [&](const MentionNode& other) {
      const std::string head = to_lower(document_.at(other.head));
      return other.kind != MentionKind::pronoun && (head == "report" || head == "reports") &&
             to_lower(document_.at({other.span.begin, other.head.end})) != "the report";
    });
  }

  // ---- by the network's score ----

  static float least_for(const Anaphor& anaphor, MentionKind kind) {
    if (anaphor.third) return least_for_he;
    if (kind == MentionKind::pronoun) return least_for_it;
    return anaphor.introduces ? least_for_what_is_introduced : least_for_description;
  }

  std::optional<size_t> find_by_score(const Anaphor& anaphor) const {
    const size_t i = anaphor.node;
    const MentionNode& node = nodes_[i];
    const bool nominal = node.kind == MentionKind::nominal;
    const auto own = node.kind == MentionKind::pronoun ? clusters_.attribution_of(i) : std::nullopt;
    const Part* const own_content = own ? &document_.attributions[*own].content : nullptr;
    const Expected expected = expected_speaker(anaphor);
    const KnownThing* const nation = nominal && !node.name && node.type == ThingType::person ? roles_.nation_of(i) : nullptr;
    const auto may_join = [&](size_t cluster) {
      return clusters_.may_join(cluster, i) && !(nation && roles_.is_of_other_nation(cluster, anaphor.head, nation));
    };
    std::unordered_map<size_t, bool> joinable;  // of each cluster, once
    std::optional<size_t> best;
    float most = least_for(anaphor, node.kind);
    for (size_t j = i; j-- > 0;) {
      const MentionNode& other = nodes_[j];
      if (node.found && other.found && *node.found > *other.found + farthest_antecedent) break;
      if (!is_antecedent(anaphor, j)) continue;
      const auto [known, is_new] = joinable.try_emplace(clusters_.of(j));
      if (is_new) known->second = may_join(clusters_.of(j));
      if (!known->second) continue;
      // “… because the local crews, they complain, are worn out”: who speaks is not whom he speaks of.
      if (own_content && stands_in(*own_content, other.span)) continue;
      if (anaphor.plural && other.name && other.type == ThingType::person) continue;
      float score = clusters_.score(i, j);
      if (anaphor.third && other.kind == MentionKind::nominal) score -= loss_of_description;
      // Who spoke last may be a source that is none of the network's mentions: it has no score, and the gain alone counts.
      if (expected.cluster == clusters_.of(j)) score = std::max(score, least_for_he) + expected.gain;
      score += gain_of_first_name(anaphor, clusters_.of(j));
      if (score > most) {
        most = score;
        best = j;
      }
    }
    if (const auto behind = anaphor.third ? subject_behind(i) : std::nullopt; behind && may_join(clusters_.of(*behind))) {
      const float score = std::max(clusters_.score(i, *behind), least_behind) + gain_of_first_name(anaphor, clusters_.of(*behind));
      if (score > most) return behind;
    }
    return best;
  }

  // How much a cluster's first name without a last one speaks for “he” or “she”; 0 for what is neither.
  float gain_of_first_name(const Anaphor& anaphor, size_t cluster) const {
    const MentionCluster& found = clusters_[cluster];
    if (!anaphor.third || found.gender || !found.likely) return 0;
    return found.likely == gender_of(anaphor.head) ? weight_of_first_name : -weight_of_first_name;
  }

  // “In her report, | Ida Sund says”: the person whose name begins right behind the first comma of a sentence that opens with a phrase or clause of
  // its own, when nobody else with a name stands in that.
  std::optional<size_t> subject_behind(size_t i) const {
    static const WordSet openings = {"in", "on", "at", "after", "before", "when", "while", "although", "though", "because", "since", "as", "for",
                                     "during", "with", "despite", "by", "throughout", "upon", "following", "if", "until", "once", "to", "from",
                                     "through", "under", "among", "unlike", "like", "even", "whereas", "without", "due", "besides", "near", "towards",
                                     "given", "having", "of", "about", "over", "early", "late", "later"};
    const Span pronoun = nodes_[i].span, sentence = sentence_around(document_, pronoun.begin);
    if (!openings.contains(first_word(document_, sentence))) return std::nullopt;
    const size_t comma = document_.at(sentence).find(", ");
    if (comma == std::string_view::npos || sentence.begin + comma < pronoun.end) return std::nullopt;
    const auto names_person = [&](size_t k) { return nodes_[k].name && nodes_[k].type == ThingType::person; };
    for (size_t k = i; k-- > 0 && nodes_[k].span.begin >= sentence.begin;)
      if (names_person(k)) return std::nullopt;
    std::optional<size_t> subject;
    for (size_t k = i + 1; k < nodes_.size() && nodes_[k].span.begin <= sentence.begin + comma + 2; ++k)
      if (names_person(k) && nodes_[k].span.begin == sentence.begin + comma + 2) subject = k;
    if (!subject) return std::nullopt;
    const std::string_view behind = std::string_view(document_.text).substr(nodes_[*subject].name->end, 5);
    for (const std::string_view other : {",", "'", "’", " and ", " or "})  // “With her dog, Rex, …”, “…, Sund's dog …”
      if (behind.starts_with(other)) return std::nullopt;
    return subject;
  }

  // “He went on … In 1977 Sund met …”: pronouns that found nobody before them are the person whose name, behind them, the network links to them most.
  void link_to_names_behind() {
    for (size_t c = 0; c < clusters_.size(); ++c) {
      const std::vector<size_t> pronouns = clusters_[c].nodes;
      if (pronouns.empty() || !std::all_of(pronouns.begin(), pronouns.end(), [&](size_t i) { return is_he(i); })) continue;
      std::unordered_map<size_t, bool> joinable;  // of each cluster, once
      std::optional<size_t> best;
      float most = least_for_name_behind;
      for (const size_t i : pronouns) {
        const Anaphor anaphor = read(i);
        const size_t begin = i > farthest_antecedent ? i - farthest_antecedent : 0, end = std::min(nodes_.size(), i + farthest_antecedent);
        for (size_t k = begin; k < end; ++k) {
          if (!nodes_[k].name || nodes_[k].type != ThingType::person) continue;
          const size_t cluster = clusters_.of(k);
          const float score = clusters_.score(i, k) + gain_of_first_name(anaphor, cluster);
          if (score <= most) continue;
          const auto [known, is_new] = joinable.try_emplace(cluster);
          if (is_new) known->second = clusters_.may_join(cluster, i) && std::none_of(pronouns.begin(), pronouns.end(), [&](size_t p) {
            return nodes_[p].speaker && sources_[*nodes_[p].speaker] && clusters_.of(*sources_[*nodes_[p].speaker]) == cluster;
          });
          if (!known->second) continue;
          most = score;
          best = k;
        }
      }
      if (best) clusters_.join(pronouns.front(), *best);
    }
  }

  static bool stands_in(const Part& part, Span span) {
    return std::any_of(part.spans.begin(), part.spans.end(), [&](Span piece) { return piece.contains(span); });
  }

  // Can node j be the antecedent at all, by what it is and where it stands?
  bool is_antecedent(const Anaphor& anaphor, size_t j) const {
    const MentionNode &node = nodes_[anaphor.node], &other = nodes_[j];
    const bool pronoun = other.kind == MentionKind::pronoun, person = other.type == ThingType::person;
    const bool of_person = clusters_[clusters_.of(j)].person;
    // What stands in a quotation and is no name is looked at only from inside of quotations.
    if (other.speaker && !node.speaker && !other.name) return false;
    // Who writes does not speak of himself by name, and addresses another as “you”.
    if (anaphor.writer && !(pronoun && is_first_person_singular(to_lower(document_.at(other.head))))) return false;
    if (anaphor.third && !pronoun && !person && !of_person) return false;
    if (anaphor.third && other.kind == MentionKind::nominal && is_plural_noun(to_lower(document_.at(other.head)))) return false;
    if (anaphor.thing && (of_person || (!pronoun && person))) return false;
    if (anaphor.thing && opens_name(j)) return false;
    if (node.kind == MentionKind::nominal) {
      if (node.type == ThingType::other && other.name) return false;  // “the site” is not the church that it attacks
      if (!pronoun && other.type != node.type && (node.type == ThingType::person || person)) return false;
      if (is_plural_noun(anaphor.head) && other.name && person) return false;
    }
    // “He” and “the director” inside somebody's words are not that somebody.
    const bool spoken = (anaphor.third || node.kind == MentionKind::nominal) && node.speaker && sources_[*node.speaker];
    return !(spoken && clusters_.of(j) == clusters_.of(*sources_[*node.speaker]));
  }

  // “The Orvanian defence” of “the Orvanian defence ministry”: what the network cut off a body's name.
  bool opens_name(size_t j) const {
    const Span span = nodes_[j].span;
    const auto goes_on = [&](const MentionNode& other) {
      return other.name && other.type == ThingType::organisation && other.span.begin <= span.begin && other.span.end > span.end &&
             other.head.begin >= span.end && other.name->begin <= nodes_[j].head.begin;
    };
    for (size_t k = j; k-- > 0 && nodes_[k].span.begin + 100 > span.begin;)
      if (goes_on(nodes_[k])) return true;
    for (size_t k = j + 1; k < nodes_.size() && nodes_[k].span.begin <= span.begin; ++k)
      if (goes_on(nodes_[k])) return true;
    return false;
  }

  // ---- who spoke last ----

  // The cluster that the course of the talk is for, and how much that counts.
  struct Expected {
    std::optional<size_t> cluster;
    float gain = gain_of_last_speaker;
  };

  Expected expected_speaker(const Anaphor& anaphor) const {
    const size_t i = anaphor.node;
    const MentionNode& node = nodes_[i];
    if (anaphor.third) {
      if (node.speaker) return {};
      const std::optional<size_t> last = last_speaker_before(i), only = only_one_named_before(i, ThingType::person);
      const std::optional<size_t> cluster = last && clusters_.may_join(*last, i) ? last : only;
      if (!cluster) {
        const std::optional<size_t> before = speaker_of_paragraph_before(i);
        return {before, before && !is_other_named_since(*before, i) ? gain_of_only_one : gain_of_last_speaker};
      }
      return {cluster, cluster == only ? gain_of_only_one : gain_of_last_speaker};
    }
    if (anaphor.head == "it" && !node.speaker && clusters_.attribution_of(i)) {
      const std::optional<size_t> last = last_body_before(i);
      if (last) return {last};
      if (const auto before = body_of_paragraph_before(i)) return {before};
      // “It says” goes on with the letter that spoke before.
      const std::optional<size_t> spoke = last_source_before(i, [](size_t) { return true; });
      return {spoke && nodes_[*spoke].type == ThingType::other ? std::nullopt : only_one_named_before(i, ThingType::organisation)};
    }
    if (anaphor.plural) return {subject_around(i)};
    if (node.kind != MentionKind::nominal || anaphor.first != "the") return {};
    return {varied_speaker(i, anaphor.head)};
  }

  // The last source that begins before node i and that `fits`.
  template <class Fits>
  std::optional<size_t> last_source_before(size_t i, const Fits& fits) const {
    std::optional<size_t> last;
    for (const auto& source : sources_) {
      if (!source || nodes_[*source].span.begin >= nodes_[i].span.begin || nodes_[*source].speaker || !fits(*source)) continue;
      if (!last || nodes_[*source].span.begin > nodes_[*last].span.begin) last = source;
    }
    return last;
  }

  // Do these two, in text order, stand in one paragraph?
  bool share_paragraph(size_t earlier, size_t later) const {
    const uint32_t begin = nodes_[earlier].span.end, end = std::max(begin, nodes_[later].span.begin);
    return document_.at({begin, end}).find("\n\n") == std::string_view::npos;
  }

  bool is_many(size_t node) const { return is_plural_noun(to_lower(document_.at(nodes_[node].head))); }

  // The last source before node i that is one person.
  std::optional<size_t> last_person_before(size_t i) const {
    return last_source_before(i, [&](size_t source) {
      return (nodes_[source].type == ThingType::person || clusters_[clusters_.of(source)].person) && !is_many(source);
    });
  }

  // The cluster of who spoke last before node i in its paragraph, when it is a source that is no more than “he” or “she”.
  std::optional<size_t> last_speaker_before(size_t i) const {
    if (!clusters_.attribution_of(i)) return std::nullopt;
    const std::optional<size_t> last = last_person_before(i);
    return last && share_paragraph(*last, i) ? std::optional(clusters_.of(*last)) : std::nullopt;
  }

  // Does source i's paragraph follow that of node `last`, in one item, with nobody named or described in front of i who `could_be_meant`?
  template <class CouldBeMeant>
  bool goes_on_from_paragraph_before(size_t last, size_t i, const CouldBeMeant& could_be_meant) const {
    if (items_.item_at(nodes_[last].span.begin) != items_.item_at(nodes_[i].span.begin)) return false;
    const size_t begin = document_.text.find_first_not_of('\n', document_.text.find("\n\n", nodes_[last].span.end));
    if (document_.text.find("\n\n", begin) < nodes_[i].span.begin || !clusters_.may_join(clusters_.of(last), i)) return false;
    for (size_t k = i; k-- > 0 && nodes_[k].span.begin >= begin;)
      if (!nodes_[k].speaker && nodes_[k].kind != MentionKind::pronoun && could_be_meant(k)) return false;
    return true;
  }

  // “Sund said that it leaks.⏎⏎“It will be closed,” she said”: the cluster of who spoke last in the paragraph before, with a name, when nobody else
  // stands in source i's paragraph in front of it.
  std::optional<size_t> speaker_of_paragraph_before(size_t i) const {
    if (!clusters_.attribution_of(i)) return std::nullopt;
    const std::optional<size_t> last = last_person_before(i);
    if (!last || clusters_[clusters_.of(*last)].names.empty() || share_paragraph(*last, i)) return std::nullopt;
    const bool goes_on = goes_on_from_paragraph_before(*last, i, [&](size_t k) { return nodes_[k].type == ThingType::person && !is_many(k); });
    return goes_on ? std::optional(clusters_.of(*last)) : std::nullopt;
  }

  // Is a person of another cluster named between node i and the last node before it that is of this one?
  bool is_other_named_since(size_t cluster, size_t i) const {
    for (size_t k = i; k-- > 0 && clusters_.of(k) != cluster;)
      if (nodes_[k].name && nodes_[k].type == ThingType::person) return true;
    return false;
  }

  // “We hear that the owners hire abroad because the crews, they complain, are worn out”: the cluster of the many whom the content around source i
  // begins with.
  std::optional<size_t> subject_around(size_t i) const {
    const std::optional<size_t> own = clusters_.attribution_of(i);
    if (!own || !document_.attributions[*own].within) return std::nullopt;
    const Part& around = document_.attributions[*document_.attributions[*own].within].content;
    if (around.empty()) return std::nullopt;
    uint32_t begin = around.spans.front().begin;
    if (document_.at(around.spans.front()).starts_with("that ")) begin += 5;
    for (size_t k = 0; k < i; ++k)
      if (nodes_[k].span.begin == begin && is_many(k)) return clusters_.of(k);
    return std::nullopt;
  }

  // “Hribar goes back in spring. “They wait,” she said”, “The council is less hopeful. Growth will be low, it said”: the cluster of the one of that
  // type whom source i's paragraph names before it.
  std::optional<size_t> only_one_named_before(size_t i, ThingType type) const {
    if (!clusters_.attribution_of(i)) return std::nullopt;
    const size_t paragraph = document_.text.rfind("\n\n", nodes_[i].span.begin);
    std::optional<size_t> only;
    std::unordered_set<size_t> seen;  // clusters
    for (size_t k = i; k-- > 0 && i - k < farthest_antecedent && (paragraph == std::string::npos || nodes_[k].span.begin > paragraph);) {
      // “The president” is named too when the text says who that is.
      if (nodes_[k].kind == MentionKind::pronoun || nodes_[k].type != type || nodes_[k].speaker) continue;
      if (clusters_[clusters_.of(k)].names.empty() || !seen.insert(clusters_.of(k)).second || !clusters_.may_join(clusters_.of(k), i)) continue;
      if (only) return std::nullopt;
      only = clusters_.of(k);
    }
    return only;
  }

  // The cluster of the body with a name that spoke last before node i in its paragraph, when nobody else has since.
  std::optional<size_t> last_body_before(size_t i) const {
    const std::optional<size_t> last = last_source_before(i, [&](size_t source) { return nodes_[source].span.end <= nodes_[i].span.begin; });
    if (!last || nodes_[*last].type != ThingType::organisation || !share_paragraph(*last, i)) return std::nullopt;
    const MentionCluster& cluster = clusters_[clusters_.of(*last)];
    return cluster.person || cluster.names.empty() ? std::nullopt : std::optional(clusters_.of(*last));
  }

  // “The ministry said that shells had landed.⏎⏎“It was no stray round,” it added”: the cluster of the body with a name that spoke last in the
  // paragraph before, when nothing that “it” could be is named in source i's paragraph in front of it.
  std::optional<size_t> body_of_paragraph_before(size_t i) const {
    const std::optional<size_t> last = last_source_before(i, [](size_t) { return true; });
    if (!last || nodes_[*last].type != ThingType::organisation || share_paragraph(*last, i)) return std::nullopt;
    const MentionCluster& cluster = clusters_[clusters_.of(*last)];
    if (cluster.person || cluster.names.empty()) return std::nullopt;
    const bool goes_on = goes_on_from_paragraph_before(*last, i, [&](size_t k) { return nodes_[k].type != ThingType::person; });
    return goes_on ? std::optional(clusters_.of(*last)) : std::nullopt;
  }

  // The cluster of who spoke last, with a name, when source i at the head of a sentence can be another way to call that person (“The singer said”
  // behind “Brandt said”): at most a paragraph apart, nobody new named between, and nothing against it in what that person is called elsewhere.
  std::optional<size_t> varied_speaker(size_t i, const std::string& head) const {
    static const WordSet variations = {"nominee", "candidate", "contender", "businessman", "businesswoman", "billionaire", "millionaire", "mogul",
                                       "tycoon", "republican", "democrat", "senator", "congressman", "congresswoman", "governor", "mayor",
                                       "president", "premier", "chancellor", "lawmaker", "politician", "actor", "actress", "singer", "author",
                                       "writer", "novelist", "director", "coach", "player", "striker", "midfielder", "champion", "musician",
                                       "professor", "entrepreneur", "veteran", "star", "celebrity"};
    const MentionNode& node = nodes_[i];
    const bool by_age = document_.at(node.span).ends_with("-year-old");
    if (!by_age && (!variations.contains(head) || !starts_sentence(document_, node.span))) return std::nullopt;
    if (node.speaker || !clusters_.attribution_of(i)) return std::nullopt;
    const std::optional<size_t> last = last_source_before(i, [&](size_t source) {
      return nodes_[source].span.end <= node.span.begin && nodes_[source].type == ThingType::person;
    });
    if (!last) return std::nullopt;
    std::optional<size_t> called;  // the one person whom the text calls so, without more words that tell
    for (size_t c = 0; c < clusters_.size() && !by_age; ++c) {
      if (!is_named_person(c) || !has_role(clusters_, c, {}, head)) continue;
      if (called) return std::nullopt;
      called = c;
    }
    if (called) return roles_.has_other_role(*called, i, head) ? std::nullopt : called;
    const size_t cluster = clusters_.of(*last);
    if (!is_named_person(cluster) || items_.item_at(nodes_[*last].span.begin) != items_.item_at(node.span.begin)) return std::nullopt;
    size_t paragraphs = 0;
    for (uint32_t at = nodes_[*last].span.end; at < node.span.begin; ++at)
      if (document_.text[at] == '\n' && at > 0 && document_.text[at - 1] != '\n') ++paragraphs;
    if (paragraphs > 1) return std::nullopt;
    for (size_t k = *last + 1; k < i; ++k)  // somebody new
      if (nodes_[k].name && nodes_[k].type == ThingType::person && clusters_.of(k) != cluster && clusters_[clusters_.of(k)].nodes.front() == k)
        return std::nullopt;
    return cluster;
  }

  bool is_named_person(size_t cluster) const { return clusters_[cluster].person && !clusters_[cluster].names.empty(); }

  // “She added”: who speaks on without a name is who spoke before.
  std::optional<size_t> speaker_before(size_t i) const {
    const std::optional<size_t> own = clusters_.attribution_of(i);
    if (!own) return std::nullopt;
    for (size_t a = *own; a-- > 0;) {
      const std::optional<size_t> before = sources_[a];
      if (!before || nodes_[*before].type != ThingType::person || is_many(*before)) continue;
      const bool fits = clusters_.may_join(clusters_.of(*before), i) && gain_of_first_name(read(i), clusters_.of(*before)) >= 0;
      return fits ? before : std::nullopt;
    }
    return std::nullopt;
  }

  const Document& document_;
  const std::vector<MentionNode>& nodes_;
  const SourceNodes& sources_;
  MentionClusters& clusters_;
  const LiveItems& items_;
  const Roles roles_;
  std::vector<bool> linked_;  // nodes
};

}  // namespace

void link_descriptions(MentionClusters& clusters, const LiveItems& items, const Knowledge* knowledge) {
  DescriptionLinker(clusters, items, knowledge).run();
}

}  // namespace sayso
