//! The context map: the second view of a board, with the bounded contexts and what is between them.
//!
//! Contexts are moved by pointer or arrow keys; what was said of two contexts is changed in the inspector.

mod inspect;

use std::sync::Arc;

use egui::{
    Align2, EventFilter, FontId, Id as WidgetId, Key, Modifiers, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
};

use super::canvas::{ScenePainter, View, color32};
use super::commands::{Command, Switch};
use super::{App, places, theme};
use crate::board::{Edit, Field};
use crate::editor::{self, Camera, Does, REACH, distance_to_line};
use crate::kit::{Id, Point, PointF, RectF, counted};
use crate::scene::{FontBook, MapPlan, MapScene, SceneBuilder, Theme};
use crate::session::{ContextMap, map_plan};

pub(super) use inspect::inspect;

/// What of the map is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// A context.
    Context(Id),
    /// What is between two contexts; the lower id first.
    Line(Id, Id),
}

/// A context in the hand.
#[derive(Clone, Copy, Debug)]
struct Held {
    id: Id,
    /// Where its corner was.
    corner: Point,
    /// Where it was taken.
    from: PointF,
    /// The place that was stored.
    old: Option<Point>,
}

/// What the view of the map keeps between frames.
pub(crate) struct MapView {
    /// Whether the map is seen and not the board.
    pub(crate) open: bool,
    /// What is selected.
    pub(crate) chosen: Option<Chosen>,
    /// There is none before the map is seen: its letters take room.
    painter: Option<ScenePainter>,
    builder: SceneBuilder,
    camera: Camera,
    fitted: bool,
    /// What is drawn, and with which colours.
    built: Option<(MapPlan, Arc<Theme>)>,
    scene: MapScene,
    /// Changes with every change of the scene.
    version: u64,
    held: Option<Held>,
}

impl MapView {
    pub(super) fn new(fonts: FontBook) -> Self {
        Self {
            open: false,
            chosen: None,
            painter: None,
            builder: SceneBuilder::new(fonts, Theme::light()),
            camera: Camera::default(),
            fitted: false,
            built: None,
            scene: MapScene::default(),
            version: 0,
            held: None,
        }
    }

    /// Another board, or the map is opened anew: everything is shown.
    pub(super) fn fit_again(&mut self) {
        self.fitted = false;
        self.held = None;
    }

    /// Takes other fonts.
    pub(super) fn set_book(&mut self, book: FontBook) {
        self.builder.set_book(book);
        // Letters of the fonts before are of no use.
        self.painter = None;
        self.built = None;
    }

    /// The characters that no font shows.
    pub(super) fn missing(&self) -> impl Iterator<Item = &char> {
        self.scene.scene.missing.keys()
    }

    /// Does an action of the editor that has a meaning here; says whether it has.
    pub(super) fn action(&mut self, key: &str) -> bool {
        let middle = PointF::new(self.camera.width / 2.0, self.camera.height / 2.0);
        match key {
            "zoom_in" => self.camera.zoom_at(middle, 1.25),
            "zoom_out" => self.camera.zoom_at(middle, 0.8),
            "zoom_full" => self.camera.zoom_to(1.0),
            "zoom_fit" | "zoom_selection" => self.fitted = false,
            _ => return false,
        }
        true
    }

    /// What the map takes up, as it was last drawn.
    pub(crate) fn bounds(&self) -> RectF {
        self.scene.scene.bounds
    }

    /// How near the map is seen.
    pub(crate) fn zoom(&self) -> f32 {
        self.camera.zoom
    }

    fn rebuild(&mut self, plan: MapPlan, theme: Arc<Theme>) {
        let wanted = (plan, theme);
        if self.built.as_ref() != Some(&wanted) {
            self.builder.set_theme((*wanted.1).clone());
            self.scene = self.builder.context_map(&wanted.0);
            self.built = Some(wanted);
            self.version += 1;
        }
        if !self.fitted && !self.scene.contexts.is_empty() {
            self.fitted = true;
            let it = self.scene.scene.bounds;
            let corner = PointF::new(it.x, it.y).round();
            let size = crate::kit::Size::new(it.w.ceil() as i32, it.h.ceil() as i32);
            self.camera.fit(crate::kit::Rect::new(corner, size).grown(40), 1.4);
        }
    }

