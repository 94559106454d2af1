//! Stream topologies: sources, operators, stores and sinks, as a step function.
//!
//! This room knows no sticky and no broker: records come in and go out.

#![deny(clippy::disallowed_methods)]
