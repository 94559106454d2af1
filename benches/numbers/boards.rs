//! Boards of any size, the same for the same size.

use stormglass::board::{Board, Edit, Element, Frame, FrameKind, Kind, Level, Link, Setting, Sticky, apply_all};
use stormglass::kit::{IdSource, Point, Rect, Size, Streams};

/// A board of `count` stickies in rows of actor, command, aggregate, event, policy as on a wall, with half as many links,
/// and a context frame every forty rows.
pub(crate) fn wall(count: usize) -> Board {
    let mut ids = IdSource::seeded(42);
    let mut rng = Streams::new(42).stream("words");
    let mut board = Board::new();
    let nouns = ["Order", "Invoice", "Parcel", "Customer", "Payment", "Ticket", "Courier", "Meal", "Claim", "Patron"];
    let verbs = [("Place", "Placed"), ("Pay", "Paid"), ("Send", "Sent"), ("Close", "Closed"), ("Check", "Checked")];
    let columns: usize = 20;
    let mut edits =
        vec![Edit::Settings { old: Setting::Level(Level::BigPicture), new: Setting::Level(Level::Process) }];
    let mut last = None;
    for at in 0..count {
        let (row, column) = (at / columns, at % columns);
        let (verb, past) = verbs[rng.below(verbs.len() as u64) as usize];
        let noun = nouns[rng.below(nouns.len() as u64) as usize];
        let (kind, text) = match column % 5 {
            0 => (Kind::ACTOR, format!("{noun} Clerk {row}")),
            1 => (Kind::COMMAND, format!("{verb} {noun} {row}\n{noun} number: uuid key\ntotal: decimal(12,2)")),
            2 => (Kind::AGGREGATE, format!("{noun} {row}")),
            3 => (Kind::DOMAIN_EVENT, format!("{noun} {past} {row}\n{noun} number: uuid key")),
            _ => (Kind::POLICY, format!("Whenever {noun} {past} {row}, go on")),
        };
        let id = ids.next_id();
        let point = Point::new(column as i32 * 260, row as i32 * 150);
        edits.push(Edit::Add(Box::new(Element::Sticky(Sticky::new(id, kind, point, text)))));
        if let Some(from) = last.filter(|_| column % 5 != 0 && at % 2 == 1) {
            edits.push(Edit::Add(Box::new(Element::Link(Link::new(ids.next_id(), from, id)))));
        }
        last = Some(id);
        if column == 0 && row % 40 == 0 {
            let rect = Rect::new(Point::new(-60, row as i32 * 150 - 60), Size::new(columns as i32 * 260, 40 * 150));
            let frame = Frame::new(ids.next_id(), FrameKind::BoundedContext, rect, format!("Context {row}"));
            edits.push(Edit::Add(Box::new(Element::Frame(frame))));
        }
    }
    if let Err(err) = apply_all(&mut board, &edits) {
        eprintln!("the bench's board is wrong: {err}");
    }
    board
}

/// The board that the peers were measured with: stickies of 160 x 100 on a grid as wide as a screen, three to five words
/// each, in seven colours, and an arrow from every other one to the next.
pub(crate) fn as_peers(count: usize) -> Board {
    const WORDS: &str = "Order Placed Payment Received Invoice Sent Customer Notified Stock Reserved Shipment Booked Cart \
        Checked Out Policy Applied Price Quoted Refund Issued Driver Assigned Parcel Lost";
    const KINDS: [Kind; 7] = [
        Kind::DOMAIN_EVENT,
        Kind::COMMAND,
        Kind::AGGREGATE,
        Kind::POLICY,
        Kind::READ_MODEL,
        Kind::EXTERNAL_SYSTEM,
        Kind::ACTOR,
    ];
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut ids = IdSource::seeded(7);
    let mut rng = Streams::new(7).stream("words");
    let mut board = Board::new();
    let columns = ((count as f64 * 140.0 * 16.0) / (200.0 * 9.0)).sqrt().ceil().max(1.0) as usize;
    let mut edits = Vec::with_capacity(count * 3 / 2);
    let mut last = None;
    for at in 0..count {
        let text: Vec<&str> = (0..3 + rng.below(3)).map(|_| words[rng.below(words.len() as u64) as usize]).collect();
        let point = Point::new((at % columns) as i32 * 200, (at / columns) as i32 * 140);
        let mut sticky = Sticky::new(ids.next_id(), KINDS[at % KINDS.len()], point, text.join(" "));
        (sticky.w, sticky.h) = (160, 100);
        let id = sticky.id;
        edits.push(Edit::Add(Box::new(Element::Sticky(sticky))));
        match last {
            Some(from) => {
                edits.push(Edit::Add(Box::new(Element::Link(Link::new(ids.next_id(), from, id)))));
                last = None;
            }
            None => last = Some(id),
        }
    }
    if let Err(err) = apply_all(&mut board, &edits) {
        eprintln!("the bench's board is wrong: {err}");
    }
    board
}
