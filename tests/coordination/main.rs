//! Once-only work and leases under sixteen workers that crash, are frozen and lose answers at random points, with clocks
//! that differ. Each checker also runs on a naive variant, which it has to catch.
//!
//! `MONOTABLE_SCALE` multiplies the numbers, and `MONOTABLE_SEED` changes the random numbers.

mod chaos;
mod leases;
mod orders;

use chaos::{Chaos, World};
use monotable::Embedded;
use monotable::prelude::*;
use monotable_tests::layer::Layer;
use std::future::Future;
use std::sync::Arc;

/// How many workers there are.
const WORKERS: u64 = 16;

/// The table as a worker sees it.
type Shop<S> = Table<S, Layer<Chaos, Embedded>>;

/// Runs workers until all of them say that there is no more to do. A worker does one piece of work after the other.
/// Each piece runs as a task of its own, which may die.
async fn run<S, F, W>(world: &Arc<World>, store: &Embedded, naive: bool, piece: F)
where
    S: Schema + monotable::HeldBy<Layer<Chaos, Embedded>>,
    F: Fn(Shop<S>, Chaos) -> W + Clone + Send + Sync + 'static,
    W: Future<Output = bool> + Send + 'static,
{
    let workers: Vec<_> = (0..WORKERS)
        .map(|number| {
            let (world, store, piece) = (Arc::clone(world), store.clone(), piece.clone());
            tokio::spawn(async move {
                loop {
                    let chaos = Chaos::new(Arc::clone(&world), number, naive);
                    let shop = S::on(Layer::new(chaos.clone(), store.clone()));
                    let task = tokio::spawn(piece(shop, chaos.clone()));
                    // The piece ends, or its process dies.
                    let aborted = task.abort_handle();
                    tokio::select! {
                        more = task => if !more.expect("no panic") { break },
                        () = chaos.dies() => aborted.abort(),
                    }
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.expect("a worker");
    }
}
