#include "wire/live_frames.h"

#include <algorithm>

#include "wire/conversation_json.h"
#include "wire/counts_json.h"
#include "wire/entry_json.h"
#include "wire/json_writer.h"
#include "wire/problem_json.h"
#include "wire/status_json.h"
#include "wire/user_json.h"

namespace pastille {
namespace {

// {"is":WHAT, and the members that `write` adds}
template <class Write>
std::string frame(std::string_view what, Write write) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("is", what);
  write(json);
  json.end_object();
  return out;
}

void write_gone_ids(JsonWriter& json, const std::vector<std::string>& gone) {
  json.key("gone").begin_array();
  for (const std::string& id : gone) json.value(id);
  json.end_array();
}

}  // namespace

std::string ready_frame(const ReadySays& says, std::optional<UserId> me,
                        const Organisation& organisation) {
  return frame("ready", [&](JsonWriter& json) {
    json.field("epoch", says.position.epoch).field("seq", says.position.seq);
    if (me) {
      const Presence* presence = organisation.presence(*me);
      write_own_entry(json.key("me"), *me, presence != nullptr ? presence->entry : Entry{});
    }
    json.field("catalogue", organisation.catalogue_version)
        .field("people", organisation.directory_version)
        .field("heartbeat_s", says.heartbeat_s)
        .field("resumed", says.resumed)
        .field("stale", says.stale);
  });
}

std::string changes_head(std::uint64_t seq) {
  return R"({"is":"changes","seq":)" + std::to_string(seq) + R"(,"users":[)";
}

std::string board_head(const BoardPage& page) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("is", "board").field("seq", page.seq);
  json.field("all", page.all).field("more", page.more);
  if (page.ref != nullptr) json.field("ref", *page.ref);
  if (page.unknown != nullptr && !page.unknown->empty()) {
    json.key("unknown").begin_array();
    for (const std::string& id : *page.unknown) json.value(id);
    json.end_array();
  }
  json.key("users").begin_array();
  return out;
}

std::uint64_t board_rev(UserId user, const Organisation& organisation) {
  const Person* person = organisation.person(user);
  const Presence* presence = organisation.presence(user);
  const std::uint64_t rev = presence != nullptr ? presence->entry.rev : 0;
  return person != nullptr && person->erased ? std::max(rev, person->rev) : rev;
}

std::string board_entry_begin(UserId user, const Organisation& organisation) {
  std::string out;
  JsonWriter json(out);
  const Person* person = organisation.person(user);
  const Presence* presence = organisation.presence(user);
  const Entry nothing;
  const Entry& entry = presence != nullptr ? presence->entry : nothing;
  if (person != nullptr && person->erased) {
    write_gone_begin(json, user);
  } else {
    write_entry_begin(json, user, entry);
  }
  return out;
}

std::string at_frame(std::uint64_t seq, Time now) {
  return frame("at", [&](JsonWriter& json) { json.field("seq", seq).field("now", now); });
}

std::string counts_frame(std::uint64_t seq, const Organisation& organisation) {
  return frame("counts", [&](JsonWriter& json) {
    json.field("seq", seq);
    write_count_members(json, organisation);
  });
}

std::string catalogue_frame(const std::vector<StatusId>& changed,
                            const Organisation& organisation) {
  return frame("catalogue", [&](JsonWriter& json) {
    std::vector<std::string> gone;
    json.field("version", organisation.catalogue_version).key("statuses").begin_array();
    for (const StatusId id : changed) {
      const Status* status = organisation.status(id);
      if (status == nullptr || status->deleted) {
        gone.push_back(to_text(id));
      } else {
        write_catalogue_status(json, *status);
      }
    }
    json.end_array();
    write_gone_ids(json, gone);
  });
}

std::string people_frame(const std::vector<UserId>& changed, const Organisation& organisation) {
  return frame("people", [&](JsonWriter& json) {
    std::vector<std::string> gone;
    json.field("version", organisation.directory_version).key("users").begin_array();
    for (const UserId id : changed) {
      const Person* person = organisation.person(id);
      if (person == nullptr || !person->active || person->erased) {
        gone.push_back(to_text(id));
      } else {
        write_person(json, *person);
      }
    }
    json.end_array();
    write_gone_ids(json, gone);
  });
}

std::string self_frame(const Person& person, const Organisation& organisation) {
  return frame("self", [&](JsonWriter& json) {
    json.key("user");
    write_self(json, person, organisation);
    json.key("permissions");
    write_permissions(json, permissions_of(person, organisation));
  });
}

std::string config_frame(std::string_view what) {
  return frame("config", [&](JsonWriter& json) { json.field("what", what); });
}

std::string message_frame(const Message& message) {
  return frame("message", [&](JsonWriter& json) {
    json.key("message");
    write_message(json, message);
  });
}

std::string read_frame(ConversationId conversation, UserId user, MessageId up_to) {
  return frame("read", [&](JsonWriter& json) {
    json.field("conversation", conversation).field("user", user).field("up_to", up_to);
  });
}

std::string conversations_frame() {
  return frame("conversations", [](JsonWriter&) {});
}

std::string done_frame(const std::string& ref, UserId user, const Entry& entry) {
  return frame("done", [&](JsonWriter& json) {
    json.field("ref", ref).key("entry");
    write_own_entry(json, user, entry);
  });
}

std::string refused_frame(const std::optional<std::string>& ref, const Refusal& refusal) {
  return frame("refused", [&](JsonWriter& json) {
    if (ref) json.field("ref", *ref);
    json.key("problem");
    write_problem(json, refusal, nullptr);
  });
}

std::string stale_frame(Time since) {
  return frame("stale", [&](JsonWriter& json) { json.field("since", since); });
}

std::string fresh_frame(std::uint64_t seq) {
  return frame("fresh", [&](JsonWriter& json) { json.field("seq", seq); });
}

}  // namespace pastille
