// The character references of HTML: named (with and without “;”), decimal and hexadecimal, by the rules of the HTML standard.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sayso {

// A reference that begins at text[at] == '&': how many bytes it takes, and appends what it stands for to `out`. 0, and nothing appended:
// this “&” is only itself. In an attribute's value a name without “;” before “=” or a letter or digit is no reference (addresses live on it).
size_t resolve_reference(std::string_view text, size_t at, bool in_attribute, std::string& out);

// All references of `text` resolved.
std::string resolve_references(std::string_view text, bool in_attribute = false);

}  // namespace sayso
