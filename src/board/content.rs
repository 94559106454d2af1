//! Text first: the name, fields, rules and notes in a sticky's text.
//!
//! The name is the text up to the first line that is a field, a rule or blank. A line is a field only if it reads
//! `name: type` with a known type, or below the name one word, a colon and what
//! looks like a type that nobody knows, which is then told; a rule if it opens with one of the kind's rule words and is not the first line
//! ("When ..." is how a policy's name begins). Every other line is a note, kept word for word and never an error.

use std::fmt;

/// The parts of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The name in one line.
    pub name: String,
    /// What follows, in order.
    pub lines: Vec<Line>,
}

impl Content {
    /// The fields in order.
    pub fn fields(&self) -> impl Iterator<Item = &FieldLine> {
        self.lines.iter().filter_map(|it| match it {
            Line::Field(it) => Some(it),
            Line::Rule(_) | Line::Note(_) => None,
        })
    }

    /// The rules in order.
    pub fn rules(&self) -> impl Iterator<Item = &RuleLine> {
        self.lines.iter().filter_map(|it| match it {
            Line::Rule(it) => Some(it),
            Line::Field(_) | Line::Note(_) => None,
        })
    }
}

/// One line below the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// `name: type`
    Field(FieldLine),
    /// A rule word and what follows it.
    Rule(RuleLine),
    /// Anything else.
    Note(String),
}

/// A field: `order: uuid key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLine {
    /// Its name as written.
    pub name: String,
    /// Its type.
    pub ty: FieldType,
    /// Whether it is marked as the key.
    pub key: bool,
    /// The line in the text, from 0.
    pub line: usize,
}

/// A rule: `requires status = 'open'`. A line that starts with two blanks goes on with the rule above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLine {
    /// The rule word, lower case.
    pub word: String,
    /// What follows it.
    pub body: String,
    /// The line in the text, from 0.
    pub line: usize,
}

/// The type of a field, as written on a sticky.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// Text.
    Text,
    /// A 32-bit number.
    Int,
    /// A 64-bit number.
    Long,
    /// A 32-bit floating point number.
    Float,
    /// A 64-bit floating point number.
    Double,
    /// True or false.
    Bool,
    /// Bytes.
    Bytes,
    /// A UUID.
    Uuid,
    /// A calendar date.
    Date,
    /// A time of day.
    Time,
    /// A point in time, to the millisecond.
    Timestamp,
    /// A decimal number with that precision and scale.
    Decimal(u32, u32),
    /// Several of one type.
    List(Box<FieldType>),
    /// Values by text key.
    Map(Box<FieldType>),
    /// A value that may be missing.
    Optional(Box<FieldType>),
    /// One of these words.
    Enum(Vec<String>),
    /// A record defined on the board, by name as written.
    Record(String),
    /// What looks like a type and is none, as written.
    Unknown(String),
}

/// Words for types, and what else people write for them.
const SIMPLE: &[(&str, FieldType)] = &[
    ("text", FieldType::Text),
    ("int", FieldType::Int),
    ("long", FieldType::Long),
    ("float", FieldType::Float),
    ("double", FieldType::Double),
    ("bool", FieldType::Bool),
    ("bytes", FieldType::Bytes),
    ("uuid", FieldType::Uuid),
    ("date", FieldType::Date),
    ("time", FieldType::Time),
    ("timestamp", FieldType::Timestamp),
    ("string", FieldType::Text),
    ("integer", FieldType::Int),
    ("boolean", FieldType::Bool),
    ("datetime", FieldType::Timestamp),
];

/// Types may be nested this deep.
const DEPTH: usize = 16;

impl FieldType {
    /// Reads a type. `is_record` tells whether a record of that name is defined on the board.
    pub fn parse(text: &str, is_record: &dyn Fn(&str) -> bool) -> Option<Self> {
        Self::parse_at(text.trim(), is_record, DEPTH)
    }

    /// Reads a type, or what looks like one: a word, or a form with brackets. Prose is neither.
    pub fn read(text: &str, is_record: &dyn Fn(&str) -> bool) -> Option<Self> {
        let known = Self::parse(text, is_record);
        known.or_else(|| looks_like_type(text.trim()).then(|| Self::Unknown(text.trim().to_owned())))
    }

