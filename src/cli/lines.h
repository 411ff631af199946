// Words on a terminal: wrapped into lines, in colour or not, with nothing that steers the terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sayso {

struct ViewStyle {
  size_t columns = 80;
  bool colour = false;
};

struct Pen {
  uint8_t colour = 0;  // SGR 31…37, or 0 for the terminal's own
  bool bold = false, underlined = false, faint = false;
  friend bool operator==(const Pen&, const Pen&) = default;
};

inline constexpr Pen plain_pen{};
inline constexpr Pen faint_pen{0, false, false, true};
inline constexpr Pen bold_pen{0, true, false, false};
inline constexpr Pen source_pen{0, true, true, false};
inline constexpr Pen cue_pen{33, true, false, false};

// Writes words into lines of at most so many columns. Holds one word; a word that is longer than a line is broken.
class LineWriter {
 public:
  LineWriter(std::string& out, const ViewStyle& style);

  // The next line begins with `first`, those that it is wrapped into with `hanging`.
  void indent(std::string first, std::string hanging);
  void put(char32_t c, Pen pen);
  // `text` neutralised before.
  void put(std::string_view text, Pen pen);
  void blank(Pen pen);
  void end_line();
  // “── name ───── note”, as wide as a line; both neutralised before. A name that is too long is shortened.
  void rule(std::string_view name, std::string_view note);
  // At most one blank line, and none at the top.
  void end_paragraph();

 private:
  struct Glyph {
    std::string bytes;
    size_t columns;
    Pen pen;
  };

  void put_glyph(std::string bytes, Pen pen);
  void begin_line(const std::string& indent);
  void new_line();
  void end_word();
  void change_pen(Pen pen);

  std::string& out_;
  const size_t columns_;
  const bool colour_;
  std::string first_, hanging_;
  size_t used_ = 0, indented_ = 0;  // columns of the line so far, and those of them that are its indent
  bool begun_ = false;
  struct {
    bool wanted = false;
    Pen pen;
  } space_;
  std::vector<Glyph> word_;
  size_t word_columns_ = 0;
  Pen pen_;
};

}  // namespace sayso
