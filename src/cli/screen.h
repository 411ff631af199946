// What a terminal does with text: how wide it is, how wide a character is on it, and which characters would steer it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sayso {

// Columns that `c` takes: 2 for East Asian wide and full-width characters and emoji, 0 for combining marks and joiners, else 1.
size_t columns_of(char32_t c);

// Columns of text that has passed through neutralise().
size_t columns_of(std::string_view text);

// Would `c` steer the terminal or the order of what stands around it (control characters, direction controls, tags)?
bool is_steering(char32_t c);

// A visible stand-in for a steering character: ␛ for escape, ‹U+202E› for a direction override. For LF and tab too: one line.
std::string visible(char32_t c);

// `text` on one line with every steering character visible and ill-formed bytes as U+FFFD: what a terminal may be shown.
std::string neutralise(std::string_view text);

// `text` (neutralised) shortened to at most `columns`, the last of them "…" when something is left out.
std::string shorten(std::string_view text, size_t columns);

// The terminal's width: $COLUMNS when it is set to a number, else what the terminal on standard output says, else 80.
size_t screen_columns();
// Its height, likewise; 0 when nobody knows.
size_t screen_rows();

}  // namespace sayso
