//! Random requests as plain data, of every shape that a backend accepts.

mod answer;
mod documents;
mod edges;
mod operation;
mod requests;
mod values;

use crate::{Differences, dynamodb_local, operations, random};
use answer::Answer;
use monotable::key::Encoding;
use monotable::schema::{IndexDef, Projection, TableDef};
use monotable::{CrossPartitionTransactions, Embedded};
use monotable_tests::Store;
use monotable_tests::layer::Whole;
use requests::Source;

static ALL: IndexDef = IndexDef::new("all", ["apk", "ask"], Projection::All);
static KEYS: IndexDef = IndexDef::new("keys", ["kpk", "ksk"], Projection::KeysOnly);
static SOME: IndexDef = IndexDef::new("some", ["spk", "ssk"], Projection::Include(&["a", "map"]));
static LOCAL: IndexDef =
    IndexDef::new("local", ["", "lsk"], Projection::Include(&["a", "map"])).local();
static INDEXES: [&IndexDef; 4] = [&ALL, &KEYS, &SOME, &LOCAL];
static THINGS: TableDef =
    TableDef::new("Things", ["pk", "sk", "_type"], Encoding::Escaped, &INDEXES, &[]);

#[tokio::test]
async fn plain_requests() {
    let Some((theirs, _keep)) = dynamodb_local().await else { return };
    let ours = Embedded::in_memory();
    let mut source = Source::new(random());
    let mut differences = Differences::default();
    for at in 0..operations() {
        let operation = source.operation();
        let mut answers = (operation.run(&ours).await, operation.run(&theirs).await);
        operation.forgive(&mut answers.0, &mut answers.1);
        if !differences.same(at, &operation.text(), &answers.0, &answers.1) {
            // Both sides start again without items, so that later differences do not result from
            // this one.
            clear(&ours).await;
            clear(&theirs).await;
        }
    }
    differences.none();
}

/// The answers are compared without costs, and without the ends of pages, which the service chooses.
#[tokio::test]
async fn plain_requests_on_cosmos() {
    let (theirs, _keep) = monotable_tests::cosmos::store().await;
    let (ours, theirs) = (Embedded::in_memory(), Whole(theirs));
    let mut source = Source::with_tokens_of_their_own(random());
    let mut differences = Differences::default();
    for at in 0..operations() {
        let operation = documents::portable(source.operation());
        let answers = (operation.run(&ours).await, operation.run(&theirs).await);
        let answers = (answers.0.without_pages(), answers.1.without_pages());
        if !differences.same(at, &operation.text(), &answers.0, &answers.1) {
            clear(&ours).await;
            clear(&theirs).await;
        }
    }
    differences.none();
}

/// Removes all items.
async fn clear<B: Store + CrossPartitionTransactions>(backend: &B) {
    for delete in requests::deletes() {
        assert!(matches!(delete.run(backend).await, Answer::Done(..)));
    }
}
