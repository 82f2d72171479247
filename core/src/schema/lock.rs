//! The key lock: what the stored data of a table depends on, as a text.
//!
//! The text has one line for each fact, such as `entity Order sk = ORDER#{id: u32}`. It is rendered in const
//! evaluation, so that a table with `lock = ".."` can be compared with its file when it is compiled. At run
//! time the same code renders what the embedded store records.
//!
//! | file | what is in it |
//! |---|---|
//! | `out` | `Out`, which takes the text: it counts it, writes it, or compares it with a file |
//! | `order` | the order of lines, which does not depend on the order of declarations |
//! | `part` | the form of a key part |
//! | `render` | the lines of a table |
//! | `lines` | lines of a text, and the subject of a line |
//! | `change` | what a change of one line means for stored data |
//! | `compare` | the worst difference between two texts |
//! | `check` | the check of a table with a lock, and the function that writes the file |

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "const evaluation: it has no other way, and a panic is the compile error that the check is for"
)]

mod change;
mod check;
mod compare;
mod lines;
mod order;
mod out;
mod part;
mod render;
#[cfg(test)]
mod tests;

pub use check::{assert_lock, lock_room, write_lock};
