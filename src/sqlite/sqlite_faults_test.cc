// What a disk, an operator or a power switch can do to the store. Scenarios that change mounts,
// limits or the user run in a child process of their own.
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>

#include "sqlite/sqlite_store.h"
#include "sqlite/temporary_directory.h"

namespace pastille {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kNobody = 65534;

Batch batch(std::uint64_t seq, std::vector<Change> changes) {
  Batch made{.id = {}, .expected_seq = seq - 1, .events = {}};
  made.id[0] = static_cast<std::uint8_t>(seq);
  made.id[1] = static_cast<std::uint8_t>(seq >> 8U);
  made.events.push_back(Event{.seq = seq, .at = {}, .changes = std::move(changes)});
  return made;
}

Batch team(std::uint64_t seq) {
  const std::string name = "team " + std::to_string(seq);
  return batch(seq,
               {TeamPut{Team{.id = TeamId{seq}, .name = Label{.text = name, .folded = name}}}});
}

// More than what is left of any disk here.
Batch large(std::uint64_t seq) {
  AuditItem item;
  item.action = "status.create";
  item.target = std::string(512'000, 'x');
  return batch(seq, {AuditAdded{item}});
}

std::string refusal_in(const fs::path& directory) {
  try {
    const SqliteStore store(directory);
  } catch (const DirectoryRefused& refused) {
    return refused.what();
  }
  return "";
}

// Runs `scenario` in a child; "" when it went well, else what it said. Skips what this machine
// does not allow.
std::string in_child(const std::function<std::string()>& scenario) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    std::string said;
    try {
      said = scenario();
    } catch (const std::exception& failure) {
      said = failure.what();
    }
    const ssize_t written = write(ends[1], said.data(), said.size());
    _exit(written == static_cast<ssize_t>(said.size()) ? 0 : 1);
  }
  close(ends[1]);
  std::string said;
  std::array<char, 4096> piece{};
  for (ssize_t size = 0; (size = read(ends[0], piece.data(), piece.size())) > 0;) {
    said.append(piece.data(), static_cast<std::size_t>(size));
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return "the child ended with " + std::to_string(status) + " " + said;
  }
  return said;
}

const std::string kSkip = "not possible here";

// A small disk of its own, seen by this process only.
bool mount_small_disk(const fs::path& path) {
  return unshare(CLONE_NEWNS) == 0 &&
         mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount("none", path.c_str(), "tmpfs", 0, "size=2m") == 0;
}

TEST(SqliteFaults, AFullDiskRefusesAndTheStoreWorksAgainWhenThereIsSpace) {
  const TemporaryDirectory directory;
  const std::string said = in_child([&]() -> std::string {
    if (!mount_small_disk(directory.path())) return kSkip;
    SqliteStore store(directory.path() / "data");
    if (!std::holds_alternative<Committed>(store.commit(team(1)))) return "first commit";
    {
      std::ofstream ballast(directory.path() / "ballast");
      while (ballast << std::string(4096, 'b') << std::flush) {
      }
    }
    for (int attempt = 0; attempt < 3; ++attempt) {
      if (!std::holds_alternative<NotCommitted>(store.commit(large(2)))) return "not refused";
    }
    if (store.load().seq != 1) return "a refused batch moved the position";
    fs::remove(directory.path() / "ballast");
    if (!std::holds_alternative<Committed>(store.commit(team(2)))) return "still refused";
    return store.load().teams.size() == 2 ? "" : "a team is missing";
  });
  if (said == kSkip) GTEST_SKIP() << said;
  EXPECT_EQ(said, "");
}

TEST(SqliteFaults, AWriteErrorInCommitIsSettledByTheBatchesId) {
  const TemporaryDirectory directory;
  EXPECT_EQ(in_child([&]() -> std::string {
              signal(SIGXFSZ, SIG_IGN);
              SqliteStore store(directory.path());
              if (!std::holds_alternative<Committed>(store.commit(team(1)))) return "first commit";
              rlimit limit{};
              getrlimit(RLIMIT_FSIZE, &limit);
              const rlimit before = limit;
              limit.rlim_cur = 400'000;
              setrlimit(RLIMIT_FSIZE, &limit);
              if (!std::holds_alternative<OutcomeUnknown>(store.commit(large(2)))) return "known";
              if (store.settle(large(2).id) != Settled::kNotThere) return "there";
              if (store.settle(team(1).id) != Settled::kThere) return "the first is not there";
              setrlimit(RLIMIT_FSIZE, &before);
              if (!std::holds_alternative<Committed>(store.commit(large(2)))) return "refused";
              return store.settle(large(2).id) == Settled::kThere ? "" : "not there";
            }),
            "");
}

