#!/usr/bin/env bash
# ./test [NAME...]: sets up, checks the format, builds, and runs every suite (or those whose name contains one of the NAMEs).
# In the end it names the tests that failed; the last line is "N passed, N failed". Whatever gives no result - a failed build, a crash,
# a time-out, a skipped test - has failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/require-dotnet.sh
source eng/reports.sh

readonly suite_minutes=${AKKAPARTY_SUITE_MINUTES:-10}
readonly results=artifacts/test-results
passed=0
failed=0
failures=()
running=

finish() {
  local failure
  for failure in "${failures[@]}"; do
    echo "FAILED: $failure"
  done
  echo "$passed passed, $failed failed"
  (( failed == 0 && passed > 0 ))
  exit
}

fail() { # fail COUNT WHAT
  failed=$(( failed + $1 ))
  failures+=("$2")
}

fail_tests() { # fail_tests SUITE COUNT, with the names of the failed tests as input
  failed=$(( failed + $2 ))
  local lines
  mapfile -t lines < <(list_failures "$1" "$2")
  failures+=("${lines[@]}")
}

interrupted() {
  if [[ -n $running ]]; then
    kill -TERM "$running"
    wait "$running"
  fi
  fail 1 "interrupted"
  finish
}
trap interrupted INT TERM

# --- Suites -----------------------------------------------------------------------------------------------------------------
# A suite is "kind:name"; suite_KIND NAME runs it and adds to the totals. A new kind is one function and one line in list_suites.

list_suites() {
  local project name
  for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    # As in eng/Test.props: these are executables, the rest of tests/ are libraries they share.
    if [[ $name == *.Tests || $name == EndToEnd ]]; then
      echo "dotnet:$name"
    fi
  done
  echo "npm:web"
}

suite_dotnet() {
  local name=$1
  local program=artifacts/bin/$name/release/AkkaParty.$name report=$results/$name.xml status totals
  if [[ ! -x $program ]]; then
    fail 1 "$name: $program was not built"
    return
  fi
  timeout --kill-after=20 "${suite_minutes}m" "$program" --no-progress --no-ansi \
    --results-directory "$PWD/$results" --report-xunit --report-xunit-filename "$name.xml" &
  running=$!
  wait "$running"
  status=$?
  running=
  if (( status == 124 || status == 137 )); then
    fail 1 "$name: stopped after $suite_minutes minutes"
    return
  fi
  if [[ ! -s $report ]] || ! totals=$(read_totals "$report"); then
    fail 1 "$name: ended with code $status and without a report"
    return
  fi
  local good bad
  read -r good bad <<<"$totals"
  passed=$(( passed + good ))
  if (( bad > 0 )); then
    fail_tests "$name" "$bad" < <(read_failures "$report")
  elif (( status != 0 || good == 0 )); then
    fail 1 "$name: ended with code $status after $good passed tests"
  fi
}

# The folder's types are checked, then vitest runs its tests; a folder whose types are wrong counts as one failure and is still tested.
suite_npm() {
  local name=$1
  local report=$PWD/$results/$name.xml status totals good bad
  (cd "$name" && npm run --silent check) || fail 1 "$name: its types are wrong"
  # Not through npm: what is started here is what a time-out ends.
  (cd "$name" && exec timeout --kill-after=20 "${suite_minutes}m" \
    node node_modules/vitest/vitest.mjs run --reporter=default --reporter=junit --outputFile.junit="$report") &
  running=$!
  wait "$running"
  status=$?
  running=
  if (( status == 124 || status == 137 )); then
    fail 1 "$name: stopped after $suite_minutes minutes"
    return
  fi
  if [[ ! -s $report ]] || ! totals=$(read_junit_totals "$report"); then
    fail 1 "$name: ended with code $status and without a report"
    return
  fi
  read -r good bad <<<"$totals"
  passed=$(( passed + good ))
  if (( bad > 0 )); then
    fail_tests "$name" "$bad" < <(read_junit_failures "$report")
  elif (( status != 0 || good == 0 )); then
    fail 1 "$name: ended with code $status after $good passed tests"
  fi
}

# --- The run ----------------------------------------------------------------------------------------------------------------

mapfile -t suites < <(list_suites)
if (( $# > 0 )); then
  chosen=()
  for suite in "${suites[@]}"; do
    for filter in "$@"; do
      if [[ ${suite#*:} == *"$filter"* ]]; then
        chosen+=("$suite")
        break
      fi
    done
  done
  if (( ${#chosen[@]} == 0 )); then
    echo "No suite has a name with: $*. There are: ${suites[*]#*:}" >&2
    fail 1 "nothing to run"
    finish
  fi
  suites=("${chosen[@]}")
fi

eng/setup.sh || { fail 1 "setup"; finish; }

rm -rf "$results"
mkdir -p "$results"
# No compiler or build server outlives this run.
build=(dotnet build AkkaParty.sln -c Release --nologo -v quiet -nodeReuse:false -p:UseSharedCompilation=false)

echo "== build"
"${build[@]}" || { fail 1 "build"; finish; }

if (( $# == 0 )); then
  echo "== format"
  dotnet format AkkaParty.sln --verify-no-changes --severity warn --no-restore \
    || fail 1 "format: 'dotnet format AkkaParty.sln' repairs what is listed above"
fi

for suite in "${suites[@]}"; do
  echo "== ${suite#*:}"
  "suite_${suite%%:*}" "${suite#*:}"
done
finish
