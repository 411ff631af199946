// Scores attributions against gold, figure for figure as the published scorer does (score.py of PolNeAR's measurements here).
//
// TOKENS   \w+|[^\w\s] over gold's text, so that no tokenizer is favoured. A role of an attribution is the set of tokens that
//          its spans touch; an attribution without any token is dropped.
// BLOCKS   role: tokens of each role, over all attributions of a document, no alignment.
//          cue-aligned, content-aligned: attributions are paired one to one, greedily by Jaccard of the key role's tokens,
//          then by tokens shared in the other roles, then in text order; exact, overlap and whole are counted over the pairs.
//          citron: Citron's own metrics (citron/metrics.py) with their peculiarities.
//          types …: recall by kind of gold content (direct, mixed, indirect, none) and for gold without a source.
// Works document by document, in time that grows with gold's attributions times the system's in one document.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "document/document.h"

namespace sayso {

// [begin, end) in code points.
using PointSpan = std::pair<size_t, size_t>;

inline constexpr std::array role_names = {"cue", "source", "content"};

// Where the parts of one attribution stand, in role_names' order. Any may be empty.
struct MarkedAttribution {
  std::array<std::vector<PointSpan>, role_names.size()> roles;
};

struct MarkedDocument {
  std::string id;
  std::string text;  // of gold; of a system it is only compared with gold's, and may be empty
  std::vector<MarkedAttribution> attributions;
};

struct MarkedSet {
  std::vector<MarkedDocument> documents;
  std::vector<std::string> unread;  // a sentence for each error record among the readings
};

// The attributions of `document`. top: only those that stand in no other, as in PolNeAR, where a token is in one at most.
std::vector<MarkedAttribution> mark(const Document& document, bool top);

// Documents from JSON Lines in the scorer's form ({"id", "text", "attributions": [{"cue": [[s,e],…], "source", "content"}]}),
// or sayso/1 readings, whose id is then their file name without folder and ending. not_found and io as read_file();
// bad_input, with the line, for what has neither form or an id twice, and when there is no document.
Result<MarkedSet> load_marked(const std::string& path, bool top);

enum class GoldFilter { none, source, citron };  // source: gold with a source; citron: as Citron's PARC extractor keeps it

struct ScoreOptions {
  bool words = false;  // only \w+ tokens: quotation marks, commas and colons at the edges do not matter
  bool types = false;
  GoldFilter filter = GoldFilter::none;
};

// matched, system, gold; of citron: matched, system, matched, gold; of types: n, paired, found, source exact, gold with a
// source, content exact, whole.
struct Metric {
  std::string name;
  std::vector<uint64_t> counts;
};

struct ScoreBlock {
  std::string name;
  std::vector<Metric> metrics;
  const Metric* find(const std::string& metric) const;
};

struct Scores {
  std::vector<ScoreBlock> blocks;                        // the sums
  std::vector<std::vector<ScoreBlock>> each;             // one a gold document, in gold's order
  std::vector<std::string> notes;                        // what whoever reads the figures should know, a sentence each
  const Metric* find(const std::string& block, const std::string& metric) const;
};

struct Figures {
  double precision = 0, recall = 0, f1 = 0;
};
Figures figures(const Metric& metric);

// A gold document that the system lacks counts as no output; a system document that gold lacks is bad_input, and so is a span
// outside its text.
Result<Scores> score(const std::vector<MarkedDocument>& gold, const std::vector<MarkedDocument>& system,
                     const ScoreOptions& options = {});

// What score.py prints: the tables; with --boot N, N > 0, what follows them; with --json.
std::string show(const Scores& scores);
std::string show_intervals(const Scores& scores, size_t resamples);
std::string show_json(const Scores& scores);

}  // namespace sayso
