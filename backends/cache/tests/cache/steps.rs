//! The scripts of Redis do what the store in memory does, step by step: random steps on both give the same answers.

use crate::support::memory::Memory;
use crate::support::server::{self, Kind};
use crate::support::shop::Clock;
use monotable::cache::{Found, Lease, Redis, SharedStore, StoredEntry, Wrote};
use std::time::Duration;

const LONG: Duration = Duration::from_secs(600);

fn without_time(found: Found) -> Found {
    match found {
        Found::Entry { version, data, left } => {
            assert!(left <= LONG && left > LONG / 2, "{left:?}");
            Found::Entry { version, data, left: Duration::ZERO }
        }
        found => found,
    }
}

#[tokio::test]
async fn the_scripts_do_what_the_store_in_memory_does() {
    let Some(server) = server::start(Kind::Plain).await else { return };
    let redis = Redis::new(server.connect().await);
    let memory = Memory::with_clock(Clock::at(0));
    let mut random = fastrand::Rng::with_seed(7);
    let mut seen = [0; 5];
    for step in 0..20_000 {
        let key = format!("key {}", random.u8(..3));
        let form = if random.u8(..10) == 0 { "b" } else { "a" };
        let token = format!("{}", random.u8(..3));
        // Of 19 digits, so that two of them are equal as floats.
        let number = 1_750_000_000_000_000_000_u64 + u64::from(random.u8(..4));
        let version = if random.u8(..5) == 0 { String::new() } else { format!("{number:020}") };
        let data: &[u8] = if random.u8(..4) == 0 { b"" } else { &[0, 255, random.u8(..)] };
        let entry = StoredEntry { form, version: &version, data, ttl: LONG };
        let what = random.usize(..5);
        seen[what] += 1;
        match what {
            0 | 1 => {
                let lease = random.bool().then_some(Lease { token: &token, lasts: LONG });
                let found = redis.get(&key, form, lease).await.unwrap();
                let expected = memory.get_now(&key, form, lease);
                assert_eq!(without_time(found), without_time(expected), "step {step}");
            }
            2 => {
                let filled = redis.fill(&key, &token, entry).await.unwrap();
                assert_eq!(filled, memory.fill_now(&key, &token, entry), "step {step}");
            }
            3 => {
                let before = format!("{:020}", number - 1);
                let new = StoredEntry { data: b"new", ..entry };
                let this = Wrote::This { entry: new, replaced: &before };
                let wrote = match random.u8(..3) {
                    0 => Wrote::Something,
                    1 if !version.is_empty() => this,
                    _ => Wrote::Before(&version),
                };
                let effect = redis.wrote(&key, wrote).await.unwrap();
                assert_eq!(effect, memory.wrote_now(&key, wrote), "step {step} {wrote:?}");
            }
            _ => {
                redis.release(&key, &token).await.unwrap();
                memory.release_now(&key, &token);
            }
        }
    }
    assert!(seen.iter().all(|many| *many > 1_000), "{seen:?}");
}

#[tokio::test]
async fn leases_and_entries_end() {
    let Some(server) = server::start(Kind::Plain).await else { return };
    let redis = Redis::new(server.connect().await);
    let short = Duration::from_millis(60);
    let lease = |token| Some(Lease { token, lasts: short });
    assert_eq!(redis.get("k", "a", lease("1")).await.unwrap(), Found::Leased);
    assert_eq!(redis.get("k", "a", lease("2")).await.unwrap(), Found::Busy("1".into()));
    tokio::time::sleep(short * 2).await;
    let entry = StoredEntry { form: "a", version: "", data: b"x", ttl: short };
    assert!(!redis.fill("k", "1", entry).await.unwrap(), "the lease has ended");
    assert_eq!(redis.get("k", "a", lease("2")).await.unwrap(), Found::Leased);
    assert!(!redis.fill("k", "1", entry).await.unwrap(), "it is another one's");
    assert!(redis.fill("k", "2", entry).await.unwrap());
    assert!(
        matches!(redis.get("k", "a", None).await.unwrap(), Found::Entry { left, .. } if left <= short)
    );
    tokio::time::sleep(short * 2).await;
    assert_eq!(redis.get("k", "a", None).await.unwrap(), Found::Nothing);
}

/// Whatever is at a key, the steps work and clean up.
#[tokio::test]
async fn garbage_at_a_key_counts_as_nothing() {
    let Some(server) = server::start(Kind::Plain).await else { return };
    let mut connection = server.connect().await;
    let redis = Redis::new(connection.clone());
    let lease = Some(Lease { token: "1", lasts: LONG });
    let entry = StoredEntry { form: "a", version: "", data: b"x", ttl: LONG };
    let mut garbage = async || {
        let set: redis::RedisResult<()> =
            redis::cmd("SET").arg("k").arg("garbage").query_async(&mut connection).await;
        set.unwrap();
    };
    garbage().await;
    assert!(!redis.fill("k", "1", entry).await.unwrap());
    redis.release("k", "1").await.unwrap();
    assert_eq!(redis.get("k", "a", lease).await.unwrap(), Found::Leased);
    assert!(redis.fill("k", "1", entry).await.unwrap());
    garbage().await;
    redis
        .wrote("k", Wrote::This { entry: StoredEntry { version: "1", ..entry }, replaced: "" })
        .await
        .unwrap();
    assert_eq!(redis.get("k", "a", None).await.unwrap(), Found::Nothing);
}
