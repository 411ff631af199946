// An article as a person reads it: its text with the attributions marked, and under each paragraph who says what in it.
//
//   {¹Helga Brandt} <¹said> [¹“Word is that [²they are worn out²], {²the owners} <²complain>,”¹]
//
// Where the source's words do not say who it is, the list does (she → Helga Brandt), if somebody looked for entities. Below an attribution stands,
// where there is anything to say, which way it came, how firmly it is put and by which words, and which others it repeats or contradicts; below the
// article its summary.
//
// A source stands in braces, a cue in angle brackets, a content in square ones; a number joins what belongs together and is the
// attribution's id (a1, a2, …). Colour only repeats what the marks say. Contents may be split, nested and overlapping, so a
// content carries its number at both ends.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "cli/lines.h"
#include "document/document.h"

namespace sayso {

// One line that explains the marks; stands once before the first article.
std::string view_legend(const ViewStyle& style);

// The article, ending with a blank line. Nothing that the text or a name holds reaches the terminal as a control. Linear in the
// text and in what the attributions cover.
std::string view(const Document& document, const ViewStyle& style);

// What stands in an article's place when it could not be read.
std::string view(const Error& error, const std::string& source, const ViewStyle& style);

}  // namespace sayso
