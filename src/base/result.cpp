#include "base/result.h"

namespace sayso {

const char* name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::bad_input: return "bad_input";
    case ErrorKind::not_found: return "not_found";
    case ErrorKind::io: return "io";
    case ErrorKind::corrupt: return "corrupt";
    case ErrorKind::version: return "version";
    case ErrorKind::unsupported: return "unsupported";
    case ErrorKind::internal: return "internal";
  }
  return "internal";
}

std::string Error::sentence() const {
  std::string line = what;
  if (!where.empty()) line += " (" + where + ")";
  if (line.empty() || line.back() != '.') line += '.';
  if (!hint.empty()) line += " " + hint;
  // A file name may hold an escape sequence; a message must not pass it on to the terminal.
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return line;
}

}  // namespace sayso
