#include "provenance/provenance.h"

#include <algorithm>
#include <map>
#include <set>

#include "attribution/cue_list.h"
#include "attribution/lexicon.h"
#include "attribution/nesting.h"
#include "provenance/circumstances.h"
#include "provenance/retellings.h"
#include "provenance/silence.h"
#include "text/news_names.h"

namespace sayso {

namespace {

using Chain = std::vector<Id<Entity>>;

// The day of publication: the document's own, else the dateline's when it has a year.
std::optional<std::string> day_of(const Document& document) {
  if (document.published) return document.published;
  for (const Section& section : document.sections)
    if (section.kind == SectionKind::dateline && section.date.size() == 10 && section.date[0] != '-') return section.date;
  return std::nullopt;
}

class ProvenanceFinder {
 public:
  explicit ProvenanceFinder(const Document& document) : document_(document), words_(document), agencies_(find_agencies(document)) {
    for (uint32_t e = 0; e < document.entities.size(); ++e)
      for (const Mention& mention : document.entities[e].mentions) mentions_.emplace_back(mention.span, Id<Entity>{e});
    std::sort(mentions_.begin(), mentions_.end());
  }

  ProvenanceLayers run() {
    ProvenanceLayers out{{"provenance", {}}, find_non_responses(document_, words_), {"provenance", {}}};
    find_firsts();
    find_links();
    carry_links();
    carry_links_of_all();
    add_learned();
    std::vector<Chain> chains;
    for (uint32_t i = 0; i < document_.attributions.size(); ++i) chains.push_back(chain_of(i));
    for (uint32_t i = 0; i < document_.attributions.size(); ++i) {
      Circumstances& c = circumstances_[i];
      out.provenance.items.push_back({chains[i], std::move(c.medium), std::move(c.addressee), std::move(c.occasion), std::move(c.time), {}, {}, {}});
    }
    const std::vector<bool> silent = find_refusals(document_.attributions, out.non_responses);
    const Retellings retellings(document_, words_, chains, silent);
    retellings.fill(out.provenance.items);
    out.summary.items.push_back(summarise(chains, silent, retellings));
    return out;
  }

 private:
  // Of each attribution, who said it first: its source's entity, or the unnamed origin that was made for it (document.h, Entity).
  void find_firsts() {
    const SourceEntities meant(document_);
    uint32_t origins = 0;
    for (const Attribution& a : document_.attributions) origins += a.source ? 0 : 1;
    uint32_t next = static_cast<uint32_t>(document_.entities.size()) - origins;
    for (uint32_t i = 0; i < document_.attributions.size(); ++i) {
      const SourceEntity* source = meant.of(Id<Attribution>{i});
      firsts_.push_back(source ? source->entity : Id<Entity>{next++});
    }
  }

  // The entity that these words are: of the mentions in or around them the longest inside, else the shortest around; names first.
  std::optional<Id<Entity>> entity_of(Span span) const {
    std::optional<Id<Entity>> best;
    std::pair<int, uint32_t> best_rank{};
    const auto consider = [&](const std::pair<Span, Id<Entity>>& mention) {
      if (!mention.first.overlaps(span)) return;
      const bool inside = span.contains(mention.first);
      if (!inside && !mention.first.contains(span)) return;
      const bool named = document_.entities[mention.second].name.has_value();
      const std::pair<int, uint32_t> rank{(named ? 2 : 0) + (inside ? 1 : 0), inside ? mention.first.size() : UINT32_MAX - mention.first.size()};
      if (!best || rank > best_rank) best = mention.second, best_rank = rank;
    };
    auto at = std::lower_bound(mentions_.begin(), mentions_.end(), std::pair{Span{span.begin, 0}, Id<Entity>{0}});
    for (auto back = at; back != mentions_.begin() && at - back < 12;) consider(*--back);
    for (; at != mentions_.end() && at->first.begin < span.end; ++at) consider(*at);
    return best;
  }

