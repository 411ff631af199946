#include "base/mapped_file.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

using namespace sayso;

TEST_CASE("a mapped file has the file's bytes, moves, and is refused with the reason") {
  char folder_name[] = "/tmp/sayso_mapped_XXXXXX";
  REQUIRE(mkdtemp(folder_name) != nullptr);
  const std::filesystem::path folder = folder_name;
  const std::string some = (folder / "some").string(), empty = (folder / "empty").string();
  std::ofstream(some, std::ios::binary) << std::string("a\0b", 3);
  std::ofstream{empty};

  auto mapped = MappedFile::open(some, 3);
  REQUIRE(mapped);
  MappedFile moved = std::move(*mapped);
  CHECK(moved.bytes() == std::string_view("a\0b", 3));
  CHECK(mapped->bytes().empty());
  const auto nothing = MappedFile::open(empty, 0);
  REQUIRE(nothing);
  CHECK(nothing->bytes().empty());

  CHECK(MappedFile::open(some, 2).error().what == "this is larger than the limit of 2 bytes");
  CHECK(MappedFile::open((folder / "none").string(), 9).error().kind == ErrorKind::not_found);
  CHECK(MappedFile::open(folder.string(), 9).error().what == "this is no regular file");
  std::filesystem::remove_all(folder);
}
