//! Tests of `lowering`.
