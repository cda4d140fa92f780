// The steps of the road on their own: a rule, a commit, a frame, the parsing of what a client says.
// For finding out which step a change of the code made dearer; what users notice is measured by
// pastille_bench.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>
#include <future>
#include <string>
#include <vector>

#include "app/arrivals.h"
#include "app/own_status.h"
#include "app/ports/feed.h"
#include "bench/seed.h"
#include "push/snapshots.h"
#include "push/websocket_codec.h"
#include "server/engine.h"
#include "wire/entry_json.h"
#include "wire/live_commands.h"
#include "wire/live_frames.h"

namespace pastille {
namespace {

class NobodyListens final : public Feed {
 public:
  void publish(std::shared_ptr<const Publication>) override {}
  void stale(Time) override {}
  void fresh() override {}
  void begun_anew(std::shared_ptr<const Organisation>) override {}
};

constexpr std::size_t kPeople = 10'000;

// An organisation on the disk in which everybody is there.
class Everybody {
 public:
  Everybody()
      : directory_(std::filesystem::temp_directory_path() /
                   fmt::format("pastille-micro-{}", ::getpid())),
        engine_(opened()) {
    const auto snapshot = engine_->workspace().snapshot();
    std::uint64_t connection = 0;
    snapshot->sessions.for_each(
        [&](SessionId id, const Box<Session>&) { sessions_.push_back(id); });
    std::vector<std::future<bool>> answers;
    for (const SessionId id : sessions_) {
      PersonArrived arrival{.connection = {.id = ConnectionId{++connection}, .session = id}};
      answers.push_back(give(id, std::move(arrival)));
    }
    for (auto& each : answers) each.get();
    snapshot->statuses.for_each([&](StatusId id, const Box<Status>& status) {
      if (status->fields.type == StatusType::kAbsent) absent_ = id;
    });
  }
  ~Everybody() {
    engine_->stop();
    std::filesystem::remove_all(directory_);
  }
  Everybody(const Everybody&) = delete;
  Everybody& operator=(const Everybody&) = delete;

  template <class Command>
  std::future<bool> give(SessionId who, Command command) {
    auto done = std::make_shared<std::promise<bool>>();
    engine_->workspace().submit(who, std::move(command), [done](const auto& answer) {
      done->set_value(answer.has_value());
    });
    return done->get_future();
  }
  SetOwnStatus next_change() {
    return {.target = {}, .status = absent_, .note = fmt::format("change {}", ++changes_)};
  }
  SessionId next_session() { return sessions_[changes_ % sessions_.size()]; }
  server::Engine& engine() { return *engine_; }

 private:
  std::unique_ptr<server::Engine> opened() {
    bench::add_people(directory_, kPeople);
    bench::sign_in(directory_, kPeople);
    return std::make_unique<server::Engine>(
        server::Engine::Parts{.where = {.directory = directory_, .database = {}}, .feed = feed_});
  }

  NobodyListens feed_;
  std::filesystem::path directory_;
  std::unique_ptr<server::Engine> engine_;
  std::vector<SessionId> sessions_;
  StatusId absent_;
  std::uint64_t changes_ = 0;
};

Everybody& everybody() {
  static Everybody all;
  return all;
}

void rule_set_own_status(benchmark::State& state) {
  Everybody& all = everybody();
  server::Engine& engine = all.engine();
  const Organisation base = *engine.workspace().snapshot();
  const Context context{engine.clock().now(), engine.workspace().settings(), engine.unicode(),
                        engine.calendar()};
  for (auto _ : state) {
    Draft draft(base);
    const SetOwnStatus command = all.next_change();
    const auto who = acting(draft.now(), all.next_session(), context);
    auto answer = command.decide(draft, who.value(), context);
    if (!answer) state.SkipWithError("refused");
    benchmark::DoNotOptimize(answer);
  }
}
BENCHMARK(rule_set_own_status);

// As many changes at once as the argument says, until all are acknowledged.
void commit_status_changes(benchmark::State& state) {
  Everybody& all = everybody();
  const auto together = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    std::vector<std::future<bool>> answers;
    for (std::size_t i = 0; i < together; ++i) {
      SetOwnStatus change = all.next_change();
      answers.push_back(all.give(all.next_session(), std::move(change)));
    }
    for (auto& each : answers) {
      if (!each.get()) state.SkipWithError("refused");
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(commit_status_changes)->Arg(1)->Arg(100)->Arg(500)->UseRealTime();

void frame_of_an_entry(benchmark::State& state) {
  const auto organisation = everybody().engine().workspace().snapshot();
  std::uint32_t person = 0;
  for (auto _ : state) {
    person = person % static_cast<std::uint32_t>(kPeople) + 1;
    benchmark::DoNotOptimize(board_entry_begin(UserId{person}, *organisation));
  }
}
BENCHMARK(frame_of_an_entry);

void frame_of_a_change(benchmark::State& state) {
  const auto organisation = everybody().engine().workspace().snapshot();
  const std::string entry = board_entry_begin(UserId{1}, *organisation);
  for (auto _ : state) {
    std::string json = changes_head(organisation->seq);
    json.append(entry).append(entry_end(organisation->seq)).append(kEntriesTail);
    benchmark::DoNotOptimize(
        push::shared_frame(push::FrameKind::kChanges, json, organisation->seq));
  }
}
BENCHMARK(frame_of_a_change);

void board_of_10000_people(benchmark::State& state) {
  const auto organisation = everybody().engine().workspace().snapshot();
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto snapshot = push::snapshot_of(*organisation);
    bytes = 0;
    for (const auto& page : snapshot->pages) bytes += page.frame->websocket().size();
  }
  state.counters["bytes_a_person"] = static_cast<double>(bytes) / kPeople;
}
BENCHMARK(board_of_10000_people)->Unit(benchmark::kMillisecond);

void parse_a_client_frame(benchmark::State& state) {
  const std::string text =
      R"({"do":"set","ref":"17","status_id":"s12","note":"back at three","for_s":1800})";
  for (auto _ : state) benchmark::DoNotOptimize(parse_client_frame(text));
}
BENCHMARK(parse_a_client_frame);

void unmask_a_client_frame(benchmark::State& state) {
  const std::string payload(120, 'x');
  std::string frame = {'\x81', static_cast<char>(0x80 | payload.size()), 1, 2, 3, 4};
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame += static_cast<char>(payload[i] ^ static_cast<char>(i % 4 + 1));
  }
  push::WebSocketParser parser(64 * 1024);
  for (auto _ : state) {
    std::string copy = frame;  // it is unmasked in place
    std::span<char> bytes(copy);
    benchmark::DoNotOptimize(parser.next(bytes));
  }
}
BENCHMARK(unmask_a_client_frame);

}  // namespace
}  // namespace pastille
