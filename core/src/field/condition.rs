//! `Condition`: conditions and filters on the fields of an entity.

use super::attributes::{Has, Takes};
use super::form::{ContainerForm, KnownForm, OrderedForm, SizedForm, TextForm};
use super::{Field, FieldDef, IntoValue};
use crate::error::{Error, Kind, Result};
use crate::expr::{Comparison, Expr};
use crate::schema::AllAttributes;
use crate::value::{Value, ValueError, to_value};
use serde::Serialize;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

/// A condition on an item of entity `E`. The methods of its fields create it, such as
/// `Order::STATUS.eq(Status::Paid)`.
///
/// A comparison with a field that has no value does not hold, except for `ne`. A value that cannot be stored,
/// such as NaN, is reported when the request is sent, before any I/O.
///
/// `A` says which attributes are there: all of them, or those that an index projects. The compiler finds it out from
/// the request, so that a filter of an index has only fields that the index projects. A function that returns a
/// filter for such an index has the type `Condition<Order, Include<ByNote>>`, with [`Include`](crate::query::Include).
///
/// # Example: several at once
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// let open = Order::STATUS.ne(Status::Shipped) & (Order::TOTAL.ge(1000) | Order::NOTE.exists());
/// assert_eq!(Order::by_customer("C001").filter(open).count(&shop).await?, 1);
/// # Ok(()) }) }
/// ```
#[must_use = "a condition does nothing until a request takes it"]
#[doc(alias("ConditionExpression", "FilterExpression"))]
pub struct Condition<E, A = AllAttributes> {
    expr: Result<Expr>,
    types: PhantomData<fn() -> (E, A)>,
}

/// A condition on the items of entity `E`, for `when` and `filter`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition on a `{E}`: compare a field of it, as in `{E}::FIELD.eq(value)`",
    label = "not a condition",
    note = "a field that is a `bool` is compared, too: `.eq(true)`",
    note = "conditions are joined with `&`, `|` and `!`"
)]
pub trait IntoCondition<E, A = AllAttributes> {
    /// Returns the condition.
    fn into_condition(self) -> Condition<E, A>;
}

// The message is that of `Takes`.
impl<E, A: Takes<B>, B> IntoCondition<E, A> for Condition<E, B> {
    fn into_condition(self) -> Condition<E, A> {
        Condition::new(self.expr)
    }
}

impl<E, A> Condition<E, A> {
    fn new(expr: Result<Expr>) -> Self {
        Condition { expr, types: PhantomData }
    }

    pub(crate) fn into_expr(self) -> Result<Expr> {
        self.expr
    }

    /// Holds if both conditions hold. It is the same as `&`.
    pub fn and(self, other: Condition<E, A>) -> Self {
        Self::new(self.expr.and_then(|one| Ok(one.and(other.expr?))))
    }

    /// Holds if at least one of the conditions holds. It is the same as `|`.
    pub fn or(self, other: Condition<E, A>) -> Self {
        Self::new(self.expr.and_then(|one| Ok(one.or(other.expr?))))
    }

    /// Holds if this condition does not hold. It is the same as `!`.
    #[allow(clippy::should_implement_trait, reason = "it is implemented, too")]
    pub fn not(self) -> Self {
        Self::new(self.expr.map(|expr| Expr::Not(Box::new(expr))))
    }
}

// Not for all attributes `A`: this decides it for a condition that no request takes.
impl<E> Condition<E> {
    /// Returns the condition as plain data, for logs and tests.
    ///
    /// # Errors
    ///
    /// [`is_encode`](Error::is_encode) if a value cannot be stored.
    pub fn expr(&self) -> Result<&Expr> {
        self.expr.as_ref().map_err(Error::clone)
    }
}

