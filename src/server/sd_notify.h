// What the service manager is told, as sd_notify(3) documents it: one datagram to the socket that
// NOTIFY_SOCKET names. Nothing happens where that is not set. Errors are not told: without a
// service manager that listens there is nobody to tell. Any thread; reads the environment.
#pragma once

#include <string_view>

namespace pastille::server {

// Assignments, a line each: "READY=1", "STOPPING=1", "STATUS=...".
void sd_notify(std::string_view state);

}  // namespace pastille::server
