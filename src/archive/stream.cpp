#include "archive/stream.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/decoder.h"

namespace sayso {
namespace {

constexpr size_t block_bytes = 1 << 16;

class Memory : public ByteStream {
 public:
  explicit Memory(std::string_view bytes) : bytes_(bytes) {}
  explicit Memory(std::string bytes) : own_(std::move(bytes)), bytes_(own_) {}
  Result<size_t> read(char* to, size_t size) override {
    size = std::min(size, bytes_.size() - at_);
    if (size) std::memcpy(to, bytes_.data() + at_, size);
    at_ += size;
    return size;
  }
  std::optional<uint64_t> size() const override { return bytes_.size(); }
  Status seek(uint64_t offset) override {
    at_ = static_cast<size_t>(std::min<uint64_t>(offset, bytes_.size()));
    return {};
  }

 private:
  std::string own_;
  std::string_view bytes_;
  size_t at_ = 0;
};

class File : public ByteStream {
 public:
  // Closes `file` at the end, but not standard input.
  File(int file, std::string path, WhileWaiting while_waiting) : file_(file), path_(std::move(path)), while_waiting_(std::move(while_waiting)) {
    struct stat info {};
    if (::fstat(file_, &info) != 0 || !S_ISREG(info.st_mode)) return;
    waits_ = false;
    if (file_ != STDIN_FILENO) size_ = static_cast<uint64_t>(info.st_size);  // somebody may have read of standard input before
  }
  ~File() override {
    if (file_ != STDIN_FILENO) ::close(file_);
  }
  Result<size_t> read(char* to, size_t size) override {
    if (waits_ && while_waiting_ && !ready() && !while_waiting_(file_)) return size_t{0};
    ssize_t n = 0;
    // Whoever gave us this input may have it not block.
    while ((n = ::read(file_, to, size)) < 0 && (errno == EINTR || errno == EAGAIN))
      if (errno == EAGAIN) {
        pollfd polled{file_, POLLIN, 0};
        ::poll(&polled, 1, -1);
      }
    if (n < 0) return Error{ErrorKind::io, std::string("cannot be read to its end: ") + std::strerror(errno), path_, ""};
    return static_cast<size_t>(n);
  }
  std::optional<uint64_t> size() const override { return size_; }
  Status seek(uint64_t offset) override {
    if (::lseek(file_, static_cast<off_t>(offset), SEEK_SET) >= 0) return {};
    return Error{ErrorKind::io, std::string("cannot be read from byte ") + std::to_string(offset) + ": " + std::strerror(errno), path_, ""};
  }
  bool waits() const override { return waits_; }

 private:
  bool ready() const {
    pollfd polled{file_, POLLIN, 0};
    return ::poll(&polled, 1, 0) != 0;
  }

  int file_;
  std::string path_;
  WhileWaiting while_waiting_;
  std::optional<uint64_t> size_;
  bool waits_ = true;
};

Error damaged(Packing packing, const char* what, const std::string& source) {
  return {ErrorKind::corrupt, "the " + std::string(name_of(packing)) + " data " + what, source, "Fetch or pack it again."};
}

Error bomb(Packing packing, const std::string& why, const std::string& source) {
  return {ErrorKind::bad_input, "the " + std::string(name_of(packing)) + " data is refused: " + why, source,
          "If it is to be trusted, raise the limit: --limit unpacked-bytes=N or --limit ratio=N."};
}

class Unpacking : public UnpackingStream {
 public:
  Unpacking(std::unique_ptr<ByteStream> packed, Packing packing, const Limits& limits, std::string source)
      : packed_(std::move(packed)), packing_(packing), decoder_(packing), budget_(limits), source_(std::move(source)) {}

  void begin_record() override { budget_.begin_record(); }

  Result<size_t> read(char* to, size_t size) override {
    if (size == 0) return size_t{0};
    while (!over_) {
      if (at_ == in_.size() && !filled_to_end_) {
        if (Status status = fill(); !status.ok()) return fail(status.error());
        continue;
      }
      std::string_view in = std::string_view(in_).substr(at_);
      if (!in_member_ && !begin_member(in)) {
        if (over_) break;
        if (failed_) return fail(*failed_);
        continue;
      }
      in = std::string_view(in_).substr(at_);
      const Decoder::Step step = decoder_.step(in, to, size);
      at_ += step.taken;
      if (const std::string why = budget_.spend(step.taken, step.made); !why.empty()) return fail(bomb(packing_, why, source_));
      if (step.state == Decoder::State::end) {
        in_member_ = false;
        ++members_;
      } else if (step.state != Decoder::State::more) {
        failed_ = damaged(packing_, step.state == Decoder::State::checksum ? "has a wrong checksum: it is damaged" : "is damaged", source_);
        if (step.made == 0) return fail(*failed_);
        over_ = true;  // what came before the damage first
      } else if (step.made == 0 && step.taken == 0 && filled_to_end_) {
        return fail(damaged(packing_, "ends too early", source_));
      }
      if (step.made) return step.made;
    }
    if (failed_) return fail(*failed_);
    return size_t{0};
  }

