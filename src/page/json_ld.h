// What a page's JSON-LD says about the page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sayso {

// Of the thing that the page is about: an article before anything else, then a page, then a video or the like.
struct LinkedData {
  std::string title;                 // headline, else name
  std::vector<std::string> authors;  // as written, not yet clean
  std::string published, modified, created;  // as written
  std::string language, address, publisher;
  bool article = false;              // an article (news, blog, report, recipe, review) says it
};

// `blocks`: the texts of the script elements. They come broken: trailing commas, raw line breaks, quotation marks that nobody escaped, HTML
// comments and CDATA around them, cut off. Read as far as can be understood; linear in their size, and what is nested deeper than
// Limits::json_depth or beyond 200,000 values is left out.
LinkedData read_json_ld(const std::vector<std::string_view>& blocks);

}  // namespace sayso
