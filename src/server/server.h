// A running server: builds all parts in order, serves until it is told to stop, and takes them
// down in order. One a process, as signals are the process's; run it on the main thread.
//
// SIGTERM, SIGINT: stops accepting, says 1012 to live connections, answers what is in hand, commits
// what waits, and ends within kStopWithin; a second one ends at once. SIGHUP: reads the
// certificate again.
#pragma once

#include <chrono>
#include <functional>

#include "server/config.h"
#include "server/control_frames.h"
#include "server/engine.h"

namespace pastille::server {

inline constexpr std::chrono::seconds kStopWithin{5};

// Runs a command that came through the control socket.
using CommandRunner = std::function<Texts(Engine& engine, const Texts& request)>;

// Returns after an orderly stop. Throws std::exception, for the operator, when it cannot start.
void serve(const Config& config, const CommandRunner& run_command);

}  // namespace pastille::server
