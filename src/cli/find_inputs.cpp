#include "cli/find_inputs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include "ingest/format.h"

namespace sayso {
namespace {

namespace fs = std::filesystem;

// A file that cannot be opened is not passed over: reading it says why.
bool is_passed_over(const fs::path& path) {
  char head[4096];  // a page of the disk; the signatures stand in its first bytes
  std::ifstream file(path, std::ios::binary);
  file.read(head, sizeof head);
  return holds_no_article(std::string_view(head, static_cast<size_t>(file.gcount())));
}

void walk(const std::string& root, FoundInputs& found) {
  const size_t before = found.inputs.size(), passed_before = found.passed_over;
  std::vector<fs::path> files;
  std::vector<fs::path> folders{root};
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
      if (entry->path().filename().native().front() == '.') continue;
      std::error_code ignored;
      const fs::file_status itself = entry->symlink_status(ignored);
      if (fs::is_directory(itself)) folders.push_back(entry->path());
      else if (fs::is_regular_file(itself) || (fs::is_symlink(itself) && !fs::is_directory(entry->status(ignored)))) files.push_back(entry->path());
    }
    if (error)
      found.inputs.push_back({folder.native(), Error{ErrorKind::io, "cannot look into the directory: " + error.message(), folder.native(),
                                                     "Check its permissions."}});
  }
  for (const fs::path& file : files) {
    if (is_passed_over(file)) ++found.passed_over;
    else found.inputs.push_back({file.native(), std::nullopt});
  }
  std::sort(found.inputs.begin() + static_cast<std::ptrdiff_t>(before), found.inputs.end(),
            [](const FoundInput& a, const FoundInput& b) { return a.path < b.path; });
  if (found.inputs.size() > before) return;
  const size_t others = found.passed_over - passed_before;
  found.passed_over = passed_before;
  found.inputs.push_back({root, Error{ErrorKind::not_found,
                                      others == 0 ? "there are no files in this directory"
                                                  : "there is no text in this directory, only " + std::to_string(others) + " other " +
                                                        (others == 1 ? "file" : "files"),
                                      root, "Name a directory with text files, plain or packed with gzip; hidden files are not read."}});
}

}  // namespace

FoundInputs find_inputs(const std::vector<std::string>& arguments) {
  FoundInputs found;
  for (const std::string& argument : arguments) {
    std::error_code ignored;
    if (argument != "-" && fs::is_directory(argument, ignored)) walk(argument, found);
    else found.inputs.push_back({argument, std::nullopt});
  }
  return found;
}

}  // namespace sayso
