//! A clock that a test moves.

use super::Around;
use monotable::schema::TableDef;
use monotable::{Backend, Result};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// Shows a later time than it is. It is one clock for all clones.
#[derive(Debug, Clone, Default)]
pub struct Clock(Arc<AtomicU64>);

impl Clock {
    /// Moves the clock on.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl<B: Backend> Around<B> for Clock {
    async fn call<T: Send>(
        &self,
        _: &B,
        _: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        call.await
    }

    fn now(&self, now: SystemTime) -> SystemTime {
        now + Duration::from_millis(self.0.load(Ordering::SeqCst))
    }
}
