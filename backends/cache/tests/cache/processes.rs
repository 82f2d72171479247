//! Two real processes with one Redis: many readers and writers, and one of the processes is killed between table and cache,
//! again and again. No read in a shared cache is older than the documentation allows.
//!
//! The table is in Redis, too, so that both processes have it. This binary is also the other process, if the environment
//! says so. Times are those of the server, which both ask.

use crate::support::server::{self, Kind};
use crate::support::shop::{Note, Shop};
use monotable::backend::{AllIndexes, Item as _, Keyed, Limits};
use monotable::cache::{Cache, CacheExt as _, Cached, Redis};
use monotable::embedded::Document;
use monotable::prelude::*;
use monotable::request::{
    CreateTable, Delete, Fetched, Get, Outcome, Put, Queried, Query, Update, Written,
};
use monotable::{Backend, Cost, Error, Kind as ErrorKind, Result};
use redis::aio::ConnectionManager;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The time to live of an entry.
const TTL: Duration = Duration::from_millis(400);
/// How long a call of the store takes at most, on a busy machine.
const SLOWEST_CALL: Duration = Duration::from_secs(1);
const KEYS: u32 = 3;
const READERS: u32 = 4;
const WRITERS: u32 = 3;

/// A table in Redis, of items without conditions. Each write is also put at the end of a list of its key.
#[derive(Clone)]
struct InRedis {
    connection: ConnectionManager,
    embedded: Embedded,
    /// In how many of 1,000 writes the process dies after the write.
    dies: u32,
}

fn failed(error: redis::RedisError) -> Error {
    Error::new(ErrorKind::Unavailable, "the table").with_source(error)
}

fn refused<T>() -> Result<T> {
    Err(Error::new(ErrorKind::Unsupported, "this table has gets and puts"))
}

/// Microseconds of the server's clock.
async fn now(connection: &ConnectionManager) -> u64 {
    let (seconds, micros): (u64, u64) =
        redis::cmd("TIME").query_async(&mut connection.clone()).await.unwrap();
    seconds * 1_000_000 + micros
}

impl Backend for InRedis {
    type Item = Document;
    type Indexes = AllIndexes;
    const SYSTEM: &'static str = "test";
    const LIMITS: Limits = <Embedded>::LIMITS;

    fn collection(&self) -> Option<&str> {
        None
    }

    fn encode<T: serde::Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<Document> {
        self.embedded.encode(item)
    }

    async fn get(&self, request: Get) -> Result<Fetched<Document>> {
        let mut get = redis::cmd("GET");
        get.arg(format!("table:{}", request.key.pk));
        let bytes: Option<Vec<u8>> =
            get.query_async(&mut self.connection.clone()).await.map_err(failed)?;
        Ok(Fetched::new(bytes.map(Document::from), Cost::read(1.0)))
    }

    async fn put(&self, request: Put<Document>) -> Result<Written<Document>> {
        #[derive(serde::Deserialize)]
        struct Text {
            text: String,
        }
        let Text { text } = request.item.decode()?;
        let script = redis::Script::new(
            "redis.call('SET', KEYS[1], ARGV[1]) local t = redis.call('TIME') \
             redis.call('RPUSH', KEYS[2], ARGV[2] .. ' ' .. t[1] .. string.format('%06d', t[2])) return 1",
        );
        let pk = &request.key.pk;
        let mut script = script.key(format!("table:{pk}"));
        script.key(format!("log:{pk}")).arg(request.item.as_ref()).arg(text);
        let _: i64 = script.invoke_async(&mut self.connection.clone()).await.map_err(failed)?;
        if fastrand::u32(..1_000) < self.dies {
            std::process::exit(9);
        }
        Ok(Written::new(Outcome::Done, None, Cost::write(1.0)))
    }

    async fn update(&self, _: Update) -> Result<Written<Document>> {
        refused()
    }

    async fn delete(&self, _: Delete) -> Result<Written<Document>> {
        refused()
    }

    async fn query(&self, _: Query) -> Result<Queried<Document>> {
        refused()
    }

    async fn create_table(&self, _: CreateTable) -> Result<()> {
        Ok(())
    }
}

type Handle = Table<Shop, Cached<InRedis, Redis<ConnectionManager>>>;

