//! Tests of `streams`: timelines recorded from Kafka Streams, operators, tasks.

mod conformance;
mod operators;
