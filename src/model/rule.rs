//! Rules as they were written: expressions that were checked, or prose that is kept.

use crate::expr::Typed;

/// A guard or condition.
#[derive(Clone, Debug)]
pub enum Rule {
    /// An expression of type BOOLEAN over the rows that its place documents.
    Expr {
        /// As it was written.
        text: String,
        /// Checked and compiled.
        typed: Typed,
    },
    /// A sentence for people. A simulation picks by seeded weight and says so; generated code gets a method for it.
    Prose(String),
}

impl Rule {
    /// As it was written.
    pub fn text(&self) -> &str {
        match self {
            Self::Expr { text, .. } | Self::Prose(text) => text,
        }
    }

    /// The checked expression, if it is one.
    pub fn typed(&self) -> Option<&Typed> {
        match self {
            Self::Expr { typed, .. } => Some(typed),
            Self::Prose(_) => None,
        }
    }

    /// Whether it is prose.
    pub fn is_prose(&self) -> bool {
        matches!(self, Self::Prose(_))
    }
}
