// One packed member, unpacked piece by piece; and what unpacking may cost. For the files of this room only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "archive/stream.h"
#include "base/limits.h"

namespace sayso {

class Decoder {
 public:
  explicit Decoder(Packing packing);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // more: give the rest of the input, or more room. end: the member is whole, its checksum right. checksum: whole, but its checksum is wrong.
  enum class State { more, end, checksum, damaged };
  struct Step {
    size_t taken;  // of the input
    size_t made;   // bytes written
    State state;
  };
  Step step(std::string_view in, char* to, size_t room);
  void reset();  // for the next member
  // zstd only: for frames that name a dictionary.
  void set_dictionary(std::string_view bytes);

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

// Holds limits.unpacked_bytes and limits.ratio for one record after the other. The first MiB that a record may unpack to whatever its packed size
// is paid out of what is left of it: a million small bombs have one MiB together, not each.
class Budget {
 public:
  explicit Budget(const Limits& limits);
  void begin_record();
  void begin_stretch() { made_ = 0; }  // of bytes that are passed over and not kept: their size does not matter, their ratio does
  // Nothing, or why this is a bomb.
  std::string spend(size_t taken, size_t made);

 private:
  uint64_t unpacked_bytes_;
  int64_t ratio_;
  uint64_t made_ = 0;
  int64_t credit_;
};

std::string_view name_of(Packing packing);

}  // namespace sayso
