//! Where a subcommand prints.

use std::fmt;
use std::io::{self, Write};

/// Standard output and standard error. A reader that goes away (`| head`) ends nothing with a panic.
pub struct Output {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Output")
    }
}

impl Output {
    /// The process's own.
    pub fn standard() -> Self {
        Self { out: Box::new(io::stdout()), err: Box::new(io::stderr()) }
    }

    /// Prints a line of results.
    pub fn line(&mut self, text: impl fmt::Display) {
        let _ = writeln!(self.out, "{text}");
    }

    /// Prints results as they are, without a line end.
    pub fn text(&mut self, text: impl fmt::Display) {
        let _ = write!(self.out, "{text}");
        let _ = self.out.flush();
    }

    /// Prints what went wrong.
    pub fn error(&mut self, text: impl fmt::Display) {
        let _ = writeln!(self.err, "error: {text}");
    }

    /// Prints what the user should know besides the results.
    pub fn note(&mut self, text: impl fmt::Display) {
        let _ = writeln!(self.err, "{text}");
    }
}
