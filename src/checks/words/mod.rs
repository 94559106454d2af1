//! What is known of a language, for the rules that read names. A language without a list switches them off.

mod en;

/// Every language, by tag.
static ALL: &[&Words] = &[&en::EN];

/// The word list of one language. All words are lower case.
#[derive(Debug)]
pub(super) struct Words {
    /// The primary subtag, as `en`.
    pub(super) language: &'static str,
    /// Base form and participle of irregular verbs.
    pub(super) irregular: &'static [(&'static str, &'static str)],
    /// Verbs in base form, sorted.
    pub(super) verbs: &'static [&'static str],
    /// Words that only look like participles.
    pub(super) not_participles: &'static [&'static str],
    /// What people write, and what they mean.
    pub(super) misspelt: &'static [(&'static str, &'static str)],
    /// Verbs of several syllables that double their last letter.
    pub(super) doubling: &'static [&'static str],
    /// Words that make a sentence a reaction.
    pub(super) policy_words: &'static [&'static str],
    /// Last words of a policy's name.
    pub(super) policy_ends: &'static [&'static str],
    /// First words of a question.
    pub(super) questions: &'static [&'static str],
    /// Words that join two facts.
    pub(super) and: &'static [&'static str],
    /// Last words of an aggregate's name that name software.
    pub(super) suffixes: &'static [&'static str],
    /// Last words of a system's name.
    pub(super) systems: &'static [&'static str],
    /// Words that stand before a noun.
    pub(super) determiners: &'static [&'static str],
    /// Words that carry nothing when a name is turned round.
    pub(super) fillers: &'static [&'static str],
    /// First words of a time event's name.
    pub(super) time_starts: &'static [&'static str],
    /// Last words of a time event's name.
    pub(super) time_ends: &'static [&'static str],
    /// Nouns in -s that are singular or have no singular.
    pub(super) uncountable: &'static [&'static str],
}

/// The word list for a BCP 47 tag, if there is one.
pub(super) fn of_language(tag: &str) -> Option<&'static Words> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    ALL.iter().find(|it| it.language == primary).copied()
}

impl Words {
    /// Whether a word is a past participle: irregular, or regular in -ed.
    pub(super) fn is_participle(&self, word: &str) -> bool {
        let regular = word.len() > 3 && word.ends_with("ed") && !self.not_participles.contains(&word);
        regular || self.irregular.iter().any(|it| it.1 == word)
    }

