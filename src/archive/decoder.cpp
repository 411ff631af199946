#include "archive/decoder.h"

#include <algorithm>
#include <cstring>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

namespace sayso {
namespace {

constexpr int64_t free_bytes = 1 << 20;
constexpr size_t most_taken = 1 << 20;  // at a step, so that a ratio can be told

int window_bits(Packing packing) {
  switch (packing) {
    case Packing::gzip: return MAX_WBITS + 16;  // zlib.h: reads a gzip header and trailer, and nothing else
    case Packing::deflate: return -MAX_WBITS;
    default: return MAX_WBITS;
  }
}

}  // namespace

struct Decoder::Inner {
  Packing packing;
  z_stream zlib{};
  ZSTD_DCtx* zstd = nullptr;
  BrotliDecoderState* brotli = nullptr;
  bool usable = true;
};

Decoder::Decoder(Packing packing) : inner_(new Inner{packing}) {
  if (packing == Packing::zstd) {
    inner_->zstd = ZSTD_createDCtx();
    inner_->usable = inner_->zstd != nullptr;
  } else if (packing == Packing::brotli) {
    inner_->brotli = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
    inner_->usable = inner_->brotli != nullptr;
  } else {
    inner_->usable = inflateInit2(&inner_->zlib, window_bits(packing)) == Z_OK;
  }
}

Decoder::~Decoder() {
  if (inner_->zstd) ZSTD_freeDCtx(inner_->zstd);
  if (inner_->brotli) BrotliDecoderDestroyInstance(inner_->brotli);
  if (inner_->packing != Packing::zstd && inner_->packing != Packing::brotli && inner_->usable) inflateEnd(&inner_->zlib);
}

void Decoder::reset() {
  if (!inner_->usable) return;
  if (inner_->zstd) {
    ZSTD_DCtx_reset(inner_->zstd, ZSTD_reset_session_only);
  } else if (inner_->brotli) {
    BrotliDecoderDestroyInstance(inner_->brotli);
    inner_->brotli = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
    inner_->usable = inner_->brotli != nullptr;
  } else {
    inflateReset(&inner_->zlib);
  }
}

void Decoder::set_dictionary(std::string_view bytes) {
  if (inner_->zstd) ZSTD_DCtx_loadDictionary(inner_->zstd, bytes.data(), bytes.size());
}

Decoder::Step Decoder::step(std::string_view in, char* to, size_t room) {
  if (!inner_->usable) return {0, 0, State::damaged};
  in = in.substr(0, most_taken);
  if (inner_->zstd) {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer into{to, room, 0};
    const size_t left = ZSTD_decompressStream(inner_->zstd, &into, &from);
    if (!ZSTD_isError(left)) return {from.pos, into.pos, left == 0 ? State::end : State::more};
    const bool checksum = ZSTD_getErrorCode(left) == ZSTD_error_checksum_wrong;
    return {from.pos, into.pos, checksum ? State::checksum : State::damaged};
  }
  if (inner_->brotli) {
    const auto* next_in = reinterpret_cast<const uint8_t*>(in.data());
    auto* next_out = reinterpret_cast<uint8_t*>(to);
    size_t left_in = in.size(), left_out = room;
    const BrotliDecoderResult result = BrotliDecoderDecompressStream(inner_->brotli, &left_in, &next_in, &left_out, &next_out, nullptr);
    return {in.size() - left_in, room - left_out,
            result == BROTLI_DECODER_RESULT_SUCCESS ? State::end : result == BROTLI_DECODER_RESULT_ERROR ? State::damaged : State::more};
  }
  z_stream& z = inner_->zlib;
  room = std::min<size_t>(room, most_taken);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  z.avail_in = static_cast<uInt>(in.size());
  z.next_out = reinterpret_cast<Bytef*>(to);
  z.avail_out = static_cast<uInt>(room);
  const int state = inflate(&z, Z_NO_FLUSH);
  const Step step{in.size() - z.avail_in, room - z.avail_out, State::more};
  if (state == Z_STREAM_END) return {step.taken, step.made, State::end};
  if (state == Z_OK || state == Z_BUF_ERROR) return step;
  const bool checksum = z.msg && (!std::strcmp(z.msg, "incorrect data check") || !std::strcmp(z.msg, "incorrect length check"));
  return {step.taken, step.made, checksum ? State::checksum : State::damaged};
}

Budget::Budget(const Limits& limits)
    : unpacked_bytes_(limits.unpacked_bytes), ratio_(static_cast<int64_t>(std::min<size_t>(limits.ratio, 1'000'000'000))), credit_(free_bytes) {}

void Budget::begin_record() {
  made_ = 0;
  credit_ = std::clamp<int64_t>(credit_, 0, free_bytes);
}

std::string Budget::spend(size_t taken, size_t made) {
  constexpr int64_t most = int64_t{1} << 61;
  made_ += made;
  credit_ = std::min(credit_ + ratio_ * static_cast<int64_t>(taken), most) - static_cast<int64_t>(made);
  if (made_ > unpacked_bytes_) return "it unpacks to more than the limit of " + std::to_string(unpacked_bytes_) + " bytes";
  if (credit_ < 0) return "it unpacks to more than " + std::to_string(ratio_) + " times its packed size, the limit";
  return {};
}

std::string_view name_of(Packing packing) {
  switch (packing) {
    case Packing::gzip: return "gzip";
    case Packing::zlib: return "zlib";
    case Packing::deflate: return "deflate";
    case Packing::zstd: return "zstd";
    case Packing::brotli: return "brotli";
  }
  return "packed";
}

}  // namespace sayso
