//! Tests of `editor`.
