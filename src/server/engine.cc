#include "server/engine.h"

#include "auth/password_pool.h"
#include "auth/random_secrets.h"
#include "server/last_words.h"

namespace pastille::server {
namespace {

// For an organisation that has none. The hash of a random secret is as random as the secret.
SealingKey fresh_key() {
  auth::RandomSecrets secrets;
  return secrets.hash(secrets.make(""));
}

}  // namespace

Engine::Engine(const Parts& parts)
    : where_(parts.where),
      storage_(open_storage(where_, parts.node, Sharing::kWithNodes)),
      watch_(*storage_.store, parts.serving, parts.committed),
      secrets_(std::make_unique<auth::RandomSecrets>()),
      workspace_(make_workspace(parts)),
      passwords_(std::make_unique<auth::PasswordPool>()) {
  if (storage_.nodes == nullptr) return;
  listener_ = std::make_unique<postgres::Listener>(
      storage_.conninfo, [this](std::uint64_t seq) { workspace_->hear_of(seq); });
}

std::unique_ptr<Workspace> Engine::make_workspace(const Parts& parts) {
  const ThreadName name("writer");
  return std::make_unique<Workspace>(Workspace::Parts{.store = watch_,
                                                      .feed = parts.feed,
                                                      .clock = clock_,
                                                      .unicode = unicode_,
                                                      .calendar = calendar_,
                                                      .settings = parts.settings,
                                                      .report = parts.report,
                                                      .nodes = storage_.nodes,
                                                      .fresh_key = fresh_key()});
}

Engine::~Engine() { stop(); }

template <class UseCase>
Result<typename UseCase::Answer> Engine::tried(UseCase& command) const {
  const auto organisation = workspace_->snapshot();
  const Context context{.now = clock_.now(),
                        .settings = workspace_->settings(),
                        .unicode = unicode_,
                        .calendar = calendar_};
  const auto who = acting(*organisation, Operator{}, context);
  if (!who) return std::unexpected(who.error());
  return pastille::try_out(command, *organisation, *who, context);
}

Result<ImportPeople::Answer> Engine::try_out(ImportPeople& import) const { return tried(import); }

Result<AddTokens::Answer> Engine::try_out(const AddTokens& tokens) const { return tried(tokens); }

Result<std::string> Engine::hash_password(std::string password) {
  std::promise<Result<std::string>> promise;
  auto hash = promise.get_future();
  passwords_->hash(std::move(password),
                   [&](Result<std::string> made) { promise.set_value(std::move(made)); });
  return hash.get();
}

void Engine::stop() {
  passwords_.reset();
  workspace_->stop();
  listener_.reset();
}

}  // namespace pastille::server
