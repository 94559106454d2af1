//! The keyboard's way round the window: F6 leads from the menu to the palette, the board, the panel and the status bar.

use egui::{Context, Id as WidgetId, Rect, Response};

/// A part of the window, in the order in which F6 leads through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Region {
    /// The menu bar.
    Menu,
    /// The tools and kinds at the left.
    Palette,
    /// The board or the context map: what has the keyboard where nothing else has it.
    Board,
    /// The panel at the right.
    Panel,
    /// The status bar.
    Status,
}

impl Region {
    const ALL: [Self; 5] = [Self::Menu, Self::Palette, Self::Board, Self::Panel, Self::Status];
}

/// With which widget each region begins and what it covers, and in which frame that was seen last.
#[derive(Clone, Default)]
struct Known {
    first: Vec<(Region, WidgetId, u64)>,
    places: Vec<(Region, Rect, u64)>,
}

fn key() -> WidgetId {
    WidgetId::unique("regions")
}

/// Says that a region begins with this widget.
pub(crate) fn begins(region: Region, with: &Response) {
    let (ctx, id) = (&with.ctx, with.id);
    let now = ctx.cumulative_frame_nr();
    ctx.data_mut(|data| {
        let known = data.get_temp_mut_or_default::<Known>(key());
        known.first.retain(|it| it.0 != region);
        known.first.push((region, id, now));
    });
}

/// Says what a region covers.
pub(crate) fn covers(region: Region, all: &Response) {
    let now = all.ctx.cumulative_frame_nr();
    all.ctx.data_mut(|data| {
        let known = data.get_temp_mut_or_default::<Known>(key());
        known.places.retain(|it| it.0 != region);
        known.places.push((region, all.rect, now));
    });
}

/// Moves the keyboard to the next region that is seen, or to the one before. Says whether that is the board.
pub(crate) fn step(ctx: &Context, back: bool) -> bool {
    let now = ctx.cumulative_frame_nr();
    let known = ctx.data(|it| it.get_temp::<Known>(key())).unwrap_or_default();
    let begin = |region: Region| known.first.iter().find(|it| it.0 == region && it.2 + 1 >= now).map(|it| it.1);
    let focused = ctx.memory(|it| it.focused());
    let elsewhere = focused.filter(|_| super::canvas::keyboard_elsewhere(ctx));
    let at = elsewhere.and_then(|it| ctx.read_response(it)).map(|it| it.rect.center());
    let here = at.and_then(|at| known.places.iter().find(|it| it.2 + 1 >= now && it.1.contains(at)));
    let here = here.map_or(Region::Board, |it| it.0);
    let seen: Vec<Region> = Region::ALL.into_iter().filter(|it| *it == Region::Board || begin(*it).is_some()).collect();
    let place = seen.iter().position(|it| *it == here).unwrap_or(0);
    let count = seen.len().max(1);
    let next = (if back { place + count - 1 } else { place + 1 }) % count;
    let next = seen.get(next).copied().unwrap_or(Region::Board);
    match begin(next) {
        Some(id) => ctx.memory_mut(|it| it.request_focus(id)),
        None => {
            if let Some(id) = focused {
                ctx.memory_mut(|it| it.surrender_focus(id));
            }
        }
    }
    next == Region::Board
}
