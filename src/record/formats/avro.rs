//! Avro's binary encoding (specification 1.12), straight between bytes and values.
//!
//! The schema is the one that [`super::avro_schema`] writes: an optional is a union whose first branch is null, or
//! the other one where the field's default is not null.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Format, FormatError};
use crate::kit::Timestamp;
use crate::record::value::decimal_fits;
use crate::record::{FieldSchema, Type, Value};

/// The format.
pub(super) struct Avro;

/// Values may be nested this deep.
const DEPTH: usize = 64;
/// Values without bytes of their own (records without fields) that a datum may hold beyond one a byte.
const SPARE: usize = 1_024;

impl Format for Avro {
    fn name(&self) -> &'static str {
        "avro"
    }

    fn doc(&self) -> &'static str {
        "Avro binary: compact, read and written with the schema, which is not in the bytes."
    }

    fn encode(&self, value: &Value, ty: &Type, out: &mut Vec<u8>) -> Result<(), FormatError> {
        write(value, ty, true, out)
    }

    fn decode(&self, bytes: &[u8], ty: &Type) -> Result<Value, FormatError> {
        let mut reader = Cursor::new(bytes);
        let value = reader.read(ty, true)?;
        match bytes.len() - reader.at {
            0 => Ok(value),
            count => Err(FormatError::Left { count }),
        }
    }
}

/// Whether null is the first branch of an optional field: a default must fit the first branch.
pub(in crate::record) fn null_first(field: &FieldSchema) -> bool {
    field.default.as_ref().is_none_or(Value::is_null)
}

fn write(value: &Value, ty: &Type, null_first: bool, out: &mut Vec<u8>) -> Result<(), FormatError> {
    match (ty, value) {
        (Type::Optional(_), Value::Null) => out.push(if null_first { 0 } else { 2 }),
        (Type::Optional(of), it) => {
            out.push(if null_first { 2 } else { 0 });
            write(it, of, true, out)?;
        }
        (Type::Bool, Value::Bool(it)) => out.push(u8::from(*it)),
        (Type::Int, Value::Int(it)) | (Type::Date, Value::Date(it)) | (Type::Time, Value::Time(it)) => {
            put_long(i64::from(*it), out);
        }
        (Type::Long, Value::Long(it)) | (Type::Timestamp, Value::Timestamp(Timestamp(it))) => put_long(*it, out),
        (Type::Float, Value::Float(it)) => out.extend_from_slice(&it.to_le_bytes()),
        (Type::Double, Value::Double(it)) => out.extend_from_slice(&it.to_le_bytes()),
        (Type::Text, Value::Text(it)) => put_bytes(it.as_bytes(), out),
        (Type::Bytes, Value::Bytes(it)) => put_bytes(it, out),
        (Type::Uuid, Value::Uuid(it)) => {
            let mut text = [0u8; uuid::fmt::Hyphenated::LENGTH];
            put_bytes(it.hyphenated().encode_lower(&mut text).as_bytes(), out);
        }
        (Type::Decimal { precision, scale }, Value::Decimal(it)) => {
            let unscaled = unscaled(*it, *precision, *scale).ok_or_else(|| FormatError::mismatch(value, ty))?;
            let bytes = unscaled.to_be_bytes();
            // The shortest two's complement: drop leading bytes that only repeat the sign.
            let skip = bytes
                .iter()
                .zip(bytes.iter().skip(1))
                .take_while(|(high, next)| (**high == 0 && **next < 0x80) || (**high == 0xff && **next >= 0x80))
                .count();
            put_bytes(bytes.get(skip..).unwrap_or_default(), out);
        }
        (Type::Enum(schema), Value::Text(label)) => {
            let at = schema.position(label).ok_or_else(|| FormatError::mismatch(value, ty))?;
            put_long(at as i64, out);
        }
        (Type::List(of), Value::List(items)) => {
            if !items.is_empty() {
                put_long(items.len() as i64, out);
                for item in items {
                    write(item, of, true, out)?;
                }
            }
            out.push(0);
        }
        (Type::Map(of), Value::Map(items)) => {
            if !items.is_empty() {
                put_long(items.len() as i64, out);
                for (key, item) in items.iter() {
                    put_bytes(key.as_bytes(), out);
                    write(item, of, true, out)?;
                }
            }
            out.push(0);
        }
        (Type::Record(schema), Value::Record(values)) if values.len() == schema.fields.len() => {
            for (field, value) in schema.fields.iter().zip(values.iter()) {
                write(value, &field.ty, !matches!(field.ty, Type::Optional(_)) || self::null_first(field), out)?;
            }
        }
        _ => return Err(FormatError::mismatch(value, ty)),
    }
    Ok(())
}