/// Reads and writes for a while. Each read and each answered write is noted in a list in Redis.
async fn work(address: &str, process: &str, time: Duration, dies: u32) {
    let connection = redis::Client::open(address).unwrap();
    let connection = ConnectionManager::new(connection).await.unwrap();
    let table = InRedis { connection: connection.clone(), embedded: Embedded::in_memory(), dies };
    let store = Redis::new(connection.clone());
    let cache = Cache::shared(store).entity::<Note>(TTL).call_limit(Duration::from_secs(10));
    let shop: Handle = Shop::on(table.cached(cache).unwrap());
    let until = now(&connection).await + u64::try_from(time.as_micros()).unwrap();
    let note_down = async |connection: &ConnectionManager, line: String| {
        let mut push = redis::cmd("RPUSH");
        let _: u64 =
            push.arg("history").arg(line).query_async(&mut connection.clone()).await.unwrap();
    };
    let mut tasks = Vec::new();
    for task in 0..READERS + WRITERS {
        let (shop, connection) = (shop.clone(), connection.clone());
        let name = format!("{process}.{task}");
        tasks.push(tokio::spawn(async move {
            for number in 0.. {
                let key = fastrand::u32(..KEYS).to_string();
                let began = now(&connection).await;
                if began > until {
                    break;
                }
                if task < READERS {
                    let read = Note::get(&key).send(&shop).await.unwrap();
                    let text = read.map_or("-".to_owned(), |note| note.text);
                    note_down(&connection, format!("read {key} {text} {began}")).await;
                } else {
                    let text = format!("{name}.{number}");
                    let note = Note { id: key.clone(), text: text.clone() };
                    note.put().send(&shop).await.unwrap();
                    let answered = now(&connection).await;
                    note_down(&connection, format!("write {key} {text} {answered}")).await;
                    tokio::time::sleep(Duration::from_millis(fastrand::u64(..40))).await;
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

/// The other process, which dies after one of 50 writes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the test `no_read_is_old_in_two_processes` runs it"]
async fn the_other_process() {
    let Ok(address) = std::env::var("MONOTABLE_TEST_REDIS") else { return };
    let name = format!("other{}", std::process::id());
    work(&address, &name, Duration::from_secs(20), 20).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_read_is_old_in_two_processes() {
    let Some(server) = server::start(Kind::Plain).await else { return };
    let address = server.address();
    let (mut died, work) = (
        0,
        tokio::spawn({
            let address = address.clone();
            async move { work(&address, "this", Duration::from_secs(8), 0).await }
        }),
    );
    while !work.is_finished() {
        let mut other = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "processes::the_other_process"])
            .env("MONOTABLE_TEST_REDIS", &address)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        loop {
            if let Some(status) = other.try_wait().unwrap() {
                assert_eq!(status.code(), Some(9), "it ends only by dying");
                died += 1;
                break;
            }
            if work.is_finished() {
                other.kill().unwrap();
                other.wait().unwrap();
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    work.await.unwrap();
    assert!(died >= 2, "{died}");
    check(&server).await;
}

/// Each write of the table with its time, and when it was answered. Who has died has not answered: its write counts when
/// the time to live is over, and the call that has filled the store.
async fn check(server: &server::Server) {
    let mut connection = server.connect().await;
    let mut list = async |key: &str| -> Vec<String> {
        let mut range = redis::cmd("LRANGE");
        range.arg(key).arg(0).arg(-1).query_async(&mut connection).await.unwrap()
    };
    let history = list("history").await;
    let ttl = u64::try_from((TTL + SLOWEST_CALL).as_micros()).unwrap();
    let (mut reads, mut from_both) = (0, [0, 0]);
    for key in 0..KEYS {
        let key = key.to_string();
        let mut writes: Vec<(String, u64)> = Vec::new();
        for line in list(&format!("log:NOTE#{key}")).await {
            let (text, at) = line.split_once(' ').unwrap();
            writes.push((text.to_owned(), at.parse::<u64>().unwrap() + ttl));
        }
        let lines = history.iter().map(|line| line.split(' ').collect::<Vec<_>>());
        let lines: Vec<_> = lines.filter(|line| line[1] == key).collect();
        for line in lines.iter().filter(|line| line[0] == "write") {
            let write = writes.iter_mut().find(|(text, _)| text == line[2]).unwrap();
            write.1 = write.1.min(line[3].parse().unwrap());
        }
        for line in lines.iter().filter(|line| line[0] == "read") {
            let began: u64 = line[3].parse().unwrap();
            let newer = match writes.iter().position(|(text, _)| text == line[2]) {
                Some(at) => at + 1,
                None => 0,
            };
            assert!(newer > 0 || line[2] == "-", "{line:?} was never written");
            for (text, visible) in writes.iter().skip(newer) {
                assert!(began <= *visible, "{line:?} is old: {text} is visible from {visible}");
            }
            reads += 1;
        }
        for (text, _) in &writes {
            from_both[usize::from(text.starts_with("other"))] += 1;
        }
    }
    assert!(reads > 1_000 && from_both.iter().all(|many| *many > 20), "{reads} {from_both:?}");
}