TEST(SqliteFaults, AReadOnlyDiskIsRefusedWithWhatToDo) {
  const TemporaryDirectory directory;
  const std::string said = in_child([&]() -> std::string {
    if (!mount_small_disk(directory.path())) return kSkip;
    {
      const SqliteStore store(directory.path());
    }
    if (mount("none", directory.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0) {
      return kSkip;
    }
    return refusal_in(directory.path());
  });
  if (said == kSkip) GTEST_SKIP() << said;
  EXPECT_NE(said.find("cannot be written"), std::string::npos) << said;
  EXPECT_NE(said.find("read-only"), std::string::npos) << said;
}

std::string refusal_as_nobody(const fs::path& directory) {
  return in_child([&]() -> std::string {
    if (geteuid() == 0 && setuid(kNobody) != 0) return kSkip;
    return refusal_in(directory);
  });
}

TEST(SqliteFaults, ADirectoryOfSomebodyElseIsRefusedWithWhatToDo) {
  const TemporaryDirectory directory;
  chmod(directory.path().c_str(), 0755);
  const fs::path data = directory.path() / "data";
  {
    const SqliteStore store(data);
  }
  chmod(data.c_str(), 0555);
  chmod((data / "lock").c_str(), 0444);
  EXPECT_NE(refusal_as_nobody(data).find("cannot be written"), std::string::npos);
  chmod(data.c_str(), 0000);
  EXPECT_NE(refusal_as_nobody(data).find("cannot be read"), std::string::npos);
  chmod(data.c_str(), 0777);
  chmod((data / "lock").c_str(), 0666);
  chmod((data / "pastille.db").c_str(), 0444);
  EXPECT_NE(refusal_as_nobody(data).find("cannot be written"), std::string::npos);
  chmod((data / "pastille.db").c_str(), 0600);
}

// Commits without end and says each number once it is committed.
[[noreturn]] void commit_until_killed(const fs::path& directory, int out) {
  SqliteStore store(directory);
  for (std::uint64_t seq = store.load().seq + 1;; ++seq) {
    if (!std::holds_alternative<Committed>(store.commit(team(seq)))) _exit(1);
    if (write(out, &seq, sizeof seq) != sizeof seq) _exit(1);
  }
}

TEST(SqliteFaults, KillingItLosesNoAcknowledgedCommit) {
  const TemporaryDirectory directory;
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::minstd_rand random(seed);
  for (int round = 0; round < 20; ++round) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe(ends.data()), 0);
    const pid_t child = fork();
    if (child == 0) commit_until_killed(directory.path(), ends[1]);
    close(ends[1]);
    std::uint64_t acknowledged = 0;
    for (auto left = 1 + random() % 40; left > 0; --left) {
      ASSERT_EQ(read(ends[0], &acknowledged, sizeof acknowledged),
                static_cast<ssize_t>(sizeof acknowledged));
    }
    kill(child, SIGKILL);
    while (read(ends[0], &acknowledged, sizeof acknowledged) > 0) {
    }
    close(ends[0]);
    waitpid(child, nullptr, 0);

    SqliteStore store(directory.path());
    const Organisation state = store.load();
    ASSERT_GE(state.seq, acknowledged);
    ASSERT_LE(state.seq, acknowledged + 1);  // committed, and killed before it said so
    ASSERT_EQ(state.teams.size(), state.seq);
    ASSERT_EQ(store.changes_since(0)->size(), state.seq);
  }
}

TEST(SqliteFaults, NothingOfAnErasedPersonStaysInTheFile) {
  const TemporaryDirectory directory;
  const auto bytes_of = [](const fs::path& path) {
    std::ostringstream all;
    all << std::ifstream(path, std::ios::binary).rdbuf();
    return all.str();
  };
  Person person;
  person.id = UserId{1};
  person.role = RoleId{1};
  person.login = {.text = "Ottilie-Login", .folded = "ottilie-login"};
  person.display_name = {.text = "Ottilie Wanderer", .folded = "ottilie wanderer"};
  {
    SqliteStore store(directory.path());
    store.commit(batch(1, {RolePut{Role{.id = RoleId{1}, .name = {}}}, PersonPut{person}}));
  }
  const fs::path file = DataDirectory::database_in(directory.path());
  ASSERT_NE(bytes_of(file).find("Ottilie"), std::string::npos);
  {
    SqliteStore store(directory.path());
    Person erased;
    erased.id = person.id;
    erased.role = person.role;
    erased.active = false;
    erased.erased = true;
    store.commit(batch(2, {PersonPut{erased}}));
    store.forget({.events = Time(Duration(1))}, 100);
  }
  const std::string bytes = bytes_of(file);
  EXPECT_EQ(bytes.find("Ottilie"), std::string::npos);
  EXPECT_EQ(bytes.find("ottilie"), std::string::npos);
}

TEST(SqliteFaults, ADamagedDatabaseSaysWhatToDo) {
  const TemporaryDirectory directory;
  {
    SqliteStore store(directory.path());
    for (std::uint64_t seq = 1; seq < 300; ++seq) store.commit(team(seq));
  }
  const fs::path path = DataDirectory::database_in(directory.path());
  {
    const auto size = fs::file_size(path);
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);  // the first page keeps the header and the schema
    file << std::string(size - 4096, '\x5a');
  }
  std::string said;
  try {
    SqliteStore store(directory.path());
    store.load();
  } catch (const StoreFailure& failure) {
    said = failure.what();
  }
  EXPECT_NE(said.find("restore the newest backup"), std::string::npos) << said;
}

}  // namespace
}  // namespace pastille