fn unscaled(it: Decimal, precision: u32, scale: u32) -> Option<i128> {
    if it.scale() == scale && decimal_fits(it, precision, scale) {
        return Some(it.mantissa());
    }
    if !decimal_fits(it, precision, scale) {
        return None;
    }
    let it = it.normalize();
    it.mantissa().checked_mul(10i128.checked_pow(scale.checked_sub(it.scale())?)?)
}

fn put_long(it: i64, out: &mut Vec<u8>) {
    let mut zigzag = ((it << 1) ^ (it >> 63)) as u64;
    while zigzag >= 0x80 {
        out.push((zigzag as u8) | 0x80);
        zigzag >>= 7;
    }
    out.push(zigzag as u8);
}

fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    put_long(bytes.len() as i64, out);
    out.extend_from_slice(bytes);
}

/// Bytes that are being read.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    /// How many more values there may be, so that few bytes never become many values.
    budget: usize,
    depth: usize,
}

impl<'a> Cursor<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, budget: bytes.len().saturating_add(SPARE), depth: DEPTH }
    }

    /// How many bytes are left.
    fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    fn bad(&self, at: usize, what: impl Into<String>) -> FormatError {
        FormatError::Bad { at, what: what.into() }
    }

    /// Goes one level down; the caller goes up again by [`Self::leave`]. After an error the cursor is not used again.
    fn enter(&mut self) -> Result<(), FormatError> {
        self.depth = self.depth.checked_sub(1).ok_or(FormatError::Depth { at: self.at })?;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth += 1;
    }

    /// Pays for one item, or record without fields.
    fn pay(&mut self) -> Result<(), FormatError> {
        let at = self.at;
        self.budget = self.budget.checked_sub(1).ok_or_else(|| self.bad(at, "more values than the bytes justify"))?;
        Ok(())
    }

    fn take(&mut self, count: usize, wanted: &'static str) -> Result<&'a [u8], FormatError> {
        let end = self.at.checked_add(count);
        let found = end.and_then(|end| self.bytes.get(self.at..end));
        let found = found.ok_or(FormatError::Short { at: self.at, wanted })?;
        self.at += count;
        Ok(found)
    }

    fn array<const N: usize>(&mut self, wanted: &'static str) -> Result<[u8; N], FormatError> {
        let at = self.at;
        self.take(N, wanted)?.try_into().map_err(|_| FormatError::Short { at, wanted })
    }

    fn long(&mut self, wanted: &'static str) -> Result<i64, FormatError> {
        let start = self.at;
        let mut zigzag = 0u64;
        for shift in (0..70).step_by(7) {
            let byte = *self.bytes.get(self.at).ok_or(FormatError::Short { at: start, wanted })?;
            self.at += 1;
            if shift == 63 && byte > 1 {
                break;
            }
            zigzag |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok((zigzag >> 1) as i64 ^ -((zigzag & 1) as i64));
            }
        }
        Err(self.bad(start, format!("a {wanted} of more than 64 bits")))
    }

    fn int(&mut self, wanted: &'static str) -> Result<i32, FormatError> {
        let at = self.at;
        let it = self.long(wanted)?;
        i32::try_from(it).map_err(|_| self.bad(at, format!("{it} is too large for a {wanted}")))
    }

    fn bytes(&mut self, wanted: &'static str) -> Result<&'a [u8], FormatError> {
        let at = self.at;
        let count = self.long(wanted)?;
        let count = usize::try_from(count).map_err(|_| self.bad(at, format!("a {wanted} of {count} bytes")))?;
        self.take(count, wanted)
    }

    fn text(&mut self) -> Result<&'a str, FormatError> {
        let at = self.at;
        let bytes = self.bytes("text")?;
        std::str::from_utf8(bytes).map_err(|_| self.bad(at, "a text that is not UTF-8"))
    }

    /// The next block of a list or map: how many items, none at the end.
    fn block(&mut self) -> Result<usize, FormatError> {
        let at = self.at;
        let count = self.long("block count")?;
        if count >= 0 {
            return usize::try_from(count).map_err(|_| self.bad(at, "a block count that is too large"));
        }
        let size = self.long("block size")?;
        if size < 0 {
            return Err(self.bad(at, format!("a block of {size} bytes")));
        }
        let count = count.checked_neg().and_then(|it| usize::try_from(it).ok());
        count.ok_or_else(|| self.bad(at, "a block count that is too large"))
    }

    fn branch(&mut self, count: usize) -> Result<usize, FormatError> {
        let at = self.at;
        let branch = self.long("union branch")?;
        let found = usize::try_from(branch).ok().filter(|it| *it < count);
        found.ok_or_else(|| self.bad(at, format!("branch {branch} of a union that has {count}")))
    }

    fn bool(&mut self) -> Result<bool, FormatError> {
        let at = self.at;
        match self.array::<1>("bool")? {
            [0] => Ok(false),
            [1] => Ok(true),
            [other] => Err(self.bad(at, format!("{other} is neither true nor false"))),
        }
    }

    fn symbol(&mut self, count: usize) -> Result<usize, FormatError> {
        let at = self.at;
        let index = self.int("enum")?;
        let found = usize::try_from(index).ok().filter(|it| *it < count);
        found.ok_or_else(|| self.bad(at, format!("word {index} of an enum that has {count}")))
    }

    fn decimal(&mut self, precision: u32, scale: u32) -> Result<Decimal, FormatError> {
        let at = self.at;
        let bytes = self.bytes("decimal")?;
        let negative = bytes.first().is_some_and(|it| *it >= 0x80);
        let mut unscaled = if negative { -1i128 } else { 0 };
        for byte in bytes {
            let next = unscaled.checked_mul(256).map(|it| it | i128::from(*byte));
            unscaled = next.ok_or_else(|| self.bad(at, "a decimal of too many digits"))?;
        }
        Decimal::try_from_i128_with_scale(unscaled, scale)
            .ok()
            .filter(|it| decimal_fits(*it, precision, scale))
            .ok_or_else(|| self.bad(at, format!("a decimal of more than {precision} digits")))
    }

    fn read(&mut self, ty: &Type, null_first: bool) -> Result<Value, FormatError> {
        Ok(match ty {
            Type::Bool => Value::Bool(self.bool()?),
            Type::Int => Value::Int(self.int("int")?),
            Type::Long => Value::Long(self.long("long")?),
            Type::Float => Value::Float(f32::from_le_bytes(self.array("float")?)),
            Type::Double => Value::Double(f64::from_le_bytes(self.array("double")?)),
            Type::Text => Value::Text(Arc::from(self.text()?)),
            Type::Bytes => Value::Bytes(Arc::from(self.bytes("bytes")?)),
            Type::Uuid => {
                let at = self.at;
                let text = self.bytes("uuid")?;
                let uuid = uuid::Uuid::try_parse_ascii(text);
                Value::Uuid(uuid.map_err(|_| self.bad(at, "a text that is no uuid"))?)
            }
            Type::Date => Value::Date(self.int("date")?),
            Type::Time => {
                let at = self.at;
                let ms = self.int("time")?;
                if !(0..86_400_000).contains(&ms) {
                    return Err(self.bad(at, format!("{ms} ms is no time of day")));
                }
                Value::Time(ms)
            }
            Type::Timestamp => Value::Timestamp(Timestamp(self.long("timestamp")?)),
            Type::Decimal { precision, scale } => Value::Decimal(self.decimal(*precision, *scale)?),
            Type::Optional(of) => {
                let is_null = (self.branch(2)? == 0) == null_first;
                if is_null { Value::Null } else { self.read(of, true)? }
            }
            Type::Enum(schema) => {
                let at = self.symbol(schema.symbols.len())?;
                schema.symbols.get(at).map_or(Value::Null, |it| Value::Text(it.label.clone()))
            }
            Type::List(of) => {
                self.enter()?;
                let mut items = Vec::new();
                loop {
                    let count = self.block()?;
                    if count == 0 {
                        break;
                    }
                    items.reserve(count.min(self.left()));
                    for _ in 0..count {
                        self.pay()?;
                        items.push(self.read(of, true)?);
                    }
                }
                self.leave();
                Value::List(items)
            }
            Type::Map(of) => {
                self.enter()?;
                let mut items = BTreeMap::new();
                loop {
                    let count = self.block()?;
                    if count == 0 {
                        break;
                    }
                    for _ in 0..count {
                        self.pay()?;
                        let key = Arc::from(self.text()?);
                        items.insert(key, self.read(of, true)?);
                    }
                }
                self.leave();
                Value::Map(Arc::new(items))
            }
            Type::Record(schema) => {
                self.enter()?;
                // A field takes a byte at least: only what has none costs nothing to claim.
                if schema.fields.is_empty() {
                    self.pay()?;
                }
                let record = Value::try_record(schema.fields.len(), |at| match schema.fields.get(at) {
                    Some(field) => self.read(&field.ty, !field.ty.is_optional() || self::null_first(field)),
                    None => Ok(Value::Null),
                })?;
                self.leave();
                record
            }
        })
    }
}
