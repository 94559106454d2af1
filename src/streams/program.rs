//! Programs: what a topology computes, as data that the lowering hands in.

use std::fmt;
use std::sync::Arc;

use crate::expr;
use crate::kit::Timestamp;
use crate::record::{RecordSchema, Type, Value};

/// What a program reads.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The rows in the order of the program's scope: the handled message, then the state (if there is one).
    pub rows: &'a [&'a [Value]],
    /// The message's key.
    pub key: &'a Value,
    /// The message's time.
    pub timestamp: Timestamp,
    /// The driver's time.
    pub now: Timestamp,
}

/// Why a program gave no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ProgramError(pub String);

/// Something that computes a value from rows: a checked expression, or a function of a test.
pub trait Program: fmt::Debug + Send + Sync {
    /// Computes the value.
    ///
    /// # Errors
    /// Where the values do not allow a result, as in a division by zero.
    fn eval(&self, inputs: &Inputs<'_>) -> Result<Value, ProgramError>;

    /// Whether it is TRUE; neither FALSE nor NULL is.
    ///
    /// # Errors
    /// As [`Self::eval`].
    fn test(&self, inputs: &Inputs<'_>) -> Result<bool, ProgramError> {
        Ok(self.eval(inputs)?.as_bool().unwrap_or(false))
    }
}

/// A checked expression: row 0 is the first record of its scope, row 1 the second. Where it fails as a condition, it is
/// not TRUE, as in ksqlDB; where its value is wanted, the record cannot be handled.
impl Program for expr::Typed {
    fn eval(&self, inputs: &Inputs<'_>) -> Result<Value, ProgramError> {
        let row = expr::Row { records: inputs.rows, now: inputs.now, rowtime: inputs.timestamp };
        Self::eval(self, &row).map_err(|error| ProgramError(error.0))
    }

    fn test(&self, inputs: &Inputs<'_>) -> Result<bool, ProgramError> {
        let row = expr::Row { records: inputs.rows, now: inputs.now, rowtime: inputs.timestamp };
        Ok(Self::test(self, &row).unwrap_or(false))
    }
}

/// A function as a program, for tests and built-in steps.
#[derive(Clone, Copy)]
pub struct Native(pub fn(&Inputs<'_>) -> Result<Value, ProgramError>);

impl fmt::Debug for Native {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Native")
    }
}

impl Program for Native {
    fn eval(&self, inputs: &Inputs<'_>) -> Result<Value, ProgramError> {
        (self.0)(inputs)
    }
}

/// Where a value comes from.
#[derive(Clone, Debug)]
pub enum Term {
    /// A field of one of the rows, as it is.
    Field {
        /// Which row: 0 is the handled message, 1 the state.
        row: usize,
        /// The field's place in it.
        at: usize,
    },
    /// The message's key.
    Key,
    /// The message's time, as a timestamp.
    Time,
    /// Always this.
    Literal(Value),
    /// The result of a program; where it fails, what it is wanted for cannot be made.
    Program(Arc<dyn Program>),
    /// The result of a program; where it fails, NULL, which is told.
    OrNull {
        /// The program.
        program: Arc<dyn Program>,
        /// What it is the value of, in words.
        of: Arc<str>,
    },
    /// The first that is not NULL.
    First(Vec<Term>),
    /// A UUID that nothing else has: it follows from this word, the key, and how many were made before in the run.
    Fresh(Arc<str>),
    /// The key of the instance that this story already made of an aggregate, else of a new one.
    Instance {
        /// The aggregate.
        aggregate: Arc<str>,
        /// The type of its key.
        ty: Type,
    },
}

/// How a record is made from rows: a term for each field of its schema, in order.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The schema of the record.
    pub schema: Arc<RecordSchema>,
    /// The new key.
    pub key: Term,
    /// One term a field.
    pub fields: Vec<Term>,
}

/// Some fields of a row and what they are set to.
pub type Assignments = Vec<(usize, Term)>;

/// When an alternative is taken.
#[derive(Clone, Debug)]
pub enum Guard {
    /// There is no guard.
    Always,
    /// When this is TRUE; neither FALSE nor NULL is.
    When(Arc<dyn Program>),
    /// When no other is taken.
    Otherwise,
    /// When a person would say so; the driver decides and says that it did.
    Prose {
        /// The sentence on the board.
        sentence: Arc<str>,
        /// How likely it is to hold, 0 to 1.
        weight: f64,
    },
}

/// How many of several alternatives are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The first that holds; several without a guard are a choice of the driver's.
    Either,
    /// All that hold.
    All,
}

/// One of the things that may come of a message.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// When it does.
    pub guard: Guard,
    /// What comes of it.
    pub mapping: Mapping,
    /// The sticky that it comes from.
    pub provenance: Option<crate::kit::Id>,
}

/// What may come of a message.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// One or all.
    pub mode: Mode,
    /// In order.
    pub alternatives: Vec<Alternative>,
}
