// The server with an operator new that fails once, on one kind of thread: what tests/system/
// no_memory.test.js runs. All that C++ allocates goes through here, Boost, fmt and spdlog included;
// what C libraries allocate by themselves (SQLite, libpq, ICU, OpenSSL) does not.
//
// PASTILLE_FAIL_NEW="THREAD N": after SIGUSR1 the Nth allocation of threads of that name fails, and
// a line on standard error says so.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

std::atomic<bool> armed{false};
std::atomic<long> left{0};
std::array<char, 16> thread_name{};

const bool ready = [] {
  const char* given = std::getenv("PASTILLE_FAIL_NEW");
  long number = 0;
  if (given == nullptr || std::sscanf(given, "%15s %ld", thread_name.data(), &number) != 2) {
    return false;
  }
  left = number;
  signal(SIGUSR1, [](int) { armed = true; });
  return true;
}();

bool is_of_the_kind() {
  std::array<char, 16> name{};
  pthread_getname_np(pthread_self(), name.data(), name.size());
  return std::strcmp(name.data(), thread_name.data()) == 0;
}

void fail_when_due() {
  if (!armed || !is_of_the_kind() || --left != 0) return;
  constexpr char kSaid[] = "an allocation fails\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, kSaid, sizeof kSaid - 1);
  throw std::bad_alloc();
}

void* allocate(std::size_t size, std::size_t alignment) {
  fail_when_due();
  void* place = alignment <= alignof(std::max_align_t)
                    ? std::malloc(size)
                    : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (place == nullptr) throw std::bad_alloc();
  return place;
}

}  // namespace

// NOLINTBEGIN(misc-new-delete-overloads): all of them are here, array forms call these
void* operator new(std::size_t size) { return allocate(size == 0 ? 1 : size, 1); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size == 0 ? 1 : size, static_cast<std::size_t>(alignment));
}
void operator delete(void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }
void operator delete(void* place, std::align_val_t) noexcept { std::free(place); }
void operator delete(void* place, std::size_t, std::align_val_t) noexcept { std::free(place); }
// NOLINTEND(misc-new-delete-overloads)
