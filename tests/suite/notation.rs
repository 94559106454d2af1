//! Boards as text, for tests. One element a line, in any order that defines before it uses:
//!
//! ```text
//! level design                              settings: level, language, title; `exploring` alone
//! E "Order Placed" @100,100                 sticky: letter, name, corner (left out: next column of row 0)
//! C pay "Pay" @0,0 200x100 !starts !final   label, size, marks; `pay` is what links may call it
//!     total: decimal(12,2)                  indented: further lines of its text
//! E again of "Order Placed" @300,100        a further placement
//! P "Ship" all  |  A "Order" either  |  P "Both" join 1h        fork and join
//! context "Ordering" @0,0 900x500           frames: context, aggregate, lane, chapter
//! "Pay" -> "Order Placed" : when total > 0  link with its text
//! scenario "places an order" @0,600
//! waive S5 on pay because it is enough      waiver
//! refuse pay -> "Order Placed"              refused ghost link
//! relate Ordering and gone: Conformist       patterns of two contexts; `gone` is one that does not exist
//! ```
//!
//! Letters: E event, C command, P policy, X external system, A aggregate, R read model, W actor, T time event,
//! H hotspot, O opportunity, V value, U screen, N note, G term. Ids count up from 1 in the order of the lines.

use std::collections::BTreeMap;

use stormglass::board::{
    Board, Edit, Element, Frame, FrameKind, Inputs, Kind, Level, Link, Mark, Outputs, Pattern, Refusal, Relationship,
    Scenario, Setting, Settings, Sticky, Waiver, apply,
};
use stormglass::kit::{Id, Point, Rect, Size};

/// A board and the ids of what it holds, by label and by name (the first of a name).
pub(crate) struct Noted {
    /// The board.
    pub(crate) board: Board,
    /// Ids by label and by name; a frame's also by `kind name`.
    pub(crate) ids: BTreeMap<String, Id>,
    labels: BTreeMap<Id, String>,
}

impl Noted {
    /// The id of a label or name.
    pub(crate) fn id(&self, of: &str) -> Id {
        *self.ids.get(of).unwrap_or_else(|| panic!("notation: nothing is called `{of}`"))
    }

    /// The label of an id, else its name.
    pub(crate) fn called(&self, id: Id) -> String {
        self.labels.get(&id).cloned().unwrap_or_else(|| self.board.name(id))
    }
}

/// The board that the text describes.
pub(crate) fn board(text: &str) -> Board {
    read(text).board
}

/// The board that the text describes, with the ids of what it holds.
pub(crate) fn read(text: &str) -> Noted {
    let settings = Settings { level: Level::Design, ..Settings::default() };
    let mut reader = Reader {
        noted: Noted { board: Board::with_settings(settings), ids: BTreeMap::new(), labels: BTreeMap::new() },
        next: 0,
        columns: 0,
        open: None,
    };
    for line in text.lines() {
        let continues = line.starts_with("    ") && reader.open.is_some() && !is_element(line.trim());
        match continues {
            true => reader.go_on(line.trim()),
            false if line.trim().is_empty() || line.trim_start().starts_with('#') => {}
            false => reader.line(line.trim()),
        }
    }
    reader.flush();
    reader.noted
}

/// Whether an indented line opens an element of its own (texts in tests are indented as a whole).
fn is_element(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    let rest = line.get(word.len()..).unwrap_or_default();
    let named = rest.contains('"') || rest.contains(" of ");
    (kind_of(word).is_some() && named)
        || (frame_kind(word).is_some() && rest.contains('@'))
        || ["level", "language", "title", "exploring", "waive", "refuse", "relate", "scenario", "#"].contains(&word)
        || line.contains(" -> ")
}

fn kind_of(letter: &str) -> Option<Kind> {
    Some(match letter {
        "E" => Kind::DOMAIN_EVENT,
        "C" => Kind::COMMAND,
        "P" => Kind::POLICY,
        "X" => Kind::EXTERNAL_SYSTEM,
        "A" => Kind::AGGREGATE,
        "R" => Kind::READ_MODEL,
        "W" => Kind::ACTOR,
        "T" => Kind::TIME_EVENT,
        "H" => Kind::HOTSPOT,
        "O" => Kind::OPPORTUNITY,
        "V" => Kind::VALUE,
        "U" => Kind::UI,
        "N" => Kind::NOTE,
        "G" => Kind::TERM,
        _ => return None,
    })
}

fn frame_kind(word: &str) -> Option<FrameKind> {
    Some(match word {
        "context" => FrameKind::BoundedContext,
        "aggregate" => FrameKind::Aggregate,
        "lane" => FrameKind::Swimlane,
        "chapter" => FrameKind::Chapter,
        _ => return None,
    })
}

