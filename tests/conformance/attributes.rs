//! Indexes whose keys are attributes of the items.

use jiff::Timestamp;
use monotable::Cursor;
use monotable::prelude::*;
use monotable::testing::Recorder;
use monotable_tests::Store;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Bound;
use std::str::FromStr;

/// Two attributes in the partition key, and three in the sort key.
#[derive(Debug, Index)]
#[index(name = "by_region", attributes)]
pub struct ByRegion;

/// Only keys, which not every item has.
#[derive(Debug, Index)]
#[index(name = "by_winner", attributes, projection = keys_only)]
pub struct ByWinner;

/// A decimal in the sort key.
#[derive(Debug, Index)]
#[index(name = "by_prize", attributes, projection = include(round))]
pub struct ByPrize;

/// No sort key.
#[derive(Debug, Index)]
#[index(name = "by_venue", attributes)]
pub struct ByVenue;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(indexes(ByRegion, ByWinner, ByPrize, ByVenue))]
pub enum Cup {
    Match(Match),
    Bye(Bye),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
pub struct Tournament(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, KeyPart)]
pub enum Bracket {
    Upper,
    Lower,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Cup, pk = "MATCH#{id}", sk = "MATCH")]
#[access(by_region, index = ByRegion, pk(tournament, region), sk(bracket, round, name))]
#[access(by_winner, index = ByWinner, pk(winner), sk(starts))]
#[access(by_prize, index = ByPrize, pk(region), sk(prize))]
#[access(by_venue, index = ByVenue, pk(venue))]
pub struct Match {
    pub id: String,
    pub tournament: Tournament,
    pub region: Option<String>,
    pub bracket: Bracket,
    pub round: i32,
    #[serde(rename = "called")]
    pub name: String,
    pub winner: Option<String>,
    #[serde(with = "monotable::timestamp::ms")]
    pub starts: Timestamp,
    #[serde(with = "monotable::decimal")]
    pub prize: Prize,
    pub venue: Option<u64>,
}

/// On the same index, with another name for a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Cup, pk = "BYE#{id}", sk = "BYE")]
#[access(by_region, index = ByRegion, pk(tournament, region), sk(bracket, round, called))]
pub struct Bye {
    pub id: String,
    pub tournament: Tournament,
    pub region: String,
    pub bracket: Bracket,
    pub round: i32,
    pub called: String,
}

/// A key attribute of the index, and another field.
#[derive(Debug, PartialEq, Projection)]
#[projection(of = Match)]
pub struct Score {
    pub round: i32,
    pub prize: Prize,
}

/// An amount in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prize(pub i64);

impl fmt::Display for Prize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }
}

impl FromStr for Prize {
    type Err = std::num::ParseFloatError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Prize((text.parse::<f64>()? * 100.0).round() as i64))
    }
}

fn cup(name: &str) -> Tournament {
    Tournament(name.to_owned())
}

fn game(id: &str, bracket: Bracket, round: i32, name: &str) -> Match {
    Match {
        id: id.to_owned(),
        tournament: cup("winter"),
        region: Some("north".to_owned()),
        bracket,
        round,
        name: name.to_owned(),
        winner: None,
        starts: Timestamp::UNIX_EPOCH,
        prize: Prize(0),
        venue: None,
    }
}

fn bye(id: &str, round: i32) -> Bye {
    Bye {
        id: id.to_owned(),
        tournament: cup("winter"),
        region: "north".to_owned(),
        bracket: Bracket::Upper,
        round,
        called: "bye".to_owned(),
    }
}

fn ids(found: &[Match]) -> Vec<&str> {
    found.iter().map(|found| found.id.as_str()).collect()
}

