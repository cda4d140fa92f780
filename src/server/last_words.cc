#include "server/last_words.h"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>

namespace pastille::server {
namespace {

std::atomic<LogFormat> format_of_words{LogFormat::kText};

// Nothing here allocates: there may be no memory.
void say_why(const char* why) {
  std::array<char, 16> thread{};
  pthread_getname_np(pthread_self(), thread.data(), thread.size());
  std::array<char, 32> time{};
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  tm parts{};
  gmtime_r(&now.tv_sec, &parts);
  std::strftime(time.data(), time.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::array<char, 300> reason{};
  std::snprintf(reason.data(), reason.size(), "%s", why);
  std::ranges::replace_if(
      reason, [](char c) { return c == '"' || c == '\\' || (c > '\0' && c < ' '); }, ' ');
  std::array<char, 600> line{};
  const long milliseconds = now.tv_nsec / 1'000'000;
  const int length =
      format_of_words.load() == LogFormat::kJson
          ? std::snprintf(
                line.data(), line.size(),
                "{\"time\":\"%s.%03ldZ\",\"level\":\"error\",\"event\":\"a thread broke, and "
                "the process ends\",\"thread\":\"%s\",\"why\":\"%s\"}\n",
                time.data(), milliseconds, thread.data(), reason.data())
          : std::snprintf(line.data(), line.size(),
                          "%s.%03ldZ error a thread broke, and the process ends thread=%s "
                          "why=\"%s\"\n",
                          time.data(), milliseconds, thread.data(), reason.data());
  [[maybe_unused]] const auto written =
      write(STDERR_FILENO, line.data(), static_cast<std::size_t>(std::max(length, 0)));
}

[[noreturn]] void end() {
  if (const std::exception_ptr thrown = std::current_exception()) {
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& broken) {
      say_why(broken.what());
    } catch (...) {
      say_why("something that is no exception was thrown");
    }
  } else {
    say_why("it could not go on");
  }
  _exit(1);
}

}  // namespace

void end_with_last_words(LogFormat format) {
  format_of_words = format;
  std::set_terminate(end);
}

ThreadName::ThreadName(const char* name) {
  pthread_getname_np(pthread_self(), static_cast<char*>(before_), sizeof before_);
  pthread_setname_np(pthread_self(), name);
}

ThreadName::~ThreadName() { pthread_setname_np(pthread_self(), static_cast<char*>(before_)); }

}  // namespace pastille::server