fn mark(word: &str) -> Mark {
    match word {
        "pivotal" => Mark::Pivotal,
        "final" => Mark::Final,
        "starts" => Mark::Starts,
        "incoming" => Mark::Incoming,
        "integration" => Mark::Integration,
        "outside" => Mark::Outside,
        "manual" => Mark::Manual,
        "closed" => Mark::Closed,
        "crud" => Mark::Crud,
        "parked" => Mark::Parked,
        _ => panic!("notation: no mark `{word}`"),
    }
}

struct Reader {
    noted: Noted,
    next: u128,
    columns: i32,
    /// The element whose text may go on.
    open: Option<Element>,
}

impl Reader {
    fn id(&mut self) -> Id {
        self.next += 1;
        Id::from_bits(self.next)
    }

    fn go_on(&mut self, line: &str) {
        let text = match &mut self.open {
            Some(Element::Sticky(it)) => &mut it.text,
            Some(Element::Frame(it)) => &mut it.text,
            Some(Element::Scenario(it)) => &mut it.text,
            Some(Element::Link(it)) => &mut it.text,
            _ => panic!("notation: `{line}` goes on with nothing"),
        };
        text.push('\n');
        text.push_str(line);
    }

    fn flush(&mut self) {
        if let Some(element) = self.open.take() {
            self.edit(Edit::Add(Box::new(element)));
        }
    }

    fn edit(&mut self, edit: Edit) {
        apply(&mut self.noted.board, &edit).unwrap_or_else(|err| panic!("notation: {err}"));
    }

