// Recognises by its first bytes what is not plain text.
#pragma once

#include <optional>
#include <string_view>

namespace sayso {

// A format that is not read, in words for a sentence: "this is " + name.
struct ForeignFormat {
  const char* name;       // "an HTML page"
  bool holds_text;        // its articles can be read by a later version (HTML, PDF, archives): unsupported, not bad input
};

// By the signature that begins the bytes, before any decoding: PDF, zip, images, programs, …
std::optional<ForeignFormat> recognise_signature(std::string_view bytes);

// Markup and data that are text themselves: HTML, XML, JSON. Requires UTF-8. An article that merely contains a tag or a bracket
// is text: markup begins with a tag and ends with one, JSON begins with an object.
std::optional<ForeignFormat> recognise_markup(std::string_view text);

// Plainly not text: more than one character in twenty is a control character that no text has, and there are eight or more of them.
// (Prose has none; random or compressed bytes have one in ten. A few NULs are damage, and repaired.)
bool is_binary(std::string_view bytes);

// Can the file that begins with `head` be passed over when a directory is read? True for pictures, sound, programs and other
// plainly binary files; false for text and for formats that hold text, which a reader would miss.
bool holds_no_article(std::string_view head);

}  // namespace sayso
