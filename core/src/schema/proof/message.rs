//! Messages put together in const evaluation.

const ROOM: usize = 512;

/// Ends const evaluation with the pieces as one sentence.
#[track_caller]
pub(super) const fn fail(pieces: &[&str]) -> ! {
    let mut text = [b' '; ROOM];
    let mut used = 0;
    let mut piece = 0;
    while piece < pieces.len() {
        let bytes = pieces[piece].as_bytes();
        let mut at = 0;
        while at < bytes.len() && used < ROOM {
            text[used] = bytes[at];
            used += 1;
            at += 1;
        }
        piece += 1;
    }
    match std::str::from_utf8(text.split_at(used).0) {
        Ok(text) => panic!("{}", text),
        Err(_) => panic!("the keys of this table cannot be told apart"),
    }
}

/// Whether two texts are the same.
pub(super) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
