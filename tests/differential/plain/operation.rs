//! One request, and sending it.

use super::answer::{Answer, Paged, Reason};
use super::{INDEXES, THINGS};
use monotable::request::{
    BatchGet, BatchWrite, Get, PrimaryKey, Put, Query, TransactGet, TransactWrite, Write,
};
use monotable::value::Map;
use monotable::{Cost, CrossPartitionTransactions, Keyed, Kind, Result};

/// If there are more pages than this, the test fails, because the pages seem to have no end.
const PAGES: usize = 100;

/// A request, of items that no backend has encoded yet.
#[derive(Debug, Clone)]
pub enum Operation {
    Get(Get),
    Write(Write<Map>),
    Query(Query),
    BatchGet(BatchGet),
    BatchWrite(Vec<Write<Map>>),
    TransactGet(TransactGet),
    TransactWrite(TransactWrite<Map>),
}

impl Operation {
    /// What it is, without the table.
    pub fn text(&self) -> String {
        let mut text = format!("{self:?}").replace(&format!("{THINGS:?}"), "..");
        for index in INDEXES {
            text = text.replace(&format!("{index:?}"), index.name);
        }
        text.replace(&"x".repeat(20), "")
    }

    pub async fn run<B: CrossPartitionTransactions>(&self, backend: &B) -> Answer {
        self.send(backend).await.unwrap_or_else(|error| Answer::Failed(error.kind()))
    }

    async fn send<B: CrossPartitionTransactions>(&self, backend: &B) -> Result<Answer> {
        let encode_all = |writes: &[Write<Map>]| -> Result<Vec<Write<B::Item>>> {
            writes.iter().cloned().map(|write| encode(backend, write)).collect()
        };
        Ok(match self.clone() {
            Operation::Get(get) => {
                let found = backend.get(get).await?;
                Answer::found([found.item], found.cost)
            }
            Operation::Write(write) => match encode(backend, write)? {
                Write::Put(put) => Answer::written(backend.put(put).await?),
                Write::Update(update) => Answer::written(backend.update(update).await?),
                Write::Delete(delete) => Answer::written(backend.delete(delete).await?),
                Write::Check(_) => unreachable!("only transactions have checks"),
            },
            Operation::Query(query) => Answer::Pages(pages(backend, query).await?),
            Operation::BatchGet(request) => {
                let found = backend.batch_get(request).await?;
                assert!(found.unprocessed.is_empty());
                Answer::found_in_any_order(found.items, found.cost)
            }
            Operation::BatchWrite(writes) => {
                let request = BatchWrite::new(&THINGS, encode_all(&writes)?);
                let written = backend.batch_write(request).await?;
                assert!(written.unprocessed.is_empty());
                Answer::Done(None, written.cost)
            }
            Operation::TransactGet(request) => {
                let found = backend.transact_get(request).await?;
                Answer::found(found.items, found.cost)
            }
            Operation::TransactWrite(TransactWrite { writes, token, .. }) => {
                let request = TransactWrite::new(&THINGS, encode_all(&writes)?, token);
                Answer::transacted(backend.transact_write(request).await?)
            }
        })
    }

    /// Removes differences between the answers that come from DynamoDB Local and that DynamoDB
    /// itself does not have.
    pub fn forgive(&self, ours: &mut Answer, theirs: &mut Answer) {
        // Documented: the transaction is cancelled, and the write's reason is a `ValidationError`,
        // such as "The document path provided in the update expression is invalid for update".
        // Local fails as a whole, with that message.
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
                // Local charges nothing for keys that have no item, and counts the writes of a
                // batch or transaction otherwise than single ones.
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

fn encode<B: CrossPartitionTransactions>(backend: &B, write: Write<Map>) -> Result<Write<B::Item>> {
    Ok(match write {
        Write::Put(put) => {
            let Put { table, entity, key, item, condition, returning, .. } = put;
            let PrimaryKey { pk, sk } = &key;
            let attributes = [(table.pk, pk.as_str()), (table.sk, sk), (table.tag, entity)];
            let item = backend.encode(&Keyed::new(&attributes, &item))?;
            let mut put = Put::new(table, entity, key, item);
            put.condition = condition;
            put.returning = returning;
            Write::Put(put)
        }
        Write::Update(update) => Write::Update(update),
        Write::Delete(delete) => Write::Delete(delete),
        Write::Check(check) => Write::Check(check),
    })
}

/// All pages, each begun where the one before it ended.
async fn pages<B: CrossPartitionTransactions>(backend: &B, mut query: Query) -> Result<Vec<Paged>> {
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
    // After the last item, DynamoDB may answer that there may be more; the next page is then empty.
    if pages.len() > 1 && pages.last().is_some_and(Paged::is_empty) {
        pages.pop();
    }
    Ok(pages)
}
