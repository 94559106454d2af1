//! Random types and values of them, from a seed.

use std::sync::Arc;

use rust_decimal::Decimal;
use stormglass::kit::{Rng, Streams, Timestamp};
use stormglass::record::{EnumSchema, FieldSchema, RecordSchema, Type, Value};

/// Draws types and values.
pub(crate) struct Source {
    rng: Rng,
    names: u32,
}

impl Source {
    pub(crate) fn new(seed: u64) -> Self {
        Self { rng: Streams::new(seed).stream("arbitrary"), names: 0 }
    }

    fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("shop.{prefix}{}", self.names)
    }

    pub(crate) fn ty(&mut self, depth: u32) -> Type {
        match self.rng.below(if depth == 0 { 12 } else { 17 }) {
            0 => Type::Bool,
            1 => Type::Int,
            2 => Type::Long,
            3 => Type::Float,
            4 => Type::Double,
            5 => Type::Text,
            6 => Type::Bytes,
            7 => Type::Uuid,
            8 => Type::Date,
            9 => Type::Time,
            10 => Type::Timestamp,
            11 => {
                let precision = self.rng.between(1, 28) as u32;
                Type::Decimal { precision, scale: self.rng.below(u64::from(precision) + 1) as u32 }
            }
            12 => Type::list(self.ty(depth - 1)),
            13 => Type::map(self.ty(depth - 1)),
            14 => Type::optional(self.ty(depth - 1)),
            15 => {
                let name = self.name("Enum");
                Type::Enum(Arc::new(EnumSchema::new(name, ["open", "in progress", "done"])))
            }
            _ => self.record(depth - 1),
        }
    }

    pub(crate) fn record(&mut self, depth: u32) -> Type {
        let name = self.name("Record");
        let mut fields = Vec::new();
        for at in 0..self.rng.below(5) {
            let mut field = FieldSchema::new(format!("Field {at}"), self.ty(depth));
            if self.rng.chance(0.3) {
                field.default = Some(self.value(&field.ty));
            }
            fields.push(field);
        }
        Type::Record(Arc::new(RecordSchema::new(name, fields)))
    }

    pub(crate) fn text(&mut self) -> String {
        let pool = ['a', 'Z', ' ', '\'', '"', '\\', '\n', 'ß', '日', '🎉', ',', '{', '\0'];
        let count = self.rng.below(8);
        (0..count).filter_map(|_| self.rng.pick(&pool).copied()).collect()
    }

    pub(crate) fn value(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Bool => Value::Bool(self.rng.chance(0.5)),
            Type::Int => Value::Int(self.rng.next_u64() as i32 >> self.rng.below(32)),
            Type::Long => Value::Long(self.rng.next_u64() as i64 >> self.rng.below(64)),
            Type::Float => Value::Float(self.rng.between(-1_000, 1_000) as f32 / 8.0),
            Type::Double => Value::Double(self.rng.between(-1_000_000, 1_000_000) as f64 / 1024.0),
            Type::Text => Value::text(self.text()),
            Type::Bytes => Value::Bytes((0..self.rng.below(6)).map(|_| self.rng.next_u64() as u8).collect()),
            Type::Uuid => Value::uuid_of_word(&self.text()),
            Type::Date => Value::Date(self.rng.between(-700_000, 2_000_000) as i32),
            Type::Time => Value::Time(self.rng.below(86_400_000) as i32),
            Type::Timestamp => Value::Timestamp(Timestamp(self.rng.between(-1_000_000_000_000, 4_000_000_000_000))),
            Type::Decimal { precision, scale } => {
                let most = 10i128.pow(*precision);
                let wide = (i128::from(self.rng.next_u64()) << 40) | i128::from(self.rng.next_u64() >> 24);
                let sign = if self.rng.chance(0.5) { -1 } else { 1 };
                let unscaled = sign * (wide >> self.rng.below(100)).rem_euclid(most);
                Value::Decimal(Decimal::from_i128_with_scale(unscaled, *scale))
            }
            Type::List(of) => {
                let count = self.rng.below(4);
                Value::List((0..count).map(|_| self.value(of)).collect())
            }
            Type::Map(of) => {
                // One entry at most: the oracle writes maps in no order.
                let count = self.rng.below(2);
                Value::Map(Arc::new((0..count).map(|_| (Arc::from(self.text()), self.value(of))).collect()))
            }
            Type::Optional(of) => {
                if self.rng.chance(0.4) {
                    Value::Null
                } else {
                    self.value(of)
                }
            }
            Type::Enum(schema) => {
                let symbol = self.rng.pick(&schema.symbols).expect("an enum has symbols");
                Value::Text(symbol.label.clone())
            }
            Type::Record(schema) => Value::Record(schema.fields.iter().map(|it| self.value(&it.ty)).collect()),
        }
    }
}
