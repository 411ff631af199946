// A Document as CSV (RFC 4180): one row an attribution, safe to open in a spreadsheet.
//
// Rows end with CR LF. A cell is quoted when it holds a comma, a quotation mark or a line break. A cell that a spreadsheet
// could take for a formula (it begins with = + - @, also full-width or behind blanks, or with a TAB, CR or LF) gets an
// apostrophe in front. Control characters other than TAB, CR and LF, and what is not UTF-8, become U+FFFD.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "document/document.h"

namespace sayso {

// The header row. source_name, source_entity and source_identity are empty when nobody looked for entities, and what stands behind `error` when
// nobody looked for provenance and factuality. start and end: from the first word of any part to behind the last, in code points of the text.
std::string csv_header();

// A row for each attribution; nothing when there are none. Requires a document that check_document() passes.
std::string to_csv(const Document& document);

// The row of a document that could not be read: only document, member and error (the sentence) are filled.
std::string to_csv(const Error& error, const std::string& source, const std::optional<std::string>& member);

}  // namespace sayso
