//! Conversions that go without saying, and those by `CAST`.

use std::borrow::Cow;

use super::check::{Checker, is_word, ksql, listing};
use super::{Node, Span, Typed, convert, did_you_mean};
use crate::record::{Type, Value};

impl Checker<'_> {
    /// The expression as one of the type, if it is one without a word. A constant is converted here and now.
    pub(super) fn coerce(&mut self, it: Typed, to: &Type, span: Span) -> Option<Typed> {
        let to = to.required();
        let Some(from) = it.ty.clone() else {
            // NULL, or an empty list, fits everywhere.
            return Some(Typed { ty: Some(to.clone()), ..it });
        };
        if from == *to {
            return Some(it);
        }
        if is_word(&it) {
            return self.word_as(&it, to, span);
        }
        if let Node::Case { arms, otherwise } = it.node {
            // Into the arms, so that their texts in quotes are checked as words.
            let mut ready = Vec::with_capacity(arms.len());
            for (when, then) in arms {
                ready.push((when, self.coerce(then, to, span)?));
            }
            let otherwise = match otherwise {
                Some(it) => Some(Box::new(self.coerce(*it, to, span)?)),
                None => None,
            };
            return Some(Typed { node: Node::Case { arms: ready, otherwise }, ty: Some(to.clone()) });
        }
        if !convert::assignable(&from, to) {
            let help = if convert::castable(&from, to) {
                Some(format!("convert it: CAST(... AS {})", ksql(to)))
            } else {
                None
            };
            return self.wrong(span, format!("this is {from}, but {to} is wanted"), help);
        }
        self.converted(it, to, span)
    }

    /// The expression converted as `CAST` says.
    pub(super) fn cast(&mut self, it: Typed, to: &Type, span: Span) -> Option<Typed> {
        match it.ty() {
            None => Some(Typed { ty: Some(to.clone()), ..it }),
            Some(from) if from == to => Some(it),
            Some(from) if convert::castable(from, to) => self.converted(it, to, span),
            Some(from) => {
                let message = format!("CAST does not convert {from} to {to}");
                self.wrong(span, message, None)
            }
        }
    }

    fn converted(&mut self, it: Typed, to: &Type, span: Span) -> Option<Typed> {
        if let Node::Const(value) = &it.node {
            return match convert::convert(Cow::Borrowed(value), to) {
                Ok(value) => Some(Typed { node: Node::Const(value), ty: Some(to.clone()) }),
                Err(message) => self.wrong(span, message, None),
            };
        }
        Some(Typed { node: Node::Convert(Box::new(it)), ty: Some(to.clone()) })
    }

    /// A text in quotes as a constant of the type.
    fn word_as(&mut self, it: &Typed, to: &Type, span: Span) -> Option<Typed> {
        let Node::Const(Value::Text(text)) = &it.node else { return None };
        match convert::from_text(text, to) {
            Ok(value) => Some(Typed { node: Node::Const(value), ty: Some(to.clone()) }),
            Err(_) => {
                let (message, help) = match to {
                    Type::Enum(schema) => {
                        let words = || schema.symbols.iter().map(|it| &*it.label);
                        let help = match did_you_mean(text, words()) {
                            Some(near) => format!("did you mean '{near}'?"),
                            None => format!("it is one of {}", listing(words())),
                        };
                        (format!("'{text}' is not a word of {to}"), Some(help))
                    }
                    _ => match Value::parse(text, to) {
                        Err(error) => (format!("'{text}' is not {to}"), Some(error.hint.replacen("; ", "", 1))),
                        Ok(_) => (format!("'{text}' is not {to}"), None),
                    },
                };
                self.wrong(span, message, help.filter(|it| !it.is_empty()))
            }
        }
    }
}
