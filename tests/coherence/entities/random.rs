//! Random schemas of seed 20261123, written by `schemas.rs`.

use super::{First, Fourth, Near, Second, State, Third, Zoo, state};
use crate::values::{maybe, signed, small, text, time, truth};
use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R0#{id}", sk = "ITEM#{n}")]
#[access(on_fourth, index = Fourth, pk(grade), sk(level, note))]
#[access(on_third, index = Third, pk = "R0Third#{c}", sk = "{a}")]
pub struct R0 {
    pub id: u8,
    pub n: u8,
    pub a: i32,
    pub b: Option<u8>,
    pub c: Option<u8>,
    pub d: String,
    pub e: State,
    pub grade: Option<State>,
    pub level: i32,
    pub note: u8,
}
case! { R0, put; key { id: small, n: small } fields { A a: signed, B b: maybe(small), C c: maybe(small), D d: text, E e: state, GRADE grade: maybe(state), LEVEL level: signed } blind { A a, B b, C c, D d, E e, GRADE grade, LEVEL level } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R1#{id}", sk = "ITEM#{n}")]
#[access(on_fourth, index = Fourth, pk(grade), sk(level, note))]
#[access(on_second, index = Second, pk = "R1Second#{level}#{id:desc}#{n}#{grade}", sk = "{a}")]
pub struct R1 {
    pub id: u8,
    pub n: u8,
    pub a: Option<State>,
    pub b: i32,
    pub grade: Option<State>,
    pub level: i32,
    pub note: u8,
}
case! { R1, put; key { id: small, n: small } fields { A a: maybe(state), B b: signed, GRADE grade: maybe(state), LEVEL level: signed } blind { A a, B b } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R2#{id}", sk = "ITEM#{n}")]
#[access(on_first, index = First, pk = "R2First#{id:desc}#{e:desc}#{b:s:desc}#{d}#{n}#{a:desc}", sk = "{c}")]
#[access(on_second, index = Second, pk = "R2Second#{n:desc}", sk = "{id:desc}#{a}")]
#[access(on_third, index = Third, pk = "R2Third#{a}", sk = "{id}#{b:s:desc}#{c}#{d}")]
#[access(near, index = Near, sk = "{a}#{e}#{id}#{d}")]
pub struct R2 {
    pub id: u8,
    pub n: u8,
    pub a: i32,
    pub b: Timestamp,
    pub c: Option<String>,
    pub d: u8,
    pub e: bool,
    pub note: u8,
}
case! { R2, put; key { id: small, n: small } fields { A a: signed, B b: time, C c: maybe(text), D d: small, E e: truth } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R3#{id}", sk = "ITEM")]
#[access(on_fourth, index = Fourth, pk(grade), sk(level, note))]
#[access(on_first, index = First, pk = "R3First#{a}#{d}", sk = "{b:desc}#{grade}")]
#[access(on_second, index = Second, pk = "R3Second#{c}#{level}", sk = "{grade}")]
#[access(on_third, index = Third, pk = "R3Third#{e}#{c}", sk = "{b}")]
#[access(near, index = Near, sk = "{a}#{level:desc}#{d}#{id}#{c}")]
pub struct R3 {
    pub id: u8,
    pub a: i32,
    pub b: bool,
    pub c: State,
    pub d: State,
    pub e: Option<State>,
    pub grade: Option<State>,
    pub level: i32,
    pub note: u8,
}
case! { R3, put; key { id: small } fields { A a: signed, B b: truth, C c: state, D d: state, E e: maybe(state), GRADE grade: maybe(state), LEVEL level: signed } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R4#{id}", sk = "ITEM#{n}")]
#[access(on_fourth, index = Fourth, pk(grade), sk(level, note))]
#[access(on_first, index = First, pk = "R4First#{grade}#{c:desc}#{id}#{a:s}#{b}", sk = "{n}")]
#[access(on_second, index = Second, pk = "R4Second#{n}", sk = "{c:desc}")]
#[access(on_third, index = Third, pk = "R4Third#{c}", sk = "{grade}#{n}")]
pub struct R4 {
    pub id: u8,
    pub n: u8,
    pub a: Timestamp,
    pub b: String,
    pub c: i32,
    pub grade: Option<State>,
    pub level: i32,
    pub note: u8,
}
case! { R4, put; key { id: small, n: small } fields { A a: time, B b: text, C c: signed, GRADE grade: maybe(state), LEVEL level: signed } blind { LEVEL level } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R5#{id}", sk = "ITEM")]
#[access(on_first, index = First, pk = "R5First#{a}", sk = "{id}#{b}")]
#[access(on_second, index = Second, pk = "R5Second#{a}", sk = "{b:desc}")]
#[access(near, index = Near, sk = "{id}")]
pub struct R5 {
    pub id: u8,
    pub a: i32,
    pub b: u8,
    pub note: u8,
}
case! { R5, put; key { id: small } fields { A a: signed, B b: small } blind { A a, B b } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R6#{id}", sk = "ITEM#{n}")]
#[access(on_first, index = First, pk = "R6First#{a:s}#{id:desc}", sk = "{b}")]
#[access(on_second, index = Second, pk = "R6Second#{b}", sk = "{id}")]
#[access(on_third, index = Third, pk = "R6Third#{n:desc}#{id}", sk = "{a:s}#{b}")]
#[access(near, index = Near, sk = "{n:desc}")]
pub struct R6 {
    pub id: u8,
    pub n: u8,
    pub a: Timestamp,
    pub b: String,
    pub note: u8,
}
case! { R6, put; key { id: small, n: small } fields { A a: time, B b: text } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R7#{id}", sk = "ITEM#{n}")]
#[access(on_second, index = Second, pk = "R7Second#{n:desc}", sk = "{id:desc}#{c}")]
#[access(on_third, index = Third, pk = "R7Third#{id}", sk = "{b}#{a:desc}#{n}")]
#[access(near, index = Near, sk = "{n}#{id:desc}#{a:desc}#{c}")]
pub struct R7 {
    pub id: u8,
    pub n: u8,
    pub a: Option<u8>,
    pub b: u8,
    pub c: Option<u8>,
    pub note: u8,
}
case! { R7, put; key { id: small, n: small } fields { A a: maybe(small), B b: small, C c: maybe(small) } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R8#{id}", sk = "ITEM#{n}")]
#[access(on_first, index = First, pk = "R8First#{id:desc}#{b:s}#{c:desc}#{d:desc}", sk = "{n:desc}")]
#[access(near, index = Near, sk = "{id:desc}#{b:s:desc}#{d}#{a}#{c:desc}")]
pub struct R8 {
    pub id: u8,
    pub n: u8,
    pub a: State,
    pub b: Timestamp,
    pub c: i32,
    pub d: u8,
    pub note: u8,
}
case! { R8, put; key { id: small, n: small } fields { A a: state, B b: time, C c: signed, D d: small } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R9#{id}", sk = "ITEM")]
#[access(on_fourth, index = Fourth, pk(grade), sk(level, note))]
#[access(on_first, index = First, pk = "R9First#{a}", sk = "{level:desc}")]
#[access(on_second, index = Second, pk = "R9Second#{b}#{id}#{a}", sk = "{grade}")]
#[access(near, index = Near, sk = "{level}#{id:desc}#{grade}")]
pub struct R9 {
    pub id: u8,
    pub a: State,
    pub b: bool,
    pub grade: Option<State>,
    pub level: i32,
    pub note: u8,
}
case! { R9, put; key { id: small } fields { A a: state, B b: truth, GRADE grade: maybe(state), LEVEL level: signed } blind {  } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R10#{id}", sk = "ITEM")]
#[access(on_fourth, index = Fourth, pk(grade), sk(level, note))]
#[access(on_first, index = First, pk = "R10First#{grade}", sk = "{level:desc}#{a:s}#{d}#{b}#{id}")]
#[access(on_third, index = Third, pk = "R10Third#{c:s:desc}", sk = "{grade}")]
#[access(near, index = Near, sk = "{id}")]
pub struct R10 {
    pub id: u8,
    pub a: Timestamp,
    pub b: Option<State>,
    pub c: Timestamp,
    pub d: State,
    pub grade: Option<State>,
    pub level: i32,
    pub note: u8,
}
case! { R10, put; key { id: small } fields { A a: time, B b: maybe(state), C c: time, D d: state, GRADE grade: maybe(state), LEVEL level: signed } blind { C c, GRADE grade } }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Zoo, pk = "R11#{id}", sk = "ITEM#{n}")]
#[access(near, index = Near, sk = "{a:desc}#{id}#{b:desc}")]
pub struct R11 {
    pub id: u8,
    pub n: u8,
    pub a: bool,
    pub b: u8,
    pub note: u8,
}
case! { R11, put; key { id: small, n: small } fields { A a: truth, B b: small } blind {  } }
