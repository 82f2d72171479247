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

/// The names of a map that is being read or written.
pub(super) struct Names {
    /// One bit for each hash, by its lowest bits. Most new names have a bit that is not set.
    bits: u64,
    /// Where the hashes of the map start.
    start: usize,
}

impl Names {
    /// Of an item, or of a map inside of others, whose hashes are in the same list.
    pub(super) fn new(hashes: &[u32]) -> Self {
        Names { bits: 0, start: hashes.len() }
    }

    /// Adds the hash of a name. Returns whether one of the few names before it has the same hash.
    #[inline]
    pub(super) fn add(&mut self, hashes: &mut Vec<u32>, hash: u32) -> bool {
        let bit = 1 << (hash & 63);
        let repeated = self.bits & bit != 0 && {
            let known = hashes.get(self.start..).unwrap_or_default();
            known.len() < FEW && known.contains(&hash)
        };
        self.bits |= bit;
        hashes.push(hash);
        repeated
    }

    /// Removes the hashes of the map. Returns whether two of its many names have the same hash.
    #[inline]
    pub(super) fn end(self, hashes: &mut Vec<u32>) -> bool {
        let all = hashes.get_mut(self.start..).unwrap_or_default();
        let repeated = all.len() > FEW && {
            all.sort_unstable();
            all.iter().zip(all.iter().skip(1)).any(|(a, b)| a == b)
        };
        hashes.truncate(self.start);
        repeated
    }
}
