//! The table of what the window can do, in menu order.

use crate::editor::actions::Shortcut;
use crate::editor::{Key, Mods};
use crate::view::App;
use crate::view::commands::{Command, Switch};

/// The menu an entry is found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Menu {
    /// Boards, files, pictures, code.
    File,
    /// Searching, and copies for other programs.
    Edit,
    /// What is seen.
    View,
    /// Running the board.
    Simulate,
    /// Explanations.
    Help,
}

impl Menu {
    /// The name in the menu bar.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Simulate => "Simulate",
            Self::Help => "Help",
        }
    }
}

/// Something the window can do.
pub(crate) struct Entry {
    /// The word for it in settings.
    pub(crate) key: &'static str,
    /// The name in menus.
    pub(crate) name: &'static str,
    /// The menu it is found in.
    pub(crate) menu: Menu,
    /// Entries of one group stand together, lines between groups.
    pub(crate) group: u8,
    /// Its keys; menus show the first.
    pub(crate) shortcuts: &'static [Shortcut],
    /// What it does, one sentence.
    pub(crate) help: &'static str,
    /// What to do.
    pub(crate) command: fn() -> Command,
    /// Whether it can do something now.
    pub(crate) enabled: fn(&App) -> bool,
    /// For a switch whether it is on.
    pub(crate) on: Option<fn(&App) -> bool>,
}

impl Entry {
    const fn new(
        key: &'static str,
        name: &'static str,
        menu: (Menu, u8),
        help: &'static str,
        command: fn() -> Command,
    ) -> Self {
        Self { key, name, menu: menu.0, group: menu.1, shortcuts: &[], help, command, enabled: |_| true, on: None }
    }

    const fn keys(mut self, shortcuts: &'static [Shortcut]) -> Self {
        self.shortcuts = shortcuts;
        self
    }

    const fn when(mut self, enabled: fn(&App) -> bool) -> Self {
        self.enabled = enabled;
        self
    }

    const fn switch(mut self, on: fn(&App) -> bool) -> Self {
        self.on = Some(on);
        self
    }
}

const CTRL: Mods = Mods::COMMAND;
const CTRL_SHIFT: Mods = Mods::COMMAND_SHIFT;

const fn key(key: char, mods: Mods) -> Shortcut {
    Shortcut::new(Key::Char(key), mods)
}

const fn function(number: u8, mods: Mods) -> Shortcut {
    Shortcut::new(Key::F(number), mods)
}

