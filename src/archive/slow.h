// For tests: an input that comes piece by piece, as through a pipe.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "archive/stream.h"

namespace sayso {

// Gives what it was given piece by piece, and counts the pieces that were asked for.
class Slow : public ByteStream {
 public:
  Slow(std::vector<std::string> pieces, size_t& given) : pieces_(std::move(pieces)), given_(given) {}
  Result<size_t> read(char* to, size_t) override {
    if (given_ == pieces_.size()) return size_t{0};
    return pieces_[given_++].copy(to, 1 << 16);
  }
  bool waits() const override { return true; }

 private:
  std::vector<std::string> pieces_;
  size_t& given_;
};

}  // namespace sayso
