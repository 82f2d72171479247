//! `Retry`: how many attempts a request has, and the pauses between them.

use super::Backend;
use crate::random;
use std::time::Duration;

/// The number of attempts, and the longest pause between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Retry {
    /// All attempts, with the first one.
    pub(crate) attempts: usize,
    /// The longest pause.
    pub(crate) longest: Duration,
}

impl Retry {
    /// The attempts for the calls of a batch, because the store may process only a part of a call.
    pub(crate) const BATCH: Retry = Retry { attempts: 10, longest: Duration::from_secs(5) };

    /// Waits before attempt `attempt`, counted from 0; before the first one there is no pause.
    pub(crate) async fn pause<B: Backend>(self, backend: &B, attempt: usize) {
        if let Some(before) = attempt.checked_sub(1) {
            backend.pause(delay(before, self.longest)).await;
        }
    }

    /// Whether there is another attempt after `attempt`, counted from 0.
    pub(crate) fn has_another(self, attempt: usize) -> bool {
        attempt + 1 < self.attempts
    }
}

/// How many calls of one batch run at the same time.
pub(crate) const CONCURRENCY: usize = 4;

/// The longest first pause.
const FIRST: Duration = Duration::from_millis(50);

/// The random pause after attempt `attempt`, counted from 0. It is at most 50 ms after the first
/// attempt, at most twice as long after each later attempt, and never more than `longest`. The whole
/// length is random ("full jitter"), so that clients that were throttled at the same time do not send
/// their requests again at the same time.
fn delay(attempt: usize, longest: Duration) -> Duration {
    let doubled = u32::try_from(attempt).ok().and_then(|attempt| 2_u32.checked_pow(attempt));
    let most = doubled.and_then(|times| FIRST.checked_mul(times)).unwrap_or(longest).min(longest);
    most.mul_f64(random::share())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_have_a_cap() {
        let longest = Duration::from_secs(2);
        for attempt in 0..200 {
            let most = delay(attempt, longest);
            assert!(most <= longest, "{attempt}: {most:?}");
        }
        let greatest = |attempt| (0..500).map(|_| delay(attempt, longest)).max().unwrap();
        assert!(greatest(0) <= FIRST);
        assert!(greatest(3) > FIRST * 4 && greatest(3) <= FIRST * 8);
        assert!(greatest(100) > Duration::from_secs(1));
    }

    #[test]
    fn pauses_differ() {
        let pauses: std::collections::HashSet<_> =
            (0..50).map(|_| delay(4, Duration::from_secs(1))).collect();
        assert!(pauses.len() > 40, "{pauses:?}");
    }
}
