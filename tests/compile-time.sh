#!/usr/bin/env bash
# What the derives cost at compile time: `cargo check` of a crate of 100 entities with three access
# patterns each, beside the same structs with serde's derives alone.
#
#   tests/compile-time.sh [ENTITIES] [RUNS]
#
# Prints what the compiler needs for both, and their ratio. Dependencies are built beforehand; only
# the generated crate is checked again.
#
# Counts instructions where that can be done, because a count is nearly the same in every run: with
# `perf` if the processor's counters can be read, else with `valgrind` (two minutes for 100 entities).
# Without both it takes the median CPU time of RUNS runs, which depends on what else the machine
# does. What it depends on besides: the toolchain, the features of `monotable`, and that the derives
# are built without optimisation, as in every dev build.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/.."
entities=${1:-100} runs=${2:-5} root=$PWD work=$PWD/target/compile-time
mkdir -p "$work"

crate() { # NAME DEPENDENCIES
  mkdir -p "$work/$1/src"
  cat > "$work/$1/Cargo.toml" <<EOF
[package]
name = "$1"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde = { version = "1", features = ["derive"] }
jiff = { version = "1", default-features = false, features = ["std", "serde"] }
$2
EOF
  cp "$root/Cargo.lock" "$work/$1/"
}

fields='    pub customer_id: String,
    pub order_id: String,
    pub region: Option<String>,
    pub placed_at: jiff::Timestamp,
    pub total: u64,
    pub note: Option<String>,
    pub lines: Vec<String>,
    pub paid: bool,'

crate serde_only ""
{
  echo '#![allow(dead_code)]'
  for i in $(seq "$entities"); do
    printf '#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]\npub struct E%d {\n%s\n}\n' "$i" "$fields"
  done
} > "$work/serde_only/src/lib.rs"

crate typed "monotable = { path = \"$root\", default-features = false, features = [\"derive\"] }"
{
  echo '#![allow(dead_code)]'
  echo 'use monotable::prelude::*;'
  echo '#[derive(Debug, Index)] pub struct Gsi1;'
  echo '#[derive(Debug, Index)] pub struct Gsi2;'
  echo '#[derive(Debug, Table)] #[table(indexes(Gsi1, Gsi2))] pub enum Shop {'
  for i in $(seq "$entities"); do echo "    E$i(E$i),"; done
  echo '}'
  for i in $(seq "$entities"); do
    cat <<EOF
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "E$i#{order_id}")]
#[access(by_customer)]
#[access(by_region, index = Gsi1, pk = "E$i#{region}", sk = "{placed_at:s}#{order_id}")]
#[access(by_total, index = Gsi2, pk = "E$i#{paid}", sk = "{total}#{order_id}")]
pub struct E$i {
$fields
}
EOF
  done
} > "$work/typed/src/lib.rs"

if perf stat -x, -e instructions:u true 2>&1 | grep -q '^[0-9]'; then
  counter='perf stat -x, -e instructions:u -o "$COUNT"'
elif command -v valgrind > /dev/null; then
  counter='valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null --log-file="$COUNT"'
else
  counter=
fi

# Cargo calls it in place of the compiler for the crate at hand, and not for its dependencies.
cat > "$work/counted" <<EOF
#!/bin/sh
case " \$* " in
*" --crate-name \$COUNTED "*) exec $counter "\$@" ;;
*) exec "\$@" ;;
esac
EOF
chmod +x "$work/counted"

instructions() { # CRATE: millions of instructions
  export COUNTED=$1 COUNT=$work/$1.count
  rm -f "$COUNT"
  touch "$work/$1/src/lib.rs"
  (cd "$work/$1" && CARGO_INCREMENTAL=0 RUSTC_WORKSPACE_WRAPPER=$work/counted cargo check --quiet)
  # perf: `1234,,instructions:u,..`; valgrind: `==1== I refs: 1,234`.
  sed -n 's/,,instructions.*//p; s/.*I *refs: *//p' "$COUNT" | tr -d , | sed -E 's/[0-9]{6}$//'
}

# CPU time, not time on the clock: another process on the machine changes it less.
milliseconds() { # CRATE: the median of the runs
  local crate=$1 spent
  local TIMEFORMAT='%U %S'
  for _ in $(seq "$runs"); do
    touch "$work/$crate/src/lib.rs"
    spent=$({ time (cd "$work/$crate" && CARGO_INCREMENTAL=0 cargo check --quiet); } 2>&1)
    awk '{ printf "%d\n", ($1 + $2) * 1000 }' <<< "$spent"
  done | sort -n | sed -n "$((runs / 2 + 1))p"
}

measure() { # CRATE
  export CARGO_TARGET_DIR=$work/target
  (cd "$work/$1" && cargo check --quiet)
  if [ -n "$counter" ]; then instructions "$1"; else milliseconds "$1"; fi
}

if [ -n "$counter" ]; then unit='million instructions'; else unit='ms of CPU time'; fi
plain=$(measure serde_only)
typed=$(measure typed)
echo "check of $entities structs with serde's derives alone: $plain $unit"
echo "check of $entities entities with three patterns each:  $typed $unit"
awk -v t="$typed" -v p="$plain" 'BEGIN { printf "ratio: %.2f\n", t / p }'
