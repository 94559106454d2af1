//! Playing a run on the canvas: messages on their way, what was broken on purpose, causes and effects.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Align2, Area, Button, Frame, Margin, RichText, Slider, Ui};

use super::commands::Command;
use super::widgets::{key_value, muted, section};
use super::{App, places, theme};
use crate::board::Role;
use crate::kit::{Id, Millis, PointF, counted};
use crate::scene::{Overlay, Scene, Tone};
use crate::session::{RunOptions, RunReport, RunState};
use crate::trace::{FlashKind, Index, Player, RecordNo};
use crate::view::canvas::color32;

/// So much of the show is made ahead, in milliseconds at normal speed.
const AHEAD: f64 = 2_500.0;

/// Two placements for each two definitions that a link joins.
type Ends = BTreeMap<(Id, Id), (Id, Id)>;

/// What the window remembers of the run.
#[derive(Default)]
pub(crate) struct Play {
    pub(crate) player: Player,
    pub(crate) index: Index,
    /// The record that is looked at.
    pub(crate) selected: Option<RecordNo>,
    /// The seed for the next run.
    pub(crate) seed: Option<u64>,
    /// Whether it plays as soon as it is ready.
    starting: bool,
    /// Failure rates that were set before there was a run.
    pub(crate) faults: BTreeMap<Id, f64>,
    /// The placements at the ends of the link between two definitions, for the revision named.
    ends: (u64, Ends),
    /// Parts that do not run, with the reason.
    not_run: Vec<(Id, String)>,
    order_only: bool,
    /// Whether there is a run.
    ready: bool,
    /// Whether another board than this one runs, for the revision named.
    stale: (u64, bool),
    /// The report, and when it was made, in seconds: making it anew in each frame would cost too much.
    report: Option<(f64, Arc<RunReport>)>,
}

impl Play {
    pub(crate) fn has_run(&self) -> bool {
        self.ready
    }

    pub(crate) fn not_run(&self) -> &[(Id, String)] {
        &self.not_run
    }
}

impl App {
    /// Runs the board from its beginning.
    pub(crate) fn start_run(&mut self) {
        self.with_cx(|editor, cx| editor.end_text(cx));
        let seed = self.play.seed.unwrap_or(RunOptions::default().seed);
        let speed = self.play.player.speed();
        self.play = Play {
            starting: true,
            seed: self.play.seed,
            faults: std::mem::take(&mut self.play.faults),
            ..Play::default()
        };
        self.play.player.set_speed(speed);
        self.session.start_run(RunOptions { seed, ..RunOptions::default() });
        self.steps.ran();
    }

    /// Ends the run: the board is as before it, and what was broken works again.
    pub(crate) fn stop_run(&mut self) {
        let speed = self.play.player.speed();
        self.play = Play { seed: self.play.seed, ..Play::default() };
        self.play.player.set_speed(speed);
        self.session.stop_run();
    }

    /// Whether there is something to stop or to clear.
    pub(crate) fn has_marks_of_run(&self) -> bool {
        !matches!(self.session.run_state(), RunState::None)
            || !self.play.faults.is_empty()
            || self.session.scenario_results().next().is_some()
    }

    /// Whether the board has changed since the run began, and is not again as it was.
    pub(crate) fn run_is_stale(&mut self) -> bool {
        let revision = self.session.history().revision();
        if self.session.run().is_some_and(|it| it.revision == revision) {
            return false;
        }
        if self.play.stale.0 != revision {
            self.play.stale = (revision, !self.session.runs_this_board());
        }
        self.play.stale.1
    }

    pub(crate) fn play_pause(&mut self) {
        if !self.play.ready {
            self.start_run();
        } else if self.play.player.is_playing() {
            self.play.player.pause();
        } else {
            self.play.player.play();
        }
    }

