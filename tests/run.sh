#!/usr/bin/env bash
# Builds everything and runs every test, from a machine that has only the .NET SDK.
#
#   tests/run.sh [--long] [WORD]
#
# --long  checks laws on twenty times as many cases, and lets each project take two hours.
# WORD    runs only the tests whose full name contains it.
#
# HAProxy, and what tests/haproxy-versions.sh needs, are installed where they are missing. The last line is
# `N passed, N failed, N skipped`, counted in the result files; a project that broke off before it had reported makes it
# `incomplete: N passed, ...`. The exit code is 0 only if every project reported, nothing failed, and a test ran.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
limit=20m
filter=()
for argument in "$@"; do
  case "$argument" in
    --long) export HAPROXYKIT_LAW_FACTOR="${HAPROXYKIT_LAW_FACTOR:-20}" && limit=2h ;;
    -*) echo "usage: tests/run.sh [--long] [WORD]" >&2 && exit 2 ;;
    *) filter=(-method "*$argument*") ;;
  esac
done

die() {
  echo "tests/run.sh: $*" >&2
  exit 1
}

is_here() { PATH="$PATH:/usr/sbin" command -v "$1" >/dev/null; }

install_what_is_missing() {
  local tool log missing=() as_root=()
  for tool in haproxy patchelf curl; do
    { [ "$tool" = haproxy ] && [ -n "${HAPROXYKIT_HAPROXY:-}" ]; } || is_here "$tool" || missing+=("$tool")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  if ! is_here apt-get; then
    echo "tests/run.sh: not here, and no apt-get to install them with: ${missing[*]}" >&2
  elif [ "$(id -u)" != 0 ] && ! is_here sudo; then
    echo "tests/run.sh: not here, and neither root nor sudo to install them with: ${missing[*]}" >&2
  else
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    log="$(mktemp)"
    {
      "${as_root[@]}" apt-get -qq -o DPkg::Lock::Timeout=300 update </dev/null || true
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
        install --yes --no-install-recommends "${missing[@]}" </dev/null
    } >"$log" 2>&1 || cat "$log" >&2
    rm -f "$log"
  fi
  is_here haproxy || [ -n "${HAPROXYKIT_HAPROXY:-}" ] ||
    die "the tests need a real HAProxy: \`apt-get install haproxy\`, or set HAPROXYKIT_HAPROXY to one"
}

# Whatever a test left in the temporary folder of this run goes with it: processes first, by their command lines.
clean_up() {
  local file
  for file in /proc/[0-9]*/cmdline; do
    if tr '\0' '\n' 2>/dev/null <"$file" | grep -qF "$work/"; then
      file="${file#/proc/}"
      [ "${file%/cmdline}" = "$$" ] || kill -KILL "${file%/cmdline}" 2>/dev/null || true
    fi
  done
  rm -rf "$work"
}

outcomes() { grep -ohE '<UnitTestResult [^>]*outcome="[A-Za-z]+"' "$@" || true; }

# The name of each test that failed, and the first lines of why.
failures() {
  awk '
    /<UnitTestResult / {
      failed = !/outcome="(Passed|NotExecuted|NotRunnable)"/
      if (failed) { sub(/.*testName="/, "FAILED: "); sub(/" outcome=.*/, ""); print }
    }
    failed && sub(/.*<Message>/, "") { left = 8 }
    left > 0 { left = /<\/Message>/ ? 0 : left - 1; sub(/<\/Message>.*/, ""); print "  " substr($0, 1, 300) }
  ' "$@" | sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&#xD;//g; s/&#xA;/ /g; s/&amp;/\&/g'
}

count() { outcomes "$work"/*.trx | grep -cE "outcome=\"($1)\"" || true; }

is_here dotnet || die "the tests need the .NET SDK that global.json names"
install_what_is_missing
tests/haproxy-versions.sh

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build HaproxyKit.sln --disable-build-servers --verbosity quiet ||
  die "the build failed; no test was run"

work="$(mktemp -d /tmp/hkt-XXXXXX)"
chmod 711 "$work" # tests that act as another user pass through it
trap clean_up EXIT
mkdir "$work/tmp"
ulimit -c 0
problems=()
for project in tests/*.Tests; do
  name="$(basename "$project")"
  echo "== $name"
  status=0
  # The program itself, as `dotnet test` takes seconds to find it. It reports tests that take long while they still run.
  TMPDIR="$work/tmp" timeout --foreground --kill-after=10s "$limit" "$project/bin/Debug/net10.0/$name" \
    -noColor -noLogo -longRunning 120 "${filter[@]}" -trx "$work/$name.trx" </dev/null || status=$?
  if [ ! -s "$work/$name.trx" ]; then
    case "$status" in
      124 | 137) problems+=("$name was stopped after $limit, before it had reported") ;;
      *) problems+=("$name ended with exit code $status before it had reported") ;;
    esac
  elif [ "$status" != 0 ] && ! outcomes "$work/$name.trx" | grep -q 'outcome="Failed"'; then
    problems+=("$name ended with exit code $status although no test failed: see its output above")
  fi
done

: >"$work/none.trx"
passed="$(count Passed)"
skipped="$(count 'NotExecuted|NotRunnable')"
failed=$(($(count '[A-Za-z]+') - passed - skipped))
echo
failures "$work"/*.trx || true
[ ${#problems[@]} -eq 0 ] || printf 'PROBLEM: %s\n' "${problems[@]}"
[ $((passed + failed)) -gt 0 ] || echo "PROBLEM: no test ran"

echo "${problems:+incomplete: }$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ ${#problems[@]} -eq 0 ] && [ "$passed" -gt 0 ]
