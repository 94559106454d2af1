//! Opening the window.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Instant;

use eframe::UserEvent;
use winit::event_loop::EventLoop;
use winit::platform::run_on_demand::EventLoopExtRunOnDemand;

use super::App;
use super::pace::Pace;
use super::software::{self, Software};
use crate::session::Session;

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
#[error(
    "the window cannot be opened: {0}; the command line works without one: `stormglass --help` lists what it can do"
)]
pub struct RunError(String);

/// Opens the window over a session and returns when it is closed.
///
/// # Errors
///
/// Where there is no display.
pub fn run(session: Session) -> Result<(), RunError> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Stormglass")
        .with_app_id("stormglass")
        .with_icon(super::icon::draw())
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([640.0, 420.0]);
    let options = eframe::NativeOptions {
        viewport: viewport.clone(),
        renderer: eframe::Renderer::Glow,
        persist_window: true,
        // There are no wide gradients, and without a graphics card every pixel counts.
        dithering: false,
        // Reading the clipboard takes as long as the program that has it takes.
        clipboard_shortcuts: false,
        ..eframe::NativeOptions::default()
    };
    let mut event_loop = EventLoop::<UserEvent>::with_user_event().build().map_err(|err| RunError(err.to_string()))?;
    let proxy = event_loop.create_proxy();
    // It is taken by the window that opens.
    let session = Rc::new(Cell::new(Some(session)));
    let given = Rc::clone(&session);
    let begin = move |ctx: &egui::Context| {
        let app = App::new(ctx, given.take()?);
        let proxy = proxy.clone();
        Pace::install(ctx, move |it| {
            let Some(when) = Instant::now().checked_add(it.delay) else { return };
            let (viewport_id, cumulative_pass_nr) = (it.viewport_id, it.current_cumulative_pass_nr);
            // An event loop that is gone draws nothing any more.
            drop(proxy.send_event(UserEvent::RequestRepaint { viewport_id, when, cumulative_pass_nr }));
        });
        Some(app)
    };
    let failed = |err: winit::error::EventLoopError| RunError(err.to_string());
    if !software::fits() {
        let begin = begin.clone();
        let create = move |it: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
            Ok(Box::new(begin(&it.egui_ctx).ok_or("it was opened before")?))
        };
        let mut window = eframe::create_native("stormglass", options, Box::new(create), &event_loop);
        event_loop.run_app_on_demand(&mut window).map_err(failed)?;
        let unopened = session.take();
        if unopened.is_none() {
            return Ok(());
        }
        // There is no OpenGL.
        session.set(unopened);
    }
    let mut window = Software::new(viewport, event_loop.create_proxy(), begin);
    event_loop.run_app_on_demand(&mut window).map_err(failed)?;
    window.failed.map_or(Ok(()), |it| Err(RunError(it)))
}
