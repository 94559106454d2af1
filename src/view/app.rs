//! The application: what it holds, and how a frame goes.

use std::collections::VecDeque;
use std::sync::Arc;

use egui::{Panel, Ui};

use super::canvas::{Canvas, Given, color32};
use super::clipboard::{Clipboard, Pasting, SystemClipboard};
use super::commands::Command;
use super::dialogs::{self, Dialog};
use super::ground::Ground;
use super::live::Live;
use super::native::{self, Outcome, Pending};
use super::panels;
use super::regions::{self, Region};
use super::steps::Steps;
use super::{bars, menu, prompts, theme};
use crate::editor::{Editor, Request};
use crate::kit::Id;
use crate::scene::{FontBook, Overlay};
use crate::session::Session;

/// The window's application.
pub struct App {
    pub(crate) session: Session,
    pub(crate) editor: Editor,
    pub(crate) canvas: Canvas,
    ground: Ground,
    pub(crate) map: super::map::MapView,
    pub(crate) fonts: super::fonts::FontSearch,
    /// The panel that is open.
    pub(crate) panel: Option<&'static str>,
    /// Whether the window is so narrow that the panel folds into a rail of tabs.
    pub(crate) narrow: bool,
    /// Whether the panel is drawn out of its rail.
    pub(crate) drawer: bool,
    pub(crate) sight: super::sight::Sight,
    /// The dialog that is open, topmost last.
    pub(crate) dialogs: Vec<Box<dyn Dialog>>,
    pub(crate) steps: Steps,
    pub(crate) play: super::play::Play,
    pub(crate) export: super::export::ExportChoice,
    pub(crate) code: super::panels::CodeView,
    /// Whether ghost links count as links when code is generated.
    pub(crate) allow_ghosts: bool,
    /// Code that is being written.
    pub(crate) generating: Option<super::generate::Generating>,
    /// The ghost link that is asked about.
    pub(crate) asked: Option<super::links::Asked>,
    /// What is known of boundary advice.
    pub(crate) boundaries: super::boundaries::BoundariesView,
    /// Tidying off the thread.
    pub(crate) tidying: Option<super::tidy::Tidying>,
    /// A picture that is being written.
    pub(crate) exporting: Option<crate::session::Job<Result<String, String>>>,
    /// Photos that are being read, with their names.
    pub(crate) photos: Vec<(String, super::dropping::Reading)>,
    /// What was copied, and where what is copied here goes.
    pub(crate) clipboard: Option<Arc<dyn Clipboard>>,
    /// A picture that is being put on the clipboard.
    pub(crate) copying: Option<crate::session::Job<Result<super::export::Copied, String>>>,
    /// Links that were read from geometry.
    pub(crate) ghosts: Vec<(Id, Id)>,
    pub(crate) requests: Vec<Request>,
    pub(crate) commands: Vec<Command>,
    pub(crate) find: super::find::Find,
    pub(crate) minimap: super::minimap::Minimap,
    pub(crate) corners: super::corners::Corners,
    /// Whether everything is large enough for fingers.
    pub(crate) touch: bool,
    /// Whether a finger was on the screen.
    touched: bool,
    /// Whether only the canvas is shown.
    pub(crate) zen: bool,
    /// What was chosen in the command palette, the latest first.
    pub(crate) chosen_before: Vec<String>,
    pub(crate) live: Option<Live>,
    pub(crate) pending: Option<Pending>,
    /// Whether the system's file dialogs are tried.
    pub(crate) native_dialogs: bool,
    /// What to do once the board is saved.
    pub(crate) after_save: Option<Command>,
    /// Whether unsaved changes may be left behind: the question was answered.
    pub(crate) may_leave: bool,
    /// Where the context menu is open, and on what.
    pub(crate) menu_at: Option<(egui::Pos2, Option<Id>)>,
    pub(crate) findings: super::panels::FindingsView,
    /// What the status bar says, newest last, with the time it was said.
    said: VecDeque<(String, f64)>,
    /// Grows with every document.
    document: u64,
    now: f64,
    last_title: String,
}

