// What this process is doing, for whoever watches it from outside: when a document brings it down, its record says in which stage.
#pragma once

#include <atomic>
#include <cstdint>

namespace sayso {

enum class Stage : uint8_t { waiting, ingest, text, attribution, entities, factuality, provenance, writing };

const char* name_of(Stage stage);

// Notes the stage where watch_stage() said, or nowhere. Costs a store.
void enter_stage(Stage stage);

// `cell` outlives the process's last enter_stage(); memory that another process sees. Not to be called while others enter stages.
void watch_stage(std::atomic<Stage>* cell);

}  // namespace sayso
