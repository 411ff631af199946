#include "attribution/window_cache.h"

#include "base/hash.h"

namespace sayso {

std::string WindowCache::key_of(const UnitText& text, Window window, uint8_t options) {
  std::string bytes(1, static_cast<char>(options));
  const auto add = [&bytes](uint32_t number) { bytes.append(reinterpret_cast<const char*>(&number), sizeof number); };
  for (uint32_t u = window.begin; u < window.end; ++u) {
    const Unit& unit = text.units[u];
    const uint32_t line = unit.paragraph - text.units[window.begin].paragraph;
    bytes.push_back(static_cast<char>(unit.shape));
    bytes.push_back(static_cast<char>(unit.quote));
    bytes.push_back(static_cast<char>(unit.gap));
    add(line);
    add(unit.pieces);
    for (uint32_t p = 0; p < unit.pieces; ++p) add(text.pieces[unit.first_piece + p]);
  }
  return sha256_hex(bytes);
}

std::optional<WindowReading> WindowCache::find(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(key);
  return found == known_.end() ? std::nullopt : std::optional(found->second);
}

void WindowCache::put(const std::string& key, const WindowReading& reading) {
  const std::lock_guard lock(mutex_);
  if (!known_.emplace(key, reading).second) return;
  order_.push_back(key);
  if (order_.size() <= most_) return;
  known_.erase(order_.front());
  order_.pop_front();
}

size_t WindowCache::size() const {
  const std::lock_guard lock(mutex_);
  return known_.size();
}

}  // namespace sayso
