#!/usr/bin/env bash
# What the derives cost at compile time: `cargo check` of a crate of 100 entities with three access
# patterns each, beside the same structs with serde's derives alone.
#
#   tests/compile-time.sh [ENTITIES] [RUNS]
#
# Prints the median CPU time of the runs for both, and their ratio. Dependencies are built beforehand; only
# the generated crate is checked again in each run.
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

# CPU time, not time on the clock: another process on the machine does not change it much.
median() { # CRATE: milliseconds
  local crate=$1 spent
  export CARGO_TARGET_DIR=$work/target TIMEFORMAT='%U %S'
  (cd "$work/$crate" && cargo check --quiet)
  for _ in $(seq "$runs"); do
    touch "$work/$crate/src/lib.rs"
    spent=$({ time (cd "$work/$crate" && CARGO_INCREMENTAL=0 cargo check --quiet); } 2>&1)
    awk '{ printf "%d\n", ($1 + $2) * 1000 }' <<< "$spent"
  done | sort -n | sed -n "$((runs / 2 + 1))p"
}

plain=$(median serde_only)
typed=$(median typed)
echo "check of $entities structs with serde's derives alone: $plain ms"
echo "check of $entities entities with three patterns each:  $typed ms"
awk -v t="$typed" -v p="$plain" 'BEGIN { printf "ratio: %.2f\n", t / p }'
