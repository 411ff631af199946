#include "cli/arguments.h"

#include <doctest/doctest.h>

namespace sayso {
namespace {

TEST_CASE("sizes are numbers with a unit") {
  const CLI::Validator size = whole_number(1, 4'000'000'000, true);
  const auto read = [&](std::string value) {
    const std::string complaint = size(value);
    return complaint.empty() ? value : complaint;
  };
  CHECK(read("1") == "1");
  CHECK(read("5k") == "5000");
  CHECK(read("5KB") == "5000");
  CHECK(read("20MB") == "20000000");
  CHECK(read("2MiB") == "2097152");
  CHECK(read("4G") == "4000000000");
  for (const char* wrong : {"", "0", "-1", "MB", "5X", "5kX", "5 MB", "4GiB", "4000000001", "99999999999999999999", "1e6", "9999999999G"})
    CHECK(read(wrong) == "\"" + std::string(wrong) + "\" is no size from 1 to 4000000000");
}

TEST_CASE("numbers have no unit, words are of a list") {
  std::string value = "5k";
  CHECK(whole_number(1, 8)(value) == "\"5k\" is no whole number from 1 to 8");
  value = "8";
  CHECK(whole_number(1, 8)(value) == "");
  value = "xml";
  CHECK(one_of({"json", "csv"})(value) == "\"xml\" is none of: json, csv");
}

}  // namespace
}  // namespace sayso