impl App {
    /// The application over a session.
    pub fn new(ctx: &egui::Context, session: Session) -> Self {
        let fonts = FontBook::bundled();
        theme::install(ctx, &fonts);
        // Paper is light where the system does not say.
        ctx.options_mut(|it| it.fallback_theme = egui::Theme::Light);
        let preferences = session.preferences();
        theme::wear(ctx, theme::Appearance::of_key(&preferences.appearance), preferences.patterns);
        ctx.add_plugin(super::sane::Sane::default());
        let clipboard: Option<Arc<dyn Clipboard>> = Some(Arc::new(SystemClipboard::default()));
        ctx.add_plugin(Pasting::new(clipboard.clone()));
        // Ctrl and plus belong to the canvas.
        ctx.options_mut(|it| it.zoom_with_keyboard = false);
        let mut steps = Steps::new(preferences.steps_dismissed, &preferences.steps_done);
        steps.other_board(session.board());
        let mut app = Self {
            map: super::map::MapView::new(fonts.clone()),
            fonts: super::fonts::FontSearch::default(),
            canvas: Canvas::new(ctx, fonts),
            ground: Ground::new(ctx),
            editor: Editor::default(),
            panel: Some("inspector"),
            narrow: false,
            drawer: false,
            sight: super::sight::Sight::default(),
            dialogs: Vec::new(),
            steps,
            play: super::play::Play::default(),
            export: super::export::ExportChoice::default(),
            code: super::panels::CodeView::default(),
            allow_ghosts: false,
            generating: None,
            asked: None,
            boundaries: super::boundaries::BoundariesView::default(),
            tidying: None,
            exporting: None,
            clipboard,
            copying: None,
            photos: Vec::new(),
            ghosts: Vec::new(),
            requests: Vec::new(),
            commands: Vec::new(),
            find: super::find::Find::default(),
            minimap: super::minimap::Minimap::default(),
            corners: super::corners::Corners::default(),
            touch: false,
            touched: false,
            zen: false,
            chosen_before: Vec::new(),
            live: None,
            pending: None,
            native_dialogs: true,
            after_save: None,
            may_leave: false,
            menu_at: None,
            findings: super::panels::FindingsView::default(),
            said: VecDeque::new(),
            document: 0,
            now: 0.0,
            last_title: String::new(),
            session,
        };
        let (keys, messages) = super::keys::map(&app.session.preferences().keys);
        app.editor.keys = keys;
        app.editor.grid = !app.session.preferences().grid_off;
        app.editor.snap = !app.session.preferences().snap_off;
        for message in messages {
            app.say(message);
        }
        let recoveries = app.session.recoveries();
        if !recoveries.is_empty() {
            app.open_dialog(Box::new(prompts::Recoveries::new(recoveries)));
        }
        app
    }

    /// The application for tests: it never opens the system's file dialogs and asks in the window instead, uses the
    /// bundled fonts alone, and has no clipboard but the toolkit's.
    pub fn new_for_test(ctx: &egui::Context, session: Session) -> Self {
        let mut app = Self { native_dialogs: false, ..Self::new(ctx, session) };
        app.use_fonts(crate::session::Fonts::Bundled);
        app.use_clipboard(ctx, None);
        app
    }

    /// Says whether fonts of this machine may serve characters that the bundled ones lack.
    pub fn use_fonts(&mut self, fonts: crate::session::Fonts) {
        self.fonts.allowed = fonts;
    }

    /// The session behind the window.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The editor: selection, camera, tool.
    pub fn editor(&self) -> &Editor {
        &self.editor
    }

    /// Whether all first steps are done.
    pub fn steps_done(&self) -> [bool; 5] {
        self.steps.done
    }

    /// Says something in the status bar.
    pub(crate) fn say(&mut self, text: impl Into<String>) {
        self.said.push_back((text.into(), self.now));
        while self.said.len() > 50 {
            self.said.pop_front();
        }
    }

