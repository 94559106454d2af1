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

/// Stickies, fields and contexts that are called like something in generated code: a parameter, a local variable, a
/// function, a module, a trait, an import, a primitive type, a type parameter. And shapes: a row looked up behind a
/// sentence, guards over the events of a join, fields whose names end like a variable.
const LIKE_CODE: &str = r#"
context "Known" @20000,-100 3000x9000
C command "Command" @20000,0
    id: uuid key
    rules: text
    state: text
    story: int
A state "State" @20200,0
    rules: text
E answered "Command Done" @20500,0
    id: uuid key
    rules: text
    state: text
    story: int
    arrow: text
    sets rules = rules
command -> state
state -> answered : arrow = rules
C request "Request" @20000,300
    id: uuid key
    name: text
X rules "Rules" @20200,300
E told "Rules Told" @20500,300
    id: uuid key
    name: text
E denied "Rules Denied" @20500,430
    id: uuid key
request -> rules
rules -> told : when name is nice
rules -> denied : otherwise
C statec "State" @20000,600
    id: uuid key
C look "Look Something Up" @20000,730
    id: uuid key
A agg2 "Request" @20200,600
E statee "State" @20500,600
    id: uuid key
    step: enum(date|time|in progress|a b|A B|a_b)
    service: enum(story|service)
    result: enum(ok|err)
    message: enum(x|y)
    arrow: text
    rules: text
statec -> agg2
look -> agg2
agg2 -> statee
R row "Row" @20800,0
    id: uuid key
    arrow: text
    rules: text
    event: text
answered -> row : when rules = 'x.rules.'
statee -> row : when rules = 'row.'
R known "Known" @21000,300
    id: uuid key
    name: text
told -> known
P all "Whenever both" join 1500ms @21300,0
answered -> all
told -> all
C ship "Ship Parcel" @21600,0
    id: uuid key
    name: text?
A parcel "Parcel" @21800,0
E shipped "Parcel Shipped" @22100,0
    id: uuid key
all -> ship : when it is nice
ship -> parcel
parcel -> shipped
P lookup "Whenever state" @21300,300
statee -> lookup
known -> lookup
lookup -> ship : name = row.name, if it is nice
E it "It" @21000,900
    id: uuid key
    total: int?
    other: int
E alle "All" @21000,1100
    id: uuid key
    total: int?
P itall "Whenever it and all" join 1h @21300,1000
it -> itall
alle -> itall
C go "Go" @21600,900
    id: uuid key
    total: int?
A goer "Goer" @21800,900
E gone "Gone" @22100,900
    id: uuid key
itall -> go : when It.total > It.other AND All.total > It.other
itall -> ship : otherwise
go -> goer
goer -> gone
C label "A" @20000,1500
    id: uuid key
A labela "A" @20200,1500
E outcome "Outcome" @20500,1500
    id: uuid key
    x: uuid?
E outcome2 "Outcome Two" @20500,1630
    id: uuid key
A labelx "either" either @20200,1800
label -> labela
labela -> outcome
labela -> outcome2
T daily "Fire" @20000,2000
    every 1 day
C fired "Fired" @20200,2000
    id: uuid key
A firea "Fire" @20400,2000
E firee "Fired" @20700,2000
    id: uuid key
daily -> fired
fired -> firea
firea -> firee
scenario "looks up" @20000,8000
    when Look Something Up()
    then Ship Parcel
scenario "known tell expect" @20000,8300
    when Command(rules = 'x')
    then Command Done
context "Tell" @24000,-100 900x900
C a "Pay" @24000,0
    id: uuid key
X b "Bank" @24200,0
E c "Paid" @24500,0
    id: uuid key
a -> b
b -> c
context "Sql" @25000,-100 900x900
C a2 "Sql" @25000,0
    id: uuid key
    on: date
A b2 "Sql" @25200,0
E c2 "Sql Done" @25500,0
    id: uuid key
    on: date
a2 -> b2
b2 -> c2
context "H" @26000,-100 900x900
E h "H" @26500,0
    id: uuid key
R hr "H view" @26200,0
h -> hr
context "str" @27000,-100 900x900
E s "Str" @27500,0
    id: uuid key
R sr "Str view" @27200,0
s -> sr
scenario "dates are read" @20000,8600
    when Sql(on = '2026-01-01')
    then Sql Done(on = '2026-01-01')
"#;

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
    let like_code = crate::notation::board(LIKE_CODE);
    like_code.frames().values().for_each(|it| wall.add(Element::Frame(it.clone())));
    like_code.stickies().values().for_each(|it| wall.add(Element::Sticky(it.clone())));
    like_code.links().values().for_each(|it| wall.add(Element::Link(it.clone())));
    like_code.scenarios().values().for_each(|it| wall.add(Element::Scenario(it.clone())));
    wall.board
}
