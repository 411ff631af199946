// Recognises by its bytes what an input is.
#pragma once

#include <optional>
#include <string_view>

namespace sayso {

// A format that is not read, in words for a sentence: "this is " + name.
struct ForeignFormat {
  const char* name;       // "a zip archive"
  bool holds_text;        // it may hold an article: unsupported, not bad input
};

// By the signature that begins the bytes, before any decoding: zip, images, programs, …
std::optional<ForeignFormat> recognise_signature(std::string_view bytes);

bool is_pdf(std::string_view bytes);

enum class TextFormat { plain, html, xml, json, mail };

// What a text is: mark-up and data are text themselves. `bytes` may be in any encoding that holds ASCII as it is (for UTF-16 give the
// decoded text). `content_type` is what a header says, or empty; it decides where the bytes do not contradict. An article that merely contains
// a tag or a bracket is plain: markup begins with a tag, JSON with an object or an array of them, mail with its header lines. Linear.
TextFormat recognise_text(std::string_view bytes, std::string_view content_type);

// Plainly not text: more than one character in twenty is a control character that no text has, and there are eight or more of them.
// (Prose has none; random or compressed bytes have one in ten. A few NULs are damage, and repaired.)
bool is_binary(std::string_view bytes);

// Can the file that begins with `head` be passed over when a directory is read? True for pictures, sound, programs and other
// plainly binary files; false for text and for formats that hold text, which a reader would miss.
bool holds_no_article(std::string_view head);

}  // namespace sayso
