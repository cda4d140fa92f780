// An ordered map whose copies share structure: copying is O(1), changing a copy copies the path to
// the change and nothing else. That makes a draft, a published snapshot and the way back after a
// failed commit the same thing: a copy.
//
// Weight-balanced tree (Adams, "Efficient sets: a balancing act", 1993; parameters <3, 2> proved by
// Hirai and Yamamoto, 2011). find, set and erase are O(log n). Values should be cheap to copy: keep
// large ones in a Box. One map may be changed by one thread at a time; copies may be read by any.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

namespace pastille {

template <class T>
using Box = std::shared_ptr<const T>;

template <class T>
Box<T> boxed(T value) {
  return std::make_shared<const T>(std::move(value));
}

template <class Key, class Value, class Less = std::less<>>
class PersistentMap {
 public:
  // nullptr: not there. The pointer lives as long as any map that shares the node.
  template <class AnyKey>
  const Value* find(const AnyKey& key) const {
    const Node* node = root_.get();
    while (node != nullptr) {
      if (Less{}(key, node->key)) {
        node = node->left.get();
      } else if (Less{}(node->key, key)) {
        node = node->right.get();
      } else {
        return &node->value;
      }
    }
    return nullptr;
  }

  template <class AnyKey>
  bool contains(const AnyKey& key) const {
    return find(key) != nullptr;
  }

  void set(Key key, Value value) { root_ = put(root_, std::move(key), std::move(value)); }

  // False: it was not there.
  template <class AnyKey>
  bool erase(const AnyKey& key) {
    if (!contains(key)) return false;
    root_ = without(root_, key);
    return true;
  }

  std::size_t size() const { return count(root_); }
  bool empty() const { return root_ == nullptr; }

  // Calls visit(key, value) in ascending order of keys; visit returns void, or false to stop.
  template <class Visit>
  void for_each(Visit&& visit) const {
    walk(root_.get(), visit);
  }

  // The same, from the first key that is not less than `from`.
  template <class AnyKey, class Visit>
  void for_each_from(const AnyKey& from, Visit&& visit) const {
    walk_from(root_.get(), from, visit);
  }

 private:
  struct Node;
  using Link = std::shared_ptr<const Node>;
  struct Node {
    Key key;
    Value value;
    Link left;
    Link right;
    std::size_t size;
  };

  static std::size_t count(const Link& link) { return link ? link->size : 0; }
  static std::size_t weight(const Link& link) { return count(link) + 1; }

  static Link join(Key key, Value value, Link left, Link right) {
    const std::size_t size = count(left) + count(right) + 1;
    return std::make_shared<const Node>(
        Node{std::move(key), std::move(value), std::move(left), std::move(right), size});
  }

  // Joins two halves of which one insertion or removal may have unbalanced one.
  static Link balance(Key key, Value value, Link left, Link right) {
    constexpr std::size_t kDelta = 3;
    constexpr std::size_t kGamma = 2;
    if (weight(right) > kDelta * weight(left)) {
      const Node& pivot = *right;
      if (weight(pivot.left) < kGamma * weight(pivot.right)) {
        return join(pivot.key, pivot.value,
                    join(std::move(key), std::move(value), std::move(left), pivot.left),
                    pivot.right);
      }
      const Node& inner = *pivot.left;
      return join(inner.key, inner.value,
                  join(std::move(key), std::move(value), std::move(left), inner.left),
                  join(pivot.key, pivot.value, inner.right, pivot.right));
    }
    if (weight(left) > kDelta * weight(right)) {
      const Node& pivot = *left;
      if (weight(pivot.right) < kGamma * weight(pivot.left)) {
        return join(pivot.key, pivot.value, pivot.left,
                    join(std::move(key), std::move(value), pivot.right, std::move(right)));
      }
      const Node& inner = *pivot.right;
      return join(inner.key, inner.value, join(pivot.key, pivot.value, pivot.left, inner.left),
                  join(std::move(key), std::move(value), inner.right, std::move(right)));
    }
    return join(std::move(key), std::move(value), std::move(left), std::move(right));
  }

  static Link put(const Link& link, Key key, Value value) {
    if (!link) return join(std::move(key), std::move(value), nullptr, nullptr);
    if (Less{}(key, link->key)) {
      return balance(link->key, link->value, put(link->left, std::move(key), std::move(value)),
                     link->right);
    }
    if (Less{}(link->key, key)) {
      return balance(link->key, link->value, link->left,
                     put(link->right, std::move(key), std::move(value)));
    }
    return join(std::move(key), std::move(value), link->left, link->right);
  }

  template <class AnyKey>
  static Link without(const Link& link, const AnyKey& key) {
    if (Less{}(key, link->key)) {
      return balance(link->key, link->value, without(link->left, key), link->right);
    }
    if (Less{}(link->key, key)) {
      return balance(link->key, link->value, link->left, without(link->right, key));
    }
    if (!link->left) return link->right;
    if (!link->right) return link->left;
    const Node* next = link->right.get();
    while (next->left) next = next->left.get();
    return balance(next->key, next->value, link->left, without(link->right, next->key));
  }

  template <class Visit>
  static bool visited(const Node& node, Visit& visit) {
    if constexpr (std::is_void_v<decltype(visit(node.key, node.value))>) {
      visit(node.key, node.value);
      return true;
    } else {
      return visit(node.key, node.value);
    }
  }

  template <class Visit>
  static bool walk(const Node* node, Visit& visit) {
    if (node == nullptr) return true;
    return walk(node->left.get(), visit) && visited(*node, visit) && walk(node->right.get(), visit);
  }

  template <class AnyKey, class Visit>
  static bool walk_from(const Node* node, const AnyKey& from, Visit& visit) {
    if (node == nullptr) return true;
    if (Less{}(node->key, from)) return walk_from(node->right.get(), from, visit);
    return walk_from(node->left.get(), from, visit) && visited(*node, visit) &&
           walk(node->right.get(), visit);
  }

  Link root_;
};

}  // namespace pastille
