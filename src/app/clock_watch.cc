#include "app/clock_watch.h"

#include <utility>

namespace pastille {

ClockWatch::ClockWatch(Now now, std::optional<Time> newest_event) : last_(now) {
  if (!newest_event) return;
  if (now.wall < *newest_event) {
    unsaid_ = "The clock of this machine is before the newest event in the database.";
  } else if (now.wall > *newest_event + kFarAhead) {
    unsaid_ =
        "The clock of this machine is more than 7 days after the newest event in the database.";
  }
  if (unsaid_) {
    *unsaid_ +=
        " If it is wrong, set it. For an hour nothing is purged and no session or token ends by "
        "age.";
    distrust_until_ = now.steady + kDistrust;
  }
}

std::optional<std::string> ClockWatch::look(Now now) {
  const Duration apart = (now.wall - last_.wall) - (now.steady - last_.steady);
  last_ = now;
  if (apart > kApart || apart < -kApart) {
    distrust_until_ = now.steady + kDistrust;
    unsaid_ = "The clock of this machine was moved by " +
              std::to_string(std::chrono::duration_cast<std::chrono::minutes>(apart).count()) +
              " minutes. For an hour nothing is purged and no session or token ends by age.";
  }
  return std::exchange(unsaid_, std::nullopt);
}

void ClockOpinion::follow(const ClockWatch& watch) {
  const Now last = watch.last_;
  wall_ahead_ = (last.wall.time_since_epoch() - last.steady.time_since_epoch()).count();
  if (watch.distrust_until_) distrust_until_ = watch.distrust_until_->time_since_epoch().count();
}

bool ClockOpinion::distrusts(Now now) const {
  if (now.steady.time_since_epoch().count() < distrust_until_) return true;
  const Duration apart =
      now.wall.time_since_epoch() - now.steady.time_since_epoch() - Duration(wall_ahead_.load());
  return apart > ClockWatch::kApart || apart < -ClockWatch::kApart;
}

}  // namespace pastille
