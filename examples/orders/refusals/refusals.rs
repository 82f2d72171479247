//! Code that must not compile, with the compiler's messages.
//!
//! `TRYBUILD=overwrite cargo test -p orders-refusals` writes the messages anew. Read them: a message
//! that does not say what is wrong is a reason to change the model or its documentation.

#[test]
fn refusals() {
    trybuild::TestCases::new().compile_fail("cases/*.rs");
}
