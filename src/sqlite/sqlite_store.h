// The embedded store: one SQLite file, WAL, synchronous FULL. Owned and used by one workspace
// thread; the directory stays held as long as the store lives.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>

#include "app/ports/store.h"
#include "sqlite/data_directory.h"
#include "sqlite/database.h"

namespace pastille {

class SqliteStore final : public Store {
 public:
  // Throws DirectoryRefused (see data_directory.h, schema.h) and StoreFailure.
  explicit SqliteStore(const std::filesystem::path& directory);

  Organisation load() override;
  Epoch begin_epoch() override;
  CommitResult commit(const Batch& batch) override;
  Settled settle(const BatchId& id) override;
  std::optional<std::vector<Event>> changes_since(std::uint64_t seq) override;
  void note_alive(Time at) override;
  std::optional<Time> last_alive() override;
  std::optional<Time> newest_event() override;
  bool forget(const Retention& before, std::size_t at_most) override;

  const std::filesystem::path& directory() const { return directory_.path(); }

 private:
  void empty_log();
  std::uint64_t position();
  void write(const Batch& batch);
  void set_meta(const char* key, std::int64_t value);
  std::optional<std::int64_t> meta(const char* key);
  void roll_back();

  // A row of own history in the order of time.
  struct HistoryRow {
    std::int64_t at = std::numeric_limits<std::int64_t>::min();
    std::int64_t id = 0;
  };
  bool forget_events(Time before, std::size_t at_most);
  std::optional<HistoryRow> forget_own_history(Time before, std::size_t at_most);
  bool forget_messages(Time before, std::size_t at_most);

  DataDirectory directory_;
  std::optional<Database> database_;  // none only while settling
  HistoryRow history_looked_at_;      // where a pass of forget() has come to
};

}  // namespace pastille
