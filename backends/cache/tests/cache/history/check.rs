//! What a cache may return, and when.

use super::schedule::{AT_MOST, Layers, TTL};
use std::collections::HashMap;

/// What has happened.
#[derive(Debug, Default)]
pub struct History {
    /// The writes of each key, in the order of the table.
    pub writes: HashMap<String, Vec<Write>>,
    pub reads: Vec<Read>,
    /// When the shared store did the step `wrote`, or forgot everything, by key.
    pub told: HashMap<String, Vec<Told>>,
    pub forgot: Vec<u64>,
    /// What has happened how often.
    pub killed: usize,
    pub abandoned: usize,
    pub lost: usize,
    pub failed_calls: usize,
    pub stats: Vec<monotable::cache::CacheStats>,
}

/// A step `wrote` of the shared store.
#[derive(Debug)]
pub struct Told {
    pub at: u64,
    /// If the item of this version may be kept since then, only the writes up to it are known to be seen.
    pub version: Option<u64>,
}

#[derive(Debug)]
pub struct Write {
    /// What is stored since then.
    pub value: Option<String>,
    /// The version of the item, if there is one.
    pub version: Option<u64>,
    /// When the table was written.
    pub at: u64,
    /// The handle of the writer.
    pub handle: usize,
    /// When it was answered to a writer that was still alive, and waited for the answer.
    pub answered: Option<u64>,
}

#[derive(Debug)]
pub struct Read {
    pub key: String,
    pub value: Option<String>,
    pub handle: usize,
    pub began: u64,
    pub ended: u64,
}

/// Checks that each read returned what was stored at some time, and that all newer writes were allowed to be missing.
pub fn check(layers: Layers, history: &History) -> Result<(), String> {
    let none = Vec::new();
    for read in &history.reads {
        let writes = history.writes.get(&read.key).unwrap_or(&none);
        // The newest write that explains the read: before all writes, there was nothing.
        let newest = writes.iter().rposition(|it| it.value == read.value && it.at <= read.ended);
        let first_newer = match newest {
            Some(newest) => newest + 1,
            None if read.value.is_none() => 0,
            None => return Err(format!("{read:?} was never stored: {writes:?}")),
        };
        for (number, write) in writes.iter().enumerate().skip(first_newer) {
            let from = visible_from(layers, history, read, writes, number);
            // Of what happens in one millisecond, nobody knows the order.
            if read.began > from {
                return Err(format!(
                    "{read:?} is old: {write:?} is visible from {from}\n{writes:?}"
                ));
            }
        }
    }
    Ok(())
}

/// From when on a read has to see a write, by the documentation of the crate.
fn visible_from(
    layers: Layers,
    history: &History,
    read: &Read,
    writes: &[Write],
    number: usize,
) -> u64 {
    let write = &writes[number];
    // The bound for writers that died, for those that write without the cache, and for other processes.
    let end = write.at + TTL;
    let own = write.answered.filter(|_| read.handle == write.handle);
    // When the shared store knew of it.
    let told = history.told.get(&read.key).into_iter().flatten();
    let place = |version| writes.iter().position(|it| it.version == Some(version));
    let told = told.filter(|told| {
        told.version.is_none_or(|kept| place(kept).is_some_and(|kept| number <= kept))
    });
    let told = told.map(|told| told.at).chain(history.forgot.iter().copied());
    let told = told.filter(|told| *told >= write.at).min();
    let from = match layers {
        Layers::Process => own,
        Layers::Shared => own.into_iter().chain(told).min(),
        Layers::Both => own.into_iter().chain(told.map(|told| told + AT_MOST)).min(),
        Layers::Naive => write.answered,
    };
    from.unwrap_or(end).min(end)
}
