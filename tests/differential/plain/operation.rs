//! A request, and how it is sent.

use super::answer::{Answer, Paged, Reason};
use super::{INDEXES, THINGS};
use monotable::backend::Keyed;
use monotable::request::{
    BatchGet, BatchItem, BatchWrite, Get, PrimaryKey, Put, Query, TransactGet, TransactItem,
    TransactWrite, Write,
};
use monotable::value::Map;
use monotable::{Cost, CrossPartitionTransactions, Kind, Result};
use monotable_tests::Store;

/// The test fails if there are more pages than this, because the pages seem to have no end.
const PAGES: usize = 100;

/// A request whose items are not encoded yet, because the encoding depends on the backend.
#[derive(Debug, Clone)]
pub enum Operation {
    Get(Get),
    Write(Write<Map>),
    Query(Query),
    BatchGet(BatchGet),
    BatchWrite(Vec<BatchItem<Map>>),
    TransactGet(TransactGet),
    TransactWrite(TransactWrite<Map>),
}

impl Operation {
    /// Returns the text of the request, without the table.
    pub fn text(&self) -> String {
        let mut text = format!("{self:?}").replace(&format!("{THINGS:?}"), "..");
        for index in INDEXES {
            text = text.replace(&format!("{index:?}"), index.name);
        }
        text.replace(&"x".repeat(20), "")
    }

    pub async fn run<B: Store + CrossPartitionTransactions>(&self, backend: &B) -> Answer {
        self.send(backend).await.unwrap_or_else(|error| Answer::Failed(error.kind()))
    }

    async fn send<B: Store + CrossPartitionTransactions>(&self, backend: &B) -> Result<Answer> {
        Ok(match self.clone() {
            Operation::Get(get) => {
                let found = backend.get(get).await?;
                Answer::found([found.item], found.cost)
            }
            Operation::Write(Write::Put(put)) => {
                Answer::written(backend.put(encode_put(backend, put)?).await?)
            }
            Operation::Write(Write::Update(update)) => {
                Answer::written(backend.update(update).await?)
            }
            Operation::Write(Write::Delete(delete)) => {
                Answer::written(backend.delete(delete).await?)
            }
            Operation::Query(query) => Answer::Pages(pages(backend, query).await?),
            Operation::BatchGet(request) => {
                let found = backend.batch_get(request).await?;
                assert!(found.unprocessed.is_empty());
                Answer::found_in_any_order(found.items, found.cost)
            }
            Operation::BatchWrite(writes) => {
                let writes = writes.into_iter().map(|write| encode_batch_item(backend, write));
                let request = BatchWrite::new(&THINGS, writes.collect::<Result<_>>()?);
                let written = backend.batch_write(request).await?;
                assert!(written.unprocessed.is_empty());
                Answer::Done(None, written.cost)
            }
            Operation::TransactGet(request) => {
                let found = backend.transact_get(request).await?;
                Answer::found(found.items, found.cost)
            }
            Operation::TransactWrite(TransactWrite { writes, token, .. }) => {
                let writes = writes.into_iter().map(|write| encode_transact_item(backend, write));
                let request = TransactWrite::new(&THINGS, writes.collect::<Result<_>>()?, token);
                Answer::transacted(backend.transact_write(request).await?)
            }
        })
    }

    /// Removes differences between the answers that come from DynamoDB Local and that DynamoDB
    /// itself does not have.
    pub fn forgive(&self, ours: &mut Answer, theirs: &mut Answer) {
        // According to the documentation, the transaction is cancelled, and the reason of the write
        // is a `ValidationError`, such as "The document path provided in the update expression is
        // invalid for update". DynamoDB Local instead returns an error with that message.
        if let (Answer::Cancelled(reasons), Answer::Failed(Kind::InvalidRequest)) =
            (&*ours, &*theirs)
            && reasons.contains(&Reason::Failed(Kind::InvalidRequest))
        {
            *ours = Answer::Failed(Kind::InvalidRequest);
        }
        if let (Answer::Pages(ours), Answer::Pages(theirs)) = (&mut *ours, &*theirs) {
            ours.iter_mut().zip(theirs).for_each(|(ours, theirs)| ours.forgive_edge(theirs));
        }
        for answer in [ours, theirs] {
            match (self, answer) {
                // DynamoDB Local charges nothing for a key without an item, and calculates the cost
                // of writes in a batch or transaction differently from single writes.
                (Operation::BatchGet(_) | Operation::TransactGet(_), Answer::Found(_, cost))
                | (Operation::BatchWrite(_) | Operation::TransactWrite(_), Answer::Done(_, cost)) => {
                    *cost = Cost::ZERO
                }
                (_, Answer::Pages(pages)) => pages.iter_mut().for_each(Paged::forgive),
                _ => {}
            }
        }
    }
}

fn encode<B: Store>(backend: &B, entity: &str, key: &PrimaryKey, item: &Map) -> Result<B::Item> {
    let PrimaryKey { pk, sk } = key;
    let attributes = [(THINGS.pk, pk.as_str()), (THINGS.sk, sk), (THINGS.tag, entity)];
    backend.encode(&Keyed::new(&attributes, item))
}

fn encode_put<B: Store>(backend: &B, put: Put<Map>) -> Result<Put<B::Item>> {
    let Put { table, entity, key, item, condition, returning, .. } = put;
    let item = encode(backend, entity, &key, &item)?;
    let mut put = Put::new(table, entity, key, item);
    put.condition = condition;
    put.returning = returning;
    Ok(put)
}

fn encode_batch_item<B: Store>(backend: &B, write: BatchItem<Map>) -> Result<BatchItem<B::Item>> {
    Ok(match write {
        BatchItem::Put { entity, key, item, .. } => {
            let item = encode(backend, entity, &key, &item)?;
            BatchItem::put(entity, key, item)
        }
        BatchItem::Delete { entity, key, .. } => BatchItem::delete(entity, key),
    })
}

fn encode_transact_item<B: Store>(
    backend: &B,
    write: TransactItem<Map>,
) -> Result<TransactItem<B::Item>> {
    Ok(match write {
        TransactItem::Put(put) => TransactItem::Put(encode_put(backend, put)?),
        TransactItem::Update(update) => TransactItem::Update(update),
        TransactItem::Delete(delete) => TransactItem::Delete(delete),
        TransactItem::Check(check) => TransactItem::Check(check),
    })
}

/// Reads all pages. Each begins where the previous one ended.
async fn pages<B: Store + CrossPartitionTransactions>(
    backend: &B,
    mut query: Query,
) -> Result<Vec<Paged>> {
    let mut pages = Vec::new();
    loop {
        let page = backend.query(query.clone()).await?;
        query.after = page.last.clone();
        pages.push(Paged::of(page));
        if query.after.is_none() {
            break;
        }
        assert!(pages.len() < PAGES, "pages without an end");
    }
    // DynamoDB may report a next page after the last item. That page is then empty.
    if pages.len() > 1 && pages.last().is_some_and(Paged::is_empty) {
        pages.pop();
    }
    Ok(pages)
}
