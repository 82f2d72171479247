//! Each value at an edge, in each place where a value can be.

use super::answer::Answer;
use super::operation::Operation;
use super::values::edges;
use super::{INDEXES, THINGS};
use crate::{Differences, dynamodb_local};
use monotable::expr::{Action, Comparison, Expr, Path, Step};
use monotable::request::{Delete, Get, PrimaryKey, Put, Returning, Update, Write};
use monotable::value::{Map, Number, Value, to_value};
use monotable::{Embedded, Kind};

const ENTITY: &str = "Thing";

fn key() -> PrimaryKey {
    PrimaryKey { pk: "p".into(), sk: "a".into() }
}

fn one() -> Value {
    Number::from(1).into()
}

fn put(item: Map) -> Operation {
    Operation::Write(Write::Put(Put::new(&THINGS, ENTITY, key(), item)))
}

fn get() -> Operation {
    Operation::Get(Get::new(&THINGS, ENTITY, key()))
}

fn delete() -> Operation {
    Operation::Write(Write::Delete(Delete::new(&THINGS, ENTITY, key())))
}

fn update(action: Action) -> Operation {
    let mut update = Update::new(&THINGS, ENTITY, key(), vec![action]);
    update.returning = Returning::New;
    Operation::Write(Write::Update(update))
}

fn item(name: &str, value: Value) -> Map {
    let mut item = Map::new();
    item.insert(name, value);
    item
}

/// Returns the requests that have the value. Each list begins without an item.
fn requests(value: &Value) -> Vec<Vec<Operation>> {
    let clone = || value.clone();
    let a = || Path::attribute("a");
    let puts = [
        vec![put(item("a", clone())), get()],
        vec![put(item("a", Value::List(vec![clone()]))), get()],
        vec![put(item("a", item("b", clone()).into())), get()],
    ];
    if to_value(&clone()).as_ref() != Ok(value) {
        // The typed layer makes no condition or change of this value.
        return puts.into();
    }
    let mut all = Vec::from(puts);
    all.extend([
        vec![put(Map::new()), update(Action::Set(a(), clone())), get()],
        vec![put(Map::new()), update(Action::SetIfAbsent(a(), clone())), get()],
        vec![put(Map::new()), update(Action::Append(a(), vec![clone()])), get()],
    ]);
    for attribute in [INDEXES[0].pk, INDEXES[0].sk] {
        all.push(vec![put(item(attribute, clone())), get()]);
        all.push(vec![put(Map::new()), update(Action::Set(Path::attribute(attribute), clone()))]);
    }
    let conditions = [
        Expr::Compare(a(), Comparison::Eq, clone()),
        Expr::Compare(a(), Comparison::Ne, clone()),
        Expr::Compare(a(), Comparison::Le, clone()),
        Expr::Between(a(), clone(), clone()),
        Expr::In(a(), vec![clone()]),
        Expr::Contains(a(), clone()),
    ];
    for condition in conditions {
        let mut update = Update::new(&THINGS, ENTITY, key(), Vec::new());
        update.actions.push(Action::Set(Path::attribute("b"), one()));
        update.condition = Some(condition);
        all.push(vec![put(item("a", clone())), Operation::Write(Write::Update(update.clone()))]);
        all.push(vec![put(item("a", one())), Operation::Write(Write::Update(update))]);
    }
    match clone() {
        Value::Number(number) => {
            for old in [one(), clone()] {
                let add = update(Action::Add(a(), number));
                all.push(vec![put(item("a", old)), add, get()]);
            }
            all.push(vec![put(Map::new()), update(Action::Add(a(), number)), get()]);
        }
        set @ Value::Set(_) => {
            all.push(vec![put(Map::new()), update(Action::Union(a(), set.clone())), get()]);
            all.push(vec![
                put(item("a", set.clone())),
                update(Action::Difference(a(), set)),
                get(),
            ]);
        }
        Value::Map(map) => {
            // Its name is the name of an attribute.
            for (name, value) in map.iter() {
                all.push(vec![put(item(name, value.clone())), get()]);
                let set = Action::Set(a().step(Step::Name(name.to_owned().into())), one());
                all.push(vec![put(item("a", Map::new().into())), update(set), get()]);
            }
        }
        _ => {}
    }
    all
}

/// Both stores refuse an index key that is not a text of a key's length. DynamoDB has several messages for
/// it, some of which say that the type is not the declared one.
fn forgive_index_keys(request: &Operation, answers: &mut (Answer, Answer)) {
    let text = request.text();
    if [INDEXES[0].pk, INDEXES[0].sk].iter().any(|name| text.contains(&format!("\"{name}\""))) {
        for answer in [&mut answers.0, &mut answers.1] {
            if *answer == Answer::Failed(Kind::InvalidRequest) {
                *answer = Answer::Failed(Kind::SchemaMismatch);
            }
        }
    }
}

#[tokio::test]
async fn edges_of_values() {
    let Some((theirs, _store)) = dynamodb_local().await else { return };
    let ours = Embedded::in_memory();
    let mut differences = Differences::default();
    let mut stored = 0;
    for value in edges() {
        for requests in requests(&value) {
            for answer in [delete().run(&ours).await, delete().run(&theirs).await] {
                assert!(matches!(answer, Answer::Done(..)), "{answer:?}");
            }
            for (at, request) in requests.iter().enumerate() {
                let mut answers = (request.run(&ours).await, request.run(&theirs).await);
                request.forgive(&mut answers.0, &mut answers.1);
                stored += usize::from(matches!(answers.0, Answer::Done(..)));
                forgive_index_keys(request, &mut answers);
                if !differences.same(at, &request.text(), &answers.0, &answers.1) {
                    break;
                }
            }
        }
    }
    differences.none();
    assert!(stored > 1_000, "{stored}");
}
