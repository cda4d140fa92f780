#include "postgres/conninfo.h"

#include <gtest/gtest.h>

namespace pastille::postgres {
namespace {

bool has(const std::string& url, const std::string& parameter) {
  return conninfo_of(url).value().find(parameter + " ") != std::string::npos;
}

TEST(Conninfo, AsksForTlsUnlessTheHostIsThisMachine) {
  EXPECT_TRUE(has("postgres://ana@db.example.org/pastille", "sslmode='require'"));
  EXPECT_TRUE(has("postgres://ana@127.0.0.1.example.org/pastille", "sslmode='require'"));
  EXPECT_TRUE(has("postgres://ana@localhost,db.example.org/pastille", "sslmode='require'"));
  EXPECT_TRUE(has("postgres:///pastille?hostaddr=192.0.2.1", "sslmode='require'"));
  EXPECT_FALSE(has("postgres://ana@127.0.0.2/pastille", "sslmode='require'"));
  EXPECT_FALSE(has("postgres://ana@[::1]/pastille", "sslmode='require'"));
  EXPECT_FALSE(has("postgres:///pastille", "sslmode='require'"));
  EXPECT_FALSE(has("postgres://%2Frun%2Fpostgresql/pastille", "sslmode='require'"));
}

TEST(Conninfo, LeavesWhatIsGiven) {
  EXPECT_TRUE(
      has("postgres://db.example.org/pastille?sslmode=verify-full", "sslmode='verify-full'"));
  EXPECT_TRUE(has("postgres://db.example.org/pastille?connect_timeout=9", "connect_timeout='9'"));
  EXPECT_TRUE(has("postgres://a:x%27%5Cy@db.example.org/pastille", "password='x\\'\\\\y'"));
}

TEST(Conninfo, RefusesWhatIsNoAddress) {
  EXPECT_FALSE(conninfo_of("postgres://[::1/pastille"));
  EXPECT_FALSE(conninfo_of("postgres://db.example.org/pastille?sslmod=require"));
  EXPECT_FALSE(conninfo_of("postgres://db.example.org"));
}

TEST(Conninfo, IsShownWithoutPassword) {
  EXPECT_EQ(without_password("postgres://ana:secret@db.example.org:5433/pastille"),
            "postgres://db.example.org:5433/pastille");
}

}  // namespace
}  // namespace pastille::postgres