    fn to_screen(&self, view: Rect, rect: RectF) -> Rect {
        places::rect(view, &self.camera, rect)
    }
}

/// Shows the map.
pub(super) fn show(app: &mut App, ui: &mut Ui) {
    let rect = ui.available_rect_before_wrap();
    (app.map.camera.width, app.map.camera.height) = (rect.width().max(1.0), rect.height().max(1.0));
    let map = match app.session.readings() {
        Some(readings) if readings.revision != app.session.history().revision() => {
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(30));
            readings.map.clone()
        }
        Some(readings) => readings.map.clone(),
        None => ContextMap::default(),
    };
    let plan = map_plan(app.session.board(), &map);
    app.map.rebuild(plan, theme::board(ui.ctx()));
    let ground = ui.interact(rect, WidgetId::unique("context map"), Sense::click_and_drag());
    navigate(app, ui, rect, &ground);
    paint(app, ui, rect);
    lines(app, ui, rect, &map, &ground);
    contexts(app, ui, rect, &map);
    bar(app, ui, rect, &map);
}

fn navigate(app: &mut App, ui: &Ui, rect: Rect, ground: &egui::Response) {
    if ground.dragged() {
        let by = ground.drag_delta();
        app.map.camera.pan(by.x, by.y);
    }
    if let Some(at) = ground.hover_pos().filter(|_| app.dialogs.is_empty()) {
        let at = PointF::new(at.x - rect.left(), at.y - rect.top());
        let (factor, by) = ui.input(|it| (it.zoom_delta(), it.smooth_scroll_delta()));
        if (factor - 1.0).abs() > 1e-4 {
            app.map.camera.zoom_at(at, factor);
        } else if by != egui::Vec2::ZERO {
            app.map.camera.pan(by.x, by.y);
        }
    }
    if app.dialogs.is_empty() && !ui.ctx().text_edit_focused() && !ui.ctx().any_popup_open() {
        keys(app, ui);
    }
}

/// The keys of the board that have a meaning here.
fn keys(app: &mut App, ui: &Ui) {
    let events = ui.input(|it| it.events.clone());
    for event in events {
        let Some(shortcut) = super::canvas::shortcut(&event) else { continue };
        if shortcut.key == editor::Key::Escape {
            match app.map.chosen.take() {
                Some(_) => {}
                None => app.do_later(Command::Switch(Switch::ContextMap)),
            }
            continue;
        }
        let Some(Does::Act(key)) = app.editor.keys.find(shortcut) else { continue };
        if matches!(key, "undo" | "redo" | "zoom_in" | "zoom_out" | "zoom_full" | "zoom_fit" | "zoom_selection") {
            app.do_later(Command::Action(key));
        }
    }
}

fn paint(app: &mut App, ui: &Ui, rect: Rect) {
    let map = &mut app.map;
    let painter = ui.painter_at(rect);
    let theme = map.builder.theme().clone();
    let pixels_per_point = ui.ctx().pixels_per_point();
    let view = View { camera: &map.camera, corner: rect.min, pixels_per_point };
    let scenes = map.painter.get_or_insert_with(|| ScenePainter::new(ui.ctx()));
    let meshes = scenes.meshes(&map.scene.scene, map.version, &[], map.builder.book(), view);
    let unfinished = scenes.unfinished;
    let selection = Stroke::new(3.0, color32(theme.selection));
    if let Some(Chosen::Line(a, b)) = map.chosen
        && let Some((_, way)) = line_of(map, a, b)
    {
        let points = way.iter().map(|it| places::point(rect, &map.camera, *it));
        painter.line(points.collect(), Stroke::new(6.0, color32(theme.selection).gamma_multiply(0.45)));
    }
    for mesh in meshes {
        painter.add(egui::Shape::mesh(mesh));
    }
    let round = match map.chosen {
        Some(Chosen::Context(id)) => map.scene.context(id).map(|it| (it.to_f(), 15.0)),
        Some(Chosen::Line(a, b)) => line_of(map, a, b).map(|(it, _)| (*it, 6.0)),
        None => None,
    };
    if let Some((round, radius)) = round {
        let place = map.to_screen(rect, round).expand(3.0);
        painter.rect_stroke(place, radius * map.camera.zoom, selection, StrokeKind::Outside);
    }
    if unfinished {
        ui.ctx().request_repaint();
    }
    if map.scene.contexts.is_empty() {
        let color = color32(theme.text);
        let middle = rect.center();
        let text = "No bounded context yet";
        painter.text(middle - egui::vec2(0.0, 14.0), Align2::CENTER_CENTER, text, theme::bold(theme::HEADING), color);
        let hint = "On the board draw a frame (F) round what one team owns and speaks one language";
        let font = FontId::proportional(theme::BODY);
        painter.text(middle + egui::vec2(0.0, 14.0), Align2::CENTER_CENTER, hint, font, color32(theme.faint));
    }
}

