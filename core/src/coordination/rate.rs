//! `rate_limit`: a number of calls in each window of time.

use super::place::alone;
use super::table::Coordinated;
use super::{in_seconds, nonzero, present};
use crate::backend::{At as _, Backend, Item as _, Origin, Verb};
use crate::error::{Error, Kind, Result};
use crate::expiry::{check, seconds};
use crate::expr::{Action, Comparison, Expr, Path};
use crate::request::{Outcome, PrimaryKey, Returning, Update};
use crate::schema::{RATE, Schema};
use crate::table::Table;
use crate::value::{Number, Value};
use serde::Deserialize;
use std::fmt;
use std::fmt::Display;
use std::time::Duration;

const COUNT: &str = "_count";

/// How much longer than its window a counter is kept: machines whose clocks are late still count in it.
const MARGIN_IN_MILLISECONDS: i64 = 60_000;

/// A limit of calls in each window of time: from [`Table::rate_limit`].
#[must_use = "nothing is counted until `take` is called"]
#[doc(alias("throttle", "quota"))]
pub struct RateLimit<S, B: Backend> {
    table: Table<S, B>,
    name: String,
    key: String,
    limit: u64,
    window: Duration,
}

/// What [`RateLimit::take`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a call that is not allowed must not be made"]
pub enum Rate {
    /// The call is allowed, and was counted.
    Allowed {
        /// How many more are allowed in this window.
        remaining: u64,
    },
    /// The limit of this window is reached. Nothing was counted.
    Exceeded {
        /// The time until the next window begins.
        retry_after: Duration,
    },
}

impl Rate {
    /// Returns whether the call is allowed.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        matches!(self, Rate::Allowed { .. })
    }
}

impl<S: Schema, B: Backend> Table<S, B> {
    /// Names a limit of `limit` calls in each `window` of time. `name` is what is limited, and `key` whose calls are
    /// counted together.
    ///
    /// Windows begin at multiples of their length since 1970, so all machines count in the same one as far as their clocks
    /// agree. A caller can take the whole limit at the end of one window and again at the beginning of the next.
    ///
    /// # Example: five logins in a minute
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use monotable::coordination::Rate;
    /// # use std::time::Duration;
    /// let logins = shop.rate_limit("login", "ada@example.com", 5, Duration::from_secs(60));
    /// match logins.take(1).await? {
    ///     Rate::Allowed { remaining } => assert_eq!(remaining, 4),
    ///     Rate::Exceeded { retry_after } => println!("429, Retry-After: {}", retry_after.as_secs() + 1),
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn rate_limit(
        &self,
        name: impl Display,
        key: impl Display,
        limit: u64,
        window: Duration,
    ) -> RateLimit<S, B>
    where
        S: Coordinated,
    {
        let (name, key) = (name.to_string(), key.to_string());
        RateLimit { table: self.clone(), name, key, limit, window }
    }
}

#[derive(Deserialize)]
struct Counted {
    #[serde(rename = "_count")]
    count: u64,
}

impl<S: Schema, B: Backend> RateLimit<S, B> {
    /// Takes `calls` of what the present window allows, all or none. It is one update of one item, which is deleted by its
    /// time to live.
    ///
    /// All calls of one key write the same item. DynamoDB takes about 1,000 such writes a second; refused ones count, too.
    ///
    /// # Errors
    ///
    /// Before any I/O: [`is_invalid_request`](Error::is_invalid_request) if the window is shorter than a millisecond, or
    /// if `calls` is 0 or more than the limit; [`is_invalid_key`](Error::is_invalid_key). The errors of the
    /// backend: if [`is_outcome_unknown`](Error::is_outcome_unknown), the calls may have been counted. Decide whether
    /// a call is allowed then.
    pub async fn take(&self, calls: u64) -> Result<Rate> {
        let origin = Origin::Table(S::DEF.name, Verb::RateLimit);
        let client = self.table.client(origin);
        let now = present(client.backend).as_millisecond();
        let (start, end) = self.check(calls).and_then(|()| self.window(now)).at(origin)?;
        let key = self.key(start).at(origin)?;
        let expires = in_seconds(end.saturating_add(MARGIN_IN_MILLISECONDS));
        check(Some(expires)).at(origin)?;
        let count = || Path::attribute(COUNT);
        let actions = vec![
            Action::Count(count(), Number::from(calls)),
            Action::Set(Path::attribute(S::DEF.ttl), seconds(expires)),
            Action::Set(Path::attribute(S::DEF.tag), Value::from(RATE.tag)),
        ];
        let most = Value::Number(Number::from(self.limit.saturating_sub(calls)));
        let mut update = Update::new(S::DEF, RATE.tag, key, actions);
        let below = Expr::Compare(count(), Comparison::Le, most);
        update.condition = Some(Expr::Absent(count()).or(below));
        update.returning = Returning::New;
        let written = Box::pin(client.update(update)).await?;
        if let Outcome::Refused { .. } = written.outcome {
            let left = end.saturating_sub(now).max(0);
            let retry_after = Duration::from_millis(u64::try_from(left).unwrap_or(0));
            return Ok(Rate::Exceeded { retry_after });
        }
        let counted = written.item.map(|item| item.decode::<Counted>()).transpose();
        let count = counted.map_err(Error::after_write).at(origin)?.map_or(calls, |it| it.count);
        Ok(Rate::Allowed { remaining: self.limit.saturating_sub(count) })
    }

    fn check(&self, calls: u64) -> Result<()> {
        nonzero("the window of a rate limit", self.window)?;
        if calls == 0 || calls > self.limit {
            let message = format!(
                "takes {calls} of a limit of {}: take at least 1, and at most the limit",
                self.limit
            );
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        Ok(())
    }

    /// Returns the beginning and the end of the window in which the time is.
    fn window(&self, now: i64) -> Result<(i64, i64)> {
        let length = i64::try_from(self.window.as_millis()).unwrap_or(i64::MAX);
        let Some(since) = now.checked_rem_euclid(length) else {
            let message =
                "the window of a rate limit is shorter than a millisecond: make it longer";
            return Err(Error::new(Kind::InvalidRequest, message));
        };
        let start = now.saturating_sub(since);
        Ok((start, start.saturating_add(length)))
    }

    fn key(&self, start: i64) -> Result<PrimaryKey> {
        let window = self.window.as_millis().to_string();
        alone::<S>(&RATE, &[self.name.clone(), self.key.clone(), window, start.to_string()])
    }
}

impl<S, B: Backend> fmt::Debug for RateLimit<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("name", &self.name)
            .field("key", &self.key)
            .field("limit", &self.limit)
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}