  // Who is meant by a whole phrase, and not by a word of it: “Reuters’ lawyer” is not Reuters.
  std::optional<Id<Entity>> addressed(Span phrase) const {
    while (phrase.size() > 3 && (document_.at(phrase).ends_with("”") || document_.at(phrase).ends_with("\"")))
      phrase.end -= document_.at(phrase).ends_with("”") ? 3 : 1;
    std::optional<Id<Entity>> best;
    uint32_t size = 0;
    for (auto at = std::lower_bound(mentions_.begin(), mentions_.end(), std::pair{Span{phrase.begin, 0}, Id<Entity>{0}});
         at != mentions_.end() && at->first.begin < phrase.end; ++at)
      if (at->first.end >= phrase.end && at->first.size() > size) best = at->second, size = at->first.size();
    if (best) {
      // “A court in Panama” is not Panama.
      const std::string_view before = document_.at({phrase.begin, std::max(phrase.begin, phrase.end - std::min(size, phrase.end - phrase.begin))});
      const bool of_another = before.ends_with(" in ") || before.ends_with(" of ") || before.ends_with(" at ") || before.ends_with(" for ") ||
                              before.ends_with(" from ");
      return of_another ? std::nullopt : best;
    }
    // “Channel Four’s ‘Morning Hour’”: whose programme it is, when nobody knows the programme.
    const std::string_view words = document_.at(phrase);
    for (const std::string_view mark : {"’s ", "'s "}) {
      const size_t owner = words.find(mark), thing = owner + mark.size();
      if (owner == std::string_view::npos || owner == 0 || thing >= words.size()) continue;
      const std::string_view rest = words.substr(thing);
      if (!(rest[0] == '"' || rest.starts_with("“") || rest.starts_with("‘") || (rest[0] >= 'A' && rest[0] <= 'Z'))) continue;
      const auto broadcaster = entity_of({phrase.begin, phrase.begin + static_cast<uint32_t>(owner)});
      if (broadcaster && is_outlet(*broadcaster)) return broadcaster;
    }
    return std::nullopt;
  }

  // Does this one print, broadcast or wire what it is told?
  bool is_outlet(Id<Entity> id) const {
    const Entity& entity = document_.entities[id];
    if (entity.type == EntityType::publication) return true;
    if (!entity.name) return false;
    const std::string lower = to_lower(*entity.name);
    if (is_agency(lower) || kind_of(split_words(*entity.name)) == SourceKind::publication) return true;
    if (entity.type != EntityType::organisation) return false;
    const std::vector<std::string> words = words_of(*entity.name);
    return std::any_of(words.begin(), words.end(), [](const std::string& word) { return is_medium_word(word) || is_agency(word); });
  }

  // “a draft seen by the Business Ledger”: so it prints what it is told as well.
  bool prints_elsewhere(Id<Entity> id) const {
    return std::any_of(shown_to_.begin(), shown_to_.end(), [&](Span span) { return entity_of(span) == id; });
  }

  // Who keeps his name back tells a medium, when it has a name and is none of the bodies that are told things in office.
  bool is_told_in_confidence(uint32_t attribution, Id<Entity> id) const {
    const Entity& entity = document_.entities[id];
    if (!entity.name || entity.type != EntityType::organisation || document_.entities[firsts_[attribution]].type != EntityType::unnamed) return false;
    static const std::set<std::string> in_office = {"council", "committee", "commission", "court", "senate", "parliament", "congress", "ministry",
                                                    "department", "police", "board", "government", "house", "union", "party", "assembly", "inquiry"};
    const std::vector<std::string> words = words_of(*entity.name);
    return std::none_of(words.begin(), words.end(), [](const std::string& word) { return in_office.contains(word); });
  }

  bool is_publisher(Id<Entity> id) const {
    const Entity& entity = document_.entities[id];
    if (!document_.publisher || !entity.name || document_.publisher->name.empty()) return false;
    const std::string publisher = to_lower(document_.publisher->name);
    return to_lower(*entity.name) == publisher ||
           std::any_of(entity.names.begin(), entity.names.end(), [&](const std::string& name) { return to_lower(name) == publisher; });
  }

  void find_links() {
    const CircumstanceFinder finder(document_, words_, day_of(document_));
    for (uint32_t i = 0; i < document_.attributions.size(); ++i) {
      circumstances_.push_back(finder.find(Id<Attribution>{i}));
      shown_to_.insert(shown_to_.end(), circumstances_.back().outlets.begin(), circumstances_.back().outlets.end());
    }
    for (uint32_t i = 0; i < document_.attributions.size(); ++i) {
      Circumstances& c = circumstances_[i];
      Chain links;
      const auto add = [&](std::optional<Id<Entity>> id) {
        if (id && *id != firsts_[i] && !is_publisher(*id) && std::find(links.begin(), links.end(), *id) == links.end()) links.push_back(*id);
      };
      for (const Span outlet : c.outlets)
        if (const auto id = entity_of(outlet)) {
          const EntityType type = document_.entities[*id].type;
          if (type != EntityType::country && type != EntityType::place) add(id);  // “the Journal of Norrholm” is not Norrholm
        }
      if (c.medium) {
        c.medium->entity = entity_of(envelope(c.medium->part));
        if (c.medium->entity && *c.medium->entity == firsts_[i]) c.medium->entity.reset();
        // “in an interview with the daily”, “on Radio Ostmark”: it passes on what it heard. “in a letter to the council” passes nothing on.
        const auto may_be_outlet = [&](const Entity& entity) {
          return entity.name && entity.type != EntityType::person && entity.type != EntityType::place && entity.type != EntityType::country;
        };
        const bool heard = c.medium->kind == MediumKind::interview || c.medium->kind == MediumKind::broadcast;
        const bool passes_on =
            c.medium->entity && (is_outlet(*c.medium->entity) || (heard && may_be_outlet(document_.entities[*c.medium->entity])));
        if (passes_on && c.medium->kind != MediumKind::social_media) add(c.medium->entity);
        else if (!passes_on) c.medium->entity.reset();
      }
      if (c.addressee) {
        c.addressee->entity = addressed(envelope(c.addressee->part));
        if (c.addressee->entity &&
            (is_outlet(*c.addressee->entity) || prints_elsewhere(*c.addressee->entity) || is_told_in_confidence(i, *c.addressee->entity)))
          add(c.addressee->entity);
      }
      links_.push_back(std::move(links));
    }
  }

