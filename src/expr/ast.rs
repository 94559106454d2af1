//! What an expression is once it is read.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::record::{FieldSchema, RecordSchema, Type};

/// Byte offsets in the text that was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Where it starts.
    pub start: usize,
    /// Where it ends (the first byte after it).
    pub end: usize,
}

impl Span {
    /// From the start of one to the end of the other.
    pub fn to(self, end: Self) -> Self {
        Self { start: self.start, end: end.end }
    }
}

/// An expression and where it stood. Two expressions are equal if they say the same, wherever they stood.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stood.
    pub span: Span,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// A name: unquoted ones are folded to upper case, quoted ones are as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(pub Arc<str>);

/// The kinds of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `12`, `1.5`, `'text'`, `TRUE`, `NULL`
    Literal(Literal),
    /// `total`, `event.total`
    Column {
        /// The record, if it is named.
        qualifier: Option<Name>,
        /// The field.
        name: Name,
    },
    /// `NOT a`, `-a`
    Unary {
        /// The operator.
        op: UnaryOp,
        /// Its operand.
        of: Box<Expr>,
    },
    /// `a + b`, `a = b`, `a AND b`
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Left of it.
        left: Box<Expr>,
        /// Right of it.
        right: Box<Expr>,
    },
    /// `a IS NULL`
    IsNull {
        /// What is tested.
        of: Box<Expr>,
        /// `IS NOT NULL`
        negated: bool,
    },
    /// `a LIKE 'x%' ESCAPE '!'`
    Like {
        /// What is tested.
        of: Box<Expr>,
        /// The pattern.
        pattern: Box<Expr>,
        /// The character that makes `%` and `_` plain.
        escape: Option<char>,
        /// `NOT LIKE`
        negated: bool,
    },
    /// `a IN (b, c)`
    In {
        /// What is tested.
        of: Box<Expr>,
        /// The list; not empty.
        list: Vec<Expr>,
        /// `NOT IN`
        negated: bool,
    },
    /// `a BETWEEN b AND c`, both included
    Between {
        /// What is tested.
        of: Box<Expr>,
        /// The lower end.
        low: Box<Expr>,
        /// The upper end.
        high: Box<Expr>,
        /// `NOT BETWEEN`
        negated: bool,
    },
    /// `CASE WHEN a THEN b ELSE c END`, `CASE a WHEN b THEN c END`
    Case {
        /// What is compared, in the second form.
        operand: Option<Box<Expr>>,
        /// Condition and result; not empty.
        arms: Vec<(Expr, Expr)>,
        /// The result where no condition holds.
        otherwise: Option<Box<Expr>>,
    },
    /// `CAST(a AS BIGINT)`
    Cast {
        /// What is converted.
        of: Box<Expr>,
        /// To what.
        to: SqlType,
    },
    /// `ABS(a)`
    Call {
        /// The function.
        name: Name,
        /// Its arguments.
        args: Vec<Expr>,
    },
    /// `a->b`
    Deref {
        /// The record.
        of: Box<Expr>,
        /// The field.
        field: Name,
    },
    /// `a[1]`, `a['key']`
    Index {
        /// The list or map.
        of: Box<Expr>,
        /// The place (from 1, negative from the end) or key.
        index: Box<Expr>,
    },
    /// `ARRAY[a, b]`
    List(Vec<Expr>),
    /// `MAP('a' := b)`
    Map(Vec<(Expr, Expr)>),
    /// `STRUCT(a := b)`
    Struct(Vec<(Name, Expr)>),
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `NULL`
    Null,
    /// `TRUE`, `FALSE`
    Bool(bool),
    /// A whole number of 32 bits.
    Int(i32),
    /// A whole number of 64 bits.
    Long(i64),
    /// `1.50`; its scale is part of it.
    Decimal(Decimal),
    /// `1E0`
    Double(f64),
    /// `'text'`
    Text(Arc<str>),
}

/// Operators with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `NOT`
    Not,
    /// `-`
    Neg,
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `OR`
    Or,
    /// `AND`
    And,
    /// Compares.
    Compare(Comparison),
    /// `||`
    Concat,
    /// Computes; `+` also joins texts.
    Compute(Arithmetic),
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `IS DISTINCT FROM`: NULL is a value like any other.
    Distinct,
    /// `IS NOT DISTINCT FROM`
    NotDistinct,
}

/// Operations on numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
}

impl BinaryOp {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Or => "OR",
            Self::And => "AND",
            Self::Compare(it) => it.symbol(),
            Self::Concat => "||",
            Self::Compute(it) => it.symbol(),
        }
    }

    /// How tightly it binds; larger is tighter.
    pub(super) fn binding(self) -> u8 {
        match self {
            Self::Or => binding::OR,
            Self::And => binding::AND,
            Self::Compare(_) => binding::PREDICATE,
            Self::Concat => binding::CONCAT,
            Self::Compute(Arithmetic::Add | Arithmetic::Sub) => binding::ADD,
            Self::Compute(Arithmetic::Mul | Arithmetic::Div | Arithmetic::Rem) => binding::MUL,
        }
    }
}

