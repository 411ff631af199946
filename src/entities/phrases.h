// Phrases as coreference looks at them: which word is the head, how it is written, and where in the text it stands.
//
// Spans are of the document's text, in bytes. What asks for tokens, sentences, quotes or sections reads that layer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "document/document.h"

namespace sayso {

// The first token that begins at byte `at` or behind it, and the first that ends behind it; the number of tokens when there is none.
size_t token_from(const Document& document, uint32_t at);
size_t token_at(const Document& document, uint32_t at);

// The head word: the last before a preposition, relative clause, comma or the like, without a possessive ending; `span` itself when no
// word stands in it.
Span head_of(const Document& document, Span span);
// A source's head word: that of “words of the head of the service” is “head”, that of “‘Harbour Nights’ star Ida Sund” stands behind the work's name.
Span head_of_source(const Document& document, Span source);

// In lower case; empty when no word stands in the span.
std::string first_word(const Document& document, Span span);

bool is_capital(const Document& document, Span word);
// “WHO”, “US”: capitals that would be a pronoun in small letters.
bool is_acronym_word(const Document& document, Span word);

bool starts_sentence(const Document& document, Span span);
// The sentence in which byte `at` stands; an empty span when none does. Logarithmic.
Span sentence_around(const Document& document, uint32_t at);
bool is_in_headline(const Document& document, Span span);
bool is_quoted(const Document& document, Span span);
// Behind an apposition stands a comma, a stop, a bracket or another apposition (“a doctor and the author”); behind the first part of
// a list stands more.
bool closes_apposition(const Document& document, uint32_t at);

// The items of a live page, parted by a line without letters (“___”) or with the hour alone (“2:35 p.m.”).
class LiveItems {
 public:
  explicit LiveItems(const Document& document);
  // In which item this byte stands, by number.
  size_t item_at(uint32_t at) const;

 private:
  std::vector<uint32_t> begins_;
};

}  // namespace sayso
