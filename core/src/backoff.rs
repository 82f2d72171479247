//! Pauses between attempts: twice as long each time, of random length, with a cap.

use crate::random;
use std::time::Duration;

/// The first pause, at the most.
const FIRST: Duration = Duration::from_millis(50);

/// How long to wait after attempt `attempt`, counted from 0: anything up to 50 ms times 2 for each
/// attempt before, and not more than `longest`. The whole range is random ("full jitter"), so that
/// those who were slowed down together do not come back together.
pub(crate) fn delay(attempt: usize, longest: Duration) -> Duration {
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
