//! A trace as JSON lines: one head line, then one line an entry. Equal traces are equal bytes.
//!
//! The head is `{"trace":1,"board":...,"seed":...,"start":...,"names":{id: name}}`. An entry is
//! `{"seq":0,"at":"2026-01-01T09:00:00.000Z","event":"appended",...}`; its other members are those of
//! [`TraceEvent`], ids of stickies as text and records by number. An appended record is written in full at its
//! `appended` entry: `id`, `message`, `from`, `type`, `topic`, `partition`, `offset`, `key`, `value`, `cause`,
//! `correlation`.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::{Entry, Trace, TraceEvent, TracedRecord};
use crate::kit::{Id, Timestamp};
use crate::record::{Type, Value, formats};

/// Writes the trace as JSON lines.
pub fn write_lines(trace: &Trace, to: &mut dyn Write) -> io::Result<()> {
    let header = trace.header();
    let names: Map<String, Json> =
        header.names.iter().map(|(id, name)| (id.to_string(), Json::from(&**name))).collect();
    let head = json!({
        "trace": 1, "board": header.board, "seed": header.seed, "start": time(header.start), "names": names,
    });
    writeln!(to, "{head}")?;
    for entry in trace.entries() {
        writeln!(to, "{}", entry_to_json(trace, entry))?;
    }
    if trace.left_out() > 0 {
        writeln!(to, "{}", json!({ "event": "left_out", "entries": trace.left_out() }))?;
    }
    Ok(())
}

/// One entry as a JSON object.
pub fn entry_to_json(trace: &Trace, entry: &Entry) -> Json {
    let mut map = Map::new();
    let mut put = |key: &str, value: Json| {
        map.insert(key.to_owned(), value);
    };
    put("seq", json!(entry.seq));
    put("at", time(entry.at));
    put("event", Json::from(entry.event.key()));
    match &entry.event {
        TraceEvent::Appended { record } => match trace.record(*record) {
            Some(it) => put("record", record_to_json(it)),
            None => put("record", json!(record)),
        },
        TraceEvent::Handled { by, record } => {
            put("by", id(*by));
            put("record", json!(record));
        }
        TraceEvent::Chose { by, record, taken, among, why } => {
            put("by", id(*by));
            put("record", json!(record));
            put("taken", Json::from(&**taken));
            put("among", among.iter().map(|it| Json::from(&**it)).collect());
            put("why", json!(why));
        }
        TraceEvent::Rejected { command, by, record, reason } => {
            put("command", id(*command));
            put("by", id(*by));
            put("record", json!(record));
            put("reason", Json::from(&**reason));
        }
        TraceEvent::Changed { of, key, record } => {
            put("of", id(*of));
            put("key", plain(key));
            put("record", json!(record));
        }
        TraceEvent::Asked { external, record, latency } => {
            put("external", id(*external));
            put("record", json!(record));
            put("latency_ms", json!(latency.0));
        }
        TraceEvent::Failed { by, record, reason } => {
            put("by", id(*by));
            put("record", json!(record));
            put("reason", Json::from(&**reason));
        }
        TraceEvent::TaskOpened { policy, actor, record, due } => {
            put("policy", id(*policy));
            put("actor", actor.map_or(Json::Null, id));
            put("record", json!(record));
            put("due", time(*due));
        }
        TraceEvent::Waited { actor, command, reason } => {
            put("actor", id(*actor));
            put("command", id(*command));
            put("reason", Json::from(&**reason));
        }
        TraceEvent::Unhandled { record, reason } => {
            put("record", json!(record));
            put("reason", Json::from(&**reason));
        }
        TraceEvent::Fault { on, what } => {
            put("on", id(*on));
            put("what", Json::from(&**what));
        }
        TraceEvent::Looped { stickies, steps } => {
            put("stickies", stickies.iter().copied().map(id).collect());
            put("steps", json!(steps));
        }
        TraceEvent::Broken { invariant, record, why } => {
            put("invariant", id(*invariant));
            put("record", json!(record));
            put("why", Json::from(&**why));
        }
        TraceEvent::Played { event, after } => {
            put("sticky", id(*event));
            put("after", after.map_or(Json::Null, id));
        }
        TraceEvent::Said { text } => put("text", Json::from(&**text)),
    }
    Json::Object(map)
}

/// A record as a JSON object.
pub fn record_to_json(record: &TracedRecord) -> Json {
    let value = match (&record.value, &record.schema) {
        (Some(value), Some(schema)) => formats::to_json(value, &Type::Record(schema.clone())),
        (Some(value), None) => plain(value),
        (None, _) => Json::Null,
    };
    json!({
        "id": record.id,
        "message": record.message.map(|it| it.to_string()),
        "from": record.from.map(|it| it.to_string()),
        "type": &*record.type_name,
        "topic": &*record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "key": plain(&record.key),
        "value": value,
        "cause": record.cause,
        "correlation": record.correlation,
    })
}

fn id(id: Id) -> Json {
    Json::from(id.to_string())
}

fn time(at: Timestamp) -> Json {
    Json::from(at.to_string())
}

/// A value without its type: by its own variant.
fn plain(value: &Value) -> Json {
    formats::to_json(value, &Type::Text)
}