    /// Lets the run and its show go on by one frame.
    pub(super) fn update_play(&mut self, ctx: &egui::Context) {
        if self.play.starting {
            match self.session.run_state() {
                RunState::Starting => {
                    ctx.request_repaint();
                    return;
                }
                RunState::Failed(why) => {
                    let text = format!("The board cannot run: {why}");
                    self.play.starting = false;
                    self.say(text);
                    return;
                }
                RunState::None => {
                    self.play.starting = false;
                    return;
                }
                RunState::Running(_) => self.run_is_ready(),
            }
        }
        let Some(run) = self.session.run_mut() else {
            self.play.ready = false;
            return;
        };
        let player = &mut self.play.player;
        let ahead = AHEAD * player.speed().max(1.0);
        run.advance(|trace| {
            player.sync(trace);
            (player.end() - player.position()) < ahead as i64
        });
        player.sync(run.trace());
        self.play.index.sync(run.trace());
        if player.is_playing() {
            let seconds = f64::from(ctx.input(|it| it.stable_dt)).min(0.1);
            player.advance(Millis((seconds * 1_000.0).round() as i64));
            ctx.request_repaint();
            if player.is_at_end() && run.is_done() {
                player.pause();
            }
        }
    }

    fn run_is_ready(&mut self) {
        self.play.starting = false;
        self.play.ready = true;
        let faults: Vec<(Id, f64)> = self.play.faults.iter().map(|(id, rate)| (*id, *rate)).collect();
        for (id, rate) in faults {
            self.set_failure_rate(id, rate);
        }
        let Some(run) = self.session.run() else { return };
        let report = run.report();
        self.play.order_only = run.is_order_only();
        self.play.not_run = report.not_run.iter().map(|it| (it.id, it.reason.clone())).collect();
        self.play.player.play();
        if let Some(remark) = &report.order_only {
            let text = sentence(remark);
            self.say(format!("{text}: the timeline is played from left to right"));
        } else if report.ghost_links > 0 {
            self.say(format!("This run relies on {} that nobody accepted", counted(report.ghost_links, "ghost link")));
        }
        self.panel = Some("simulation");
    }

    /// What came of the run, at most half a second old.
    pub(crate) fn report(&mut self, now: f64) -> Option<Arc<RunReport>> {
        let run = self.session.run()?;
        if let Some((at, report)) = &self.play.report
            && now - at < 0.5
        {
            return Some(Arc::clone(report));
        }
        let report = Arc::new(run.report());
        self.play.report = Some((now, Arc::clone(&report)));
        Some(report)
    }

    /// Makes an external system fail that often, now or in the next run.
    pub(crate) fn set_failure_rate(&mut self, id: Id, rate: f64) {
        self.play.faults.insert(id, rate);
        if rate > 0.0 {
            self.steps.made_fail();
        }
        if let Some(run) = self.session.run_mut()
            && let Err(why) = run.set_failure_rate(id, rate)
        {
            self.say(why);
        }
    }

    /// Lets an external system fail as often as is written on it again.
    pub(crate) fn mend(&mut self, id: Id) {
        self.play.faults.remove(&id);
        if let Some(run) = self.session.run_mut() {
            let written = run.written_failure_rate(id);
            if let Err(why) = run.set_failure_rate(id, written) {
                self.say(why);
            }
        }
    }

    /// Whether an external system was broken by hand.
    pub(crate) fn is_made_to_fail(&self, id: Id) -> bool {
        self.play.faults.get(&id).is_some_and(|it| *it > 0.0)
    }

    pub(crate) fn failure_rate(&self, id: Id) -> f64 {
        match self.session.run() {
            Some(run) if run.can_fail(id) => run.failure_rate(id),
            Some(_) | None => self.play.faults.get(&id).copied().unwrap_or(0.0),
        }
    }

    /// Stops a sticky, or lets it go on.
    pub(crate) fn set_stopped(&mut self, id: Id, stopped: bool) {
        if let Some(run) = self.session.run_mut()
            && let Err(why) = run.set_stopped(id, stopped)
        {
            self.say(why);
        }
    }

