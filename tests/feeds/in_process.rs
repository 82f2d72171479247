//! A reader in the process of the writers dies a thousand times. It is a future that is dropped in the middle of a page, before
//! or after it has handled a change.

use crate::journal::{Journal, Seen, State, Told, WRITERS, Writer};
use monotable::change::{AllChanges, FeedPosition, StartFrom};
use monotable::embedded::Retention;
use monotable::prelude::*;
use monotable::{Backend, ChangeFeed, CrossPartitionTransactions, Table};
use monotable_tests::{scaled, seed};
use std::cell::{Cell, RefCell};
use std::future::pending;
use tokio::sync::Notify;

const WRITES: usize = 100_000;

#[tokio::test]
async fn in_memory() {
    let store = Embedded::in_memory();
    let store = store.with_change_log(Retention::default().up_to(u64::MAX)).unwrap();
    readers_die(Journal::on(store), scaled(WRITES)).await;
}

#[tokio::test]
async fn on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let store = Embedded::open(folder.path().join("journal.db")).unwrap();
    let store = store.with_change_log(Retention::default().up_to(u64::MAX)).unwrap();
    readers_die(Journal::on(store), scaled(WRITES / 2)).await;
}

async fn readers_die<B>(table: Table<Journal, B>, writes: usize)
where
    B: ChangeFeed<Mode = AllChanges> + CrossPartitionTransactions,
{
    let seed = seed(0x6665_6564);
    println!("seed {seed}");
    let progress = Progress::default();
    let write = async {
        let all = (0..WRITERS).map(|lane| write(&table, lane, seed, writes, &progress));
        let states = futures_util::future::join_all(all).await;
        progress.is_over.set(true);
        progress.more.notify_one();
        states.into_iter().flatten().collect::<State>()
    };
    let (told, saved) = (RefCell::default(), RefCell::default());
    let reader = Reader { table: &table, told, saved, progress: &progress };
    let (state, deaths) = tokio::join!(write, reader.live_and_die(seed, writes / 50));
    let told = reader.told.into_inner();
    println!("{} changes, {deaths} deaths, {} repeated", told.count(), told.repeated);
    assert_eq!(told.count(), progress.written.get());
    assert_eq!(told.state, state);
    assert!(deaths > 10 && told.repeated > deaths, "{deaths} {}", told.repeated);
}

/// How far the writers have come.
#[derive(Default)]
struct Progress {
    written: Cell<usize>,
    is_over: Cell<bool>,
    /// Tells the reader that there is more, or that it is over.
    more: Notify,
}

async fn write<B: CrossPartitionTransactions>(
    table: &Table<Journal, B>,
    lane: u32,
    seed: u64,
    writes: usize,
    progress: &Progress,
) -> State {
    let mut writer = Writer::new(table, lane, seed);
    while progress.written.get() < writes {
        let changes = writer.write().await.unwrap();
        progress.written.set(progress.written.get() + changes);
        progress.more.notify_one();
        tokio::task::yield_now().await;
    }
    writer.state
}

struct Reader<'t, B: Backend> {
    table: &'t Table<Journal, B>,
    told: RefCell<Told>,
    /// The position after the last page that was handled.
    saved: RefCell<Option<FeedPosition>>,
    progress: &'t Progress,
}

impl<B: ChangeFeed<Mode = AllChanges>> Reader<'_, B> {
    /// Reads until all is written and read. A life has up to `longest` changes. Returns the number of deaths.
    async fn live_and_die(&self, seed: u64, longest: usize) -> usize {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut deaths = 0;
        loop {
            let death = Notify::new();
            let page_size = random.u32(1..200);
            let changes = random.usize(0..longest);
            tokio::select! {
                biased;
                () = self.live(page_size, changes, &death) => return deaths,
                () = death.notified() => deaths += 1,
            }
        }
    }

    /// Reads until all is read, or until this number of changes is handled. Then it dies.
    async fn live(&self, page_size: u32, mut left: usize, death: &Notify) {
        let start = match &*self.saved.borrow() {
            Some(position) => StartFrom::After(FeedPosition::new(position.to_string())),
            None => StartFrom::Oldest,
        };
        let mut changes = self.table.changes(start).page_size(page_size);
        loop {
            // What is written before this is in the page, or after it.
            let was_over = self.progress.is_over.get();
            let page = changes.next_page().await.unwrap();
            let is_empty = page.changes.is_empty();
            for change in page.changes {
                if left == 0 {
                    death.notify_one();
                    pending::<()>().await;
                }
                left -= 1;
                self.told.borrow_mut().note(Seen::of(&change).unwrap());
            }
            *self.saved.borrow_mut() = Some(page.position);
            if was_over && page.is_caught_up {
                return;
            }
            match is_empty && !was_over {
                true => self.progress.more.notified().await,
                false => tokio::task::yield_now().await,
            }
        }
    }
}
