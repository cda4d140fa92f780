#include "oidc/provider.h"

#include <gtest/gtest.h>

namespace pastille::oidc {
namespace {

boost::json::object document(const std::string& at) {
  return {{"issuer", at},
          {"authorization_endpoint", at + "/authorize"},
          {"token_endpoint", at + "/token"},
          {"jwks_uri", at + "/keys"}};
}

TEST(Places, AreReadFromTheDiscoveryDocument) {
  const auto places = read_places(document("https://id.example.org"), "https://id.example.org");
  ASSERT_TRUE(places);
  EXPECT_EQ(places->token, "https://id.example.org/token");
  EXPECT_FALSE(places->names_issuer);
  EXPECT_FALSE(read_places(document("https://id.example.org"), "https://other.example.org"));
}

TEST(Places, OfAnHttpsProviderAreHttps) {
  for (const char* name : {"authorization_endpoint", "token_endpoint", "jwks_uri",
                           "userinfo_endpoint", "end_session_endpoint"}) {
    boost::json::object wrong = document("https://id.example.org");
    wrong[name] = "http://127.0.0.1:9000/here";
    EXPECT_FALSE(read_places(wrong, "https://id.example.org")) << name;
    boost::json::object local = document("http://127.0.0.1:9000");
    local[name] = "http://127.0.0.1:9000/here";
    EXPECT_TRUE(read_places(local, "http://127.0.0.1:9000")) << name;
  }
}

TEST(Places, SayWhetherTheProviderNamesItselfInItsAnswers) {
  boost::json::object says = document("https://id.example.org");
  says["authorization_response_iss_parameter_supported"] = true;
  EXPECT_TRUE(read_places(says, "https://id.example.org")->names_issuer);
  says["authorization_response_iss_parameter_supported"] = "true";
  EXPECT_FALSE(read_places(says, "https://id.example.org")->names_issuer);
}

}  // namespace
}  // namespace pastille::oidc
