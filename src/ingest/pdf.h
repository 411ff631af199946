// PDF, by poppler's pdftotext in a process of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "ingest/draft.h"

namespace sayso {

// The text of all pages, in paragraphs; words broken at line ends stay broken, running heads stay. The child gets the bytes on its standard
// input and a deadline (limits.milliseconds), a limit of memory (limits.memory_bytes) and of output (limits.document_bytes); no shell.
// One draft. Its error: unsupported when pdftotext is not installed, corrupt when it cannot read the file, bad_input beyond a limit.
std::vector<Draft> read_pdf(std::string_view bytes, const Limits& limits, const std::string& source);

}  // namespace sayso
