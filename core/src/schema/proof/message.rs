//! Messages that are built in const evaluation.

const ROOM: usize = 512;

/// Stops const evaluation with an error, whose message consists of the pieces.
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
        Err(_) => panic!("the keys of this table can collide"),
    }
}

/// Returns whether two texts are equal.
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