    /// Whether it is one that there is.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    fn parse_at(text: &str, is_record: &dyn Fn(&str) -> bool, depth: usize) -> Option<Self> {
        let depth = depth.checked_sub(1)?;
        if let Some(inner) = text.strip_suffix('?') {
            let inner = Self::parse_at(inner.trim_end(), is_record, depth)?;
            return match inner {
                Self::Optional(_) => None,
                inner => Some(Self::Optional(Box::new(inner))),
            };
        }
        let lower = text.to_lowercase();
        if let Some((_, ty)) = SIMPLE.iter().find(|(word, _)| *word == lower) {
            return Some(ty.clone());
        }
        let inside = |open: &str, close: char| {
            let head = text.get(..open.len())?;
            let rest = text.get(open.len()..)?;
            if head.to_lowercase() == open { rest.strip_suffix(close) } else { None }
        };
        if let Some(inner) = inside("list<", '>') {
            return Some(Self::List(Box::new(Self::parse_at(inner.trim(), is_record, depth)?)));
        }
        if let Some(inner) = inside("map<", '>') {
            return Some(Self::Map(Box::new(Self::parse_at(inner.trim(), is_record, depth)?)));
        }
        if let Some(inner) = inside("decimal(", ')') {
            let (precision, scale) = inner.split_once(',').unwrap_or((inner, "0"));
            let (precision, scale) = (precision.trim().parse().ok()?, scale.trim().parse().ok()?);
            return ((1..=28).contains(&precision) && scale <= precision).then_some(Self::Decimal(precision, scale));
        }
        if let Some(inner) = inside("enum(", ')') {
            let mut words: Vec<String> = Vec::new();
            for word in inner.split('|').map(str::trim) {
                if word.is_empty() || words.iter().any(|it| it == word) {
                    return None;
                }
                words.push(word.to_owned());
            }
            return Some(Self::Enum(words));
        }
        (!text.is_empty() && is_record(text)).then(|| Self::Record(text.to_owned()))
    }
}

/// A word that programs would take as a name. Scripts without capitals do not part words by blanks, so that a whole sentence
/// would be one.
fn is_word(text: &str) -> bool {
    let letter = |it: char| it.is_lowercase() || it.is_uppercase() || it == '_';
    let sign = |it: char| letter(it) || it.is_ascii_digit() || matches!(it, '-' | '.');
    text.len() <= 80
        && text.starts_with(letter)
        && text.ends_with(|it| letter(it) || it.is_ascii_digit())
        && text.chars().all(sign)
}

/// `Money`, `Money?`, `Money[]`, `list<Money>`, `decimal`, `enum(a, b)`.
fn looks_like_type(text: &str) -> bool {
    if text.chars().count() > 200 {
        return false;
    }
    let text = text.trim_end_matches(['?', '!']).trim_end();
    let text = text.strip_suffix("[]").unwrap_or(text);
    let (head, brackets) = text.find(['<', '(']).and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
    let closed = match brackets.chars().next() {
        None => true,
        Some('<') => brackets.ends_with('>'),
        Some(_) => brackets.ends_with(')') && matches!(head.to_lowercase().as_str(), "decimal" | "enum" | "varchar"),
    };
    closed && is_word(head)
}

impl fmt::Display for FieldType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(of) => write!(f, "list<{of}>"),
            Self::Map(of) => write!(f, "map<{of}>"),
            Self::Optional(of) => write!(f, "{of}?"),
            Self::Decimal(precision, scale) => write!(f, "decimal({precision},{scale})"),
            Self::Enum(words) => write!(f, "enum({})", words.join("|")),
            Self::Record(name) | Self::Unknown(name) => f.write_str(name),
            simple => {
                let word = SIMPLE.iter().find(|(_, ty)| ty == simple).map_or("text", |(word, _)| word);
                f.write_str(word)
            }
        }
    }
}

