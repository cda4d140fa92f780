#include "server/moved_tables.h"

#include <array>

namespace pastille::server {
namespace {

constexpr std::array kTables = {
    MovedTable{"epochs", "number, id, first_seq", "iti", "number"},
    MovedTable{"events", "seq, at, batch, short_lived, payload", "iibit", "seq"},
    MovedTable{"statuses",
               "id, name, folded, names, type, tags, icon, default_duration_s, position, system,"
               " deleted, version, rev, created_at, created_kind, created_by, updated_at,"
               " updated_kind, updated_by",
               "itttittiiiiiiiiiiii", "id", Numbers::kByOrganisation},
    MovedTable{"status_history", "id, status, at, by_kind, by_user, action, changes", "iiiiiit",
               "id", Numbers::kByDatabase},
    MovedTable{"roles", "id, name, folded, permissions, built_in, version", "itttii", "id",
               Numbers::kByOrganisation},
    MovedTable{"teams", "id, name, folded, version", "itti", "id", Numbers::kByOrganisation},
    MovedTable{"people",
               "id, login, login_folded, display_name, display_folded, role, teams, locale,"
               " time_zone, status_at_sign_in, pinned, password_hash, active, erased, version, rev,"
               " created_at, external_issuer, external_subject, own_version, known_places, sign_in",
               "ittttitttittiiiiittitt", "id", Numbers::kByOrganisation},
    MovedTable{"presence",
               "\"user\", status, type, note, since, until, rev, pending_status, pending_note,"
               " pending_until, last_chosen",
               "iiitiiiitii", "\"user\""},
    MovedTable{"own_history", "id, \"user\", at, status, name, type, note", "iiiitit", "id",
               Numbers::kByDatabase},
    MovedTable{"sessions", "id, \"user\", secret, created_at, seen_at, user_agent", "iibiit", "id",
               Numbers::kByOrganisation},
    MovedTable{"tokens", "id, \"user\", secret, name, scope, created_at, expires_at", "iibtiii",
               "id", Numbers::kByOrganisation},
    MovedTable{"invitations", "id, \"user\", secret, expires_at", "iibi", "id",
               Numbers::kByOrganisation},
    MovedTable{"conversations",
               "id, first, second, last_message, first_read, second_read, first_unread,"
               " second_unread, created_at, changed_at",
               "iiiiiiiiii", "id", Numbers::kByOrganisation},
    MovedTable{"messages", "id, conversation, author, text, at", "iiiti", "id",
               Numbers::kByOrganisation},
    MovedTable{"audit", "id, at, by_kind, by_user, action, target, problem, count", "iiiittii",
               "id", Numbers::kByDatabase},
    MovedTable{"answers", "\"user\", key, fingerprint, at, status, headers, body", "itbiitt",
               "\"user\", key {}"},
};

}  // namespace

std::span<const MovedTable> moved_tables() { return kTables; }

}  // namespace pastille::server
