#include "attribution/layout.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "attribution/lexicon.h"
#include "attribution/nesting.h"
#include "attribution/words.h"

namespace sayso {

namespace {

// How often what a rule made was wholly right, by whoever checked it (docs/figures.md, “Rules”).
constexpr double sure = 0.8, likely = 0.6, weak = 0.4;

constexpr const char* line_of_speech = "rule line behind a dash";

class Layout {
 public:
  Layout(const Document& document, std::vector<Attribution>& attributions) : document_(document), words_(document), attributions_(attributions) {
    for (const Quote& quote : document.quotes)
      if (quote.depth == 0) outermost_.push_back(quote);
  }

  void add() {
    read_speakers_at_the_end();
    read_turns();
    read_headlines();
    read_dashes();
    read_quoted_as_saying();
    replace_overruled();
    // Only where nothing is attributed yet.
    read_signatures();
    read_announced();
    read_accounts_before();
    read_alleged();
    read_hearsay();
    read_reportedly();
    read_word_by_word();
    read_estimates();
    read_uncued_quotations();
    read_relays();
    for (Attribution& a : made_) attributions_.push_back(std::move(a));
  }

 private:
  Attribution& make(std::optional<Span> source, std::optional<Span> cue, std::vector<Span> content, double confidence, const char* rule) {
    Attribution a;
    if (source) a.source = Source{{{*source}}, SourceKind::person};
    if (cue) a.cue.spans = {*cue};
    a.content.spans = std::move(content);
    a.confidence = confidence;
    a.evidence = {rule};
    made_.push_back(std::move(a));
    return made_.back();
  }

  // ---- “Minister: owners and strikers are in talks”, “Talks are secret: minister” ----

  void read_headlines() {
    std::unordered_set<std::string> speakers;  // last words of the sources that the model found: who speaks in this text
    for (const Attribution& a : attributions_)
      if (a.source) {
        const size_t end = words_.to(a.source->part.spans.back().end);
        for (size_t i = words_.from(a.source->part.spans.front().begin); i < end; ++i)
          if (words_.has_capital(i) && words_.span(i).size() > 2) speakers.insert(words_.lower(i));
      }
    for (const Section& section : document_.sections) {
      if (section.kind != SectionKind::headline) continue;
      const size_t begin = words_.from(section.span.begin), end = words_.to(section.span.end);
      for (size_t i = begin + 1; i + 1 < end; ++i) {
        if (words_.word(i) != ":") continue;
        const auto names_speaker = [&](size_t from, size_t to) {
          if (to > from + 1 && is_one_of(words_.lower(from), {"the", "a"})) ++from;
          if (to <= from || to - from > 5) return false;
          size_t head = to - 1;  // “Governor of the region”
          for (size_t k = from + 1; k < to; ++k)
            if (words_.lower(k) == "of") head = std::min(head, k - 1);
          return is_speaking_role(words_.lower(head)) || speakers.contains(words_.lower(to - 1)) ||
                 (to == from + 1 && is_told_below(from, begin, end));
        };
        // The shorter side is the speaker.
        if (i - begin <= end - i - 1 && end - i - 1 >= 3 && names_speaker(begin, i)) {
          make(words_.over(begin, i), words_.span(i), {words_.over(i + 1, words_.word(end - 1) == "." ? end - 1 : end)}, likely,
               "rule headline colon");
        } else if (const size_t from = behind_last_comma(begin, i); from > begin && names_speaker(from, i) && is_quotation(i + 1, end)) {
          make(words_.over(from, i), words_.span(i), {words_.over(i + 1, end)}, likely, "rule headline colon");
        } else if (i - begin >= 3 && names_speaker(i + 1, end)) {
          make(words_.over(i + 1, end), words_.span(i), {words_.over(begin, i)}, likely, "rule headline colon");
        }
        break;
      }
    }
  }

  // The word behind the last comma in [begin, end); `begin` where none is.
  size_t behind_last_comma(size_t begin, size_t end) const {
    size_t at = end;
    while (at > begin && words_.word(at - 1) != ",") --at;
    return at;
  }

  // Are the words [begin, end) one whole quotation?
  bool is_quotation(size_t begin, size_t end) const {
    return begin < end && std::ranges::any_of(outermost_, [&](const Quote& quote) { return quote.closed && quote.span == words_.over(begin, end); });
  }

  // “Orvania: troops have crossed the border”: does the body attribute as much to a source with that name or its adjective (“the Orvanian ministry”)?
  bool is_told_below(size_t name, size_t begin, size_t end) const {
    const std::string lower = words_.lower(name);
    if (!words_.has_capital(name) || lower.size() < 5) return false;
    const std::string stem = lower.substr(0, lower.size() - 1);
    const auto long_words = [&](Span span, size_t skip) {
      std::unordered_set<std::string> out;
      for (size_t i = words_.from(span.begin); i < words_.to(span.end); ++i)
        if (i != skip && words_.lower(i).size() >= 5) out.insert(words_.lower(i).substr(0, 5));
      return out;
    };
    const std::unordered_set<std::string> told = long_words(words_.over(begin, end), name);
    return std::any_of(attributions_.begin(), attributions_.end(), [&](const Attribution& a) {
      if (!a.source || a.content.empty()) return false;
      bool named = false;
      for (size_t i = words_.from(a.source->part.spans.front().begin); i < words_.to(a.source->part.spans.back().end); ++i)
        named = named || words_.lower(i).starts_with(stem);
      if (!named) return false;
      size_t shared = 0;
      for (const std::string& word : long_words(envelope(a.content), words_.count())) shared += told.contains(word);
      return shared >= 2;
    });
  }

  // ---- “SMITH: We shall see.” ----

  // The word behind the label of the turn that begins with word i, or 0: up to four words in capitals or title case, also “(on the
  // phone)”, and a colon.
  size_t label_end(size_t i) const {
    if (!words_.begins_line(i)) return 0;
    size_t at = i;
    bool in_brackets = false;
    for (; at < words_.count() && at < i + 12; ++at) {
      if (at > i && words_.begins_line(at)) return 0;
      const std::string_view word = words_.word(at);
      if (word == ":") break;
      if (word == "(" || word == "[") in_brackets = true;
      else if (word == ")" || word == "]") in_brackets = false;
      else if (!in_brackets && (at >= i + 6 || !(words_.has_capital(at) || word == "." || word == "-" || word == "’s"))) return 0;
    }
    if (at == i || at >= words_.count() || words_.word(at) != ":" || at + 1 >= words_.count() || words_.begins_line(at + 1)) return 0;
    return at;
  }

