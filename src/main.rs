//! The program: a command line and, with the feature `window`, a window.

use std::path::PathBuf;
use std::process::ExitCode;

use stormglass::cli::{self, Invocation};
#[cfg(feature = "window")]
use stormglass::session::Session;

/// The system's allocators keep more of what was given back than the canvas has in use, and are slower in a run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Invocation::Done(code) => ExitCode::from(code),
        Invocation::Window(board) => window(board),
    }
}

#[cfg(feature = "window")]
fn window(board: Option<PathBuf>) -> ExitCode {
    if !has_display() {
        return without_window("there is no display", board);
    }
    let mut session = Session::of_user();
    let opened = match &board {
        Some(path) => session.open(path).map_err(|err| err.to_string()),
        None => session.start_up().map_err(|err| err.to_string()),
    };
    if let Err(err) = opened {
        eprintln!("error: {err}");
        return ExitCode::from(cli::UNUSABLE);
    }
    match stormglass::view::run(session) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => without_window(&err.to_string(), board),
    }
}

#[cfg(not(feature = "window"))]
fn window(board: Option<PathBuf>) -> ExitCode {
    without_window("this Stormglass was built without a window", board)
}

/// Whether a window could open. Elsewhere than on X11 and Wayland there always is a display.
#[cfg(feature = "window")]
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || set("DISPLAY") || set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET")
}

fn without_window(why: &str, board: Option<PathBuf>) -> ExitCode {
    match board {
        None => ExitCode::from(cli::tour(why)),
        Some(board) => {
            let board = board.display();
            eprintln!("error: {why}; try `stormglass check {board}` or `stormglass export {board} -o board.png`");
            ExitCode::from(cli::UNUSABLE)
        }
    }
}
