#include "bench/own_postgres.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "bench/server_process.h"

namespace pastille::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr long kTmpfs = 0x01021994;                 // statfs(2)
constexpr std::chrono::seconds kCopyPatience{120};  // of a database

constexpr const char* kNextTransaction =
    "SELECT pg_snapshot_xmax(pg_current_snapshot())::TEXT::BIGINT";

struct Stat {
  pid_t parent = 0;
  std::int64_t ticks_of_ended = 0;  // of children that were waited for
};

// proc(5): behind the name, which may hold anything, the state, the parent, ... 16 and 17 are the
// ended children's times.
Stat stat_of(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/stat");
  const std::string all{std::istreambuf_iterator<char>(in), {}};
  const auto name_ends = all.rfind(')');
  if (name_ends == std::string::npos) return {};
  std::istringstream fields(all.substr(name_ends + 1));
  std::string state;
  Stat stat;
  fields >> state >> stat.parent;
  std::int64_t value = 0;
  for (int field = 5; fields >> value && field <= 17; ++field) {
    if (field >= 16) stat.ticks_of_ended += value;
  }
  return stat;
}

void execute(const std::string& conninfo, const std::string& sql) {
  postgres::Database database(conninfo);
  database.allow_silence(kCopyPatience);
  database.execute(sql);
}

std::int64_t number_of(postgres::Database& database, const std::string& query) {
  postgres::Statement asked(database, query, "");
  if (!asked.step()) throw std::runtime_error("no answer to: " + query);
  return asked.integer(0);
}

[[noreturn]] void become_postgres(const std::filesystem::path& with_postgres, int in, int out) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  run_anywhere();
  ::setenv("TMPDIR", "/var/tmp", 0);  // a disk, where /tmp may be memory
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::execl(with_postgres.c_str(), with_postgres.c_str(), "sh", "-c",
          R"(echo "$PASTILLE_TEST_POSTGRES"; exec cat)", nullptr);
  ::_exit(127);
}

std::string first_line(int out) {
  std::string line;
  char next = 0;
  while (::read(out, &next, 1) == 1 && next != '\n') line += next;
  return line;
}

}  // namespace

OwnPostgres::OwnPostgres(const std::filesystem::path& with_postgres) {
  int in[2];
  int out[2];
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe");
  }
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("cannot start a process");
  if (process_ == 0) become_postgres(with_postgres, in[0], out[1]);
  ::close(in[0]);
  ::close(out[1]);
  hold_ = in[1];
  address_ = first_line(out[0]);
  ::close(out[0]);
  try {
    if (address_.empty()) throw std::runtime_error("no PostgreSQL was started");
    postgres::Database database(conninfo("postgres"));
    server_ = stat_of(static_cast<pid_t>(number_of(database, "SELECT pg_backend_pid()"))).parent;
    auto where = database.prepare("SHOW data_directory");
    where.step();
    struct statfs disk{};
    in_memory_ = ::statfs(where.text(0).c_str(), &disk) == 0 && disk.f_type == kTmpfs;
  } catch (...) {
    ::close(hold_);
    ::waitpid(process_, nullptr, 0);
    throw;
  }
}

OwnPostgres::~OwnPostgres() {
  ::close(hold_);
  ::waitpid(process_, nullptr, 0);
}

std::string OwnPostgres::conninfo(const std::string& database) const {
  const auto host = address_.rfind('@');
  return "postgres://postgres" + address_.substr(host) + '/' + database;
}

void OwnPostgres::make(const std::string& database) {
  execute(conninfo("postgres"), "CREATE DATABASE " + database + " OWNER pastille");
}

void OwnPostgres::copy(const std::string& from, const std::string& to) {
  execute(conninfo("postgres"), "CREATE DATABASE " + to + " OWNER pastille TEMPLATE " + from);
}

void OwnPostgres::tidy_up(const std::string& database) {
  execute(conninfo(database), "VACUUM ANALYZE");
  execute(conninfo(database), "CHECKPOINT");
}

Nanos OwnPostgres::cpu() const {
  const auto tick = std::chrono::nanoseconds(std::chrono::seconds(1)) / ::sysconf(_SC_CLK_TCK);
  Nanos all = cpu_of(server_) + tick * stat_of(server_).ticks_of_ended;
  for (const auto& each : std::filesystem::directory_iterator("/proc")) {
    const std::string name = each.path().filename();
    pid_t process = 0;
    std::from_chars(name.data(), name.data() + name.size(), process);
    if (process > 0 && stat_of(process).parent == server_) all += cpu_of(process);
  }
  return all;
}

Writings::Writings(const OwnPostgres& postgres, const std::string& database)
    : database_(postgres.conninfo(database)) {
  seq_ = number("SELECT value::BIGINT FROM meta WHERE key = 'seq'");
  transaction_ = number(kNextTransaction);
}

std::int64_t Writings::number(const std::string& query) { return number_of(database_, query); }

std::int64_t Writings::rolled_back() {
  return number("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()");
}

std::int64_t Writings::logged() { return number("SELECT (pg_current_wal_lsn() - '0/0')::BIGINT"); }

Writings::Count Writings::so_far() {
  const auto batches =
      number("SELECT count(DISTINCT batch) FROM events WHERE seq > " + std::to_string(seq_));
  return {.batches = static_cast<double>(batches),
          .transactions = static_cast<double>(number(kNextTransaction) - transaction_)};
}

CommitFloor::CommitFloor(const OwnPostgres& postgres)
    : postgres_(postgres), database_(postgres.conninfo("postgres")) {
  database_.execute("CREATE TABLE IF NOT EXISTS one_row (n BIGINT NOT NULL)");
  database_.execute("DELETE FROM one_row; INSERT INTO one_row VALUES (0)");
  once();  // prepares it
  taken_.clear();
}

void CommitFloor::once() {
  const auto began = Clock::now();
  database_.statement("UPDATE one_row SET n = n + 1").run();
  taken_.add(Clock::now() - began);
}

double CommitFloor::cpu_us(std::size_t count) {
  const Nanos before = postgres_.cpu();
  for (std::size_t i = 0; i < count; ++i) {
    database_.statement("UPDATE one_row SET n = n + 1").run();
  }
  return in_ms(postgres_.cpu() - before) * 1'000 / static_cast<double>(count);
}

}  // namespace pastille::bench
