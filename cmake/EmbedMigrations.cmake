# src/ENGINE/migrations/0001_name.sql ... become the table ENGINE_migrations of src/sql/embedded_migrations.h.
# Runs at configure time; a changed, new or removed file configures again.
function(pastille_embed_migrations engine output)
  set(folder ${PROJECT_SOURCE_DIR}/src/${engine}/migrations)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.sql)
  list(SORT files)
  set(rows "")
  set(count 0)
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    cmake_path(GET file STEM name)
    if(NOT name MATCHES "^0*([0-9]+)_([a-z0-9_]+)$")
      message(FATAL_ERROR "${file}: a migration is named NUMBER_name.sql")
    endif()
    set(number ${CMAKE_MATCH_1})
    set(title ${CMAKE_MATCH_2})
    math(EXPR count "${count} + 1")
    if(NOT number EQUAL count)
      message(FATAL_ERROR "${file}: expected number ${count}")
    endif()
    file(READ ${file} sql)
    string(APPEND rows "    EmbeddedMigration{${number}, \"${title}\", R\"embedded(${sql})embedded\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} CONTENT [[// Written by cmake/EmbedMigrations.cmake.
#include "sql/embedded_migrations.h"

#include <array>

namespace pastille::sql {
namespace {

constexpr std::array<EmbeddedMigration, @count@> kMigrations{
@rows@};

}  // namespace

std::span<const EmbeddedMigration> @engine@_migrations() { return kMigrations; }

}  // namespace pastille::sql
]] @ONLY)
endfunction()
