// A stream with a view ahead. For the files of this room and for the framing of records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "archive/stream.h"

namespace sayso {

class StreamWindow {
 public:
  explicit StreamWindow(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {}

  // At least `size` bytes from here on, fewer only when the stream ends before. Good until the next peek or drop.
  std::string_view peek(size_t size) {
    while (view().size() < size && !ended_) fill();
    return view();
  }
  // What is there up to the end of the `count`th line, and whatever came with it: no more is waited for. Without so many lines, `most` bytes or all.
  std::string_view peek_lines(size_t count, size_t most) {
    for (size_t at = 0;;) {
      const std::string_view there = view();
      for (size_t end; count > 0 && (end = there.find('\n', at)) != std::string_view::npos; at = end + 1) --count;
      if (count == 0 || there.size() >= most || ended_) return there;
      at = there.size();
      fill();
    }
  }
  std::string_view view() const { return std::string_view(bytes_).substr(begin_); }
  // Moves on. Requires size <= view().size().
  void drop(size_t size) {
    begin_ += size;
    offset_ += size;
  }
  uint64_t offset() const { return offset_; }  // of what view() begins with
  bool ended() const { return ended_; }        // nothing comes behind view()
  const std::optional<Error>& error() const { return error_; }  // why it has ended, if not by its end
  ByteStream& stream() { return *stream_; }
  std::unique_ptr<ByteStream> release_stream() { return std::move(stream_); }  // the window is not to be used any more

 private:
  void fill() {
    if (begin_ > bytes_.size() / 2) {  // what is moved is less than what was dropped: linear in all
      bytes_.erase(0, begin_);
      begin_ = 0;
    }
    const Result<size_t> n = read_block(*stream_, bytes_);
    if (!n.ok()) error_ = n.error();
    ended_ = !n.ok() || *n == 0;
  }

  std::unique_ptr<ByteStream> stream_;
  std::string bytes_;
  size_t begin_ = 0;
  uint64_t offset_ = 0;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace sayso
