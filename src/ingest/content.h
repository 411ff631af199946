// Pieces of text on their way from a parsed document into a Draft, with where in the input they stood.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "ingest/draft.h"
#include "markup/tree.h"

namespace sayso {

// text[begin, begin + size) of a run is the copy of what stood at raw in the input. Runs ascend and may leave gaps.
struct Content {
  std::string text;
  std::vector<RawRun> raw;

  bool empty() const { return text.empty(); }
  // Appends piece.text[begin, end) with its places.
  void append(const Content& piece, size_t begin, size_t end);
  void append(std::string_view copy, uint32_t at);   // a copy of the bytes at `at`
  void append(std::string_view words);               // from nowhere in the input
};

// The texts inside an element, one after the other. What scripts and styles hold is no text.
Content text_inside(const Tree& tree, NodeId element);

// White space runs become one space, those at the ends nothing.
Content collapse(const Content& content);

// collapse() of text_inside(), without the places.
std::string words_inside(const Tree& tree, NodeId element);

// Does the text hold tags or entities of HTML? Feeds and JSON do not say it.
bool looks_like_html(std::string_view text);

// A line of HTML as text: tags left out, entities resolved. What does not look like HTML stays.
Content without_tags(Content line, const Limits& limits);

// Each appends to the draft's article (nothing for what is empty).
void add_block(Draft& draft, BlockKind kind, const Content& content);                      // one block, white space collapsed
void add_text(Draft& draft, const Content& content, BlockKind kind = BlockKind::paragraph);  // paragraphs between blank lines, lines kept
void add_html(Draft& draft, const Content& html, const Limits& limits);                    // parsed and rendered
// What is inside an element of XHTML or another mark-up, whose names `rename` turns into HTML's ("" leaves an element and what is in it out).
void add_markup(Draft& draft, const Tree& tree, NodeId element, std::string_view (*rename)(std::string_view name) = nullptr);

// ISO 8601 of a date as agencies write it, "20250304T080000+0100" too; empty when it is none.
std::string read_agency_date(std::string_view text);

// A string as a JSON value; ill-formed UTF-8 repaired.
std::string as_json(std::string_view text);
// {"name": value, …} of values that are JSON.
std::string as_json_object(const std::vector<std::pair<std::string, std::string>>& fields);
std::string as_json_array(const std::vector<std::string>& values);

}  // namespace sayso
