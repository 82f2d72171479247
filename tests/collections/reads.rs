//! Reads collections of random items.

use crate::sample::{At, Backend, Count, Sample, Sampled};
use fastrand::Rng;
use monotable::Backend as _;
use monotable::prelude::*;
use monotable::request::Operation;
use monotable::testing::Recorder;

/// Returns a table with random items.
pub(crate) async fn filled<T: Sampled>(random: &mut Rng) -> Table<T, Backend> {
    let table = T::on(Recorder::new(Embedded::in_memory()));
    for item in T::items(random) {
        item.put(&table).await.unwrap();
    }
    table
}

/// Compares a collection with a filter of the partition, for all partitions.
pub(crate) async fn check<C: Sample>(table: &Table<C::Table, Backend>) {
    for at in At::all() {
        for descending in [false, true] {
            let all = C::all(&at, table, descending).await.unwrap();
            range::<C>(&at, table, &all, descending).await;
            let what = format!("{at:?}, descending: {descending}, of {all:#?}");
            whole::<C>(&at, table, &all, descending, &what).await;
            for limit in 1..4 {
                limited::<C>(&at, table, &all, descending, limit, &what).await;
            }
        }
    }
}

fn query<C: Sample>(at: &At, descending: bool) -> monotable::CollectionQuery<C> {
    if descending { C::query(at).descending() } else { C::query(at) }
}

/// The items of each member in the partition.
fn wanted<C: Sample>(all: &[C::Table]) -> Vec<Vec<C::Table>> {
    let of = |entity| all.iter().filter(|item| item.entity() == entity).cloned().collect();
    C::MEMBERS.iter().map(|member| of(member.entity)).collect()
}

/// Whether an item that must be there is not.
fn lacks<C: Sample>(wanted: &[Vec<C::Table>]) -> bool {
    let mut both = C::MEMBERS.iter().zip(wanted);
    both.any(|(member, items)| member.count == Count::One && items.is_empty())
}

/// The request reads the items of the members, and no others.
async fn range<C: Sample>(
    at: &At,
    table: &Table<C::Table, Backend>,
    all: &[C::Table],
    descending: bool,
) {
    let request = query::<C>(at, descending).request().unwrap().unwrap();
    let keys = format!("{:?}", request.keys);
    let page = table.backend().query(request).await.unwrap();
    let count: usize = wanted::<C>(all).iter().map(Vec::len).sum();
    let name = C::DEF.name;
    assert_eq!((page.read, page.last), (count, None), "{name} reads {keys} at {at:?}: {all:#?}");
}

/// The whole collection, in one request.
async fn whole<C: Sample>(
    at: &At,
    table: &Table<C::Table, Backend>,
    all: &[C::Table],
    descending: bool,
    what: &str,
) {
    let wanted = wanted::<C>(all);
    table.backend().take();
    let found = query::<C>(at, descending).send(table).await;
    assert_eq!(table.backend().take().operations(), [Operation::Query]);
    match found {
        Ok(found) => {
            assert!(!lacks::<C>(&wanted), "{found:?} at {what}");
            let text = format!("{found:?}");
            assert_eq!(found.lists(), wanted, "{text} at {what}");
        }
        Err(error) => assert!(lacks::<C>(&wanted) && error.is_not_found(), "{error}, at {what}"),
    }
}

/// The collection with a limit, and the rest by its cursor.
async fn limited<C: Sample>(
    at: &At,
    table: &Table<C::Table, Backend>,
    all: &[C::Table],
    descending: bool,
    limit: usize,
    what: &str,
) {
    let what = format!("{}, limit {limit}, {what}", C::DEF.name);
    let members = || C::MEMBERS.iter().enumerate();
    let literal = |(_, member): &(usize, &crate::sample::Member)| member.literal;
    let last =
        if descending { members().min_by_key(literal) } else { members().max_by_key(literal) };
    let (last, open) = last.unwrap();
    let lists = members().filter(|(_, member)| member.count == Count::Many).count();
    table.backend().take();
    let found = query::<C>(at, descending).limit(limit).page(table).await;
    if open.count != Count::Many || lists > 1 {
        assert!(found.is_err_and(|error| error.is_invalid_request()), "{what}");
        assert_eq!(table.backend().take().operations(), []);
        return;
    }
    assert_eq!(table.backend().take().operations(), [Operation::Query]);
    let mut wanted = wanted::<C>(all);
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            assert!(lacks::<C>(&wanted) && error.is_not_found(), "{error}, at {what}");
            return;
        }
    };
    let kept = limit.min(wanted[last].len());
    let rest = wanted[last].split_off(kept);
    assert_eq!(found.collection.lists(), wanted, "{what}");
    match found.cursor {
        Some(cursor) => {
            let after = C::after(cursor, last, at, table, descending).await.unwrap();
            assert_eq!(after, rest, "{what}");
        }
        None => assert_eq!(rest, [], "{what}"),
    }
}