impl Comparison {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Eq => "=",
            Self::Ne => "<>",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Distinct => "IS DISTINCT FROM",
            Self::NotDistinct => "IS NOT DISTINCT FROM",
        }
    }
}

impl Arithmetic {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Rem => "%",
        }
    }
}

/// How tightly things bind; larger is tighter. Predicates (comparison, LIKE, IN, BETWEEN, IS) do not chain.
pub(super) mod binding {
    pub(in crate::expr) const OR: u8 = 1;
    pub(in crate::expr) const AND: u8 = 2;
    pub(in crate::expr) const NOT: u8 = 3;
    pub(in crate::expr) const PREDICATE: u8 = 4;
    pub(in crate::expr) const CONCAT: u8 = 5;
    pub(in crate::expr) const ADD: u8 = 6;
    pub(in crate::expr) const MUL: u8 = 7;
    pub(in crate::expr) const NEG: u8 = 8;
    pub(in crate::expr) const PRIMARY: u8 = 9;
}

impl ExprKind {
    /// How tightly its outermost operator binds.
    pub(super) fn binding(&self) -> u8 {
        match self {
            Self::Binary { op, .. } => op.binding(),
            Self::Unary { op: UnaryOp::Not, .. } => binding::NOT,
            Self::Unary { op: UnaryOp::Neg, .. } => binding::NEG,
            Self::IsNull { .. } | Self::Like { .. } | Self::In { .. } | Self::Between { .. } => binding::PREDICATE,
            Self::Literal(_)
            | Self::Column { .. }
            | Self::Case { .. }
            | Self::Cast { .. }
            | Self::Call { .. }
            | Self::Deref { .. }
            | Self::Index { .. }
            | Self::List(_)
            | Self::Map(_)
            | Self::Struct(_) => binding::PRIMARY,
        }
    }
}

impl Expr {
    /// Calls `visit` with it and everything in it, from the outside in.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        match &self.kind {
            ExprKind::Literal(_) | ExprKind::Column { .. } => {}
            ExprKind::Unary { of, .. }
            | ExprKind::IsNull { of, .. }
            | ExprKind::Cast { of, .. }
            | ExprKind::Deref { of, .. } => of.walk(visit),
            ExprKind::Binary { left, right, .. } => {
                left.walk(visit);
                right.walk(visit);
            }
            ExprKind::Like { of, pattern, .. } => {
                of.walk(visit);
                pattern.walk(visit);
            }
            ExprKind::In { of, list, .. } => {
                of.walk(visit);
                list.iter().for_each(|it| it.walk(visit));
            }
            ExprKind::Between { of, low, high, .. } => {
                of.walk(visit);
                low.walk(visit);
                high.walk(visit);
            }
            ExprKind::Case { operand, arms, otherwise } => {
                operand.iter().for_each(|it| it.walk(visit));
                for (when, then) in arms {
                    when.walk(visit);
                    then.walk(visit);
                }
                otherwise.iter().for_each(|it| it.walk(visit));
            }
            ExprKind::Call { args, .. } | ExprKind::List(args) => args.iter().for_each(|it| it.walk(visit)),
            ExprKind::Index { of, index } => {
                of.walk(visit);
                index.walk(visit);
            }
            ExprKind::Map(entries) => {
                for (key, value) in entries {
                    key.walk(visit);
                    value.walk(visit);
                }
            }
            ExprKind::Struct(entries) => entries.iter().for_each(|(_, it)| it.walk(visit)),
        }
    }
}

/// `status = 'placed'`: what a field becomes. Two are equal if they say the same, wherever they stood.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The record, if it is named.
    pub qualifier: Option<Name>,
    /// The field.
    pub name: Name,
    /// Where its name stood.
    pub span: Span,
    /// What it becomes.
    pub value: Expr,
}

impl PartialEq for Assignment {
    fn eq(&self, other: &Self) -> bool {
        (&self.qualifier, &self.name, &self.value) == (&other.qualifier, &other.name, &other.value)
    }
}

/// A type as KSQL writes it. `UUID`, `FLOAT` and the board's words for types are an extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SqlType {
    /// A type without parts.
    Simple(Type),
    /// `ARRAY<T>`
    Array(Box<SqlType>),
    /// `MAP<STRING, T>`
    Map(Box<SqlType>),
    /// `STRUCT<a T, b T>`
    Struct(Vec<(Name, SqlType)>),
}

impl SqlType {
    /// The type of values.
    pub fn to_type(&self) -> Type {
        match self {
            Self::Simple(ty) => ty.clone(),
            Self::Array(of) => Type::list(Type::optional(of.to_type())),
            Self::Map(of) => Type::map(Type::optional(of.to_type())),
            Self::Struct(fields) => {
                let field = |(name, ty): &(Name, Self)| struct_field(name, ty.to_type());
                Type::Record(Arc::new(RecordSchema::new("Struct", fields.iter().map(field).collect())))
            }
        }
    }
}

/// A field of a `STRUCT`: its column is the name as it stands.
pub(super) fn struct_field(name: &Name, ty: Type) -> FieldSchema {
    let mut field = FieldSchema::new(&*name.0, Type::optional(ty));
    field.column = name.0.clone();
    field
}
