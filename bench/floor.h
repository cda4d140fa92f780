// The floor: what the kernel itself asks for a broadcast. One thread writes one frame, encoded
// before, to N sockets that it also watches with epoll, and does nothing else. It runs as a process
// of its own on the server's core; a second process, on the load's core, reads.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>

#include "bench/histogram.h"

namespace pastille::bench {

class Floor {
 public:
  // Returns when all are connected. Throws std::runtime_error.
  Floor(const std::string& frame, std::size_t connections);
  ~Floor();
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;

  // Returns when all have read it.
  void broadcast();
  Nanos cpu() const;

 private:
  pid_t writer_ = -1;
  pid_t reader_ = -1;
  int tell_writer_ = -1;
  int hear_reader_ = -1;
};

}  // namespace pastille::bench
