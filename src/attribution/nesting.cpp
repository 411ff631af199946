#include "attribution/nesting.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/unicode.h"

namespace sayso {

namespace {

size_t size_of(const Part& part) {
  size_t size = 0;
  for (const Span& span : part.spans) size += span.size();
  return size;
}

}  // namespace

void complete_quotations(const Document& document, std::vector<Attribution>& attributions) {
  std::unordered_map<uint32_t, uint32_t> ends;  // by their begins
  for (const Quote& quote : document.quotes)
    if (quote.opened && quote.closed) ends.emplace(quote.span.begin, quote.span.end);
  for (Attribution& a : attributions) {
    Span& last = a.content.spans.back();
    const auto quote = ends.find(last.begin);
    if (quote == ends.end() || quote->second <= last.end) continue;
    const Span rest{last.end, quote->second};
    const auto in_rest = [rest](Span span) { return span.overlaps(rest); };
    if (std::ranges::any_of(a.cue.spans, in_rest) || (a.source && std::ranges::any_of(a.source->part.spans, in_rest))) continue;
    last.end = rest.end;
    a.evidence.push_back("rule whole quotation");
  }
}

ReadableUnits select_content(const ReadableUnits& all, const Part& content, bool quoted) {
  ReadableUnits out;
  const std::vector<Unit>& units = all.text.units;
  for (const Span& span : content.spans) {
    auto unit = std::lower_bound(units.begin(), units.end(), span.begin, [](const Unit& u, uint32_t at) { return u.begin < at; });
    for (; unit != units.end() && unit->end <= span.end; ++unit) {
      if (quoted && unit->quote >= 2) continue;
      Unit copy = *unit;
      copy.first_piece = static_cast<uint32_t>(out.text.pieces.size());
      if (quoted) copy.quote = 0;
      if (out.text.units.empty()) copy.gap = 1;
      for (uint32_t p = 0; p < unit->pieces; ++p) out.text.pieces.push_back(all.text.pieces[unit->first_piece + p]);
      out.text.units.push_back(copy);
      out.origin.push_back(all.origin[static_cast<size_t>(unit - units.begin())]);
    }
  }
  return out;
}

std::vector<size_t> choose_contents(const std::vector<const Part*>& contents) {
  std::vector<size_t> order(contents.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return size_of(*contents[a]) > size_of(*contents[b]); });
  std::set<std::pair<uint32_t, uint32_t>> taken;  // begin, end; apart from each other
  const auto is_free = [&](Span span) {
    auto next = taken.lower_bound({span.begin, 0});
    if (next != taken.end() && next->first < span.end) return false;
    return next == taken.begin() || (--next)->second <= span.begin;
  };
  std::vector<size_t> chosen;
  for (size_t i : order) {
    const std::vector<Span>& spans = contents[i]->spans;
    if (!std::all_of(spans.begin(), spans.end(), is_free)) continue;
    for (const Span& span : spans) taken.insert({span.begin, span.end});
    chosen.push_back(i);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

void nest(std::vector<Attribution>& attributions) {
  // Contents that cover a place, found by a sweep over the cues in text order.
  struct Open {
    Span span;
    size_t of;
  };
  std::vector<Open> opens;
  for (size_t i = 0; i < attributions.size(); ++i)
    for (const Span& span : attributions[i].content.spans) opens.push_back({span, i});
  std::sort(opens.begin(), opens.end(), [](const Open& a, const Open& b) { return a.span < b.span; });
  std::vector<size_t> order(attributions.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto anchor = [&](size_t i) { return attributions[i].cue.empty() ? envelope(attributions[i].content) : envelope(attributions[i].cue); };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return std::pair(anchor(a), a) < std::pair(anchor(b), b); });

  std::vector<size_t> sizes;
  for (const Attribution& a : attributions) sizes.push_back(size_of(a.content));
  std::vector<Open> active;
  size_t next = 0;
  for (size_t i : order) {
    const Span cue = anchor(i);
    while (next < opens.size() && opens[next].span.begin <= cue.begin) active.push_back(opens[next++]);
    std::erase_if(active, [&](const Open& open) { return open.span.end <= cue.begin; });
    std::optional<size_t> best;
    for (const Open& open : active) {
      const size_t outer = open.of;
      if (outer == i || open.span.end < cue.end || std::pair(sizes[outer], outer) <= std::pair(sizes[i], i)) continue;
      const Span room = envelope(attributions[outer].content);
      const bool fits = room.contains(envelope(attributions[i].content)) &&
                        (!attributions[i].source || room.contains(envelope(attributions[i].source->part)));
      if (fits && (!best || std::pair(sizes[outer], outer) < std::pair(sizes[*best], *best))) best = outer;
    }
    attributions[i].within = best ? std::optional(Id<Attribution>{static_cast<uint32_t>(*best)}) : std::nullopt;
  }
  for (Attribution& relay : attributions) {
    if (!is_relay(relay)) continue;
    const auto teller = std::find_if(attributions.begin(), attributions.end(), [&](const Attribution& a) { return passes_on(a, relay); });
    if (teller != attributions.end()) relay.within = Id<Attribution>{static_cast<uint32_t>(teller - attributions.begin())};
  }
}

bool is_relay(const Attribution& attribution) { return attribution.evidence.front() == "rule relay"; }

bool is_of_nobody(const Document& document, const Attribution& attribution) {
  if (!attribution.source) return false;
  const std::string source = to_lower(text_of(document, attribution.source->part));
  for (const std::string_view word : {"nobody", "no one", "no-one", "none of"})
    if (source == word || source.starts_with(std::string(word) + " ")) return true;
  return false;
}

bool passes_on(const Attribution& outer, const Attribution& relay) {
  return is_relay(relay) && !is_relay(outer) && !relay.content.empty() && outer.content == relay.content;
}

}  // namespace sayso