impl<E, A> BitAnd for Condition<E, A> {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl<E, A> BitOr for Condition<E, A> {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl<E, A> Not for Condition<E, A> {
    type Output = Self;
    fn not(self) -> Self {
        Condition::not(self)
    }
}

impl<E, A> Clone for Condition<E, A> {
    fn clone(&self) -> Self {
        Self::new(self.expr.clone())
    }
}

impl<E, A> fmt::Debug for Condition<E, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expr {
            // Values are not shown, because conditions are logged.
            Ok(expr) => {
                let mut paths = Vec::new();
                expr.paths(&mut |path| paths.push(path.to_string()));
                f.debug_tuple("Condition").field(&paths).finish()
            }
            Err(error) => f.debug_tuple("Condition").field(error).finish(),
        }
    }
}

/// Returns a value of the field as it is stored.
pub(crate) fn stored<F: FieldDef<T>, T>(path: &impl fmt::Display, value: &T) -> Result<Value> {
    F::to_value(value).map_err(|error| unstorable(path, error))
}

pub(crate) fn unstorable(path: &impl fmt::Display, error: ValueError) -> Error {
    let message = format!("a value for `{path}` cannot be stored: {error}");
    Error::new(Kind::Encode, message).with_source(error)
}

/// Returns the condition that the place has this value. Null and no value count as the same.
pub(crate) fn holds(path: crate::expr::Path, value: Value) -> Expr {
    match value {
        Value::Null => {
            Expr::Absent(path.clone()).or(Expr::Compare(path, Comparison::Eq, Value::Null))
        }
        value => Expr::Compare(path, Comparison::Eq, value),
    }
}

impl<E, F: FieldDef<T>, T> Field<E, F, T> {
    /// Holds if the field has this value, which can be any type that [`IntoValue`] takes. An `Option` that is
    /// `None` stands for a field that has no value, as in [`absent`](Field::absent).
    pub fn eq<A: Has<F, T>>(self, value: impl IntoValue<F, T>) -> Condition<E, A> {
        let value = stored::<F, T>(&self.path, &value.into_value());
        Condition::new(value.map(|value| holds(self.path, value)))
    }

    /// Holds if the field does not have this value. A field without a value satisfies it, unless the value is
    /// `None`.
    pub fn ne<A: Has<F, T>>(self, value: impl IntoValue<F, T>) -> Condition<E, A> {
        let value = stored::<F, T>(&self.path, &value.into_value());
        Condition::new(value.map(|value| match value {
            Value::Null => has_value(self.path, true),
            value => Expr::Compare(self.path, Comparison::Ne, value),
        }))
    }

    /// Holds if the field has one of these values.
    pub fn is_in<V: IntoValue<F, T>, A: Has<F, T>>(
        self,
        values: impl IntoIterator<Item = V>,
    ) -> Condition<E, A> {
        let stored = |value: V| stored::<F, T>(&self.path, &value.into_value());
        let values = values.into_iter().map(stored).collect::<Result<Vec<_>>>();
        let path = self.path.clone();
        Condition::new(values.map(|mut values| {
            // As in `eq`, no value and null are the same.
            let all = values.len();
            values.retain(|value| *value != Value::Null);
            let some = Expr::In(path.clone(), values.clone());
            if values.len() == all { some } else { some.or(holds(path, Value::Null)) }
        }))
    }

    /// Holds if the field has a value. It is the `is_some` of Rust.
    pub fn exists<A: Has<F, T>>(self) -> Condition<E, A> {
        let null = self.may_be_null();
        Condition::new(Ok(has_value(self.path, null)))
    }

    /// Holds if the field has no value. It is the `is_none` of Rust.
    pub fn absent<A: Has<F, T>>(self) -> Condition<E, A> {
        let null = self.may_be_null();
        Condition::new(Ok(if null {
            holds(self.path, Value::Null)
        } else {
            Expr::Absent(self.path)
        }))
    }

    fn compare<A>(self, by: Comparison, value: impl IntoValue<F, T>) -> Condition<E, A> {
        let value = stored::<F, T>(&self.path, &value.into_value());
        Condition::new(value.map(|value| Expr::Compare(self.path, by, value)))
    }

    /// Holds if the field is less than this value.
    pub fn lt<A: Has<F, T>>(self, value: impl IntoValue<F, T>) -> Condition<E, A>
    where
        F::Form: KnownForm<F> + OrderedForm<F, T>,
    {
        self.compare(Comparison::Lt, value)
    }

