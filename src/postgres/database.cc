#include "postgres/database.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "sql/storable.h"

namespace pastille::postgres {
namespace {

// Types of values (pg_type.dat); 0: the server finds out.
constexpr Oid kInteger = 20;
constexpr Oid kText = 25;
constexpr Oid kBytes = 17;

// ? and ?3 become $1 and $3; none of our literals holds a question mark.
std::string numbered(std::string_view sql) {
  std::string out;
  int next = 0;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] != '?') {
      out += sql[i];
      continue;
    }
    out += '$';
    const bool given = i + 1 < sql.size() && sql[i + 1] >= '1' && sql[i + 1] <= '9';
    if (!given) out += std::to_string(++next);
  }
  return out;
}

std::string trimmed(const char* message) {
  std::string text(message == nullptr ? "" : message);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

}  // namespace

// Classes of PostgreSQL's appendix A: what is said of the values, of the rows, and all else.
Fault PostgresFailure::fault_of(std::string_view sqlstate) {
  const std::string_view group = sqlstate.substr(0, 2);
  if (group == "22" || group == "54") return Fault::kValue;
  if (group == "21" || group == "23") return Fault::kContradiction;
  return Fault::kStore;
}

Statement::Statement(Database& database, std::string_view sql, std::string name)
    : database_(database), sql_(numbered(sql)), name_(std::move(name)) {}

Statement& Statement::bind(std::int64_t value) {
  values_.emplace_back(std::to_string(value));
  types_.push_back(kInteger);
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  if (!sql::is_storable(value)) {
    reset();
    throw PostgresFailure("A text that is no UTF-8, or holds a NUL.", "22021", false);
  }
  values_.emplace_back(value);
  types_.push_back(kText);
  return *this;
}

Statement& Statement::bind(std::span<const std::uint8_t> blob) {
  std::string hex = "\\x";
  for (const std::uint8_t each : blob) fmt::format_to(std::back_inserter(hex), "{:02x}", each);
  values_.emplace_back(std::move(hex));
  types_.push_back(kBytes);
  return *this;
}

Statement& Statement::bind_null() {
  values_.emplace_back();
  types_.push_back(0);
  return *this;
}

bool Statement::step() {
  if (rows_ == nullptr) {
    try {
      database_.send(*this);
      rows_ = database_.only_result();
    } catch (const PostgresFailure&) {
      reset();
      throw;
    }
  }
  if (++row_ < PQntuples(rows_.get())) return true;
  reset();
  return false;
}

void Statement::run() {
  try {
    database_.send(*this);
    if (!database_.batch_) database_.only_result();
  } catch (const PostgresFailure&) {
    reset();
    throw;
  }
  reset();
}

void Statement::reset() {
  rows_.reset();
  row_ = -1;
  values_.clear();
  types_.clear();
}

std::int64_t Statement::integer(int column) const {
  const char* text = PQgetvalue(rows_.get(), row_, column);
  std::int64_t value = 0;
  std::from_chars(text, text + std::strlen(text), value);
  return value;
}

std::string Statement::text(int column) const {
  return {PQgetvalue(rows_.get(), row_, column),
          static_cast<std::size_t>(PQgetlength(rows_.get(), row_, column))};
}

std::vector<std::uint8_t> Statement::blob(int column) const {
  const std::string hex = text(column);
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 2; i + 1 < hex.size(); i += 2) {
    std::uint8_t byte = 0;
    std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
    bytes.push_back(byte);
  }
  return bytes;
}

bool Statement::is_null(int column) const { return PQgetisnull(rows_.get(), row_, column) != 0; }

Database::Database(const std::string& conninfo) : handle_(PQconnectdb(conninfo.c_str())) {
  if (PQstatus(handle_.get()) != CONNECTION_OK) fail(nullptr);
  PQsetNoticeProcessor(handle_.get(), [](void*, const char*) {}, nullptr);
  PQsetnonblocking(handle_.get(), 1);
}

Statement& Database::statement(const char* sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) {
    found->second.reset();
    return found->second;
  }
  const std::string name = "s" + std::to_string(statements_.size());
  return statements_.try_emplace(sql, *this, sql, name).first->second;
}

void Database::execute(const std::string& sql) {
  sent(PQsendQuery(handle_.get(), sql.c_str()));
  only_result();
}

void Database::begin_batch() {
  if (PQenterPipelineMode(handle_.get()) != 1) fail(nullptr);
  batch_ = true;
}

