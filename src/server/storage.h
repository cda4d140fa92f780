// Where an organisation is kept: in a data directory, or in a PostgreSQL database.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "app/ports/archive.h"
#include "app/ports/nodes.h"
#include "app/ports/store.h"
#include "sqlite/data_directory.h"

namespace pastille::server {

struct Whereabouts {
  // Absolute. With PostgreSQL it holds the control socket only, and may be empty: then the server
  // has none.
  std::filesystem::path directory;
  std::string database;  // postgres://...; "": the embedded one in the directory

  bool embedded() const { return database.empty(); }
};

// Of what was given with --data and --database (sqlite:DIR, postgres://..., or ""); else what to
// write instead.
std::expected<Whereabouts, std::string> whereabouts(const std::filesystem::path& data,
                                                    const std::string& database);

// For people and logs: the directory, or the database without password.
std::string to_text(const Whereabouts& where);

// Both opened, the directory held as long as this lives.
struct Storage {
  std::unique_ptr<DataDirectory> directory;  // with PostgreSQL; the embedded store holds its own
  std::unique_ptr<Store> store;
  std::unique_ptr<Archive> archive;
  Nodes* nodes = nullptr;  // the store, where others may use it too
  std::string conninfo;    // with PostgreSQL
};

// Whether there is anything to read. Makes and changes nothing. Throws StoreFailure when the
// database cannot be asked.
bool has_organisation(const Whereabouts& where);

// Whether others may use it at the same time: on PostgreSQL any number of nodes.
enum class Sharing : unsigned char { kWithNodes, kAlone };

// `node`: this process among nodes, for people. Throws StoreFailure; what() is for the operator.
Storage open_storage(const Whereabouts& where, const std::string& node, Sharing sharing);

}  // namespace pastille::server
