#include "eval/score.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <tuple>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "base/unicode.h"

namespace sayso {

namespace {

constexpr size_t cue = 0, source = 1, content = 2;

using Tokens = std::vector<size_t>;     // numbers of tokens, ascending, each once
using Ranges = std::vector<PointSpan>;  // [first token, behind the last)

struct TokenizedAttribution {
  std::array<Tokens, 3> tokens;
  std::array<Ranges, 3> ranges;
  bool empty() const { return tokens[cue].empty() && tokens[source].empty() && tokens[content].empty(); }
};

size_t shared(const Tokens& a, const Tokens& b) {
  size_t n = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) ++n, ++i, ++j;
    else if (*i < *j) ++i;
    else ++j;
  }
  return n;
}

// A gold text, its tokens, and which of its characters stand in double quotation marks.
class TokenizedText {
 public:
  TokenizedText(const std::string& text, bool words) {
    std::u32string points;
    for (size_t at = 0; at < text.size();) points += next_code_point(text, at);
    at_.assign(points.size(), none);
    for (size_t i = 0; i < points.size();) {
      const bool word = is_word(points[i]);
      size_t end = i + 1;
      while (word && end < points.size() && is_word(points[end])) ++end;
      if (word || (!words && !is_space(points[i]))) {
        std::fill(at_.begin() + i, at_.begin() + end, starts_.size());
        starts_.push_back(i);
        is_word_.push_back(word);
      }
      i = end;
    }
    mark_quotes(points);
  }

  size_t size() const { return at_.size(); }
  bool quoted(size_t point) const { return quoted_[point]; }
  bool token_is_word(size_t token) const { return is_word_[token]; }
  bool token_is_quoted(size_t token) const { return quoted_[starts_[token]]; }