  void read_turns() {
    struct Turn {
      size_t begin, colon;
    };
    std::vector<Turn> turns;
    std::unordered_map<std::string, size_t> times;
    for (size_t i = 0; i < words_.count(); ++i) {
      const size_t colon = label_end(i);
      if (colon == 0) continue;
      turns.push_back({i, colon});
      ++times[std::string(document_.at(words_.over(i, colon)))];
    }
    // A transcript has people who take turns. One “Note: …” or a list of facts (“Where: …”, “When: …”) has not.
    const bool questions = times.contains("Q") && (times.contains("A") || times["Q"] >= 2);
    size_t repeated = 0;
    for (const auto& [label, count] : times) repeated += count >= 2;
    if (!questions && (turns.size() < 4 || repeated < 2)) return;
    for (size_t t = 0; t < turns.size(); ++t) {
      const auto [begin, colon] = turns[t];
      const std::string label(document_.at(words_.over(begin, colon)));
      if (times[label] < 2 && !questions && !is_capitals(label)) continue;
      // The turn goes on over the lines up to the next one, a line of another kind of text (a section) or a blank line behind a last turn.
      const size_t next = t + 1 < turns.size() ? turns[t + 1].begin : last_line_of_turn(colon + 1);
      std::vector<Span> content;
      for (size_t from = colon + 1; from < next;) {
        size_t to = from + 1;
        while (to < next && !words_.begins_line(to)) ++to;
        content.push_back(words_.over(from, to));
        from = to;
      }
      if (content.empty()) continue;
      make(words_.over(begin, colon), words_.span(colon), std::move(content), sure, "rule transcript turn");
    }
  }
  static bool is_capitals(const std::string& label) {
    return std::none_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  }
  size_t last_line_of_turn(size_t from) const {
    size_t to = from + 1;
    while (to < words_.count() && !words_.begins_line(to)) ++to;
    return to;
  }

  // ---- “The owners go on talking, – went on the minister. – Everyone knows.” ----

  void read_dashes() {
    for (const Quote& quote : outermost_)
      if (quote.opened) read_dashes_between(words_.from(quote.span.begin), words_.to(quote.span.end), false);
    // “– The owners go on talking, – answered the minister. – Everyone knows.”: a line of its own whose dash stands for the quotation marks.
    for (size_t i = 0; i + 4 < words_.count(); ++i) {
      if (!words_.begins_line(i) || !is_dash(words_.word(i)) || !words_.has_capital(i + 1)) continue;
      size_t end = i + 2;
      while (end < words_.count() && !words_.begins_line(end)) ++end;
      read_dashes_between(i + 1, end, true);
    }
  }

  // What stands between dashes in the words [begin, end) of somebody's speech: of a quotation, whose first word is its mark, or of a line, which it
  // may end as well.
  void read_dashes_between(size_t begin, size_t end, bool line) {
    std::vector<Span> content;
    size_t from = begin;
    std::optional<Span> cue, source;
    for (size_t i = begin + (line ? 1 : 2); i + 2 < end; ++i) {
      if (!is_dash(words_.word(i)) || !is_one_of(words_.word(i - 1), {",", ".", "!", "?", "…", "..."})) continue;
      size_t close = i + 1;
      while (close < end && close - i <= 16 && !is_dash(words_.word(close))) ++close;
      const bool closes = close < end ? is_dash(words_.word(close)) : line && close - i <= 16;
      if (!closes || !is_one_of(words_.word(close - 1), {",", "."})) continue;
      const auto said = split_cue(i + 1, close - 1);
      if (!said) continue;
      // A line has no closing mark that would belong to what is said.
      content.push_back(words_.over(from, line && words_.word(i - 1) == "," ? i - 1 : i));
      if (!cue) std::tie(cue, source) = *said;
      from = std::min(close + 1, end);
      i = close;
    }
    if (!cue) return;
    if (from < end) content.push_back(words_.over(from, line && words_.word(end - 1) == "." ? end - 1 : end));
    make(source, cue, std::move(content), likely, line ? line_of_speech : "rule cue between dashes");
  }

  // The words [begin, end) as cue and source: a verb of saying first or last, its particle with it, the source beside it.
  std::optional<std::pair<std::optional<Span>, std::optional<Span>>> split_cue(size_t begin, size_t end) const {
    if (end <= begin + 1) return std::nullopt;
    if (is_saying_verb(words_.lower(begin))) {
      size_t verb_end = begin + 1;
      if (is_one_of(words_.lower(verb_end), {"on", "out", "up"})) ++verb_end;
      if (verb_end == end) return std::nullopt;
      return std::pair(std::optional(words_.over(begin, verb_end)), std::optional(words_.over(verb_end, end)));
    }
    size_t verb = end - 1;
    if (is_one_of(words_.lower(verb), {"on", "out", "up"}) && verb > begin) --verb;
    if (verb == begin || !is_saying_verb(words_.lower(verb))) return std::nullopt;
    return std::pair(std::optional(words_.over(verb, end)), std::optional(words_.over(begin, verb)));
  }

  // What the rules above made decides over what the model made of the same words.
  void replace_overruled() {
    if (made_.empty()) return;
    std::vector<Span> cues;
    for (const Attribution& a : made_) {
      cues.insert(cues.end(), a.cue.spans.begin(), a.cue.spans.end());
      if (a.source) cues.insert(cues.end(), a.source->part.spans.begin(), a.source->part.spans.end());
    }
    const SpanIndex index(std::move(cues));
    std::erase_if(attributions_, [&](const Attribution& a) {
      return std::any_of(a.cue.spans.begin(), a.cue.spans.end(), [&](Span s) { return index.overlaps(s); });
    });
  }

  template <class See>
  void for_each_attribution(const See& see) const {
    for (const Attribution& a : attributions_) see(a);
    for (const Attribution& a : made_) see(a);
  }

  SpanIndex all_parts() const {
    std::vector<Span> spans;
    for_each_attribution([&](const Attribution& a) {
      for (const Part* part : {&a.cue, &a.content}) spans.insert(spans.end(), part->spans.begin(), part->spans.end());
    });
    return SpanIndex(std::move(spans));
  }

  SpanIndex all_cues() const {
    std::vector<Span> spans;
    for_each_attribution([&](const Attribution& a) { spans.insert(spans.end(), a.cue.spans.begin(), a.cue.spans.end()); });
    return SpanIndex(std::move(spans));
  }

