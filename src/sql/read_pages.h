// Paged reading of the tables, for the archives of both engines. A Database is sqlite/database.h or
// postgres/database.h; not thread-safe.
#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/archive.h"
#include "sql/erased_history.h"
#include "sql/read_rows.h"
#include "sql/row_json.h"

namespace pastille::sql {

inline std::int64_t below(PageRequest page) {
  return page.before == 0 ? std::numeric_limits<std::int64_t>::max()
                          : static_cast<std::int64_t>(page.before);
}

// Reads one row more than asked for, to know whether there is another page. Column 0 is the number.
template <class Item, class Statement, class Read>
void fill(Page<Item>& page, Statement& query, std::size_t limit, Read read) {
  std::uint64_t last = 0;
  while (query.step()) {
    if (page.items.size() == limit) {
      page.next_before = last;
      query.reset();
      break;
    }
    last = query.number(0);
    page.numbers.push_back(last);
    page.items.push_back(read(query));
  }
}

// The six values of an AuditQuery; what is null or '' narrows nothing.
inline const std::string& audit_fits() {
  static const std::string fits =
      " FROM audit WHERE (?1 IS NULL OR by_user = ?1) AND (?2 = '' OR target = ?2)"
      " AND (?3 = '' OR action = ?3 OR substr(action, 1, length(?3) + 1) = ?3 || '.')"
      " AND (?4 IS NULL OR CASE WHEN problem IS NULL THEN 0 ELSE 1 END = ?4)"
      " AND (?5 IS NULL OR at >= ?5) AND (?6 IS NULL OR at < ?6)";
  return fits;
}

template <class Row>
Message read_message(const Row& row) {
  return Message{.id = MessageId{row.number(0)},
                 .conversation = ConversationId{row.number(1)},
                 .from = UserId{row.number(2)},
                 .text = row.text(3),
                 .at = row.time(4)};
}

// How many rows belong to `of`.
template <class Database>
std::uint64_t count(Database& database, const char* sql, std::uint64_t of) {
  auto& query = database.statement(sql);
  const std::uint64_t found = query.bind(of).step() ? query.number(0) : 0;
  query.reset();
  return found;
}

template <class Database>
Page<StatusHistoryItem> status_history(Database& database, StatusId id, PageRequest page) {
  Page<StatusHistoryItem> out;
  out.total = count(database, "SELECT count(*) FROM status_history WHERE status = ?", id.number);
  auto& query = database.statement(
      "SELECT id, at, by_kind, by_user, action, changes FROM status_history"
      " WHERE status = ? AND id < ? ORDER BY id DESC LIMIT ?");
  query.bind(id.number).bind(below(page)).bind(static_cast<std::int64_t>(page.limit + 1));
  fill(out, query, page.limit, [&](const auto& row) {
    return StatusHistoryItem{.status = id,
                             .at = row.time(1),
                             .by = read_author(row, 2),
                             .action = static_cast<StatusAction>(row.integer(4)),
                             .changes = parse_changes(row.text(5))};
  });
  return out;
}

template <class Database>
Page<OwnHistoryStep> own_history(Database& database, UserId user, PageRequest page) {
  Page<OwnHistoryStep> out;
  const std::int64_t erased = own_history_erased_up_to(database, user);
  auto& all = database.statement("SELECT count(*) FROM own_history WHERE \"user\" = ? AND id > ?");
  out.total = all.bind(user.number).bind(erased).step() ? all.number(0) : 0;
  all.reset();
  auto& query = database.statement(
      "SELECT id, at, status, name, type, note, (SELECT next.at FROM own_history AS next"
      " WHERE next.\"user\" = own_history.\"user\" AND next.id > own_history.id ORDER BY next.id "
      "LIMIT 1)"
      " FROM own_history WHERE \"user\" = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?");
  query.bind(user.number).bind(erased).bind(below(page));
  query.bind(static_cast<std::int64_t>(page.limit + 1));
  fill(out, query, page.limit, [&](const auto& row) {
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

template <class Database>
Page<AuditItem> audit(Database& database, const AuditQuery& wanted) {
  const auto bind = [&](auto& query) -> auto& {
    return query.bind(wanted.by ? std::optional(wanted.by->number) : std::nullopt)
        .bind(wanted.target)
        .bind(wanted.action)
        .bind(wanted.refused)
        .bind(wanted.since)
        .bind(wanted.before);
  };
  // A statement is found again by where its text is.
  static const std::string count_of_it = "SELECT count(*)" + audit_fits();
  static const std::string page_of_it =
      "SELECT id, at, by_kind, by_user, action, target, problem, count" + audit_fits() +
      " AND id < ?7 ORDER BY id DESC LIMIT ?8";
  Page<AuditItem> out;
  auto& all = bind(database.statement(count_of_it.c_str()));
  out.total = all.step() ? all.number(0) : 0;
  all.reset();
  auto& query = bind(database.statement(page_of_it.c_str()));
  query.bind(below(wanted.page)).bind(static_cast<std::int64_t>(wanted.page.limit + 1));
  fill(out, query, wanted.page.limit, [&](const auto& row) {
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

template <class Database>
Page<Message> messages(Database& database, ConversationId id, MessageId from, PageRequest page) {
  Page<Message> out;
  auto& all =
      database.statement("SELECT count(*) FROM messages WHERE conversation = ? AND id >= ?");
  out.total = all.bind(id.number).bind(from.number).step() ? all.number(0) : 0;
  all.reset();
  auto& query = database.statement(
      "SELECT id, conversation, author, text, at FROM messages WHERE conversation = ? AND id >= ?"
      " AND id < ? ORDER BY id DESC LIMIT ?");
  query.bind(id.number).bind(from.number).bind(below(page));
  query.bind(static_cast<std::int64_t>(page.limit + 1));
  fill(out, query, page.limit, [](const auto& row) { return read_message(row); });
  return out;
}

template <class Database>
std::vector<Message> messages_by_id(Database& database, const std::vector<MessageId>& ids,
                                    MessageId from) {
  std::vector<Message> found;
  for (const MessageId each : ids) {
    if (each < from) continue;
    auto& query =
        database.statement("SELECT id, conversation, author, text, at FROM messages WHERE id = ?");
    if (query.bind(each.number).step()) found.push_back(read_message(query));
    query.reset();
  }
  return found;
}

template <class Database>
std::optional<AnswerKept> answer(Database& database, UserId user, const std::string& key) {
  auto& query = database.statement(
      "SELECT fingerprint, at, status, headers, body FROM answers WHERE \"user\" = ? AND key = ?");
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
    std::copy_n(bytes.begin(), std::min(bytes.size(), found->fingerprint.size()),
                found->fingerprint.begin());
  }
  query.reset();
  return found;
}

}  // namespace pastille::sql
