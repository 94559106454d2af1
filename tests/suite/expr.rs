//! Tests of `expr`.
