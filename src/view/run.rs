//! Opening the window.

use super::App;
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
        ..eframe::NativeOptions::default()
    };
    let result = eframe::run_native(
        "stormglass",
        options,
        Box::new(move |creation| Ok(Box::new(App::new(&creation.egui_ctx, session)))),
    );
    result.map_err(|err| RunError(err.to_string()))
}
