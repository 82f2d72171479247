//! The error of every request: one opaque type.

#[cfg(test)]
mod tests;

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A result with an [`Error`] of monotable.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request failed.
///
/// The error is opaque. A program decides by its predicates: those that name one fault, such as
/// [`is_condition_failed`](Error::is_condition_failed), and those that answer a question about any
/// fault, [`is_retryable`](Error::is_retryable) and
/// [`is_outcome_unknown`](Error::is_outcome_unknown).
///
/// The message is for people. It names the entity, the access pattern or operation, and the key or
/// field, and says what to do. It never contains the values of an item, but it may contain keys. If
/// an SDK or the operating system reported the fault, that error is the
/// [`source`](std::error::Error::source).
///
/// An error is cheap to clone.
///
/// # Example: choose the HTTP status of an answer
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
///
/// # Example: decide whether to send a request again
///
/// ```
/// fn send_again(error: &monotable_core::Error, is_idempotent: bool) -> bool {
///     error.is_retryable() && (is_idempotent || !error.is_outcome_unknown())
/// }
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

/// A stored item as an entity, or as the enum of its key space.
#[derive(Clone)]
pub(crate) struct Current {
    value: Arc<dyn Any + Send + Sync>,
    /// Returns the entity in an enum.
    entity: fn(&(dyn Any + Send + Sync)) -> Option<&(dyn Any + Send + Sync)>,
}

impl Current {
    /// `entity` returns the entity in an enum, and `None` if the value is an entity itself.
    pub(crate) fn new(
        value: Arc<dyn Any + Send + Sync>,
        entity: fn(&(dyn Any + Send + Sync)) -> Option<&(dyn Any + Send + Sync)>,
    ) -> Self {
        Current { value, entity }
    }

    fn get<E: 'static>(&self) -> Option<&E> {
        let value = self.value.downcast_ref();
        value.or_else(|| (self.entity)(&*self.value)?.downcast_ref())
    }
}

#[derive(Clone)]
struct Inner {
    kind: Kind,
    /// What the program asked for, such as `Order::by_status`.
    context: Option<String>,
    message: String,
    /// The stored item that the request met.
    current: Option<Current>,
    /// For a cancelled transaction: the error of each request, in the order of the requests.
    reasons: Vec<Option<Error>>,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// The kinds of fault. A backend chooses one for each error; applications ask by predicates.
///
/// For each kind, its documentation says what a caller can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A key cannot be written: a part is empty, too wide or out of range, or the key is longer
    /// than the store allows. Nothing was sent. Change the value of the part.
    InvalidKey,
    /// A cursor is damaged, has another version, or belongs to another query. Nothing was sent.
    /// Start again from the first page.
    InvalidCursor,
    /// The request itself is wrong, for example because its limit is 0. Change the program.
    InvalidRequest,
    /// A condition of the request does not hold for the stored item. Nothing was written. Look at
    /// the stored item and decide again.
    ConditionFailed,
    /// The item that the request needs does not exist. Nothing was written. Create the item.
    NotFound,
    /// A query that has to find exactly one item found several. Bind more of its key, or read all of
    /// them.
    Several,
    /// The table or the store does not exist. Create it, or correct its name.
    TableMissing,
    /// Another item has the same value of a unique field. Nothing was written. Choose another
    /// value.
    UniqueViolation,
    /// Fields that keys are made of have changed since the entity was loaded. Nothing was written.
    /// Load the entity again.
    Stale,
    /// The stored item has another version than the entity that was loaded. Nothing was written.
    /// Load the entity again.
    VersionConflict,
    /// The item is in another state of its workflow than the step comes from. Nothing was written. Look
    /// at the stored item and decide again.
    WrongState,
    /// The same step of a workflow has been done before, with the same token. Nothing was written.
    /// There is nothing left to do.
    AlreadyDone,
    /// A transaction was cancelled. Nothing was written. Its reasons say which requests are at
    /// fault.
    Cancelled,
    /// Another call is doing this once-only work, or died while it did. The work did not run. Send the request
    /// again later: it returns the result of the other call, or takes the work over.
    InProgress,
    /// Once-only work was begun with the same key and another payload. The work did not run. Give different work
    /// different keys.
    PayloadMismatch,
    /// Once-only work is done, but its result could not be stored, so a repeated call cannot return it. The work
    /// did not run again.
    ResultNotStored,
    /// A lease is no longer held: it was released, or another holder has it. Nothing was written. Stop the work
    /// that the lease protects.
    LeaseLost,
    /// Changes after a position in a feed are no longer kept, so they cannot be delivered. Start the feed anew, and
    /// read what depends on it from the table.
    Trimmed,
    /// Credentials are missing, wrong, expired or not sufficient. Correct them.
    Unauthorized,
    /// The table in the store has other keys or indexes than the declared one, or the file is not a
    /// store of this kind. Correct the declaration, or use another table.
    SchemaMismatch,
    /// The store asks for fewer requests. Nothing was written. Send the request again later.
    Throttled,
    /// Another request was using the item, the table or the store at the same time. Nothing was
    /// written. Send the request again.
    Conflict,
    /// An item, a request or a batch is larger than the store allows. Split it.
    TooLarge,
    /// The backend cannot do this. Nothing was sent. Use another request or another backend.
    Unsupported,
    /// An entity could not be encoded as an item. Nothing was sent. Change the value that the
    /// message names.
    Encode,
    /// A stored item could not be decoded as the type that was asked for. Correct the type, or the
    /// item.
    Decode,
    /// The write happened, but the item that the store returned with its answer could not be decoded as
    /// the type that was asked for. Do not send the write again. Correct the type, or the item.
    DecodeAfterWrite,
    /// The request could not be sent, because something outside of the store failed: it was closed,
    /// or the operating system refused a resource. Nothing was written. Remove the cause and send
    /// the request again.
    NotSent,
    /// The disk, the network or the store failed, or did not answer in time. It is not known
    /// whether a write happened. Read the item before a write is sent again that must not happen
    /// twice.
    Unavailable,
}

