// Zip files by their central directory, as WACZ has them: many members, stored or deflated, zip64 too.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/stream.h"
#include "base/limits.h"
#include "base/result.h"

namespace sayso {

inline bool is_zip(std::string_view head) { return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06"); }

struct ZipMember {
  std::string name;  // as it stands; never used as a path
  uint16_t method = 0;
  bool encrypted = false;
  uint32_t checksum = 0;
  uint64_t packed = 0, unpacked = 0;
  uint64_t offset = 0;  // of its local header
};

class Zip {
 public:
  // Requires a stream that knows its size. corrupt where there is no directory, or where it cannot be true (members that overlap or lie
  // outside the file).
  static Result<std::unique_ptr<Zip>> open(std::shared_ptr<ByteStream> file, const std::string& source);
  const std::vector<ZipMember>& members() const { return members_; }
  // Its unpacked bytes; requires that the Zip outlives the stream, and that one stream is read at a time. corrupt where its own header tells of
  // another member than the directory, and at the end of a stream whose size or checksum is wrong.
  Result<std::unique_ptr<ByteStream>> read(const ZipMember& member, const Limits& limits);

 private:
  explicit Zip(std::shared_ptr<ByteStream> file, std::string source) : file_(std::move(file)), source_(std::move(source)) {}
  Result<std::string> read_at(uint64_t offset, size_t size);
  Status read_directory();

  std::shared_ptr<ByteStream> file_;
  std::string source_;
  std::vector<ZipMember> members_;
};

}  // namespace sayso
