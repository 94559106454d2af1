//! Traces: causes, stories, playing, JSON lines.

use std::sync::Arc;

use stormglass::kit::{Id, Millis, Timestamp};
use stormglass::record::Value;
use stormglass::trace::{FlashKind, Header, Index, Player, RecordNo, Trace, TraceEvent, TracedRecord, write_lines};

fn id(bits: u128) -> Id {
    Id::from_bits(bits)
}

/// A command (1, from actor 9) at 0 ms, its event (2, from aggregate 8) at 3 ms, and a row (3) at 4 ms;
/// an unrelated command at an hour.
fn story() -> Trace {
    let names = [(1, "Place Order"), (2, "Order Placed"), (3, "Open Orders"), (8, "Order"), (9, "Customer")];
    let names = names.into_iter().map(|(bits, name)| (id(bits), Arc::from(name))).collect();
    let mut trace = Trace::new(Header { board: "b".to_owned(), seed: 7, start: Timestamp(0), names });
    let mut append = |at, message, from, cause: Option<u32>, correlation| {
        let record = TracedRecord {
            id: RecordNo(0),
            at: Timestamp(at),
            message: Some(id(message)),
            from: Some(id(from)),
            type_name: Arc::from("x.Y"),
            topic: Arc::from("x.y"),
            partition: 0,
            offset: at,
            key: Value::text("o1"),
            value: Some(Value::Int(1)),
            schema: None,
            cause: cause.map(RecordNo),
            correlation: RecordNo(correlation),
        };
        trace.append(record).unwrap()
    };
    append(0, 1, 9, None, u32::MAX);
    append(3, 2, 8, Some(0), 0);
    append(4, 3, 3, Some(1), 0);
    append(3_600_000, 1, 9, None, u32::MAX);
    trace.push(Timestamp(3_600_000), TraceEvent::Handled { by: id(8), record: RecordNo(3) });
    let reason = Arc::from("requires total > 0");
    let rejected = TraceEvent::Rejected { command: id(1), by: id(8), record: RecordNo(3), reason };
    trace.push(Timestamp(3_600_000), rejected);
    trace
}

#[test]
fn a_record_knows_its_causes_and_effects() {
    let trace = story();
    let index = Index::of(&trace);
    let tree = index.tree(&trace, RecordNo(1));
    assert_eq!(tree.causes, [RecordNo(0), RecordNo(1)]);
    assert_eq!(tree.effects, [(RecordNo(1), 0), (RecordNo(2), 1)]);
    assert_eq!(index.story(RecordNo(0)), [RecordNo(0), RecordNo(1), RecordNo(2)]);
    assert_eq!(index.story(RecordNo(3)), [RecordNo(3)]);
    assert_eq!(index.of_key(&Value::text("o1")).len(), 4);
    assert_eq!(index.of_sticky(id(9)).len(), 4, "two commands of the customer, one handled, one rejected");
    assert_eq!(Index::at(&trace, Timestamp(4)), 2);
}

#[test]
fn a_show_begins_at_once_keeps_the_order_of_causes_and_cuts_silence() {
    let trace = story();
    let mut player = Player::new();
    player.sync(&trace);
    let first = player.pulses_at(100);
    assert_eq!((first.len(), first[0].from, first[0].to), (1, id(9), id(1)));
    assert_eq!(&*first[0].label, "Place Order");
    let second = player.pulses_at(500);
    assert_eq!((second.len(), second[0].from, second[0].to), (1, id(8), id(2)), "only after its cause has arrived");
    assert!(player.end() < 5_000, "an hour of silence is cut: {}", player.end());
    player.play();
    player.advance(Millis(100_000));
    assert!(player.is_at_end());
    assert_eq!(player.time(), Timestamp(3_600_000));
    assert!(player.flashes().iter().all(|it| it.progress <= 1.0));
    player.seek_record(RecordNo(1));
    assert_eq!(player.pulses().first().map(|it| it.record), Some(Some(RecordNo(1))));
    let rejected = (0..player.end()).find(|at| {
        player.seek(*at);
        player.flashes().iter().any(|it| it.kind == FlashKind::Rejected)
    });
    assert!(rejected.is_some());
}

#[test]
fn a_player_that_follows_a_growing_trace_shows_the_same() {
    let trace = story();
    let mut at_once = Player::new();
    at_once.sync(&trace);
    let mut growing = Player::new();
    let mut partial = Trace::new(trace.header().clone());
    for entry in trace.entries() {
        match entry.event.clone() {
            TraceEvent::Appended { record } => {
                partial.append(trace.record(record).unwrap().clone());
            }
            other => partial.push(entry.at, other),
        }
        growing.sync(&partial);
    }
    assert_eq!(partial, trace);
    for moment in (0..at_once.end()).step_by(50) {
        assert_eq!(at_once.pulses_at(moment), growing.pulses_at(moment));
    }
}

#[test]
fn lines_are_stable() {
    let trace = story();
    let mut bytes = Vec::new();
    write_lines(&trace, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    for line in text.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    insta::assert_snapshot!(text.lines().nth(2).unwrap(), @r#"{"seq":1,"at":"1970-01-01T00:00:00.003Z","event":"appended","record":{"id":1,"message":"0000000000000002","from":"0000000000000008","type":"x.Y","topic":"x.y","partition":0,"offset":3,"key":"o1","value":1,"cause":0,"correlation":0}}"#);
}

#[test]
fn a_full_trace_counts_what_it_leaves_out() {
    let mut trace = Trace::new(Header::default()).with_limit(1);
    trace.push(Timestamp(0), TraceEvent::Said { text: Arc::from("one") });
    trace.push(Timestamp(0), TraceEvent::Said { text: Arc::from("two") });
    assert_eq!((trace.entries().len(), trace.left_out()), (1, 1));
}
