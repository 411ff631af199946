// Which words of a document stand in quotation marks.
#pragma once

#include <optional>
#include <vector>

#include "document/document.h"

namespace sayso {

// Built once a document, in one pass over its quotes; holds a reference to it.
class QuotedWords {
 public:
  explicit QuotedWords(const Document& document);

  // Are all, some or none of the part's words in quotation marks? own_only: of words that stand in somebody's quotation already: only marks
  // inside the part count.
  Quotation quotation_of(const Part& part, bool own_only) const;

 private:
  const Document& document_;
  std::vector<uint32_t> covered_to_;  // of each quote: the furthest end of it and all quotes before it
};

}  // namespace sayso
