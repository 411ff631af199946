// Lines and header fields of WARC, HTTP and mail, read leniently. For the files of this room and for the framing of records.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sayso {

inline std::string_view trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

inline char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

inline std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = ascii_lower(c);
  return out;
}

// Requires that `lower` is in lower case.
inline bool same_name(std::string_view name, std::string_view lower) {
  if (name.size() != lower.size()) return false;
  for (size_t i = 0; i < name.size(); ++i)
    if (ascii_lower(name[i]) != lower[i]) return false;
  return true;
}

// Takes the first line off `text`, its line end too, and gives it without that.
inline std::string_view next_line(std::string_view& text) {
  const size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// How many bytes a head has, the empty line at its end included; nothing when there is none within `most` bytes.
inline std::optional<size_t> find_head_end(std::string_view text, size_t most) {
  text = text.substr(0, most);
  for (size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    const size_t next = end + 1;
    if (next < text.size() && text[next] == '\n') return next + 1;
    if (next + 1 < text.size() && text[next] == '\r' && text[next + 1] == '\n') return next + 2;
  }
  return std::nullopt;
}

// Calls take(name, value) for each field; folded lines are joined by a space, lines without a colon passed over.
template <class Take>
void for_each_field(std::string_view head, Take take) {
  std::string_view name;
  std::string value;
  bool open = false;
  while (!head.empty()) {
    const std::string_view line = next_line(head);
    if (open && !line.empty() && (line[0] == ' ' || line[0] == '\t')) {
      value += " " + std::string(trim(line));
      continue;
    }
    if (open) take(name, value);
    const size_t colon = line.find(':');
    open = colon != std::string_view::npos;
    if (!open) continue;
    name = trim(line.substr(0, colon));
    value = std::string(trim(line.substr(colon + 1)));
  }
  if (open) take(name, value);
}

}  // namespace sayso
