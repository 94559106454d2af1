//! The canvas: gestures in, picture out.

mod atlas;
mod badges;
mod glide;
mod input;
mod nodes;
mod overlay;
mod painter;
mod photos;
mod touch;
mod shapes;
mod writing;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{CursorIcon, EventFilter, Rect, Sense};

pub(crate) use input::{Clicks, key, mods, shortcut};
use painter::encloses;
pub(crate) use painter::{ScenePainter, View, color32};
pub(crate) use writing::TextField;

use crate::board::Board;
use crate::editor::{Cursor, Cx, Editor, Gesture, Hit, Input, Request, distance_to_line};
use crate::kit::{Id, PointF, RectF};
use crate::scene::{FontBook, Item, Options, Overlay, Scene, SceneBuilder, Theme};
use crate::session::{Session, kept_flow};
use crate::view::panels::Marked;
use crate::view::places;

/// So many names are laid out in a frame at most.
const REFINED: usize = 120;

/// What the canvas keeps between frames.
pub(crate) struct Canvas {
    painter: painter::ScenePainter,
    builder: SceneBuilder,
    scene: Scene,
    built: Option<Built>,
    /// Changes with every change of the scene.
    version: u64,
    nodes: nodes::Nodes,
    above: Above,
    part_for_ghosts: RectF,
    badges: badges::Badges,
    locks: overlay::Locks,
    clicks: Clicks,
    touch: touch::Touch,
    photos: photos::Photos,
    text: TextField,
    glide: glide::Glide,
    /// Events of this frame that belong to the next one: what is typed into a text that has just begun, keys that came
    /// behind a press.
    late: Vec<egui::Event>,
    /// Whether the keyboard was sent to the bars and panels.
    away: bool,
    /// Where the canvas is on the screen.
    pub(crate) rect: Rect,
    /// In how many frames to come the board is shown as a whole.
    fits: u8,
}

/// A board that is opened is shown as a whole, and once more when it is known what covers the corners.
const FITS: u8 = 3;

/// For what the scene was built.
#[derive(Clone, PartialEq)]
struct Built {
    revision: u64,
    document: u64,
    theme: Arc<Theme>,
    /// How far things are on their way, in thousandths.
    glided: Option<u32>,
    options: Options,
}

/// What lies over the board, laid out, and for what.
#[derive(Default)]
struct Above {
    version: u64,
    overlays: Vec<Overlay>,
    items: Vec<Item>,
}

/// What the canvas needs of the application.
pub(crate) struct Given<'a> {
    /// The board with its past.
    pub(crate) session: &'a mut Session,
    /// What is seen, selected and held.
    pub(crate) editor: &'a mut Editor,
    /// Changes with every document that is opened.
    pub(crate) document: u64,
    /// Links read from geometry.
    pub(crate) ghosts: &'a [(Id, Id)],
    /// Badges, hatching, messages: what lies over the board.
    pub(crate) overlays: &'a [Overlay],
    /// Elements that findings mark with a badge.
    pub(crate) marked: &'a Arc<Marked>,
    /// Whether the keyboard is the canvas's: no dialog is open.
    pub(crate) keyboard: bool,
    /// What the window shall do.
    pub(crate) requests: &'a mut Vec<Request>,
}

impl Canvas {
    pub(crate) fn new(ctx: &egui::Context, fonts: FontBook) -> Self {
        Self {
            painter: painter::ScenePainter::new(ctx),
            builder: SceneBuilder::new(fonts, Theme::light()),
            scene: Scene::default(),
            built: None,
            version: 0,
            nodes: nodes::Nodes::default(),
            above: Above::default(),
            part_for_ghosts: RectF::default(),
            badges: badges::Badges::default(),
            locks: overlay::Locks::default(),
            clicks: Clicks::default(),
            touch: touch::Touch::default(),
            photos: photos::Photos::default(),
            text: TextField::default(),
            glide: glide::Glide::default(),
            late: Vec::new(),
            away: false,
            rect: Rect::NOTHING,
            fits: FITS,
        }
    }

    /// The picture of the board as it was shown last.
    pub(crate) fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Where a part of the board is on the screen.
    pub(crate) fn on_screen(&self, editor: &Editor, rect: crate::kit::RectF) -> Rect {
        places::rect(self.rect, &editor.camera, rect)
    }

    /// Takes other fonts; the board is laid out with them in the next frame.
    pub(crate) fn set_book(&mut self, ctx: &egui::Context, book: FontBook) {
        self.builder.set_book(book);
        // Letters of the fonts before are of no use.
        self.painter = painter::ScenePainter::new(ctx);
        self.built = None;
    }

    /// Shows the whole board in the next frame.
    pub(crate) fn fit_again(&mut self) {
        self.fits = FITS;
        self.built = None;
    }