  // ---- And from Jane Doe: “We are ready.” ----

  // A line of at most a dozen words that is “from NAME:” or “and from NAME:”, and behind it a quotation that nobody has yet. The cue is “from”.
  void read_announced() {
    const SpanIndex taken = all_parts();
    for (const Quote& quote : outermost_) {
      if (taken.overlaps(quote.span)) continue;
      const size_t behind = words_.from(quote.span.begin);
      if (behind < 3 || words_.word(behind - 1) != ":") continue;
      const size_t colon = behind - 1;
      size_t from = colon;
      while (from > 0 && colon - from < 12 && words_.lower(from) != "from" && !words_.begins_line(from)) --from;
      if (words_.lower(from) != "from" || from + 1 >= colon || !words_.has_capital(from + 1)) continue;
      const bool opens = words_.begins_line(from) ||
                         (from > 0 && words_.begins_line(from - 1) && is_one_of(words_.lower(from - 1), {"and", "then", "also", "this", "now"}));
      if (opens) make(words_.over(from + 1, colon), words_.span(from), {quote.span}, sure, "rule announced quotation");
    }
  }

  // ---- “We are ready.” – Jane Doe ----

  void read_signatures() {
    const SpanIndex taken = all_parts();
    for (const Quote& quote : outermost_) {
      if (!quote.closed || taken.overlaps(quote.span)) continue;
      const size_t dash = words_.from(quote.span.end);
      if (dash + 1 >= words_.count() || !is_dash(words_.word(dash)) || words_.begins_line(dash + 1)) continue;
      size_t end = dash + 1;
      while (end < words_.count() && end < dash + 10 && !words_.begins_line(end)) ++end;
      if (end < words_.count() && !words_.begins_line(end)) continue;  // a line that goes on is no signature
      if (words_.word(end - 1) == ".") --end;
      if (end <= dash + 1 || !words_.has_capital(dash + 1) || !words_.has_capital(end - 1)) continue;
      make(words_.over(dash + 1, end), words_.span(dash), {quote.span}, sure, "rule signed quotation");
    }
  }

  // ---- So ran the account of X. ----

  void read_accounts_before() {
    const SpanIndex taken = all_parts();
    const auto& sentences = document_.sentences.items;
    for (size_t s = 1; s < sentences.size(); ++s) {
      const size_t begin = sentences[s].first.index, end = sentences[s].last.index + size_t{1};
      if (end - begin < 5 || end - begin > 30 || taken.overlaps(sentences[s].span)) continue;
      if (!is_one_of(words_.lower(begin), {"so", "thus", "such"})) continue;
      if (!is_one_of(words_.lower(begin + 1), {"ran", "runs", "went", "goes", "was", "is", "reads", "read", "spoke", "were", "are", "says"}))
        continue;
      size_t of = begin + 2;
      while (of < end && words_.lower(of) != "of") ++of;
      const bool account = of < end && of > begin + 2 &&
                           is_one_of(words_.lower(of - 1), {"account", "version", "story", "words", "explanation", "view", "message", "verdict",
                                                            "argument", "claim", "report", "description", "opinion"});
      if (!account) continue;
      size_t source_end = of + 1;
      while (source_end < end && !is_one_of(words_.word(source_end), {",", ".", "!", "?", ";"})) ++source_end;
      if (source_end == of + 1) continue;
      make(words_.over(of + 1, source_end), words_.over(begin, of + 1), {sentences[s - 1].span}, likely, "rule account of the sentence before");
    }
  }

  // ---- “the alleged theft” ----

  void read_alleged() {
    const SpanIndex taken = all_cues();
    for (size_t i = 1; i + 1 < words_.count(); ++i) {
      if (words_.word(i) != "alleged" || taken.overlaps(words_.span(i))) continue;
      // The adjective: behind a determiner, a possessive or a preposition, and before a noun.
      if (!is_one_of(words_.lower(i - 1), {"the", "an", "this", "that", "these", "those", "his", "her", "their", "its", "any", "some", "’s", "'s",
                                           "of", "for", "over", "about", "in", "by", "against", "two", "three", "several", "other", "with", "to"}))
        continue;
      size_t end = i + 1;
      while (end < words_.count() && end <= i + 4 && words_.is_spoken(end) && !words_.begins_line(end) && !is_function_word(words_.lower(end))) ++end;
      if (end == i + 1) continue;
      make(std::nullopt, words_.span(i), {words_.over(i + 1, end)}, weak, "rule alleged");
    }
  }
  static bool is_function_word(const std::string& word) {
    return is_one_of(word, {"of", "in", "on", "at", "by", "for", "with", "to", "from", "and", "or", "but", "that", "which", "who", "was", "is",
                            "were", "are", "has", "have", "had", "will", "would", "could", "as", "after", "before", "when", "while", "because",
                            "against", "over", "between", "into", "under", "during", "the", "a", "an", "they", "he", "she", "it", "’s", "'s"});
  }

  // ---- Word has reached us that the owners are selling. ----

