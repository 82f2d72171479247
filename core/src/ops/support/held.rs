//! `Held`: an entity that a request borrows or owns.

use std::ops::Deref;
use std::sync::Arc;

/// An entity that a request borrows, or owns so that the request can outlive everything else.
///
/// It is shared by the clones of a request, because an entity need not be `Clone`.
pub(crate) enum Held<'a, E> {
    Borrowed(&'a E),
    Owned(Arc<E>),
}

impl<E> Deref for Held<'_, E> {
    type Target = E;
    fn deref(&self) -> &E {
        match self {
            Held::Borrowed(entity) => entity,
            Held::Owned(entity) => entity,
        }
    }
}

impl<E> Clone for Held<'_, E> {
    fn clone(&self) -> Self {
        match self {
            Held::Borrowed(entity) => Held::Borrowed(entity),
            Held::Owned(entity) => Held::Owned(Arc::clone(entity)),
        }
    }
}