    /// Looks at a record.
    pub(crate) fn choose_record(&mut self, record: RecordNo) {
        self.play.selected = Some(record);
        self.play.player.pause();
        self.open_panel("simulation");
        self.steps.chose_message();
    }

    /// The placements between which a message between two definitions is seen to move.
    fn ends(&mut self, from: Id, to: Id) -> (Id, Id) {
        let revision = self.session.history().revision();
        let board = self.session.board();
        if self.play.ends.0 != revision || self.play.ends.1.is_empty() {
            let definition = |id: Id| board.definition(id).map_or(id, |it| it.id);
            let links = board.links().values().map(|it| ((definition(it.from), definition(it.to)), (it.from, it.to)));
            self.play.ends = (revision, links.collect());
        }
        self.play.ends.1.get(&(from, to)).copied().unwrap_or((from, to))
    }

    /// What the run shows over the board.
    pub(super) fn play_overlays(&mut self, overlays: &mut Vec<Overlay>) {
        for result in self.session.scenario_results() {
            let (tone, text) = if result.passed { (Tone::Success, "passed") } else { (Tone::Error, "failed") };
            overlays.push(Overlay::Badge { on: result.id, tone, text: text.to_owned() });
        }
        if !self.play.ready {
            return;
        }
        for (on, reason) in &self.play.not_run {
            overlays.push(Overlay::Hatch { on: *on, reason: reason.clone() });
        }
        for flash in self.play.player.flashes() {
            let tone = match flash.kind {
                FlashKind::Arrived => Tone::Pulse,
                FlashKind::Waits => Tone::Warning,
                FlashKind::Rejected | FlashKind::Failed | FlashKind::Broken => Tone::Error,
            };
            overlays.push(Overlay::Pulse { on: flash.on, tone, age: flash.progress });
            if flash.kind != FlashKind::Arrived && flash.progress < 0.8 {
                overlays.push(Overlay::Caption { on: flash.on, tone, text: flash.label.to_string() });
            }
        }
        let Some(run) = self.session.run() else { return };
        let broken: Vec<Id> = self.play.faults.iter().filter(|it| *it.1 > 0.0).map(|it| *it.0).collect();
        for on in broken {
            overlays.push(Overlay::Caption { on, tone: Tone::Error, text: "made to fail".to_owned() });
        }
        let Some(record) = self.play.selected else { return };
        let trace = run.trace();
        let tree = self.play.index.tree(trace, record);
        let places = |all: &[RecordNo]| -> BTreeSet<Id> {
            all.iter().filter_map(|it| trace.record(*it)).flat_map(|it| [it.message, it.from]).flatten().collect()
        };
        let effects: Vec<RecordNo> = tree.effects.iter().map(|it| it.0).filter(|it| *it != record).collect();
        let (causes, effects) = (places(&tree.causes), places(&effects));
        for on in causes {
            overlays.push(Overlay::Ring { on, tone: Tone::Hint });
        }
        for on in effects {
            overlays.push(Overlay::Ring { on, tone: Tone::Success });
        }
        if let Some(on) = trace.record(record).and_then(|it| it.message) {
            overlays.push(Overlay::Ring { on, tone: Tone::Error });
        }
    }

    /// Messages on their way, as large on the screen however far the board is.
    pub(super) fn paint_tokens(&mut self, ui: &Ui) {
        if !self.play.ready {
            return;
        }
        let theme = theme::board(ui.ctx());
        let (color, ink) = (color32(theme.pulse), color32(theme.canvas));
        let view = self.canvas.rect;
        let painter = ui.painter_at(view);
        for pulse in self.play.player.pulses() {
            let (from, to) = self.ends(pulse.from, pulse.to);
            let Some(at) = place(self.canvas.scene(), self.session.board(), from, to, pulse.progress) else { continue };
            let at = places::point(view, &self.editor.camera, at);
            let radius = (9.0 * self.editor.camera.zoom).clamp(6.0, 11.0);
            painter.circle(at, radius, color, egui::Stroke::new(2.0, ink));
            let font = egui::FontId::proportional(theme::SMALL);
            let text = painter.layout_no_wrap(pulse.label.to_string(), font, ink);
            let corner = at + egui::vec2(radius + 4.0, -text.size().y / 2.0);
            let pill = egui::Rect::from_min_size(corner, text.size()).expand2(egui::vec2(5.0, 1.5));
            painter.rect_filled(pill, 6.0, color);
            painter.galley(corner, text, ink);
        }
    }

