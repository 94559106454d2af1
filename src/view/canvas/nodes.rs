//! Stickies, frames and cards as nodes of the accessibility tree: role, name and what they lead to.

use egui::{Id as WidgetId, Rect, Role, Sense, Ui, WidgetInfo};

use super::to_screen;
use crate::board::Board;
use crate::editor::Editor;
use crate::kit::{Id, RectF};

/// Of boards with more elements only those that are seen are listed, and no more than this.
const MOST: usize = 500;

/// The widgets of the last frame.
#[derive(Clone, Default)]
struct Shown(std::sync::Arc<std::collections::BTreeMap<u64, Id>>);

fn key() -> WidgetId {
    WidgetId::unique("board elements")
}

/// Whether a widget is an element of the board.
pub(super) fn is_ours(ui: &Ui, id: WidgetId) -> bool {
    ui.data(|it| it.get_temp::<Shown>(key())).is_some_and(|it| it.0.contains_key(&id.value()))
}

/// Lists the elements. Returns the one that a screen reader or the Tab key chose.
pub(super) fn show(ui: &Ui, view: Rect, editor: &Editor, board: &Board) -> Option<Id> {
    let seen = editor.camera.visible();
    let all = board.stickies().len() + board.frames().len() + board.scenarios().len() <= MOST;
    let wanted = |rect: RectF| all || rect.touches(seen);
    let mut shown = std::collections::BTreeMap::new();
    let mut chosen = None;
    let links = if all { Some(outgoing(board)) } else { None };
    let mut node = |id: Id, rect: RectF, text: &dyn Fn() -> String| {
        let widget = WidgetId::unique(("board element", id.bits()));
        let place = to_screen(view, editor, rect);
        // What lies outside keeps its node, with the nearest part of the view as its place.
        let place = if place.intersects(view) {
            place.intersect(view)
        } else {
            Rect::from_min_size(view.clamp(place.center()), egui::Vec2::ZERO)
        };
        let response = ui.interact(place, widget, Sense::click());
        let selected = editor.selection.contains(&id);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, text()));
        if response.gained_focus() || response.clicked() && !ui.input(|it| it.pointer.any_released()) {
            chosen = Some(id);
        }
        shown.insert(widget.value(), id);
    };
    for it in board.stickies().values().filter(|it| wanted(it.rect().to_f())).take(MOST) {
        node(it.id, it.rect().to_f(), &|| {
            let to = links.as_ref().and_then(|all| all.get(&it.id)).map(|ids| {
                let names: Vec<String> = ids.iter().take(6).map(|id| board.name(*id)).collect();
                format!(", leads to {}", names.join(", "))
            });
            format!("{}: {}{}", it.kind.name(), board.name(it.id), to.unwrap_or_default())
        });
    }
    for it in board.scenarios().values().filter(|it| wanted(it.rect().to_f())).take(MOST) {
        node(it.id, it.rect().to_f(), &|| format!("Scenario: {}", it.title()));
    }
    for it in board.frames().values().filter(|it| wanted(it.rect().to_f())).take(MOST) {
        let strip = crate::kit::RectF::new(it.x as f32, it.y as f32, it.w as f32, 30.0);
        node(it.id, strip, &|| format!("{}: {}", it.kind.name(), board.name(it.id)));
    }
    ui.data_mut(|it| it.insert_temp(key(), Shown(std::sync::Arc::new(shown))));
    chosen
}

fn outgoing(board: &Board) -> std::collections::BTreeMap<Id, Vec<Id>> {
    let mut all: std::collections::BTreeMap<Id, Vec<Id>> = std::collections::BTreeMap::new();
    for link in board.links().values() {
        all.entry(link.from).or_default().push(link.to);
    }
    all
}
