# For scripts to source: the compiler's cache, npm and Chromium keep files in HOME. Where there is none, or
# none that can be written, they get a folder of this tree.
if [ -z "${HOME:-}" ] || ! [ -d "$HOME" ] || ! [ -w "$HOME" ]; then
  HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.cache/home
  mkdir -p "$HOME"
  export HOME
fi
