//! Pasting: what a text from elsewhere stands for, and where it goes on the board.
//!
//! Reading may be long work and needs no board, so it can be done off the thread; placing is short.

mod fields;
mod markup;
mod table;

use std::collections::BTreeSet;

use super::clipboard::{self, Clip};
use super::placing::{GAP, top_z};
use crate::board::{Board, Edit, Element, Kind, Sticky};
use crate::kit::{Id, IdSource, Point, counted};

pub use fields::listed;

/// No more than this becomes stickies at once; the rest is left out, and that is said.
pub const PASTE_MOST: usize = 10_000;
/// What is longer than this, in bytes or lines, is read off the thread, and asked about.
pub const PASTE_SHORT: (usize, usize) = (100_000, 300);
/// The longest text of one sticky, in characters.
pub const TEXT_MOST: usize = 10_000;

/// What a text stands for.
#[derive(Debug)]
pub enum Pasted {
    /// Elements of a board, copied by this program.
    Elements(Clip),
    /// A list or table that becomes stickies.
    List(Listing),
}

/// Stickies to be made, in rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The rows. A cell without text keeps its place free.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the rows are those of a table; else they are one list that may be broken anywhere.
    pub table: bool,
    /// How many entries were left out because there were too many.
    pub left_out: usize,
    /// How many texts were cut because they were too long.
    pub cut: usize,
}

/// One sticky to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its kind, where the text says so.
    pub kind: Option<Kind>,
    /// Its text; empty for none.
    pub text: String,
}

impl Pasted {
    /// How many elements it makes.
    pub fn count(&self) -> usize {
        match self {
            Self::Elements(clip) => clip.len(),
            Self::List(list) => list.cells().count(),
        }
    }