  void read_hearsay() {
    const SpanIndex taken = all_cues();
    std::vector<Span> rumours;
    for (const Sentence& sentence : document_.sentences) {
      const size_t begin = sentence.first.index, end = sentence.last.index + size_t{1};
      for (size_t i = begin; i + 4 < end; ++i) {
        if (!is_one_of(words_.lower(i), {"word", "news", "rumor", "rumour", "rumors", "rumours"}) || taken.overlaps(words_.span(i))) continue;
        size_t at = i + 1;
        if (is_one_of(words_.lower(at), {"at", "in", "on", "around", "from", "among", "inside"}))  // “Word at the training ground has it”
          while (at < end && at < i + 8 && words_.is_spoken(at) && !is_one_of(words_.lower(at), {"has", "have", "had"})) ++at;
        if (at + 2 >= end) continue;
        // “Word is he lost his savings”
        const bool is = at == i + 1 && words_.lower(at) == "is" && words_.lower(i) != "news" && (i == begin || !words_.is_spoken(i - 1));
        if (is && at + 4 < end && is_one_of(words_.lower(at + 1), {"that", "he", "she", "they", "we", "it", "the", "there"})) {
          size_t last = end;
          for (const Quote& quote : outermost_)
            if (quote.span.contains(words_.span(i))) last = std::min(last, words_.to(quote.span.end));
          while (last > at + 1 && !words_.is_spoken(last - 1)) --last;
          make(std::nullopt, words_.over(i, at + 1), {words_.over(at + 1, last)}, likely, "rule hearsay");
          break;
        }
        const bool now = is_one_of(words_.lower(at), {"reach", "reaches"}) && is_one_of(words_.lower(at + 1), {"us", "me"});  // “Rumours reach us”
        if (!now && !is_one_of(words_.lower(at), {"has", "have", "had"})) continue;
        const std::string verb = now ? "reached" : words_.lower(++at);
        if (!is_one_of(verb, {"it", "reached", "spread", "come"})) continue;
        ++at;
        if (verb == "reached" || verb == "come") {  // whom it reached: “us”, “the ministry”
          while (at < end && at < i + 8 && words_.is_spoken(at) && words_.lower(at) != "that") ++at;
        }
        if (at >= end || words_.lower(at) != "that" || at + 2 >= end) continue;
        size_t last = end;
        for (size_t k = at; k < last && now; ++k)
          if (is_dash(words_.word(k))) last = k;
        while (last > at + 1 && !words_.is_spoken(last - 1)) --last;
        rumours.push_back(words_.over(i, at));
        make(std::nullopt, rumours.back(), {words_.over(at, last)}, likely, "rule hearsay");
        break;
      }
    }
    read_what_we_are_told();
    // “Rumour has it”: no rumour speaks.
    std::erase_if(attributions_, [&](const Attribution& a) {
      return a.source && !a.cue.empty() && std::any_of(rumours.begin(), rumours.end(), [&](Span rumour) {
        return rumour.contains(a.cue.spans.front()) && rumour.contains(a.source->part.spans.front());
      });
    });
  }

  // “The islanders, we are told, are ungrateful”: nobody is named who told. What the network makes of the parenthesis goes.
  void read_what_we_are_told() {
    struct Told {
      Span cue, sentence;
      std::vector<Span> content;
    };
    std::vector<Told> all;
    std::vector<Span> spans;
    for (size_t i = 1; i + 3 < words_.count(); ++i) {
      if (words_.word(i - 1) != "," || is_inside_quotation(words_.span(i))) continue;
      size_t told = i + 1;
      if (!is_one_of(words_.lower(i), {"we", "i"}) || !is_one_of(words_.lower(told), {"are", "am", "were", "was", "’re", "'re", "’m", "'m"}) ||
          words_.lower(++told) != "told")
        continue;
      const Sentence& sentence = words_.sentence_of(i);
      const size_t begin = sentence.first.index, behind = told + 1;
      size_t end = sentence.last.index + size_t{1};
      if (behind < end && words_.word(behind) != "," && words_.is_spoken(behind)) continue;  // “, we are told that”
      while (end > behind && !words_.is_spoken(end - 1)) --end;
      Told one{words_.over(i, behind), sentence.span, {}};
      if (begin + 1 < i) one.content.push_back(words_.over(begin, i - 1));
      if (behind + 1 < end) one.content.push_back(words_.over(behind + 1, end));
      if (one.content.empty()) continue;
      spans.push_back(one.cue);
      all.push_back(std::move(one));
    }
    overrule(std::move(spans));
    const SpanIndex others = all_cues();
    for (Told& one : all)  // but where somebody else says it
      if (!others.overlaps(one.sentence)) make(std::nullopt, one.cue, std::move(one.content), likely, "rule hearsay");
  }

  // What the network has a cue of in these words goes.
  void overrule(std::vector<Span> words) {
    const SpanIndex index(std::move(words));
    std::erase_if(attributions_, [&](const Attribution& a) { return !a.cue.empty() && index.overlaps(a.cue.spans.front()); });
  }

  // ---- How the ministry communicated, no request was received. “Invention,” so Brandner. ----

  // Ways of other languages that machines translate word by word: “how” for “as”, “so” for “said”, the verb before who speaks (“As informs the
  // agency, …”), “by words of Penev”.
  void read_word_by_word() {
    const SpanIndex taken = all_cues();
    for (const Sentence& sentence : document_.sentences) {
      const size_t begin = sentence.first.index, end = sentence.last.index + size_t{1};
      if (words_.lower(begin) != "how" || words_.word(begin) != "How" || taken.overlaps(sentence.span)) continue;
      size_t comma = begin + 3;
      while (comma < end && comma < begin + 14 && words_.word(comma) != ",") ++comma;
      if (comma >= end || words_.word(comma) != "," || comma + 4 > end ||
          !is_one_of(words_.lower(comma - 1), {"communicated", "reported", "announced", "informed", "said", "stated", "explained", "declared",
                                               "confirmed", "emphasized", "underlined", "wrote"}))
        continue;
      if (words_.word(end - 1) == "?") continue;
      Attribution& a = make(words_.over(begin + 1, comma - 1), words_.span(begin),
                            {words_.over(comma + 1, words_.is_spoken(end - 1) ? end : end - 1)}, weak, "rule word by word");
      a.cue.spans.push_back(words_.span(comma - 1));
    }
    read_speakers_behind_verbs();
    for (const Quote& quote : outermost_) {
      size_t so = words_.from(quote.span.end);
      if (so < words_.count() && words_.word(so) == ",") ++so;
      if (!quote.opened || !quote.closed || so + 1 >= words_.count() || words_.begins_line(so) || words_.lower(so) != "so" ||
          !words_.has_capital(so + 1) || taken.overlaps(words_.span(so)))
        continue;
      size_t end = so + 1;
      while (end < words_.count() && end < so + 6 && words_.is_spoken(end) && words_.has_capital(end)) ++end;
      make(words_.over(so + 1, end), words_.span(so), {quote.span}, weak, "rule word by word");
    }
  }

