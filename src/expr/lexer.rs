//! Text to tokens, by sqlparser's tokenizer with ksqlDB's lexical rules.

use sqlparser::dialect::Dialect;
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

use super::{ParseError, Span};

/// An expression may be this long, in bytes.
pub(super) const MAX_TEXT: usize = 16_384;

/// Words that no unquoted name may be.
const RESERVED: &[&str] = &[
    "AND", "BETWEEN", "CASE", "CAST", "ELSE", "END", "FALSE", "IN", "IS", "LIKE", "NOT", "NULL", "OR", "THEN", "TRUE",
    "WHEN",
];

/// Whether the word, in upper case, must be quoted to be a name.
pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

#[derive(Debug)]
struct Ksql;

impl Dialect for Ksql {
    fn is_delimited_identifier_start(&self, ch: char) -> bool {
        ch == '"' || ch == '`'
    }

    fn is_identifier_start(&self, ch: char) -> bool {
        ch.is_alphabetic() || ch == '_'
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        ch.is_alphanumeric() || ch == '_'
    }
}

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) span: Span,
}

/// The tokens without white space and comments.
pub(super) fn lex(text: &str) -> Result<Vec<Lexeme>, ParseError> {
    let all = Span { start: 0, end: text.len() };
    if text.len() > MAX_TEXT {
        return Err(ParseError::new(all, format!("an expression may have {MAX_TEXT} bytes at most")));
    }
    let mut places = Places { text, at: 0, line: 1, column: 1 };
    let tokens = Tokenizer::new(&Ksql, text).tokenize_with_location().map_err(|error| {
        let start = Places { text, at: 0, line: 1, column: 1 }.find(error.location);
        let message = if error.message.contains("Unterminated string") {
            "the text has no closing quote".to_owned()
        } else {
            error.message
        };
        ParseError::new(Span { start, end: text.len() }, message)
    })?;
    let mut lexemes = Vec::with_capacity(tokens.len());
    for TokenWithSpan { token, span } in tokens {
        if matches!(token, Token::Whitespace(_) | Token::EOF) {
            continue;
        }
        let start = places.find(span.start);
        lexemes.push(Lexeme { token, span: Span { start, end: places.find(span.end) } });
    }
    Ok(lexemes)
}

/// Turns lines and columns, which come in order, into byte offsets.
struct Places<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    column: u64,
}

impl Places<'_> {
    fn find(&mut self, to: Location) -> usize {
        for c in self.text.get(self.at..).unwrap_or_default().chars() {
            if (self.line, self.column) >= (to.line, to.column) {
                break;
            }
            self.at += c.len_utf8();
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.at
    }
}
