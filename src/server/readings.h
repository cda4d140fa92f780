// The readings of a server: what workspace and hubs have done, and who is there.
#pragma once

#include <functional>
#include <vector>

#include "app/workspace.h"
#include "push/figures.h"
#include "server/metrics.h"

namespace pastille::server {

// When the certificate runs out; of a server with TLS.
Reading certificate_reading(std::function<std::chrono::system_clock::time_point()> expires);
// Of one node among others. Both must outlive the readings.
std::vector<Reading> node_readings(const Workspace& workspace, const Clock& clock);
// All must outlive the readings; `hubs` are those of all I/O threads, `encoded` the fanout's.
std::vector<Reading> server_readings(const Workspace& workspace,
                                     std::vector<const push::Figures*> hubs,
                                     const push::Figures& encoded);

}  // namespace pastille::server
