//! Random requests for a small number of keys.

use super::operation::Operation;
use super::values::{self, ATTRIBUTES, pick};
use super::{INDEXES, THINGS};
use fastrand::Rng;
use monotable::expr::{Action, Comparison, Expr, Path};
use monotable::request::{
    BatchGet, BatchItem, Check, Delete, Get, Position, PrimaryKey, Put, Query, Returning, Select,
    SortKeys, TransactGet, TransactItem, TransactWrite, Update, Write,
};
use monotable::schema::{IndexKeys, Projection};
use monotable::value::{Map, Value};
use std::sync::Arc;

const ENTITY: &str = "Thing";
const PARTITIONS: [&str; 3] = ["p", "q", "é"];
const SORT_KEYS: [&str; 6] = ["a", "aa", "ab", "b", "z", "日"];
const INDEX_PARTITIONS: [&str; 2] = ["i", "j"];

fn keys() -> Vec<PrimaryKey> {
    let key = |pk: &str, sk: &str| PrimaryKey { pk: pk.into(), sk: sk.into() };
    PARTITIONS.iter().flat_map(|pk| SORT_KEYS.iter().map(move |sk| key(pk, sk))).collect()
}

/// Returns requests that delete all items.
pub fn deletes() -> impl Iterator<Item = Operation> {
    let delete = |key| Write::Delete(Delete::new(&THINGS, ENTITY, key));
    keys().into_iter().map(move |key| Operation::Write(delete(key)))
}

/// Generates requests.
pub struct Source {
    random: Rng,
    keys: Vec<PrimaryKey>,
    /// Recent transactions, some of which are sent again.
    sent: Vec<TransactWrite<Map>>,
    tokens: usize,
    /// Whether a token is never used again.
    are_tokens_new: bool,
    /// Makes tokens different from those of other runs, because a store remembers them for ten
    /// minutes.
    run: u64,
}

impl Source {
    pub fn new(random: Rng) -> Self {
        let run = fastrand::u64(..);
        Source { random, keys: keys(), sent: Vec::new(), tokens: 0, are_tokens_new: false, run }
    }

    /// Returns a source whose transactions have a token of their own each, for a store that does not remember tokens.
    pub fn with_tokens_of_their_own(random: Rng) -> Self {
        Source { are_tokens_new: true, ..Self::new(random) }
    }

    pub fn operation(&mut self) -> Operation {
        match self.random.u8(0..100) {
            0..6 => {
                let mut get = Get::new(&THINGS, ENTITY, self.key());
                get.consistent = self.random.bool();
                get.attributes = self.attributes(&["pk", "sk"], &ATTRIBUTES);
                Operation::Get(get)
            }
            6..20 => Operation::Write(self.put()),
            20..58 => Operation::Write(self.update()),
            58..64 => Operation::Write(self.delete()),
            64..82 => Operation::Query(self.query()),
            82..86 => {
                let keys = self.some_keys(1..10);
                let mut request = BatchGet::new(&THINGS, ENTITY, keys);
                request.consistent = self.random.bool();
                Operation::BatchGet(request)
            }
            86..89 => self.batch_write(),
            89..92 => {
                let keys = self.some_keys(1..8);
                let gets = keys.into_iter().map(|key| {
                    let mut get = Get::new(&THINGS, ENTITY, key);
                    get.attributes = self.attributes(&["pk", "sk"], &ATTRIBUTES);
                    get
                });
                Operation::TransactGet(TransactGet::new(&THINGS, gets.collect()))
            }
            _ => Operation::TransactWrite(self.transact_write()),
        }
    }

    fn key(&mut self) -> PrimaryKey {
        self.keys[self.random.usize(0..self.keys.len())].clone()
    }

    /// Returns different keys.
    fn some_keys(&mut self, count: std::ops::Range<usize>) -> Vec<PrimaryKey> {
        let mut keys = self.keys.clone();
        self.random.shuffle(&mut keys);
        keys.truncate(self.random.usize(count));
        keys
    }

    fn item(&mut self, key: &PrimaryKey) -> Map {
        let mut item = Map::new();
        for name in ATTRIBUTES {
            if self.random.u8(0..3) > 0 {
                item.insert(name, values::value_for(&mut self.random, name));
            }
        }
        // Some items cost more than one unit. The size of an item is never close to the limit of a
        // unit, because the documented size of numbers is approximate. For example, DynamoDB Local
        // counts 3 bytes for 1.5, and the documentation says 2.
        if self.random.u8(0..6) == 0 {
            item.insert("size", "x".repeat(pick(&mut self.random, &[1030, 2054, 5126])));
        }
        for action in self.index_keys(key) {
            if let Action::Set(path, value) = action {
                item.insert(path.root(), value);
            }
        }
        item
    }

