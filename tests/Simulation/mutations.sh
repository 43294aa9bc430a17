#!/usr/bin/env bash
# mutations.sh [PATTERN]: makes each mistake of mutations.txt (or those whose name matches PATTERN) in a copy of the last commit,
# runs the simulation on it, and puts it back. A mistake that the simulation does not find fails the script.
#   SEEDS=N  how many seeds each mistake gets (2000);  RUN_WITH=COMMAND  a prefix for every build and run
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly seeds=${SEEDS:-2000} pattern=${1:-} run_with=${RUN_WITH:-}
readonly list=$PWD/tests/Simulation/mutations.txt
copy=$(mktemp -d)/copy
git worktree add --quiet --detach "$copy" HEAD || exit 1
trap 'git worktree remove --force "$copy"; rm -rf "$(dirname "$copy")"' EXIT

found=0
missed=()

# try NAME FILE OLD NEW
try() {
  local name=$1 file=$copy/src/$2 old=$3 new=$4 text rest output
  [[ -z $pattern || $name =~ $pattern ]] || return 0
  text=$(<"$file") || exit 1
  rest=${text//"$old"/}
  if (( ${#text} - ${#rest} != ${#old} )); then
    missed+=("$name: its text does not stand exactly once in src/$2")
    return
  fi
  printf '%s\n' "${text/"$old"/"$new"}" > "$file"
  if ! output=$(cd "$copy" && $run_with dotnet build tests/Simulation -c Release --nologo -v quiet 2>&1); then
    missed+=("$name: it does not build: $(grep -m1 'error' <<<"$output")")
  elif output=$(cd "$copy" && $run_with artifacts/bin/Simulation/release/AkkaParty.Simulation --seeds "$seeds" --failures 1 2>&1); then
    missed+=("$name: $seeds seeds did not find it")
  else
    found=$(( found + 1 ))
    echo "found: $name - $(grep -m1 'FAILED' <<<"$output" | cut -c1-160)"
  fi
  git -C "$copy" checkout --quiet -- src
}

name='' file='' old='' new='' part=''
flush() {
  [[ -n $name ]] && try "$name" "$file" "$old" "$new"
  name='' file='' old='' new='' part=''
}
while IFS= read -r line || [[ -n $line ]]; do
  case $line in
    '# '* | '') ;;
    '= '*) flush; name=${line#= }; part=file ;;
    '- '*) old=${line#- }; part=old ;;
    '+ '*) new=${line#+ }; part=new ;;
    *)
      case $part in
        file) file=$line; part=done ;;
        old) old+=$'\n'$line ;;
        new) new+=$'\n'$line ;;
      esac ;;
  esac
done < "$list"
flush

echo "$found mistakes found, ${#missed[@]} not"
printf 'NOT FOUND: %s\n' "${missed[@]+"${missed[@]}"}"
(( ${#missed[@]} == 0 ))
