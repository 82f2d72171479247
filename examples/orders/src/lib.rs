//! An example application: customers place orders, pay them, and look at them.
//!
//! [`model`] says what is stored and how it is read. [`handlers`] has one function for each thing that
//! the application does. They are generic over the backend, so the same functions run on the embedded
//! store and on DynamoDB.

pub mod error;
pub mod handlers;
pub mod model;