pub async fn attributes_are_bound_from_left_to_right<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let cups = Cup::on(recorder.clone());
    for (id, bracket, round, name) in [
        ("1", Bracket::Upper, 2, "b"),
        ("2", Bracket::Upper, 10, "a"),
        ("3", Bracket::Upper, 2, "a"),
        ("4", Bracket::Lower, 1, "a"),
        ("5", Bracket::Upper, -1, "a"),
    ] {
        game(id, bracket, round, name).put().send(&cups).await.unwrap();
    }
    let mut other = game("6", Bracket::Upper, 2, "a");
    other.region = Some("south".to_owned());
    other.put().send(&cups).await.unwrap();
    recorder.take();
    let all = || Match::by_region(cup("winter"), "north");
    // Enums are stored by name, and numbers as numbers.
    assert_eq!(ids(&all().all(&cups).await.unwrap()), ["4", "5", "3", "1", "2"]);
    assert_eq!(recorder.take().len(), 1);
    let upper = || all().eq(Bracket::Upper);
    assert_eq!(ids(&upper().all(&cups).await.unwrap()), ["5", "3", "1", "2"]);
    assert_eq!(ids(&upper().descending().all(&cups).await.unwrap()), ["2", "1", "3", "5"]);
    assert_eq!(ids(&upper().eq(2).all(&cups).await.unwrap()), ["3", "1"]);
    let winter = cup("winter");
    let south = Match::by_region(&winter, "south".to_owned());
    assert_eq!(ids(&south.all(&cups).await.unwrap()), ["6"]);
    assert_eq!(Match::by_region(cup("summer"), "north").count(&cups).await.unwrap(), 0);
}

pub async fn queries_of_attributes_end_as_all_queries_do<B: Store>(backend: B) {
    let cups = Cup::on(backend);
    for (id, round, name) in [("1", 2, "b"), ("2", 10, "a"), ("3", 2, "a"), ("5", -1, "a")] {
        game(id, Bracket::Upper, round, name).put().send(&cups).await.unwrap();
    }
    let all = || Match::by_region(cup("winter"), "north");
    let upper = || all().eq(Bracket::Upper);
    let one = upper().eq(2).eq("b");
    assert_eq!(one.clone().one(&cups).await.unwrap().id, "1");
    assert_eq!(one.clone().count(&cups).await.unwrap(), 1);
    assert_eq!(one.request().unwrap().unwrap().keys.to_string(), "winter, north / Upper, 2, b");
    let several = upper().eq(2).one(&cups).await.unwrap_err();
    assert!(several.to_string().contains("`winter, north / Upper, 2`"), "{several}");
    assert_eq!(upper().first(&cups).await.unwrap().unwrap().id, "5");
    assert_eq!(ids(&upper().range(3..).all(&cups).await.unwrap()), ["2"]);
    // A filter on the key attributes is refused, as DynamoDB would, but not one on other fields.
    let refused = all().filter(Match::ROUND.gt(1)).all(&cups).await.unwrap_err();
    assert!(refused.is_invalid_request() && refused.to_string().contains("`round`"), "{refused}");
    let filtered = all().filter(Match::VENUE.absent()).count(&cups).await.unwrap();
    assert_eq!(filtered, 4);
}

pub async fn ranges_are_those_of_the_values<B: Store>(backend: B) {
    let cups = Cup::on(backend);
    let rounds = [-20, -3, -2, 0, 1, 9, 10, 100];
    let names = ["a", "a\0", "aa", "ab", "b", "ä", "\u{d7ff}", "\u{e000}", "\u{10ffff}"];
    for (at, round) in rounds.iter().enumerate() {
        let stored = game(&format!("r{at}"), Bracket::Upper, *round, "x");
        stored.put().send(&cups).await.unwrap();
    }
    for (at, name) in names.iter().enumerate() {
        game(&format!("n{at}"), Bracket::Lower, 0, name).put().send(&cups).await.unwrap();
    }
    let all = || Match::by_region(cup("winter"), "north");
    let ends = [-21, -3, 0, 10, 100, 101];
    for (lower, upper) in bounds(&ends)
        .into_iter()
        .flat_map(|lower| bounds(&ends).into_iter().map(move |upper| (lower, upper)))
    {
        let found = all().eq(Bracket::Upper).range((lower, upper)).all(&cups).await.unwrap();
        let found: Vec<i32> = found.iter().map(|found| found.round).collect();
        let is_in = |round: &i32| within(round, &lower, &upper);
        let wanted: Vec<i32> = rounds.iter().copied().filter(is_in).collect();
        assert_eq!(found, wanted, "{lower:?} {upper:?}");
    }
    let ends = ["", "a", "aa", "b", "\u{e000}", "\u{10ffff}"];
    for (lower, upper) in bounds(&ends)
        .into_iter()
        .flat_map(|lower| bounds(&ends).into_iter().map(move |upper| (lower, upper)))
    {
        let query = all().eq(Bracket::Lower).eq(0).range((lower, upper));
        let found = query.all(&cups).await.unwrap();
        let found: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
        let is_in = |name: &&str| within(name, &lower, &upper);
        let wanted: Vec<&str> = names.iter().copied().filter(is_in).collect();
        assert_eq!(found, wanted, "{lower:?} {upper:?}");
    }
    for prefix in ["", "a", "a\0", "b", "c", "\u{10ffff}"] {
        let found = all().eq(Bracket::Lower).eq(0).begins_with(prefix).all(&cups).await.unwrap();
        let found: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
        let wanted: Vec<&str> =
            names.iter().copied().filter(|name| name.starts_with(prefix)).collect();
        assert_eq!(found, wanted, "{prefix:?}");
    }
}

