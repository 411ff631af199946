// sayso_metadata: what pages say about themselves, for bench/quality/metadata.py. Reads lines “FILE<tab>ADDRESS” from standard input, the files
// in UTF-8, and prints a line of JSON for each; `seconds` is the processor
// time that parsing and reading took so far, `reading_seconds` that of reading alone.
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/file.h"
#include "base/unicode.h"
#include "markup/html.h"
#include "page/metadata.h"

int main() {
  using namespace sayso;
  // Processor time: other work on the machine does not count.
  std::clock_t parsing = 0, reading = 0;
  for (std::string line; std::getline(std::cin, line);) {
    const size_t tab = std::min(line.find('\t'), line.size());
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    const Result<std::string> bytes = read_file(line.substr(0, tab), Limits{}.document_bytes);
    if (!bytes.ok()) {
      out["error"] = bytes.error().sentence();
    } else {
      const std::string page = repair_utf8(*bytes).text;
      const std::clock_t start = std::clock();
      const Result<Tree> tree = parse_html(page, Limits{});
      const std::clock_t parsed = std::clock();
      if (!tree.ok()) {
        out["error"] = tree.error().sentence();
      } else {
        const Metadata metadata = read_metadata(*tree, line.substr(std::min(tab + 1, line.size())));
        reading += std::clock() - parsed;
        out = {{"title", metadata.title}, {"authors", metadata.authors}, {"published", metadata.published}, {"modified", metadata.modified},
               {"language", metadata.language}, {"canonical", metadata.canonical}, {"publisher", metadata.publisher}, {"domain", metadata.domain},
               {"agency", metadata.agency}};
      }
      parsing += parsed - start;
    }
    out["seconds"] = static_cast<double>(parsing + reading) / CLOCKS_PER_SEC;
    out["reading_seconds"] = static_cast<double>(reading) / CLOCKS_PER_SEC;
    std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  }
}
