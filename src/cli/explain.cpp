#include "cli/explain.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/marks.h"
#include "cli/screen.h"

namespace sayso {
namespace {

// So many sources are worth a name in the first paragraph.
constexpr size_t most_sources = 8;
// A name or a description in a sentence.
constexpr size_t name_columns = 80;
// So many entries of a kind are worth reading; the rest is counted.
constexpr size_t most_entries = 20;

std::string capitalised(std::string sentence) {
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z') sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  return sentence;
}

// “a, b and c”; with semicolons where one of them has a comma.
std::string listed(const std::vector<std::string>& items) {
  const bool commas = std::any_of(items.begin(), items.end(), [](const std::string& item) { return item.find(',') != std::string::npos; });
  std::string out;
  for (size_t i = 0; i < items.size(); ++i)
    out += (i == 0 ? "" : i + 1 < items.size() ? (commas ? "; " : ", ") : commas ? "; and " : " and ") + items[i];
  return out;
}

std::string as_word(size_t number) {
  static constexpr const char* words[] = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
  return number < std::size(words) ? words[number] : std::to_string(number);
}

std::vector<Id<Attribution>> heard(const Document& document) {
  std::vector<Id<Attribution>> out;
  for (uint32_t i = 0; i < document.factuality.size(); ++i)
    if (document.factuality[i].hearsay) out.push_back({i});
  return out;
}

// The independent sources, as the summary counts them, and “through the Vestrand Courier”: the links of theirs that not everything came through.
class Throughs {
 public:
  Throughs(const Document& document, const Findings& findings) : findings_(findings) {
    const size_t of_all = findings.links_of_all().size();
    const std::vector<bool> refusals = find_refusals(document.attributions, document.non_responses);
    for (uint32_t i = 0; i < document.attributions.size(); ++i) {
      if (document.attributions[i].within || refusals[i]) continue;
      const auto& chain = document.provenance[i].chain;
      auto [at, is_new] = sources_.try_emplace(chain.front());
      if (is_new) order_.push_back(chain.front());
      ++at->second.attributions;
      for (size_t k = 1; k + of_all < chain.size(); ++k) {
        auto& links = at->second.links;
        const auto known = std::find_if(links.begin(), links.end(), [&](const auto& link) { return link.first == chain[k]; });
        if (known == links.end()) links.emplace_back(chain[k], 1);
        else ++known->second;
      }
    }
  }

  // As the text brings them.
  const std::vector<Id<Entity>>& sources() const { return order_; }

  std::string of(Id<Entity> source) const {
    const Ways& ways = sources_.at(source);
    std::vector<std::string> all, some;
    for (const auto& [link, count] : ways.links)
      (count == ways.attributions ? all : some).push_back(findings_.called_in_sentence(link, name_columns));
    for (auto* links : {&all, &some})
      if (links->size() > most_sources) links->resize(most_sources);
    std::string out;
    if (!all.empty()) out = "through " + listed(all);
    if (!some.empty()) out += (out.empty() ? "" : ", ") + std::string("partly through ") + listed(some);
    return out;
  }

 private:
  struct Ways {
    size_t attributions = 0;
    std::vector<std::pair<Id<Entity>, size_t>> links;  // and how many attributions came through them
  };
  const Findings& findings_;
  std::map<Id<Entity>, Ways> sources_;
  std::vector<Id<Entity>> order_;
};

std::string sources_sentence(const Document& document, const Findings& findings) {
  const Throughs throughs(document, findings);
  std::vector<std::string> items;
  size_t wordless = 0, left_out = 0;
  for (const Id<Entity> source : throughs.sources()) {
    if (findings.is_wordless(source)) {
      ++wordless;
      continue;
    }
    if (items.size() == most_sources) {
      ++left_out;
      continue;
    }
    std::string notes = document.entities[source].type == EntityType::unnamed ? "not named" : "";
    if (const std::string through = throughs.of(source); !through.empty()) notes += (notes.empty() ? "" : ", ") + through;
    items.push_back(findings.called_in_sentence(source, name_columns) + (notes.empty() ? "" : " (" + notes + ")"));
  }
  if (left_out > 0) items.push_back(as_word(left_out) + " more");
  if (wordless > 0) items.push_back(as_word(wordless) + " whom no words name");
  return counted(throughs.sources().size(), "independent source") + (items.empty() ? "." : ": " + listed(items) + ".");
}

std::string heard_sentence(const Document& document, const Findings& findings) {
  const std::vector<Id<Attribution>> all = heard(document);
  if (all.empty()) return "";
  const std::optional<Id<Entity>> by = findings.passed_on_by(all.front());
  const bool one_speaker = by && std::all_of(all.begin(), all.end(), [&](Id<Attribution> one) { return findings.passed_on_by(one) == by; });
  std::string out = capitalised(as_word(all.size())) + (all.size() == 1 ? " thing is only heard" : " things are only heard");
  if (one_speaker) out += "; " + findings.called_in_sentence(*by, name_columns) + " passes " + (all.size() == 1 ? "it" : "them") + " on";
  return out + ".";
}

std::string silence_sentence(const Document& document, const NonResponse& silent, const Findings& findings) {
  if (!silent.entity) return capitalised(opening_of(document, silent.part, 2 * name_columns)) + ".";
  const char* const kinds[] = {" gave no comment.", " declined to comment.", " did not respond."};
  return capitalised(findings.called_in_sentence(*silent.entity, name_columns)) + kinds[static_cast<size_t>(silent.kind)];
}

// What stands under the paragraph.
class Explanation {
 public:
  Explanation(const Document& document, const ViewStyle& style, std::string& out)
      : document_(document), meant_(document), findings_(document, meant_), columns_(std::max<size_t>(style.columns, 20)), page_(out, style) {}