fn line_of(map: &MapView, a: Id, b: Id) -> Option<&(RectF, Vec<PointF>)> {
    let (plan, _) = map.built.as_ref()?;
    let at = plan.lines.iter().position(|it| it.ends == (a, b))?;
    map.scene.lines.get(at)
}

/// Labels and lines: a click selects.
fn lines(app: &mut App, ui: &Ui, rect: Rect, map: &ContextMap, ground: &egui::Response) {
    let board = app.session.board();
    let mut chosen = None;
    for relation in &map.relations {
        let (a, b) = relation.ends;
        let Some((place, _)) = line_of(&app.map, a, b) else { continue };
        let place = app.map.to_screen(rect, *place);
        let (first, second) = match relation.upstream {
            Some(up) if up == b => (b, a),
            _ => (a, b),
        };
        let word = if relation.upstream.is_some() { "upstream of" } else { "and" };
        let messages: Vec<String> = relation.crossings.iter().map(|it| board.name(it.message)).collect();
        let label = format!("{} {word} {}: {}", board.name(first), board.name(second), messages.join(", "));
        let response =
            ui.interact(places::seen(place, rect), WidgetId::unique(("map line", a.bits(), b.bits())), Sense::click());
        let on = app.map.chosen == Some(Chosen::Line(a, b));
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &label));
        if response.clicked() || response.gained_focus() {
            chosen = Some(Chosen::Line(a, b));
        }
        focus_ring(ui, &response);
        response.on_hover_cursor(egui::CursorIcon::PointingHand);
    }
    if ground.clicked() {
        let at = ground.interact_pointer_pos().map(|it| PointF::new(it.x - rect.left(), it.y - rect.top()));
        let near = at.map(|it| app.map.camera.to_board(it)).and_then(|at| {
            let reach = REACH / app.map.camera.zoom;
            let hit = |it: &&crate::session::ContextRelation| {
                line_of(&app.map, it.ends.0, it.ends.1).is_some_and(|(_, way)| distance_to_line(way, at) <= reach)
            };
            map.relations.iter().find(hit)
        });
        app.map.chosen = near.map(|it| Chosen::Line(it.ends.0, it.ends.1));
    }
    if chosen.is_some() {
        app.map.chosen = chosen;
        app.open_panel("inspector");
    }
}

fn focus_ring(ui: &Ui, response: &egui::Response) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, theme::tokens(ui.ctx()).accent);
        ui.painter().rect_stroke(response.rect.expand(4.0), 6.0, stroke, StrokeKind::Outside);
    }
}

/// Contexts: a click selects, a drag or an arrow key moves, a double click goes to the frame on the board.
fn contexts(app: &mut App, ui: &Ui, rect: Rect, map: &ContextMap) {
    for context in &map.contexts {
        let Some(place) = app.map.scene.context(context.id) else { continue };
        let screen = app.map.to_screen(rect, place.to_f());
        let id = WidgetId::unique(("map context", context.id.bits()));
        let response = ui.interact(places::seen(screen, rect), id, Sense::click_and_drag());
        let on = app.map.chosen == Some(Chosen::Context(context.id));
        let label = {
            let (events, commands) = (counted(context.events, "event"), counted(context.commands, "command"));
            format!("Context: {}, {events}, {commands}", context.name)
        };
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &label));
        if response.clicked() || response.gained_focus() || response.drag_started() {
            app.map.chosen = Some(Chosen::Context(context.id));
            app.open_panel("inspector");
        }
        if response.double_clicked() {
            app.do_later(Command::GoToAll(vec![context.id]));
        }
        drag(app, rect, context.id, place, &response);
        if response.has_focus() {
            let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
            ui.memory_mut(|it| it.set_focus_lock_filter(id, filter));
            step(app, ui, context.id, place);
        }
        focus_ring(ui, &response);
        response.on_hover_cursor(if app.map.held.is_some() {
            egui::CursorIcon::Grabbing
        } else {
            egui::CursorIcon::Grab
        });
    }
}

