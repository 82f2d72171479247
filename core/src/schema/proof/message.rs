//! Messages that are built in const evaluation.

const ROOM: usize = 1024;

/// Stops const evaluation with an error, whose message consists of the pieces.
#[track_caller]
pub(in crate::schema) const fn fail(pieces: &[&str]) -> ! {
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
pub(in crate::schema) const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    matches!((a, b), ([], []))
}
