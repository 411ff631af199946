#include "archive/members.h"

#include <algorithm>

namespace sayso {
namespace {

constexpr size_t keep_bytes = 16 << 20;   // of a damaged member's packed bytes are looked through again
constexpr size_t step_bytes = 1 << 16;
constexpr size_t search_bytes = 1 << 20;

// The dictionary of a .warc.zst stands in a skippable frame before all others, packed itself or not.
constexpr std::string_view dictionary_magic = "\x5d\x2a\x4d\x18";
constexpr size_t max_dictionary = 16 << 20;

}  // namespace

Members::Members(std::unique_ptr<ByteStream> stream, const Limits& limits, std::string source)
    : limits_(limits), source_(std::move(source)), raw_(std::move(stream)), finder_(limits.header_bytes), budget_(limits) {}

size_t Members::available() const {
  const uint64_t end = std::min<uint64_t>(out_offset_ + out_.size(), barrier_);
  return static_cast<size_t>(end - out_offset_) - out_begin_;
}

std::string_view Members::peek(size_t size) {
  if (plain_) {
    if (over_) return {};
    std::string_view view = raw_.peek(size);
    if (raw_.error() && !damage_) damage_ = raw_.error();
    return view;
  }
  while (available() < size && !over_) advance();
  return std::string_view(out_).substr(out_begin_, available());
}

std::string_view Members::peek_lines(size_t count, size_t most) {
  for (size_t at = 0, want = 1;; ++want) {
    const std::string_view there = peek(want);
    for (size_t end; count > 0 && (end = there.find('\n', at)) != std::string_view::npos; at = end + 1) --count;
    if (count == 0 || there.size() >= most || there.size() < want) return there;
    at = want = there.size();
  }
}

bool Members::ends_member(size_t size) {
  while (in_member_ && !over_ && available() <= size) advance();
  return !in_member_ && !over_ && available() == size;
}

void Members::drop(size_t size) {
  if (plain_) return raw_.drop(size);
  out_begin_ += size;
  const uint64_t here = out_offset_ + out_begin_;
  while (begins_.size() > 1 && begins_[1].unpacked <= here) begins_.pop_front();
}

Members::Place Members::place(size_t ahead) const {
  if (plain_) return {raw_.offset() + ahead, 0};
  const uint64_t here = out_offset_ + out_begin_ + ahead;
  for (auto begin = begins_.rbegin(); begin != begins_.rend(); ++begin)
    if (begin->unpacked <= here) return {begin->raw, here - begin->unpacked};
  return {raw_.offset(), 0};
}

StartFinder::Kinds Members::kinds() const {
  if (!plain_) return {true, false, arc_};
  return {true, true, arc_};
}

void Members::end_run() {
  over_ = true;
  resume_ = 0;
}

bool Members::seek() {
  for (size_t from = 1;;) {
    const std::optional<size_t> start = find_start(from, from + search_bytes);
    if (start) return drop(*start), true;
    const size_t size = peek(from + search_bytes).size();
    if (size < from + search_bytes) {
      drop(size);
      return false;
    }
    drop(from + search_bytes);
    from = 0;
  }
}

std::optional<size_t> Members::find_start(size_t from, size_t to) {
  return finder_.find([this](size_t size) { return peek(size); }, from, to, kinds());
}

void Members::end_by(Error damage, size_t resume) {
  (barrier_ == none && probe_ == none ? damage_ : damage_behind_barrier_) = std::move(damage);
  if (barrier_ == none) barrier_ = probe_;  // the member before is whole
  probe_ = none;
  over_ = true;
  resume_ = resume;
}

bool Members::begin_run(size_t at) {
  raw_.drop(at);
  raw_at_ = 0;
  const std::string_view begin = head();
  const std::optional<Packing> packing = recognise_packing(begin);
  plain_ = !packing;
  in_member_ = false;
  if (plain_) {
    arc_ = arc_ || begin.starts_with("filedesc:");
  } else {
    out_offset_ += out_.size();
    out_.clear();
    out_begin_ = 0;
    begins_.clear();
    begin_member(*packing);
  }
  return true;
}

bool Members::next_run() {
  if (barrier_ == none || !damage_behind_barrier_) wrong_checksum_.reset();
  if (barrier_ != none) {
    out_begin_ = static_cast<size_t>(barrier_ - out_offset_);
    barrier_ = none;
    drop(0);
    damage_ = std::move(damage_behind_barrier_);
    damage_behind_barrier_.reset();
    over_ = damage_.has_value() || finished_;
    return true;
  }
  if (finished_) return false;
  over_ = false;
  const bool damaged = damage_.has_value();
  damage_.reset();
  size_t from = damaged ? resume_ : 0;
  if (!damaged) {
    const std::string_view begin = head();
    if (begin.empty()) {
      if (raw_.error() && first_) {
        first_ = false;
        finished_ = over_ = true;
        damage_ = raw_.error();
        return true;
      }
      return false;
    }
    if (recognise_packing(begin) || begins_record(begin)) return first_ = false, begin_run(0);
    if (first_) {  // the archive does not begin with a record: an empty run says so
      first_ = false;
      plain_ = true;
      end_run();
      damage_ = Error{ErrorKind::corrupt, "no record begins here", source_ + ", at byte 0", ""};
      return true;
    }
  }
  first_ = false;
  // Behind the beginning of a damaged member, a header that stands there unpacked is part of it: it was stored and not packed.
  const StartFinder::Kinds wanted{!in_damaged_member_, true, arc_};
  for (;;) {
    const std::optional<size_t> start = finder_.find([this](size_t size) { return raw_.peek(size); }, from, from + search_bytes, wanted);
    if (start) return begin_run(*start);
    const size_t size = raw_.peek(from + search_bytes).size();
    if (size < from + search_bytes) {
      raw_.drop(size);
      finished_ = true;
      return false;
    }
    raw_.drop(from + search_bytes);
    from = 0;
  }
}

void Members::load_dictionary() {
  const std::string_view head = raw_.peek(8);
  if (head.size() < 8) return;
  size_t size = 0;
  for (size_t i = 8; i-- > 4;) size = size << 8 | static_cast<unsigned char>(head[i]);
  if (size > max_dictionary) return;
  const std::string_view frame = raw_.peek(8 + size);
  if (frame.size() < 8 + size) return;
  std::string_view dictionary = frame.substr(8, size);
  std::string own;
  if (recognise_packing(dictionary) == Packing::zstd) {
    Limits limits = limits_;
    limits.unpacked_bytes = max_dictionary;
    Result<std::string> unpacked = unpack(dictionary, Packing::zstd, limits, source_);
    if (!unpacked.ok()) return;
    own = std::move(*unpacked);
    dictionary = own;
  }
  zstd_->set_dictionary(dictionary);
}

void Members::begin_member(Packing packing) {
  std::unique_ptr<Decoder>& decoder = packing == Packing::gzip ? gzip_ : zstd_;
  if (!decoder) decoder = std::make_unique<Decoder>(packing);
  else decoder->reset();
  decoder_ = decoder.get();
  if (packing == Packing::zstd && raw_.offset() == 0 && raw_.peek(4).starts_with(dictionary_magic)) load_dictionary();
  in_member_ = true;
  raw_at_ = 0;
  begins_.push_back({out_offset_ + out_.size(), raw_.offset()});
}

void Members::next_member() {
  std::string_view sign = raw_.peek(4);
  while (!sign.empty() && sign[0] == '\0') {  // padding
    raw_.drop(std::min(sign.find_first_not_of('\0'), sign.size()));
    sign = raw_.peek(4);
  }
  if (sign.empty()) {
    if (raw_.error()) return finished_ = true, end_by(*raw_.error(), 0);
    over_ = finished_ = true;
    return;
  }
  if (const std::optional<Packing> packing = recognise_packing(sign)) {
    probe_ = out_offset_ + out_.size();
    return begin_member(*packing);
  }
  over_ = true;
  resume_ = 0;
  if (begins_record(head())) return;
  probe_ = out_offset_ + out_.size();  // the run before is whole
  begins_.push_back({probe_, raw_.offset()});
  in_damaged_member_ = false;
  end_by({ErrorKind::corrupt, "no record begins here", source_ + ", at byte " + std::to_string(raw_.offset()), ""}, 0);
}

void Members::advance() {
  if (!in_member_) return next_member();
  if (raw_at_ > keep_bytes) {
    raw_.drop(keep_bytes / 2);
    raw_at_ -= keep_bytes / 2;
  }
  if (out_begin_ > out_.size() / 2) {
    out_.erase(0, out_begin_);
    out_offset_ += out_begin_;
    out_begin_ = 0;
  }
  const std::string_view in = raw_.peek(raw_at_ + 1).substr(raw_at_).substr(0, step_bytes);
  const size_t had = out_.size(), room = std::min(step_bytes, std::max<size_t>(16 * in.size(), 1024));  // short inputs need little
  out_.resize(had + room);
  const Decoder::Step step = decoder_->step(in, out_.data() + had, room);
  out_.resize(had + step.made);
  raw_at_ += step.taken;
  const bool ended = step.state == Decoder::State::end || step.state == Decoder::State::checksum;
  if (probe_ != none && (ended || out_offset_ + out_.size() >= probe_ + 8)) {
    if (begins_packed_record(std::string_view(out_).substr(static_cast<size_t>(probe_ - out_offset_)))) {
      barrier_ = probe_;
      over_ = true;
    }
    probe_ = none;
  }
  if (!arc_ && begins_.back().raw == 0 && out_.size() >= 9 && out_.starts_with("filedesc:")) arc_ = true;

  const std::string where = source_ + ", in the packed member at byte " + std::to_string(begins_.back().raw);
  if (const std::string why = budget_.spend(step.taken, step.made); !why.empty()) {
    in_member_ = false;
    in_damaged_member_ = true;
    return end_by({ErrorKind::bad_input, "packed data is refused: " + why, where,
                   "If it is to be trusted, raise the limit: --limit unpacked-bytes=N or --limit ratio=N."}, raw_at_);
  }
  const bool stuck = step.taken == 0 && step.made == 0, cut_off = stuck && in.empty();
  if (step.state == Decoder::State::end) {
    in_member_ = false;
    raw_.drop(raw_at_);
    raw_at_ = 0;
    return;
  }
  if (step.state == Decoder::State::more && !stuck) return;
  in_member_ = false;
  in_damaged_member_ = true;
  if (cut_off && raw_.error()) return finished_ = true, end_by(*raw_.error(), 0);
  // A damaged member may have taken in those behind it, so the search goes back to where it began; but not again and again. zstd does not say how
  // much it took when it fails: what it took may be nothing, and the search must go on all the same.
  size_t resume = 1;
  const size_t behind = std::max(resume, raw_at_);
  read_twice_ += raw_at_;
  if (read_twice_ > (64 << 20) + 4 * raw_.offset()) resume = behind;
  if (ended) {
    const std::string_view next = raw_.peek(raw_at_ + 16).substr(raw_at_);
    if (next.empty() || recognise_packing(next)) resume = behind;
    wrong_checksum_ = begins_.back().raw;  // no other member's record can be blamed for it
    return end_by({ErrorKind::corrupt, "packed data has a wrong checksum: it is damaged", where, "Fetch the archive again."}, resume);
  }
  end_by({ErrorKind::corrupt, cut_off ? "packed data ends too early" : "packed data is damaged", where, "Fetch the archive again."}, resume);
}

}  // namespace sayso