  Tokens tokens(const std::vector<PointSpan>& spans) const {
    Tokens out;
    for (const auto& [begin, end] : spans)
      for (size_t i = begin; i < end; ++i)
        if (at_[i] != none && (out.empty() || out.back() != at_[i])) out.push_back(at_[i]);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  TokenizedAttribution tokenize(const MarkedAttribution& attribution) const {
    TokenizedAttribution out;
    for (size_t role : {cue, source, content}) {
      out.tokens[role] = tokens(attribution.roles[role]);
      for (const PointSpan& span : attribution.roles[role])
        if (const Tokens touched = tokens({span}); !touched.empty())
          out.ranges[role].emplace_back(touched.front(), touched.back() + 1);
      std::sort(out.ranges[role].begin(), out.ranges[role].end());
      out.ranges[role].erase(std::unique(out.ranges[role].begin(), out.ranges[role].end()), out.ranges[role].end());
    }
    return out;
  }

 private:
  static constexpr size_t none = SIZE_MAX;

  // “ ” " '' ``, marks included; a line break ends what was left open.
  void mark_quotes(const std::u32string& points) {
    quoted_.assign(points.size(), false);
    bool open = false;
    for (size_t i = 0; i < points.size();) {
      const char32_t c = points[i];
      const bool doubled = (c == U'\'' || c == U'`') && i + 1 < points.size() && points[i + 1] == c;
      if (c == U'\n') open = false;
      const bool plain = c == U'"' || (doubled && c == U'\'');
      const bool close = open && (plain || c == U'”');
      if (c == U'“' || (doubled && c == U'`') || (plain && !open)) open = true;
      const size_t end = i + (doubled ? 2 : 1);
      std::fill(quoted_.begin() + i, quoted_.begin() + end, open);
      if (close) open = false;
      i = end;
    }
  }

  std::vector<size_t> at_;      // the token of each code point
  std::vector<size_t> starts_;  // the first code point of each token
  std::vector<bool> is_word_;   // of each token
  std::vector<bool> quoted_;    // of each code point
};

using Attributions = std::vector<TokenizedAttribution>;
using Pairs = std::vector<std::pair<size_t, size_t>>;  // gold, system

Pairs align(const Attributions& gold, const Attributions& system, size_t key) {
  std::vector<std::tuple<double, long long, size_t, size_t>> candidates;
  for (size_t i = 0; i < gold.size(); ++i)
    for (size_t j = 0; j < system.size(); ++j) {
      const Tokens &g = gold[i].tokens[key], &s = system[j].tokens[key];
      const size_t n = shared(g, s);
      if (!n) continue;
      long long others = 0;
      for (size_t role : {cue, source, content})
        if (role != key) others += static_cast<long long>(shared(gold[i].tokens[role], system[j].tokens[role]));
      candidates.emplace_back(-static_cast<double>(n) / static_cast<double>(g.size() + s.size() - n), -others, i, j);
    }
  std::sort(candidates.begin(), candidates.end());
  std::vector<bool> gold_taken(gold.size()), system_taken(system.size());
  Pairs pairs;
  for (const auto& [jaccard, others, i, j] : candidates)
    if (!gold_taken[i] && !system_taken[j]) {
      gold_taken[i] = system_taken[j] = true;
      pairs.emplace_back(i, j);
    }
  return pairs;
}

ScoreBlock count_roles(const Attributions& gold, const Attributions& system) {
  ScoreBlock block{"role", {}};
  Metric all{"all", {0, 0, 0}};
  for (size_t role : {cue, source, content}) {
    const auto joined = [role](const Attributions& attributions) {
      Tokens out;
      for (const auto& a : attributions) out.insert(out.end(), a.tokens[role].begin(), a.tokens[role].end());
      std::sort(out.begin(), out.end());
      out.erase(std::unique(out.begin(), out.end()), out.end());
      return out;
    };
    const Tokens g = joined(gold), s = joined(system);
    block.metrics.push_back({role_names[role], {shared(g, s), s.size(), g.size()}});
    for (size_t i = 0; i < 3; ++i) all.counts[i] += block.metrics.back().counts[i];
  }
  block.metrics.push_back(all);
  return block;
}

ScoreBlock count_aligned(const Attributions& gold, const Attributions& system, size_t key, const Pairs& pairs) {
  ScoreBlock block{std::string(role_names[key]) + "-aligned", {{"pairs", {pairs.size(), system.size(), gold.size()}}}};
  for (size_t role : {cue, source, content}) {
    Metric exact{std::string(role_names[role]) + " exact", {0, 0, 0}};
    Metric overlap{std::string(role_names[role]) + " overlap", {0, 0, 0}};
    for (const auto& [i, j] : pairs) {
      const Tokens &g = gold[i].tokens[role], &s = system[j].tokens[role];
      exact.counts[0] += !g.empty() && g == s;
      overlap.counts[0] += shared(g, s);
    }
    size_t side = 1;
    for (const Attributions* attributions : {&system, &gold}) {
      for (const auto& a : *attributions) {
        exact.counts[side] += !a.tokens[role].empty();
        overlap.counts[side] += a.tokens[role].size();
      }
      ++side;
    }
    block.metrics.push_back(exact);
    block.metrics.push_back(overlap);
  }
  Metric whole{"whole exact", {0, system.size(), gold.size()}};
  for (const auto& [i, j] : pairs) whole.counts[0] += gold[i].tokens == system[j].tokens;
  block.metrics.push_back(whole);
  return block;
}

ScoreBlock count_citron(const Attributions& gold, const Attributions& system) {
  // Citron's cue is one span: a discontinuous one becomes its envelope. Attributions without a cue are left out.
  struct Quoted {
    PointSpan cue;
    const Ranges* sources;
    const Ranges* contents;
  };
  const auto quoted = [](const Attributions& attributions) {
    std::vector<Quoted> out;
    for (const auto& a : attributions)
      if (!a.ranges[cue].empty())
        out.push_back({{a.ranges[cue].front().first, a.ranges[cue].back().second}, &a.ranges[source], &a.ranges[content]});
    return out;
  };
  const std::vector<Quoted> g = quoted(gold), s = quoted(system);
  const auto near = [](const Quoted& p, const Quoted& q) { return p.cue.first <= q.cue.second && p.cue.second > q.cue.first; };

  ScoreBlock block{"citron", {}};
  const auto exact = [&](const char* name, auto same) {
    size_t matched = 0, missed = 0;
    for (const Quoted& p : s) matched += std::any_of(g.begin(), g.end(), [&](const Quoted& q) { return same(p, q); });
    for (const Quoted& q : g) missed += std::none_of(s.begin(), s.end(), [&](const Quoted& p) { return same(p, q); });
    block.metrics.push_back({name, {matched, s.size(), matched, matched + missed}});
  };
  exact("cue exact", [](const Quoted& p, const Quoted& q) { return p.cue == q.cue; });
  exact("source exact", [&](const Quoted& p, const Quoted& q) { return near(p, q) && *p.sources == *q.sources; });
  exact("content exact", [&](const Quoted& p, const Quoted& q) { return near(p, q) && *p.contents == *q.contents; });
  exact("whole exact", [](const Quoted& p, const Quoted& q) {
    return p.cue == q.cue && *p.sources == *q.sources && *p.contents == *q.contents;
  });

  Metric whole{"whole overlap", {0, 0, 0, 0}};
  const auto overlap = [&](const char* name, auto ranges) {
    // Every span of every prediction with every span of all gold: for each token, how many there are of either.
    std::map<size_t, std::array<size_t, 2>> times;
    Metric metric{name, {0, 0, 0, 0}};
    size_t side = 0;
    for (const auto* list : {&s, &g}) {
      for (const Quoted& q : *list)
        for (const auto& [first, end] : ranges(q))
          for (size_t t = first; t < end; ++t) {
            ++times[t][side];
            ++metric.counts[side ? 3 : 1];
          }
      ++side;
    }
    for (const auto& [token, n] : times) metric.counts[0] += n[0] * n[1];
    metric.counts[2] = metric.counts[0];
    for (size_t i = 0; i < 4; ++i) whole.counts[i] += metric.counts[i];
    block.metrics.push_back(metric);
  };
  overlap("cue overlap", [](const Quoted& q) { return Ranges{q.cue}; });
  overlap("source overlap", [](const Quoted& q) { return *q.sources; });
  overlap("content overlap", [](const Quoted& q) { return *q.contents; });
  block.metrics.push_back(whole);
  return block;
}

const char* kind_of_content(const TokenizedText& text, const TokenizedAttribution& attribution) {
  size_t words = 0, quoted = 0;
  for (size_t token : attribution.tokens[content])
    if (text.token_is_word(token)) {
      ++words;
      quoted += text.token_is_quoted(token);
    }
  return !words ? "none" : quoted == words ? "direct" : quoted ? "mixed" : "indirect";
}

// Adds to the metric of that name, which comes last when it is new.
void add(ScoreBlock& block, const std::string& name, const std::vector<uint64_t>& counts) {
  auto found = std::find_if(block.metrics.begin(), block.metrics.end(), [&](const Metric& m) { return m.name == name; });
  if (found == block.metrics.end()) found = block.metrics.insert(found, {name, std::vector<uint64_t>(counts.size(), 0)});
  for (size_t i = 0; i < counts.size(); ++i) found->counts[i] += counts[i];
}

ScoreBlock count_types(const TokenizedText& text, const Attributions& gold, const Attributions& system, size_t key,
                       const Pairs& pairs) {
  ScoreBlock block{std::string("types ") + role_names[key] + "-aligned", {}};
  std::vector<const TokenizedAttribution*> partner(gold.size(), nullptr);
  for (const auto& [i, j] : pairs) partner[i] = &system[j];
  for (size_t i = 0; i < gold.size(); ++i) {
    const TokenizedAttribution &g = gold[i], *s = partner[i];
    const Tokens& words = g.tokens[content];
    const std::vector<uint64_t> row = {1,
                                       s != nullptr,
                                       s && 2 * shared(words, s->tokens[content]) >= std::max<size_t>(1, words.size()),
                                       s && !g.tokens[source].empty() && g.tokens[source] == s->tokens[source],
                                       !g.tokens[source].empty(),
                                       s && words == s->tokens[content],
                                       s && g.tokens == s->tokens};
    add(block, kind_of_content(text, g), row);
    if (g.tokens[source].empty()) add(block, "no source", row);
    add(block, "ALL", row);
  }
  return block;
}

bool keep(const TokenizedText& text, const MarkedAttribution& attribution, GoldFilter filter) {
  if (filter == GoldFilter::none) return true;
  if (filter == GoldFilter::source) return !attribution.roles[source].empty();
  for (const auto& role : attribution.roles)
    if (role.empty()) return false;
  for (const auto& [begin, end] : attribution.roles[cue])
    if (begin < end && (text.quoted(begin) || text.quoted(end - 1))) return false;
  return true;
}

Error bad(std::string what, std::string where, std::string hint = "") {
  return {ErrorKind::bad_input, std::move(what), std::move(where), std::move(hint)};
}

// The first span of `document` that does not stand in a text of `points` code points.
Status check_spans(const MarkedDocument& document, size_t points) {
  for (const MarkedAttribution& attribution : document.attributions)
    for (const auto& spans : attribution.roles)
      for (const auto& [begin, end] : spans)
        if (begin > end || end > points)
          return bad("The span [" + std::to_string(begin) + "," + std::to_string(end) + ") is outside the text of " +
                         std::to_string(points) + " characters",
                     "document " + document.id);
  return {};
}

std::string format(const char* pattern, ...) __attribute__((format(printf, 1, 2)));
std::string format(const char* pattern, ...) {
  char line[256];
  va_list values;
  va_start(values, pattern);
  const int n = std::vsnprintf(line, sizeof line, pattern, values);
  va_end(values);
  return std::string(line, static_cast<size_t>(std::clamp(n, 0, static_cast<int>(sizeof line) - 1)));
}

// What Python's random.Random(1) starts from (MT19937's init_by_array with the one key 1), so that the intervals are the
// published scorer's own.
struct PythonSeed {
  using result_type = uint32_t;
  template <class Iterator>
  void generate(Iterator begin, Iterator end) const {
    constexpr uint32_t n = 624;
    std::array<uint32_t, n> state;
    state[0] = 19650218;
    for (uint32_t i = 1; i < n; ++i) state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
    uint32_t i = 1;
    const auto step = [&i, &state] {
      if (++i == n) {
        state[0] = state[n - 1];
        i = 1;
      }
    };
    const auto mixed = [&i, &state](uint32_t factor) {
      return state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * factor);
    };
    for (uint32_t k = 0; k < n; ++k, step()) state[i] = mixed(1664525u) + 1;
    for (uint32_t k = 1; k < n; ++k, step()) state[i] = mixed(1566083941u) - i;
    state[0] = 0x80000000u;
    std::copy_n(state.begin(), std::min<size_t>(n, static_cast<size_t>(end - begin)), begin);
  }
};

