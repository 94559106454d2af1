//! The text of HTML and RTF, as spreadsheets and word processors put it on the clipboard.

use std::iter::Peekable;
use std::str::Chars;

/// The text without its markup; other text as it is. Rows become lines, cells are separated by tabs.
pub(super) fn plain(text: &str) -> std::borrow::Cow<'_, str> {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if start.starts_with("{\\rtf") {
        return rtf(start).into();
    }
    if start.starts_with('<') && is_html(start) {
        return html(start).into();
    }
    text.into()
}

/// Whether its first tag is one that documents and fragments begin with.
fn is_html(text: &str) -> bool {
    const FIRST: &[&str] = &[
        "!doctype",
        "!--",
        "html",
        "head",
        "meta",
        "body",
        "table",
        "tbody",
        "tr",
        "td",
        "ul",
        "ol",
        "li",
        "p",
        "div",
        "span",
        "h1",
        "h2",
        "h3",
        "b",
        "style",
        "google-sheets-html-origin",
    ];
    tag_name(text.get(1..).unwrap_or_default()).is_some_and(|it| FIRST.contains(&it.trim_start_matches('/')))
}

/// The name of the tag that this is the inside of, lower case.
fn tag_name(inside: &str) -> Option<String> {
    if inside.starts_with("!--") {
        return Some("!--".to_owned());
    }
    let name: String = inside
        .chars()
        .take(40)
        .take_while(|it| it.is_ascii_alphanumeric() || matches!(it, '/' | '-' | '!'))
        .map(|it| it.to_ascii_lowercase())
        .collect();
    (!name.is_empty()).then_some(name)
}

fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let mut rest = text;
    // White space in the source is one blank.
    let mut blank = true;
    while let Some(letter) = rest.chars().next() {
        match letter {
            '<' => {
                let name = tag_name(rest.get(1..).unwrap_or_default()).unwrap_or_default();
                let end = match name.as_str() {
                    "!--" => "-->".to_owned(),
                    "script" | "style" | "head" | "title" => format!("</{name}"),
                    _ => ">".to_owned(),
                };
                let Some(at) = find(rest, &end) else { break };
                rest = rest.get(at + end.len()..).unwrap_or_default();
                if end.starts_with("</") {
                    rest = rest.split_once('>').map_or("", |it| it.1);
                }
                match name.trim_end_matches('/') {
                    "br" | "/tr" | "/p" | "/li" | "/div" | "/h1" | "/h2" | "/h3" | "/h4" => {
                        while out.ends_with([' ', '\t']) {
                            out.pop();
                        }
                        out.push('\n');
                        blank = true;
                    }
                    "/td" | "/th" => {
                        while out.ends_with(' ') {
                            out.pop();
                        }
                        out.push('\t');
                        blank = true;
                    }
                    _ => {}
                }
            }
            '&' => {
                let (it, length) = entity(rest);
                out.push(it);
                blank = it == ' ';
                rest = rest.get(length..).unwrap_or_default();
            }
            it => {
                let space = it.is_whitespace();
                if !space || !blank {
                    out.push(if space { ' ' } else { it });
                }
                blank = space;
                rest = rest.get(it.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// Where an ASCII word begins, upper and lower case alike.
fn find(text: &str, word: &str) -> Option<usize> {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    bytes.windows(word.len()).position(|it| it.eq_ignore_ascii_case(word))
}

/// The character that an entity stands for, and the entity's length. An ampersand that begins none is itself.
fn entity(text: &str) -> (char, usize) {
    let end = text.bytes().take(12).position(|it| it == b';');
    let Some(name) = end.and_then(|it| text.get(1..it)) else { return ('&', 1) };
    let number = name.strip_prefix('#').and_then(|it| match it.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => it.parse().ok(),
    });
    let letter = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('\u{2013}'),
        "mdash" => Some('\u{2014}'),
        "hellip" => Some('\u{2026}'),
        _ => number.and_then(char::from_u32),
    };
    letter.map_or(('&', 1), |it| (it, name.len() + 2))
}

fn rtf(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    // How deep the group is that holds no text of the document, and how deep we are.
    let (mut depth, mut hidden) = (0usize, None::<usize>);
    // For each group how many characters stand in for a Unicode one; and the first half of one that has two.
    let (mut spare, mut half) = (vec![1usize], None::<u16>);
    while let Some(it) = letters.next() {
        let shown = hidden.is_none();
        match it {
            '{' => {
                depth = depth.saturating_add(1);
                spare.extend(spare.last().copied());
            }
            '}' => {
                if spare.len() > 1 {
                    spare.pop();
                }
                if hidden == Some(depth) {
                    hidden = None;
                }
                depth = depth.saturating_sub(1);
            }
            '\\' => match letters.next() {
                Some('\'') => {
                    let hex: String = letters.by_ref().take(2).collect();
                    if let Some(it) = u8::from_str_radix(&hex, 16).ok().filter(|_| shown) {
                        out.push(western(it));
                    }
                }
                Some('*') => hidden = hidden.or(Some(depth)),
                Some('~') if shown => out.push(' '),
                Some(it @ ('\\' | '{' | '}')) if shown => out.push(it),
                Some(first) if first.is_ascii_alphabetic() => {
                    let mut word = String::from(first);
                    while let Some(it) = letters.next_if(|it| it.is_ascii_alphabetic()) {
                        word.push(it);
                    }
                    let mut number = String::new();
                    while let Some(it) = letters.next_if(|it| it.is_ascii_digit() || *it == '-') {
                        number.push(it);
                    }
                    letters.next_if_eq(&' ');
                    match word.as_str() {
                        "fonttbl" | "colortbl" | "stylesheet" | "info" | "pict" | "header" | "footer" => {
                            hidden = hidden.or(Some(depth));
                        }
                        "par" | "line" | "row" if shown => out.push('\n'),
                        "tab" | "cell" if shown => out.push('\t'),
                        "uc" => {
                            if let (Some(last), Ok(count)) = (spare.last_mut(), number.parse()) {
                                *last = count;
                            }
                        }
                        "u" if shown => {
                            // Negative numbers are those above 32,767.
                            let unit = number.parse::<i32>().unwrap_or(0).rem_euclid(65_536) as u16;
                            let units = half.take().into_iter().chain([unit]);
                            if (0xd800..0xdc00).contains(&unit) {
                                half = Some(unit);
                            } else {
                                out.extend(char::decode_utf16(units).flatten());
                            }
                            skip(&mut letters, spare.last().copied().unwrap_or(1));
                        }
                        _ => {}
                    }
                }
                _ => {}
            },
            '\r' | '\n' => {}
            it if shown => out.push(it),
            _ => {}
        }
    }
    out
}

/// Passes over what stands there for readers that know no Unicode: so many letters or bytes, within the group.
fn skip(letters: &mut Peekable<Chars<'_>>, count: usize) {
    for _ in 0..count {
        match letters.peek().copied() {
            Some('\\') if letters.clone().nth(1) == Some('\'') => letters.by_ref().take(4).for_each(drop),
            Some('\\' | '{' | '}') | None => break,
            Some(_) => drop(letters.next()),
        }
    }
}

/// A byte of the code page 1252.
fn western(byte: u8) -> char {
    match byte {
        0x80 => '\u{20ac}',
        0x85 => '\u{2026}',
        0x91 => '\u{2018}',
        0x92 => '\u{2019}',
        0x93 => '\u{201c}',
        0x94 => '\u{201d}',
        0x95 => '\u{2022}',
        0x96 => '\u{2013}',
        0x97 => '\u{2014}',
        it => char::from(it),
    }
}
