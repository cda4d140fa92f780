#include "tls/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tls/self_signed_test.h"

namespace pastille::tls {
namespace {

using testing::HasSubstr;

std::string refusal_of(const CertificateFiles& files) {
  try {
    const Certificate certificate(files);
    return "";
  } catch (const std::runtime_error& refused) {
    return refused.what();
  }
}

void copy(const CertificateFiles& from, const CertificateFiles& to) {
  const auto over = std::filesystem::copy_options::overwrite_existing;
  std::filesystem::copy_file(from.chain, to.chain, over);
  std::filesystem::copy_file(from.key, to.key, over);
}

TEST(CertificateTest, SaysWhenItRunsOut) {
  const SelfSigned files("one", 7200);
  const Certificate certificate(files.files);
  const auto left = certificate.expires() - std::chrono::system_clock::now();
  EXPECT_GT(left, std::chrono::minutes(119));
  EXPECT_LE(left, std::chrono::minutes(120));
}

TEST(CertificateTest, FilesThatCannotBeUsedAreNamed) {
  const SelfSigned one("one");
  const SelfSigned two("two");
  EXPECT_THAT(refusal_of({"/nowhere/x.crt", one.files.key}), HasSubstr("/nowhere/x.crt: cannot"));
  EXPECT_THAT(refusal_of({"/nowhere/x.crt", one.files.key}), HasSubstr("(No such file"));
  EXPECT_THAT(refusal_of({one.files.chain, "/nowhere/x.key"}), HasSubstr("/nowhere/x.key: cannot"));
  EXPECT_THAT(refusal_of({one.files.key, one.files.key}), HasSubstr("cannot be used as a cert"));
  EXPECT_THAT(refusal_of({one.files.chain, two.files.key}), HasSubstr("is not the key of"));
}

TEST(CertificateTest, ReloadsWhatWasRenewedAndKeepsTheOldOneWhenItCannot) {
  const SelfSigned old_one("one", 3600);
  const SelfSigned new_one("two", 36000);
  Certificate certificate(old_one.files);
  const auto before = certificate.expires();

  std::ofstream(old_one.files.key) << "no key";
  const auto broken = certificate.reload();
  ASSERT_FALSE(broken);
  EXPECT_THAT(broken.error(), HasSubstr("cannot be used as a key"));
  EXPECT_EQ(certificate.expires(), before);

  copy(new_one.files, old_one.files);
  EXPECT_TRUE(certificate.reload());
  EXPECT_GT(certificate.expires(), before);
}

}  // namespace
}  // namespace pastille::tls
