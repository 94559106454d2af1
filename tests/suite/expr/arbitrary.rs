//! What is printed reads back as the same expression.

use proptest::prelude::*;
use rust_decimal::Decimal;
use stormglass::expr::{
    Arithmetic, BinaryOp, Comparison, Expr, ExprKind, Literal, Name, Span, SqlType, UnaryOp, parse,
};
use stormglass::kit::{Rng, Streams};
use stormglass::record::Type;

struct Source(Rng);

impl Source {
    fn name(&mut self) -> Name {
        let names = ["A", "STATUS", "ORDER_LINE", "lower", "with blank", "quo\"te", "AND", "größe", "ARRAY", "_X1"];
        Name((*self.0.pick(&names).expect("names")).into())
    }

    fn literal(&mut self) -> Literal {
        match self.0.below(8) {
            0 => Literal::Null,
            1 => Literal::Bool(self.0.chance(0.5)),
            2 => Literal::Int(self.0.between(0, i64::from(i32::MAX)) as i32),
            3 => Literal::Long(self.0.between(i64::from(i32::MAX) + 1, i64::MAX)),
            4 => Literal::Decimal(Decimal::new(self.0.between(0, 1 << 40), self.0.below(8) as u32)),
            5 => Literal::Double(self.0.between(0, 1 << 50) as f64 / 1000.0),
            6 => Literal::Double(10f64.powi(self.0.between(-300, 300) as i32)),
            _ => {
                let texts = ["", "it's", "a\"b", "%_\\", "日本\n"];
                Literal::Text((*self.0.pick(&texts).expect("texts")).into())
            }
        }
    }

    fn boxed(&mut self, depth: u32) -> Box<Expr> {
        Box::new(self.expr(depth))
    }

    fn sql_type(&mut self, depth: u32) -> SqlType {
        match self.0.below(if depth == 0 { 4 } else { 7 }) {
            0 => SqlType::Simple(Type::Int),
            1 => SqlType::Simple(Type::Text),
            2 => SqlType::Simple(Type::Decimal { precision: 12, scale: 2 }),
            3 => SqlType::Simple(Type::Timestamp),
            4 => SqlType::Array(Box::new(self.sql_type(depth - 1))),
            5 => SqlType::Map(Box::new(self.sql_type(depth - 1))),
            _ => SqlType::Struct(vec![
                (Name("A".into()), self.sql_type(depth - 1)),
                (Name("b c".into()), self.sql_type(depth - 1)),
            ]),
        }
    }

    fn expr(&mut self, depth: u32) -> Expr {
        const OPS: &[BinaryOp] = &[
            BinaryOp::Or,
            BinaryOp::And,
            BinaryOp::Compare(Comparison::Eq),
            BinaryOp::Compare(Comparison::Ne),
            BinaryOp::Compare(Comparison::Lt),
            BinaryOp::Compare(Comparison::Ge),
            BinaryOp::Compare(Comparison::Distinct),
            BinaryOp::Compare(Comparison::NotDistinct),
            BinaryOp::Concat,
            BinaryOp::Compute(Arithmetic::Add),
            BinaryOp::Compute(Arithmetic::Sub),
            BinaryOp::Compute(Arithmetic::Mul),
            BinaryOp::Compute(Arithmetic::Div),
            BinaryOp::Compute(Arithmetic::Rem),
        ];
        let choice = if depth == 0 { self.0.below(3) } else { self.0.below(20) };
        let depth = depth.saturating_sub(1);
        let negated = self.0.chance(0.5);
        let kind = match choice {
            0 => ExprKind::Literal(self.literal()),
            1 => ExprKind::Column { qualifier: None, name: self.name() },
            2 => ExprKind::Column { qualifier: Some(self.name()), name: self.name() },
            3 => ExprKind::Unary { op: UnaryOp::Not, of: self.boxed(depth) },
            4 => ExprKind::Unary { op: UnaryOp::Neg, of: self.boxed(depth) },
            5 => ExprKind::IsNull { of: self.boxed(depth), negated },
            6 => {
                let escape = if self.0.chance(0.5) { self.0.pick(&['!', '\'', '\\']).copied() } else { None };
                ExprKind::Like { of: self.boxed(depth), pattern: self.boxed(depth), escape, negated }
            }
            7 => ExprKind::In { of: self.boxed(depth), list: vec![self.expr(depth), self.expr(depth)], negated },
            8 => {
                let (low, high) = (self.boxed(depth), self.boxed(depth));
                ExprKind::Between { of: self.boxed(depth), low, high, negated }
            }
            9 => {
                let operand = if negated { Some(self.boxed(depth)) } else { None };
                let otherwise = if self.0.chance(0.5) { Some(self.boxed(depth)) } else { None };
                ExprKind::Case { operand, arms: vec![(self.expr(depth), self.expr(depth))], otherwise }
            }
            10 => ExprKind::Cast { of: self.boxed(depth), to: self.sql_type(2) },
            11 => ExprKind::Call { name: Name("ABS".into()), args: vec![self.expr(depth), self.expr(depth)] },
            12 => ExprKind::Deref { of: self.boxed(depth), field: self.name() },
            13 => ExprKind::Index { of: self.boxed(depth), index: self.boxed(depth) },
            14 => ExprKind::List(vec![self.expr(depth)]),
            15 => ExprKind::Map(vec![(self.expr(depth), self.expr(depth))]),
            16 => ExprKind::Struct(vec![(self.name(), self.expr(depth))]),
            _ => {
                let op = *self.0.pick(OPS).expect("operators");
                ExprKind::Binary { op, left: self.boxed(depth), right: self.boxed(depth) }
            }
        };
        Expr { kind, span: Span::default() }
    }
}

proptest! {
    #![proptest_config(crate::laws::cases(2_000))]

    #[test]
    fn print_then_parse_is_identity(seed: u64) {
        let expr = Source(Streams::new(seed).stream("expr")).expr(4);
        let text = expr.to_string();
        match parse(&text) {
            Ok(again) => {
                prop_assert_eq!(&again, &expr, "{}", text);
                prop_assert_eq!(again.to_string(), text);
            }
            Err(error) => prop_assert!(error.message.contains("more than"), "{}: {}", text, error),
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text: String) {
        let _ = parse(&text);
        if let Err(error) = parse(&text) {
            prop_assert!(text.get(error.span.start..error.span.end).is_some(), "{:?}", error);
        }
    }

    #[test]
    fn any_words_are_read_or_refused(words in prop::collection::vec(
        prop::sample::select(vec!["a", "=", "(", ")", "NOT", "AND", "CASE", "WHEN", "THEN", "END", "IN", ",", "'x'",
            "-", "[", "]", "->", "1.5", "CAST", "AS", "ARRAY", "<", ">", ">>", "IS", "NULL", ".", "LIKE", ":="]), 0..12)) {
        let text = words.join(" ");
        if let Ok(expr) = parse(&text) {
            prop_assert_eq!(parse(&expr.to_string()), Ok(expr));
        }
    }
}
