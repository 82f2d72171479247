use super::*;

const ALL: [Kind; 29] = [
    Kind::InvalidKey,
    Kind::InvalidCursor,
    Kind::InvalidRequest,
    Kind::ConditionFailed,
    Kind::NotFound,
    Kind::Several,
    Kind::TableMissing,
    Kind::UniqueViolation,
    Kind::Stale,
    Kind::VersionConflict,
    Kind::WrongState,
    Kind::AlreadyDone,
    Kind::Cancelled,
    Kind::InProgress,
    Kind::PayloadMismatch,
    Kind::ResultNotStored,
    Kind::LeaseLost,
    Kind::Trimmed,
    Kind::Unauthorized,
    Kind::SchemaMismatch,
    Kind::Throttled,
    Kind::Conflict,
    Kind::TooLarge,
    Kind::Unsupported,
    Kind::Encode,
    Kind::Decode,
    Kind::DecodeAfterWrite,
    Kind::NotSent,
    Kind::Unavailable,
];

fn which(predicate: fn(&Error) -> bool) -> Vec<Kind> {
    ALL.into_iter().filter(|kind| predicate(&Error::new(*kind, "no"))).collect()
}

#[test]
fn decisions_by_kind() {
    let again =
        [Kind::InProgress, Kind::Throttled, Kind::Conflict, Kind::NotSent, Kind::Unavailable];
    assert_eq!(which(Error::is_retryable), again);
    assert_eq!(which(Error::is_outcome_unknown), [Kind::Unavailable]);
    assert_eq!(which(Error::is_unavailable), [Kind::NotSent, Kind::Unavailable]);
    assert_eq!(which(Error::is_decode), [Kind::Decode, Kind::DecodeAfterWrite]);
    assert_eq!(which(Error::is_written), [Kind::DecodeAfterWrite]);
    assert_eq!(which(Error::is_conflict), [Kind::VersionConflict, Kind::Conflict]);
    assert_eq!(which(Error::is_lease_lost), [Kind::LeaseLost]);
}

#[test]
fn a_transaction_that_a_lease_cancels_says_so() {
    let lost = Some(Error::new(Kind::LeaseLost, "no"));
    let cancelled = Error::new(Kind::Cancelled, "no").with_reasons(vec![None, lost]);
    assert!(cancelled.is_lease_lost() && cancelled.is_cancelled());
    assert!(!cancelled.is_retryable());
}

#[test]
fn a_cancelled_transaction_is_retryable_if_all_its_reasons_are() {
    let cancelled = |reasons: &[Option<Kind>]| {
        let reasons = reasons.iter().map(|kind| kind.map(|kind| Error::new(kind, "no")));
        Error::new(Kind::Cancelled, "no").with_reasons(reasons.collect())
    };
    let (conflict, failed) = (Some(Kind::Conflict), Some(Kind::ConditionFailed));
    assert!(cancelled(&[None, conflict, Some(Kind::Throttled)]).is_retryable());
    assert!(!cancelled(&[conflict, failed]).is_retryable());
    assert!(!cancelled(&[None]).is_retryable() && !cancelled(&[]).is_retryable());
    assert!(!cancelled(&[conflict]).is_outcome_unknown());
}