  // “As informs the agency, the road is closed”, “by words of Penev, it is open”: what the network makes of these words goes.
  void read_speakers_behind_verbs() {
    std::vector<Attribution> turned;
    std::vector<Span> fronts;
    for (const Sentence& sentence : document_.sentences) {
      const size_t begin = sentence.first.index;
      size_t end = sentence.last.index + size_t{1};
      while (end > begin && !words_.is_spoken(end - 1) && !is_inside_quotation(words_.span(end - 1))) --end;
      if (end < begin + 6 || words_.word(sentence.last.index) == "?") continue;
      size_t cue = begin, source = 0;
      if (words_.word(begin) == "As" && (is_saying_verb(words_.lower(begin + 1)) || reports(words_.lower(begin + 1), true)) &&
          words_.lower(begin + 1).ends_with('s') &&
          begins_speaker(begin + 2)) {
        cue = begin + 1;
        source = begin + 2;
      } else if (is_one_of(words_.word(begin), {"By", "According"})) {
        size_t k = begin + (words_.lower(begin) == "according" && words_.lower(begin + 1) == "to" ? 2 : 1);
        if (words_.lower(k) == "the") ++k;
        if (k + 2 < end && words_.lower(k) == "words" && words_.lower(k + 1) == "of") source = k + 2;
      }
      if (source == 0) continue;
      size_t comma = source;
      while (comma < end && comma < source + 20 && words_.word(comma) != "," && words_.word(comma) != ":") ++comma;
      size_t from = comma + 1, source_end = source;
      while (source_end < comma && !(words_.lower(source_end) == "with" && words_.lower(source_end + 1) == "reference")) ++source_end;
      // Whom the paper cites is read from here (read_relays).
      if (from < end && is_one_of(words_.lower(from), {"citing", "quoting"})) {
        while (from < end && words_.word(from) != ",") ++from;
        ++from;
      }
      if (source_end == source || source_end >= source + 12 || comma >= source + 20 || from + 2 > end || from >= end) continue;
      fronts.push_back(words_.over(begin, from));
      Attribution a;
      a.source = Source{{{words_.over(source, source_end)}}, SourceKind::person};
      a.cue.spans = {words_.over(cue, source)};
      a.content.spans = {words_.over(from, end)};
      a.confidence = weak;
      a.evidence = {"rule word by word"};
      turned.push_back(std::move(a));
    }
    overrule(std::move(fronts));
    for (Attribution& a : turned) attributions_.push_back(std::move(a));  // and not made_: read_relays() asks who tells
  }

  // ---- The road is closed, informs the agency. Two are hurt, as has confirmed to us the mayor. ----

  // A clause, a comma, and behind a verb of reporting who speaks, up to a comma or the sentence's end; where the model has no cue.
  void read_speakers_at_the_end() {
    const SpanIndex taken = all_cues();
    for (const Sentence& sentence : document_.sentences) {
      size_t begin = sentence.first.index;
      const size_t end = sentence.last.index + size_t{1};
      for (const Section& section : document_.sections)
        if (section.kind == SectionKind::dateline && section.span.overlaps(sentence.span)) begin = std::max(begin, words_.to(section.span.end));
      while (begin + 1 < end && !words_.is_spoken(begin) && is_dash(words_.word(begin))) ++begin;
      for (size_t i = begin + 5; i + 2 < end; ++i) {
        if (words_.begins_line(i)) begin = i;
        if (words_.word(i - 1) != "," || i < begin + 5 || is_inside_quotation(words_.span(i))) continue;
        size_t verb = words_.lower(i) == "as" ? i + 1 : i;
        const size_t cue = verb;
        if (is_one_of(words_.lower(verb), {"has", "have"})) ++verb;
        if (verb + 2 >= end || !reports(words_.lower(verb), verb > i)) continue;
        const bool known = taken.overlaps(words_.span(verb));
        if (known && cue == i) continue;
        const auto speaker = speaker_behind(verb + 1, end);
        if (!speaker) continue;
        if (known) overrule({words_.over(cue, verb + 1)});  // of “as has confirmed to us the mayor” the model may take “us”
        Attribution a;
        a.source = Source{{{*speaker}}, SourceKind::person};
        a.cue.spans = {words_.over(cue, verb + 1)};
        a.content.spans = {words_.over(begin, i - 1)};
        a.confidence = weak;
        a.evidence = {"rule speaker at the end"};
        attributions_.push_back(std::move(a));  // and not made_: who speaks in the body tells who speaks in the headline
        break;
      }
    }
  }

  // Verbs that tell what stands before them: “informs”, “declared”; `apart`: behind “as” or “has”, where nothing else can follow.
  static bool reports(const std::string& verb, bool apart) {
    return is_one_of(verb, {"informs", "reports", "transmits", "communicates", "declares", "states", "affirms", "assures", "announces", "specifies",
                            "underlines", "denounces", "declared", "stated", "announced", "affirmed", "underlined", "communicated", "specified"}) ||
           (apart && is_one_of(verb, {"confirmed", "reported", "informed", "explained", "said", "told", "assured", "noted", "confirms", "explains",
                                      "says", "notes"}));
  }

  // Who speaks in the words from `at` on, behind what else belongs to the verb (“on Thursday”, “to this newspaper”): up to a comma or the end.
  std::optional<Span> speaker_behind(size_t at, size_t end) const {
    const size_t furthest = std::min(end, at + 10);
    for (size_t k = at; k < furthest && words_.word(k) != ","; ++k) {
      const bool depends = k > at && is_one_of(words_.lower(k - 1), {"on", "in", "at", "to", "during", "of", "with", "for", "from", "the", "a",
                                                                   "this"});
      if (depends || !begins_speaker(k)) continue;
      size_t to = k;
      while (to < end && to < k + 16 && words_.is_spoken(to) && !is_one_of(words_.lower(to), {"in", "with", "during", "on", "after", "that"})) ++to;
      if (to == k || !speaks(k, to)) continue;
      // An apposition: “the mayor, Rocco Tendi”.
      if (to + 2 < end && words_.word(to) == "," && words_.has_capital(to + 1)) {
        size_t name = to + 1;
        while (name < end && words_.is_spoken(name) && words_.has_capital(name)) ++name;
        if (name == end || !words_.is_spoken(name)) to = name;
      }
      size_t rest = to;
      while (rest < end && words_.is_spoken(rest)) ++rest;
      if (rest + 1 >= end || words_.word(rest) == ",") return words_.over(k, to);
    }
    return std::nullopt;
  }

  // ---- The treasury put the cost at $86 million. ----

