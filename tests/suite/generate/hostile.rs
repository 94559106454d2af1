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

/// Shapes: messages of one name from several contexts, stickies without a name, notes that look like Markdown, conditions
/// that say nothing, and that compare conditions.
const SHAPES: &str = r#"
context "Alpha" @30000,-100 1900x9000
context "Beta" @32000,-100 1900x9000
context "Gamma" @34000,-100 2900x9000
G bmoney "Money" @30000,8000
    amount: decimal(12,2)
    step: enum(a|b)
G bmoney2 "Money" @32000,8000
    amount: int
    more: list<text?>?
    step: enum(c|d)
C bpay "Pay" @30000,0
    id: uuid key
    sum: money
A bpaya "Payment" @30200,0
E bpaid "Paid" @30500,0
    id: uuid key
    sum: money
    step: enum(x|y)
bpay -> bpaya
bpaya -> bpaid
C bpay2 "Pay" @32000,0
    id: uuid key
    sum: money
A bpay2a "Payment" @32200,0
E bpaid2 "Paid" @32500,0
    id: uuid key
    sum: money
    step: enum(z|w)
bpay2 -> bpay2a
bpay2a -> bpaid2
P bboth "Whenever paid" @34000,0
bpaid -> bboth
bpaid2 -> bboth
bboth -> bpay
bboth -> bpay2
P bjoined "Whenever both paid" join 1h @34000,300
bpaid -> bjoined
bpaid2 -> bjoined
bjoined -> bpay : when it is so
bjoined -> bpay2 : otherwise
P beith "Whenever either" either @34000,600
bpaid -> beith
beith -> bpay : if nice
beith -> bpay2 : if not nice
R brm "Payments" @34300,0
    id: uuid key
    step: text
bpaid -> brm
bpaid2 -> brm : when step = 'z'
A bagg "Pot" @34600,0
C bstir "Stir" @34400,600
    id: uuid key
bstir -> bagg
bagg -> bpaid
bagg -> bpaid2
X bext "Bank" @34600,900
C bask "Ask" @34400,900
    id: uuid key
bask -> bext
bext -> bpaid
bext -> bpaid2
bpay -> bext
T btim "Later" @34000,1300
    1 day after Paid
