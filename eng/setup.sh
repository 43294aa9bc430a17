#!/usr/bin/env bash
# Installs what the tests need and this machine lacks: Debian's packages, and the npm packages of web/. Does nothing, quickly, when all
# is there.
# Nothing installed here is started: the tests start their own servers, on their own ports, in their own folders.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

missing=()
need() { # need PACKAGE PATTERN: the package is missing when no executable file matches the pattern
  local path
  for path in $2; do
    [[ -x $path ]] && return
  done
  missing+=("$1")
}
need postgresql '/usr/lib/postgresql/*/bin/initdb'
need redis-server '/usr/bin/redis-server'
need ffmpeg '/usr/bin/ffmpeg'
need chromium '/usr/bin/chromium'
need strace '/usr/bin/strace'
need haproxy '/usr/sbin/haproxy'
need iproute2 '/usr/sbin/ip /sbin/ip /bin/ip'
need nftables '/usr/sbin/nft'
need faketime '/usr/bin/faketime'
# Only to check docker-compose.yml; no container is ever started.
need docker-compose '/usr/bin/docker-compose /usr/libexec/docker/cli-plugins/docker-compose'

# --- The web client's packages ------------------------------------------------------------------------------------------------

# Node.js is asked for, not installed: Debian's is too old for the tools that web/ is checked with.
set_up_web() {
  local stamp=web/node_modules/.akkaparty-lock
  local is_new='const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
  cmp --quiet web/package-lock.json "$stamp" && return
  if ! command -v npm >/dev/null || ! node -e "$is_new"; then
    echo "setup: web/ needs Node.js 20.19 or later with npm, and this machine has none: install it by hand" >&2
    exit 1
  fi
  echo "setup: fetching the packages of web/"
  if ! (cd web && npm ci --no-audit --no-fund --loglevel=error); then
    echo "setup: 'npm ci' in web/ failed; does the machine reach its package registry?" >&2
    exit 1
  fi
  cp web/package-lock.json "$stamp"
}
set_up_web

# --- Debian's packages --------------------------------------------------------------------------------------------------------

if (( ${#missing[@]} == 0 )); then
  exit 0
fi

fail() {
  echo "setup: $1" >&2
  echo "setup: the tests need these packages, install them by hand: ${missing[*]}" >&2
  exit 1
}

command -v apt-get >/dev/null || fail "there is no apt-get here to install packages with"
root=()
if (( EUID != 0 )); then
  command -v sudo >/dev/null || fail "installing packages takes root, and there is no sudo"
  root=(sudo)
fi

scratch=$(mktemp -d)
policy=/usr/sbin/policy-rc.d
policy_kept=
restore() {
  if [[ -n $policy_kept ]]; then
    "${root[@]}" mv -f "$policy_kept" "$policy"
  else
    "${root[@]}" rm -f "$policy"
  fi
  rm -rf "$scratch"
}

# Packages that bring a server start it after unpacking unless this policy says no; whatever policy was there comes back afterwards.
trap restore EXIT
if [[ -e $policy || -e $policy.before-akkaparty ]]; then
  # A run that was killed may have left its own policy in place; the one it kept aside is the machine's.
  [[ -e $policy.before-akkaparty ]] || "${root[@]}" mv "$policy" "$policy.before-akkaparty"
  policy_kept=$policy.before-akkaparty
fi
printf '#!/bin/sh\nexit 101\n' >"$scratch/policy"
"${root[@]}" install -m 755 "$scratch/policy" "$policy"

# Debian's PostgreSQL makes a cluster of its own on the default port; nobody here asked for one.
cluster_conf=/etc/postgresql-common/createcluster.conf
if [[ " ${missing[*]} " == *" postgresql "* && ! -e $cluster_conf ]]; then
  printf 'create_main_cluster = false\n' >"$scratch/createcluster.conf"
  "${root[@]}" install -D -m 644 "$scratch/createcluster.conf" "$cluster_conf"
fi

apt() { # apt WHAT ARGUMENT...: runs apt-get, and shows what it said only when it failed
  local what=$1
  shift
  if ! "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@" >"$scratch/log" 2>&1; then
    tail -n 20 "$scratch/log" >&2
    fail "$what failed: apt-get $*"
  fi
}

echo "setup: installing ${missing[*]}"
apt "refreshing the package lists" update -q
apt "installing packages" install -y -q --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}"

for unit in redis-server haproxy; do
  if [[ -d /run/systemd/system && " ${missing[*]} " == *" $unit "* ]]; then
    "${root[@]}" systemctl disable --quiet "$unit"
  fi
done
echo "setup: done"
