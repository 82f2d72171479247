//! Requests for a store of documents: without sets, binary data and long numbers, and with transactions in one partition.

use super::operation::Operation;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use monotable::expr::{Action, Expr, Path, Step};
use monotable::request::{BatchItem, Query, SortKeys, TransactItem, Write};
use monotable::value::{Map, Number, Set, Value};

/// Returns the request as a store of documents can make it.
///
/// What a document holds in another form (a set as a list, binary data as a text) is in that form for both stores. A
/// transaction keeps the writes of its first item's partition.
pub fn portable(operation: Operation) -> Operation {
    match operation {
        Operation::Write(Write::Put(mut put)) => {
            put.item = map(&put.item);
            put.condition = put.condition.as_ref().map(expr);
            Operation::Write(Write::Put(put))
        }
        Operation::Write(Write::Update(mut update)) => {
            update.actions = update.actions.iter().map(action).collect();
            update.condition = update.condition.as_ref().map(expr);
            Operation::Write(Write::Update(update))
        }
        Operation::Write(Write::Delete(mut delete)) => {
            delete.condition = delete.condition.as_ref().map(expr);
            Operation::Write(Write::Delete(delete))
        }
        Operation::Query(mut query) => {
            query.filter = query.filter.as_ref().map(expr);
            query.filter = query.filter.filter(|filter| {
                let mut are_plain = true;
                filter.paths(&mut |path| are_plain &= is_plain(path));
                are_plain
            });
            // What a point read returns is more, and so is what a filter is compared with after the items were read.
            let is_more = is_of_one(&query) || query.filter.is_some();
            let attributes = query.attributes.take().filter(|_| !is_more);
            query.attributes = attributes.map(|all| {
                all.iter().copied().filter(|name| is_plain(&Path::attribute(name))).collect()
            });
            Operation::Query(query)
        }
        Operation::BatchWrite(writes) => {
            Operation::BatchWrite(writes.into_iter().map(batch_item).collect())
        }
        // A point read has whole items.
        Operation::Get(mut get) => {
            get.attributes = None;
            Operation::Get(get)
        }
        Operation::TransactGet(mut request) => {
            request.gets.iter_mut().for_each(|get| get.attributes = None);
            let pk = request.gets.first().map(|get| get.key.pk.clone());
            request.gets.retain(|get| Some(&get.key.pk) == pk.as_ref());
            Operation::TransactGet(request)
        }
        Operation::TransactWrite(mut request) => {
            let pk = request.writes.first().map(|write| write.key().pk.clone());
            request.writes.retain(|write| Some(&write.key().pk) == pk.as_ref());
            request.writes = request.writes.into_iter().map(transact_item).collect();
            Operation::TransactWrite(request)
        }
        other => other,
    }
}

/// Returns whether the emulator knows the names of a path. It does not know the escapes of other ones in a query.
fn is_plain(path: &Path) -> bool {
    let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let steps = path.steps().iter();
    is_plain(path.root())
        && steps.into_iter().all(|step| match step {
            Step::Name(name) => is_plain(name),
            Step::Index(_) => true,
        })
}

/// Returns whether the query is a point read.
fn is_of_one(query: &Query) -> bool {
    let texts = query.keys.texts();
    query.index.is_none() && texts.is_some_and(|(_, sort)| matches!(sort, SortKeys::Equals(_)))
}

fn batch_item(item: BatchItem<Map>) -> BatchItem<Map> {
    match item {
        BatchItem::Put { entity, key, item, .. } => BatchItem::put(entity, key, map(&item)),
        delete => delete,
    }
}

fn transact_item(item: TransactItem<Map>) -> TransactItem<Map> {
    match item {
        TransactItem::Put(mut put) => {
            put.item = map(&put.item);
            put.condition = put.condition.as_ref().map(expr);
            TransactItem::Put(put)
        }
        TransactItem::Update(mut update) => {
            update.actions = update.actions.iter().map(action).collect();
            update.condition = update.condition.as_ref().map(expr);
            if update.actions.is_empty() {
                // The other stores refuse it, and the typed API sends a check.
                update.actions.push(Action::Set(Path::attribute("a"), Value::Null));
            }
            TransactItem::Update(update)
        }
        TransactItem::Delete(mut delete) => {
            delete.condition = delete.condition.as_ref().map(expr);
            TransactItem::Delete(delete)
        }
        TransactItem::Check(mut check) => {
            check.condition = expr(&check.condition);
            TransactItem::Check(check)
        }
    }
}

fn map(all: &Map) -> Map {
    let mut new = Map::new();
    for (name, it) in all.iter() {
        new.insert(name, value(it));
    }
    new
}

fn values(all: &[Value]) -> Vec<Value> {
    all.iter().map(value).collect()
}

fn value(it: &Value) -> Value {
    match it {
        Value::Number(it) => number(*it).into(),
        Value::Bytes(bytes) => STANDARD.encode(bytes).into(),
        Value::List(all) => values(all).into(),
        Value::Map(all) => map(all).into(),
        Value::Set(set) => elements(set).into(),
        other => other.clone(),
    }
}

fn elements(set: &Set) -> Vec<Value> {
    match set {
        Set::Text(all) => all.iter().map(|text| text.as_str().into()).collect(),
        Set::Numbers(all) => all.iter().map(|it| number(*it).into()).collect(),
        Set::Bytes(all) => all.iter().map(|bytes| STANDARD.encode(bytes).into()).collect(),
    }
}

/// Returns the number, or another one if it has too many digits or its sums would have.
fn number(it: Number) -> Number {
    let text = it.to_string();
    if text.len() <= 5 && !text.contains(['e', 'E']) { it } else { Number::from(3) }
}

fn action(it: &Action) -> Action {
    match it.clone() {
        Action::Set(path, it) => Action::Set(path, value(&it)),
        Action::SetIfAbsent(path, it) => Action::SetIfAbsent(path, value(&it)),
        Action::Add(path, by) => Action::Add(path, number(by)),
        Action::Append(path, all) => Action::Append(path, values(&all)),
        Action::Prepend(path, all) => Action::Prepend(path, values(&all)),
        Action::Union(path, Value::Set(set)) => Action::Append(path, elements(&set)),
        Action::Difference(path, _) => Action::Remove(path),
        other => other,
    }
}

fn expr(it: &Expr) -> Expr {
    let exprs = |all: &[Expr]| all.iter().map(expr).collect();
    match it.clone() {
        Expr::Compare(path, comparison, with) => Expr::Compare(path, comparison, value(&with)),
        Expr::Between(path, from, to) => Expr::Between(path, value(&from), value(&to)),
        Expr::In(path, all) => Expr::In(path, values(&all)),
        Expr::Contains(path, part) => Expr::Contains(path, value(&part)),
        Expr::And(all) => Expr::And(exprs(&all)),
        Expr::Or(all) => Expr::Or(exprs(&all)),
        Expr::Not(inner) => Expr::Not(Box::new(expr(&inner))),
        other => other,
    }
}
