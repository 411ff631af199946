// The facts that ship, for tests.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "base/file.h"
#include "knowledge/knowledge.h"

namespace sayso {

inline const Knowledge& shipped_knowledge() {
  static const Knowledge knowledge = [] {
    Knowledge made;
    for (const char* file : {"bodies.tsv", "countries.tsv", "offices.tsv", "people.tsv", "world_leaders.tsv"}) REQUIRE(made.add(*read_file(std::string(SAYSO_SOURCE_DIR "/knowledge/") + file, 10'000'000), file).ok());
    return made;
  }();
  return knowledge;
}

}  // namespace sayso