    /// The ghost link at a point of the board, not further than `reach` from it.
    pub(crate) fn ghost_at(&self, on: PointF, reach: f32) -> Option<(Id, Id)> {
        // Of all overlays only ghost links have a way; they lie in the order in which they were handed in.
        let pairs = self.above.overlays.iter().filter_map(|it| match it {
            Overlay::GhostLink { from, to } => Some((*from, *to)),
            _ => None,
        });
        let pairs =
            pairs.filter(|(from, to)| from != to && self.scene.item(*from).is_some() && self.scene.item(*to).is_some());
        let ways = self.above.items.iter().filter_map(|it| Some((it.bounds, it.origin, it.drawing.way.as_deref()?)));
        let near = pairs.zip(ways).filter(|(_, (bounds, ..))| bounds.grown(reach).contains(on));
        let found = near.map(|(pair, (_, origin, way))| {
            (distance_to_line(way, PointF::new(on.x - origin.x, on.y - origin.y)), pair)
        });
        found.filter(|it| it.0 <= reach).min_by(|a, b| a.0.total_cmp(&b.0)).map(|it| it.1)
    }

    /// The part of the board, larger than what is seen, for which ghost links are laid out: it stays while the view
    /// moves a little.
    pub(crate) fn part_for_ghosts(&mut self, seen: RectF) -> RectF {
        let margin = seen.w.max(seen.h) * 0.3;
        if !encloses(self.part_for_ghosts, seen) || self.part_for_ghosts.w > 2.0 * (seen.w + 2.0 * margin) {
            self.part_for_ghosts = seen.grown(margin);
        }
        self.part_for_ghosts
    }

    /// Lets everything glide from where it lies on this board to where it will lie in the next frame.
    pub(crate) fn glide(&mut self, from: &Board) {
        self.glide.begin(from);
    }