    /// What was said last, as long as it is news.
    pub(crate) fn news(&self) -> Option<&str> {
        self.said.back().filter(|(_, at)| self.now - at < 8.0).map(|(text, _)| text.as_str())
    }

    pub(crate) fn do_later(&mut self, command: Command) {
        self.commands.push(command);
    }

    pub(crate) fn open_dialog(&mut self, dialog: Box<dyn Dialog>) {
        self.dialogs.push(dialog);
    }

    /// Another board lies on the desk.
    pub(crate) fn document_changed(&mut self, ctx: &egui::Context) {
        self.document += 1;
        self.may_leave = false;
        let mut editor = Editor::default();
        (editor.camera, editor.grid, editor.snap) = (self.editor.camera, self.editor.grid, self.editor.snap);
        editor.keys = std::mem::take(&mut self.editor.keys);
        editor.keep_tool = self.editor.keep_tool;
        self.editor = editor;
        self.steps.other_board(self.session.board());
        self.canvas.fit_again();
        self.map.fit_again();
        self.map.chosen = None;
        // A new board is met as itself: it may have no contexts to show.
        self.map.open = false;
        self.live = None;
        self.asked = None;
        self.tidying = None;
        self.photos.clear();
        self.paste_nothing(ctx);
        self.boundaries = super::boundaries::BoundariesView::default();
        self.play = super::play::Play::default();
        self.find = super::find::Find::default();
        self.minimap = super::minimap::Minimap::default();
        self.corners = super::corners::Corners::default();
        self.findings = super::panels::FindingsView::default();
        self.code = super::panels::CodeView::default();
        self.allow_ghosts = false;
        self.ghosts.clear();
    }

    /// One frame.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.now = ctx.input(|it| it.time);
        for message in self.session.take_messages() {
            self.say(message);
        }
        self.poll_native(&ctx);
        super::dropping::take(self, &ctx);
        self.take_pasted(&ctx);
        self.closing(&ctx);
        self.look_for_fonts(&ctx);
        self.poll_export();
        self.poll_copying(&ctx);
        self.poll_photos(&ctx);
        self.poll_generating();
        self.poll_tidying();
        self.update_boundaries();
        self.update_play(&ctx);
        self.update_readings();
        self.notice_touch(&ctx);
        super::find::take_escape(self, &ctx);
        menu::take_shortcuts(self, &ctx);