    /// Holds if the field is less than or equal to this value.
    pub fn le<A: Has<F, T>>(self, value: impl IntoValue<F, T>) -> Condition<E, A>
    where
        F::Form: KnownForm<F> + OrderedForm<F, T>,
    {
        self.compare(Comparison::Le, value)
    }

    /// Holds if the field is greater than this value.
    pub fn gt<A: Has<F, T>>(self, value: impl IntoValue<F, T>) -> Condition<E, A>
    where
        F::Form: KnownForm<F> + OrderedForm<F, T>,
    {
        self.compare(Comparison::Gt, value)
    }

    /// Holds if the field is greater than or equal to this value.
    pub fn ge<A: Has<F, T>>(self, value: impl IntoValue<F, T>) -> Condition<E, A>
    where
        F::Form: KnownForm<F> + OrderedForm<F, T>,
    {
        self.compare(Comparison::Ge, value)
    }

    /// Holds if the field is between these values, both included.
    pub fn between<A: Has<F, T>>(
        self,
        from: impl IntoValue<F, T>,
        to: impl IntoValue<F, T>,
    ) -> Condition<E, A>
    where
        F::Form: KnownForm<F> + OrderedForm<F, T>,
    {
        let value = |value: T| stored::<F, T>(&self.path, &value);
        let (from, to) = (value(from.into_value()), value(to.into_value()));
        let path = self.path.clone();
        Condition::new(from.and_then(|from| Ok(Expr::Between(path, from, to?))))
    }

    /// Holds if the text of the field begins with this text.
    pub fn begins_with<A: Has<F, T>>(self, prefix: impl Into<String>) -> Condition<E, A>
    where
        F::Form: KnownForm<F> + TextForm<F, T>,
    {
        Condition::new(Ok(Expr::BeginsWith(self.path, prefix.into())))
    }

    /// Holds if the text, list or set of the field contains this.
    pub fn contains<X, A: Has<F, T>>(self, element: impl IntoValue<F, X>) -> Condition<E, A>
    where
        F::Form: KnownForm<F> + ContainerForm<F, T, X>,
        X: Serialize,
    {
        let value = to_value(&element.into_value());
        let value = value.map_err(|error| unstorable(&self.path, error));
        Condition::new(value.map(|value| Expr::Contains(self.path, value)))
    }

    /// Returns the size of the field, to compare it: the bytes of a text, or the elements of a list, map or set.
    pub fn size<A: Has<F, T>>(self) -> Size<E, A>
    where
        F::Form: KnownForm<F> + SizedForm<F, T>,
    {
        Size { path: self.path, types: PhantomData }
    }
}

/// Returns the condition that the place has a value. `null` says that null may be stored there and counts as
/// no value.
fn has_value(path: crate::expr::Path, null: bool) -> Expr {
    let exists = Expr::Exists(path.clone());
    if null { exists.and(Expr::Compare(path, Comparison::Ne, Value::Null)) } else { exists }
}

/// The size of a field, from [`Field::size`]. Its methods compare it.
#[derive(Debug, Clone)]
#[must_use = "a size is there to be compared"]
pub struct Size<E, A = AllAttributes> {
    path: crate::expr::Path,
    types: PhantomData<fn() -> (E, A)>,
}

macro_rules! sizes {
    ($($(#[$doc:meta])* $name:ident = $by:ident;)*) => {
        impl<E, A> Size<E, A> {
            $($(#[$doc])* pub fn $name(self, size: u64) -> Condition<E, A> {
                Condition::new(Ok(Expr::Size(self.path, Comparison::$by, size)))
            })*
        }
    };
}

sizes! {
    /// Holds if the size equals this number.
    eq = Eq;
    /// Holds if the size differs from this number.
    ne = Ne;
    /// Holds if the size is less than this number.
    lt = Lt;
    /// Holds if the size is less than or equal to this number.
    le = Le;
    /// Holds if the size is greater than this number.
    gt = Gt;
    /// Holds if the size is greater than or equal to this number.
    ge = Ge;
}
