//! One opaque error for every request.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A result whose error is monotable's.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request failed.
///
/// The error is opaque: its kind is asked for with predicates such as
/// [`is_condition_failed`](Error::is_condition_failed), its message names the entity, the access
/// pattern or operation, and the key or field, and says what to do. Where an SDK or the operating
/// system reported the fault, that error is its [`source`](std::error::Error::source).
///
/// An error is cheap to clone. Item values never appear in messages; keys do.
///
/// # Example: tell a conflict from other failures
///
/// ```
/// fn status(error: &monotable_core::Error) -> u16 {
///     if error.is_condition_failed() {
///         409
///     } else if error.is_throttled() {
///         429
///     } else if error.is_invalid_cursor() || error.is_invalid_key() {
///         400
///     } else {
///         500
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    kind: Kind,
    /// What was asked for, e.g. `Order::by_status`.
    context: Option<String>,
    message: String,
    current: Option<Arc<dyn Any + Send + Sync>>,
    /// Of a transaction, in request order.
    reasons: Vec<Option<Error>>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// The kinds of fault. Backends choose one; users ask through predicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A key part cannot be written: empty, too wide, out of range, over the key limits.
    InvalidKey,
    /// A cursor is not one, is of another version, or belongs to another query.
    InvalidCursor,
    /// The request itself is wrong, e.g. a limit of 0.
    InvalidRequest,
    /// A condition did not hold.
    ConditionFailed,
    /// The item that the request needs does not exist.
    NotFound,
    /// The table, or the store, does not exist.
    TableMissing,
    /// Another item has this value of a field that is unique.
    UniqueViolation,
    /// The entity in memory is older than the stored item.
    Stale,
    /// A transaction did not happen.
    Cancelled,
    /// Credentials are missing, wrong or not enough.
    Unauthorized,
    /// The store's table differs from the declared one, or is no store of this kind.
    SchemaMismatch,
    /// The service asks for fewer requests.
    Throttled,
    /// Another writer was there at the same time.
    Conflict,
    /// An item, a request or a batch is over a limit of the store.
    TooLarge,
    /// The backend cannot do this.
    Unsupported,
    /// An entity could not be encoded.
    Encode,
    /// A stored item could not be read as the type asked for.
    Decode,
    /// The store, the disk or the network failed.
    Unavailable,
}

macro_rules! predicates {
    ($($(#[$doc:meta])* $name:ident = $kind:ident;)*) => {
        /// # Predicates
        impl Error {
            $($(#[$doc])* #[must_use] pub fn $name(&self) -> bool { self.0.kind == Kind::$kind })*
        }
    };
}

predicates! {
    /// A key part was empty, too wide, out of range, or the key was over the store's limits.
    /// Nothing was sent or written.
    is_invalid_key = InvalidKey;
    /// The cursor is garbage, truncated, of another version, or of another query.
    is_invalid_cursor = InvalidCursor;
    /// The request cannot be run as it stands, e.g. it has a limit of 0.
    is_invalid_request = InvalidRequest;
    /// A condition did not hold, `create` found an item in place included.
    /// [`current`](Error::current) has the stored item.
    is_condition_failed = ConditionFailed;
    /// The item that an update or a check needs does not exist.
    is_not_found = NotFound;
    /// The table or the store does not exist.
    is_table_missing = TableMissing;
    /// Another item has this value of a field that is declared unique; the message names the field.
    is_unique_violation = UniqueViolation;
    /// A loaded update's index key would have been built from values that another writer has
    /// changed. [`current`](Error::current) has the stored item.
    is_stale = Stale;
    /// A transaction did not happen: [`reasons`](Error::reasons) says why.
    is_cancelled = Cancelled;
    /// Credentials are missing, expired, wrong, or do not allow the request.
    is_unauthorized = Unauthorized;
    /// The table in the store differs from the one declared, or the file is no store of ours.
    is_schema_mismatch = SchemaMismatch;
    /// The service asked for fewer requests; try again later.
    is_throttled = Throttled;
    /// Another writer changed the item, or the store is open elsewhere.
    is_conflict = Conflict;
    /// An item or a request is over a limit of the store.
    is_too_large = TooLarge;
    /// The backend cannot do what was asked.
    is_unsupported = Unsupported;
    /// The entity could not be turned into an item.
    is_encode = Encode;
    /// A stored item is not of the shape that was asked for.
    is_decode = Decode;
    /// The disk, the network or the service failed.
    is_unavailable = Unavailable;
}

impl Error {
    /// A new error. For backends; `message` says what was wrong and what to do.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error(Arc::new(Inner {
            kind,
            context: None,
            message: message.into(),
            current: None,
            reasons: Vec::new(),
            source: None,
        }))
    }

    /// The kind of fault.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Adds the error that caused this one.
    #[must_use]
    pub fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Arc::make_mut(&mut self.0).source = Some(Arc::from(source.into()));
        self
    }

    /// Names what was asked for, unless a more exact place is named already.
    #[must_use]
    pub(crate) fn context(mut self, context: impl FnOnce() -> String) -> Self {
        if self.0.context.is_none() {
            Arc::make_mut(&mut self.0).context = Some(context());
        }
        self
    }

    /// Names the item that the message is about.
    #[must_use]
    pub(crate) fn of_item(mut self, key: &str) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.message = format!("item `{key}` {}", inner.message);
        self
    }

    /// Names the item inside of which the message's attribute is.
    #[must_use]
    pub(crate) fn in_item(mut self, key: &impl fmt::Display) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.message = format!("item `{key}`: {}", inner.message);
        self
    }

    /// Names the index whose key the message is about.
    #[must_use]
    pub(crate) fn on_index(mut self, index: &str) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.message = format!("on index `{index}`, {}", inner.message);
        self
    }

    /// Adds the stored item that failed the condition.
    #[must_use]
    pub(crate) fn with_stored(mut self, current: Option<Arc<dyn Any + Send + Sync>>) -> Self {
        if current.is_some() {
            Arc::make_mut(&mut self.0).current = current;
        }
        self
    }

    /// Adds why a transaction did not happen.
    #[must_use]
    pub(crate) fn with_reasons(mut self, reasons: Vec<Option<Error>>) -> Self {
        Arc::make_mut(&mut self.0).reasons = reasons;
        self
    }

    /// Why a transaction did not happen: for each of its requests, in their order, the error, or
    /// `None` if it was not at fault. Empty for every other error.
    #[must_use]
    pub fn reasons(&self) -> &[Option<Error>] {
        &self.0.reasons
    }

    /// The stored item that failed the condition, if there is one and it is an `E`.
    #[must_use]
    pub fn current<E: 'static>(&self) -> Option<&E> {
        self.0.current.as_ref()?.downcast_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(context) = &self.0.context {
            write!(f, "{context}: ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.0.kind);
        if let Some(context) = &self.0.context {
            out.field("context", context);
        }
        out.field("message", &self.0.message);
        if let Some(source) = &self.0.source {
            out.field("source", source);
        }
        out.finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.source {
            Some(source) => Some(source.as_ref()),
            None => None,
        }
    }
}
