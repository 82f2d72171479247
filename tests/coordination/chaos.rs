//! The layer that lets workers die, freeze and lose answers, and moves the clock.

use monotable::expr::Expr;
use monotable::schema::TableDef;
use monotable::{Backend, Error, Kind, Result};
use monotable_tests::layer::Around;
use std::future::{Future, pending};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::sync::Notify;
use tokio::task::yield_now;

/// The time that work and leases have.
pub const TIME: Duration = Duration::from_secs(30);

/// How much clocks differ at most, which is the margin.
const SKEW: u64 = 2_000;

/// What all workers share: the time, and the random numbers.
#[derive(Debug)]
pub struct World {
    began: SystemTime,
    /// Milliseconds since the beginning.
    time: AtomicU64,
    random: Mutex<fastrand::Rng>,
    crashes: AtomicU64,
    freezes: AtomicU64,
}

impl World {
    pub fn new(seed: u64) -> Arc<Self> {
        println!("seed {seed}");
        Arc::new(World {
            began: SystemTime::now(),
            time: AtomicU64::new(0),
            random: Mutex::new(fastrand::Rng::with_seed(seed)),
            crashes: AtomicU64::new(0),
            freezes: AtomicU64::new(0),
        })
    }

    /// Returns a random number below `end`.
    pub fn random(&self, end: u64) -> u64 {
        self.random.lock().unwrap_or_else(PoisonError::into_inner).u64(..end)
    }

    /// Returns the true time, in milliseconds since the beginning.
    pub fn now(&self) -> u64 {
        self.time.load(Ordering::SeqCst)
    }

    fn pass(&self, most: u64) {
        let by = self.random(most);
        self.time.fetch_add(by, Ordering::SeqCst);
    }

    /// Checks that there was enough chaos for the test to mean something.
    pub fn check_chaos(&self) {
        let [crashes, freezes] = [&self.crashes, &self.freezes].map(|it| it.load(Ordering::SeqCst));
        println!("{crashes} crashes, {freezes} freezes, {} s passed", self.now() / 1000);
        assert!(crashes > 20 && freezes > 20, "{crashes} crashes, {freezes} freezes");
    }
}

/// The process of a worker, which may die.
#[derive(Debug, Clone)]
pub struct Chaos {
    pub world: Arc<World>,
    /// How much the worker's clock is ahead of the true time, in milliseconds.
    ahead: u64,
    death: Arc<Notify>,
    /// Whether the conditions that name the owner of a record are left out.
    naive: bool,
}

impl Chaos {
    pub fn new(world: Arc<World>, worker: u64, naive: bool) -> Self {
        let ahead = worker * SKEW / (super::WORKERS - 1);
        Chaos { world, ahead, death: Arc::new(Notify::new()), naive }
    }

    /// Ends when the process dies.
    pub async fn dies(&self) {
        self.death.notified().await;
    }

    /// Something happens between two steps of the work: time passes, and the process may freeze or die.
    pub async fn step(&self) {
        for _ in 0..self.world.random(3) {
            yield_now().await;
        }
        self.world.pass(400);
        match self.world.random(100) {
            0..4 => self.die().await,
            4..8 => self.freeze().await,
            _ => {}
        }
    }

    async fn die(&self) {
        self.world.crashes.fetch_add(1, Ordering::SeqCst);
        self.death.notify_one();
        pending().await
    }

    /// Nothing happens in this process while time passes for others. Half of the time, for longer than the time of a
    /// lease.
    async fn freeze(&self) {
        self.world.freezes.fetch_add(1, Ordering::SeqCst);
        let most = 4 * u64::try_from(TIME.as_millis()).expect("a short time");
        let until = self.world.now() + self.world.random(most);
        while self.world.now() < until {
            self.world.pass(100);
            yield_now().await;
        }
    }
}

impl<B: Backend> Around<B> for Chaos {
    async fn call<T: Send>(
        &self,
        _: &B,
        _: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        self.step().await;
        if self.world.random(100) < 3 {
            return Err(Error::new(Kind::Unavailable, "the connection was reset"));
        }
        let answer = call.await;
        self.step().await;
        if self.world.random(100) < 3 {
            return Err(Error::new(Kind::Unavailable, "the answer was lost"));
        }
        answer
    }

    fn condition(&self, condition: Option<Expr>) -> Option<Expr> {
        let mut names_owner = false;
        if let Some(condition) = &condition {
            condition.paths(&mut |path| names_owner |= path.root() == "_owner");
        }
        condition.filter(|_| !self.naive || !names_owner)
    }

    fn pause(&self, _: Duration) -> Duration {
        Duration::ZERO
    }

    fn now(&self, _: SystemTime) -> SystemTime {
        self.world.began + Duration::from_millis(self.world.now() + self.ahead)
    }
}
