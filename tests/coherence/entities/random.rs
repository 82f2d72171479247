//! Random schemas of seed 20261123, written by `schemas.rs`.

use super::{First, Second, State, Third, Zoo, state};
use crate::values::{maybe, signed, small, text, time, truth};
use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R0#{id}", sk = "ITEM")]
#[access(on_second, index = Second, pk = "R0Second#{id}#{b}#{a:desc}", sk = "{c}#{d}")]
pub struct R0 {
    pub id: u8,
    pub a: Option<u8>,
    pub b: i32,
    pub c: Option<u8>,
    pub d: Option<u8>,
    pub note: u8,
}
case! { R0, put; key { id: small } fields { A a: maybe(small), B b: signed, C c: maybe(small), D d: maybe(small) } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R1#{id}", sk = "ITEM")]
#[access(on_first, index = First, pk = "R1First#{b}", sk = "{id}")]
#[access(on_third, index = Third, pk = "R1Third#{b}", sk = "{id:desc}")]
pub struct R1 {
    pub id: u8,
    pub a: i32,
    pub b: String,
    pub note: u8,
}
case! { R1, put; key { id: small } fields { A a: signed, B b: text } blind { A a, B b } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R2#{id}", sk = "ITEM")]
#[access(on_third, index = Third, pk = "R2Third#{b}", sk = "{e}#{c}")]
pub struct R2 {
    pub id: u8,
    pub a: String,
    pub b: Option<u8>,
    pub c: String,
    pub d: i32,
    pub e: String,
    pub note: u8,
}
case! { R2, put; key { id: small } fields { A a: text, B b: maybe(small), C c: text, D d: signed, E e: text } blind { A a, B b, D d } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R3#{id}", sk = "ITEM")]
#[access(on_first, index = First, pk = "R3First#{id}#{d}", sk = "{a}")]
#[access(on_second, index = Second, pk = "R3Second#{id:desc}", sk = "{a:desc}")]
#[access(on_third, index = Third, pk = "R3Third#{b:s:desc}#{c:desc}#{id}", sk = "{d}")]
pub struct R3 {
    pub id: u8,
    pub a: bool,
    pub b: Timestamp,
    pub c: u8,
    pub d: Option<State>,
    pub note: u8,
}
case! { R3, put; key { id: small } fields { A a: truth, B b: time, C c: small, D d: maybe(state) } blind { A a, D d } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R4#{id}", sk = "ITEM")]
#[access(on_second, index = Second, pk = "R4Second#{b}", sk = "{a}")]
#[access(on_third, index = Third, pk = "R4Third#{a}", sk = "{b}")]
pub struct R4 {
    pub id: u8,
    pub a: Option<String>,
    pub b: Option<State>,
    pub note: u8,
}
case! { R4, put; key { id: small } fields { A a: maybe(text), B b: maybe(state) } blind { A a, B b } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R5#{id}", sk = "ITEM")]
#[access(on_first, index = First, pk = "R5First#{b}", sk = "{a}")]
#[access(on_second, index = Second, pk = "R5Second#{id:desc}", sk = "{b}#{a}")]
pub struct R5 {
    pub id: u8,
    pub a: bool,
    pub b: State,
    pub note: u8,
}
case! { R5, put; key { id: small } fields { A a: truth, B b: state } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R6#{id}", sk = "ITEM")]
#[access(on_first, index = First, pk = "R6First#{c:desc}", sk = "{id}#{e:desc}")]
#[access(on_third, index = Third, pk = "R6Third#{d}", sk = "{id:desc}#{b:s}#{c:desc}#{e:desc}")]
pub struct R6 {
    pub id: u8,
    pub a: Timestamp,
    pub b: Timestamp,
    pub c: Option<u8>,
    pub d: String,
    pub e: Option<u8>,
    pub note: u8,
}
case! { R6, put; key { id: small } fields { A a: time, B b: time, C c: maybe(small), D d: text, E e: maybe(small) } blind { A a, D d } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R7#{id}", sk = "ITEM")]
#[access(on_first, index = First, pk = "R7First#{a:desc}", sk = "{c}")]
#[access(on_third, index = Third, pk = "R7Third#{a}", sk = "{id}")]
pub struct R7 {
    pub id: u8,
    pub a: i32,
    pub b: Option<u8>,
    pub c: i32,
    pub note: u8,
}
case! { R7, put; key { id: small } fields { A a: signed, B b: maybe(small), C c: signed } blind { A a, B b, C c } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R8#{id}", sk = "ITEM")]
#[access(on_first, index = First, pk = "R8First#{a}", sk = "{id}")]
#[access(on_second, index = Second, pk = "R8Second#{a}", sk = "{b}")]
#[access(on_third, index = Third, pk = "R8Third#{id}", sk = "{b}#{a}")]
pub struct R8 {
    pub id: u8,
    pub a: Option<State>,
    pub b: Option<String>,
    pub note: u8,
}
case! { R8, put; key { id: small } fields { A a: maybe(state), B b: maybe(text) } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R9#{id}", sk = "ITEM")]
#[access(on_first, index = First, pk = "R9First#{b}", sk = "{id}#{a}")]
#[access(on_second, index = Second, pk = "R9Second#{b}", sk = "{id:desc}")]
#[access(on_third, index = Third, pk = "R9Third#{a}", sk = "{b}")]
pub struct R9 {
    pub id: u8,
    pub a: u8,
    pub b: Option<State>,
    pub note: u8,
}
case! { R9, put; key { id: small } fields { A a: small, B b: maybe(state) } blind { A a, B b } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R10#{id}", sk = "ITEM")]
#[access(on_second, index = Second, pk = "R10Second#{c}#{a}", sk = "{b}")]
#[access(on_third, index = Third, pk = "R10Third#{c:desc}#{b}", sk = "{a}")]
pub struct R10 {
    pub id: u8,
    pub a: Option<String>,
    pub b: u8,
    pub c: Option<u8>,
    pub note: u8,
}
case! { R10, put; key { id: small } fields { A a: maybe(text), B b: small, C c: maybe(small) } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R11#{id}", sk = "ITEM")]
#[access(on_third, index = Third, pk = "R11Third#{b}#{a}", sk = "{id:desc}#{d:desc}")]
pub struct R11 {
    pub id: u8,
    pub a: Option<u8>,
    pub b: State,
    pub c: u8,
    pub d: i32,
    pub e: String,
    pub note: u8,
}
case! { R11, put; key { id: small } fields { A a: maybe(small), B b: state, C c: small, D d: signed, E e: text } blind { C c, D d, E e } }