  // Has it words of its own for how it came about?
  bool has_other_occasion(uint32_t i) const {
    const Circumstances& c = circumstances_[i];
    // “He asked the government to send helicopters”: whom he asks is no occasion on which he says it.
    if (c.medium || (c.addressee && document_.attributions[i].type != AttributionType::eventuality)) return true;
    if (!c.occasion) return false;
    const std::vector<std::string> words = words_of(text_of(document_, *c.occasion));
    static const std::set<std::string> answering = {"answering", "answered", "asked", "pressed", "when", "replying", "responding"};
    return !answering.contains(words.front()) && std::find(words.begin(), words.end(), "question") == words.end();
  }

  // An outlet holds for the same speaker's other statements: the one named last before, else the first behind.
  void carry_links() {
    std::map<Id<Entity>, std::vector<uint32_t>> by_speaker;
    for (uint32_t i = 0; i < document_.attributions.size(); ++i)
      if (!document_.attributions[i].within) by_speaker[firsts_[i]].push_back(i);
    for (const auto& [speaker, told] : by_speaker) {
      std::vector<uint32_t> through;
      for (const uint32_t i : told)
        if (!links_[i].empty()) through.push_back(i);
      if (through.empty()) continue;
      for (const uint32_t i : told) {
        if (!links_[i].empty() || has_other_occasion(i)) continue;
        const auto behind = std::lower_bound(through.begin(), through.end(), i);
        carried_[i] = behind == through.begin() ? *behind : *std::prev(behind);
      }
    }
  }

  // “One of the people said”: it came by the medium that they all told.
  void carry_links_of_all() {
    for (uint32_t i = 1; i < document_.attributions.size(); ++i) {
      const Attribution& a = document_.attributions[i];
      const std::vector<std::string> words = a.source && !a.within ? words_of(text_of(document_, a.source->part)) : std::vector<std::string>();
      if (words.size() < 3 || words[0] != "one" || words[1] != "of" || !links_[i].empty() || carried_.contains(i) || has_other_occasion(i)) continue;
      for (uint32_t k = i; k-- > 0;)
        if (!document_.attributions[k].within) {
          if (document_.entities[firsts_[k]].type == EntityType::unnamed && !links_[k].empty()) carried_[i] = k;
          break;
        }
    }
  }

  // “She has left, the Courier has learned. She wrote a letter, sources said”: the sources are the Courier's, in its paragraph and the next.
  void add_learned() {
    std::optional<uint32_t> learned;
    for (uint32_t i = 0; i < document_.attributions.size(); ++i) {
      const Attribution& a = document_.attributions[i];
      if (a.within || a.cue.empty()) continue;
      const std::vector<std::string> cue = words_of(text_of(document_, a.cue));
      if (is_outlet(firsts_[i])) {
        const bool learns = std::any_of(cue.begin(), cue.end(),
                                        [](const std::string& word) { return is_one_of(word, {"learned", "learnt", "understands"}); });
        learned = learns && !is_publisher(firsts_[i]) ? std::optional(i) : std::nullopt;
      } else if (learned && links_[i].empty() && !carried_.contains(i) && document_.entities[firsts_[i]].type == EntityType::unnamed) {
        const uint32_t from = envelope(document_.attributions[*learned].cue).end;
        const std::string_view between = document_.at({from, std::max(from, envelope(a.cue).begin)});
        const size_t paragraph = between.find("\n\n");
        if (paragraph == std::string_view::npos || between.find("\n\n", paragraph + 2) == std::string_view::npos)
          links_[i].push_back(firsts_[*learned]);
      }
    }
  }

  Chain chain_of(uint32_t attribution) const {
    Chain chain;
    const auto add = [&](Id<Entity> id) {
      if (std::find(chain.begin(), chain.end(), id) == chain.end()) chain.push_back(id);
    };
    std::optional<Id<Attribution>> at = Id<Attribution>{attribution};
    // “A, quoting B, says X”: what A says is B's, and both came the same way.
    for (uint32_t i = 0; i < document_.attributions.size(); ++i)
      if (document_.attributions[i].within == at && passes_on(document_.attributions[attribution], document_.attributions[i])) return chain_of(i);
    for (; at; at = document_.attributions[*at].within) {
      add(firsts_[at->index]);
      const auto carried = carried_.find(at->index);
      for (const Id<Entity> link : links_[carried == carried_.end() ? at->index : carried->second]) add(link);
    }
    add_given(document_.attributions[attribution], add);
    return chain;
  }

