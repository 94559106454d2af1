//! Tokens to expressions: operator precedence as in ksqlDB's grammar.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use sqlparser::tokenizer::Token;

use super::ast::binding;
use super::lexer::{Lexeme, is_reserved, lex};
use super::{Arithmetic, Assignment, BinaryOp, Comparison, Expr, ExprKind, Literal, Name, Span, SqlType, UnaryOp};
use crate::record::Type;

/// A text that is not an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Where it goes wrong.
    pub span: Span,
    /// What is wrong, and what was expected.
    pub message: String,
}

impl ParseError {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}

/// Expressions may be nested this deep.
const DEPTH: usize = 50;
/// An expression may have so many operators. A chain of them is a tree that grows to the left, so that this bounds,
/// together with [`DEPTH`], the recursion wherever expressions are walked.
const OPERATORS: usize = 150;

/// Reads an expression.
pub fn parse(text: &str) -> Result<Expr, ParseError> {
    let mut parser = Parser::new(text)?;
    let expr = parser.expr(0)?;
    parser.finish()?;
    Ok(expr)
}

/// Reads `status = 'placed', total = total * 2`. A name left of `=` may be of several words: `order line` is
/// `ORDER_LINE`.
pub fn parse_assignments(text: &str) -> Result<Vec<Assignment>, ParseError> {
    let mut parser = Parser::new(text)?;
    let mut list = vec![parser.assignment()?];
    while parser.eat(&Token::Comma) {
        list.push(parser.assignment()?);
    }
    parser.finish()?;
    Ok(list)
}

struct Parser {
    lexemes: Vec<Lexeme>,
    at: usize,
    depth: usize,
    operators: usize,
    end: Span,
    /// Whether half of a `>>` that closes two types was taken.
    half_shift: bool,
}

impl Parser {
    fn new(text: &str) -> Result<Self, ParseError> {
        let end = Span { start: text.len(), end: text.len() };
        Ok(Self { lexemes: lex(text)?, at: 0, depth: 0, operators: 0, end, half_shift: false })
    }

    fn peek(&self) -> Option<&Token> {
        self.lexemes.get(self.at).map(|it| &it.token)
    }

    fn peek_second(&self) -> Option<&Token> {
        self.lexemes.get(self.at + 1).map(|it| &it.token)
    }

    fn span(&self) -> Span {
        self.lexemes.get(self.at).map_or(self.end, |it| it.span)
    }

    /// The span of the token before.
    fn last(&self) -> Span {
        self.at.checked_sub(1).and_then(|it| self.lexemes.get(it)).map_or(self.end, |it| it.span)
    }

    fn eat(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, token: &Token) -> Result<(), ParseError> {
        if self.eat(token) { Ok(()) } else { Err(self.unexpected(&format!("`{token}`"))) }
    }

    /// The unquoted word at hand in upper case.
    fn word(&self) -> Option<String> {
        word_of(self.peek())
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.word().is_some_and(|it| it == word);
        self.at += usize::from(found);
        found
    }

    fn expect_word(&mut self, word: &str) -> Result<(), ParseError> {
        if self.eat_word(word) { Ok(()) } else { Err(self.unexpected(&format!("`{word}`"))) }
    }

    fn unexpected(&self, wanted: &str) -> ParseError {
        let found = match self.peek() {
            Some(token) => format!("`{}`", token.to_string().chars().take(40).collect::<String>()),
            None => "the end".to_owned(),
        };
        ParseError::new(self.span(), format!("expected {wanted}, found {found}"))
    }

    fn finish(&self) -> Result<(), ParseError> {
        match self.peek() {
            None => Ok(()),
            Some(Token::Word(_)) => Err(self.unexpected("an operator (a name of several words has `_` between them)")),
            Some(_) => Err(self.unexpected("an operator or the end")),
        }
    }

    fn too_deep(&self) -> ParseError {
        ParseError::new(self.span(), format!("more than {DEPTH} levels; split the rule"))
    }

    fn count_operator(&mut self) -> Result<(), ParseError> {
        self.operators += 1;
        if self.operators > OPERATORS {
            let message = format!("more than {OPERATORS} operators; use IN (...) or split the rule");
            return Err(ParseError::new(self.span(), message));
        }
        Ok(())
    }

    fn boxed(&mut self, least: u8) -> Result<Box<Expr>, ParseError> {
        self.expr(least).map(Box::new)
    }

