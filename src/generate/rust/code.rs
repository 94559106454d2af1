//! A writer of indented lines.

use std::fmt::Write as _;

/// Lines of code, four blanks a level.
#[derive(Default)]
pub(in crate::generate) struct Code {
    text: String,
    depth: usize,
}

impl Code {
    /// A writer that starts `depth` levels in.
    pub(in crate::generate) fn at(depth: usize) -> Self {
        Self { text: String::new(), depth }
    }

    /// One line; one that closes what an earlier one opened goes a level out first, one that opens goes in after.
    pub(in crate::generate) fn line(&mut self, line: impl AsRef<str>) {
        let line = line.as_ref();
        if line.is_empty() {
            self.text.push('\n');
            return;
        }
        if line.starts_with(['}', ')', ']']) {
            self.depth = self.depth.saturating_sub(1);
        }
        let _ = writeln!(self.text, "{:1$}{line}", "", self.depth * 4);
        if line.ends_with(['{', '(', '[']) && !line.starts_with("//") {
            self.depth += 1;
        }
    }

    /// Lines that are indented already.
    pub(in crate::generate) fn raw(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// The text, each line with its line end.
    pub(in crate::generate) fn finish(self) -> String {
        self.text
    }
}
