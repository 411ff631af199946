// An archive unpacked: its bytes in runs, each from one record's start as far as nothing is damaged. For the files of this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "archive/decoder.h"
#include "archive/starts.h"
#include "archive/window.h"

namespace sayso {

// A run ends at the end of the archive, at damage, and where a packed member ends and the next one begins with a record: there a record must
// have ended too, whatever its length says. After damage the next run is looked for from right behind where the damaged member began.
class Members {
 public:
  Members(std::unique_ptr<ByteStream> stream, const Limits& limits, std::string source);

  bool next_run();
  // At least `size` bytes of this run from here on, fewer only when over().
  std::string_view peek(size_t size);
  // As far as the end of the `count`th line, without waiting for more; without so many lines `most` bytes, fewer only when over().
  std::string_view peek_lines(size_t count, size_t most);
  // Has the packed member ended, whole, right behind the next `size` bytes? Does not look at the member behind.
  bool ends_member(size_t size);
  void drop(size_t size);
  bool over() const { return over_ || (plain_ && raw_.ended()); }
  bool packed() const { return !plain_; }
  const std::optional<Error>& damage() const { return damage_; }  // why the run is over, where it is by damage
  // … and where the member begins whose checksum is wrong, if that is the damage: it lies somewhere in there.
  std::optional<uint64_t> wrong_checksum() const { return wrong_checksum_; }

  // Another kind of packing begins here: the run is over, and the next one begins at this byte.
  void end_run();
  // Moves on to the next record in this run, at least one byte on; false (and the run is over) when there is none.
  bool seek();
  // The next record in [from, to) of what peek() shows.
  std::optional<size_t> find_start(size_t from, size_t to);

  void begin_record() { budget_.begin_record(); }
  void begin_stretch() { budget_.begin_stretch(); }

  // Where the byte `ahead` stands: that of the archive, or the packed member's there and the byte inside it.
  struct Place {
    uint64_t offset = 0;
    uint64_t inside = 0;
  };
  Place place(size_t ahead = 0) const;

 private:
  static constexpr uint64_t none = ~uint64_t{0};

  // What tells how the archive goes on: the sign of a packed member, or a line.
  std::string_view head() {
    const std::string_view sign = raw_.peek(4);
    return recognise_packing(sign) ? sign : raw_.peek_lines(1, 4096);
  }
  void advance();
  void begin_member(Packing packing);
  void next_member();
  void end_by(Error damage, size_t resume);
  bool begin_run(size_t at);
  size_t available() const;
  StartFinder::Kinds kinds() const;
  void load_dictionary();

  Limits limits_;
  std::string source_;
  StreamWindow raw_;
  size_t raw_at_ = 0;  // how far of raw_'s view the open member has been read; what is before stays for a second look
  StartFinder finder_;
  std::unique_ptr<Decoder> gzip_, zstd_;
  Decoder* decoder_ = nullptr;
  Budget budget_;

  std::string out_;
  size_t out_begin_ = 0;
  uint64_t out_offset_ = 0;  // unpacked bytes before out_[0], since the archive began
  struct Begin {
    uint64_t unpacked, raw;
  };
  std::deque<Begin> begins_;  // of the members that out_ shows

  bool first_ = true, plain_ = false, in_member_ = false, over_ = false, in_damaged_member_ = false, arc_ = false, finished_ = false;
  uint64_t probe_ = none;    // the member that begins there may begin with a record
  uint64_t barrier_ = none;  // it does
  std::optional<uint64_t> wrong_checksum_;
  std::optional<Error> damage_, damage_behind_barrier_;
  size_t resume_ = 0;
  uint64_t read_twice_ = 0;
};

}  // namespace sayso