  void write() {
    page_.rule(neutralise(name_of(document_)), "");
    page_.indent("  ", "  ");
    if (document_.title) line(opening_of_title(), bold_pen);
    for (const Warning& warning : document_.warnings) line("! " + neutralise(warning.what), Pen{33, false, false, false});
    line(sum_up(document_, findings_), plain_pen);
    page_.end_paragraph();
    if (document_.attributions.size() == 0) return;
    write_contradictions();
    write_heard();
    write_headline();
    write_unnamed();
    if (const auto& share = document_.summary[0].writer_share) {
      page_.indent("  ", "  ");
      line(*share == 0 ? "Of each sentence of the report at least a part is attributed to somebody."
           : percent(*share) + " of the report’s sentences are the writer’s own: no part of them is attributed to anybody.",
           plain_pen);
      page_.end_paragraph();
    }
  }

 private:
  std::string opening_of_title() const { return shorten(neutralise(*document_.title), 4 * columns_); }

  void line(const std::string& words, Pen pen) {
    page_.put(words, pen);
    page_.end_line();
  }

  void heading(const std::string& words) {
    page_.indent("  ", "  ");
    line(words, bold_pen);
  }

  // “14  Aksel Lund – denied – that any meeting had taken place (…)”. `numbers`: the attribution's, and of those that repeat it.
  void statement(Id<Attribution> attribution, const std::string& numbers, const std::string& note, size_t depth = 0) {
    const std::string margin(std::min<size_t>(2 + 2 * depth, columns_ / 5), ' ');
    page_.indent(margin + std::string(numbers.size() < 2 ? 2 - numbers.size() : 0, ' ') + numbers + "  ", margin + "    ");
    const Attribution& it = document_.attributions[attribution];
    const Id<Entity> first = document_.provenance[attribution.index].chain.front();
    page_.put(findings_.called(first, columns_), source_pen);
    if (const auto by = findings_.passed_on_by(attribution); by && *by != first)
      page_.put(", through " + findings_.called_in_sentence(*by, columns_), plain_pen);
    if (!it.cue.empty()) {
      page_.put(" – ", faint_pen);
      page_.put(opening_of(document_, it.cue, columns_), cue_pen);
    }
    if (!it.content.empty()) {
      page_.put(" – ", faint_pen);
      page_.put(opening_of(document_, it.content, 2 * columns_), plain_pen);
    }
    if (!note.empty()) page_.put(" (" + note + ")", faint_pen);
    page_.end_line();
  }
  void statement(Id<Attribution> attribution, const std::string& note, size_t depth = 0) {
    statement(attribution, numbers_of({attribution}), note, depth);
  }

  void left_out(size_t all) {
    if (all <= most_entries) return;
    page_.indent("      ", "      ");
    line("and " + std::to_string(all - most_entries) + " more", faint_pen);
  }

