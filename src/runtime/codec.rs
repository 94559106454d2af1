//! Records between bytes and values: keys as Kafka's own serialisers write them, values in Avro, stories as headers.

use std::fmt::Write as _;
use std::sync::Arc;

use uuid::Uuid;

use super::{SchemaSet, TopicSpec};
use crate::broker::{BatchBuilder, RecordRef};
use crate::kit::Timestamp;
use crate::record::formats::AVRO;
use crate::record::{CAUSE, CORRELATION, Headers, RecordId, TYPE, Type, Value};
use crate::streams::Message;

/// Appends a key as Kafka's serialiser of its type does: UTF-8 for text and UUIDs, big-endian for whole numbers and
/// floating point; other types in Avro.
fn put_key(key: &Value, ty: &Type, out: &mut Vec<u8>) -> Result<(), String> {
    match key {
        Value::Text(text) => out.extend_from_slice(text.as_bytes()),
        Value::Uuid(uuid) => {
            let mut text = [0u8; uuid::fmt::Hyphenated::LENGTH];
            out.extend_from_slice(uuid.hyphenated().encode_lower(&mut text).as_bytes());
        }
        Value::Int(it) => out.extend_from_slice(&it.to_be_bytes()),
        Value::Long(it) => out.extend_from_slice(&it.to_be_bytes()),
        Value::Double(it) => out.extend_from_slice(&it.to_be_bytes()),
        Value::Bytes(it) => out.extend_from_slice(it),
        other => return AVRO.encode(other, ty.required(), out).map_err(|it| format!("key: {it}")),
    }
    Ok(())
}

fn read_key(bytes: &[u8], ty: &Type) -> Result<Value, String> {
    let text = || std::str::from_utf8(bytes).map_err(|_| "the key is not text".to_owned());
    let sized = |it: &dyn std::fmt::Display| format!("the key is no {it}: {} bytes", bytes.len());
    Ok(match ty.required() {
        Type::Text | Type::Enum(_) => Value::text(text()?),
        Type::Uuid => Value::Uuid(Uuid::try_parse(text()?).map_err(|_| "the key is no uuid".to_owned())?),
        Type::Int => Value::Int(i32::from_be_bytes(bytes.try_into().map_err(|_| sized(ty))?)),
        Type::Long => Value::Long(i64::from_be_bytes(bytes.try_into().map_err(|_| sized(ty))?)),
        Type::Double => Value::Double(f64::from_be_bytes(bytes.try_into().map_err(|_| sized(ty))?)),
        Type::Bytes => Value::Bytes(bytes.into()),
        other => AVRO.decode(bytes, other).map_err(|it| format!("key: {it}"))?,
    })
}

/// Appends a number in decimals.
fn put_number(number: i64, out: &mut String) {
    if number < 0 {
        // No partition and no offset is; the formatter does as well, if slower.
        let _ = write!(out, "{number}");
        return;
    }
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = number as u64;
    loop {
        at -= 1;
        if let Some(digit) = digits.get_mut(at) {
            *digit = b'0' + (rest % 10) as u8;
        }
        rest /= 10;
        if rest == 0 || at == 0 {
            break;
        }
    }
    out.extend(digits.get(at..).unwrap_or_default().iter().map(|it| char::from(*it)));
}

/// Buffers that are used again for every record.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    pub(super) key: Vec<u8>,
    value: Vec<u8>,
    cause: String,
}

impl Scratch {
    /// Encodes key and value. The key's bytes are then in `self.key`.
    pub(super) fn encode(&mut self, message: &Message, key: &Type) -> Result<(), String> {
        self.key.clear();
        self.value.clear();
        if !message.key.is_null() {
            put_key(&message.key, key, &mut self.key)?;
        }
        match (&message.value, &message.schema) {
            (Value::Null, _) => {}
            (value, Some(schema)) => {
                let ty = Type::Record(schema.clone());
                AVRO.encode(value, &ty, &mut self.value).map_err(|it| format!("{}: {it}", schema.name))?;
            }
            (Value::Bytes(bytes), None) => self.value.extend_from_slice(bytes),
            (Value::Text(text), None) => self.value.extend_from_slice(text.as_bytes()),
            (other, None) => return Err(format!("a {} without a type cannot be written", other.kind())),
        }
        Ok(())
    }

