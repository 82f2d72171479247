//! What the tests share.

use monotable_core::key::Encoding;
use monotable_core::request::PrimaryKey;
use monotable_core::{Backend as _, IndexDef, Keyed, Projection, TableDef};
use monotable_embedded::{Document, Embedded};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::{env, fs, process};

static GSI: IndexDef = IndexDef::new("gsi", ["gpk", "gsk"], Projection::All);
pub(crate) static TABLE: TableDef =
    TableDef::new("Shop", ["pk", "sk", "_type"], Encoding::Escaped, &[&GSI], &[]);

pub(crate) fn key(pk: &str, sk: &str) -> PrimaryKey {
    PrimaryKey { pk: pk.to_owned(), sk: sk.to_owned() }
}

pub(crate) fn item(store: &Embedded, pk: &str, sk: &str) -> Document {
    let attributes = [("pk", pk), ("sk", sk), ("gpk", "g"), ("gsk", sk), ("_type", "Thing")];
    let fields = BTreeMap::from([("text", "some text")]);
    store.encode(&Keyed { attributes: &attributes, fields: &fields }).unwrap()
}

/// A folder that is gone with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("monotable-{}-{number}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs a future on this thread.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}
