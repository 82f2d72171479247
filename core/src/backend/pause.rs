//! Pauses between the attempts of a request.

use futures_timer::Delay;
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

/// Waits for `duration`. One thread serves all pauses of the process. It starts with the first
/// pause.
pub(super) async fn pause(duration: Duration) {
    if !duration.is_zero() {
        // The timer panics if the operating system cannot start that thread. Then there is no
        // pause: sleeping here would block the executor, and the number of attempts is limited
        // anyway.
        let _ = AssertUnwindSafe(Delay::new(duration)).catch_unwind().await;
    }
}

#[cfg(test)]
mod tests {
    use super::pause;
    use futures_executor::block_on;
    use futures_util::FutureExt as _;
    use futures_util::future::join_all;
    use std::time::{Duration, Instant};

    #[test]
    fn a_pause_is_not_shorter_than_asked_for() {
        let start = Instant::now();
        block_on(pause(Duration::from_millis(30)));
        assert!(start.elapsed() >= Duration::from_millis(30));
        block_on(pause(Duration::ZERO));
    }

    #[test]
    fn many_pauses_take_no_longer_than_one_and_share_a_thread() {
        let start = Instant::now();
        let mut pauses = Box::pin(join_all((0..2000).map(|_| pause(Duration::from_millis(200)))));
        assert!(pauses.as_mut().now_or_never().is_none());
        block_on(pauses);
        // One after the other, they would have taken 400 seconds.
        assert!(start.elapsed() < Duration::from_secs(100));
        // The thread of the timer stays. It names itself, so it has its name only some time after it began.
        #[cfg(target_os = "linux")]
        {
            let names = std::fs::read_dir("/proc/self/task")
                .unwrap()
                .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok());
            assert_eq!(names.filter(|name| name.trim() == "futures-timer").count(), 1);
        }
    }
}
