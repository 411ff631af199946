// Damage that a text carries from before it came here: it is reported, never repaired, since spans must point at what stands there.
#pragma once

#include <cstddef>
#include <string_view>

namespace sayso {

struct Damage {
  size_t count = 0;
  size_t first = 0;      // byte at which the first begins; 0 when there is none
  size_t first_size = 0;
};

// Characters that were UTF-8 and were read as windows-1252 or Latin-1: “Ã©” for “é”, “â€™” for “’”. Only sequences are counted that no
// language writes, so that “IRMÃ…” or “voilà »” are not; some damage is missed for that. `text` is UTF-8. Linear.
Damage find_mojibake(std::string_view text);

// Character references that were escaped twice and so stand in the text itself: “&quot;”, “&#8217;”, “&amp;nbsp;”. An article on HTML has
// them rightly: nobody can tell. Linear.
Damage find_escaped_entities(std::string_view text);

}  // namespace sayso
