// What a page says about itself: title, authors, dates, publisher, language, address.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "markup/tree.h"

namespace sayso {

// Each empty when the page does not say it. From JSON-LD, microdata, OpenGraph and other meta elements, link elements, <time>, bylines and
// the address, in an order of trust that was measured (docs/figures.md). Linear in the page, with a bound on what is kept of each kind.
struct Metadata {
  std::string title;
  // People or bodies, without “By”; an agency only when nobody else is named. Who is named only where no reader of the page sees it (JSON-LD, meta
  // elements) is none: it is as often who made the template or owns the site.
  std::vector<std::string> authors;
  // ISO 8601: a date, or date and time with its offset as written. Where the address holds another day than the page's metadata, or the
  // headline's date is the day beside a time in UTC, published is that day: it is the one that readers saw.
  std::string published, modified;
  std::string language;               // BCP 47
  std::string canonical;              // absolute address
  std::string publisher, domain;
  std::string agency;                 // who is credited for the report, in its usual spelling: “Reuters”
  std::vector<std::string> warnings;
};

// `address`: where the page was fetched from if known ("" otherwise); makes relative addresses absolute and gives the domain.
Metadata read_metadata(const Tree& page, const std::string& address);

}  // namespace sayso