fn bounds<T: Copy>(ends: &[T]) -> Vec<Bound<T>> {
    let mut bounds = vec![Bound::Unbounded];
    bounds.extend(ends.iter().copied().map(Bound::Included));
    bounds.extend(ends.iter().copied().map(Bound::Excluded));
    bounds
}

fn within<T: PartialOrd>(value: &T, lower: &Bound<T>, upper: &Bound<T>) -> bool {
    let above = match lower {
        Bound::Included(lower) => value >= lower,
        Bound::Excluded(lower) => value > lower,
        Bound::Unbounded => true,
    };
    let below = match upper {
        Bound::Included(upper) => value <= upper,
        Bound::Excluded(upper) => value < upper,
        Bound::Unbounded => true,
    };
    above && below
}

pub async fn decimals_and_times_are_in_their_order<B: Store>(backend: B) {
    let cups = Cup::on(backend);
    let start = |seconds: i64| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
    for (at, cents) in [-1_050, 999, 0, 1_000, 10_000].into_iter().enumerate() {
        let mut stored = game(&at.to_string(), Bracket::Upper, 1, "x");
        stored.prize = Prize(cents);
        stored.winner = Some("ann".to_owned());
        stored.starts = start(100 - cents / 100);
        stored.put().send(&cups).await.unwrap();
    }
    let cheap = Match::by_prize("north").range(..Prize(1_000)).all(&cups).await.unwrap();
    fn id<I: monotable::Index>(entry: &monotable::Projected<Match, I>) -> String {
        entry.key().parts().0.clone()
    }
    assert_eq!(cheap[0].get(Match::ROUND).unwrap(), 1);
    assert_eq!(cheap.iter().map(id).collect::<Vec<_>>(), ["0", "2", "1"]);
    let one = Match::by_prize("north").eq(Prize(999)).all(&cups).await.unwrap();
    assert_eq!(one.iter().map(id).collect::<Vec<_>>(), ["1"]);
    let between = Match::by_prize("north").range(Prize(0)..Prize(1_000)).all(&cups).await.unwrap();
    assert_eq!(between.iter().map(id).collect::<Vec<_>>(), ["2", "1"]);
    let late = Match::by_winner("ann").range(start(91)..).all(&cups).await.unwrap();
    assert_eq!(late.iter().map(id).collect::<Vec<_>>(), ["1", "2", "0"]);
    // A bound that is finer than what is stored is refused, as a value is.
    let finer = start(0) + jiff::SignedDuration::from_micros(1);
    let error = Match::by_winner("ann").range(finer..).all(&cups).await.unwrap_err();
    assert!(error.is_encode() && error.to_string().contains("`starts`"), "{error}");
}

