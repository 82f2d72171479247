//! The requests that are measured, each with all clients.

use crate::order::{self, Order};
use crate::{by_hand, canned, with_serde};
use serde::de::IgnoredAny;
use std::any::Any;
use std::rc::Rc;

/// The names of the clients, in the order of [`Request::ways`].
pub const CLIENTS: [&str; 3] = ["hand", "serde", "monotable"];

pub struct Request {
    pub name: String,
    pub ways: [Box<dyn FnMut()>; 3],
    /// serde_json moves over the items of the answer.
    pub floor: Option<Box<dyn FnMut()>>,
}

/// Closures that run the futures of the clients.
macro_rules! ways {
    ($runtime:ident, [$($future:expr),* $(,)?]) => {
        [$({
            let runtime = Rc::clone(&$runtime);
            Box::new(move || runtime.block_on($future))
        }),*]
    };
}

/// The requests with these names.
pub fn all(wanted: impl Fn(&str) -> bool) -> Vec<Request> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = Rc::new(runtime.expect("a runtime"));
    // The bench runs once, so what it uses may stay.
    let orders: &'static [Order] = order::some(1000).leak();
    let order = &orders[0];
    let mut all = Vec::new();

    let one = &*Box::leak(Box::new(canned::answering(canned::item(order))));
    let shop = &*Box::leak(Box::new(order::shop(one)));
    all.push(Request {
        name: "get".to_owned(),
        ways: ways!(
            runtime,
            [
                async { assert_eq!(by_hand::get(one, order).await.as_ref(), Some(order)) },
                async { assert_eq!(with_serde::get(one, order).await.as_ref(), Some(order)) },
                async { assert_eq!(order::get(shop, order).await.as_ref(), Some(order)) },
            ]
        ),
        floor: None,
    });

    let done = &*Box::leak(Box::new(canned::answering(canned::done())));
    let shop = &*Box::leak(Box::new(order::shop(done)));
    all.push(Request {
        name: "put".to_owned(),
        ways: ways!(
            runtime,
            [by_hand::put(done, order), with_serde::put(done, order), order::put(shop, order),]
        ),
        floor: None,
    });
    all.push(Request {
        name: "update".to_owned(),
        ways: ways!(
            runtime,
            [
                by_hand::update(done, order),
                with_serde::update(done, order),
                order::update(shop, order),
            ]
        ),
        floor: None,
    });

    let many = &*Box::leak(Box::new(canned::answering(canned::done_many())));
    let shop = &*Box::leak(Box::new(order::shop(many)));
    all.push(Request {
        name: "batch of 25".to_owned(),
        ways: ways!(
            runtime,
            [
                by_hand::batch(many, &orders[..25]),
                with_serde::batch(many, &orders[..25]),
                order::batch(shop, &orders[..25]),
            ]
        ),
        floor: None,
    });
    all.push(Request {
        name: "transaction of 10".to_owned(),
        ways: ways!(
            runtime,
            [
                by_hand::transaction(many, &orders[..10]),
                with_serde::transaction(many, &orders[..10]),
                order::transaction(shop, &orders[..10]),
            ]
        ),
        floor: None,
    });

    for count in [1, 100, 1000] {
        if !wanted(&format!("query {count}")) {
            continue;
        }
        let page = canned::page(&orders[..count]);
        let text: &'static str = page.to_string().leak();
        let page = &*Box::leak(Box::new(canned::answering(page)));
        let shop = &*Box::leak(Box::new(order::shop(page)));
        let all_of = move |found: Vec<Order>| assert_eq!(found, orders[..count]);
        all.push(Request {
            name: format!("query {count}"),
            ways: ways!(
                runtime,
                [
                    async { all_of(by_hand::query(page, order).await) },
                    async { all_of(with_serde::query(page, order).await) },
                    async { all_of(order::query(shop, order).await) },
                ]
            ),
            floor: Some(Box::new(move || {
                serde_json::from_str::<IgnoredAny>(text).expect("JSON");
            })),
        });
    }
    all.retain(|request| wanted(&request.name));
    all
}

/// Fetches a page of items, and keeps them as they are before they are decoded.
pub type Page = Box<dyn Fn() -> Box<dyn Any>>;

/// A page by hand, and a page of monotable.
pub fn page_memory(count: usize) -> [Page; 2] {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = Rc::new(runtime.expect("a runtime"));
    let orders: &'static [Order] = order::some(1000).leak();
    let page = &*Box::leak(Box::new(canned::answering(canned::page(&orders[..count]))));
    let shop = &*Box::leak(Box::new(order::shop(page)));
    // The first call of a client sets up things that later calls use.
    runtime.block_on(async {
        by_hand::list(page, &orders[0]).await;
        order::list(shop, &orders[0]).await;
    });
    let other = Rc::clone(&runtime);
    [
        Box::new(move || Box::new(runtime.block_on(by_hand::list(page, &orders[0])))),
        Box::new(move || Box::new(other.block_on(order::list(shop, &orders[0])))),
    ]
}
