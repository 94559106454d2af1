//! What `stormglass` shows where no window can open: the first sample, checked, run, generated and drawn.

use std::path::Path;

use super::{CLEAN, Output, UNUSABLE};
use crate::session::{
    Disk, Millis, PictureRequest, Readings, SAMPLES, Severity, counted, generate_into, picture, run_to_end, save_bytes,
    tour_folder,
};

/// Walks through the first sample without a window and says where the results lie. `why` says why there is no window.
pub fn tour(why: &str) -> u8 {
    let mut output = Output::standard();
    output.line(format!(
        "stormglass: {why}, so this is the tour without a window (`stormglass --help` lists what else there is)"
    ));
    let folder = tour_folder();
    match walk(&folder, &mut output) {
        Ok(()) => CLEAN,
        Err(err) => {
            output.error(err);
            UNUSABLE
        }
    }
}

fn walk(folder: &Path, output: &mut Output) -> Result<(), Box<dyn std::error::Error>> {
    let sample = SAMPLES.first().ok_or("no samples were built in")?;
    let board = sample.board()?;
    let disk = Disk::real();
    output.line(format!("\n{}: {}", sample.title, sample.sentence));
    let readings = Readings::of(&board, 0);
    let count = |severity| readings.report.count(severity);
    output.line(format!(
        "\ncheck     {} errors, {} warnings, {} hints",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Hint)
    ));
    for group in readings.report.summary().groups {
        output.line(format!("          {:>3} {} {}", group.count, group.code, group.title));
    }
    let simulation = run_to_end(&readings, 7, Millis::DAY)?;
    output.line("\nsimulate  one day of virtual time with seed 7");
    for line in simulation.report().to_text().lines() {
        output.line(format!("          {line}"));
    }
    let code = folder.join("code");
    let plan = generate_into(&disk, &code, &readings.system, false)?;
    output.line(format!(
        "\ngenerate  {}: {} written, {} unchanged; `cargo test` runs in it",
        code.display(),
        counted(plan.writes.len(), "file"),
        plan.unchanged
    ));
    for name in ["board.png", "board.svg"] {
        let file = folder.join(name);
        let request = PictureRequest { title: true, legend: true, ..PictureRequest::default() };
        let exported = picture(&board, name, "light", &request)?;
        save_bytes(&disk, &file, &exported.bytes, None)?;
        output.line(format!("export    {}: {} x {}", file.display(), exported.pixels.0, exported.pixels.1));
    }
    Ok(())
}
