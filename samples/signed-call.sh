#!/bin/sh
# Makes one signed call to the webhook, with openssl and curl alone; the token itself does not travel.
#   WEBHOOK=https://lb.example.org:9000 WEBHOOK_TOKEN_ID=cluster-a WEBHOOK_TOKEN=... samples/signed-call.sh BODY [NODE]
# BODY is the JSON of the call, NODE its "node", where it has one. WEBHOOK_TOKEN_FILE may name a file with the token instead.
# WEBHOOK is scheme, host and port by which the webhook knows itself (PhoneHome:Signatures:Origins), WEBHOOK_PATH the path.
# Prints the answer and ends with 0 where HAProxy serves what was asked for, else with 1; 2 where a setting is missing.
set -eu

usage() { sed -n '2,6p' "$0" | sed 's/^# //' >&2; exit 2; }
[ $# -ge 1 ] && [ -n "${WEBHOOK:-}" ] && [ -n "${WEBHOOK_TOKEN_ID:-}" ] || usage
[ -n "${WEBHOOK_TOKEN:-}" ] || [ -n "${WEBHOOK_TOKEN_FILE:-}" ] || usage
token=${WEBHOOK_TOKEN:-$(cat "$WEBHOOK_TOKEN_FILE")}
path=${WEBHOOK_PATH:-/v1/phone-home}
body=$1
node=${2:-}

scheme=${WEBHOOK%%://*}
host=$(printf %s "${WEBHOOK#*://}" | tr 'A-Z' 'a-z')
host=${host%/}
case "$scheme $host" in
  "https "*:443) host=${host%:443} ;;
  "http "*:80) host=${host%:80} ;;
esac

# In milliseconds, where date can say them: two calls for one node need two timestamps.
timestamp=$(date +%s%3N)
case "$timestamp" in *[!0-9]*) timestamp=$(date +%s)000 ;; esac

sha256() { openssl dgst -sha256 -r | cut -d ' ' -f 1; }                # standard input, as hexadecimal digits
bytes() { od -An -v -tx1 | tr -d ' \n'; }                              # standard input, as hexadecimal digits
raw() {                                                                # hexadecimal digits, as bytes; with $2 on each bit
  rest=$1
  while [ -n "$rest" ]; do
    tail=${rest#??}
    # shellcheck disable=SC2059
    printf "\\$(printf %03o $((0x${rest%"$tail"} ^ $2)))"
    rest=$tail
  done
}

# HMAC-SHA256 of standard input with a key in hexadecimal digits (RFC 2104). openssl does it too, with the key among its
# arguments: any process of the machine could read it there.
hmac() {
  key=$1
  [ ${#key} -le 128 ] || key=$(raw "$key" 0 | sha256)
  while [ ${#key} -lt 128 ]; do key=${key}00; done
  inner=$( (raw "$key" 0x36; cat) | sha256)
  (raw "$key" 0x5c; raw "$inner" 0) | sha256
}

key=$(printf %s 'haproxykit signing key v1' | hmac "$(printf %s "$token" | bytes)")
digest=$(printf %s "$body" | sha256)
signature=$(printf 'haproxykit-v1\nPOST\n%s\n%s\n%s\n%s\n%s\n%s' \
  "$scheme" "$host" "$path" "$timestamp" "$node" "$digest" | hmac "$key")

answer=$(printf %s "$body" | curl --silent --show-error --max-time 20 --write-out '\n%{http_code}' --data-binary @- \
  --header 'Content-Type: application/json' \
  --header "HaproxyKit-Token-Id: $WEBHOOK_TOKEN_ID" \
  --header "HaproxyKit-Timestamp: $timestamp" \
  ${node:+--header} ${node:+"HaproxyKit-Node: $node"} \
  --header "HaproxyKit-Signature: $signature" \
  "$scheme://$host$path") || exit 1
printf '%s\n' "$answer"
case "$answer" in *200) exit 0 ;; *) exit 1 ;; esac