/// Moves a context with the pointer: one gesture, one undo step.
fn drag(app: &mut App, rect: Rect, id: Id, place: crate::kit::Rect, response: &egui::Response) {
    let pointer = response.interact_pointer_pos().map(|it| PointF::new(it.x - rect.left(), it.y - rect.top()));
    let Some(at) = pointer.map(|it| app.map.camera.to_board(it)) else {
        if app.map.held.is_some_and(|it| it.id == id) {
            app.map.held = None;
            app.session.history_mut().finish();
        }
        return;
    };
    if response.drag_started() {
        // A drag is known as one only after some points of way.
        let pressed = response.ctx.input(|it| it.pointer.press_origin());
        let pressed = pressed.map(|it| PointF::new(it.x - rect.left(), it.y - rect.top()));
        let from = pressed.map_or(at, |it| app.map.camera.to_board(it));
        let old = app.session.board().frame(id).and_then(|it| it.map);
        app.map.held = Some(Held { id, corner: Point::new(place.x, place.y), from, old });
        app.session.history_mut().begin("Move a context on the map");
    }
    let Some(Held { corner, from, old, .. }) = app.map.held.filter(|it| it.id == id) else { return };
    if response.dragged() {
        let to = PointF::new(corner.x as f32 + at.x - from.x, corner.y as f32 + at.y - from.y).round();
        let edit = Edit::Set { id, old: Field::Map(old), new: Field::Map(Some(to)) };
        if let Err(err) = app.session.history_mut().update(vec![edit]) {
            app.say(err.to_string());
        }
    }
    if response.drag_stopped() {
        app.map.held = None;
        app.session.history_mut().finish();
    }
}

/// Moves the context that has the focus with the arrow keys, ten units, or one with Shift.
fn step(app: &mut App, ui: &Ui, id: Id, place: crate::kit::Rect) {
    let (mut dx, mut dy) = (0, 0);
    ui.input_mut(|input| {
        for (mods, by) in [(Modifiers::NONE, 10), (Modifiers::SHIFT, 1)] {
            let mut count = |key| i32::try_from(input.count_and_consume_key(mods, key)).unwrap_or(0) * by;
            dx += count(Key::ArrowRight) - count(Key::ArrowLeft);
            dy += count(Key::ArrowDown) - count(Key::ArrowUp);
        }
    });
    if (dx, dy) != (0, 0) {
        let to = Point::new(place.x, place.y).moved(dx, dy);
        if let Ok(edit) = app.session.board().set(id, Field::Map(Some(to))) {
            app.do_later(Command::Apply("Move a context on the map".to_owned(), vec![edit]));
        }
    }
}

/// What the view is and how it is left, over its left top corner.
fn bar(app: &mut App, ui: &mut Ui, rect: Rect, map: &ContextMap) {
    let place = Rect::from_min_size(rect.min + egui::vec2(12.0, 10.0), egui::vec2(rect.width() - 24.0, 30.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
        ui.horizontal(|ui| {
            let back = ui.button("\u{2190} Board").on_hover_text("Back to the board (Esc)");
            super::live::name(&back, "Back to the board");
            if back.clicked() {
                app.do_later(Command::Switch(Switch::ContextMap));
            }
            let placed: Vec<Id> =
                map.contexts.iter().map(|it| it.id).filter(|it| has_place(app.session.board(), *it)).collect();
            let anew = ui.add_enabled(!placed.is_empty(), egui::Button::new("Lay out anew"));
            if anew.on_hover_text("Every context goes where it is laid out by itself").clicked() {
                let board = app.session.board();
                let edits = placed.iter().filter_map(|it| board.set(*it, Field::Map(None)).ok()).collect();
                app.do_later(Command::Apply("Lay the context map out anew".to_owned(), edits));
                app.map.fit_again();
            }
            if ui.button("Export\u{2026}").on_hover_text("The context map as a picture").clicked() {
                app.export.map = true;
                app.do_later(Command::Dialog("export"));
            }
        });
    });
}

fn has_place(board: &crate::board::Board, id: Id) -> bool {
    board.frame(id).is_some_and(|it| it.map.is_some())
}
