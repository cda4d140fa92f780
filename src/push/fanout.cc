#include "push/fanout.h"

#include <algorithm>
#include <set>

#include "wire/live_frames.h"

namespace pastille::push {
namespace {

// Reads the changes of a publication, one overload a kind; what counts twice is said once.
class Reading {
 public:
  Reading(Bulletin& bulletin, const Organisation* before, const Organisation& after)
      : bulletin_(bulletin), before_(before), after_(after) {}

  void operator()(const EntryPut& put) { entries_.insert(put.user); }
  void operator()(const PersonPut& put) {
    tell(ConfigPart::kUsers);
    persons_.insert(put.person.id);
  }
  void operator()(const RolePut& put) {
    tell(ConfigPart::kRoles);
    bulletin_.roles.push_back(put.role.id);
  }
  void operator()(const RoleDropped&) { tell(ConfigPart::kRoles); }
  void operator()(const TeamPut&) { tell(ConfigPart::kTeams); }
  void operator()(const TeamDropped&) { tell(ConfigPart::kTeams); }
  void operator()(const AuditAdded&) { tell(ConfigPart::kAudit); }
  void operator()(const SessionDropped& dropped) {
    const Session* was = before_ == nullptr ? nullptr : before_->session(dropped.id);
    bulletin_.ended.push_back({was == nullptr ? UserId{} : was->user, dropped.id});
  }
  void operator()(const TokenDropped& dropped) {
    const Token* was = before_ == nullptr ? nullptr : before_->token(dropped.id);
    bulletin_.ended.push_back({was == nullptr ? UserId{} : was->user, dropped.id});
  }
  void operator()(const MessageAdded& added) {
    const Message& message = added.message;
    const Conversation* conversation = after_.conversation(message.conversation);
    if (conversation == nullptr) return;
    written_.insert(message.conversation);
    const SharedFrame frame = shared_frame(FrameKind::kMessage, message_frame(message));
    for (const UserId member : conversation->members) bulletin_.messages.push_back({member, frame});
  }
  void operator()(const ConversationPut& put) { conversations_.insert(put.conversation.id); }

  // Nothing that a connection could see, or what a hub finds in the state.
  void operator()(const StatusPut&) {}
  void operator()(const StatusHistoryAdded&) {}
  void operator()(const OwnHistoryAdded&) {}
  void operator()(const OwnHistoryErased&) {}
  void operator()(const SessionPut&) {}
  void operator()(const TokenPut&) {}
  void operator()(const InvitationPut&) {}
  void operator()(const InvitationDropped&) {}
  void operator()(const SealingKeyPut&) {}
  void operator()(const AnswerKept&) {}
  void operator()(const AnswersPurged&) {}
  void operator()(const ConnectionOpened&) {}
  void operator()(const ConnectionClosed&) {}
  void operator()(const GraceSet&) {}
  void operator()(const NodeDropped&) {}
  void operator()(const SignInTried&) {}

  // `first`: seq of the first event.
  void finish(std::uint64_t first) {
    for (const UserId user : persons_) look_at(user, first);
    bulletin_.people.assign(people_.begin(), people_.end());
    for (const ConversationId id : conversations_) hint_at(id);
    for (const UserId user : entries_) {
      auto piece = std::make_shared<const std::string>(',' + board_entry_begin(user, after_));
      bulletin_.entries.push_back({user, board_rev(user, after_), std::move(piece)});
    }
    std::ranges::sort(bulletin_.entries, {}, &ChangedEntry::rev);
  }

 private:
  void tell(ConfigPart part) { bulletin_.config[static_cast<std::size_t>(part)] = true; }

  void look_at(UserId user, std::uint64_t first) {
    const Person* now = after_.person(user);
    if (now == nullptr) return;
    const Person* was = before_ == nullptr ? nullptr : before_->person(user);
    const bool visible = now->rev >= first;
    if (visible) people_.insert(user);
    if (visible && now->erased) entries_.insert(user);
    if (!now->active || now->erased) bulletin_.ended.push_back({user, std::monostate()});
    if (before_ != nullptr && was == nullptr) return;  // new: nobody is here as them
    if (was == nullptr || self_frame(*was, *before_) != self_frame(*now, after_)) {
      bulletin_.selves.push_back(user);
    }
  }

  // A conversation that is new, or whose marks have moved.
  void hint_at(ConversationId id) {
    const Conversation* now = after_.conversation(id);
    const Conversation* was = before_ == nullptr ? nullptr : before_->conversation(id);
    if (now == nullptr) return;
    if (was == nullptr) {  // new, or nobody knows what it was
      if (!written_.contains(id)) {
        for (const UserId member : now->members) bulletin_.conversations.push_back(member);
      }
      return;
    }
    for (std::size_t side = 0; side < now->members.size(); ++side) {
      const MessageId mark = now->read_up_to[side];
      if (was->read_up_to[side] == mark) continue;
      // Who writes has read up to what they wrote: that goes without saying.
      if (written_.contains(id) && mark == now->last_message) continue;
      const SharedFrame frame =
          shared_frame(FrameKind::kRead, read_frame(id, now->members[side], mark));
      for (const UserId member : now->members) bulletin_.messages.push_back({member, frame});
    }
  }

  Bulletin& bulletin_;
  const Organisation* before_;
  const Organisation& after_;
  std::set<UserId> entries_;
  std::set<UserId> persons_;  // put
  std::set<UserId> people_;   // of them, those that the directory shows otherwise now
  std::set<ConversationId> conversations_;
  std::set<ConversationId> written_;
};

}  // namespace

std::shared_ptr<const Bulletin> bulletin_of(std::shared_ptr<const Organisation> before,
                                            const Publication& publication) {
  const auto bulletin = std::make_shared<Bulletin>();
  bulletin->before = std::move(before);
  bulletin->after = publication.after;
  Reading reading(*bulletin, bulletin->before.get(), *bulletin->after);
  for (const Event& event : publication.events) {
    for (const Change& change : event.changes) std::visit(reading, change);
  }
  std::uint64_t first = publication.after->seq + 1;  // of the events that have a number
  for (const Event& event : publication.events) {
    if (event.seq != 0) first = std::min(first, event.seq);
  }
  reading.finish(first);
  return bulletin;
}

void Fanout::publish(std::shared_ptr<const Publication> publication) {
  auto bulletin = bulletin_of(before_, *publication);
  before_ = publication->after;
  figures_.entries_encoded += bulletin->entries.size();
  post(std::move(bulletin));
}

void Fanout::stale(Time since) { post(WentStale{since}); }

void Fanout::fresh() { post(WentFresh{}); }

void Fanout::begun_anew(std::shared_ptr<const Organisation> state) {
  before_ = state;
  post(BegunAnew{std::move(state), snapshots_.forget()});
}

void Fanout::post(const Notice& notice) {
  const std::lock_guard lock(mutex_);
  for (const auto& inbox : inboxes_)
    std::visit([&](const auto& each) { inbox->leave(each); }, notice);
}

Snapshots::Generation Fanout::attach(std::shared_ptr<Inbox> inbox) {
  const std::lock_guard lock(mutex_);
  inboxes_.push_back(std::move(inbox));
  return snapshots_.generation();
}

void Fanout::detach(const std::shared_ptr<Inbox>& inbox) {
  const std::lock_guard lock(mutex_);
  std::erase(inboxes_, inbox);
}

}  // namespace pastille::push