// random.randrange(n): as many bits as n has, drawn again when they are not below n.
size_t draw_below(std::mt19937& random, size_t n) {
  unsigned bits = 0;
  while (n >> bits) ++bits;
  size_t drawn;
  do drawn = random() >> (32 - bits);
  while (drawn >= n);
  return drawn;
}

constexpr std::pair<const char*, const char*> main_figures[] = {
    {"role", "source"},           {"role", "cue"},
    {"role", "content"},          {"role", "all"},
    {"cue-aligned", "cue exact"}, {"cue-aligned", "source exact"},
    {"cue-aligned", "content exact"}, {"cue-aligned", "content overlap"},
    {"cue-aligned", "whole exact"}};

bool is_types(const ScoreBlock& block) { return block.name.starts_with("types"); }

std::string share(uint64_t part, uint64_t whole) {
  return whole ? format("%.3f", static_cast<double>(part) / static_cast<double>(whole)) : "-";
}

}  // namespace

const Metric* ScoreBlock::find(const std::string& metric) const {
  for (const Metric& m : metrics)
    if (m.name == metric) return &m;
  return nullptr;
}

const Metric* Scores::find(const std::string& block, const std::string& metric) const {
  for (const ScoreBlock& b : blocks)
    if (b.name == block) return b.find(metric);
  return nullptr;
}

