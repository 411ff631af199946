#include "charset/sniff.h"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace sayso {
namespace {

constexpr size_t prescan_bytes = 1024;      // the HTML standard's
constexpr size_t late_meta_bytes = 65536;   // a page's head seldom is longer
constexpr size_t sample_bytes = 4096;       // what the detector sees: it reads only some 2 MB a second, and from 1,000 bytes on it hardly ever errs
constexpr size_t few_letters = 3;           // beyond ASCII, too few to tell one Latin alphabet from another: “Señor”, “São Paulo” in English
constexpr size_t context_bytes = 16;        // ASCII kept on either side of other bytes in the sample

char to_ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_blank(char c) { return c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '; }
bool is_ascii_letter(char c) { return to_ascii_lower(c) >= 'a' && to_ascii_lower(c) <= 'z'; }

// Does `text` have `lower` at `at`, in any case?
bool has_at(std::string_view text, size_t at, std::string_view lower) {
  if (text.size() - std::min(at, text.size()) < lower.size()) return false;
  for (size_t k = 0; k < lower.size(); ++k)
    if (to_ascii_lower(text[at + k]) != lower[k]) return false;
  return true;
}

size_t find_lower(std::string_view text, std::string_view lower, size_t at) {
  const auto found = std::search(text.begin() + static_cast<ptrdiff_t>(std::min(at, text.size())), text.end(), lower.begin(), lower.end(),
                                 [](char c, char wanted) { return to_ascii_lower(c) == wanted; });
  return found == text.end() ? std::string_view::npos : static_cast<size_t>(found - text.begin());
}

// What a page may not say of itself, since it was read as ASCII when it said so.
Encoding correct_declared(Encoding encoding) {
  if (encoding == Encoding::utf_16be || encoding == Encoding::utf_16le) return Encoding::utf_8;
  return encoding;
}

// The HTML standard's “extracting a character encoding from a meta element”.
std::optional<Encoding> find_content_charset(std::string_view content) {
  for (size_t at = 0;;) {
    at = find_lower(content, "charset", at);
    if (at == std::string_view::npos) return std::nullopt;
    at += 7;
    while (at < content.size() && is_blank(content[at])) ++at;
    if (at == content.size()) return std::nullopt;
    if (content[at] != '=') continue;
    do ++at;
    while (at < content.size() && is_blank(content[at]));
    if (at == content.size()) return std::nullopt;
    if (content[at] == '"' || content[at] == '\'') {
      const size_t end = content.find(content[at], at + 1);
      if (end == std::string_view::npos) return std::nullopt;
      return find_encoding(content.substr(at + 1, end - at - 1));
    }
    size_t end = at;
    while (end < content.size() && !is_blank(content[end]) && content[end] != ';') ++end;
    return find_encoding(content.substr(at, end - at));
  }
}

// The HTML standard's prescan, step by step; its “abort” is at() beyond the end.
class Prescan {
 public:
  // Scripts and styles are passed over when `like_a_parser`, as the standard's prescan does not.
  Prescan(std::string_view bytes, bool like_a_parser) : bytes_(bytes), like_a_parser_(like_a_parser) {}

  std::optional<Encoding> run() {
    for (; at_ < bytes_.size(); ++at_) {
      at_ = bytes_.find('<', at_);
      if (at_ == std::string_view::npos) break;
      if (bytes_.substr(at_, 4) == "<!--") {
        const size_t end = bytes_.find("-->", at_ + 2);
        if (end == std::string_view::npos) break;
        at_ = end + 2;
      } else if (has_at(bytes_, at_, "<meta") && at_ + 5 < bytes_.size() && (is_blank(bytes_[at_ + 5]) || bytes_[at_ + 5] == '/')) {
        at_ += 5;
        if (const auto found = read_meta()) return found;
      } else if (starts_tag()) {
        const std::string_view raw = !like_a_parser_ ? "" : has_at(bytes_, at_, "<script") ? "</script" : has_at(bytes_, at_, "<style") ? "</style"
                                     : "";
        while (at_ < bytes_.size() && !is_blank(bytes_[at_]) && bytes_[at_] != '>') ++at_;
        std::string name, value;
        while (read_attribute(name, value)) {}
        if (!raw.empty()) {
          const size_t end = find_lower(bytes_, raw, at_);
          if (end == std::string_view::npos) break;
          at_ = end - 1;
        }
      } else if (at_ + 1 < bytes_.size() && (bytes_[at_ + 1] == '!' || bytes_[at_ + 1] == '/' || bytes_[at_ + 1] == '?')) {
        at_ = bytes_.find('>', at_);
        if (at_ == std::string_view::npos) break;
      }
    }
    return std::nullopt;
  }

 private:
  bool starts_tag() const {
    size_t letter = at_ + 1;
    if (letter < bytes_.size() && bytes_[letter] == '/') ++letter;
    return letter < bytes_.size() && is_ascii_letter(bytes_[letter]);
  }

  std::optional<Encoding> read_meta() {
    bool seen_pragma = false, seen_content = false, seen_charset = false, is_pragma = false;
    enum { unknown, needed, not_needed } pragma = unknown;
    bool has_charset = false;  // set, be it to what is no encoding
    std::optional<Encoding> charset;
    std::string name, value;
    while (read_attribute(name, value)) {
      if (name == "http-equiv" && !std::exchange(seen_pragma, true)) {
        is_pragma = value == "content-type";
      } else if (name == "content" && !std::exchange(seen_content, true)) {
        const auto found = find_content_charset(value);
        if (found && !has_charset) {
          charset = found;
          has_charset = true;
          pragma = needed;
        }
      } else if (name == "charset" && !std::exchange(seen_charset, true)) {
        charset = find_encoding(value);
        has_charset = true;
        pragma = not_needed;
      }
    }
    if (at_ >= bytes_.size() || pragma == unknown || (pragma == needed && !is_pragma) || !charset) return std::nullopt;
    return *charset == Encoding::x_user_defined ? Encoding::windows_1252 : correct_declared(*charset);
  }

  // The next attribute of the tag, in lower case. False at the tag's end, where at_ stays, or at the end of the bytes.
  bool read_attribute(std::string& name, std::string& value) {
    name.clear();
    value.clear();
    const auto skip_blanks = [this] {
      while (at_ < bytes_.size() && is_blank(bytes_[at_])) ++at_;
    };
    while (at_ < bytes_.size() && (is_blank(bytes_[at_]) || bytes_[at_] == '/')) ++at_;
    if (at_ >= bytes_.size() || bytes_[at_] == '>') return false;
    for (; at_ < bytes_.size() && !(bytes_[at_] == '=' && !name.empty()) && !is_blank(bytes_[at_]); ++at_) {
      if (bytes_[at_] == '/' || bytes_[at_] == '>') return true;
      name += to_ascii_lower(bytes_[at_]);
    }
    skip_blanks();
    if (at_ >= bytes_.size()) return false;
    if (bytes_[at_] != '=') return true;
    ++at_;
    skip_blanks();
    if (at_ >= bytes_.size()) return false;
    if (const char mark = bytes_[at_]; mark == '"' || mark == '\'') {
      const size_t end = bytes_.find(mark, at_ + 1);
      if (end == std::string_view::npos) {
        at_ = bytes_.size();
        return false;
      }
      for (char c : bytes_.substr(at_ + 1, end - at_ - 1)) value += to_ascii_lower(c);
      at_ = end + 1;
      return true;
    }
    for (; at_ < bytes_.size() && !is_blank(bytes_[at_]) && bytes_[at_] != '>'; ++at_) value += to_ascii_lower(bytes_[at_]);
    return at_ < bytes_.size();
  }

  std::string_view bytes_;
  bool like_a_parser_;
  size_t at_ = 0;
};

// The HTML standard's “get an XML encoding”.
std::optional<Encoding> read_declaration(std::string_view document) {
  if (!document.starts_with("<?xml")) return std::nullopt;
  const std::string_view declaration = document.substr(0, document.substr(0, late_meta_bytes).find('>'));
  if (declaration.size() == document.size()) return std::nullopt;
  const auto skip_blanks = [&declaration](size_t at) {
    while (at < declaration.size() && static_cast<unsigned char>(declaration[at]) <= 0x20) ++at;
    return at;
  };
  size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return std::nullopt;
  at = skip_blanks(at + 8);
  if (at >= declaration.size() || declaration[at] != '=') return std::nullopt;
  at = skip_blanks(at + 1);
  if (at >= declaration.size() || (declaration[at] != '"' && declaration[at] != '\'')) return std::nullopt;
  const size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return std::nullopt;
  const auto found = find_encoding(declaration.substr(at + 1, end - at - 1));
  return found ? std::optional(correct_declared(*found)) : std::nullopt;
}

// A declaration “<?x” in two-byte units.
std::optional<Encoding> find_wide_declaration(std::string_view document) {
  using namespace std::string_view_literals;
  if (document.starts_with("<\0?\0x\0"sv)) return Encoding::utf_16le;
  if (document.starts_with("\0<\0?\0x"sv)) return Encoding::utf_16be;
  return std::nullopt;
}

// UTF-16 of a text that has blanks, digits or Latin letters: half of the units of a sample have a zero as their upper byte, and hardly any
// (1 in 100) as their lower.
std::optional<Encoding> find_plain_utf16(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, 4096);
  const size_t units = sample.size() / 2;
  if (units < 2) return std::nullopt;
  size_t zeros[2] = {0, 0};
  for (size_t at = 0; at < 2 * units; ++at) zeros[at & 1] += sample[at] == 0;
  if (zeros[1] * 2 >= units && zeros[0] * 100 <= units) return Encoding::utf_16le;
  if (zeros[0] * 2 >= units && zeros[1] * 100 <= units) return Encoding::utf_16be;
  return std::nullopt;
}

// The bytes that are not ASCII, with what stands around them.
std::string take_sample(std::string_view bytes) {
  std::string sample;
  for (size_t at = 0; at < bytes.size() && sample.size() < sample_bytes;) {
    const size_t ascii = count_ascii(bytes.substr(at));
    if (at + ascii == bytes.size()) {
      sample += bytes.substr(at, context_bytes);
      break;
    }
    if (ascii > 2 * context_bytes) {
      if (!sample.empty()) sample += bytes.substr(at, context_bytes);
      sample += '\n';
      sample += bytes.substr(at + ascii - context_bytes, context_bytes);
    } else {
      sample += bytes.substr(at, ascii);
    }
    for (at += ascii; at < bytes.size() && static_cast<unsigned char>(bytes[at]) >= 0x80 && sample.size() < sample_bytes; ++at) sample += bytes[at];
  }
  return sample;
}

// Only quotation marks, dashes, dots and signs that English texts have: nothing there for a detector to go by, and windows-1252, what
// such texts are in. (All of windows-125x have those of the 80s and 90s in the same places.)
bool has_only_english_signs(std::string_view sample) {
  constexpr std::string_view signs = "\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xA0\xA3\xA7\xA9\xAB\xAE\xB0\xB7\xBB\xBC\xBD\xBE";
  return std::all_of(sample.begin(), sample.end(),
                     [&](char c) { return static_cast<unsigned char>(c) < 0x80 || signs.find(c) != std::string_view::npos; });
}

// Is this UTF-8 with a few wounds? At least four well-formed characters beyond ASCII for each ill-formed piece; bytes of Thai in
// windows-874, which come nearest, have one for two or three.
bool is_damaged_utf8(std::string_view sample) {
  const Decoded decoded = decode(sample, Encoding::utf_8);
  size_t characters = 0;
  for (size_t at = 0; at < decoded.text.size(); ++at) characters += (static_cast<unsigned char>(decoded.text[at]) >= 0xC0);
  return characters - decoded.replaced >= 4 * decoded.replaced;
}

// The detector knows no KOI8-U, and takes texts with typographic quotation marks of windows-125x for the ISO-8859 that has the same letters.
Encoding correct_guess(Encoding guess, std::string_view sample) {
  const auto is_letter = [&sample](size_t at) { return at < sample.size() && static_cast<unsigned char>(sample[at]) >= 0xC0; };
  bool ukrainian = false, marks = false;
  for (size_t at = 0; at < sample.size(); ++at) {
    const auto byte = static_cast<unsigned char>(sample[at]);
    marks = marks || (byte >= 0x80 && byte <= 0x9F);
    // є, і, ї, ґ and their capitals, beside a letter; KOI8-R has pieces of boxes there
    constexpr std::string_view letters = "\xA4\xA6\xA7\xAD\xB4\xB6\xB7\xBD";
    ukrainian = ukrainian || (letters.find(sample[at]) != std::string_view::npos && (is_letter(at + 1) || (at > 0 && is_letter(at - 1))));
  }
  switch (guess) {
    case Encoding::koi8_r: return ukrainian ? Encoding::koi8_u : guess;
    case Encoding::iso_8859_2: return marks ? Encoding::windows_1250 : guess;
    case Encoding::iso_8859_7: return marks ? Encoding::windows_1253 : guess;
    case Encoding::iso_8859_13: return marks ? Encoding::windows_1257 : guess;
    case Encoding::iso_8859_15: return marks ? Encoding::windows_1252 : guess;
    default: return guess;
  }
}

std::optional<Encoding> ask_detector(std::string_view sample) {
  // The library keeps nothing outside its object (0.0.7 has no writable data), so each call may have its own thread.
  const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), uchardet_delete);
  if (!detector || uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return std::nullopt;
  uchardet_data_end(detector.get());
  const std::string_view name = uchardet_get_charset(detector.get());
  auto found = name == "UHC" ? Encoding::euc_kr : name == "MAC-CYRILLIC" ? Encoding::x_mac_cyrillic : find_encoding(name);
  if (!found || *found == Encoding::replacement || *found == Encoding::utf_8) return std::nullopt;
  const size_t beyond_ascii =
      static_cast<size_t>(std::count_if(sample.begin(), sample.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
  switch (*found) {
    case Encoding::iso_8859_3: case Encoding::iso_8859_4: case Encoding::iso_8859_10: case Encoding::iso_8859_14: case Encoding::iso_8859_16:
      return std::nullopt;  // nearly nobody writes in these, and the detector takes Spanish and Italian for them
    case Encoding::iso_8859_2: case Encoding::iso_8859_13: case Encoding::windows_1250: case Encoding::windows_1254: case Encoding::windows_1257:
    case Encoding::windows_1258:
      if (beyond_ascii < few_letters) return std::nullopt;
      break;
    default: break;
  }
  found = correct_guess(*found, sample);
  // A guess that leaves more than one byte in twenty unread is none; the sample's own cuts make a few.
  return decode(sample, *found).replaced * 20 <= beyond_ascii ? found : std::nullopt;
}

}  // namespace

std::string_view name_of(Evidence evidence) {
  constexpr std::string_view evidence_names[] = {"bom", "header", "meta", "declaration", "detected", "default"};
  return evidence_names[static_cast<size_t>(evidence)];
}

std::optional<Encoding> find_bom(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return Encoding::utf_8;
  if (bytes.starts_with("\xFE\xFF")) return Encoding::utf_16be;
  if (bytes.starts_with("\xFF\xFE")) return Encoding::utf_16le;
  return std::nullopt;
}

std::optional<Encoding> find_header_charset(std::string_view content_type) {
  // Parameters as the MIME standard has them; blanks around “=” and single quotes, which servers send, are forgiven.
  for (size_t at = content_type.find(';'); at != std::string_view::npos;) {
    ++at;
    while (at < content_type.size() && is_blank(content_type[at])) ++at;
    const bool is_charset = has_at(content_type, at, "charset");
    while (at < content_type.size() && content_type[at] != '=' && content_type[at] != ';') ++at;
    if (at >= content_type.size() || content_type[at] == ';') {
      if (at >= content_type.size()) break;
      continue;
    }
    do ++at;
    while (at < content_type.size() && is_blank(content_type[at]));
    if (at < content_type.size() && (content_type[at] == '"' || content_type[at] == '\'')) {
      const size_t end = std::min(content_type.find(content_type[at], at + 1), content_type.size());
      if (is_charset) return find_encoding(content_type.substr(at + 1, end - at - 1));
      at = content_type.find(';', end);
    } else {
      const size_t end = std::min(content_type.find(';', at), content_type.size());
      if (is_charset) return find_encoding(content_type.substr(at, end - at));
      at = end < content_type.size() ? end : std::string_view::npos;
    }
  }
  return std::nullopt;
}

std::optional<Encoding> find_meta_charset(std::string_view page) {
  if (const auto wide = find_wide_declaration(page)) return wide;
  if (const auto found = Prescan(page.substr(0, prescan_bytes), false).run()) return found;
  if (const auto found = read_declaration(page.substr(0, prescan_bytes))) return found;
  return page.size() > prescan_bytes ? Prescan(page.substr(0, late_meta_bytes), true).run() : std::nullopt;
}

std::optional<Encoding> find_xml_encoding(std::string_view document) {
  if (const auto wide = find_wide_declaration(document)) return wide;
  size_t at = 0;
  while (at < std::min(document.size(), prescan_bytes) && is_blank(document[at])) ++at;
  return read_declaration(document.substr(at));
}

Sniffed detect_encoding(std::string_view bytes) {
  if (const auto wide = find_plain_utf16(bytes)) return {*wide, Evidence::detected};
  if (count_valid_utf8(bytes) == bytes.size()) {
    if (count_ascii(bytes) < bytes.size()) return {Encoding::utf_8, Evidence::detected};
    // ISO-2022-JP is made of ASCII bytes; its shift to JIS X 0208 stands in nothing else that is text.
    if (const size_t shift = bytes.find("\x1B$"); shift != std::string_view::npos) {
      const std::string_view sample = bytes.substr(shift, sample_bytes);
      if (decode(sample, Encoding::iso_2022_jp).replaced <= (sample.size() == sample_bytes ? 1 : 0))
        return {Encoding::iso_2022_jp, Evidence::detected};
    }
    return {};
  }
  const std::string sample = take_sample(bytes);
  if (is_damaged_utf8(sample)) return {Encoding::utf_8, Evidence::detected};
  if (!has_only_english_signs(sample))
    if (const auto found = ask_detector(sample)) return {*found, Evidence::detected};
  return {Encoding::windows_1252, Evidence::assumed};
}

Sniffed sniff_html(std::string_view bytes, std::string_view content_type) {
  if (const auto found = find_bom(bytes)) return {*found, Evidence::bom};
  if (const auto found = find_header_charset(content_type)) return {*found, Evidence::header};
  if (const auto found = find_meta_charset(bytes)) return {*found, Evidence::meta};
  return detect_encoding(bytes);
}

Sniffed sniff_xml(std::string_view bytes, std::string_view content_type) {
  if (const auto found = find_bom(bytes)) return {*found, Evidence::bom};
  if (const auto found = find_header_charset(content_type)) return {*found, Evidence::header};
  if (const auto found = find_xml_encoding(bytes)) return {*found, Evidence::declaration};
  return detect_encoding(bytes);
}

Sniffed sniff_text(std::string_view bytes, std::string_view content_type) {
  if (const auto found = find_bom(bytes)) return {*found, Evidence::bom};
  if (const auto found = find_header_charset(content_type)) return {*found, Evidence::header};
  return detect_encoding(bytes);
}

}  // namespace sayso
