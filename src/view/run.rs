//! Opening the window.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Instant;

use eframe::UserEvent;
use winit::event_loop::EventLoop;

use super::App;
use super::pace::Pace;
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
/// Where there is no display, or no OpenGL.
pub fn run(session: Session) -> Result<(), RunError> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Stormglass")
        .with_app_id("stormglass")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([640.0, 420.0]);
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        persist_window: true,
        // There are no wide gradients, and without a graphics card every pixel counts.
        dithering: false,
        // Reading the clipboard takes as long as the program that has it takes.
        clipboard_shortcuts: false,
        ..eframe::NativeOptions::default()
    };
    let event_loop = EventLoop::<UserEvent>::with_user_event().build().map_err(|err| RunError(err.to_string()))?;
    let proxy = event_loop.create_proxy();
    let opened = Rc::new(Cell::new(false));
    let seen = Rc::clone(&opened);
    let mut window = eframe::create_native(
        "stormglass",
        options,
        Box::new(move |creation| {
            let app = App::new(&creation.egui_ctx, session);
            Pace::install(&creation.egui_ctx, move |it| {
                let Some(when) = Instant::now().checked_add(it.delay) else { return };
                let (viewport_id, cumulative_pass_nr) = (it.viewport_id, it.current_cumulative_pass_nr);
                // An event loop that is gone draws nothing any more.
                drop(proxy.send_event(UserEvent::RequestRepaint { viewport_id, when, cumulative_pass_nr }));
            });
            seen.set(true);
            Ok(Box::new(app))
        }),
        &event_loop,
    );
    event_loop.run_app(&mut window).map_err(|err| RunError(err.to_string()))?;
    if opened.get() { Ok(()) } else { Err(RunError("there is no OpenGL for it".to_owned())) }
}
