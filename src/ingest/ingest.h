// Bytes in, Documents with their final text out.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "document/document.h"
#include "ingest/draft.h"

namespace sayso {

// One record as it comes: the bytes, the name it goes by, and what stood around it.
struct Input {
  std::string source;  // file name or address; "-" for standard input
  std::optional<std::string> member;
  std::string bytes;
  std::string content_type = {};  // as a header says, with its charset: "text/html; charset=iso-8859-1"; empty: unknown
  std::string address = {};       // where it was fetched from; empty: unknown
  std::string fetched = {};       // when, ISO 8601; empty: unknown
  std::string lack = {};          // why the bytes are known not to be all: "the gzip data ends too early"; empty: they are
};

struct IngestOptions {
  Limits limits;
  FieldNames fields;
  bool raw_map = false;  // fills Document::raw_map
};

// One document of an input: which one, and what became of it.
struct Outcome {
  std::optional<std::string> member;  // as Document::member
  Result<Document> document;
};

// Recognises the format by the bytes (never by a name), decodes, finds the article. Most inputs are one document; feeds, agency packages and
// mailboxes several, in their order; never none.
// Text is not changed beyond decoding; what is ill-formed and NUL become U+FFFD, with a warning ("charset", "nul") that counts and points at
// the first. An empty text is a document with the warning "empty", one that lacks something with "truncated". id is of the bytes
// as given, before unpacking.
// Errors: bad_input (beyond a limit, plainly binary), unsupported (no text), corrupt (damaged), io and internal (no pipe or memory to be had).
// take gets each as soon as it is made, so that those of a large feed need not stand in memory all at once, and how many there are in all;
// false ends it early.
using TakeOutcome = std::function<bool(Outcome outcome, size_t count)>;
void ingest(const Input& input, const IngestOptions& options, const TakeOutcome& take);
// All of them.
std::vector<Outcome> ingest(const Input& input, const IngestOptions& options = {});

}  // namespace sayso