    /// The message on its way that lies near a point of the board.
    pub(super) fn token_at(&mut self, at: PointF, reach: f32) -> Option<RecordNo> {
        if !self.play.ready {
            return None;
        }
        let mut best: Option<(f32, RecordNo)> = None;
        for pulse in self.play.player.pulses() {
            let (from, to) = self.ends(pulse.from, pulse.to);
            let Some(record) = pulse.record else { continue };
            let Some(place) = place(self.canvas.scene(), self.session.board(), from, to, pulse.progress) else {
                continue;
            };
            let far = (place.x - at.x).hypot(place.y - at.y);
            if far <= reach && best.is_none_or(|it| far < it.0) {
                best = Some((far, record));
            }
        }
        best.map(|it| it.1)
    }
}

/// Where a message is on its way between two stickies.
fn place(scene: &Scene, board: &crate::board::Board, from: Id, to: Id, progress: f32) -> Option<PointF> {
    let link = board.links().values().find(|it| it.from == from && it.to == to);
    let way = link.and_then(|it| scene.link_path(it.id));
    let way = way.or_else(|| Some(vec![board.rect(from)?.to_f().center(), board.rect(to)?.to_f().center()]))?;
    Some(PointF::along(&way, progress))
}

/// A button on each scenario that is near enough to be read.
pub(super) fn scenario_buttons(app: &mut App, ui: &mut Ui) {
    if app.editor.camera.zoom < 0.3 {
        return;
    }
    let mut wanted = None;
    for scenario in app.session.board().scenarios().values().filter(|it| !is_law(it.title())) {
        let corner = scenario.rect().to_f();
        let at = places::point(app.canvas.rect, &app.editor.camera, PointF::new(corner.right(), corner.bottom()));
        let size = egui::vec2(26.0, 22.0);
        let rect = egui::Rect::from_min_size(at - size - egui::vec2(4.0, 4.0), size);
        if !app.canvas.rect.contains_rect(rect) {
            continue;
        }
        let button = ui.put(rect, Button::new("\u{25b6}").small());
        super::live::name(&button, &format!("Run scenario {}", scenario.title()));
        if button.on_hover_text("Run this scenario").clicked() {
            wanted = Some(scenario.id);
        }
    }
    if let Some(id) = wanted {
        let seed = app.play.seed.unwrap_or(RunOptions::default().seed);
        app.session.run_scenario(id, seed);
    }
}

/// Whether a scenario holds an invariant: it is watched in every run and not run by itself.
pub(super) fn is_law(title: &str) -> bool {
    let lower = title.to_lowercase();
    lower.starts_with("always ") || lower.starts_with("every ")
}

/// With a capital letter.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// The button that runs the board.
pub(super) fn run_button(app: &App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    let tokens = theme::tokens(ui.ctx());
    let text = RichText::new("\u{25b6} Run").color(tokens.on_accent).strong();
    let button = ui.add(Button::new(text).fill(tokens.accent).min_size(egui::vec2(74.0, 0.0)));
    super::live::name(&button, "Run");
    let help = app.with_key("Run the board from its beginning", crate::editor::Does::Window("run"));
    if button.on_hover_text(help).clicked() {
        wanted.push(Command::Run);
    }
    if app.play.starting {
        ui.spinner();
    }
}

