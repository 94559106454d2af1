//! Values, schemas and records, and the formats that turn them into bytes.
//!
//! This room knows nothing of boards, topics or expressions; it reads no file and no clock.

#![deny(clippy::disallowed_methods)]