/// The name alone, in one line; cheaper than [`parse`].
///
/// Any `name: type` line ends the name, whatever records the board defines: below the first line a line `word: word` is a
/// field, whether or not there is such a type. A record whose name has several words ends the name through the line above
/// it or not at all.
pub fn name_of(text: &str, rules: &[&str]) -> String {
    let mut name = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.is_empty() && name.is_empty() {
            continue;
        }
        let rule = !name.is_empty() && rule_word(line, lines.clone(), rules).is_some();
        if line.is_empty() || rule || field(line, 0, !name.is_empty(), &|_| false).is_some() {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(line);
    }
    name
}

/// The parts of a text. `rules` are the kind's rule words; `is_record` tells which records the board defines.
pub fn parse(text: &str, rules: &[&str], is_record: &dyn Fn(&str) -> bool) -> Content {
    let mut content = Content::default();
    let mut in_name = true;
    let mut lines = text.lines().enumerate();
    while let Some((at, raw)) = lines.next() {
        let line = raw.trim();
        let below = lines.clone().map(|(_, it)| it);
        if in_name && line.is_empty() {
            in_name = content.name.is_empty();
            continue;
        }
        if let Some(Line::Rule(rule)) = content.lines.last_mut()
            && goes_on(raw)
        {
            rule.body.push('\n');
            rule.body.push_str(line);
        } else if let Some((word, body)) =
            rule_word(line, below, rules).filter(|_| !(in_name && content.name.is_empty()))
        {
            let (word, body) = (word.to_owned(), body.to_owned());
            content.lines.push(Line::Rule(RuleLine { word, body, line: at }));
            in_name = false;
        } else if let Some(field) = field(line, at, !content.name.is_empty(), is_record) {
            content.lines.push(Line::Field(field));
            in_name = false;
        } else if in_name {
            if !content.name.is_empty() {
                content.name.push(' ');
            }
            content.name.push_str(line);
        } else {
            content.lines.push(Line::Note(raw.to_owned()));
        }
    }
    content
}

