// The address of a database, as given with --database: postgres://USER@HOST:PORT/NAME?sslmode=...
// (libpq 15, "Connection URIs").
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace pastille::postgres {

bool is_postgres(std::string_view url);  // postgres: or postgresql:

// What libpq is given: the URL's own parameters, and for what it leaves out ours: TLS required
// unless the host is this machine, 5 s to connect, a dead peer found out after 10 s, durable
// commits. Else what is wrong with the URL.
std::expected<std::string, std::string> conninfo_of(const std::string& url);

// The URL for logs and people: without password.
std::string without_password(const std::string& url);

}  // namespace pastille::postgres
