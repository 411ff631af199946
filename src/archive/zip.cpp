#include "archive/zip.h"

#include <algorithm>
#include <numeric>

#include <zlib.h>

namespace sayso {
namespace {

constexpr size_t max_directory = 64 << 20;  // a WACZ has some hundred members
constexpr size_t end_bytes = 22, max_comment = 65535;

uint64_t number(std::string_view bytes, size_t at, size_t size) {
  uint64_t value = 0;
  for (size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// Bytes of the file, from one place on.
class Part : public ByteStream {
 public:
  Part(ByteStream& file, uint64_t offset, uint64_t size) : file_(file), at_(offset), left_(size) {}
  Result<size_t> read(char* to, size_t size) override {
    size = static_cast<size_t>(std::min<uint64_t>(size, left_));
    if (size == 0) return size_t{0};
    if (Status status = file_.seek(at_); !status.ok()) return status.error();
    Result<size_t> n = file_.read(to, size);
    if (n.ok()) {
      at_ += *n;
      left_ -= *n;
    }
    return n;
  }

 private:
  ByteStream& file_;
  uint64_t at_, left_;
};

// Passes bytes on, and holds them against what the directory says when they end.
class Checked : public ByteStream {
 public:
  Checked(std::unique_ptr<ByteStream> inner, const ZipMember& member, std::string where)
      : inner_(std::move(inner)), left_(member.unpacked), checksum_(member.checksum), where_(std::move(where)) {}
  Result<size_t> read(char* to, size_t size) override {
    if (over_) return size_t{0};
    Result<size_t> n = inner_->read(to, size);
    over_ = !n.ok() || *n == 0;
    if (!n.ok()) return n;
    if (*n > left_) return over_ = true, lie("unpacks to more than its directory says");
    left_ -= *n;
    crc_ = crc32_z(crc_, reinterpret_cast<const Bytef*>(to), *n);
    if (*n == 0 && left_ > 0) return lie("unpacks to less than its directory says");
    if (*n == 0 && crc_ != checksum_) return lie("has a wrong checksum: it is damaged");
    return n;
  }

 private:
  Error lie(const char* what) { return {ErrorKind::corrupt, std::string("this member of the zip file ") + what, where_, "Fetch the archive again."}; }

  std::unique_ptr<ByteStream> inner_;
  uint64_t left_;
  uint32_t checksum_;
  std::string where_;
  uLong crc_ = 0;
  bool over_ = false;
};

}  // namespace

Result<std::unique_ptr<Zip>> Zip::open(std::shared_ptr<ByteStream> file, const std::string& source) {
  std::unique_ptr<Zip> zip(new Zip(std::move(file), source));
  if (Status status = zip->read_directory(); !status.ok()) return status.error();
  return zip;
}

Result<std::string> Zip::read_at(uint64_t offset, size_t size) {
  std::string bytes(size, '\0');
  if (Status status = file_->seek(offset); !status.ok()) return status.error();
  for (size_t at = 0; at < size;) {
    const Result<size_t> n = file_->read(bytes.data() + at, size - at);
    if (!n.ok()) return n.error();
    if (*n == 0) return Error{ErrorKind::corrupt, "the zip file ends too early", source_, "Fetch it again."};
    at += *n;
  }
  return bytes;
}

Status Zip::read_directory() {
  const auto lie = [&](const char* what) { return Error{ErrorKind::corrupt, std::string("the zip file ") + what, source_, "Fetch it again."}; };
  const uint64_t size = file_->size().value_or(0);
  const auto tail_size = static_cast<size_t>(std::min<uint64_t>(size, end_bytes + max_comment + 20));
  const Result<std::string> tail = read_at(size - tail_size, tail_size);
  if (!tail.ok()) return tail.error();
  size_t end = tail->rfind("PK\x05\x06");
  while (end != std::string::npos && end + end_bytes > tail->size()) end = end == 0 ? std::string::npos : tail->rfind("PK\x05\x06", end - 1);
  if (end == std::string::npos) return lie("has no directory: it is cut off or damaged");
  uint64_t count = number(*tail, end + 10, 2), bytes = number(*tail, end + 12, 4), offset = number(*tail, end + 16, 4);
  if ((count == 0xFFFF || bytes == 0xFFFFFFFF || offset == 0xFFFFFFFF) && end >= 20 && tail->compare(end - 20, 4, "PK\x06\x07") == 0) {
    const uint64_t at = number(*tail, end - 12, 8);
    if (at > size || size - at < 56) return lie("has a directory outside itself");
    const Result<std::string> end64 = read_at(at, 56);
    if (!end64.ok()) return end64.error();
    if (!end64->starts_with("PK\x06\x06")) return lie("has no directory where it should stand");
    count = number(*end64, 32, 8);
    bytes = number(*end64, 40, 8);
    offset = number(*end64, 48, 8);
  }
  if (bytes > size || offset > size - bytes) return lie("has a directory outside itself");
  if (bytes > max_directory) return lie("has a directory of more than 64 MiB");
  const Result<std::string> directory = read_at(offset, static_cast<size_t>(bytes));
  if (!directory.ok()) return directory.error();

  std::string_view rest = *directory;
  for (; count > 0; --count) {
    if (rest.size() < 46 || !rest.starts_with("PK\x01\x02")) return lie("has a damaged directory");
    const size_t name = static_cast<size_t>(number(rest, 28, 2)), extra = static_cast<size_t>(number(rest, 30, 2)),
                 comment = static_cast<size_t>(number(rest, 32, 2));
    if (rest.size() < 46 + name + extra + comment) return lie("has a damaged directory");
    ZipMember member;
    member.encrypted = number(rest, 8, 2) & 1;
    member.method = static_cast<uint16_t>(number(rest, 10, 2));
    member.checksum = static_cast<uint32_t>(number(rest, 16, 4));
    member.packed = number(rest, 20, 4);
    member.unpacked = number(rest, 24, 4);
    member.offset = number(rest, 42, 4);
    member.name = rest.substr(46, name);
    for (std::string_view fields = rest.substr(46 + name, extra); fields.size() >= 4;) {
      const size_t field = static_cast<size_t>(number(fields, 2, 2));
      if (fields.size() < 4 + field) break;
      if (number(fields, 0, 2) == 1) {  // zip64: only what does not fit above, in this order
        size_t at = 4;
        for (uint64_t* value : {&member.unpacked, &member.packed, &member.offset}) {
          if (*value != 0xFFFFFFFF) continue;
          if (at + 8 > 4 + field) return lie("has a damaged directory");
          *value = number(fields, at, 8);
          at += 8;
        }
      }
      fields.remove_prefix(4 + field);
    }
    if (member.offset > offset || member.packed > offset - member.offset) return lie("has members outside itself");
    members_.push_back(std::move(member));
    rest.remove_prefix(46 + name + extra + comment);
  }
  // Members that share bytes make a small file unpack to an enormous one.
  std::vector<size_t> order(members_.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return members_[a].offset < members_[b].offset; });
  for (size_t i = 1; i < order.size(); ++i) {
    const ZipMember& before = members_[order[i - 1]];
    if (before.offset + 30 + before.name.size() + before.packed > members_[order[i]].offset) return lie("has members that overlap");
  }
  return {};
}

Result<std::unique_ptr<ByteStream>> Zip::read(const ZipMember& member, const Limits& limits) {
  const std::string where = source_ + ", " + member.name;
  if (member.encrypted) return Error{ErrorKind::unsupported, "this member of the zip file is encrypted", where, ""};
  if (member.method != 0 && member.method != 8)
    return Error{ErrorKind::unsupported,
                 "this member of the zip file is packed by method " + std::to_string(member.method) + ", which sayso does not know", where, ""};
  const auto lie = [&](const char* what) {
    return Error{ErrorKind::corrupt, std::string("this member of the zip file ") + what, where, "Fetch the archive again."};
  };
  const Result<std::string> header = read_at(member.offset, 30);
  if (!header.ok()) return header.error();
  if (!header->starts_with("PK\x03\x04")) return lie("does not begin where its directory says");
  const size_t name = static_cast<size_t>(number(*header, 26, 2)), extra = static_cast<size_t>(number(*header, 28, 2));
  const Result<std::string> own_name = read_at(member.offset + 30, name);
  if (!own_name.ok()) return own_name.error();
  if (*own_name != member.name || number(*header, 8, 2) != member.method) return lie("is another one than its directory says");
  if (member.method == 0 && member.packed != member.unpacked) return lie("is stored, and has two sizes");
  const uint64_t begin = member.offset + 30 + name + extra, size = file_->size().value_or(0);
  if (begin > size || member.packed > size - begin) return lie("lies outside the file");
  std::unique_ptr<ByteStream> bytes = std::make_unique<Part>(*file_, begin, member.packed);
  // Its size is held to what the directory says, and each record inside to the limits; so only the ratio is held here.
  Limits ratio = limits;
  ratio.unpacked_bytes = ~size_t{0};
  if (member.method == 8) bytes = stream_unpacked(std::move(bytes), Packing::deflate, ratio, where);
  return std::unique_ptr<ByteStream>(std::make_unique<Checked>(std::move(bytes), member, where));
}

}  // namespace sayso