/// The rule word that opens the line, and the rest. `below` are the lines that follow.
fn rule_word<'a, 'b>(
    line: &'a str,
    below: impl Iterator<Item = &'b str>,
    rules: &[&'a str],
) -> Option<(&'a str, &'a str)> {
    let end = line.find(char::is_whitespace)?;
    let (word, body) = line.split_at(end);
    let word = rules.iter().find(|it| it.eq_ignore_ascii_case(word))?;
    let is_rule = match *word {
        "create" | "select" => {
            let mut all = body.to_lowercase();
            for line in below.take_while(|it| goes_on(it)) {
                all.push(' ');
                all.push_str(&line.to_lowercase());
            }
            is_query(word, &all)
        }
        _ => true,
    };
    is_rule.then_some((word, body.trim()))
}

/// Whether a line goes on with the rule above it.
fn goes_on(line: &str) -> bool {
    line.starts_with("  ") && !line.trim().is_empty()
}

/// Whether a sentence that opens with "create" or "select" is KSQL: people begin what they want done so, too. `body` is
/// the rest of it, in lower case.
fn is_query(word: &str, body: &str) -> bool {
    let words: Vec<&str> = body.split_whitespace().collect();
    if word == "create" {
        let kind = words.iter().find(|it| !matches!(**it, "or" | "replace" | "source"));
        let made = matches!(kind, Some(&("stream" | "table")));
        return made && (body.contains('(') || words.contains(&"select"));
    }
    let Some(from) = words.iter().position(|it| *it == "from") else { return false };
    let columns = words.iter().take(from).copied().collect::<Vec<_>>().join(" ");
    // One column needs no sign; where there are more words, an expression, a list or a new name has one.
    let single = from == 1;
    from > 0
        && from + 1 < words.len()
        && (single || columns.contains(['(', ',', '*', '+', '/', '|']) || columns.contains(" as "))
}

/// `name: type` with an optional `key` at the end; `below` the name also with a type that is not known.
fn field(line: &str, at: usize, below: bool, is_record: &dyn Fn(&str) -> bool) -> Option<FieldLine> {
    let (name, ty) = line.split_once(':')?;
    let (name, ty) = (name.trim(), ty.trim());
    if name.is_empty() || name.chars().count() > 200 || !name.chars().any(char::is_alphanumeric) {
        return None;
    }
    let (ty, key) = match ty.strip_suffix("key").filter(|it| it.ends_with(char::is_whitespace)) {
        Some(ty) => (ty.trim_end(), true),
        None => (ty, false),
    };
    let ty = match below && is_word(name) {
        true => FieldType::read(ty, is_record)?,
        false => FieldType::parse(ty, is_record)?,
    };
    Some(FieldLine { name: name.to_owned(), ty, key, line: at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Content {
        parse(text, &["requires", "sets"], &|name| name == "order line")
    }

    #[test]
    fn the_name_may_break_over_lines() {
        let content =
            read("Order\nPlaced\norder: uuid key\ntotal: decimal(12,2)\nlines: list<order line>\nnote: text?");
        assert_eq!(content.name, "Order Placed");
        let fields: Vec<String> = content.fields().map(|it| format!("{}={}{}", it.name, it.ty, it.key)).collect();
        assert_eq!(
            fields,
            ["order=uuidtrue", "total=decimal(12,2)false", "lines=list<order line>false", "note=text?false",]
        );
        assert_eq!(name_of("Order\nPlaced\norder: uuid", &[]), "Order Placed");
    }

    #[test]
    fn the_first_line_is_never_a_rule() {
        let content = parse("When paid, ship\nwhen total > 0", &["when"], &|_| false);
        assert_eq!(content.name, "When paid, ship");
        assert_eq!(content.rules().count(), 1);
        assert_eq!(name_of("When paid, ship\nwhen total > 0", &["when"]), "When paid, ship");
    }

    #[test]
    fn what_is_no_field_is_a_note() {
        let text = "Why: because\n\nsee: the wiki\nNote: call the bank first\nat: 12:30\nlink: https://a.b\n\
                    \u{6ce8}\u{610f}: \u{9280}\u{884c}\ntwo words: Money\ncall: bank(first)\nso:\nhm: \u{2026}";
        let content = read(text);
        assert_eq!(content.name, "Why: because");
        assert_eq!(content.fields().count(), 0);
        assert_eq!(content.lines.len(), 9);
    }

    #[test]
    fn a_field_of_an_unknown_type_is_no_part_of_the_name() {
        let types = ["Money", "Money?", "decimal", "decimal(2,5)", "text??", "enum(a|a)", "list<Money>", "Money[]"];
        for ty in types {
            let text = format!("Paid\namount: {ty} key\nid: uuid");
            let content = read(&text);
            assert_eq!(content.name, "Paid");
            assert_eq!(name_of(&text, &[]), "Paid");
            let field = content.fields().next().unwrap();
            assert_eq!(
                (field.name.as_str(), field.key, &field.ty),
                ("amount", true, &FieldType::Unknown(ty.to_owned()))
            );
            assert_eq!(FieldType::read(&field.ty.to_string(), &|_| false).as_ref(), Some(&field.ty));
            assert_eq!(content.fields().count(), 2);
        }
    }

    #[test]
    fn rules_go_on_in_indented_lines() {
        let content = read("Place Order\nrequires status = 'open'\n  AND total > 0\nrequiresnothing");
        let rules: Vec<_> = content.rules().map(|it| (it.word.as_str(), it.body.as_str())).collect();
        assert_eq!(rules, [("requires", "status = 'open'\nAND total > 0")]);
        assert_eq!(content.lines.last(), Some(&Line::Note("requiresnothing".to_owned())));
    }

    #[test]
    fn types_print_what_they_read() {
        for text in ["text", "list<map<int?>>", "decimal(12,2)", "enum(a|b c)", "order line", "list<order line>?"] {
            let ty = FieldType::parse(text, &|name| name == "order line");
            assert_eq!(ty.map(|it| it.to_string()).as_deref(), Some(text));
        }
        let deep = "list<".repeat(100_000);
        assert_eq!(FieldType::parse(&deep, &|_| true).map(|_| ()), Some(()));
        assert_eq!(FieldType::parse(&(deep + "int" + &">".repeat(100_000)), &|_| false), None);
    }
}
