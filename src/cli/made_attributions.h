// For this room's tests: attributions made by hand.
#pragma once

#include <doctest/doctest.h>

#include <optional>
#include <string_view>

#include "document/document.h"

namespace sayso {

inline Span find(const Document& document, std::string_view words, size_t from = 0) {
  const size_t at = document.text.find(words, from);
  REQUIRE(at != std::string::npos);
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

inline Attribution attribution(std::optional<Part> source, Part cue, Part content) {
  Attribution made;
  if (source) made.source = Source{*source, SourceKind::person};
  made.cue = std::move(cue);
  made.content = std::move(content);
  made.quotation = Quotation::direct;
  made.confidence = 0.914;
  made.evidence = {"test"};
  return made;
}

}  // namespace sayso
