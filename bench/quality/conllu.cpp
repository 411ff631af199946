// sayso_conllu: prints the words and sentences of a text file as CoNLL-U, for the CoNLL 2018 measure (words.py).
#include <cstdio>
#include <iostream>

#include "base/file.h"
#include "base/unicode.h"
#include "text/text.h"

namespace {

using namespace sayso;

// Forms may not hold white space; a word never does.
void print_sentence(const Document& document, const Sentence& sentence) {
  size_t number = 1;
  for (uint32_t i = sentence.first.index; i <= sentence.last.index;) {
    uint32_t end = i + 1;
    while (end <= sentence.last.index && document.tokens.glued[end]) ++end;
    const auto row = [&](const std::string& id, Span span, size_t head) {
      std::cout << id << '\t' << document.at(span) << "\t_\t_\t_\t_\t" << (id.find('-') == id.npos ? std::to_string(head) : "_") << "\t"
                << (head ? "dep" : "root") << "\t_\t_\n";
    };
    if (end - i > 1)
      row(std::to_string(number) + "-" + std::to_string(number + end - i - 1),
          {document.tokens[i].span.begin, document.tokens[end - 1].span.end}, 1);
    for (; i < end; ++i, ++number) row(std::to_string(number), document.tokens[i].span, number == 1 ? 0 : 1);
  }
  std::cout << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: sayso_conllu FILE\n";
    return 2;
  }
  Result<std::string> bytes = read_file(argv[1], size_t{1} << 30);
  if (!bytes) {
    std::cerr << bytes.error().sentence() << '\n';
    return 1;
  }
  Document document;
  document.text = repair_utf8(*bytes).text;
  document.tokens = split_tokens(document);
  document.sentences = split_sentences(document);
  std::ios::sync_with_stdio(false);
  for (const Sentence& sentence : document.sentences) print_sentence(document, sentence);
}
