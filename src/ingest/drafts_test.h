// For the tests of formats: a draft's blocks as lines, each with its kind.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "ingest/ingest.h"
#include "markup/xml.h"

namespace sayso {

inline std::string show_blocks(const Draft& draft) {
  static constexpr const char* names[] = {"headline", "paragraph", "heading", "list", "quote", "caption", "embed", "byline", "credit", "table",
                                          "preformatted"};
  std::string out;
  for (const ArticleBlock& block : draft.article.blocks)
    out.append(out.empty() ? "" : "\n").append(names[static_cast<int>(block.kind)]).append(": ").append(block.text);
  return out;
}

// Every run of every block is a copy of the bytes where it says it stands; together they are `share` of the text at least.
inline void check_places(const Draft& draft, std::string_view bytes, double share) {
  size_t all = 0, placed = 0;
  for (const ArticleBlock& block : draft.article.blocks) {
    all += block.text.size();
    for (const RawRun& run : block.raw) {
      CHECK(block.text.substr(run.begin, run.size) == bytes.substr(run.raw, run.size));
      placed += run.size;
    }
  }
  CHECK(static_cast<double>(placed) >= share * static_cast<double>(all));
}

inline Tree xml_of(std::string_view document) {
  Result<Tree> tree = parse_xml(document, {});
  REQUIRE_MESSAGE(tree.ok(), tree.error().sentence());
  return std::move(*tree);
}

inline std::string extra_of(const Draft& draft, std::string_view name) {
  for (const auto& [key, value] : draft.extra)
    if (key == name) return value;
  return "";
}

}  // namespace sayso
