//! What menus, buttons and dialogs ask for: done after the frame's interface was laid out.

use std::path::PathBuf;

use super::native::{self, Ask};
use super::theme::Appearance;
use super::{App, dialogs, prompts};
use crate::board::{Edit, Field, Kind, Mark};
use crate::editor::{Cx, Request, Tool, actions};
use crate::kit::Id;
use crate::session::{Template, kept_flow};

/// Something to do.
#[derive(Clone, Debug)]
pub(crate) enum Command {
    /// An empty board for that phase.
    New(&'static Template),
    /// Ask for a board to open.
    Open,
    /// Open that file.
    OpenPath(PathBuf),
    /// Open a copy of a sample.
    Sample(String),
    /// Ask for a photo or a list to put on the board.
    Insert,
    /// Put that photo or list on the board.
    InsertFile(PathBuf),
    /// Save, asking for a place where there is none.
    Save,
    /// Save even though the file has changed.
    SaveOver,
    /// Ask for a place and save there.
    SaveAs,
    /// Save there.
    SaveTo(PathBuf),
    /// Ask where to write the picture.
    Export,
    /// Export the picture with the options of the dialog there.
    ExportTo(PathBuf),
    /// Ask for the folder of generated code.
    Generate,
    /// Generate code into that folder.
    GenerateInto(PathBuf),
    /// Start the run anew and play it.
    Run,
    /// Pause or go on.
    PlayPause,
    /// End the run and clear what it shows.
    EndRun,
    /// Open the form to send that message by hand.
    Send(Id),
    /// Make an external system fail that often.
    Fail(Id, f64),
    /// Lets an external system fail as often as is written on it again.
    Mend(Id),
    /// Stop a sticky, or let it go on.
    Stop(Id, bool),
    /// Close the window.
    Quit,
    /// Open a dialog of [`dialogs::ALL`].
    Dialog(&'static str),
    /// Show a panel of [`super::panels::ALL`].
    Panel(&'static str),
    /// Run an action of the editor.
    Action(&'static str),
    /// Take a tool into the hand.
    Tool(Tool),
    /// Put a sticky beside the selection or in the middle of the view.
    Create(Kind),
    /// Change the kind of the selected stickies.
    ChangeKind(Kind),
    /// Say something of the selected elements, or no longer.
    Mark(Mark, bool),
    /// Select these and show them.
    GoToAll(Vec<Id>),
    /// Apply edits as one undo step.
    Apply(String, Vec<Edit>),
    /// Light, dark, high contrast or as the system.
    Appearance(Appearance),
    /// Turn something of the window on or off.
    Switch(Switch),
    /// Put the selected stickies on the clipboard as lines that can be read and pasted again.
    CopyText,
    /// Put a picture of the selection, or of the board, on the clipboard.
    CopyPicture {
        /// As SVG text, else as pixels.
        svg: bool,
    },
    /// Send the keyboard to the next part of the window.
    OtherPart {
        /// To the one before.
        back: bool,
    },
    /// Open the menu of what is selected.
    ContextMenu,
    /// Explain the panel that is open.
    HelpHere,
    /// Open the bar to find, and to replace.
    Find {
        /// With the row to replace.
        replacing: bool,
    },
    /// Go to the next occurrence of what was looked for, or back.
    FindStep {
        /// The one before.
        back: bool,
    },
}

/// What can be turned on and off in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switch {
    /// The strip of first steps.
    Steps,
    /// The whole board in a corner.
    Minimap,
    /// The kinds on the board with their colours.
    Legend,
    /// Nothing but the canvas.
    Zen,
    /// Everything large enough for fingers.
    Touch,
    /// The context map in place of the board.
    ContextMap,
    /// Patterns beside the colours of kinds.
    Patterns,
    /// The dark appearance.
    Dark,
}

impl Command {
    /// Whether it leaves the board that is open.
    fn leaves(&self) -> bool {
        matches!(self, Self::New(_) | Self::Open | Self::OpenPath(_) | Self::Sample(_) | Self::Quit)
    }
}

impl App {
    /// Does it, or asks first what shall become of unsaved changes.
    pub(crate) fn command(&mut self, ctx: &egui::Context, command: Command) {
        self.finish_live();
        if command.leaves() {
            self.with_cx(|editor, cx| editor.end_text(cx));
            if self.session.is_dirty() && !self.may_leave {
                self.open_dialog(Box::new(prompts::Unsaved::new(command)));
                return;
            }
        }
        self.perform(ctx, command);
    }

    fn perform(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::New(template) => {
                self.session.start_empty(template);
                self.document_changed(ctx);
            }
            Command::Open => self.ask(ctx, Ask::Open),
            Command::Insert => self.ask(ctx, Ask::Insert),
            Command::InsertFile(path) => self.take_file(path),
            Command::OpenPath(path) => match self.session.open(&path) {
                Ok(()) => {
                    self.document_changed(ctx);
                    self.say(format!("Opened {}", path.display()));
                }
                Err(err) => {
                    self.open_dialog(Box::new(prompts::Message::new("The board cannot be opened", err.to_string())))
                }
            },
            Command::Sample(key) => {
                let opened = crate::session::Sample::find(&key).map(|it| self.session.open_sample(it));
                match opened {
                    Some(Ok(())) => self.document_changed(ctx),
                    Some(Err(err)) => self.say(err.to_string()),
                    None => self.say(format!("There is no sample {key}")),
                }
            }
            Command::Save => {
                self.with_cx(|editor, cx| editor.end_text(cx));
                if self.session.path().is_none() || self.session.is_read_only() {
                    self.ask(ctx, Ask::SaveAs);
                } else {
                    let result = self.session.save();
                    self.saved(ctx, result);
                }
            }
            Command::SaveOver => {
                let result = self.session.save_over();
                self.saved(ctx, result);
            }
            Command::SaveAs => self.ask(ctx, Ask::SaveAs),
            Command::SaveTo(path) => {
                self.with_cx(|editor, cx| editor.end_text(cx));
                let path = with_ending(path);
                let result = self.session.save_as(&path);
                self.saved(ctx, result);
            }
            Command::Export => self.ask(ctx, Ask::Export),
            Command::ExportTo(path) => self.export_to(&path),
            Command::Generate => self.ask(ctx, Ask::Generate),
            Command::GenerateInto(folder) => self.generate_into(&folder),
            Command::Run => self.start_run(),
            Command::PlayPause => self.play_pause(),
            Command::EndRun => self.stop_run(),
            Command::Send(id) => {
                if let Some(dialog) = prompts::Send::new(self, id) {
                    self.open_dialog(Box::new(dialog));
                }
            }
            Command::Fail(id, rate) => self.set_failure_rate(id, rate),
            Command::Mend(id) => self.mend(id),
            Command::Stop(id, stopped) => self.set_stopped(id, stopped),
            Command::Quit => {
                self.may_leave = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Command::Dialog(key) => {
                if let Some(spec) = dialogs::by_key(key) {
                    let dialog = (spec.open)(self);
                    self.open_dialog(dialog);
                }
            }
            Command::Panel(key) => self.open_panel(key),
            Command::Action(key) => self.action(key),
            Command::Tool(tool) => {
                self.show_map(false);
                self.editor.tool = tool;
            }
            Command::Create(kind) => {
                self.show_map(false);
                self.editor.hover = None;
                self.editor.last_kind = kind;
                self.with_cx(|editor, cx| editor.create_next(cx, kind));
            }
            Command::ChangeKind(kind) => {
                self.with_cx(|editor, cx| editor.turn_into(cx, kind));
            }
            Command::Mark(mark, on) => {
                self.with_cx(|editor, cx| editor.set_on_selection(cx, "Mark", Field::Mark(mark, on)));
            }
            Command::GoToAll(ids) => {
                self.go_to_map(&ids);
                if let Some(first) = ids.first() {
                    let board = self.session.board();
                    self.editor.go_to(board, *first);
                    self.editor.selection = ids.into_iter().filter(|it| board.contains(*it)).collect();
                }
            }
            Command::Apply(label, edits) => {
                self.with_cx(|_, cx| cx.commit(label, edits));
            }
            Command::Appearance(appearance) => {
                self.session.prefer(|it| appearance.key().clone_into(&mut it.appearance));
                self.wear(ctx);
            }
            Command::Switch(Switch::Patterns) => {
                self.session.prefer(|it| it.patterns = !it.patterns);
                self.wear(ctx);
            }
            Command::Switch(Switch::Steps) => self.steps.shown = !self.steps.shown,
            Command::Switch(Switch::Minimap) => self.session.prefer(|it| it.minimap = !it.minimap),
            Command::Switch(Switch::Legend) => self.session.prefer(|it| it.legend = !it.legend),
            Command::Switch(Switch::Touch) => {
                let on = !self.touch;
                self.session.prefer(|it| it.touch = Some(on));
                self.set_touch(ctx, on);
            }
            Command::Switch(Switch::Zen) => self.zen = !self.zen,
            Command::Find { replacing } => {
                self.with_cx(|editor, cx| editor.end_text(cx));
                self.show_map(false);
                self.open_find(replacing);
            }
            Command::FindStep { back } => {
                self.show_map(false);
                self.find_step(back);
            }
            Command::Switch(Switch::ContextMap) => self.show_map(!self.map.open),
            Command::Switch(Switch::Dark) => {
                let dark = ctx.global_style().visuals.dark_mode;
                let other = if dark { Appearance::Light } else { Appearance::Dark };
                self.session.prefer(|it| other.key().clone_into(&mut it.appearance));
                self.wear(ctx);
            }
            Command::CopyText => self.copy_text(ctx),
            Command::CopyPicture { svg } => self.copy_picture(svg),
            Command::OtherPart { back } => {
                let board = super::regions::step(ctx, back);
                self.canvas.leave_keyboard(!board);
            }
            Command::ContextMenu => self.menu_by_key(ctx),
            Command::HelpHere => {
                let topic = self.panel.unwrap_or("kinds");
                self.open_dialog(Box::new(dialogs::Help::about(topic)));
            }
        }
    }

    /// Runs an action of the editor if it can do something now.
    pub(crate) fn action(&mut self, key: &str) {
        if self.map.open && self.map.action(key) {
            return;
        }
        let Some(spec) = actions::by_key(key) else { return };
        self.with_cx(|editor, cx| editor.end_text(cx));
        if (spec.enabled)(&self.editor, self.session.history()) {
            // What is undone may have been done on the map; all else is done to the board, and must be seen.
            if !matches!(key, "undo" | "redo") {
                self.show_map(false);
            }
            self.with_cx(|editor, cx| (spec.run)(editor, cx, crate::editor::Mods::NONE));
        }
    }

    /// Shows the map where what is gone to was said of two contexts, else the board.
    fn go_to_map(&mut self, ids: &[Id]) {
        let relationships = self.session.board().relationships();
        let said = ids.iter().find_map(|id| relationships.get(id)).map(|it| (it.from.min(it.to), it.from.max(it.to)));
        self.show_map(said.is_some());
        if let Some((a, b)) = said {
            self.map.chosen = Some(super::map::Chosen::Line(a, b));
        }
    }

    /// Lets something work on the board with the editor.
    pub(crate) fn with_cx<T>(&mut self, f: impl FnOnce(&mut crate::editor::Editor, &mut Cx<'_>) -> T) -> T {
        let (history, ids) = self.session.history_and_ids();
        let (scene, ghosts) = (self.canvas.scene(), self.ghosts.as_slice());
        let mut cx = Cx { history, ids, scene, ghosts, keep_flow: kept_flow, requests: &mut self.requests };
        f(&mut self.editor, &mut cx)
    }

    fn ask(&mut self, ctx: &egui::Context, ask: Ask) {
        let suggestion = self.suggestion(ask);
        if self.native_dialogs {
            self.pending = Some(native::ask(ask, suggestion, ctx.input(|it| it.time), ctx));
        } else {
            self.open_dialog(Box::new(prompts::PathField::new(ask, suggestion, "")));
        }
    }

    fn suggestion(&self, ask: Ask) -> PathBuf {
        let words = crate::kit::kebab(&self.session.title());
        let name = if words.is_empty() { "board".to_owned() } else { words };
        let here = self.session.path().map(std::path::Path::to_owned);
        let folder = here.as_deref().and_then(std::path::Path::parent).map(std::path::Path::to_owned);
        let folder = folder.unwrap_or_else(crate::session::default_folder);
        match ask {
            Ask::Open => here.unwrap_or_else(|| folder.join("board.storm.ron")),
            Ask::Insert => folder.join("wall.png"),
            Ask::SaveAs => here.unwrap_or_else(|| folder.join(format!("{name}.storm.ron"))),
            Ask::Generate => self.code_folder(),
            Ask::Export => {
                let what = if self.export.map { "-context-map" } else { "" };
                folder.join(format!("{name}{what}.{}", self.export.ending()))
            }
        }
    }

    fn saved(&mut self, ctx: &egui::Context, result: Result<(), crate::session::SaveError>) {
        match result {
            Ok(()) => {
                let path = self.session.path().map(|it| it.display().to_string()).unwrap_or_default();
                self.say(format!("Saved {path}"));
                if let Some(next) = self.after_save.take() {
                    self.command(ctx, next);
                }
            }
            Err(err) => {
                self.after_save = None;
                self.open_dialog(Box::new(prompts::NotSaved::new(err)));
            }
        }
    }

    /// Does what the editor asked for.
    pub(crate) fn take_requests(&mut self, ctx: &egui::Context) {
        for request in std::mem::take(&mut self.requests) {
            match request {
                Request::Copy(text) if text.is_empty() => {}
                Request::Copy(text) => ctx.copy_text(text),
                Request::PasteLong(text) => self.open_dialog(Box::new(prompts::Pasting::new(text, false))),
                Request::Paste => self.paste(ctx),
                Request::Menu(on) => self.menu_at = Some((ctx.pointer_latest_pos().unwrap_or_default(), on)),
                Request::Tidy(only) => self.tidy(only),
                Request::Say(text) => self.say(text),
            }
        }
    }
}

/// With the ending of boards, where there is none.
fn with_ending(path: PathBuf) -> PathBuf {
    if path.extension().is_some() {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".storm.ron");
    PathBuf::from(name)
}
