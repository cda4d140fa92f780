# Sourced by scripts/try-fresh --conditions, after ./run has worked on its machine: the same command under
# what real machines are like. Each time it has to work, or to fail with a sentence that helps.

works() { # works WHAT COMMAND...: it gets ready
  local what=$1
  shift
  start "$logs/works" 'is ready on' "$@"
  "${reach[@]}" curl --silent --fail --max-time 10 "$at/readyz" >/dev/null || fail "$what" "$logs/works"
  stop
  say "$what"
}
refused() { # refused WHAT PATTERN COMMAND...: it fails, and says why
  local what=$1 pattern=$2
  shift 2
  if run_here "$@" >"$logs/refused" 2>&1; then fail "$what: it did not fail" "$logs/refused"; fi
  says "$pattern" "$logs/refused" "$what"
}
says() { grep -qE "$1" "$2" || fail "$3: nothing in what it said is like '$1'" "$2"; say "$3"; }
# So that something is compiled and linked again.
unbuild() { run_here sh -c 'rm -f build/pastille && find build/CMakeFiles/pastille.dir build/CMakeFiles/pastille_cli.dir -name "*.o" -delete'; }
in_folder() { chroot "$root" sh -c 'cd "$1" && shift && exec "$@"' sh "$place" "$@"; }

try_conditions() {
  local memory

  unbuild
  works "without HOME" env -u HOME ./run
  unbuild
  mkdir -p "$root/read-only"
  mount -t tmpfs -o ro none "$root/read-only"
  works "with a HOME that cannot be written" env HOME=/read-only ./run
  unbuild
  works "with umask 077" bash -c 'umask 077; exec ./run'

  start "$logs/first" 'is ready on' ./run
  refused "a second ./run beside the first" 'in use by process [0-9]+' ./run
  refused "another organisation on the same port" 'process [0-9]+ \(pastille\) has this port. Stop it, or' ./run --data other
  stop

  ip netns add "fresh-$$"
  ip netns exec "fresh-$$" sh -c 'ip link set lo up; echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6'
  reach=(ip netns exec "fresh-$$")
  works "without IPv6" ./run
  reach=()
  ip netns delete "fresh-$$"

  # What it says and does goes by /proc/meminfo; that the compiler stays within it, by a real limit.
  unbuild
  sed 's/^MemAvailable:.*/MemAvailable: 1500000 kB/' /proc/meminfo >"$root/meminfo"
  mount --bind "$root/meminfo" "$root/proc/meminfo"
  start "$logs/memory" 'is ready on' env CCACHE_DISABLE=1 prlimit --as=1900000000 ./run
  stop
  umount "$root/proc/meminfo"
  says 'Only 1464 MB of memory are free: building with 1 job' "$logs/memory" "with less than 2 GB of memory"

  unbuild
  in_folder mv build build.whole
  in_folder mkdir build
  mount -t tmpfs -o size=20m none "$root$place/build"
  in_folder chown "$user:" build
  refused "with a full disk" 'The disk is full: .* are free here' ./run
  umount "$root$place/build"
  in_folder rmdir build
  in_folder mv build.whole build

  run_here rm -rf build/web web/node_modules
  start "$logs/registry" 'is ready on' env npm_config_registry=http://127.0.0.1:9 npm_config_fetch_retries=0 npm_config_cache=/tmp/no-cache ./run
  says 'The pages could not be built' "$logs/registry" "with npm's packages out of reach"
  ask "$at/banner" | grep -q 'scripts/build-pages' || fail "a page that is missing says how it is built"
  stop
  works "and back" ./run
}
