// Where a name begins and ends in its phrase: “Helga Brandt” of “Transport Minister Helga Brandt”, which titles belong to it, and where capitals make
// one that the network's tags of names have not.
//
// Reads: text, tokens, sentences. All of it is linear in the phrase.
#pragma once

#include <optional>

#include "document/document.h"
#include "entities/mention_nodes.h"

namespace sayso {

// “Minister of | Education”, “Secretary of the | Union of Teachers”: is it a part of the title in front of it, what somebody leads? And no
// “Speaker of the | House Newt Gingrich”, where a name stands behind it.
bool ends_title(const Document& document, Span name);

// “a video featuring | Tom Cruise”, “the mayor of | Vestrand”: words in front of a name behind which it is another's.
bool leads_elsewhere(const Document& document, Span before);

// The capitals around a mention's head word, over “of” and the like; nothing when the head has none, begins a sentence as any word does, or when all
// of them are titles (“the Secretary”).
std::optional<Span> capitals_around(const Document& document, const MentionNode& node);

// “the sports daily | Final Whistle”: a body's description and behind it capitals to the phrase's end are its name, though the tags
// of names have none.
void name_behind_description(const Document& document, MentionNode& node);

// “the French sports daily | Le Gardien”: cuts what it is in small letters and all before it from a name.
void cut_description(const Document& document, Span& name);

// A name goes on over capitals in its phrase (“North Coast | Agency”), and a body's over small words to what it is (“Vestrand | city hall”, “Trump |
// campaign”); titles, an opening quotation mark (“daily “Vestrand Courier”) and what is in front of them are no part of it, nor are
// loose words behind it.
// Requires a node with a name.
void mend_name(const Document& document, MentionNode& node);

// “Transport Minister Helga Brandt”, “campaign manager Ida Moe”: takes into the phrase the words in front of a name from the first capital or the one
// word before a title on. Requires a node with a name.
void take_titles(const Document& document, MentionNode& node);

}  // namespace sayso
