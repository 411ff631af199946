// The text layers: tokens, sentences, quotations. Each function reads the layers it names and returns one; linear in the text.
#pragma once

#include "document/document.h"

namespace sayso {

// Syntactic words as Universal Dependencies' English treebanks have them. Reads: text. Never empty-handed on text that has a
// character other than white space.
Tokens split_tokens(const Document& document);

// Reads: tokens. Every token stands in exactly one sentence; a blank line, or a line that stands alone, ends one.
Layer<Sentence> split_sentences(const Document& document);

// Runs of quoted words by their marks: “ ” « » „ “ " '' `` and single ones where they quote. Reads: text, tokens.
Layer<Quote> find_quotes(const Document& document);

}  // namespace sayso
