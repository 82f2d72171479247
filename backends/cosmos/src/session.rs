//! Session tokens, with which a read sees the writes of another handle.

use crate::Cosmos;
use azure_data_cosmos::options::SessionToken;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use monotable_core::{Error, Kind};

/// How far the writes and reads of a handle have come, for reads of another handle that have to see them.
///
/// Within one client, reads see the client's own writes as long as the account has session consistency, which is the
/// default of Cosmos DB. A function that runs on another machine has another client. If it gets the session of the
/// first one, as a text in a cookie or a message, its reads see the same writes.
///
/// ```
/// use monotable_cosmos::{Cosmos, Session};
///
/// fn resume(cosmos: Cosmos, cookie: &str) -> monotable_core::Result<Cosmos> {
///     let session: Session = cookie.parse()?;
///     Ok(cosmos.with_session(&session))
/// }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// The token of each range of partition keys.
    ranges: BTreeMap<String, String>,
}

impl Session {
    /// Adds a token, which may have several ranges.
    fn see(&mut self, token: &str) {
        for part in token.split(',') {
            let Some((range, progress)) = parsed(part) else { continue };
            match self.ranges.get_mut(range) {
                // Most answers are no news.
                Some(known) if known == progress || !is_later(progress, known) => {}
                Some(known) => progress.clone_into(known),
                None => {
                    self.ranges.insert(range.to_owned(), progress.to_owned());
                }
            }
        }
    }
}

/// Returns a range and its progress, if this is the token of a range. A session may come from a cookie, and is sent in a
/// header.
fn parsed(part: &str) -> Option<(&str, &str)> {
    let (range, progress) = part.split_once(':')?;
    let is_range = !range.is_empty() && range.bytes().all(|byte| byte.is_ascii_digit());
    let mut numbers = progress.split(['#', '=']);
    let is_progress = numbers.all(|number| number.parse::<i64>().is_ok());
    (is_range && is_progress).then_some((range, progress))
}

/// Returns whether a token of a range is later than another one. It is `version#lsn#..`, or `id:lsn` in old accounts.
fn is_later(progress: &str, known: &str) -> bool {
    let number = |part: &str| part.parse().unwrap_or_default();
    let numbers = |text: &str| -> [u64; 2] {
        let mut parts = text.split('#').map(number);
        [parts.next().unwrap_or_default(), parts.next().unwrap_or_default()]
    };
    numbers(progress) >= numbers(known)
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (range, progress) in &self.ranges {
            write!(f, "{separator}{range}:{progress}")?;
            separator = ",";
        }
        Ok(())
    }
}

impl FromStr for Session {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut session = Session::default();
        session.see(text);
        if !text.is_empty() && text.split(',').any(|part| parsed(part).is_none()) {
            let message =
                format!("`{text}` is no session: it comes from `Cosmos::session`, as a text");
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        Ok(session)
    }
}

impl<L> Cosmos<L> {
    /// Returns how far the writes and reads of this handle and its clones have come.
    #[must_use]
    pub fn session(&self) -> Session {
        self.inner.sessions.all()
    }

    /// Returns a handle whose reads see what the handle saw or wrote from which the session is.
    #[must_use]
    pub fn with_session(self, session: &Session) -> Self {
        let mut all = self.session();
        all.see(&session.to_string());
        self.with_sessions(Sessions::given(all))
    }
}

/// The session of a handle.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    seen: Mutex<Session>,
    /// Whether a session was given, so that reads have to name it. Otherwise the SDK's client does this for its own
    /// writes.
    is_given: bool,
}

impl Sessions {
    fn given(session: Session) -> Self {
        Sessions { seen: Mutex::new(session), is_given: true }
    }

    pub(crate) fn see(&self, token: &str) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).see(token);
    }

    fn all(&self) -> Session {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the token that a read has to name.
    pub(crate) fn token(&self) -> Option<SessionToken> {
        if !self.is_given {
            return None;
        }
        let all = self.all();
        (!all.ranges.is_empty()).then(|| SessionToken::new(all.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tokens_are_a_session() {
        for text in ["", "0:5", "0:-1#12", "0:1#9#4=8,17:0#3#1=-1"] {
            assert_eq!(text.parse::<Session>().unwrap().to_string(), text);
        }
        for text in
            ["C001", ":", "0:", "a:1", "0:a", "0:1#9,", "0:1#9,x", "0:1\r\nx: 1", "0:1#", "0:é"]
        {
            assert!(text.parse::<Session>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_later_token_of_a_range_stays() {
        let mut session: Session = "0:1#9#4=8,1:0#3".parse().unwrap();
        session.see("0:1#10#4=9");
        session.see("1:0#2");
        session.see("2:0#1");
        assert_eq!(session.to_string(), "0:1#10#4=9,1:0#3,2:0#1");
        // A new version of the range's partition counts from the beginning.
        session.see("0:2#1");
        assert_eq!(session.to_string(), "0:2#1,1:0#3,2:0#1");
    }
}
