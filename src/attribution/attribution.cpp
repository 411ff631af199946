#include "attribution/attribution.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "attribution/clauses.h"
#include "attribution/layout.h"
#include "attribution/lexicon.h"
#include "attribution/mend.h"
#include "attribution/model_reader.h"
#include "attribution/nesting.h"
#include "attribution/quotation.h"
#include "text/paragraphs.h"

namespace sayso {

namespace {

// Contents are read again to this depth: “A said B believed C feared D wanted …” has four; whoever writes more than that writes a test.
constexpr int deepest_reading = 4;

// Windows that are remembered: those of some hundred articles, about 40 kilobytes each, nearly all of it the mentions' vectors.
constexpr size_t most_windows = 1024;

// The logarithm of how much a log-probability falls short of certainty: log-probabilities of labels crowd so near to 0 that a straight line over them
// tells the good readings apart from nothing. A thousandth keeps it finite.
double doubt(double log_probability) { return std::log(0.001 - log_probability); }

double confidence_of(const Found& found, const AttributionModel& model) {
  const double* c = model.calibration;
  return 1 / (1 + std::exp(-(c[0] + c[1] * doubt(found.log_cue) + c[2] * doubt(found.log_roles))));
}

Attribution attribution_from(Found&& found, const AttributionModel& model) {
  Attribution a;
  a.confidence = confidence_of(found, model);
  a.cue = std::move(found.cue);
  a.content = std::move(found.content);
  if (!found.source.empty()) a.source = Source{std::move(found.source), SourceKind::person};
  a.evidence = {found.cue_by == CueBy::user ? "user cue" : found.cue_by == CueBy::quotation ? "rule cue of a quotation" : "model cue", "model roles"};
  if (found.cue_by == CueBy::quotation) a.confidence = std::max(a.confidence, clause_rule_confidence());
  return a;
}

bool is_too_unsure(const Attribution& a, const AttributionModel& model, const AttributionOptions& options) {
  return a.confidence < model.least_confidence[static_cast<size_t>(options.lean)] && a.evidence.front() != "user cue";
}

// “The ministry said [in a statement] that …”: how unsure the network is of where the cue ends, which a rule has settled, tells nothing against it.
// «It rang», has declared the director: nor does its doubt whether “has” belongs to the cue of a whole quotation.
bool plainly_says(const Document& document, const QuotedWords& quoted_words, const Attribution& a) {
  if (!a.source) return false;
  const std::vector<std::string> cue = words_of(text_of(document, a.cue)), content = words_of(text_of(document, a.content));
  if (!cue.empty() && is_plain_cue(cue.back()) && quoted_words.quotation_of(a.content, false) == Quotation::direct) return true;
  if (std::find(a.evidence.begin(), a.evidence.end(), "rule cue without medium and time") == a.evidence.end()) return false;
  return cue.size() == 1 && is_saying_verb(cue.front()) && !content.empty() &&
         (content.front() == "that" || quoted_words.quotation_of(a.content, false) != Quotation::indirect);
}

ReadableUnits split_document(const Document& document, const Model& model) {
  ReadableUnits units{model.split(document.text, 0, static_cast<uint32_t>(document.text.size())), {}};
  units.origin.resize(units.text.units.size());
  std::iota(units.origin.begin(), units.origin.end(), 0u);
  return units;
}

// “… that the owners want to leave,” she said: the comma is the outer quotation's.
void trim_comma(const Document& document, Part& content) {
  Span& last = content.spans.back();
  if (last.size() > 1 && document.text[last.end - 1] == ',') --last.end;
}

// “She said [that new locks | would show that …]”: the outer content's “that” is no part of who speaks in it. Requires a source.
void trim_complementiser(const Document& document, const std::set<uint32_t>& content_begins, Part& source) {
  constexpr uint32_t size = sizeof("that ") - 1;
  Span& first = source.spans.front();
  if (!content_begins.contains(first.begin) || !document.at(first).starts_with("that ")) return;
  const size_t next = document.at(first).find_first_not_of(' ', size);
  if (next != std::string_view::npos) first.begin += static_cast<uint32_t>(next);
}

// Could a cue stand in it that plainly attributes? Nothing else is kept of what is found inside a content, so the others need no reading.
bool may_attribute(const Document& document, const Part& content, const AttributionOptions& options) {
  return (options.user_cues != nullptr && !options.user_cues->cues.empty()) || plainly_attributes(words_of(text_of(document, content)));
}

// What is done to a thing inside a content is seldom an attribution, and the model, at home in whole texts, is often wrong about it: “we’ve seen
// her”, “urges the staff to cite each other”. It must be sure of it, the verb must be one that attributes things too, and the deed not one that
// somebody is only to do.
bool is_deed(const Document& document, const Found& found, const AttributionModel& model) {
  constexpr double least = 0.3;
  const std::vector<std::string> cue = words_of(text_of(document, found.cue)), content = words_of(text_of(document, found.content));
  return is_thing(content) && (confidence_of(found, model) < least || takes_no_thing(cue, content) || (cue.front() == "to" && !found.source.empty()));
}

// Reads the contents of `attributions` again, then those of what it found there, and adds it all.
void read_contents_again(const Document& document, const QuotedWords& quoted_words, const ReadableUnits& units, const AttributionModel& model,
                         const AttributionOptions& options, std::vector<Attribution>& attributions) {
  // Training data marks what somebody says and seldom what stands in it, so inside contents the model is shy of cues. There it gets the bias for
  // recall; but what the balanced one would not have found must be a clause that words name a speaker of.
  AttributionOptions bolder = options;
  if (options.lean == Lean::balanced) bolder.lean = Lean::recall;
  std::set<uint32_t> cues;  // first byte of each cue: nothing is found twice
  for (const Attribution& a : attributions)
    for (const Span& span : a.cue.spans) cues.insert(span.begin);
  size_t level = 0;
  for (int depth = 0; depth < deepest_reading && level < attributions.size(); ++depth) {
    std::vector<const Part*> contents;
    for (size_t i = level; i < attributions.size(); ++i)
      if (may_attribute(document, attributions[i].content, options)) contents.push_back(&attributions[i].content);
    std::vector<ReadableUnits> texts;
    for (const size_t i : choose_contents(contents))
      texts.push_back(select_content(units, *contents[i], quoted_words.quotation_of(*contents[i], false) == Quotation::direct));
    std::set<uint32_t> content_begins;
    for (const Part* content : contents) content_begins.insert(content->spans.front().begin);
    std::vector<Attribution> inner;
    for (Found& found : read_by_model(document, texts, model, bolder)) {
      const bool known = std::any_of(found.cue.spans.begin(), found.cue.spans.end(), [&](Span s) { return cues.contains(s.begin); });
      if (known || !(found.cue_by == CueBy::user || plainly_attributes(words_of(text_of(document, found.cue))))) continue;
      const bool bold = found.bold && found.cue_by != CueBy::user && bolder.lean != options.lean;
      if (bold && (found.source.empty() || !(quoted_words.quotation_of(found.content, true) == Quotation::direct ||
                                             (found.content.spans.size() == 1 && is_clause(words_of(text_of(document, found.content))))))) continue;
      if (found.cue_by != CueBy::user && quoted_words.quotation_of(found.content, true) == Quotation::indirect && is_deed(document, found, model))
        continue;
      for (const Span& span : found.cue.spans) cues.insert(span.begin);
      Attribution a = attribution_from(std::move(found), model);
      // Confidence is calibrated on what is read with its surroundings; inside a content it only ranks, so only who wants the surest uses it.
      if (options.lean == Lean::precision && is_too_unsure(a, model, options)) continue;
      a.evidence.push_back("content read again");
      trim_comma(document, a.content);
      if (a.source) trim_complementiser(document, content_begins, a.source->part);
      inner.push_back(std::move(a));
    }
    mend_attributions(document, inner);
    level = attributions.size();
    for (Attribution& a : inner) attributions.push_back(std::move(a));
    complete_ends(document, level, attributions);
  }
}

// A content that goes on in the next paragraph has a span in each.
void split_at_paragraphs(const std::vector<Span>& paragraphs, Part& content) {
  std::vector<Span> pieces;
  for (const Span& span : content.spans) {
    auto paragraph = std::upper_bound(paragraphs.begin(), paragraphs.end(), span.begin, [](uint32_t at, Span p) { return at < p.end; });
    for (; paragraph != paragraphs.end() && paragraph->begin < span.end; ++paragraph)
      pieces.push_back({std::max(span.begin, paragraph->begin), std::min(span.end, paragraph->end)});
  }
  content.spans = std::move(pieces);
}

uint32_t first_byte(const Attribution& a) {
  uint32_t first = a.content.spans.front().begin;
  if (!a.cue.empty()) first = std::min(first, a.cue.spans.front().begin);
  if (a.source) first = std::min(first, a.source->part.spans.front().begin);
  return first;
}

}  // namespace

Result<AttributionModel> AttributionModel::from_model(std::shared_ptr<const Model> model) {
  AttributionModel out;
  out.windows = std::make_shared<WindowCache>(most_windows);
  const auto* tags = model->unit_head("tags");
  const auto* roles = model->span_head("roles");
  const auto refuse = [](const std::string& what) {
    return Error{ErrorKind::corrupt, "the weight file cannot be read with: " + what, "", "Use the weights that came with this program."};
  };
  if (tags == nullptr || roles == nullptr) return refuse("it lacks the head “tags” or “roles”");
  auto tag_labels = Tagging::from_labels(tags->labels, {"cue", "source", "content"});
  if (!tag_labels) return tag_labels.error();
  out.tag_labels = std::move(*tag_labels);
  auto role_labels = Tagging::from_labels(roles->labels, {"source", "content"});
  if (!role_labels) return role_labels.error();
  out.role_labels = std::move(*role_labels);

  const nlohmann::json& description = model->description();
  const nlohmann::json none;
  const auto member = [&none](const nlohmann::json& object, const char* key) -> const nlohmann::json& {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found == object.end() ? none : *found;
  };
  const nlohmann::json& settings = member(member(description, "settings"), "attribution");
  static constexpr const char* leans[] = {"precision", "balanced", "recall"};
  for (size_t i = 0; i < 3; ++i) {
    const nlohmann::json& bias = member(member(settings, "cue_bias"), leans[i]);
    if (!bias.is_number() || std::abs(bias.get<double>()) > 100) return refuse(std::string("its settings lack the cue bias for ") + leans[i]);
    out.cue_bias[i] = bias.get<float>();
    const nlohmann::json& least = member(member(settings, "least_confidence"), leans[i]);
    if (!least.is_number() || least.get<double>() < 0 || least.get<double>() > 1)
      return refuse(std::string("its settings lack the least confidence for ") + leans[i]);
    out.least_confidence[i] = least.get<double>();
  }
  const nlohmann::json& calibration = member(settings, "calibration");
  if (!calibration.is_array() || calibration.size() != 3) return refuse("its settings lack the calibration");
  for (size_t i = 0; i < 3; ++i) {
    if (!calibration[i].is_number() || std::abs(calibration[i].get<double>()) > 1000) return refuse("a number of its calibration is out of range");
    out.calibration[i] = calibration[i].get<double>();
  }
  auto mentions = MentionModel::from_model(model);
  if (!mentions) return mentions.error();
  out.mentions = std::move(mentions).value();
  out.model_ = std::move(model);
  return out;
}

Layer<Attribution> find_attributions(const Document& document, const AttributionModel& model, const AttributionOptions& options,
                                     FoundMentions* mentions) {
  const ReadableUnits units = split_document(document, model.model());
  std::vector<Attribution> attributions;
  for (Found& found : read_by_model(document, {&units, 1}, model, options, mentions))
    attributions.push_back(attribution_from(std::move(found), model));
  mend_attributions(document, attributions);
  const QuotedWords quoted_words(document);
  std::erase_if(attributions, [&](const Attribution& a) {
    return is_too_unsure(a, model, options) && (options.lean == Lean::precision || !plainly_says(document, quoted_words, a));
  });
  add_by_layout(document, attributions);
  drop_pieces_of_others(document, attributions);
  const bool by_clause = options.lean != Lean::precision || clause_rule_confidence() >= model.least_confidence[static_cast<size_t>(options.lean)];
  if (by_clause) add_by_clause(document, ClausesWhere::outside, options.user_cues, attributions);
  complete_quotations(document, attributions);
  complete_ends(document, 0, attributions);
  read_contents_again(document, quoted_words, units, model, options, attributions);
  if (by_clause) add_by_clause(document, ClausesWhere::inside, options.user_cues, attributions);

  extend_over_parentheses(attributions);
  end_contents(document, attributions);

  // Before the order is made: an attribution may begin with its source.
  for (Attribution& a : attributions)
    if (a.source && std::ranges::any_of(words_of(text_of(document, a.cue)), is_hearing_verb)) a.source.reset();
  std::stable_sort(attributions.begin(), attributions.end(),
                   [](const Attribution& a, const Attribution& b) { return first_byte(a) < first_byte(b); });
  nest(attributions);
  const std::vector<Span> paragraphs = split_paragraphs(document.text);
  for (Attribution& a : attributions) {
    split_at_paragraphs(paragraphs, a.content);
    a.quotation = is_line_of_speech(a) ? Quotation::direct : quoted_words.quotation_of(a.content, a.within.has_value());
    a.type = type_of(words_of(text_of(document, a.cue)), words_of(text_of(document, a.content)), a.quotation == Quotation::direct);
    if (a.source) a.source->kind = kind_of(split_words(text_of(document, a.source->part)));
  }
  return {"attributions", std::move(attributions)};
}

}  // namespace sayso
