// Any bytes, repaired to UTF-8: the text layers, sections and language keep the Document's invariants.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fail.h"
#include "base/unicode.h"
#include "text/language.h"
#include "text/sections.h"
#include "text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sayso;
  Document document;
  document.text = repair_utf8(std::string_view(reinterpret_cast<const char*>(data), size)).text;
  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  document.quotes = find_quotes(document);
  document.sections = find_sections(document);
  if (const Status status = check_document(document); !status.ok()) fail(status.error().sentence());

  // Every character that is not white space stands in a word, and no white space does.
  size_t at = 0;
  for (const Token& token : document.tokens) {
    while (at < token.span.begin)
      if (!is_space(next_code_point(document.text, at))) fail("a character stands in no word");
    while (at < token.span.end)
      if (is_space(next_code_point(document.text, at))) fail("white space stands in a word");
  }
  while (at < document.text.size())
    if (!is_space(next_code_point(document.text, at))) fail("a character stands in no word");

  const Language language = recognise_language(document.text);
  if (language.code.empty() || !(language.english >= 0 && language.english <= 1)) fail("a language without code, or a share outside 0…1");
  static_cast<void>(is_english(language, document.text));
  return 0;
}