    /// Whether a word can be a verb in base form.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        self.verbs.binary_search(&word).is_ok() || self.irregular.iter().any(|it| it.0 == word)
    }

    /// The participle of a verb in base form.
    pub(super) fn participle(&self, verb: &str) -> String {
        if let Some((_, it)) = self.irregular.iter().find(|it| it.0 == verb) {
            return (*it).to_owned();
        }
        let letters: Vec<char> = verb.chars().collect();
        let vowel = |back: usize| {
            let at = letters.len().checked_sub(back).and_then(|it| letters.get(it));
            at.is_some_and(|it| "aeiou".contains(*it))
        };
        let last = letters.last().copied().unwrap_or_default();
        let short = letters.len() <= 4 && !vowel(1) && vowel(2) && !vowel(3) && !"wxy".contains(last);
        match last {
            'e' => format!("{verb}d"),
            'y' if !vowel(2) => format!("{}ied", verb.strip_suffix('y').unwrap_or(verb)),
            _ if (short && verb != "open") || self.doubling.contains(&verb) => format!("{verb}{last}ed"),
            _ => format!("{verb}ed"),
        }
    }

    /// The base form of a participle, if it is a known verb.
    pub(super) fn base(&self, participle: &str) -> Option<String> {
        let meant = self.misspelt.iter().find(|it| it.0 == participle).map_or(participle, |it| it.1);
        if let Some((base, _)) = self.irregular.iter().find(|it| it.1 == meant) {
            return Some((*base).to_owned());
        }
        let stem = meant.strip_suffix("ed")?;
        let mut halves = stem.chars().rev();
        let doubled =
            halves.next().filter(|it| halves.next() == Some(*it)).map(|it| stem.trim_end_matches(it).len() + 1);
        let single = doubled.and_then(|it| stem.get(..it)).unwrap_or_default().to_owned();
        let with_y = stem.strip_suffix('i').map(|it| format!("{it}y")).unwrap_or_default();
        [format!("{stem}e"), stem.to_owned(), single, with_y]
            .into_iter()
            .find(|it| self.verbs.binary_search(&it.as_str()).is_ok())
    }

    /// The command that has this event as its outcome: `Order Placed` becomes `Place Order`.
    pub(super) fn command_of(&self, event: &str) -> Option<String> {
        let words: Vec<&str> = event.split_whitespace().collect();
        let at = words.iter().rposition(|it| self.is_participle(&it.to_lowercase()))?;
        let participle = words.get(at)?;
        let base = self.base(&participle.to_lowercase())?;
        let kept =
            words.iter().enumerate().filter(|(i, it)| *i != at && !self.fillers.contains(&it.to_lowercase().as_str()));
        // A particle goes with its verb: `Book Checked Out` becomes `Check Out Book`.
        let (particles, rest): (Vec<_>, Vec<_>) =
            kept.partition(|(i, it)| *i > at && PARTICLES.contains(&it.to_lowercase().as_str()));
        let mut parts = vec![like(&base, participle, true)];
        parts.extend(particles.into_iter().chain(rest).map(|(_, it)| (*it).to_owned()));
        Some(recase(&parts, event))
    }

    /// The event that is this command's outcome: `Place Order` becomes `Order Placed`.
    pub(super) fn event_of(&self, command: &str) -> Option<String> {
        let words: Vec<&str> = command.split_whitespace().collect();
        let (verb, rest) = words.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let lower = verb.to_lowercase();
        if !self.is_verb(&lower) {
            return None;
        }
        let particles = rest.iter().take_while(|it| PARTICLES.contains(&it.to_lowercase().as_str())).count();
        let (particles, rest) = rest.split_at(particles);
        let mut parts: Vec<String> = rest.iter().map(|it| (*it).to_owned()).collect();
        parts.push(like(&self.participle(&lower), verb, rest.iter().all(|it| is_capital(it))));
        parts.extend(particles.iter().map(|it| (*it).to_owned()));
        Some(recase(&parts, command))
    }

    /// What an event is about: its name without the participle and what follows it. `Order Placed` is about `Order`.
    pub(super) fn noun_of(&self, event: &str) -> Option<String> {
        let words: Vec<&str> = event.split_whitespace().collect();
        let at = words.iter().position(|it| self.is_participle(&it.to_lowercase()))?;
        let before = words.get(..at)?.iter().filter(|it| !self.fillers.contains(&it.to_lowercase().as_str()));
        let noun = before.copied().collect::<Vec<_>>().join(" ");
        (!noun.is_empty()).then_some(noun)
    }

    /// The singular of a noun, if it is a plural.
    pub(super) fn singular(&self, noun: &str) -> Option<String> {
        let lower = noun.to_lowercase();
        let kept = ["ss", "us", "is", "ics"].iter().any(|it| lower.ends_with(it));
        if kept || self.uncountable.contains(&lower.as_str()) || lower.len() < 4 || !lower.ends_with('s') {
            return None;
        }
        if let Some(stem) = noun.strip_suffix("ies").filter(|it| it.len() > 1) {
            return Some(format!("{stem}y"));
        }
        let hissing = ["sses", "shes", "ches", "xes", "zes"].iter().any(|it| lower.ends_with(it));
        noun.strip_suffix(if hissing { "es" } else { "s" }).map(str::to_owned)
    }

    /// Whether a name reads as passing time, whatever its kind.
    pub(super) fn is_time(&self, words: &[String]) -> bool {
        let first = words.first().is_some_and(|it| self.time_starts.contains(&it.as_str()));
        let last = words.last().is_some_and(|it| self.time_ends.contains(&it.as_str()));
        (first || last) && words.len() > 1
    }
}

