// The embedded store: one SQLite file, WAL, synchronous FULL. Owned and used by one workspace
// thread; the directory stays held as long as the store lives.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "app/ports/store.h"
#include "sql/store_rows.h"
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
  std::string folding_version() override;
  void note_folding_version(const std::string& version) override;
  std::optional<Time> newest_event() override;
  bool forget(const Retention& before, std::size_t at_most) override;

  const std::filesystem::path& directory() const { return directory_.path(); }

 private:
  // Calls `work` with the database, and leaves nothing open when it throws. Throws StoreFailure
  // itself while a batch is to be settled and that has not succeeded: settle() opens it again.
  template <class Work>
  auto with_database(Work work);
  static void empty_log(Database& database);
  static std::uint64_t position(Database& database);
  static void write(Database& database, const Batch& batch);

  DataDirectory directory_;
  std::optional<Database> database_;   // none while settling, or when that failed
  sql::HistoryRow history_looked_at_;  // where a pass of forget() has come to
};

}  // namespace pastille
