//! Conditions and filters.

use super::path::Path;
use crate::value::Value;

/// A condition on a stored item.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Expr {
    /// The comparison of the stored value with this one holds.
    Compare(Path, Comparison, Value),
    /// The value is in the range from the first value to the second one, both included.
    Between(Path, Value, Value),
    /// The value equals one of these values. If the list is empty, this never holds.
    In(Path, Vec<Value>),
    /// The value is a text that begins with this one.
    BeginsWith(Path, String),
    /// The value is a text, bytes, a list or a set that contains this one.
    Contains(Path, Value),
    /// The comparison of the size of the value with this number holds.
    Size(Path, Comparison, u64),
    /// There is a value at the path. It may be null.
    Exists(Path),
    /// There is no value at the path.
    Absent(Path),
    /// Every operand holds. If the list is empty, this always holds.
    And(Vec<Expr>),
    /// At least one operand holds. If the list is empty, this never holds.
    Or(Vec<Expr>),
    /// The operand does not hold.
    Not(Box<Expr>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The values are equal.
    Eq,
    /// The values are not equal, or the stored value is absent.
    Ne,
    /// The stored value is less than the other one.
    Lt,
    /// The stored value is less than the other one, or equal to it.
    Le,
    /// The stored value is greater than the other one.
    Gt,
    /// The stored value is greater than the other one, or equal to it.
    Ge,
}

impl Expr {
    /// Combines two conditions with AND. Operands that are combined with AND become one list.
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

    /// Combines two conditions with OR. Operands that are combined with OR become one list.
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

    /// Adds this condition to `condition`. If there is one already, they are combined with AND.
    pub fn require(self, condition: &mut Option<Expr>) {
        *condition = Some(match condition.take() {
            Some(known) => known.and(self),
            None => self,
        });
    }

    /// Calls `visit` with each path in the condition.
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