    fn expr(&mut self, least: u8) -> Result<Expr, ParseError> {
        if self.depth >= DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let result = self.climb(least);
        self.depth -= 1;
        result
    }

    fn climb(&mut self, least: u8) -> Result<Expr, ParseError> {
        let mut left = self.prefix()?;
        while let Some(next) = self.infix(&mut left, least)? {
            self.count_operator()?;
            left = next;
        }
        Ok(left)
    }

    fn prefix(&mut self) -> Result<Expr, ParseError> {
        let start = self.span();
        if self.eat_word("NOT") {
            let of = self.boxed(binding::NOT)?;
            return Ok(self.from(start, ExprKind::Unary { op: UnaryOp::Not, of }));
        }
        if self.eat(&Token::Minus) {
            let of = self.boxed(binding::NEG)?;
            return Ok(self.from(start, ExprKind::Unary { op: UnaryOp::Neg, of }));
        }
        if self.eat(&Token::Plus) {
            return self.expr(binding::NEG);
        }
        self.primary()
    }

    fn from(&self, start: Span, kind: ExprKind) -> Expr {
        Expr { kind, span: start.to(self.last()) }
    }

    /// The expression that goes on from `left` with an operator that binds at least that tightly.
    fn infix(&mut self, left: &mut Expr, least: u8) -> Result<Option<Expr>, ParseError> {
        let start = left.span;
        let op = match self.peek() {
            Some(Token::Arrow) => {
                self.at += 1;
                let field = self.name("the name of a field")?;
                let of = Box::new(take(left));
                return Ok(Some(self.from(start, ExprKind::Deref { of, field })));
            }
            Some(Token::LBracket) => {
                self.at += 1;
                let index = self.boxed(0)?;
                self.expect(&Token::RBracket)?;
                let of = Box::new(take(left));
                return Ok(Some(self.from(start, ExprKind::Index { of, index })));
            }
            Some(Token::Eq | Token::DoubleEq) => Some(BinaryOp::Compare(Comparison::Eq)),
            Some(Token::Neq) => Some(BinaryOp::Compare(Comparison::Ne)),
            Some(Token::Lt) => Some(BinaryOp::Compare(Comparison::Lt)),
            Some(Token::LtEq) => Some(BinaryOp::Compare(Comparison::Le)),
            Some(Token::Gt) => Some(BinaryOp::Compare(Comparison::Gt)),
            Some(Token::GtEq) => Some(BinaryOp::Compare(Comparison::Ge)),
            Some(Token::StringConcat) => Some(BinaryOp::Concat),
            Some(Token::Plus) => Some(BinaryOp::Compute(Arithmetic::Add)),
            Some(Token::Minus) => Some(BinaryOp::Compute(Arithmetic::Sub)),
            Some(Token::Mul) => Some(BinaryOp::Compute(Arithmetic::Mul)),
            Some(Token::Div) => Some(BinaryOp::Compute(Arithmetic::Div)),
            Some(Token::Mod) => Some(BinaryOp::Compute(Arithmetic::Rem)),
            _ => match self.word().as_deref() {
                Some("AND") => Some(BinaryOp::And),
                Some("OR") => Some(BinaryOp::Or),
                Some("IS" | "NOT" | "LIKE" | "IN" | "BETWEEN") => None,
                _ => return Ok(None),
            },
        };
        let own = op.map_or(binding::PREDICATE, BinaryOp::binding);
        if own < least {
            return Ok(None);
        }
        if own == binding::PREDICATE && left.kind.binding() <= binding::PREDICATE && !self.closed(left) {
            return Err(ParseError::new(self.span(), "comparisons do not chain; use AND or parentheses"));
        }
        let Some(op) = op else { return self.predicate(left, start).map(Some) };
        self.at += 1;
        let right = self.boxed(own + 1)?;
        let left = Box::new(take(left));
        Ok(Some(self.from(start, ExprKind::Binary { op, left, right })))
    }

    /// Whether the expression just read ends with its own closing parenthesis.
    fn closed(&self, it: &Expr) -> bool {
        let last = self.at.checked_sub(1).and_then(|at| self.lexemes.get(at));
        last.is_some_and(|last| last.token == Token::RParen && last.span.end > it.span.end)
    }

