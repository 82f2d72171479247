//! The check that each name occurs only once in a map.

/// The number of names up to which each new name of a map is compared with all names before it. Longer
/// maps are checked once, at their end.
const FEW: usize = 32;

/// A quick hash of a name. It is compared instead of the name.
#[inline]
pub(super) fn hash(name: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let (words, rest) = name.as_chunks::<8>();
    let hash =
        words.iter().fold(name.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    (mix(hash, rest) >> 32) as u32
}

/// Adds the hash of a name. Returns whether one of the few names before it has the same hash.
#[inline]
pub(super) fn add(hashes: &mut Vec<u32>, start: usize, hash: u32) -> bool {
    let known = hashes.get(start..).unwrap_or_default();
    let repeated = known.len() < FEW && known.contains(&hash);
    hashes.push(hash);
    repeated
}

/// Removes the hashes of a map. Returns whether two of its many names have the same hash.
#[inline]
pub(super) fn end(hashes: &mut Vec<u32>, start: usize) -> bool {
    let all = hashes.get_mut(start..).unwrap_or_default();
    let repeated = all.len() > FEW && {
        all.sort_unstable();
        all.iter().zip(all.iter().skip(1)).any(|(a, b)| a == b)
    };
    hashes.truncate(start);
    repeated
}
