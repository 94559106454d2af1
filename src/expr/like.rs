//! `LIKE`: `%` is any text, `_` any one character.

/// One part of a pattern.
enum Part {
    Any,
    One,
    Plain(char),
}

/// Whether the whole text matches the pattern. Time is at most the product of their lengths.
pub(super) fn like(text: &str, pattern: &str, escape: Option<char>) -> bool {
    let mut parts = Vec::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        parts.push(match c {
            c if Some(c) == escape => Part::Plain(chars.next().unwrap_or(c)),
            '%' => Part::Any,
            '_' => Part::One,
            c => Part::Plain(c),
        });
    }
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut part) = (0, 0);
    // Where to go back to: the place after the last `%`, and the text it has taken so far.
    let mut back = None;
    while let Some(c) = text.get(at) {
        match parts.get(part) {
            Some(Part::Any) => {
                back = Some((part, at));
                part += 1;
            }
            Some(Part::One) => {
                at += 1;
                part += 1;
            }
            Some(Part::Plain(wanted)) if wanted == c => {
                at += 1;
                part += 1;
            }
            Some(Part::Plain(_)) | None => match &mut back {
                Some((any, taken)) => {
                    *taken += 1;
                    at = *taken;
                    part = *any + 1;
                }
                None => return false,
            },
        }
    }
    parts.get(part..).unwrap_or_default().iter().all(|it| matches!(it, Part::Any))
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn patterns() {
        for (text, pattern, want) in [
            ("abc", "abc", true),
            ("abc", "a%", true),
            ("abc", "%c", true),
            ("abc", "%b%", true),
            ("abc", "a_c", true),
            ("abc", "a_", false),
            ("", "%", true),
            ("", "", true),
            ("", "_", false),
            ("aXbXc", "a%X%c", true),
            ("aab", "%ab", true),
            ("ABC", "abc", false),
            ("größe", "gr__e", true),
        ] {
            assert_eq!(like(text, pattern, None), want, "{text} LIKE {pattern}");
        }
        assert!(like("50%", "50!%", Some('!')));
        assert!(!like("500", "50!%", Some('!')));
        assert!(!like(&"a".repeat(2_000), &"%a".repeat(1_000).replace("%a%a", "%a%aab"), None));
    }
}
