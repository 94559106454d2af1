//! The expression language: KSQL expressions over typed records, read, checked and evaluated.
//!
//! This room knows no statement, no topic and no sticky: a field is a name with a type.

#![deny(clippy::disallowed_methods)]
