// Which language a text is in.
#pragma once

#include <string>
#include <string_view>

namespace sayso {

struct Language {
  std::string code = "und";  // BCP 47; "und" when it cannot be told
  bool reliable = false;
  double english = 0;    // share of the letters' runs recognised as English, 0…1
};

// Requires valid UTF-8. Thread-safe.
Language recognise_language(std::string_view text);

// Whether attributions may be looked for: silence beats guessing, but a text too short to tell is given the benefit of the doubt.
bool is_english(const Language& language, std::string_view text);

}  // namespace sayso
