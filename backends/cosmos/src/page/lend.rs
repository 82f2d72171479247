//! A value that lies ready on the thread while a future is polled.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::thread::LocalKey;

/// Where a value lies.
pub(super) type Place<S> = LocalKey<RefCell<Option<S>>>;

/// Awaits a future with the value lying ready. Returns both.
///
/// The value lies there only during a call of `poll`, as the current span of tracing does, so no two futures meet.
pub(super) async fn lend<S, T>(
    place: &'static Place<S>,
    value: S,
    future: impl Future<Output = T>,
) -> (T, Option<S>) {
    let mut future = pin!(future);
    let mut value = Some(value);
    let output = poll_fn(|context| {
        let before = place.replace(value.take());
        let polled = future.as_mut().poll(context);
        value = place.replace(before);
        polled
    })
    .await;
    (output, value)
}
