//! Expressions: reading, printing, types and values, as cases.

mod arbitrary;
mod limits;
mod types;
mod values;
