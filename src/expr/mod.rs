//! The expression language: KSQL expressions over typed records, read, checked and evaluated.
//!
//! `text -> parse -> Expr -> check against a Scope -> Typed -> eval on a Row`. Lexing is sqlparser's tokenizer with a
//! dialect of its own; grammar, types and evaluation are ours and follow ksqlDB: integer division, decimal precision
//! and scale, comparison with NULL is false. Where an expression fails on a row (division by zero, overflow) the result
//! is an [`EvalError`], which a guard treats as not true.
//!
//! This room knows no statement, no topic and no sticky: a field is a name with a type.

#![deny(clippy::disallowed_methods)]

mod ast;
mod print;
mod lexer;
mod parser;
mod prose;
mod scope;
mod check;
mod coerce;
mod typed;
mod convert;
mod arithmetic;
mod like;
mod suggest;
pub mod functions;

pub use ast::{Arithmetic, Assignment, BinaryOp, Comparison, Expr, ExprKind, Literal, Name, Span, SqlType, UnaryOp};
pub use check::{TypeError, check, check_as, check_condition};
pub use functions::Function;
pub use parser::{ParseError, parse, parse_assignments};
pub use prose::{Class, classify};
pub use scope::{Scope, ScopeRecord};
pub use suggest::did_you_mean;
pub use typed::{EvalError, Node, Row, Typed};
