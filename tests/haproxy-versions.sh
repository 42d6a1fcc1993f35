#!/usr/bin/env bash
# Puts HAProxy 3.0 and 3.2 beside the installed one, for the tests that compare branches.
#
# Debian carries them in the suites trixie and sid. They are fetched from the mirror that this machine's own apt sources
# name, and judged by the keys of its debian-archive-keyring, with an apt state that is thrown away afterwards: nothing
# is installed, and the system's apt state stays as it is. Each comes with its own libraries into
#   ${XDG_CACHE_HOME:-$HOME/.cache}/haproxykit/haproxy-<branch>/haproxy
# Where that cannot be done, this says why and ends with 0: those tests are then skipped, and counted as skipped.
set -euo pipefail

readonly cache="${XDG_CACHE_HOME:-$HOME/.cache}/haproxykit"
readonly -A suites=([3.0]=trixie [3.2]=sid)

say() { echo "haproxy-versions: $*" >&2; }

give_up() {
  say "$*; tests on the HAProxy branches that are missing will be skipped"
  exit 0
}

# The branch, major.minor, that a program says it is; nothing where it does not run.
branch_of() {
  { "$@" -v 2>/dev/null || true; } | sed -nE '1s/^HA-?Proxy version ([0-9]+\.[0-9]+).*/\1/p'
}

wanted=()
installed="$(branch_of "${HAPROXYKIT_HAPROXY:-$(PATH="$PATH:/usr/sbin" command -v haproxy || echo false)}")"
for branch in "${!suites[@]}"; do
  named="HAPROXYKIT_HAPROXY_${branch/./_}"
  if [ -z "${!named:-}" ] && [ "$installed" != "$branch" ] &&
    [ "$(branch_of "$cache/haproxy-$branch/haproxy")" != "$branch" ]; then
    wanted+=("$branch")
  fi
done
[ ${#wanted[@]} -gt 0 ] || exit 0

for tool in apt-get apt-cache dpkg-deb patchelf flock; do
  command -v "$tool" >/dev/null || give_up "this machine has no $tool"
done
codename="$(. /etc/os-release && echo "${ID:-}/${VERSION_CODENAME:-}")"
[[ "$codename" == debian/?* ]] || give_up "this machine is not a Debian release"
codename="${codename#debian/}"

# One at a time: two test runs side by side would lay out the same folders.
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/packages"
: >"$work/status"
# Sources in either format come out alike here, also before any update; what other settings the machine has for apt
# (a proxy, say) stay in force.
mirror="$(apt-get update --print-uris -o "Dir::State::lists=$work/lists" 2>"$work/log" |
  sed -nE "s#^'(.*)/dists/($codename|(old){0,2}stable|testing|unstable)/InRelease'.*#\1#p" | head -n 1 || true)"
[ -n "$mirror" ] || give_up "no apt source of this machine names the suite $codename"
readonly key=/usr/share/keyrings/debian-archive-keyring.gpg

# A machine's hooks clean the system's own caches after an update: they have no business with this one.
cat >"$work/apt.conf" <<CONF
#clear APT::Update;
#clear DPkg::Post-Invoke;
Dir::Etc::sourcelist "$work/suite.sources";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "$work";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work";
Dir::Cache::archives "$work/archives";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
APT::Sandbox::User "$(id -un)";
CONF

# haproxy and the libraries below it, found level by level; other packages do not matter to a program that only runs.
packages_of_haproxy() {
  local all=" haproxy " level="haproxy" name next
  while [ -n "$level" ]; do
    next=""
    for name in $(apt-cache -c "$work/apt.conf" depends --important $level |
      sed -nE 's/^ *\|?(Pre)?Depends: (lib[^ <>]*|zlib[^ <>]*)$/\2/p' | sort -u); do
      [[ "$all" == *" $name "* ]] && continue
      all+="$name "
      next+="$name "
    done
    level="$next"
  done
  echo "$all"
}

# Lays out an unpacked program with its libraries, and moves it to the path that its interpreter and its library path
# then name. Fails, telling what it found, where that is not the wanted branch.
lay_out() {
  local from="$1" to="$2" branch="$3" loader found
  rm -rf "$to" "$to.new"
  mkdir -p "$to.new/lib"
  cp "$from/usr/sbin/haproxy" "$to.new/haproxy"
  find "$from" -path '*/lib/*' -name '*.so*' -not -path '*/gconv/*' \( -type f -o -type l \) \
    -exec cp -a {} "$to.new/lib/" \;
  loader="$(basename "$(patchelf --print-interpreter "$to.new/haproxy")")"
  found="$(branch_of "$to.new/lib/$loader" --library-path "$to.new/lib" "$to.new/haproxy")"
  if [ "$found" = "$branch" ]; then
    patchelf --set-interpreter "$to/lib/$loader" --force-rpath --set-rpath "$to/lib" "$to.new/haproxy"
    mv "$to.new" "$to"
    [ "$(branch_of "$to/haproxy")" != "$branch" ] || return 0
  fi
  rm -rf "$to" "$to.new"
  echo "HAProxy ${found:-that does not run here}"
  return 1
}

fetch() {
  local branch="$1" suite="${suites[$1]}" deb found
  {
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nTargets: Packages\n' "$mirror" "$suite"
    [ ! -f "$key" ] || printf 'Signed-By: %s\n' "$key"
  } >"$work/suite.sources"
  if ! apt-get -c "$work/apt.conf" -qq --error-on=any update >"$work/log" 2>&1; then
    say "the suite $suite cannot be had: $(grep -m1 -E '^(E|W|Err)' "$work/log" || tail -n 1 "$work/log")"
    return
  fi

  rm -rf "$work/packages" && mkdir "$work/packages"
  # shellcheck disable=SC2046
  if ! (cd "$work/packages" && apt-get -c "$work/apt.conf" -qq download $(packages_of_haproxy)) >"$work/log" 2>&1; then
    say "HAProxy of $suite cannot be had: $(tail -n 1 "$work/log")"
    return
  fi
  for deb in "$work/packages"/*.deb; do
    dpkg-deb -x "$deb" "$work/packages/root"
  done

  if found="$(lay_out "$work/packages/root" "$cache/haproxy-$branch" "$branch")"; then
    say "HAProxy $branch of $suite is in $cache/haproxy-$branch"
  else
    say "the suite $suite has $found now, not HAProxy $branch: tests on it will be skipped"
  fi
}

for branch in "${wanted[@]}"; do
  [ "$(branch_of "$cache/haproxy-$branch/haproxy")" = "$branch" ] || fetch "$branch"
done
