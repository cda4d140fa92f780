#include "server/storage.h"

#include <gmock/gmock.h>

namespace pastille::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Storage, IsADirectoryOrADatabase) {
  EXPECT_EQ(whereabouts("/var/lib/x", "").value().directory, "/var/lib/x");
  EXPECT_EQ(whereabouts("", "sqlite:/var/lib/x").value().directory, "/var/lib/x");
  EXPECT_EQ(whereabouts("", "sqlite:///var/lib/x").value().directory, "/var/lib/x");
  EXPECT_EQ(whereabouts("/var/lib/y", "sqlite:/var/lib/x").value().directory, "/var/lib/x");
  const Whereabouts both = whereabouts("/run/x", "postgres://ana@db.example.org/x").value();
  EXPECT_EQ(both.directory, "/run/x");
  EXPECT_FALSE(both.embedded());
  EXPECT_TRUE(whereabouts("", "postgresql://db.example.org/x").value().directory.empty());
}

TEST(Storage, IsShownWithoutPassword) {
  const Whereabouts where = whereabouts("", "postgres://ana:secret@db.example.org/x").value();
  EXPECT_EQ(to_text(where), "postgres://db.example.org/x");
}

TEST(Storage, SaysWhatToWriteInstead) {
  const auto refused = whereabouts("", "mysql://ana:secret@host/x");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error(), HasSubstr("postgres://USER@HOST:PORT/NAME"));
  EXPECT_THAT(refused.error(), Not(HasSubstr("secret")));
  EXPECT_THAT(whereabouts("", "postgres://host/x?sslmod=require").error(), HasSubstr("sslmod"));
  EXPECT_THAT(whereabouts("", "").error(), HasSubstr("--data DIR"));
}

}  // namespace
}  // namespace pastille::server
