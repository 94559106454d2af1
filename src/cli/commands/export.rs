//! `stormglass export`: a picture of a board.

use std::path::PathBuf;

use super::Subcommand;
use super::shared::{board_argument, path, read_board};
use crate::cli::{CLEAN, Output, UNUSABLE};
use crate::session::{
    Details, Disk, Fonts, Part, PictureRequest, PictureSize, PictureView, context_map, map_plan, picture_with,
    save_bytes, theme_names,
};

pub(super) struct Export;

impl Subcommand for Export {
    fn name(&self) -> &'static str {
        "export"
    }

    fn about(&self) -> &'static str {
        "Draw a board, or one frame of it, into a PNG or SVG file"
    }

    fn arguments(&self, command: clap::Command) -> clap::Command {
        command
            .arg(board_argument())
            .arg(
                clap::Arg::new("output")
                    .short('o')
                    .long("output")
                    .value_name("FILE")
                    .required(true)
                    .value_parser(clap::value_parser!(PathBuf))
                    .help("The picture: FILE.png or FILE.svg"),
            )
            .arg(
                clap::Arg::new("scale")
                    .long("scale")
                    .value_name("N")
                    .value_parser(clap::value_parser!(f32))
                    .default_value("2")
                    .help("Pixels a board unit; a sticky is 100 units wide"),
            )
            .arg(
                clap::Arg::new("view")
                    .long("view")
                    .value_parser(["board", "context-map"])
                    .default_value("board")
                    .help("The board itself, or its bounded contexts and what crosses between them"),
            )
            .arg(clap::Arg::new("frame").long("frame").value_name("NAME").help("Only the frame of that name"))
            .arg(
                clap::Arg::new("theme")
                    .long("theme")
                    .value_parser(clap::builder::PossibleValuesParser::new(theme_names()))
                    .default_value("light")
                    .help("Colours; print is pale with dark edges and patterns"),
            )
            .arg(
                clap::Arg::new("patterns")
                    .long("patterns")
                    .action(clap::ArgAction::SetTrue)
                    .help("Tell kinds apart by patterns, beside colour and sign"),
            )
            .arg(
                clap::Arg::new("fonts")
                    .long("fonts")
                    .value_parser(["system", "bundled"])
                    .default_value("system")
                    .help("Whether fonts of this machine serve characters that the bundled ones lack"),
            )
            .arg(clap::Arg::new("legend").long("legend").action(clap::ArgAction::SetTrue).help("List the kinds in use"))
            .arg(
                clap::Arg::new("title")
                    .long("title")
                    .action(clap::ArgAction::SetTrue)
                    .help("Put the board's title above"),
            )
            .arg(
                clap::Arg::new("transparent")
                    .long("transparent")
                    .action(clap::ArgAction::SetTrue)
                    .help("Leave the ground out"),
            )
            .arg(
                clap::Arg::new("fields")
                    .long("fields")
                    .action(clap::ArgAction::SetTrue)
                    .help("Show fields, rules and notes at every level"),
            )
    }

    fn run(&self, matches: &clap::ArgMatches, output: &mut Output) -> u8 {
        let Some(board) = read_board(matches, output) else { return UNUSABLE };
        let file = path(matches, "output");
        let view = match matches.get_one::<String>("view").map(String::as_str) {
            Some("context-map") => PictureView::ContextMap(map_plan(&board, &context_map(&board))),
            _ => PictureView::Board,
        };
        let board_only = ["frame", "legend", "fields"].map(|it| (it, matches.value_source(it)));
        let given = board_only.iter().find(|it| it.1 == Some(clap::parser::ValueSource::CommandLine));
        if let (PictureView::ContextMap(_), Some((option, _))) = (&view, given) {
            output.error(format!("--{option} says nothing about a context map; leave it out, or take --view board"));
            return UNUSABLE;
        }
        let request = PictureRequest {
            view,
            part: matches.get_one::<String>("frame").map_or(Part::Board, |it| Part::Frame(it.clone())),
            size: PictureSize::Scale(matches.get_one::<f32>("scale").copied().unwrap_or(2.0)),
            background: !matches.get_flag("transparent"),
            title: matches.get_flag("title"),
            legend: matches.get_flag("legend"),
            patterns: matches.get_flag("patterns"),
            details: if matches.get_flag("fields") { Details::All } else { Details::ByLevel },
            overlays: Vec::new(),
        };
        let theme = matches.get_one::<String>("theme").map_or("light", String::as_str);
        let fonts = match matches.get_one::<String>("fonts").map(String::as_str) {
            Some("bundled") => Fonts::Bundled,
            _ => Fonts::System,
        };
        let disk = Disk::real();
        let exported = match picture_with(&disk, &board, &file.to_string_lossy(), theme, &request, fonts) {
            Ok(exported) => exported,
            Err(err) => {
                output.error(err);
                return UNUSABLE;
            }
        };
        for note in &exported.notes {
            output.note(format!("note: {note}"));
        }
        if let Err(err) = save_bytes(&disk, &file, &exported.bytes, None) {
            output.error(err);
            return UNUSABLE;
        }
        let (width, height) = exported.pixels;
        output.line(format!("{}: {width} x {height}, {} KB", file.display(), exported.bytes.len().div_ceil(1024)));
        CLEAN
    }
}
