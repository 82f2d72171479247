//! `Call` and `Requests`: what a recorder has recorded.

use super::Request;
use monotable_core::request::Operation;
use monotable_core::{Cost, Result};
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A recorded request, with its cost or its error when it has been answered. It is cheap to clone.
pub struct Call<I>(Arc<Recorded<I>>);

struct Recorded<I> {
    request: Request<I>,
    answer: OnceLock<Result<Cost>>,
}

impl<I> Call<I> {
    pub(super) fn new(request: Request<I>) -> Self {
        Call(Arc::new(Recorded { request, answer: OnceLock::new() }))
    }

    pub(super) fn answered(&self, answer: Result<Cost>) {
        // A call is answered once.
        let _ = self.0.answer.set(answer);
    }

    /// Returns the request as plain data.
    pub fn request(&self) -> &Request<I> {
        &self.0.request
    }

    /// Returns the cost of the request, or its error; `None` while there is no answer, and if the
    /// caller did not wait for it.
    ///
    /// A write whose condition did not hold has a cost, and is no error of the backend.
    pub fn answer(&self) -> Option<&Result<Cost>> {
        self.0.answer.get()
    }

    /// Returns the cost of the request. It is zero if there is no answer, and after an error.
    pub fn cost(&self) -> Cost {
        match self.answer() {
            Some(Ok(cost)) => *cost,
            Some(Err(_)) | None => Cost::ZERO,
        }
    }
}

impl<I> Clone for Call<I> {
    fn clone(&self) -> Self {
        Call(self.0.clone())
    }
}

/// Shows the request and its cost or its error, in one line.
impl<I> fmt::Display for Call<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.answer() {
            Some(Ok(cost)) => write!(f, "{} ({cost})", self.request()),
            Some(Err(error)) => write!(f, "{} (failed: {error})", self.request()),
            None => write!(f, "{} (no answer)", self.request()),
        }
    }
}

/// Shows the same as `Display`.
impl<I> fmt::Debug for Call<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Recorded requests, in the order in which they began. It is a slice of [`Call`]s.
///
/// `Display` and `Debug` show each request in a line, with its operation, entity, keys and cost, for
/// the messages of assertions:
///
/// ```text
/// 2 requests (0.5 read units, 2 write units):
///   1. query Order.by_customer: CUSTOMER#C001 / *, descending (0.5 read units)
///   2. update Order: CUSTOMER#C001 / ORDER#ORD-001 (2 write units)
/// ```
#[derive(Clone)]
pub struct Requests<I>(Vec<Call<I>>);

impl<I> Requests<I> {
    pub(super) fn new(calls: Vec<Call<I>>) -> Self {
        Requests(calls)
    }

    /// Returns the operation of each request.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        self.iter().map(|call| call.request().operation()).collect()
    }

    /// Returns what the requests cost together, without those that have no answer yet.
    #[must_use]
    pub fn cost(&self) -> Cost {
        self.iter().map(Call::cost).sum()
    }
}

impl<I> Deref for Requests<I> {
    type Target = [Call<I>];
    fn deref(&self) -> &[Call<I>] {
        &self.0
    }
}

impl<I> IntoIterator for Requests<I> {
    type Item = Call<I>;
    type IntoIter = std::vec::IntoIter<Call<I>>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, I> IntoIterator for &'a Requests<I> {
    type Item = &'a Call<I>;
    type IntoIter = std::slice::Iter<'a, Call<I>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<I> fmt::Display for Requests<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            0 => return f.write_str("no requests"),
            1 => write!(f, "1 request ({}):", self.cost())?,
            count => write!(f, "{count} requests ({}):", self.cost())?,
        }
        let mut calls = self.iter().enumerate();
        calls.try_for_each(|(at, call)| write!(f, "\n  {}. {call}", at + 1))
    }
}

impl<I> fmt::Debug for Requests<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