    /// Takes this frame's input and paints the board.
    pub(crate) fn show(&mut self, ui: &mut egui::Ui, given: Given<'_>) {
        let rect = ui.available_rect_before_wrap();
        ui.allocate_rect(rect, Sense::hover());
        self.rect = rect;
        let Given { session, editor, document, ghosts, overlays, marked, keyboard, requests } = given;
        editor.camera.width = rect.width().max(1.0);
        editor.camera.height = rect.height().max(1.0);
        if self.fits > 0 {
            self.fits -= 1;
            if let Some(bounds) = session.board().bounds() {
                editor.camera.fit(bounds, 1.0);
            }
        }
        let worn = crate::view::theme::board(ui.ctx());
        let part = self.glide.part(ui.input(|it| it.time));
        let mut glided = part.map(|part| self.glide.board(session.board(), part));
        if part.is_some() {
            ui.ctx().request_repaint();
        }
        let revision = session.history().revision();
        self.rebuild(session, editor, document, &worn, glided.as_ref().zip(part));
        let over = is_over(ui, rect);
        self.input(ui, rect, over, session, editor, ghosts, keyboard, requests);
        if session.history().revision() != revision {
            // Who takes hold of something ends the show.
            self.glide = glide::Glide::default();
            glided = None;
        }
        self.rebuild(session, editor, document, &worn, glided.as_ref().zip(part));

        let board = glided.as_ref().unwrap_or(session.board());
        let under = if over { editor.under_pointer(board, &self.scene) } else { None };
        let theme = self.builder.theme().clone();
        let painter = ui.painter_at(rect);
        overlay::grid(&painter, rect, editor, &theme);
        self.photos.paint(ui, &painter, rect, editor, board);
        if self.above.version != self.version || self.above.overlays != overlays {
            let items = self.builder.overlays(board, &self.scene, overlays);
            self.above = Above { version: self.version, overlays: overlays.to_vec(), items };
        }
        let pixels_per_point = ui.ctx().pixels_per_point();
        // What lies outside the view stays rough, and no frame is asked for on its account.
        let rough = std::mem::take(&mut self.painter.rough);
        let readable = editor.camera.zoom * pixels_per_point >= shapes::NAMES || rough;
        if readable && self.builder.refine(&mut self.scene, editor.camera.visible(), REFINED) {
            self.version += 1;
            self.painter.rough = rough;
            ui.ctx().request_repaint();
        }
        let text = self.text.item(&self.builder);
        self.badges.follow(
            &mut self.builder,
            board,
            &self.scene,
            self.version,
            marked,
            &editor.camera,
            pixels_per_point,
        );
        let above: Vec<&Item> = self.above.items.iter().chain(&self.badges.items).chain(&text).collect();
        let view = painter::View { camera: &editor.camera, corner: rect.min, pixels_per_point };
        for mesh in self.painter.meshes(&self.scene, self.version, &above, self.builder.book(), view) {
            painter.add(egui::Shape::mesh(mesh));
        }
        overlay::titles(&painter, rect, editor, board, &self.scene, &theme);
        self.locks.show(&painter, rect, editor, (board, self.version), &theme);
        overlay::selection(&painter, rect, editor, board, &self.scene, under, &theme);
        let stolen = self.text.show(ui, &painter, rect, editor, board, &theme);
        let chosen = self.nodes.show(ui, rect, editor, board, &self.scene, self.version);
        if self.painter.unfinished || self.painter.rough {
            ui.ctx().request_repaint();
        }
        if over {
            ui.ctx().set_cursor_icon(icon(editor.cursor(under), under));
        }
        if stolen || !keyboard && editor.writing().is_some() {
            let (history, ids) = session.history_and_ids();
            editor.end_text(&mut Cx { history, ids, scene: &self.scene, ghosts, keep_flow: kept_flow, requests });
        }
        if let Some(id) = chosen.filter(|_| editor.writing().is_none()) {
            self.away = false;
            editor.go_to(session.board(), id);
        }
        ui.interact(rect, widget(), Sense::focusable_noninteractive())
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, "Board"));
        if keyboard && !self.away && editor.writing().is_none() && !keyboard_elsewhere(ui.ctx()) {
            self.hold_keyboard(ui.ctx(), editor);
        }
    }

    /// Keeps Tab and the arrows for the board: the one selected element has the keyboard, so that it is read out, else
    /// the board itself.
    fn hold_keyboard(&self, ctx: &egui::Context, editor: &Editor) {
        let holder = self.nodes.keyboard(editor).unwrap_or_else(widget);
        ctx.memory_mut(|it| {
            if it.focused() != Some(holder) {
                it.request_focus(holder);
            }
            let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            it.set_focus_lock_filter(holder, filter);
        });
    }

    /// Lets the bars and panels keep the keyboard, or takes it back.
    pub(crate) fn leave_keyboard(&mut self, away: bool) {
        self.away = away;
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one frame, borrowed apart")]
    fn input(
        &mut self,
        ui: &egui::Ui,
        rect: Rect,
        over: bool,
        session: &mut Session,
        editor: &mut Editor,
        ghosts: &[(Id, Id)],
        keyboard: bool,
        requests: &mut Vec<Request>,
    ) {
        let mut events = std::mem::take(&mut self.late);
        events.extend(ui.input(|it| it.events.clone()));
        let later = input::later(&mut events);
        let holding = !matches!(editor.gesture, Gesture::Idle) || self.text.selecting();
        let inputs = input::pointer(ui, &events, rect, over && keyboard, holding, &mut self.clicks);
        let mut inputs = self.touch.take(ui, rect, over && keyboard, inputs);
        if editor.writing().is_some() {
            inputs = self.text.take_pointer(editor, session.board(), inputs, &self.builder);
        }
        if inputs.iter().any(|it| matches!(it, Input::Press { .. })) {
            // The keyboard follows the pointer onto the canvas.
            self.away = false;
            ui.memory_mut(|it| {
                if let Some(focused) = it.focused() {
                    it.surrender_focus(focused);
                }
            });
        }
        if editor.writing().is_none() && ui.ctx().any_popup_open() {
            // Keys belong to the menu, and Esc closes it alone; what is let go of is let go of everywhere.
            let up = |it: &egui::Event| matches!(it, egui::Event::Key { pressed: false, .. });
            events.retain(|it| !input::is_keyboard(it) || up(it));
        }
        let other = keyboard_elsewhere(ui.ctx());
        let (history, ids) = session.history_and_ids();
        let mut cx = Cx { history, ids, scene: &self.scene, ghosts, keep_flow: kept_flow, requests };
        for it in inputs {
            editor.on(&mut cx, it);
        }
        if !keyboard {
            return;
        }
        let mut rest = Vec::new();
        if editor.writing().is_some() {
            // What a press has just begun opens with the next picture.
            rest = match self.text.is_for(editor) {
                true => self.text.keys(events, editor, &mut cx, &mut self.builder),
                false => events,
            };
        } else if !other {
            let mut events = events.into_iter();
            while let Some(event) = events.next() {
                let Some(it) = input::from_key(&event) else { continue };
                editor.on(&mut cx, it);
                if editor.writing().is_some() {
                    // The letter that this key would have written is none of the text.
                    let skip = usize::from(matches!(events.as_slice().first(), Some(egui::Event::Text(_))));
                    rest = events.skip(skip).collect();
                    break;
                }
            }
        } else if !matches!(editor.gesture, Gesture::Idle) {
            // Esc ends a gesture wherever the keyboard is.
            if events.iter().any(|it| matches!(it, egui::Event::Key { key: egui::Key::Escape, pressed: true, .. })) {
                editor.on(&mut cx, Input::Cancel);
            }
        }
        rest.retain(input::is_keyboard);
        rest.extend(later);
        self.late = rest;
        if self.late.is_empty() {
            let (mods, seconds) = ui.input(|it| (input::mods(it.modifiers), it.stable_dt));
            editor.on(&mut cx, Input::Tick { mods, seconds });
        }
        if !self.late.is_empty() || editor.edge_push().is_some() {
            ui.ctx().request_repaint();
        }
    }

    /// Builds the scene of the session's board, or of that board on its way.
    fn rebuild(
        &mut self,
        session: &Session,
        editor: &Editor,
        document: u64,
        theme: &Arc<Theme>,
        glided: Option<(&Board, f32)>,
    ) {
        let board = glided.map_or(session.board(), |it| it.0);
        let glided = glided.map(|it| (it.1 * 1000.0) as u32);
        let options = Options {
            open: if editor.selection.len() <= 20 { editor.selection.clone() } else { Default::default() },
            editing: editor.writing().map(|it| it.id),
            rough: true,
            ..Options::default()
        };
        let wanted =
            Built { revision: session.history().revision(), document, theme: Arc::clone(theme), glided, options };
        if self.built.as_ref() != Some(&wanted) {
            self.builder.set_theme((*wanted.theme).clone());
            let touched = self.built.as_ref().and_then(|old| touched(old, &wanted, session));
            let updated = touched.is_some_and(|it| self.builder.update(&mut self.scene, board, &wanted.options, &it));
            if !updated {
                self.scene = self.builder.build(board, &wanted.options);
            }
            self.version += 1;
            self.text.follow(editor, board, &self.scene, &mut self.builder);
            self.built = Some(wanted);
        } else {
            self.text.follow(editor, board, &self.scene, &mut self.builder);
        }
    }
}

