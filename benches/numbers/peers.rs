//! What the peers need for the same, on the machine and with the scene of `window.sh`: Excalidraw 0.18.1 and tldraw 5.4.2 in
//! Chromium without a GPU (frames with raster, which ours are without; `benches/canvas/window.sh` compares whole windows).

/// One line of the table: ours must be at most `target`; times in milliseconds.
pub(crate) struct Line {
    /// What is measured.
    pub(crate) what: &'static str,
    /// Excalidraw's figure.
    pub(crate) excalidraw: Option<f64>,
    /// tldraw's figure.
    pub(crate) tldraw: Option<f64>,
    /// The promise.
    pub(crate) target: f64,
}

const fn line(what: &'static str, excalidraw: Option<f64>, tldraw: Option<f64>, target: f64) -> Line {
    Line { what, excalidraw, tldraw, target }
}

pub(crate) const OPEN_1000: Line = line("open 1,000, to first picture", Some(265.0), Some(3_899.0), 30.0);
pub(crate) const OPEN_10000: Line = line("open 10,000, to first picture", Some(765.0), None, 150.0);
pub(crate) const PAN_1000: Line = line("pan, all of 1,000 in sight, a frame", Some(45.0), Some(57.0), 1.0);
pub(crate) const PAN_5000: Line = line("pan, all of 5,000 in sight, a frame", Some(213.0), None, 4.0);
pub(crate) const PAN_10000: Line = line("pan, all of 10,000 in sight, a frame", Some(412.0), None, 8.0);
pub(crate) const NEAR_10000: Line = line("pan, about 50 of 10,000 in sight, a frame", Some(25.5), None, 0.5);
pub(crate) const NEAR_100000: Line = line("pan, about 50 of 100,000 in sight, a frame", None, None, 1.0);
pub(crate) const DRAG_10000: Line = line("drag one, about 50 of 10,000 in sight, p95", Some(37.0), Some(35.0), 2.0);
pub(crate) const PASTE_10000: Line = line("paste 10,000, the longest frame", None, None, 200.0);
pub(crate) const PNG_1000: Line = line("PNG of 1,000, a pixel a unit", Some(840.0), Some(31_100.0), 250.0);
pub(crate) const PNG_5000: Line = line("PNG of 5,000, a pixel a unit", Some(4_750.0), None, 1_200.0);
pub(crate) const SVG_5000: Line = line("SVG of 5,000", Some(1_050.0), None, 150.0);
pub(crate) const MEMORY_10000: Line = line("memory for 10,000, MB", Some(1_417.0), None, 150.0);

impl Line {
    /// The head of the table.
    pub(crate) fn head() {
        println!(
            "\n{:<46} {:>9} {:>9} {:>11} {:>6} {:>9} {:>6}",
            "", "ours", "target", "Excalidraw", "ratio", "tldraw", "ratio"
        );
    }

    /// Prints ours beside theirs.
    pub(crate) fn print(&self, ours: f64) {
        let theirs = |it: Option<f64>| match it {
            Some(it) => (format!("{it:.0}"), format!("{:.0}x", it / ours)),
            None => ("-".to_owned(), "-".to_owned()),
        };
        let ((a, ratio_a), (b, ratio_b)) = (theirs(self.excalidraw), theirs(self.tldraw));
        let verdict = if ours <= self.target { "" } else { "   MISSED" };
        println!(
            "{:<46} {ours:>9.2} {:>9.1} {a:>11} {ratio_a:>6} {b:>9} {ratio_b:>6}{verdict}",
            self.what, self.target
        );
    }
}