// Every statement answers with one result and an end of its own; after the first that failed, all
// others up to the sync say that they were left out.
void Database::end_batch() {
  batch_ = false;
  sent(PQpipelineSync(handle_.get()));
  Result failed;
  while (!awaited_.empty()) {
    Statement* const preparing = std::exchange(awaited_.front(), nullptr);
    awaited_.pop_front();
    Result result = next_result();
    const ExecStatusType status = PQresultStatus(result.get());
    const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (good && preparing != nullptr) preparing->prepared_ = true;
    if (!good && failed == nullptr) failed = std::move(result);
    if (result == nullptr && failed == nullptr) fail(nullptr);
    while (next_result() != nullptr) {
    }
  }
  Result sync = next_result();
  // What fails at the commit itself comes here.
  if (failed == nullptr && PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC)
    failed = std::move(sync);
  while (failed != nullptr && PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC && !lost()) {
    sync = next_result();
  }
  if (!lost()) PQexitPipelineMode(handle_.get());
  if (failed != nullptr) fail(failed.get());
}

// Its last words come before the end of the stream, so all that is there is read.
bool Database::lost() {
  pollfd socket{.fd = PQsocket(handle_.get()), .events = POLLIN, .revents = 0};
  while (PQstatus(handle_.get()) == CONNECTION_OK && poll(&socket, 1, 0) > 0) {
    if (PQconsumeInput(handle_.get()) != 1) return true;
  }
  return PQstatus(handle_.get()) == CONNECTION_BAD;
}

void Database::send(Statement& statement) {
  std::vector<const char*> values;
  values.reserve(statement.values_.size());
  for (const auto& each : statement.values_) values.push_back(each ? each->c_str() : nullptr);
  const auto count = static_cast<int>(values.size());
  if (statement.name_.empty()) {
    sent(PQsendQueryParams(handle_.get(), statement.sql_.c_str(), count, statement.types_.data(),
                           values.data(), nullptr, nullptr, 0));
    if (batch_) awaited_.push_back(nullptr);
    return;
  }
  // Only while it is being prepared in this batch: what is awaited grows with the batch.
  if (!statement.prepared_ && std::ranges::find(awaited_, &statement) == awaited_.end()) {
    sent(PQsendPrepare(handle_.get(), statement.name_.c_str(), statement.sql_.c_str(), count,
                       statement.types_.data()));
    if (batch_) {
      awaited_.push_back(&statement);
    } else {
      only_result();
      statement.prepared_ = true;
    }
  }
  sent(PQsendQueryPrepared(handle_.get(), statement.name_.c_str(), count, values.data(), nullptr,
                           nullptr, 0));
  if (batch_) awaited_.push_back(nullptr);
}

void Database::sent(int accepted) {
  if (accepted != 1) fail(nullptr);
  if (!batch_) flush();
}

void Database::flush() {
  while (true) {
    const int left = PQflush(handle_.get());
    if (left < 0) fail(nullptr);
    if (left == 0) return;
    wait(POLLIN | POLLOUT);
    if (PQconsumeInput(handle_.get()) != 1) fail(nullptr);
  }
}

void Database::wait(short events) {
  pollfd socket{.fd = PQsocket(handle_.get()), .events = events, .revents = 0};
  const auto until = std::chrono::steady_clock::now() + silence_;
  const auto most = given_up_ == nullptr ? std::chrono::milliseconds(silence_) : kGiveUpAfter;
  while (given_up_ == nullptr || !*given_up_) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    const auto length = std::clamp(left, std::chrono::milliseconds(0), most);
    const int ready = poll(&socket, 1, static_cast<int>(length.count()));
    if (ready > 0) return;
    if ((ready == 0 && length == left) || (ready < 0 && errno != EINTR)) break;
    if (left.count() <= 0) break;
  }
  throw PostgresFailure(fmt::format("The database has said nothing for {} s.", silence_.count()),
                        "", true);
}

Database::Result Database::next_result() {
  flush();
  while (PQisBusy(handle_.get()) == 1) {
    wait(POLLIN);
    if (PQconsumeInput(handle_.get()) != 1) fail(nullptr);
  }
  return Result(PQgetResult(handle_.get()));
}

Database::Result Database::only_result() {
  Result first = next_result();
  while (Result more = next_result()) {
    // Of several statements in one text the first failure counts; nothing comes after it.
    if (PQresultStatus(first.get()) != PGRES_FATAL_ERROR) first = std::move(more);
  }
  const ExecStatusType status = PQresultStatus(first.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(first.get());
  return first;
}

void Database::fail(const PGresult* result) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* primary =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  // Not the detail: it may hold what was to be written.
  std::string what = trimmed(primary != nullptr ? primary : PQerrorMessage(handle_.get()));
  throw PostgresFailure("The database: " + what, state == nullptr ? "" : state,
                        state == nullptr || lost());
}

}  // namespace pastille::postgres
