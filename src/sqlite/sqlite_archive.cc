#include "sqlite/sqlite_archive.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "sqlite/data_directory.h"
#include "sqlite/row_json.h"
#include "sqlite/rows.h"
#include "sqlite/schema.h"

namespace pastille {
namespace {

std::int64_t below(PageRequest page) {
  return page.before == 0 ? std::numeric_limits<std::int64_t>::max()
                          : static_cast<std::int64_t>(page.before);
}

// Reads one row more than asked for, to know whether there is another page. Column 0 is the number.
template <class Item, class Read>
void fill(Page<Item>& page, Statement& query, std::size_t limit, Read read) {
  std::uint64_t last = 0;
  while (query.step()) {
    if (page.items.size() == limit) {
      page.next_before = last;
      query.reset();
      break;
    }
    last = query.number(0);
    page.items.push_back(read(query));
  }
}

// The six values of an AuditQuery; what is null or '' narrows nothing.
const std::string& audit_fits() {
  static const std::string fits =
      " FROM audit WHERE (?1 IS NULL OR by_user = ?1) AND (?2 = '' OR target = ?2)"
      " AND (?3 = '' OR action = ?3 OR substr(action, 1, length(?3) + 1) = ?3 || '.')"
      " AND (?4 IS NULL OR (problem IS NOT NULL) = ?4)"
      " AND (?5 IS NULL OR at >= ?5) AND (?6 IS NULL OR at < ?6)";
  return fits;
}

Message read_message(const Statement& row) {
  return Message{.id = MessageId{row.number(0)},
                 .conversation = ConversationId{row.number(1)},
                 .from = UserId{row.number(2)},
                 .text = row.text(3),
                 .at = row.time(4)};
}

}  // namespace

SqliteArchive::SqliteArchive(const std::filesystem::path& directory)
    : database_(open_for_reading(DataDirectory::database_in(directory))) {}

std::uint64_t SqliteArchive::count(const char* sql, std::uint64_t of) {
  Statement& query = database_.statement(sql);
  const std::uint64_t found = query.bind(of).step() ? query.number(0) : 0;
  query.reset();
  return found;
}

Page<StatusHistoryItem> SqliteArchive::status_history(StatusId id, PageRequest page) {
  const std::lock_guard lock(mutex_);
  Page<StatusHistoryItem> out;
  out.total = count("SELECT count(*) FROM status_history WHERE status = ?", id.number);
  Statement& query = database_.statement(
      "SELECT id, at, by_kind, by_user, action, changes FROM status_history"
      " WHERE status = ? AND id < ? ORDER BY id DESC LIMIT ?");
  query.bind(id.number).bind(below(page)).bind(static_cast<std::int64_t>(page.limit + 1));
  fill(out, query, page.limit, [&](const Statement& row) {
    return StatusHistoryItem{.status = id,
                             .at = row.time(1),
                             .by = read_author(row, 2),
                             .action = static_cast<StatusAction>(row.integer(4)),
                             .changes = parse_changes(row.text(5))};
  });
  return out;
}

Page<OwnHistoryStep> SqliteArchive::own_history(UserId user, PageRequest page) {
  const std::lock_guard lock(mutex_);
  Page<OwnHistoryStep> out;
  out.total = count("SELECT count(*) FROM own_history WHERE user = ?", user.number);
  Statement& query = database_.statement(
      "SELECT id, at, status, name, type, note, (SELECT next.at FROM own_history AS next"
      " WHERE next.user = own_history.user AND next.id > own_history.id ORDER BY next.id LIMIT 1)"
      " FROM own_history WHERE user = ? AND id < ? ORDER BY id DESC LIMIT ?");
  query.bind(user.number).bind(below(page)).bind(static_cast<std::int64_t>(page.limit + 1));
  fill(out, query, page.limit, [&](const Statement& row) {
    return OwnHistoryStep{.item = OwnHistoryItem{.user = user,
                                                 .at = row.time(1),
                                                 .status = StatusId{row.number(2)},
                                                 .name = row.text(3),
                                                 .type = static_cast<StatusType>(row.integer(4)),
                                                 .note = row.text(5)},
                          .to = row.maybe_time(6)};
  });
  return out;
}

Page<AuditItem> SqliteArchive::audit(const AuditQuery& wanted) {
  const std::lock_guard lock(mutex_);
  const auto bind = [&](Statement& query) -> Statement& {
    return query.bind(wanted.by ? std::optional(wanted.by->number) : std::nullopt)
        .bind(wanted.target)
        .bind(wanted.action)
        .bind(wanted.refused)
        .bind(wanted.since)
        .bind(wanted.before);
  };
  // A statement is found again by where its text is.
  static const std::string count = "SELECT count(*)" + audit_fits();
  static const std::string page_of_it =
      "SELECT id, at, by_kind, by_user, action, target, problem, count" + audit_fits() +
      " AND id < ?7 ORDER BY id DESC LIMIT ?8";
  Page<AuditItem> out;
  Statement& all = bind(database_.statement(count.c_str()));
  out.total = all.step() ? all.number(0) : 0;
  all.reset();
  Statement& query = bind(database_.statement(page_of_it.c_str()));
  query.bind(below(wanted.page)).bind(static_cast<std::int64_t>(wanted.page.limit + 1));
  fill(out, query, wanted.page.limit, [&](const Statement& row) {
    AuditItem item;
    item.at = row.time(1);
    item.by = read_author(row, 2);
    item.action = row.text(4);
    item.target = row.text(5);
    if (!row.is_null(6)) item.problem = static_cast<Problem>(row.integer(6));
    item.count = static_cast<std::uint32_t>(row.integer(7));
    return item;
  });
  return out;
}

Page<Message> SqliteArchive::messages(ConversationId id, PageRequest page) {
  const std::lock_guard lock(mutex_);
  Page<Message> out;
  out.total = count("SELECT count(*) FROM messages WHERE conversation = ?", id.number);
  Statement& query = database_.statement(
      "SELECT id, conversation, author, text, at FROM messages WHERE conversation = ? AND id < ?"
      " ORDER BY id DESC LIMIT ?");
  query.bind(id.number).bind(below(page)).bind(static_cast<std::int64_t>(page.limit + 1));
  fill(out, query, page.limit, read_message);
  return out;
}

std::vector<Message> SqliteArchive::messages_by_id(const std::vector<MessageId>& ids) {
  const std::lock_guard lock(mutex_);
  std::vector<Message> found;
  for (const MessageId each : ids) {
    Statement& query =
        database_.statement("SELECT id, conversation, author, text, at FROM messages WHERE id = ?");
    if (query.bind(each.number).step()) found.push_back(read_message(query));
    query.reset();
  }
  return found;
}

std::optional<AnswerKept> SqliteArchive::answer(UserId user, const std::string& key) {
  const std::lock_guard lock(mutex_);
  Statement& query = database_.statement(
      "SELECT fingerprint, at, status, headers, body FROM answers WHERE user = ? AND key = ?");
  std::optional<AnswerKept> found;
  if (query.bind(user.number).bind(key).step()) {
    found = AnswerKept{.user = user,
                       .key = key,
                       .fingerprint = {},
                       .at = query.time(1),
                       .status = static_cast<int>(query.integer(2)),
                       .headers = query.text(3),
                       .body = query.text(4)};
    const auto bytes = query.blob(0);
    std::ranges::copy(bytes.first(std::min(bytes.size(), found->fingerprint.size())),
                      found->fingerprint.begin());
  }
  query.reset();
  return found;
}

}  // namespace pastille
