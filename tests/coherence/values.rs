//! Random values from small ranges, so that equal values are frequent.

use fastrand::Rng;
use jiff::Timestamp;

/// Returns a text for a part of a key. Some texts contain the separators of parts.
pub fn text(random: &mut Rng) -> String {
    pick(random, &["a", "b", "c#d", "$"]).to_owned()
}

/// Returns a text, which may be empty.
pub fn loose(random: &mut Rng) -> String {
    pick(random, &["", "", "a", "#"]).to_owned()
}

/// Returns a small number.
pub fn small(random: &mut Rng) -> u8 {
    random.u8(0..4)
}

/// Returns a positive or negative number.
pub fn signed(random: &mut Rng) -> i32 {
    pick(random, &[i32::MIN, -1, 0, 1])
}

pub fn truth(random: &mut Rng) -> bool {
    random.bool()
}

/// Returns a time in whole seconds on one of a few days in two months.
pub fn time(random: &mut Rng) -> Timestamp {
    let day = pick(random, &[0, 1, 29]);
    Timestamp::from_second(1_793_577_600 + day * 86_400 + random.i64(0..3)).unwrap()
}

/// Returns a time in seconds that is far from the present.
pub fn far(random: &mut Rng) -> i64 {
    4_000_000_000 + random.i64(0..3)
}

pub fn texts(random: &mut Rng) -> Vec<String> {
    (0..random.usize(0..3)).map(|_| text(random)).collect()
}

/// Returns `None` in half of the cases.
pub fn maybe<T>(value: impl Fn(&mut Rng) -> T) -> impl Fn(&mut Rng) -> Option<T> {
    move |random| random.bool().then(|| value(random))
}

/// Returns one of the values.
pub fn pick<T: Copy>(random: &mut Rng, values: &[T]) -> T {
    values[random.usize(..values.len())]
}
