//! Rust from the model: types, values, expressions, decisions, modules.

pub(super) mod aggregate;
pub(super) mod branch;
pub(super) mod code;
pub(super) mod expression;
pub(super) mod imports;
pub(super) mod messages;
pub(super) mod part;
pub(super) mod policy;
pub(super) mod read_model;
pub(super) mod service;
pub(super) mod shape;
pub(super) mod syntax;
pub(super) mod term;
pub(super) mod types;
