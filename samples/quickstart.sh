#!/usr/bin/env bash
# The whole system on one machine: a real HAProxy, the webhook, the sidecar and two stand-in nodes, all on loopback.
#   samples/quickstart.sh          shows it, then keeps running until Ctrl-C, so that you can try it by hand
#   samples/quickstart.sh --once   shows it and ends: exit 0 when all went as it should, else 1
# It leaves nothing behind but HAProxy itself, where that had to be installed.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
frontend_port=${FRONTEND_PORT:-8443}
node_port=${NODE_PORT:-30443}
webhook_port=${WEBHOOK_PORT:-9000}
once=false
case "${1:-}" in
  --once) once=true ;;
  "") ;;
  *) sed -n '2,5p' "${BASH_SOURCE[0]}" | sed 's/^# //' >&2; exit 2 ;;
esac

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
fail() { printf '\nquickstart: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    fail "HAProxy is missing, and neither root nor sudo is here to install it: apt-get install haproxy"
  fi
}

# Sends one request on a connection of its own and prints the body. bash alone can do it: no curl is needed.
ask() {
  local line='' body=false
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET / HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  while IFS= read -r -t 5 line <&3 || [ -n "$line" ]; do
    line=${line%$'\r'}
    if $body; then printf '%s' "$line"; elif [ -z "$line" ]; then body=true; fi
  done
  exec 3>&- 3<&-
}

is_open() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

await() { # await WHAT COMMAND...
  local what=$1 i; shift
  for i in $(seq 1 150); do "$@" && return 0; sleep 0.2; done
  fail "$what did not happen in 30 seconds; see $folder/*.log"
}

