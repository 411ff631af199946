// Grapheme clusters (Unicode Standard Annex 29): what a reader takes for one character, however many code points it has.
#pragma once

#include <cstddef>
#include <string_view>

namespace sayso {

// Behind the extended grapheme cluster that starts at `at`. White space is always alone, also under a combining mark or
// behind a prepended sign: it separates words. Requires valid UTF-8 and at < text.size(). Linear over a whole text.
size_t cluster_end(std::string_view text, size_t at);

}  // namespace sayso
