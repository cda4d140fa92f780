#include "http/pages.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "http/parts.h"

namespace pastille::http {
namespace {

class PagesOfADirectory : public ::testing::Test {
 protected:
  PagesOfADirectory() {
    std::filesystem::create_directories(directory_ / "assets");
    write("index.html", "start");
    write("maker.html", "maker");
    write("assets/app-1a2b3c4d.js", "plain");
    write("assets/app-1a2b3c4d.js.br", "small");
  }
  ~PagesOfADirectory() override { std::filesystem::remove_all(directory_); }

  void write(const std::string& name, std::string_view text) {
    std::ofstream(directory_ / name) << text;
  }
  static Request get(const char* path) {
    Request request;
    request.path = path;
    return request;
  }
  static std::string field(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.fields) {
      if (key == name) return value;
    }
    return "";
  }

  std::filesystem::path directory_ =
      std::filesystem::temp_directory_path() /
      ("pastille-pages-" +
       std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(PagesOfADirectory, AreFoundByTheirShortNames) {
  const Pages pages({.pages = directory_});
  EXPECT_EQ(*pages.page(get("/")).body, "start");
  EXPECT_EQ(*pages.page(get("/maker")).body, "maker");
  EXPECT_EQ(*pages.page(get("/maker/users/u4")).body, "maker");
}

TEST_F(PagesOfADirectory, AreNothingElse) {
  const Pages pages({.pages = directory_});
  for (const char* path : {"/nothing", "/../etc/passwd", "/%2e%2e/etc/passwd", "/assets",
                           "/assets/app-0.js", "/maker/x.js", "/%ff", "//etc/passwd"}) {
    EXPECT_FALSE(pages.has(path)) << path;
  }
}

TEST_F(PagesOfADirectory, SayThatNothingIsThereToWhoReadsPages) {
  write("not-found.html", "nothing here");
  const Pages pages({.pages = directory_});
  Request person = get("/nothing");
  person.fields = {{"accept", "application/xhtml+xml, text/html;q=0.9"}};
  const auto response = pages.nothing(person);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(*response->body, "nothing here");
  EXPECT_EQ(field(*response, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_FALSE(pages.has("/not-found"));
  EXPECT_FALSE(pages.nothing(get("/nothing")));
  Request program = get("/nothing");
  program.fields = {{"accept", "*/*"}};
  EXPECT_FALSE(pages.nothing(program));
}

TEST_F(PagesOfADirectory, ComeSmallAndForEverWhenTheirNameHoldsAHash) {
  const Pages pages({.pages = directory_});
  Request request = get("/assets/app-1a2b3c4d.js");
  EXPECT_EQ(*pages.page(request).body, "plain");
  request.fields.emplace_back("accept-encoding", "gzip, br");
  const Response small = pages.page(request);
  EXPECT_EQ(*small.body, "small");
  EXPECT_EQ(field(small, "Content-Encoding"), "br");
  EXPECT_EQ(field(small, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(field(pages.page(get("/")), "Cache-Control"), "no-cache");
}

// What a browser keeps of these decides which version of the pages it runs.
TEST_F(PagesOfADirectory, AreAskedForEachTimeWhenTheyAreInstalled) {
  write("service_worker.js", "worker");
  write("manifest.webmanifest", "{}");
  write("icon-192.png", "png");
  const Pages pages({.pages = directory_});
  for (const auto& [path, type] :
       {std::pair("/service_worker.js", "text/javascript; charset=utf-8"),
        std::pair("/manifest.webmanifest", "application/manifest+json"),
        std::pair("/icon-192.png", "image/png")}) {
    const Response response = pages.page(get(path));
    EXPECT_EQ(field(response, "Content-Type"), type);
    EXPECT_EQ(field(response, "Cache-Control"), "no-cache") << path;
    // A worker obeys the policy it comes with; both it and the manifest fall under default-src.
    EXPECT_TRUE(field(response, "Content-Security-Policy").starts_with("default-src 'self'; "));
  }
}

TEST_F(PagesOfADirectory, AreNotSentAgain) {
  const Pages pages({.pages = directory_});
  Request request = get("/");
  request.fields.emplace_back("if-none-match", field(pages.page(request), "ETag"));
  const Response again = pages.page(request);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, nullptr);
}

TEST(Pages, WithoutABuildSayAtEachAddressWhereTheApiIsAndHowTheyAreBuilt) {
  const Pages pages(Settings{});
  for (const char* path : {"/", "/banner", "/maker"}) {
    Request request;
    request.path = path;
    ASSERT_TRUE(pages.has(path)) << path;
    const Response response = pages.page(request);
    EXPECT_NE(response.body->find("/api/v1"), std::string::npos) << path;
    EXPECT_NE(response.body->find("scripts/build-pages"), std::string::npos) << path;
  }
}

TEST_F(PagesOfADirectory, AreFramedByTheConfiguredOriginsWhenTheyAreTheBannerOrTheWayToIt) {
  write("banner.html", "banner");
  const Pages pages({.frame_origins = {"https://crm.example"}, .pages = directory_});
  const auto ends = [&](const char* path, std::string_view ending) {
    return field(pages.page(get(path)), "Content-Security-Policy").ends_with(ending);
  };
  for (const char* path : {"/", "/banner", "/banner.html", "/banner/c4"}) {
    EXPECT_TRUE(ends(path, "frame-ancestors 'self' https://crm.example")) << path;
  }
  for (const char* path : {"/maker", "/maker.html", "/maker/users/u4"}) {
    EXPECT_TRUE(ends(path, "frame-ancestors 'self'")) << path;
  }
}

}  // namespace
}  // namespace pastille::http