/// Small words that belong to a verb.
const PARTICLES: &[&str] = &["out", "in", "up", "off", "down", "back", "over", "away", "on"];

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// `word` with a capital if `model` has one and `allow` says so.
fn like(word: &str, model: &str, allow: bool) -> String {
    if is_capital(model) && allow { capital(word) } else { word.to_owned() }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// The words as one name: the first with a capital, the others so only if the whole model is written so.
fn recase(parts: &[String], model: &str) -> String {
    let title = model.split_whitespace().skip(1).all(|it| is_capital(it) || PARTICLES.contains(&it));
    let starts = is_capital(model);
    let word = |(at, it): (usize, &String)| match (at, title) {
        (0, _) if starts => capital(it),
        (_, true) if starts => capital(it),
        // A word that was first before and is not now loses its capital, unless it is an abbreviation.
        (_, false) if it.chars().filter(|it| it.is_uppercase()).count() < 2 => it.to_lowercase(),
        _ => it.clone(),
    };
    parts.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn participles() {
        for (verb, participle) in [
            ("place", "placed"),
            ("pay", "paid"),
            ("ship", "shipped"),
            ("notify", "notified"),
            ("deploy", "deployed"),
            ("submit", "submitted"),
            ("open", "opened"),
            ("send", "sent"),
            ("hold", "held"),
            ("reject", "rejected"),
            ("view", "viewed"),
            ("stop", "stopped"),
            ("clean", "cleaned"),
        ] {
            assert_eq!(en::EN.participle(verb), participle);
            assert!(en::EN.is_participle(participle), "{participle}");
            assert_eq!(en::EN.base(participle).as_deref(), Some(verb));
        }
        assert!(!en::EN.is_participle("need") && !en::EN.is_participle("red") && !en::EN.is_participle("order"));
    }

    #[test]
    fn names_turn_round() {
        for (command, event) in [
            ("Place Order", "Order Placed"),
            ("Check Out Book", "Book Checked Out"),
            ("Submit claim", "Claim submitted"),
            ("Pay invoice", "Invoice paid"),
        ] {
            assert_eq!(en::EN.command_of(event).as_deref(), Some(command));
            assert_eq!(en::EN.event_of(command).as_deref(), Some(event));
        }
        assert_eq!(en::EN.command_of("Subscription Payed").as_deref(), Some("Pay Subscription"));
        assert_eq!(en::EN.command_of("Claim was already closed").as_deref(), Some("Close claim"));
        assert_eq!(en::EN.noun_of("Book Hold Cancelled").as_deref(), Some("Book Hold"));
        assert_eq!(en::EN.event_of("Refund"), None);
        assert_eq!(en::EN.singular("Orders").as_deref(), Some("Order"));
        assert_eq!(en::EN.singular("Categories").as_deref(), Some("Category"));
        assert_eq!(en::EN.singular("Address"), None);
    }

    #[test]
    fn the_clock_is_heard() {
        let is_time = |name: &str| en::EN.is_time(&crate::kit::words(name));
        for name in
            ["Every September", "New day started", "Meeting Fee Payment Date Passed", "At 08:00", "After 3 days"]
        {
            assert!(is_time(name), "{name}");
        }
        for name in ["Order Placed", "Started", "Attended"] {
            assert!(!is_time(name), "{name}");
        }
    }

    #[test]
    fn tables_are_tidy() {
        let en = &en::EN;
        assert!(en.irregular.len() > 190);
        for word in en.verbs.iter().chain(en.not_participles).chain(en.suffixes).chain(en.systems) {
            assert_eq!(*word, word.to_lowercase());
        }
        assert!(en.verbs.is_sorted_by(|a, b| a < b));
    }
}
