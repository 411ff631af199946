// Remembers what was found in windows, so that copies (an agency's report, boilerplate, a quotation that many articles have) are read once.
//
// What is found in a window depends on nothing but the window and the options in its key: with or without the cache, and whatever it holds, the
// reading is the same. A copy is known from its first window on when its lines are the same from the beginning; behind a line that is other, windows
// are packed otherwise, until the next window begins at the same line again.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mentions/mention_reader.h"
#include "model/encoder.h"

namespace sayso {

// Who says that a cue is one: the network, the user's list, or that a quotation would be lost without it.
enum class CueBy { network, user, quotation };

// One attribution as the network finds it in a window: runs of units, counted from the window's first.
struct WindowFinding {
  Range cue;
  std::vector<Range> source, content;
  float log_cue = 0;
  float log_roles = 0;
  bool bold = false;
  CueBy cue_by = CueBy::network;
};

// All that was found in a window; `mentions` is null when they were not asked for.
struct WindowReading {
  std::vector<WindowFinding> findings;
  std::shared_ptr<const WindowMentions> mentions;
};

// Thread-safe. Holds at most `most` windows; the oldest goes first.
class WindowCache {
 public:
  explicit WindowCache(size_t most) : most_(most) {}

  // A sum (sha256) over all that the network sees of a window, and `options`, whatever else the findings depend on.
  static std::string key_of(const UnitText& text, Window window, uint8_t options);

  std::optional<WindowReading> find(const std::string& key) const;
  void put(const std::string& key, const WindowReading& reading);
  size_t size() const;

 private:
  const size_t most_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, WindowReading> known_;
  std::deque<std::string> order_;
};

}  // namespace sayso
