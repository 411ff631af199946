// The pieces of pages with their numbers, for train.py: one file of little-endian records a page.
// usage: sayso_page_features OUTDIR PAGE… (pages are UTF-8)
// OUTDIR/<page>.bin: uint32 pieces, uint32 numbers of each; per piece: uint32 size and bytes of its text, its numbers (float),
// uint32 count and the elements around it
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "markup/html.h"
#include "page/article_features.h"

using namespace sayso;

int main(int argc, char** argv) {
  if (argc < 3) return std::cerr << "usage: sayso_page_features OUTDIR PAGE…\n", 2;
  for (int i = 2; i < argc; ++i) {
    const std::filesystem::path path = argv[i];
    std::ifstream file(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    const Result<Tree> tree = parse_html(bytes, Limits{});
    if (!tree.ok()) {
      std::cerr << path << ": " << tree.error().sentence() << "\n";
      continue;
    }
    const std::vector<PagePiece> pieces = cut_pieces(*tree);
    const Describer describer(*tree, pieces, "");
    Features numbers;
    std::ofstream out(std::filesystem::path(argv[1]) / (path.filename().string() + ".bin"), std::ios::binary);
    const auto write = [&](const void* data, size_t size) { out.write(static_cast<const char*>(data), static_cast<std::streamsize>(size)); };
    const auto number = [&](size_t value) {
      const auto n = static_cast<uint32_t>(value);
      write(&n, sizeof n);
    };
    number(pieces.size());
    number(own_features);
    for (size_t p = 0; p < pieces.size(); ++p) {
      number(pieces[p].text.size());
      write(pieces[p].text.data(), pieces[p].text.size());
      describer.describe(p, numbers);
      write(numbers.data(), own_features * sizeof(float));
      std::vector<NodeId> around;  // its elements, innermost first: the second stage's numbers are sums over them
      for (NodeId up = pieces[p].element; up != no_node; up = (*tree)[up].parent) around.push_back(up);
      number(around.size());
      write(around.data(), around.size() * sizeof(NodeId));
    }
  }
}
