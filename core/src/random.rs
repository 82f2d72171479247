//! Random bits from the operating system.
//!
//! They do not come from a generator in the process. Two instances of a function that are started
//! from one snapshot of a process would have the same generator, and so the same numbers.

use crate::error::{Error, Kind, Result};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// Returns a unique name: 128 random bits as 22 characters that are safe in URLs.
pub(crate) fn name() -> Result<String> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(|error| {
        let message = "the operating system gave no random bits: send the request again";
        Error::new(Kind::NotSent, message).with_source(error)
    })?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bits))
}

/// Returns a number between 0 and 1, evenly distributed. Returns 1 if the operating system gives no
/// random bits.
pub(crate) fn share() -> f64 {
    getrandom::u32().map_or(1.0, |bits| f64::from(bits) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_and_fit_a_transaction_token() {
        let names: std::collections::HashSet<_> = (0..1000).map(|_| name().unwrap()).collect();
        assert_eq!(names.len(), 1000);
        assert!(names.iter().all(|name| name.len() == 22));
    }

    #[test]
    fn shares_differ() {
        let shares: Vec<_> = (0..100).map(|_| share()).collect();
        assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
        assert!(shares.iter().any(|share| *share < 0.5) && shares.iter().any(|it| *it > 0.5));
    }
}
