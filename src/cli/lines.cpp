#include "cli/lines.h"

#include <algorithm>
#include <utility>

#include "base/unicode.h"
#include "cli/screen.h"

namespace sayso {

LineWriter::LineWriter(std::string& out, const ViewStyle& style) : out_(out), columns_(std::max<size_t>(style.columns, 20)), colour_(style.colour) {}

void LineWriter::indent(std::string first, std::string hanging) {
  first_ = std::move(first);
  hanging_ = std::move(hanging);
}

void LineWriter::put(char32_t c, Pen pen) {
  if (c == ' ') return blank(pen);
  std::string glyph;
  if (is_steering(c)) glyph = visible(c);
  else append_code_point(glyph, c);
  put_glyph(std::move(glyph), pen);
}

void LineWriter::put(std::string_view text, Pen pen) {
  for (size_t at = 0; at < text.size();) put(next_code_point(text, at), pen);
}

void LineWriter::blank(Pen pen) {
  end_word();
  if (used_ > indented_) space_ = {true, pen};
}

void LineWriter::end_line() {
  end_word();
  change_pen(plain_pen);
  if (used_ > 0) out_ += '\n';
  used_ = indented_ = 0;
  begun_ = false;
  space_.wanted = false;
}

void LineWriter::rule(std::string_view name, std::string_view note) {
  const size_t room = columns_ - std::min(columns_, columns_of(note) + 10);
  const std::string shown = shorten(name, std::max<size_t>(room, 10));
  put("── ", faint_pen);
  put(shown, bold_pen);
  put(" ", faint_pen);
  for (size_t used = 4 + columns_of(shown) + columns_of(note) + (note.empty() ? 0 : 1); used < columns_; ++used) put(U'─', faint_pen);
  if (!note.empty()) {
    blank(faint_pen);
    put(note, faint_pen);
  }
  end_line();
}

void LineWriter::end_paragraph() {
  end_line();
  if (!out_.ends_with("\n\n") && !out_.empty()) out_ += '\n';
}

void LineWriter::put_glyph(std::string bytes, Pen pen) {
  const size_t columns = columns_of(bytes);
  word_.push_back({std::move(bytes), columns, pen});
  word_columns_ += columns;
  // It will be broken anyhow. (Four: no script sets more than a few marks on a letter; a flood of them must not pile up here.)
  if (word_columns_ >= columns_ || word_.size() >= 4 * columns_) end_word();
}

void LineWriter::begin_line(const std::string& indent) {
  out_ += indent;
  used_ = indented_ = columns_of(indent);
  begun_ = true;
  space_.wanted = false;
}

void LineWriter::new_line() {
  change_pen(plain_pen);
  out_ += '\n';
  begin_line(hanging_);
}

void LineWriter::end_word() {
  if (word_.empty()) return;
  if (!begun_) begin_line(first_);
  if (used_ > indented_ && used_ + (space_.wanted ? 1 : 0) + word_columns_ > columns_) {
    new_line();
  } else if (space_.wanted) {
    change_pen(space_.pen);
    out_ += ' ';
    ++used_;
    space_.wanted = false;
  }
  for (Glyph& glyph : word_) {
    if (used_ > indented_ && used_ + glyph.columns > columns_) new_line();
    change_pen(glyph.pen);
    out_ += glyph.bytes;
    used_ += glyph.columns;
  }
  word_.clear();
  word_columns_ = 0;
}

void LineWriter::change_pen(Pen pen) {
  if (pen == pen_ || !colour_) return;
  out_ += "\x1b[0";
  if (pen.bold) out_ += ";1";
  if (pen.faint) out_ += ";2";
  if (pen.underlined) out_ += ";4";
  if (pen.colour != 0) out_ += ';' + std::to_string(pen.colour);
  out_ += 'm';
  pen_ = pen;
}

}  // namespace sayso