        let ground = Ground::begin(ui);
        self.fold(&ctx);
        if !self.zen {
            self.bars(ui);
        }
        let shown = egui::CentralPanel::default().frame(egui::Frame::new()).show(ui, |ui| {
            let rect = ui.available_rect_before_wrap();
            if self.map.open {
                super::map::show(self, ui);
                return rect;
            }
            self.show_canvas(ui);
            self.paint_boundaries(ui);
            super::links::show(self, ui);
            super::play::scenario_buttons(self, ui);
            self.paint_tokens(ui);
            super::steps::show(self, ui);
            bars::empty_hint(self, ui);
            super::play::controls(self, ui);
            super::corners::show(self, ui);
            super::minimap::show(self, ui);
            super::find::show(self, ui);
            super::dropping::show(self, ui);
            super::sight::show(self, ui);
            rect
        });
        let paper = color32(theme::board(&ctx).canvas);
        self.ground.end(ui, ground, shown.inner, ui.visuals().panel_fill, paper);
        menu::context_menu(self, &ctx);
        dialogs::show(self, &ctx);
        self.take_requests(&ctx);
        for command in std::mem::take(&mut self.commands) {
            self.command(&ctx, command);
        }
        self.remember();
        // After the canvas: on a board that was just opened the first picture needs all cores, and comes first.
        self.session.poll();
        self.session.pump();
        self.title(&ctx);
        // The journal is written and readings are made anew even while nobody moves the pointer.
        ctx.request_repaint_after(std::time::Duration::from_millis(250));
    }

    /// The first touch makes everything large enough for fingers, unless somebody has said otherwise. It waits for the
    /// finger to be lifted: nothing moves under it.
    fn notice_touch(&mut self, ctx: &egui::Context) {
        let (touched, down) =
            ctx.input(|it| (it.events.iter().any(|it| matches!(it, egui::Event::Touch { .. })), it.any_touches()));
        self.touched |= touched;
        let wanted = match self.session.preferences().touch {
            Some(wanted) => wanted,
            None => self.touch || self.touched && !touched && !down,
        };
        if wanted != self.touch {
            self.set_touch(ctx, wanted);
            if self.session.preferences().touch.is_none() {
                self.say("Everything is larger for touch now: View switches it");
            }
        }
    }

    pub(crate) fn set_touch(&mut self, ctx: &egui::Context, on: bool) {
        self.touch = on;
        self.editor.camera.reach = if on { 2.5 } else { 1.0 };
        theme::set_touch(ctx, on);
    }

    /// What stands round the canvas.
    fn bars(&mut self, ui: &mut Ui) {
        // The ground is theirs.
        let bar = egui::Frame::new().inner_margin(egui::Margin::symmetric(8, 4));
        let menu = Panel::top("menu").frame(bar).show(ui, |ui| menu::show(self, ui));
        regions::covers(Region::Menu, &menu.response);
        let status = Panel::bottom("status").frame(bar).show(ui, |ui| bars::status(self, ui));
        regions::covers(Region::Status, &status.response);
        let slim = egui::Frame::new().inner_margin(egui::Margin::symmetric(6, 8));
        if !self.map.open {
            let palette = Panel::left("palette").frame(slim).resizable(false).exact_size(bars::palette_width(self));
            let palette = palette.show(ui, |ui| bars::palette(self, ui));
            regions::covers(Region::Palette, &palette.response);
        }
        panels::show(self, ui);
    }

    /// Steps that were done need not be done again at the next start, and the grid is as it was.
    fn remember(&mut self) {
        let off = (!self.editor.grid, !self.editor.snap);
        let known = self.session.preferences();
        if off != (known.grid_off, known.snap_off) {
            self.session.prefer(|it| (it.grid_off, it.snap_off) = off);
        }
        let known = self.session.preferences().steps_done.len();
        if self.steps.done.iter().filter(|it| **it).count() > known {
            let names = self.steps.names();
            self.session.prefer(|it| it.steps_done = names);
        }
    }

    fn show_canvas(&mut self, ui: &mut Ui) {
        let overlays = self.overlays();
        let keyboard = self.dialogs.is_empty() && self.menu_at.is_none();
        let before = self.session.history().revision();
        let pressed = ui.input(|it| it.pointer.primary_pressed().then(|| it.pointer.interact_pos()).flatten());
        let free = keyboard && self.editor.writing().is_none() && !ui.ctx().any_popup_open();
        let above = |at: egui::Pos2| ui.ctx().layer_id_at(at).is_some_and(|it| it != ui.layer_id());
        if let Some(at) = pressed.filter(|it| free && self.canvas.rect.contains(*it) && !above(*it)) {
            let local = crate::kit::PointF::new(at.x - self.canvas.rect.left(), at.y - self.canvas.rect.top());
            let on = self.editor.camera.to_board(local);
            if let Some(record) = self.token_at(on, 14.0 / self.editor.camera.zoom) {
                self.choose_record(record);
            } else {
                self.press_ghost(at);
            }
        }
        // A ghost link that was just clicked keeps the press from the canvas.
        let keyboard = keyboard && self.asked.is_none();
        self.canvas.show(
            ui,
            Given {
                session: &mut self.session,
                editor: &mut self.editor,
                document: self.document,
                ghosts: &self.ghosts,
                overlays: &overlays,
                marked: &Arc::clone(self.findings.marked()),
                keyboard,
                requests: &mut self.requests,
            },
        );
        if self.session.history().revision() != before {
            // Moving things about names no events.
            if matches!(self.editor.gesture, crate::editor::Gesture::Idle) {
                self.steps.saw_board(self.session.board());
            }
            ui.ctx().request_repaint();
        }
    }

    /// Takes what the board said when it was read last.
    fn update_readings(&mut self) {
        if !self.findings.take(self.session.readings()) {
            return;
        }
        self.ghosts = match self.findings.readings() {
            Some(readings) => readings.ghosts.iter().map(|it| (it.from, it.to)).collect(),
            None => Vec::new(),
        };
    }

    /// The names of the records that the board defines.
    pub(crate) fn record_names(&self) -> std::collections::BTreeSet<String> {
        self.findings.readings().map(|it| it.records()).unwrap_or_default()
    }

    /// What lies over the board now.
    fn overlays(&mut self) -> Vec<Overlay> {
        let mut overlays = Vec::new();
        self.play_overlays(&mut overlays);
        let Some(readings) = self.findings.readings() else { return overlays };
        let (flow, selection, board) = (self.editor.flow, &self.editor.selection, self.session.board());
        if !flow && selection.is_empty() {
            return overlays;
        }
        let part = self.canvas.part_for_ghosts(self.editor.camera.visible());
        for it in &readings.ghosts {
            let wanted = flow || selection.contains(&it.from) || selection.contains(&it.to);
            if wanted
                && let (Some(from), Some(to)) = (board.rect(it.from), board.rect(it.to))
                && from.union(to).to_f().touches(part)
            {
                overlays.push(Overlay::GhostLink { from: it.from, to: it.to });
            }
        }
        overlays
    }

    fn poll_native(&mut self, ctx: &egui::Context) {
        let Some(pending) = self.pending.take() else { return };
        match native::poll(pending, self.now) {
            Outcome::Waiting(pending) => self.pending = Some(pending),
            Outcome::Chosen(ask, path) => self.command(ctx, ask.command(path)),
            Outcome::Closed => self.after_save = None,
            Outcome::Unavailable(ask, suggestion) => {
                let why = "This system has no file dialog, so the path is asked for here.";
                self.open_dialog(Box::new(prompts::PathField::new(ask, suggestion, why)));
            }
        }
    }

    /// Asks before unsaved work is left behind.
    fn closing(&mut self, ctx: &egui::Context) {
        if !ctx.input(|it| it.viewport().close_requested()) {
            return;
        }
        self.with_cx(|editor, cx| editor.end_text(cx));
        if self.session.is_dirty() && !self.may_leave {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            if !self.dialogs.iter().any(|it| it.key() == "unsaved") {
                self.open_dialog(Box::new(prompts::Unsaved::new(Command::Quit)));
            }
        }
    }

    fn title(&mut self, ctx: &egui::Context) {
        let dirty = if self.session.is_dirty() { "\u{2022} " } else { "" };
        let title = format!("{dirty}{} \u{2013} Stormglass", self.session.title());
        if title != self.last_title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.last_title = title;
        }
    }

    /// Shows the context map, or the board again.
    pub(crate) fn show_map(&mut self, open: bool) {
        if open && !self.map.open {
            self.with_cx(|editor, cx| editor.end_text(cx));
            // What is selected but not seen must not be changed by mistake.
            self.editor.selection.clear();
            self.map.fit_again();
            self.panel = Some("inspector");
        }
        self.map.open = open;
    }

    /// Wears what the preferences say.
    pub(crate) fn wear(&self, ctx: &egui::Context) {
        let preferences = self.session.preferences();
        theme::wear(ctx, theme::Appearance::of_key(&preferences.appearance), preferences.patterns);
        theme::set_touch(ctx, self.touch);
    }

    /// The colour with which the window is cleared before the next frame is painted.
    pub(super) fn ground(&self) -> egui::Color32 {
        self.ground.clear()
    }

    /// Ends what is being written, and the session.
    pub(super) fn leave(&mut self) {
        self.with_cx(|editor, cx| editor.end_text(cx));
        self.session.pump();
        // Only a clean board, or one that may be left, leaves no journal behind.
        if self.may_leave || !self.session.is_dirty() {
            self.session.close();
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn clear_color(&self, _: &egui::Visuals) -> [f32; 4] {
        self.ground().to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.leave();
    }
}
