//! Tasks whose steps are done in a random order, in a time of their own. The same seed gives the same order.

use crate::support::shop::Clock;
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};

#[derive(Clone)]
pub struct Sim {
    state: Arc<Mutex<State>>,
    pub clock: Clock,
}

struct State {
    random: fastrand::Rng,
    timers: BTreeMap<(u64, u64), Waker>,
    next: u64,
    /// Tasks that have been started since the executor looked, with their process.
    started: Vec<(Option<usize>, BoxFuture<'static, ()>)>,
    killed: Vec<usize>,
}

struct Task {
    process: Option<usize>,
    future: BoxFuture<'static, ()>,
    ready: Arc<Ready>,
}

struct Ready(AtomicBool);

impl Wake for Ready {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Sim {
    pub fn new(seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        let (started, killed) = (Vec::new(), Vec::new());
        let state = State { random, timers: BTreeMap::new(), next: 0, started, killed };
        Sim { state: Arc::new(Mutex::new(state)), clock: Clock::at(1_800_000_000_000) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub fn now(&self) -> u64 {
        self.clock.millis()
    }

    /// A random number below this one.
    pub fn below(&self, most: u64) -> u64 {
        self.state().random.u64(..most)
    }

    /// True in so many cases of a hundred.
    pub fn percent(&self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn sleep(&self, millis: u64) -> Sleep {
        Sleep { sim: self.clone(), at: self.now() + millis, is_set: false }
    }

    /// Waits for a random time: mostly a short one.
    pub async fn delay(&self) {
        let longest = [3, 3, 20, 80][usize::try_from(self.below(4)).unwrap()];
        let millis = self.below(longest);
        self.sleep(millis).await;
    }

    /// Starts a task of a process, or one that no process can take along, such as a message that was sent.
    pub fn start(&self, process: Option<usize>, task: impl Future<Output = ()> + Send + 'static) {
        self.state().started.push((process, Box::pin(task)));
    }

    /// Sends a message: `step` is done some time later, even if the sender does not wait for it, and its result comes back.
    pub async fn send<T: Send + 'static>(
        &self,
        step: impl Future<Output = T> + Send + 'static,
    ) -> Option<T> {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let sim = self.clone();
        self.start(None, async move {
            sim.delay().await;
            let result = step.await;
            sim.delay().await;
            let _ = sender.send(result);
        });
        receiver.await.ok()
    }

    /// Kills a process: none of its tasks goes on, and nothing is cleaned up.
    pub fn kill(&self, process: usize) {
        self.state().killed.push(process);
    }

    /// Runs until all tasks have ended.
    pub fn run(&self) {
        let mut tasks: Vec<Task> = Vec::new();
        loop {
            let (started, killed) = {
                let mut state = self.state();
                (std::mem::take(&mut state.started), std::mem::take(&mut state.killed))
            };
            for process in killed {
                let (dead, alive) =
                    tasks.into_iter().partition(|task| task.process == Some(process));
                tasks = alive;
                // A process that is killed drops nothing.
                std::mem::forget::<Vec<Task>>(dead);
            }
            tasks.extend(started.into_iter().map(|(process, future)| Task {
                process,
                future,
                ready: Arc::new(Ready(AtomicBool::new(true))),
            }));
            let ready: Vec<usize> =
                (0..tasks.len()).filter(|at| tasks[*at].ready.0.load(Ordering::SeqCst)).collect();
            let Some(which) = self.state().random.choice(&ready).copied() else {
                if tasks.is_empty() {
                    return;
                }
                self.go_on();
                continue;
            };
            let task = &mut tasks[which];
            task.ready.0.store(false, Ordering::SeqCst);
            let waker = Waker::from(Arc::clone(&task.ready));
            if task.future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                tasks.swap_remove(which);
            }
        }
    }

    /// Moves the time to the next timer.
    fn go_on(&self) {
        let mut state = self.state();
        let Some(((at, _), waker)) = state.timers.pop_first() else {
            panic!("every task waits for another one");
        };
        if at > self.now() {
            self.clock.set(at);
        }
        drop(state);
        waker.wake();
    }
}

pub struct Sleep {
    sim: Sim,
    at: u64,
    is_set: bool,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.sim.now() >= self.at && self.is_set {
            return Poll::Ready(());
        }
        let sim = self.sim.clone();
        let mut state = sim.state();
        let number = state.next;
        state.next += 1;
        state.timers.insert((self.at, number), context.waker().clone());
        drop(state);
        self.is_set = true;
        Poll::Pending
    }
}
