//! What lies under everything: the colour of the bars, and the paper of the board.
//!
//! It is most of the window's pixels, so it is painted once: in a texture of one pixel without a filter, or by clearing.

use std::cell::Cell;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::layers::ShapeIdx;
use egui::{Color32, ColorImage, Context, Rect, Shape, TextureHandle, TextureOptions, Ui, pos2};

/// The ground of the window.
pub(crate) struct Ground {
    white: TextureHandle,
    /// The colour of the board's paper.
    paper: Color32,
    /// With what the window was cleared last, if it is.
    cleared: Cell<Option<Color32>>,
}

impl Ground {
    pub(crate) fn new(ctx: &Context) -> Self {
        let white = ctx.load_texture("ground", ColorImage::filled([1, 1], Color32::WHITE), TextureOptions::NEAREST);
        Self { white, paper: Color32::WHITE, cleared: Cell::new(None) }
    }

    /// The colour with which the window is cleared before a frame is painted.
    pub(crate) fn clear(&self) -> Color32 {
        self.cleared.set(Some(self.paper));
        self.paper
    }

    /// Keeps a place for it below what is painted from now on.
    pub(crate) fn begin(ui: &Ui) -> ShapeIdx {
        ui.painter().add(Shape::Noop)
    }

    /// Paints it, now that it is known where the board lies.
    pub(crate) fn end(&mut self, ui: &Ui, place: ShapeIdx, board: Rect, bars: Color32, paper: Color32) {
        let window = ui.ctx().content_rect();
        let mut mesh = Mesh::with_texture(self.white.id());
        let (low, high) = (board.min, board.max);
        for rect in [
            Rect::from_min_max(window.min, pos2(window.right(), low.y)),
            Rect::from_min_max(pos2(window.left(), high.y), window.max),
            Rect::from_min_max(pos2(window.left(), low.y), pos2(low.x, high.y)),
            Rect::from_min_max(pos2(high.x, low.y), pos2(window.right(), high.y)),
        ] {
            fill(&mut mesh, rect, bars);
        }
        self.paper = paper;
        if self.cleared.get() != Some(paper) {
            fill(&mut mesh, board, paper);
        }
        ui.painter().set(place, Shape::mesh(mesh));
    }
}

fn fill(mesh: &mut Mesh, rect: Rect, color: Color32) {
    if !rect.is_positive() {
        return;
    }
    let base = mesh.vertices.len() as u32;
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
    mesh.vertices.extend(corners.map(|pos| Vertex { pos, uv: WHITE_UV, color }));
    mesh.indices.extend([0, 1, 2, 0, 2, 3].map(|it| base + it));
}
