#include "push/hub.h"

#include <utility>

#include "push/hub_state.h"
#include "push/pulse.h"

namespace pastille::push {

Hub::Hub(HubParts parts, const Settings& settings)
    : inbox_(std::make_shared<Inbox>(
          parts.io, [this](std::vector<InboxItem> items) { pulse_->take(std::move(items)); })) {
  // Before the state is read, so that nothing is missed.
  const Snapshots::Generation generation = parts.fanout.attach(inbox_);
  state_ = std::make_shared<HubState>(parts, inbox_, settings, generation);
  pulse_ = std::make_shared<Pulse>(*state_);
  pulse_->begin();
}

Hub::~Hub() {
  state_->parts.fanout.detach(inbox_);
  inbox_->close();
}

void Hub::adopt(Adopted adopted) {
  Connection& connection = state_->take(adopted);
  if (state_->closing) {
    connection.close(close_code::kRestarting, "restarting");
  } else {
    state_->parts.observer.opened(connection.id(), adopted.user, adopted.websocket, adopted.remote);
    connection.begin(std::move(adopted));
  }
  state_->reap();
}

void Hub::close_all(std::uint16_t code, std::move_only_function<void()> done) {
  state_->closing = true;
  state_->when_closed = std::move(done);
  state_->each([&](Connection& each) { each.close(code, "restarting"); });
  state_->reap();
  state_->closed_when_empty();
}

const Figures& Hub::figures() const { return state_->figures; }

}  // namespace pastille::push
