//! The order of lines. It is that of their names, so that moving a field or a variant in the code is no
//! difference.

/// The places of names in the order of the names. `ROOM` is how many names are sorted: of a longer list, the
/// rest has the order of the declarations.
pub(super) struct Order<const ROOM: usize> {
    names: [&'static [u8]; ROOM],
    places: [u16; ROOM],
    used: usize,
}

impl<const ROOM: usize> Order<ROOM> {
    pub(super) const NONE: Self = Order { names: [&[]; ROOM], places: [0; ROOM], used: 0 };

    /// Takes the next name. Equal names stay in the order in which they were taken.
    ///
    /// It compares in place, because calls are slow in const evaluation.
    pub(super) const fn add(&mut self, name: &'static str) {
        if self.used == ROOM {
            return;
        }
        let name = name.as_bytes();
        let mut at = self.used;
        while at > 0 {
            let (mut a, mut b) = (name, self.names[at - 1]);
            let is_less = loop {
                match (a, b) {
                    ([x, ..], [y, ..]) if *x != *y => break *x < *y,
                    ([_, rest_a @ ..], [_, rest_b @ ..]) => (a, b) = (rest_a, rest_b),
                    _ => break matches!((a, b), ([], [_, ..])),
                }
            };
            if !is_less {
                break;
            }
            self.names[at] = self.names[at - 1];
            self.places[at] = self.places[at - 1];
            at -= 1;
        }
        self.names[at] = name;
        self.places[at] = self.used as u16;
        self.used += 1;
    }

    /// Returns the place, in the declarations, of what is at this place in the order.
    pub(super) const fn place(&self, at: usize) -> usize {
        if at < self.used { self.places[at] as usize } else { at }
    }
}
