// What a format's reader understood of one document, before it becomes a Document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "page/article.h"
#include "page/metadata.h"

namespace sayso {

// As Hop in document.h, with the blocks of the article that it holds for: [begin, end).
struct DraftHop {
  std::string name, code;
  bool person = false, origin = false;
  size_t begin = 0, end = SIZE_MAX;
};

struct Draft {
  std::optional<std::string> member;   // which item, row or message inside the input: "item 3", an id; added to the record's own
  std::string media_type;              // "application/rss+xml", …
  Metadata metadata;
  Article article;                     // headline first; becomes Document::text, blocks separated by a blank line
  std::vector<std::pair<std::string, std::string>> extra;  // fields that sayso does not know: name, JSON value
  std::vector<DraftHop> hops;          // through whom it came, by its own word, the first one first
  std::optional<Error> error;          // this one could not be read; its neighbours could
};

// Fields of JSON documents by their names, several in the order of trust; dots go into objects ("article.body").
struct FieldNames {
  std::vector<std::string> text = {"text", "body_text", "content_text", "article_text", "body", "content", "maintext"};
  std::vector<std::string> html = {"html", "body_html", "content_html", "body_xhtml"};
  std::vector<std::string> title = {"title", "headline"};
  std::vector<std::string> authors = {"authors", "author", "byline", "creator"};
  std::vector<std::string> published = {"published", "date", "date_published", "published_at", "datePublished", "pub_date"};
  std::vector<std::string> modified = {"modified", "date_modified", "updated_at", "dateModified"};
  std::vector<std::string> address = {"url", "canonical", "link", "uri"};
  std::vector<std::string> publisher = {"publisher", "source", "outlet", "site_name"};
  std::vector<std::string> language = {"language", "lang"};
  std::vector<std::string> id = {"id", "guid", "_id"};

  // The names of a thing by its own name ("text", "title", …), or nothing.
  std::vector<std::string>* find(std::string_view thing);
};

}  // namespace sayso
