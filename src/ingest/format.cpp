#include "ingest/format.h"

#include <algorithm>
#include <string>

#include "archive/stream.h"

namespace sayso {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view bytes;
  ForeignFormat format;
};

// From the formats' own specifications, as collected in file(1)'s magic.
constexpr Signature signatures[] = {
    {"PK\x03\x04"sv, {"a zip archive (or a document packed as one, such as .docx, .odt or .epub)", true}},
    {"PK\x05\x06"sv, {"an empty zip archive", true}},
    {"{\\rtf"sv, {"a rich text (RTF) document", true}},
    {"%!PS"sv, {"a PostScript document", true}},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, {"an old Microsoft Office document", true}},
    {"\x1F\x8B"sv, {"a gzip file inside another packing", true}},
    {"\xFD""7zXZ\0"sv, {"an xz file", true}},
    {"\x28\xB5\x2F\xFD"sv, {"a Zstandard file inside another packing", true}},
    {"7z\xBC\xAF\x27\x1C"sv, {"a 7-Zip archive", true}},
    {"Rar!\x1A\x07"sv, {"a RAR archive", true}},
    {"PAR1"sv, {"a Parquet table", true}},
    {"SQLite format 3\0"sv, {"an SQLite database", true}},
    {"\xFF\xFE\0\0"sv, {"text in UTF-32", true}},
    {"\0\0\xFE\xFF"sv, {"text in UTF-32", true}},
    {"\x89PNG\r\n"sv, {"a picture (PNG)", false}},
    {"\xFF\xD8\xFF"sv, {"a picture (JPEG)", false}},
    {"GIF87a"sv, {"a picture (GIF)", false}},
    {"GIF89a"sv, {"a picture (GIF)", false}},
    {"II*\0"sv, {"a picture (TIFF)", false}},
    {"MM\0*"sv, {"a picture (TIFF)", false}},
    {"ID3\x03"sv, {"a sound file (MP3)", false}},
    {"ID3\x04"sv, {"a sound file (MP3)", false}},
    {"OggS\0"sv, {"a sound or video file (Ogg)", false}},
    {"\x7F""ELF"sv, {"a program (ELF)", false}},
};

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_html(std::string_view type) { return type == "text/html" || type == "application/xhtml+xml"; }

// `text` behind its XML declaration, processing instructions and comments.
std::string_view skip_prolog(std::string_view text) {
  for (;;) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    const std::string_view end = text.starts_with("<!--") ? "-->" : text.starts_with("<?") ? ">" : "";
    const size_t at = end.empty() ? std::string_view::npos : text.find(end, 2);
    if (at == std::string_view::npos) return text;
    text.remove_prefix(at + end.size());
  }
}

// Header lines from the first one on (RFC 5322), two of those that every mail has among them. "From: the archive" alone begins no mail.
bool looks_like_mail(std::string_view text) {
  size_t known = 0, lines = 0;
  for (size_t at = 0; at < text.size() && lines < 200; ++lines) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line == "\r") break;
    if (line.front() == ' ' || line.front() == '\t') {
      if (lines == 0) return false;
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 76) return false;
    std::string name;
    for (const char c : line.substr(0, colon)) {
      if (c <= ' ' || static_cast<unsigned char>(c) > 0x7e) return false;
      name += to_lower(c);
    }
    for (const std::string_view header : {"from", "to", "date", "subject", "message-id", "received", "mime-version", "return-path", "content-type",
                                          "in-reply-to"})
      known += name == header;
  }
  return known >= 3;
}

}  // namespace

std::optional<ForeignFormat> recognise_signature(std::string_view bytes) {
  for (const Signature& signature : signatures)
    if (bytes.starts_with(signature.bytes)) return signature.format;
  // bzip2's own three letters could begin a text; a digit and the magic of its first block follow.
  if (bytes.starts_with("BZh") && (bytes.substr(4, 3) == "1AY" || bytes.substr(4, 3) == "\x17rE")) return ForeignFormat{"a bzip2 file", true};
  return std::nullopt;
}