    /// `IS ...`, `[NOT] LIKE ...`, `[NOT] IN (...)`, `[NOT] BETWEEN ... AND ...`
    fn predicate(&mut self, left: &mut Expr, start: Span) -> Result<Expr, ParseError> {
        if self.eat_word("IS") {
            let negated = self.eat_word("NOT");
            if self.eat_word("DISTINCT") {
                self.expect_word("FROM")?;
                let right = self.boxed(binding::CONCAT)?;
                let op = if negated { Comparison::NotDistinct } else { Comparison::Distinct };
                let op = BinaryOp::Compare(op);
                let left = Box::new(take(left));
                return Ok(self.from(start, ExprKind::Binary { op, left, right }));
            }
            self.expect_word("NULL")?;
            let of = Box::new(take(left));
            return Ok(self.from(start, ExprKind::IsNull { of, negated }));
        }
        let negated = self.eat_word("NOT");
        if self.eat_word("LIKE") {
            let pattern = self.boxed(binding::CONCAT)?;
            let escape = if self.eat_word("ESCAPE") { Some(self.escape()?) } else { None };
            let of = Box::new(take(left));
            return Ok(self.from(start, ExprKind::Like { of, pattern, escape, negated }));
        }
        if self.eat_word("IN") {
            self.expect(&Token::LParen)?;
            let list = self.list(&Token::RParen, |it| it.expr(0))?;
            if list.is_empty() {
                return Err(ParseError::new(self.last(), "the list after IN is empty"));
            }
            let of = Box::new(take(left));
            return Ok(self.from(start, ExprKind::In { of, list, negated }));
        }
        if self.eat_word("BETWEEN") {
            let low = self.boxed(binding::CONCAT)?;
            self.expect_word("AND")?;
            let high = self.boxed(binding::CONCAT)?;
            let of = Box::new(take(left));
            return Ok(self.from(start, ExprKind::Between { of, low, high, negated }));
        }
        Err(self.unexpected("LIKE, IN or BETWEEN"))
    }

    fn escape(&mut self) -> Result<char, ParseError> {
        if let Some(Token::SingleQuotedString(text)) = self.peek() {
            let mut chars = text.chars();
            if let (Some(c), None) = (chars.next(), chars.next()) {
                self.at += 1;
                return Ok(c);
            }
        }
        Err(self.unexpected("one character in quotes"))
    }

    /// Items up to the closing token, which is taken too.
    fn list<T>(
        &mut self,
        close: &Token,
        item: impl Fn(&mut Self) -> Result<T, ParseError>,
    ) -> Result<Vec<T>, ParseError> {
        let mut items = Vec::new();
        if self.eat(close) {
            return Ok(items);
        }
        loop {
            items.push(item(self)?);
            if self.eat(close) {
                return Ok(items);
            }
            if !self.eat(&Token::Comma) {
                return Err(self.unexpected(&format!("`,` or `{close}`")));
            }
        }
    }

    fn name(&mut self, wanted: &str) -> Result<Name, ParseError> {
        let name = match self.peek() {
            Some(Token::Word(word)) => match word.quote_style {
                // The tokenizer has made one quote of each two.
                Some(_) => Some(word.value.clone()),
                None => Some(word.value.to_uppercase()).filter(|it| !is_reserved(it)),
            },
            _ => None,
        };
        let name = name.filter(|it| !it.is_empty()).ok_or_else(|| self.unexpected(wanted))?;
        self.at += 1;
        Ok(Name(name.into()))
    }

