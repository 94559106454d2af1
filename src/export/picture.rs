//! What is in a picture: a part of a board, its title and legend, its size.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::Board;
use crate::kit::{Id, PointF, RectF, fold};
use crate::scene::{Color, Details, FontId, Item, MapPlan, Options, Overlay, Scene, SceneBuilder, Shape, missing_of};

/// Pictures with more pixels than this are refused.
pub const MOST_PIXELS: u64 = 200_000_000;

/// What to put into a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Which view of the board.
    pub view: View,
    /// Which part of the board.
    pub part: Part,
    /// Its size.
    pub size: Size,
    /// Whether the ground is drawn; without it a picture is transparent where nothing lies.
    pub background: bool,
    /// Whether the board's title stands above it.
    pub title: bool,
    /// Whether the kinds in use are listed below it.
    pub legend: bool,
    /// Whether kinds are told apart by patterns, in every theme.
    pub patterns: bool,
    /// Whether fields, rules and notes are shown.
    pub details: Details,
    /// What lies over the board.
    pub overlays: Vec<Overlay>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            view: View::Board,
            part: Part::Board,
            size: Size::Scale(2.0),
            background: true,
            title: false,
            legend: false,
            patterns: false,
            details: Details::ByLevel,
            overlays: Vec::new(),
        }
    }
}

/// A view of a board.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum View {
    /// Stickies, frames and links.
    #[default]
    Board,
    /// Its bounded contexts and what is between them; part, legend, details and overlays say nothing here.
    ContextMap(MapPlan),
}

/// A part of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Board,
    /// The frame of that name.
    Frame(String),
    /// These elements, and the links between them.
    Selection(BTreeSet<Id>),
}

/// The size of a picture. Formats without pixels take it for the size at which they are first shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// Pixels a board unit.
    Scale(f32),
    /// As large as fits into that many pixels, width and height.
    Within(u32, u32),
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// Nothing to see.
    #[error("there is nothing to draw: {0}")]
    Empty(String),
    /// No frame has that name.
    #[error("there is no frame `{name}`; {known}")]
    NoFrame {
        /// The name that was asked for.
        name: String,
        /// The names that there are, as a sentence.
        known: String,
    },
    /// The size is no size.
    #[error("a scale of {0} is no size: give a number above 0")]
    Scale(String),
    /// More pixels than [`MOST_PIXELS`].
    #[error(
        "the picture would be {width} x {height} pixels, {} million; at most {} million are drawn: \
         choose a scale of at most {fits}, a frame or a selection",
        width * height / 1_000_000, MOST_PIXELS / 1_000_000
    )]
    TooLarge {
        /// Its width in pixels.
        width: u64,
        /// Its height in pixels.
        height: u64,
        /// The largest scale that is drawn.
        fits: String,
    },
    /// The pixels could not be written.
    #[error("the picture could not be written: {0}")]
    Failed(String),
}

/// A picture, laid out: what a format writes.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The items, bottom to top.
    pub items: Vec<Item>,
    /// What of the scene is seen, in board units.
    pub area: RectF,
    /// Pixels a board unit.
    pub scale: f32,
    /// The ground; `None` is transparent.
    pub background: Option<Color>,
    /// The board's title, for formats that can name what they show.
    pub title: String,
    /// Characters that no font could show, with how often; each was drawn as a marked box.
    pub missing: BTreeMap<char, usize>,
}

impl Picture {
    /// Its width and height in pixels, at least 1 each.
    pub fn pixels(&self) -> (u64, u64) {
        // A thousandth of a pixel is rounding. The area is finite and the scale was checked: casts saturate at most.
        let side = |it: f32| (f64::from(it) * f64::from(self.scale) - 1e-3).ceil().max(1.0) as u64;
        (side(self.area.w), side(self.area.h))
    }

    /// How many characters no font could show.
    pub fn missing_count(&self) -> usize {
        self.missing.values().sum()
    }

    /// The fonts that it uses.
    pub fn fonts(&self) -> BTreeSet<FontId> {
        let lines = self.items.iter().flat_map(|it| &it.drawing.shapes).filter_map(|it| match it {
            Shape::Text(line) => Some(line),
            Shape::Shadow(_) | Shape::Rect { .. } | Shape::Path { .. } | Shape::Image { .. } => None,
        });
        lines.flat_map(|it| &it.runs).map(|it| it.font).collect()
    }

    /// Refuses a picture with too many pixels, before anything is allocated for it.
    pub fn check_pixels(&self) -> Result<(u32, u32), ExportError> {
        let (width, height) = self.pixels();
        let most = u64::from(u16::MAX);
        if width > most || height > most || width * height > MOST_PIXELS {
            let (w, h) = (f64::from(self.area.w.max(1.0)), f64::from(self.area.h.max(1.0)));
            let fits = (MOST_PIXELS as f64 / (w * h)).sqrt().min(most as f64 / w.max(h));
            // Rounded down to two digits that count, so that the advice holds.
            let step = 10f64.powf(fits.log10().floor() - 1.0);
            let fits = (fits / step).floor() * step;
            return Err(ExportError::TooLarge { width, height, fits: short(fits) });
        }
        let side = |it: u64| u32::try_from(it).unwrap_or(u32::MAX);
        Ok((side(width), side(height)))
    }
}