  // Of what is contradicted the innermost, what repeats another in one line with it.
  void write_contradictions() {
    std::vector<Id<Attribution>> those;
    for (uint32_t i = 0; i < document_.provenance.size(); ++i)
      if (!document_.provenance[i].contradicts.empty()) those.push_back({i});
    if (those.empty()) return;
    heading("Who contradicts whom");
    for (size_t n = 0; n < std::min(those.size(), most_entries); ++n) {
      statement(those[n], "");
      page_.indent("      ", "      ");
      line("against", faint_pen);
      const auto& against = document_.provenance[those[n].index].contradicts;
      std::set<Id<Attribution>> outer;
      for (const Id<Attribution> one : against)
        if (const auto within = document_.attributions[one].within) outer.insert(*within);
      std::vector<std::vector<Id<Attribution>>> lines;
      for (const Id<Attribution> one : against) {
        if (lines.size() == most_entries) break;
        if (outer.contains(one)) continue;
        const auto& repeats = document_.provenance[one.index].repeats;
        const auto same = std::find_if(lines.begin(), lines.end(),
                                       [&](const auto& line) { return std::binary_search(repeats.begin(), repeats.end(), line.front()); });
        if (same == lines.end()) lines.push_back({one});
        else same->push_back(one);
      }
      for (const auto& one : lines) statement(one.front(), numbers_of(one), "", 2);
    }
    left_out(those.size());
    page_.end_paragraph();
  }

  void write_heard() {
    const std::vector<Id<Attribution>> all = heard(document_);
    if (all.empty()) return;
    heading("Only heard");
    for (size_t n = 0; n < std::min(all.size(), most_entries); ++n) statement(all[n], findings_.firmness_of(all[n]));
    left_out(all.size());
    page_.end_paragraph();
  }

  void write_headline() {
    const auto& headline = document_.summary[0].headline;
    if (!headline) return;
    heading(headline->firmer_than_its_source ? "The headline is firmer than what it rests on" : "What the headline rests on");
    if (headline->attribution) statement(*headline->attribution, findings_.firmness_of(*headline->attribution));
    page_.indent("      ", "      ");
    line(headline->attribution ? "rests on" : "In the writer’s own voice it rests on", faint_pen);
    for (size_t n = 0; n < std::min(headline->rests_on.size(), most_entries); ++n)
      statement(headline->rests_on[n], findings_.firmness_of(headline->rests_on[n]), 2);
    left_out(headline->rests_on.size());
    page_.end_paragraph();
  }

  void write_unnamed() {
    std::map<Id<Entity>, std::vector<Id<Attribution>>> theirs;
    std::vector<Id<Attribution>> nobody;
    for (uint32_t i = 0; i < document_.attributions.size(); ++i) {
      const Id<Entity> first = document_.provenance[i].chain.front();
      if (document_.entities[first].type != EntityType::unnamed) continue;
      (findings_.is_wordless(first) ? nobody : theirs[first]).push_back({i});
    }
    if (theirs.empty() && nobody.empty()) return;
    heading("Not named");
    page_.indent("  ", "      ");
    for (const auto& [entity, attributions] : theirs) {
      page_.put(findings_.called(entity, columns_), source_pen);
      const auto& reason = document_.entities[entity].reason;
      page_.put(" – ", faint_pen);
      page_.put(reason ? opening_of(document_, *reason, 2 * columns_) : "no reason is given", plain_pen);
      line(" (" + numbers_of(attributions) + ")", faint_pen);
    }
    if (!nobody.empty()) {
      page_.put("no words say who it was", plain_pen);
      line(" (" + numbers_of(nobody) + ")", faint_pen);
    }
    page_.end_paragraph();
  }

  const Document& document_;
  const MeantSources meant_;
  const Findings findings_;
  const size_t columns_;
  LineWriter page_;
};

}  // namespace

std::string sum_up(const Document& document, const Findings& findings) {
  const Summary& summary = document.summary[0];
  std::vector<std::string> sentences = {summary.attributions == 0 ? "Nothing in it is attributed to anybody."
                                        : counted(summary.attributions, "attribution") + "."};
  if (summary.attributions > 0) sentences.push_back(sources_sentence(document, findings));
  if (!findings.links_of_all().empty()) {
    std::vector<std::string> links;
    for (const Id<Entity> link : findings.links_of_all()) links.push_back(findings.called_in_sentence(link, name_columns));
    sentences.push_back("All of it came through " + listed(links) + ".");
  }
  sentences.push_back(heard_sentence(document, findings));
  if (summary.headline)
    sentences.push_back(summary.headline->firmer_than_its_source ? "The headline is firmer than the words it rests on."
                        : "The headline is no firmer than the words it rests on.");
  for (size_t i = 0; i < std::min(document.non_responses.size(), most_sources); ++i)
    sentences.push_back(silence_sentence(document, document.non_responses[i], findings));
  std::string out;
  for (const std::string& sentence : sentences)
    if (!sentence.empty()) out += (out.empty() ? "" : " ") + sentence;
  return out;
}

std::string explain(const Document& document, const ViewStyle& style) {
  std::string out;
  Explanation(document, style, out).write();
  return out;
}

}  // namespace sayso
