// Bytes that come one piece after the other: files, standard input, and what is packed in them. Memory does not grow with their length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"

namespace sayso {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Up to `size` bytes to `to`; 0 at the end. After an error the stream has ended.
  virtual Result<size_t> read(char* to, size_t size) = 0;
  // How long it is, where that is known and any place can be read next: regular files and memory. Zip files need it.
  virtual std::optional<uint64_t> size() const { return std::nullopt; }
  // The next read begins at byte `offset`. Requires size() and offset <= size().
  virtual Status seek(uint64_t offset);
  // May its bytes be long in coming? A pipe, a terminal: who reads it must not ask for more than he needs.
  virtual bool waits() const { return false; }
};

// Appends the stream's next block to `bytes`: at most 64 KiB, of a short one less, since room costs time. How many bytes; 0 at the end.
Result<size_t> read_block(ByteStream& stream, std::string& bytes);

// Requires that `bytes` outlive the stream.
std::unique_ptr<ByteStream> stream_bytes(std::string_view bytes);
std::unique_ptr<ByteStream> stream_own_bytes(std::string bytes);
// Called where a read would have to wait for a file's bytes: does something useful until they can be read; false: nothing more is wanted, and the
// stream ends.
using WhileWaiting = std::function<bool(int file)>;
// "-": standard input. Reads what is there and waits for no more.
Result<std::unique_ptr<ByteStream>> stream_file(const std::string& path, WhileWaiting while_waiting = {});

// A whole packed member in memory: gzip (all members), zlib, raw deflate, zstd (all frames) or brotli. bad_input beyond limits.unpacked_bytes or
// limits.ratio, corrupt when damaged or cut off. What could be unpacked before the damage is in `partly` if that is not null.
enum class Packing { gzip, zlib, deflate, zstd, brotli };
Result<std::string> unpack(std::string_view bytes, Packing packing, const Limits& limits, const std::string& source, std::string* partly = nullptr);

// gzip or zstd by the first bytes; nothing for all else (the other packings have no signature).
std::optional<Packing> recognise_packing(std::string_view head);

// Unpacks while it is read. The limits hold for each record inside, not for the whole: a long archive may unpack to more than
// limits.unpacked_bytes, one record of it may not. Who knows the records says where they begin.
class UnpackingStream : public ByteStream {
 public:
  virtual void begin_record() = 0;
};
std::unique_ptr<UnpackingStream> stream_unpacked(std::unique_ptr<ByteStream> packed, Packing packing, const Limits& limits,
                                                 const std::string& source);

}  // namespace sayso
