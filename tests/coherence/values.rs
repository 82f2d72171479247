//! Random values, from small ranges, so that different writes often have the same ones.

use fastrand::Rng;
use jiff::Timestamp;

/// A text for a part of a key; some contain the characters that separate parts.
pub fn text(random: &mut Rng) -> String {
    pick(random, &["a", "b", "c#d", "$"]).to_owned()
}

/// A text that may be empty.
pub fn loose(random: &mut Rng) -> String {
    pick(random, &["", "", "a", "#"]).to_owned()
}

/// A small number.
pub fn small(random: &mut Rng) -> u8 {
    random.u8(0..4)
}

/// A number on either side of 0.
pub fn signed(random: &mut Rng) -> i32 {
    pick(random, &[i32::MIN, -1, 0, 1])
}

pub fn truth(random: &mut Rng) -> bool {
    random.bool()
}

/// A whole second of one of a few days, of two months.
pub fn time(random: &mut Rng) -> Timestamp {
    let day = pick(random, &[0, 1, 29]);
    Timestamp::from_second(1_793_577_600 + day * 86_400 + random.i64(0..3)).unwrap()
}

/// A second that is far from now.
pub fn far(random: &mut Rng) -> i64 {
    4_000_000_000 + random.i64(0..3)
}

pub fn texts(random: &mut Rng) -> Vec<String> {
    (0..random.usize(0..3)).map(|_| text(random)).collect()
}

/// `None` in half of the cases.
pub fn maybe<T>(value: impl Fn(&mut Rng) -> T) -> impl Fn(&mut Rng) -> Option<T> {
    move |random| random.bool().then(|| value(random))
}

/// One of these.
pub fn pick<T: Copy>(random: &mut Rng, values: &[T]) -> T {
    values[random.usize(..values.len())]
}
