//! `Redis`: the shared store in Redis or Valkey.

use crate::store::{Effect, Found, Lease, SharedStore, StoredEntry, Wrote};
use ::redis::aio::ConnectionLike;
use ::redis::{FromRedisValue, RedisError, Script, ScriptInvocation, Value};
use monotable_core::{Error, Kind, Result};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A shared store in Redis 6 or Valkey, for [`Cache::shared`](crate::Cache::shared) and
/// [`Cache::layered`](crate::Cache::layered).
///
/// You bring the connection, which is one of the crate `redis`, version 1: a
/// [`ConnectionManager`](redis::aio::ConnectionManager), which connects again when it has lost its connection, or a
/// `ClusterConnection`. Both are shared by all requests, and are cheap to clone. TLS and clusters are features of that
/// crate.
///
/// Each step of the cache is one call, a script, which uses one key: all that is kept of an item is in one slot of a
/// cluster. The scripts are sent once; after that, only their hashes are.
///
/// The user of the server needs the commands `EVALSHA`, `EVAL`, `SCRIPT LOAD`, `HMGET`, `HGET`, `HSET`, `DEL`, `PTTL` and
/// `PEXPIRE` on the keys that begin with the [name](crate::Cache::name) of the cache.
///
#[doc = include_str!("redis/connect.md")]
///
/// # TLS
///
/// With the feature `tokio-rustls-comp` of `redis`, the address begins with `rediss://`. rustls has to know which
/// implementation of cryptography to use, and **panics if it cannot tell**, which is so if there is none or more than one in
/// your program. Add `rustls` with the feature `ring` or `aws-lc-rs`, and name it at the start:
///
/// ```no_run
/// let _ = rustls::crypto::ring::default_provider().install_default();
/// ```
#[derive(Clone)]
pub struct Redis<C> {
    connection: C,
    scripts: Arc<Scripts>,
}

struct Scripts {
    get: Script,
    fill: Script,
    release: Script,
    wrote: Script,
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> Redis<C> {
    /// Returns the store that this connection leads to. Nothing is sent.
    #[must_use]
    pub fn new(connection: C) -> Self {
        let scripts = Scripts {
            get: Script::new(include_str!("redis/get.lua")),
            fill: Script::new(include_str!("redis/fill.lua")),
            release: Script::new(include_str!("redis/release.lua")),
            wrote: Script::new(include_str!("redis/wrote.lua")),
        };
        Redis { connection, scripts: Arc::new(scripts) }
    }

    async fn call<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Result<T> {
        script.invoke_async(&mut self.connection.clone()).await.map_err(failed)
    }
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> SharedStore for Redis<C> {
    async fn get(&self, key: &str, form: &str, lease: Option<Lease<'_>>) -> Result<Found> {
        let (token, lasts) = lease.map_or(("", 0), |lease| (lease.token, millis(lease.lasts)));
        let mut script = self.scripts.get.prepare_invoke();
        found(self.call(script.key(key).arg(form).arg(token).arg(lasts)).await?)
    }

    async fn fill(&self, key: &str, token: &str, entry: StoredEntry<'_>) -> Result<bool> {
        let StoredEntry { form, version, data, ttl } = entry;
        let mut script = self.scripts.fill.prepare_invoke();
        let script = script.key(key).arg(token).arg(form).arg(version).arg(data).arg(millis(ttl));
        Ok(self.call::<i64>(script).await? == 1)
    }

    async fn release(&self, key: &str, token: &str) -> Result<()> {
        let mut script = self.scripts.release.prepare_invoke();
        self.call::<i64>(script.key(key).arg(token)).await.map(|_| ())
    }

    async fn wrote(&self, key: &str, wrote: Wrote<'_>) -> Result<Effect> {
        let mut script = self.scripts.wrote.prepare_invoke();
        let script = script.key(key);
        let script = match wrote {
            Wrote::Something => script.arg("something").arg(""),
            Wrote::Before(version) => script.arg("before").arg(version),
            Wrote::This { entry: StoredEntry { form, version, data, ttl }, replaced } => {
                script.arg("this").arg(version).arg(replaced).arg(form).arg(data).arg(millis(ttl))
            }
        };
        Ok(match self.call::<i64>(script).await? {
            0 => Effect::Left,
            1 => Effect::Removed,
            _ => Effect::Replaced,
        })
    }
}

/// A time as whole milliseconds. An entry is never kept for longer than it may be.
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1)
}

/// Reads the answer of the script `get`.
fn found(answer: Value) -> Result<Found> {
    let strange = || Error::new(Kind::Unavailable, "Redis answered with something else than asked");
    let Value::Array(parts) = answer else { return Err(strange()) };
    let mut parts = parts.into_iter();
    let Some(Value::Int(what)) = parts.next() else { return Err(strange()) };
    Ok(match (what, parts.next(), parts.next(), parts.next()) {
        (0, ..) => Found::Leased,
        (1, Some(version), Some(Value::Int(left)), data) => {
            let data = match data {
                Some(Value::BulkString(data)) => Some(data),
                _ => None,
            };
            // An entry always has an end. One without it was not filled by the cache.
            let left = Duration::from_millis(u64::try_from(left).unwrap_or_default());
            Found::Entry { version: text(version)?, data, left }
        }
        (2, Some(token), ..) => Found::Busy(text(token)?),
        (3, ..) => Found::Nothing,
        _ => return Err(strange()),
    })
}

fn text(value: Value) -> Result<String> {
    String::from_redis_value(value).map_err(|error| failed(error.into()))
}

fn failed(error: RedisError) -> Error {
    Error::new(Kind::Unavailable, "Redis has failed").with_source(error)
}

/// Shows nothing of the connection, whose address may have a password.
impl<C> fmt::Debug for Redis<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redis")
    }
}
