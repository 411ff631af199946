// Reads tests/cases/**/*.case: a case is a line "=== TITLE", a text, a line "---", and what is expected, a line each. What stands above the first case is
// a comment. In the text "\r", "\n", "\t", "\f", "\\" and "\u{200F}" are characters, and a "\" at the end of a line says that no line break follows.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/unicode.h"

namespace sayso {

struct Case {
  std::string title;  // with its file and line
  std::string text;
  std::vector<std::string> expected;  // "quote: “It is tight,”"
};

inline std::string unescape_case_line(const std::string& line, bool& goes_on) {
  std::string out;
  for (size_t at = 0; at < line.size(); ++at) {
    if (line[at] != '\\') {
      out += line[at];
      continue;
    }
    const char next = at + 1 < line.size() ? line[at + 1] : '\0';
    ++at;
    if (next == 'r') out += '\r';
    else if (next == 'n') out += '\n';
    else if (next == 't') out += '\t';
    else if (next == 'f') out += '\f';
    else if (next == '\\') out += '\\';
    else if (next == 'u') {
      const size_t end = line.find('}', at);
      append_code_point(out, static_cast<char32_t>(std::stoul(line.substr(at + 2, end - at - 2), nullptr, 16)));
      at = end;
    } else if (next == '\0') {
      goes_on = true;
    }
  }
  return out;
}

inline std::vector<Case> load_cases(const std::filesystem::path& path) {
  std::vector<Case> cases;
  std::ifstream file(path);
  std::string line;
  bool in_text = false;
  for (size_t number = 1; std::getline(file, line); ++number) {
    if (line.starts_with("=== ")) {
      cases.push_back({path.filename().string() + ":" + std::to_string(number) + ": " + line.substr(4), "", {}});
      in_text = true;
    } else if (cases.empty()) {
      continue;
    } else if (in_text && line == "---") {
      in_text = false;
    } else if (in_text) {
      bool goes_on = false;
      cases.back().text += unescape_case_line(line, goes_on);
      if (!goes_on) cases.back().text += '\n';
    } else if (!line.empty()) {
      cases.back().expected.push_back(line);
    }
  }
  return cases;
}

// Calls run(Case) for each case of each file in `folder`, in order; how many there are.
template <class Run>
size_t for_each_case(const std::filesystem::path& folder, const Run& run) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  size_t count = 0;
  for (const auto& path : files)
    for (const Case& one : load_cases(path)) {
      run(one);
      ++count;
    }
  return count;
}

}  // namespace sayso
