//! A board that is legal and means harm: names that are paths, keywords, emoji, comments, templates, and all alike.

use stormglass::board::{Board, Edit, Element, Frame, FrameKind, Kind, Level, Link, Scenario, Settings, Sticky, apply};
use stormglass::kit::{Id, IdSource, Point, Rect, Size};

/// Names that code, files, schemas or templates could trip over.
const NAMES: &[&str] = &[
    "../../x",
    "fn",
    "Option",
    "self",
    "🦀🔥",
    "\u{202e}drawkcab\u{2066}",
    "*/ fn main() {",
    "\"# raw",
    "{{ name }} {% if %}",
    "Order",
    "order",
    "ORDER",
    "Decide",
    "Story",
    "Message",
    "Envelope",
    "tasks",
    "CON",
    "1st",
    "中文",
    "a\\b",
    "</script>",
    "State",
    "Row",
    "Rules",
    "rules",
    "event",
    "Some",
    "Órder",
    "String",
    "Defaults",
    "InMemory",
];

/// Fields that trip over themselves and over the variables of generated functions.
const FIELDS: &str = "self: text\nfn: int?\nstate: bool\nrules: list<text?>\nevent: map<decimal(28,28)>\ncommand: bytes?\n\
                      2nd: date\nsecond: time?\n🦀: enum(fn|Self|a b|🦀|\"#|{{)\nstory: timestamp\nkey: list<map<int>>\n\
                      it: double\n\u{202e}x: float?\norder line: uuid?\nOrder Line: long\nname: text\nName: text\n\
                      part: value object?\nstatus: enum(open|closed)";

/// The fields that the rules name.
const FEW: &str = "name: text\nit: double\nstatus: enum(open|closed)\nstate: bool";

struct Wall {
    board: Board,
    ids: IdSource,
}

impl Wall {
    fn add(&mut self, element: Element) {
        let _ = apply(&mut self.board, &Edit::Add(Box::new(element))).expect("the edit applies");
    }

    fn sticky(&mut self, kind: Kind, x: i32, y: i32, text: &str) -> Id {
        let id = self.ids.next_id();
        self.add(Element::Sticky(Sticky::new(id, kind, Point::new(x, y), text)));
        id
    }

    fn link(&mut self, from: Id, to: Id, text: &str) {
        let id = self.ids.next_id();
        self.add(Element::Link(Link { id, from, to, text: text.to_owned() }));
    }

    fn context(&mut self, x: i32, name: &str) {
        let id = self.ids.next_id();
        let rect = Rect::new(Point::new(x, -200), Size::new(2_900, 12_000));
        self.add(Element::Frame(Frame::new(id, FrameKind::BoundedContext, rect, name)));
    }
}

/// The board.
pub(super) fn board() -> Board {
    let settings = Settings {
        title: "{{ title }} */ \u{202e} \"#".to_owned(),
        level: Level::Design,
        notes: "\u{0}{% include 'x' %}".to_owned(),
        ..Settings::default()
    };
    let mut wall = Wall { board: Board::with_settings(settings), ids: IdSource::seeded(7) };
    let long = "x".repeat(10_000);
    let names: Vec<&str> = NAMES.iter().copied().chain([long.as_str(), &long]).collect();
    for (side, context) in ["foundation", "Serde"].into_iter().enumerate() {
        let x = side as i32 * 3_000;
        wall.context(x - 50, context);
        let _ =
            wall.sticky(Kind::TERM, x, 10_000, "Value Object\nother: other object?\namount: decimal(12,2)\nself: text");
        let _ = wall.sticky(Kind::TERM, x + 200, 10_000, "Other Object\nback: list<value object>");
        let mut last: Option<Id> = None;
        // The first context has them all, the second enough to meet the first one's.
        let count = if side == 0 { names.len() } else { 5 };
        for (at, name) in names.iter().take(count).enumerate() {
            let y = at as i32 * 280;
            // A few with all fields are enough to compile.
            let fields = if at % 8 == side { FIELDS } else { FEW };
            let with_key = |rest: &str| format!("{name}\nid: uuid key\n{fields}{rest}");
            let prose =
                "\nrequires \"*/ {{ x }} \u{202e} is it so?\nrequires status = 'open' AND name <> 'it''s \\ \"'";
            let command = wall.sticky(Kind::COMMAND, x, y, &with_key(prose));
            let aggregate = wall.sticky(Kind::AGGREGATE, x + 200, y, name);
            let sets = "\nsets name = UCASE(name || ' {{'), it = it * 2, status = CASE WHEN it > 1 THEN 'open' ELSE 'closed' END";
            let event = wall.sticky(Kind::DOMAIN_EVENT, x + 480, y, &with_key(sets));
            let other = wall.sticky(Kind::DOMAIN_EVENT, x + 480, y + 130, &format!("{name}\nid: uuid\nwhy: text?"));
            wall.link(command, aggregate, "");
            wall.link(aggregate, event, "");
            wall.link(aggregate, other, "");
            let policy = wall.sticky(Kind::POLICY, x + 700, y, &format!("{name}\nwhen name LIKE '%\"{{{{%' OR it > 2"));
            wall.link(event, policy, "if it is so */ {{");
            let view =
                wall.sticky(Kind::READ_MODEL, x + 1_000, y, &format!("{name}\nid: uuid key\nname: text\nit: double"));
            wall.link(event, view, "");
            let system = wall.sticky(Kind::EXTERNAL_SYSTEM, x + 1_500, y, name);
            let request = wall.sticky(Kind::COMMAND, x + 1_200, y, &format!("{name}\nid: uuid\nname: text"));
            let answer = wall.sticky(Kind::DOMAIN_EVENT, x + 1_800, y, &format!("{name}\nid: uuid\nname: text"));
            wall.link(policy, request, "");
            wall.link(request, system, "");
            wall.link(system, answer, "");
            if let Some(last) = last {
                wall.link(policy, last, "when state = TRUE");
            }
            last = Some(command);
        }
        let many: String = (0..200).map(|at| format!("\nfield {at}: text?")).collect();
        let _ = wall.sticky(Kind::DOMAIN_EVENT, x + 2_000, 0, &format!("Many Fields{many}"));
        let _ = wall.sticky(Kind::TIME_EVENT, x + 2_000, 300, "*/ every {{ day }}\nevery 1 day");
    }
    let id = wall.ids.next_id();
    let card =
        "*/ {{ x }} \"# fn\ngiven Many Fields(field 0 = '\"#{{*/')\nwhen Many Fields(field 1 = 'x')\nthen nothing";
    wall.add(Element::Scenario(Scenario::new(id, Point::new(0, 11_900), card)));
    wall.board
}
