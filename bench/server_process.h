// The server under measurement as a process of its own: started on a data directory, watched
// through /proc, stopped. And what any process costs: CPU time of all its threads, memory that is
// its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/histogram.h"

namespace pastille::bench {

inline constexpr int kServerCore = 0;
inline constexpr int kLoadCore = 1;

// This process (and what it starts later) runs on that core only.
void pin_to(int core);
// Or on any again.
void run_anywhere();
// Starts a program, without its output, and waits for its end. Throws std::runtime_error when it
// fails.
void run_to_end(const std::vector<std::string>& words);

// User and system time of all threads, to the nanosecond where the kernel counts so.
Nanos cpu_of(pid_t process);
// Time that its threads were ready to run and did not: they waited for a core.
Nanos waited_by(pid_t process);
// Proportional set size.
std::uint64_t memory_of(pid_t process);

class ServerProcess {
 public:
  // Starts `binary` serve on that core, `under` another program when that is named, and waits until
  // it is ready. Throws std::runtime_error when it ends before.
  ServerProcess(const std::filesystem::path& binary, const std::filesystem::path& data,
                const std::vector<std::string>& more_options = {},
                const std::vector<std::string>& under = {});
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // As a power cut does: at once, and without a word.
  void kill();
  bool runs() const { return process_ > 0; }

  pid_t id() const { return process_; }
  std::uint16_t port() const { return port_; }
  Nanos started_in() const { return started_in_; }  // from exec to "ready"
  Nanos cpu() const { return cpu_of(process_); }
  std::uint64_t memory() const { return memory_of(process_); }

 private:
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
  Nanos started_in_{};
};

}  // namespace pastille::bench
