// A shift begins: how many sign in each second, and what those who are there already notice of it
// while the queue of passwords to check is full.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "auth/password_pool.h"
#include "bench/changes.h"
#include "bench/rush.h"
#include "bench/scenarios.h"

namespace pastille::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kFewer = 16;  // than wait
constexpr std::string_view kPassword = "correct horse battery";

struct Stretch {
  double rate = 0;          // sign-ins a second
  double turned_away = 0;   // a second
  double durable_p99 = 0;   // ms, of changes
  double delivery_p50 = 0;  // to the last follower
  double delivery_p99 = 0;
  double waited = 0;  // threads of the server for their core, % of the time
};

void refuse_unsound(const Rush& rush, Measured& out) {
  if (rush.broken()) out.missing.push_back("the server hung up on who signed in");
  if (rush.otherwise() > 0) {
    out.missing.push_back(fmt::format("{} sign-ins had another answer", rush.otherwise()));
  }
}

// Nothing but sign-ins.
double alone(Stage& stage, const RunSize& size, const std::vector<std::string>& logins,
             Measured& out) {
  const std::vector<std::string> some(logins.begin(),
                                      logins.begin() + static_cast<std::ptrdiff_t>(kFewer));
  const Rush rush(stage.server().port(), size.tls, some, std::string(kPassword));
  const auto began = Clock::now();
  const auto end = began + size.length;
  while (Clock::now() < end) stage.fleet().turn(end);
  const double took = std::chrono::duration<double>(Clock::now() - began).count();
  const auto count = static_cast<double>(rush.signed_in());
  if (rush.signed_in() == 0) out.missing.push_back("nobody signed in");
  if (rush.turned_away() > 0) out.missing.push_back("some were turned away from an empty queue");
  refuse_unsound(rush, out);
  return count / took;
}

Stretch with_changes(Stage& stage, Changes& changes, const RunSize& size, const Rush* rush,
                     Measured& out) {
  changes.forget();
  const std::uint64_t in = rush != nullptr ? rush->signed_in() : 0;
  const std::uint64_t away = rush != nullptr ? rush->turned_away() : 0;
  const Nanos waited = waited_by(stage.server().id());
  const auto began = Clock::now();
  changes.run(200, size.length, 30s);
  const double took = std::chrono::duration<double>(Clock::now() - began).count();
  if (!changes.all_arrived() || !changes.all_acknowledged()) {
    out.missing.push_back("some changes did not arrive");
  }
  return {
      .rate = rush == nullptr ? 0 : static_cast<double>(rush->signed_in() - in) / took,
      .turned_away = rush == nullptr ? 0 : static_cast<double>(rush->turned_away() - away) / took,
      .durable_p99 = in_ms(changes.durable().quantile(0.99)),
      .delivery_p50 = in_ms(changes.last().quantile(0.5)),
      .delivery_p99 = in_ms(changes.last().quantile(0.99)),
      .waited = in_ms(waited_by(stage.server().id()) - waited) / took / 10};
}

}  // namespace

Measured shift_start(const RunSize& size) {
  const std::size_t followers = size.of(2'000);
  const std::size_t crowd = auth::PasswordPool::kWaiting + 100;
  Measured out{.scenario = "sign-in"};
  out.about = fmt::format("{} sign in while {} follow 200 changes a second", crowd, followers);
  Seeded seed = seeded(size, "sign-in", followers, followers);
  const std::vector<std::string> logins =
      add_people_with_password(seed.directory, crowd, std::string(kPassword));
  Stage stage(size, std::move(seed));
  stage.arrive(followers);
  stage.come_back_following_all();
  stage.settle();
  const double rate = alone(stage, size, logins, out);
  Changes changes(stage.fleet(), stage.seed().statuses);
  std::vector<std::size_t> links(followers);
  std::iota(links.begin(), links.end(), 0U);
  changes.writers(std::move(links),
                  [=](std::size_t) { return static_cast<std::uint32_t>(followers); });
  const Stretch calm = with_changes(stage, changes, size, nullptr, out);
  const Rush rush(stage.server().port(), size.tls, logins, std::string(kPassword));
  if (!stage.fleet().turn_until([&] { return rush.turned_away() > 0; }, 30s)) {
    out.missing.push_back("the queue was never full");
  }
  const Stretch full = with_changes(stage, changes, size, &rush, out);
  refuse_unsound(rush, out);
  if (stage.fleet().closed() > 0) out.missing.push_back("connections were lost");
  out.figures = {
      {"sign-ins, nothing else to do", rate, "a second"},
      {"request to last delivery: p50, nobody signs in", calm.delivery_p50, "ms"},
      {"  while the queue is full", full.delivery_p50, "ms"},
      {"request to last delivery: p99, nobody signs in", calm.delivery_p99, "ms"},
      {"  while the queue is full", full.delivery_p99, "ms", 1.25 * calm.delivery_p99 + 5},
      {"request to acknowledgement: p99, nobody signs in", calm.durable_p99, "ms"},
      {"  while the queue is full", full.durable_p99, "ms"},
      {"server's threads waiting for their core, nobody signs in", calm.waited, "% of the time"},
      {"sign-ins while the queue is full", full.rate, "a second"},
      {"turned away meanwhile", full.turned_away, "a second"},
  };
  return out;
}

}  // namespace pastille::bench
