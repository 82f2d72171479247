//! `scope`, which runs a call of the SDK together with its items.

use super::operation::Operation;
use super::request::splice;
use crate::Attributes;
use crate::codec::Page;
use aws_sdk_dynamodb::types::AttributeValue;
use std::cell::RefCell;
use std::collections::HashMap;
use std::pin::{Pin, pin};
use std::sync::Arc;

tokio::task_local! {
    /// The call that the task makes.
    static CALL: RefCell<Call>;
}

/// What the interceptor needs to know of a call.
struct Call {
    /// `None` once an interceptor has taken it, because the SDK may make other calls meanwhile, such as
    /// those that get credentials.
    operation: Option<&'static Operation>,
    /// The items of the request, which the SDK does not have.
    items: Vec<Attributes>,
    answer: Option<Page>,
}

/// The items of a request, as far as the SDK does not get them.
pub(crate) struct Outgoing {
    /// `None` if the SDK reads and writes all items.
    operation: Option<&'static Operation>,
    items: Vec<Attributes>,
}

impl Outgoing {
    /// `direct` is whether items may pass without the SDK.
    pub(crate) fn new(operation: &'static Operation, direct: bool) -> Self {
        Outgoing { operation: direct.then_some(operation), items: Vec::new() }
    }

    /// Adds the next item of the request. Returns what the SDK gets for it.
    pub(crate) fn add(&mut self, item: Attributes) -> HashMap<String, AttributeValue> {
        let direct = self.operation.is_some_and(Operation::takes_items);
        if direct && item.json().is_some() {
            self.items.push(item);
            return HashMap::new();
        }
        item.into_map()
    }
}

/// A call of the SDK that is being sent.
pub(crate) type Sending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Runs a call. Returns its result, and the items of its answer.
pub(crate) async fn scope<T>(outgoing: Outgoing, sending: Sending<T>) -> (T, Answered) {
    let Outgoing { operation, items } = outgoing;
    if operation.is_none() {
        return (sending.await, Answered::default());
    }
    let call = RefCell::new(Call { operation, items, answer: None });
    let mut scoped = pin!(CALL.scope(call, sending));
    let result = scoped.as_mut().await;
    let page = scoped.take_value().and_then(|call| call.into_inner().answer);
    (result, Answered { page: page.map(Arc::new), next: 0 })
}

/// Reads an answer. Returns the result, and the items of the answer.
#[cfg(any(test, fuzzing))]
pub(super) fn run<T>(read: impl FnOnce() -> T) -> (T, Answered) {
    let call = RefCell::new(Call { operation: None, items: Vec::new(), answer: None });
    CALL.sync_scope(call, || {
        let result = read();
        let page = CALL.with(|call| call.borrow_mut().answer.take());
        (result, Answered { page: page.map(Arc::new), next: 0 })
    })
}

/// Takes the operation of the task's call. Returns `None` if it was taken, or if there is no call.
pub(super) fn take_operation() -> Option<&'static Operation> {
    CALL.try_with(|call| call.borrow_mut().operation.take()).ok().flatten()
}

/// The request with the items of the task's call, or `None` if they have no places in it.
pub(super) fn with_items(request: &str) -> Option<String> {
    CALL.try_with(|call| {
        let call = call.borrow();
        splice(request, call.items.iter().map(|item| item.json().unwrap_or("{}")))
    })
    .ok()?
}

/// Whether the task's call has items that the SDK does not have.
pub(super) fn has_items() -> bool {
    CALL.try_with(|call| !call.borrow().items.is_empty()).unwrap_or_default()
}

/// Keeps the items of the latest answer. `None` if the SDK has read all of it.
pub(super) fn set_answer(page: Option<Page>) {
    // Without a call, nobody has asked for the items.
    let _ = CALL.try_with(|call| call.borrow_mut().answer = page);
}

/// The items of an answer, which are handed out in its order.
#[derive(Default)]
pub(crate) struct Answered {
    /// `None` if the SDK has read the items.
    page: Option<Arc<Page>>,
    next: usize,
}

impl Answered {
    /// The number of items that were read without the SDK.
    #[cfg(any(test, fuzzing))]
    pub(super) fn len(&self) -> u64 {
        self.page.as_ref().map_or(0, |page| page.len() as u64)
    }

    /// An item of the answer. `sdk` is what the SDK has read: an empty map, if the item was cut out.
    ///
    /// An item without attributes is none, as a stored item has at least its key.
    pub(crate) fn one(
        &mut self,
        sdk: Option<HashMap<String, AttributeValue>>,
    ) -> Option<Attributes> {
        let item = match &self.page {
            Some(page) => {
                sdk?;
                self.next += 1;
                Attributes::of_page(page, self.next - 1)
            }
            None => sdk?.into(),
        };
        (!item.is_empty()).then_some(item)
    }

    /// The list of items of the answer. `sdk` is what the SDK has read.
    pub(crate) fn all(
        self,
        sdk: impl IntoIterator<Item = HashMap<String, AttributeValue>>,
    ) -> Vec<Attributes> {
        match self.page {
            Some(page) => (0..page.len()).map(|at| Attributes::of_page(&page, at)).collect(),
            None => sdk.into_iter().map(Attributes::from).collect(),
        }
    }
}