Figures figures(const Metric& metric) {
  const auto ratio = [](uint64_t a, uint64_t b) { return b ? static_cast<double>(a) / static_cast<double>(b) : 0.0; };
  Figures out;
  out.precision = ratio(metric.counts[0], metric.counts[1]);
  out.recall = ratio(metric.counts.size() == 3 ? metric.counts[0] : metric.counts[2], metric.counts.back());
  const double sum = out.precision + out.recall;
  out.f1 = sum > 0 ? 2 * out.precision * out.recall / sum : 0;
  return out;
}

Result<Scores> score(const std::vector<MarkedDocument>& gold, const std::vector<MarkedDocument>& system,
                     const ScoreOptions& options) {
  if (gold.empty()) return bad("There is no gold document", "");
  std::unordered_map<std::string, const MarkedDocument*> by_id;
  for (const MarkedDocument& document : system) by_id.emplace(document.id, &document);

  Scores scores;
  size_t other_text = 0, answered = 0;
  std::string example;
  for (const MarkedDocument& document : gold) {
    const TokenizedText text(document.text, options.words);
    if (Status status = check_spans(document, text.size()); !status) return status.error();
    Attributions g, s;
    for (const MarkedAttribution& attribution : document.attributions)
      if (keep(text, attribution, options.filter))
        if (auto tokenized = text.tokenize(attribution); !tokenized.empty()) g.push_back(std::move(tokenized));
    if (const auto found = by_id.find(document.id); found != by_id.end()) {
      const MarkedDocument& answer = *found->second;
      if (Status status = check_spans(answer, text.size()); !status) return status.error();
      for (const MarkedAttribution& attribution : answer.attributions)
        if (auto tokenized = text.tokenize(attribution); !tokenized.empty()) s.push_back(std::move(tokenized));
      if (!answer.text.empty() && answer.text != document.text && !other_text++) example = document.id;
      ++answered;
      by_id.erase(found);
    }
    const Pairs by_cue = align(g, s, cue), by_content = align(g, s, content);
    std::vector<ScoreBlock> blocks = {count_roles(g, s), count_aligned(g, s, cue, by_cue),
                                      count_aligned(g, s, content, by_content), count_citron(g, s)};
    if (options.types) {
      blocks.push_back(count_types(text, g, s, cue, by_cue));
      blocks.push_back(count_types(text, g, s, content, by_content));
    }
    if (scores.blocks.empty())
      for (const ScoreBlock& block : blocks) scores.blocks.push_back({block.name, {}});
    for (size_t i = 0; i < blocks.size(); ++i)
      for (const Metric& metric : blocks[i].metrics) add(scores.blocks[i], metric.name, metric.counts);
    scores.each.push_back(std::move(blocks));
  }
  if (!by_id.empty()) {
    std::vector<std::string> ids;
    for (const auto& [id, document] : by_id) ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    std::string first = ids[0];
    for (size_t i = 1; i < std::min<size_t>(3, ids.size()); ++i) first += ", " + ids[i];
    return bad(std::to_string(ids.size()) + (ids.size() == 1 ? " document is" : " documents are") + " not in gold",
               ids.size() > 3 ? first + ", …" : first, "A document's id is its file name without folder and ending.");
  }
  if (answered < gold.size())
    scores.notes.push_back(std::to_string(gold.size() - answered) + " of " + std::to_string(gold.size()) +
                           " gold documents have no output, which counts as nothing found.");
  if (other_text)
    scores.notes.push_back("The text of " + std::to_string(other_text) + " of " + std::to_string(gold.size()) +
                           " documents is not gold's (the first: " + example +
                           "); spans were counted in gold's text, so the figures may mean nothing.");
  return scores;
}

