// sayso_units: the text side of training. Training gets units, pieces, features and windows from here, so that training and use cannot drift.
//
// usage: sayso_units VOCABULARY WINDOW [FIRST…] < texts.jsonl > units.jsonl
// Reads lines with "id" and "text"; writes a line for each: {"id", "units": [[begin, end, shape, quote, gap, paragraph], …] in code points,
// "pieces": [[id, …] a unit], "windows": {FIRST: [[begin, end], …]}}, the windows for each bound of the first one (WINDOW itself always).
#include <cstdlib>
#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/unicode.h"
#include "model/units.h"

using namespace sayso;

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: sayso_units VOCABULARY WINDOW [FIRST...] < texts.jsonl > units.jsonl\n";
    return 2;
  }
  const auto vocabulary = read_file(argv[1], 10'000'000);
  if (!vocabulary) { std::cerr << vocabulary.error().sentence() << "\n"; return 1; }
  const auto tokenizer = WordPiece::from_vocabulary(*vocabulary);
  if (!tokenizer) { std::cerr << tokenizer.error().sentence() << "\n"; return 1; }
  const uint32_t window = static_cast<uint32_t>(std::atoi(argv[2]));
  for (std::string line; std::getline(std::cin, line);) {
    const auto in = nlohmann::json::parse(line, nullptr, false);
    if (!in.is_object() || !in.contains("text") || !in["text"].is_string()) { std::cerr << "a line is no JSON object with a text\n"; return 1; }
    const std::string text = in["text"];
    const CodePointIndex index(text);
    const UnitText units = split_units(text, 0, static_cast<uint32_t>(text.size()), *tokenizer);
    nlohmann::ordered_json out{{"id", in.value("id", "")}, {"units", nlohmann::json::array()}, {"pieces", nlohmann::json::array()}};
    for (const Unit& unit : units.units) {
      out["units"].push_back({index.to_code_point(unit.begin), index.to_code_point(unit.end), unit.shape, unit.quote, unit.gap, unit.paragraph});
      out["pieces"].push_back(std::vector<uint32_t>(units.pieces.begin() + unit.first_piece, units.pieces.begin() + unit.first_piece + unit.pieces));
    }
    out["windows"] = nlohmann::ordered_json::object();
    for (int i = 2; i < argc; ++i) {
      auto& list = out["windows"][argv[i]] = nlohmann::json::array();
      for (const Window& w : pack_windows(units, window, static_cast<uint32_t>(std::atoi(argv[i])))) list.push_back({w.begin, w.end});
    }
    std::cout << out.dump() << "\n";
  }
  return 0;
}