    fn primary(&mut self) -> Result<Expr, ParseError> {
        let start = self.span();
        let literal = match self.peek() {
            Some(Token::Number(text, false)) => Some(number(text).map_err(|it| ParseError::new(start, it))?),
            Some(Token::SingleQuotedString(text)) => Some(Literal::Text(Arc::from(text.as_str()))),
            _ => match self.word().as_deref() {
                Some("TRUE") => Some(Literal::Bool(true)),
                Some("FALSE") => Some(Literal::Bool(false)),
                Some("NULL") => Some(Literal::Null),
                _ => None,
            },
        };
        if let Some(literal) = literal {
            self.at += 1;
            return Ok(self.from(start, ExprKind::Literal(literal)));
        }
        if self.eat(&Token::LParen) {
            let inner = self.expr(0)?;
            self.expect(&Token::RParen)?;
            return Ok(inner);
        }
        match (self.word().as_deref(), self.peek_second()) {
            (Some("CASE"), _) => return self.case(),
            (Some("CAST"), Some(Token::LParen)) => {
                self.at += 2;
                let of = self.boxed(0)?;
                self.expect_word("AS")?;
                let to = self.sql_type()?;
                self.expect(&Token::RParen)?;
                return Ok(self.from(start, ExprKind::Cast { of, to }));
            }
            (Some("ARRAY"), Some(Token::LBracket)) => {
                self.at += 2;
                let items = self.list(&Token::RBracket, |it| it.expr(0))?;
                return Ok(self.from(start, ExprKind::List(items)));
            }
            (Some("MAP"), Some(Token::LParen)) => {
                self.at += 2;
                let entries = self.list(&Token::RParen, |it| {
                    let key = it.expr(0)?;
                    it.expect(&Token::Assignment)?;
                    Ok((key, it.expr(0)?))
                })?;
                return Ok(self.from(start, ExprKind::Map(entries)));
            }
            (Some("STRUCT"), Some(Token::LParen)) => {
                self.at += 2;
                let entries = self.list(&Token::RParen, |it| {
                    let name = it.name("the name of a field")?;
                    it.expect(&Token::Assignment)?;
                    Ok((name, it.expr(0)?))
                })?;
                return Ok(self.from(start, ExprKind::Struct(entries)));
            }
            _ => {}
        }
        let name = self.name("a name, a number, a text in quotes or `(`")?;
        if self.eat(&Token::LParen) {
            let args = self.list(&Token::RParen, |it| it.expr(0))?;
            return Ok(self.from(start, ExprKind::Call { name, args }));
        }
        if self.eat(&Token::Period) {
            let field = self.name("the name of a field")?;
            return Ok(self.from(start, ExprKind::Column { qualifier: Some(name), name: field }));
        }
        Ok(self.from(start, ExprKind::Column { qualifier: None, name }))
    }

    fn case(&mut self) -> Result<Expr, ParseError> {
        let start = self.span();
        self.at += 1;
        let operand = if self.word().as_deref() == Some("WHEN") { None } else { Some(self.boxed(0)?) };
        let mut arms = Vec::new();
        while self.eat_word("WHEN") {
            let when = self.expr(0)?;
            self.expect_word("THEN")?;
            arms.push((when, self.expr(0)?));
        }
        if arms.is_empty() {
            return Err(self.unexpected("`WHEN`"));
        }
        let otherwise = if self.eat_word("ELSE") { Some(self.boxed(0)?) } else { None };
        self.expect_word("END")?;
        Ok(self.from(start, ExprKind::Case { operand, arms, otherwise }))
    }

    fn sql_type(&mut self) -> Result<SqlType, ParseError> {
        if self.depth >= DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let result = self.sql_type_inner();
        self.depth -= 1;
        result
    }

    fn sql_type_inner(&mut self) -> Result<SqlType, ParseError> {
        let word = self.word().ok_or_else(|| self.unexpected("a type"))?;
        let simple = match word.as_str() {
            "BOOLEAN" | "BOOL" => Some(Type::Bool),
            "INT" | "INTEGER" => Some(Type::Int),
            "BIGINT" | "LONG" => Some(Type::Long),
            "FLOAT" => Some(Type::Float),
            "DOUBLE" => Some(Type::Double),
            "STRING" | "VARCHAR" | "TEXT" => Some(Type::Text),
            "BYTES" => Some(Type::Bytes),
            "UUID" => Some(Type::Uuid),
            "DATE" => Some(Type::Date),
            "TIME" => Some(Type::Time),
            "TIMESTAMP" => Some(Type::Timestamp),
            _ => None,
        };
        if let Some(ty) = simple {
            self.at += 1;
            return Ok(SqlType::Simple(ty));
        }
        match word.as_str() {
            "DECIMAL" => {
                self.at += 1;
                self.expect(&Token::LParen)?;
                let precision = self.digits()?;
                let scale = if self.eat(&Token::Comma) { self.digits()? } else { 0 };
                self.expect(&Token::RParen)?;
                if precision == 0 || precision > Type::MAX_PRECISION || scale > precision {
                    let most = Type::MAX_PRECISION;
                    let message = format!("DECIMAL(p, s) has 1 to {most} digits, and s is at most p");
                    return Err(ParseError::new(self.last(), message));
                }
                Ok(SqlType::Simple(Type::Decimal { precision, scale }))
            }
            "ARRAY" => {
                self.at += 1;
                self.expect(&Token::Lt)?;
                let of = self.sql_type()?;
                self.close_type()?;
                Ok(SqlType::Array(Box::new(of)))
            }
            "MAP" => {
                self.at += 1;
                self.expect(&Token::Lt)?;
                if !(self.eat_word("STRING") || self.eat_word("VARCHAR")) {
                    return Err(self.unexpected("STRING: keys of a map are text"));
                }
                self.expect(&Token::Comma)?;
                let of = self.sql_type()?;
                self.close_type()?;
                Ok(SqlType::Map(Box::new(of)))
            }
            "STRUCT" => {
                self.at += 1;
                self.expect(&Token::Lt)?;
                let mut fields: Vec<(Name, SqlType)> = Vec::new();
                loop {
                    let name = self.name("the name of a field")?;
                    if fields.iter().any(|(it, _)| *it == name) {
                        return Err(ParseError::new(self.last(), format!("the field {name} is there twice")));
                    }
                    fields.push((name, self.sql_type()?));
                    if !self.eat(&Token::Comma) {
                        break;
                    }
                }
                self.close_type()?;
                Ok(SqlType::Struct(fields))
            }
            _ => Err(self.unexpected("a type, as INT, DECIMAL(12, 2), STRING or ARRAY<INT>")),
        }
    }