  void read_estimates() {
    const SpanIndex taken = all_parts();
    for (size_t i = 1; i + 3 < words_.count(); ++i) {
      if (!is_one_of(words_.word(i), {"put", "puts"}) || taken.overlaps(words_.span(i)) || is_inside_quotation(words_.span(i))) continue;
      const Sentence& sentence = words_.sentence_of(i);
      const size_t end = sentence.last.index + size_t{1};
      size_t at = i + 1;
      bool measured = false;  // a number of something stands before “at”
      while (at < end && at < i + 12 && words_.lower(at) != "at" && words_.word(at) != ",")
        measured = is_one_of(words_.lower(at++), {"cost", "costs", "toll", "number", "figure", "damage", "price", "value", "loss", "losses", "share",
                                                  "chance", "chances", "odds", "rate", "population", "total", "turnout", "dead", "deaths", "death",
                                                  "injured", "casualties", "bill", "strength", "crowd", "support", "magnitude", "size", "worth"}) ||
                   measured;
      if (!measured || at + 1 >= end || words_.lower(at) != "at" || !begins_amount(at + 1, end)) continue;
      size_t begin = i;
      while (begin > sentence.first.index && i - begin < 9 && words_.is_spoken(begin - 1) &&
             !is_one_of(words_.lower(begin - 1), {"that", "and", "but"}))
        if (is_one_of(words_.lower(--begin), {"the", "a", "an", "its", "his", "her", "their"})) break;
      if (begin == i) continue;
      std::vector<std::string> words;
      for (size_t k = begin; k < i; ++k) words.emplace_back(words_.word(k));
      const SourceKind kind = kind_of(words);
      if (!is_speaking_role(words_.lower(i - 1)) && kind != SourceKind::organisation && kind != SourceKind::publication &&
          kind != SourceKind::document)
        continue;
      size_t last = at + 1;
      while (last < end && words_.word(last) != "," && words_.word(last) != ";" && !is_one_of(words_.lower(last), {"but", "while", "after"})) ++last;
      while (last > at + 1 && !words_.is_spoken(last - 1)) --last;
      if (taken.overlaps(words_.over(begin, last))) continue;
      make(words_.over(begin, i), words_.span(i), {words_.over(i + 1, last)}, likely, "rule estimate");
    }
  }

  bool begins_amount(size_t word, size_t end) const {
    const auto is_number = [&](size_t k) {
      return (words_.word(k)[0] >= '0' && words_.word(k)[0] <= '9') || is_one_of(words_.word(k), {"$", "€", "£"}) ||
             is_one_of(words_.lower(k), {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozens",
                                         "hundreds", "thousands", "zero", "half", "us$"});
    };
    for (size_t k = word; k < end && k < word + 4; ++k) {
      if (is_number(k)) return true;
      if (!is_one_of(words_.lower(k), {"about", "around", "some", "nearly", "almost", "over", "more", "than", "least", "at", "between", "roughly",
                                       "just", "under", "up", "to", "as", "high", "many"}))
        return false;
    }
    return false;
  }

  // Does a phrase for somebody who speaks begin here: an article, a name, a role, a paper?
  bool begins_speaker(size_t word) const {
    const std::string lower = words_.lower(word);
    return words_.has_capital(word) || is_speaking_role(lower) ||
           is_one_of(lower, {"the", "a", "an", "our", "its", "his", "her", "newspaper", "magazine", "portal", "radio", "channel", "daily",
                             "website"});
  }

  // ---- A second brigade is reportedly on its way. ----

  // “Reportedly”; “allegedly” where it says of a verb that it is alleged: “who allegedly forged them”, “Lund allegedly forged a cheque”, not
  // “20 allegedly forged cheques”.
  bool is_reportedly(size_t word) const {
    if (words_.lower(word) == "reportedly") return true;
    if (words_.lower(word) != "allegedly" || word == 0 || word + 2 >= words_.count()) return false;
    if (is_one_of(words_.lower(word - 1), {"he", "she", "it", "they", "who", "which", "has", "have", "had", "is", "are", "was", "were"})) return true;
    const std::string verb = words_.lower(word + 1), next = words_.lower(word + 2);
    const bool has_object = is_one_of(next, {"the", "a", "an", "his", "her", "their", "its", "him", "them", "to", "from", "with", "that"});
    if (!has_object || !words_.is_spoken(word - 1)) return false;
    if (is_one_of(words_.lower(word - 1), {"into", "of", "for", "by", "and", "or", "the", "a", "'s", "’s"})) return false;
    return verb.ends_with("ed") || is_one_of(verb, {"took", "stole", "paid", "sold", "told", "gave", "made", "hid", "shot", "struck", "broke",
                                                    "wrote", "sent", "bought", "beat", "cut", "hit"});
  }

  // The clause around such a word that nobody is given yet: within its sentence, its quotation and the content it stands in.
  void read_reportedly() {
    const SpanIndex cues = all_cues();
    for (size_t i = 0; i < words_.count(); ++i) {
      if (!is_reportedly(i) || cues.overlaps(words_.span(i))) continue;
      const Sentence& sentence = words_.sentence_of(i);
      Span room = sentence.span;
      const auto narrow = [&](Span around) {
        if (around.contains(words_.span(i))) room = {std::max(room.begin, around.begin), std::min(room.end, around.end)};
      };
      for (const Quote& quote : outermost_) narrow(quote.span);
      bool told = false;  // inside what somebody is known to say
      for_each_attribution([&](const Attribution& a) {
        for (const Span span : a.content.spans) {
          narrow(span);
          told = told || span.contains(words_.span(i));
        }
      });
      if (told && words_.lower(i) == "allegedly") continue;  // there it is a marker of hearsay
      size_t begin = words_.from(room.begin), end = words_.to(room.end);
      const auto parts = [&](size_t k) {
        return is_one_of(words_.word(k), {";", ":"}) || is_dash(words_.word(k)) ||
               (words_.word(k) == "," && k + 1 < end &&
                is_one_of(words_.lower(k + 1), {"and", "but", "while", "which", "who", "although", "though"}));
      };
      for (size_t k = i; k-- > begin;)
        if (parts(k)) {
          begin = k + 1;
          break;
        }
      // “arrested [a man who (has)] allegedly [stabbed her], and”, not “the man who smokes reportedly left”
      bool relative = false;
      for (size_t k = i; k-- > begin && k + 2 >= i && !relative;) {
        const bool near = k + 1 == i || words_.has_capital(i - 1) ||
                          is_one_of(words_.lower(i - 1), {"has", "have", "had", "is", "are", "was", "were"});
        relative = near && is_one_of(words_.lower(k), {"who", "which", "whom"});
        if (relative) begin = k + 1;
      }
      for (size_t k = i + 1; k < end; ++k)
        if (parts(k) || (relative && words_.word(k) == ",")) {
          end = k;
          break;
        }
      const auto is_edge = [&](size_t k) {
        return !words_.is_spoken(k) || (k == begin && is_one_of(words_.lower(k), {"and", "but", "while", "although", "though", "that"}));
      };
      while (begin < i && is_edge(begin)) ++begin;
      while (end > i + 1 && !words_.is_spoken(end - 1)) --end;
      if (end - begin < 4 || cues.overlaps(words_.over(begin, end))) continue;  // “he reportedly said that …” has another cue
      std::vector<Span> content;
      if (begin < i) content.push_back(words_.over(begin, i));
      size_t behind = i + 1;
      while (behind < end && !words_.is_spoken(behind)) ++behind;
      if (behind < end) content.push_back(words_.over(behind, end));
      make(std::nullopt, words_.span(i), std::move(content), likely, "rule reportedly");
    }
  }

