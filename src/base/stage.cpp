#include "base/stage.h"

namespace sayso {
namespace {

std::atomic<Stage>* watched = nullptr;

}  // namespace

const char* name_of(Stage stage) {
  static const char* const names[] = {"waiting", "ingest", "text", "attribution", "entities", "factuality", "provenance", "writing"};
  return names[static_cast<size_t>(stage)];
}

void enter_stage(Stage stage) {
  if (watched) watched->store(stage, std::memory_order_relaxed);
}

void watch_stage(std::atomic<Stage>* cell) { watched = cell; }

}  // namespace sayso