    /// Adds the encoded record to a batch.
    pub(super) fn push(&mut self, batch: &mut BatchBuilder, message: &Message) {
        self.cause.clear();
        if let Some(cause) = &message.cause {
            self.cause.push_str(&cause.topic);
            for number in [i64::from(cause.partition), cause.offset] {
                self.cause.push('/');
                put_number(number, &mut self.cause);
            }
        }
        let schema = message.schema.as_ref().map(|it| (TYPE, Some(it.name.as_bytes())));
        let story = message.correlation.as_ref().map(|it| (CORRELATION, Some(it.as_bytes())));
        let cause = message.cause.as_ref().map(|_| (CAUSE, Some(self.cause.as_bytes())));
        let more = message.headers.iter().map(|it| (it.key.as_ref(), it.value.as_deref()));
        let headers = schema.into_iter().chain(story).chain(cause).chain(more);
        let key = (!message.key.is_null()).then_some(self.key.as_slice());
        let value = (!message.value.is_null()).then_some(self.value.as_slice());
        batch.push(message.timestamp, key, value, headers);
    }
}

/// Stories met lately, so that the records of one share its name.
#[derive(Clone, Debug, Default)]
pub(super) struct Stories(Vec<Option<Arc<str>>>);

impl Stories {
    const PLACES: usize = 1_024;

    fn get(&mut self, story: &str) -> Arc<str> {
        if self.0.is_empty() {
            self.0.resize(Self::PLACES, None);
        }
        // FNV-1a: any spread will do, a place taken by another story only costs a copy.
        let hash = story
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325u64, |hash, it| (hash ^ u64::from(it)).wrapping_mul(0x0100_0000_01b3));
        let Some(place) = self.0.get_mut(hash as usize % Self::PLACES) else { return Arc::from(story) };
        match place {
            Some(known) if **known == *story => known.clone(),
            place => place.insert(Arc::from(story)).clone(),
        }
    }
}

/// The message of a stored record: its `cause` is the header's, or `own` if that is handed in.
pub(super) fn decode(
    record: &RecordRef<'_>,
    topic: &TopicSpec,
    schemas: &SchemaSet,
    stories: &mut Stories,
    own: Option<RecordId>,
) -> Result<Message, String> {
    let read_cause = own.is_none();
    let mut message = Message { timestamp: record.timestamp, cause: own, ..Message::default() };
    let mut headers = Headers::default();
    for (name, value) in record.raw_headers() {
        let is = |known: &str| name == known.as_bytes();
        if !read_cause && is(CAUSE) {
            continue;
        }
        let ours = is(TYPE) || is(CORRELATION) || is(CAUSE);
        let text = value.filter(|_| ours).and_then(|it| std::str::from_utf8(it).ok());
        match text {
            Some(text) if is(TYPE) => {
                let schema = schemas.get(text).ok_or_else(|| format!("no type {text} is known here"))?;
                message.schema = Some(schema.clone());
            }
            Some(text) if is(CORRELATION) => message.correlation = Some(stories.get(text)),
            Some(text) => message.cause = text.parse::<RecordId>().ok(),
            None => {
                let name = std::str::from_utf8(name).unwrap_or_default();
                headers.push_raw(name, value.map(bytes::Bytes::copy_from_slice));
            }
        }
    }
    message.headers = headers;
    if let Some(bytes) = record.key {
        message.key = read_key(bytes, topic.key_of(message.type_name()))?;
    }
    message.value = match (record.value, &message.schema) {
        (None, _) => Value::Null,
        (Some(bytes), None) => Value::Bytes(bytes.into()),
        (Some(bytes), Some(schema)) => {
            let ty = Type::Record(schema.clone());
            AVRO.decode(bytes, &ty).map_err(|it| format!("{}: {it}", schema.name))?
        }
    };
    Ok(message)
}

/// A key for a new instance: it follows from the story and the aggregate, so that a run repeats.
pub(super) fn instance_key(aggregate: &str, correlation: &str, ty: &Type) -> Value {
    let Value::Uuid(uuid) = Value::uuid_of_word(&format!("{aggregate}/{correlation}")) else { return Value::Null };
    let (high, _) = uuid.as_u64_pair();
    match ty.required() {
        Type::Int => Value::Int((high >> 34) as i32),
        Type::Long => Value::Long((high >> 12) as i64),
        Type::Text => {
            let simple = uuid.simple().to_string();
            Value::text(simple.get(..8).unwrap_or(&simple))
        }
        Type::Timestamp => Value::Timestamp(Timestamp((high >> 24) as i64)),
        _ => Value::Uuid(uuid),
    }
}