  // ---- “It leaks,” Lund was quoted as saying. ----

  void read_quoted_as_saying() {
    for (const Quote& quote : outermost_) {
      if (!quote.closed) continue;
      const size_t begin = words_.from(quote.span.end);
      size_t verb = begin;
      while (verb < words_.count() && verb < begin + 12 && words_.is_spoken(verb) && !words_.begins_line(verb) && words_.lower(verb) != "quoted")
        ++verb;
      if (verb < begin + 2 || verb + 2 >= words_.count() || words_.lower(verb) != "quoted" || words_.lower(verb + 1) != "as" ||
          words_.lower(verb + 2) != "saying" || !is_one_of(words_.lower(verb - 1), {"was", "were", "is", "are"}))
        continue;
      make(words_.over(begin, verb - 1), words_.over(verb - 1, verb + 3), {quote.span}, sure, "rule quoted as saying");
    }
  }

  // ---- The Post reports, citing two officials, that talks are under way. ----

  // Who is cited says what the one who cites passes on: both have the content, and the one stands within the other (nesting.h, nest). Replaces what
  // the model made of the same cue.
  void read_relays() {
    std::vector<std::pair<size_t, Attribution>> relays;  // by whom, and what
    for (size_t i = 0; i + 1 < words_.count(); ++i) {
      const std::string word = words_.lower(i);
      size_t from = 0, cue = i;
      if (word == "citing" || word == "quoting") from = i + 1;
      else if (i > 0 && is_one_of(word, {"cites", "cited", "quotes", "quoted"}) && words_.lower(i - 1) == "which") from = i + 1;
      else if (word == "with" && i + 3 < words_.count() && words_.lower(i + 1) == "reference" && words_.lower(i + 2) == "to") from = i + 3;
      else if (word == "referring" && words_.lower(i + 1) == "to" && i > 0 && words_.word(i - 1) == ",") from = i + 2;
      if (from == 0 || is_inside_quotation(words_.span(i))) continue;
      const Sentence& sentence = words_.sentence_of(i);
      const auto teller = teller_of(sentence, i);
      if (!teller) continue;
      // “Radio Costa, which cites …, reported”: the one in front of “which”.
      if (i > 1 && words_.lower(i - 1) == "which" && words_.to(attributions_[*teller].source->part.spans.back().end) + 2 < i) continue;
      const Span own_cue = envelope(attributions_[*teller].cue);
      size_t to = from;
      while (to <= sentence.last.index && to < from + 14 && !is_one_of(words_.word(to), {",", ".", ";", ":"}) && words_.lower(to) != "that" &&
             !own_cue.contains(words_.span(to)) && !words_.begins_line(to)) {
        if (is_one_of(words_.lower(to), {"reported", "said", "writes", "wrote", "says"})) break;
        ++to;
      }
      if (to == from || !speaks(from, to)) continue;
      Attribution relay;
      relay.source = Source{{{words_.over(from, to)}}, SourceKind::person};
      relay.cue.spans = {words_.over(cue, from)};
      relay.confidence = likely;
      relay.evidence = {"rule relay"};
      relays.emplace_back(*teller, std::move(relay));
    }
    for (auto& [teller, relay] : relays) {
      // What the model took of the citing words into the content goes.
      const Span own = {relay.cue.spans.front().begin, envelope(relay.source->part).end};
      Attribution& outer = attributions_[teller];
      std::vector<Span> pieces;
      for (const Span span : outer.content.spans) {
        if (!span.overlaps(own)) {
          pieces.push_back(span);
          continue;
        }
        for (const auto& [begin, end] : {std::pair(words_.from(span.begin), words_.to(own.begin)),
                                         std::pair(words_.from(own.end), words_.to(span.end))}) {
          size_t first = begin, last = end;
          while (first < last && !words_.is_spoken(first) && !is_inside_quotation(words_.span(first))) ++first;
          while (last > first && !words_.is_spoken(last - 1) && !is_inside_quotation(words_.span(last - 1))) --last;
          if (first < last) pieces.push_back(words_.over(first, last));
        }
      }
      if (pieces.empty()) continue;
      // “reported, citing an officer, that they had found two antennas [under the hull].”: so near its end a sentence brings nothing new.
      const size_t that = words_.from(pieces.back().begin), behind = words_.to(pieces.back().end);
      const uint32_t last = words_.sentence_of(that).last.index;
      size_t end = behind;
      while (end <= last && end < behind + 9 && words_.is_spoken(end) && !is_one_of(words_.lower(end), {"and", "but", "while", "as", "after"})) ++end;
      const bool is_clause = words_.lower(that) == "that" && that == words_.from(own.end) + 1;
      if (is_clause && end > behind && end == last) pieces.back().end = words_.span(end - 1).end;
      if (pieces != outer.content.spans) outer.evidence.push_back("rule relay");
      outer.content.spans = pieces;
      relay.content.spans = std::move(pieces);
      made_.push_back(std::move(relay));
    }
    std::vector<Span> cues;
    for (const Attribution& a : made_)
      if (is_relay(a)) cues.insert(cues.end(), a.cue.spans.begin(), a.cue.spans.end());
    const SpanIndex index(std::move(cues));
    std::erase_if(attributions_, [&](const Attribution& a) {
      return std::any_of(a.cue.spans.begin(), a.cue.spans.end(), [&](Span s) { return index.overlaps(s); });
    });
  }

  bool is_inside_quotation(Span span) const {
    const auto ends_behind = [](uint32_t at, const Quote& quote) { return at < quote.span.end; };
    const auto quote = std::upper_bound(outermost_.begin(), outermost_.end(), span.begin, ends_behind);
    return quote != outermost_.end() && quote->span.contains(span);
  }

