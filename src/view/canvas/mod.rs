//! The canvas: gestures in, picture out.

mod atlas;
mod input;
mod nodes;
mod overlay;
mod painter;
mod writing;

use egui::{CursorIcon, Rect, Sense};

pub(crate) use input::{Clicks, key, mods};
pub(crate) use painter::color32;
pub(crate) use writing::TextField;

use crate::editor::{Cursor, Cx, Editor, Gesture, Hit, Input, Request, actions};
use crate::journal::History;
use crate::kit::{Id, IdSource, PointF};
use crate::scene::{FontBook, Layouts, Options, Overlay, Scene, Theme};

/// What the canvas keeps between frames.
pub(crate) struct Canvas {
    painter: painter::ScenePainter,
    layouts: Layouts,
    scene: Scene,
    over: Scene,
    built: Option<Built>,
    clicks: Clicks,
    text: TextField,
    /// Where the canvas is on the screen.
    pub(crate) rect: Rect,
    /// Whether the board was ever shown as a whole.
    fitted: bool,
}

/// For what the scene was built.
#[derive(Clone, PartialEq)]
struct Built {
    revision: u64,
    document: u64,
    dark: bool,
    writing: Option<Id>,
}

/// What the canvas needs of the application.
pub(crate) struct Given<'a> {
    /// The board with its past.
    pub(crate) history: &'a mut History,
    /// Where new ids come from.
    pub(crate) ids: &'a mut IdSource,
    /// What is seen, selected and held.
    pub(crate) editor: &'a mut Editor,
    /// Changes with every document that is opened.
    pub(crate) document: u64,
    /// Links read from geometry.
    pub(crate) ghosts: &'a [(Id, Id)],
    /// Badges, hatching, messages: what lies over the board.
    pub(crate) overlays: &'a [Overlay],
    /// Whether the keyboard is the canvas's: no dialog is open.
    pub(crate) keyboard: bool,
    /// What the window shall do.
    pub(crate) requests: &'a mut Vec<Request>,
}

impl Canvas {
    pub(crate) fn new(ctx: &egui::Context, fonts: FontBook) -> Self {
        Self {
            painter: painter::ScenePainter::new(ctx),
            layouts: Layouts::new(fonts),
            scene: Scene::default(),
            over: Scene::default(),
            built: None,
            clicks: Clicks::default(),
            text: TextField::default(),
            rect: Rect::NOTHING,
            fitted: false,
        }
    }

    /// The fonts in use.
    pub(crate) fn fonts(&self) -> &FontBook {
        self.layouts.fonts()
    }

    /// The picture of the board as it was shown last.
    pub(crate) fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Shows the whole board in the next frame.
    pub(crate) fn fit_again(&mut self) {
        self.fitted = false;
        self.built = None;
    }

    /// Takes this frame's input and paints the board.
    pub(crate) fn show(&mut self, ui: &mut egui::Ui, given: Given<'_>) {
        let rect = ui.available_rect_before_wrap();
        ui.allocate_rect(rect, Sense::hover());
        self.rect = rect;
        let dark = ui.visuals().dark_mode;
        let theme = if dark { Theme::dark() } else { Theme::light() };
        let Given { history, ids, editor, document, ghosts, overlays, keyboard, requests } = given;
        editor.camera.width = rect.width();
        editor.camera.height = rect.height();
        if !self.fitted {
            self.fitted = true;
            if let Some(bounds) = history.board().bounds() {
                editor.camera.fit(bounds, 1.0);
            }
        }
        self.rebuild(history, editor, document, &theme);

        let mut cx = Cx { history, ids, scene: &self.scene, ghosts, requests };
        let over = is_over(ui, rect);
        let holding = !matches!(editor.gesture, Gesture::Idle) || self.text.selecting();
        let mut inputs = input::pointer(ui, rect, over, holding, &mut self.clicks);
        if editor.writing().is_some() {
            inputs = self.text.take_pointer(editor, inputs, self.layouts.as_mut_engine());
        }
        for it in inputs {
            editor.on(&mut cx, it);
        }
        let other_focus = ui.memory(|it| it.focused()).is_some_and(|it| !nodes::is_ours(it) && it != TextField::id());
        if keyboard && editor.writing().is_none() && !other_focus {
            for it in input::keys(ui) {
                match it {
                    Input::Key { key, mods } if editor.writing().is_none() => {
                        if !actions::by_shortcut(editor, &mut cx, key, mods) {
                            editor.on(&mut cx, Input::Key { key, mods });
                        }
                    }
                    Input::Key { .. } => {}
                    it => editor.on(&mut cx, it),
                }
            }
        } else if editor.writing().is_some() {
            self.text.keys(ui, editor, &mut cx);
        }

        self.rebuild(history, editor, document, &theme);
        let board = history.board();
        let under = if over { editor.under_pointer(board, &self.scene) } else { None };
        self.over = Scene::overlays(board, &self.scene, &theme, &mut self.layouts, overlays);
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, color32(theme.canvas));
        overlay::grid(&painter, rect, editor, &theme);
        let mesh = self.painter.mesh(
            &[&self.scene, &self.over],
            self.layouts.fonts(),
            &editor.camera,
            rect.min,
            ui.ctx().pixels_per_point(),
        );
        painter.add(egui::Shape::mesh(mesh));
        overlay::selection(&painter, rect, editor, board, &self.scene, under, &theme);
        self.text.show(ui, &painter, rect, editor, board, &theme, &mut self.layouts);
        nodes::show(ui, rect, editor, board);
        if self.painter.unfinished {
            ui.ctx().request_repaint();
        }
        if over {
            ui.ctx().set_cursor_icon(icon(editor.cursor(under), under));
        }
    }

    fn rebuild(&mut self, history: &History, editor: &Editor, document: u64, theme: &Theme) {
        let writing = editor.writing().map(|it| it.id);
        let wanted = Built { revision: history.revision(), document, dark: theme.dark, writing };
        if self.built.as_ref() != Some(&wanted) {
            let options = Options { writing, ..Options::default() };
            self.scene = Scene::build(history.board(), theme, &mut self.layouts, &options);
            self.built = Some(wanted);
        }
    }

    /// The place of an element on the screen.
    pub(crate) fn place(&self, editor: &Editor, rect: crate::kit::RectF) -> Rect {
        to_screen(self.rect, editor, rect)
    }
}

fn to_screen(view: Rect, editor: &Editor, rect: crate::kit::RectF) -> Rect {
    let it = editor.camera.rect_to_view(rect);
    Rect::from_min_size(egui::pos2(view.left() + it.x, view.top() + it.y), egui::vec2(it.w, it.h))
}

fn point(view: Rect, editor: &Editor, at: PointF) -> egui::Pos2 {
    let it = editor.camera.to_view(at);
    egui::pos2(view.left() + it.x, view.top() + it.y)
}

/// Whether the pointer is over the canvas and nothing lies above it or holds the pointer.
fn is_over(ui: &egui::Ui, rect: Rect) -> bool {
    let Some(at) = ui.ctx().pointer_hover_pos().or_else(|| ui.ctx().pointer_latest_pos()) else { return false };
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
