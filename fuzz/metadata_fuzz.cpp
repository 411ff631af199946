// Any bytes, repaired to UTF-8, as a page: what it says about itself is UTF-8, of bounded length and in the promised forms.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/unicode.h"
#include "markup/html.h"
#include "page/dates.h"
#include "page/json_ld.h"
#include "page/metadata.h"

namespace {

void require(bool held, const char* sentence) {
  if (held) return;
  std::fprintf(stderr, "%s\n", sentence);
  std::abort();
}

bool is_date(const std::string& text) {
  if (text.empty()) return true;
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return false;
  return text.size() == 10 || (text.size() >= 19 && text.size() <= 25 && text[10] == 'T' && text[13] == ':' && text[16] == ':');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sayso;
  const std::string page = repair_utf8(std::string_view(reinterpret_cast<const char*>(data), size)).text;
  const Result<Tree> tree = parse_html(page, Limits{});
  require(tree.ok(), "a small page was refused");
  const Metadata metadata = read_metadata(*tree, "https://a.example/2024/03/05/title");
  for (const std::string* field : {&metadata.title, &metadata.published, &metadata.modified, &metadata.language, &metadata.canonical,
      &metadata.publisher, &metadata.domain, &metadata.agency}) {
    require(is_utf8(*field), "a field is not UTF-8");
    require(field->size() <= 8192, "a field is too long");
  }
  require(metadata.authors.size() <= 50, "too many authors");
  for (const std::string& author : metadata.authors) require(!author.empty() && is_utf8(author), "an author is empty or not UTF-8");
  require(is_date(metadata.published) && is_date(metadata.modified), "a date is not ISO 8601");
  require(metadata.canonical.empty() || metadata.canonical.find(':') != std::string::npos, "the canonical address is not absolute");

  const LinkedData linked = read_json_ld({page, page});
  for (const std::string* field : {&linked.title, &linked.published, &linked.modified, &linked.language, &linked.address,
      &linked.publisher}) require(is_utf8(*field), "JSON-LD gave what is not UTF-8");
  require(is_date(read_date(page, "en")), "a read date is not ISO 8601");
  size_t begin = 0, end = 0;
  if (const std::string found = find_date(page, "de", &begin, &end); !found.empty()) {
    require(found.size() == 10 && day_number(found) != 0, "a found date is none");
    require(begin < end && end <= page.size() && is_boundary(page, begin) && is_boundary(page, end), "a found date stands nowhere");
  }
  require(is_date(date_in_address(page)), "the date of an address is not ISO 8601");
  return 0;
}