/// Everything the window can do, in menu order.
pub(crate) static ALL: &[Entry] = &[
    Entry::new("open", "Open\u{2026}", (Menu::File, 0), "Opens a board from a file.", || Command::Open)
        .keys(&[key('O', CTRL)]),
    Entry::new("new", "New board\u{2026}", (Menu::File, 0), "Starts an empty board of a level.", || {
        Command::Dialog("new")
    })
    .keys(&[key('N', CTRL)]),
    Entry::new("samples", "Samples\u{2026}", (Menu::File, 0), "Boards to look at, run and change.", || {
        Command::Dialog("samples")
    }),
    Entry::new(
        "insert",
        "Insert photo or list\u{2026}",
        (Menu::File, 1),
        "A photo of the wall to type over, or lines of text or CSV that become stickies.",
        || Command::Insert,
    ),
    Entry::new("save", "Save", (Menu::File, 1), "Writes the board to its file.", || Command::Save)
        .keys(&[key('S', CTRL)]),
    Entry::new("save_as", "Save as\u{2026}", (Menu::File, 1), "Writes the board to another file.", || Command::SaveAs)
        .keys(&[key('S', CTRL_SHIFT)]),
    Entry::new(
        "export",
        "Export picture\u{2026}",
        (Menu::File, 2),
        "SVG or PNG of the board, the selection or a frame.",
        || Command::Dialog("export"),
    )
    .keys(&[key('E', CTRL)]),
    Entry::new(
        "generate",
        "Generate code\u{2026}",
        (Menu::File, 2),
        "A Rust workspace, Avro schemas and topics from the board.",
        || Command::Dialog("generate"),
    ),
    Entry::new("quit", "Quit", (Menu::File, 3), "Closes the window; asks about unsaved changes.", || Command::Quit)
        .keys(&[key('Q', CTRL)]),
    Entry::new(
        "commands",
        "Command palette\u{2026}",
        (Menu::Help, 0),
        "Finds anything the program can do, and any sticky, by a few letters.",
        || Command::Dialog("commands"),
    )
    .keys(&[key('K', CTRL), key('/', CTRL), key('P', CTRL_SHIFT)]),
    Entry::new(
        "copy_text",
        "Copy as text",
        (Menu::Edit, 0),
        "The selected stickies as lines that can be read, and pasted again.",
        || Command::CopyText,
    )
    .when(|app| !app.editor.selection.is_empty()),
    Entry::new(
        "copy_png",
        "Copy as PNG",
        (Menu::Edit, 0),
        "A picture of the selection, the board or the context map, for another program.",
        || Command::CopyPicture { svg: false },
    )
    .keys(&[key('C', CTRL_SHIFT)])
    .when(|app| !app.session.board().is_empty()),
    Entry::new("copy_svg", "Copy as SVG", (Menu::Edit, 0), "The same as vector text.", || Command::CopyPicture {
        svg: true,
    })
    .when(|app| !app.session.board().is_empty()),
    Entry::new(
        "find",
        "Find\u{2026}",
        (Menu::Edit, 1),
        "Looks in names, fields, rules, notes, frames, scenarios and labels of links.",
        || Command::Find { replacing: false },
    )
    .keys(&[key('F', CTRL)]),
    Entry::new("find_next", "Find next", (Menu::Edit, 1), "Goes to the next occurrence.", || Command::FindStep {
        back: false,
    })
    .keys(&[function(3, Mods::NONE)]),
    Entry::new("find_back", "Find previous", (Menu::Edit, 1), "Goes to the occurrence before.", || Command::FindStep {
        back: true,
    })
    .keys(&[function(3, Mods::SHIFT)]),
    Entry::new(
        "replace",
        "Replace\u{2026}",
        (Menu::Edit, 1),
        "Puts other words in the place of what is found, one or all.",
        || Command::Find { replacing: true },
    )
    .keys(&[key('H', CTRL)]),
    Entry::new("run", "Run", (Menu::Simulate, 0), "Runs the board from its seed, from the beginning.", || Command::Run)
        .keys(&[key('R', CTRL), function(5, Mods::NONE)]),
    Entry::new("play_pause", "Play or pause", (Menu::Simulate, 0), "Holds the run, or lets it go on.", || {
        Command::PlayPause
    })
    .when(|app| app.play.has_run()),
    Entry::new("stop", "Stop", (Menu::Simulate, 0), "Ends the run and clears its marks from the board.", || {
        Command::EndRun
    })
    .when(App::has_marks_of_run),
    Entry::new(
        "other_part",
        "Next part of the window",
        (Menu::View, 2),
        "Sends the keyboard from the board to the panel, the bars and back; within them Tab goes from one to the next.",
        || Command::OtherPart { back: false },
    )
    .keys(&[function(6, Mods::NONE)]),
    Entry::new(
        "part_before",
        "Part of the window before",
        (Menu::View, 2),
        "Sends the keyboard the other way round.",
        || Command::OtherPart { back: true },
    )
    .keys(&[function(6, Mods::SHIFT)]),
    Entry::new(
        "context_menu",
        "Menu of the selection",
        (Menu::Edit, 9),
        "Opens the menu of what is selected, or of the board.",
        || Command::ContextMenu,
    )
    .keys(&[function(10, Mods::SHIFT), Shortcut::new(Key::Menu, Mods::NONE)])
    .when(|app| !app.map.open),
    Entry::new("dark", "Light or dark", (Menu::View, 2), "Changes from light to dark and back.", || {
        Command::Switch(Switch::Dark)
    })
    .keys(&[key('D', Mods::ALT_SHIFT)]),
    Entry::new(
        "minimap",
        "Minimap",
        (Menu::View, 1),
        "The whole board in a corner; click or drag it to go there.",
        || Command::Switch(Switch::Minimap),
    )
    .keys(&[key('M', Mods::NONE)])
    .switch(|app| app.session.preferences().minimap),
    Entry::new("legend", "Legend", (Menu::View, 1), "The kinds on the board with their colours.", || {
        Command::Switch(Switch::Legend)
    })
    .switch(|app| app.session.preferences().legend),
    Entry::new(
        "touch",
        "Large for touch",
        (Menu::View, 1),
        "Buttons and handles large enough for fingers; switched on by the first touch.",
        || Command::Switch(Switch::Touch),
    )
    .switch(|app| app.touch),
    Entry::new(
        "zen",
        "Zen mode",
        (Menu::View, 1),
        "Nothing but the canvas; the same key brings the rest back.",
        || Command::Switch(Switch::Zen),
    )
    .keys(&[key('.', CTRL)])
    .switch(|app| app.zen),
    Entry::new(
        "first_steps",
        "First steps",
        (Menu::View, 1),
        "The strip that leads through the first minutes.",
        || Command::Switch(Switch::Steps),
    )
    .switch(|app| app.steps.shown),
    Entry::new(
        "patterns",
        "Patterns",
        (Menu::View, 2),
        "A pattern on each sticky beside its colour, so that kinds differ without colour.",
        || Command::Switch(Switch::Patterns),
    )
    .switch(|app| app.session.preferences().patterns),
    Entry::new(
        "context_map",
        "Context map",
        (Menu::View, 2),
        "The bounded contexts, and what crosses between them.",
        || Command::Switch(Switch::ContextMap),
    )
    .keys(&[key('M', CTRL_SHIFT)])
    .switch(|app| app.map.open),
    Entry::new("help", "Help on the open panel", (Menu::Help, 1), "What the panel shows and how to use it.", || {
        Command::HelpHere
    })
    .keys(&[function(1, Mods::NONE)]),
    Entry::new("help_kinds", "Kinds of stickies", (Menu::Help, 1), "What each kind means and does.", || {
        Command::Dialog("help_kinds")
    }),
    Entry::new("help_findings", "Finding codes", (Menu::Help, 1), "What each finding means.", || {
        Command::Dialog("help_findings")
    }),
    Entry::new("help_keys", "Keys", (Menu::Help, 1), "Every key and gesture on one sheet.", || {
        Command::Dialog("help_keys")
    })
    .keys(&[key('?', Mods::NONE)]),
    Entry::new(
        "shortcuts",
        "Keyboard shortcuts\u{2026}",
        (Menu::Help, 1),
        "Changes the keys of every command.",
        || Command::Dialog("shortcuts"),
    ),
    Entry::new("about", "About Stormglass", (Menu::Help, 2), "Version and licences.", || Command::Dialog("about")),
];
