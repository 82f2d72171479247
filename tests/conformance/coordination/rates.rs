//! Rate limits.

use super::{A_MINUTE, A_SECOND, Till, with_clock};
use monotable::coordination::Rate;
use monotable::prelude::*;
use monotable::testing::Recorder;
use monotable_tests::Store;
use std::time::Duration;

pub async fn a_window_has_a_limit<B: Store>(backend: B) {
    let (till, clock) = with_clock(backend);
    let limit = |key| till.rate_limit("login", key, 3, A_MINUTE);
    // In the middle of a window, so that it does not end during the test.
    let Rate::Allowed { .. } = limit("x").take(1).await.unwrap() else { panic!() };
    let _ = limit("x").take(2).await.unwrap();
    let Rate::Exceeded { retry_after } = limit("x").take(1).await.unwrap() else { panic!() };
    assert!(retry_after <= A_MINUTE);
    clock.advance(retry_after + A_SECOND);
    for remaining in [2, 1, 0] {
        assert_eq!(limit("a").take(1).await.unwrap(), Rate::Allowed { remaining });
    }
    for _ in 0..2 {
        let Rate::Exceeded { retry_after } = limit("a").take(1).await.unwrap() else { panic!() };
        assert!(retry_after <= A_MINUTE - A_SECOND && retry_after > A_MINUTE / 2);
    }
    // Others are not affected, and neither are other limits.
    assert_eq!(limit("b").take(3).await.unwrap(), Rate::Allowed { remaining: 0 });
    let other = till.rate_limit("upload", "a", 3, A_MINUTE);
    assert_eq!(other.take(2).await.unwrap(), Rate::Allowed { remaining: 1 });
    // All or none.
    assert!(!other.take(2).await.unwrap().is_allowed());
    assert!(other.take(1).await.unwrap().is_allowed());
    let Rate::Exceeded { retry_after } = limit("a").take(1).await.unwrap() else { panic!() };
    clock.advance(retry_after);
    assert_eq!(limit("a").take(1).await.unwrap(), Rate::Allowed { remaining: 2 });
}

pub async fn a_limit_is_one_request<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let till = Till::on(recorder.clone());
    till.create_if_missing().await.unwrap();
    recorder.take();
    let limit = till.rate_limit("login", "a", 1, A_MINUTE * 60 * 24);
    for _ in 0..3 {
        let _ = limit.take(1).await.unwrap();
        assert_eq!(recorder.take().len(), 1);
    }
    for bad in [
        limit.take(0).await,
        limit.take(2).await,
        till.rate_limit("login", "a", 0, A_MINUTE).take(1).await,
        till.rate_limit("login", "a", 1, Duration::ZERO).take(1).await,
        till.rate_limit("login", "a", 1, Duration::from_nanos(1)).take(1).await,
    ] {
        assert!(bad.unwrap_err().is_invalid_request());
    }
    assert!(till.rate_limit("", "a", 1, A_MINUTE).take(1).await.unwrap_err().is_invalid_key());
    assert!(recorder.take().is_empty());
}

pub async fn a_limit_is_exact_under_contention<B: Store>(backend: B) {
    let till = Till::on(backend);
    till.create_if_missing().await.unwrap();
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let limit = till.rate_limit("login", "a", 5, A_MINUTE * 60 * 24);
            tokio::spawn(async move {
                loop {
                    match limit.take(1).await {
                        Err(error) if error.is_retryable() && !error.is_outcome_unknown() => {}
                        taken => return taken.unwrap(),
                    }
                }
            })
        })
        .collect();
    let mut allowed = Vec::new();
    for task in tasks {
        if let Rate::Allowed { remaining } = task.await.unwrap() {
            allowed.push(remaining);
        }
    }
    allowed.sort_unstable();
    assert_eq!(allowed, [0, 1, 2, 3, 4]);
}