macro_rules! predicates {
    ($($(#[$doc:meta])* $name:ident = $($kind:ident)|+;)*) => {
        /// # Predicates for one fault
        impl Error {
            $($(#[$doc])* #[must_use] pub fn $name(&self) -> bool {
                matches!(self.0.kind, $(Kind::$kind)|+)
            })*
        }
    };
}

predicates! {
    /// Returns whether a key could not be written: a part was empty, too wide or out of range, or
    /// the key was longer than the store allows. Nothing was sent.
    is_invalid_key = InvalidKey;
    /// Returns whether the cursor is damaged, has another version, or belongs to another query.
    is_invalid_cursor = InvalidCursor;
    /// Returns whether the request itself is wrong, for example because its limit is 0.
    is_invalid_request = InvalidRequest;
    /// Returns whether a condition does not hold for the stored item. This includes a `create` that
    /// finds an item with its key. [`current`](Error::current) is the stored item.
    is_condition_failed = ConditionFailed;
    /// Returns whether the item that a request needs does not exist: that of an update or a check, the one
    /// item of [`Query::one`](crate::Query::one), or a member of a collection.
    is_not_found = NotFound;
    /// Returns whether [`Query::one`](crate::Query::one) found several items.
    is_several = Several;
    /// Returns whether the table or the store does not exist.
    is_table_missing = TableMissing;
    /// Returns whether another item has the same value of a unique field. The message names the
    /// field.
    is_unique_violation = UniqueViolation;
    /// Returns whether fields that keys are made of have changed since the entity was loaded, so
    /// that an update would have written a wrong key. Load the entity again.
    /// [`current`](Error::current) is the stored item.
    is_stale = Stale;
    /// Returns whether the item is in another state of its workflow than the step comes from, so that
    /// [`advance`](crate::Key::advance) came too late, or too early.
    /// [`current`](Error::current) is the stored item.
    is_wrong_state = WrongState;
    /// Returns whether the same step of a workflow has been done before, with the same token. Only the
    /// reasons of a cancelled transaction are such errors: [`advance`](crate::Key::advance) by itself
    /// returns [`Advanced::Already`](crate::Advanced::Already).
    /// [`current`](Error::current) is the stored item.
    is_already_done = AlreadyDone;
    /// Returns whether a transaction was cancelled. [`reasons`](Error::reasons) says which requests
    /// are at fault.
    is_cancelled = Cancelled;
    /// Returns whether another call is doing this once-only work, or died while it did, and its time is not over.
    /// [`is_retryable`](Error::is_retryable) holds, too.
    is_in_progress = InProgress;
    /// Returns whether once-only work was begun before with the same key and another payload.
    is_payload_mismatch = PayloadMismatch;
    /// Returns whether once-only work was done before, and its result could not be stored.
    is_result_not_stored = ResultNotStored;
    /// Returns whether changes after the position of a reader of change events are no longer kept, so that some are
    /// lost to it. The message says how to start anew.
    is_trimmed = Trimmed;
    /// Returns whether credentials are missing, wrong or expired, or do not allow the request.
    is_unauthorized = Unauthorized;
    /// Returns whether the table in the store has other keys or indexes than the declared one, or
    /// the file is not a store of this kind.
    is_schema_mismatch = SchemaMismatch;
    /// Returns whether the store asked for fewer requests.
    is_throttled = Throttled;
    /// Returns whether another writer was faster or is still at work: the stored item has another
    /// version than the entity that was loaded, or another request was using the item, the table or
    /// the store at the same time.
    ///
    /// In the second case, [`is_retryable`](Error::is_retryable) holds too. In the first case, load
    /// the entity again; [`current`](Error::current) is the stored item.
    is_conflict = VersionConflict | Conflict;
    /// Returns whether an item or a request is larger than the store allows.
    is_too_large = TooLarge;
    /// Returns whether the backend cannot do what was asked.
    is_unsupported = Unsupported;
    /// Returns whether the entity could not be encoded as an item.
    is_encode = Encode;
    /// Returns whether a stored item could not be decoded as the type that was asked for.
    is_decode = Decode | DecodeAfterWrite;
    /// Returns whether the write happened although the request failed: the item that the store
    /// returned, because the request asked for the old or the new item, could not be decoded.
    /// [`is_decode`](Error::is_decode) holds, too.
    is_written = DecodeAfterWrite;
    /// Returns whether the disk, the network or the store failed. Whether a write may have happened
    /// nevertheless, [`is_outcome_unknown`](Error::is_outcome_unknown) says.
    is_unavailable = NotSent | Unavailable;
}

/// # Predicates for decisions
impl Error {
    /// Returns whether the same request may succeed when it is sent again later, although nothing
    /// else is changed: the store was overloaded or could not be reached, or another request was
    /// using the item.
    ///
    /// A cancelled transaction is retryable if all its reasons are.
    ///
    /// If [`is_outcome_unknown`](Error::is_outcome_unknown) holds too, a write may have happened
    /// already. It is safe to send it again if it has a condition or a version, if it is a
    /// transaction, or if it does no harm when it happens twice.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            Kind::Throttled
            | Kind::Conflict
            | Kind::InProgress
            | Kind::NotSent
            | Kind::Unavailable => true,
            Kind::Cancelled => {
                let mut reasons = self.0.reasons.iter().flatten().peekable();
                reasons.peek().is_some() && reasons.all(Error::is_retryable)
            }
            _ => false,
        }
    }

    /// Returns whether a lease is no longer held: it was released, or another holder has it. This also holds for a
    /// transaction that was cancelled because of the lease.
    #[must_use]
    pub fn is_lease_lost(&self) -> bool {
        self.0.kind == Kind::LeaseLost || self.0.reasons.iter().flatten().any(Error::is_lease_lost)
    }

    /// Returns whether a write may have happened although its request failed, because the answer of
    /// the store was lost or did not say.
    ///
    /// For every other error of a write, nothing was written, unless
    /// [`is_written`](Error::is_written) holds. A request that makes several writes one after the
    /// other is different: the report of a batch says which of them happened, and the documentation of
    /// `delete_all` says what may be left.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.kind == Kind::Unavailable
    }
}