bool is_pdf(std::string_view bytes) {
  // Readers accept what stands before the signature in the first kilobyte (ISO 32000, implementation notes).
  return bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos && (bytes.starts_with("%PDF-") || is_binary(bytes.substr(0, 1 << 16)));
}

TextFormat recognise_text(std::string_view text, std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  for (char& c : type) c = to_lower(c);
  while (!type.empty() && is_blank(type.back())) type.pop_back();
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (type == "text/plain") return TextFormat::plain;
  const std::string_view whole = text;
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (text.size() >= 2 && (text.front() == '{' || text.front() == '[')) {
    size_t next = 1;
    while (next < text.size() && is_blank(text[next])) ++next;
    if (next < text.size() && (text[next] == (text.front() == '{' ? '"' : '{') || text.size() == next + 1)) return TextFormat::json;
  }
  // Who says that it is JSON is believed: what is broken is an error and no text.
  if (type == "application/json" && !text.empty() && text.front() != '<') return TextFormat::json;
  if (text.size() >= 2 && text.front() == '<' && (is_letter(text[1]) || text[1] == '!' || text[1] == '?')) {
    const bool declared = text.starts_with("<?xml");
    std::string opening(skip_prolog(text).substr(0, 1024));  // as far as the WHATWG's sniffing standard looks, about
    for (char& c : opening) c = to_lower(c);
    for (const std::string_view root : {"<rss", "<feed", "<rdf:rdf", "<newsitem", "<newsmessage", "<packageitem", "<newsml", "<nitf", "<channel",
                                        "<!doctype rss", "<!doctype nitf"})
      if (opening.starts_with(root)) return TextFormat::xml;
    // XHTML begins as XML does; its readers are those of pages.
    if (opening.find("<!doctype html") < 512 || opening.find("<html") < 512) return TextFormat::html;
    if (declared || opening.starts_with("<!doctype")) return TextFormat::xml;
    if (is_html(type)) return TextFormat::html;
    for (const std::string_view element : {"<head", "<body", "<p>", "<p ", "<div", "<article", "<h1", "<section", "<main", "<script", "<style",
                                           "<table", "<meta", "<title", "<link ", "<h2", "<ul", "<ol", "<blockquote", "<figure", "<header", "<nav",
                                           "<center", "<font"})
      if (opening.starts_with(element)) return TextFormat::html;
    // A text may begin with an element of a line, but then it does not end with one.
    for (const std::string_view element : {"<span", "<a ", "<b>", "<i>", "<em>", "<strong>", "<br", "<img"})
      if (opening.starts_with(element) && text.back() == '>') return TextFormat::html;
    // Without a declaration it is XML when it ends as its root does: a text may begin with <an@address> and end with another.
    const size_t name_end = opening.find_first_of(" \t\r\n/>");
    if (name_end != std::string::npos && name_end > 1 && opening.find('@') > name_end) {
      std::string end(text.substr(text.size() - std::min<size_t>(text.size(), name_end + 2)));
      for (char& c : end) c = to_lower(c);
      if (end == "</" + opening.substr(1, name_end - 1) + ">" || text.ends_with("/>")) return TextFormat::xml;
    }
  }
  if (is_html(type)) return TextFormat::html;
  return looks_like_mail(whole) || type == "message/rfc822" ? TextFormat::mail : TextFormat::plain;
}

bool is_binary(std::string_view bytes) {
  size_t strange = 0;
  for (const char c : bytes) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    // Backspace and escape stand in recorded terminal text, 0x1A ends old text files.
    if (control && !is_blank(c) && c != '\b' && c != 0x1b && c != 0x1a) ++strange;
  }
  return strange >= 8 && strange > bytes.size() / 20;
}

bool holds_no_article(std::string_view head) {
  if (is_pdf(head) || recognise_packing(head)) return false;
  if (const auto format = recognise_signature(head)) return !format->holds_text;
  const bool utf16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
  return !utf16 && is_binary(head);
}

}  // namespace sayso