/// The elements that look otherwise than in the scene that is there; `None` where all may.
fn touched(old: &Built, new: &Built, session: &Session) -> Option<BTreeSet<Id>> {
    let (before, now) = (&old.options, &new.options);
    let rest = |it: &Options| Options { open: BTreeSet::new(), editing: None, ..it.clone() };
    let gliding = old.glided.is_some() || new.glided.is_some();
    if gliding || old.document != new.document || old.theme != new.theme || rest(before) != rest(now) {
        return None;
    }
    let mut touched = session.history().touched_since(old.revision)?;
    touched.extend(before.open.symmetric_difference(&now.open));
    if before.editing != now.editing {
        touched.extend(before.editing.iter().chain(&now.editing));
    }
    Some(touched)
}

/// The board as a widget.
fn widget() -> egui::Id {
    egui::Id::unique("board")
}

/// Whether a widget is the board, one of its elements or the text on it.
fn has_keyboard(ctx: &egui::Context, id: egui::Id) -> bool {
    id == widget() || id == TextField::id() || nodes::is_ours(ctx, id)
}

/// Whether something beside the board has the keyboard.
pub(crate) fn keyboard_elsewhere(ctx: &egui::Context) -> bool {
    ctx.memory(|it| it.focused()).is_some_and(|it| !has_keyboard(ctx, it))
}

/// Whether text that is pasted goes into a text: one of the board, or that of a widget beside it.
pub(crate) fn text_wanted(ctx: &egui::Context) -> bool {
    ctx.memory(|it| it.focused()).is_some_and(|it| it == TextField::id() || !has_keyboard(ctx, it))
}

/// Whether the pointer is over the canvas and nothing lies above it or holds the pointer.
fn is_over(ui: &egui::Ui, rect: Rect) -> bool {
    // A tap may be over within one frame: then there is no pointer any more, but there was one.
    let tapped = || ui.input(|it| it.pointer.interact_pos().filter(|_| it.pointer.any_pressed() || it.any_touches()));
    let hovering = ui.ctx().pointer_hover_pos().or_else(|| ui.ctx().pointer_latest_pos());
    let Some(at) = hovering.or_else(tapped) else { return false };
    let above = ui.ctx().layer_id_at(at).is_some_and(|it| it != ui.layer_id());
    let held = ui.ctx().dragged_id().is_some();
    rect.shrink(2.0).contains(at) && !above && !held
}

fn icon(cursor: Cursor, under: Option<Hit>) -> CursorIcon {
    match cursor {
        Cursor::Arrow if under.is_some() => CursorIcon::PointingHand,
        Cursor::Arrow => CursorIcon::Default,
        Cursor::Hand => CursorIcon::Grab,
        Cursor::Grabbing => CursorIcon::Grabbing,
        Cursor::Cross => CursorIcon::Crosshair,
        Cursor::Move => CursorIcon::Move,
        Cursor::ResizeFalling => CursorIcon::ResizeNwSe,
        Cursor::ResizeRising => CursorIcon::ResizeNeSw,
    }
}
