//! A backend that serves only the indexes that it was given, as that of Cosmos DB does.

use monotable::backend::{Item, Keyed, Limits, Readable};
use monotable::request::*;
use monotable::{Backend, Result};
use std::marker::PhantomData;

pub struct Remote<L = ()>(PhantomData<fn() -> L>);

impl<L> Remote<L> {
    pub fn new() -> Self {
        Remote(PhantomData)
    }

    pub fn index<I>(self, _: I) -> Remote<(L, I)> {
        Remote::new()
    }
}

impl<L> Clone for Remote<L> {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl<L: 'static> Backend for Remote<L> {
    type Item = Nothing;
    type Indexes = L;
    const SYSTEM: &'static str = "remote";
    const LIMITS: Limits = Limits::DYNAMODB;
    fn collection(&self) -> Option<&str> {
        None
    }
    fn encode<T: serde::Serialize + ?Sized>(&self, _: &Keyed<'_, T>) -> Result<Nothing> {
        unimplemented!()
    }
    async fn get(&self, _: Get) -> Result<Fetched<Nothing>> {
        unimplemented!()
    }
    async fn put(&self, _: Put<Nothing>) -> Result<Written<Nothing>> {
        unimplemented!()
    }
    async fn update(&self, _: Update) -> Result<Written<Nothing>> {
        unimplemented!()
    }
    async fn delete(&self, _: Delete) -> Result<Written<Nothing>> {
        unimplemented!()
    }
    async fn query(&self, _: Query) -> Result<Queried<Nothing>> {
        unimplemented!()
    }
    async fn create_table(&self, _: CreateTable) -> Result<()> {
        unimplemented!()
    }
}

#[derive(Debug, Clone)]
pub struct Nothing;

impl Readable for Nothing {
    fn text(&self, _: &str) -> Option<&str> {
        None
    }
    fn take<T: serde::de::DeserializeOwned>(&mut self) -> Result<T> {
        unimplemented!()
    }
}

impl Item for Nothing {
    fn size(&self) -> Result<usize> {
        Ok(0)
    }
    fn decode<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        unimplemented!()
    }
}