    /// Returns changes of the attributes of an index key: of both, of the partition key only, or of
    /// none. Different items have different keys, because DynamoDB does not document the order of
    /// equal ones.
    ///
    /// The sort key is never changed alone. If an item with only `kpk` is replaced by one with only
    /// `ksk`, it is not in the index before or after, but DynamoDB Local charges a write of the
    /// index. A local index has no other key.
    fn index_keys(&mut self, key: &PrimaryKey) -> Vec<Action> {
        let mut actions = Vec::new();
        for index in INDEXES {
            let sort = format!("{}#{}{}", pick(&mut self.random, &SORT_KEYS), key.pk, key.sk);
            let partition = Value::from(pick(&mut self.random, &INDEX_PARTITIONS));
            let sort = Value::from(sort);
            let [partition, sort] = match self.random.u8(0..8) {
                0 | 1 => continue,
                2 => [None, None],
                3 => [Some(partition), None],
                _ => [Some(partition), Some(sort)],
            };
            let IndexKeys::Texts { pk, sk } = THINGS.index_keys(index) else { continue };
            for (name, value) in [(pk, partition), (sk, sort)] {
                if name == THINGS.pk {
                    continue;
                }
                let path = Path::attribute(name);
                actions.push(match value {
                    Some(value) => Action::Set(path, value),
                    None => Action::Remove(path),
                });
            }
        }
        actions
    }

    fn condition(&mut self) -> Option<Expr> {
        let random = &mut self.random;
        match random.u8(0..10) {
            0..4 => None,
            4 => Some(Expr::Exists(Path::attribute(THINGS.pk))),
            5 => Some(Expr::Absent(Path::attribute(THINGS.pk))),
            6 => {
                let sk = pick(random, &SORT_KEYS);
                Some(Expr::Compare(Path::attribute(THINGS.sk), Comparison::Ge, sk.into()))
            }
            _ => Some(values::expr(random, &ATTRIBUTES, 2)),
        }
    }

    fn returning(&mut self) -> Returning {
        pick(&mut self.random, &[Returning::Nothing, Returning::Old, Returning::New])
    }

    fn put(&mut self) -> Write<Map> {
        let key = self.key();
        self.put_at(key)
    }

    fn put_at(&mut self, key: PrimaryKey) -> Write<Map> {
        let item = self.item(&key);
        let mut put = Put::new(&THINGS, ENTITY, key, item);
        put.condition = self.condition();
        put.returning = self.returning();
        Write::Put(put)
    }

    fn update(&mut self) -> Write<Map> {
        let key = self.key();
        self.update_at(key)
    }

    fn update_at(&mut self, key: PrimaryKey) -> Write<Map> {
        let mut actions =
            if self.random.u8(0..5) == 0 { self.index_keys(&key) } else { Vec::new() };
        let count = self.random.usize(0..5).saturating_sub(usize::from(self.random.bool()));
        actions.extend((0..count).map(|_| values::action(&mut self.random)));
        let mut update = Update::new(&THINGS, ENTITY, key, actions);
        update.condition = self.condition();
        update.returning = self.returning();
        Write::Update(update)
    }

    fn delete(&mut self) -> Write<Map> {
        let key = self.key();
        self.delete_at(key)
    }

    fn delete_at(&mut self, key: PrimaryKey) -> Write<Map> {
        let mut delete = Delete::new(&THINGS, ENTITY, key);
        delete.condition = self.condition();
        delete.returning = self.returning();
        Write::Delete(delete)
    }

