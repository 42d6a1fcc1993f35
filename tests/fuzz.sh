#!/usr/bin/env bash
# Gives every reader of text random and broken inputs, and fails with the smallest one that makes it throw or take long.
#
#   tests/fuzz.sh [INPUTS] [SEED]
#
# INPUTS  how many inputs in all, shared by the targets; ten million where nothing is said.
# SEED    where the row of inputs begins; the time where nothing is said, and printed, so that a run can be repeated.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

targets="$(grep -cE '^ +\["[a-z-]+"\] = ' tests/HaproxyKit.Tests/Fuzzing/FuzzTargets.cs)"
inputs="${1:-10000000}"
export HAPROXYKIT_FUZZ_INPUTS="$(((inputs + targets - 1) / targets))" HAPROXYKIT_FUZZ_SEED="${2:-$(date +%s)}"
echo "$inputs inputs for $targets targets, seed $HAPROXYKIT_FUZZ_SEED"
dotnet build -c Release tests/HaproxyKit.Tests --disable-build-servers --verbosity quiet
exec tests/HaproxyKit.Tests/bin/Release/net10.0/HaproxyKit.Tests -noColor -noLogo -class '*FuzzTests' -diagnostics