    /// What it says besides: what was left out.
    pub fn remark(&self) -> Option<String> {
        let Self::List(list) = self else { return None };
        let mut parts = Vec::new();
        if list.left_out > 0 {
            let verb = if list.left_out == 1 { "was" } else { "were" };
            parts.push(format!("{} more {verb} left out: no more than {PASTE_MOST} at once", list.left_out));
        }
        if list.cut > 0 {
            let verb = if list.cut == 1 { "was" } else { "were" };
            parts.push(format!("{} {verb} cut at {TEXT_MOST} characters", counted(list.cut, "text")));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

impl Listing {
    /// The cells that become stickies.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().flatten().filter(|it| !it.text.is_empty())
    }
}

/// Whether reading it is short work and making stickies of it needs no question.
pub fn is_short(text: &str) -> bool {
    text.len() <= PASTE_SHORT.0 && text.lines().take(PASTE_SHORT.1 + 1).count() <= PASTE_SHORT.1
}

/// Reads a text. `comma` says that its cells are surely separated by commas or semicolons. `keep` is told how much is
/// done, from 0 to 1, and says whether to go on.
pub fn read(text: &str, comma: bool, keep: &mut dyn FnMut(f32) -> bool) -> Option<Pasted> {
    if let Some(clip) = clipboard::read(text) {
        return Some(Pasted::Elements(clip));
    }
    let plain = markup::plain(text);
    keep(0.2).then_some(())?;
    table::read(&clean(&plain), comma, keep).map(Pasted::List)
}

/// A text that is to become one sticky, whatever it holds.
pub fn plain(text: &str) -> Option<Pasted> {
    let (text, cut) = clean_within(text.trim(), 0);
    let cell = Cell { kind: None, text };
    (!cell.text.is_empty())
        .then(|| Pasted::List(Listing { rows: vec![vec![cell]], cut: usize::from(cut), ..Listing::default() }))
}

/// The edits that put it on the board with its left top corner (of elements: its middle) at `at`, and what they add.
pub fn place(board: &Board, pasted: Pasted, kind: Kind, at: Point, ids: &mut IdSource) -> (Vec<Edit>, BTreeSet<Id>) {
    match pasted {
        Pasted::Elements(clip) => clipboard::place(board, clip, at, ids),
        Pasted::List(list) => place_list(board, &list, kind, at, ids),
    }
}

fn place_list(board: &Board, list: &Listing, kind: Kind, at: Point, ids: &mut IdSource) -> (Vec<Edit>, BTreeSet<Id>) {
    let z = top_z(board);
    let mut cells: Vec<(&Cell, usize, usize)> = Vec::new();
    if list.table {
        for (row, all) in list.rows.iter().enumerate() {
            let filled = all.iter().enumerate().filter(|it| !it.1.text.is_empty());
            cells.extend(filled.map(|(column, cell)| (cell, column, row)));
        }
    } else {
        // A long list lies as a wall about twice as wide as high.
        let across = ((list.cells().count() as f32 * 2.0).sqrt() as usize).clamp(10, 200);
        cells.extend(list.cells().enumerate().map(|(at, cell)| (cell, at % across, at / across)));
    }
    // A column is as wide as the widest in it: one policy does not part all the others.
    let (mut widths, mut heights): (Vec<i32>, Vec<i32>) = (Vec::new(), Vec::new());
    for (cell, column, row) in &cells {
        let size = cell.kind.unwrap_or(kind).spec().size;
        for (all, at, most) in [(&mut widths, *column, size.w), (&mut heights, *row, size.h)] {
            if all.len() <= at {
                all.resize(at + 1, 0);
            }
            if let Some(it) = all.get_mut(at) {
                *it = most.max(*it);
            }
        }
    }
    let (lefts, tops) = (starts(&widths), starts(&heights));
    let mut edits = Vec::new();
    let mut added = BTreeSet::new();
    for (cell, column, row) in cells {
        let kind = cell.kind.unwrap_or(kind);
        let place = at.moved(lefts.get(column).copied().unwrap_or(0), tops.get(row).copied().unwrap_or(0));
        let id = ids.next_id();
        let mut sticky = Sticky::new(id, kind, place, cell.text.clone());
        sticky.z = z.clone();
        edits.push(Edit::Add(Box::new(Element::Sticky(sticky))));
        added.insert(id);
    }
    (edits, added)
}

/// How far each column or row lies from the first; one without stickies takes the gap alone.
fn starts(sizes: &[i32]) -> Vec<i32> {
    let ends = sizes.iter().scan(0i32, |at, size| {
        let start = *at;
        *at = at.saturating_add(size.saturating_add(GAP));
        Some(start)
    });
    ends.collect()
}

/// Without signs that nobody can see: control characters go, whatever ends a line becomes one line break.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(it) = letters.next() {
        match it {
            '\r' => {
                letters.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\t' => out.push(it),
            '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => out.push('\n'),
            '\u{feff}' => {}
            '\u{a0}' => out.push(' '),
            it if it.is_control() => {}
            it => out.push(it),
        }
    }
    out
}

/// What may be pasted into a text that holds `before` characters: cleaned and cut. Says whether it was cut.
pub fn clean_within(text: &str, before: usize) -> (String, bool) {
    let room = TEXT_MOST.saturating_sub(before);
    // Cleaning never makes more of it, so what lies beyond need not be looked at.
    let start: String = text.chars().take(room.saturating_mul(2).saturating_add(16)).collect();
    let clean: String = clean(&start).chars().take(room).collect();
    let cut = text.chars().nth(room).is_some() && clean.chars().count() >= room;
    (clean, cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, comma: bool) -> Vec<Vec<String>> {
        let Some(Pasted::List(list)) = read(text, comma, &mut |_| true) else { return Vec::new() };
        let name = |it: &Cell| match it.kind {
            Some(kind) => format!("{}: {}", kind.spec().key, it.text),
            None => it.text.clone(),
        };
        list.rows.iter().map(|row| row.iter().map(name).collect()).collect()
    }

    #[test]
    fn lists_tables_and_markup() {
        for (text, expected) in [
            ("Order Placed\nOrder Paid", &[&["Order Placed"][..], &["Order Paid"]][..]),
            ("- a b\r\n* c\r\r\n\u{2022} d\n 1. e\n2) f", &[&["a b"], &["c"], &["d"], &["e"], &["f"]]),
            ("E: Order Placed\nCommand: Pay\nx: y", &[&["domain_event: Order Placed"], &["command: Pay"], &["x: y"]]),
            ("A\tB\n\tC", &[&["A", "B"], &["", "C"]]),
            ("\"A\nB\"\tC", &[&["A\nB", "C"]]),
            ("a,b\nc,d", &[&["a", "b"], &["c", "d"]]),
            ("a;\"b;c\"\nd;e", &[&["a", "b;c"], &["d", "e"]]),
            ("Hello, world\nBye, world", &[&["Hello, world"], &["Bye, world"]]),
            ("Order Placed(order: uuid key, total)", &[&["Order Placed\norder: uuid key\ntotal: text"]]),
            ("Order Placed (by phone)", &[&["Order Placed (by phone)"]]),
            ("Paid(amount: decimal(10,2))\nB(x)", &[&["Paid\namount: decimal(10,2)"], &["B\nx: text"]]),
            ("Kind,Name,Fields\nEvent,Paid,\"a, b: int\"", &[&["domain_event: Paid\na: text\nb: int"]]),
            ("Pay\n    requires open\n  - Paid", &[&["Pay\nrequires open"], &["Paid"]]),
            ("a\u{0}b\u{7}c\u{1b}[31m", &[&["abc[31m"]]),
            ("<html><body><table><tr><td>A &amp; B</td><td>C</td></tr></table><script>no</script>", &[&["A & B", "C"]]),
            ("<ul><li>One</li><li>Two &#8364;</li></ul>", &[&["One"], &["Two \u{20ac}"]]),
            ("{\\rtf1{\\fonttbl{\\f0 Arial;}}\\f0 One\\par Tw\\'f6\\par}", &[&["One"], &["Tw\u{f6}"]]),
            // A unit above 32,767 is written as a negative number; `uc` says how many characters stand in for readers
            // that know no Unicode, within its group.
            (
                "{\\rtf1\\uc0\\u-10179 \\u-8704 A{\\uc2 \\u8364 \\'80?B}\\u8364 C\\par}",
                &[&["\u{1f600}A\u{20ac}B\u{20ac}C"]],
            ),
            ("{\\rtf1\\u8364\\'80A\\u8364 ?B\\par}", &[&["\u{20ac}A\u{20ac}B"]]),
            // What word processors put before the entries of a list is no cell of a table.
            ("\u{2022}\tOne\n\u{2022}\tTwo\n", &[&["One"], &["Two"]]),
            ("1.\tOne\n2.\tTwo\n", &[&["One"], &["Two"]]),
            ("1.\tOne\tA\n2.\tTwo\tB\n", &[&["1.", "One", "A"], &["2.", "Two", "B"]]),
            (
                "#\tActors\tCommand\tEvent\tRisk\n1\tGuest\tPay\tPaid\tlow\n2\t\tShip\tX: Courier\t",
                &[
                    &["actor: Guest", "command: Pay", "domain_event: Paid", "note: low"],
                    &["command: Ship", "external_system: Courier"],
                ],
            ),
            ("Name\tField\tWhen\nPaid\ttotal\tlater", &[&["Paid\ntotal: text\nlater"]]),
            ("Event\tCommand", &[&["Event", "Command"]]),
            (
                "# Sales\nPaid\n- ? Who pays\n## Later\nShipped\n#1 is best",
                &[&["note: Sales", "Paid", "hotspot: Who pays"], &["note: Later", "Shipped", "#1 is best"]],
            ),
            ("if a < b then c", &[&["if a < b then c"]]),
            ("\"unclosed, quote", &[&["\"unclosed, quote"]]),
        ] {
            assert_eq!(texts(text, false), expected, "{text:?}");
        }
        assert_eq!(texts("Hello, world", true), [["Hello", "world"]]);
        assert!(read(" \n\t\n", false, &mut |_| true).is_none());
    }

    #[test]
    fn too_much_is_left_out_and_said() {
        let many = "Order Placed\n".repeat(50_000);
        assert!(!is_short(&many));
        let pasted = read(&many, false, &mut |_| true).unwrap();
        assert_eq!(pasted.count(), PASTE_MOST);
        assert!(pasted.remark().unwrap().starts_with("40000 more were left out"));
        assert!(read(&many, false, &mut |_| false).is_none(), "it can be cancelled");
        let long = "x".repeat(1_000_000);
        let Some(Pasted::List(list)) = read(&long, false, &mut |_| true) else { panic!("one sticky") };
        assert_eq!((list.cells().count(), list.cut), (1, 1));
        // Notes are part of the text, and empty cells are nothing that could be left out.
        let table = format!("Kind\tName\tNotes{}\nEvent\tPaid\t{long}\n", "\t".repeat(300));
        let Some(Pasted::List(list)) = read(&table, false, &mut |_| true) else { panic!("one sticky") };
        assert_eq!(list.cells().map(|it| it.text.chars().count()).collect::<Vec<_>>(), [TEXT_MOST]);
        assert_eq!((list.left_out, list.cut), (0, 1));
        let wide = format!("{}\n", "x\t".repeat(199)).repeat(60);
        let pasted = read(&wide, false, &mut |_| true).unwrap();
        assert_eq!((pasted.count(), pasted.remark().unwrap().split(' ').next()), (PASTE_MOST, Some("1940")));
        assert_eq!(clean_within(&long, 9_990), ("x".repeat(10), true));
        assert_eq!(clean_within("a\r\nb", 0), ("a\nb".to_owned(), false));
    }
}
