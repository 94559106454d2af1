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