impl Error {
    /// Creates an error. The message says what is wrong and what to do. For backends, and for the function that
    /// [makes](crate::Warm::new) one: the error of another library is added by [`with_source`](Error::with_source).
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

    /// Returns the kind of fault.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Adds the error that caused this one, as its source.
    #[must_use]
    pub fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Arc::make_mut(&mut self.0).source = Some(Arc::from(source.into()));
        self
    }

    /// Says that the write happened whose returned item could not be decoded.
    #[must_use]
    pub(crate) fn after_write(mut self) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.kind = Kind::DecodeAfterWrite;
        inner.message =
            format!("the write happened, but its answer cannot be read: {}", inner.message);
        self
    }

    /// Names what the program asked for, unless the error names that already.
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

    /// Names the item that contains the attribute of the message.
    #[must_use]
    pub(crate) fn in_item(mut self, key: &impl fmt::Display) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.message = format!("item `{key}`: {}", inner.message);
        self
    }

    /// Names the change that the item of the message comes from.
    #[must_use]
    pub(crate) fn of_change(mut self, id: &str) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.message = format!(
            "{}; change `{id}` stops here, until `skip_unknown()` leaves such changes out or `keep_unknown()` hands them over",
            inner.message
        );
        self
    }

    /// Names the index that the key of the message belongs to.
    #[must_use]
    pub(crate) fn on_index(mut self, index: &str) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.message = format!("on index `{index}`, {}", inner.message);
        self
    }

    /// Adds the stored item for which the condition does not hold.
    #[must_use]
    pub(crate) fn with_stored(mut self, current: Option<Current>) -> Self {
        if current.is_some() {
            Arc::make_mut(&mut self.0).current = current;
        }
        self
    }

    /// Adds the reasons why a transaction was cancelled.
    #[must_use]
    pub(crate) fn with_reasons(mut self, reasons: Vec<Option<Error>>) -> Self {
        Arc::make_mut(&mut self.0).reasons = reasons;
        self
    }

    /// Returns the reasons why a transaction was cancelled: for each of its requests, in the order
    /// of the requests, the error of that request, or `None` if it was not at fault.
    ///
    /// For every other error, there are no reasons.
    #[must_use]
    pub fn reasons(&self) -> &[Option<Error>] {
        &self.0.reasons
    }

    /// Returns the stored item for which the condition does not hold, if there is such an item and
    /// it is an `E`.
    ///
    /// If entities share their keys, `E` is the entity that was written, another entity of its key space, or the
    /// enum of the key space.
    #[must_use]
    pub fn current<E: 'static>(&self) -> Option<&E> {
        self.0.current.as_ref()?.get()
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

/// The source of an error of a handler, whose type need not be an error, such as `anyhow::Error`. What such a type has as its
/// source cannot be asked for, so it is that of this crate's own errors only.
pub(crate) fn source_of<E: 'static>(error: &E) -> Option<&(dyn std::error::Error + 'static)> {
    let error: &dyn std::any::Any = error;
    std::error::Error::source(error.downcast_ref::<Error>()?)
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.source {
            Some(source) => Some(source.as_ref()),
            None => None,
        }
    }
}
