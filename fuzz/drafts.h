// What the fuzzers of formats hold drafts to.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "fail.h"
#include "base/unicode.h"
#include "ingest/draft.h"

// UTF-8 everywhere, runs in order and inside `bytes` (empty: the draft has no places in it), and copies where they say they are.
inline void check_drafts(const std::vector<sayso::Draft>& drafts, std::string_view bytes) {
  using sayso::is_utf8;
  if (drafts.empty()) fail("no draft");
  for (const sayso::Draft& draft : drafts) {
    const sayso::Metadata& m = draft.metadata;
    for (const std::string* text : {&m.title, &m.published, &m.modified, &m.language, &m.canonical, &m.publisher, &m.agency})
      if (!is_utf8(*text)) fail("ill-formed UTF-8 in the metadata");
    for (const std::string& author : m.authors)
      if (!is_utf8(author)) fail("ill-formed UTF-8 in an author");
    if (draft.member && !is_utf8(*draft.member)) fail("ill-formed UTF-8 in the member");
    for (const auto& [name, value] : draft.extra)
      if (!is_utf8(name) || !is_utf8(value)) fail("ill-formed UTF-8 in a field");
    for (const sayso::ArticleBlock& block : draft.article.blocks) {
      if (block.text.empty()) fail("an empty block");
      if (!is_utf8(block.text)) fail("ill-formed UTF-8 in a block");
      size_t at = 0;
      for (const sayso::RawRun& run : block.raw) {
        if (run.begin < at || run.size == 0 || size_t{run.begin} + run.size > block.text.size()) fail("a run outside its block");
        at = size_t{run.begin} + run.size;
        if (size_t{run.raw} + run.size > bytes.size()) fail("a run outside the input");
        if (block.text.substr(run.begin, run.size) != bytes.substr(run.raw, run.size)) fail("a run is no copy");
      }
    }
  }
}
