#include "app/people_query.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "app/matching.h"

namespace pastille {
namespace {

// Who the list has, by number of their ids.
class Among {
 public:
  explicit Among(const Organisation& organisation) : found_(organisation.next.user) {}
  void add(UserId user) {
    found_[user.number] = true;
    ++count_;
  }
  bool has(UserId user) const { return user.number < found_.size() && found_[user.number]; }
  std::size_t count() const { return count_; }

 private:
  std::vector<bool> found_;
  std::size_t count_ = 0;
};

// Of one page, from `first` on; `fits(UserId)`.
template <class Each, class Fits>
void fill(PeopleQuery::Page& page, Each first, Each last, std::size_t limit, Fits fits) {
  std::string key;
  for (; first != last; ++first) {
    if (!fits(first->user)) continue;
    if (page.people.size() == limit) {
      page.next = std::move(key);
      return;
    }
    page.people.push_back(first->user);
    key = first->key;
  }
}

template <class Fits>
void fill(PeopleQuery::Page& page, const PeopleOrder& order, const PeopleQuery::Slice& slice,
          Fits fits) {
  const auto& rows = order.rows;
  constexpr auto kKey = &PeopleOrder::Row::key;
  if (!slice.descending) {
    const auto first =
        slice.after.empty() ? rows.begin() : std::ranges::upper_bound(rows, slice.after, {}, kKey);
    return fill(page, first, rows.end(), slice.limit, fits);
  }
  const auto end =
      slice.after.empty() ? rows.end() : std::ranges::lower_bound(rows, slice.after, {}, kKey);
  fill(page, std::make_reverse_iterator(end), rows.rend(), slice.limit, fits);
}

}  // namespace

PeopleQuery::Page PeopleQuery::page(const Organisation& organisation, const PeopleOrder& order,
                                    const Slice& slice, const Unicode& unicode) const {
  Page page;
  if (!narrows()) {
    page.total =
        !active ? order.rows.size() : (*active ? order.active : order.rows.size() - order.active);
    // The order may be of a moment later than this state.
    fill(page, order, slice, [&](UserId user) {
      const Person* person = organisation.person(user);
      return person != nullptr && !person->erased && (!active || person->active == *active);
    });
    return page;
  }
  const SearchWords words(text, unicode);
  Among among(organisation);
  organisation.people.for_each([&](UserId id, const Box<Person>& person) {
    if (person->erased || (active && person->active != *active)) return;
    if (role && person->role != *role) return;
    if (team && std::ranges::find(person->teams, *team) == person->teams.end()) return;
    const std::array<std::string_view, 2> texts{
        person->display_name.folded,
        logins ? std::string_view(person->login.folded) : std::string_view()};
    if (words.found_in(texts)) among.add(id);
  });
  page.total = among.count();
  fill(page, order, slice, [&](UserId user) { return among.has(user); });
  return page;
}

}  // namespace pastille
