#include "ingest/compose.h"

#include <algorithm>
#include <limits>

#include "base/unicode.h"
#include "charset/mojibake.h"
#include "ingest/content.h"

namespace sayso {
namespace {

constexpr size_t most_hops = 200;  // each is looked for among the entities; histories and threads have a handful
constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

std::optional<SectionKind> section_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::headline: return SectionKind::headline;
    case BlockKind::heading: return SectionKind::heading;
    case BlockKind::list: return SectionKind::list;
    case BlockKind::quote_block: return SectionKind::quote_block;
    case BlockKind::caption: return SectionKind::caption;
    case BlockKind::embed: return SectionKind::embed;
    case BlockKind::byline: return SectionKind::byline;
    case BlockKind::credit: return SectionKind::credit;
    case BlockKind::paragraph:
    case BlockKind::table:
    case BlockKind::preformatted: break;
  }
  return std::nullopt;
}

std::optional<std::string> said(std::string text) { return text.empty() ? std::nullopt : std::optional(std::move(text)); }

Span span_of(size_t begin, size_t size) { return {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + size)}; }

// A field's value without NULs, which would end it early in C; empty when it shows nothing.
std::string shown(std::string_view value) {
  std::string text = repair_utf8(value).text;
  std::erase(text, '\0');
  for (size_t at = 0; at < text.size();)
    if (is_word(next_code_point(text, at))) return text;
  return {};
}

// Where NUL characters stand, U+FFFD comes; what points into the text moves with it.
void replace_nuls(Document& document) {
  const size_t first = document.text.find('\0');
  if (first == std::string::npos) return;
  std::vector<uint32_t> nuls;
  std::string text;
  text.reserve(document.text.size() + 64);
  for (size_t i = 0; i < document.text.size(); ++i) {
    if (document.text[i] != '\0') {
      text += document.text[i];
    } else {
      text += replacement;
      nuls.push_back(static_cast<uint32_t>(i));
    }
  }
  document.text = std::move(text);
  const auto moved = [&](uint32_t at) {
    const auto before = std::lower_bound(nuls.begin(), nuls.end(), at) - nuls.begin();
    return at + static_cast<uint32_t>(before) * static_cast<uint32_t>(replacement.size() - 1);
  };
  for (Warning& warning : document.warnings)
    if (warning.span) warning.span = Span{moved(warning.span->begin), moved(warning.span->end)};
  for (Section& section : document.markup.items) section.span = {moved(section.span.begin), moved(section.span.end)};
  for (Hop& hop : document.hops) hop.span = {moved(hop.span.begin), moved(hop.span.end)};
  for (RawPiece& piece : document.raw_map.items) {
    const uint32_t begin = moved(piece.begin), end = moved(piece.begin + piece.size);
    piece = {begin, end - begin, piece.raw, piece.raw_size};
  }
  document.warnings.push_back({"nul", times(nuls.size(), "NUL character was", "NUL characters were") + " replaced by U+FFFD",
                               span_of(moved(nuls.front()), replacement.size())});
}

}  // namespace

std::string times(size_t count, const char* one, const char* many) { return std::to_string(count) + " " + (count == 1 ? one : many); }

Status compose(Draft draft, Document& document, const OffsetMap* map) {
  if (draft.member) document.member = document.member ? *document.member + ", " + *draft.member : *draft.member;
  document.media_type = std::move(draft.media_type);
  Metadata& metadata = draft.metadata;
  document.title = said(std::move(metadata.title));
  document.authors = std::move(metadata.authors);
  document.published = said(std::move(metadata.published));
  document.modified = said(std::move(metadata.modified));
  document.language = said(std::move(metadata.language));
  document.canonical = said(std::move(metadata.canonical));
  if (!metadata.publisher.empty() || !metadata.domain.empty())
    document.publisher = Publisher{std::move(metadata.publisher), std::move(metadata.domain)};
  for (std::string& warning : metadata.warnings) document.warnings.push_back({"markup", std::move(warning), std::nullopt});
  document.extra = std::move(draft.extra);
  if (!metadata.agency.empty()) document.extra.emplace_back("agency", as_json(metadata.agency));

  size_t size = 0;
  for (const ArticleBlock& block : draft.article.blocks) size += block.text.size() + 2;
  if (size > std::numeric_limits<uint32_t>::max())
    return Error{ErrorKind::bad_input, "the text is longer than 4 GB", document.source, "Split it first."};
  document.text.reserve(size);
  document.markup.made_by = "markup";
  if (map) document.raw_map.made_by = "ingest";
  std::vector<size_t> ends;  // of the text before each block
  for (const ArticleBlock& block : draft.article.blocks) {
    ends.push_back(document.text.size());
    if (block.text.empty()) continue;
    if (!document.text.empty()) document.text += "\n\n";
    const size_t begin = document.text.size();
    document.text += block.text;
    if (const auto kind = section_of(block.kind)) {
      Section section;
      section.kind = *kind;
      section.span = span_of(begin, block.text.size());
      // A list, a quotation of several paragraphs is one section.
      Layer<Section>& markup = document.markup;
      const bool goes_on = (*kind == SectionKind::list || *kind == SectionKind::quote_block) && !markup.items.empty() &&
                           markup.items.back().kind == *kind && markup.items.back().span.end + 2 == begin;
      if (goes_on) markup.items.back().span.end = section.span.end;
      else markup.items.push_back(std::move(section));
    }
    if (!map) continue;
    for (const RawRun& run : block.raw) {
      const uint64_t raw = map->to_input(run.raw), raw_end = map->to_input(size_t{run.raw} + run.size);
      document.raw_map.items.push_back({static_cast<uint32_t>(begin + run.begin), run.size, raw, raw_end - raw});
    }
  }
  ends.push_back(document.text.size());
  for (DraftHop& hop : draft.hops) {
    if (document.hops.size() == most_hops) break;
    const size_t begin = ends[std::min(hop.begin, ends.size() - 1)], end = ends[std::min(hop.end, ends.size() - 1)];
    std::string name = shown(hop.name), code = shown(hop.code);
    if (begin < end && (!name.empty() || !code.empty()))
      document.hops.push_back({std::move(name), std::move(code), hop.person, hop.origin, span_of(begin, end - begin)});
  }
  return {};
}

void warn_of_damage(Document& document) {
  replace_nuls(document);
  if (const Damage damage = find_mojibake(document.text); damage.count > 0)
    document.warnings.push_back({"mojibake",
                                 times(damage.count, "character was", "characters were") +
                                     " decoded wrongly before this came here (UTF-8 read as Windows-1252)",
                                 span_of(damage.first, damage.first_size)});
  if (const Damage damage = find_escaped_entities(document.text); damage.count > 0)
    document.warnings.push_back({"mojibake",
                                 times(damage.count, "character stands", "characters stand") +
                                     " in the text as HTML’s name for it (escaped twice)",
                                 span_of(damage.first, damage.first_size)});
  if (std::all_of(document.text.begin(), document.text.end(), [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }))
    document.warnings.push_back({"empty", "there is no text", std::nullopt});
}

}  // namespace sayso