/// Play, pause, step and speed, at the foot of the canvas.
pub(super) fn controls(app: &mut App, ui: &mut Ui) {
    if !app.play.ready || app.canvas.rect.width() < 420.0 {
        return;
    }
    let tokens = theme::tokens(ui.ctx());
    let foot = app.canvas.rect.center_bottom() - egui::vec2(0.0, 14.0);
    let area = Area::new(egui::Id::unique("player")).fixed_pos(foot).pivot(Align2::CENTER_BOTTOM);
    area.show(ui.ctx(), |ui| {
        let frame = Frame::new()
            .fill(tokens.panel)
            .stroke(egui::Stroke::new(1.0, tokens.line))
            .corner_radius(10.0)
            .inner_margin(Margin::symmetric(12, 8));
        frame.show(ui, |ui| {
            if app.play.order_only {
                ui.horizontal(|ui| {
                    ui.label(RichText::new("Order only, no causes modelled").strong());
                    if ui.button("Name commands from events").clicked() {
                        name_commands(app);
                    }
                });
            }
            ui.horizontal(|ui| {
                player(app, ui, 110.0);
                clock(app, ui);
            });
        });
    });
}

fn name_commands(app: &mut App) {
    let board = app.session.board().clone();
    let edits = crate::session::name_commands(&board, app.session.ids());
    if edits.is_empty() {
        app.say("No name of an event could be turned into a command: write them by hand with C");
    } else {
        app.do_later(Command::Apply("Name commands from events".to_owned(), edits));
    }
}

/// The controls themselves, with so wide a slider.
pub(super) fn player(app: &mut App, ui: &mut Ui, slider: f32) {
    let again = ui.button("\u{23ee}").on_hover_text("Run again from the beginning");
    super::live::name(&again, "Run again");
    if again.clicked() {
        app.do_later(Command::Run);
    }
    let playing = app.play.player.is_playing();
    let (sign, name) = if playing { ("\u{23f8}", "Pause") } else { ("\u{25b6}", "Play") };
    let toggle = ui.button(sign).on_hover_text(name);
    super::live::name(&toggle, name);
    if toggle.clicked() {
        app.play_pause();
    }
    let step = ui.button("\u{23ed}").on_hover_text("Go to the next step");
    super::live::name(&step, "Step");
    if step.clicked() {
        app.play.player.pause();
        app.play.player.step_forward();
    }
    let stop = ui.button("\u{23f9}").on_hover_text("Stop: end the run, the board is as before it");
    super::live::name(&stop, "Stop");
    if stop.clicked() {
        app.do_later(Command::EndRun);
    }
    let mut speed = app.play.player.speed();
    ui.spacing_mut().slider_width = slider;
    ui.visuals_mut().widgets.inactive.bg_fill = theme::tokens(ui.ctx()).line;
    let slider = ui.add(Slider::new(&mut speed, 0.1..=50.0).logarithmic(true).suffix("\u{00d7}").max_decimals(1));
    super::live::name(&slider, "Speed");
    if slider.changed() {
        app.play.player.set_speed(speed);
    }
}

/// The time at which the player stands.
pub(super) fn clock(app: &App, ui: &mut Ui) {
    let time = app.play.player.time().to_string().replace('T', " ");
    ui.label(RichText::new(time.get(..19).unwrap_or(&time)).size(theme::SMALL + 0.5).monospace());
}

/// What can be broken on an element, in its context menu.
pub(super) fn fault_entries(app: &App, ui: &mut Ui, id: Id, wanted: &mut Vec<Command>) {
    let board = app.session.board();
    let Some(definition) = board.definition(id) else { return };
    let id = definition.id;
    if definition.kind.role() == Role::External {
        let broken = app.is_made_to_fail(id);
        let text = if broken { "Let it work again" } else { "Make it fail" };
        if ui.button(text).clicked() {
            wanted.push(if broken { Command::Mend(id) } else { Command::Fail(id, 1.0) });
        }
    }
    if let Some(run) = app.session.run().filter(|it| it.can_stop(id)) {
        let stopped = run.is_stopped(id);
        let text = if stopped { "Let it go on" } else { "Stop it" };
        if ui.button(text).clicked() {
            wanted.push(Command::Stop(id, !stopped));
        }
    }
}