std::string show(const Scores& scores) {
  std::string out = format("documents %zu\n", scores.each.size());
  for (const ScoreBlock& block : scores.blocks) {
    if (is_types(block)) {
      out += "\n[" + block.name + "]  recall by kind of gold content\n";
      out += format("%-10s %6s %7s %7s %9s %10s %7s\n", "", "n", "paired", "found", "src exact", "cont exact", "whole");
      for (const auto& [name, n] : block.metrics)
        out += format("%-10s %6llu %7s %7s %9s %10s %7s\n", name.c_str(), static_cast<unsigned long long>(n[0]),
                      share(n[1], n[0]).c_str(), share(n[2], n[0]).c_str(), share(n[3], n[4]).c_str(),
                      share(n[5], n[0]).c_str(), share(n[6], n[0]).c_str());
      continue;
    }
    out += "\n[" + block.name + "]\n" + format("%-16s %7s %7s %7s %9s %9s %9s\n", "", "P", "R", "F1", "matched", "system", "gold");
    for (const Metric& metric : block.metrics) {
      const Figures f = figures(metric);
      out += format("%-16s %7.4f %7.4f %7.4f %9llu %9llu %9llu\n", metric.name.c_str(), f.precision, f.recall, f.f1,
                    static_cast<unsigned long long>(metric.counts[0]), static_cast<unsigned long long>(metric.counts[1]),
                    static_cast<unsigned long long>(metric.counts.back()));
    }
  }
  return out;
}

