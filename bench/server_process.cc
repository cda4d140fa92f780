#include "bench/server_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace pastille::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Said {
  bool ready = false;
  std::string line;  // that it is ready, or the last one before its end
};

Said first_words(int out) {
  Said said;
  std::string line;
  char next = 0;
  while (!said.ready && ::read(out, &next, 1) == 1) {
    if (next != '\n') {
      line += next;
      continue;
    }
    said.ready = line.find(" is ready on ") != std::string::npos;
    said.line = std::exchange(line, {});
  }
  return said;
}

struct Turns {
  Nanos on_core{};
  Nanos waiting{};
};

// Of all threads, by the scheduler.
Turns turns_of(pid_t process) {
  Turns turns;
  const auto tasks = "/proc/" + std::to_string(process) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks)) {
    std::ifstream in(task.path() / "schedstat");
    Nanos::rep on_core = 0;
    Nanos::rep waiting = 0;
    if (!(in >> on_core >> waiting)) continue;
    turns.on_core += Nanos(on_core);
    turns.waiting += Nanos(waiting);
  }
  return turns;
}

[[noreturn]] void become(const std::vector<std::string>& words, int out) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  // A few people set theirs as often as thousands do: what one person may is no matter here.
  ::setenv("PASTILLE_QUOTA_STATUSES_PER_HOUR", "1000000", 1);
  ::setenv("PASTILLE_QUOTA_CHANGES_PER_MINUTE", "1000000", 1);
  std::vector<char*> arguments;
  for (const std::string& each : words) arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace

void pin_to(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  if (::sched_setaffinity(0, sizeof cores, &cores) != 0) {
    throw std::runtime_error("cannot run on core " + std::to_string(core) + " alone");
  }
}

void run_anywhere() {
  cpu_set_t cores;
  std::memset(&cores, 0xFF, sizeof cores);
  if (::sched_setaffinity(0, sizeof cores, &cores) != 0) {
    throw std::runtime_error("cannot run on every core");
  }
}

void run_to_end(const std::vector<std::string>& words) {
  const pid_t process = ::fork();
  if (process < 0) throw std::runtime_error("cannot start a process");
  if (process == 0) {
    run_anywhere();
    become(words, ::open("/dev/null", O_WRONLY));
  }
  int status = 0;
  if (::waitpid(process, &status, 0) < 0 || status != 0) {
    throw std::runtime_error(words[0] + ' ' + words[1] + " failed");
  }
}

Nanos cpu_of(pid_t process) { return turns_of(process).on_core; }

Nanos waited_by(pid_t process) { return turns_of(process).waiting; }

std::uint64_t memory_of(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/smaps_rollup");
  std::string word;
  while (in >> word) {
    std::uint64_t kilobytes = 0;
    if (word == "Pss:" && in >> kilobytes) return kilobytes * 1024;
  }
  throw std::runtime_error("cannot read the memory of the server");
}

ServerProcess::ServerProcess(const std::filesystem::path& binary, const std::filesystem::path& data,
                             const std::vector<std::string>& more_options,
                             const std::vector<std::string>& under) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  ::fcntl(ends[1], F_SETFL,
          O_NONBLOCK);  // when it is full, the server loses its words and not time
  std::vector<std::string> words = under;
  const std::vector<std::string> serve = {
      binary.string(), "serve",        "--data", data.string(), "--listen",
      "127.0.0.1:0",   "--io-threads", "1",      "--log-level", "error"};
  words.insert(words.end(), serve.begin(), serve.end());
  words.insert(words.end(), more_options.begin(), more_options.end());
  const auto began = Clock::now();
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("cannot start a process");
  if (process_ == 0) {
    pin_to(kServerCore);
    become(words, ends[1]);
  }
  ::close(ends[1]);
  const Said said = first_words(ends[0]);
  started_in_ = Clock::now() - began;
  // Nobody reads what it says later.
  if (!said.ready) {
    ::close(ends[0]);
    ::waitpid(process_, nullptr, 0);
    throw std::runtime_error(binary.string() + " ended before it was ready: " + said.line);
  }
  port_ = static_cast<std::uint16_t>(std::atoi(said.line.substr(said.line.rfind(':') + 1).c_str()));
}

void ServerProcess::kill() {
  if (process_ > 0) ::kill(process_, SIGKILL);
  if (process_ > 0) ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

ServerProcess::~ServerProcess() {
  if (process_ <= 0) return;
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace pastille::bench
