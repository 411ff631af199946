// Which encoding bytes are in, and why that is thought.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "charset/charset.h"

namespace sayso {

// In the order of trust.
enum class Evidence : uint8_t {
  bom,          // a byte-order mark
  header,       // the charset of the transport's content type
  meta,         // a meta element of the page
  declaration,  // the XML declaration
  detected,     // the bytes themselves: well-formed UTF-8, plainly UTF-16, or what letters and their neighbours say
  assumed,      // nothing said anything: UTF-8 for ASCII, windows-1252 for other bytes
};
std::string_view name_of(Evidence evidence);  // "bom", "header", …, "default" for assumed

struct Sniffed {
  Encoding encoding = Encoding::utf_8;
  Evidence evidence = Evidence::assumed;
};

// `content_type` is what a header said, "text/html; charset=koi8-r", or empty. Labels that the standard does not know are passed over.
// Each is linear and looks at most twice at each byte. Thread-safe.
Sniffed sniff_html(std::string_view bytes, std::string_view content_type = {});  // mark, header, meta, bytes
Sniffed sniff_xml(std::string_view bytes, std::string_view content_type = {});   // mark, header, declaration, UTF-8; if it is not UTF-8, bytes
Sniffed sniff_text(std::string_view bytes, std::string_view content_type = {});  // mark, header, bytes

// The parts of it.
std::optional<Encoding> find_bom(std::string_view bytes);
// The charset parameter of a content type.
std::optional<Encoding> find_header_charset(std::string_view content_type);
// The encoding that the page's meta element names: the standard's prescan of the first 1024 bytes; if nothing is there, of the first 64 KiB
// outside scripts and styles, since a browser's parser would come upon it there.
std::optional<Encoding> find_meta_charset(std::string_view page);
// The encoding of an XML declaration, UTF-16 without a byte-order mark included; white space before it is forgiven.
std::optional<Encoding> find_xml_encoding(std::string_view document);
// What the bytes look like; evidence is detected or assumed.
Sniffed detect_encoding(std::string_view bytes);

}  // namespace sayso
