//! Everything that can be chosen in the command palette: entries, actions, tools, kinds, panels, samples, places.

use super::ENTRIES;
use crate::board::{FrameKind, Kind};
use crate::editor::{Does, Tool, actions, tools};
use crate::kit::Id;
use crate::view::App;
use crate::view::commands::Command;
use crate::view::theme::Appearance;

/// Something that can be chosen.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// What it belongs to: a menu, "Tool", "Go to".
    pub(crate) group: &'static str,
    /// What it is called.
    pub(crate) name: String,
    /// Its key, if it has one.
    pub(crate) keys: String,
    /// What it does.
    pub(crate) help: String,
    /// Whether it can be chosen now.
    pub(crate) enabled: bool,
    /// What to do.
    pub(crate) command: Command,
    /// The element it leads to.
    pub(crate) place: Option<Id>,
}

/// Everything that can be done now, in the order of the menus, then every place of the board.
pub(crate) fn offers(app: &App) -> Vec<Offer> {
    let mut all = Vec::new();
    let mut add = |group: &'static str, name: &str, keys: String, help: &str, enabled: bool, command: Command| {
        all.push(Offer { group, name: name.to_owned(), keys, help: help.to_owned(), enabled, command, place: None });
    };
    for it in ENTRIES.iter().filter(|it| it.key != "commands") {
        let name = it.name.trim_end_matches('\u{2026}');
        add(it.menu.name(), name, app.key_text(Does::Window(it.key)), it.help, (it.enabled)(app), (it.command)());
    }
    for it in actions::ALL {
        let enabled = (it.enabled)(&app.editor, app.session.history());
        add(it.menu.name(), it.name, app.key_text(Does::Act(it.key)), it.help, enabled, Command::Action(it.key));
    }
    for kind in Kind::all() {
        let spec = kind.spec();
        let name = format!("New {}", spec.name.to_lowercase());
        add("Sticky", &name, app.key_text(Does::Make(kind)), spec.meaning, true, Command::Create(kind));
    }
    let selected = app.editor.selection.iter().any(|it| app.session.board().sticky(*it).is_some());
    for kind in Kind::all() {
        let name = format!("Change kind to {}", kind.name().to_lowercase());
        add("Sticky", &name, app.key_text(Does::Turn(kind)), kind.spec().meaning, selected, Command::ChangeKind(kind));
    }
    for spec in tools::ALL {
        let tool = match Tool::from_key(spec.key, app.editor.last_kind) {
            // Stickies and frames have an entry of their own for each kind.
            None | Some(Tool::Sticky(_) | Tool::Frame(_)) => continue,
            Some(tool) => tool,
        };
        add(
            "Tool",
            &format!("{} tool", spec.name),
            app.key_text(Does::Take(spec.key)),
            spec.help,
            true,
            Command::Tool(tool),
        );
    }
    for kind in FrameKind::ALL {
        let name = format!("Draw {} frame", kind.name().to_lowercase());
        add("Tool", &name, String::new(), kind.meaning(), true, Command::Tool(Tool::Frame(kind)));
    }
    for spec in crate::view::panels::ALL {
        add("Panel", &format!("{} panel", spec.name), String::new(), spec.help, true, Command::Panel(spec.key));
    }
    for it in Appearance::ALL {
        add("View", &format!("Appearance: {}", it.name()), String::new(), "", true, Command::Appearance(it));
    }
    for it in crate::session::TEMPLATES {
        add("File", &format!("New board: {}", it.name), String::new(), it.sentence, true, Command::New(it));
    }
    for it in crate::session::SAMPLES {
        let name = format!("Open sample {}", it.title);
        add("Sample", &name, String::new(), it.sentence, true, Command::Sample(it.key.to_owned()));
    }
    for path in &app.session.preferences().recent {
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let help = path.display().to_string();
        add("Recent", &format!("Open {name}"), String::new(), &help, true, Command::OpenPath(path.clone()));
    }
    all.extend(places(app));
    all
}

/// Every named thing, frame and scenario of the board.
fn places(app: &App) -> Vec<Offer> {
    let board = app.session.board();
    let place = |group: &'static str, help: &str, id: Id| {
        let name = board.name(id);
        (!name.is_empty()).then(|| Offer {
            group,
            name,
            // In the place of a key what it is: names alone may be the same.
            keys: help.to_owned(),
            help: help.to_owned(),
            enabled: true,
            command: Command::GoToAll(vec![id]),
            place: Some(id),
        })
    };
    let mut all = Vec::new();
    all.extend(board.frames().values().filter_map(|it| place("Go to", it.kind.name(), it.id)));
    // Of what is placed more than once the definition is enough.
    let definitions = board.stickies().values().filter(|it| it.of.is_none());
    all.extend(definitions.filter_map(|it| place("Go to", it.kind.name(), it.id)));
    all.extend(board.scenarios().values().filter_map(|it| place("Go to", "Scenario", it.id)));
    all
}
