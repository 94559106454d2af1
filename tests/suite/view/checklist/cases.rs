//! The lines of the check list: what each does here, as scripts, or why it has no meaning.

use stormglass::board::Kind;

use super::Seen;

/// What is done after a script so that its outcome is on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// Nothing: it is there.
    Board,
    /// What is selected is deleted.
    Delete,
    /// A sticky is put at one place of the view.
    Create,
}

/// A script and what must hold then.
pub(super) struct Case {
    pub(super) script: &'static str,
    pub(super) holds: fn(&Seen<'_>) -> bool,
    pub(super) after: After,
}

/// Whether a line has a meaning for stickies, frames and links.
pub(super) enum Works {
    /// It works.
    By(&'static [Case]),
    /// What of it has a meaning works; the rest and why not.
    Partly(&'static [Case], &'static str),
    /// It works, and that is tested elsewhere.
    Elsewhere(&'static str),
    /// It has none, and why.
    Not(&'static str),
}

/// A line of the list.
pub(super) struct Line {
    pub(super) about: &'static str,
    pub(super) works: Works,
}

use After::{Board, Create, Delete};
use Works::{By, Elsewhere, Not, Partly};

const fn line(about: &'static str, works: Works) -> Line {
    Line { about, works }
}

const fn case(script: &'static str, after: After, holds: fn(&Seen<'_>) -> bool) -> Case {
    Case { script, holds, after }
}

/// Nothing: what follows it tells where the view is if nobody moves it.
pub(super) static STILL: Case = case("point 500,640", Create, |_| true);

/// Every line, in the order of the list.
pub(super) static LINES: &[Line] = &[
    line(
        "select / hand tool",
        By(&[
            case("key H | drag 600,300 -> 500,300 | key V | click 600,300", Create, |it| it.scrolled().0 > 50.0),
            case("key H | key V | click A", Delete, |it| it.selected("A")),
        ]),
    ),
    line(
        "sticky note tool",
        By(&[case("move 605,305 | key N | type Hm | key Esc", Board, |it| it.kind("Hm") == Some(Kind::NOTE))]),
    ),
    line(
        "text, frame, eraser",
        Partly(
            &[case("key F | drag -40,-60 -> 380,140 | type Ordering | key Esc", Board, |it| {
                it.frames() == 2 && it.rect("Ordering").w == 420
            })],
            "T is the time event and E the domain event; text stands on stickies, and Del erases",
        ),
    ),
    line("rectangle, ellipse, diamond", Not("generic shapes are left out on purpose: the kinds are the shapes")),
    line(
        "arrow, line, draw, highlight",
        Partly(
            &[case("key L | drag B -> C", Board, |it| it.linked("B", "C"))],
            "an arrow is a link with L; free lines mean nothing in the flow",
        ),
    ),
    line("laser pointer", Not("a pen that leaves nothing on the board; the window has no other viewers")),
    line("bucket fill, eyedropper", Not("colour is the kind; Alt with the kind's key changes it")),
    line(
        "tool lock (keep tool)",
        By(&[case(
            "key Shift+Q | key F | drag -40,-70 -> 380,140 | type X1 | drag 220,220 -> 640,400 | type X2 | key Esc | key Esc | key Shift+Q",
            Board,
            |it| it.frames() == 3,
        )]),
    ),
    line(
        "keyboard pointer-down",
        By(&[case("move C | hold , | move 480,200 | move 530,220 | free ,", Board, |it| it.at("C").1 > 100)]),
    ),
    line(
        "pan: space-drag / middle-drag / right-drag / wheel",
        By(&[
            case("move 600,300 | hold Space | drag 600,300 -> 500,250 | free Space", Create, |it| {
                it.scrolled().0 > 50.0
            }),
            case("mdrag 600,300 -> 500,250", Create, |it| it.scrolled().0 > 50.0),
            case("rdrag 600,300 -> 500,250 | move 600,300", Create, |it| it.scrolled().0 > 50.0),
            case("move 600,300 | wheel -3", Create, |it| it.scrolled().1 > 60.0),
            case("move 600,300 | hold Space | key Right | free Space", Create, |it| it.scrolled().0 > 300.0),
        ]),
    ),
    line(
        "zoom: Ctrl+wheel, pinch",
        By(&[
            case("move A | hold Ctrl | wheel 2 | free Ctrl", Create, |it| it.nearer() > 1.1),
            case("move A | pinch 1.5", Create, |it| (it.nearer() - 1.5).abs() < 0.01),
        ]),
    ),
    line(
        "zoom in / out",
        By(&[
            case("key Ctrl+=", Create, |it| it.nearer() > 1.2),
            case("key =", Create, |it| it.nearer() > 1.2),
            case("key Ctrl+-", Create, |it| it.nearer() < 0.9),
            case("key -", Create, |it| it.nearer() < 0.9),
            case("move A | key Shift+=", Create, |it| it.nearer() > 1.2),
        ]),
    ),
    line(
        "zoom to 100 %",
        By(&[
            case("key Ctrl+= | key Shift+0", Create, |it| (it.nearer() * it.camera.zoom - 1.0).abs() < 0.01),
            case("key Ctrl+= | key Ctrl+0", Create, |it| (it.nearer() * it.camera.zoom - 1.0).abs() < 0.01),
        ]),
    ),
    line(
        "zoom to fit / selection",
        By(&[
            case("click A | key Shift+2", Create, |it| it.nearer() > 1.2),
            case("key Ctrl+= | key Ctrl+= | key Shift+1", Create, |it| (it.nearer() - 1.186).abs() < 0.01),
        ]),
    ),
    line(
        "hold-to-overview zoom",
        By(&[case("key Ctrl+= | key Ctrl+= | key Ctrl+= | hold Z | move G | free Z", Create, |it| {
            it.nearer() > 1.8 && it.scrolled().0 > 100.0
        })]),
    ),
    line(
        "page up/down scroll",
        By(&[
            case("key PgDn", Create, |it| it.scrolled().1 > 200.0),
            case("key PgUp", Create, |it| it.scrolled().1 < -200.0),
            case("key Shift+PgDn", Create, |it| it.scrolled().0 > 300.0),
            case("key Shift+PgUp", Create, |it| it.scrolled().0 < -300.0),
        ]),
    ),
    line(
        "edge scroll while dragging",
        By(&[case("move C | press left | move 600,200 | move edge | linger | release left", Create, |it| {
            it.scrolled().0 > 100.0 && it.at("C").0 > 1_200
        })]),
    ),
    line(
        "click, Shift+click add/remove, marquee",
        By(&[
            case("click A | hold Shift | click B | free Shift", Delete, |it| it.selected("A B")),
            case("click A | hold Shift | click B | click A | free Shift", Delete, |it| it.selected("B")),
            case("drag -60,-60 -> 300,60", Delete, |it| it.selected("A B")),
            case("click D | hold Shift | drag -60,-60 -> 300,60 | free Shift", Delete, |it| it.selected("A B D")),
        ]),
    ),
    line(
        "marquee rule",
        By(&[
            case("drag -60,-60 -> 50,50", Delete, |it| it.selected("A")),
            case("hold Ctrl | drag -60,-60 -> 290,160 | free Ctrl", Delete, |it| it.selected("A")),
        ]),
    ),
    line(
        "scribble/lasso select",
        By(&[case(
            "hold Alt | move -60,-40 | press left | move 200,-40 | move 200,160 | move 420,160 | move 420,200 | move -60,200 | release left | free Alt",
            Delete,
            |it| it.selected("A"),
        )]),
    ),
    line(
        "deep select in a group",
        Partly(
            &[case("click G", Delete, |it| it.selected("G"))],
            "a frame is hollow: one click goes to what lies in it, so there is nothing deeper",
        ),
    ),
    line(
        "select all / none",
        By(&[
            case("key Ctrl+A", Delete, |it| it.selected("A B C D F G")),
            case("key Ctrl+A | key Esc", Delete, |it| it.selected("")),
            case("click A | key Ctrl+Shift+A", Delete, |it| it.selected("A C G")),
        ]),
    ),
    line(
        "select next shape in reading order",
        By(&[
            case("click A | key Tab | key Tab", Delete, |it| it.selected("C")),
            case("click C | key Shift+Tab", Delete, |it| it.selected("B")),
        ]),
    ),
    line(
        "select neighbour by direction",
        By(&[
            case("click C | key Alt+Left", Delete, |it| it.selected("B")),
            case("click B | key Alt+Left", Delete, |it| it.selected("A")),
            case("click D | key Alt+Up", Delete, |it| it.selected("B")),
            case("click B | key Alt+Down", Delete, |it| it.selected("D")),
        ]),
    ),
    line(
        "parent / child selection",
        By(&[
            case("click G | key Ctrl+Shift+Up", Delete, |it| it.selected("F")),
            case("click G | key Ctrl+Shift+Up | key Ctrl+Shift+Down", Delete, |it| it.selected("G")),
        ]),
    ),
    line(
        "quick-create adjacent",
        By(&[
            case("click D | key Enter | key Tab | type New | key Esc", Board, |it| it.at("New") == (500, 260)),
            case("click D | key Enter | key Shift+Tab | type New | key Esc", Board, |it| it.at("New") == (-20, 260)),
            case("click C | key Enter | key Ctrl+Enter | type New | key Esc", Board, |it| it.at("New") == (480, 160)),
            case("click C | key Enter | key Ctrl+Shift+Enter | type New | key Esc", Board, |it| {
                it.at("New") == (480, -160)
            }),
            case(
                "key Ctrl+' | drag B -> 210,50 | key Enter | key Shift+Tab | type There | key Esc | key Ctrl+'",
                Board,
                |it| it.at("There") == (0, 0) && it.stickies() == 5,
            ),
            case("click D | key Enter | key Enter | type New | key Esc", Board, |it| it.at("New") == (500, 260)),
            case("click C | click C.s | type Then | key Esc", Board, |it| {
                it.kind("Then") == Some(Kind::POLICY) && it.linked("C", "Then") && it.at("Then") == (430, 160)
            }),
            case("click C | drag C.s -> D", Board, |it| it.linked("C", "D")),
            case("click C | drag C.s -> 480,480 | type Then | key Esc", Board, |it| it.linked("C", "Then")),
            case("click A | hold Ctrl | key Down | free Ctrl | type Then | key Esc", Board, |it| {
                it.kind("Then") == Some(Kind::POLICY) && it.linked("A", "Then")
            }),
            case("click A | hold Ctrl | key Down | key Down | free Ctrl | type Then | key Esc", Board, |it| {
                it.kind("Then") == Some(Kind::READ_MODEL) && it.linked("A", "Then")
            }),
            case("click A | hold Ctrl | key Left | free Ctrl | type Before | key Esc", Board, |it| {
                it.kind("Before") == Some(Kind::AGGREGATE) && it.linked("Before", "A")
            }),
            case(
                "click A | hold Ctrl | key Down | key Right | free Ctrl | type One | key Enter | type Two | key Esc",
                Board,
                |it| it.stickies() == 7 && it.linked("A", "One") && it.linked("A", "Two"),
            ),
            case("click A | hold Ctrl | key Down | key Right | free Ctrl | type One | key Esc", Board, |it| {
                it.stickies() == 6 && it.linked("A", "One")
            }),
            case("click A | hold Ctrl | key Down | key Esc | free Ctrl", Board, |it| {
                it.stickies() == 5 && it.selected("A")
            }),
            case("click D | key C | type Next | key Esc", Board, |it| {
                it.kind("Next") == Some(Kind::COMMAND) && it.at("Next") == (500, 260)
            }),
        ]),
    ),
    line(
        "sticky auto-placement",
        By(&[case("key Ctrl+' | drag C -> 54,213 | key Ctrl+'", Board, |it| it.at("C") == (0, 160))]),
    ),
    line(
        "sticky sizing",
        Elsewhere(
            "the text shrinks to fit its note, which the tests of the scene measure; a note never grows by itself",
        ),
    ),
    line(
        "edit text",
        By(&[
            case("dclick A | type New | key Esc", Board, |it| it.at("New") == (0, 0)),
            case("click A | key Enter | type New | key Esc", Board, |it| it.at("New") == (0, 0)),
            case("click A | key F2 | type New | key Esc", Board, |it| it.at("New") == (0, 0)),
        ]),
    ),
    line(
        "double click empty canvas",
        By(&[case("dclick 560,300 | type New | key Esc", Board, |it| it.kind("New") == Some(Kind::DOMAIN_EVENT))]),
    ),
    line(
        "finish editing",
        By(&[
            case("dclick A | type New | click 600,300", Board, |it| !it.writing() && it.at("New") == (0, 0)),
            case("dclick F.title | type New | key Ctrl+Enter", Board, |it| !it.writing() && it.frames() == 1),
        ]),
    ),
    line("rich text in notes", Not("a sticky's text is read by the program: name, fields, rules; it is plain")),
    line(
        "move",
        By(&[
            case("drag A -> 150,250", Board, |it| it.at("A") == (100, 200)),
            case("hold Shift | drag A -> 60,260 | free Shift", Board, |it| it.at("A").0 == 0 && it.at("A").1 > 150),
            case("move A | press left | move 300,300 | key Esc | release left", Board, |it| it.at("A") == (0, 0)),
        ]),
    ),
    line(
        "nudge",
        By(&[
            case("click A | key Right | key Shift+Down", Board, |it| it.at("A") == (20, 100)),
            case("key Ctrl+' | click A | key Right | key Shift+Down | key Ctrl+'", Board, |it| it.at("A") == (1, 10)),
        ]),
    ),
    line(
        "duplicate",
        By(&[
            case("click A | key Ctrl+D", Board, |it| it.stickies() == 6),
            case("hold Alt | drag A -> 50,250 | free Alt", Board, |it| it.stickies() == 6 && it.at("B") == (240, 0)),
        ]),
    ),
    line(
        "resize",
        By(&[
            case("click A | drag A.se -> 160,140", Board, |it| (it.rect("A").w, it.rect("A").h) == (160, 140)),
            case("click A | hold Shift | drag A.se -> 160,140 | free Shift", Board, |it| {
                it.rect("A").w == it.rect("A").h && it.rect("A").w >= 158
            }),
            case("click A | hold Alt | drag A.se -> 140,120 | free Alt", Board, |it| {
                it.rect("A").x < 0 && it.rect("A").w == 180 && it.rect("A").center().x == 50
            }),
            case("click A | hold Ctrl | drag A.se -> 153,147 | free Ctrl", Board, |it| it.rect("A").w % 20 != 0),
        ]),
    ),
    line("rotate", Not("a turned sticky reads worse from five metres and says nothing")),
    line(
        "snapping to objects, gap equal spacing",
        By(&[
            case("key Ctrl+' | drag D -> 294,313 | key Ctrl+'", Board, |it| {
                it.rect("D").x == 190 || it.rect("D").x == 192
            }),
            case("key Ctrl+' | drag C -> 567,54 | key Ctrl+'", Board, |it| it.at("C").1 == 0),
            case("key Ctrl+' | drag C -> 525,54 | key Ctrl+'", Board, |it| it.at("C") == (480, 0)),
            case("hold Ctrl | drag A -> 57,213 | free Ctrl", Board, |it| it.at("A").1 % 20 != 0),
            case("key Alt+S | drag A -> 57,213 | key Alt+S", Board, |it| it.at("A").1 % 20 != 0),
        ]),
    ),
    line("grid", By(&[case("key Ctrl+' | drag A -> 57,227 | key Ctrl+'", Board, |it| it.at("A").1 % 20 != 0)])),
    line(
        "align",
        By(&[
            case("click A | hold Shift | click D | free Shift | key Alt+Shift+T", Board, |it| it.at("D").1 == 0),
            case("click A | hold Shift | click D | free Shift | key Alt+Shift+L", Board, |it| it.at("D").0 == 0),
            case("click A | hold Shift | click D | free Shift | key Alt+Shift+M", Board, |it| {
                it.at("A").1 == it.at("D").1
            }),
        ]),
    ),
    line(
        "distribute",
        By(&[
            case(
                "drag B -> 170,50 | key Ctrl+A | hold Shift | click G | click D | click F.title | free Shift | key Alt+Shift+H",
                Board,
                |it| it.at("B").0 == 240,
            ),
            case("drag A -> 50,-250 | hold Shift | click B | click D | free Shift | key Alt+Shift+V", Board, |it| {
                it.at("B").1 == -20
            }),
        ]),
    ),
    line(
        "stack, pack, stretch",
        By(&[
            case("drag -60,-60 -> 540,60 | key Ctrl+K | rest | type stack in a row | key Enter", Board, |it| {
                (it.at("B").0, it.at("C").0) == (160, 320)
            }),
            case("drag -60,-60 -> 540,60 | key Alt+Shift+P", Board, |it| it.at("C").1 > 0),
            case(
                "click A | hold Shift | click D | free Shift | key Ctrl+K | rest | type stretch to one width | key Enter",
                Board,
                |it| it.rect("A").w == 440,
            ),
        ]),
    ),
    line(
        "flip",
        By(&[
            case("drag -60,-60 -> 540,60 | key Shift+H", Board, |it| (it.at("A").0, it.at("C").0) == (480, 0)),
            case("click B | hold Shift | click D | free Shift | key Shift+V", Board, |it| it.at("B").1 == 260),
        ]),
    ),
    line(
        "group / ungroup",
        By(&[
            case("click A | key Ctrl+G | type Ordering | key Esc", Board, |it| it.frames() == 2),
            case("click G | key Ctrl+Shift+G", Board, |it| it.frames() == 0 && it.selected("G")),
        ]),
    ),
    line(
        "frame selection",
        By(&[case("click A | key Ctrl+Alt+G | type Ordering | key Esc", Board, |it| it.frames() == 2)]),
    ),
    line(
        "frame behaviour",
        Partly(
            &[
                case("drag F.title -> 760,134", Board, |it| it.at("G").1 == 260 && it.at("F").1 == 120),
                case("drag C -> 1000,250 | drag F.title -> 760,134", Board, |it| it.at("C").1 > 300),
            ],
            "a frame does not clip: what sticks out is still to be read",
        ),
    ),
    line("lock", By(&[case("click A | key Shift+L | click A", Delete, |it| it.selected("") && it.stickies() == 5)])),
    line(
        "z-order front/back",
        By(&[
            case("drag C -> 90,150 | drag B -> 90,150 | key [ | click 90,150", Delete, |it| it.selected("C")),
            case("drag C -> 90,150 | drag B -> 90,150 | click 90,150 | key [ | key ] | click 90,150", Delete, |it| {
                it.selected("B") || it.selected("C")
            }),
        ]),
    ),
    line(
        "z-order one step",
        By(&[case("drag C -> 90,150 | key ] | drag B -> 90,210 | key ] | key Alt+[ | click 90,180", Delete, |it| {
            it.selected("C")
        })]),
    ),
    line(
        "delete",
        By(&[
            case("click A | key Del", Board, |it| it.stickies() == 4),
            case("click A | key Backspace", Board, |it| it.stickies() == 4),
        ]),
    ),
    line(
        "copy / cut / paste",
        By(&[
            case("click A | key Ctrl+C | move 560,300 | key Ctrl+V", Board, |it| it.stickies() == 6),
            case("click A | key Ctrl+X | move 560,300 | key Ctrl+V", Board, |it| {
                it.stickies() == 5 && it.at("A").1 == 250
            }),
        ]),
    ),
    line(
        "paste at cursor / plain",
        By(&[
            case("click D | key Ctrl+C | move 560,400 | key Ctrl+V", Board, |it| it.stickies() == 6),
            case("move 560,300 | clip One\\nTwo | key Ctrl+Shift+V", Board, |it| it.stickies() == 6),
            case(
                "move 560,300 | key E | type One | key Shift+Enter | type Two | key Ctrl+A | key Ctrl+C | key Esc | move 100,300 | key Ctrl+Shift+V",
                Board,
                |it| it.stickies() == 7,
            ),
        ]),
    ),
    line("copy as PNG / SVG / JSON", Elsewhere("the clipboard is tested with its formats")),
    line(
        "bulk paste lines",
        By(&[
            case("move 560,300 | clip One\\nTwo\\nThree | key Ctrl+V", Board, |it| it.stickies() == 8),
            case(
                "move 560,300 | key E | type One | key Shift+Enter | type Two | key Ctrl+A | key Ctrl+C | key Esc | move 100,400 | key Ctrl+V",
                Board,
                |it| it.stickies() == 8,
            ),
        ]),
    ),
    line(
        "paste tables, mermaid, URL, image, SVG, foreign board",
        Partly(
            &[case("move 0,300 | clip One\\tTwo\\nThree\\tFour | key Ctrl+V", Board, |it| it.stickies() == 9)],
            "tables become stickies; a foreign board has no kinds to read",
        ),
    ),
    line("copy / paste style", Not("colour, shape and size are the kind's: Alt with the kind's key")),
    line(
        "undo / redo",
        By(&[
            case("drag A -> 150,250 | key Ctrl+Z", Board, |it| it.at("A") == (0, 0)),
            case("drag A -> 150,250 | key Ctrl+Z | key Ctrl+Shift+Z", Board, |it| it.at("A") == (100, 200)),
            case("drag A -> 150,250 | key Ctrl+Z | key Ctrl+Y", Board, |it| it.at("A") == (100, 200)),
        ]),
    ),
    line(
        "undo granularity",
        By(&[
            case("drag A -> 150,250 | drag B -> 350,250 | key Ctrl+Z", Board, |it| {
                it.at("A") == (100, 200) && it.at("B") == (240, 0)
            }),
            case("move 560,300 | key E | type Much text | key Esc | key Ctrl+Z", Board, |it| it.stickies() == 5),
        ]),
    ),
    line("links on elements", Not("a sticky stands for a thing of the board, not for a page elsewhere")),
    line("search on canvas", By(&[case("key Ctrl+F", Board, |it| it.shows("Find"))])),
    line(
        "command palette",
        By(&[
            case("key Ctrl+K", Board, |it| it.shows("Command palette")),
            case("key Ctrl+/", Board, |it| it.shows("Command palette")),
            case("key Ctrl+Shift+P", Board, |it| it.shows("Command palette")),
        ]),
    ),
    line("shortcuts help", By(&[case("key Shift+/", Board, |it| it.shows("While writing"))])),
    line(
        "dark mode",
        By(&[
            case("key Alt+Shift+D", Board, |it| it.desk.harness.ctx.global_style().visuals.dark_mode),
            case("key Alt+Shift+D", Board, |it| !it.desk.harness.ctx.global_style().visuals.dark_mode),
        ]),
    ),
    line("zen / focus mode", By(&[case("key Ctrl+. | key Ctrl+.", Board, |it| !it.shows("Place domain event"))])),
    line(
        "view-only mode",
        Not("a file that may not be written opens for reading; there are no other viewers to keep off"),
    ),
    line("stats panel", Not("the status bar counts stickies and links; a drawing's figures say nothing of a flow")),
    line("library of shapes", Not("the kinds are the library; templates and samples are in the File menu")),
    line("minimap", By(&[case("key M | key M", Board, |_| true)])),
    line("pages", Not("a board is one timeline; frames divide it, and each file is a board")),
    line("cursors, follow user, chat", Not("one window on one machine: the room shares the wall")),
    line("autosave, offline", Elsewhere("the journal is tested by killing the real window in the middle of a word")),
    line("accessibility", Elsewhere("stickies are nodes with kind, name and links: every script finds them by these")),
    line(
        "touch / pen",
        Elsewhere("pinch is above; two fingers, long press and pen are tested as events of the toolkit"),
    ),
];
