// Many people are imported by the command line, with links, while others change their status: what
// the others notice of it. On SQLite, and on one of two nodes on PostgreSQL.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <numeric>

#include "bench/changes.h"
#include "bench/nodes_stage.h"
#include "bench/scenarios.h"
#include "core/limits.h"

namespace pastille::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr double kTimes = 3;  // p99 of the others, beside an import against without one

std::filesystem::path write_people(const std::filesystem::path& directory, std::size_t count) {
  const auto file = directory / "people.csv";
  std::ofstream out(file);
  out << "login,display_name,role\n";
  for (std::size_t i = 0; i < count; ++i) {
    out << fmt::format("import{0},Imported Person {0},Agent\n", i);
  }
  return file;
}

// `pastille user import` as a process of its own, through the socket of the server.
class Import {
 public:
  Import(const RunSize& size, const std::filesystem::path& data,
         const std::filesystem::path& people)
      : links_(people.parent_path() / "links.csv"), began_(Clock::now()) {
    std::vector<std::string> words = {size.binary.string(), "user",   "import",     people.string(),
                                      "--invitations",      "--data", data.string()};
    std::vector<char*> arguments;
    for (std::string& each : words) arguments.push_back(each.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, links_.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int failed =
        posix_spawn(&process_, arguments[0], &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) throw std::runtime_error("cannot start the import");
  }
  ~Import() {
    if (runs()) ::waitpid(process_, nullptr, 0);
  }
  Import(const Import&) = delete;
  Import& operator=(const Import&) = delete;

  bool runs() {
    if (process_ > 0 && ::waitpid(process_, &status_, WNOHANG) == process_) {
      process_ = -1;
      took_ = Clock::now() - began_;
    }
    return process_ > 0;
  }
  Nanos took() const { return took_; }
  // After it ended. Why it is not good; "": each person has a link.
  std::string fault(std::size_t people) const {
    if (status_ != 0) return "the import failed";
    std::ifstream in(links_);
    const auto lines = std::count(std::istreambuf_iterator<char>(in), {}, '\n');
    return std::cmp_equal(lines, people) ? "" : fmt::format("{} links of {}", lines, people);
  }

 private:
  std::filesystem::path links_;
  SteadyTime began_;
  pid_t process_ = -1;
  int status_ = 0;
  Nanos took_{};
};

struct Crew {
  const RunSize& size;
  std::string where;             // of a figure's name
  std::filesystem::path data;    // whose control socket is asked
  std::filesystem::path people;  // the file
  std::size_t count = 0;         // of people in it
  double rate = 0;
};

void check(const Changes& changes, const Crew& crew, Measured& out) {
  if (changes.all_acknowledged()) return;
  out.missing.push_back(fmt::format("{}: {} of {} changes were not acknowledged, {} refused",
                                    crew.where, changes.sent() - changes.acknowledged(),
                                    changes.sent(), changes.refused()));
}

void measure(const Crew& crew, Changes& changes, Measured& out) {
  const auto in_ms_of = [](const Histogram& taken) { return in_ms(taken.quantile(0.99)); };
  changes.run(crew.rate, crew.size.length, 30s);
  check(changes, crew, out);
  const double before = in_ms_of(changes.durable());
  changes.forget();
  Import import(crew.size, crew.data, crew.people);
  while (import.runs()) changes.run(crew.rate, crew.size.small ? 200ms : 1'000ms, 30s);
  check(changes, crew, out);
  const double beside = in_ms_of(changes.durable());
  if (const std::string fault = import.fault(crew.count); !fault.empty()) {
    out.missing.push_back(crew.where + ": " + fault);
  }
  const double goal = crew.size.small ? 1e6 : kTimes * before;  // a moment says nothing
  out.figures.push_back({crew.where + ": changes acknowledged, p99", before, "ms"});
  out.figures.push_back({crew.where + ":   beside the import, p99", beside, "ms", goal});
  out.figures.push_back({crew.where + ":   the import took", in_ms(import.took()) / 1'000, "s"});
  changes.forget();
}

}  // namespace

Measured import(const RunSize& size) {
  const std::size_t writers = size.of(200);
  const std::size_t people = size.of(limits::kPeople) - writers;
  const double rate = size.small ? 50 : 200;
  Measured out{.scenario = "import"};
  out.about =
      fmt::format("{} people imported with links, beside {} changes a second", people, rate);
  const auto file = write_people(size.work, people);
  {
    const Seeded seed = seeded(size, "import_nodes", writers, writers);
    OwnPostgres postgres(size.with_postgres);
    postgres.make("import");
    run_to_end({size.binary, "move", postgres.url("import"), "--data", seed.directory});
    NodesStage stage(size, postgres, "import", seed, 2, {.writers = writers});
    Changes changes(stage.fleet(), seed.statuses);
    stage.write(changes, true);
    measure({.size = size,
             .where = "two nodes",
             .data = size.work / "nodes" / "node0",
             .people = file,
             .count = people,
             .rate = rate},
            changes, out);
    if (stage.fleet().closed() > 0) out.missing.push_back("a node was taken for dead");
  }
  Stage stage(size, seeded(size, "import", writers, writers));
  stage.arrive(writers);
  Changes changes(stage.fleet(), stage.seed().statuses);
  std::vector<std::size_t> links(writers);
  std::iota(links.begin(), links.end(), 0U);
  changes.writers(std::move(links), [](std::size_t) { return 0U; });
  measure({.size = size,
           .where = "SQLite",
           .data = stage.seed().directory,
           .people = file,
           .count = people,
           .rate = rate},
          changes, out);
  return out;
}

}  // namespace pastille::bench