    fn query(&mut self) -> Query {
        let at = self.random.usize(0..=INDEXES.len());
        let index = INDEXES.get(at).copied();
        let random = &mut self.random;
        // The primary key and a local index have the partitions of the table.
        let is_global = index.is_some_and(|index| !index.is_local);
        let partitions: &[&str] = if is_global { &INDEX_PARTITIONS } else { &PARTITIONS };
        let pk = pick(random, partitions).to_owned();
        let [one, other] = [(); 2].map(|()| pick(random, &SORT_KEYS).to_owned());
        let sort = match random.u8(0..6) {
            0 => SortKeys::Equals(one),
            1 => SortKeys::BeginsWith(one),
            2 => SortKeys::Between(one.clone().min(other.clone()), one.max(other)),
            _ => SortKeys::All,
        };
        let all = sort == SortKeys::All;
        let mut query = Query::new(&THINGS, ENTITY, "random", pk, sort);
        query.index = index;
        query.descending = random.bool();
        query.consistent = !is_global && random.bool();
        query.max_items = std::num::NonZeroUsize::new(random.usize(0..6));
        // DynamoDB refuses a filter on an attribute that the index does not project. The typed API
        // refuses it, too.
        let roots: &[&str] = match index.map(|index| index.projection) {
            None | Some(Projection::All) => &ATTRIBUTES,
            Some(Projection::Include(roots)) => roots,
            Some(_) => &[],
        };
        query.filter = (!roots.is_empty() && random.bool()).then(|| values::expr(random, roots, 2));
        query.select = pick(random, &[Select::Items, Select::Items, Select::Count]);
        query.attributes = match index {
            Some(index) if is_global => self.attributes(&["pk", "sk", index.pk, index.sk], roots),
            // DynamoDB Local charges for such a query of a local index as if it also read the items, even if
            // all attributes are projected.
            Some(_) => None,
            None => self.attributes(&["pk", "sk"], roots),
        };
        if all && self.random.u8(0..4) == 0 {
            let pk = || query.keys.texts().map(|(pk, _)| pk.to_owned());
            let local = if is_global { None } else { pk() };
            query.after = Some(self.position(index.is_some(), local));
        }
        query
    }

    /// Returns the keys and some of the attributes, or nothing for all.
    fn attributes(
        &mut self,
        keys: &[&'static str],
        attributes: &[&'static str],
    ) -> Option<Arc<[&'static str]>> {
        if self.random.u8(0..3) > 0 {
            return None;
        }
        let some = attributes.iter().filter(|_| self.random.bool());
        Some(keys.iter().chain(some).copied().collect())
    }

    /// Returns a position. There may be an item, or may have been one.
    /// On a local index it is in the queried partition of the table.
    fn position(&mut self, in_index: bool, local: Option<String>) -> Position {
        let mut key = self.key();
        if let Some(pk) = local {
            key.pk = pk;
        }
        if in_index {
            let sort = format!("{}#{}{}", pick(&mut self.random, &SORT_KEYS), key.pk, key.sk);
            Position::in_index(sort, key)
        } else {
            Position::in_table(key.sk)
        }
    }

    fn batch_write(&mut self) -> Operation {
        let keys = self.some_keys(1..10);
        let writes = keys.into_iter().map(|key| {
            if self.random.bool() {
                let item = self.item(&key);
                BatchItem::put(ENTITY, key, item)
            } else {
                BatchItem::delete(ENTITY, key)
            }
        });
        Operation::BatchWrite(writes.collect())
    }

    /// Returns a transaction with new writes, or one that was sent before. Its token is new, that
    /// of the earlier transaction, or empty.
    fn transact_write(&mut self) -> TransactWrite<Map> {
        let old = self.random.usize(0..10);
        let writes = match self.sent.get(old) {
            Some(sent) if self.random.bool() && !self.are_tokens_new => return sent.clone(),
            Some(sent) if self.random.bool() => sent.writes.clone(),
            _ => self.writes(),
        };
        let token = match self.sent.get(old) {
            Some(sent) if self.random.u8(0..3) == 0 && !self.are_tokens_new => sent.token.clone(),
            _ => {
                self.tokens += 1;
                format!("{:x}-{}", self.run, self.tokens)
            }
        };
        let request = TransactWrite::new(&THINGS, writes, token);
        self.sent.insert(0, request.clone());
        self.sent.truncate(6);
        request
    }

    fn writes(&mut self) -> Vec<TransactItem<Map>> {
        let keys = self.some_keys(1..5);
        let write = |key| match self.random.u8(0..10) {
            0..3 => self.put_at(key).into(),
            3..7 => self.update_at(key).into(),
            7 | 8 => self.delete_at(key).into(),
            _ => {
                let condition = self.condition().unwrap_or(Expr::And(Vec::new()));
                TransactItem::Check(Check::new(&THINGS, ENTITY, key, condition))
            }
        };
        keys.into_iter().map(write).collect()
    }
}