  // “The caravan. (Picture: Denham Fire Service)”: who took the picture did not bring the words.
  bool is_of_picture(const Section& credit) const {
    return credit.kind == SectionKind::credit && std::any_of(document_.sections.begin(), document_.sections.end(), [&](const Section& section) {
             return section.kind == SectionKind::caption && section.span.contains(credit.span);
           });
  }

  // The way that the page itself says it came: the agency of dateline, byline or credit, and the input's own hops, which may hold it too.
  template <class Add>
  void add_given(const Attribution& attribution, const Add& add) const {
    const uint32_t where = (attribution.cue.empty() ? attribution.content : attribution.cue).spans.front().begin;
    std::optional<Id<Entity>> agency;
    for (size_t s = 0; s < document_.sections.size() && !agency; ++s)
      if (agencies_[s] && !is_publisher(*agencies_[s]) && !is_of_picture(document_.sections[s])) agency = agencies_[s];
    const auto add_hops = [&](bool origins) {
      for (size_t h = 0; h < document_.hops.size() && h < document_.hop_entities.size(); ++h) {
        const Hop& hop = document_.hops[h];
        const std::optional<Id<Entity>>& id = document_.hop_entities[h];
        if (id && hop.origin == origins && hop.span.begin <= where && where < hop.span.end && !is_publisher(*id)) add(*id);
      }
    };
    add_hops(true);
    const bool among_hops = std::find(document_.hop_entities.begin(), document_.hop_entities.end(), agency) != document_.hop_entities.end();
    if (agency && !among_hops) add(*agency);
    add_hops(false);
    if (agency) add(*agency);
  }

  std::optional<double> writer_share() const {
    std::vector<Span> covered, contents;
    for (const Section& section : document_.sections)
      if (section.kind != SectionKind::dateline && section.kind != SectionKind::note && section.kind != SectionKind::quote_block)
        covered.push_back(section.span);
    for (const Attribution& a : document_.attributions) contents.insert(contents.end(), a.content.spans.begin(), a.content.spans.end());
    const SpanIndex not_body(std::move(covered)), told(std::move(contents));
    uint32_t body = 0, own = 0;
    for (const Sentence& sentence : document_.sentences) {
      if (not_body.overlaps(sentence.span)) continue;
      ++body;
      own += !told.overlaps(sentence.span);
    }
    return body ? std::optional(static_cast<double>(own) / body) : std::nullopt;
  }

  Summary summarise(const std::vector<Chain>& chains, const std::vector<bool>& silent, const Retellings& retellings) const {
    Summary out;
    out.attributions = static_cast<uint32_t>(document_.attributions.size());
    std::set<Id<Entity>> named, anonymous, independent, first, later;
    for (const SourceEntity& source : document_.source_entities) {
      if (silent[source.attribution.index]) continue;
      if (source.identity == Identity::named) named.insert(source.entity);
      if (source.identity == Identity::anonymous) anonymous.insert(source.entity);
    }
    for (uint32_t i = 0; i < chains.size(); ++i) {
      if (silent[i]) continue;
      if (!document_.attributions[i].source) anonymous.insert(chains[i].front());
      if (!document_.attributions[i].within) independent.insert(chains[i].front());
      first.insert(chains[i].front());
      later.insert(chains[i].begin() + 1, chains[i].end());
    }
    out.named_sources = static_cast<uint32_t>(named.size());
    out.anonymous_sources = static_cast<uint32_t>(anonymous.size());
    out.independent_sources = static_cast<uint32_t>(independent.size());
    std::set_difference(later.begin(), later.end(), first.begin(), first.end(), std::back_inserter(out.relays));
    out.writer_share = writer_share();
    out.headline = retellings.headline();
    return out;
  }

  const Document& document_;
  const Words words_;
  const std::vector<std::optional<Id<Entity>>> agencies_;  // of each section
  std::vector<std::pair<Span, Id<Entity>>> mentions_;      // by begin
  // Of each attribution.
  Chain firsts_;
  std::vector<Chain> links_;                  // outlets that its own words name
  std::map<uint32_t, uint32_t> carried_;      // whose outlets it came through, when it names none
  std::vector<Circumstances> circumstances_;
  std::vector<Span> shown_to_;                // of all: who was shown a document, in the sources' words
};

}  // namespace

ProvenanceLayers find_provenance(const Document& document) { return ProvenanceFinder(document).run(); }

}  // namespace sayso