pub async fn an_item_without_an_attribute_is_not_in_the_index<B: Store>(backend: B) {
    let cups = Cup::on(backend);
    let mut stored = game("1", Bracket::Upper, 1, "x");
    stored.venue = Some(7);
    stored.put().send(&cups).await.unwrap();
    assert_eq!(Match::by_winner("ann").count(&cups).await.unwrap(), 0);
    // Nothing else depends on the field, so an update by key sets it alone.
    let key = || Match::key("1");
    key().update().set(Match::WINNER, "ann").send(&cups).await.unwrap();
    assert_eq!(Match::by_winner("ann").all(&cups).await.unwrap(), [Match::key("1")]);
    let all = |region: &'static str| Match::by_region(cup("winter"), region);
    key()
        .update()
        .set(Match::REGION, "south")
        .increment(Match::ROUND, 4)
        .send(&cups)
        .await
        .unwrap();
    assert_eq!(all("north").count(&cups).await.unwrap(), 0);
    assert_eq!(all("south").eq(Bracket::Upper).eq(5).count(&cups).await.unwrap(), 1);
    key().update().remove(Match::REGION).send(&cups).await.unwrap();
    assert_eq!(all("south").count(&cups).await.unwrap(), 0);
    // No sort attributes at all.
    assert_eq!(Match::by_venue(7).all(&cups).await.unwrap().len(), 1);
    key().update_with(|item| item.venue = None).send(&cups).await.unwrap();
    assert_eq!(Match::by_venue(7).count(&cups).await.unwrap(), 0);
    key().update().set(Match::VENUE, 8).send(&cups).await.unwrap();
    assert_eq!(Match::by_venue(8).first(&cups).await.unwrap().unwrap().id, "1");
    key().delete().send(&cups).await.unwrap();
    assert_eq!(Match::by_venue(8).count(&cups).await.unwrap(), 0);
    // The partition of items without the attribute is none.
    let error = Match::by_venue(None::<u64>).count(&cups).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("`venue` is absent"), "{error}");
}

pub async fn several_entities_are_told_apart<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let cups = Cup::on(recorder.clone());
    for round in 0..20 {
        bye(&format!("b{round}"), round).put().send(&cups).await.unwrap();
    }
    for round in [3, 30] {
        let stored = game(&format!("m{round}"), Bracket::Upper, round, "x");
        stored.put().send(&cups).await.unwrap();
    }
    let matches = || Match::by_region(cup("winter"), "north").eq(Bracket::Upper);
    assert_eq!(ids(&matches().all(&cups).await.unwrap()), ["m3", "m30"]);
    assert_eq!(matches().count(&cups).await.unwrap(), 2);
    assert_eq!(Bye::by_region(cup("winter"), "north").count(&cups).await.unwrap(), 20);
    recorder.take();
    // One request, although items of the other entity are between them.
    assert_eq!(ids(&matches().limit(2).all(&cups).await.unwrap()), ["m3", "m30"]);
    assert_eq!(matches().range(4..).first(&cups).await.unwrap().unwrap().id, "m30");
    assert_eq!(recorder.take().len(), 2);
    // Pages that end at an item of the other entity have cursors.
    let (mut found, mut pages, mut after) = (Vec::new(), 0, None::<Cursor>);
    loop {
        let page = matches().page_size(4).after(after).page(&cups).await.unwrap();
        found.extend(page.items);
        pages += 1;
        after = page.cursor;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(ids(&found), ["m3", "m30"]);
    assert!(pages >= 6, "{pages}");
    let report = Match::by_region(cup("winter"), "north").delete_all().send(&cups).await.unwrap();
    assert_eq!(report.deleted, 2);
    assert_eq!(Bye::by_region(cup("winter"), "north").count(&cups).await.unwrap(), 20);
}

