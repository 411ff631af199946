// The article of each page, for bench/quality/pages.py and surviving.py: OUTDIR/<page>.txt, blocks with an empty line between them.
// usage: sayso_article OUTDIR PAGE… (pages are UTF-8)
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "markup/html.h"
#include "page/article.h"

using namespace sayso;

int main(int argc, char** argv) {
  if (argc < 3) return std::cerr << "usage: sayso_article OUTDIR PAGE…\n", 2;
  double seconds = 0;
  size_t bytes = 0;
  for (int i = 2; i < argc; ++i) {
    const std::filesystem::path path = argv[i];
    std::ifstream file(path, std::ios::binary);
    const std::string page((std::istreambuf_iterator<char>(file)), {});
    const std::clock_t begin = std::clock();
    const Result<Tree> tree = parse_html(page, Limits{});
    const Article article = tree.ok() ? find_article(*tree, "") : Article{};
    seconds += static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    bytes += page.size();
    if (!tree.ok()) std::cerr << path << ": " << tree.error().sentence() << "\n";
    std::ofstream out(std::filesystem::path(argv[1]) / (path.filename().string() + ".txt"), std::ios::binary);
    for (const ArticleBlock& block : article.blocks) out << block.text << "\n\n";
  }
  std::cout << argc - 2 << " pages, " << bytes << " bytes, " << seconds << " CPU seconds\n";  // pages.py of bench/speed reads it
}
