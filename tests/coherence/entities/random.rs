//! Random schemas of seed 20261123, written by `schemas.rs`.

use super::{First, Near, Second, State, Third, Zoo, state};
use crate::values::{maybe, signed, small, text, time, truth};
use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R0#{id}", sk = "ITEM#{n}")]
#[access(on_first, index = First, pk = "R0First#{e}", sk = "{id}")]
#[access(on_third, index = Third, pk = "R0Third#{e}#{d}", sk = "{n:desc}#{a}#{b}#{id}#{c:desc}")]
#[access(near, index = Near, sk = "{d}")]
pub struct R0 {
    pub id: u8,
    pub n: u8,
    pub a: i32,
    pub b: Option<u8>,
    pub c: Option<u8>,
    pub d: String,
    pub e: State,
    pub note: u8,
}
case! { R0, put; key { id: small, n: small } fields { A a: signed, B b: maybe(small), C c: maybe(small), D d: text, E e: state } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R1#{id}", sk = "ITEM#{n}")]
#[access(on_second, index = Second, pk = "R1Second#{a}#{id:desc}", sk = "{b:desc}")]
#[access(near, index = Near, sk = "{a}#{b:desc}#{d}")]
pub struct R1 {
    pub id: u8,
    pub n: u8,
    pub a: Option<State>,
    pub b: i32,
    pub c: Timestamp,
    pub d: Option<String>,
    pub note: u8,
}
case! { R1, put; key { id: small, n: small } fields { A a: maybe(state), B b: signed, C c: time, D d: maybe(text) } blind { C c } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R2#{id}", sk = "ITEM#{n}")]
#[access(on_first, index = First, pk = "R2First#{b:desc}#{c:desc}#{a}", sk = "{n}#{d}")]
#[access(on_second, index = Second, pk = "R2Second#{a}#{d}", sk = "{id}#{n}")]
#[access(on_third, index = Third, pk = "R2Third#{n}#{d}", sk = "{id}")]
#[access(near, index = Near, sk = "{n:desc}#{c}#{a}")]
pub struct R2 {
    pub id: u8,
    pub n: u8,
    pub a: State,
    pub b: u8,
    pub c: bool,
    pub d: State,
    pub note: u8,
}
case! { R2, put; key { id: small, n: small } fields { A a: state, B b: small, C c: truth, D d: state } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R3#{id}", sk = "ITEM")]
#[access(on_second, index = Second, pk = "R3Second#{c:s}", sk = "{id:desc}#{b}")]
#[access(on_third, index = Third, pk = "R3Third#{a}#{c:s}", sk = "{id:desc}#{b:desc}")]
pub struct R3 {
    pub id: u8,
    pub a: Option<u8>,
    pub b: Option<u8>,
    pub c: Timestamp,
    pub note: u8,
}
case! { R3, put; key { id: small } fields { A a: maybe(small), B b: maybe(small), C c: time } blind { B b } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R4#{id}", sk = "ITEM#{n}")]
#[access(on_first, index = First, pk = "R4First#{id:desc}", sk = "{d}#{n}#{a:desc}#{c:desc}")]
#[access(on_second, index = Second, pk = "R4Second#{a}", sk = "{b}")]
#[access(on_third, index = Third, pk = "R4Third#{id:desc}", sk = "{c}#{a}")]
#[access(near, index = Near, sk = "{b}")]
pub struct R4 {
    pub id: u8,
    pub n: u8,
    pub a: u8,
    pub b: String,
    pub c: Option<u8>,
    pub d: bool,
    pub note: u8,
}
case! { R4, put; key { id: small, n: small } fields { A a: small, B b: text, C c: maybe(small), D d: truth } blind { B b } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R5#{id}", sk = "ITEM")]
#[access(on_first, index = First, pk = "R5First#{c}#{d}", sk = "{b}")]
#[access(on_second, index = Second, pk = "R5Second#{d:desc}", sk = "{c}")]
#[access(on_third, index = Third, pk = "R5Third#{c:desc}#{d}", sk = "{a:desc}#{b:desc}")]
#[access(near, index = Near, sk = "{c}#{d:desc}#{b}")]
pub struct R5 {
    pub id: u8,
    pub a: i32,
    pub b: i32,
    pub c: u8,
    pub d: Option<u8>,
    pub note: u8,
}
case! { R5, put; key { id: small } fields { A a: signed, B b: signed, C c: small, D d: maybe(small) } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R6#{id}", sk = "ITEM")]
#[access(on_first, index = First, pk = "R6First#{e}", sk = "{a}#{d:s}")]
#[access(on_second, index = Second, pk = "R6Second#{a}#{id:desc}", sk = "{e}#{d:s}")]
#[access(near, index = Near, sk = "{a:desc}#{d:s}")]
pub struct R6 {
    pub id: u8,
    pub a: bool,
    pub b: String,
    pub c: State,
    pub d: Timestamp,
    pub e: State,
    pub note: u8,
}
case! { R6, put; key { id: small } fields { A a: truth, B b: text, C c: state, D d: time, E e: state } blind { B b, C c } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R7#{id}", sk = "ITEM#{n}")]
#[access(on_first, index = First, pk = "R7First#{n}#{d:s:desc}#{a:desc}#{b}", sk = "{id}")]
#[access(on_second, index = Second, pk = "R7Second#{a:desc}#{c}#{id:desc}#{b}", sk = "{d:s}#{n:desc}")]
#[access(on_third, index = Third, pk = "R7Third#{d:s:desc}", sk = "{c}")]
#[access(near, index = Near, sk = "{id:desc}#{d:s:desc}#{a}#{b}#{c}#{n:desc}")]
pub struct R7 {
    pub id: u8,
    pub n: u8,
    pub a: bool,
    pub b: Option<State>,
    pub c: Option<String>,
    pub d: Timestamp,
    pub note: u8,
}
case! { R7, put; key { id: small, n: small } fields { A a: truth, B b: maybe(state), C c: maybe(text), D d: time } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R8#{id}", sk = "ITEM")]
#[access(on_second, index = Second, pk = "R8Second#{a:desc}", sk = "{id}")]
#[access(near, index = Near, sk = "{a}#{b}")]
pub struct R8 {
    pub id: u8,
    pub a: Option<u8>,
    pub b: bool,
    pub c: Option<u8>,
    pub note: u8,
}
case! { R8, put; key { id: small } fields { A a: maybe(small), B b: truth, C c: maybe(small) } blind { C c } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R9#{id}", sk = "ITEM#{n}")]
#[access(on_third, index = Third, pk = "R9Third#{a}", sk = "{d:desc}")]
pub struct R9 {
    pub id: u8,
    pub n: u8,
    pub a: i32,
    pub b: i32,
    pub c: u8,
    pub d: Option<u8>,
    pub e: Option<State>,
    pub note: u8,
}
case! { R9, put; key { id: small, n: small } fields { A a: signed, B b: signed, C c: small, D d: maybe(small), E e: maybe(state) } blind { A a, B b, C c, D d, E e } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R10#{id}", sk = "ITEM#{n}")]
#[access(on_first, index = First, pk = "R10First#{id:desc}#{a}#{b:s}", sk = "{n:desc}")]
#[access(on_third, index = Third, pk = "R10Third#{a}", sk = "{b:s}#{id}#{n}")]
#[access(near, index = Near, sk = "{b:s}#{id:desc}")]
pub struct R10 {
    pub id: u8,
    pub n: u8,
    pub a: Option<String>,
    pub b: Timestamp,
    pub note: u8,
}
case! { R10, put; key { id: small, n: small } fields { A a: maybe(text), B b: time } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R11#{id}", sk = "ITEM#{n}")]
#[access(on_first, index = First, pk = "R11First#{id}#{n}", sk = "{b}")]
#[access(on_second, index = Second, pk = "R11Second#{b}", sk = "{a:s:desc}#{id}")]
#[access(on_third, index = Third, pk = "R11Third#{n:desc}", sk = "{id:desc}#{b}")]
pub struct R11 {
    pub id: u8,
    pub n: u8,
    pub a: Timestamp,
    pub b: Option<String>,
    pub note: u8,
}
case! { R11, put; key { id: small, n: small } fields { A a: time, B b: maybe(text) } blind { A a, B b } }