/// A number with as many digits as it needs.
fn short(it: f64) -> String {
    let text = format!("{it:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What a view draws, before title and legend.
struct Drawn {
    /// Bottom to top.
    items: Vec<Item>,
    /// What is shown of them: the rest is cut off by the edge of the picture; title and legend stand outside of it.
    part: RectF,
}

/// Lays out what was asked for.
pub fn compose(board: &Board, builder: &mut SceneBuilder, request: &Request) -> Result<Picture, ExportError> {
    let Drawn { mut items, part } = match &request.view {
        View::Board => draw_board(board, builder, request)?,
        View::ContextMap(plan) => draw_map(builder, plan)?,
    };
    let mut area = part;
    let title = board.settings().title.trim();
    if request.title && !title.is_empty() {
        let mut item = builder.title(title, PointF::new(part.x + 24.0, part.y), part.w - 48.0);
        let height = item.bounds.h + 32.0;
        let up = item.bounds.bottom() - part.y + 8.0;
        item.origin.y -= up;
        item.bounds.y -= up;
        area.y -= height;
        area.h += height;
        items.push(item);
    }
    if request.legend && request.view == View::Board {
        let item = builder.legend(board, PointF::new(part.x + 24.0, part.bottom() + 16.0), part.w - 48.0);
        if !item.drawing.shapes.is_empty() {
            area = area.union(item.bounds.grown(20.0));
            items.push(item);
        }
    }
    let missing = missing_of(&items);
    let scale = scale_of(request.size, area)?;
    let background = request.background.then_some(builder.theme().canvas);
    Ok(Picture { items, area, scale, background, title: title.to_owned(), missing })
}

/// Pixels a board unit.
fn scale_of(size: Size, area: RectF) -> Result<f32, ExportError> {
    let scale = match size {
        Size::Scale(scale) => scale,
        Size::Within(width, height) => (width as f32 / area.w.max(1.0)).min(height as f32 / area.h.max(1.0)),
    };
    if scale.is_finite() && scale > 0.0 { Ok(scale) } else { Err(ExportError::Scale(scale.to_string())) }
}

fn draw_map(builder: &mut SceneBuilder, plan: &MapPlan) -> Result<Drawn, ExportError> {
    if plan.contexts.is_empty() {
        return Err(ExportError::Empty("the board has no bounded context; draw a frame round one".to_owned()));
    }
    let scene = builder.context_map(plan).scene;
    Ok(Drawn { part: scene.bounds.grown(32.0), items: scene.items })
}

fn draw_board(board: &Board, builder: &mut SceneBuilder, request: &Request) -> Result<Drawn, ExportError> {
    let mut options = Options { details: request.details, ..Options::default() };
    if let Part::Selection(ids) = &request.part {
        options.only = Some(ids.clone());
    }
    let scene = builder.build(board, &options);
    let part = match &request.part {
        Part::Board if scene.items.is_empty() && scene.photos.is_empty() => {
            return Err(ExportError::Empty("the board is empty".to_owned()));
        }
        Part::Selection(_) if scene.items.is_empty() && scene.photos.is_empty() => {
            return Err(ExportError::Empty("nothing is selected that can be drawn".to_owned()));
        }
        Part::Board | Part::Selection(_) => scene.bounds.grown(24.0),
        Part::Frame(name) => frame_area(board, &scene, name)?.grown(12.0),
    };
    let over = builder.overlays(board, &scene, &request.overlays);
    let mut items = scene.photos;
    items.extend(scene.items);
    items.extend(over);
    if let Part::Frame(_) = &request.part {
        items.retain(|it| it.bounds.touches(part));
        return Ok(Drawn { items, part });
    }
    let all = items.iter().map(|it| it.bounds).reduce(RectF::union).unwrap_or(part);
    Ok(Drawn { part: part.union(all.grown(8.0)), items })
}

/// The rectangle of a frame, with its title where that stands above it.
fn frame_area(board: &Board, scene: &Scene, name: &str) -> Result<RectF, ExportError> {
    let wanted = fold(name);
    let found = board.frames().values().find(|it| fold(&board.name(it.id)) == wanted);
    match found {
        Some(it) => {
            let rect = it.rect().to_f();
            let top = scene.item(it.id).map_or(rect.y, |item| item.bounds.y).min(rect.y);
            // Half of its edge lies outside of it as well.
            let above = if rect.y - top > 4.0 { rect.y - top } else { 0.0 };
            Ok(RectF { y: rect.y - above, h: rect.h + above, ..rect })
        }
        None => {
            let names: BTreeSet<String> = board.frames().values().map(|it| board.name(it.id)).collect();
            let names: Vec<String> = names.into_iter().filter(|it| !it.is_empty()).collect();
            let known = if names.is_empty() {
                "the board has no frame with a name".to_owned()
            } else {
                format!("the frames are {}", names.join(", "))
            };
            Err(ExportError::NoFrame { name: name.to_owned(), known })
        }
    }
}
