//! Condition, filter and update expressions as plain data.
//!
//! The typed layer makes them from fields (`Order::STATUS.eq(..)`); a backend renders them into its
//! own language or evaluates them on a [`Map`](crate::value::Map). They mean on every backend what
//! they mean on DynamoDB:
//!
//! - A comparison with an attribute that is absent, or of another type, does not hold; only
//!   [`Comparison::Ne`] does.
//! - Numbers compare by value, text and bytes by their bytes, whatever they stand in.
//! - [`Expr::Contains`] means a part of a text or of bytes, an element of a list or of a set.
//! - [`Expr::Size`] is the bytes of a text or of bytes, the elements of a list, map or set. Of
//!   anything else, and of nothing, it is no number: only [`Comparison::Ne`] holds.
//!
//! [`Expr::holds`] and [`apply`] are that meaning in code, for stores without a language of their
//! own.

mod apply;
mod eval;

pub use apply::{apply, check};

use crate::value::{Number, Value};
use std::borrow::Cow;
use std::fmt;

/// Where in an item a value is: an attribute, and steps into it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    root: Cow<'static, str>,
    steps: Vec<Step>,
}

/// A step into a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// The map's entry of this name.
    Name(Cow<'static, str>),
    /// The list's element at this place, from 0.
    Index(usize),
}

impl Path {
    /// An attribute.
    #[must_use]
    pub const fn attribute(name: &'static str) -> Self {
        Path { root: Cow::Borrowed(name), steps: Vec::new() }
    }

    /// An attribute whose name is not known before.
    #[must_use]
    pub fn named(name: String) -> Self {
        Path { root: Cow::Owned(name), steps: Vec::new() }
    }

    /// One step on.
    #[must_use]
    pub fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// The attribute that the path begins with.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The steps into it.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether one of the paths is the other, or leads into it.
    #[must_use]
    pub fn overlaps(&self, other: &Path) -> bool {
        self.root == other.root && self.steps.iter().zip(&other.steps).all(|(a, b)| a == b)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)?;
        self.steps.iter().try_for_each(|step| match step {
            Step::Name(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
        })
    }
}

/// What must hold of a stored item.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Expr {
    /// A value compared with another.
    Compare(Path, Comparison, Value),
    /// A value from the first to the second, both included.
    Between(Path, Value, Value),
    /// A value that is one of these. Of none, it does not hold.
    In(Path, Vec<Value>),
    /// A text that begins with this.
    BeginsWith(Path, String),
    /// A text, list or set that contains this.
    Contains(Path, Value),
    /// How large a value is, compared.
    Size(Path, Comparison, u64),
    /// The path leads to a value, null included.
    Exists(Path),
    /// The path leads to none.
    Absent(Path),
    /// All of these. Of none, it holds.
    And(Vec<Expr>),
    /// At least one of these. Of none, it does not hold.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Equal.
    Eq,
    /// Not equal, or not there.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
}

impl Expr {
    /// Both, flattened.
    #[must_use]
    pub fn and(self, other: Expr) -> Expr {
        let mut all = match self {
            Expr::And(all) => all,
            one => vec![one],
        };
        match other {
            Expr::And(more) => all.extend(more),
            other => all.push(other),
        }
        Expr::And(all)
    }

    /// Either, flattened.
    #[must_use]
    pub fn or(self, other: Expr) -> Expr {
        let mut any = match self {
            Expr::Or(any) => any,
            one => vec![one],
        };
        match other {
            Expr::Or(more) => any.extend(more),
            other => any.push(other),
        }
        Expr::Or(any)
    }

    /// `condition` and this, if there is one yet.
    pub fn require(self, condition: &mut Option<Expr>) {
        *condition = Some(match condition.take() {
            Some(known) => known.and(self),
            None => self,
        });
    }

    /// Calls `visit` with each path.
    pub fn paths<'a>(&'a self, visit: &mut impl FnMut(&'a Path)) {
        match self {
            Expr::Compare(path, ..)
            | Expr::Between(path, ..)
            | Expr::In(path, _)
            | Expr::BeginsWith(path, _)
            | Expr::Contains(path, _)
            | Expr::Size(path, ..)
            | Expr::Exists(path)
            | Expr::Absent(path) => visit(path),
            Expr::And(all) | Expr::Or(all) => all.iter().for_each(|expr| expr.paths(visit)),
            Expr::Not(expr) => expr.paths(visit),
        }
    }
}

/// A change of one place of an item. All actions of a request read the item as it was before.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Action {
    /// The place holds this value.
    Set(Path, Value),
    /// The place holds this value if it held none; null is a value.
    SetIfAbsent(Path, Value),
    /// The place holds nothing. Elements behind that of a list move up.
    Remove(Path),
    /// The number there is greater by this; one that is absent counts as 0.
    Add(Path, Number),
    /// The list there has these behind its elements; one that is absent counts as empty.
    Append(Path, Vec<Value>),
    /// The list there has these before its elements; one that is absent counts as empty.
    Prepend(Path, Vec<Value>),
    /// The set there has these elements, too; one that is absent counts as empty.
    Union(Path, Value),
    /// The set there has none of these elements; an attribute left empty is removed.
    Difference(Path, Value),
}

impl Action {
    /// The place that is changed.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Action::Set(path, _)
            | Action::SetIfAbsent(path, _)
            | Action::Remove(path)
            | Action::Add(path, _)
            | Action::Append(path, _)
            | Action::Prepend(path, _)
            | Action::Union(path, _)
            | Action::Difference(path, _) => path,
        }
    }
}