 private:
  // Stands a member here? False at the end, behind padding, and (with failed_) where something else stands.
  bool begin_member(std::string_view in) {
    if (members_ == 0) {
      if (in.empty() && filled_to_end_) return failed_ = damaged(packing_, "is empty", source_), false;
    } else {
      const bool repeats = packing_ == Packing::gzip || packing_ == Packing::zstd;
      const size_t zeros = repeats ? std::min(in.find_first_not_of('\0'), in.size()) : 0;
      at_ += zeros;
      if (zeros) return false;
      if (in.empty() && filled_to_end_) return over_ = true, false;
      if (in.size() < 4 && !filled_to_end_) {
        if (Status status = fill(); !status.ok()) failed_ = status.error();
        return false;
      }
      if (!repeats || recognise_packing(in) != packing_)
        return failed_ = damaged(packing_, "has something else behind its end", source_), false;
      decoder_.reset();
    }
    return in_member_ = true;
  }

  Status fill() {
    in_.erase(0, at_);
    at_ = 0;
    const Result<size_t> n = read_block(*packed_, in_);
    if (!n.ok()) return n.error();
    filled_to_end_ = *n == 0;
    return {};
  }

  Error fail(Error error) {
    over_ = true;
    failed_.reset();
    return error;
  }

  std::unique_ptr<ByteStream> packed_;
  Packing packing_;
  Decoder decoder_;
  Budget budget_;
  std::string source_;
  std::string in_;
  size_t at_ = 0, members_ = 0;
  bool filled_to_end_ = false, in_member_ = false, over_ = false;
  std::optional<Error> failed_;
};

}  // namespace

Status ByteStream::seek(uint64_t) { return Error{ErrorKind::internal, "this stream cannot be read from another place", "", ""}; }

Result<size_t> read_block(ByteStream& stream, std::string& bytes) {
  const size_t had = bytes.size();
  const size_t room = static_cast<size_t>(std::clamp<uint64_t>(stream.size().value_or(block_bytes), 1 << 12, block_bytes));
  bytes.resize(had + room);
  Result<size_t> n = stream.read(bytes.data() + had, room);
  bytes.resize(had + (n.ok() ? *n : 0));
  return n;
}

std::unique_ptr<ByteStream> stream_bytes(std::string_view bytes) { return std::make_unique<Memory>(bytes); }
std::unique_ptr<ByteStream> stream_own_bytes(std::string bytes) { return std::make_unique<Memory>(std::move(bytes)); }

Result<std::unique_ptr<ByteStream>> stream_file(const std::string& path, WhileWaiting while_waiting) {
  if (path == "-") return std::unique_ptr<ByteStream>(new File(STDIN_FILENO, "-", std::move(while_waiting)));
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Error{ErrorKind::not_found, "there is no such file", path, "Check the name."};
    return Error{ErrorKind::io, std::string("cannot look at the file: ") + std::strerror(errno), path, ""};
  }
  if (S_ISDIR(info.st_mode)) return Error{ErrorKind::bad_input, "this is a directory, not a file", path, "Name a file inside it."};
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Error{ErrorKind::io, std::string("cannot be opened: ") + std::strerror(errno), path, ""};
  return std::unique_ptr<ByteStream>(new File(file, path, std::move(while_waiting)));
}

std::optional<Packing> recognise_packing(std::string_view head) {
  if (head.starts_with("\x1f\x8b\x08")) return Packing::gzip;
  if (head.starts_with("\x28\xb5\x2f\xfd")) return Packing::zstd;
  // Skippable zstd frames (RFC 8878): 0x184D2A50 to 0x184D2A5F.
  if (head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0) == 0x50 && head.substr(1, 3) == "\x2a\x4d\x18") return Packing::zstd;
  return std::nullopt;
}

std::unique_ptr<UnpackingStream> stream_unpacked(std::unique_ptr<ByteStream> packed, Packing packing, const Limits& limits,
                                                 const std::string& source) {
  return std::make_unique<Unpacking>(std::move(packed), packing, limits, source);
}

Result<std::string> unpack(std::string_view bytes, Packing packing, const Limits& limits, const std::string& source, std::string* partly) {
  Unpacking stream(stream_bytes(bytes), packing, limits, source);
  std::string out;
  char block[block_bytes];
  for (;;) {
    const Result<size_t> n = stream.read(block, sizeof block);
    if (!n.ok()) {
      if (partly) *partly = std::move(out);
      return n.error();
    }
    if (*n == 0) return out;
    out.append(block, *n);
  }
}

}  // namespace sayso