worker() { # the newest child of the HAProxy master
  local children; children=$(cat "/proc/$1/task/$1/children"); set -- $children
  printf '%s' "${!#}"
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/haproxykit.XXXXXX")
processes=()
clean_up() {
  local status=$? pid
  trap - EXIT
  for pid in "${processes[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${processes[@]}"; do wait "$pid" 2>/dev/null || true; done
  [ "$status" = 0 ] || [ "$status" = 130 ] || tail -n 20 "$folder"/*.log >&2 2>/dev/null || true
  rm -rf "$folder"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

command -v dotnet >/dev/null || fail "the .NET SDK is missing: https://dot.net"
if ! PATH=$PATH:/usr/sbin command -v haproxy >/dev/null; then
  say "Installing HAProxy"
  as_root apt-get update -qq && as_root apt-get install -y -qq haproxy >/dev/null
fi
haproxy=$(PATH=$PATH:/usr/sbin command -v haproxy)
for busy in "127.0.0.1 $frontend_port" "127.0.0.1 $webhook_port" "127.0.0.2 $node_port" "127.0.0.3 $node_port"; do
  # shellcheck disable=SC2086
  is_open $busy && fail "something listens on ${busy/ /:} already; FRONTEND_PORT, NODE_PORT and WEBHOOK_PORT choose other ports"
done

say "Building the webhook and the sidecar"
for host in Webhook Sidecar; do
  dotnet publish "$repository/samples/$host" -c Release --artifacts-path "$folder/build" -o "$folder/$host" \
    --disable-build-servers -v quiet --nologo >"$folder/build.log" 2>&1 || fail "the build failed"
done

cat >"$folder/haproxy.cfg" <<CONFIG
# The operator's own file, written by hand. HaproxyKit keeps every byte of it.
global
    stats socket $folder/stats.sock mode 600 level admin   # the webhook talks to it
    maxconn 1000

defaults
	mode    http            # tabs, blanks and comments stay as they are
	timeout connect 5s
	timeout client  30s
	timeout server  30s

# a page of the operator's own
frontend status
    bind 127.0.0.1:$((frontend_port + 1))
    http-request return status 200 content-type text/plain string "the operator's own page"
CONFIG
cp "$folder/haproxy.cfg" "$folder/haproxy.cfg.before"

# Two stand-ins for Kubernetes nodes: any server on the NodePort will do, and HAProxy is at hand.
{
  printf 'defaults\n    mode http\n    timeout connect 5s\n    timeout client 5s\n    timeout server 5s\n'
  for node in "A 127.0.0.2" "B 127.0.0.3"; do
    set -- $node
    printf 'frontend node_%s\n    bind %s:%s\n    http-request return status 200 content-type text/plain string "node %s"\n' "$1" "$2" "$node_port" "$1"
  done
} >"$folder/nodes.cfg"

say "Starting HAProxy (master-worker), two nodes and the webhook"
"$haproxy" -db -f "$folder/nodes.cfg" >"$folder/nodes.log" 2>&1 & processes+=($!)
"$haproxy" -W -S "$folder/master.sock,mode,600,level,admin" -p "$folder/haproxy.pid" -f "$folder/haproxy.cfg" >"$folder/haproxy.log" 2>&1 &
master=$!; processes+=("$master")
await "HAProxy's start" is_open 127.0.0.1 $((frontend_port + 1))

token=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
export PhoneHome__Server__Listen="127.0.0.1:$webhook_port"
export PhoneHome__Tokens__0__Id=quickstart PhoneHome__Tokens__0__Secret="$token"
export PhoneHome__Policy__NodeNetworks__0=127.0.0.0/8 PhoneHome__Policy__AddressRule=AnyInNetwork
export PhoneHome__Mappings__StateFolder="$folder/state"
export Haproxy__ConfigFile="$folder/haproxy.cfg"
export Haproxy__StatsSocket="$folder/stats.sock" Haproxy__MasterSocket="$folder/master.sock"
(cd "$folder/Webhook" && exec dotnet haproxykit-webhook.dll) >"$folder/webhook.log" 2>&1 & processes+=($!)
await "the webhook's start" is_open 127.0.0.1 "$webhook_port"

phone_home() { # phone_home NODE-ADDRESS
  WEBHOOK="http://127.0.0.1:$webhook_port/" WEBHOOK_TOKEN=$token NAME=demo REPEAT_INTERVAL=once \
    FRONTEND_PORT=$frontend_port BACKEND_PORT=$node_port NODE_ADDRESS=$1 \
    dotnet "$folder/Sidecar/haproxykit-sidecar.dll" >>"$folder/sidecar.log" 2>&1 || fail "the sidecar's call was refused"
}

expect() { # expect PORT ANSWER
  local answer; answer=$(ask "$1") || answer="no answer"
  printf '  a client on port %s reaches: %s\n' "$1" "$answer"
  [ "$answer" = "$2" ] || fail "expected '$2'"
}

say "A pod on node A (127.0.0.2) phones home"
phone_home 127.0.0.2
expect "$frontend_port" "node A"
before=$(worker "$master")

say "The provider moves the node to 127.0.0.3; the sidecar calls again"
phone_home 127.0.0.3
expect "$frontend_port" "node B"
expect $((frontend_port + 1)) "the operator's own page"
after=$(worker "$master")
printf '  HAProxy'"'"'s worker: %s before, %s after\n' "$before" "$after"
[ "$before" = "$after" ] || fail "HAProxy was reloaded for a move"

say "What became of haproxy.cfg (nothing of the operator's own changed)"
diff -u --label haproxy.cfg.before --label haproxy.cfg "$folder/haproxy.cfg.before" "$folder/haproxy.cfg" | sed 's/^/  /' || true
removed=$(diff "$folder/haproxy.cfg.before" "$folder/haproxy.cfg" | grep -c '^<' || true)
[ "$removed" = 0 ] || fail "lines of the operator were changed"

$once && { say "All as it should be."; exit 0; }

say "It keeps running. Try it by hand in another terminal, and end it with Ctrl-C:"
cat <<HINTS
  curl http://127.0.0.1:$frontend_port/
  curl -H 'Authorization: Bearer $token' -H 'Content-Type: application/json' http://127.0.0.1:$webhook_port/v1/phone-home \\
    -d '{"name":"demo","frontendPort":$frontend_port,"nodePort":$node_port,"address":"127.0.0.2"}'
  curl -H 'Authorization: Bearer $token' -H 'Content-Type: application/json' http://127.0.0.1:$webhook_port/v1/phone-home \\
    -d '{"action":"delete","name":"demo","frontendPort":$frontend_port}'
  cat $folder/haproxy.cfg
HINTS
wait "$master"