std::string show_intervals(const Scores& scores, size_t resamples) {
  PythonSeed seed;
  std::mt19937 random(seed);
  std::vector<std::vector<double>> f1(std::size(main_figures));
  for (size_t n = 0; n < resamples; ++n) {
    std::vector<Metric> sums(std::size(main_figures), Metric{"", {0, 0, 0}});
    for (size_t i = 0; i < scores.each.size(); ++i) {
      const auto& blocks = scores.each[draw_below(random, scores.each.size())];
      for (size_t m = 0; m < sums.size(); ++m)
        for (const ScoreBlock& block : blocks)
          if (block.name == main_figures[m].first)
            for (size_t c = 0; c < 3; ++c) sums[m].counts[c] += block.find(main_figures[m].second)->counts[c];
    }
    for (size_t m = 0; m < sums.size(); ++m) f1[m].push_back(figures(sums[m]).f1);
  }
  std::string out = format("\n[95%% interval of F1, %zu resamples of documents]\n", resamples);
  for (size_t m = 0; m < f1.size(); ++m) {
    std::sort(f1[m].begin(), f1[m].end());
    const auto low = static_cast<size_t>(.025 * static_cast<double>(resamples));
    const auto high = static_cast<size_t>(.975 * static_cast<double>(resamples));
    out += format("%-12s %-16s %.4f - %.4f\n", main_figures[m].first, main_figures[m].second, f1[m][low],
                  f1[m][high ? high - 1 : f1[m].size() - 1]);
  }
  return out;
}

std::string show_json(const Scores& scores) {
  const auto rounded = [](double value) { return nlohmann::json(std::strtod(format("%.4f", value).c_str(), nullptr)).dump(); };
  std::string out = "{";
  for (const ScoreBlock& block : scores.blocks) {
    if (is_types(block)) continue;
    out += (out.size() > 1 ? ", \"" : "\"") + block.name + "\": {";
    for (const Metric& metric : block.metrics) {
      const Figures f = figures(metric);
      out += (&metric == block.metrics.data() ? "\"" : ", \"") + metric.name + "\": [" + rounded(f.precision) + ", " +
             rounded(f.recall) + ", " + rounded(f.f1) + "]";
    }
    out += "}";
  }
  return out + "}\n";
}

}  // namespace sayso