pub async fn pages_go_on_after_an_entry<B: Store>(backend: B) {
    let cups = Cup::on(backend);
    for at in 0..7 {
        // Some entries have equal keys.
        let mut stored = game(&format!("m{at}"), Bracket::Upper, at / 3, "x");
        stored.prize = Prize(i64::from(at / 2) * -5);
        stored.venue = Some(1);
        stored.put().send(&cups).await.unwrap();
    }
    for descending in [false, true] {
        for size in 1..=8 {
            let query = || {
                let query = Match::by_region(cup("winter"), "north").eq(Bracket::Upper).range(0..);
                if descending { query.descending() } else { query }
            };
            let whole = query().all(&cups).await.unwrap();
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = query().page_size(size).after(after).page(&cups).await.unwrap();
                // A cursor is a text.
                after = page.cursor.map(|cursor| cursor.to_string().parse::<Cursor>().unwrap());
                found.extend(page.items);
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(found.len(), 7);
            assert_eq!(ids(&found), ids(&whole), "{size}");
        }
    }
    // With a filter, a page is cut off, and its cursor is made from the item.
    let filtered = || {
        let odd = Match::ID.is_in(["m1", "m3", "m5"]);
        Match::by_region(cup("winter"), "north").filter(odd)
    };
    let first = filtered().limit(2).page(&cups).await.unwrap();
    let rest = filtered().after(&first.cursor).all(&cups).await.unwrap();
    let mut both: Vec<_> = first.items.iter().chain(&rest).map(|found| found.id.clone()).collect();
    both.sort();
    assert_eq!(both, ["m1", "m3", "m5"]);
    let scores = || filtered().project::<Score>().limit(2);
    let first = scores().page(&cups).await.unwrap();
    assert_eq!(first.items[0], Score { round: 0, prize: Prize(0) });
    let rest = scores().after(&first.cursor).all(&cups).await.unwrap();
    assert_eq!(rest.iter().map(|score| score.round).collect::<Vec<_>>(), [1]);
    let no_sort = Match::by_venue(1).page_size(3).page(&cups).await.unwrap();
    let rest = Match::by_venue(1).after(no_sort.cursor).all(&cups).await.unwrap();
    assert_eq!(rest.len(), 4);
    let page = Match::by_prize("north").page_size(2).page(&cups).await.unwrap();
    let rest = Match::by_prize("north").after(&page.cursor).all(&cups).await.unwrap();
    assert_eq!(rest.len(), 5);
    // Cursors of other queries.
    let others = [
        Match::by_region(cup("winter"), "south").after(&first.cursor).page(&cups).await,
        Match::by_region(cup("summer"), "north").after(&first.cursor).page(&cups).await,
        Match::by_region(cup("winter"), "north")
            .descending()
            .after(&first.cursor)
            .page(&cups)
            .await,
        Match::by_region(cup("winter"), "north")
            .eq(Bracket::Upper)
            .after(&first.cursor)
            .page(&cups)
            .await,
        Match::by_venue(1).after(&first.cursor).page(&cups).await,
    ];
    for other in others {
        assert!(other.unwrap_err().is_invalid_cursor());
    }
}

pub async fn values_that_no_key_holds_are_refused<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let cups = Cup::on(recorder.clone());
    let stored = game("1", Bracket::Upper, 1, "x");
    stored.put().send(&cups).await.unwrap();
    recorder.take();
    let key = || Match::key("1");
    let (empty, long) = (String::new(), "x".repeat(1025));
    let with = |name: &str| Match { name: name.to_owned(), ..stored.clone() };
    let region = |name: String| Match { region: Some(name), ..stored.clone() };
    let text = "not written";
    let errors = [
        with(&empty).put().send(&cups).await.unwrap_err(),
        with(&long).create().send(&cups).await.unwrap_err(),
        region("r".repeat(2043)).put().send(&cups).await.unwrap_err(),
        key().update().set(Match::NAME, &*empty).send(&cups).await.unwrap_err(),
        key().update().set(Match::NAME, &*long).send(&cups).await.unwrap_err(),
        stored.update().set(Match::REGION, &*empty).send(&cups).await.unwrap_err(),
        Match::by_region(cup("winter"), "").all(&cups).await.unwrap_err(),
        Match::by_region(cup("winter"), "r".repeat(2043)).all(&cups).await.unwrap_err(),
        Match::by_region(cup("winter"), "north")
            .eq(Bracket::Upper)
            .eq(1)
            .begins_with(&long)
            .all(&cups)
            .await
            .unwrap_err(),
    ];
    for error in errors {
        let told = error.to_string();
        assert!(error.is_invalid_key(), "{told}");
        assert!(told.contains("`called`") || told.contains("`region`"), "{told}");
    }
    assert!(recorder.take().is_empty(), "{text}");
    let closure = key().update_with(|item| item.name.clear()).send(&cups).await.unwrap_err();
    assert!(closure.is_invalid_key(), "{closure}");
    // The longest that there is.
    with(&"x".repeat(1024 - 5 - 2)).put().send(&cups).await.unwrap();
    let error = with(&"x".repeat(1024 - 5 - 1)).put().send(&cups).await.unwrap_err();
    assert!(error.is_invalid_request() || error.is_schema_mismatch(), "{error}");
    // The other entity has the attribute, too, whatever its key is.
    let other = Bye { called: String::new(), ..bye("b", 1) };
    let error = other.put().send(&cups).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("`called`"), "{error}");
}