    fn line(&mut self, line: &str) {
        self.flush();
        if let Some((from, to)) = line.split_once(" -> ").filter(|_| !line.starts_with("refuse ")) {
            let (to, text) = to.split_once(" : ").unwrap_or((to, ""));
            let (from, to, id) = (self.reference(from), self.reference(to), self.id());
            self.open = Some(Element::Link(Link { text: text.to_owned(), ..Link::new(id, from, to) }));
            return;
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "level" => {
                let new = Level::ALL.into_iter().find(|it| it.key() == rest.trim());
                let old = Setting::Level(self.noted.board.settings().level);
                let new = Setting::Level(new.unwrap_or_else(|| panic!("notation: no level `{rest}`")));
                self.edit(Edit::Settings { old, new });
            }
            "language" => {
                let old = Setting::Language(self.noted.board.settings().language.clone());
                self.edit(Edit::Settings { old, new: Setting::Language(rest.trim().to_owned()) });
            }
            "title" => {
                let old = Setting::Title(self.noted.board.settings().title.clone());
                self.edit(Edit::Settings { old, new: Setting::Title(rest.trim().to_owned()) });
            }
            "exploring" => self.edit(Edit::Settings { old: Setting::Exploring(false), new: Setting::Exploring(true) }),
            "waive" => {
                let (rule, rest) = rest.split_once(" on ").expect("waive RULE on ELEMENT because REASON");
                let (on, reason) = rest.split_once(" because ").expect("waive RULE on ELEMENT because REASON");
                let (on, id) = (self.reference(on), self.id());
                let waiver = Waiver { id, rule: rule.trim().to_owned(), on, reason: reason.trim().to_owned() };
                self.edit(Edit::Add(Box::new(Element::Waiver(waiver))));
            }
            "refuse" => {
                let (from, to) = rest.split_once(" -> ").expect("refuse FROM -> TO");
                let (from, to, id) = (self.reference(from), self.reference(to), self.id());
                self.edit(Edit::Add(Box::new(Element::Refusal(Refusal { id, from, to }))));
            }
            "relate" => {
                let (from, rest) = rest.split_once(" and ").expect("relate CONTEXT and CONTEXT: PATTERN, PATTERN");
                let (to, patterns) = rest.split_once(':').expect("relate CONTEXT and CONTEXT: PATTERN, PATTERN");
                let id = self.id();
                let mut it = Relationship::new(id, self.context(from), self.context(to));
                let named = |name: &str| Pattern::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name));
                let patterns = patterns.split(',').map(str::trim).filter(|it| !it.is_empty());
                it.patterns = patterns.map(|it| named(it).unwrap_or_else(|| panic!("no pattern `{it}`"))).collect();
                self.edit(Edit::Add(Box::new(Element::Relationship(it))));
            }
            _ => self.placed(word, rest, line),
        }
    }

    /// A context by name; `gone` is one that does not exist.
    fn context(&self, text: &str) -> Id {
        match text.trim().trim_matches('"') {
            "gone" => Id::from_bits(u128::MAX),
            name => self.noted.id(&format!("context {name}")),
        }
    }

    fn reference(&self, text: &str) -> Id {
        self.noted.id(text.trim().trim_matches('"'))
    }

    /// A sticky, frame or scenario.
    fn placed(&mut self, word: &str, rest: &str, line: &str) {
        let (label, name, rest) = match rest.split_once('"') {
            Some((label, rest)) => {
                let (name, rest) = rest.split_once('"').unwrap_or_else(|| panic!("notation: open quote in `{line}`"));
                (label.trim().to_owned(), Some(name.replace("\\n", "\n")), rest.to_owned())
            }
            None => (String::new(), None, rest.to_owned()),
        };
        let (label, of, name, rest) = match label.split_once(" of").map(|(label, _)| label.to_owned()) {
            Some(label) => (label, name.as_deref().map(|it| self.noted.id(it)), None, rest),
            None if name.is_none() => {
                let (label, rest) = rest.split_once(" of ").unwrap_or_else(|| panic!("notation: cannot read `{line}`"));
                let (of, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                (label.trim().to_owned(), Some(self.noted.id(of)), None, rest.to_owned())
            }
            None => (label, None, name, rest),
        };
        let mut at = None;
        let mut size = Size::new(0, 0);
        let mut marks = Vec::new();
        let mut outputs = None;
        let mut inputs = None;
        let mut words = rest.split_whitespace();
        let number = |text: &str| text.parse::<i32>().unwrap_or_else(|_| panic!("notation: `{text}` in `{line}`"));
        while let Some(it) = words.next() {
            if let Some((x, y)) = it.strip_prefix('@').and_then(|it| it.split_once(',')) {
                at = Some(Point::new(number(x), number(y)));
            } else if let Some(it) = it.strip_prefix('!') {
                marks.push(mark(it));
            } else if it == "either" {
                outputs = Some(Outputs::Either);
            } else if it == "all" {
                outputs = Some(Outputs::All);
            } else if it == "join" {
                let within = words.next().and_then(|it| it.parse().ok()).expect("join DURATION");
                inputs = Some(Inputs::All { within });
            } else if let Some((w, h)) = it.split_once('x') {
                size = Size::new(number(w), number(h));
            } else {
                panic!("notation: cannot read `{it}` in `{line}`");
            }
        }
        let id = self.id();
        let at = at.unwrap_or_else(|| {
            self.columns += 1;
            Point::new((self.columns - 1) * 300, 0)
        });
        let text = name.clone().unwrap_or_default();
        let element = if let Some(kind) = kind_of(word) {
            let marks = marks.into_iter().collect();
            let new = Sticky::new(id, kind, at, text);
            Element::Sticky(Sticky { w: size.w, h: size.h, of, marks, outputs, inputs, ..new })
        } else if let Some(kind) = frame_kind(word) {
            let marks = marks.into_iter().collect();
            Element::Frame(Frame { marks, ..Frame::new(id, kind, Rect::new(at, size), text) })
        } else if word == "scenario" {
            Element::Scenario(Scenario::new(id, at, text))
        } else {
            panic!("notation: cannot read `{line}`")
        };
        if !label.is_empty() {
            self.noted.labels.insert(id, label.clone());
        }
        for key in [Some(label), name.clone(), name.map(|it| format!("{word} {it}"))].into_iter().flatten() {
            if !key.is_empty() {
                self.noted.ids.entry(key).or_insert(id);
            }
        }
        self.open = Some(element);
    }
}

#[test]
fn a_board_in_words() {
    let noted = read(
        r#"
        level process
        C pay "Pay" @0,0 200x100 !starts
            total: decimal(12,2)
        E "Order Paid" @300,0
        E again of "Order Paid" @600,0
        context "Ordering" @-50,-50 900x500
        pay -> "Order Paid" : when total > 0
        waive S5 on pay because it is enough
        "#,
    );
    let pay = noted.board.sticky(noted.id("pay")).expect("the command");
    assert_eq!((pay.text.as_str(), pay.w, pay.has(Mark::Starts)), ("Pay\ntotal: decimal(12,2)", 200, true));
    assert_eq!(noted.board.sticky(noted.id("again")).and_then(|it| it.of), Some(noted.id("Order Paid")));
    let links: Vec<&str> = noted.board.links().values().map(|it| it.text.as_str()).collect();
    assert_eq!(links, ["when total > 0"]);
    assert_eq!((noted.board.len(), noted.board.settings().level), (6, Level::Process));
}