bpaid2 -> btim
btim -> bpaid
btim -> bpaid2
C bun "" @35000,0
A bun2 "" @35200,0
E bun3 "" @35500,0
bun -> bun2
bun2 -> bun3
P bun4 "" @35800,0
bun3 -> bun4
R bun5 "" @35800,300
bun3 -> bun5
X bun6 "" @36200,0
C bun7 "" @36000,0
bun4 -> bun7
bun7 -> bun6
C bnotes "Noted" @35000,600
    id: uuid key
    - one
    - two
    and more
    1. first
       * second
    ~~~rust
    let x: = ;
    ~~~
    # heading
    > quote
    === 
    | a | b |
    &lt; http://example.org <b> [x] 
    * 	 star
    requires - a
    requires rule ends in {
A bnotesa "Notes" @35200,600
    - one
    two
    always it holds {
    always LEN(name) < 3
    name: text
E bnotese "Was Noted" @35500,600
    id: uuid key
    - one
    two
    name: text
    sets name = name
bnotes -> bnotesa
bnotesa -> bnotese
C bsilly "Silly" @35000,1200
    id: uuid key
    a: int
    l: long
    f: float
    d: double
    t: text
    u: text?
    flag: bool
    maybe: bool?
    e: decimal(12,2)
    requires a = a
    requires flag = flag
    requires flag AND flag
    requires flag OR NOT flag
    requires a * 0 = 0
    requires d < 3.15
    requires d < 2.718281828
    requires f < CAST(3.14 AS DOUBLE)
    requires CASE WHEN flag THEN TRUE ELSE FALSE END
    requires CASE WHEN a > 1 THEN 'x' WHEN a > 1 THEN 'x' ELSE 'x' END = 'x'
    requires t NOT LIKE 'a"%' ESCAPE '"' AND (u IS NULL OR u LIKE 'x\%' ESCAPE '\')
    requires TRUE
    requires NOT FALSE
    requires maybe IS NULL OR maybe = maybe
    requires NOT (a BETWEEN 5 AND 1) AND a BETWEEN 1 AND 5
    requires NOT (a > 2147483647)
    requires a > 1 AND a > 1
    requires a - 1 < a AND a < a + 1
    requires a IN (2, 2)
    requires t = '' OR LEN(t) = 0
    requires NOT (a = 1 AND NOT flag)
    requires e < 1e10
    requires COALESCE(u, t) = COALESCE(t, u)
    requires (flag)
    requires ((a > 1) = flag)
A bsillya "Sill" @35200,1200
E bsillye "Was Silly" @35500,1200
    id: uuid key
    f: float
    g: double
    h: float?
bsilly -> bsillya
bsillya -> bsillye : f = 0.1, g = 3.14159, h = 3.14
scenario "first silly" @34000,6000
    when Silly(a = 2, f = 0.1, d = 1.5, flag = TRUE)
    then Was Silly(f = 0.1, g = 3.14159)
scenario "rejected one" @34000,6300
    when Silly(a = 1, f = 0.1, d = 3.14)
    then rejected
"#;

/// Shapes: values and keys of every type, parts that have nothing to do, names that a number makes alike.
const MORE: &str = r#"
context "Keys" @40000,-100 2900x9000
G cinner "Inner Thing" @40000,8000
    a: int
    b: list<text?>?
    c: map<list<int?>?>
    d: enum(one|two)?
    self: bytes
G cterm "Outer" @40200,8000
    inner: inner thing
    more: list<inner thing>
    maybe: inner thing?
C call "Take All" @40000,0
    id: text key
    a: bytes
    b: map<decimal(4,1)>
    c: list<list<double>>
    d: timestamp
    e: date
    f: time
    g: outer
    h: outer?
    i: uuid?
    j: list<outer?>?
    k: float?
    l: long
    m: enum(a|b)?
    n: decimal(20,10)
    o: bytes?
    p: map<outer>
A calla "All Taken" @40200,0
E calle "All Done" @40500,0
    id: text key
    a: bytes
    b: map<decimal(4,1)>
    c: list<list<double>>
    d: timestamp
    e: date
    f: time
    g: outer
    h: outer?
    i: uuid?
    j: list<outer?>?
    k: float?
    l: long
    m: enum(a|b)?
    n: decimal(20,10)
    o: bytes?
    p: map<outer>
    q: int
    r: text?
    s: text?
call -> calla
calla -> calle : q = g->inner->a, r = g->inner->b[1], s = CAST(m AS STRING)
R callr "All Rows" @40800,0
calle -> callr
E ckb "Bytes Keyed" @40500,400
    k: bytes key
E cke "Enum Keyed" @40500,530
    k: enum(x y|z) key
E ckd "Decimal Keyed" @40500,660
    k: decimal(9,2)? key
E ckl "List Keyed" @40500,790
    k: list<int> key
E ckr "Record Keyed" @40500,920
    k: outer key
E ckt "Time Keyed" @40500,1050
    k: timestamp key
E ckf "Float Keyed" @40500,1180
    k: double? key
E ckx "Bool Keyed" @40500,1310
    k: bool key
R crb "B Rows" @40800,400
ckb -> crb
R cre "E Rows" @40800,530
cke -> cre
R crd "D Rows" @40800,660
ckd -> crd
R crl "L Rows" @40800,790
ckl -> crl
R crr "R Rows" @40800,920
ckr -> crr
R crt "T Rows" @40800,1050
ckt -> crt
R crf "F Rows" @40800,1180
ckf -> crf
R crx "X Rows" @40800,1310
ckx -> crx
P cpmany "Whenever all of them" join 1h @41100,400
ckb -> cpmany
cke -> cpmany
ckd -> cpmany
ckl -> cpmany
ckr -> cpmany
ckt -> cpmany
ckf -> cpmany
ckx -> cpmany
C cafter "After" @41400,400
    k: bytes key
    e: enum(x y|z)
cpmany -> cafter
A caft "Afterwards" @41600,400
cafter -> caft
E cafe "After Done" @41900,400
    k: bytes key
caft -> cafe
C clonely "Lonely" @40000,2000
A conlyc "Only Commands" @40200,2000
clonely -> conlyc
A conlye "Only Events" @40200,2300
E conlyev "Only Event" @40500,2300
conlye -> conlyev
A cnothing "Nothing At All" @40200,2600
X cextn "Nobody Asks" @40200,2900
E cexte "Told By Itself" @40500,2900
cextn -> cexte
P cnop "Whenever nothing" @40700,2300
conlyev -> cnop
P cnop2 "Whenever never" @40700,2600
T ct1 "every hour" @40000,3300
T ct2 "2 days after Only Event" @40000,3600
    unless After Done
C ct2c "Remind" @40300,3600
    id: uuid key
    why: text
conlyev -> ct2
ct2 -> ct2c
A ct2a "Reminder" @40500,3600
ct2c -> ct2a
E ct2e "Reminded" @40800,3600
ct2a -> ct2e
T ct3 "Closing Time" @40000,3900
    daily at 18:00
    id: uuid key
    note: text
E ct3e "Closed" @40300,3900
    id: uuid key
    note: text
ct3 -> ct3e : note = note || '!'
P cselect "Counting" @40700,3900
    select k as id, count(*) as times from t group by k
C cselc "Count Row" @41000,3900
    id: uuid key
    times: long
E csele "Count Row Row" @40400,4200
    id: uuid key
csele -> cselect
E csele2 "Count Row" @40400,4400
    id: uuid key
csele2 -> cselect
cselect -> cselc
A csela "Counter" @41200,3900
cselc -> csela
E cseled "Counted" @41500,3900
csela -> cseled
W cman "Clerk" @41500,4300
P cmanual "Whenever counted" @41700,4300
cseled -> cmanual
cman -> cmanual
C cbyhand "By Hand" @42000,4300
cmanual -> cbyhand
cbyhand -> csela
E cx2 "X 2" @41500,5000
    id: uuid key
E cx22 "X2" @41500,5200
    id: uuid key
E cx "X" @41500,5400
    id: uuid key
E cxx of "X" @41500,5600
R cxr "X rows" @41900,5000
cx -> cxr
cxx -> cxr
cx2 -> cxr
cx22 -> cxr
P cxp "Whenever X" @41900,5300
cx -> cxp
cxx -> cxp
cx2 -> cxp
cx22 -> cxp
C cxo "Ask X" @42200,5300
    id: uuid key
    outcome: text?
C cxo2 "Ask X Outcome" @42200,5500
    id: uuid key
P cxpe "Whichever X" either @41900,5700
cx -> cxpe
cxx -> cxpe
cx2 -> cxpe
cx22 -> cxpe
cxpe -> cxo
cxpe -> cxo2
cxp -> cxo
A cxa "Asker" either @42500,5300
cxo -> cxa
cxo2 -> cxa
E cxe1 "X Outcome" @42700,5300
    id: uuid key
    x: text
E cxe2 "Asked" @42700,5500
    id: uuid key
    outcome: text
    x: text
cxa -> cxe1
cxa -> cxe2
scenario "all of them" @40000,7000
    given All Done(id = 'x', q = 1)
    when Take All(id = 'a b', a = 'ff00', d = '2026-01-01T10:00:00Z', e = '2026-01-01', f = '10:00', l = -5, k = 3.14, n = -0.05, m = 'a')
    then All Done(k = 3.14, n = -0.05, m = 'a', i = NULL, h = NULL, r = NULL, l = -5)
scenario "" @40000,7300
    when Lonely()
    then nothing
scenario "2 x" @40000,7500
    given Told By Itself()
    when After()
    then After Done
scenario "2 x" @40000,7700
    when After()
    then After Done
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
    let like_code = crate::notation::board(&[LIKE_CODE, SHAPES, MORE].concat());
    like_code.frames().values().for_each(|it| wall.add(Element::Frame(it.clone())));
    like_code.stickies().values().for_each(|it| wall.add(Element::Sticky(it.clone())));
    like_code.links().values().for_each(|it| wall.add(Element::Link(it.clone())));
    like_code.scenarios().values().for_each(|it| wall.add(Element::Scenario(it.clone())));
    wall.board
}
