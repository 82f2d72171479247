//! Answers in a form that can be compared.

use monotable::backend::Item;
use monotable::request::{
    Outcome, Queried, Reason as Cancelled, TransactOutcome, Transacted, Written,
};
use monotable::value::{Map, Number, Set, Value};
use monotable::{Cost, Kind};

/// The answer to a request, with decoded items. It is compared by its `Debug` text.
#[derive(Debug, PartialEq)]
pub enum Answer {
    Failed(Kind),
    Found(Vec<Option<Stored>>, Cost),
    /// The write was made. Has the item that the request returns.
    Done(Option<Stored>, Cost),
    /// The write was refused. Has the stored item.
    Refused(Option<Stored>, Cost),
    Pages(Vec<Paged>),
    Cancelled(Vec<Reason>),
}

/// The reason of one write in a cancelled transaction.
#[derive(Debug, PartialEq)]
pub enum Reason {
    Fine,
    Refused(Option<Stored>),
    Failed(Kind),
}

/// A page of a query.
#[derive(Debug, PartialEq)]
pub struct Paged {
    items: Vec<Stored>,
    count: usize,
    read: usize,
    cost: Cost,
}

/// An item. Equal items have the same text, because names and elements of sets are sorted.
#[derive(PartialEq)]
pub struct Stored(String);

impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

fn stored<I: Item>(item: I) -> Stored {
    let map: Map = item.decode().expect("an item");
    Stored(text(&Value::Map(map)))
}

fn text(value: &Value) -> String {
    match value {
        // A whole float beyond 2^53 is read from DynamoDB as an integer, which is shown in another way.
        Value::Number(number) => {
            number.to_string().parse::<Number>().unwrap_or(*number).to_string()
        }
        Value::List(values) => {
            let values: Vec<_> = values.iter().map(text).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Map(map) => {
            let mut entries: Vec<_> =
                map.iter().map(|(name, value)| format!("{name:?}: {}", text(value))).collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Set(Set::Numbers(numbers)) => {
            let numbers: Vec<_> = numbers.iter().map(ToString::to_string).collect();
            format!("Numbers({})", numbers.join(", "))
        }
        other => format!("{other:?}"),
    }
}

impl Answer {
    pub fn found<I: Item>(items: impl IntoIterator<Item = Option<I>>, cost: Cost) -> Self {
        Answer::Found(items.into_iter().map(|item| item.map(stored)).collect(), cost)
    }

    pub fn found_in_any_order<I: Item>(items: Vec<I>, cost: Cost) -> Self {
        let mut items: Vec<_> = items.into_iter().map(stored).collect();
        items.sort_by(|one, other| one.0.cmp(&other.0));
        Answer::Found(items.into_iter().map(Some).collect(), cost)
    }

    pub fn written<I: Item>(written: Written<I>) -> Self {
        match written.outcome {
            Outcome::Done => Answer::Done(written.item.map(stored), written.cost),
            Outcome::Refused { current } => Answer::Refused(current.map(stored), written.cost),
        }
    }

    /// Returns the answer without costs, and all pages as one.
    pub fn without_pages(self) -> Self {
        match self {
            Answer::Found(items, _) => Answer::Found(items, Cost::ZERO),
            Answer::Done(item, _) => Answer::Done(item, Cost::ZERO),
            Answer::Refused(item, _) => Answer::Refused(item, Cost::ZERO),
            Answer::Pages(pages) => {
                let count = pages.iter().map(|page| page.count).sum();
                let items = pages.into_iter().flat_map(|page| page.items).collect();
                Answer::Pages(vec![Paged { items, count, read: 0, cost: Cost::ZERO }])
            }
            other => other,
        }
    }

    pub fn transacted<I: Item>(transacted: Transacted<I>) -> Self {
        match transacted.outcome {
            TransactOutcome::Done => Answer::Done(None, transacted.cost),
            TransactOutcome::Cancelled(reasons) => {
                Answer::Cancelled(reasons.into_iter().map(Reason::of).collect())
            }
        }
    }
}

impl Reason {
    fn of<I: Item>(reason: Cancelled<I>) -> Self {
        match reason {
            Cancelled::Fine => Reason::Fine,
            Cancelled::Refused { current } => Reason::Refused(current.map(stored)),
            Cancelled::Failed(error) => Reason::Failed(error.kind()),
        }
    }
}

impl Paged {
    pub fn of<I: Item>(page: Queried<I>) -> Self {
        let Queried { items, count, read, cost, .. } = page;
        Paged { items: items.into_iter().map(stored).collect(), count, read, cost }
    }

    /// Ignores a small difference in cost, because the sum of many sizes can be close to the limit
    /// of a unit, see `Source::item`.
    pub fn forgive_edge(&mut self, theirs: &Paged) {
        let difference = (self.cost.read_units.get() - theirs.cost.read_units.get()).abs();
        if self.read > 1 && difference <= 1.0 {
            self.cost = theirs.cost;
        }
    }

    /// Ignores the cost of an empty page. DynamoDB Local charges nothing for it, and DynamoDB
    /// charges the smallest amount.
    pub fn forgive(&mut self) {
        if self.read == 0 {
            self.cost = Cost::ZERO;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.count == 0 && self.read == 0
    }
}