/// The button and the result of a scenario scenario.
pub(super) fn scenario_row(app: &mut App, ui: &mut Ui, id: Id) {
    let tokens = theme::tokens(ui.ctx());
    ui.horizontal(|ui| {
        if ui.button("Run scenario").clicked() {
            let seed = app.play.seed.unwrap_or(RunOptions::default().seed);
            app.session.run_scenario(id, seed);
        }
        if let Some(result) = app.session.scenario_result(id) {
            let (sign, color) =
                if result.passed { ("\u{2714} passed", tokens.success) } else { ("\u{2718} failed", tokens.error) };
            ui.label(RichText::new(sign).color(color).strong());
        } else if app.session.is_running_scenarios() {
            ui.spinner();
        }
    });
    if let Some(result) = app.session.scenario_result(id) {
        for step in &result.steps {
            let (sign, color) = if step.passed { ("\u{2714}", tokens.success) } else { ("\u{2718}", tokens.error) };
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(sign).color(color));
                ui.label(RichText::new(&step.text).monospace());
            });
            if let Some(why) = &step.why {
                ui.label(RichText::new(why).color(tokens.error));
            }
        }
        if !result.difference.is_empty() {
            ui.label(RichText::new(&result.difference).color(tokens.error));
        }
    }
}

/// What the run says of a sticky, in the inspector.
pub(super) fn inspect(app: &mut App, ui: &mut Ui, definition: Id) {
    let role = app.session.board().sticky(definition).map(|it| it.kind.role());
    if role == Some(Role::External) {
        section(ui, "Break it");
        fail_row(app, ui, definition);
    }
    let Some(run) = app.session.run() else { return };
    let stoppable = run.can_stop(definition);
    let stopped = run.is_stopped(definition);
    let report = app.report(ui.input(|it| it.time));
    let line = report.and_then(|it| it.stickies.iter().find(|it| it.id == definition).cloned());
    if stoppable || line.is_some() {
        section(ui, "In this run");
    }
    if let Some(line) = line {
        for (name, count) in
            [("Records", line.count), ("Handled", line.handled), ("Rejected", line.rejected), ("Failed", line.failed)]
        {
            if count > 0 {
                key_value(ui, name, &count.to_string());
            }
        }
    }
    if stoppable {
        let text = if stopped { "Let it go on" } else { "Stop it" };
        if ui.button(text).on_hover_text("Stopped, it takes no records; they wait in its topic").clicked() {
            app.set_stopped(definition, !stopped);
        }
    }
    let Some(run) = app.session.run() else { return };
    if run.has_contents(definition) {
        let rows = run.contents(definition);
        let name = if role == Some(Role::ReadModel) { "Rows" } else { "Instances" };
        section(ui, &format!("{name} ({})", rows.len()));
        for (key, value) in rows.iter().take(50) {
            ui.label(RichText::new(key).strong().monospace());
            ui.add(egui::Label::new(RichText::new(value).size(theme::SMALL).monospace()).wrap());
        }
        if rows.len() > 50 {
            muted(ui, format!("and {} more", rows.len() - 50));
        }
    }
}

/// How often an external system fails.
pub(super) fn fail_row(app: &mut App, ui: &mut Ui, id: Id) {
    let name = app.session.board().name(id);
    ui.horizontal(|ui| {
        let broken = app.is_made_to_fail(id);
        let text = if broken { format!("Let {name} work") } else { format!("Make {name} fail") };
        if ui.button(text).clicked() {
            match broken {
                true => app.mend(id),
                false => app.set_failure_rate(id, 1.0),
            }
        }
        let mut percent = app.failure_rate(id) * 100.0;
        let drag = ui.add(egui::DragValue::new(&mut percent).range(0.0..=100.0).suffix(" % fail").max_decimals(0));
        super::live::name(&drag, &format!("Failure rate of {name}"));
        if drag.changed() {
            app.set_failure_rate(id, percent / 100.0);
        }
    });
}