  // Whose cue in the sentence, that cites nobody itself, is nearest to word i.
  std::optional<size_t> teller_of(const Sentence& sentence, size_t i) const {
    std::optional<size_t> best;
    size_t distance = SIZE_MAX;
    for (size_t k = 0; k < attributions_.size(); ++k) {
      const Attribution& a = attributions_[k];
      if (!a.source || a.cue.empty() || a.content.empty() || !sentence.span.contains(a.cue.spans.front())) continue;
      const size_t at = words_.from(a.cue.spans.front().begin);
      if (is_one_of(words_.lower(at), {"citing", "quoting", "referring", "cited", "quoted", "cites", "quotes", "which"})) continue;
      const size_t apart = at > i ? at - i : i - at;
      if (apart > 0 && apart < distance) best = k, distance = apart;
    }
    return best;
  }

  // Can these words speak: a name, a role, people, a paper; and not “concerns”, “a lack of evidence”?
  bool speaks(size_t begin, size_t end) const {
    size_t head = begin;
    for (size_t k = begin; k < end; ++k) {
      if (is_one_of(words_.lower(k), {"of", "in", "at", "from", "for", "with", "on", "by", "close", "familiar", "to", "who", "briefed", "near",
                                      "inside", "within", "involved", "it", "he", "she", "they", "whom", "that"}))
        break;
      if (words_.is_spoken(k)) head = k;
    }
    if (words_.has_capital(head)) return true;
    std::string noun = words_.lower(head);
    if (is_one_of(noun, {"person", "somebody", "someone", "people", "hospital", "prefecture", "municipality", "fire", "firemen",
                         "source", "sources", "officials", "circles", "insiders", "residents", "witnesses",
                         "reports", "documents",
                         "letter", "report", "study", "survey", "poll", "agency", "newspaper", "radio", "television", "media", "diplomats",
                         "memo", "memos", "email", "emails", "e-mail", "e-mails", "filing", "filings", "affidavit", "transcript", "transcripts",
                         "data", "figures", "records"}))
      return true;
    if (is_speaking_role(noun)) return true;
    if (noun.size() > 3 && noun.ends_with('s')) noun.pop_back();
    return is_speaking_role(noun);
  }

  // ---- Lund shook his head. “We lost.” ----

  // A whole quoted sentence that nobody is given, right behind a sentence of the same paragraph: that begins with its subject, or that gives
  // somebody another quotation (“We lost,” Lund said. “We will win.”), which then goes on.
  void read_uncued_quotations() {
    const SpanIndex taken = all_parts();
    const auto speakers = speakers_by_sentence();
    for (const Quote& quote : outermost_) {
      if (!quote.opened || !quote.closed || taken.overlaps(quote.span)) continue;
      const size_t begin = words_.from(quote.span.begin), end = words_.to(quote.span.end);
      if (begin == 0 || end < begin + 4 || words_.begins_line(begin)) continue;
      // It is a sentence of its own: its own last mark, a capital, and a full stop before it.
      if (!words_.has_capital(begin + 1) || !is_one_of(words_.word(end - 2), {".", "!", "?", "…", "..."})) continue;
      if (!is_one_of(words_.word(begin - 1), {".", "!", "?", ":"})) continue;
      if (end < words_.count() && !words_.begins_line(end) && !words_.has_capital(end)) continue;
      const Sentence& before = words_.sentence_of(begin - 1);
      const auto speaker = speakers.find(before.first.index);
      if (speaker != speakers.end() && speaker->second != nullptr && quotes_before_cue(*speaker->second, before)) {
        speaker->second->content.spans.push_back(quote.span);
        speaker->second->evidence.push_back("rule quotation goes on");
        continue;
      }
      if (taken.overlaps(before.span)) continue;
      const std::optional<Span> subject = subject_of(before);
      if (!subject) continue;
      make(subject, std::nullopt, {quote.span}, weak, "rule speaker in the sentence before");
    }
  }

  // The only attribution with its cue in a sentence, by that sentence's first word; nullptr where several have it there.
  std::unordered_map<size_t, Attribution*> speakers_by_sentence() {
    std::unordered_map<size_t, Attribution*> speakers;
    for (Attribution& a : attributions_) {
      if (a.cue.empty()) continue;
      const auto [at, first] = speakers.emplace(words_.sentence_of(words_.from(a.cue.spans.front().begin)).first.index, &a);
      if (!first) at->second = nullptr;
    }
    return speakers;
  }

  // Is the whole content of this attribution in front of its cue, and its last piece a whole quotation of this sentence?
  bool quotes_before_cue(const Attribution& a, const Sentence& sentence) const {
    if (!a.source || a.content.empty()) return false;
    const Span last = a.content.spans.back();
    const auto begins_before = [](const Quote& quote, uint32_t at) { return quote.span.begin < at; };
    const auto quote = std::lower_bound(outermost_.begin(), outermost_.end(), last.begin, begins_before);
    if (quote == outermost_.end() || quote->span != last || !quote->closed) return false;
    return sentence.span.contains(last) && last.end <= a.cue.spans.front().begin;
  }

  // The pronoun or name that the sentence begins with, before a word in small letters: “Lund”, “She”, “Transport Minister Helga Brandt”.
  std::optional<Span> subject_of(const Sentence& sentence) const {
    const size_t begin = sentence.first.index, end = sentence.last.index + size_t{1};
    const std::string first = words_.lower(begin);
    if (is_one_of(first, {"he", "she", "they"})) return words_.span(begin);
    if (is_one_of(first, {"the", "a", "an", "but", "and", "in", "on", "at", "it", "this", "that", "there", "what", "when", "if", "as", "for", "i",
                          "we", "you", "his", "her", "their", "so", "then", "after", "before", "while", "by", "with", "from", "to", "no", "not",
                          "all", "some", "many", "one", "how", "why", "where", "these", "those", "its", "our", "my", "your"}))
      return std::nullopt;
    size_t at = begin;
    while (at < end && at < begin + 6 && words_.is_spoken(at) && words_.has_capital(at)) ++at;
    if (at == begin || at >= end || !words_.is_spoken(at) || words_.has_capital(at)) return std::nullopt;
    return words_.over(begin, at);
  }

  const Document& document_;
  const Words words_;
  std::vector<Attribution>& attributions_;
  std::vector<Attribution> made_;
  std::vector<Quote> outermost_;
};

}  // namespace

bool is_line_of_speech(const Attribution& attribution) { return attribution.evidence.front() == line_of_speech; }

void add_by_layout(const Document& document, std::vector<Attribution>& attributions) { Layout(document, attributions).add(); }

}  // namespace sayso
