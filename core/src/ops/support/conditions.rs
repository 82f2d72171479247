//! The conditions that a write gets from its calls of `when(..)`.

use crate::error::Result;
use crate::expr::Expr;
use crate::field::Condition;
use std::fmt;

/// The conditions from all calls of `when`, combined with AND.
pub(crate) struct Conditions<E>(Option<Condition<E>>);

impl<E> Conditions<E> {
    /// Adds a condition.
    pub(crate) fn and(self, condition: Condition<E>) -> Self {
        Conditions(Some(match self.0 {
            Some(known) => known.and(condition),
            None => condition,
        }))
    }

    /// Returns an expression that holds if `first` and all the conditions hold.
    pub(crate) fn and_all(&self, first: Expr) -> Result<Expr> {
        Ok(match &self.0 {
            Some(condition) => first.and(condition.clone().into_expr()?),
            None => first,
        })
    }

    /// Adds the conditions to the condition `of` a request, combined with AND.
    pub(crate) fn require(&self, of: &mut Option<Expr>) -> Result<()> {
        if let Some(condition) = &self.0 {
            condition.clone().into_expr()?.require(of);
        }
        Ok(())
    }
}

/// Marks a write without a condition, which can be part of a batch.
#[derive(Debug)]
pub enum Unconditional {}

/// Marks a write with a condition, which cannot be part of a batch.
#[derive(Debug)]
pub enum Conditional {}

impl<E> Default for Conditions<E> {
    fn default() -> Self {
        Conditions(None)
    }
}

impl<E> Clone for Conditions<E> {
    fn clone(&self) -> Self {
        Conditions(self.0.clone())
    }
}

impl<E> fmt::Debug for Conditions<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