    /// `>`, or half of `>>`.
    fn close_type(&mut self) -> Result<(), ParseError> {
        if self.peek() == Some(&Token::ShiftRight) {
            self.at += usize::from(self.half_shift);
            self.half_shift = !self.half_shift;
            return Ok(());
        }
        self.expect(&Token::Gt)
    }

    fn digits(&mut self) -> Result<u32, ParseError> {
        let found = match self.peek() {
            Some(Token::Number(text, false)) => text.parse().ok(),
            _ => None,
        };
        let found = found.ok_or_else(|| self.unexpected("a number of digits"))?;
        self.at += 1;
        Ok(found)
    }

    /// A word of the name left of `=`, where words like IS and END mean nothing else.
    fn target(&mut self) -> Result<Name, ParseError> {
        match self.word() {
            Some(word) => {
                self.at += 1;
                Ok(Name(word.into()))
            }
            None => self.name("the name of a field"),
        }
    }

    fn assignment(&mut self) -> Result<Assignment, ParseError> {
        let start = self.span();
        let mut name = self.target()?;
        let mut qualifier = None;
        if self.eat(&Token::Period) {
            qualifier = Some(name);
            name = self.target()?;
        }
        while matches!(self.peek(), Some(Token::Word(_))) {
            name = Name(format!("{}_{}", name.0, self.target()?.0).into());
        }
        let span = start.to(self.last());
        if !self.eat(&Token::Assignment) {
            self.expect(&Token::Eq)?;
        }
        Ok(Assignment { qualifier, name, span, value: self.expr(0)? })
    }
}

fn word_of(token: Option<&Token>) -> Option<String> {
    match token {
        Some(Token::Word(word)) if word.quote_style.is_none() => Some(word.value.to_uppercase()),
        _ => None,
    }
}

/// Moves the expression out; what stays is replaced at once.
fn take(it: &mut Expr) -> Expr {
    let span = it.span;
    std::mem::replace(it, Expr { kind: ExprKind::Literal(Literal::Null), span })
}

fn number(text: &str) -> Result<Literal, String> {
    if text.contains(['e', 'E']) {
        let number = text.parse::<f64>().ok().filter(|it| it.is_finite());
        return number.map(Literal::Double).ok_or_else(|| format!("{text} is too large"));
    }
    if text.contains('.') {
        let digits = text.strip_suffix('.').unwrap_or(text);
        // The machine's decimals hold some numbers of one digit more than the type has.
        let number = Decimal::from_str_exact(digits).ok();
        let number = number.filter(|it| it.mantissa().unsigned_abs() < 10u128.pow(Type::MAX_PRECISION));
        return number.map(Literal::Decimal).ok_or_else(|| format!("{text} has more digits than a DECIMAL may have"));
    }
    if let Ok(number) = text.parse() {
        return Ok(Literal::Int(number));
    }
    text.parse().map(Literal::Long).map_err(|_| format!("{text} is too large for a BIGINT"))
}
